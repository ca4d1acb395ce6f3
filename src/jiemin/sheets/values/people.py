"""Cells that tell who: names, identity numbers, telephones."""

import re
import unicodedata
from datetime import date
from typing import Any

from jiemin.domain.identity import IdFault, read_id
from jiemin.domain.people import clean_name, read_phones
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import NO_ONE, Faulty, Fields, fault

_LONGEST_NAME = 40
_BETWEEN_NAMES = re.compile(r"[、,，;；/\n]+")
_SEVERAL_NAMES = re.compile(r"[、,，;；/]|\w\w\s*\n\s*\w\w")
_BETWEEN_PHONES = re.compile(r"[\s、,，;；/]+")


def name(cell: Cell, _: date) -> Any:
    """One person's name; a masked one is none."""
    written = shown(cell)
    if written.isalpha() and len(written) <= _LONGEST_NAME and unicodedata.is_normalized("NFKC", written):
        return None if written in NO_ONE else written  # so are most, and cleaning takes time
    several = _SEVERAL_NAMES.search(written)
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
    if len(parts) == 1 and all(len(part) > 1 for part in written.split()):
        parts = written.split()
    read = [name(part, today) for part in parts if part]
    if any(isinstance(each, Faulty) for each in read):
        return fault("J311")
    return tuple(dict.fromkeys(each for each in read if each)) or None


def identity(cell: Cell, today: date) -> Any:
    """An identity number; one that cannot be right is kept as written, one with lost digits is not."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return fault("J106")
    reading = read_id(cell, today)
    if reading.blank:
        return None
    if not reading.faults:
        return reading
    lost = IdFault.LOST_DIGITS in reading.faults
    return Faulty(tuple((each.value, "") for each in reading.faults), None if lost else reading)


def member_identity(cell: Cell, today: date) -> Any:
    """A member's identity number, or disability certificate, which tells the disability as well."""
    found = identity(cell, today)
    if isinstance(found, Faulty):
        return Faulty(found.faults, _with_disability(found.kept))
    return _with_disability(found)


def certificate(cell: Cell, today: date) -> Any:
    """A disability certificate in its own column: it also serves where no identity number stands."""
    found = member_identity(cell, today)
    kept = found.kept if isinstance(found, Faulty) else found
    if kept is not None and not isinstance(kept, Fields):
        kept = Fields(person_id=kept)
    return Faulty(found.faults, kept) if isinstance(found, Faulty) else kept


def _with_disability(reading: Any) -> Any:
    if reading is None or reading.disability is None:
        return reading
    return Fields(person_id=reading, disability=reading.disability, disability_grade=reading.disability_grade)


def phones(cell: Cell, _: date) -> Any:
    """All telephone numbers in the cell; masked ones are none."""
    if isinstance(cell, str):
        written = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
        if "*" in written:
            written = " ".join(part for part in _BETWEEN_PHONES.split(written) if "*" not in part)
        if not written or written in NO_ONE:
            return None
        return read_phones(written) or fault("J307")
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 100 <= cell < 10**13:
        return None if cell == 0 else fault("J307")
    return read_phones(cell) or fault("J307")
