"""Reading files in the test's own process."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from types import TracebackType

import pytest

from jiemin.domain.roster import RosterFile
from jiemin.sheets import child, reader
from jiemin.sheets.wire import ReadRosters, pack, unpack

_ONE_AT_A_TIME = Lock()
"""Warnings are silenced for all threads at once."""


@dataclass(frozen=True)
class ReadAlready:
    """What `start_reading` answers, without a process of its own."""

    path: Path
    today: date

    done = True

    def result(self) -> RosterFile:
        """The rosters; a refusal fails the test."""
        found = child.answer(ReadRosters(self.path, self.today))
        assert isinstance(found, RosterFile), found
        return found


class ChildHere:
    """Stands in for the reading child: request and answer are packed as for the pipe, but nothing is started.

    It has no limits of memory and time, and a fault of the program comes out as it is.
    """

    returncode = 0

    def __enter__(self) -> "ChildHere":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left behind."""

    def communicate(self, request: bytes, timeout: float) -> tuple[bytes, None]:
        """The answer; what the child would have warned of, nobody hears of either."""
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pack(child.answer(unpack(request))), None


@contextmanager
def reading_here() -> Iterator[None]:
    """Files are read without a process of their own, which takes a tenth of a second each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_start_child", ChildHere)
        yield
