"""What is known, as rosters in the columns of the empty forms: to be mended and imported again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.money import yuan
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.spec import Column, Holds
from jiemin.sheets.forms.roster_sheet import (
    FIRST_ROW,
    LOOKS,
    SPEC_OF,
    add_roster_sheet,
    refuse_existing,
)
from jiemin.sheets.style import CellValue, Look, new_workbook, put
from jiemin.sheets.writer import save_workbook


def write_rosters(
    rosters: Mapping[SheetKind, Sequence[Mapping[str, Any]]], path: Path, towns: Sequence[str]
) -> None:
    """Save a sheet of each kind, one row for each mapping of the roster's fields to values in full.

    Raises `SaveError` when it cannot be saved, or when there is such a file already.
    """
    refuse_existing(path)
    workbook = new_workbook()
    for kind, rows in rosters.items():
        sheet = add_roster_sheet(workbook, kind, towns)
        for number, row in enumerate(rows, start=1):
            _write_row(sheet, number, SPEC_OF[kind].columns, row)
    save_workbook(workbook, path)


def _write_row(sheet: Worksheet, number: int, columns: Sequence[Column], row: Mapping[str, Any]) -> None:
    line = FIRST_ROW + number - 1
    put(sheet, line, 1, number, Look.COUNT)
    for place, column in enumerate(columns, start=2):
        value = _cell(column, row.get(column.field))
        if value is not None:
            put(sheet, line, place, value, LOOKS.get(column.holds, Look.CODE))


def _cell(column: Column, value: Any) -> CellValue:
    """The value as its column writes it; None for what is not known."""
    if value is None or (isinstance(value, str | tuple | list) and not value):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple | list):
        return "、".join(value)
    if column.holds in {Holds.MONEY, Holds.AREA}:  # both are kept in hundredths
        return yuan(value)
    return value if column.holds in LOOKS else str(value)
