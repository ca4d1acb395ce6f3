"""The workbook of faulty rows: the clerk's own sheet with the reasons beside, to be mended and
imported again.

Only what has to be looked at goes in: what stands above the table, the header, and the rows that
were left out or warned of. Everything is written as it was, numbers of identity as text cells, so
that what the clerk types over them stays whole.
"""

import hashlib
import io
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
from jiemin.domain.roster import RosterFile, RosterSheet, SheetKind
from jiemin.sheets.excerpt import Excerpt
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.layout.shape import PROBLEM_COLUMN
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
from jiemin.sheets.writer import save_workbook

_TITLE = "结民导入问题表"
_SEAL = "docProps/seal.xml"
"""The part of the file that says how its other parts were; no other program keeps it."""
_REJECTED = PatternFill("solid", fgColor="FFFFC7CE")
_WARNED = PatternFill("solid", fgColor="FFFFEB9C")
_REASON_WIDTH = 60.0
_LONGEST_WORD = 10.0
"""What a line of reasons may lose at its end, since numbers do not break."""
_WIDEST = 30.0
_FORM_WIDTH = 20.0
_MOST_ROWS = 5000
"""When more is wrong the clerk mends the sheet itself; thousands of examples help nobody."""
_MOST_COMMENTS = 1000
_LOOKED_AT = 100
_LONG_NUMBER = 10**11


