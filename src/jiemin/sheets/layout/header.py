"""Finding the header: the rows, one to four, in which a kind of sheet is best recognised."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache, lru_cache

from jiemin.domain.codes import squeeze
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import SPECS, Recognition, Spelled, recognise
from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.hints import hint_rows

_SEARCHED_ROWS = 40
_SEARCHED_COLUMNS = 400
_DEEPEST = 4
_SURE = 3
"""A header with so many known columns is not looked for any further."""
_LONGEST_LABEL = 100
_LOOKED_AT_BELOW = 20
_NAMES = ("head_name", "name", "cadre_name", "cadre_names")
_DIGITS = re.compile(r"\d{6}")
_YEARS = range(1949, 2100)


@dataclass(frozen=True, slots=True)
class Header:
    """The header's rows `[top, bottom)` as indices, its columns' labels, and what they mean.

    The last `hints` of these rows are no labels but tell how the columns are filled in: units, allowed
    values, numbers of columns, examples. A unit of 万元 among them stands in the label as well.
    """

    top: int
    bottom: int
    labels: Sequence[str]
    recognition: Recognition
    hints: int = 0

    @property
    def fields(self) -> Mapping[str, int]:
        """Field → column index."""
        return self.recognition.fields

    @property
    def last(self) -> int:
        """The index of the last row of labels."""
        return self.bottom - self.hints - 1

    @property
    def names(self) -> frozenset[int]:
        """The columns that hold names of people."""
        return frozenset(self.fields[name] for name in _NAMES if name in self.fields)

    def counts(self, grid: Grid) -> bool:
        """Whether figures stand where names should: then it is a table of statistics, not a roster."""
        below = grid.rows[self.bottom : self.bottom + _LOOKED_AT_BELOW]
        names = [self.fields[name] for name in _NAMES if name in self.fields]
        if self.recognition.spec.beside is not None:  # units or villages, and no columns but known ones
            names = [self.fields[name] for name in ("unit", "village") if name in self.fields]
            names += [place for place, label in enumerate(self.labels) if not label]
        written = ([row[place] for row in below if row[place] != ""] for place in names)
        return any(cells and all(isinstance(cell, int | float) for cell in cells) for cells in written)

    def spelled(self, index: int) -> Spelled:
        """The forms under which a column's label is looked up."""
        return _spelled(tuple(self.labels[index].split()))

    @property
    def _rank(self) -> tuple[int, int, int, int]:
        """How well the header explains its rows; a complete one may know one column less, but a row of
        data in which the word 户主 stands is none."""
        known, sure, _ = self.recognition.score
        return known + self.recognition.complete, sure, self.top - self.bottom, -self.top


def find_header(grid: Grid) -> Header | None:
    """The best header of the sheet's first rows; None when there is not one known label.

    It may be incomplete: `recognition.complete` says whether the sheet is a roster at all. Once one
    is found that explains several columns, only its own rows and the next may still better it: a title
    may stand above it, or its lower half below.
    """
    best: Header | None = None
    rows = [row[:_SEARCHED_COLUMNS] for row in grid.rows[: _SEARCHED_ROWS + _DEEPEST]]
    telling = [any(map(_tells, row)) for row in rows]
    for top in range(min(len(rows), _SEARCHED_ROWS)):
        if best is not None and _is_sure(best.recognition) and top > max(best.top + 1, best.bottom - 1):
            break
        for bottom in range(top + 1, min(top + _DEEPEST, len(rows)) + 1):
            if bottom > top + 1 and _is_data(rows[bottom - 1]):
                break
            found = _header(grid, rows, top, bottom) if telling[bottom - 1] else None
            if found is not None and (best is None or found._rank > best._rank):
                best = found
    return _with_hints(grid, best) if best is not None else None


