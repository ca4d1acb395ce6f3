"""A roster of members may tell of the households as well, in the rows of their heads."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from jiemin.domain.codes import Relation
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.columns import households
from jiemin.sheets.columns.recognise import Recognition
from jiemin.sheets.grid import Grid
from jiemin.sheets.layout.header import Header
from jiemin.sheets.sheet_reading import heads_tell_households, read_columns, read_sheet, settle_rows
from jiemin.sheets.shifted_columns import leave_out_shifted
from jiemin.sheets.values.cell import Fields, read_cell

_SHARED = ("household_no", "town", "village", "head_name", "head_id", "phones", "as_of")
"""What a head's row says as a member and for the household alike."""
_MARKS = ("relation", "is_head")
_OF_HEAD = {"head_name": "name", "head_id": "person_id"}


def read_rosters(grid: Grid, header: Header, file: str, today: date) -> Iterator[RosterSheet]:
    """The sheet's roster; of members whose heads' rows tell the class, their households too."""
    sheet = read_sheet(grid, header, file, today)
    yield sheet
    beside = households_beside(header)
    heads = [row for row in sheet.rows if beside and row.values.get("relation") is Relation.HEAD]
    if beside is None or not heads:
        return
    letters = {name: grid.letters(index) for name, index in beside.fields.items()}
    sheet.problems = [
        each for each in sheet.problems if each.code != "J203" or each.cell not in letters.values()
    ]
    told = {name: sheet.columns.get(name) or sheet.columns.get(_OF_HEAD.get(name, "")) for name in _SHARED}
    columns = {name: place for name, place in told.items() if place} | letters
    found = RosterSheet(file, sheet.name, SheetKind.HOUSEHOLDS, columns, as_of=sheet.as_of)
    indices = [row.number - grid.row_number(0) for row in heads]
    values, faults = read_columns(grid, beside, indices, today)
    leave_out_shifted(found, grid, beside, indices, values, faults, today)
    for own, row in zip(values, heads, strict=True):
        own.update({name: row.values[name] for name in _SHARED if name in row.values and name not in own})
    settle_rows(found, beside, [row.number for row in heads], values, faults)
    yield found


def households_beside(header: Header) -> Header | None:
    """The columns that only a roster of households has; None unless heads and classes are told."""
    recognition, sure = header.recognition, households.SPEC.sure
    if recognition.spec.kind is not SheetKind.MEMBERS or header.fields.keys().isdisjoint(
        {"relation", "is_head"}
    ):
        return None
    fields: dict[str, int] = {}
    for index in recognition.unknown:
        column = next((sure[word] for word in header.spelled(index) if word in sure), None)
        if column is not None:
            fields.setdefault(column.field, index)
    if "household_class" not in fields:
        return None
    return replace(header, recognition=Recognition(households.SPEC, fields, {}, (), len(fields), True))


def heads_above(grid: Grid, header: Header, numbers: Collection[int]) -> set[int]:
    """The rows of the heads to whose households these rows belong, where nothing else tells that."""
    if not heads_tell_households(header):
        return set()
    columns = header.recognition.spec.by_field
    marks = [(header.fields[name], columns[name].read) for name in _MARKS if name in header.fields]
    found: set[int] = set()
    head: int | None = None
    for index, row in enumerate(grid.rows[header.bottom :], start=header.bottom):
        if any(_says_head(read_cell(read, row[place], date.max)) for place, read in marks):
            head = grid.row_number(index)
        if head is not None and grid.row_number(index) in numbers:
            found.add(head)
    return found


def _says_head(told: Any) -> bool:
    return (told.get("relation") if isinstance(told, Fields) else told) is Relation.HEAD
