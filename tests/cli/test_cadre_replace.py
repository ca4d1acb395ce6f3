"""`jiemin cadre replace`: one cadre takes over all households of another."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.helped import helped_county, helpers
from support.imports import rows_of
from support.prepared import Once
from support.rosters import CADRE_HEADER, household_rows, write_workbook

Run = Callable[..., Any]
LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def helped(run: Run, tmp_path: Path, once: Once) -> Run:
    """The county of `support.helped`, on 30 June."""
    once(lambda: helped_county(run, tmp_path))
    return run


def test_the_heir_gets_every_household_in_the_same_role(helped: Run, tmp_path: Path) -> None:
    done = helped("cadre", "replace", "方局1", "方局2", "--on", "2014-06-10", "-y")
    assert done.code == 0, done.err
    for number, role in (("A001", LEAD), ("A002", LEAD), ("A003", ASSIST)):
        assert ("方局1", role, "2014-04-01", "2014-06-10", "由方局2接替") in helpers(helped, number)
        assert ("方局2", role, "2014-06-10", None, None) in helpers(helped, number)
    assert ("顾员1", ASSIST, "2014-04-01", None, None) in helpers(helped, "A001")
    origins = rows_of(tmp_path, "SELECT DISTINCT origin FROM pairing WHERE valid_from = '2014-06-10'")
    assert origins == [("手工",)]
    assert "方局1仍在任" in done.out
    assert "jiemin cadre leave C00001" in done.out


def test_a_reason_of_ones_own(helped: Run) -> None:
    helped("cadre", "replace", "何局1", "方局2", "--reason", "分工调整", "-y")
    assert helpers(helped, "A004")[0][3:] == ("2014-06-30", "分工调整")


def test_a_heir_who_is_there_already(helped: Run) -> None:
    """顾员1 assists at A001, where 方局1 leads: he leads there now."""
    done = helped("cadre", "replace", "方局1", "顾员1", "-y")
    assert done.code == 0
    assert helpers(helped, "A001") == [
        ("方局1", LEAD, "2014-04-01", "2014-06-30", "由顾员1接替"),
        ("顾员1", ASSIST, "2014-04-01", "2014-06-30", "改任第一责任人"),
        ("顾员1", LEAD, "2014-06-30", None, None),
    ]
    helped("undo")
    helped("cadre", "replace", "方局1", "顾员2", "-y")
    assert [each for each in helpers(helped, "A003") if each[0] == "顾员2"] == [
        ("顾员2", LEAD, "2014-04-01", None, None)
    ]


def test_too_many_households_are_said_and_left_to_the_clerk(helped: Run) -> None:
    tried = helped("cadre", "replace", "方局1", "顾员1", "-n")
    assert "顾员1接替后共有3户，超过自动配对的上限1户" in tried.out
    assert helped("cadre", "replace", "方局1", "顾员1").code == 1
    assert helped("cadre", "replace", "方局1", "顾员1", "-y").code == 0


def test_nobody_takes_over_the_own_household(run: Run, tmp_path: Path) -> None:
    helped_county(run, tmp_path)
    row = ("沈阿大", "市卫生局", "科员", "否", "", "", household_rows(1)[0][4])
    write_workbook(tmp_path / "more.xlsx", {"干部": [(*CADRE_HEADER, "身份证号"), row]})
    run("import", "more.xlsx")
    done = run("cadre", "replace", "方局1", "沈阿大", "-y")
    assert (done.code, done.out) == (1, "")
    assert "A001：是这一户的成员，应当回避" in done.err
    assert "A002" not in done.err
    assert "jiemin pair end" in done.err
    assert helpers(run, "A002") == [("方局1", LEAD, "2014-04-01", None, None)]


def test_visits_before_the_day_still_count_for_the_one_replaced(helped: Run) -> None:
    helped("visit", "add", "A002", "--date", "2014-06-09")
    helped("cadre", "replace", "方局1", "方局2", "--on", "2014-06-10", "-y")
    assert helped("visit", "add", "A002", "--date", "2014-06-10").code == 0
    late = helped("visit", "add", "A002", "--cadre", "方局2", "--date", "2014-06-09")
    assert (late.code, "没有与A002结对" in late.err) == (1, True)
    visits = helped("visit", "list", "--household", "A002", "--json").json["visits"]
    assert [(each["cadres"][0]["name"], each["extra"]) for each in visits] == [
        ("方局1", False),
        ("方局2", False),
    ]
    due = helped("visit", "due", "--json").json
    assert (due["due"], due["made"]) == (5, 1)


def test_a_rule_that_the_pair_must_be_stands_in_the_way(helped: Run) -> None:
    assert helped("pair", "rule", "pin", "A002", "方局1").code == 0
    done = helped("cadre", "replace", "方局1", "方局2", "-y")
    assert (done.code, "规定方局1必须与A002结对，不能换人" in done.err) == (1, True)
    moved = helped("cadre", "transfer", "方局1", "--unit", "市财政局", "--hand-over", "-y")
    assert (moved.code, "规定方局1必须与A002结对，不能换人" in moved.err) == (1, True)
    assert helped("cadre", "transfer", "方局1", "--unit", "市财政局", "-y").code == 0


def test_a_family_no_longer_in_the_work_is_let_go(helped: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "stop.xlsx", {"困难家庭": [("户编号", "户状态"), ("A002", "停保")]})
    helped("import", "stop.xlsx", "--as-of", "2014-06-20")
    assert helped("cadre", "replace", "方局1", "方局2", "-y").code == 0
    assert helpers(helped, "A002") == [("方局1", LEAD, "2014-04-01", "2014-06-30", "由方局2接替")]
    assert ("方局2", LEAD, "2014-06-30", None, None) in helpers(helped, "A001")


def test_an_heir_who_left_meanwhile_is_refused(helped: Run) -> None:
    helped("cadre", "leave", "何局1", "--on", "2014-06-20", "-y")
    done = helped("cadre", "replace", "方局1", "何局1", "--on", "2014-06-10", "-y")
    assert (done.code, "何局1自2014-06-20起不再任职" in done.err) == (5, True)


def test_what_cannot_be(helped: Run) -> None:
    same = helped("cadre", "replace", "方局1", "C00001", "-y")
    assert (same.code, "同一名干部" in same.err) == (1, True)
    helped("pair", "end", "A005", "方局2", "--reason", "调整", "--on", "2014-06-01")
    nothing = helped("cadre", "replace", "方局2", "何局1", "-y")
    assert (nothing.code, "没有结对户" in nothing.err) == (1, True)
    early = helped("cadre", "replace", "方局1", "方局2", "--on", "2014-03-31", "-y")
    assert early.code == 5
    helped("pair", "add", "A001", "方局2", "--on", "2014-06-20")
    later = helped("cadre", "replace", "方局1", "方局2", "--on", "2014-06-10", "-y")
    assert (later.code, "--on 2014-06-20" in later.err) == (1, True)


def test_on_the_first_day_the_old_pairing_is_taken_back(helped: Run) -> None:
    helped("cadre", "replace", "何局1", "方局2", "--on", "2014-04-01", "-y")
    assert helpers(helped, "A004") == [("方局2", LEAD, "2014-04-01", None, None)]


def test_undo_gives_everything_back(helped: Run, tmp_path: Path) -> None:
    before = rows_of(tmp_path, "SELECT * FROM pairing ORDER BY id")
    helped("cadre", "replace", "方局1", "顾员1", "--on", "2014-06-10", "-y")
    assert helped("undo").code == 0
    assert rows_of(tmp_path, "SELECT * FROM pairing ORDER BY id") == before


def test_the_plan_as_one_document(helped: Run) -> None:
    change = helped("cadre", "replace", "方局1", "方局2", "-n", "--json").json["change"]
    assert (change["name"], change["heir"], change["written"]) == ("方局1", "方局2", False)
    assert {
        each["household_no"]: [(one["name"], one["role"], one["how"]) for one in each["cadres"]]
        for each in change["households"]
    } == {
        "A001": [("方局2", LEAD, "接手"), ("顾员1", ASSIST, "照旧")],
        "A002": [("方局2", LEAD, "接手")],
        "A003": [("顾员2", LEAD, "照旧"), ("方局2", ASSIST, "接手")],
    }
    text = helped("cadre", "replace", "方局1", "方局2", "-n").out
    assert "方局1（C00001，市民政局 副局长 领导干部）的结对户自2014-06-30起由方局2" in text