def _is_sure(recognition: Recognition) -> bool:
    return recognition.complete and len(recognition.fields) >= _SURE


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether the row cannot be the lower part of a header: figures stand in it, other than years."""
    return any(
        _DIGITS.search(cell) is not None if isinstance(cell, str) else _is_figure(cell) for cell in row
    )


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, date | time | timedelta) or cell not in _YEARS


def _header(grid: Grid, rows: Sequence[Sequence[Cell]], top: int, bottom: int) -> Header | None:
    if not any(isinstance(cell, str) and cell for cell in rows[top]):
        return None
    pieces = _pieces(grid, rows[top:bottom], top)
    recognition = recognise([_spelled(label) for label in pieces])
    if not any(_word(rows[bottom - 1][place]) for place in recognition.fields.values()):
        return None  # its last row would say nothing that is known
    return Header(top, bottom, [" ".join(label) for label in pieces], recognition)


def _pieces(grid: Grid, rows: Sequence[Sequence[Cell]], top: int) -> list[tuple[str, ...]]:
    """Each column's label, from the group headings above it down to its own; empty without one.

    A group heading reaches to the right as far as columns below it have headings of their own; where
    headings are merged over several columns, exactly as far as it is merged.
    """
    merged = {
        (each.top - top, each.left): each.right
        for each in grid.merges
        if each.right > each.left and 0 <= each.top - top < len(rows) - 1
    }
    groups, reach = [""] * len(rows), [-1] * len(rows)
    labels = []
    for place, column in enumerate(zip(*rows, strict=True)):
        words = [_word(cell) for cell in column]
        lowest = max((level for level, word in enumerate(words) if word), default=-1)
        for level, word in enumerate(words):
            if word or level >= lowest or (merged and place > reach[level]):
                groups[level:] = [word if level < lowest else "", *[""] * (len(rows) - level - 1)]
                reach[level] = merged.get((level, place), place)
        above = (group for group in groups[: max(lowest, 0)] if group)
        labels.append((*above, words[lowest]) if lowest >= 0 else ())
    return labels


def _word(cell: Cell) -> str:
    """The cell as a heading in one line; numbers and long instructions are none."""
    return "".join(cell.split()) if isinstance(cell, str) and len(cell) <= _LONGEST_LABEL else ""


def _tells(cell: Cell) -> bool:
    """Whether a known label may end with the cell's words."""
    return isinstance(cell, str) and cell != "" and _ends_label(_word(cell))


@lru_cache(maxsize=20_000)
def _ends_label(word: str) -> bool:
    return any(each in _endings() for each in spellings(word))


@cache
def _endings() -> frozenset[str]:
    """Every ending of every known label."""
    known = {squeeze(word) for spec in SPECS for word in (*spec.sure, *spec.vague, *spec.ignored)}
    return frozenset(word[start:] for word in known for start in range(len(word)))


def _spelled(label: tuple[str, ...]) -> Spelled:
    """The label with all its group headings, then with fewer and fewer; of three and more parts also
    the first and the last alone."""
    if not label:
        return ()
    if "".join(label).isalnum() and not _ends_label(label[-1]):
        return label[-1:]  # nothing that is known ends so
    parts = [label[start:] for start in range(len(label))]
    if len(label) > 2:
        parts.insert(-1, (label[0], label[-1]))
    return tuple(word for part in parts for word in spellings("".join(part)))


def _with_hints(grid: Grid, header: Header) -> Header:
    """The header with the rows of hints below it, and its columns with the units these give.

    A column of a household's income that by its unit is of a person, or of another period, is none.
    """
    hints, units = hint_rows(grid, header.bottom, header.names, header.fields.get("note"))
    if not hints:
        return header
    labels = [
        f"{label}({units[place]})" if label and "元" in units.get(place, "") else label
        for place, label in enumerate(header.labels)
    ]
    fields, unknown = dict(header.fields), list(header.recognition.unknown)
    columns = header.recognition.spec.by_field
    for name, place in header.fields.items():
        unit, others = units.get(place, ""), _OTHER_UNITS.get(name)
        if columns[name].gives_other_figures(unit) or (others and others.search(unit)):
            unknown.append(fields.pop(name))
    recognition = replace(header.recognition, fields=fields, unknown=sorted(unknown))
    return Header(header.top, header.bottom + hints, labels, recognition, hints)


_OTHER_UNITS = {"income_month_fen": re.compile("人|年"), "income_year_fen": re.compile("人|月")}
