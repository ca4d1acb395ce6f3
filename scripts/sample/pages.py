"""Printable sheets of the sample: title, who and when, header, numbered rows; the same bytes each time."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    lines_needed,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
)

_SAVED = (2014, 4, 1, 8, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=</dcterms)")

Column = tuple[str, float, Look]
"""Label, width in characters, look."""
Cells = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around the rows of a sheet; `line` is who fills it in, when, and in what units."""

    name: str
    title: str
    line: tuple[str, str, str]
    columns: tuple[Column, ...]


def add_page(workbook: Workbook, page: Page, rows: Iterable[Cells]) -> None:
    """A sheet with title, a line of who and when, the header, and numbered rows."""
    sheet: Worksheet = workbook.create_sheet(page.name)
    last = len(page.columns)
    widths = spread([width for _, width, _ in page.columns], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    put_merged(sheet, 1, 1, last, page.title, Look.TITLE)
    sheet.row_dimensions[1].height = 34.0
    third = last // 3
    spans = ((1, third), (third + 1, last - third), (last - third + 1, last))
    looks = (Look.LEFT, Look.MIDDLE, Look.RIGHT)
    for (first, end), look, words in zip(spans, looks, page.line, strict=True):
        put_merged(sheet, 2, first, end, words, look)
    sheet.row_dimensions[2].height = 22.0
    for place, (label, _, _) in enumerate(page.columns, 1):
        put(sheet, 3, place, label, Look.HEAD)
    set_height(sheet, 3, 2)
    row = 3
    for number, cells in enumerate(rows, 1):
        row += 1
        _add_row(sheet, row, (number, *cells), page.columns, widths)
    sheet.freeze_panes = "A4"
    set_page(sheet, last_row=row, last_column=last, header=(3, 3))


def _add_row(
    sheet: Worksheet, row: int, cells: Cells, columns: tuple[Column, ...], widths: Sequence[float]
) -> None:
    lines = 1
    for place, (value, (_, _, look)) in enumerate(zip(cells, columns, strict=True), 1):
        put(sheet, row, place, value, look)
        if isinstance(value, str):
            lines = max(lines, lines_needed(value, widths[place - 1]))
    set_height(sheet, row, lines)


def save(workbook: Workbook, path: Path) -> None:
    """Save without a trace of when it was made."""
    made = io.BytesIO()
    workbook.save(made)
    stamp = "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*_SAVED).encode()
    with ZipFile(made) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + stamp, content)
            entry = ZipInfo(name, _SAVED)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            target.writestr(entry, content)
