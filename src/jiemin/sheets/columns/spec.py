"""How a kind of sheet is declared: its columns, by which labels they go, and what a row must say."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.values.cell import Reader, Stated

Finding = tuple[str, str, str]
"""A fault of a whole row: field, catalogue code, detail."""


class Holds(StrEnum):
    """What the cells of a column hold, by the name the documents give it: so forms format them."""

    WORDS = "文字"
    NUMBER = "号码"
    """Identity numbers, accounts, telephones and the like: digits that a cell number would lose."""
    TOWN = "镇(街道)"
    COUNT = "整数"
    MONEY = "金额"
    AREA = "面积"
    """Hundredths of a square metre or mu."""
    DAY = "日期"


YES_OR_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its label as forms print it, and what it means.

    `others` are labels that mean nothing else. `vague` ones, such as 姓名, mean this only where the
    kind of sheet, or the column they follow, says so. `whose` is "household" or "cadre" in lists
    that speak of both. `read_wan` reads it when the heading gives 万元, `read_stated` when the sheet states
    the year. `unread` is the catalogue code of whatever is wrong with the value of a cell, where it is not
    for its reader to say. `choices` are the words a
    form offers; other spellings of them are read all the same. `unit` is that of its figures, `example`
    what a form shows, empty where the column is mostly left blank. A label or unit in which the pattern
    `other_unit` is found gives other figures; such a column is none of this kind.
    """

    field: str
    label: str
    read: Reader
    meaning: str
    others: str = ""
    vague: str = ""
    whose: str = ""
    read_wan: Reader | None = None
    read_stated: Callable[[Stated], Reader] | None = None
    unread: str = ""
    holds: Holds = Holds.WORDS
    choices: Iterable[str] = ()
    unit: str = ""
    example: str | int | date = ""
    other_unit: str = ""

    def gives_other_figures(self, *words: str) -> bool:
        """Whether one of the words, of a label or a unit, says that its figures are others."""
        return bool(self.other_unit) and any(re.search(self.other_unit, word) for word in words)


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A kind of sheet.

    `needs` are groups of fields of each of which the header must have one, `subject` those of
    which each row must tell one; `telling` are fields that show what kind of sheet it is, and of
    which one at least must be there; `ignored` labels are passed over in silence. `single` are the
    fields that a cell merged over several rows tells of the first row alone, while all others it tells
    of each. `check` compares the fields of a row, and may complete them. With `beside` given, a sheet
    with other columns than its own, and than those of these labels, is something else. `elsewhere` are
    columns of other layouts of this kind, which forms do not have. A sheet with one of the labels
    `handed_out` was made by us to be filled in: rows that tell none of `filled_in` wait for that.
    """

    kind: SheetKind
    meaning: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    subject: tuple[tuple[str, ...], ...]
    telling: frozenset[str]
    ignored: frozenset[str]
    single: tuple[str, ...] = ()
    check: Callable[[dict[str, Any]], Iterator[Finding]] | None = None
    beside: frozenset[str] | None = None
    elsewhere: tuple[Column, ...] = ()
    handed_out: frozenset[str] = frozenset()
    filled_in: frozenset[str] = frozenset()
    by_field: Mapping[str, Column] = field(init=False, repr=False)
    sure: Mapping[str, Column] = field(init=False, repr=False)
    vague: Mapping[str, tuple[Column, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        sure: dict[str, Column] = {}
        vague: dict[str, tuple[Column, ...]] = {}
        for column in self.all_columns:
            words = column.others.split()
            if column.label not in column.vague.split():
                words += spellings(column.label)
            sure |= dict.fromkeys(words, column)
            for word in column.vague.split():
                vague[word] = (*vague.get(word, ()), column)
        object.__setattr__(self, "by_field", {column.field: column for column in self.all_columns})
        object.__setattr__(self, "sure", sure)
        object.__setattr__(self, "vague", vague)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns of forms and those of other layouts."""
        return self.columns + self.elsewhere

    def label(self, fields: tuple[str, ...]) -> str:
        """How people call a group of fields of which one is needed: 户主姓名或户编号."""
        return "或".join(self.by_field[name].label for name in fields if name in self.by_field)

    def needed(self, column: Column) -> str:
        """Whether a row must tell the column: 必需, 或 (one of several), or empty."""
        group = next((group for group in self.needs if column.field in group), ())
        return "" if not group else "必需" if len(group) == 1 else "或"
