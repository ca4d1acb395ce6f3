"""What is known of households and persons that an import brings and has not written yet."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.storage.batch import Batch
from jiemin.storage.database import open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Membership, Person
from jiemin.usecases.importing.waiting import FieldsById, SpansByOwner

APRIL, MAY = date(2014, 4, 1), date(2014, 5, 1)
SPAN = {"valid_from": APRIL, "valid_to": FOREVER}


@pytest.fixture
def batch(tmp_path: Path) -> Any:
    stamp = Stamp("2014-06-30T09:00:00", "clerk", "import")
    with open_database(tmp_path / "x.db", create=True) as database, write_door(database, stamp) as door:
        yield Batch(door)
        door.give_up()


def test_the_span_of_a_new_one_is_made_from_the_row_that_waits(batch: Batch) -> None:
    stored = [Held(70, APRIL, FOREVER, {"household_id": 1})]
    spans = SpansByOwner({7: stored}, batch, Membership)
    row = batch.add(Membership, {"household_id": 2, "person_id": 8, "relation": "配偶", **SPAN})
    spans.begin(8, row)
    assert (7 in spans, 8 in spans, 9 in spans) == (True, True, False)
    assert spans.get(7) is stored
    (made,) = spans.get(8)
    assert (made.id, made.start, made.end) == (row, APRIL, FOREVER)
    assert (made.state["household_id"], made.state["relation"]) == (2, "配偶")
    assert "covered" not in made.state
    batch.change(Membership, row, {"covered": True})
    assert spans[8][0].state["covered"] is True
    assert spans.get(9) == []
    with pytest.raises(KeyError):
        spans[9]


def test_what_is_kept_stands_in_the_place_of_the_row(batch: Batch) -> None:
    spans = SpansByOwner({}, batch, Membership)
    row = batch.add(Membership, {"household_id": 2, "person_id": 8, **SPAN})
    spans.begin(8, row)
    two = [Held(row, APRIL, MAY, {"household_id": 2}), Held(row + 1, MAY, FOREVER, {"household_id": 3})]
    spans.keep(8, two)
    assert spans[8] is two


def test_lasting_fields_are_the_stored_ones_or_the_waiting_ones(batch: Batch) -> None:
    stored = {"name": "顾甲", "id_valid": False}
    fields = FieldsById({5: stored}, batch, Person)
    person = batch.add(Person, {"name": "顾乙", "id_valid": False})
    assert fields[5] is stored
    assert fields[person]["name"] == "顾乙"
    batch.change(Person, person, {"name": "顾丙"})
    assert fields[person]["name"] == "顾丙"
    with pytest.raises(KeyError):
        fields[person + 1]
