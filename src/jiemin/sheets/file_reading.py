"""From a file's sheets to its rosters: which sheets are one, and what the others are not."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterFile, SheetKind
from jiemin.errors import JieminError
from jiemin.sheets.families import read_rosters
from jiemin.sheets.grid import Grid, shown
from jiemin.sheets.layout.header import Header, find_header


def read_grids(grids: Sequence[Grid], path: Path, sha256: str, today: date) -> RosterFile:
    """Read every visible sheet that is a roster; name the others.

    Blank sheets are passed over. Raises `JieminError` when all are blank.
    """
    roster, file = RosterFile(str(path), sha256), path.name
    written = [grid for grid in grids if any(shown(cell) for row in grid.rows for cell in row)]
    if not written:
        raise JieminError(f"“{file}”是空的，里面什么都没有填", "请确认文件选对了，名单填好并保存后再导入")
    for grid in written:
        header = find_header(grid)
        if header is not None and header.recognition.complete and not header.counts(grid):
            if grid.hidden:
                kind = header.recognition.spec.kind.value
                roster.problems.append(problem("J206", kind, file=file, sheet=grid.name))
            else:
                roster.sheets += read_rosters(grid, header, file, today)
        elif not grid.hidden:
            roster.problems.append(_no_roster(grid, header, file))
    return roster


def _no_roster(grid: Grid, header: Header | None, file: str) -> Problem:
    """Name the kind of sheet that comes nearest, and what it lacks."""
    detail = f"可导入的有{'、'.join(SheetKind)}"
    if header is not None and header.recognition.complete:
        detail = f"像“{header.recognition.spec.kind}”，但姓名栏里都是数字"
    elif header is not None and len(header.fields) > 1:
        nearest = header.recognition
        detail = f"最像“{nearest.spec.kind}”，缺列：{nearest.missing}"
    return problem("J201", detail, file=file, sheet=grid.name)
