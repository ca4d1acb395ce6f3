"""What waits to be written, and many new rows at once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiemin.domain.periods import FOREVER
from jiemin.storage import journal
from jiemin.storage.batch import Batch
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.query import select
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Household, HouseholdSpan, Person, Region

STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import")


@pytest.fixture
def database(tmp_path: Path) -> Any:
    with open_database(tmp_path / "x.db", create=True) as opened:
        yield opened


def test_a_waiting_row_tells_what_it_says_by_now(database: Database) -> None:
    with write_door(database, STAMP) as door:
        batch = Batch(door)
        ids = [batch.add(Household, {"household_no": f"T{number}"}) for number in range(3)]
        between = door.next_id(Household)
        last = batch.add(Household, {})
        batch.change(Household, last, {"household_no": "T9"})
        assert batch.waiting(Household, ids[1]) == {"id": ids[1], "household_no": "T1"}
        assert batch.waiting(Household, last) == {"id": last, "household_no": "T9"}
        for stranger in (0, between, last + 1):
            with pytest.raises(KeyError):
                batch.waiting(Household, stranger)
        door.give_up()


def test_a_field_the_table_has_not_is_refused(database: Database) -> None:
    with write_door(database, STAMP) as door:
        batch = Batch(door)
        with pytest.raises(KeyError, match="household_nr"):
            batch.add(Household, {"household_nr": "T1"})
        row = batch.add(Household, {"household_no": "T1"})
        with pytest.raises(KeyError, match="household_nr"):
            batch.change(Household, row, {"household_nr": "T2"})
        door.give_up()


def test_rows_of_several_parts_are_all_written_and_read_back_as_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_ROWS_AT_ONCE", 2)
    words = [(), ("13800000000",), ("一", "二"), ('引"号', "反\\斜杠"), ('", "',)]
    with write_door(database, STAMP) as door:
        batch = Batch(door)
        region = batch.add(Region, {"level": "镇", "name": "甲镇"})
        for number, phones in enumerate(words):
            state = {"region_id": region, "household_class": "五保", "status": "在册", "phones": phones}
            span = {"valid_from": date(2014, 4, 1 + number), "valid_to": FOREVER}
            household = batch.add(Household, {"household_no": f"T{number}"})
            batch.add(HouseholdSpan, {"household_id": household, **state, **span})
            batch.add(Person, {"name": f"人{number}", "id_valid": number % 2 == 1, "birth": None})
        batch.flush()
    with database.reading() as connection:
        spans = select(HouseholdSpan.phones, HouseholdSpan.valid_from, HouseholdSpan.valid_to)
        assert connection.execute(spans).all() == [
            (phones, date(2014, 4, 1 + number), FOREVER) for number, phones in enumerate(words)
        ]
        persons = connection.execute(select(Person.name, Person.id_valid, Person.birth, Person.sex)).all()
        assert persons == [(f"人{number}", number % 2 == 1, None, None) for number in range(len(words))]
        ranges = connection.exec_driver_sql("SELECT subject, first_id, last_id FROM change ORDER BY id")
        assert ("household_span", 1, len(words)) in [tuple(row) for row in ranges]
