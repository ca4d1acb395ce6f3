"""What no reader tells of an .xlsx: formulas that failed, merged cells, and parts that are not whole.

The fast reader shows formulas that failed (#N/A, #REF! …) as blanks, a sheet whose part is none as a
blank sheet, an impossible number of a shared text as the first text, and a cell at an impossible
place anywhere; it stops reading a part before the sum at its end could show that bytes were changed.
The slow one passes over sheets that are not there, and tells no merged cells.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.parsers.expat import ExpatError, ParserCreate

from jiemin.errors import JieminError
from jiemin.sheets.gate import damaged

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_FAILED = re.compile(
    rb'<(?:\w+:)?c (?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>'
    rb"(?:(?!<(?:\w+:)?c[ >]|</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)</",
    re.DOTALL,
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_IMPOSSIBLE = (
    re.compile(rb'<c [^<>]*?\br="(?![A-Z]{1,3}[1-9][0-9]{0,6}")'),
    re.compile(rb'<c (?=[^<>]*\bt="s")[^<>]*>\s*<v>(?!\s*[0-9]{1,9}\s*</v>)'),
    re.compile(rb'<row [^<>]*?\br="(?![1-9][0-9]{0,6}")'),
)
"""A cell or row at no place, and a shared text without a number."""
_DATA, _ERROR, _MERGE = b"sheetData", b't="e"', b"mergeCell "
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_BESIDE = {"xl/sharedstrings.xml", "xl/styles.xml"}
_CHUNK = 2**20
_PROVED = 8 * 2**20
"""A larger sheet takes too long to prove; what the sums say of it must do."""

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(slots=True)
class XlsxSheet:
    """One sheet's failed formulas, with what they show, and its merged cells by first and last."""

    failed: list[tuple[Place, str]] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def look_through(content: bytes, file: str) -> dict[str, XlsxSheet]:
    """The sheets of cells by name; empty for an .xlsb.

    Raises `JieminError` when a sheet is not there, or not as it was written.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            if not {_WORKBOOK, _RELATIONS} <= names.keys():
                return {}
            for part in names.keys() & _BESIDE:
                for _ in _chunks(archive, names[part]):
                    pass
            parts = dict(_parts(archive.read(names[_RELATIONS]), archive.read(names[_WORKBOOK])))
            if len(set(parts.values())) < len(parts):
                raise ValueError("two sheets in one part")
            return {name: _sheet(archive, names[part.lower()]) for name, part in parts.items()}
    except (JieminError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - broken archives fail in a dozen ways
        raise damaged(file) from None


def _sheet(archive: zipfile.ZipFile, part: str) -> XlsxSheet:
    """What is to be told of one sheet; raises for a part that is no sheet, or a broken one."""
    if archive.getinfo(part).file_size <= _PROVED:
        _prove(archive.read(part))
    seen: set[bytes] = set()
    tail = b""
    for chunk in _chunks(archive, part):
        seen |= {mark for mark in (_DATA, _ERROR, _MERGE) if mark not in seen and mark in tail + chunk}
        tail = chunk[-len(_MERGE) :]
    if _DATA not in seen:
        raise ValueError(part)
    told = XlsxSheet()
    if seen & {_ERROR, _MERGE}:
        written = archive.read(part)
        if _ERROR in seen:
            found = _FAILED.findall(written)
            told.failed = [(_place(*each[:2]), each[2].decode("ascii", "replace")) for each in found]
        if _MERGE in seen:
            told.merged = [(_place(*each[:2]), _place(*each[2:])) for each in _MERGED.findall(written)]
    return told


def _prove(written: bytes) -> None:
    """Raise unless the sheet is whole XML in which all cells, rows and shared texts may be."""
    if b"<!DOCTYPE" in written or any(impossible.search(written) for impossible in _IMPOSSIBLE):
        raise ValueError("impossible")
    try:
        ParserCreate().Parse(written, True)
    except ExpatError as error:
        raise ValueError("no XML") from error


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces to its end, so that its sum is proved."""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _parts(relations: bytes, workbook: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet of cells with the part that holds them, by the path it has in the archive."""
    listed = [each.decode("utf-8", "replace") for each in _RELATION.findall(relations)]
    targets = {_attribute(each, "Id"): each for each in listed}
    for found in _SHEET.findall(workbook):
        sheet = found.decode("utf-8", "replace")
        relation = targets[_attribute(sheet, r"\w+:id")]
        if _attribute(relation, "Type").endswith("/worksheet"):
            target = _attribute(relation, "Target").replace("\\", "/")
            yield _attribute(sheet, "name"), normpath(join("/xl", target)).lstrip("/")


def _attribute(element: str, name: str) -> str:
    match = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", element)
    return _unescaped(match[1] or match[2] or "") if match else ""


def _unescaped(written: str) -> str:
    from html import unescape

    return unescape(written) if "&" in written else written


def _place(letters: bytes, row: bytes) -> Place:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return int(row) - 1, number - 1
