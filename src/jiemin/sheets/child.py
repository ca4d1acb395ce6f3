"""The child process that reads files: whatever a file does to it, the command itself goes on.

It is given one request on standard input, answers on standard output, and is gone. It loads
nothing of the database or the command line, so that it starts in a few hundredths of a second.
"""

import gc
import hashlib
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jiemin.errors import JieminError
from jiemin.sheets.cells import read_cells
from jiemin.sheets.excerpt import Excerpt, take_excerpt
from jiemin.sheets.file_reading import read_grids
from jiemin.sheets.gate import read_file, sniff, unpacked_size
from jiemin.sheets.grid import Grid
from jiemin.sheets.layout.shape import shape_of
from jiemin.sheets.wire import ReadRosters, Refusal, TakeExcerpts, pack, too_much, unpack

_MEMORY = 2**30
_PROCESSOR_SECONDS = 60
_LEAST_MEMORY, _MEMORY_PER_BYTE = 144 * 2**20, 40
"""What reading a file may take beyond what the process has already: no real roster takes so much."""


def main() -> None:
    """Answer the request on standard input, within limits."""
    gc.disable()
    _confine()
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type] # openpyxl would load it for nothing
    sys.stdout.buffer.write(pack(answer(unpack(sys.stdin.buffer.read()), _confine_to)))
    sys.stdout.buffer.flush()
    os._exit(0)  # a million cells need not be taken down one by one


def answer(request: ReadRosters | TakeExcerpts, confine_to: Callable[[int], None] = lambda _: None) -> Any:
    """What the request asks for, or a `Refusal`; `confine_to` is told the bytes there are to be read."""
    path = request.path
    try:
        content = read_file(path)
        found = sniff(content, path.name)
        confine_to(unpacked_size(content, found))
        grids = read_cells(content, found, path.name)
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
        shape = shape_of(grid) if grid.name in wanted else None
        if shape is not None and shape.header is not None:
            yield take_excerpt(shape, shape.header, wanted[grid.name])


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


def _confine_to(size: int) -> None:
    """Let a file of so many bytes take no more memory than such a roster can need (Linux)."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = min(_MEMORY, held + _LEAST_MEMORY + _MEMORY_PER_BYTE * size)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
