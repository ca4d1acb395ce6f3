"""Reads and imports the files named on standard input, one after another; a line of JSON for each."""

import json
import resource
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from jiemin.domain.roster import RosterFile
from jiemin.policy.places_file import load_places
from jiemin.sheets import child
from jiemin.sheets.wire import ReadRosters, Refusal
from jiemin.storage.stamp import Stamp
from jiemin.usecases import import_workbook
from support.grids import TODAY

_PLACES = load_places()
_STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import")


@dataclass(frozen=True)
class _Read:
    """What `start_reading` answers for a file that is read already."""

    roster: RosterFile

    def result(self) -> RosterFile:
        return self.roster


def _told(path: Path) -> dict[str, object]:
    found = child.answer(ReadRosters(path, TODAY), child._confine_to)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))  # only the reading is confined
    if isinstance(found, Refusal):
        return {"refused": found.message}
    assert isinstance(found, RosterFile)
    rows = [
        (
            sheet.kind.value,
            sheet.name,
            row.number,
            sorted((name, str(value)) for name, value in row.values.items()),
        )
        for sheet in found.sheets
        for row in sheet.rows
    ]
    with (
        TemporaryDirectory() as folder,
        patch.object(import_workbook, "start_reading", lambda *_: _Read(found)),
        patch.object(import_workbook, "_write_error_workbook"),
    ):
        outcome = import_workbook.import_files(
            [path], Path(folder, "jiemin.db"), _STAMP, _PLACES, today=TODAY, town="石门镇"
        )
    problems = [(each.code, each.cell) for each in outcome.files[0].all_problems]
    return {"rows": rows, "problems": problems}


def main() -> None:
    """Answer until there are no more names."""
    for line in sys.stdin:
        try:
            told = _told(Path(line.strip()))
        except Exception:  # noqa: BLE001 - whatever it is, it is to be told
            told = {"crash": traceback.format_exc()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
