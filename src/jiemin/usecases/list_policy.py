"""The policy book for people: what is in force on a day, who takes it, and what the county has not stated."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from jiemin.domain.entitlement import Item
from jiemin.domain.entitlement.uses import Uses, floored_over, not_given, uses_of_parameters
from jiemin.domain.policy import Book, DatedValue, Known, NoValueError, Parameter
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
    lines = [line for line in _lines(laid, day) if _begins(line.parameter, prefix)]
    if not lines:
        raise _unknown(laid.book, prefix)
    return PolicyList(
        stated=tuple(line for line in lines if line.parameter.values),
        unstated=tuple(line for line in lines if not line.parameter.values),
        not_given=not_given(laid.book),
    )


def show_policy(laid: LaidBook, text: str, day: date) -> PolicyDetail:
    """The parameter with this key or title, or the only one whose key or title holds the text.

    Raises `NotFoundError` for none or several.
    """
    lines = _lines(laid, day)
    exact = [line for line in lines if text in {line.parameter.key, line.parameter.title}]
    found = exact or [line for line in lines if text in line.parameter.key or text in line.parameter.title]
    if not found:
        raise _unknown(laid.book, text)
    if len(found) > 1:
        listed = "\n  ".join(f"{line.parameter.key}  {line.parameter.title}" for line in found)
        raise NotFoundError(f"“{text}”不止一项：\n  {listed}", "写全参数名或名称")
    return PolicyDetail(found[0], floored_over(laid.book, found[0].parameter.key))


def _begins(parameter: Parameter, prefix: str) -> bool:
    return parameter.key.startswith(prefix) or parameter.title.startswith(prefix)


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
    return NotFoundError(f"没有“{text}”这个参数{meant}", "用 jiemin policy list 查看全部参数")
