"""Which rows below the header are data, and which are totals, repeated headers and feet."""

import re
from collections.abc import Iterator
from itertools import islice

from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.header import Header

_GAPS = ("", *(" " * n for n in range(1, 9)), *("\u3000" * n for n in range(1, 7)))
_TOTALS = frozenset(
    word[:-1] + gap + word[-1] + end
    for word in (
        "合计",
        "总计",
        "小计",
        "共计",
        "总合计",
        "本页小计",
        "本页合计",
        "全市合计",
        "全镇合计",
        "全村合计",
    )
    for gap in _GAPS
    for end in ("", " ", ":", "：")
)
_FOOT = re.compile(
    r"(?:填报|填表|制表|经办|审核|审批|领款|复核|单位负责|主要负责|分管领导|主管领导)(?:人|单位)?(?:签[字名章])?\s*(?:[:：(（\s]|$)"
    r"|(?:负责人|联系人|联系电话|盖章|备注|说明|注|附|注意)\s*[:：]"
    r"|(?:填表|填报)?说明|表内逻辑"
    r"|(?:合计|总计|小计|共计)\s*[:：\d(（]|(?:以上)?共\s*\d+\s*[户人]"
)
_SIGNATURES = 6
"""A row with more cells filled than this is no line of signatures."""


def data_rows(grid: Grid, header: Header, subject: frozenset[int]) -> Iterator[int]:
    """The indices of the rows that may be data.

    Passed over: blank rows, rows with a total, rows that repeat title or header, rows of which one
    cell alone is filled unless it stands in a `subject` column, and at the foot the lines of
    signatures and notes.
    """
    width = len(grid.rows[0])
    heads = [row for row in grid.rows[: header.bottom] if row.count("") < width]
    labels = grid.rows[header.bottom - 1]
    own = [place for place in header.fields.values() if labels[place] != ""]
    one, other = own[0], own[-1]
    in_foot = False
    for index, row in enumerate(islice(grid.rows, header.bottom, None), header.bottom):
        filled = width - row.count("")
        if not filled or not _TOTALS.isdisjoint(row):
            continue
        if filled > _SIGNATURES:
            in_foot = False
        else:
            first = next(place for place, cell in enumerate(row) if cell != "")
            in_foot = _is_foot(row[first]) or (in_foot and filled == 1)
            if in_foot or (filled == 1 and first not in subject):
                continue
        if (row[one] != labels[one] or row[other] != labels[other]) and row not in heads:
            yield index


def _is_foot(cell: Cell) -> bool:
    return isinstance(cell, str) and _FOOT.match(cell.strip()) is not None


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
