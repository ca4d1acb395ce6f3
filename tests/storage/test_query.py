"""Queries by many ids."""

from datetime import date
from pathlib import Path

from jiemin.domain.periods import FOREVER
from jiemin.storage.cadres import last_posts
from jiemin.storage.database import open_database
from jiemin.storage.households import held_spans, households_on
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Cadre, CadrePost, Household, HouseholdSpan, Region, Unit

MORE_THAN_A_STATEMENT_TAKES = range(40_000)


def test_any_number_of_ids_may_be_asked_for(tmp_path: Path) -> None:
    span = {"valid_from": date(2014, 4, 1), "valid_to": FOREVER}
    state = {"region_id": 1, "household_class": "五保", "status": "在册", **span}
    with open_database(tmp_path / "x.db", create=True) as database:
        with write_door(database, Stamp("2014-06-30T09:00:00", "clerk", "import")) as door:
            door.insert(Region, [{"level": "镇", "name": "石门镇"}])
            door.insert(Household, [{"household_no": f"T{number}"} for number in (3, 1, 2)])
            door.insert(HouseholdSpan, [{"household_id": number, **state} for number in (1, 2, 3)])
            door.insert(Unit, [{"name": "民政局"}])
            door.insert(Cadre, [{"cadre_no": "K1", "name": "孙一"}])
            door.insert(CadrePost, [{"cadre_id": 1, "unit_id": 1, "leader": False, **span}])
        with database.reading() as connection:
            found = households_on(connection, date(2014, 6, 30), MORE_THAN_A_STATEMENT_TAKES)
            assert [each.household_no for each in found] == ["T1", "T2", "T3"]
            assert households_on(connection, date(2014, 6, 30), [2, 9])[0].household_no == "T1"
            assert sorted(held_spans(connection, MORE_THAN_A_STATEMENT_TAKES)) == [1, 2, 3]
            assert [each.name for each in last_posts(connection, MORE_THAN_A_STATEMENT_TAKES)] == ["孙一"]
            assert last_posts(connection, []) == []
