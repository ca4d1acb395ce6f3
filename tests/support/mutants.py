"""Good rosters spoilt in every way: bits, bytes, and the XML inside.

`strict` mutants leave every value as it was and spoil what is around it: read to the end, they must
say the same as before, or be refused. The others change what is written, and may be read so.
"""

import io
import json
import re
import select
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

Change = Callable[[bytes, Random], bytes]
_TAG = re.compile(rb"<[^<>]*[^<>/]>")
"""Of an element of two tags: to lose one of them leaves no XML."""
_ODD_NUMBERS = (
    b"1e999",
    b"-1e999",
    b"NaN",
    b"inf",
    b"1e308",
    b"<v>5</v>",
    b"",
    b"0x10",
    b"1_000",
    b"9" * 400,
)
_ODD_PLACES = (b"XFD1048576", b"A0", b"A-1", b"ZZZZ9", b"A4294967297", b"A99999999999999999999", b"", b"1A")


@dataclass(frozen=True)
class Mutant:
    """A spoilt file, what was done to it, and whether its values stand untouched."""

    content: bytes
    how: str
    strict: bool


def _place(content: bytes, chance: Random) -> int:
    return chance.randrange(max(len(content), 1))


def _flipped(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[_place(content, chance)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: _place(content, chance)]


def _zeroed(content: bytes, chance: Random) -> bytes:
    start, length = _place(content, chance), chance.choice((4, 64, 512))
    return content[:start] + b"\0" * len(content[start : start + length]) + content[start + length :]


def _without_piece(content: bytes, chance: Random) -> bytes:
    start = _place(content, chance)
    return content[:start] + content[start + chance.choice((1, 16, 256)) :]


def _doubled_piece(content: bytes, chance: Random) -> bytes:
    start = _place(content, chance)
    end = start + chance.choice((1, 16, 256))
    return content[:end] + content[start:end] + content[end:]


BYTES: Mapping[str, Change] = {
    "bits flipped": _flipped,
    "cut off": _cut,
    "zeroed": _zeroed,
    "a piece lost": _without_piece,
    "a piece doubled": _doubled_piece,
}


def _one(pattern: bytes, content: bytes, chance: Random) -> "re.Match[bytes] | None":
    found = list(re.finditer(pattern, content, re.DOTALL))
    return chance.choice(found) if found else None


def _replaced(pattern: bytes, choices: Sequence[bytes]) -> Change:
    """One of the pattern's finds with its first group replaced."""

    def change(content: bytes, chance: Random) -> bytes:
        found = _one(pattern, content, chance)
        if found is None:
            return content
        return content[: found.start(1)] + chance.choice(choices) + content[found.end(1) :]

    return change


def _element(times: int) -> Change:
    def change(content: bytes, chance: Random) -> bytes:
        found = _one(
            rb"<(row|c|si|v|is|sheet|Relationship|xf|mergeCell)\b[^<>]*?(?:/>|>.*?</\1>)", content, chance
        )
        if found is None:
            return content
        return content[: found.start()] + found[0] * times + content[found.end() :]

    return change


def _without_tag(content: bytes, chance: Random) -> bytes:
    found = chance.choice(list(_TAG.finditer(content)))
    return content[: found.start()] + content[found.end() :]


def _swapped_names(content: bytes, chance: Random) -> bytes:
    names = re.findall(rb'<sheet [^<>]*name="([^"]*)"', content)
    if len(names) < 2:
        return content.replace(b'name="', b'name="&#0;', 1)
    one, other = chance.sample(names, 2)
    held = {b'"%s"' % one: b'"%s"' % other, b'"%s"' % other: b'"%s"' % one}
    return re.sub(rb'(?<=name=)"[^"]*"', lambda found: held.get(found[0], found[0]), content)


_SHEET = r"xl/worksheets/.*\.xml"
XML: Mapping[str, tuple[str, Change, bool]] = {
    "dimension": (
        _SHEET,
        _replaced(rb'<dimension ref="([^"]*)"', (b"A1", b"A1:XFD1048576", b"x", b"")),
        True,
    ),
    "place of a cell": (_SHEET, _replaced(rb'<c [^<>]*?\br="([^"]*)"', _ODD_PLACES), True),
    "place of a row": (
        _SHEET,
        _replaced(rb'<row [^<>]*?\br="([^"]*)"', (b"0", b"-1", b"x", b"99999999999")),
        True,
    ),
    "shared text": (
        _SHEET,
        _replaced(rb't="s"[^<>]*><v>(\d+)</v>', (b"99999999", b"-1", b"x", b"18446744073709551617")),
        True,
    ),
    "a tag lost": (_SHEET, _without_tag, True),
    "target": (
        r"xl/_rels/.*",
        _replaced(rb'Target="([^"]*)"', (b"nowhere.xml", b"", b"/xl/workbook.xml", b"..")),
        True,
    ),
    "relation": (
        r"xl/workbook.xml",
        _replaced(rb'<sheet [^<>]*r:id="([^"]*)"', (b"rId99", b"", b"rId1")),
        True,
    ),
    "types": (r"\[Content_Types\].xml", _element(0), True),
    "count": (r"xl/sharedStrings.xml", _replaced(rb'Count="([^"]*)"', (b"4294967295", b"-1", b"x")), True),
    "an element lost": (r"xl/.*\.(?:xml|rels)", _element(0), False),
    "an element doubled": (r"xl/.*\.(?:xml|rels)", _element(2), False),
    "a number": (_SHEET, _replaced(rb'<c (?![^<>]*t="s")[^<>]*><v>([^<>]*)</v>', _ODD_NUMBERS), False),
    "names of sheets": (r"xl/workbook.xml", _swapped_names, False),
    "bits inside": (r"xl/.*\.(?:xml|rels)", _flipped, False),
}
"""What is done → which parts it is done to, how, and whether the values stand untouched."""


def mutants(content: bytes, count: int, chance: Random) -> Iterator[Mutant]:
    """So many mutants of a roster; half of an archive's are spoilt inside, its sums put right."""
    archive = content.startswith(b"PK")
    for number in range(count):
        if archive and number % 2:
            how = list(XML)[number // 2 % len(XML)]
            pattern, change, strict = XML[how]
            yield Mutant(_inside(content, pattern, change, chance), how, strict)
        else:
            how = list(BYTES)[number // 2 % len(BYTES)]
            yield Mutant(BYTES[how](content, chance), how, archive)


def _inside(content: bytes, pattern: str, change: Change, chance: Random) -> bytes:
    parts = _unzipped(content)
    name = chance.choice([each for each in parts if re.fullmatch(pattern, each)])
    parts[name] = change(parts[name], chance)
    return _zipped(parts)


def _unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for each, part in parts.items():
            target.writestr(each, part)
    return made.getvalue()


def with_shared_texts(content: bytes) -> bytes:
    """The workbook with its texts in a part of their own, as Excel and WPS write them."""
    parts = _unzipped(content)
    texts: dict[bytes, int] = {}

    def shared(found: re.Match[bytes]) -> bytes:
        number = texts.setdefault(found[2], len(texts))
        return b'<c %st="s"><v>%d</v></c>' % (found[1], number)

    for name in [each for each in parts if each.startswith("xl/worksheets/")]:
        parts[name] = re.sub(
            rb'<c ([^<>]*)t="inlineStr"><is>(.*?)</is></c>', shared, parts[name], flags=re.DOTALL
        )
    if not texts:
        return content
    size, items = len(texts), b"".join(b"<si>%s</si>" % text for text in texts)
    space = b"http://schemas.openxmlformats.org"
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="%s/spreadsheetml/2006/main" count="%d" uniqueCount="%d">%s</sst>'
        % (space, size, size, items)
    )
    relations = "xl/_rels/workbook.xml.rels"
    related = (
        b'<Relationship Type="%s/officeDocument/2006/relationships/sharedStrings" '
        b'Target="sharedStrings.xml" Id="rId9999"/></Relationships>' % space
    )
    parts[relations] = parts[relations].replace(b"</Relationships>", related)
    typed = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", typed)
    return _zipped(parts)


def readings(paths: Sequence[Path], seconds: float) -> Iterator[dict[str, object]]:
    """What the reading process and an import make of each file, in order.

    One process reads many; where it dies, as the real one would have, `died` is told and a new one
    goes on. `hung` is told where nothing was heard for so many seconds.
    """
    left = list(paths)
    while left:
        with subprocess.Popen(
            [sys.executable, "-m", "support.mutant_reader"],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as reader:
            assert reader.stdin and reader.stdout
            while left:
                reader.stdin.write(f"{left[0]}\n".encode())
                reader.stdin.flush()
                ready = select.select([reader.stdout], [], [], seconds)[0]
                line = reader.stdout.readline() if ready else b""
                left.pop(0)
                if not line:
                    reader.kill()
                    yield {"died" if ready else "hung": True}
                    break
                yield json.loads(line)
            reader.stdin.close()
