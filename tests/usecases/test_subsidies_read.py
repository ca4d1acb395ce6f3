"""Subsidies read from a real database: reported, listed, explained."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import (
    BOOK,
    LOW,
    RURAL,
    TODAY,
    URBAN,
    add_families,
    awards,
    change_family,
    compute,
)
from support.policies import subsidy_book
from support.worked_cases import book_with

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Item
from jiemin.domain.indicators import AwardLine, MissingAward
from jiemin.domain.periods import Month, PeriodError, Quarter, Year
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage.database import Database, open_database
from jiemin.usecases.explain_subsidy import Explanation, explain_subsidy
from jiemin.usecases.list_subsidies import SubsidyList, list_subsidies
from jiemin.usecases.quarter_awards import quarter_awards

JUNE, MAY, YEAR, SPRING = Month(2014, 6), Month(2014, 5), Year(2014), Quarter(2014, 2)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban: all facts known, in the work since April."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN)
        yield opened


def explain(database: Database, household: str, today: date = TODAY, **options: Any) -> list[Explanation]:
    return explain_subsidy(database, household, BOOK, today, **options).amounts


def listed(database: Database, today: date = TODAY, **options: Any) -> SubsidyList:
    return list_subsidies(database, BOOK, today, **options)


class TestQuarter:
    def report(self, database: Database, quarter: Quarter = SPRING, today: date = TODAY) -> Any:
        with database.reading() as connection:
            return quarter_awards(connection, quarter, BOOK, today)

    def test_what_is_not_on_record_is_drafted_and_not_written(self, database: Database) -> None:
        before = database.path.read_bytes()
        lines, missing = self.report(database)
        assert database.path.read_bytes() == before
        assert missing == []
        assert all(line.draft for line in lines)
        assert {(line.household_no, line.item, line.period) for line in lines} == {
            *((number, Item.DIBAO, f"2014-0{month}") for number in ("H001", "H003") for month in (4, 5, 6)),
            ("H002", Item.LOW_INCOME, "2014"),
        }
        april = AwardLine("H001", HouseholdClass.RURAL_DIBAO, Item.DIBAO, "2014-04", 90000, 94800, draft=True)
        assert april in lines

    def test_what_is_on_record_stands_as_it_was_stored(self, database: Database) -> None:
        compute(database, month=MAY, year=YEAR)
        change_family(database, 1, date(2014, 4, 1), covered=1)
        change_family(database, 2, date(2014, 4, 1), size=9)
        lines, _ = self.report(database)
        drafted = {line.period for line in lines if line.draft}
        assert drafted == {"2014-04", "2014-06"}
        amounts = {(line.household_no, line.period): line.after_fen for line in lines}
        assert amounts[("H001", "2014-05")] == 94800
        assert amounts[("H001", "2014-06")] == 11600
        assert amounts[("H002", "2014")] == 110000

    def test_a_family_that_came_after_the_month_was_computed_is_a_draft_of_it(
        self, database: Database
    ) -> None:
        compute(database, month=MAY)
        add_families(database, RURAL, first=4)
        lines, _ = self.report(database)
        may = {line.household_no: line.draft for line in lines if line.period == "2014-05"}
        assert may == {"H001": False, "H003": False, "H004": True}

    def test_the_stored_class_is_the_one_computed_for(self, database: Database) -> None:
        compute(database, month=MAY)
        change_family(database, 1, date(2014, 4, 1), household_class=URBAN["household_class"])
        lines, _ = self.report(database)
        (stored,) = [line for line in lines if line.household_no == "H001" and line.period == "2014-05"]
        assert stored.household_class is HouseholdClass.RURAL_DIBAO

    def test_months_to_come_are_left_out(self, database: Database) -> None:
        lines, _ = self.report(database, today=date(2014, 5, 1))
        assert {line.period for line in lines} == {"2014-04", "2014-05", "2014"}

    def test_lacking_facts_are_told_for_every_period_computed_or_not(self, database: Database) -> None:
        add_families(database, RURAL | {"covered": None}, first=4)
        compute(database, month=MAY)
        _, missing = self.report(database)
        assert missing == [
            MissingAward("H004", Item.DIBAO, f"2014-0{month}", ("保障人口",)) for month in (4, 5, 6)
        ]

    def test_a_quarter_the_policy_says_nothing_of_is_reported_with_what_it_lacks(
        self, tmp_path: Path
    ) -> None:
        with open_database(tmp_path / "old.db", create=True) as database:
            add_families(database, RURAL, LOW, since=date(2013, 10, 1))
            lines, missing = self.report(database, Quarter(2013, 4))
        assert lines == []
        assert missing[0] == MissingAward("H001", Item.DIBAO, "2013-10", ("农村低保标准（政策文件没有写）",))
        assert missing[-1].facts == ("低收入家庭救助标准（每户）（政策文件没有写）",)


class TestList:
    def test_the_latest_periods_on_record_are_listed(self, database: Database) -> None:
        compute(database, month=MAY)
        compute(database, month=JUNE, year=YEAR)
        found = listed(database)
        assert [(row.household_no, row.period) for row in found.awards] == [
            ("H001", "2014-06"),
            ("H003", "2014-06"),
            ("H002", "2014"),
        ]
        assert found.not_computed == ()
        assert found.families["H001"].head_name == "沈1"
        assert (found.families["H001"].town, found.families["H002"].town) == ("石门镇", "乌镇镇")

    def test_what_lies_after_today_is_not_the_latest(self, database: Database) -> None:
        compute(database, month=MAY)
        compute(database, month=JUNE)
        assert {row.period for row in listed(database, date(2014, 5, 20)).awards} == {"2014-05"}

    def test_a_named_period_is_listed_alone(self, database: Database) -> None:
        compute(database, month=MAY, year=YEAR)
        assert {row.item for row in listed(database, month=MAY).awards} == {Item.DIBAO}
        assert {row.item for row in listed(database, year=YEAR).awards} == {Item.LOW_INCOME}
        with pytest.raises(PeriodError):
            listed(database, month=Month(2014, 7))

    def test_what_was_not_computed_is_said(self, database: Database) -> None:
        found = listed(database)
        assert found.awards == ()
        assert found.not_computed == ((Item.DIBAO, JUNE), (Item.LOW_INCOME, YEAR))

    def test_a_town_narrows_awards_and_missing_facts(self, database: Database) -> None:
        add_families(database, RURAL | {"covered": None}, RURAL | {"covered": None}, first=4)
        compute(database, month=JUNE, year=YEAR)
        found = listed(database, town="石门镇")
        assert [row.household_no for row in found.awards] == ["H001", "H003"]
        assert found.missing == (MissingAward("H005", Item.DIBAO, "2014-06", ("保障人口",)),)


class TestExplain:
    def test_the_latest_award_of_each_item_is_derived_again(self, database: Database) -> None:
        compute(database, month=JUNE)
        compute(database, month=MAY, year=YEAR)
        (found,) = explain(database, "H001")
        assert (found.period, found.draft, found.agrees) == (JUNE, False, True)
        assert (found.before.amount_fen, found.after.amount_fen) == (90000, 94800)
        assert found.head_name == "沈1"
        (aid,) = explain(database, "沈2")
        assert (aid.item, aid.period, aid.due.uplift_fen) == (Item.LOW_INCOME, YEAR, 60000)
        (may,) = explain(database, "H001", month=MAY)
        assert may.period == MAY

    def test_it_is_derived_from_the_facts_and_the_policy_of_its_day(self, database: Database) -> None:
        own = subsidy_book(rural=50000)
        compute(database, book=own, month=JUNE)
        change_family(database, 1, date(2014, 4, 1), covered=1, income_fen=0)
        (found,) = explain(database, "H001")
        assert found.facts.covered == 3
        assert found.after.amount_fen == 120000
        assert found.after.lines[0].known is not None
        assert found.after.lines[0].known.source == "市发1号 一"
        assert found.agrees

    @pytest.mark.parametrize("rounding", ["fen", "yuan"])
    @pytest.mark.parametrize("formula", ["monthly", "yearly"])
    def test_derived_and_stored_amounts_agree_for_everybody(
        self, tmp_path: Path, rounding: str, formula: str
    ) -> None:
        families: list[dict[str, Any]] = []
        for number in range(60):
            yearly = {"income_fen": 7 * 10**5 + 1001 * number, "income_period": "year"}
            monthly = {"income_fen": 3737 * number, "income_period": "month"}
            families += [
                {
                    **(RURAL if number % 2 else URBAN),
                    "covered": number % 6,
                    **(yearly if number % 3 else monthly),
                },
                {**LOW, "size": 1 + number % 9},
            ]
        with open_database(tmp_path / "many.db", create=True) as database:
            add_families(database, *families)
            compute(database, book=subsidy_book(rounding=rounding, formula=formula))
            stored = {row[0]: row[3:5] for row in awards(database)}
            for number in range(1, 121):
                household = f"H{number:03d}"
                (found,) = explain(database, household)
                assert found.agrees
                assert (found.before.amount_fen, found.after.amount_fen) == stored[household]
        assert len(stored) == 120

    def test_an_amount_that_was_tampered_with_is_told(self, database: Database) -> None:
        compute(database, month=JUNE)
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE award SET after_fen = 94900, uplift_fen = 4900 WHERE id = 1")
        (found,) = explain(database, "H001")
        assert found.due.after_fen == 94900
        assert not found.agrees

    def test_what_is_not_on_record_is_computed_now_as_a_draft(self, database: Database) -> None:
        (found,) = explain(database, "H001")
        assert (found.item, found.period, found.draft, found.agrees) == (Item.DIBAO, JUNE, True, True)
        (may,) = explain(database, "H001", month=MAY)
        assert may.draft
        (aid,) = explain(database, "H002")
        assert (aid.item, aid.due.after_fen) == (Item.LOW_INCOME, 110000)
        assert awards(database) == []

    def test_missing_facts_are_named(self, database: Database) -> None:
        change_family(database, 1, date(2014, 4, 1), covered=None, income_fen=None, income_period=None)
        with pytest.raises(JieminError) as raised:
            explain(database, "H001")
        assert raised.value.message == "H001的2014年6月低保金算不出来，缺少保障人口、家庭收入"
        assert "jiemin import" in raised.value.hint

    def test_what_lacks_facts_hides_no_other_amount(self, database: Database) -> None:
        kinds = ("severe", "disabled", "elder", "minor", "illness")
        settings: dict[str, Any] = {f"supplement.{kind}": 100 for kind in kinds}
        settings["supplement.rule"] = "highest"
        found = explain_subsidy(database, "H001", book_with(BOOK, settings), TODAY, month=JUNE)
        assert [each.item for each in found.amounts] == [Item.DIBAO]
        assert [(each.item, each.facts[0]) for each in found.missing] == [(Item.SUPPLEMENT, "家庭成员")]

    def test_who_has_no_claim_is_told_so(self, database: Database) -> None:
        change_family(database, 1, date(2014, 6, 1), household_class="五保")
        with pytest.raises(JieminError, match="H001没有2014年6月、2014年的补助"):
            explain(database, "H001")
        with pytest.raises(JieminError, match="H002没有2014年5月的补助"):
            explain(database, "H002", month=MAY)
        with pytest.raises(NotFoundError):
            explain(database, "H999")
        with pytest.raises(PeriodError):
            explain(database, "H002", month=Month(2014, 7))
