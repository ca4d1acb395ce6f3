"""A page of the handbook: one visit as labels with what is filled in beside or below them.

Several pages may follow one another on a sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jiemin.sheets.columns import visits
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.grid import Cell, Grid, Merge
from jiemin.sheets.layout.family_form import FamilyForm
from jiemin.sheets.layout.form_labels import Entry, inline_labels, is_label

_MOST_CELLS = 1_000
_OPENING = frozenset(["visit_day", "head_name", "household_no", "head_id"])
_TEXTS = frozenset(["visit_note", "visit_deeds", "visit_needs", "visit_met", "cadre_names"])
_SURE_TEXTS = frozenset(["visit_note", "visit_deeds"])
_WRITTEN_BELOW = frozenset(["visit_note", "visit_needs", "visit_deeds", "visit_promise"])
_FEW_FACTS = 2
_FACTS = frozenset("household_class size covered income_month_fen income_year_fen cause".split())
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Page:
    """One visit: field → where it is filled in."""

    entries: dict[str, Entry] = field(default_factory=dict)
    again: list[Entry] = field(default_factory=list)
    """What is told a second time."""


@dataclass(frozen=True, slots=True)
class VisitForm:
    """The pages, and the title's cells above the first label."""

    pages: Sequence[Page]
    titles: Sequence[Cell]


def visit_form(grid: Grid, family: FamilyForm | None) -> VisitForm | None:
    """The sheet as pages of visits; None when it is a list, or rather the file of a `family`.

    It takes a label for the day, one for the family, and one for what was seen or said, and no list below
    them: something is filled in beside most labels, or, on a blank page, they stand in rows of their own.
    """
    if not grid.rows or sum(len(row) - row.count("") for row in grid.rows) > _MOST_CELLS:
        return None
    pages = _Reading(grid).pages()
    told = {name for page in pages for name in page.entries}
    if "visit_day" not in told or told.isdisjoint(_OPENING - {"visit_day"}) or told.isdisjoint(_TEXTS):
        return None
    if family is not None and not _goes_before(family, told):
        return None
    entries = [each for page in pages for each in page.entries.values()]
    filled = sum(each.value != "" for each in entries)
    rows = {each.row for each in entries}
    if not filled and len(rows) < _FEWEST_ROWS:
        return None
    top = min(each.row for each in entries)
    return VisitForm(pages, [cell for row in grid.rows[:top] for cell in row if cell != ""])


def _goes_before(family: FamilyForm, told: set[str]) -> bool:
    """Whether the visit is what the sheet is about, though it tells facts of the family too."""
    facts = {each.field for each in family.labels.household} & _FACTS
    return family.table is None and (len(facts) < _FEW_FACTS or not told.isdisjoint(_SURE_TEXTS))


class _Reading:
    """One pass over the sheet, row by row."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._merges: Mapping[tuple[int, int], Merge] = {(each.top, each.left): each for each in grid.merges}
        self._taken: set[tuple[int, int]] = set()
        self._pages = [Page()]

    def pages(self) -> list[Page]:
        """The pages on which anything is told; none where labels stand side by side, above a list."""
        for row, cells in enumerate(self._grid.rows):
            if self._heads_a_list(row):
                return []
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell != "" and (row, column) not in self._taken:
                    self._read_cell(row, column, cell)
        return [page for page in self._pages if page.entries]

    def _heads_a_list(self, row: int) -> bool:
        """Whether three known labels follow one another with nothing between them to be filled in."""
        cells = [(column, self._merge_at(row, column)) for column in range(len(self._grid.rows[row]))]
        ends = {at.right + 1 for column, at in cells if self._field(self._cell(row, column))}
        starts = {column for column, _ in cells if self._field(self._cell(row, column))}
        return len(ends & starts) > 1

    def _read_cell(self, row: int, column: int, cell: str) -> None:
        inline = [(self._field(label), label, value) for label, value in inline_labels(cell)]
        for name, label, value in inline:
            if name:
                self._note(Entry(name, label, row, column, value, inline=True))
        if any(name for name, *_ in inline):
            return
        name = self._field(cell)
        place = self._filled_in(row, column, below=name in _WRITTEN_BELOW) if name else None
        if place is not None:
            self._taken.add(place)
            self._note(Entry(name, cell, *place, self._cell(*place)))

    def _note(self, entry: Entry) -> None:
        page = self._pages[-1]
        opening = next((name for name in page.entries if name in _OPENING), None)
        if entry.field == opening and page.entries.keys() & _TEXTS:
            page = Page()
            self._pages.append(page)
        first = page.entries.get(entry.field)
        if first is None or first.value == "":
            page.entries[entry.field] = entry
        else:
            page.again.append(entry)

    def _field(self, cell: Cell) -> str:
        """The field a label tells; 日期 and 姓名 tell it where nothing else on the page has yet."""
        words = spellings(cell.rstrip(":：")) if isinstance(cell, str) else ()
        spec = visits.SPEC
        sure = next((spec.sure[word].field for word in words if word in spec.sure), "")
        vague = (each.field for word in words for each in spec.vague.get(word, ()))
        return sure or next((name for name in vague if name not in self._pages[-1].entries), "")

    def _filled_in(self, row: int, column: int, *, below: bool) -> tuple[int, int] | None:
        """Where the label's value stands: to its right, or `below` where that may be and the right is blank.

        None for a title, and for a label that has another beside it.
        """
        merge = self._merge_at(row, column)
        right, under = (row, merge.right + 1), (merge.bottom + 1, column)
        beside = self._cell(*right)
        if is_label(beside):
            return None
        if beside == "" and below and self._cell(*under) != "" and not is_label(self._cell(*under)):
            return under
        return right if right[1] < len(self._grid.rows[row]) else None

    def _merge_at(self, row: int, column: int) -> Merge:
        return self._merges.get((row, column), Merge(row, column, row, column))

    def _cell(self, row: int, column: int) -> Cell:
        rows = self._grid.rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
