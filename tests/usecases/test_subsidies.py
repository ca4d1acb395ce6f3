"""Computing subsidies on a real database: stored, computed again, mended, taken away."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import (
    BOOK,
    COMPUTE,
    LOW,
    RURAL,
    STAMP,
    TODAY,
    URBAN,
    add_families,
    awards,
    change_family,
    compute,
    rows,
)
from support.policies import subsidy_book

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Item
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import Month, PeriodError, Year
from jiemin.domain.policy import NoValueError
from jiemin.storage.database import Database, open_database
from jiemin.usecases.compute_subsidies import ClassTotal

JUNE, MAY, YEAR = Month(2014, 6), Month(2014, 5), Year(2014)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban: all facts known, in the work since April."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN)
        yield opened


class TestCompute:
    def test_the_month_and_the_year_are_computed_and_stored(self, database: Database) -> None:
        outcome = compute(database, month=JUNE, year=YEAR)
        assert awards(database) == [
            ("H001", Item.DIBAO, "2014-06", 90000, 94800, 4800),
            ("H002", Item.LOW_INCOME, "2014", 50000, 110000, 60000),
            ("H003", Item.DIBAO, "2014-06", 126000, 126000, 0),
        ]
        assert outcome.written
        assert outcome.computed == 3
        assert outcome.missing == ()
        month, year = outcome.periods
        assert (month.item, month.period, month.day, month.new) == (Item.DIBAO, JUNE, TODAY, 2)
        assert month.totals == (
            ClassTotal(HouseholdClass.URBAN_DIBAO, 1, 3, 126000, 126000),
            ClassTotal(HouseholdClass.RURAL_DIBAO, 1, 3, 90000, 94800),
        )
        assert year.totals == (ClassTotal(HouseholdClass.LOW_INCOME, 1, 3, 50000, 110000),)
        assert year.totals[0].uplift_fen == 60000

    def test_before_the_raise_before_and_after_are_the_same(self, tmp_path: Path) -> None:
        with open_database(tmp_path / "march.db", create=True) as database:
            add_families(database, RURAL, since=date(2014, 1, 1))
            compute(database, month=Month(2014, 3))
            assert awards(database) == [("H001", Item.DIBAO, "2014-03", 90000, 90000, 0)]

    def test_only_what_was_named_is_computed(self, database: Database) -> None:
        compute(database, month=MAY)
        assert {row[1:3] for row in awards(database)} == {(Item.DIBAO, "2014-05")}
        compute(database, year=YEAR)
        assert {row[1:3] for row in awards(database)} == {(Item.DIBAO, "2014-05"), (Item.LOW_INCOME, "2014")}

    def test_without_a_name_the_running_month_and_year_are_computed(self, database: Database) -> None:
        outcome = compute(database, date(2014, 5, 10))
        assert [(each.period, each.day) for each in outcome.periods] == [
            (MAY, date(2014, 5, 10)),
            (YEAR, date(2014, 5, 10)),
        ]
        assert len(awards(database)) == 3

    def test_each_class_gets_its_own_item_and_others_get_none(self, database: Database) -> None:
        others = [RURAL | {"household_class": label} for label in ("五保", "三无", "其他")]
        add_families(database, *others, first=4)
        compute(database)
        assert {(row[0], row[1]) for row in awards(database)} == {
            ("H001", Item.DIBAO),
            ("H002", Item.LOW_INCOME),
            ("H003", Item.DIBAO),
        }

    def test_facts_and_policy_are_kept_with_the_award(self, database: Database) -> None:
        compute(database)
        ((facts, book_id),) = rows(database, "SELECT facts, book_id FROM award WHERE household_id = 1")
        assert json.loads(facts) == {
            "class": "农村低保",
            "day": "2014-06-30",
            "size": 4,
            "covered": 3,
            "income_fen": 30000,
            "income_period": "month",
        }
        assert rows(database, "SELECT id, fingerprint, text FROM policy_book") == [
            (book_id, BOOK.fingerprint, BOOK.text)
        ]

    def test_the_same_again_writes_nothing(self, database: Database) -> None:
        compute(database)
        before = database.path.read_bytes()
        again = compute(database)
        assert database.path.read_bytes() == before
        assert not again.written
        assert [(each.new, each.changed, each.removed, each.unchanged) for each in again.periods] == [
            (0, 0, 0, 2),
            (0, 0, 0, 1),
        ]

    def test_the_same_family_on_a_later_day_is_no_change(self, database: Database) -> None:
        compute(database, date(2014, 6, 10))
        assert not compute(database, TODAY).written
        assert not compute(database, date(2015, 2, 1), month=JUNE, year=YEAR).written

    def test_an_amount_that_changed_is_replaced_and_the_old_one_kept_in_the_journal(
        self, database: Database
    ) -> None:
        compute(database, month=JUNE)
        change_family(database, 1, date(2014, 6, 15), income_fen=40000)
        outcome = compute(database, month=JUNE)
        assert awards(database)[0] == ("H001", Item.DIBAO, "2014-06", 80000, 84800, 4800)
        assert (outcome.periods[0].changed, outcome.periods[0].unchanged) == (1, 1)
        ((image,),) = rows(
            database, "SELECT before FROM change WHERE subject = 'award' AND before IS NOT NULL"
        )
        assert json.loads(image)["after_fen"] == 94800
        counts = rows(database, "SELECT counts FROM action WHERE command = 'subsidy compute'")
        assert json.loads(counts[-1][0]) == {"new": 0, "changed": 1, "removed": 0}

    def test_another_policy_replaces_the_awards_even_where_amounts_stay(self, database: Database) -> None:
        compute(database, month=JUNE)
        outcome = compute(database, book=subsidy_book(), month=JUNE)
        assert outcome.periods[0].changed == 2
        assert [row[0] for row in rows(database, "SELECT DISTINCT book_id FROM award")] == [2]
        assert len(rows(database, "SELECT id FROM policy_book")) == 2

    def test_who_is_no_longer_entitled_loses_the_award_with_an_image_in_the_journal(
        self, database: Database
    ) -> None:
        compute(database, month=JUNE, year=YEAR)
        change_family(database, 1, date(2014, 6, 15), status="停保")
        change_family(database, 2, date(2014, 6, 15), household_class="其他")
        outcome = compute(database, month=JUNE, year=YEAR)
        assert [row[0] for row in awards(database)] == ["H003"]
        assert [each.removed for each in outcome.periods] == [1, 1]
        images = rows(database, "SELECT before FROM change WHERE subject = 'award' AND before IS NOT NULL")
        assert {json.loads(image)["household_id"] for (image,) in images} == {1, 2}

    def test_a_family_that_moves_to_another_class_moves_to_its_item(self, database: Database) -> None:
        change_family(database, 2, date(2014, 6, 2), **RURAL)
        compute(database, month=MAY, year=YEAR)
        compute(database, month=JUNE)
        assert [row[1:3] for row in awards(database) if row[0] == "H002"] == [(Item.DIBAO, "2014-06")]

    def test_the_last_day_of_the_month_decides(self, database: Database) -> None:
        change_family(database, 1, date(2014, 5, 31), covered=1)
        compute(database, month=MAY)
        assert awards(database)[0] == ("H001", Item.DIBAO, "2014-05", 10000, 11600, 1600)
        change_family(database, 3, date(2014, 6, 1), status="迁出")
        compute(database, month=MAY)
        assert [row[0] for row in awards(database)] == ["H001", "H003"]

    def test_missing_facts_are_named_and_never_zero(self, database: Database) -> None:
        add_families(
            database,
            RURAL | {"covered": None},
            RURAL | {"income_fen": None, "income_period": None},
            {"household_class": LOW["household_class"]},
            first=4,
        )
        outcome = compute(database)
        assert outcome.missing == (
            MissingAward("H004", Item.DIBAO, "2014-06", ("保障人口",)),
            MissingAward("H005", Item.DIBAO, "2014-06", ("家庭收入",)),
            MissingAward("H006", Item.LOW_INCOME, "2014", ("家庭人口",)),
        )
        assert outcome.names == {"H004": "沈4", "H005": "沈5", "H006": "沈6"}
        assert outcome.computed == 3
        assert len(awards(database)) == 3

    def test_an_award_whose_facts_are_no_longer_known_is_taken_away(self, database: Database) -> None:
        compute(database, month=JUNE)
        change_family(database, 1, date(2014, 4, 1), covered=None)
        outcome = compute(database, month=JUNE)
        assert outcome.periods[0].removed == 1
        assert [row[0] for row in awards(database)] == ["H003"]

    @pytest.mark.parametrize("options", [{"month": Month(2014, 7)}, {"year": Year(2015)}])
    def test_a_period_that_has_not_begun_is_refused(
        self, database: Database, options: dict[str, Any]
    ) -> None:
        with pytest.raises(PeriodError, match="还没有开始"):
            compute(database, **options)

    def test_a_value_the_policy_lacks_leaves_everything_as_it_was(self, tmp_path: Path) -> None:
        with open_database(tmp_path / "old.db", create=True) as database:
            add_families(database, RURAL, LOW, since=date(2013, 1, 1))
            with pytest.raises(NoValueError, match=r"没有2013-06-30当天的数值"):
                compute(database, month=Month(2013, 6), year=YEAR)
            assert awards(database) == []

    def test_a_trial_run_tells_the_same_and_writes_nothing(self, database: Database) -> None:
        before = database.path.read_bytes()
        tried = compute(database, dry_run=True)
        assert database.path.read_bytes() == before
        assert not tried.written
        assert tried.periods == compute(database).periods

    def test_nobody_to_compute_for_is_told_as_nothing(self, tmp_path: Path) -> None:
        with open_database(tmp_path / "empty.db", create=True) as database:
            outcome = compute(database)
        assert (outcome.nothing, outcome.missing, outcome.written) == (True, (), False)

    def test_taking_the_last_awards_away_is_not_nothing(self, database: Database) -> None:
        compute(database, year=YEAR)
        change_family(database, 2, date(2014, 6, 15), status="停保")
        assert not compute(database, year=YEAR, dry_run=True).nothing
        outcome = compute(database, year=YEAR)
        assert (outcome.computed, outcome.nothing, outcome.written) == (0, False, True)
        assert awards(database) == []


def test_the_action_is_recorded_under_its_command(database: Database) -> None:
    compute(database)
    assert rows(database, "SELECT command FROM action") == [(STAMP.command,), (COMPUTE.command,)]
