"""How an official form looks: its fonts, borders and numbers, its cells and its printed page.

Styles are named and made once for each workbook, so that thousands of cells share them and a
clerk finds them under 单元格样式.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

CellValue: TypeAlias = str | int | Decimal | date | None

BODY_FONT = "仿宋"
HEAD_FONT = "黑体"
TITLE_FONT = "宋体"

BODY_SIZE, LETTER_SIZE, TITLE_SIZE = 11, 14, 20
"""Points of the type in tables, of running text, and of titles."""

LANDSCAPE_WIDTH = 146.0
"""What fits between the margins of A4 landscape unscaled, in the unit of column widths."""
PORTRAIT_WIDTH = 98.0


class Look(StrEnum):
    """The looks a cell of a form can have; the values are the style names the user sees."""

    ANNEX = "表_附件号"
    TITLE = "表_标题"
    SUBTITLE = "表_副标题"
    LEFT = "表_填报左"
    MIDDLE = "表_填报中"
    RIGHT = "表_填报右"
    HEAD = "表_表头"
    NUMBER = "表_栏次"
    TEXT = "表_文字"
    NAME = "表_名称"
    CODE = "表_号码"
    COUNT = "表_数"
    MONEY = "表_金额"
    RATE = "表_百分比"
    DATE = "表_日期"
    TEXT_AGAIN = "表_文字重复"
    CODE_AGAIN = "表_号码重复"
    COUNT_AGAIN = "表_数重复"
    TOTAL_NAME = "表_合计名"
    TOTAL_COUNT = "表_合计数"
    TOTAL_MONEY = "表_合计金额"
    TOTAL_RATE = "表_合计百分比"
    SIGN = "表_签字"
    NOTE = "表_说明"
    FAULT = "表_不符"
    PARAGRAPH = "表_正文"
    SECTION = "表_小标题"
    SIGNED = "表_落款"


_COUNT_FORMAT, _MONEY_FORMAT, _RATE_FORMAT = "0", "#,##0.00_ ", "0.0"
_TEXT_FORMAT, _DATE_FORMAT = "@", "yyyy-mm-dd"
_REPEATED_COLOUR = "FF808080"


def new_workbook() -> Workbook:
    """An empty workbook, without any sheet, that knows every look."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for style in _styles():
        workbook.add_named_style(style)
    return workbook


def put(sheet: Worksheet, row: int, column: int, value: CellValue, look: Look) -> None:
    """Set a cell. Text stays text, also when it begins as a formula would; None leaves it blank."""
    cell = sheet.cell(row, column)
    cell.style = look.value
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
    else:
        cell.value = value


def put_merged(
    sheet: Worksheet, row: int, first: int, last: int, value: CellValue, look: Look, rows: int = 1
) -> None:
    """Set a cell that spans columns `first` to `last` and `rows` rows, borders on all sides."""
    for line in range(row, row + rows):
        for column in range(first, last + 1):
            put(sheet, line, column, None, look)
    put(sheet, row, first, value, look)
    if last > first or rows > 1:
        sheet.merge_cells(start_row=row, end_row=row + rows - 1, start_column=first, end_column=last)


def clean(text: str) -> str:
    """The text without characters that a workbook file cannot hold."""
    return _UNWRITABLE.sub("", text)


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Give the columns from A on their widths, in characters of the default font."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = round(width, 2)


def spread(widths: list[float], page: float) -> list[float]:
    """The widths stretched in proportion to fill the page; never narrowed."""
    factor = max(1.0, page / sum(widths))
    return [width * factor for width in widths]


def text_width(text: str) -> float:
    """The width of a text's longest line in body size, in the unit of column widths."""
    return max((sum(_advance(sign) for sign in line) for line in text.split("\n")), default=0.0)


def lines_needed(text: str, width: float) -> int:
    """How many lines the text takes in a column of that width; at least one."""
    room = max(width - 0.9, 2.2)
    return sum(max(1, ceil(text_width(line) / room)) for line in text.split("\n"))


def set_height(sheet: Worksheet, row: int, lines: int, *, least: float = 20.0) -> None:
    """Make the row high enough for so many lines of body text."""
    sheet.row_dimensions[row].height = max(least, 15.0 * lines + 5.0)


