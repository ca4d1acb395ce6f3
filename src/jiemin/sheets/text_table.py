"""Reading CSV and its kin: whatever encoding and separator a spreadsheet wrote it with."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePath

from jiemin.errors import JieminError
from jiemin.sheets.gate import damaged
from jiemin.sheets.grid import Cell, Grid
from jiemin.sheets.layout.header import find_header

_SEPARATORS = ",\t;"
_LOOKED_AT = 50
_MOST_COLUMNS = 16_384
"""As many as a spreadsheet has."""
_KEPT_AS_TEXT = re.compile('="(.*)"', re.DOTALL)


def read_text(content: bytes, file: str) -> Grid:
    """The table in a text file; its rows are counted as a spreadsheet counts them on opening it.

    Raises `JieminError` for text that is no table.
    """
    written = _decoded(content, file)
    lines = [line for line in islice(io.StringIO(written), _LOOKED_AT) if line.strip()]
    separator = max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in lines))
    widest = max((line.count(separator) + 1 for line in lines), default=0)
    if widest > _MOST_COLUMNS:
        raise JieminError(f"“{file}”有一行分成了{widest}列，大得异常", "请删去名单右侧多余的列，存好后再导入")
    try:
        rows: list[list[Cell]] = [
            [_unwrapped(cell) for cell in row]
            for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator)
        ]
    except csv.Error:
        raise damaged(file) from None
    even = _is_even(rows[:_LOOKED_AT])
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    grid = Grid(PurePath(file).stem[:31], rows)
    header = None if even else find_header(grid)
    if not even and (header is None or (len(header.fields) == 1 and not header.recognition.complete)):
        raise JieminError(f"“{file}”不是表格文件，里面是文字", "请换成 .xlsx、.xls、.et、.ods 或 .csv 文件")
    return grid


def _is_even(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether most of the written rows have equally many cells; of two, a sentence has as many."""
    widths = Counter(len(row) for row in rows if any(row))
    return not widths or 2 * max(count * (width > 2) for width, count in widths.items()) >= widths.total()


def _decoded(content: bytes, file: str) -> str:
    wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise JieminError(f"“{file}”的文字编码认不出来", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")


def _unwrapped(cell: str) -> str:
    """A number forced to stay text, `="330483…"`, without its wrapping."""
    match = _KEPT_AS_TEXT.fullmatch(cell) if cell.startswith('="') else None
    return match[1] if match else cell
