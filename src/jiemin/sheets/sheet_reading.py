"""From a sheet's cells to its roster: rows of read fields, and what was wrong with the others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any

from jiemin.domain.codes import Relation, VisitKind
from jiemin.domain.problems import CATALOGUE, Severity, problem
from jiemin.domain.roster import FIELDS, RosterRow, RosterSheet, SheetKind
from jiemin.sheets.columns.labels import in_wan
from jiemin.sheets.columns.recognise import Recognition
from jiemin.sheets.columns.shared import TOWN, VILLAGE
from jiemin.sheets.columns.spec import Column
from jiemin.sheets.grid import Cell, Grid, shown
from jiemin.sheets.layout.body import data_rows, fill_merged
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.hints import named_examples
from jiemin.sheets.layout.strays import stray_cells
from jiemin.sheets.layout.title import date_in, place_named, speaks_of_wan, stated_in
from jiemin.sheets.layout.totals import Control, whole
from jiemin.sheets.shifted_columns import leave_out_shifted
from jiemin.sheets.values.cell import FAILED, Faulty, Fields, Reader, read_cell
from jiemin.sheets.visit_logs import WaitingRows, merged_money, year_stated

_HOUSEHOLD_KEYS = ("household_no", "head_name", "head_id")
_IDENTITIES = ("head_id", "person_id", "certificate")
_UNREAD = object()
_LIKE_HEAD = re.compile("[户戶主]")
_LONGEST_SHOWN = 20
_MOST_TOTALS = 20
"""When more totals differ the list itself is not the one that was summed up."""

Fault = tuple[str, str, str, str]
"""Field, catalogue code, detail, value."""


def read_sheet(grid: Grid, header: Header, file: str, today: date) -> RosterSheet:
    """Read every data row below a complete header; merged cells are filled down in the grid."""
    recognition = header.recognition
    columns = {name: grid.letters(index) for name, index in header.fields.items()}
    titles = _titles(grid, header)
    sheet = RosterSheet(file, grid.name, recognition.spec.kind, columns, as_of=date_in(titles))
    fill_merged(grid, header)
    totals: list[int] = []
    indices = list(data_rows(grid, header, recognition.subject, totals))
    values, faults = read_columns(grid, header, indices, today)
    report_header(sheet, grid, header)
    sheet.problems += [*year_stated(sheet, faults, values), *merged_money(sheet, grid, header)]
    leave_out_shifted(sheet, grid, header, indices, values, faults, today)
    numbers = [grid.row_number(index) for index in indices]
    settle_rows(sheet, header, numbers, values, faults)
    _report_strays(sheet, grid, header, indices)
    if totals:
        faulty = {position: {name for name, *_ in found} for position, found in faults.items()}
        real = _are_real(sheet, numbers)
        _compare_totals(sheet, Control(grid, header, indices, values, faulty, real, totals), today)
    if sheet.rows:
        complete_rows(sheet, titles)
    elif not sheet.rejected and not sheet.left_blank:
        sheet.problems.append(problem("J205", file=file, sheet=grid.name))
    return sheet


def complete_rows(sheet: RosterSheet, titles: Sequence[Cell]) -> None:
    """Give all rows what they say without a column for it: the place that the sheet's name or title
    gives, and that visits without gifts are calls."""
    fields = FIELDS[sheet.kind].keys() - sheet.columns.keys()
    named = place_named(sheet.name, titles)
    places = {"town": named.town, "village": named.village}
    told: dict[str, Any] = {name: place for name, place in places.items() if place and name in fields}
    if told:
        labels = {"town": TOWN.label, "village": VILLAGE.label}
        detail = "、".join(f"{labels[name]}为“{place}”" for name, place in told.items())
        if named.besides:
            detail += f"；表里还写着“{'”“'.join(named.besides)}”"
        sheet.problems.append(problem("J207", detail, file=sheet.file, sheet=sheet.name))
    if "visit_kind" in fields and any("visit_kind" not in row.values for row in sheet.rows):
        told["visit_kind"] = VisitKind.CALL_ON
        sheet.problems.append(problem("J605", file=sheet.file, sheet=sheet.name))
    if told:
        sheet.rows = [replace(row, values={**told, **row.values}) for row in sheet.rows]


def _report_strays(sheet: RosterSheet, grid: Grid, header: Header, indices: Sequence[int]) -> None:
    """Name the first cell outside the table, and how many there are."""
    strays = stray_cells(grid, header, indices)
    if strays:
        row, place = strays[0]
        where = f"{grid.letters(place)}{grid.row_number(row)}"
        detail = f"{where}等{len(strays)}格" if len(strays) > 1 else where
        value = shown(grid.rows[row][place])[:_LONGEST_SHOWN]
        cell = grid.letters(place)
        sheet.problems.append(
            problem("J209", detail, file=sheet.file, sheet=sheet.name, cell=cell, value=value)
        )


def _are_real(sheet: RosterSheet, numbers: Sequence[int]) -> list[bool]:
    """Which rows were taken or refused; the others were numbered in advance."""
    taken = {row.number for row in sheet.rows}
    refused = {each.row for each in sheet.problems if each.severity is Severity.REJECT}
    return [number in taken or number in refused for number in numbers]


def _compare_totals(sheet: RosterSheet, control: Control, today: date) -> None:
    """Say where the sheet's own totals differ from its rows.

    The cell told is the column alone: a row of totals has no place among rows to be mended.
    """
    grid, header = control.grid, control.header
    wan = speaks_of_wan(_titles(grid, header))

    def read(name: str, cell: Cell) -> int | None:
        if not name.endswith("_fen"):
            return whole(cell)
        found = read_cell(_reader(header, name, wan), cell, today)
        return found if isinstance(found, int) else None

    for place, detail in islice(control.differences(read), _MOST_TOTALS):
        sheet.problems.append(
            problem("J208", detail, file=sheet.file, sheet=sheet.name, cell=grid.letters(place))
        )


def _titles(grid: Grid, header: Header) -> list[Cell]:
    return [cell for row in grid.rows[: header.top] for cell in row if cell != ""]


def read_columns(
    grid: Grid, header: Header, indices: Sequence[int], today: date
) -> tuple[list[dict[str, Any]], dict[int, list[Fault]]]:
    """The fields of each data row, and the faults of its cells by position in `indices`."""
    titles = _titles(grid, header)
    wan = speaks_of_wan(titles)
    rows = [grid.rows[index] for index in indices]
    values: list[dict[str, Any]] = [{} for _ in rows]
    faults: dict[int, list[Fault]] = {}
    for name, place in sorted(header.fields.items(), key=itemgetter(1)):
        column, read = header.recognition.spec.by_field[name], _reader(header, name, wan)
        if column.read_stated is not None:
            stated = stated_in([grid.name, *titles, header.labels[place]])
            read = column.read_stated(stated) if stated is not None else read
        for position, cell, fault in _read_column(name, place, read, rows, values, today):
            faults.setdefault(position, []).extend(
                (name, _numbered(column, code), _told(column, code, detail), shown(cell))
                for code, detail in fault.faults
            )
    return values, faults


def _numbered(column: Column, code: str) -> str:
    """The number of a cell's fault: of whatever is wrong with its value, the one the column has for that."""
    return column.unread if column.unread and code.startswith("J3") else code


