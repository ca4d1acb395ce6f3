"""A family's state on two days, item by item, and how each item changed (帮扶前、帮扶后, notice 三.2).

Nothing is guessed. What holds over time (class, persons, income of the roster) is read on the two days
themselves. What is measured now and then (`conditions`, 低保金) stands with the day of measuring: before
is the latest by the first day or, where there is none, the first within a quarter of a year after it;
after is the latest by the last day. What was never measured is 未登记, and what was measured but once is
not compared with itself. What is counted (visits, deeds, aid) is counted up to the two days.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiemin.domain.codes import Condition
from jiemin.domain.conditions import (
    INCOME_ITEMS,
    KINDS,
    Group,
    Turn,
    Value,
    net_income,
    show_condition,
    turned,
)
from jiemin.domain.money import Fen, format_yuan, half_up

SOON = timedelta(days=92)
"""A quarter of a year: what was measured so soon after the first day is told as the state before."""
NOT_ON_RECORD = "未登记"
MEASURED_ONCE = "此后没有再登记"
OTHER_ITEMS = "前后登记的收入项目不同，不能比"

COUNTED = "累计走访含没有结对的人去的，累计办实事含电话里办的；季度报表只算结对干部的走访"
"""What the counts of visits and deeds hold besides those of the quarter's report."""

FAMILY, HELP = "家庭", "帮扶"
"""Groups of what is not measured; the others are those of `conditions`."""


class Course(StrEnum):
    """How an item changed; `CHANGED` where neither better nor worse can be said of it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Holding:
    """What the roster says of the family for a time, half-open: class, persons, and income in fen.

    With `monthly` the income is of a month, else of a year.
    """

    start: date
    end: date
    household_class: str
    size: int | None = None
    covered: int | None = None
    income_fen: Fen | None = None
    monthly: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing measured on a day: a number in the unit of `conditions`, or a word."""

    condition: Condition
    day: date
    number: int | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class NeedHeard:
    """A need heard on a day, and the day on which it was met, None while it is open."""

    heard: date
    met: date | None = None


