"""Cells that hold words: free text, codes of a list, yes or no."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from jiemin.domain.codes import (
    CAUSES,
    CLASSES,
    DISABILITIES,
    KEEPINGS,
    YES_NO,
    HouseholdClass,
    read_code,
    squeeze,
)
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import NO_ONE, NOT_ANY, Faulty, Fields, Reader, fault, nearest

_KEEPING = re.compile("(集中|分散)(?:供养)?")
_GRADE = re.compile("([1-4一二三四])级")
_GRADES = frozenset("1234一二三四")
_BETWEEN_WORDS = re.compile(r"[\s、,，;；/+和及]+")


def text(cell: Cell, _: date) -> Any:
    """Text as written."""
    return shown(cell)


def pairing_note(cell: Cell, _: date) -> Any:
    """A note in a list of pairs; the mark 未结对 of annex 1 is none."""
    return None if cell == "未结对" else shown(cell)


def code(table: Mapping[str, StrEnum], none: frozenset[str] = frozenset()) -> Reader:
    """A reader for a code list; the spellings in `none` say that nothing applies."""

    def read(cell: Cell, _: date) -> Any:
        written = squeeze(shown(cell))
        found = table.get(written)
        if found is not None:
            return found
        return None if written in none else fault("J303", nearest(table, written))

    return read


def yes_no(cell: Cell, _: date) -> Any:
    """是 or 否."""
    if isinstance(cell, bool):
        return cell
    answer = YES_NO.get(squeeze(shown(cell)))
    return fault("J303") if answer is None else answer


def household_class(cell: Cell, _: date) -> Any:
    """困难类别, with the keeping of 五保 and 三无 when it is written beside."""
    written = squeeze(shown(cell))
    found = CLASSES.get(written)
    if found is not None:
        return found
    keeping = _KEEPING.search(written)
    if keeping:
        found = CLASSES.get(_KEEPING.sub("", written))
        if found in {HouseholdClass.WUBAO, HouseholdClass.SANWU}:
            return Fields(household_class=found, keeping=KEEPINGS[keeping[1]])
    return fault("J302", _class_hint(written))


def _class_hint(written: str) -> str:
    if "低收入农户" in written:
        return "低收入农户是农办的名册，不等于低收入家庭"
    if "低保" in written:
        return "没有写明是城镇低保还是农村低保"
    return nearest(CLASSES, written)


def causes(cell: Cell, today: date) -> Any:
    """致困原因: the first is the primary one, any others follow."""
    found = other_causes(cell, today)
    kept = found.kept if isinstance(found, Faulty) else found
    told = Fields(cause=kept[0]) if kept else None
    if told and kept[1:]:
        told["other_causes"] = kept[1:]
    return Faulty(found.faults, told) if isinstance(found, Faulty) else told


def other_causes(cell: Cell, _: date) -> Any:
    """Any number of 致困原因; the unknown ones are named and left out."""
    whole = read_code(CAUSES, shown(cell))
    if whole is not None:
        return (whole,)
    parts = [part for part in _BETWEEN_WORDS.split(shown(cell)) if part and part not in NO_ONE]
    read = [(part, read_code(CAUSES, part)) for part in parts]
    known = tuple(dict.fromkeys(cause for _, cause in read if cause is not None)) or None
    unknown = tuple(("J303", part) for part, cause in read if cause is None)
    return Faulty(unknown, known) if unknown else known


def disability(cell: Cell, _: date) -> Any:
    """残疾类别, or category and grade in one cell: 肢体二级."""
    written = squeeze(shown(cell))
    told = _GRADE.search(written)
    category = DISABILITIES.get(_GRADE.sub("", written))
    if category is None:
        return None if written in NOT_ANY else fault("J303", nearest(DISABILITIES, written))
    return Fields(disability=category, disability_grade=_number(told[1])) if told else category


def grade(cell: Cell, _: date) -> Any:
    """残疾等级, 1 to 4."""
    written = squeeze(shown(cell)).removesuffix("级")
    if written in NOT_ANY:
        return None
    return _number(written) if written in _GRADES else fault("J303")


def _number(written: str) -> int:
    return int(written) if written.isdigit() else "一二三四".index(written) + 1
