"""Running text on a sheet, with tables between: how a bulletin or a story prints on A4 upright.

Everything stands on a grid of narrow columns, over which paragraphs and the cells of tables are merged, so
that tables of different columns stand below each other. A row of a workbook is at most 409 points high:
long paragraphs go on in further rows, parted at the end of a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from jiemin.sheets.style import (
    BODY_SIZE,
    LETTER_SIZE,
    TITLE_SIZE,
    CellValue,
    Look,
    lines_needed,
    put_merged,
    set_page,
    set_widths,
    text_width,
)

GRID = 24
"""Columns of the grid."""
COLUMN = 3.1
"""The width of each: all of them stay within the page unscaled, also where the reader's digits are wide."""
_CELL = COLUMN + 0.7
"""What a column holds, in the unit of column widths, where cells are merged over several."""
_WIDTH = GRID * _CELL
_ROOM = _WIDTH * BODY_SIZE / LETTER_SIZE
"""What a line of running text holds, in the unit of column widths, which is made for the type of tables."""
_LINE = 19.5
"""Points of a line of running text."""
_PAGE = 742.0
"""Points between the upper and the lower margin of A4 upright."""
_TABLE_BEGINS = 80.0
"""Points of a table's header and its first rows, which are not parted."""
_MOST_LINES = 8
"""A row of running text has no more, so that pages can end between."""
_INDENT = "　　"
_SENTENCE = re.compile(r".*?(?:[。！？；!?;]+[”’」』）)]*|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LetterColumn:
    """A column of a table in running text: its heading, how much of the grid it takes, and its look."""

    head: str
    span: int
    look: Look


class Letter:
    """A sheet of running text, written from top to bottom."""

    def __init__(self, sheet: Worksheet, row: int = 0) -> None:
        """Go on below `row`, down to which the sheet is written already."""
        self._sheet = sheet
        self.row = row
        """The last row written."""
        self._used = sum(size.height or 0.0 for size in sheet.row_dimensions.values())
        set_widths(sheet, [COLUMN] * GRID)

    def title(self, text: str) -> None:
        """The heading of all."""
        self._line(text, Look.TITLE, 34.0 * lines_needed(text, _WIDTH * BODY_SIZE / TITLE_SIZE))

    def caption(self, text: str) -> None:
        """What stands below a title, such as the period."""
        self._line(text, Look.SUBTITLE, 22.0)

    def section(self, text: str) -> None:
        """The heading of a part; where a page ends right below it, it goes to the next."""
        height = 10.0 + _LINE * lines_needed(text, _ROOM)
        self._keep_together(height + 3 * _LINE)
        self._line(text, Look.SECTION, height)

    def paragraph(self, text: str) -> None:
        """A paragraph, its first line indented."""
        for piece in pieces(_INDENT + text.strip()):
            self._line(piece, Look.PARAGRAPH, 2.0 + _LINE * lines_needed(piece, _ROOM))

    def remark(self, text: str) -> None:
        """Words in small type, as below a table."""
        self._line(text, Look.NOTE, 4.0 + 14.0 * lines_needed(text, _WIDTH * 1.1))

    def space(self, points: float = 10.0) -> None:
        """An empty row."""
        self.row += 1
        self._set_height(points)

    def table(self, columns: Sequence[LetterColumn], rows: Iterable[Sequence[CellValue]]) -> int:
        """A table with borders, whose columns share the whole grid; the row of its header."""
        if sum(column.span for column in columns) != GRID:
            raise ValueError("the columns of a table share the grid")
        self._keep_together(_TABLE_BEGINS)
        self._cells(columns, [column.head for column in columns], head=True)
        header = self.row
        for cells in rows:
            self._cells(columns, cells)
        return header

    def signed(self, office: str, day: date) -> None:
        """Who issues it, and when, at the right below the text."""
        self.space(_LINE)
        for text in (office, f"{day.year}年{day.month}月{day.day}日"):
            self.row += 1
            put_merged(self._sheet, self.row, GRID // 2 + 1, GRID, text, Look.SIGNED)
            self._set_height(_LINE + 4.0)

    def finish(self, header: int | None = None) -> None:
        """Set up the page: A4 upright, one page wide; the row `header` is repeated on every page."""
        set_page(
            self._sheet,
            last_row=max(self.row, 1),
            last_column=GRID,
            header=(header, header) if header else None,
            landscape=False,
        )

    def _line(self, text: str, look: Look, height: float) -> None:
        self.row += 1
        put_merged(self._sheet, self.row, 1, GRID, text, look)
        self._set_height(height)

    def _cells(
        self, columns: Sequence[LetterColumn], cells: Sequence[CellValue], *, head: bool = False
    ) -> None:
        self.row += 1
        first, lines = 1, 1
        for column, value in zip(columns, cells, strict=True):
            last = first + column.span - 1
            put_merged(self._sheet, self.row, first, last, value, Look.HEAD if head else column.look)
            if isinstance(value, str):
                lines = max(lines, lines_needed(value, column.span * _CELL))
            first = last + 1
        self._set_height(max(22.0, 15.0 * lines + 5.0))

    def _keep_together(self, points: float) -> None:
        """Go on to the next page where this one has less left."""
        left = _PAGE - self._used
        if 0.0 < left < points:
            self.space(left)
            self._used = 0.0

    def _set_height(self, points: float) -> None:
        """Of the last row; `_used` is what is written on the page it stands on, as far as can be told."""
        self._sheet.row_dimensions[self.row].height = round(points, 1)
        self._used = points if self._used + points > _PAGE else self._used + points


def pieces(text: str) -> Iterator[str]:
    """A paragraph in pieces that each fit a row, parted after a sentence; a longer sentence anywhere."""
    held = ""
    for sentence in filter(None, _SENTENCE.findall(text)):
        for part in _fitting(sentence):
            if held and lines_needed(held + part, _ROOM) > _MOST_LINES:
                yield held
                held = ""
            held += part
    if held:
        yield held


def _fitting(sentence: str) -> Iterator[str]:
    """The sentence, or where it would not fit a row by itself, parts of it that do."""
    if lines_needed(sentence, _ROOM) <= _MOST_LINES:
        yield sentence
        return
    part, width = "", 0.0
    for sign in sentence:
        if width > _MOST_LINES * (_ROOM - 3.0):
            yield part
            part, width = "", 0.0
        part, width = part + sign, width + text_width(sign)
    yield part
