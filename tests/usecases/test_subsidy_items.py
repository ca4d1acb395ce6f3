"""Items that read more of a family than its own row, from what is stored to the amount."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import APRIL, BOOK, LOW, RURAL, STAMP, URBAN, add_families, awards, compute
from support.worked_cases import book_with

from jiemin.domain.codes import Condition, HouseholdClass, Keeping
from jiemin.domain.entitlement import Item
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import Month, Year
from jiemin.storage.award_tables import AidCase
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.record_tables import HouseholdCondition
from jiemin.storage.tables import Membership

JUNE, YEAR = Month(2014, 6), Year(2014)
WUBAO: dict[str, Any] = {
    "household_class": HouseholdClass.WUBAO.value,
    "size": 1,
    "covered": 1,
    "keeping": Keeping.CENTRAL.value,
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban, H004 五保: all in the work since April."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN, WUBAO)
        yield opened


def add_case(database: Database, household: int, item: Item, day: date = APRIL, **told: Any) -> None:
    with write_door(database, STAMP) as door:
        row_id = door.next_id(AidCase)
        own = {"id": row_id, "case_no": f"JZ{row_id}", "household_id": household, "item": item.value}
        door.insert(AidCase, [own | {"day": day} | told])


def cover(database: Database, person: int, covered: bool | None) -> None:
    with write_door(database, STAMP) as door:
        door.update(Membership, [{"id": person, "covered": covered}])


def of(item: Item, database: Database) -> list[tuple[Any, ...]]:
    return [(row[0], *row[2:]) for row in awards(database) if row[1] == item]


def compute_with(database: Database, settings: Mapping[str, Any], **options: Any) -> list[MissingAward]:
    return list(compute(database, book=book_with(BOOK, settings), **options).missing)


def test_support_goes_to_those_kept_and_to_nobody_else(database: Database) -> None:
    compute_with(database, {"support.wubao.central": 900}, month=JUNE)
    assert of(Item.SUPPORT, database) == [("H004", "2014-06", 90000, 90000, 0)]


def test_the_pension_counts_who_was_last_told_to_be_insured(database: Database) -> None:
    insured = ((1, date(2014, 4, 1), 3), (1, date(2014, 6, 1), 2), (1, date(2014, 7, 1), 9), (2, APRIL, 1))
    with write_door(database, STAMP) as door:
        for household, day, number in insured:
            told = {"household_id": household, "condition": Condition.PENSION_INSURED.value, "day": day}
            door.insert(
                HouseholdCondition, [{"id": door.next_id(HouseholdCondition), "number": number} | told]
            )
    missing = compute_with(database, {"pension.contribution": 100}, year=YEAR)
    assert of(Item.PENSION, database) == [
        ("H001", "2014", 0, 20000, 20000),
        ("H002", "2014", 0, 10000, 10000),
    ]
    assert missing == [MissingAward("H003", Item.PENSION, "2014", ("养老保险参保人数",))]


def test_the_insurances_go_to_dibao_and_low_income_families(database: Database) -> None:
    compute_with(database, {"health_insurance.contribution": 200}, year=YEAR)
    assert of(Item.HEALTH_INSURANCE, database) == [
        ("H001", "2014", 0, 60000, 60000),
        ("H002", "2014", 0, 60000, 60000),
        ("H003", "2014", 0, 60000, 60000),
    ]
    assert of(Item.ILLNESS_INSURANCE, database) == []


CHILDREN = {"child.dispersed": 1000}


def test_a_child_in_difficulty_is_paid_for_while_its_case_lasts(database: Database) -> None:
    add_case(database, 2, Item.CHILD, person_id=2, grade="散居")
    add_case(database, 3, Item.CHILD, person_id=3, grade="散居", until=date(2014, 6, 29))
    assert compute_with(database, CHILDREN, month=JUNE) == []
    assert of(Item.CHILD, database) == [("H002", "2014-06", 100000, 100000, 0)]


def test_a_covered_child_gets_the_rest(database: Database) -> None:
    add_case(database, 1, Item.CHILD, person_id=1, grade="散居")
    missing = MissingAward("H001", Item.CHILD, "2014-06", ("哪些成员是保障人口",))
    assert compute_with(database, CHILDREN, month=JUNE) == [missing]
    cover(database, 1, True)
    assert compute_with(database, CHILDREN, month=JUNE) == []
    assert of(Item.CHILD, database) == [("H001", "2014-06", 70000, 68400, -1600)]
    cover(database, 1, False)
    compute_with(database, CHILDREN, month=JUNE)
    assert of(Item.CHILD, database) == [("H001", "2014-06", 100000, 100000, 0)]


def test_the_fixed_amount_of_dibao_is_shared_not_the_childs_own_case(database: Database) -> None:
    add_case(database, 1, Item.CHILD, person_id=1, grade="散居")
    cover(database, 1, True)
    tiers = CHILDREN | {"dibao.formula": "tiers"}
    missing = compute_with(database, tiers, month=JUNE)
    assert MissingAward("H001", Item.CHILD, "2014-06", ("分档金额",)) in missing
    add_case(database, 1, Item.DIBAO, base_fen=60000)
    compute_with(database, tiers, month=JUNE)
    assert of(Item.CHILD, database) == [("H001", "2014-06", 80000, 80000, 0)]
    assert of(Item.DIBAO, database) == [("H001", "2014-06", 60000, 60000, 0)]
