"""The catalogue of faults that data can have, and the form in which each is reported.

J1xx identity, J2xx layout, J3xx values, J4xx consistency, J5xx pairing, J6xx visits, J7xx money.
A row is rejected only when its subject cannot be told or its class not read; any other bad cell
is left out and warned of, and the rest of the row counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jiemin.domain.catalogue import ENTRIES
from jiemin.domain.people import mask_digits


class Severity(StrEnum):
    """What happens to the row."""

    REJECT = "reject"
    WARN = "warn"

    @property
    def label(self) -> str:
        """The word people read."""
        return "未导入" if self is Severity.REJECT else "提醒"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue: what the fault is, why it happens, the way out, and an example."""

    code: str
    severity: Severity
    title: str
    cause: str
    remedy: str
    example: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found at one place.

    `cell` is like `C12`, or a row number alone when the whole row is meant, or empty for a whole
    sheet or file. `value` is what was written there; screens and JSON mask it.
    """

    kind: ProblemKind
    message: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""

    @property
    def code(self) -> str:
        """The catalogue's number."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """Whether the row was left out or only marked."""
        return self.kind.severity

    @property
    def row(self) -> int | None:
        """The sheet's row the fault lies in, or None for a fault of a whole sheet."""
        digits = self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return int(digits) if digits else None


CATALOGUE = {entry[0]: ProblemKind(entry[0], Severity(entry[1]), *entry[2:]) for entry in ENTRIES}
"""Every fault by its number; the words stand in `domain/catalogue/`, one file for each group."""


def problem(
    code: str, detail: str = "", *, file: str = "", sheet: str = "", cell: str = "", value: str = ""
) -> Problem:
    """A fault of the catalogue at a place; `detail` adds what the title cannot know."""
    kind = CATALOGUE[code]
    message = f"{kind.title}：{detail}" if detail else kind.title
    return Problem(kind, message, file, sheet, cell, value)


_FEW = 3
_NAMED = 12
_UNKNOWN_COLUMN = "J203"
_OF_SHEETS = frozenset(["J201", "J205", "J206", "J207", "J605", "J614"])


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """The faults as a screen lists them, rejecting ones first: what many rows of a sheet lack alike stands
    once, and so do the columns of a sheet whose labels are not known, and what is so of several sheets.

    Its cell is then the column, or empty when the sheet has none for it, and its message says how
    many rows it speaks of. Faults of what was written are told one by one.
    """
    listed = sorted(_together(problems), key=lambda each: each.severity is not Severity.REJECT)
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for each in listed:
        alike.setdefault(_likeness(each), []).append(each)
    told = []
    for each in listed:
        same = alike[_likeness(each)]
        if each.value or len(same) <= _FEW:
            told.append(each)
        elif each is same[0]:
            message = f"{each.message}（第{each.row}行起共{len(same)}行）"
            told.append(replace(each, cell=_column(each), message=message))
    return told


def _together(problems: Iterable[Problem]) -> list[Problem]:
    """The faults with those of a sheet's unknown columns, and those that whole sheets of a file have alike,
    made one, where the first of them stood."""
    told: dict[object, list[Problem]] = {}
    for number, each in enumerate(problems):
        key: object = number
        if each.code == _UNKNOWN_COLUMN and each.cell:
            key = each.file, each.sheet
        elif each.code in _OF_SHEETS and not each.cell and each.sheet:
            key = each.file, each.code
        told.setdefault(key, []).append(each)
    return [same[0] if len(same) == 1 else _one_of(same) for same in told.values()]


def _one_of(same: Sequence[Problem]) -> Problem:
    first = same[0]
    of_columns = first.code == _UNKNOWN_COLUMN
    details = [each.message.removeprefix(each.kind.title).removeprefix("：") for each in same]
    alike = details[0] if len(set(details)) == 1 else ""
    words = []
    for each, detail in zip(same[:_NAMED], details, strict=False):
        named = f"{each.cell}“{mask_digits(each.value)}”" if of_columns else each.sheet
        words.append(f"{named}（{detail}）" if detail and not alike else named)
    more = f"等{len(same)}{'列' if of_columns else '张'}" if len(same) > _NAMED else ""
    sheet = first.sheet if of_columns else ""
    message = f"{first.kind.title}：{'、'.join(words)}{more}" + (f"（{alike}）" if alike else "")
    return replace(first, message=message, sheet=sheet, cell="", value="")


def _likeness(fault: Problem) -> tuple[str, ...]:
    return fault.file, fault.sheet, _column(fault), fault.code, fault.message


def _column(fault: Problem) -> str:
    return fault.cell.rstrip("0123456789")
