"""The child process that reads files: whatever a file does to it, the command itself goes on.

It is given one request on standard input, answers on standard output, and is gone. It loads
nothing of the database or the command line, so that it starts in a few hundredths of a second.
"""

import gc
import hashlib
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from jiemin.errors import JieminError
from jiemin.sheets.cells import read_cells
from jiemin.sheets.excerpt import Excerpt, take_excerpt
from jiemin.sheets.file_reading import read_grids
from jiemin.sheets.gate import read_file, sniff
from jiemin.sheets.grid import Grid
from jiemin.sheets.layout.header import find_header
from jiemin.sheets.wire import ReadRosters, Refusal, TakeExcerpts, pack, too_much, unpack

_MEMORY = 2**30
_PROCESSOR_SECONDS = 60


def main() -> None:
    """Answer the request on standard input, within limits."""
    gc.disable()
    _confine()
    sys.stdout.buffer.write(pack(answer(unpack(sys.stdin.buffer.read()))))
    sys.stdout.buffer.flush()
    os._exit(0)  # a million cells need not be taken down one by one


def answer(request: ReadRosters | TakeExcerpts) -> Any:
    """What the request asks for, or a `Refusal`."""
    path = request.path
    try:
        content = read_file(path)
        grids = read_cells(content, sniff(content, path.name), path.name)
        digest = hashlib.sha256(content).hexdigest()
        if isinstance(request, TakeExcerpts):
            return digest, list(_excerpts(grids, request.wanted))
        return read_grids(grids, path, digest, request.today)
    except JieminError as refusal:
        return Refusal(refusal.message, refusal.hint)
    except MemoryError:
        return too_much(path.name)


def _excerpts(grids: Sequence[Grid], wanted: Mapping[str, Collection[int]]) -> Iterator[Excerpt]:
    for grid in grids:
        header = find_header(grid) if grid.name in wanted and not grid.hidden else None
        if header is not None:
            yield take_excerpt(grid, header, wanted[grid.name])


def _confine() -> None:
    """Limit memory and processor time where the system can; leave no core file behind."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for limit, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
