"""`jiemin log` and `jiemin undo`: what was done can be told, and taken back as far as nothing rests on it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, county, household_rows, write_workbook

Run = Callable[..., Any]


def rows(folder: Path) -> dict[str, Any]:
    """Everything on record but the journal."""
    with closing(sqlite3.connect(folder / "jiemin.db")) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        names = [name for name in names if name not in {"action", "change"} and not name.startswith("sqlite")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return {name: sorted(database.execute(f"SELECT * FROM {name}").fetchall()) for name in names}


def test_the_log_tells_who_did_what_from_which_file(paired: Run) -> None:
    known = paired("log", "--json").json["actions"]
    assert [each["command"] for each in known] == ["import", "pair auto"]
    assert known[0]["sources"][0]["file"] == "households.xlsx"
    assert known[0]["counts"]["new"] == 14
    spoken = paired("log").out
    assert "导入" in spoken
    assert "households.xlsx" in spoken
    detail = paired("log", "show", "1", "--json").json["action"]
    assert (detail["new_rows"]["household"], detail["new_rows"]["cadre"]) == (6, 8)
    assert "困难家庭" in paired("log", "show", "1").out
    assert paired("log", "show", "99").code == 5


def test_undoing_a_pairing_run_and_undoing_that(paired: Run, tmp_path: Path) -> None:
    before = rows(tmp_path)
    done = paired("undo")
    assert done.code == 0
    assert "已撤销第2号（自动配对" in done.out
    assert rows(tmp_path)["pairing"] == []
    again = paired("undo", "3")
    assert again.code == 0
    assert rows(tmp_path) == before
    assert [each["undone_by"] for each in paired("log", "--json").json["actions"]] == [None, None, 4, None]


def test_an_import_that_changed_rows_is_taken_back_whole(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    before = rows(tmp_path)
    changed = [(*row[:5], 4, *row[6:]) for row in household_rows(8)]
    write_workbook(tmp_path / "next.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *changed]})
    run("import", "next.xlsx", "--as-of", "2014-06-01")
    assert rows(tmp_path) != before
    tried = run("undo", "-n", "--json")
    assert tried.json["undo"]["removed"]["household"] == 2
    assert rows(tmp_path) != before
    done = run("undo", "--json")
    assert done.json["undo"]["kept"] == []
    assert rows(tmp_path) == before
    assert run("import", "next.xlsx", "--as-of", "2014-06-01").code == 0


def test_what_something_later_rests_on_stays_and_is_named(paired: Run, tmp_path: Path) -> None:
    done = paired("undo", "1", "--json")
    assert done.code == 0
    kept = done.json["undo"]["kept"]
    assert {f"A00{n}" for n in range(1, 7)} <= set(kept)
    assert len(paired("household", "list", "--json").json["households"]) == 6
    assert len(paired("pair", "list", "--json").json["pairings"]) == 8
    assert done.json["undo"]["removed"].get("household", 0) == 0


def test_rows_edited_since_stay_and_are_named(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    edited = [(*household_rows(1)[0][:8], 350)]
    write_workbook(tmp_path / "edit.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *edited]})
    run("import", "edit.xlsx")
    done = run("undo", "1", "--json")
    assert done.json["undo"]["kept"] == ["A001"]
    assert [each["household_no"] for each in run("household", "list", "--json").json["households"]] == [
        "A001"
    ]
    shown = run("household", "show", "A001", "--json").json["household"]
    assert (shown["monthly_income_fen"], shown["head_name"]) == (35000, household_rows(1)[0][3])


def test_an_edit_that_was_taken_back_is_none(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    edited = [(*household_rows(1)[0][:8], 350)]
    write_workbook(tmp_path / "edit.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *edited]})
    run("import", "edit.xlsx")
    run("undo", "2")
    done = run("undo", "1", "--json")
    assert done.json["undo"]["kept"] == []
    assert rows(tmp_path)["household"] == rows(tmp_path)["person"] == []


def test_visits_and_hand_made_pairings_are_taken_back_too(paired: Run, tmp_path: Path) -> None:
    before = rows(tmp_path)
    lead = paired("pair", "list", "--household", "A001", "--json").json["pairings"][0]["cadre_no"]
    paired("visit", "add", "A001", "--date", "2014-05-12", "--note", "好")
    paired("pair", "end", "A001", lead, "--reason", "填错", "--on", "2014-06-01")
    paired("subsidy", "compute", "--month", "2014-06")
    for _ in range(3):
        assert paired("undo").code == 0
    assert rows(tmp_path) == before


def test_an_ended_lead_cannot_return_beside_his_successor(paired: Run) -> None:
    pairings = paired("pair", "list", "--household", "A001", "--json").json["pairings"]
    lead = next(each["cadre_no"] for each in pairings if each["role"] == "第一责任人")
    spare = next(
        each["cadre_no"]
        for each in paired("cadre", "list", "--json").json["cadres"]
        if "A001" not in each["households"]
    )
    paired("pair", "end", "A001", lead, "--reason", "调离", "--on", "2014-06-01")
    paired("pair", "add", "A001", spare, "--role", "第一责任人", "--on", "2014-06-02")
    refused = paired("undo", "3")
    assert refused.code == 1
    assert "没有可以撤销的" in refused.err


def test_undoing_nothing_is_no_success(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "c.xlsx", {"干部": [CADRE_HEADER, *cadre_rows()]})
    run("import", "c.xlsx")
    assert run("undo").code == 0
    assert run("undo").code == 1
    assert run("undo", "1").code == 1
    assert run("undo", "77").code == 5


def test_what_was_typed_is_shown_in_words_a_clerk_knows(run: Run, tmp_path: Path) -> None:
    names = [f"{number}.xlsx" for number in range(1, 6)]
    for name, row in zip(names, household_rows(5), strict=True):
        write_workbook(tmp_path / name, {"名册": [HOUSEHOLD_HEADER, row]})
    run("import", *names, "--town", "石门镇", "--as-of", "2014-04-01")
    run("household", "show", "A001", "--reveal")
    run("undo", "1")
    assert "1.xlsx、2.xlsx、3.xlsx等5个文件" in run("log").out
    shown = run("log", "show", "1").out.splitlines()
    assert {"选项：--town 石门镇", "选项：--as-of 2014-04-01"} <= set(shown)
    assert len([line for line in shown if line.startswith("文件：")]) == 5
    assert "户编号：A001" in run("log", "show", "2").out
    assert "撤销的编号：1" in run("log", "show", "3").out


def test_the_last_import_is_not_one_that_was_taken_back(run: Run, tmp_path: Path) -> None:
    for name, row in zip(("a.xlsx", "b.xlsx"), household_rows(2), strict=True):
        write_workbook(tmp_path / name, {"名册": [HOUSEHOLD_HEADER, row]})
        run("import", name)
    assert run("status", "--json").json["last_import"]["files"] == "b.xlsx"
    run("undo")
    assert run("status", "--json").json["last_import"]["files"] == "a.xlsx"
    run("undo", "1")
    assert run("status", "--json").json["last_import"] is None


def test_every_action_is_told_in_chinese(paired: Run) -> None:
    assert paired("visit", "remind", "--out", "提醒.xlsx").code == 0
    assert paired("household", "file", "A001", "--out", "档案.xlsx").code == 0
    child = ("--name", "沈小宝", "--sex", "男", "--relation", "孙子", "--date", "2014-06-20", "-y")
    assert paired("household", "birth", "A001", *child).code == 0
    spoken = paired("log").out
    assert all(word in spoken for word in ("走访提醒单", "打印档案", "出生"))
