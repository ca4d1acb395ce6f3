"""Databases from before planned money was kept apart: what was delivered is held to have been planned so."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from support.families import RURAL, STAMP, add_families

from jiemin.storage.database import open_database
from jiemin.storage.journal import write_door
from jiemin.storage.measures import measure_numbered
from jiemin.storage.record_tables import Measure

BEFORE = 6


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the layout before, with M1 delivered on 1 June and M2 open."""
    path = tmp_path / "x.db"
    with open_database(path, create=True) as database:
        add_families(database, RURAL)
        with write_door(database, STAMP) as door:
            own = {"household_id": 1, "what": "修屋顶", "promised_on": date(2014, 5, 1), "amount_fen": 500}
            own |= {"source": "慈善救助"}
            door.insert(Measure, [own | {"id": 1, "measure_no": "M1", "delivered_on": date(2014, 6, 1)}])
            door.insert(Measure, [own | {"id": 2, "measure_no": "M2"}])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE measure DROP COLUMN planned_fen")
        connection.execute("ALTER TABLE measure DROP COLUMN planned_source")
        connection.execute(f"PRAGMA user_version = {BEFORE}")
    return path


def test_a_past_day_shows_of_old_deliveries_what_was_given(old: Path) -> None:
    with open_database(old) as database, database.reading() as connection:
        rows = [measure_numbered(connection, number, date(2014, 5, 20)) for number in ("M1", "M2")]
        assert [(row.open, row.amount_fen, row.source) for row in rows if row] == [
            (True, 500, "慈善救助")
        ] * 2
        planned = connection.exec_driver_sql("SELECT planned_fen, planned_source FROM measure ORDER BY id")
        assert planned.all() == [(500, "慈善救助"), (None, None)]
