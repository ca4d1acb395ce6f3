"""困难家庭结对帮扶档案（一户一档）: one household's file on a sheet of A4, portrait (notice 三.2).

Sections follow one another; none begins at the foot of a page, and the signatures never stand alone on one.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.sheets.forms.household_form import GRID, FormTable, HouseholdForm, Pair, Section
from jiemin.sheets.style import (
    PORTRAIT_WIDTH,
    CellValue,
    Look,
    lines_needed,
    put,
    set_height,
    set_page,
    set_widths,
)

TITLE = "困难家庭结对帮扶档案（一户一档）"

_WIDTH = PORTRAIT_WIDTH / GRID
_PAGE = 740.0
"""Points of height that fit between the margins of A4 portrait, unscaled."""
_MOST_LINES = 25
"""Lines of a cell; a longer text goes on in the next row, for a row has a greatest height."""
_SECTION, _LINE = 26.0, 21.0
_LINES_ABOVE = 4
"""Lines of the file that stand on the page of the signatures, at least."""


def add_household_form(workbook: Workbook, name: str, form: HouseholdForm) -> Worksheet:
    """Add the sheet of one household."""
    sheet: Worksheet = workbook.create_sheet(name)
    set_widths(sheet, [_WIDTH] * GRID)
    page = _Page(sheet)
    page.write([(GRID, TITLE, Look.TITLE)], least=40.0)
    place = f"镇(街道)：{form.town}    村(社区)：{form.village}"
    begun = f"建档日期：{_day(form.begun)}"
    page.write(
        [(7, place, Look.LEFT), (4, f"户编号：{form.household_no}", Look.LEFT), (5, begun, Look.RIGHT)]
    )
    for number, section in enumerate(form.sections):
        _write_section(page, f"{_NUMERALS[number]}、{section.title}", section)
    _write_signatures(page, form)
    page.finish(form)
    return sheet


_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

_Cells = Sequence[tuple[int, CellValue, Look]]
"""(columns of the grid, value, look) of each cell of a row."""


class _Page:
    """The sheet as it is written row by row, with what must stay together when it is printed."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 0
        self.kept: list[int] = []
        """Rows that stand on the page of the row before them."""

    def write(self, cells: _Cells, *, least: float = _LINE, keep: bool = False) -> None:
        """Write one row, high enough for its longest text; with `keep` it follows the row before."""
        for part, texts in enumerate(_parts(cells)):
            self.row += 1
            column = 1
            for (wide, _, look), text in zip(cells, texts, strict=True):
                _put_wide(self.sheet, self.row, column, column + wide - 1, text, look)
                column += wide
            lines = (
                lines_needed(text, wide * _WIDTH)
                for (wide, _, _), text in zip(cells, texts, strict=True)
                if isinstance(text, str)
            )
            set_height(self.sheet, self.row, max(lines, default=1), least=least)
            if keep and not part:
                self.kept.append(self.row)

    def finish(self, form: HouseholdForm) -> None:
        """Set up the printed page: its footer names the household, and breaks fall between groups of rows."""
        sheet = self.sheet
        set_page(sheet, last_row=self.row, last_column=GRID, landscape=False)
        named = f"{form.household_no} {form.head_name}".replace("&", "&&")
        sheet.oddFooter = HeaderFooterItem(
            left=_HeaderFooterPart(text=named),
            center=_HeaderFooterPart(text="第&P页"),
            right=_HeaderFooterPart(text=f"截至{form.day}"),
        )
        sheet.page_setup.firstPageNumber = 1
        sheet.page_setup.useFirstPageNumber = True
        heights = [sheet.row_dimensions[row].height for row in range(1, self.row + 1)]
        for row in page_breaks(heights, set(self.kept)):
            sheet.row_breaks.append(Break(id=row))


def _put_wide(sheet: Worksheet, row: int, first: int, last: int, value: CellValue, look: Look) -> None:
    """Set a cell that spans columns `first` to `last` of a row where nothing stands yet.

    A file has a thousand of them; asked to merge each, the library would look through all others.
    """
    put(sheet, row, first, value, look)
    start: Any = sheet.cell(row, first)
    for column in range(first + 1, last + 1):
        cell: Any = sheet.cell(row, column)
        cell._style = start._style
    if last > first:
        sheet.merged_cells.ranges.add(CellRange(min_row=row, max_row=row, min_col=first, max_col=last))


