"""Reading rosters from files, in a child process, while the caller gets on with something else."""

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING, Any

from jiemin.domain.roster import RosterFile
from jiemin.errors import JieminError
from jiemin.sheets.wire import ReadRosters, Refusal, TakeExcerpts, pack, too_much, unpack

if TYPE_CHECKING:
    from jiemin.sheets.excerpt import Excerpt

_SECONDS = 30
_OUR_FAULT = 1
"""How Python ends on an exception nobody caught; what a file breaks ends otherwise."""
_AT_ONCE = BoundedSemaphore(max(1, min(4, os.cpu_count() or 1)))
_PACKAGE = Path(__file__).parents[2]
_START = (
    "import sys; sys.path[:0] = [p for p in sys.argv[1:] if p not in sys.path]; "
    "from jiemin.sheets.child import main; main()"
)
"""Isolated from the folder it is started in, the child must be told where this program lies."""


class PendingRoster:
    """A file being read."""

    def __init__(self, path: Path, today: date) -> None:
        self._path, self._today = path, today
        self._reply: Any = None
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether `result` would answer at once."""
        return not self._thread.is_alive()

    def result(self) -> RosterFile:
        """Wait for the rosters; raises `JieminError` when nothing of the file can be read."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        roster: RosterFile = self._reply
        return roster

    def _read(self) -> None:
        try:
            self._reply = _ask(ReadRosters(self._path, self._today))
        except BaseException as failure:  # noqa: BLE001 - raised again by whoever waits
            self._failure = failure


def start_reading(path: Path, today: date) -> PendingRoster:
    """Begin to read a file and return at once."""
    return PendingRoster(path, today)


def read_excerpts(path: Path, wanted: Mapping[str, Collection[int]], sha256: str) -> "list[Excerpt]":
    """Title, header and some rows, by number, of some sheets, as they stand in the file.

    Raises `JieminError` when the file is no longer the one with that digest.
    """
    digest, excerpts = _ask(TakeExcerpts(path, wanted))
    if digest != sha256:
        raise JieminError(f"“{path.name}”在导入时被改动了", "请存好后再导入一次")
    found: list[Excerpt] = excerpts
    return found


def _ask(request: ReadRosters | TakeExcerpts) -> Any:
    """Have a child answer; raises `JieminError` for a refusal, a crash, and for slowness."""
    file = request.path.name
    with _AT_ONCE, _start_child() as child:
        try:
            reply, _ = child.communicate(pack(request), timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise JieminError(
                f"“{file}”读了{_SECONDS}秒还没有读完，已经停下",
                "请新建一个工作簿，只把名单复制过去；名单很长的请分成几个文件",
            ) from None
    if child.returncode == _OUR_FAULT:
        raise RuntimeError("the reading child process failed")
    answer = unpack(reply) if child.returncode == 0 else too_much(file)
    if isinstance(answer, Refusal):
        raise JieminError(answer.message, answer.hint)
    return answer


def _start_child() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(_PACKAGE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
