"""A sheet of sums: names on the left, counts and money, their total below, what was proven at the foot."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import Check
from jiemin.sheets.forms.frame import (
    TITLE_ROWS,
    Heading,
    write_blank_row,
    write_foot,
    write_header,
    write_title,
)
from jiemin.sheets.forms.lists import ListColumn, ListRow, write_row
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
)

TOTAL = "合计"
_TOTALS = {Look.COUNT: Look.TOTAL_COUNT, Look.MONEY: Look.TOTAL_MONEY}


def write_sums(
    workbook: Workbook,
    name: str,
    heading: Heading,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[CellValue]],
    total: Sequence[CellValue],
    *,
    checks: Sequence[Check] = (),
    notes: Sequence[str] = (),
) -> Worksheet:
    """Add a sheet with the rows; `total` fills the last columns, the word 合计 those before them."""
    sheet: Worksheet = workbook.create_sheet(name)
    widths = spread([column.width for column in columns], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, heading, widths)
    row = header = write_header(sheet, [(column.head,) for column in columns], widths)
    for cells in rows:
        row += 1
        write_row(sheet, row, columns, ListRow(tuple(cells)), widths)
    if row == header:
        row += 1
        write_blank_row(sheet, row, len(columns), "没有")
    row += 1
    first = len(columns) - len(total) + 1
    put_merged(sheet, row, 1, first - 1, TOTAL, Look.TOTAL_NAME)
    for column, value in enumerate(total, start=first):
        put(sheet, row, column, value, _TOTALS[columns[column - 1].look])
    set_height(sheet, row, 1)
    last = write_foot(sheet, row + 1, widths, checks, notes)
    sheet.freeze_panes = f"A{header + 1}"
    set_page(sheet, last_row=last, last_column=len(columns), header=(TITLE_ROWS + 1, header))
    return sheet
