"""A household entered twice and paid twice: the record takes everything over, and nothing paid is lost."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import LOW, RURAL, URBAN, add_families, add_run_of_arrears
from support.imports import rows_of

from jiemin.storage.database import open_database

Run = Callable[..., Any]
MERGE = ("duplicates", "merge", "H001", "H002", "-y")


@pytest.fixture
def computed(run: Run, tmp_path: Path) -> Run:
    """H001 and H002, both rural, and H003: May and June are computed, as F000001 and F000002."""
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL, RURAL | {"income_fen": 60000}, URBAN)
    for month in ("2014-05", "2014-06"):
        assert run("subsidy", "compute", "--month", month).code == 0
    return run


def awards(folder: Path) -> list[tuple[Any, ...]]:
    return [*rows_of(folder, "SELECT household_id, run_id, before_fen, after_fen FROM award ORDER BY 2, 1")]


def everything(folder: Path) -> list[list[tuple[Any, ...]]]:
    tables = ("award", "arrear", "subsidy_run", "household", "household_span", "membership", "person")
    return [[*rows_of(folder, f"SELECT * FROM {table} ORDER BY id")] for table in tables]


def test_of_two_in_a_draft_one_stays(computed: Run, tmp_path: Path) -> None:
    done = computed(*MERGE, "--json").json["merge"]
    assert "2014-06 低保金两户都有（948元、648元），只留前一户的" in done["notes"]
    assert [row[:2] for row in awards(tmp_path)] == [(1, 1), (3, 1), (1, 2), (3, 2)]


def test_of_two_that_were_approved_the_sum_stays_with_the_record(computed: Run, tmp_path: Path) -> None:
    computed("subsidy", "approve", "2014-05", "-y")
    before = everything(tmp_path)
    done = computed(*MERGE, "--json").json["merge"]
    assert (
        "2014-05 低保金两户都有（948元、648元），F000001已经批准，两笔合记在前一户，多发的另行追回"
        in done["notes"]
    )
    assert awards(tmp_path) == [
        (1, 1, 150000, 159600),
        (3, 1, 126000, 126000),
        (1, 2, 90000, 94800),
        (3, 2, 126000, 126000),
    ]
    (kept,) = json.loads(rows_of(tmp_path, "SELECT facts FROM award WHERE id = 1")[0][0])["merged"]
    assert (kept["household_no"], kept["after_fen"], kept["facts"]["income_fen"]) == ("H002", 64800, 60000)
    listed = computed("subsidy", "pay-list", "2014-05", "--out", "清单.xlsx", "--json").json["pay_list"]
    assert listed["totals"]["fen"] == computed("subsidy", "runs", "--json").json["runs"][0]["paid_fen"]
    assert computed("undo").code == 0
    assert everything(tmp_path) == before


def test_the_sum_is_explained_as_two(computed: Run) -> None:
    computed("subsidy", "approve", "2014-05", "-y")
    computed(*MERGE)
    ran = computed("subsidy", "explain", "H001", "--month", "2014-05")
    assert (ran.code, ran.err) == (0, "")
    assert "提标后：948元" in ran.out
    assert "另有并入这一户的H002已批准的648元，一并记在这一户；多发的另行追回" in ran.out
    (told,) = computed("subsidy", "explain", "H001", "--month", "2014-05", "--json").json["awards"]
    assert (told["agrees"], told["after_fen"]) == (True, 94800)
    assert told["merged"] == [{"household_no": "H002", "before_fen": 60000, "after_fen": 64800}]


def test_a_third_that_is_merged_keeps_what_it_took_in(computed: Run, tmp_path: Path) -> None:
    computed("subsidy", "approve", "2014-05", "-y")
    computed("duplicates", "merge", "H002", "H003", "-y")
    computed(*MERGE)
    told = json.loads(rows_of(tmp_path, "SELECT facts FROM award WHERE id = 1")[0][0])["merged"]
    assert [(each["household_no"], each["after_fen"]) for each in told] == [("H003", 126000), ("H002", 64800)]
    explained = computed("subsidy", "explain", "H001", "--month", "2014-05", "--json").json["awards"]
    assert [each["agrees"] for each in explained] == [True]
    assert sum(row[3] for row in awards(tmp_path) if row[1] == 1) == 94800 + 64800 + 126000


def test_void_runs_lose_nothing_either(computed: Run, tmp_path: Path) -> None:
    computed("subsidy", "void", "2014-05", "--reason", "错了")
    done = computed(*MERGE, "--json").json["merge"]
    assert any("F000001已经作废，两笔合记在前一户" in note for note in done["notes"])
    assert awards(tmp_path)[0] == (1, 1, 150000, 159600)


def test_arrears_of_both_are_one_and_a_debt_against_a_payment_is_refused(
    computed: Run, tmp_path: Path
) -> None:
    computed("subsidy", "approve", "2014-05", "-y")
    may = "2014-05"
    with open_database(tmp_path / "jiemin.db") as database:
        add_run_of_arrears(database, may, (1, may, 96800, 94800), (2, may, 65800, 64800), (3, may, 0, 126000))
    assert computed("subsidy", "approve", "F000003", "-y").code == 0
    before = everything(tmp_path)
    assert computed(*MERGE).code == 0
    query = "SELECT household_id, due_fen, paid_fen, difference_fen FROM arrear ORDER BY 1"
    assert rows_of(tmp_path, query) == [(1, 162600, 159600, 3000), (3, 0, 126000, -126000)]
    assert computed("undo").code == 0
    assert everything(tmp_path) == before
    with open_database(tmp_path / "jiemin.db") as database:
        add_run_of_arrears(database, may, (1, may, 97800, 96800), (2, may, 64800, 65800))
    assert computed("subsidy", "approve", "F000004", "-y").code == 0
    refused = computed(*MERGE)
    assert (refused.code, "一户补发、一户应退，数额相同，不能合记" in refused.err) == (1, True)


def test_a_merge_before_the_approval_is_taken_back_without_touching_it(computed: Run, tmp_path: Path) -> None:
    computed(*MERGE)
    computed("subsidy", "approve", "2014-05", "-y")
    merged = next(
        each["action"]
        for each in computed("log", "--json").json["actions"]
        if each["command"] == "duplicates merge"
    )
    ran = computed("undo", str(merged))
    assert ran.code == 0
    assert "后来又改过或用到，留着没有动：H002" in ran.out
    assert [row[:2] for row in awards(tmp_path)] == [(1, 1), (3, 1), (1, 2), (2, 2), (3, 2)]


def test_an_award_the_record_has_not_moves_and_moves_back(run: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, LOW, RURAL, since=date(2014, 4, 1))
    run("subsidy", "compute", "--month", "2014-05")
    run("subsidy", "approve", "2014-05", "-y")
    run(*MERGE)
    assert awards(tmp_path) == [(1, 1, 90000, 94800)]
    assert run("undo").code == 0
    assert awards(tmp_path) == [(2, 1, 90000, 94800)]
