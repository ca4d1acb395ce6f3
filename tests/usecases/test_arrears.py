"""Looking for arrears on a real database: what is compared, what the draft says, and how it goes away."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.arrears_county import WUBAO
from support.families import BOOK, LOW, RURAL, STAMP, TODAY, URBAN, add_families, change_family, compute, rows

from jiemin.domain.entitlement import Item
from jiemin.domain.periods import Month, PeriodError, Year
from jiemin.domain.policy import Book
from jiemin.errors import JieminError
from jiemin.policy.book_file import load_book
from jiemin.storage.database import Database, open_database
from jiemin.usecases.approve_run import approve_run, preview_approval
from jiemin.usecases.explain_subsidy import Explanation, explain_subsidy
from jiemin.usecases.find_arrears import ArrearsFound, find_arrears
from jiemin.usecases.record_aid_case import AidTold, add_aid_case
from jiemin.usecases.undo_action import undo_action
from jiemin.usecases.void_run import void_run

NEW_YEAR, DIBAO, SUPPORT = date(2014, 1, 1), Item.DIBAO.value, Item.SUPPORT.value
APRIL, MAY, JUNE = (Month(2014, each) for each in (4, 5, 6))
Publish = Callable[..., Book]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001 rural, H002 low-income, H003 urban, H004 五保; April to June and 2014 are approved."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL, LOW, URBAN, WUBAO, since=NEW_YEAR)
        for month in (APRIL, MAY, JUNE):
            compute(opened, month=month)
            approve(opened, str(month))
        compute(opened, year=Year(2014))
        approve(opened, "2014")
        yield opened


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """The book with values of one parameter from given days on."""

    def lay(key: str, *values: tuple[date, int | str]) -> Book:
        told = (
            f"[[{key}.values]]\nfrom = {start}\nissued = 2014-06-20\nvalue = {yuan}\n"
            'document = "市发2号"\nclause = "一"\nbasis = "existing"\n'
            for start, yuan in values
        )
        path = tmp_path / "本县.toml"
        path.write_text(f"[{key}]\n{''.join(told)}", encoding="utf-8")
        return load_book(path)

    return lay


def approve(database: Database, text: str, book: Book = BOOK) -> None:
    seen = preview_approval(database, STAMP, text, book, TODAY)
    approve_run(database, STAMP, seen, TODAY)


def look(database: Database, book: Book = BOOK, today: date = TODAY, **limits: Any) -> ArrearsFound:
    return find_arrears(database, STAMP, book, today, **limits)


def lines(found: ArrearsFound) -> list[tuple[Any, ...]]:
    return [(*each.purpose, each.due_fen, each.paid_fen) for each in found.lines]


def runs(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT run_no, period, status FROM subsidy_run WHERE kind = '补发'")


class TestWhatIsFound:
    def test_nothing_changed_and_nothing_is_written(self, database: Database) -> None:
        before = database.path.read_bytes()
        found = look(database)
        assert (found.lines, found.missing, found.unstated, found.run_no, found.written) == (
            (),
            (),
            (),
            "",
            False,
        )
        assert found.periods == ("2014-04", "2014-05", "2014-06", "2014")
        assert database.path.read_bytes() == before

    def test_a_raise_published_late_is_owed_from_its_first_day(
        self, database: Database, publish: Publish
    ) -> None:
        book = publish("dibao.urban.standard", (NEW_YEAR, 520), (date(2014, 5, 1), 560))
        found = look(database, book)
        assert lines(found) == [
            ("H001", DIBAO, "2014-05", 104400, 94800),
            ("H003", DIBAO, "2014-05", 138000, 126000),
            ("H001", DIBAO, "2014-06", 104400, 94800),
            ("H003", DIBAO, "2014-06", 138000, 126000),
        ]
        assert (found.run_no, found.written) == ("F000005", True)
        assert {number: family.head_name for number, family in found.families.items()} == {
            "H001": "沈1",
            "H003": "沈3",
        }
        assert runs(database) == [("F000005", "2014-06", "草稿")]

    def test_corrected_facts_and_a_yearly_item_are_compared_too(self, database: Database) -> None:
        change_family(database, 1, date(2014, 5, 10), income_fen=20000)
        change_family(database, 2, date(2014, 5, 10), size=4)
        assert lines(look(database)) == [
            ("H001", DIBAO, "2014-05", 104800, 94800),
            ("H001", DIBAO, "2014-06", 104800, 94800),
            ("H002", Item.LOW_INCOME.value, "2014", 130000, 110000),
        ]

    def test_what_is_due_no_more_comes_back_and_a_lost_fact_does_not(self, database: Database) -> None:
        change_family(database, 1, date(2014, 6, 1), covered=None)
        change_family(database, 3, date(2014, 6, 1), status="停保")
        found = look(database)
        assert lines(found) == [("H003", DIBAO, "2014-06", 0, 126000)]
        assert [(each.household_no, each.period, each.facts) for each in found.missing] == [
            ("H001", "2014-06", ("保障人口",))
        ]
        assert rows(database, "SELECT facts FROM arrear") == [(None,)]

    def test_a_household_that_came_on_the_roster_later_gives_back(self, database: Database) -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE household_span SET valid_from = '2014-05-20' WHERE id = 3")
        assert lines(look(database)) == [("H003", DIBAO, "2014-04", 0, 126000)]

    def test_an_item_the_county_newly_states_is_owed(self, database: Database, publish: Publish) -> None:
        found = look(database, publish("support.wubao.dispersed", (NEW_YEAR, 700)))
        assert lines(found) == [("H004", SUPPORT, f"2014-0{month}", 70000, 0) for month in (4, 5, 6)]
        assert found.unstated == ()

    def test_before_its_first_day_it_is_not_given_and_that_is_said(
        self, database: Database, publish: Publish
    ) -> None:
        found = look(database, publish("support.wubao.dispersed", (date(2014, 6, 1), 700)))
        assert lines(found) == [("H004", SUPPORT, "2014-06", 70000, 0)]
        assert [(each.item, str(each.period)) for each in found.unstated] == [
            (SUPPORT, "2014-04"),
            (SUPPORT, "2014-05"),
        ]
        assert found.missing == ()

    def test_what_the_book_says_no_more_of_is_not_asked_back(
        self, database: Database, publish: Publish
    ) -> None:
        book = publish("support.wubao.dispersed", (NEW_YEAR, 700))
        approve(database, look(database, book).run_no, book)
        found = look(database)
        assert (found.lines, found.run_no) == ((), "")
        assert [str(each.period) for each in found.unstated] == ["2014-04", "2014-05", "2014-06"]
        later = look(database, publish("support.wubao.dispersed", (date(2014, 6, 1), 700)))
        assert (later.lines, later.unstated) == ((), ())
        assert {each.facts for each in later.missing} == {("农村五保分散供养标准（政策文件没有写）",)}

    def test_only_the_periods_asked_for_are_looked_at(self, database: Database, publish: Publish) -> None:
        book = publish("dibao.urban.standard", (NEW_YEAR, 560))
        assert look(database, book, first=JUNE).periods == ("2014-06", "2014")
        found = look(database, book, first=MAY, last=MAY)
        assert (found.periods, {each.purpose.period for each in found.lines}) == (
            ("2014-05", "2014"),
            {"2014-05"},
        )
        assert runs(database) == [("F000005", "2014-05", "草稿")]
        assert look(database, book, today=date(2014, 5, 31), dry_run=True).periods == (
            "2014-04",
            "2014-05",
            "2014",
        )

    def test_limits_that_hold_nothing_are_said(self, database: Database) -> None:
        with pytest.raises(PeriodError, match="2014年4月在2014年6月以前"):
            look(database, first=JUNE, last=APRIL)
        with pytest.raises(JieminError, match="这些月份里没有批准过的补助"):
            look(database, last=Month(2013, 12))
        for run_no in ("F000001", "F000002", "F000003", "F000004"):
            void_run(database, STAMP, run_no, "错了", TODAY)
        with pytest.raises(JieminError, match="还没有批准过的补助"):
            look(database)


class TestTheDraft:
    def test_the_same_look_again_writes_nothing(self, database: Database, publish: Publish) -> None:
        book = publish("dibao.urban.standard", (NEW_YEAR, 560))
        first = look(database, book)
        before = database.path.read_bytes()
        again = look(database, book)
        assert (again.lines, again.run_no, again.written) == (first.lines, first.run_no, False)
        assert database.path.read_bytes() == before

    def test_a_trial_look_writes_nothing(self, database: Database, publish: Publish) -> None:
        before = database.path.read_bytes()
        found = look(database, publish("dibao.urban.standard", (NEW_YEAR, 560)), dry_run=True)
        assert (len(found.lines), found.run_no, found.written) == (6, "", False)
        assert database.path.read_bytes() == before

    def test_it_is_made_anew_and_goes_when_nothing_is_owed(self, database: Database) -> None:
        change_family(database, 1, date(2014, 6, 1), income_fen=0)
        change_family(database, 3, date(2014, 6, 1), income_fen=0)
        assert look(database).run_no == "F000005"
        change_family(database, 1, date(2014, 6, 1), income_fen=10000)
        change_family(database, 3, date(2014, 6, 1), income_fen=30000)
        found = look(database)
        assert (found.run_no, lines(found)) == ("F000005", [("H001", DIBAO, "2014-06", 114800, 94800)])
        assert rows(database, "SELECT household_id, due_fen FROM arrear") == [(1, 114800)]
        change_family(database, 1, date(2014, 6, 1), income_fen=30000)
        gone = look(database)
        assert (gone.run_no, gone.written, runs(database)) == ("", True, [])
        undo_action(database, STAMP, None)
        assert runs(database) == [("F000005", "2014-06", "草稿")]
        assert rows(database, "SELECT household_id, due_fen FROM arrear") == [(1, 114800)]

    def test_approved_differences_count_as_paid(self, database: Database, publish: Publish) -> None:
        first, second = (publish("dibao.urban.standard", (NEW_YEAR, yuan)) for yuan in (560, 540))
        approve(database, look(database, first, last=APRIL).run_no, first)
        assert look(database, first, last=APRIL).lines == ()
        found = look(database, second, last=APRIL)
        assert lines(found) == [
            ("H001", DIBAO, "2014-04", 99600, 104400),
            ("H003", DIBAO, "2014-04", 132000, 138000),
        ]
        approve(database, found.run_no, second)
        totals = "SELECT households, paid_fen, owed_back_fen FROM subsidy_run WHERE kind = '补发'"
        assert rows(database, totals) == [(2, 21600, 0), (0, 0, 10800)]

    def test_an_earlier_draft_gives_way_to_one_after_what_was_approved(self, database: Database) -> None:
        """It comes back as a draft when its approval is taken back, after others were approved."""
        change_family(database, 1, date(2014, 6, 1), income_fen=0)
        look(database, first=JUNE)
        approve(database, "F000005")
        approval = rows(database, "SELECT max(id) FROM action")[0][0]
        change_family(database, 3, date(2014, 6, 1), income_fen=0)
        assert look(database).run_no == "F000006"
        approve(database, "F000006")
        undo_action(database, STAMP, approval)
        assert [status for *_, status in runs(database)] == ["草稿", "已批准"]
        found = look(database)
        assert (found.run_no, len(found.lines)) == ("F000007", 1)
        assert [run_no for run_no, *_ in runs(database)] == ["F000006", "F000007"]

    def test_of_two_drafts_one_is_left(self, database: Database) -> None:
        change_family(database, 1, date(2014, 6, 1), income_fen=0)
        look(database)
        approve(database, "F000005")
        approval = rows(database, "SELECT max(id) FROM action")[0][0]
        change_family(database, 3, date(2014, 6, 1), income_fen=0)
        look(database)
        undo_action(database, STAMP, approval)
        assert len(look(database).lines) == 2
        assert runs(database) == [("F000006", "2014-06", "草稿")]


class TestApproval:
    def test_arrears_are_voided_from_the_last(self, database: Database) -> None:
        for income in (10000, 0):
            change_family(database, 1, date(2014, 6, 1), income_fen=income)
            approve(database, look(database).run_no)
        with pytest.raises(JieminError, match="F000005（截至2014年6月）已有批准的补发批次F000006"):
            void_run(database, STAMP, "F000005", "错了", TODAY)
        void_run(database, STAMP, "F000006", "错了", TODAY)
        void_run(database, STAMP, "F000005", "错了", TODAY)
        assert lines(look(database)) == [("H001", DIBAO, "2014-06", 124800, 94800)]

    def test_differences_that_turned_since_are_told(self, database: Database) -> None:
        change_family(database, 1, date(2014, 6, 1), income_fen=0)
        number = look(database).run_no
        assert preview_approval(database, STAMP, number, BOOK, TODAY).turned == 0
        change_family(database, 1, date(2014, 6, 1), income_fen=10000)
        assert preview_approval(database, STAMP, number, BOOK, TODAY).turned == 1


class TestExplained:
    def explained(self, database: Database, number: str, book: Book = BOOK, **named: Any) -> Explanation:
        (found,) = explain_subsidy(database, number, book, TODAY, **named).amounts
        return found

    def test_the_share_of_the_policy_and_that_of_the_facts(
        self, database: Database, publish: Publish
    ) -> None:
        book = publish("dibao.urban.standard", (NEW_YEAR, 560))
        change_family(database, 3, date(2014, 6, 1), income_fen=10000)
        number = look(database, book, first=JUNE).run_no
        (draft,) = self.explained(database, "H003", book, month=JUNE).arrears
        assert (draft.run_no, draft.approved_on, draft.difference_fen) == (number, None, 32000)
        approve(database, number, book)
        told = self.explained(database, "H003", book, month=JUNE)
        assert (told.due.after_fen, told.agrees, told.now_fen) == (126000, True, 158000)
        (one,) = told.arrears
        assert one.approved_on == TODAY
        assert one.reasons == (
            "政策：城镇低保标准每人每月520元→每人每月560元（市发2号 一，2014-01-01起），多120元",
            "资料：家庭月收入300元→月收入100元，多200元",
        )
        assert self.explained(database, "H003", book, month=MAY).arrears == ()

    def test_later_arrears_are_held_against_those_before(self, database: Database) -> None:
        for income in (10000, 40000):
            change_family(database, 1, date(2014, 6, 1), income_fen=income)
            approve(database, look(database).run_no)
        assert [each.reasons for each in self.explained(database, "H001", month=JUNE).arrears] == [
            ("资料：家庭月收入300元→月收入100元，多200元",),
            ("资料：家庭月收入100元→月收入400元，少300元",),
        ]

    def test_a_claim_that_came_or_went(self, database: Database, publish: Publish) -> None:
        book = publish("support.wubao.dispersed", (NEW_YEAR, 700))
        change_family(database, 3, date(2014, 6, 1), status="停保")
        approve(database, look(database, book, first=JUNE).run_no, book)
        (gone,) = self.explained(database, "H003", book, month=JUNE).arrears
        assert gone.reasons == ("按现在的资料和政策，那天不是应发这一项的家庭",)
        for named in ({"month": JUNE}, {}):
            came = self.explained(database, "H004", book, **named)
            assert (came.item, str(came.period), came.due.after_fen) == (SUPPORT, "2014-06", 70000)
            assert came.agrees
            assert [each.reasons for each in came.arrears] == [("原来没有发这一项；按现在的资料和政策应发",)]
        change_family(database, 3, date(2014, 6, 1), status="在册")
        look(database, book, first=JUNE)
        _, back = self.explained(database, "H003", book, month=JUNE).arrears
        assert back.reasons == ("原来没有发这一项；按现在的资料和政策应发",)

    def test_class_and_persons_are_told_together(self, database: Database, publish: Publish) -> None:
        change_family(database, 1, date(2014, 6, 1), household_class="城镇低保", covered=2)
        book = publish("dibao.urban.standard", (NEW_YEAR, 560))
        look(database, book, first=JUNE)
        (one,) = self.explained(database, "H001", book, month=JUNE).arrears
        assert one.reasons == (
            "政策：城镇低保标准每人每月520元→每人每月560元（市发2号 一，2014-01-01起）、"
            "农村低保标准每人每月416元→每人每月448元（桐群组办发〔2014〕10号 二.2，2014-04-01起），多96元",
            "资料：困难类别农村低保→城镇低保、保障人口3人→2人，少224元",
        )

    def test_where_the_facts_of_then_do_not_do_no_shares_are_told(
        self, database: Database, publish: Publish
    ) -> None:
        """By fixed amounts nothing can be reckoned from facts without one."""
        book = publish("dibao.formula", (NEW_YEAR, '"tiers"'))
        told = AidTold("H001", Item.DIBAO, date(2014, 6, 1), amount_fen=100000)
        add_aid_case(database, STAMP, told, TODAY)
        assert lines(look(database, book, first=JUNE)) == [("H001", DIBAO, "2014-06", 100000, 94800)]
        (one,) = self.explained(database, "H001", book, month=JUNE).arrears
        assert one.reasons == ("政策和资料都变了：政策文件变了；救助事项A000001",)

    def test_nor_where_the_book_has_no_value_for_them(self, database: Database, publish: Publish) -> None:
        book = publish("support.wubao.dispersed", (NEW_YEAR, 700))
        approve(database, look(database, book, first=JUNE).run_no, book)
        change_family(database, 4, date(2014, 6, 1), household_class="三无")
        later = publish("support.sanwu.dispersed", (NEW_YEAR, 800))
        values = {
            **later.parameters,
            "support.wubao.dispersed": publish("support.wubao.dispersed", (date(2014, 7, 1), 700)).parameters[
                "support.wubao.dispersed"
            ],
        }
        assert len(look(database, Book(values), first=JUNE).lines) == 1
        *_, one = self.explained(database, "H004", month=JUNE).arrears
        assert one.reasons == ("政策和资料都变了：政策文件变了；困难类别五保→三无",)
