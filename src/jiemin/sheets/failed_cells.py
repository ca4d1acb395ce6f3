"""Formulas that failed (#N/A, #REF! …) in an .xlsx: the fast reader shows them as blank cells."""

import io
import re
import zipfile
from collections.abc import Iterator

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_FAILED = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?'
    rb"<(?:\w+:)?v>([^<]*)</",
    re.DOTALL,
)


def failed_cells(content: bytes) -> dict[str, list[tuple[int, int, str]]]:
    """Sheet name → (row, column, error), both counted from 0; only of sheets that have any."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name, part in _parts(archive):
            written = archive.read(part)
            if b't="e"' in written:
                found[name] = [
                    (int(row) - 1, _column(letters), error.decode("ascii", "replace"))
                    for letters, row, error in _FAILED.findall(written)
                ]
    return found


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name with the part of the archive that holds its cells."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {_attribute(each, "Id"): _attribute(each, "Target") for each in relations}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = targets.get(_attribute(sheet, r"\w+:id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield _attribute(sheet, "name"), part


def _attribute(element: bytes, name: str) -> str:
    match = re.search(rf'\b{name}="([^"]*)"', element.decode("utf-8", "replace"))
    return _unescaped(match[1]) if match else ""


def _unescaped(written: str) -> str:
    from html import unescape

    return unescape(written) if "&" in written else written


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1
