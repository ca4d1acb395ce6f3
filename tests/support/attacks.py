"""Files made to break a reader: bombs, loops, far cells and references that lead nowhere."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from support.rosters import HOUSEHOLD_HEADER, household_rows

SECRET = "绝密的内容"
"""What stands in a file beside the attack, and must never be read from there."""
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_MIB = 2**20
Parts = dict[str, bytes | Iterator[bytes]]


def _cell(place: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _rows(count: int = 3) -> str:
    written = []
    for number, row in enumerate([HOUSEHOLD_HEADER, *household_rows(count)], 1):
        cells = "".join(_cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row))
        written.append(f'<row r="{number}">{cells}</row>')
    return "".join(written)


def _sheet(
    rows: str = "", before: str = "", after: str = "", prologue: str = "", households: int = 3
) -> bytes:
    data = f"<sheetData>{_rows(households)}{rows}</sheetData>"
    return f"{_DECLARED}{prologue}<worksheet {_MAIN}>{before}{data}{after}</worksheet>".encode()


def roster(
    sheets: int = 1, sheet: bytes | Iterator[bytes] | None = None, parts: Parts | None = None
) -> Parts:
    """The parts of a good .xlsx with three households on each sheet.

    `sheet` stands in for the first one, `parts` for any others.
    """
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    strings = f'<Relationship Id="rId9999" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for part, kind in [
            ("workbook.xml", "sheet.main"),
            ("sharedStrings.xml", "sharedStrings"),
            *((f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)),
        ]
    )
    office = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    made: Parts = {
        "[Content_Types].xml": f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types"><Default '
        f'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>".encode(),
        "_rels/.rels": f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{office}'
        "</Relationships>".encode(),
        "xl/workbook.xml": f'{_DECLARED}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
        "</workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{related}{strings}</Relationships>".encode(),
        "xl/sharedStrings.xml": f'{_DECLARED}<sst {_MAIN} count="0" uniqueCount="0"/>'.encode(),
    }
    made |= {f"xl/worksheets/sheet{n}.xml": _sheet() for n in range(1, sheets + 1)}
    if sheet is not None:
        made["xl/worksheets/sheet1.xml"] = sheet
    return made | (parts or {})


def save(path: Path, parts: Mapping[str, bytes | Iterator[bytes]]) -> Path:
    """A zip archive of the parts, large ones streamed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for chunk in [content] if isinstance(content, bytes) else content:
                    part.write(chunk)
    return path


def _around(content: bytes, mark: bytes, chunk: bytes, times: int) -> Iterator[bytes]:
    """The content with `chunk` repeated before `mark`."""
    before, _, after = content.partition(mark)
    yield before
    for _ in range(times):
        yield chunk
    yield mark + after


def _blanks(mib: int) -> Parts:
    return roster(sheet=_around(_sheet(), b"</sheetData>", b" " * _MIB, mib))


def _swelling(fill: bytes) -> bytes:
    """A MiB that packs some fifty times smaller, as a real sheet may."""
    noise = b"".join(b"%x" % (n * n) for n in range(6000))
    return noise + fill * (_MIB - len(noise))


