"""Rows of totals: no data, but a free check of it.

A total speaks of all rows, a subtotal of those since the one before or since a blank row; either may
stand above what it sums up, and one named after a place may speak of all rows of that place. Where it
is not told which is meant, one that agrees is enough: a false alarm costs the clerk more.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate
from math import isfinite
from typing import Any

from jiemin.domain.money import format_yuan
from jiemin.domain.roster import SheetKind
from jiemin.sheets.grid import Cell, Grid, shown
from jiemin.sheets.layout.header import Header

_WORD = r"(?:总|本页|全[市镇乡村县区])?(?:合|总|小|共|累)计"
_PLACE = r"(?P<place>.{0,20}?(?:村|社区|镇|街道|乡|市|县|区|组|页|居委会))?"
_SORT = r"(?P<sort>.{0,20}?(?:户|类|保|无|人员|家庭|对象|干部|[男女]|[数额入款]))?"
_COUNTS = r"(?:共?(?P<households>\d+)户)?[、,;]?(?:共?(?P<persons>\d+)[人口])?"
_TOTAL = re.compile(
    rf"(?:(?:{_PLACE}|{_SORT}){_WORD}[:(]?|(?:以上|本页|全[市镇乡村县区])?(?=共\d)){_COUNTS}[)]?[:。]?"
    r"|(?P<part>其中)[:,].{0,20}"
)
_COUNTED = re.compile(rf"(?=.*\d){_COUNTS}")
_FIGURE = re.compile(r"(?:共?\d{1,9}[户人口名个元][,、]?)*(?:\d{1,9}(?:\.\d+)?)?|[-—/…]+")
_SUMMED = ("size", "covered", "income_month_fen", "income_year_fen")
_OF_FAMILIES = frozenset({SheetKind.HOUSEHOLDS, SheetKind.PAIRINGS})
_OF_PERSONS = frozenset({SheetKind.MEMBERS, SheetKind.CADRES})
_HOUSEHOLD = ("household_no", "head_id", "head_name", "village")

Reading = Callable[[str, Cell], Any]
"""What a cell of a field's column says, None for nothing that can be compared."""
_Figures = Callable[[Sequence[int]], Iterator[int | None]]


def is_total(row: Sequence[Cell], subject: Collection[int], places: Collection[int]) -> bool:
    """Whether the row says 合计, 虹桥村小计, 共12户 or the like, and names nobody.

    A row with something in a `subject` column says so at one of the `places` if at all.
    """
    named = [row[place] for place in subject if row[place] != ""]
    cells = [row[place] for place in places] if named else row
    if not any(_total(cell) for cell in cells if cell.__class__ is str):
        return False
    told = map(_squeezed, named)
    return all(_FIGURE.fullmatch(cell) or _TOTAL.fullmatch(cell) for cell in told)


def _total(cell: Cell) -> re.Match[str] | None:
    if not isinstance(cell, str) or not ("计" in cell or "共" in cell or "其中" in cell):
        return None
    return _TOTAL.fullmatch(_squeezed(cell))