def set_page(
    sheet: Worksheet,
    *,
    last_row: int,
    last_column: int,
    header: tuple[int, int] | None = None,
    landscape: bool = True,
    one_page: bool = False,
) -> None:
    """Set up A4, one page wide (`one_page`: and high), header rows repeated, pages numbered."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.6, 0.65
    margins.header = margins.footer = 0.3
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第&P页 共&N页"))
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    if header:
        sheet.print_title_rows = f"{header[0]}:{header[1]}"
    sheet.sheet_view.showGridLines = False


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _advance(sign: str) -> float:
    return 2.15 if unicodedata.east_asian_width(sign) in "WFA" else 1.15


def _styles() -> Iterable[NamedStyle]:
    body, head = Font(name=BODY_FONT, size=BODY_SIZE), Font(name=HEAD_FONT, size=BODY_SIZE)
    grey = Font(name=BODY_FONT, size=11, color=_REPEATED_COLOUR)
    thin = Side(style="thin")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    start = Alignment(horizontal="left", vertical="center", wrap_text=True)
    plain = Alignment(horizontal="left", vertical="center")
    figure = Alignment(horizontal="center", vertical="center")
    amount = Alignment(horizontal="right", vertical="center")

    def style(look: Look, font: Font, place: Alignment, code: str, boxed: bool) -> NamedStyle:
        border = box if boxed else Border()
        return NamedStyle(name=look.value, font=font, alignment=place, number_format=code, border=border)

    yield style(Look.ANNEX, Font(name=HEAD_FONT, size=14), plain, "General", False)
    yield style(Look.TITLE, Font(name=TITLE_FONT, size=TITLE_SIZE, bold=True), middle, "General", False)
    yield style(Look.SUBTITLE, Font(name=BODY_FONT, size=13), middle, "General", False)
    yield style(Look.LEFT, body, plain, "General", False)
    yield style(Look.MIDDLE, body, figure, "General", False)
    yield style(Look.RIGHT, body, amount, "General", False)
    yield style(Look.HEAD, head, middle, "General", True)
    yield style(Look.NUMBER, Font(name=BODY_FONT, size=9), figure, _COUNT_FORMAT, True)
    yield style(Look.TEXT, body, start, "General", True)
    yield style(Look.NAME, body, middle, "General", True)
    yield style(Look.CODE, body, middle, _TEXT_FORMAT, True)
    yield style(Look.COUNT, body, figure, _COUNT_FORMAT, True)
    yield style(Look.MONEY, body, amount, _MONEY_FORMAT, True)
    yield style(Look.RATE, body, figure, _RATE_FORMAT, True)
    yield style(Look.DATE, body, figure, _DATE_FORMAT, True)
    yield style(Look.TEXT_AGAIN, grey, start, "General", True)
    yield style(Look.CODE_AGAIN, grey, middle, _TEXT_FORMAT, True)
    yield style(Look.COUNT_AGAIN, grey, figure, _COUNT_FORMAT, True)
    yield style(Look.TOTAL_NAME, head, middle, "General", True)
    yield style(Look.TOTAL_COUNT, head, figure, _COUNT_FORMAT, True)
    yield style(Look.TOTAL_MONEY, head, amount, _MONEY_FORMAT, True)
    yield style(Look.TOTAL_RATE, head, figure, _RATE_FORMAT, True)
    yield style(Look.SIGN, body, plain, "General", False)
    yield style(Look.NOTE, Font(name=BODY_FONT, size=10), start, "General", False)
    fault = Font(name=HEAD_FONT, size=11, color="FFC00000")
    yield style(Look.FAULT, fault, start, "General", False)
    letter = Font(name=BODY_FONT, size=LETTER_SIZE)
    top = Alignment(horizontal="left", vertical="top", wrap_text=True)
    yield style(Look.PARAGRAPH, letter, top, "General", False)
    yield style(Look.SECTION, Font(name=HEAD_FONT, size=LETTER_SIZE), start, "General", False)
    yield style(Look.SIGNED, letter, figure, "General", False)
