"""A statistics table as data: numbered columns, rows, a total, and the arithmetic it must satisfy.

The total row is computed from the facts on its own, never by adding up the rows, so that
"合计=各行之和" can be proven instead of assumed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from jiemin.domain.visits import Rate

Figure: TypeAlias = int | None
"""A count, an amount in fen or a rate in thousandths; None when it is not known."""


class Measure(StrEnum):
    """What a column counts, by the word forms print."""

    HOUSEHOLDS = "户"
    PERSONS = "人"
    TIMES = "次"
    DEEDS = "件"
    STORIES = "篇"
    MONEY = "元"
    RATE = "%"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `heads` are its headings from the widest group down to its own.

    `once` marks what the total counts once though several rows may count it, such as a cadre who
    helps in two towns.
    """

    key: str
    heads: tuple[str, ...]
    measure: Measure
    once: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name, a figure for each column in order, and a remark."""

    name: str
    figures: tuple[Figure, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A cross-check (表内逻辑) as printed, and whether the table satisfies it."""

    label: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """Column `whole` is the sum of the columns `parts`."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Column `rest` is `whole` less `part`."""

    rest: str
    whole: str
    part: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """Column `part` is never above column `whole`."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Share:
    """Column `rate` is `part` of `whole`, in thousandths."""

    rate: str
    part: str
    whole: str


Rule: TypeAlias = Sum | Difference | AtMost | Share


@dataclass(frozen=True, slots=True)
class Table:
    """A finished table with its proven checks and the notes that go below it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()

    def figures(self, key: str) -> tuple[Figure, ...]:
        """One column's figures, row by row, without the total."""
        place = [column.key for column in self.columns].index(key)
        return tuple(row.figures[place] for row in self.rows)

    def sum_of(self, key: str) -> Figure:
        """One column's figure in the total row."""
        return dict(zip((column.key for column in self.columns), self.total.figures, strict=True))[key]


Tally: TypeAlias = Mapping[str, Figure]
"""Figures by column key."""


def make_table(
    columns: Sequence[Column],
    rows: Iterable[tuple[str, Tally, str]],
    total: Tally,
    rules: Sequence[Rule],
    *,
    control: Tally | None = None,
    notes: Iterable[str] = (),
) -> Table:
    """Build a table from tallies `(name, figures by column key, remark)` and prove its checks.

    `control` holds figures of the total known from elsewhere, such as the length of a list.
    """
    made = tuple(
        Row(name, tuple(tally[column.key] for column in columns), remark) for name, tally, remark in rows
    )
    whole = Row("合计", tuple(total[column.key] for column in columns))
    checks = [_proven(rule, columns, (*made, whole)) for rule in rules]
    checks += _vertical(columns, made, whole)
    checks += _controls(columns, whole, control or {})
    return Table(tuple(columns), made, whole, tuple(checks), tuple(notes))


def total_known(figures: Iterable[Figure]) -> Figure:
    """The sum of what is known: 0 of nothing, None when there are figures and all are unknown."""
    listed = list(figures)
    known = [figure for figure in listed if figure is not None]
    return sum(known) if known or not listed else None


def _proven(rule: Rule, columns: Sequence[Column], rows: Iterable[Row]) -> Check:
    number = {column.key: place for place, column in enumerate(columns, start=1)}
    label, test = _reading(rule, number)
    return Check(label, all(test(row.figures) for row in rows))


def _reading(rule: Rule, number: Mapping[str, int]) -> tuple[str, Callable[[Sequence[Figure]], bool]]:
    """A rule's printed form, in column numbers, and its test of one row.

    What is unknown is left out of a sum, so it adds nothing on either side.
    """

    def at(figures: Sequence[Figure], key: str) -> int:
        return figures[number[key] - 1] or 0

    match rule:
        case Sum(whole, parts):
            label = f"{number[whole]}={'+'.join(str(number[part]) for part in parts)}"
            return label, lambda row: at(row, whole) == sum(at(row, part) for part in parts)
        case Difference(rest, whole, part):
            label = f"{number[rest]}={number[whole]}-{number[part]}"
            return label, lambda row: at(row, rest) == at(row, whole) - at(row, part)
        case AtMost(part, whole):
            label = f"{number[part]}≤{number[whole]}"
            return label, lambda row: at(row, part) <= at(row, whole)
    rate, part, whole = number[rule.rate], rule.part, rule.whole
    label = f"{rate}={number[part]}÷{number[whole]}"
    return label, lambda row: row[rate - 1] == Rate(at(row, part), at(row, whole)).permille


def _vertical(columns: Sequence[Column], rows: Sequence[Row], total: Row) -> list[Check]:
    """合计=各行之和, except rates and what is counted once, which may only be less."""
    plain, once = True, True
    for place, column in enumerate(columns):
        added = sum(row.figures[place] or 0 for row in rows)
        figure = total.figures[place] or 0
        if column.once:
            once = once and figure <= added
        elif column.measure is not Measure.RATE:
            plain = plain and figure == added
    checks = [Check("合计=各行之和", plain)]
    numbers = [str(place) for place, column in enumerate(columns, start=1) if column.once]
    if numbers:
        checks.append(Check(f"{'、'.join(numbers)}栏合计只计一次，不大于各行之和", once))
    return checks


def _controls(columns: Sequence[Column], total: Row, control: Tally) -> list[Check]:
    """One check of all totals that agree with what is known elsewhere, one of those that do not."""
    agreeing: dict[bool, list[str]] = {}
    for place, column in enumerate(columns, start=1):
        if column.key in control:
            holds = total.figures[place - 1] == control[column.key]
            agreeing.setdefault(holds, []).append(str(place))
    return [Check(f"{'、'.join(numbers)}栏合计与名单相符", holds) for holds, numbers in agreeing.items()]
