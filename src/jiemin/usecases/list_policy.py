"""The policy book for people: what is in force on a day, who takes it, and what the county has not stated."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from jiemin.domain.entitlement import Item
from jiemin.domain.entitlement.uses import Uses, floored_over, not_given, uses_of_parameters
from jiemin.domain.people import mask_digits
from jiemin.domain.policy import Book, DatedValue, Known, NoValueError, Parameter
from jiemin.domain.policy.told import parameter_named, plain
from jiemin.errors import NotFoundError
from jiemin.policy.book_file import PACKAGED, LaidBook


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A parameter on a day: what counts, None where the book has values but none for it; what comes next,
    the file that gives the values, and who takes it."""

    parameter: Parameter
    known: Known | None
    coming: DatedValue | None
    file: str
    uses: Uses

    @property
    def packaged(self) -> bool:
        """Whether the values are those that come with the program."""
        return self.file == PACKAGED


@dataclass(frozen=True, slots=True)
class PolicyList:
    """The parameters with values, those without any, and the items not given for lack of them."""

    stated: tuple[PolicyLine, ...]
    unstated: tuple[PolicyLine, ...]
    not_given: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PolicyDetail:
    """One parameter with all it holds; `lifts` are the parameters that have a floor over it."""

    line: PolicyLine
    lifts: tuple[Parameter, ...]


def list_policy(laid: LaidBook, day: date, prefix: str = "") -> PolicyList:
    """What the book says on `day` of the parameters whose key or title begins with `prefix`.

    Raises `NotFoundError` when none does.
    """
    lines = [line for line in _lines(laid, day) if _begins(line.parameter, plain(prefix).strip())]
    if not lines:
        raise _unknown(laid.book, prefix)
    return PolicyList(
        stated=tuple(line for line in lines if line.parameter.values),
        unstated=tuple(line for line in lines if not line.parameter.values),
        not_given=not_given(laid.book),
    )


def show_policy(laid: LaidBook, text: str, day: date) -> PolicyDetail:
    """The parameter that is meant, by `domain.policy.told.parameter_named`; raises what that raises."""
    meant = parameter_named(laid.book, text)
    (line,) = (line for line in _lines(laid, day) if line.parameter.key == meant.key)
    return PolicyDetail(line, floored_over(laid.book, meant.key))


def _begins(parameter: Parameter, prefix: str) -> bool:
    return parameter.key.startswith(prefix) or plain(parameter.title).startswith(prefix)


def _lines(laid: LaidBook, day: date) -> list[PolicyLine]:
    uses = uses_of_parameters(laid.book)
    return [
        PolicyLine(
            parameter,
            _known(laid.book, parameter, day),
            next((value for value in parameter.values if value.start > day), None),
            laid.files[key],
            uses[key],
        )
        for key, parameter in laid.book.parameters.items()
    ]


def _known(book: Book, parameter: Parameter, day: date) -> Known | None:
    try:
        return book.on(day).value(parameter.key, parameter.title)
    except NoValueError:
        return None


def _unknown(book: Book, text: str) -> NotFoundError:
    near = get_close_matches(text, book.parameters, n=3, cutoff=0.5)
    meant = f"，是不是 {'、'.join(near)}" if near else ""
    return NotFoundError(f"没有“{mask_digits(text)}”这个参数{meant}", "用 jiemin policy list 查看全部参数")
