"""Names of files and sheets made from names of units, villages or people, which may hold any sign."""

import re
from collections.abc import Collection

_NO_FILE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_NO_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST_FILE, _LONGEST_SHEET = 70, 31
"""A file system takes 255 bytes, of which a Chinese sign takes three; a workbook takes 31 signs."""


def file_stem(text: str, taken: Collection[str] = ()) -> str:
    """A file's name without its suffix, legal everywhere; `taken` are names in use, case-folded."""
    plain = _NO_FILE.sub("_", text).strip(" .")
    plain = f"_{plain}" if _RESERVED.fullmatch(plain) else plain
    return _unlike(plain or "_", taken, _LONGEST_FILE)


def sheet_name(text: str, taken: Collection[str] = ()) -> str:
    """A sheet's name; `taken` are names in use, case-folded."""
    return _unlike(_NO_SHEET.sub("_", text).strip(" '") or "_", taken, _LONGEST_SHEET)


def _unlike(text: str, taken: Collection[str], longest: int) -> str:
    """The text cut short, with a number behind it as long as it is somebody else's."""
    name, number = text[:longest].rstrip(), 1
    while name.casefold() in taken:
        number += 1
        mark = f"({number})"
        name = text[: longest - len(mark)].rstrip() + mark
    return name
