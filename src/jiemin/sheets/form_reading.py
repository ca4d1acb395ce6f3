"""From a form for one household to its rosters: the household, and its members."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jiemin.domain.codes import Relation
from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.columns import households, members
from jiemin.sheets.columns.recognise import Recognition
from jiemin.sheets.columns.shared import TOWN, VILLAGE
from jiemin.sheets.columns.spec import SheetSpec
from jiemin.sheets.grid import Grid, shown
from jiemin.sheets.layout.body import data_rows, fill_merged
from jiemin.sheets.layout.family_form import FamilyForm, MemberTable
from jiemin.sheets.layout.form_labels import Entry, is_label
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.title import date_in, place_named
from jiemin.sheets.record_columns import HOUSEHOLD_KEYS
from jiemin.sheets.sheet_reading import Fault, read_columns, report_header, settle_rows

_OF_THE_HEAD = {"head_name": "name", "head_id": "person_id", "phones": "phones"}
"""What the head's own row among the members tells of the household, where no label does."""
_ONE_ONLY = ("household_no", "head_name", "head_id")
_NAMED = 8


@dataclass(slots=True)
class _Record:
    """The household or a person as the form tells it: fields, their cells, and what was wrong with them."""

    number: int
    values: dict[str, Any]
    cells: dict[str, str]
    faults: list[Fault] = field(default_factory=list)


def read_form(grid: Grid, form: FamilyForm, file: str, today: date) -> list[RosterSheet]:
    """The household of the form and its members, a roster each.

    A form that tells of several households is refused as a whole (J211); an empty one is said to be
    empty (J205).
    """
    whole = RosterSheet(file, grid.name, SheetKind.HOUSEHOLDS, {}, as_of=date_in(form.titles))
    people = RosterSheet(file, grid.name, SheetKind.MEMBERS, {}, as_of=whole.as_of)
    several = next((name for name in _ONE_ONLY if len(_different(form.labels.household, name)) > 1), None)
    several = several or _goes_on(grid, form)
    if several is not None:
        label = households.SPEC.by_field[several].label
        whole.problems.append(problem("J211", f"有几处不同的“{label}”", file=file, sheet=grid.name))
        whole.rejected = 1
        return [whole]
    household = _record(grid, households.SPEC, form.labels.household, today)
    persons = list(_persons(form.table, today)) if form.table is not None else []
    head = _record(grid, members.SPEC, form.labels.head, today)
    if not (persons or any(map(_is_filled_in, (household, head)))):
        whole.problems.append(problem("J205", "空表，没有填写", file=file, sheet=grid.name))
        whole.problems += _not_taken(grid, form, file)
        return [whole]
    persons = _with_head(household, head, persons)
    whole.problems += _places(household, form, whole)
    whole.problems += _not_taken(grid, form, file)
    keys = {name: household.values[name] for name in HOUSEHOLD_KEYS if name in household.values}
    for person in persons:
        person.values = {**keys, **person.values}
    _settle(whole, households.SPEC, [household])
    if form.table is not None:
        _report_table(people, form.table)
    _settle(people, members.SPEC, persons)
    return [whole, people] if persons else [whole]


def _is_filled_in(record: _Record) -> bool:
    """Whether it tells more than a place, which is often printed on the form."""
    return not record.values.keys() <= {"town", "village"} or bool(record.faults)


def _goes_on(grid: Grid, form: FamilyForm) -> str | None:
    """The head's name, if beside it and beside other values stands more that no label tells of: then each
    column is a household."""
    unread = set(form.labels.unread)

    def more(entry: Entry) -> bool:
        cells = enumerate(grid.rows[entry.row][entry.column + 1 :], start=entry.column + 1)
        following = next((column for column, cell in cells if cell != ""), None)
        return (entry.row, following) in unread and entry.value != ""

    beside = {each.field for each in form.labels.household if more(each)}
    return "head_name" if "head_name" in beside and len(beside) > 1 else None


def _different(entries: Iterable[Entry], name: str) -> set[str]:
    """The different things that are filled in for a field."""
    return {"".join(shown(each.value).split()) for each in entries if each.field == name and each.value != ""}


def _record(grid: Grid, spec: SheetSpec, entries: Sequence[Entry], today: date) -> _Record:
    """What the labels tell: of each field, what is filled in first."""
    taken: dict[str, Entry] = {}
    for each in entries:
        if each.field not in taken or taken[each.field].value == "":
            taken[each.field] = each
    labels, cells = [each.label for each in taken.values()], [each.value for each in taken.values()]
    header = _header(spec, taken, labels)
    values, faults = read_columns(Grid(grid.name, [list(labels), cells]), header, [1], today)
    places = {
        each.field: f"{grid.letters(each.column)}{grid.row_number(each.row)}" for each in taken.values()
    }
    first = taken.get("head_name") or next(iter(taken.values()), None)
    number = grid.row_number(first.row if first is not None else 0)
    return _Record(number, values[0], places, faults.get(0, []))


