"""The part of a workbook that goes back to the clerk: what stands above, the header, some rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jiemin.sheets.grid import Cell, Grid, Merge
from jiemin.sheets.layout.body import fill_merged
from jiemin.sheets.layout.header import Header


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Title and header rows as they stand, chosen rows with the numbers the user knows them by.

    `left` columns were blank before the first one; `header_top` is the header's first row among
    `head`, `merges` are the merged cells of `head`.
    """

    name: str
    left: int
    head: Sequence[Sequence[Cell]]
    header_top: int
    merges: Sequence[Merge]
    rows: Sequence[tuple[int, Sequence[Cell]]]


def take_excerpt(grid: Grid, header: Header, numbers: Collection[int]) -> Excerpt:
    """The excerpt of a sheet with the rows of these numbers; merged cells are filled down."""
    fill_merged(grid, header)
    rows = [
        (grid.row_number(index), row)
        for index, row in enumerate(grid.rows)
        if index >= header.bottom and grid.row_number(index) in numbers
    ]
    head = grid.rows[: header.bottom]
    width = max(_used(row) for row in [*head, *(row for _, row in rows)])
    return Excerpt(
        grid.name,
        grid.left,
        [row[:width] for row in head],
        header.top,
        [each for each in grid.merges if each.bottom < header.bottom and each.right < width],
        [(number, row[:width]) for number, row in rows],
    )


def _used(row: Sequence[Cell]) -> int:
    return next((place for place in range(len(row), 0, -1) if row[place - 1] != ""), 0)
