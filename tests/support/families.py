"""Families in a real database, written through its door without a workbook, and their awards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jiemin.domain.codes import HouseholdClass, HouseholdStatus, Relation
from jiemin.domain.entitlement import Item
from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Book
from jiemin.policy.book_file import load_book
from jiemin.storage.award_tables import Arrear, SubsidyRun
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.subsidy_runs import run_number
from jiemin.storage.tables import Household, HouseholdSpan, Membership, Person, Region
from jiemin.usecases.compute_subsidies import ComputeOutcome, compute_subsidies

APRIL, TODAY = date(2014, 4, 1), date(2014, 6, 30)
BOOK = load_book()
COMPUTE = Stamp("2014-06-30T10:00:00", "文员", "subsidy compute")
STAMP = Stamp("2014-06-30T09:00:00", "文员", "import")
RURAL: dict[str, Any] = {
    "household_class": HouseholdClass.RURAL_DIBAO.value,
    "size": 4,
    "covered": 3,
    "income_fen": 30000,
    "income_period": "month",
}
URBAN = RURAL | {"household_class": HouseholdClass.URBAN_DIBAO.value}
LOW: dict[str, Any] = {"household_class": HouseholdClass.LOW_INCOME.value, "size": 3}


def add_families(
    database: Database, *families: Mapping[str, Any], since: date = APRIL, first: int = 1
) -> None:
    """Households H001, H002 …, with heads 沈1, 沈2 …, in turn in 石门镇 and 乌镇镇."""
    with write_door(database, STAMP) as door:
        towns = {
            name: row_id for row_id, name in door.connection.exec_driver_sql("SELECT id, name FROM region")
        }
        for name in ("石门镇", "乌镇镇"):
            if name not in towns:
                towns[name] = door.next_id(Region)
                door.insert(Region, [{"id": towns[name], "level": "镇", "name": name}])
        for number, family in enumerate(families, first):
            held = {"valid_from": since, "valid_to": FOREVER}
            household_id, person_id = door.next_id(Household), door.next_id(Person)
            door.insert(Household, [{"id": household_id, "household_no": f"H{number:03d}"}])
            door.insert(Person, [{"id": person_id, "name": f"沈{number}", "id_valid": False}])
            owner = {"household_id": household_id, "person_id": person_id, "relation": Relation.HEAD.value}
            door.insert(Membership, [owner | held])
            place = towns["石门镇" if number % 2 else "乌镇镇"]
            state = {"status": HouseholdStatus.ACTIVE.value, "region_id": place, **family}
            door.insert(HouseholdSpan, [{"household_id": household_id, **state, **held}])


def change_family(database: Database, number: int, day: date, **told: Any) -> None:
    """From `day` on the household is as told; a span that began that day is mended in place."""
    with write_door(database, STAMP) as door:
        query = "SELECT * FROM household_span WHERE household_id = ? ORDER BY valid_from DESC LIMIT 1"
        row = dict(door.connection.exec_driver_sql(query, (number,)).one()._mapping)
        if row["valid_from"] == day.isoformat():
            door.update(HouseholdSpan, [{"id": row["id"], **told}])
            return
        door.update(HouseholdSpan, [{"id": row.pop("id"), "valid_to": day}])
        door.insert(HouseholdSpan, [row | told | {"valid_from": day, "valid_to": FOREVER}])


def compute(database: Database, today: date = TODAY, book: Book = BOOK, **options: Any) -> ComputeOutcome:
    """Compute subsidies by the packaged policy."""
    return compute_subsidies(database, COMPUTE, book, today, **options)


def awards(database: Database) -> list[tuple[Any, ...]]:
    """(household, item, period, before, after, uplift) of every award on record."""
    columns = "household_no, item, period, before_fen, after_fen, uplift_fen"
    joined = "award JOIN household ON household.id = household_id"
    return rows(database, f"SELECT {columns} FROM {joined} ORDER BY household_no, item, period")


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    """What a plain query finds."""
    with database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def add_run_of_arrears(database: Database, period: str, *lines: tuple[int, str, int, int]) -> None:
    """A draft of arrears of 低保金 up to a month; each line is (household id, month, due, paid)."""
    with write_door(database, STAMP) as door:
        run_id, book_id = door.next_id(SubsidyRun), 1
        run = {"id": run_id, "run_no": run_number(run_id), "kind": RunKind.ARREARS, "status": RunStatus.DRAFT}
        door.insert(SubsidyRun, [run | {"period": period, "book_id": book_id, "computed_on": TODAY}])
        held = {"run_id": run_id, "book_id": book_id, "item": Item.DIBAO.value}
        for household_id, month, due, paid in lines:
            told = {"household_id": household_id, "period": month, "due_fen": due, "paid_fen": paid}
            door.insert(Arrear, [held | told | {"difference_fen": due - paid}])
