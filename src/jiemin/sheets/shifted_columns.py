"""Columns whose cells slipped into the neighbour's: said once of the column, not of every cell."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from jiemin.domain.problems import CATALOGUE, Severity, problem
from jiemin.domain.roster import RosterSheet
from jiemin.sheets.columns.spec import Column
from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.header import Header
from jiemin.sheets.values.cell import Faulty, read_cell
from jiemin.sheets.values.figures import account, number_given
from jiemin.sheets.values.people import name, names
from jiemin.sheets.values.visits import visitors
from jiemin.sheets.values.words import pairing_note, text

_FEWEST = 5
_MOST = 0.75
_TAKE_ANYTHING = frozenset([text, pairing_note, name, names, visitors, number_given, account])
"""Readers that tell nothing of what a column holds, since they take whatever is written."""

Faults = MutableMapping[int, list[tuple[str, str, str, str]]]
"""Position of the row → field, catalogue code, detail, value of each fault."""


def leave_out_shifted(
    sheet: RosterSheet,
    grid: Grid,
    header: Header,
    indices: Sequence[int],
    values: Sequence[dict[str, Any]],
    faults: Faults,
    today: date,
) -> None:
    """Report each column of which three cells in four cannot be read, but by another column's reader can.

    Its faulty cells are left out, and only those that reject their rows are still told one by one. A
    column of fewer than five cells shows nothing.
    """
    columns = {each: header.recognition.spec.by_field[each] for each in header.fields}
    faulty: dict[str, list[int]] = {}
    for position, found in faults.items():
        for field in {field for field, _, _, _ in found}:
            faulty.setdefault(field, []).append(position)
    for field, place in sorted(header.fields.items(), key=itemgetter(1)):
        positions = faulty.get(field, [])
        if len(positions) < _FEWEST:
            continue
        filled = sum(grid.rows[index][place] != "" for index in indices)
        if len(positions) < _MOST * filled:
            continue
        cells = [grid.rows[indices[position]][place] for position in positions]
        meant = _meant(columns, header.fields, field, cells, today)
        if meant is not None:
            detail = f"“{columns[field].label}”一列里像是“{meant.label}”"
            where = sheet.columns[field]
            sheet.problems.append(problem("J314", detail, file=sheet.file, sheet=sheet.name, cell=where))
            _leave_out(field, positions, values, faults)


def _meant(
    columns: Mapping[str, Column],
    places: Mapping[str, int],
    field: str,
    cells: Sequence[Cell],
    today: date,
) -> Column | None:
    """The nearest other column that could read most of the cells."""
    others = [each for each in columns.values() if each.field != field and each.read not in _TAKE_ANYTHING]
    for other in sorted(others, key=lambda each: abs(places[each.field] - places[field])):
        read = [read_cell(other.read, cell, today) for cell in cells]
        if sum(found is not None and not isinstance(found, Faulty) for found in read) >= _MOST * len(cells):
            return other
    return None


def _leave_out(
    field: str, positions: Sequence[int], values: Sequence[dict[str, Any]], faults: Faults
) -> None:
    for position in positions:
        kept = [fault for fault in faults[position] if fault[0] != field or _rejects(fault[1])]
        if len(kept) < len(faults[position]):
            values[position].pop(field, None)
            faults[position] = kept


def _rejects(code: str) -> bool:
    return CATALOGUE[code].severity is Severity.REJECT