def _reader(header: Header, name: str, wan: bool) -> Reader:
    """How a field's cells are read: in 万元 if its label says so, or the title and no label against it."""
    column, label = header.recognition.spec.by_field[name], header.labels[header.fields[name]]
    scaled = in_wan(label) or (wan and "元" not in label)
    return (column.read_wan if scaled else None) or column.read


def _told(column: Column, code: str, detail: str) -> str:
    """What is wrong with a cell; of a code list also what its column takes."""
    takes = f"“{column.label}”一栏填{column.meaning.removeprefix('填')}" if code == "J303" else ""
    return "；".join(words for words in (detail, takes) if words)


def _read_column(
    name: str,
    place: int,
    read: Reader,
    rows: Sequence[Sequence[Cell]],
    values: Sequence[dict[str, Any]],
    today: date,
) -> Iterator[tuple[int, Cell, Faulty]]:
    """Read one column into the rows' fields; yield the faulty cells. Each spelling is read once."""
    known: dict[Any, Any] = {}
    for position, row in enumerate(rows):
        cell = row[place]
        if cell == "":
            continue
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        found = known.get(key, _UNREAD)
        if found is _UNREAD:
            found = known[key] = read_cell(read, cell, today)
        if found.__class__ is Faulty:
            yield position, cell, found
            found = found.kept
        if found.__class__ is Fields:
            _spread(name, found, values[position])
        elif found is not None:
            values[position][name] = found


def _spread(name: str, fields: Fields, values: dict[str, Any]) -> None:
    """A cell's own field as it says; of the fields beside it, only those nobody else has told."""
    for each, value in fields.items():
        if each == name:
            values[each] = value
        else:
            values.setdefault(each, value)


