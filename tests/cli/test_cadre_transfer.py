"""`jiemin cadre transfer` and `return`: where a cadre serves changes, the pairings last."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.helped import helped_county, helpers
from support.imports import rows_of
from support.prepared import Once

Run = Callable[..., Any]
LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def helped(run: Run, tmp_path: Path, once: Once) -> Run:
    """The county of `support.helped`, on 30 June."""
    once(lambda: helped_county(run, tmp_path))
    return run


def posts(run: Run, cadre: str) -> list[tuple[Any, ...]]:
    """(unit, post, leads, link, from, to) of every post."""
    shown = run("cadre", "show", cadre, "--history", "--json").json["cadre"]["posts"]
    return [tuple(each[key] for key in ("unit", "post", "leader", "link", "from", "to")) for each in shown]


def test_the_post_changes_and_the_pairings_last(helped: Run) -> None:
    before = {number: helpers(helped, number) for number in ("A001", "A002", "A003")}
    done = helped(
        "cadre",
        "transfer",
        "方局1",
        "--unit",
        "市财政局",
        "--post",
        "科员",
        "--link",
        "望湖村",
        "--on",
        "2014-06-10",
        "-y",
    )
    assert done.code == 0, done.err
    assert "结对照旧，共3户" in done.out
    assert posts(helped, "方局1") == [
        ("市民政局", "副局长", True, None, "2014-04-01", "2014-06-10"),
        ("市财政局", "科员", False, "石门镇望湖村", "2014-06-10", None),
    ]
    assert {number: helpers(helped, number) for number in before} == before


def test_handing_over_gives_the_families_to_others(helped: Run) -> None:
    done = helped("cadre", "transfer", "方局1", "--unit", "市财政局", "--hand-over", "-y", "--json")
    assert done.code == 0
    assert helpers(helped, "A001")[2] == ("顾员1", LEAD, "2014-06-30", None, None)
    assert helpers(helped, "A002") == [
        ("方局1", LEAD, "2014-04-01", "2014-06-30", "调动"),
        ("方局2", LEAD, "2014-06-30", None, None),
    ]
    assert helpers(helped, "A003")[1][3:] == ("2014-06-30", "调动")


def test_nobody_gets_back_what_he_hands_over(run: Run, tmp_path: Path) -> None:
    helped_county(
        run,
        tmp_path,
        households=1,
        cadres=(("方局1", "市民政局", "副局长", "是"),),
        pairs=(("A001", "方局1", LEAD),),
    )
    done = run("cadre", "transfer", "方局1", "--unit", "市财政局", "--hand-over", "-y")
    assert (done.code, "没有人能接手的家庭（1）：A001" in done.out) == (4, True)


def test_what_is_not_told_stays_and_is_said(helped: Run) -> None:
    done = helped("cadre", "transfer", "方局1", "--unit", "市财政局", "-y", "--json").json["change"]
    assert done["after"] == "市财政局 副局长 领导干部"
    assert any("仍记为“副局长”" in note for note in done["notes"])


@pytest.mark.parametrize(
    ("told", "leads", "said"),
    [
        (("--post", "局长"), True, False),
        (("--post", "科员"), False, False),
        (("--post", "校长"), True, True),
        (("--post", "校长", "--leader", "否"), False, False),
    ],
)
def test_who_leads_follows_from_the_post_table_unless_told(
    helped: Run, told: tuple[str, ...], leads: bool, said: bool
) -> None:
    done = helped("cadre", "transfer", "何局1", "--unit", "市教育局", *told, "-y", "--json").json["change"]
    assert posts(helped, "何局1")[1][2] is leads
    assert any("职务表里没有" in note for note in done["notes"]) is said


def test_a_new_unit_is_made_and_names_near_to_it_are_told(helped: Run, tmp_path: Path) -> None:
    done = helped("cadre", "transfer", "方局1", "--unit", "市民政", "-n")
    assert "单位“市民政”是新的，随之登记；是不是“市民政局”" in done.out
    assert rows_of(tmp_path, "SELECT 1 FROM unit WHERE name = '市民政'") == []
    helped("cadre", "transfer", "方局1", "--unit", "市民政", "-y")
    assert len(rows_of(tmp_path, "SELECT 1 FROM unit WHERE name = '市民政'")) == 1
    helped("undo")
    assert rows_of(tmp_path, "SELECT 1 FROM unit WHERE name = '市民政'") == []
    assert len(posts(helped, "方局1")) == 1


def test_a_link_of_the_old_unit_ends_with_it_unless_the_unit_stays(helped: Run) -> None:
    helped("cadre", "transfer", "顾员1", "--unit", "市卫生局", "--link", "石门", "--on", "2014-05-01", "-y")
    helped("cadre", "transfer", "顾员1", "--unit", "市卫生局", "--post", "科长", "--on", "2014-06-01", "-y")
    helped("cadre", "transfer", "顾员1", "--unit", "市财政局", "-y")
    assert [(each[0], each[3]) for each in posts(helped, "顾员1")] == [
        ("市卫生局", None),
        ("市卫生局", "石门镇"),
        ("市卫生局", "石门镇"),
        ("市财政局", None),
    ]


def test_a_leader_left_without_a_family_is_told(helped: Run) -> None:
    done = helped("cadre", "transfer", "何局1", "--unit", "市民政局", "--hand-over", "-y")
    assert "何局1是领导干部，还没有结对户" in done.out
    kept = helped("cadre", "transfer", "方局1", "--unit", "市财政局", "-y")
    assert "还没有结对户" not in kept.out


def test_what_cannot_be(helped: Run) -> None:
    nothing = helped("cadre", "transfer", "方局1", "--unit", "市民政局", "-y")
    assert (nothing.code, "没有变动" in nothing.err) == (1, True)
    nowhere = helped("cadre", "transfer", "方局1", "--unit", "市财政局", "--link", "望江村", "-y")
    assert (nowhere.code, "没有找到村（社区）“望江村”" in nowhere.err) == (5, True)
    empty = helped("cadre", "transfer", "方局1", "--unit", "  ", "-y")
    assert (empty.code, "--unit写得不对：不能是空的" in empty.err) == (2, True)
    helped("cadre", "transfer", "方局1", "--unit", "市财政局", "--on", "2014-06-20", "-y")
    early = helped("cadre", "transfer", "方局1", "--unit", "市教育局", "--on", "2014-06-10", "-y")
    assert (early.code, "2014-06-20还有任职变动" in early.err) == (1, True)
    leaving = helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    assert (leaving.code, "2014-06-20还有任职变动" in leaving.err) == (1, True)


def test_leaving_on_the_day_of_a_transfer_takes_the_transfer_back(helped: Run) -> None:
    helped("cadre", "transfer", "顾员2", "--unit", "市财政局", "-y")
    assert helped("cadre", "leave", "顾员2", "-y").code == 0
    assert posts(helped, "顾员2") == [("市卫生局", "科员", False, None, "2014-04-01", "2014-06-30")]


def test_coming_back_opens_a_new_post_and_the_same_pair_can_be_made_again(helped: Run) -> None:
    helped("cadre", "leave", "何局1", "--on", "2014-06-01", "-y")
    done = helped("cadre", "return", "何局1", "--unit", "市财政局", "--on", "2014-06-20", "-y")
    assert (done.code, "以前的结对不会自动恢复" in done.out) == (0, True)
    assert posts(helped, "何局1") == [
        ("市财政局", "副局长", True, None, "2014-04-01", "2014-06-01"),
        ("市财政局", "副局长", True, None, "2014-06-20", None),
    ]
    successor = helpers(helped, "A004")[1][0]
    helped("pair", "end", "A004", successor, "--reason", "何局1回来", "--on", "2014-06-20")
    assert helped("pair", "add", "A004", "何局1", "--on", "2014-06-20").code == 0
    assert [each[:4] for each in helpers(helped, "A004")] == [
        ("何局1", LEAD, "2014-04-01", "2014-06-01"),
        (successor, LEAD, "2014-06-01", "2014-06-20"),
        ("何局1", LEAD, "2014-06-20", None),
    ]


def test_one_in_service_cannot_come_back(helped: Run) -> None:
    done = helped("cadre", "return", "何局1", "--unit", "市财政局", "-y")
    assert (done.code, "仍在任（市财政局" in done.err) == (1, True)
    assert "jiemin cadre transfer C00003" in done.err
