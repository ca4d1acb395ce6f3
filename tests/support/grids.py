"""Sheets as the reader sees them, and what is read from one, without any file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from jiemin.domain.roster import RosterSheet
from jiemin.sheets.grid import Grid, Merge
from jiemin.sheets.layout.header import find_header
from jiemin.sheets.sheet_reading import read_sheet
from jiemin.sheets.values.cell import Faulty, Reader, read_cell

TODAY = date(2014, 6, 30)


def grid(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = (), **more: Any) -> Grid:
    """A sheet of these rows, short ones filled up with blanks; None is a blank cell."""
    width = max(len(row) for row in rows)
    cells = [[("" if cell is None else cell) for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    return Grid("表", cells, merges=[Merge(*each) for each in merges], **more)


def read(*rows: Sequence[Any], **more: Any) -> RosterSheet:
    """What is read from a sheet that must be a roster."""
    made = grid(*rows, **more)
    header = find_header(made)
    assert header is not None
    assert header.recognition.complete, header.recognition.missing
    return read_sheet(made, header, "名册.xlsx", TODAY)


def values(sheet: RosterSheet) -> list[dict[str, Any]]:
    """The fields of each row taken."""
    return [dict(row.values) for row in sheet.rows]


def faults(sheet: RosterSheet) -> list[tuple[str, str]]:
    """(code, cell) of each problem, in order."""
    return [(each.code, each.cell) for each in sheet.problems]


def reading(reader: Reader, cell: Any) -> Any:
    """What one cell says."""
    return read_cell(reader, cell, TODAY)


def codes_of(found: Any) -> list[str]:
    """The catalogue codes of a cell that must be faulty."""
    assert isinstance(found, Faulty), found
    return [fault for fault, _ in found.faults]