def _header(spec: SheetSpec, fields: Iterable[str], labels: Sequence[str] = ()) -> Header:
    """A header that makes columns of the fields, in this order."""
    places = {name: place for place, name in enumerate(fields)}
    return Header(0, 1, labels, Recognition(spec, places, {}, (), len(places), complete=True))


def _persons(table: MemberTable, today: date) -> Iterator[_Record]:
    """The rows of the table of members that say anything."""
    grid, header = table.grid, table.header
    fill_merged(grid, header)
    indices = list(data_rows(grid, header, header.recognition.subject))
    values, faults = read_columns(grid, header, indices, today)
    for position, (index, told) in enumerate(zip(indices, values, strict=True)):
        number, found = grid.row_number(index), faults.get(position, [])
        if told.keys() == {"name"}:  # a word below the table may look like a name; one word is not enough
            found = [*found, ("relation", "J301", "只有姓名，没有与户主关系、身份证号", "")]
        if told or found:
            cells = {name: f"{grid.letters(place)}{number}" for name, place in header.fields.items()}
            yield _Record(number, told, cells, found)


def _with_head(household: _Record, head: _Record, persons: list[_Record]) -> list[_Record]:
    """All persons, the head with what labels tell; the household gets its head where no label names it."""
    name = household.values.get("head_name")
    row = next((each for each in persons if each.values.get("relation") is Relation.HEAD), None)
    row = row or next(
        (each for each in persons if name is not None and each.values.get("name") == name), None
    )
    if row is not None:
        for of_household, of_person in _OF_THE_HEAD.items():
            if of_person in row.values and of_household not in household.values:
                household.values[of_household] = row.values[of_person]
                household.cells[of_household] = row.cells.get(of_person, "")
        household.number = household.number if name is not None else row.number
        row.values = {**head.values, **row.values}
        row.cells = {**head.cells, **row.cells}
        row.faults += head.faults
        return persons
    if name is None or not (head.values or head.faults):
        return persons
    for of_household, of_person in (("head_name", "name"), ("head_id", "person_id")):
        if of_household in household.values:
            head.values[of_person] = household.values[of_household]
            head.cells[of_person] = household.cells[of_household]
    head.values["relation"] = Relation.HEAD
    head.number = household.number
    return [head, *persons]


def _places(household: _Record, form: FamilyForm, sheet: RosterSheet) -> Iterator[Problem]:
    """Take the town and the village from the title or the sheet's name, where no label tells them."""
    named = place_named(sheet.name, form.titles)
    found = {TOWN: named.town, VILLAGE: named.village}
    told = {
        column: place
        for column, place in found.items()
        if place and household.values.get(column.field) is None
    }
    household.values |= {column.field: place for column, place in told.items()}
    if told:
        detail = "、".join(f"{column.label}为“{place}”" for column, place in told.items())
        yield problem("J207", detail, file=sheet.file, sheet=sheet.name)


def _not_taken(grid: Grid, form: FamilyForm, file: str) -> Iterator[Problem]:
    """What is filled in twice and differently; and, once for the form, what is filled in and not read."""
    seen: dict[str, Entry] = {}
    for each in form.labels.household:
        first = seen.setdefault(each.field, each) if each.value != "" else each
        if shown(first.value) != shown(each.value):
            at = f"{grid.letters(first.column)}{grid.row_number(first.row)}"
            cell = f"{grid.letters(each.column)}{grid.row_number(each.row)}"
            detail = f"都是“{households.SPEC.by_field[each.field].label}”，以{at}为准"
            yield problem("J204", detail, file=file, sheet=grid.name, cell=cell, value=shown(each.value))
    cells = [grid.rows[row][column] for row, column in form.labels.unread]
    if cells:
        names = ["".join(str(cell).split()) for cell in cells if is_label(cell)][:_NAMED]
        words = f"{'、'.join(names)}等" if names else ""
        yield problem("J203", f"{words}{len(cells)}处", file=file, sheet=grid.name)


def _report_table(sheet: RosterSheet, table: MemberTable) -> None:
    """The columns of the table that are not read."""
    told = RosterSheet(sheet.file, sheet.name, sheet.kind, {})
    told.columns = {name: table.grid.letters(place) for name, place in table.header.fields.items()}
    report_header(told, table.grid, table.header)
    sheet.problems += told.problems


def _settle(sheet: RosterSheet, spec: SheetSpec, records: Sequence[_Record]) -> None:
    # A member's household is never the one of the row before: all of them name theirs.
    names = dict.fromkeys(["head_name", *(name for each in records for name in each.cells)])
    settle_rows(
        sheet,
        _header(spec, names),
        [each.number for each in records],
        [each.values for each in records],
        {place: each.faults for place, each in enumerate(records)},
        [each.cells for each in records],
    )
