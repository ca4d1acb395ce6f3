"""What the checks make of awards whose household is another by now: drafts, approved, void, settled."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import (
    BOOK,
    COMPUTE,
    LOW,
    RURAL,
    TODAY,
    URBAN,
    add_families,
    add_run_of_arrears,
    change_family,
    compute,
)

from jiemin.domain.periods import Month
from jiemin.storage.award_tables import Arrear
from jiemin.storage.checking_visits import award_mismatches
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.usecases.approve_run import approve_run, preview_approval
from jiemin.usecases.void_run import void_run

JUNE = date(2014, 6, 1)
NOW = {"class": "农村低保", "size": 4, "covered": 2, "income_fen": 30000, "income_period": "month"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban; in June the first covers one fewer than computed."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN)
        compute(opened, month=Month(2014, 6))
        change_family(opened, 1, JUNE, covered=2)
        yield opened


def approve(database: Database, run: str) -> None:
    approve_run(database, COMPUTE, preview_approval(database, COMPUTE, run, BOOK, TODAY), TODAY)


def found(database: Database) -> list[tuple[str, str, bool]]:
    """(household, period, approved) of each award that does not fit any more."""
    with database.reading() as connection:
        rows = award_mismatches(connection, TODAY)
    return [(row.household_no, row.period, row.approved) for row in rows]


def settle(database: Database, facts: dict[str, Any] | None) -> None:
    """Approved arrears of H001 for June, by those facts."""
    add_run_of_arrears(database, "2014-06", (1, "2014-06", 63200, 94800))
    with write_door(database, COMPUTE) as door:
        told = json.dumps(facts, ensure_ascii=False) if facts else None
        door.update(Arrear, [{"id": 1, "facts": told}])
    approve(database, "F000002")


def test_a_draft_is_computed_again(database: Database) -> None:
    assert found(database) == [("H001", "2014-06", False)]


def test_an_approved_one_is_settled_by_arrears(database: Database) -> None:
    approve(database, "2014-06")
    assert found(database) == [("H001", "2014-06", True)]
    settle(database, NOW)
    assert found(database) == []
    change_family(database, 1, JUNE, covered=1)
    assert found(database) == [("H001", "2014-06", True)]


def test_arrears_that_found_no_claim_are_right_while_there_is_none(database: Database) -> None:
    approve(database, "2014-06")
    change_family(database, 1, JUNE, status="停保")
    settle(database, None)
    assert found(database) == []
    change_family(database, 1, JUNE, status="在册", household_class=LOW["household_class"])
    assert found(database) == []
    change_family(database, 1, JUNE, household_class=RURAL["household_class"])
    assert found(database) == [("H001", "2014-06", True)]


def test_arrears_not_approved_settle_nothing(database: Database) -> None:
    approve(database, "2014-06")
    add_run_of_arrears(database, "2014-06", (1, "2014-06", 63200, 94800))
    assert found(database) == [("H001", "2014-06", True)]


def test_a_void_run_is_nobodys_business(database: Database) -> None:
    void_run(database, COMPUTE, "2014-06", "错了", TODAY)
    assert found(database) == []
