"""The policy book: all dated parameters, and what of them was in force on a day.

A value is never assumed to be zero because nobody stated it: asking for one that does not exist
on a day is an error that names the parameter, the day and who asked.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jiemin.domain.money import half_up
from jiemin.domain.periods import Month, Quarter, Year
from jiemin.domain.policy.text import canonical_text
from jiemin.domain.policy.values import Basis, DatedValue, MidPeriod, Parameter, Value
from jiemin.errors import JieminError

SUPPOSED = "测算"
"""The document of a value that is only supposed."""


class NoValueError(JieminError):
    """The policy says nothing about a parameter on a day somebody needs it.

    `parameter` is its title, or its key when the book does not hold it at all.
    """

    def __init__(self, parameter: str, key: str, day: date, asker: str) -> None:
        super().__init__(
            f"计算{asker}要用“{parameter}”，政策文件里没有{day.isoformat()}当天的数值",
            f"请在县里的政策文件中写明 {key} 的数值、日期和文号，"
            "再用 --policy 文件名 或环境变量 JIEMIN_POLICY 指明这个文件",
        )
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Known:
    """A value in force, with where it comes from.

    `value` is what counts (fen, thousandths or a word), floors already applied; `stated` is the
    value as the document states it, `shown` the counting one in words.
    """

    parameter: Parameter
    value: Value
    stated: DatedValue
    base: "Known | None" = None
    """The value the floor was taken over, when the floor decided."""
    parts: tuple["Part", ...] = ()
    """The stretches of the year whose mean this is, when its value changes within the year and counts
    by the month; `stated` is then the last of them."""
    first_day: date | None = None
    """The first day of the period, when that decided."""

    @property
    def amount(self) -> int:
        """The value of a number: fen or thousandths."""
        assert isinstance(self.value, int)  # noqa: S101 - the loader holds values to their unit
        return self.value

    @property
    def choice(self) -> str:
        """The word of a setting."""
        assert isinstance(self.value, str)  # noqa: S101 - the loader holds values to their unit
        return self.value

    @property
    def shown(self) -> str:
        """The value in words: `每人每月416元`."""
        return self.parameter.show(self.value)

    @property
    def source(self) -> str:
        """Document and clause as people cite them: `桐群组办发〔2014〕10号 二.2`."""
        if self.parts:
            return "；".join(dict.fromkeys(part.known.source for part in self.parts))
        return f"{self.stated.document} {self.stated.clause}"


@dataclass(frozen=True, slots=True)
class Part:
    """Months of a year, first and last by their numbers, and the value that counts in each of them."""

    first: int
    last: int
    known: Known

    @property
    def months(self) -> str:
        """`1–6月`, or `7月` for a single one."""
        return f"{self.first}月" if self.first == self.last else f"{self.first}–{self.last}月"


@dataclass(frozen=True, slots=True)
class Book:
    """All parameters, by key."""

    parameters: dict[str, Parameter]

    @classmethod
    def of(cls, parameters: Iterable[Parameter]) -> "Book":
        """A book of these parameters, their values put in order."""
        return cls(
            {
                each.key: replace(each, values=tuple(sorted(each.values, key=lambda v: v.order)))
                for each in sorted(parameters, key=lambda each: each.key)
            }
        )

    @property
    def text(self) -> str:
        """The book's canonical TOML, from which an equal book can be read."""
        return canonical_text(self.parameters.values())

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def on(self, day: date) -> "BookView":
        """What is in force on `day`, as far as this book knows."""
        return BookView(self, day)

    def over(self, period: Month | Quarter | Year) -> "BookView":
        """What counts for a whole period: of each parameter the value its `mid_period` chooses."""
        return BookView(self, period.last, period)

    def states(self, key: str) -> bool:
        """Whether the book holds any value of the parameter, on whatever day."""
        parameter = self.parameters.get(key)
        return parameter is not None and bool(parameter.values)

    def title(self, key: str) -> str:
        """What a parameter is called, or its key when the book does not hold it."""
        parameter = self.parameters.get(key)
        return parameter.title if parameter else key

    def as_known(self, day: date) -> "Book":
        """The book as it stood on `day`: without what was issued later."""
        return self._keep(lambda value: value.issued <= day)

    def without_raise(self) -> "Book":
        """The same book without the values the notice raises: what would hold without it."""
        return self._keep(lambda value: value.basis is not Basis.RAISE)

    def with_values(self, values: Mapping[str, Value], start: date) -> "Book":
        """A supposed book (测算), never stored: from `start` on these parameters, which it must hold, have
        these values, whatever it states of them for later; floors of others over them follow.
        """
        changed = {key: _replaced(self.parameters[key], value, start) for key, value in values.items()}
        return Book(self.parameters | changed)

    def steady(self, one: Month, later: Month) -> bool:
        """Whether no value begins or ends after the first day of `one` and until the last of `later`."""
        turns = {
            day
            for each in self.parameters.values()
            for value in each.values
            for day in (value.start, value.end)
        }
        return not any(one.first < day <= later.last for day in turns)

    def _keep(self, wanted: Callable[[DatedValue], bool]) -> "Book":
        return Book(
            {
                key: replace(each, values=tuple(v for v in each.values if wanted(v)))
                for key, each in self.parameters.items()
            }
        )


