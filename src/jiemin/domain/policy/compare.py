"""What one policy book states and another does not, parameter by parameter and value by value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from jiemin.domain.policy.book import Book
from jiemin.domain.policy.values import Basis, DatedValue, Parameter
from jiemin.domain.policy.words import MID_PERIOD_WORDS, full_words


@dataclass(frozen=True, slots=True)
class Change:
    """Something in which two books differ about a parameter, in words; `""` where a book has nothing.

    `what` is a side of the parameter itself, such as 单位, or 数值; then `start` and `basis` say which one,
    and `stated` holds it as it stands in either book.
    """

    parameter: Parameter
    what: str
    old: str
    new: str
    start: date | None = None
    basis: Basis | None = None
    stated: tuple[DatedValue | None, DatedValue | None] = (None, None)


def changes_between(old: Book, new: Book) -> tuple[Change, ...]:
    """Everything in which `new` differs from `old`, by key.

    Values are compared that begin on the same day and are both existing or both raises; of several such,
    of which the last issued counts, the first with the first and so on.
    """
    keys = sorted(old.parameters.keys() | new.parameters.keys())
    return tuple(change for key in keys for change in _changes(old, new, key))


def withdrawn_values(old: Book, new: Book) -> tuple[Change, ...]:
    """The values of `old` that `new` does not state, or states as another number or word.

    What `new` states besides, such as a raise published since, withdraws nothing, nor does a last day.
    """
    return tuple(
        change
        for change in changes_between(old, new)
        if (was := change.stated[0])
        and ((now := change.stated[1]) is None or (was.value, was.at_least) != (now.value, now.at_least))
    )


def _changes(old: Book, new: Book, key: str) -> Iterator[Change]:
    one, other = old.parameters.get(key), new.parameters.get(key)
    parameter = other or one
    assert parameter is not None  # noqa: S101 - the key is one of the two books'
    before, after = _form(one), _form(other)
    for what in {**before, **after}:
        if before.get(what, "") != after.get(what, ""):
            yield Change(parameter, what, before.get(what, ""), after.get(what, ""))
    stated, restated = _by_start(one), _by_start(other)
    for start, basis in sorted(stated.keys() | restated.keys()):
        pairs = zip_longest(stated.get((start, basis), ()), restated.get((start, basis), ()))
        for was, now in pairs:
            if was != now:
                told, retold = (
                    full_words(book, book.parameters[key], value) if value else ""
                    for book, value in ((old, was), (new, now))
                )
                retold += "，原文或说明不同" if told == retold else ""
                yield Change(parameter, "数值", told, retold, start, basis, (was, now))


def _form(parameter: Parameter | None) -> dict[str, str]:
    """What a parameter is, apart from its values."""
    if parameter is None:
        return {}
    return {
        "名称": parameter.title,
        "单位": parameter.unit.value,
        "中途变动": MID_PERIOD_WORDS[parameter.mid_period],
        "选项": "；".join(f"{word} {meaning}" for word, meaning in sorted(parameter.choices.items())),
        "核对日期": parameter.checked.isoformat() if parameter.checked else "",
    }


def _by_start(parameter: Parameter | None) -> dict[tuple[date, Basis], list[DatedValue]]:
    found: dict[tuple[date, Basis], list[DatedValue]] = {}
    for value in parameter.values if parameter else ():
        found.setdefault((value.start, value.basis), []).append(value)
    return found
