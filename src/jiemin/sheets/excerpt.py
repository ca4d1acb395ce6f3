"""The part of a workbook that goes back to the clerk: what stands above, the header, some rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from jiemin.sheets.columns.recognise import KEPT_AS_TEXT
from jiemin.sheets.families import heads_above, households_beside
from jiemin.sheets.grid import Cell, Grid, Merge
from jiemin.sheets.layout.body import fill_merged
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.shape import PROBLEM_COLUMN, Shape


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Title and header rows as they stand, chosen rows with the numbers the user knows them by.

    `left` columns were blank before the first one; `header_top` is the header's first row among
    `head`, `merges` are the merged cells of `head`. `as_text` are the columns, counted from 0, whose
    numbers would be damaged as numbers. A form has no head: all its rows and merged cells are there.
    """

    name: str
    left: int
    head: Sequence[Sequence[Cell]]
    header_top: int
    merges: Sequence[Merge]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    as_text: frozenset[int] = frozenset()

    @property
    def is_form(self) -> bool:
        """Whether it is a whole form for one household."""
        return not self.head


def take_excerpt(shape: Shape, header: Header, numbers: Collection[int]) -> Excerpt:
    """The excerpt of a sheet with the rows of these numbers, or the whole form; of a list merged cells
    are filled down. Members whose household the head's row alone tells bring that row with them.

    A first column that holds nothing but earlier reasons stays behind.
    """
    grid = shape.grid
    if shape.is_form:
        numbered = [(grid.row_number(index), row) for index, row in enumerate(grid.rows)]
        return Excerpt(grid.name, int(bool(grid.columns)) + grid.left, (), 0, grid.merges, numbered)
    kept: set[int] = set()
    wanted = set(numbers)
    for part, read, columns in _parts(shape, header):
        fill_merged(part, read)
        fields = [each.fields.items() for each in (read, households_beside(read)) if each is not None]
        kept |= {columns[place] for told in fields for name, place in told if name in KEPT_AS_TEXT}
        if shape.sideways is None:
            wanted |= heads_above(part, read, numbers)
        if part is not grid:
            _write_back(part, grid, columns, read.bottom)
    rows = [
        (grid.row_number(index), row)
        for index, row in enumerate(grid.rows)
        if index >= header.bottom and grid.row_number(index) in wanted
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
        frozenset(place - first for place in kept if first <= place < width),
    )


def _parts(shape: Shape, header: Header) -> Iterator[tuple[Grid, Header, Sequence[int]]]:
    """What is read of the sheet, by which header, and where its columns stand in it."""
    everywhere = range(len(shape.grid.rows[0]))
    if shape.sideways is not None:
        for each in (shape.sideways.household, *shape.sideways.members):
            yield shape.grid, each, everywhere
    elif shape.blocks:
        for block in shape.blocks:
            yield block.grid, block.header, block.grid.columns
    else:
        yield shape.grid, header, everywhere


def _write_back(part: Grid, grid: Grid, columns: Sequence[int], top: int) -> None:
    """Let the sheet's blank cells have what was filled down in a block of it."""
    for row, cells in zip(grid.rows[top:], part.rows[top:], strict=True):
        for column, cell in zip(columns, cells, strict=True):
            if row[column] == "":
                row[column] = cell


def _used(row: Sequence[Cell]) -> int:
    return next((place for place in range(len(row), 0, -1) if row[place - 1] != ""), 0)
