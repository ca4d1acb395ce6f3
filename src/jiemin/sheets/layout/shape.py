"""What sort of sheet it is: a list, records side by side, members sideways, a form, or nothing known."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiemin.sheets.grid import Grid, cut, shown
from jiemin.sheets.layout.blocks import Block, side_by_side
from jiemin.sheets.layout.family_form import FamilyForm, family_form
from jiemin.sheets.layout.header import Header, find_header
from jiemin.sheets.layout.sideways import Sideways, members_sideways
from jiemin.sheets.layout.visit_form import VisitForm, visit_form

PROBLEM_COLUMN = "问题"
"""The heading of our own first column in a workbook of faulty rows."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a sheet is to be read: as `blocks`, `sideways`, `form` or `visits`, or by its `header` if that is
    complete.

    `grid` is the sheet, a form's without our column of faults.
    """

    grid: Grid
    header: Header | None
    blocks: Sequence[Block] = ()
    sideways: Sideways | None = None
    form: FamilyForm | None = None
    visits: VisitForm | None = None

    @property
    def is_form(self) -> bool:
        """Whether its records are spread over the sheet, not one in each row."""
        return self.form is not None or self.visits is not None

    @property
    def is_roster(self) -> bool:
        """Whether it can be read at all."""
        if self.blocks or self.sideways is not None or self.is_form:
            return True
        header = self.header
        return header is not None and header.recognition.complete and not header.counts(self.grid)


def shape_of(grid: Grid) -> Shape:
    """The sheet's shape, told by its words and where they stand."""
    header = find_header(grid)
    if header is not None:
        sideways = members_sideways(header)
        if sideways is not None and not sideways.household.counts(grid):
            return Shape(grid, header, sideways=sideways)
        blocks = side_by_side(grid, header)
        if blocks and not any(each.header.counts(each.grid) for each in blocks):
            return Shape(grid, header, blocks)
    own = _without_problems(grid)
    form = family_form(own, header if own is grid else find_header(own))
    visits = visit_form(own, form)
    if visits is not None:
        return Shape(own, header, visits=visits)
    return Shape(own, header, form=form) if form is not None else Shape(grid, header)


def _without_problems(grid: Grid) -> Grid:
    """A form as it was before its faults were written beside it."""
    ours = bool(grid.rows) and bool(grid.rows[0]) and shown(grid.rows[0][0]) == PROBLEM_COLUMN
    return cut(grid, range(1, len(grid.rows[0]))) if ours else grid
