"""A family's state on two days, item by item, and how each item changed (notice 三.2)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.before_after import (
    MEASURED_ONCE,
    NOT_ON_RECORD,
    OTHER_ITEMS,
    SOON,
    Course,
    FamilyRecord,
    Holding,
    Line,
    Measured,
    NeedHeard,
    before_after,
    key_lines,
)
from jiemin.domain.codes import Condition
from jiemin.domain.conditions import KINDS, Unit
from jiemin.domain.periods import FOREVER

FIRST, LAST = date(2014, 4, 1), date(2014, 12, 20)
NEW_YEAR, SPRING, WINTER = date(2014, 1, 1), date(2014, 5, 10), date(2014, 12, 1)


def item(name: str, record: FamilyRecord, first: date = FIRST, last: date = LAST) -> Line:
    return next(line for line in before_after(first, last, record) if line.item == name)


def sides(line: Line) -> tuple[str, str, str, Course]:
    return line.before, line.after, line.change, line.course


def measured(condition: Condition, *told: tuple[date, int | str]) -> FamilyRecord:
    return FamilyRecord(
        measured=[
            Measured(condition, day, value, None)
            if isinstance(value, int)
            else Measured(condition, day, None, value)
            for day, value in told
        ]
    )


def held(**told: Any) -> FamilyRecord:
    """The roster says one thing up to July and another from then on; (before, after) by name."""
    turn = date(2014, 7, 1)
    befores = {name: pair[0] for name, pair in told.items()}
    afters = {name: pair[1] for name, pair in told.items()}
    old = Holding(NEW_YEAR, turn, **{"household_class": "农村低保", **befores})
    new = Holding(turn, FOREVER, **{"household_class": "农村低保", **afters})
    return FamilyRecord(holdings=[old, new])


class TestRoster:
    def test_a_class_that_changed_is_neither_better_nor_worse(self) -> None:
        record = held(household_class=("农村低保", "低收入(低保边缘)"))
        told = ("农村低保", "低收入(低保边缘)", "农村低保变为低收入(低保边缘)", Course.CHANGED)
        assert sides(item("困难类别", record)) == told

    def test_persons(self) -> None:
        assert sides(item("家庭人口", held(size=(4, 3)))) == ("4人", "3人", "减少1人", Course.CHANGED)
        assert sides(item("保障人口", held(covered=(2, 2)))) == ("2人", "2人", "没有变化", Course.SAME)
        assert sides(item("保障人口", held(covered=(None, 2)))) == (NOT_ON_RECORD, "2人", "", Course.UNKNOWN)

    def test_income_is_told_for_a_year_and_says_how(self) -> None:
        record = held(size=(2, 2), income_fen=(300_00, 5000_00), monthly=(True, False))
        told = ("3,600元（月收入×12）", "5,000元", "增加1,400元", Course.BETTER)
        assert sides(item("名册年收入", record)) == told
        assert sides(item("名册人均年收入", record)) == ("1,800元", "2,500元", "增加700元", Course.BETTER)

    def test_less_income_is_worse(self) -> None:
        assert item("名册年收入", held(income_fen=(2_00, 1_00))).course is Course.WORSE

    @pytest.mark.parametrize("size", [None, 0])
    def test_without_persons_there_is_nothing_for_each(self, size: int | None) -> None:
        record = held(size=(size, size), income_fen=(1_00, 1_00))
        assert item("名册人均年收入", record).known is False
        assert item("名册年收入", record).known is True

    def test_a_day_before_the_record_knows_nothing(self) -> None:
        line = item("困难类别", held(), first=date(2013, 1, 1))
        assert sides(line) == (NOT_ON_RECORD, "农村低保", "", Course.UNKNOWN)
        assert line.after_day is None


class TestMeasured:
    def test_the_latest_by_each_day_counts_and_stands_with_its_day(self) -> None:
        told = [(NEW_YEAR, 1), (date(2014, 3, 1), 2), (SPRING, 3), (WINTER, 5), (date(2015, 1, 1), 9)]
        line = item("就业人数", measured(Condition.EMPLOYED, *told))
        assert sides(line) == ("2人", "5人", "增加3人", Course.BETTER)
        assert (line.before_day, line.after_day) == (date(2014, 3, 1), WINTER)

    def test_what_was_measured_soon_after_is_told_as_before_with_its_day(self) -> None:
        line = item("就业人数", measured(Condition.EMPLOYED, (SPRING, 1), (WINTER, 2)))
        assert (line.before, line.before_day) == ("1人", SPRING)

    @pytest.mark.parametrize(("days", "known"), [(0, True), (1, False)])
    def test_soon_is_a_quarter_of_a_year(self, days: int, known: bool) -> None:
        record = measured(Condition.EMPLOYED, (FIRST + SOON + timedelta(days=days), 1), (WINTER, 2))
        assert (item("就业人数", record).before != NOT_ON_RECORD) is known

    def test_what_was_measured_once_is_not_compared_with_itself(self) -> None:
        line = item("就业人数", measured(Condition.EMPLOYED, (SPRING, 1)))
        assert sides(line) == ("1人", "1人", MEASURED_ONCE, Course.UNKNOWN)

    def test_what_was_measured_twice_alike_has_not_changed(self) -> None:
        line = item("就业人数", measured(Condition.EMPLOYED, (SPRING, 1), (WINTER, 1)))
        assert sides(line) == ("1人", "1人", "没有变化", Course.SAME)

    def test_a_nought_is_on_record(self) -> None:
        line = item("大病保险参保人数", measured(Condition.ILLNESS_INSURED, (NEW_YEAR, 0), (WINTER, 3)))
        assert sides(line) == ("0人", "3人", "增加3人", Course.BETTER)

    def test_a_house_made_safe_is_better(self) -> None:
        line = item("危房等级", measured(Condition.HOUSE_GRADE, (NEW_YEAR, "D级"), (WINTER, "安全")))
        assert sides(line) == ("D级", "安全", "D级变为安全", Course.BETTER)

    def test_one_who_left_school_is_worse(self) -> None:
        line = item("因贫辍学人数", measured(Condition.LEFT_SCHOOL, (NEW_YEAR, 0), (WINTER, 1)))
        assert line.course is Course.WORSE


class TestNetIncome:
    TOLD = ((Condition.WAGES, 10_000_00), (Condition.COSTS, 1_000_00))

    def year(self, day: date, factor: int = 1, *more: tuple[Condition, int]) -> list[Measured]:
        return [Measured(each, day, factor * fen) for each, fen in (*self.TOLD, *more)]

    def test_income_less_costs_also_for_each_person(self) -> None:
        measured = [*self.year(NEW_YEAR), *self.year(WINTER, 2)]
        record = replace(held(size=(3, 4)), measured=measured)
        line = item("年纯收入", record)
        assert sides(line) == ("9,000元", "18,000元", "增加9,000元", Course.BETTER)
        assert (line.before_day, line.after_day) == (NEW_YEAR, WINTER)
        assert sides(item("人均年纯收入", record)) == ("3,000元", "4,500元", "增加1,500元", Course.BETTER)

    def test_different_items_are_not_compared(self) -> None:
        measured = [*self.year(NEW_YEAR), *self.year(WINTER, 1, (Condition.PENSION, 600_00))]
        line = item("年纯收入", FamilyRecord(measured=measured))
        assert sides(line) == ("9,000元", "9,600元", OTHER_ITEMS, Course.UNKNOWN)

    def test_measured_once(self) -> None:
        line = item("年纯收入", FamilyRecord(measured=self.year(NEW_YEAR)))
        assert sides(line) == ("9,000元", "9,000元", MEASURED_ONCE, Course.UNKNOWN)

    def test_costs_alone_are_no_income(self) -> None:
        assert not item("年纯收入", measured(Condition.COSTS, (NEW_YEAR, 1))).known


def test_dibao_of_a_month_stands_with_its_month() -> None:
    line = item("低保金（每月）", FamilyRecord(dibao=[(FIRST, 400_00), (date(2014, 12, 1), 416_00)]))
    assert sides(line) == ("400元", "416元", "增加16元", Course.CHANGED)
    assert (line.before_day, line.after_day) == (FIRST, date(2014, 12, 1))


class TestHelp:
    def test_needs_open_on_the_two_days(self) -> None:
        needs = [
            NeedHeard(NEW_YEAR),
            NeedHeard(NEW_YEAR, date(2014, 2, 1)),
            NeedHeard(NEW_YEAR, FIRST),
            NeedHeard(SPRING, LAST),
            NeedHeard(FIRST),
            NeedHeard(date(2015, 1, 1)),
        ]
        assert sides(item("走访提出、未解决的需求", FamilyRecord(needs=needs)))[:3] == (
            "2件",
            "2件",
            "没有变化",
        )

    def test_visits_deeds_and_aid_are_counted_up_to_the_days(self) -> None:
        days = [NEW_YEAR, FIRST, LAST, date(2015, 1, 1)]
        record = FamilyRecord(visits=days, deeds=days[1:], aid=[(day, 100_00) for day in days])
        assert sides(item("累计走访", record)) == ("1次", "3次", "增加2次", Course.CHANGED)
        assert sides(item("累计办实事", record)) == ("0件", "2件", "增加2件", Course.CHANGED)
        assert sides(item("累计得到帮助", record)) == ("100元", "300元", "增加200元", Course.CHANGED)


def line(group: str, course: Course, name: str = "") -> Line:
    return Line(group, name, "", None, "", None, "", course)


def test_key_lines_are_of_many_groups_and_keep_their_order() -> None:
    lines = [
        line("家庭", Course.CHANGED),
        line("收入", Course.BETTER, "1"),
        line("收入", Course.BETTER, "2"),
        line("住房", Course.SAME),
        line("就业", Course.WORSE),
        line("教育", Course.UNKNOWN),
    ]
    assert key_lines(lines, 2) == [lines[1], lines[4]]
    assert key_lines(lines, 3) == [lines[1], lines[2], lines[4]]
    assert key_lines(lines, 9) == [lines[0], lines[1], lines[2], lines[4]]


DAYS = st.dates(date(2013, 1, 1), date(2016, 1, 1))


@st.composite
def measurements(draw: st.DrawFn) -> Measured:
    condition = draw(st.sampled_from(list(Condition)))
    kind = KINDS[condition]
    if kind.unit is Unit.WORD:
        return Measured(condition, draw(DAYS), None, draw(st.sampled_from(kind.words)))
    return Measured(condition, draw(DAYS), draw(st.integers(0, 1000)))


RECORDS = st.builds(
    FamilyRecord,
    holdings=st.builds(
        lambda size, fen, monthly: [Holding(NEW_YEAR, FOREVER, "五保", size, None, fen, monthly)],
        st.none() | st.integers(0, 9),
        st.none() | st.integers(0, 10**6),
        st.booleans(),
    ),
    measured=st.lists(measurements(), max_size=30),
    needs=st.lists(st.builds(NeedHeard, DAYS, st.none() | DAYS), max_size=5),
    visits=st.lists(DAYS, max_size=5),
    aid=st.lists(st.tuples(DAYS, st.integers(0, 10**6)), max_size=5),
)


@given(RECORDS, DAYS, st.integers(0, 900))
def test_every_item_has_its_line_whatever_is_known(record: FamilyRecord, first: date, days: int) -> None:
    lines = before_after(first, first + timedelta(days=days), record)
    empty = before_after(first, first, FamilyRecord())
    assert [(each.group, each.item) for each in lines] == [(each.group, each.item) for each in empty]
    assert len({each.item for each in lines}) == len(lines)


@given(RECORDS, DAYS, st.integers(0, 900))
def test_no_day_is_moved_and_nothing_unknown_is_judged(record: FamilyRecord, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    for each in before_after(first, last, record):
        assert each.before_day is None or each.before_day <= min(last, first + SOON)
        assert each.after_day is None or each.after_day <= last
        if NOT_ON_RECORD in (each.before, each.after):
            assert (each.course, each.change) == (Course.UNKNOWN, "")
        if each.course in (Course.BETTER, Course.WORSE, Course.CHANGED):
            assert each.before != each.after


@given(RECORDS, DAYS)
def test_what_comes_later_changes_nothing(record: FamilyRecord, last: date) -> None:
    """A file as of a past day is the same whatever is measured afterwards."""
    first = last - timedelta(days=100)
    known = replace(
        record,
        measured=[each for each in record.measured if each.day <= last],
        visits=[each for each in record.visits if each <= last],
        aid=[each for each in record.aid if each[0] <= last],
        needs=[each for each in record.needs if each.heard <= last],
    )
    assert before_after(first, last, known) == before_after(first, last, record)


def test_fewer_to_share_the_same_income_is_no_better() -> None:
    record = held(size=(3, 1), income_fen=(720_000, 720_000))
    assert sides(item("名册人均年收入", record)) == ("2,400元", "7,200元", "增加4,800元", Course.CHANGED)
    assert item("名册年收入", record).course is Course.SAME
