"""Aid cases of a household or person entered twice: they move, and what both had is paid once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.stored_county import STAMP, TODAY, everything, rows, stored_county

from jiemin.domain.entitlement import Item
from jiemin.storage.award_tables import AidCase
from jiemin.storage.database import Database
from jiemin.storage.duplicates import person_ref
from jiemin.storage.journal import write_door
from jiemin.usecases.settle_duplicates import merge_records
from jiemin.usecases.undo_action import undo_action

MAY, JUNE = date(2014, 5, 1), date(2014, 6, 1)
A1, A2 = 1, 2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with stored_county(path) as opened:
        yield opened


def told(database: Database, *cases: dict[str, Any]) -> None:
    nothing = {name: None for name in AidCase.model_fields if name != "id"}
    with write_door(database, STAMP) as door:
        for number, case in enumerate(cases, 1):
            door.insert(AidCase, [nothing | {"case_no": f"A{number:06d}"} | case])


def relief(home: int, day: date = MAY, fen: int = 50000) -> dict[str, Any]:
    return {"household_id": home, "item": Item.RELIEF.value, "day": day, "base_fen": fen}


def tier(home: int, day: date, until: date | None, fen: int) -> dict[str, Any]:
    return relief(home, day, fen) | {"item": Item.DIBAO.value, "until": until}


def stored(path: Path) -> list[tuple[Any, ...]]:
    return rows(path, "SELECT case_no, household_id, person_id, void_reason FROM aid_case ORDER BY id")


def test_cases_of_the_duplicate_move(database: Database, path: Path) -> None:
    told(database, relief(A2), relief(A1, JUNE))
    before = everything(path)
    done = merge_records(database, STAMP, "A1", "A2", TODAY)
    assert stored(path) == [("A000001", A1, None, None), ("A000002", A1, None, None)]
    assert done.moved["aid_case"] == 1
    undo_action(database, STAMP, None, dry_run=False)
    assert everything(path) == before


def test_what_both_have_is_one_case_and_the_later_is_void(database: Database, path: Path) -> None:
    void = relief(A2) | {"voided_on": MAY, "void_reason": "写错"}
    told(database, void, relief(A2), relief(A1), relief(A1, fen=60000))
    done = merge_records(database, STAMP, "A1", "A2", TODAY)
    assert [row[3] for row in stored(path)] == ["写错", None, "与A000002是同一件，合并时作废", None]
    assert "A000003与A000002是同一件救助事项，A000003作废" in done.notes


def test_lasting_cases_that_overlap_are_told(database: Database, path: Path) -> None:
    told(
        database,
        tier(A1, MAY, None, 20000),
        tier(A2, JUNE, None, 22000),
        tier(A2, date(2014, 1, 1), date(2014, 4, 30), 1),
    )
    done = merge_records(database, STAMP, "A1", "A2", TODAY)
    assert [row[3] for row in stored(path)] == [None, None, None]
    assert [note for note in done.notes if "重叠" in note] == [
        "A000001和A000002的日期重叠，核对后用 jiemin aid void 或 jiemin aid end 只留一件"
    ]


def test_cases_of_a_person_entered_twice_are_of_one(database: Database, path: Path) -> None:
    (one,), (other,) = rows(
        path, "SELECT person_id FROM membership WHERE household_id = 1 AND relation <> '户主'"
    )[:2]
    bill = {"household_id": A1, "item": Item.MEDICAL_AID.value, "day": MAY, "base_fen": 100}
    told(
        database,
        bill | {"person_id": one},
        bill | {"person_id": other},
        bill | {"person_id": other, "day": JUNE},
    )
    with write_door(database, STAMP) as door:
        door.connection.exec_driver_sql("UPDATE person SET id_valid = 0 WHERE id = ?", (other,))
    merge_records(database, STAMP, person_ref(one), person_ref(other), TODAY)
    assert stored(path) == [
        ("A000001", A1, one, None),
        ("A000002", A1, one, "与A000001是同一件，合并时作废"),
        ("A000003", A1, one, None),
    ]
