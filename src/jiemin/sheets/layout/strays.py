"""Cells outside the table: written where no column has a heading, or far away from everything."""

from collections.abc import Iterator, Sequence

from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.body import is_foot
from jiemin.sheets.layout.header import Header

_FAR = 20
"""So many blank rows below the last row lies what belongs to no foot."""


def stray_cells(grid: Grid, header: Header, indices: Sequence[int]) -> list[tuple[int, int]]:
    """Row and column of every cell that holds something and is not read, though it stands in a row of
    data without a heading above it, or alone to the right of the table or far below it.

    Blanks are nothing, and so is what stands to the left of the first heading.
    """
    last = max(place for place, label in enumerate(header.labels) if label)
    first = min(header.fields.values())
    inside = [place for place in range(first, last) if not header.labels[place]]
    return sorted(
        {
            *_beside(grid, indices, inside, last + 1),
            *_alone(grid, header.bottom, last + 1, set(indices)),
        }
    )


def _beside(
    grid: Grid, indices: Sequence[int], inside: Sequence[int], right: int
) -> Iterator[tuple[int, int]]:
    """What stands in rows of data under no heading."""
    width = len(grid.rows[0])
    if not inside and right >= width:
        return
    for index in indices:
        row = grid.rows[index]
        for place in inside:
            if _is_written(row[place]):
                yield index, place
        if row[right:].count("") != width - right:
            yield from ((index, place) for place in range(right, width) if _is_written(row[place]))


def _alone(grid: Grid, top: int, right: int, data: set[int]) -> Iterator[tuple[int, int]]:
    """The only cell of its row, to the right of the table or far below all other rows."""
    width, since = len(grid.rows[0]), top
    for index in range(top, len(grid.rows)):
        row = grid.rows[index]
        blank = row.count("")
        if blank == width:
            continue
        if blank == width - 1 and index not in data:
            place = next(place for place, cell in enumerate(row) if cell != "")
            if (
                _is_written(row[place])
                and not is_foot(row[place])
                and (place >= right or index - since > _FAR)
            ):
                yield index, place
                continue
        since = index


def _is_written(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
