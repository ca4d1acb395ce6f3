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

    Indices count from 0 within the area; `row_number` and `letters` give what the user sees. Of an
    area cut out of a sheet, `columns` are the indices in the sheet's own area, from `left` on.
    """

    name: str
    rows: list[list[Cell]]
    top: int = 0
    left: int = 0
    merges: Sequence[Merge] = ()
    hidden: bool = False
    columns: Sequence[int] = ()

    def row_number(self, index: int) -> int:
        """The sheet's row, counted from 1."""
        return self.top + index + 1

    def letters(self, index: int) -> str:
        """The sheet's column: A, B … XFD."""
        number, letters = self.left + (self.columns[index] if self.columns else index) + 1, ""
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(65 + digit) + letters
        return letters


def cut(grid: Grid, columns: Sequence[int], top: int = 0, bottom: int | None = None) -> Grid:
    """Some columns, and the rows from `top` up to `bottom`, of a sheet as a sheet of their own.

    Cells keep their addresses; what is changed in one is not changed in the other.
    """
    rows = [[row[column] for column in columns] for row in grid.rows[top:bottom]]
    own = [grid.columns[column] for column in columns] if grid.columns else columns
    merges = []
    for each in grid.merges:
        inside = [place for place, column in enumerate(columns) if each.left <= column <= each.right]
        if inside and each.bottom >= top and each.top < top + len(rows):
            first, last = max(each.top - top, 0), min(each.bottom - top, len(rows) - 1)
            merges.append(Merge(first, inside[0], last, inside[-1]))
    return Grid(grid.name, rows, grid.top + top, grid.left, merges, grid.hidden, own)


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
