"""A database from before there were runs: its awards become drafts, and what was done stays undoable."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiemin.policy.book_file import load_book
from jiemin.storage.database import APPLICATION_ID, open_database
from jiemin.storage.migrations import newest, steps_after
from jiemin.storage.stamp import Stamp
from jiemin.usecases.explain_subsidy import explain_subsidy
from jiemin.usecases.subsidy_runs import list_runs
from jiemin.usecases.undo_action import undo_action

BEFORE = 4
FACTS = {
    "class": "农村低保",
    "day": "2014-06-30",
    "size": 4,
    "covered": 3,
    "income_fen": 30000,
    "income_period": "month",
}
UNDO = Stamp("2014-07-02T09:00:00", "文员", "undo")


def award(row_id: int, household: int, period: str, after: int) -> dict[str, Any]:
    return {
        "id": row_id,
        "household_id": household,
        "item": "低保金" if "-" in period else "低收入家庭救助",
        "period": period,
        "before_fen": 90000,
        "after_fen": after,
        "uplift_fen": after - 90000,
        "facts": json.dumps(FACTS, ensure_ascii=False),
        "book_id": 1,
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Version 4, as `subsidy compute` left it three times: it made awards 1 to 3, then changed one and took
    one away, then made two more, of a year and of a month that no longer has any; award 6 was taken back."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        for number, sql in steps_after(0):
            if number <= BEFORE:
                connection.executescript(sql)
        connection.execute(f"PRAGMA user_version = {BEFORE}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _fill(connection)
        connection.commit()
    return path


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO region (id, level, name) VALUES (1, '镇', '石门镇')")
    for household in (1, 2):
        connection.execute("INSERT INTO household VALUES (?, ?)", (household, f"H{household:03d}"))
        connection.execute(
            "INSERT INTO household_span (household_id, region_id, household_class, status, size, covered, "
            "income_fen, income_period, valid_from, valid_to) "
            "VALUES (?, 1, '农村低保', '在册', 4, 3, 30000, 'month', '2014-01-01', '9999-12-31')",
            (household,),
        )
    book = load_book()
    connection.execute("INSERT INTO policy_book VALUES (1, ?, ?)", (book.fingerprint, book.text))
    standing = [
        award(1, 1, "2014-05", 94800),
        award(2, 1, "2014-06", 94800),
        award(4, 1, "2014", 110000),
    ]
    for row in standing:
        holders = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO award ({', '.join(row)}) VALUES ({holders})", tuple(row.values()))
    connection.execute("UPDATE sqlite_sequence SET seq = 6 WHERE name = 'award'")
    day = "2014-06-30T10:00:00"
    for number, at in enumerate((day, day, "2014-07-01T09:00:00"), start=1):
        connection.execute(
            "INSERT INTO action (id, at, actor, command, arguments, counts) "
            "VALUES (?, ?, '文员', 'subsidy compute', '{}', '{}')",
            (number, at),
        )
    changed, gone = award(1, 1, "2014-05", 94000), award(3, 2, "2014-06", 94800)
    told = "INSERT INTO change (action_id, subject, first_id, last_id, before) VALUES (?, 'award', ?, ?, ?)"
    connection.executemany(
        told,
        [
            (1, 1, 3, None),
            (2, 1, 1, json.dumps(changed, ensure_ascii=False)),
            (2, 3, 3, json.dumps(gone, ensure_ascii=False)),
            (3, 4, 5, None),
            (3, 5, 5, json.dumps(award(5, 2, "2014-04", 94800), ensure_ascii=False)),
        ],
    )


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute(sql).fetchall()


@pytest.fixture
def migrated(path: Path) -> Iterator[Path]:
    with open_database(path):
        pass
    assert rows(path, "PRAGMA user_version") == [(newest(),)]
    yield path


def test_every_period_becomes_a_draft(migrated: Path) -> None:
    """A period of which only images are left has a run too: they may come back."""
    assert rows(
        migrated, "SELECT id, run_no, kind, period, status, book_id, computed_on FROM subsidy_run"
    ) == [
        (1, "F000001", "发放", "2014", "草稿", 1, "2014-07-01"),
        (2, "F000002", "发放", "2014-04", "草稿", 1, "2014-07-01"),
        (3, "F000003", "发放", "2014-05", "草稿", 1, "2014-07-01"),
        (4, "F000004", "发放", "2014-06", "草稿", 1, "2014-07-01"),
    ]
    with open_database(migrated) as database:
        assert [(each.row.period, each.totals.paid_fen) for each in list_runs(database)] == [
            ("2014", 110000),
            ("2014-04", 0),
            ("2014-05", 94800),
            ("2014-06", 94800),
        ]


def test_awards_keep_their_ids_and_no_id_is_given_twice(migrated: Path) -> None:
    assert rows(migrated, "SELECT id, run_id, household_id, item, period, after_fen FROM award") == [
        (1, 3, 1, "低保金", "2014-05", 94800),
        (2, 4, 1, "低保金", "2014-06", 94800),
        (4, 1, 1, "低收入家庭救助", "2014", 110000),
    ]
    assert rows(migrated, "SELECT seq FROM sqlite_sequence WHERE name = 'award'") == [(6,)]
    assert rows(migrated, "SELECT name FROM sqlite_sequence WHERE name LIKE 'award_%'") == []


def test_an_old_award_is_still_explained(migrated: Path) -> None:
    with open_database(migrated) as database:
        found = explain_subsidy(database, "H001", load_book(), date(2014, 7, 2)).amounts
    assert {str(each.period): each.draft for each in found}["2014-06"] is False


def test_what_an_old_computation_changed_and_took_away_comes_back(migrated: Path) -> None:
    with open_database(migrated) as database:
        done = undo_action(database, UNDO, 2)
    assert (done.restored, done.kept) == ({"award": 2}, ())
    assert rows(migrated, "SELECT id, run_id, household_id, after_fen FROM award WHERE id < 4") == [
        (1, 3, 1, 94000),
        (2, 4, 1, 94800),
        (3, 4, 2, 94800),
    ]


def test_what_an_old_computation_made_goes(migrated: Path) -> None:
    with open_database(migrated) as database:
        for action in (3, 2, 1):
            undo_action(database, UNDO, action)
    assert rows(migrated, "SELECT * FROM award") == []
