"""Nobody is paid for in two households at once: who moves, leaves or dies takes claims along or ends them."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.families import (
    BOOK,
    LOW,
    RURAL,
    STAMP,
    URBAN,
    add_families,
    awards,
    change_family,
    compute,
    rows,
)
from support.worked_cases import book_with

from jiemin.domain.codes import Relation
from jiemin.domain.entitlement import Item
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import FOREVER, Month, Year
from jiemin.errors import JieminError
from jiemin.storage.award_tables import AidCase
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.tables import Membership, Person
from jiemin.usecases.approve_run import approve_run, preview_approval
from jiemin.usecases.explain_subsidy import explain_subsidy
from jiemin.usecases.find_arrears import ArrearsFound, find_arrears

NEW_YEAR, MAY, JUNE_DAY = date(2014, 1, 1), date(2014, 5, 1), date(2014, 6, 30)
MAY_MONTH, JUNE = Month(2014, 5), Month(2014, 6)
SETTINGS = {
    "child.dispersed": 700,
    "child.netting": "none",
    "medical_aid.rate": 100,
    "medical_aid.raise": 0,
    "medical_aid.cap": 30000,
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban, since January, each with its head alone."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN, since=NEW_YEAR)
        yield opened


def add_member(database: Database, household: int, since: date = NEW_YEAR) -> int:
    with write_door(database, STAMP) as door:
        person = door.next_id(Person)
        door.insert(Person, [{"id": person, "name": f"员{person}", "id_valid": False}])
        held = {"household_id": household, "person_id": person, "relation": Relation.SON.value}
        door.insert(Membership, [held | {"valid_from": since, "valid_to": FOREVER}])
    return person


def leave(database: Database, person: int, day: date, to: int | None = None) -> None:
    """The person belongs to the household until the day before, and from then to another, or to none."""
    with write_door(database, STAMP) as door:
        query = "SELECT id FROM membership WHERE person_id = ? ORDER BY valid_from DESC LIMIT 1"
        held = door.connection.exec_driver_sql(query, (person,)).scalar_one()
        door.update(Membership, [{"id": held, "valid_to": day}])
        if to is not None:
            row = {"household_id": to, "person_id": person, "relation": Relation.SON.value}
            door.insert(Membership, [row | {"valid_from": day, "valid_to": FOREVER}])


def add_case(database: Database, household: int, item: Item, day: date, person: int, **told: object) -> None:
    with write_door(database, STAMP) as door:
        row_id = door.next_id(AidCase)
        own = {"id": row_id, "case_no": f"JZ{row_id}", "household_id": household, "item": item.value}
        door.insert(AidCase, [own | {"day": day, "person_id": person} | told])


def paid(database: Database, item: Item, month: Month) -> list[tuple[str, int]]:
    compute(database, month.last, book=book_with(BOOK, SETTINGS), month=month)
    return [(row[0], row[4]) for row in awards(database) if row[1:3] == (item, str(month))]


def test_a_child_who_has_left_or_died_is_paid_for_no_more(database: Database) -> None:
    child = add_member(database, 1)
    add_case(database, 1, Item.CHILD, NEW_YEAR, child, grade="散居")
    leave(database, child, date(2014, 6, 5))
    assert paid(database, Item.CHILD, MAY_MONTH) == [("H001", 70000)]
    assert paid(database, Item.CHILD, JUNE) == []


def test_a_child_who_moves_is_paid_for_where_it_lives(database: Database) -> None:
    child = add_member(database, 1)
    add_case(database, 1, Item.CHILD, NEW_YEAR, child, grade="散居")
    leave(database, child, MAY, to=2)
    add_case(database, 2, Item.CHILD, MAY, child, grade="散居")
    assert paid(database, Item.CHILD, Month(2014, 4)) == [("H001", 70000)]
    assert paid(database, Item.CHILD, MAY_MONTH) == [("H002", 70000)]


def test_a_child_who_comes_back_is_paid_for_again_but_not_for_the_time_away(database: Database) -> None:
    child = add_member(database, 1)
    add_case(database, 1, Item.CHILD, NEW_YEAR, child, grade="散居")
    leave(database, child, date(2014, 5, 5))
    with write_door(database, STAMP) as door:
        held = {"household_id": 1, "person_id": child, "relation": Relation.SON.value}
        door.insert(Membership, [held | {"valid_from": date(2014, 6, 10), "valid_to": FOREVER}])
    assert paid(database, Item.CHILD, Month(2014, 4)) == [("H001", 70000)]
    assert paid(database, Item.CHILD, MAY_MONTH) == []
    assert paid(database, Item.CHILD, JUNE) == [("H001", 70000)]


def test_a_child_listed_later_than_its_case_is_paid_for(database: Database) -> None:
    child = add_member(database, 1, since=MAY)
    add_case(database, 1, Item.CHILD, NEW_YEAR, child, grade="散居")
    assert paid(database, Item.CHILD, Month(2014, 4)) == [("H001", 70000)]


def test_the_cap_of_a_year_is_one_wherever_the_person_lives(database: Database) -> None:
    ill = add_member(database, 1)
    add_case(database, 1, Item.MEDICAL_AID, date(2014, 4, 10), ill, base_fen=2_000_000)
    leave(database, ill, MAY, to=2)
    add_case(database, 2, Item.MEDICAL_AID, date(2014, 5, 10), ill, base_fen=1_500_000)
    add_case(database, 2, Item.MEDICAL_AID, date(2014, 6, 10), ill, base_fen=1_500_000)
    add_case(database, 1, Item.MEDICAL_AID, date(2014, 5, 3), 1, base_fen=1_500_000)
    assert paid(database, Item.MEDICAL_AID, Month(2014, 4)) == [("H001", 2_000_000)]
    assert paid(database, Item.MEDICAL_AID, MAY_MONTH) == [("H001", 1_500_000), ("H002", 1_000_000)]
    assert paid(database, Item.MEDICAL_AID, JUNE) == [("H002", 0)]


def test_a_bill_where_no_aid_was_given_uses_nothing_up(database: Database) -> None:
    change_family(database, 3, NEW_YEAR, household_class="其他")
    ill = add_member(database, 3)
    add_case(database, 3, Item.MEDICAL_AID, date(2014, 4, 10), ill, base_fen=2_000_000)
    leave(database, ill, MAY, to=2)
    add_case(database, 2, Item.MEDICAL_AID, date(2014, 5, 10), ill, base_fen=2_500_000)
    assert paid(database, Item.MEDICAL_AID, MAY_MONTH) == [("H002", 2_500_000)]


def test_a_bill_that_was_paid_uses_the_cap_up_though_the_household_left_before_the_months_end(
    database: Database,
) -> None:
    ill, book = add_member(database, 1), book_with(BOOK, SETTINGS)
    add_case(database, 1, Item.MEDICAL_AID, date(2014, 6, 2), ill, base_fen=2_000_000)
    early = date(2014, 6, 8)
    compute(database, early, book=book, month=JUNE)
    approve_run(database, STAMP, preview_approval(database, STAMP, "2014-06", book, early), early)
    change_family(database, 1, date(2014, 6, 15), status="迁出")
    leave(database, ill, date(2014, 6, 15), to=2)
    add_case(database, 2, Item.MEDICAL_AID, date(2014, 7, 10), ill, base_fen=3_000_000)
    assert paid(database, Item.MEDICAL_AID, Month(2014, 7)) == [("H002", 1_000_000)]


def approve(database: Database, text: str, today: date) -> None:
    approve_run(database, STAMP, preview_approval(database, STAMP, text, BOOK, today), today)


def look(database: Database, today: date) -> ArrearsFound:
    return find_arrears(database, STAMP, BOOK, today)


def test_who_was_paid_for_elsewhere_before_a_household_came_is_not_paid_twice(database: Database) -> None:
    """The year is approved in June; in September a new household takes a member over from H002."""
    member = add_member(database, 2)
    compute(database, JUNE_DAY, year=Year(2014))
    approve(database, "2014", JUNE_DAY)
    add_families(database, LOW, since=date(2014, 9, 1), first=4)
    leave(database, member, date(2014, 9, 1), to=4)
    add_families(database, LOW, since=date(2014, 9, 1), first=5)
    found = look(database, date(2015, 1, 15))
    assert [each.purpose[:2] for each in found.lines] == [("H005", Item.LOW_INCOME.value)]
    assert found.as_of == "2014-09-01"
    assert found.missing == (
        MissingAward("H004", Item.LOW_INCOME, "2014", (f"员{member}（2014年已在H002发过）",)),
    )


def test_explaining_and_looking_for_arrears_say_the_same(database: Database) -> None:
    member = add_member(database, 2)
    compute(database, JUNE_DAY, year=Year(2014))
    approve(database, "2014", JUNE_DAY)
    add_families(database, LOW, since=date(2014, 9, 1), first=4)
    leave(database, member, date(2014, 9, 1), to=4)
    with pytest.raises(JieminError, match=f"缺少员{member}（2014年已在H002发过）"):
        explain_subsidy(database, "H004", BOOK, date(2015, 1, 15), year=Year(2014))


def test_who_was_paid_for_by_arrears_is_not_paid_twice(database: Database) -> None:
    """The year is approved in June; H004 comes in July and gets arrears; in August its member leaves it."""
    compute(database, JUNE_DAY, year=Year(2014))
    approve(database, "2014", JUNE_DAY)
    add_families(database, LOW, since=date(2014, 7, 5), first=4)
    member = add_member(database, 4, since=date(2014, 7, 5))
    approve(database, look(database, date(2014, 7, 10)).run_no, date(2014, 7, 10))
    add_families(database, LOW, since=date(2014, 8, 1), first=5)
    leave(database, member, date(2014, 8, 1), to=5)
    found = look(database, date(2014, 9, 1))
    assert found.lines == ()
    assert [(each.household_no, each.facts) for each in found.missing] == [
        ("H005", (f"员{member}（2014年已在H004发过）",))
    ]


def test_who_came_to_a_household_that_lacked_facts_is_not_paid_twice(database: Database) -> None:
    """H004 is there when the year is approved, and lacks its size; a member of H002 joins it in August."""
    add_families(database, {**LOW, "size": None}, since=NEW_YEAR, first=4)
    member = add_member(database, 2)
    compute(database, JUNE_DAY, year=Year(2014))
    approve(database, "2014", JUNE_DAY)
    leave(database, member, date(2014, 8, 1), to=4)
    change_family(database, 4, date(2014, 8, 1), size=2)
    found = look(database, date(2014, 9, 1))
    assert found.lines == ()
    assert [(each.household_no, each.facts) for each in found.missing] == [
        ("H004", (f"员{member}（2014年已在H002发过）",))
    ]


def test_of_a_low_income_family_everybody_was_paid_for(database: Database) -> None:
    member = add_member(database, 2)
    with write_door(database, STAMP) as door:
        (row,) = door.connection.exec_driver_sql(
            f"SELECT id FROM membership WHERE person_id = {member}"
        ).one()
        door.update(Membership, [{"id": row, "covered": False}])
    compute(database, JUNE_DAY, year=Year(2014))
    approve(database, "2014", JUNE_DAY)
    add_families(database, LOW, since=date(2014, 9, 1), first=4)
    leave(database, member, date(2014, 9, 1), to=4)
    assert look(database, date(2015, 1, 15)).lines == ()


def test_who_was_not_paid_for_elsewhere_may_be_in_the_new_household(database: Database) -> None:
    member = add_member(database, 3)  # 城镇低保 gets no aid for low-income families
    compute(database, JUNE_DAY, year=Year(2014))
    approve(database, "2014", JUNE_DAY)
    add_families(database, LOW, since=date(2014, 9, 1), first=4)
    leave(database, member, date(2014, 9, 1), to=4)
    found = look(database, date(2015, 1, 15))
    assert [each.purpose[:2] for each in found.lines] == [("H004", Item.LOW_INCOME.value)]
    assert found.missing == ()


def test_a_period_approved_after_its_end_needs_no_such_care(database: Database) -> None:
    member = add_member(database, 2)
    day = date(2015, 1, 15)
    compute(database, day, year=Year(2014))
    approve(database, "2014", day)
    add_families(database, LOW, since=date(2014, 9, 1), first=4)
    leave(database, member, date(2014, 9, 1), to=4)
    found = look(database, day + timedelta(days=1))
    assert ("H004", Item.LOW_INCOME.value) in [each.purpose[:2] for each in found.lines]
    assert rows(database, "SELECT count(*) FROM arrear") == [(len(found.lines),)]


def test_a_child_beside_one_who_was_paid_for_elsewhere_is_paid_for(database: Database) -> None:
    """June is approved on the 10th; two children move to H004, of whom one had a case before, one has now."""
    book = book_with(BOOK, SETTINGS)
    child, brother = add_member(database, 1), add_member(database, 1)
    add_case(database, 1, Item.CHILD, NEW_YEAR, child, grade="散居", until=date(2014, 6, 19))
    early = date(2014, 6, 10)
    compute(database, early, book=book, month=JUNE)
    approve_run(database, STAMP, preview_approval(database, STAMP, "2014-06", book, early), early)
    add_families(database, LOW, since=date(2014, 6, 20), first=4)
    for person in (child, brother):
        leave(database, person, date(2014, 6, 20), to=4)
    add_case(database, 4, Item.CHILD, date(2014, 6, 20), brother, grade="散居")
    found = find_arrears(database, STAMP, book, date(2014, 7, 1))
    assert [each.purpose[:2] for each in found.lines] == [("H004", Item.CHILD.value)]
    assert found.missing == ()


def test_a_child_paid_for_before_it_moved_is_not_paid_twice(database: Database) -> None:
    """June is approved on the 10th; the child moves to a household that came on the 20th."""
    book = book_with(BOOK, SETTINGS)
    child, brother = add_member(database, 1), add_member(database, 1)
    add_case(database, 1, Item.CHILD, NEW_YEAR, child, grade="散居")
    early = date(2014, 6, 10)
    compute(database, early, book=book, month=JUNE)
    approve_run(database, STAMP, preview_approval(database, STAMP, "2014-06", book, early), early)
    add_families(database, LOW, LOW, since=date(2014, 6, 20), first=4)
    for person, home in ((child, 4), (brother, 5)):
        leave(database, person, date(2014, 6, 20), to=home)
        add_case(database, home, Item.CHILD, date(2014, 6, 20), person, grade="散居")
    found = find_arrears(database, STAMP, book, date(2014, 7, 1))
    assert [each.purpose[:2] for each in found.lines] == [("H005", Item.CHILD.value)]
    assert [(each.household_no, each.facts) for each in found.missing] == [
        ("H004", (f"员{child}（2014年6月已在H001发过）",))
    ]
