"""What only logs of visits need: days of a stated year, money merged over several visits, rows that wait."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.grid import Grid, shown
from jiemin.sheets.layout.header import Header

_YEAR_STATED, _MERGED_MONEY = "J614", "J615"
_MONEY = "visit_gift_fen"

Faults = Mapping[int, list[tuple[str, str, str, str]]]
"""Position of the row → field, catalogue code, detail, value of each fault."""


def year_stated(sheet: RosterSheet, faults: Faults, values: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Say once of the sheet, not of each cell, that its days without a year are of the year it states."""
    years: set[int] = set()
    for position, found in faults.items():
        years |= {values[position][name].year for name, code, *_ in found if code == _YEAR_STATED}
        found[:] = [each for each in found if each[1] != _YEAR_STATED]
    if years:
        detail = f"{'、'.join(map(str, sorted(years)))}年"
        yield problem(_YEAR_STATED, detail, file=sheet.file, sheet=sheet.name)


def merged_money(sheet: RosterSheet, grid: Grid, header: Header) -> Iterator[Problem]:
    """Name each amount that is merged over several visits: it counts for the first of them alone, and nobody
    can tell whether all of them share it."""
    place = header.fields.get(_MONEY)
    if place is None or sheet.kind is not SheetKind.VISITS:
        return
    for each in grid.merges:
        cell = grid.rows[each.top][place] if each.left == place and each.top >= header.bottom else ""
        if cell != "" and each.bottom > each.top:
            detail = f"第{grid.row_number(each.top)}至{grid.row_number(each.bottom)}行"
            where = f"{grid.letters(place)}{grid.row_number(each.top)}"
            yield problem(
                _MERGED_MONEY, detail, file=sheet.file, sheet=sheet.name, cell=where, value=shown(cell)
            )


class WaitingRows:
    """The rows of a form handed out that nobody has filled in yet."""

    def __init__(self, header: Header) -> None:
        spec = header.recognition.spec
        own = (word for place in range(len(header.labels)) for word in header.spelled(place))
        self._to_fill_in = spec.filled_in if any(word in spec.handed_out for word in own) else None
        self._blank: set[str] = set()
        self._filled_in: set[str] = set()

    def takes(self, row: Mapping[str, Any], faults: Sequence[tuple[str, str, str, str]]) -> bool:
        """Whether the row waits: nothing of a visit stands in it, not even anything that cannot be read."""
        if self._to_fill_in is None:
            return False
        told = self._to_fill_in & {*row, *(name for name, *_ in faults)}
        (self._filled_in if told else self._blank).add(_household(row))
        return not told

    def tell(self, sheet: RosterSheet) -> None:
        """Add to the sheet which households wait with all their rows, and which do not."""
        sheet.left_blank |= self._blank - self._filled_in - {""}
        sheet.filled_in |= self._filled_in


def _household(row: Mapping[str, Any]) -> str:
    parts = (row.get("household_no"),) if row.get("household_no") else map(row.get, _NAMED)
    return " ".join(str(part) for part in parts if part).upper()


_NAMED = ("head_name", "village", "town")
