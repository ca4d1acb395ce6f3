"""Reading a file's cells, whatever wrote it.

The fast reader leaves out blank rows and columns at the top and left (`Grid.top`, `Grid.left` tell
of them) and shows failed formulas as blanks. What it cannot read of an .xlsx, openpyxl may.
"""

import io
import warnings
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

import python_calamine

from jiemin.errors import JieminError
from jiemin.sheets.gate import FileFormat, damaged, locked
from jiemin.sheets.grid import Cell, Grid, Merge
from jiemin.sheets.ods_merges import ods_merges
from jiemin.sheets.text_table import read_text
from jiemin.sheets.xlsx_parts import XlsxSheet, look_through

_MOST_ROWS = 500_000
_MOST_CELLS = 12_000_000
_LONGEST_CELL = 32_767
"""Spreadsheets let a cell hold no more characters."""

Ranges: TypeAlias = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""First and last cell of merges, as row and column of the sheet counted from 0."""


def read_cells(content: bytes, found: FileFormat, file: str) -> list[Grid]:
    """The file's sheets in order; raises `JieminError` when they cannot be read or are too large."""
    if found is FileFormat.TEXT:
        grid = read_text(content, file)
        _check_size(file, grid.name, len(grid.rows), max(map(len, grid.rows), default=0))
        return [grid]
    parts = look_through(content, file) if found is FileFormat.OOXML else {}
    try:
        grids = _read_fast(content, file, ods_merges(content, file) if found is FileFormat.ODS else {})
        _check_lengths(file, grids)
        _mark_failed(grids, parts)
        return grids
    except (JieminError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except python_calamine.PasswordError:
        raise locked(file) from None
    except BaseException:  # noqa: BLE001 - a panic inside the reader is no Exception
        if found is not FileFormat.OOXML:
            raise damaged(file) from None
    grids = _read_slowly(content, file, parts)
    _check_lengths(file, grids)
    return grids


def _read_fast(content: bytes, file: str, merged: Mapping[str, Ranges]) -> list[Grid]:
    """With calamine, which tells no merged cells of an .ods; they are `merged`."""
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    grids = []
    for about in workbook.sheets_metadata:
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        _check_size(file, about.name, sheet.height, sheet.width)
        hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
        top, left = sheet.start or (0, 0)
        merges = _merges(sheet.merged_cell_ranges or merged.get(about.name, ()), top, left)
        _check_merges(file, about.name, merges, sheet.height, sheet.width)
        grids.append(Grid(about.name, sheet.to_python(), top, left, merges, hidden))
    return grids


def _mark_failed(grids: Sequence[Grid], parts: Mapping[str, XlsxSheet]) -> None:
    """Put back the names of failed formulas, so that they are not taken for blank cells."""
    for grid in grids:
        for (row, column), error in parts[grid.name].failed if grid.name in parts else ():
            y, x = row - grid.top, column - grid.left
            if 0 <= y < len(grid.rows) and 0 <= x < len(grid.rows[y]):
                grid.rows[y][x] = error


def _merges(ranges: Ranges, top: int, left: int) -> list[Merge]:
    merges = (Merge(y - top, x - left, last_y - top, last_x - left) for (y, x), (last_y, last_x) in ranges)
    return [each for each in merges if each.top >= 0 and each.left >= 0]


def _read_slowly(content: bytes, file: str, parts: Mapping[str, XlsxSheet]) -> list[Grid]:
    """With openpyxl, which names failed formulas itself; the merged cells come from `parts`."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            grids = []
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()
                rows = [_trimmed(row) for row in islice(sheet.iter_rows(values_only=True), _MOST_ROWS + 1)]
                grid = _squared(sheet.title, rows, file, hidden=sheet.sheet_state != "visible")
                merged = parts[sheet.title].merged if sheet.title in parts else ()
                grid.merges = _merges(merged, 0, 0)
                _check_merges(file, grid.name, grid.merges, len(rows), len(rows[0]) if rows else 0)
                grids.append(grid)
            return grids
    except (JieminError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the file is at fault
        raise damaged(file) from None


def _trimmed(row: Sequence[Any]) -> list[Cell]:
    cells: list[Cell] = ["" if cell is None else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _squared(name: str, rows: list[list[Cell]], file: str, *, hidden: bool) -> Grid:
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    _check_size(file, name, len(rows), width)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Grid(name, rows, hidden=hidden)


def _check_size(file: str, sheet: str, rows: int, columns: int) -> None:
    if rows <= _MOST_ROWS and rows * columns <= _MOST_CELLS:
        return
    raise JieminError(
        f"“{file}”的工作表“{sheet}”有{rows}行{columns}列，大得异常",
        "请删去名单下方和右侧多余的行和列；名单确有这么长，请分成几个文件导入",
    )


def _check_merges(file: str, sheet: str, merges: Sequence[Merge], rows: int, columns: int) -> None:
    """Merged cells that cover more than the sheet has lie over each other, which only a trap's do."""
    covered = sum(
        max(min(each.bottom + 1, rows) - each.top, 0) * max(min(each.right + 1, columns) - each.left, 0)
        for each in merges
    )
    if covered > rows * columns:
        raise JieminError(
            f"“{file}”的工作表“{sheet}”里，合并的单元格互相重叠", "请取消这些合并，存好后再导入"
        )


def _check_lengths(file: str, grids: Sequence[Grid]) -> None:
    for grid in grids:
        texts = ([cell for cell in row if cell.__class__ is str] for row in grid.rows)
        if any(max(map(len, row), default=0) > _LONGEST_CELL for row in texts):
            raise JieminError(
                f"“{file}”的工作表“{grid.name}”有一格超过{_LONGEST_CELL}个字，不像名单",
                "请新建一个工作簿，只把名单复制过去，存好后再导入",
            )
