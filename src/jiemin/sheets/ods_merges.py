"""The merged cells of an .ods, which no reader tells."""

import io
import re
import zipfile
from xml.parsers.expat import ParserCreate

from jiemin.sheets.gate import damaged

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_SPANNED = re.compile(rb'number-rows-spanned="(?!1")')

Place = tuple[int, int]
"""Row and column, counted from 0."""


def ods_merges(content: bytes, file: str) -> dict[str, list[tuple[Place, Place]]]:
    """Sheet name → first and last cell of each merge, if any goes down several rows.

    Raises `JieminError` for a file whose content cannot be made out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            written = archive.read("content.xml")
        if b"<!DOCTYPE" in written:
            raise ValueError("entities")
        return _merges(written) if _SPANNED.search(written) else {}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - broken archives fail in a dozen ways
        raise damaged(file) from None


def _merges(written: bytes) -> dict[str, list[tuple[Place, Place]]]:
    found: dict[str, list[tuple[Place, Place]]] = {}
    merges: list[tuple[Place, Place]] = []
    row, column, repeated = 0, 0, 1

    def begin(element: str, told: dict[str, str]) -> None:
        nonlocal merges, row, column, repeated

        def number(name: str) -> int:
            return int(told.get(f"{_TABLE}{name}", 1))

        match element.removeprefix(_TABLE):
            case "table":
                merges, row = found.setdefault(told.get(f"{_TABLE}name", ""), []), 0
            case "table-row":
                repeated, column = number("number-rows-repeated"), 0
            case "table-cell" | "covered-table-cell":
                down, right = number("number-rows-spanned"), number("number-columns-spanned")
                if down > 1 or right > 1:
                    merges.append(((row, column), (row + down - 1, column + right - 1)))
                column += number("number-columns-repeated")

    def end(element: str) -> None:
        nonlocal row
        if element == f"{_TABLE}table-row":
            row += repeated

    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(written, True)
    return found