@dataclass(frozen=True, slots=True)
class BookView:
    """The values in force on one day, or those that count for the whole `period` ending on it."""

    book: Book
    day: date
    period: Month | Quarter | Year | None = None

    def value(self, key: str, asker: str) -> Known:
        """The value of parameter `key`; `asker` names the sum that needs it, for the message.

        Raises `NoValueError` when the book has none for the day that decides, or for one of the months.
        """
        parameter = self.book.parameters.get(key)
        mid = parameter.mid_period if parameter else MidPeriod.LAST_DAY
        if self.period and mid is MidPeriod.FIRST_DAY:
            return replace(self._on(key, asker, self.period.first), first_day=self.period.first)
        if isinstance(self.period, Year) and mid is MidPeriod.BY_MONTH:
            return self._by_month(key, asker, self.period)
        return self._on(key, asker, self.day)

    def _on(self, key: str, asker: str, day: date) -> Known:
        """The value on `day`; a floor is taken over what its base is on that same day."""
        parameter = self.book.parameters.get(key)
        stated = _stated(parameter, day) if parameter else None
        if parameter is None or stated is None:
            raise NoValueError(parameter.title if parameter else key, key, day, asker)
        if stated.at_least is None or isinstance(stated.value, str):
            return Known(parameter, stated.value, stated)
        base = self._on(stated.at_least.of, parameter.title, day)
        floor = stated.at_least.over(base.amount)
        if floor <= stated.value:
            return Known(parameter, stated.value, stated)
        return Known(parameter, floor, stated, base)

    def _by_month(self, key: str, asker: str, year: Year) -> Known:
        """A twelfth of each month's value, rounded once, half-up to the fen (ADR 0024)."""
        months = [self._on(key, asker, Month(year.year, number).last) for number in range(1, 13)]
        parts: list[Part] = []
        for number, known in enumerate(months, start=1):
            if parts and parts[-1].known == known:
                parts[-1] = replace(parts[-1], last=number)
            else:
                parts.append(Part(number, number, known))
        if len(parts) == 1:
            return months[-1]
        mean = half_up(sum(known.amount for known in months), len(months))
        return Known(months[-1].parameter, mean, months[-1].stated, parts=tuple(parts))


def _replaced(parameter: Parameter, value: Value, start: date) -> Parameter:
    kept = (replace(each, end=min(each.end, start)) for each in parameter.values if each.start < start)
    supposed = DatedValue(
        start=start, issued=start, value=value, document=SUPPOSED, clause="", basis=Basis.EXISTING
    )
    return replace(parameter, values=(*kept, supposed))


def _stated(parameter: Parameter, day: date) -> DatedValue | None:
    """The last to begin decides, even if it has ended since: an ended value leaves nothing."""
    begun = [value for value in parameter.values if value.start <= day]
    return begun[-1] if begun and day < begun[-1].end else None
