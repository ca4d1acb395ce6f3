"""`jiemin pair status`: coverage by town and by unit, in words and as JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.prepared import Once
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, household_rows, write_workbook

Run = Callable[..., Any]


@pytest.fixture
def uneven(run: Run, tmp_path: Path, once: Once) -> Run:
    """Seven households of three towns; two leaders, one of them idle, and three others of two units.

    A001 石门镇: 方局1 leads, 顾员1 assists; A002 乌镇镇: 顾员1 leads; A003 梧桐街道: 顾员1 assists alone.
    """

    def steps() -> None:
        pairs = [
            ("A001", "方局1", "市民政局", "第一责任人"),
            ("A001", "顾员1", "市卫生局", "协助"),
            ("A002", "顾员1", "市卫生局", "第一责任人"),
            ("A003", "顾员1", "市卫生局", "协助"),
        ]
        sheets = {
            "困难家庭": [HOUSEHOLD_HEADER, *household_rows(7)],
            "干部": [CADRE_HEADER, *cadre_rows(2, 3)],
            "结对": [
                ("户编号", "结对干部", "单位", "结对职责", "结对时间"),
                *((*pair, "2014-04-15") for pair in pairs),
            ],
        }
        write_workbook(tmp_path / "all.xlsx", sheets)
        assert run("import", "all.xlsx").code == 0

    once(steps)
    return run


def test_figures_by_town_and_unit(uneven: Run) -> None:
    done = uneven("pair", "status", "--json")
    assert (done.code, done.err) == (0, "")
    document = done.json
    towns = {each["town"]: each for each in document["towns"]}
    keys = ("to_pair", "to_pair_paired", "to_pair_unpaired", "without_lead", "pairs", "leads")
    assert {town: [each[key] for key in keys] for town, each in towns.items() if each["to_pair"]} == {
        "石门镇": [3, 1, 2, 0, 2, 1],
        "乌镇镇": [2, 1, 1, 0, 1, 1],
        "梧桐街道": [2, 1, 1, 1, 1, 0],
    }
    units = {each["unit"]: each for each in document["units"]}
    of_unit = (
        "staff",
        "staff_leaders",
        "leaders_without",
        "idle",
        "led",
        "assisted",
        "load_most",
        "load_mean",
    )
    assert {unit: [each[key] for key in (*of_unit, "over_quota")] for unit, each in units.items()} == {
        "市民政局": [2, 2, 1, 0, 1, 0, 1, 0.5, 0],
        "市卫生局": [3, 0, 0, 2, 1, 2, 3, 1.0, 1],
    }
    totals = document["totals"]
    assert (totals["to_pair"], totals["to_pair_unpaired"], totals["pairs"], totals["staff"]) == (7, 4, 4, 5)
    assert totals["load_mean"] == 0.8
    unpaired = [each["household_no"] for each in document["unpaired_households"]]
    assert unpaired == ["A004", "A005", "A006", "A007"]
    assert [each["household_no"] for each in document["without_lead"]] == ["A003"]
    assert [each["name"] for each in document["leaders_without"]] == ["方局2"]
    assert [(each["name"], each["households"], each["most"]) for each in document["over_quota"]] == [
        ("顾员1", 3, 1)
    ]
    assert (document["day"], document["mode"]) == ("2014-06-30", "many-to-one")


def test_the_same_in_words(uneven: Run) -> None:
    done = uneven("pair", "status")
    assert (done.code, done.err) == (0, "")
    lines = {line.split()[0]: line.split() for line in done.out.splitlines()}
    assert lines["石门镇"][1:] == ["3", "1", "2", "0", "2", "1"]
    assert lines["市卫生局"][1:] == ["3", "0", "0", "2", "1", "2", "3户", "1.0户", "1"]
    totals = [line.split()[1:] for line in done.out.splitlines() if line.startswith("合计")]
    assert totals == [
        ["7", "3", "4", "1", "4", "2"],
        ["5", "2", "1", "2", "2", "2", "3户", "0.8户", "1"],
    ]
    assert "未结对的家庭（4）：A004 钱福林（石门镇望湖村）、" in done.out
    assert "没有第一责任人的家庭（1）：A003 徐金宝（梧桐街道新桥社区）" in done.out
    assert "没有结对户的领导干部（1）：C00002 方局2（市民政局）" in done.out
    assert "结对户超额的干部（1）：C00003 顾员1（市卫生局，3户，最多1户）" in done.out


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        (["--by", "镇"], "石门镇", "市卫生局 "),
        (["--by", "单位"], "市卫生局", "石门镇 "),
        (["--town", "石门"], "石门镇", "乌镇镇"),
        (["--unit", "卫生"], "市卫生局", "市民政局"),
        (["--by", "both", "--town", "石门镇"], "市卫生局", "乌镇镇"),
    ],
)
def test_only_what_is_asked_for(uneven: Run, words: list[str], shown: str, hidden: str) -> None:
    done = uneven("pair", "status", *words)
    assert (done.code, done.err) == (0, "")
    assert shown in done.out
    assert hidden not in done.out


def test_a_town_narrows_lists_too_but_not_the_totals(uneven: Run) -> None:
    document = uneven("pair", "status", "--town", "乌镇镇", "--unit", "市卫生局", "--json").json
    assert [each["town"] for each in document["towns"]] == ["乌镇镇"]
    assert [each["household_no"] for each in document["unpaired_households"]] == ["A005"]
    assert document["without_lead"] == document["leaders_without"] == []
    assert [each["unit"] for each in document["units"]] == ["市卫生局"]
    assert document["totals"]["to_pair"] == 7


def test_another_day(uneven: Run) -> None:
    early = uneven("pair", "status", "--on", "2014-04-14", "--json").json
    assert (early["totals"]["pairs"], early["totals"]["to_pair_unpaired"]) == (0, 7)
    assert early["day"] == "2014-04-14"


def test_the_countys_own_limits_decide_who_has_too_many(uneven: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        '[pairing]\nmode = "quota"\n[pairing.quota]\n"一般干部" = 3\n', "utf-8"
    )
    document = uneven("--policy", "own.toml", "pair", "status", "--json").json
    assert (document["mode"], document["over_quota"]) == ("quota", [])


def test_long_lists_are_cut(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(25)]})
    run("import", "h.xlsx")
    told = run("pair", "status").out
    assert "未结对的家庭（25）" in told
    assert "A020" in told
    assert "A021" not in told
    assert len(run("pair", "status", "--json").json["unpaired_households"]) == 25


def test_a_town_or_unit_that_is_not_there(uneven: Run) -> None:
    for words, message in (
        (["--town", "无此镇"], "没有找到镇(街道)“无此镇”"),
        (["--unit", "无此局"], "没有找到单位“无此局”"),
        (["--unit", "市"], "有2个单位符合“市”：市民政局、市卫生局"),
    ):
        done = uneven("pair", "status", *words)
        assert (done.code, done.out) == (5, "")
        assert message in done.err
        assert "办法：" in done.err


def test_wrong_words(uneven: Run) -> None:
    assert uneven("pair", "status", "--by", "村").code == 2
    assert uneven("pair", "status", "--on", "昨天").code == 2


def test_without_a_database(run: Run) -> None:
    assert run("pair", "status").code == 10