def page_breaks(heights: Sequence[float], kept: set[int], page: float = _PAGE) -> Iterator[int]:
    """The rows (from 1) after which a page ends; no row of `kept` is parted from the one before it.

    A group that is higher than a page is parted wherever the page ends.
    """
    below = [0.0, *accumulate(heights)]
    start = 0
    while below[-1] - below[start] > page:
        end = max(
            (row for row in range(start + 1, len(below)) if below[row] - below[start] <= page), default=0
        )
        end = max(end, start + 1)
        whole = next((row for row in range(end, start, -1) if row + 1 not in kept), end)
        yield whole
        start = whole


def _parts(cells: _Cells) -> Iterator[list[CellValue]]:
    """The texts of the row, and of as many more rows as too long ones need."""
    rest: list[CellValue] = [value for _, value, _ in cells]
    while True:
        cut = [
            _cut(value, wide * _WIDTH) if isinstance(value, str) else (value, None)
            for (wide, _, _), value in zip(cells, rest, strict=True)
        ]
        yield [first for first, _ in cut]
        rest = [more for _, more in cut]
        if not any(rest):
            return


def _cut(text: str, width: float) -> tuple[str, str | None]:
    """As much of the text as a row can hold, and what is left."""
    if lines_needed(text, width) <= _MOST_LINES:
        return text, None
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if lines_needed(text[:middle], width) <= _MOST_LINES else (low, middle - 1)
    return text[:low], text[low:]


def _write_section(page: _Page, title: str, section: Section) -> None:
    """The title stays with what follows it, and the heading of a table with its first line."""
    page.write([(GRID, title, Look.SECTION)], least=_SECTION)
    first = True
    for line in section.pairs:
        page.write(_pair_cells(line), keep=first)
        first = False
    if section.table is not None:
        _write_table(page, section.table, first)
    if section.note:
        page.write([(GRID, section.note, Look.NOTE)], keep=True)


def _pair_cells(line: Sequence[Pair]) -> _Cells:
    cells: list[tuple[int, CellValue, Look]] = []
    for pair in line:
        look = Look.TEXT if pair.wide > 4 else Look.NAME
        cells += [(pair.label_wide, pair.label, Look.HEAD), (pair.wide, pair.value, look)]
    return cells


def _write_table(page: _Page, table: FormTable, first: bool) -> None:
    if not table.rows:
        page.write([(GRID, table.empty, Look.NAME)], keep=first)
        return
    page.write([(each.wide, each.head, Look.HEAD) for each in table.columns], keep=first)
    for number, row in enumerate(table.rows):
        cells = zip(table.columns, row.cells, strict=True)
        page.write([(each.wide, value, each.look) for each, value in cells], keep=not number)
        for label, text in row.below:
            page.write([(2, label, Look.HEAD), (GRID - 2, text, Look.TEXT)], keep=True)


def _write_signatures(page: _Page, form: HouseholdForm) -> None:
    """The family, the cadre and the village sign below the last lines; the day is left to whoever signs."""
    page.kept += range(page.row - _LINES_ABOVE + 2, page.row + 1)
    thirds = (6, 5, 5)
    names = ("户主签名：", "结对干部签名：", "村(社区)盖章：")
    page.write(
        [(wide, name, Look.SIGN) for wide, name in zip(thirds, names, strict=True)], least=44.0, keep=True
    )
    days = ["        年    月    日"] * 3
    page.write([(wide, text, Look.SIGN) for wide, text in zip(thirds, days, strict=True)], keep=True)
    told = f"本档案由登记的名册、走访、调查和措施汇成，截至{_day(form.day)}；没有登记的写“未登记”。"
    page.write([(GRID, told, Look.NOTE)], keep=True)


def _day(day: object) -> str:
    year, month, number = str(day).split("-")
    return f"{int(year)}年{int(month)}月{int(number)}日"
