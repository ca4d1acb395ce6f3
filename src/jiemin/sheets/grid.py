"""A sheet as located cells, whichever program wrote it: the language of everything that reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; a blank one holds the empty text."""


class Merge(NamedTuple):
    """A merged block of cells: its first and last row and column, as indices into `Grid.rows`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """The used area of one sheet: rows of equal length, of which `top` and `left` say where it begins.

    Indices count from 0 within the area; `row_number` and `letters` give what the user sees.
    """

    name: str
    rows: list[list[Cell]]
    top: int = 0
    left: int = 0
    merges: Sequence[Merge] = ()
    hidden: bool = False

    def row_number(self, index: int) -> int:
        """The sheet's row, counted from 1."""
        return self.top + index + 1

    def letters(self, index: int) -> str:
        """The sheet's column: A, B … XFD."""
        number, letters = self.left + index + 1, ""
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(65 + digit) + letters
        return letters


def shown(cell: Cell) -> str:
    """A cell's content as the user sees it, more or less: for messages."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time.min else f"{cell:%Y-%m-%d %H:%M}"
    return str(cell)
