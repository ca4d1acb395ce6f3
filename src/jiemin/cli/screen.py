"""What people see: stdout is the result, stderr is narration. The only file that knows Rich.

Every glyph of ours exists in GBK, since Windows consoles still speak it; names need not (䶮), so
the streams replace what they cannot show. JSON is always UTF-8.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from jiemin.errors import JieminError

_FIRST = 20
"""So many rows are shown of a table that is not what the command was asked for."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Screen:
    """The two streams of one command."""

    def __init__(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    def say(self, text: str) -> None:
        """One line of the result."""
        with _result():
            print(plain(text), file=sys.stdout)

    def tell(self, text: str) -> None:
        """One line of narration: what goes on, what went wrong."""
        self.flush()
        print(plain(text), file=sys.stderr)

    def flush(self) -> None:
        """Let what was said come before what is told."""
        with _result():
            sys.stdout.flush()

    def json(self, document: Mapping[str, Any]) -> None:
        """One JSON document, whatever the console's encoding."""
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        with _result():
            if hasattr(sys.stdout, "buffer"):
                sys.stdout.flush()
                sys.stdout.buffer.write(text.encode())
            else:
                sys.stdout.write(text)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
        """A table; on a terminal fitted to its width, elsewhere whole lines, one for each row.

        Without rows nothing is shown.
        """
        if not rows:
            return
        cells = [[" ".join(plain(cell).split("\n")) for cell in row] for row in rows]
        if sys.stdout.isatty():
            self.flush()
            with _result():
                _rich_table(columns, cells, title)
            return
        if title:
            self.say(f"{title}：")
        widths = [max(map(width, column)) for column in zip(columns, *cells, strict=True)]
        for line in (columns, *cells):
            padded = (cell + " " * (room - width(cell)) for cell, room in zip(line, widths, strict=True))
            self.say("  ".join(padded).rstrip())

    def first_rows(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], title: str, whole: str
    ) -> None:
        """The first rows of a table; of a longer one how many are left and, by `whole`, where all are."""
        self.table(columns, rows[:_FIRST], title)
        if len(rows) > _FIRST:
            self.say(f"……还有{len(rows) - _FIRST}行；{whole}")

    @contextmanager
    def progress(self, title: str) -> Iterator[Callable[[str, int, int], None]]:
        """A bar on a terminal's stderr; call with what is done, how much of it and of how much."""
        if not sys.stderr.isatty():
            yield lambda _what, _done, _total: None
            return
        with _rich_progress(title) as show:
            yield show


class ReaderGoneError(Exception):
    """Whoever read our result, such as `head`, has seen enough."""


@contextmanager
def _result() -> Iterator[None]:
    """Writing the result: a reader that has gone is no fault, a full disk is said in words."""
    try:
        yield
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as fault:
        raise JieminError(f"结果写不出去：{fault.strerror or '读写出错'}", "检查磁盘和输出的位置") from None


def plain(text: str) -> str:
    """The text without characters that would steer the terminal."""
    return _CONTROLS.sub("?", text)


def width(text: str) -> int:
    """How many columns of a terminal the text takes; Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


_SHORT = 20
"""Cells of a column no wider are never broken: numbers, dates, amounts, names."""


def _rich_table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    for column, *cells in zip(columns, *rows, strict=True):
        short = max(map(width, (column, *cells))) <= _SHORT
        table.add_column(column, overflow="ellipsis" if short else "fold", no_wrap=short)
    for row in rows:
        table.add_row(*map(Text, row))
    Console(file=sys.stdout, highlight=False).print(table)


@contextmanager
def _rich_progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    stream: TextIO = sys.stderr
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=plain(what), completed=done, total=total)

        yield show


_FEW = 3


def few(names: Sequence[str]) -> str:
    """The first of several file names, and how many there are."""
    return "、".join(names[:_FEW]) + (f"等{len(names)}个文件" if len(names) > _FEW else "")
