"""What every reader of cells shares: its results, and what blanks and failed formulas look like."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from jiemin.domain.periods import Quarter
from jiemin.sheets.grid import Cell

Reader: TypeAlias = Callable[[Cell, date], Any]


@dataclass(frozen=True, slots=True)
class Faulty:
    """What is wrong with a cell, as catalogue codes with details, and what of it can be kept."""

    faults: tuple[tuple[str, str], ...]
    kept: Any = None


@dataclass(frozen=True, slots=True)
class Stated:
    """The year that a sheet states for the days written without one, and the quarter if it names one."""

    year: int
    quarter: Quarter | None = None


class Fields(dict[str, Any]):
    """Several fields told by one cell; another column's own word goes before the ones beside it."""


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NOTHING = frozenset(["", "/", "\\", "-", "--", "—", "——", "———", "－", "／", "…", "……", "、", ".", "。"])
FAILED = frozenset(["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"])
"""What a formula shows that could not be worked out."""

NO_ONE = frozenset(["无", "没有", "暂无", "不详", "未知", "空缺", "待定", "未定", "未结对", "0"])
"""Words for a name or number that does not exist."""
NOT_ANY = frozenset(["无", "否", "没有", "非", "0"])
"""Words for a code that does not apply."""


def read_cell(read: Reader, cell: Cell, today: date) -> Any:
    """Read a cell, once what every column has in common is dealt with: blanks, dashes, failed formulas."""
    if isinstance(cell, str):
        cell = cell.strip() if cell.isascii() else _INVISIBLE.sub("", cell).strip()
        if cell in _NOTHING:
            return None
        if cell in FAILED:
            return fault("J308")
    return read(cell, today)


def fault(code: str, detail: str = "") -> Faulty:
    """One fault, of which nothing can be kept."""
    return Faulty(((code, detail),))


def plain(written: str) -> str:
    """The text without blanks, full-width signs as the usual ones."""
    if written.isascii() and written.isalnum():
        return written
    return "".join(unicodedata.normalize("NFKC", written).split())


_BETWEEN_FIGURES = re.compile(r"[\d.,]\s+[\d.,]")


def several_figures(written: str) -> bool:
    """Whether blanks part two figures: 520 600 may be one or two, and is neither."""
    return _BETWEEN_FIGURES.search(unicodedata.normalize("NFKC", written)) is not None


def nearest(table: Mapping[str, StrEnum], written: str) -> str:
    """A hint at the label that may have been meant, for the message; never taken for meant."""
    from difflib import get_close_matches  # only faults need it

    near = get_close_matches(written, list(table), n=1, cutoff=0.5)
    return f"是不是“{table[near[0]].value}”" if near else ""
