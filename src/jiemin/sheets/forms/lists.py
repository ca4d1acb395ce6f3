"""A list on a sheet: columns with their widths and looks, one row for each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.sheets.forms.frame import (
    TITLE_ROWS,
    Heading,
    write_blank_row,
    write_foot,
    write_header,
    write_title,
)
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    lines_needed,
    put,
    set_height,
    set_page,
    set_widths,
    spread,
    text_width,
)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: heading, width in characters, and the look of its cells."""

    head: str
    width: float
    look: Look


def fitted(column: ListColumn, texts: Iterable[str]) -> ListColumn:
    """The column widened, if need be, until each of the texts stands in one line in any typeface."""
    longest = max(map(text_width, texts), default=0.0)
    return replace(column, width=max(column.width, 1.2 * longest + 1.2))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line; the first `repeated` cells only say again what the line above says."""

    cells: tuple[CellValue, ...]
    repeated: int = 0


_AGAIN = {
    Look.TEXT: Look.TEXT_AGAIN,
    Look.CODE: Look.CODE_AGAIN,
    Look.COUNT: Look.COUNT_AGAIN,
}


def write_list(
    workbook: Workbook,
    name: str,
    heading: Heading,
    columns: Sequence[ListColumn],
    rows: Iterable[ListRow],
    *,
    empty: str,
    notes: Sequence[str] = (),
) -> Worksheet:
    """Add a sheet holding the list; `empty` is what it says when there is no line."""
    sheet: Worksheet = workbook.create_sheet(name)
    widths = spread([column.width for column in columns], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, heading, widths)
    header = write_header(sheet, [(column.head,) for column in columns], widths)
    row = header
    for line in rows:
        row += 1
        write_row(sheet, row, columns, line, widths)
    if row == header:
        row += 1
        write_blank_row(sheet, row, len(columns), empty)
    last = write_foot(sheet, row + 1, widths, notes=notes)
    sheet.freeze_panes = f"A{header + 1}"
    set_page(sheet, last_row=last, last_column=len(columns), header=(TITLE_ROWS + 1, header))
    return sheet


def write_row(
    sheet: Worksheet,
    row: int,
    columns: Sequence[ListColumn],
    line: ListRow,
    widths: Sequence[float],
) -> None:
    """Write one line, high enough for its longest text."""
    lines = 1
    for place, (column, value) in enumerate(zip(columns, line.cells, strict=True), start=1):
        look = _AGAIN[column.look] if place <= line.repeated else column.look
        put(sheet, row, place, value, look)
        if isinstance(value, str) and len(value) > 3:
            lines = max(lines, lines_needed(value, widths[place - 1]))
    set_height(sheet, row, lines)
