"""Sheets whose rows hold several records: side by side, or a household with its members to the right.

Each record is read with columns of its own; all of one kind make one roster, whose rows say in which
cells they stand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jiemin.domain.problems import Problem
from jiemin.domain.roster import RosterRow, RosterSheet, SheetKind
from jiemin.sheets.families import read_rosters
from jiemin.sheets.grid import Grid
from jiemin.sheets.layout.blocks import Block
from jiemin.sheets.layout.body import data_rows
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.sideways import Sideways
from jiemin.sheets.sheet_reading import Fault, read_columns, report_header, settle_rows

HOUSEHOLD_KEYS = ("household_no", "town", "village", "head_name", "head_id", "as_of")
"""What a household's row says of its members too: which household is theirs, and from when."""


def read_blocks(blocks: Sequence[Block], file: str, today: date) -> list[RosterSheet]:
    """The rosters of a sheet with records side by side, one of each kind, the left block first."""
    kinds: dict[SheetKind, list[RosterSheet]] = {}
    for block in blocks:
        for sheet in read_rosters(block.grid, block.header, file, today):
            kinds.setdefault(sheet.kind, []).append(sheet)
    return [_joined(sheets) for sheets in kinds.values()]


def _joined(sheets: Sequence[RosterSheet]) -> RosterSheet:
    """One roster with the rows of all; those that stand in other columns than the first's say so."""
    first = sheets[0]
    rows = list(first.rows)
    for sheet in sheets[1:]:
        moved = {name: place for name, place in sheet.columns.items() if first.columns.get(name) != place}
        rows += [
            RosterRow(row.number, row.values, {name: f"{at}{row.number}" for name, at in moved.items()})
            for row in sheet.rows
        ]
    problems: Iterable[Problem] = dict.fromkeys(each for sheet in sheets for each in sheet.problems)
    if rows:
        problems = [each for each in problems if each.code != "J205"]  # a block with nothing in it
    rejected = sum(sheet.rejected for sheet in sheets)
    filled = first.filled_in.union(*(sheet.filled_in for sheet in sheets))
    blank = first.left_blank.union(*(sheet.left_blank for sheet in sheets)) - filled
    joined = replace(first, rows=rows, problems=list(problems), rejected=rejected)
    return replace(joined, left_blank=blank, filled_in=filled)


def read_sideways(grid: Grid, found: Sideways, file: str, today: date) -> list[RosterSheet]:
    """The households, or their pairings, of the sheet, and the members that stand in their rows.

    Blank columns for members are passed over; a member without a name is a fault.
    """
    sheets = list(read_rosters(grid, found.household, file, today))
    indices = list(data_rows(grid, found.household, found.subject))
    households, _ = read_columns(grid, found.household, indices, today)
    keys = [{name: row[name] for name in HOUSEHOLD_KEYS if name in row} for row in households]
    letters = {name: grid.letters(place) for name, place in found.household.fields.items()}
    columns = {name: letters[name] for name in HOUSEHOLD_KEYS if name in letters}
    first = {name: grid.letters(place) for name, place in found.members[0].fields.items()}
    members = RosterSheet(file, grid.name, SheetKind.MEMBERS, first, as_of=sheets[0].as_of)
    report_header(members, grid, found.members[0])
    members.columns = columns
    records = [
        (position, cells, values, faults)
        for header in found.members
        for position, cells, values, faults in _members(grid, header, indices, today)
    ]
    records.sort(key=lambda record: record[0])
    settle_rows(
        members,
        _with_keys(found),
        [grid.row_number(indices[position]) for position, *_ in records],
        [{**keys[position], **values} for position, _, values, _ in records],
        {number: faults for number, (*_, faults) in enumerate(records)},
        [cells for _, cells, _, _ in records],
    )
    return [*sheets, members] if members.rows or members.rejected else sheets


def _with_keys(found: Sideways) -> Header:
    """The first member's header together with the columns that tell the household."""
    first, fields = found.members[0].recognition, found.household.fields
    keys = {name: fields[name] for name in HOUSEHOLD_KEYS if name in fields}
    return replace(found.members[0], recognition=replace(first, fields={**keys, **first.fields}))


def _members(
    grid: Grid, header: Header, indices: Sequence[int], today: date
) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any], list[Fault]]]:
    """Each row's member in these columns: its position, cells, fields and faults."""
    values, faults = read_columns(grid, header, indices, today)
    for position, told in enumerate(values):
        number = grid.row_number(indices[position])
        found = faults.get(position, [])
        if told or found:
            cells = {name: f"{grid.letters(place)}{number}" for name, place in header.fields.items()}
            yield position, cells, told, found
