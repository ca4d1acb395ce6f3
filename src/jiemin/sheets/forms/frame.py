"""What every form shares: the title block, a header of several rows, and the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import Check
from jiemin.sheets.style import Look, lines_needed, put, put_merged, set_height

TITLE_ROWS = 4
"""Rows of the title block; the header begins below them."""

_NOTE_ROOM = 1.1
"""Notes are set in 10 points, so that much more of them fits than of the body's 11."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The words above a table; `filled_by` is the office that reports."""

    annex: str
    title: str
    subtitle: str
    filled_by: str
    filled_on: date
    measures: str


def bureau_of(county: str) -> str:
    """The office that leads the work and reports on it (notice 三.1): 桐乡市民政局."""
    return f"{county}民政局"


def write_title(sheet: Worksheet, heading: Heading, widths: Sequence[float]) -> None:
    """Annex number, title, period, and the line 填报单位 · 填报时间 · 单位."""
    last = len(widths)
    put_merged(sheet, 1, 1, min(2, last), heading.annex, Look.ANNEX)
    put_merged(sheet, 2, 1, last, heading.title, Look.TITLE)
    put_merged(sheet, 3, 1, last, heading.subtitle, Look.SUBTITLE)
    day = heading.filled_on
    texts = (
        f"填报单位（盖章）：{heading.filled_by}",
        f"填报时间：{day.year}年{day.month}月{day.day}日",
        heading.measures,
    )
    looks = (Look.LEFT, Look.MIDDLE, Look.RIGHT)
    for (first, end), text, look in zip(_shares(widths, 3), texts, looks, strict=True):
        put_merged(sheet, 4, first, end, text, look)
    for row, height in zip(range(1, TITLE_ROWS + 1), (22.0, 32.0, 22.0, 22.0), strict=True):
        sheet.row_dimensions[row].height = height


def write_header(sheet: Worksheet, heads: Sequence[tuple[str, ...]], widths: Sequence[float]) -> int:
    """Write headings of one or more levels, equal neighbours merged; return the last row.

    A column with fewer levels than others reaches down to the header's last row.
    """
    top, depth = TITLE_ROWS + 1, max(len(levels) for levels in heads)
    lines = [1] * depth
    for level in range(depth):
        column = 0
        while column < len(heads):
            end = _run_end(heads, column, level)
            if level < len(heads[column]):
                text = _in_halves(heads[column][level], sum(widths[column:end]))
                rows = depth - level if level == len(heads[column]) - 1 else 1
                put_merged(sheet, top + level, column + 1, end, text, Look.HEAD, rows)
                needed = lines_needed(text, sum(widths[column:end]))
                if rows == 1:
                    lines[level] = max(lines[level], needed)
            column = end
    for level, count in enumerate(lines):
        set_height(sheet, top + level, count)
    return top + depth - 1


def write_foot(
    sheet: Worksheet,
    row: int,
    widths: Sequence[float],
    checks: Sequence[Check] = (),
    notes: Sequence[str] = (),
) -> int:
    """Write signatures, notes and the proven cross-checks; return the last row."""
    last, width = len(widths), sum(widths)
    names = ("单位负责人：", "审核人：", "填报人：", "联系电话：")
    for (first, end), name in zip(_shares(widths, 4), names, strict=True):
        put_merged(sheet, row, first, end, name, Look.SIGN)
    set_height(sheet, row, 1, least=26.0)
    texts = [f"{number}. {note}" for number, note in enumerate(_notes(checks, notes), start=1)]
    for number, words in enumerate(texts):
        row += 1
        text = ("说明：" if number == 0 else "      ") + words
        put_merged(sheet, row, 1, last, text, Look.NOTE)
        set_height(sheet, row, lines_needed(text, width * _NOTE_ROOM), least=17.0)
    failed = [check.label for check in checks if not check.holds]
    if failed:
        row += 1
        text = f"表内逻辑不符：{'；'.join(failed)}。请核对数据后再上报。"
        put_merged(sheet, row, 1, last, text, Look.FAULT)
        set_height(sheet, row, lines_needed(text, width))
    return row


def write_blank_row(sheet: Worksheet, row: int, last: int, text: str) -> None:
    """Say in one row across the table why it lists nothing."""
    put_merged(sheet, row, 1, last, text, Look.NAME)
    set_height(sheet, row, 1)


def write_row_number(sheet: Worksheet, row: int, number: int) -> None:
    """序号."""
    put(sheet, row, 1, number, Look.COUNT)


def _notes(checks: Sequence[Check], notes: Sequence[str]) -> list[str]:
    if not checks:
        return list(notes)
    state = "经核对全部相符" if all(check.holds for check in checks) else "有不符，见下"
    return [*notes, f"表内逻辑({state})：{'；'.join(_marked(check) for check in checks)}。"]


def _marked(check: Check) -> str:
    return check.label if check.holds else f"{check.label}(不符)"


def _shares(widths: Sequence[float], parts: int) -> list[tuple[int, int]]:
    """First and last column of each of so many parts of about equal width; none is empty."""
    ends = [0]
    for part in range(1, parts):
        reached, column = 0.0, 0
        while reached < part / parts * sum(widths) - 0.01:
            reached += widths[column]
            column += 1
        ends.append(max(ends[-1] + 1, min(column, len(widths) - parts + part)))
    return [(before + 1, end) for before, end in pairwise([*ends, len(widths)])]


def _in_halves(text: str, width: float) -> str:
    """A heading of four characters breaks in the middle, not after the third."""
    return text if len(text) != 4 or lines_needed(text, width) == 1 else f"{text[:2]}\n{text[2:]}"


def _run_end(heads: Sequence[tuple[str, ...]], column: int, level: int) -> int:
    """Where the run of columns with the same headings down to `level` ends (exclusive)."""
    end = column + 1
    if level < len(heads[column]) - 1:
        same = heads[column][: level + 1]
        while end < len(heads) and len(heads[end]) > level + 1 and heads[end][: level + 1] == same:
            end += 1
    return end
