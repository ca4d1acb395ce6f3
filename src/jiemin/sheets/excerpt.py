"""The part of a workbook that goes back to the clerk: what stands above, the header, some rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jiemin.sheets.grid import Cell, Grid, Merge
from jiemin.sheets.layout.body import fill_merged
from jiemin.sheets.layout.header import Header

PROBLEM_COLUMN = "问题"
"""The heading of our own first column in a workbook of faulty rows."""


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
    """The excerpt of a sheet with the rows of these numbers; merged cells are filled down.

    A first column that holds nothing but earlier reasons stays behind.
    """
    fill_merged(grid, header)
    rows = [
        (grid.row_number(index), row)
        for index, row in enumerate(grid.rows)
        if index >= header.bottom and grid.row_number(index) in numbers
    ]
    head = grid.rows[: header.bottom]
    width = max(_used(row) for row in [*head, *(row for _, row in rows)])
    ours = header.labels[0] == PROBLEM_COLUMN and all(row[0] == "" for row in head[: header.top])
    first = 1 if ours else 0
    return Excerpt(
        grid.name,
        grid.left + first,
        [row[first:width] for row in head],
        header.top,
        [
            Merge(each.top, each.left - first, each.bottom, each.right - first)
            for each in grid.merges
            if each.bottom < header.bottom and first <= each.left and each.right < width
        ],
        [(number, row[first:width]) for number, row in rows],
    )


def _used(row: Sequence[Cell]) -> int:
    return next((place for place in range(len(row), 0, -1) if row[place - 1] != ""), 0)
