"""Reading a file's cells, whatever wrote it.

The fast reader leaves out blank rows and columns at the top and left (`Grid.top`, `Grid.left` tell
of them) and shows failed formulas as blanks. What it cannot read of an .xlsx, openpyxl may.
"""

import io
import warnings
from collections.abc import Sequence
from itertools import islice
from typing import Any

import python_calamine

from jiemin.errors import JieminError
from jiemin.sheets.failed_cells import failed_cells
from jiemin.sheets.gate import FileFormat, damaged, locked
from jiemin.sheets.grid import Cell, Grid, Merge
from jiemin.sheets.text_table import read_text

_MOST_ROWS = 300_000
_MOST_CELLS = 12_000_000


def read_cells(content: bytes, found: FileFormat, file: str) -> list[Grid]:
    """The file's sheets in order; raises `JieminError` when they cannot be read or are too large."""
    if found is FileFormat.TEXT:
        grid = read_text(content, file)
        _check_size(file, grid.name, len(grid.rows), max(map(len, grid.rows), default=0))
        return [grid]
    try:
        grids = _read_fast(content, file)
        if found is FileFormat.OOXML:
            _mark_failed(grids, content)
        return grids
    except (JieminError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except python_calamine.PasswordError:
        raise locked(file) from None
    except BaseException:  # noqa: BLE001 - a panic inside the reader is no Exception
        if found is not FileFormat.OOXML:
            raise damaged(file) from None
    return _read_slowly(content, file)


def _read_fast(content: bytes, file: str) -> list[Grid]:
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    grids = []
    for about in workbook.sheets_metadata:
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        _check_size(file, about.name, sheet.height, sheet.width)
        hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
        top, left = sheet.start or (0, 0)
        merges = _merges(sheet.merged_cell_ranges or (), top, left)
        grids.append(Grid(about.name, sheet.to_python(), top, left, merges, hidden))
    return grids


def _mark_failed(grids: Sequence[Grid], content: bytes) -> None:
    """Put back the names of failed formulas, so that they are not taken for blank cells."""
    failed = failed_cells(content)
    for grid in grids:
        for row, column, error in failed.get(grid.name, ()):
            y, x = row - grid.top, column - grid.left
            if 0 <= y < len(grid.rows) and 0 <= x < len(grid.rows[y]):
                grid.rows[y][x] = error


def _merges(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], top: int, left: int) -> list[Merge]:
    merges = (Merge(y - top, x - left, last_y - top, last_x - left) for (y, x), (last_y, last_x) in ranges)
    return [each for each in merges if each.top >= 0 and each.left >= 0]


def _read_slowly(content: bytes, file: str) -> list[Grid]:
    """With openpyxl, which tells no merged cells here, and names failed formulas."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            grids = []
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()
                rows = [_trimmed(row) for row in islice(sheet.iter_rows(values_only=True), _MOST_ROWS + 1)]
                grids.append(_squared(sheet.title, rows, file, hidden=sheet.sheet_state != "visible"))
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
