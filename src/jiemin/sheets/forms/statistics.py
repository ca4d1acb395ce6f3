"""A statistics table of the domain on a sheet: numbered columns, rows, 合计, proven checks."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import Column, Measure, Row, Table
from jiemin.domain.money import yuan
from jiemin.sheets.forms.frame import (
    TITLE_ROWS,
    Heading,
    write_foot,
    write_header,
    write_row_number,
    write_title,
)
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    Look,
    lines_needed,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
    text_width,
)

NAME_COLUMNS = 2
"""序号 and the row's name stand before the first figure."""

_LOOKS = {Measure.MONEY: Look.MONEY, Measure.RATE: Look.RATE}
_TOTAL_LOOKS = {Measure.MONEY: Look.TOTAL_MONEY, Measure.RATE: Look.TOTAL_RATE}
_LEAST_WIDTH = 5.2
_THREE_CHARACTERS = 7.4
_PAGE = {True: (784.0, 500.0), False: (538.0, 745.0)}
"""Width and height in points between the margins of A4, landscape and upright."""
_UNIT, _PADDING = 5.25, 3.75
"""Points of one unit of column width, and what every column has besides."""
_FEW_ROWS = 20
"""A table of no more rows has a page to itself."""
_MOST_STRETCH = 16.0


def write_statistics(
    workbook: Workbook,
    name: str,
    heading: Heading,
    table: Table,
    name_head: str,
    *,
    remarks: bool = False,
    landscape: bool = True,
) -> Worksheet:
    """Add a sheet holding the table; `remarks` adds the column 备注.

    A table of few rows is fitted on one page, signatures and all, and its rows fill the page.
    """
    sheet: Worksheet = workbook.create_sheet(name)
    heads = [("序号",), (name_head,), *(column.heads for column in table.columns)]
    heads += [("备注",)] if remarks else []
    widths = spread(_widths(table, remarks), LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, heading, widths)
    row = write_header(sheet, heads, widths) + 1
    _write_numbers(sheet, row, len(table.columns), remarks)
    first = row + 1
    few = len(table.rows) <= _FEW_ROWS
    for number, line in enumerate(table.rows, start=1):
        write_row_number(sheet, row + number, number)
        _write_row(sheet, row + number, table.columns, line, remarks)
        set_height(sheet, row + number, lines_needed(line.name, widths[1]), least=21.0)
    row += len(table.rows) + 1
    _write_total(sheet, row, table, remarks)
    last = write_foot(sheet, row + 1, widths, table.checks, table.notes)
    if few:
        _fill_page(sheet, first, row, landscape)
    sheet.freeze_panes = f"{get_column_letter(NAME_COLUMNS + 1)}{first}"
    set_page(
        sheet,
        last_row=last,
        last_column=len(heads),
        header=(TITLE_ROWS + 1, first - 1),
        landscape=landscape,
        one_page=few,
    )
    return sheet


def first_data_row(table: Table) -> int:
    """The sheet row of the table's first line."""
    return TITLE_ROWS + max(len(column.heads) for column in table.columns) + 2


def column_of(table: Table, key: str) -> int:
    """The sheet column of a figure."""
    return NAME_COLUMNS + 1 + [column.key for column in table.columns].index(key)


def _write_numbers(sheet: Worksheet, row: int, count: int, remarks: bool) -> None:
    """The row 栏次, by whose numbers the cross-checks speak."""
    put_merged(sheet, row, 1, NAME_COLUMNS, "栏次", Look.NUMBER)
    for number in range(1, count + 1):
        put(sheet, row, NAME_COLUMNS + number, number, Look.NUMBER)
    if remarks:
        put(sheet, row, NAME_COLUMNS + count + 1, None, Look.NUMBER)
    sheet.row_dimensions[row].height = 15.0


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], line: Row, remarks: bool) -> None:
    put(sheet, row, NAME_COLUMNS, line.name, Look.NAME)
    for place, (column, figure) in enumerate(zip(columns, line.figures, strict=True), start=1):
        look = _LOOKS.get(column.measure, Look.COUNT)
        put(sheet, row, NAME_COLUMNS + place, _shown(column, figure), look)
    if remarks:
        put(sheet, row, NAME_COLUMNS + len(columns) + 1, line.remark, Look.NAME)


def _write_total(sheet: Worksheet, row: int, table: Table, remarks: bool) -> None:
    put_merged(sheet, row, 1, NAME_COLUMNS, table.total.name, Look.TOTAL_NAME)
    figures = zip(table.columns, table.total.figures, strict=True)
    for place, (column, figure) in enumerate(figures, start=1):
        look = _TOTAL_LOOKS.get(column.measure, Look.TOTAL_COUNT)
        put(sheet, row, NAME_COLUMNS + place, _shown(column, figure), look)
    if remarks:
        place = NAME_COLUMNS + len(table.columns) + 1
        put(sheet, row, place, table.total.remark, Look.TOTAL_NAME)
    set_height(sheet, row, 1, least=27.0)


def _fill_page(sheet: Worksheet, first: int, last: int, landscape: bool) -> None:
    """Make the rows `first` to `last` higher by what the page has to spare, within reason."""
    page_width, page_height = _PAGE[landscape]
    width = sum(column.width * _UNIT + _PADDING for column in sheet.column_dimensions.values())
    used = sum(row.height or 0.0 for row in sheet.row_dimensions.values())
    spare = page_height * max(1.0, width / page_width) - used
    more = min(_MOST_STRETCH, max(0.0, spare / (last - first + 1)))
    for row in range(first, last + 1):
        sheet.row_dimensions[row].height = round((sheet.row_dimensions[row].height or 0.0) + more, 1)


def _shown(column: Column, figure: int | None) -> int | Decimal | None:
    """The figure as the cell holds it: yuan exact to the fen, a rate in percent."""
    if figure is None or column.measure not in _LOOKS:
        return figure
    return yuan(figure) if column.measure is Measure.MONEY else Decimal(figure).scaleb(-1)


def _widths(table: Table, remarks: bool) -> list[float]:
    """Widths that hold the widest figure of each column and the longest name in two lines."""
    longest = max((text_width(row.name) for row in table.rows), default=0.0)
    widths = [5.0, min(max(longest + 1.5, 12.0), 30.0)]
    for place, column in enumerate(table.columns):
        figures = [row.figures[place] for row in (*table.rows, table.total)]
        shown = max(len(_printed(column, figure)) for figure in figures)
        widths.append(max(_head_width(table.columns, place), 1.2 * shown + 1.4))
    return [*widths, 9.0] if remarks else widths


def _head_width(columns: Sequence[Column], place: int) -> float:
    """Room for two characters, or three where a heading of the column alone has an odd three."""
    heads = columns[place].heads
    beside = [columns[n].heads for n in (place - 1, place + 1) if 0 <= n < len(columns)]
    alone = [
        head
        for level, head in enumerate(heads, start=1)
        if level == len(heads) or all(other[:level] != heads[:level] for other in beside)
    ]
    return _THREE_CHARACTERS if any(len(head) == 3 or len(head) > 4 for head in alone) else _LEAST_WIDTH


def _printed(column: Column, figure: int | None) -> str:
    shown = _shown(column, figure)
    if shown is None:
        return ""
    return f"{shown:,}" if column.measure is Measure.MONEY else str(shown)
