"""What passes between the reading child process and its parent, quickly.

Both ends are this program, so a pickle is safe; large objects go as the arguments that make them,
which takes half the time of pickling them field by field.
"""

import copyreg
import io
import pickle
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from jiemin.domain.identity import IdReading
from jiemin.domain.problems import CATALOGUE, Problem
from jiemin.domain.roster import RosterRow, RosterSheet


@dataclass(frozen=True, slots=True)
class ReadRosters:
    """Ask for the file's `RosterFile`."""

    path: Path
    today: date


@dataclass(frozen=True, slots=True)
class TakeExcerpts:
    """Ask for the file's digest and, as an `Excerpt` each, these rows of these sheets as written."""

    path: Path
    wanted: Mapping[str, Collection[int]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing of the file can be read."""

    message: str
    hint: str


def too_much(file: str) -> Refusal:
    """The refusal of a file that takes more memory than any roster, or breaks the reader."""
    return Refusal(
        f"“{file}”读不下去：文件已损坏，或者表格的区域大得异常",
        "请新建一个工作簿，只把名单复制过去，存为 .xlsx 后再导入",
    )


class PackedRows(Sequence[RosterRow]):
    """A sheet's rows as they came from the child, some thousand of them unpacked at a time.

    As objects, the rows of a large sheet would take ten times the room.
    """

    _IN_A_PART = 2_000

    def __init__(self, rows: Sequence[RosterRow]) -> None:
        self._length = len(rows)
        starts = range(0, self._length, self._IN_A_PART)
        self._parts = [pack(rows[start : start + self._IN_A_PART]) for start in starts]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[RosterRow]:
        for part in self._parts:
            yield from unpack(part)

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def pack(message: Any) -> bytes:
    """The message as bytes."""
    packed = io.BytesIO()
    _Packer(packed, pickle.HIGHEST_PROTOCOL).dump(message)
    return packed.getvalue()


def unpack(packed: bytes) -> Any:
    """The message that `pack` was given; the bytes must come from our own child."""
    return pickle.loads(packed)  # noqa: S301 - from our own child


def _reading(each: IdReading) -> tuple[Any, ...]:
    return IdReading, (
        each.number if each.raw == each.number else each.raw,  # one text instead of two
        each.number,
        each.valid,
        each.birth,
        each.sex,
        each.disability,
        each.disability_grade,
        each.faults,
    )


def _sheet(sheet: RosterSheet) -> tuple[Any, ...]:
    told = {each.name: getattr(sheet, each.name) for each in fields(sheet)}
    return RosterSheet, tuple((told | {"rows": PackedRows(sheet.rows)}).values())


def _problem(code: str, *told: str) -> Problem:
    return Problem(CATALOGUE[code], *told)


class _Packer(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {
        IdReading: _reading,
        RosterSheet: _sheet,
        RosterRow: lambda row: (
            RosterRow,
            (row.number, row.values, dict(row.cells)) if row.cells else (row.number, row.values),
        ),
        Problem: lambda each: (
            _problem,
            (each.code, each.message, each.file, each.sheet, each.cell, each.value),
        ),
    }