@dataclass(frozen=True, slots=True)
class FamilyRecord:
    """All that the comparison goes by.

    `dibao` is the 低保金 of a month, in fen, with the month's first day; `aid` what was received in
    money, in fen, with its day. Goods have no amount and stay out.
    """

    holdings: Sequence[Holding] = ()
    measured: Sequence[Measured] = ()
    dibao: Sequence[tuple[date, Fen]] = ()
    needs: Sequence[NeedHeard] = ()
    visits: Sequence[date] = ()
    deeds: Sequence[date] = ()
    aid: Sequence[tuple[date, Fen]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the two days; a day is that of measuring, None where the item holds on the day itself."""

    group: str
    item: str
    before: str
    before_day: date | None
    after: str
    after_day: date | None
    change: str
    course: Course

    @property
    def known(self) -> bool:
        """Whether anything is on record of it."""
        return (self.before, self.after) != (NOT_ON_RECORD, NOT_ON_RECORD)


def before_after(first: date, last: date, record: FamilyRecord) -> tuple[Line, ...]:
    """The state on `first` and on `last`, a day no earlier; every item has its line, known or not."""
    held = _on(record.holdings, first), _on(record.holdings, last)
    found = {
        each: _picked([one for one in record.measured if one.condition is each], first, last)
        for each in Condition
    }
    conditions = [_condition(each, *found[each]) for each in Condition]
    return (
        *_roster(*held),
        _dibao(record.dibao, first, last),
        *_net(found, [None if each is None else each.size for each in held]),
        *(line for group in Group for line in conditions if line.group == group),
        *_help(record, first, last),
    )


def key_lines(lines: Sequence[Line], most: int) -> list[Line]:
    """The lines that say most, in their order: what turned better or worse before what merely changed,
    and of both the first of each group before the second of any.
    """
    ranks = {Course.BETTER: 0, Course.WORSE: 0, Course.CHANGED: 1}
    seen: Counter[tuple[int, str]] = Counter()
    told: list[tuple[int, int, int]] = []
    for place, line in enumerate(lines):
        if line.course in ranks:
            rank = ranks[line.course]
            told.append((rank, seen[rank, line.group], place))
            seen[rank, line.group] += 1
    return [lines[place] for place in sorted(place for _, _, place in sorted(told)[:most])]


_Pair = tuple[Measured | None, Measured | None]
_COURSES = {Turn.BETTER: Course.BETTER, Turn.WORSE: Course.WORSE, Turn.NEITHER: Course.CHANGED}
_Judge = Callable[[Value, Value], Turn]
"""Which way a family went from one value to another."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What is known of an item on one of the two days: nothing, or a value and how it is written."""

    value: Value | None = None
    text: str = NOT_ON_RECORD
    day: date | None = None


def _on(holdings: Sequence[Holding], day: date) -> Holding | None:
    return next((each for each in holdings if each.start <= day < each.end), None)


def _picked(series: Sequence[Measured], first: date, last: date) -> _Pair:
    """What counts as measured before, and after; the same where it was measured but once."""
    known = sorted((each for each in series if each.day <= last), key=lambda each: each.day)
    by_then = [each for each in known if each.day <= first]
    soon = [each for each in known if first < each.day <= first + SOON]
    before = by_then[-1] if by_then else soon[0] if soon else None
    return before, known[-1] if known else None


def _roster(*held: Holding | None) -> Iterator[Line]:
    """Class and persons as the roster has them, and its income for a year."""
    classes = [
        _Side() if each is None else _Side(each.household_class, each.household_class) for each in held
    ]
    yield _line(FAMILY, "困难类别", *classes)
    sizes = [None if each is None else each.size for each in held]
    yield _line(FAMILY, "家庭人口", *(_number(each, _persons) for each in sizes), show=_persons)
    covered = [None if each is None else each.covered for each in held]
    yield _line(FAMILY, "保障人口", *(_number(each, _persons) for each in covered), show=_persons)
    notes = ["（月收入×12）" if each and each.monthly else "" for each in held]
    yearly = [None if each is None else _yearly(each) for each in held]
    sides = [_number(fen, format_yuan, note) for fen, note in zip(yearly, notes, strict=True)]
    yield _line(Group.INCOME, "名册年收入", *sides, judge=_more)
    heads = [_number(_per_head(fen, size), format_yuan) for fen, size in zip(yearly, sizes, strict=True)]
    if yearly[0] == yearly[1]:  # a smaller family is no better off
        yield _line(Group.INCOME, "名册人均年收入", *heads)
    else:
        yield _line(Group.INCOME, "名册人均年收入", *heads, judge=_more)


def _yearly(holding: Holding) -> Fen | None:
    """The income of the roster for a year; one told for a month times twelve."""
    return None if holding.income_fen is None else holding.income_fen * (12 if holding.monthly else 1)


def _per_head(fen: Fen | None, persons: int | None) -> Fen | None:
    return None if fen is None or not persons else half_up(fen, persons)


def _dibao(paid: Sequence[tuple[date, Fen]], first: date, last: date) -> Line:
    measured = [Measured(Condition.DIBAO, day, fen) for day, fen in paid]
    pair = _picked(measured, first, last)
    return _line(Group.INCOME, "低保金（每月）", *map(_measured, pair), why_not=_once(*pair))


def _net(found: Mapping[Condition, _Pair], sizes: Sequence[int | None]) -> Iterator[Line]:
    """The net income of a year from the items measured, compared if both days know the same items."""
    items = [[found[each][at] for each in (*INCOME_ITEMS, Condition.COSTS)] for at in (0, 1)]
    nets = [
        net_income({each.condition: each.number for each in side if each and each.number is not None})
        for side in items
    ]
    days = [max((each.day for each in side if each), default=None) for side in items]
    other = len({each.known for each in nets if each}) > 1
    why_not = MEASURED_ONCE if items[0] == items[1] else OTHER_ITEMS if other else ""
    sums = [each.fen if each else None for each in nets]
    for item, amounts in (
        ("年纯收入", sums),
        ("人均年纯收入", [_per_head(fen, size) for fen, size in zip(sums, sizes, strict=True)]),
    ):
        sides = [_number(fen, format_yuan, day=day) for fen, day in zip(amounts, days, strict=True)]
        yield _line(Group.INCOME, item, *sides, judge=_more, why_not=why_not)


def _condition(condition: Condition, before: Measured | None, after: Measured | None) -> Line:
    return _line(
        KINDS[condition].group,
        condition,
        _measured(before),
        _measured(after),
        judge=lambda old, new: turned(condition, old, new),
        show=lambda number: show_condition(condition, number, None),
        why_not=_once(before, after),
    )


def _measured(one: Measured | None) -> _Side:
    if one is None:
        return _Side()
    value = one.word if one.number is None else one.number
    return _Side(value, show_condition(one.condition, one.number, one.word), one.day)


def _once(before: Measured | None, after: Measured | None) -> str:
    return MEASURED_ONCE if before == after else ""


def _help(record: FamilyRecord, first: date, last: date) -> Iterator[Line]:
    """Needs open on the two days; visits, deeds and aid from the first record on, up to each of them.

    None of it says how the family is: who is listened to more has more needs on record.
    """
    after = last + timedelta(days=1)
    needs = [
        sum(each.heard < day and (each.met is None or each.met >= day) for each in record.needs)
        for day in (first, after)
    ]
    yield _line(HELP, "走访提出、未解决的需求", *(_number(each, _matters) for each in needs), show=_matters)
    for item, days, show in (
        ("累计走访", record.visits, _times),
        ("累计办实事", record.deeds, _matters),
    ):
        counts = [sum(each < day for each in days) for day in (first, after)]
        yield _line(HELP, item, *(_number(each, show) for each in counts), show=show)
    sums = [sum(fen for each, fen in record.aid if each < day) for day in (first, after)]
    yield _line(HELP, "累计得到帮助", *(_number(each, format_yuan) for each in sums))


def _number(value: int | None, show: Callable[[int], str], note: str = "", day: date | None = None) -> _Side:
    return _Side() if value is None else _Side(value, show(value) + note, day)


def _line(
    group: str,
    item: str,
    before: _Side,
    after: _Side,
    *,
    judge: _Judge = lambda _old, _new: Turn.NEITHER,
    show: Callable[[int], str] = format_yuan,
    why_not: str = "",
) -> Line:
    """The line of an item; `why_not` says why two known values are not compared."""
    change, course = "", Course.UNKNOWN
    if before.value is not None and after.value is not None:
        change, course = (why_not, course) if why_not else _change(before.value, after.value, judge, show)
    return Line(group, item, before.text, before.day, after.text, after.day, change, course)


def _change(before: Value, after: Value, judge: _Judge, show: Callable[[int], str]) -> tuple[str, Course]:
    if before == after:
        return "没有变化", Course.SAME
    course = _COURSES[judge(before, after)]
    if isinstance(before, int) and isinstance(after, int):
        return f"{'增加' if after > before else '减少'}{show(abs(after - before))}", course
    return f"{before}变为{after}", course


def _more(before: Value, after: Value) -> Turn:
    """Of amounts: more is better."""
    return Turn.BETTER if int(after) > int(before) else Turn.WORSE


def _persons(number: int) -> str:
    return f"{number}人"


def _matters(number: int) -> str:
    return f"{number}件"


def _times(number: int) -> str:
    return f"{number}次"
