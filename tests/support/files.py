"""Files of every sort, made in code, and what the reading side answers for one."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from jiemin.domain.roster import RosterFile
from jiemin.sheets.child import answer
from jiemin.sheets.wire import ReadRosters, Refusal
from support.grids import TODAY

PLAIN = (("姓名", "单位", "职务"), ("方卫东", "民政局", "局长"))
"""The smallest roster: one cadre."""


def read(path: Path) -> RosterFile:
    """The file's rosters, as the child process would read them."""
    found = answer(ReadRosters(path, TODAY))
    assert isinstance(found, RosterFile), found
    return found


def refusal(path: Path) -> Refusal:
    """Why the child process would not read the file; the words name it and a way out."""
    found = answer(ReadRosters(path, TODAY))
    assert isinstance(found, Refusal), found
    assert path.name in found.message
    assert found.hint
    return found


def saved(path: Path, content: bytes) -> Path:
    """The path, once it holds the content."""
    path.write_bytes(content)
    return path


def workbook_bytes(change: Callable[[Workbook], object] = lambda workbook: None) -> bytes:
    """A workbook with the smallest roster, and what `change` does to it."""
    workbook = Workbook()
    for row in PLAIN:
        workbook.worksheets[0].append(list(row))
    change(workbook)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def patched(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The archive with some bytes of a part replaced; they must be there."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts[part]
    return archive(**parts | {part: parts[part].replace(old, new)})
