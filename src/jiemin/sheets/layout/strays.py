"""Cells outside the table: written where no column has a heading, or far away from everything."""

from collections.abc import Iterator, Sequence

from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.body import is_foot, is_of_page, title_words
from jiemin.sheets.layout.header import Header

_FAR = 20
"""So many blank rows below the last row lies what belongs to no foot."""


def stray_cells(grid: Grid, header: Header, indices: Sequence[int]) -> list[tuple[int, int]]:
    """Row and column of every cell that holds something and is not read, though it stands in a row of
    data without a heading above it, or alone between rows, to the right of the table or far below it.

    Blanks are nothing, and so is what stands to the left of the first heading.
    """
    last = max(place for place, label in enumerate(header.labels) if label)
    first = min(header.fields.values())
    inside = [place for place in range(first, last) if not header.labels[place]]
    return sorted(
        {
            *_beside(grid, indices, inside, last + 1),
            *_alone(grid, header, last + 1, indices),
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


def _alone(grid: Grid, header: Header, right: int, indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The only cell of its row, to the right of the table, above rows of data, or far below all others.

    What stands above rows, as the name of their village, may speak of them; page numbers do not.
    """
    width, since = len(grid.rows[0]), header.bottom
    data, end, titles = set(indices), max(indices, default=0), title_words(grid, header)
    for index in range(header.bottom, len(grid.rows)):
        row = grid.rows[index]
        blank = row.count("")
        if blank == width:
            continue
        if blank == width - 1 and index not in data:
            place = next(place for place, cell in enumerate(row) if cell != "")
            if (
                _is_written(row[place])
                and not is_foot(row[place])
                and (place >= right or (index < end and _in_words(row[place])) or index - since > _FAR)
                and not is_of_page(row[place], titles)
            ):
                yield index, place
                continue
        since = index


def _is_written(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _in_words(cell: Cell) -> bool:
    """Whether it says something, unlike a number of a line."""
    return isinstance(cell, str) and any(map(str.isalpha, cell))
