"""The settings of 低保金 and 分类施保, from what is stored to the amount, and what is not given at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import APRIL, BOOK, RURAL, STAMP, TODAY, URBAN, add_families, awards, compute
from support.worked_cases import book_with

from jiemin.domain.entitlement import Item
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import FOREVER, Month
from jiemin.domain.policy import Book
from jiemin.storage.award_tables import AidCase
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.tables import Membership, Person, PersonSpan
from jiemin.usecases.checking.gathering import Gathering
from jiemin.usecases.checking.money import check_money
from jiemin.usecases.compute_subsidies import ComputeOutcome
from jiemin.usecases.explain_subsidy import explain_subsidy
from jiemin.usecases.list_subsidies import list_subsidies

JUNE = Month(2014, 6)
ADULT = date(1970, 5, 1)
SINGLY = {"dibao.severe": "full"}
TIERS = {"dibao.formula": "tiers"}
HIGHEST = {
    "supplement.rule": "highest",
    "supplement.severe": 100,
    "supplement.disabled": 50,
    "supplement.elder": 60,
    "supplement.minor": 40,
    "supplement.illness": 80,
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural and H002 urban, with 3 covered persons each; of the heads nothing is known but the name."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, URBAN)
        add_adults(opened)
        yield opened


def add_adults(database: Database) -> None:
    """Two adults more in each household, covered and in good health."""
    with write_door(database, STAMP) as door:
        for person, household in ((3, 1), (4, 1), (5, 2), (6, 2)):
            door.insert(Person, [{"id": person, "name": f"陈{person}", "id_valid": False, "birth": ADULT}])
            belongs = {"person_id": person, "household_id": household, "covered": True}
            door.insert(
                Membership, [belongs | {"relation": "其他", "valid_from": APRIL, "valid_to": FOREVER}]
            )


def mark(database: Database, person: int, *, birth: date, grade: int | None = None) -> None:
    """The head is a covered person, born then and perhaps disabled."""
    with write_door(database, STAMP) as door:
        door.update(Membership, [{"id": person, "covered": True}])
        door.update(Person, [{"id": person, "birth": birth}])
        held = {"person_id": person, "valid_from": APRIL, "valid_to": FOREVER}
        door.insert(PersonSpan, [held | {"disability_grade": grade}])


def fix(database: Database, household: int, base_fen: int, day: date = APRIL, **told: Any) -> None:
    """A fixed amount of 低保金."""
    with write_door(database, STAMP) as door:
        number = door.next_id(AidCase)
        own = {"id": number, "case_no": f"救{number}", "household_id": household, "item": Item.DIBAO.value}
        door.insert(AidCase, [own | {"day": day, "base_fen": base_fen} | told])


def with_settings(told: Mapping[str, Any]) -> Book:
    return book_with(BOOK, told)


def june(database: Database, told: Mapping[str, Any]) -> ComputeOutcome:
    return compute(database, book=with_settings(told), month=JUNE)


def amounts(database: Database, item: Item) -> dict[str, tuple[int, int]]:
    return {row[0]: (row[3], row[4]) for row in awards(database) if row[1] == item}


def lacking(database: Database, told: Mapping[str, Any]) -> list[str]:
    """The households that the checks find without the facts of their money."""
    with database.reading() as connection:
        found = list(check_money(Gathering(connection, TODAY), with_settings(told), None))
    return [str(each) for each in found if "分档金额" in str(each)]


def test_the_severely_disabled_are_read_from_the_members(database: Database) -> None:
    mark(database, 1, birth=ADULT, grade=1)
    mark(database, 2, birth=ADULT, grade=3)
    june(database, SINGLY)
    assert amounts(database, Item.DIBAO) == {"H001": (90000, 94800), "H002": (126000, 126000)}
    june(database, {**SINGLY, "dibao.rural.standard": 100})
    assert amounts(database, Item.DIBAO)["H001"] == (10000, 10000)


def test_fixed_amounts_are_those_in_force_on_the_day(database: Database) -> None:
    fix(database, 1, 31200, until=TODAY)
    fix(database, 2, 20000, until=date(2014, 6, 29))
    outcome = june(database, TIERS)
    assert amounts(database, Item.DIBAO) == {"H001": (31200, 31200)}
    assert [each for each in outcome.missing if each.item is Item.DIBAO] == [
        MissingAward("H002", Item.DIBAO, "2014-06", ("分档金额",))
    ]


def test_the_checks_look_for_fixed_amounts_where_they_are_paid(database: Database) -> None:
    fix(database, 1, 31200)
    (found,) = lacking(database, TIERS)
    assert "H002" in found
    assert lacking(database, {}) == []


def test_supplements_are_given_by_the_members(database: Database) -> None:
    mark(database, 1, birth=ADULT, grade=2)
    mark(database, 2, birth=date(1944, 6, 30))
    assert june(database, HIGHEST).missing == ()
    assert amounts(database, Item.SUPPLEMENT) == {"H001": (10000, 10000), "H002": (6000, 6000)}
    told = explain_subsidy(database, "H001", with_settings(HIGHEST), TODAY, month=JUNE).amounts
    lines = [line.label for each in told if each.item is Item.SUPPLEMENT for line in each.after.lines]
    assert lines == ["沈1（重度残疾人）", "每月分类施保"]


def test_a_county_without_supplements_hears_nothing_of_them(database: Database) -> None:
    outcome = june(database, {})
    assert Item.SUPPLEMENT not in {each.item for each in outcome.periods}
    assert Item.SUPPLEMENT not in {each.item for each in outcome.unstated}
    assert amounts(database, Item.SUPPLEMENT) == {}
    told = explain_subsidy(database, "H001", BOOK, TODAY, month=JUNE).amounts
    assert Item.SUPPLEMENT not in {each.item for each in told}
    listed = list_subsidies(database, BOOK, TODAY, month=JUNE)
    assert (Item.SUPPLEMENT, JUNE) not in listed.periods


def test_a_draft_computed_again_without_supplements_holds_none(database: Database) -> None:
    mark(database, 1, birth=ADULT, grade=2)
    june(database, HIGHEST)
    assert amounts(database, Item.SUPPLEMENT)
    outcome = june(database, {})
    assert amounts(database, Item.SUPPLEMENT) == {}
    (removed,) = [each for each in outcome.periods if each.item is Item.SUPPLEMENT]
    assert (removed.computed, removed.removed) == (0, 1)
