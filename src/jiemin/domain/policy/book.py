"""The policy book: all dated parameters, and what of them was in force on a day.

A value is never assumed to be zero because nobody stated it: asking for one that does not exist
on a day is an error that names the parameter, the day and who asked.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from jiemin.domain.policy.text import canonical_text
from jiemin.domain.policy.values import Basis, DatedValue, Parameter, Value
from jiemin.errors import JieminError


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
        return f"{self.stated.document} {self.stated.clause}"


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

    def as_known(self, day: date) -> "Book":
        """The book as it stood on `day`: without what was issued later."""
        return self._keep(lambda value: value.issued <= day)

    def without_raise(self) -> "Book":
        """The same book without the values the notice raises: what would hold without it."""
        return self._keep(lambda value: value.basis is not Basis.RAISE)

    def _keep(self, wanted: Callable[[DatedValue], bool]) -> "Book":
        return Book(
            {
                key: replace(each, values=tuple(v for v in each.values if wanted(v)))
                for key, each in self.parameters.items()
            }
        )


@dataclass(frozen=True, slots=True)
class BookView:
    """The values in force on one day."""

    book: Book
    day: date

    def value(self, key: str, asker: str) -> Known:
        """The value of parameter `key`; `asker` names the sum that needs it, for the message.

        Raises `NoValueError` when the book has none for this day.
        """
        parameter = self.book.parameters.get(key)
        stated = self._stated(parameter) if parameter else None
        if parameter is None or stated is None:
            raise NoValueError(parameter.title if parameter else key, key, self.day, asker)
        if stated.at_least is None or isinstance(stated.value, str):
            return Known(parameter, stated.value, stated)
        base = self.value(stated.at_least.of, parameter.title)
        floor = stated.at_least.over(base.amount)
        if floor <= stated.value:
            return Known(parameter, stated.value, stated)
        return Known(parameter, floor, stated, base)

    def _stated(self, parameter: Parameter) -> DatedValue | None:
        """The last to begin decides, even if it has ended since: an ended value leaves nothing."""
        begun = [value for value in parameter.values if value.start <= self.day]
        return begun[-1] if begun and self.day < begun[-1].end else None
