"""Which rows below the header are data, and which are totals, repeated headers and feet."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.totals import is_total

_FOOT = re.compile(
    r"(?:填报|填表|制表|经办|审核|审批|领款|复核|单位负责|主要负责|分管领导|主管领导)(?:人|单位)?(?:签[字名章])?\s*(?:[:：(（\s]|$)"
    r"|(?:负责人|联系人|联系电话|盖章|备注|说明|注|附|注意)\s*[:：]"
    r"|(?:填表|填报)?说明|表内逻辑"
    r"|(?:合计|总计|小计|共计)\s*[:：\d(（]|(?:以上)?共\s*\d+\s*[户人]"
    r"|(?:填报|填表|制表|报送|打印|公示)(?:时间|日期)\s*[:：]"
    r"|(?:经手|制单|监督|举报|公示|审查|出纳|会计|核对|抄送|村(?:主任|书记|委会)|镇(?:分管|主管|民政).{0,6})\S{0,6}\s*[:：]"
)
_OF_A_PAGE = re.compile(
    r"[(（]?(?:第\s*\d+\s*页|共\s*\d+\s*页|[-—]\s*\d+\s*[-—]$|(?:接|转)?\s*[上下]\s*页|续\s*表|\d{4}\s*年\s*\d+\s*月\s*\d+\s*日$)"
)
_OF_PAGES = re.compile(r"[\s\d第页共续表（）()]+")
_SHORTEST_TITLE = 5
_SIGNATURES = 6
"""A row with more cells filled than this is no line of signatures."""


def data_rows(
    grid: Grid, header: Header, subject: frozenset[int], totals: list[int] | None = None
) -> Iterator[int]:
    """The indices of the rows that may be data; those with totals are added to `totals`.

    Passed over: blank rows, rows with a total, rows that repeat title or header, rows of which one
    cell alone is filled unless it stands in a `subject` column, and at the foot the lines of
    signatures and notes.
    """
    width = len(grid.rows[0])
    heads = [row for row in grid.rows[: header.bottom] if row.count("") < width]
    labels = grid.rows[header.last]
    own = [place for place in header.fields.values() if labels[place] != ""]
    one, other = (own[0], own[-1]) if own else (0, 0)
    key = min(subject, default=0)
    called = [place for place in range(max([0, *subject]) + 1) if place not in subject - header.names - {key}]
    suspects = _suspects(grid, header.bottom, called)
    titles = title_words(grid, header)
    notes = header.fields.get("note")
    in_foot = False
    for index, row in enumerate(islice(grid.rows, header.bottom, None), header.bottom):
        filled = width - row.count("")
        if not filled:
            continue
        if (row[key] == "" or index in suspects) and is_total(row, subject, called):
            if totals is not None:
                totals.append(index)
            continue
        if filled > _SIGNATURES:
            in_foot = False
        else:
            first = next(place for place, cell in enumerate(row) if cell != "")
            named = first == notes and any(row[place] != "" for place in subject)
            in_foot = (is_foot(row[first]) and not named) or (in_foot and filled == 1)
            alone = filled == 1 and (first not in subject or is_of_page(row[first], titles))
            if in_foot or alone:
                continue
        repeated = own and row[one] == labels[one] and row[other] == labels[other]
        if not repeated and row not in heads:
            yield index


def _suspects(grid: Grid, top: int, places: Sequence[int]) -> set[int]:
    """The rows in which one of the places may hold the word 合计; quickest told column by column."""
    rows = grid.rows[top:]
    return {
        index
        for place in places
        for index, row in enumerate(rows, top)
        if isinstance(cell := row[place], str) and ("计" in cell or "共" in cell)
    }


def is_foot(cell: Cell) -> bool:
    """Whether a line of signatures or notes begins with the cell."""
    return isinstance(cell, str) and _FOOT.match(cell.strip()) is not None


def title_words(grid: Grid, header: Header) -> Collection[str]:
    """The titles above the header, without what differs from page to page."""
    return {_title_word(cell) for row in grid.rows[: header.top] for cell in row} - {""}


def is_of_page(cell: Cell, titles: Collection[str]) -> bool:
    """Whether the cell, alone in its row, is what every printed page has: its number, or the title."""
    return isinstance(cell, str) and (
        _OF_A_PAGE.match(cell.strip()) is not None or _title_word(cell) in titles
    )


def _title_word(cell: Cell) -> str:
    """A title without what differs from page to page; too short a text is none."""
    text = _OF_PAGES.sub("", cell) if isinstance(cell, str) else ""
    return text if len(text) >= _SHORTEST_TITLE else ""


def fill_merged(grid: Grid, header: Header) -> None:
    """Write what a cell merged over several rows tells into each of them, where it speaks of them.

    Rows with nothing written of their own in any known column stay as they are.
    """
    filled = header.recognition.filled_down
    merged = [each for each in grid.merges if each.bottom > each.top >= header.bottom and each.left in filled]
    below = {row for each in merged for row in range(each.top + 1, min(each.bottom + 1, len(grid.rows)))}
    known = header.fields.values()
    written = {row for row in below if any(grid.rows[row][place] != "" for place in known)}
    for each in merged:
        for row in written & set(range(each.top + 1, each.bottom + 1)):
            grid.rows[row][each.left] = grid.rows[each.top][each.left]