def _squeezed(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else str(cell)
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class _Total:
    """A row of totals: whose it is, by place, and the numbers of households and persons in words."""

    index: int
    words: Sequence[re.Match[str]]

    @property
    def comparable(self) -> bool:
        """Not a total of some sort of households only."""
        return not any(word["sort"] or word["part"] for word in self.words)

    @property
    def partial(self) -> bool:
        """Not of the whole sheet."""
        return any("小计" in word[0] or "本页" in word[0] for word in self.words)

    @property
    def place(self) -> str:
        """The village or town it is named after."""
        return next((word["place"] for word in self.words if word["place"]), "")

    @property
    def plain(self) -> str:
        """The word it is called by, without place and figures."""
        return next((re.sub(r"\d.*|[:(。]", "", word[0]) for word in self.words), "")[-2:]


@dataclass(frozen=True)
class Control:
    """The rows of a sheet against which its totals are held.

    `values` are the fields read of the rows at `indices`, taken or not, `faulty` the fields of each
    that could not be read, by position; `real` says which of them are rows and not blanks.
    """

    grid: Grid
    header: Header
    indices: Sequence[int]
    values: Sequence[Mapping[str, Any]]
    faulty: Mapping[int, Collection[str]]
    real: Sequence[bool]
    totals: Sequence[int]

    def differences(self, read: Reading) -> Iterator[tuple[int, str]]:
        """Column and words of every figure that agrees with no rows it may sum up."""
        for total in self._told:
            if total.comparable:
                yield from self._sums(total, read)
                yield from self._counts(total)

    @cached_property
    def _told(self) -> list[_Total]:
        rows = ((index, self.grid.rows[index]) for index in self.totals)
        return [_Total(index, [word for cell in row if (word := _total(cell))]) for index, row in rows]

    def _spans(self, total: _Total) -> Iterator[Sequence[int]]:
        """The rows, as positions, of which the total may speak, the likeliest first; never none."""
        at, end = total.index, len(self.grid.rows)
        before, after = self._neighbours[at]
        near = [(before, at), (at, after)]
        bounds = [*near, (-1, end)] if total.partial else [(-1, end), *near]
        bounds += [(self._same[at], at), (-1, at), (at, end), *self._blanks_around(at)]
        spans: list[Sequence[int]] = [
            range(bisect_left(self.indices, start + 1), bisect_left(self.indices, stop))
            for start, stop in dict.fromkeys(bounds)
        ]
        if total.place:
            spans.append(self._by_place.get(total.place, ()))
        return (span for span in spans if any(self.real[position] for position in span))

    @cached_property
    def _neighbours(self) -> Mapping[int, tuple[int, int]]:
        """For each total, the one before and the one after it."""
        bounds = [-1, *self.totals, len(self.grid.rows)]
        return {
            at: (before, after) for before, at, after in zip(bounds, bounds[1:], bounds[2:], strict=False)
        }

    @cached_property
    def _same(self) -> Mapping[int, int]:
        """For each total, the last one before it that goes by the same word."""
        found: dict[int, int] = {}
        last: dict[str, int] = {}
        for total in self._told:
            found[total.index] = last.get(total.plain, -1)
            last[total.plain] = total.index
        return found

    @cached_property
    def _by_place(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for position, row in enumerate(self.values):
            for place in {row.get("village", ""), row.get("town", "")}:
                found[place].append(position)
        return found

    @cached_property
    def _blank_rows(self) -> Sequence[int]:
        rows = self.grid.rows
        return [index for index in range(self.header.bottom, len(rows)) if not any(map(shown, rows[index]))]

    def _blanks_around(self, at: int) -> Iterator[tuple[int, int]]:
        """From the last blank row to the total, and from it to the next, blanks beside it not counted."""
        blank, number = self._blank_rows, bisect_left(self._blank_rows, at)
        above, below, nearest = number - 1, number, at
        while above >= 0 and blank[above] == nearest - 1:
            above, nearest = above - 1, nearest - 1
        yield (blank[above] if above >= 0 else -1), at
        nearest = at
        while below < len(blank) and blank[below] == nearest + 1:
            below, nearest = below + 1, nearest + 1
        yield at, (blank[below] if below < len(blank) else len(self.grid.rows))

    def _sums(self, total: _Total, read: Reading) -> Iterator[tuple[int, str]]:
        spec = self.header.recognition.spec
        for name in _SUMMED if spec.kind in _OF_FAMILIES else ():
            place = self.header.fields.get(name)
            stated = None if place is None else read(name, self.grid.rows[total.index][place])
            if place is None or stated is None:
                continue
            computed = self._contradiction(total, stated, partial(self._sum, name))
            if computed is not None:
                told = format_yuan if name.endswith("_fen") else str
                label, where = spec.by_field[name].label, self._where(total, place)
                yield place, f"“{label}”的合计（{where}）写着{told(stated)}，各行加起来是{told(computed)}"

    def _counts(self, total: _Total) -> Iterator[tuple[int, str]]:
        """The numbers of households and persons, in words or in the column of names."""
        recognition = self.header.recognition
        own = "persons" if recognition.spec.kind in _OF_PERSONS else "households"
        sums = {recognition.fields.get(name) for name in _SUMMED}
        for place, cell in enumerate(self.grid.rows[total.index]):
            told = _counted(cell) if place not in sums else {}
            if not told and place in self.header.names & recognition.subject:
                count = whole(cell)
                told = {} if count is None else {own: count}
            for unit, stated in told.items():
                computed = self._contradiction(total, stated, partial(self._count, unit))
                if computed is not None:
                    word = "户" if unit == "households" else "人"
                    where = self._where(total, place)
                    yield place, f"合计（{where}）写着{stated}{word}，名单里是{computed}{word}"

    def _where(self, total: _Total, place: int) -> str:
        return f"{self.grid.letters(place)}{self.grid.row_number(total.index)}"

    def _contradiction(self, total: _Total, stated: int, figures: _Figures) -> int | None:
        """The likeliest figure, if none agrees with what is stated and all can be told."""
        likeliest: int | None = None
        for span in self._spans(total):
            for figure in figures(span):
                if figure is None or figure == stated:
                    return None
                likeliest = figure if likeliest is None else likeliest
        return likeliest

    def _sum(self, name: str, span: Sequence[int]) -> Iterator[int | None]:
        """The sum over the rows; where a household may have several, also over the households. None
        when a row is not readable."""
        if isinstance(span, range):
            sums, faults = self._running[name]
            unreadable = faults[span.stop] - faults[span.start]
            yield None if unreadable else sums[span.stop] - sums[span.start]
        else:
            unreadable = any(name in self.faulty.get(position, ()) for position in span)
            yield None if unreadable else sum(self.values[position].get(name, 0) for position in span)
        if self.header.recognition.spec.kind is SheetKind.PAIRINGS:
            once = {self._household(position): position for position in reversed(span)}
            yield sum(self.values[position].get(name, 0) for position in once.values())

    @cached_property
    def _running(self) -> Mapping[str, tuple[Sequence[int], Sequence[int]]]:
        """Of each field, the sums and the numbers of unreadable cells of the first 0, 1, 2 … rows."""
        return {
            name: (
                [0, *accumulate(row.get(name, 0) for row in self.values)],
                [0, *accumulate(name in self.faulty.get(each, ()) for each in range(len(self.values)))],
            )
            for name in _SUMMED
        }

    def _count(self, unit: str, span: Sequence[int]) -> Iterator[int | None]:
        kind = self.header.recognition.spec.kind
        rows = [position for position in span if self.real[position]]
        if unit == "persons" and kind not in _OF_PERSONS:
            told = kind in _OF_FAMILIES and "size" in self.header.fields
            yield from self._sum("size", span) if told else [None]
            return
        if unit == "persons" or kind is not SheetKind.MEMBERS:
            yield len(rows)
        if unit == "households":
            yield len({self._household(position) for position in rows})

    def _household(self, position: int) -> object:
        values = self.values[position]
        number = values.get("head_id")
        told = [number.number if name == "head_id" and number else values.get(name) for name in _HOUSEHOLD]
        return tuple(told) if any(told[:3]) else position


def _counted(cell: Cell) -> dict[str, int]:
    """Households and persons as a cell of a total counts them in words: 合计12户35人, 12户."""
    words = _total(cell) or (_COUNTED.fullmatch(_squeezed(cell)) if isinstance(cell, str) else None)
    return {unit: int(words[unit]) for unit in ("households", "persons") if words and words[unit]}


def whole(cell: Cell) -> int | None:
    """A whole number of households or persons; None for whatever else stands there."""
    if isinstance(cell, str):
        match = re.fullmatch(r"共?(\d+)[人口户]?", _squeezed(cell))
        return int(match[1]) if match else None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell):
        return None
    return int(cell) if cell == int(cell) and cell >= 0 else None
