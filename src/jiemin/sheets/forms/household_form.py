"""What a household's file prints: blocks of label and value, and tables, in the order of the form.

The tables share one grid of narrow columns, so that a block of four pairs and a table of eight columns
stand on the same sheet; a width is told in columns of that grid.
"""

from dataclasses import dataclass
from datetime import date

from jiemin.sheets.style import CellValue, Look

GRID = 16
"""Columns of the sheet; every row of a block or table fills them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value, each so many columns of the grid wide."""

    label: str
    value: str
    wide: int
    label_wide: int = 2


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a table: its heading, its width in columns of the grid, and the look of its cells."""

    head: str
    wide: int
    look: Look = Look.NAME


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of a table, and texts that stand below it across the sheet, each with its label."""

    cells: tuple[CellValue, ...]
    below: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a section; `empty` is what it says without a line."""

    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the form: lines of pairs, then perhaps a table, then perhaps a note."""

    title: str
    pairs: tuple[tuple[Pair, ...], ...] = ()
    table: FormTable | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdForm:
    """One household's file as it is printed, in full, as it stood on `day`."""

    household_no: str
    head_name: str
    town: str
    village: str
    household_class: str
    persons: int | None
    lead: str
    begun: date
    day: date
    sections: tuple[Section, ...]