def write_error_workbook(
    path: Path, roster: RosterFile, problems: Sequence[Problem], target: Path, *, entered: bool = True
) -> Path:
    """Save the faulty rows of `path`, each with its reasons in a first column, as `target`; `entered` says
    that the other rows went in.

    An earlier workbook of this kind is replaced, unless somebody has worked on it: like any other
    file it then stays, and the next number is taken, 名册-问题2.xlsx. Answers the file written.
    Faults of no single row do not appear. Raises `SaveError` when it cannot be saved, `JieminError`
    when `path` has changed.
    """
    while target.exists() and not is_untouched(target):
        target = _next(target)
    faults: dict[str, dict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for each in problems:
        if each.row is not None:
            faults[each.sheet][each.row].append(each)
    wanted: dict[str, Sequence[int]] = {
        sheet.name: _whole_households(sheet, _listed(faults[sheet.name]))
        for sheet in roster.sheets
        if sheet.name in faults
    }
    workbook = new_workbook()
    workbook.properties.title = _TITLE
    for excerpt in read_excerpts(path, wanted, roster.sha256):
        add = _add_form if excerpt.is_form else _add_sheet
        add(workbook, excerpt, faults[excerpt.name], _TAKEN if entered else _NOT_YET)
    save_workbook(workbook, target, seal=_seal)
    return target


def is_untouched(path: Path) -> bool:
    """Whether the file is a workbook of faulty rows just as it was written; whatever saves it
    again makes another of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(_SEAL) == _fingerprint(archive)
    except Exception:  # noqa: BLE001 - broken archives fail in a dozen ways
        return False


def _seal(content: io.BytesIO) -> None:
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(zipfile.ZipInfo(_SEAL), _fingerprint(archive))


def _fingerprint(archive: zipfile.ZipFile) -> bytes:
    """A digest of all parts but the seal, from the archive's own directory."""
    parts = sorted(
        (part.filename, part.CRC, part.file_size) for part in archive.infolist() if part.filename != _SEAL
    )
    return f"<seal>{hashlib.sha256(repr(parts).encode()).hexdigest()}</seal>".encode()


def _next(path: Path) -> Path:
    stem = path.stem.rstrip("0123456789")
    return path.with_name(f"{stem}{int(path.stem[len(stem) :] or 1) + 1}.xlsx")


def _listed(faults: Mapping[int, Sequence[Problem]]) -> Sequence[int]:
    """The rows to list: those left out before those warned of, and not without end."""
    return sorted(faults, key=lambda row: (not _rejected(faults[row]), row))[:_MOST_ROWS]


def _whole_households(sheet: RosterSheet, rows: Sequence[int]) -> Sequence[int]:
    """These rows; of a plan, with the other rows of their households, since a plan of pairing ends the
    pairs of a household that it does not list."""
    if sheet.kind is not SheetKind.PLAN:
        return rows
    meant = {row.number: str(row.values.get("household_no", "")).upper() for row in sheet.rows}
    homes = {meant[row] for row in rows if row in meant}
    return sorted({*rows, *(row for row, home in meant.items() if home in homes)})


def _add_form(
    workbook: Workbook, excerpt: Excerpt, faults: Mapping[int, Sequence[Problem]], otherwise: str
) -> None:
    """The whole form as it was, one column further to the right, with the reasons beside their rows."""
    sheet: Worksheet = workbook.create_sheet(_sheet_name(excerpt.name))
    everywhere = frozenset(range(2, len(excerpt.rows[0][1]) + 2))
    for row, (_, cells) in enumerate(excerpt.rows, start=1):
        _write_row(sheet, row, cells, everywhere)
    put(sheet, 1, 1, PROBLEM_COLUMN, Look.HEAD)
    _merge(sheet, excerpt)
    spans = {(each.top, each.left): each.right - each.left + 1 for each in excerpt.merges}
    for row, (number, cells) in enumerate(excerpt.rows):
        lines = (
            lines_needed(shown(cell), _FORM_WIDTH * spans.get((row, column), 1))
            for column, cell in enumerate(cells)
        )
        _mark(sheet, row + 1, faults.get(number, ()), excerpt, otherwise, least=max(lines))
    set_widths(sheet, [_REASON_WIDTH, *[_FORM_WIDTH] * len(everywhere)])
    set_page(sheet, last_row=sheet.max_row, last_column=sheet.max_column)


def _add_sheet(
    workbook: Workbook, excerpt: Excerpt, faults: Mapping[int, Sequence[Problem]], otherwise: str
) -> None:
    sheet: Worksheet = workbook.create_sheet(_sheet_name(excerpt.name))
    _write_head(sheet, excerpt)
    as_text = frozenset(place + 2 for place in excerpt.as_text)
    first = len(excerpt.head) + 1
    for row, (number, cells) in enumerate(excerpt.rows, start=first):
        _write_row(sheet, row, cells, as_text)
        _mark(sheet, row, faults.get(number, ()), excerpt, otherwise)
        if number not in faults:
            put(sheet, row, 1, _KEPT, Look.TEXT)
    left_out = len(faults.keys() - {number for number, _ in excerpt.rows})
    if left_out:
        words = f"还有{left_out}行有问题，没有列在这里，请在原表里改"
        put(sheet, first + len(excerpt.rows), 1, words, Look.TEXT)
    set_widths(sheet, _widths(excerpt, as_text))
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
    _merge(sheet, excerpt)
    depth = len(excerpt.head) - excerpt.header_top
    put_merged(sheet, excerpt.header_top + 1, 1, 1, PROBLEM_COLUMN, Look.HEAD, depth)


def _merge(sheet: Worksheet, excerpt: Excerpt) -> None:
    for each in excerpt.merges:
        sheet.merge_cells(
            start_row=each.top + 1,
            end_row=each.bottom + 1,
            start_column=each.left + 2,
            end_column=each.right + 2,
        )


def _write_row(sheet: Worksheet, row: int, cells: Sequence[Cell], as_text: frozenset[int]) -> None:
    for column, cell in enumerate(cells, start=2):
        if isinstance(cell, date):
            look = Look.DATE
        else:
            look = Look.CODE if isinstance(cell, str) or column in as_text else Look.TEXT
        put(sheet, row, column, _value(cell), look)


def _mark(
    sheet: Worksheet, row: int, faults: Sequence[Problem], excerpt: Excerpt, otherwise: str, *, least: int = 1
) -> None:
    """What became of the row and the reasons in the first column, and each faulty cell coloured, with its
    own reason. `otherwise` is what became of a row that was not left out.

    The row is made high enough for the reasons, and for as many lines as it needs at `least`.
    """
    for fault in faults:
        letters = fault.cell.rstrip("0123456789")
        if letters:
            column = _place(letters, excerpt)
            cell = sheet.cell(row, column)
            cell.fill = _colour([fault])
            if fault.code in _LOST:  # a text cell takes all digits; what is left of the number misleads
                put(sheet, row, column, None, Look.CODE)
                cell.fill = _colour([fault])
            if row <= _MOST_COMMENTS:
                cell.comment = Comment(_reason(fault), "结民", height=90, width=260)
    first = sorted(faults, key=lambda each: each.severity is not Severity.REJECT)
    fate = _LEFT_OUT if _rejected(faults) else otherwise
    reasons = "\n".join([fate, *(f"{_address(each)} {_reason(each)}" for each in first)])
    set_height(sheet, row, max(lines_needed(reasons, _REASON_WIDTH - _LONGEST_WORD), least))
    if faults:
        put(sheet, row, 1, reasons, Look.TEXT)
        sheet.cell(row, 1).fill = _colour(faults)


_LEFT_OUT = "没有导入，改好后再导入"
_TAKEN = "已经导入，核对即可；改了格子才要再导入"
_NOT_YET = "请核对；整份名册都还没有导入"
_KEPT = "这一行没有问题，和同一户的行一起留着"
_LOST = frozenset(["J103", "J309", "J312"])
"""Numbers that have lost digits: the cell is left empty for the right one, the old stands in the reason."""


def _address(fault: Problem) -> str:
    """Where the fault lies in the clerk's own sheet, not in this one."""
    return f"原表第{fault.cell}行" if fault.cell.isdecimal() else f"原表{fault.cell}"


def _reason(fault: Problem) -> str:
    value = f"（原来填的 {fault.value}）" if fault.code in _LOST and fault.value else ""
    return f"{fault.severity.label} {fault.code} {fault.message}{value}；{fault.kind.remedy}"


def _colour(faults: Sequence[Problem]) -> PatternFill:
    return _REJECTED if _rejected(faults) else _WARNED


def _rejected(faults: Sequence[Problem]) -> bool:
    return any(each.severity is Severity.REJECT for each in faults)


def _place(letters: str, excerpt: Excerpt) -> int:
    """The column of the new sheet, counted from 1, that held these letters in the clerk's own."""
    return column_index_from_string(letters) - excerpt.left + 1


def _value(cell: Cell) -> Any:
    return None if cell == "" else cell


def _widths(excerpt: Excerpt, as_text: frozenset[int]) -> list[float]:
    """Wide enough for what most cells hold, narrow enough to see the whole row.

    Text wraps, but a date or a long number shows as ### in a cell that is too narrow; the long
    number as 3.30483195003141E+17 in one of text, so that what is typed over it stays whole.
    """
    rows = [*excerpt.head[excerpt.header_top :], *(cells for _, cells in excerpt.rows)]
    widths = []
    for place, column in enumerate(zip(*rows, strict=True), start=2):
        seen = (cell for row, cell in enumerate(column) if row < _LOOKED_AT or isinstance(cell, date))
        width = min(max(max(text_width(shown(cell)[:40]) for cell in seen) + 4.0, 7.0), _WIDEST)
        widths.append(_WIDEST if place in as_text and any(map(_is_long_number, column)) else width)
    return [_REASON_WIDTH, *widths]


def _is_long_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and abs(cell) >= _LONG_NUMBER
