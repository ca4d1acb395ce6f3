"""The write door: who did what, and what was there before."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from jiemin.domain.periods import FOREVER
from jiemin.storage.batch import Batch
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Household, HouseholdSpan, Region

STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import", {"dry_run": False})


@pytest.fixture
def database(tmp_path: Path) -> Any:
    with open_database(tmp_path / "x.db", create=True) as opened:
        yield opened


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_new_rows_are_one_range_and_a_changed_row_keeps_its_image(database: Database) -> None:
    with write_door(database, STAMP) as door:
        door.insert(Region, [{"level": "市", "name": "甲市"}, {"level": "市", "name": "乙市"}])
        door.note_counts(new=2)
    with write_door(database, STAMP) as door:
        door.update(Region, [{"id": 2, "name": "丙市"}])
    changes = rows(database, "SELECT action_id, subject, first_id, last_id, before FROM change ORDER BY id")
    assert changes[0] == (1, "region", 1, 2, None)
    assert changes[1][:4] == (2, "region", 2, 2)
    assert json.loads(changes[1][4])["name"] == "乙市"
    assert json.loads(rows(database, "SELECT counts FROM action WHERE id = 1")[0][0]) == {"new": 2}


def test_a_row_told_what_it_says_already_is_no_change(database: Database) -> None:
    with write_door(database, STAMP) as door:
        door.insert(Region, [{"level": "市", "name": "甲市"}, {"level": "市", "name": "乙市"}])
    with write_door(database, STAMP) as door:
        door.update(Region, [{"id": 1, "name": "甲市"}])
        assert not door.changed
    assert rows(database, "SELECT count(*) FROM action") == [(1,)]
    with write_door(database, STAMP) as door:
        door.update(Region, [{"id": 1, "name": "甲市"}, {"id": 2, "name": "丙市"}])
    assert rows(database, "SELECT first_id FROM change WHERE before IS NOT NULL") == [(2,)]


def test_ranges_with_gaps_are_told_apart(database: Database) -> None:
    with write_door(database, STAMP) as door:
        ids = [door.next_id(Household) for _ in range(4)]
        door.insert(Household, [{"id": ids[n], "household_no": f"T{n}"} for n in (3, 0, 1)])
    assert rows(database, "SELECT first_id, last_id FROM change") == [(1, 2), (4, 4)]


def test_a_deleted_row_keeps_its_image_and_its_id_is_never_used_again(database: Database) -> None:
    with write_door(database, STAMP) as door:
        door.insert(Household, [{"household_no": "T1"}])
    with write_door(database, STAMP) as door:
        door.delete(Household, [1])
    with write_door(database, STAMP) as door:
        door.insert(Household, [{"household_no": "T2"}])
    assert rows(database, "SELECT id FROM household") == [(2,)]
    assert (
        json.loads(rows(database, "SELECT before FROM change WHERE before IS NOT NULL")[0][0])["household_no"]
        == "T1"
    )


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_or_nothing_done_leaves_no_trace(database: Database, dry_run: bool) -> None:
    before = database.path.read_bytes()
    with write_door(database, STAMP, dry_run=dry_run) as door:
        if dry_run:
            door.insert(Household, [{"household_no": "T1"}])
    assert database.path.read_bytes() == before


def test_giving_up_leaves_no_trace(database: Database) -> None:
    before = database.path.read_bytes()
    with write_door(database, STAMP) as door:
        door.insert(Household, [{"household_no": "T1"}])
        door.give_up()
    assert database.path.read_bytes() == before


def test_a_fault_on_the_way_leaves_the_old_state_and_the_door_usable(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised, write_door(database, STAMP) as door:
        door.insert(Household, [{"household_no": "秘密1"}])
        door.insert(Household, [{"household_no": "秘密1"}])
    assert "秘密" not in str(raised.value)
    with write_door(database, STAMP) as door:
        door.insert(Household, [{"household_no": "T1"}])
    assert rows(database, "SELECT household_no FROM household") == [("T1",)]


def test_a_batch_folds_changes_into_waiting_rows_and_writes_parents_first(database: Database) -> None:
    with write_door(database, STAMP) as door:
        batch = Batch(door)
        household = batch.add(Household, {"household_no": "T1"})
        region = batch.add(Region, {"level": "市", "name": "甲市"})
        span = batch.add(
            HouseholdSpan,
            {
                "household_id": household,
                "region_id": region,
                "household_class": "五保",
                "status": "在册",
                "valid_from": date(2014, 4, 1),
                "valid_to": FOREVER,
            },
        )
        batch.change(HouseholdSpan, span, {"size": 3})
        batch.flush()
    assert rows(database, "SELECT size, valid_to FROM household_span") == [(3, "9999-12-31")]
    assert rows(database, "SELECT count(*) FROM change WHERE before IS NOT NULL") == [(0,)]
    with write_door(database, STAMP) as door:
        batch = Batch(door)
        batch.remove(HouseholdSpan, span)
        batch.flush()
    assert rows(database, "SELECT count(*) FROM household_span") == [(0,)]


@pytest.mark.parametrize(
    "bad",
    [
        {"household_class": "低保"},
        {"status": "在"},
        {"valid_to": date(2014, 4, 1)},
        {"income_fen": 1},
        {"size": -1},
        {"region_id": 9},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(database: Database, bad: dict[str, Any]) -> None:
    span = {
        "household_id": 1,
        "region_id": 1,
        "household_class": "五保",
        "status": "在册",
        "valid_from": date(2014, 4, 1),
        "valid_to": FOREVER,
    }
    with pytest.raises(IntegrityError), write_door(database, STAMP) as door:
        door.insert(Region, [{"level": "市", "name": "甲市"}])
        door.insert(Household, [{"household_no": "T1"}])
        door.insert(HouseholdSpan, [span | bad])
