"""From pages of the handbook, one visit each, to a log of visits."""

from collections.abc import Iterator, Sequence
from datetime import date

from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.columns import visits
from jiemin.sheets.columns.recognise import Recognition
from jiemin.sheets.grid import Cell, Grid, shown
from jiemin.sheets.layout.form_labels import Entry
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.title import date_in
from jiemin.sheets.layout.visit_form import Page, VisitForm
from jiemin.sheets.sheet_reading import complete_rows, read_columns, settle_rows
from jiemin.sheets.visit_logs import year_stated

_FILLED_IN = frozenset(
    "visit_day visit_note visit_needs visit_deeds visit_met head_name household_no".split()
)


def read_visit_form(grid: Grid, form: VisitForm, file: str, today: date) -> RosterSheet:
    """The visits of the pages that are filled in; what a page tells twice and differently is named."""
    sheet = RosterSheet(file, grid.name, SheetKind.VISITS, {}, as_of=date_in(form.titles))
    for page in form.pages:
        if any(each.value != "" for name, each in page.entries.items() if name in _FILLED_IN):
            _read_page(sheet, grid, page, form.titles, today)
    if sheet.rows:
        complete_rows(sheet, form.titles)
    elif not sheet.rejected:
        sheet.problems.append(problem("J205", "空表，没有填写", file=file, sheet=grid.name))
    return sheet


def _read_page(sheet: RosterSheet, grid: Grid, page: Page, titles: Sequence[Cell], today: date) -> None:
    entries = page.entries
    fields = {name: place for place, name in enumerate(entries)}
    labels: list[Cell] = [each.label for each in entries.values()]
    known = Recognition(visits.SPEC, fields, {}, (), len(fields), complete=True)
    header = Header(1, 2, [str(each) for each in labels], known)
    rows = [list(titles), labels, [each.value for each in entries.values()]]
    values, faults = read_columns(Grid(grid.name, rows), header, [2], today)
    places = {name: _address(grid, each) for name, each in entries.items()}
    sheet.columns = sheet.columns or {name: place.rstrip("0123456789") for name, place in places.items()}
    sheet.problems += [*year_stated(sheet, faults, values), *_told_twice(sheet, grid, page)]
    number = min(grid.row_number(each.row) for each in entries.values())
    settle_rows(sheet, header, [number], values, faults, [places])


def _told_twice(sheet: RosterSheet, grid: Grid, page: Page) -> Iterator[Problem]:
    for each in page.again:
        first = page.entries[each.field]
        if each.value not in ("", first.value):
            label, at = visits.SPEC.by_field[each.field].label, _address(grid, first)
            yield problem(
                "J204",
                f"都是“{label}”，以{at}为准",
                file=sheet.file,
                sheet=grid.name,
                cell=_address(grid, each),
                value=shown(each.value),
            )


def _address(grid: Grid, entry: Entry) -> str:
    return f"{grid.letters(entry.column)}{grid.row_number(entry.row)}"
