"""Values on record that a row replaces, told by the cell that says so, old and new."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Difference

_TOLD_BY = {
    "region_id": ("village", "town"),
    "link_id": ("link_village", "link_town"),
    "unit_id": ("unit",),
    "keeping": ("keeping", "household_class"),
    "disability": ("disability", "person_id"),
    "disability_grade": ("disability_grade", "disability", "person_id"),
    "income_fen": ("income_month_fen", "income_year_fen"),
    "income_period": ("income_month_fen", "income_year_fen"),
    "id_number": ("person_id", "head_id"),
    "birth": ("birth", "person_id", "head_id"),
    "sex": ("sex", "person_id", "head_id"),
    "name": ("name", "head_name"),
    "leader": ("leader", "post"),
    "cadre_no": ("cadre_no", "no"),
    "relation": ("relation", "head_name"),
}
"""Stored field → the roster's columns that may have told it, the likeliest first."""

_TOLD_BESIDE = frozenset("keeping disability disability_grade birth sex leader relation".split())
"""What other columns may tell besides what they are called by."""

Names = Mapping[str, Callable[[int], str]]
"""Stored field that holds a reference → the name of what it refers to."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A value on record that a row replaces; `subject` is a household or cadre number, `column` the
    roster's field by whose name people know it."""

    sheet: str
    cell: str
    subject: str
    difference: Difference
    column: str


def cell_change(
    sheet: RosterSheet, row: RosterRow, subject: str, difference: Difference, names: Names, prefix: str
) -> CellChange:
    """The change as people can read it: the cell that told it, and names in place of references.

    `prefix` stands before the names of the columns that speak of the subject.
    """
    stored = difference.field
    told = told_by(sheet, row, stored, prefix)
    named = names.get(stored)
    if named is not None:
        old, new = (_named(named, value) for value in (difference.old, difference.new))
        difference = Difference(stored, old, new)
    column = stored if stored in _TOLD_BESIDE else told or prefix + _TOLD_BY.get(stored, (stored,))[0]
    return CellChange(sheet.name, sheet.cell(row, told), subject, difference, column)


def told_by(sheet: RosterSheet, row: RosterRow, stored: str, prefix: str = "") -> str:
    """The row's field that tells a stored one; empty when none of its cells does."""
    names = (prefix + name for name in _TOLD_BY.get(stored, (stored,)))
    places = sheet.columns.keys() | row.cells.keys() if row.cells else sheet.columns
    return next((name for name in names if name in row.values and name in places), "")


def _named(name: Callable[[int], str], value: Any) -> str | None:
    return None if value is None else name(value)
