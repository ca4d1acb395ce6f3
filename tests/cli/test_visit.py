"""`jiemin visit`: recording calls, and the one definition of who is still due."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.rosters import write_workbook

Run = Callable[..., Any]


def lead_of(run: Run, household: str) -> dict[str, Any]:
    pairings = run("pair", "list", "--household", household, "--json").json["pairings"]
    return next(each for each in pairings if each["role"] == "第一责任人")


def test_a_visit_is_recorded_for_the_lead_and_counts(paired: Run) -> None:
    before = paired("visit", "due", "--json").json
    assert (before["due"], before["made"], before["rate"]) == (6, 0, 0.0)
    done = paired("visit", "add", "A001", "--date", "2014-05-12", "--note", "送米一袋", "--deeds", "修好屋顶")
    assert done.code == 0
    after = paired("visit", "due", "--json").json
    assert (after["due"], after["made"], after["rate"]) == (6, 1, 16.7)
    assert "A001" not in [each["household_no"] for each in after["not_visited"]]
    listed = paired("visit", "list", "--json").json["visits"]
    assert [(each["date"], each["household_no"], each["note"], each["deeds"]) for each in listed] == [
        ("2014-05-12", "A001", "送米一袋", "修好屋顶")
    ]
    assert listed[0]["cadres"][0]["cadre_no"] == lead_of(paired, "A001")["cadre_no"]


def test_a_visit_in_the_future_is_refused(paired: Run) -> None:
    done = paired("visit", "add", "A001", "--date", "2014-07-01")
    assert done.code == 1
    assert "还没有到" in done.err
    assert paired("visit", "list", "--json").json["visits"] == []


def test_a_stranger_is_refused_unless_it_is_an_extra_visit(paired: Run) -> None:
    ours = {
        each["cadre_no"] for each in paired("pair", "list", "--household", "A001", "--json").json["pairings"]
    }
    stranger = next(
        each["cadre_no"]
        for each in paired("cadre", "list", "--json").json["cadres"]
        if each["cadre_no"] not in ours
    )
    refused = paired("visit", "add", "A001", "--cadre", stranger)
    assert refused.code == 1
    assert "没有与A001结对" in refused.err
    taken = paired("visit", "add", "A001", "--cadre", stranger, "--not-paired")
    assert taken.code == 0
    assert "额外走访" in taken.out
    assert paired("visit", "due", "--json").json["made"] == 0


def test_a_telephone_call_is_no_visit(paired: Run) -> None:
    assert paired("visit", "add", "A001", "--kind", "电话").code == 0
    assert paired("visit", "due", "--json").json["made"] == 0


def test_the_same_visit_is_not_recorded_twice(paired: Run) -> None:
    paired("visit", "add", "A001", "--date", "2014-05-12")
    again = paired("visit", "add", "A001", "--date", "2014-05-12")
    assert again.code == 1
    assert "已经登记过了" in again.err


def test_before_the_pairing_there_is_nobody_who_could_have_come(paired: Run) -> None:
    done = paired("visit", "add", "A001", "--date", "2014-03-31")
    assert done.code in {1, 5}
    assert "Traceback" not in done.err


def test_a_log_of_visits_is_imported_once(paired: Run, tmp_path: Path) -> None:
    lead = lead_of(paired, "A002")
    header = ("走访日期", "户编号", "走访干部", "走访方式", "暖心手记", "办实事")
    rows = [
        ("2014.5.6", "A002", lead["cadre_name"], "走访", "身体好转", ""),
        ("2014-07-09", "A002", lead["cadre_name"], "走访", "太早", ""),
        ("2014-05-07", "A999", lead["cadre_name"], "走访", "没有这户", ""),
    ]
    write_workbook(tmp_path / "visits.xlsx", {"走访记录": [header, *rows]})
    done = paired("import", "visits.xlsx", "--json")
    assert done.code == 4
    assert {each["cell"]: each["code"] for each in done.json["files"][0]["problems"]} == {
        "A3": "J601",
        "B4": "J403",
    }
    assert done.json["files"][0]["sheets"][0]["new"] == 1
    assert paired("import", "visits.xlsx", "--json").json["files"][0]["sheets"][0]["unchanged"] == 1
    assert len(paired("visit", "list", "--json").json["visits"]) == 1


def test_due_speaks_of_the_quarter_asked_for(paired: Run) -> None:
    assert paired("visit", "due", "--quarter", "2014Q1", "--json").json["due"] == 0
    future = paired("visit", "due", "--quarter", "2015Q1")
    assert future.code == 1
    assert "还没有开始" in future.err


def test_no_gift_is_below_nothing(paired: Run) -> None:
    refused = paired("visit", "add", "A001", "--kind", "慰问", "--gift-money", "-5")
    assert (refused.code, refused.out) == (2, "")
    assert "--gift-money写得不对：金额不能小于0" in refused.err


def test_a_gift_of_nothing_is_noted(paired: Run) -> None:
    done = paired("visit", "add", "A001", "--kind", "慰问", "--date", "2014-05-12")
    assert done.code == 0
    assert "没有写慰问金、慰问品" in done.out
    given = paired("visit", "add", "A002", "--kind", "慰问", "--goods", "大米", "--date", "2014-05-12")
    assert "没有写慰问金、慰问品" not in given.out