def _strings(mib: int) -> Parts:
    item = "".join(f"<si><t>{'字' * 100}{n}</t></si>" for n in range(3000)).encode()
    sst = f"{_DECLARED}<sst {_MAIN}></sst>".encode()
    return roster(parts={"xl/sharedStrings.xml": _around(sst, b"</sst>", item, mib * _MIB // len(item))})


def _entities(prologue: str) -> Parts:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'{prologue}<!DOCTYPE worksheet [<!ENTITY e0 "哈">{levels}]>'
    row = '<row r="9"><c r="D9" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    return roster(sheet=_sheet(row, prologue=doctype))


def _external(prologue: str) -> Parts:
    doctype = f'{prologue}<!DOCTYPE worksheet [<!ENTITY x SYSTEM "secret.txt">]>'
    row = '<row r="9"><c r="D9" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return roster(sheet=_sheet(row, prologue=doctype))


def _columns() -> Parts:
    row = "".join(f'<c r="{_letters(n)}9"><v>1</v></c>' for n in range(1, 16385))
    return roster(sheet=_sheet(f'<row r="9">{row}</row>'))


def _great_cell() -> Parts:
    sheet = _sheet('<row r="9"><c r="D9" t="inlineStr"><is><t>+</t></is></c></row>')
    return roster(sheet=_around(sheet, b"+</t>", _swelling(b"x"), 50))


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _merges(ref: Callable[[int], str], households: int = 3) -> Parts:
    merged = "".join(f'<mergeCell ref="{ref(n)}"/>' for n in range(100_000))
    return roster(sheet=_sheet(after=f"<mergeCells>{merged}</mergeCells>", households=households))


def _nested() -> Parts:
    deep = b"<x>" * 300_000 + b"</x>" * 300_000
    return roster(sheet=_sheet().replace(b"<sheetData>", deep + b"<sheetData>"))


def _failed_formulas() -> Parts:
    """What looks like the beginnings of cells, for whoever searches the text of a part for them."""
    row = '<row r="9"><c r="I9" t="e"><v>#N/A</v></c></row>'
    return roster(
        sheet=_sheet(row, before=f"<!--{'<c ' * 300_000}{'<c r=_A1_ t=_e_>' * 50_000}-->".replace("_", '"'))
    )


def _ods(rows: str) -> Parts:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table>'
    content = f"{_DECLARED}<office:document-content {spaces}>{body}</office:spreadsheet></office:body>"
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<manifest/>",
        "content.xml": f"{content}</office:document-content>".encode(),
    }


def _ods_cell(text: str, repeated: str = "") -> str:
    return (
        f'<table:table-cell {repeated} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _repeated(cells: int, rows: int, text: str) -> Parts:
    header = "".join(map(_ods_cell, HOUSEHOLD_HEADER))
    cell = _ods_cell(text, f'table:number-columns-repeated="{cells}"')
    return _ods(
        f"<table:table-row>{header}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    )


def looped_ole() -> bytes:
    """A compound file whose directory and allocation chains lead back into themselves."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, 0, 0, 0, 0)
    header[76:512] = struct.pack("<I", 0) + b"\xff" * 432
    fat = struct.pack("<128I", *([1, 2, 1] + [2] * 125))
    entries = b""
    for name, kind in (("Root Entry", 5), ("Workbook", 2)):
        entry = bytearray(128)
        entry[: 2 * len(name)] = name.encode("utf-16-le")
        struct.pack_into("<HBBIII", entry, 64, 2 * len(name) + 2, kind, 1, 1, 1, 1)
        struct.pack_into("<IQ", entry, 116, 1, 2**30)
        entries += bytes(entry)
    return bytes(header) + fat + entries.ljust(512, b"\x00") * 2


def _shallow_directory() -> bytes:
    """An archive whose directory claims that a part of 900 MB takes a few bytes when unpacked."""
    content = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(content.compress(b" " * _MIB) for _ in range(100)) + content.flush()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, part in roster(sheet=b"").items():
            archive.writestr(each, part if isinstance(part, bytes) else b"")
    raw = made.getvalue()
    name = b"xl/worksheets/sheet1.xml"
    local = raw.index(name) - 30
    listed = raw.rindex(name) - 46
    body = raw[:local] + raw[local : local + 30 + len(name)] + packed + raw[local + 30 + len(name) : listed]
    patched = bytearray(body + raw[listed:])
    struct.pack_into("<H", patched, local + 8, 8)
    struct.pack_into("<II", patched, local + 18, len(packed), 500)
    entry = patched.rindex(name) - 46
    struct.pack_into("<H", patched, entry + 10, 8)
    struct.pack_into("<II", patched, entry + 20, len(packed), 500)
    end = patched.rindex(b"PK\x05\x06")
    struct.pack_into("<I", patched, end + 16, struct.unpack_from("<I", patched, end + 16)[0] + len(packed))
    return bytes(patched)


def _with_duplicate(path: Path) -> None:
    good = roster()
    save(path, good)
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", _sheet().replace("沈阿大".encode(), SECRET.encode()))


def _relations(target: str) -> Parts:
    relations = roster()["xl/_rels/workbook.xml.rels"]
    assert isinstance(relations, bytes)
    return roster(
        parts={"xl/_rels/workbook.xml.rels": relations.replace(b"worksheets/sheet1.xml", target.encode())}
    )


def _far(place: str) -> Parts:
    return roster(sheet=_sheet(f'<row r="{place.lstrip("XFD")}">{_cell(place, "x")}</row>'))


def _narrow_and_wide() -> bytes:
    header, *rows = [HOUSEHOLD_HEADER, *household_rows(1)]
    lines = [",".join(header), *(",".join(str(cell or "") for cell in row) for row in rows)]
    return "\n".join([*lines, "," * 300_000, *(["x"] * 100_000)]).encode()


ATTACKS: Mapping[str, Callable[[], Parts | bytes | Callable[[Path], None]]] = {
    "zip_bomb.xlsx": lambda: _blanks(700),
    "flat_zip_bomb.xlsx": lambda: roster(sheet=_around(_sheet(), b"</sheetData>", _swelling(b" "), 100)),
    "lying_directory.xlsx": _shallow_directory,
    "nested_zip.xlsx": lambda: {"a.zip": b"PK\x03\x04" + b"\0" * 99, "b.zip": b"PK\x03\x04" + b"\0" * 99},
    "entities.xlsx": lambda: _entities(""),
    "late_entities.xlsx": lambda: _entities(f"<!--{'-x' * 2000}-->"),
    "external.xlsx": lambda: _external(""),
    "late_external.xlsx": lambda: _external(f"<!--{'x' * 4000}-->"),
    "far_cell.xlsx": lambda: _far("XFD1048576"),
    "beyond.xlsx": lambda: _far("XFD4294967295"),
    "wide.xlsx": _columns,
    "sheets.xlsx": lambda: roster(300),
    "dimension.xlsx": lambda: roster(sheet=_sheet(before='<dimension ref="A1:XFD1048576"/>')),
    "long.xlsx": lambda: roster(sheet=_sheet('<row r="1000000"><c r="A1000000"><v>1</v></c></row>')),
    "strings.xlsx": lambda: _strings(100),
    "great_cell.xlsx": _great_cell,
    "small_merges.xlsx": lambda: _merges(lambda n: f"A{2 * n + 2}:A{2 * n + 3}"),
    "great_merges.xlsx": lambda: _merges(lambda n: "A1:XFD1048576"),
    "layered_merges.xlsx": lambda: _merges(lambda n: "B3:B5000", households=5000),
    "nested.xlsx": _nested,
    "failed.xlsx": _failed_formulas,
    "duplicate.xlsx": lambda: _with_duplicate,
    "traversal.xlsx": lambda: roster(parts={"../../evil.xml": b"<x/>"}),
    "counts.xlsx": lambda: roster(
        parts={
            "xl/sharedStrings.xml": f'<sst {_MAIN} count="{2**32 - 1}" uniqueCount="{2**32 - 1}"/>'.encode()
        }
    ),
    "self.xlsx": lambda: _relations("workbook.xml"),
    "nowhere.xlsx": lambda: _relations("../../../../etc/passwd"),
    "loop.xls": looped_ole,
    "repeated.ods": lambda: _repeated(16384, 1048576, "x"),
    "long.ods": lambda: _repeated(9, 1048576, "x"),
    "blank.ods": lambda: _repeated(16384, 1048576, ""),
    "narrow_and_wide.csv": _narrow_and_wide,
    "one_line.csv": lambda: b"x" * (20 * _MIB),
    "commas.csv": lambda: b"," * (20 * _MIB),
    "quote.csv": lambda: ",".join(HOUSEHOLD_HEADER).encode() + b'\n"' + b"x,y\n" * (5 * _MIB),
}
"""File name → what makes its content: parts of an archive, bytes, or a function that writes it."""


def attack(folder: Path, name: str) -> Path:
    """The file of that name in the folder."""
    path, made = folder / name, ATTACKS[name]()
    if callable(made):
        made(path)
    elif isinstance(made, bytes):
        path.write_bytes(made)
    else:
        save(path, made)
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    return path
