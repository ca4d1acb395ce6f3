"""The workbook of faulty rows: the clerk's own sheet with the reasons beside, to be mended and
imported again.

Only what has to be looked at goes in: what stands above the table, the header, and the rows that
were left out or warned of. Everything is written as it was, numbers of identity as text cells, so
that what the clerk types over them stays whole.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.problems import Problem, Severity
from jiemin.domain.roster import RosterFile, RosterSheet
from jiemin.sheets.excerpt import Excerpt
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.reader import read_excerpts
from jiemin.sheets.style import (
    Look,
    lines_needed,
    new_workbook,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    text_width,
)
from jiemin.sheets.writer import SaveError, save_workbook

PROBLEM_COLUMN = "问题"
_OURS = "结民导入问题表"
_REJECTED = PatternFill("solid", fgColor="FFFFC7CE")
_WARNED = PatternFill("solid", fgColor="FFFFEB9C")
_REASON_WIDTH = 60.0
_MOST_ROWS = 5000
"""When more is wrong the clerk mends the sheet itself; thousands of examples help nobody."""
_MOST_COMMENTS = 1000
_LOOKED_AT = 100
_KEPT_AS_TEXT = frozenset(
    "head_id person_id certificate account household_no cadre_no phones cadre_phones".split()
)


def write_error_workbook(path: Path, roster: RosterFile, problems: Sequence[Problem], target: Path) -> None:
    """Save the faulty rows of `path`, each with its reasons in a first column, as `target`.

    An earlier workbook of this kind is replaced, any other file is not. Faults of no single row do
    not appear. Raises `SaveError` when it cannot be saved, `JieminError` when `path` has changed.
    """
    _refuse_foreign(target)
    faults: dict[str, dict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for each in problems:
        if each.row is not None:
            faults[each.sheet][each.row].append(each)
    sheets = {sheet.name: sheet for sheet in roster.sheets}
    wanted = {name: _listed(rows) for name, rows in faults.items() if name in sheets}
    workbook = new_workbook()
    workbook.properties.title = _OURS
    for excerpt in read_excerpts(path, wanted, roster.sha256):
        _add_sheet(workbook, excerpt, sheets[excerpt.name], faults[excerpt.name])
    save_workbook(workbook, target)


def _listed(faults: Mapping[int, Sequence[Problem]]) -> Sequence[int]:
    """The rows to list: those left out before those warned of, and not without end."""
    return sorted(faults, key=lambda row: (not _rejected(faults[row]), row))[:_MOST_ROWS]


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    try:
        with zipfile.ZipFile(target) as archive:
            ours = _OURS.encode() in archive.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        ours = False
    if not ours:
        raise SaveError(f"“{target.name}”已经有了，不是本程序写的，没有覆盖", "请把它改名或移走，再导入一次")


def _add_sheet(
    workbook: Workbook, excerpt: Excerpt, roster: RosterSheet, faults: Mapping[int, Sequence[Problem]]
) -> None:
    sheet: Worksheet = workbook.create_sheet(_sheet_name(excerpt.name))
    _write_head(sheet, excerpt)
    as_text = frozenset(
        _place(letters, excerpt) for name, letters in roster.columns.items() if name in _KEPT_AS_TEXT
    )
    first = len(excerpt.head) + 1
    for row, (number, cells) in enumerate(excerpt.rows, start=first):
        _write_row(sheet, row, cells, as_text)
        _mark(sheet, row, faults[number], excerpt)
    left_out = len(faults) - len(excerpt.rows)
    if left_out:
        words = f"还有{left_out}行有问题，没有列在这里，请在原表里改"
        put(sheet, first + len(excerpt.rows), 1, words, Look.TEXT)
    set_widths(sheet, _widths(excerpt))
    sheet.freeze_panes = f"B{first}"
    header = (excerpt.header_top + 1, len(excerpt.head))
    set_page(sheet, last_row=sheet.max_row, last_column=sheet.max_column, header=header)


def _sheet_name(name: str) -> str:
    """The sheet's name, without what a file name may hold and a sheet name may not."""
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "Sheet1"


def _write_head(sheet: Worksheet, excerpt: Excerpt) -> None:
    """Title and header as they stood, one column further to the right."""
    for row, cells in enumerate(excerpt.head, start=1):
        look = Look.HEAD if row > excerpt.header_top else Look.LEFT
        for column, cell in enumerate(cells, start=2):
            if cell != "" or look is Look.HEAD:
                put(sheet, row, column, _value(cell), look)
        if look is Look.HEAD:
            set_height(sheet, row, max(shown(cell).count("\n") + 1 for cell in cells))
    for each in excerpt.merges:
        sheet.merge_cells(
            start_row=each.top + 1,
            end_row=each.bottom + 1,
            start_column=each.left + 2,
            end_column=each.right + 2,
        )
    depth = len(excerpt.head) - excerpt.header_top
    put_merged(sheet, excerpt.header_top + 1, 1, 1, PROBLEM_COLUMN, Look.HEAD, depth)


def _write_row(sheet: Worksheet, row: int, cells: Sequence[Cell], as_text: frozenset[int]) -> None:
    for column, cell in enumerate(cells, start=2):
        if isinstance(cell, date):
            look = Look.DATE
        else:
            look = Look.CODE if isinstance(cell, str) or column in as_text else Look.TEXT
        put(sheet, row, column, _value(cell), look)


def _mark(sheet: Worksheet, row: int, faults: Sequence[Problem], excerpt: Excerpt) -> None:
    """The reasons in the first column, and each faulty cell coloured, with its own reason."""
    for fault in faults:
        letters = fault.cell.rstrip("0123456789")
        if letters:
            cell = sheet.cell(row, _place(letters, excerpt))
            cell.fill = _colour([fault])
            if row <= _MOST_COMMENTS:
                cell.comment = Comment(_reason(fault), "结民", height=90, width=260)
    first = sorted(faults, key=lambda each: each.severity is not Severity.REJECT)
    reasons = "\n".join(f"{each.cell} {_reason(each)}" for each in first)
    put(sheet, row, 1, reasons, Look.TEXT)
    set_height(sheet, row, lines_needed(reasons, _REASON_WIDTH))
    sheet.cell(row, 1).fill = _colour(faults)


def _reason(fault: Problem) -> str:
    return f"{fault.severity.label} {fault.code} {fault.message}；{fault.kind.remedy}"


def _colour(faults: Sequence[Problem]) -> PatternFill:
    return _REJECTED if _rejected(faults) else _WARNED


def _rejected(faults: Sequence[Problem]) -> bool:
    return any(each.severity is Severity.REJECT for each in faults)


def _place(letters: str, excerpt: Excerpt) -> int:
    """The column of the new sheet, counted from 1, that held these letters in the clerk's own."""
    return column_index_from_string(letters) - excerpt.left + 1


def _value(cell: Cell) -> Any:
    return None if cell == "" else cell


def _widths(excerpt: Excerpt) -> list[float]:
    """Wide enough for what most cells hold, narrow enough to see the whole row."""
    rows = [*excerpt.head[excerpt.header_top :], *(cells for _, cells in excerpt.rows[:_LOOKED_AT])]
    widths = [max(text_width(shown(cell)[:40]) for cell in column) for column in zip(*rows, strict=True)]
    return [_REASON_WIDTH, *(min(max(width + 4.0, 7.0), 30.0) for width in widths)]
