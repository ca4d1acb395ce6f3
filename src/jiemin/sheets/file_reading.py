"""From a file's sheets to its rosters: which sheets are one, and what the others are not."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from jiemin.domain.codes import squeeze
from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterFile, RosterSheet, SheetKind, numbers_like_ours
from jiemin.errors import JieminError
from jiemin.sheets.blank_rosters import leave_at_blank
from jiemin.sheets.families import read_rosters
from jiemin.sheets.form_reading import read_form
from jiemin.sheets.grid import Grid, shown
from jiemin.sheets.hidden_sheets import add_hidden
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.shape import Shape, shape_of
from jiemin.sheets.record_columns import read_blocks, read_sideways
from jiemin.sheets.visit_form_reading import read_visit_form

_GUIDES = frozenset("填写说明 填表说明 填报说明 使用说明 说明 填写须知 填报须知".split())
"""Sheets of these names tell how to fill in the others, and need not be told of."""
_BESIDE_PLAN = "方案附表"
"""So begin the names of the sheets that a plan of pairing brings along for the eye alone."""


def read_grids(grids: Sequence[Grid], path: Path, sha256: str, today: date) -> RosterFile:
    """Read every sheet that is a roster, hidden ones too; name the others, unless they are hidden.

    Blank sheets are passed over. Raises `JieminError` when all are blank.
    """
    roster, file = RosterFile(str(path), sha256), path.name
    written = [grid for grid in grids if any(shown(cell) for row in grid.rows for cell in row)]
    if not written:
        raise JieminError(f"“{file}”是空的，里面什么都没有填", "请确认文件选对了，名单填好并保存后再导入")
    hidden: list[RosterSheet] = []
    visible: list[RosterSheet] = []
    for grid in written:
        if grid.name.startswith(_BESIDE_PLAN):
            continue
        shape = shape_of(grid)
        if shape.is_roster:
            (hidden if grid.hidden else visible).extend(_read(shape, file, today))
        elif not grid.hidden and squeeze(grid.name) not in _GUIDES:
            roster.problems.append(_no_roster(grid, shape.header, file))
    roster.sheets, told = add_hidden(hidden, visible)
    leave_at_blank(roster.sheets)
    roster.problems += told
    roster.spoken_for = frozenset(numbers_like_ours(roster.sheets))
    return roster


def _read(shape: Shape, file: str, today: date) -> Iterable[RosterSheet]:
    if shape.visits is not None:
        return [read_visit_form(shape.grid, shape.visits, file, today)]
    if shape.form is not None:
        return read_form(shape.grid, shape.form, file, today)
    if shape.sideways is not None:
        return read_sideways(shape.grid, shape.sideways, file, today)
    if shape.blocks:
        return read_blocks(shape.blocks, file, today)
    return read_rosters(shape.grid, shape.header, file, today) if shape.header is not None else ()


def _no_roster(grid: Grid, header: Header | None, file: str) -> Problem:
    """Name the kind of sheet that comes nearest, and what it lacks."""
    detail = f"可导入的有{'、'.join(SheetKind)}"
    if header is not None and header.recognition.complete:
        detail = f"像“{header.recognition.spec.kind}”，但姓名栏里都是数字"
    elif header is not None and len(header.fields) > 1:
        nearest = header.recognition
        detail = f"最像“{nearest.spec.kind}”，缺列：{nearest.missing}"
    return problem("J201", detail, file=file, sheet=grid.name)
