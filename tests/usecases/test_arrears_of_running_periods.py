"""Periods approved before their end: money that was right on the day of its approval is not asked back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.arrears_county import WUBAO
from support.families import BOOK, LOW, RURAL, STAMP, URBAN, add_families, change_family, compute, rows

from jiemin.domain.entitlement import Item
from jiemin.domain.periods import Month, Year
from jiemin.errors import JieminError
from jiemin.storage.checking_visits import award_mismatches
from jiemin.storage.database import Database, open_database
from jiemin.usecases.approve_run import approve_run, preview_approval
from jiemin.usecases.explain_subsidy import explain_subsidy
from jiemin.usecases.find_arrears import ArrearsFound, find_arrears
from jiemin.usecases.period_awards import period_awards
from jiemin.usecases.record_aid_case import AidTold, add_aid_case
from jiemin.usecases.void_run import void_run

NEW_YEAR, EARLY, JUNE = date(2014, 1, 1), date(2014, 6, 10), Month(2014, 6)
DIBAO, LOW_AID, RELIEF = Item.DIBAO.value, Item.LOW_INCOME.value, Item.RELIEF.value
JANUARY = date(2015, 1, 15)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban; June and the year 2014 are approved on 10 June."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN, since=NEW_YEAR)
        compute(opened, EARLY, month=JUNE)
        approve(opened, "2014-06", EARLY)
        compute(opened, EARLY, year=Year(2014))
        approve(opened, "2014", EARLY)
        yield opened


def approve(database: Database, text: str, today: date) -> None:
    approve_run(database, STAMP, preview_approval(database, STAMP, text, BOOK, today), today)


def look(database: Database, today: date = JANUARY) -> ArrearsFound:
    return find_arrears(database, STAMP, BOOK, today)


def lines(found: ArrearsFound) -> list[tuple[Any, ...]]:
    return [(*each.purpose, each.due_fen, each.paid_fen) for each in found.lines]


def settle(database: Database, today: date) -> list[tuple[Any, ...]]:
    """Look, approve, and see that the next look finds nothing."""
    found = look(database, today)
    if found.run_no:
        approve(database, found.run_no, today)
    assert look(database, today).lines == ()
    return lines(found)


def test_who_leaves_or_changes_after_the_approval_gives_nothing_back(database: Database) -> None:
    change_family(database, 1, date(2014, 6, 20), status="停保")
    change_family(database, 2, date(2014, 9, 1), status="停保")
    change_family(database, 3, date(2014, 6, 20), income_fen=90000)
    found = look(database)
    assert (found.lines, found.early) == ((), ("2014-06", "2014"))
    with database.reading() as connection:
        assert award_mismatches(connection, JANUARY) == []


def test_a_correction_of_the_day_of_approval_counts(database: Database) -> None:
    change_family(database, 1, date(2014, 6, 1), income_fen=0)
    change_family(database, 2, EARLY, status="停保")
    change_family(database, 2, date(2014, 7, 1), status="停保", size=9)
    assert lines(look(database)) == [
        ("H001", DIBAO, "2014-06", 124800, 94800),
        ("H002", LOW_AID, "2014", 0, 110000),
    ]
    with database.reading() as connection:
        assert {each.household_no for each in award_mismatches(connection, JANUARY)} == {"H001", "H002"}


def test_who_comes_later_is_paid_once_and_keeps_it(database: Database) -> None:
    add_families(database, RURAL, LOW, since=date(2014, 6, 20), first=4)
    assert settle(database, date(2014, 7, 2)) == [
        ("H004", DIBAO, "2014-06", 94800, 0),
        ("H005", LOW_AID, "2014", 110000, 0),
    ]
    change_family(database, 5, date(2014, 8, 1), status="停保")
    change_family(database, 4, date(2014, 8, 1), status="停保")
    assert look(database).lines == ()
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM household_span WHERE household_id = 5 AND status = '在册'")
    assert lines(look(database)) == [("H005", LOW_AID, "2014", 0, 110000)]


def test_who_changes_class_within_the_month_is_not_paid_by_both(tmp_path: Path) -> None:
    with open_database(tmp_path / "y.db", create=True) as database:
        add_families(database, RURAL, LOW, since=NEW_YEAR)
        compute(database, EARLY)
        approve(database, "2014-06", EARLY)
        approve(database, "2014", EARLY)
        for number, other in ((1, LOW), (2, RURAL), (1, WUBAO)):
            change_family(database, number, date(2014, 6, 20), **other)
            assert look(database).lines == ()


def test_the_explanation_says_of_who_was_not_paid_what_a_look_would(database: Database) -> None:
    add_families(database, LOW, RURAL, since=date(2014, 6, 20), first=4)
    change_family(database, 3, date(2014, 6, 20), **LOW)
    with pytest.raises(JieminError, match="H001没有2014年的补助"):
        explain_subsidy(database, "H001", BOOK, JANUARY, year=Year(2014))
    with pytest.raises(JieminError, match="H003没有2014年的补助"):
        explain_subsidy(database, "H003", BOOK, JANUARY, year=Year(2014))
    (late,) = explain_subsidy(database, "H004", BOOK, JANUARY, year=Year(2014)).amounts
    assert (late.draft, late.facts.day, late.due.after_fen) == (True, date(2014, 12, 31), 110000)
    with database.reading() as connection:
        told, _ = period_awards(connection, [(Item.LOW_INCOME, Year(2014))], BOOK, JANUARY)
    assert [(line.household_no, line.draft) for line in told] == [("H002", False), ("H004", True)]


def test_what_happens_after_the_approval_is_paid_too(database: Database) -> None:
    def relief(number: int, day: date, yuan: int) -> None:
        told = AidTold(f"H00{number}", Item.RELIEF, day, amount_fen=yuan * 100)
        add_aid_case(database, STAMP, told, JANUARY)

    relief(1, date(2014, 6, 5), 500)
    relief(2, date(2014, 6, 5), 50)
    assert settle(database, date(2014, 6, 12)) == [
        ("H001", RELIEF, "2014-06", 50000, 0),
        ("H002", RELIEF, "2014-06", 5000, 0),
    ]
    relief(1, date(2014, 6, 20), 300)
    change_family(database, 2, date(2014, 6, 15), status="停保")
    assert settle(database, date(2014, 7, 2)) == [("H001", RELIEF, "2014-06", 80000, 50000)]


def test_facts_that_came_later_are_taken_where_nothing_was_awarded(tmp_path: Path) -> None:
    with open_database(tmp_path / "y.db", create=True) as database:
        add_families(database, RURAL | {"covered": None}, URBAN, since=NEW_YEAR)
        compute(database, EARLY, month=JUNE)
        approve(database, "2014-06", EARLY)
        assert [each.household_no for each in look(database).missing] == ["H001"]
        change_family(database, 1, date(2014, 6, 15), covered=3)
        change_family(database, 2, date(2014, 6, 1), covered=None)
        assert settle(database, date(2014, 6, 20)) == [("H001", DIBAO, "2014-06", 94800, 0)]
        change_family(database, 2, date(2014, 6, 25), covered=9)
        change_family(database, 1, date(2014, 6, 25), covered=9)
        found = look(database)
        assert (found.lines, [each.household_no for each in found.missing]) == ((), ["H002"])


def test_a_run_approved_anew_is_judged_by_its_own_day(database: Database) -> None:
    change_family(database, 2, date(2014, 9, 1), status="停保")
    void_run(database, STAMP, "2014", "错了", JANUARY)
    add_families(database, LOW, since=NEW_YEAR, first=4)
    compute(database, JANUARY, year=Year(2014))
    approve(database, "2014", JANUARY)
    assert rows(database, "SELECT household_id FROM award WHERE period = '2014' AND run_id > 2") == [(4,)]
    assert look(database).lines == ()