def settle_rows(
    sheet: RosterSheet,
    header: Header,
    numbers: Sequence[int],
    values: Sequence[dict[str, Any]],
    faults: Mapping[int, list[Fault]],
    cells: Sequence[Mapping[str, str]] = (),
) -> None:
    """Take the rows whose subject can be told, count the others, and report every fault.

    `cells` are each record's own, where not all stand in the same columns.
    """
    spec = header.recognition.spec
    carry = heads_tell_households(header)
    household: dict[str, Any] = {}
    taken: list[RosterRow] = []
    waiting = WaitingRows(header)
    for position, (number, row) in enumerate(zip(numbers, values, strict=True)):
        found = faults.get(position, [])
        if waiting.takes(row, found):
            continue
        if spec.check is not None:
            found = [*found, *((name, code, detail, "") for name, code, detail in spec.check(row))]
        if carry:
            household = {} if _may_be_head(found) else _same_household(row, household)
        lacking = [group for group in spec.subject if not any(_tells(row, name) for name in group)]
        if not any(row.values()) and lacking and all(value in FAILED for _, _, _, value in found):
            continue  # numbered in advance, or formulas filled down without anything to work on
        if lacking:
            found = [*found, *_lacks(header.recognition, lacking, found)]
        record = RosterRow(number, row, cells[position]) if cells else RosterRow(number, row)
        if found and _report(sheet, record, found):
            sheet.rejected += 1
        else:
            taken.append(record)
    sheet.rows = [*sheet.rows, *taken]
    waiting.tell(sheet)


def _tells(row: Mapping[str, Any], name: str) -> bool:
    """Whether the field tells of whom the row speaks; an identity number only if it can be right."""
    value = row.get(name)
    return value is not None and (name not in _IDENTITIES or value.valid)


def heads_tell_households(header: Header) -> bool:
    """Whether it is a list of members in which nothing but the heads' rows tells the households."""
    is_of_members = header.recognition.spec.kind is SheetKind.MEMBERS
    return is_of_members and header.fields.keys().isdisjoint(_HOUSEHOLD_KEYS)


def _may_be_head(found: Sequence[Fault]) -> bool:
    """Whether 户主 seems to be written wrongly: then neither this row nor the next ones can be of the
    household before."""
    return any(
        name in ("relation", "is_head") and _LIKE_HEAD.search(value) is not None
        for name, _, _, value in found
    )


def _same_household(row: dict[str, Any], household: dict[str, Any]) -> dict[str, Any]:
    """In a list of members without any column for the household, each head's row begins a new one."""
    if "head_name" in row or row.get("relation") is Relation.HEAD:
        return {name: row[name] for name in ("town", "village", *_HOUSEHOLD_KEYS) if name in row}
    if "name" in row:
        row.update({name: value for name, value in household.items() if name not in row})
    return household


def _lacks(
    recognition: Recognition, lacking: Sequence[tuple[str, ...]], found: Sequence[Fault]
) -> Iterator[Fault]:
    """What a row should say and does not, unless a rejecting fault tells already why."""
    for group in lacking:
        if not any(name in group and _rejects(code) for name, code, _, _ in found):
            there = tuple(name for name in group if name in recognition.fields) or group
            useless = any(name in _IDENTITIES for name, *_ in found)
            why = "（填的号码不能用来认人）" if useless and not {*_IDENTITIES}.isdisjoint(there) else ""
            yield there[0], "J301", recognition.spec.label(there) + why, ""


def _report(sheet: RosterSheet, row: RosterRow, found: Sequence[Fault]) -> bool:
    """Report a row's faults; whether one of them rejects it."""
    sheet.problems += (sheet.problem(code, row, name, detail, value) for name, code, detail, value in found)
    return any(_rejects(code) for _, code, _, _ in found)


def _rejects(code: str) -> bool:
    return CATALOGUE[code].severity is Severity.REJECT


def report_header(sheet: RosterSheet, grid: Grid, header: Header) -> None:
    """Report the columns that are not read: those that repeat another, and those whose label is not known."""
    recognition = header.recognition
    notes = [
        (place, "J204", f"都是“{recognition.spec.by_field[name].label}”，以{sheet.columns[name]}列为准")
        for place, name in recognition.repeated.items()
    ]
    notes += [(place, "J203", recognition.hint(header.labels[place])) for place in recognition.unknown]
    for index in named_examples(grid, range(header.last + 1, header.bottom), header.names):
        detail = f"第{grid.row_number(index)}行"
        sheet.problems.append(problem("J212", detail, file=sheet.file, sheet=sheet.name))
    for place, code, detail in sorted(notes):
        label, letters = header.labels[place], grid.letters(place)
        sheet.problems.append(
            problem(code, detail, file=sheet.file, sheet=sheet.name, cell=letters, value=label)
        )
