"""Cells that tell who: names, identity numbers, telephones."""

import re
import unicodedata
from datetime import date
from typing import Any

from jiemin.domain.identity import IdFault, read_id
from jiemin.domain.people import clean_name, read_phones
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import NO_ONE, Faulty, fault

_LONGEST_NAME = 40
_NO_PHONE = frozenset(["无电话", "没有电话", "没电话", "无手机", "没有手机"])
_BETWEEN_NAMES = re.compile(r"[、,，;；/\n]+")
_SEVERAL_NAMES = re.compile(r"[、,，;；/]|\w\w\s*\n\s*\w\w")
_NAMES_APART = re.compile(r"[\u3400-\u9fff]{2,4}(?:\s+[\u3400-\u9fff]{2,4})+")
_COMPOUND_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 长孙 宇文 端木 闻人 申屠 万俟 赫连 淳于 "
    "轩辕 太史 独孤 南宫 西门 东郭 呼延 钟离 公冶 濮阳 澹台 宗政".split()
)
_DIGITS = re.compile(r"\d{7,}")
_BETWEEN_PHONES = re.compile(r"[\s、,，;；/]+")


def name(cell: Cell, _: date) -> Any:
    """One person's name; a masked one is none."""
    written = shown(cell)
    if written.isalpha() and len(written) <= _LONGEST_NAME and unicodedata.is_normalized("NFKC", written):
        return None if written in NO_ONE else written  # so are most, and cleaning takes time
    several = _SEVERAL_NAMES.search(written) or _stand_apart(written)
    written = clean_name(written)
    if written in NO_ONE or "*" in written:
        return None
    if several or len(written) > _LONGEST_NAME or not any(sign.isalpha() for sign in written):
        return fault("J311", "一格里写了几个人" if several else "")
    return written


def names(cell: Cell, today: date) -> Any:
    """Several persons' names in one cell."""
    written = unicodedata.normalize("NFKC", shown(cell))
    parts = [part.strip() for part in _BETWEEN_NAMES.split(written)]
    by_blanks = written.split()
    if len(parts) == 1 and all(len(part) > 1 for part in by_blanks):
        parts = parts if _COMPOUND_SURNAMES.intersection(by_blanks) else by_blanks
    read = [name(part, today) for part in parts if part]
    if any(isinstance(each, Faulty) for each in read):
        return fault("J311")
    return tuple(dict.fromkeys(each for each in read if each)) or None


def _stand_apart(written: str) -> bool:
    """Whether blanks part names, and not the signs of one name: 欧阳 小明 is one."""
    parts = written.split()
    return _NAMES_APART.fullmatch(written.strip()) is not None and len(parts) > 1 + (
        parts[0] in _COMPOUND_SURNAMES
    )


def identity(cell: Cell, today: date) -> Any:
    """An identity number or disability certificate; one that cannot be right is kept as written, one with
    lost digits is not."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return fault("J106")
    reading = read_id(cell, today)
    if reading.blank:
        return None
    if not reading.faults:
        return reading
    lost = IdFault.LOST_DIGITS in reading.faults
    return Faulty(tuple((each.value, "") for each in reading.faults), None if lost else reading)


def phones(cell: Cell, _: date) -> Any:
    """All telephone numbers in the cell; masked ones are none."""
    if isinstance(cell, str):
        written = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
        if "*" in written:
            written = " ".join(part for part in _BETWEEN_PHONES.split(written) if "*" not in part)
        if not written or written in NO_ONE or written in _NO_PHONE:
            return None
        found, rest = read_phones(written)
        return Faulty((("J307", _left_out(rest)),), found or None) if rest or not found else found
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 100 <= cell < 10**13:
        return None if cell == 0 else fault("J307")
    found, rest = read_phones(cell)
    return found if found else fault("J307", _left_out(rest))


def _left_out(rest: str) -> str:
    """What of a cell of telephones was not taken; of a number that is none, how long it is."""
    digits = _DIGITS.findall(rest)
    if digits:
        return f"有一个号码是{len(digits[0])}位"
    return f"没有取用“{rest}”" if rest else ""
