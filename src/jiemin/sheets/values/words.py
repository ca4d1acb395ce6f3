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
from jiemin.sheets.values.cell import NO_ONE, NOT_ANY, Faulty, Fields, Reader, fault, nearest, plain

_KEEPING = re.compile("(集中|分散)(?:供养)?")
_GRADE = re.compile("([1-4一二三四])级")
_GRADES = frozenset("1234一二三四")
_BETWEEN_WORDS = re.compile(r"[\s、,，;；/+和及]+")


def text(cell: Cell, _: date) -> Any:
    """Text as written; lines end as they do in a workbook."""
    written = shown(cell)
    return written.replace("\r\n", "\n").replace("\r", "\n") if "\r" in written else written


def pairing_note(cell: Cell, today: date) -> Any:
    """A note in a list of pairs; the mark 未结对 of annex 1 is none."""
    return None if cell == "未结对" else text(cell, today)


def code(table: Mapping[str, StrEnum], none: frozenset[str] = frozenset()) -> Reader:
    """A reader for a code list; the spellings in `none` say that nothing applies."""

    def read(cell: Cell, _: date) -> Any:
        found = read_code(table, shown(cell))
        if found is not None:
            return found
        written = squeeze(shown(cell))
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
    found = read_code(CLASSES, shown(cell))
    if found is not None:
        return found
    keepings = set(_KEEPING.findall(shown(cell)))
    if len(keepings) == 1:
        found = read_code(CLASSES, _KEEPING.sub("", shown(cell)))
        if found in {HouseholdClass.WUBAO, HouseholdClass.SANWU}:
            return Fields(household_class=found, keeping=KEEPINGS[keepings.pop()])
    return fault("J302", _class_hint(squeeze(shown(cell))))


def _class_hint(written: str) -> str:
    if "低收入农户" in written:
        return "低收入农户是农办的名册，不等于低收入家庭"
    if "特困" in written:
        return "没有写明是五保还是三无"
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
    told = _GRADE.findall(written)
    category = read_code(DISABILITIES, _GRADE.sub("", plain(shown(cell)))) if len(told) < 2 else None
    if category is None:
        return None if written in NOT_ANY else fault("J303", nearest(DISABILITIES, written))
    return Fields(disability=category, disability_grade=_number(told[0])) if told else category


def grade(cell: Cell, _: date) -> Any:
    """残疾等级, 1 to 4."""
    written = squeeze(shown(cell)).removesuffix("级")
    if written in NOT_ANY:
        return None
    return _number(written) if written in _GRADES else fault("J303")


def _number(written: str) -> int:
    return int(written) if written.isdigit() else "一二三四".index(written) + 1
