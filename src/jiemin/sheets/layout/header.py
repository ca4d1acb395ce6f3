"""Finding the header: the rows, one to three, in which a kind of sheet is best recognised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import Recognition, Spelled, recognise
from jiemin.sheets.grid import Cell, Grid

_SEARCHED_ROWS = 40
_SEARCHED_COLUMNS = 400
_DEEPEST = 3
_LONGEST_LABEL = 100
_LOOKED_AT_BELOW = 20
_NAMES = ("head_name", "name", "cadre_name", "cadre_names")


@dataclass(frozen=True, slots=True)
class Header:
    """The header's rows `[top, bottom)` as indices, its columns' labels, and what they mean."""

    top: int
    bottom: int
    labels: Sequence[str]
    recognition: Recognition

    @property
    def fields(self) -> Mapping[str, int]:
        """Field → column index."""
        return self.recognition.fields

    def counts(self, grid: Grid) -> bool:
        """Whether figures stand where names should: then it is a table of statistics, not a roster."""
        below = grid.rows[self.bottom : self.bottom + _LOOKED_AT_BELOW]
        names = (self.fields[name] for name in _NAMES if name in self.fields)
        written = ([row[place] for row in below if row[place] != ""] for place in names)
        return any(cells and all(isinstance(cell, int | float) for cell in cells) for cells in written)

    def spelled(self, index: int) -> Spelled:
        """The forms under which a column's label is looked up."""
        return _spelled(tuple(self.labels[index].split()))

    @property
    def _rank(self) -> tuple[bool, int, int, int, int]:
        shallow = self.top - self.bottom
        return (self.recognition.complete, *self.recognition.score[:2], shallow, -self.top)


def find_header(grid: Grid) -> Header | None:
    """The best header of the sheet's first rows; None when there is not one known label.

    It may be incomplete: `recognition.complete` says whether the sheet is a roster at all. Once one
    is found, only the next rows may still better it, as the lower half of the same header.
    """
    best: Header | None = None
    for top in range(min(len(grid.rows), _SEARCHED_ROWS)):
        if best is not None and best.recognition.complete and top > best.top + 1:
            break
        for depth in range(1, _DEEPEST + 1):
            found = _header(grid, top, top + depth)
            if found is not None and (best is None or found._rank > best._rank):
                best = found
    return best


def _header(grid: Grid, top: int, bottom: int) -> Header | None:
    rows = [row[:_SEARCHED_COLUMNS] for row in grid.rows[top:bottom]]
    if len(rows) < bottom - top or not any(isinstance(cell, str) and cell for cell in rows[0]):
        return None
    pieces = _pieces(rows)
    recognition = recognise([_spelled(label) for label in pieces])
    if not any(_word(rows[-1][place]) for place in recognition.fields.values()):
        return None  # its last row would say nothing that is known
    return Header(top, bottom, [" ".join(label) for label in pieces], recognition)


def _pieces(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Each column's label, from the group headings above it down to its own; empty without one.

    A group heading reaches to the right as far as columns below it have headings of their own.
    """
    groups = [""] * len(rows)
    labels = []
    for column in zip(*rows, strict=True):
        words = [_word(cell) for cell in column]
        lowest = max((level for level, word in enumerate(words) if word), default=-1)
        for level, word in enumerate(words):
            if word or level >= lowest:
                groups[level] = word if level < lowest else ""
        above = (group for group in groups[: max(lowest, 0)] if group)
        labels.append((*above, words[lowest]) if lowest >= 0 else ())
    return labels


def _word(cell: Cell) -> str:
    """The cell as a heading in one line; numbers and long instructions are none."""
    return "".join(cell.split()) if isinstance(cell, str) and len(cell) <= _LONGEST_LABEL else ""


def _spelled(label: tuple[str, ...]) -> Spelled:
    """The label with all its group headings, then with fewer and fewer."""
    return tuple(word for start in range(len(label)) for word in spellings("".join(label[start:])))
