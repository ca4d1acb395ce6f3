"""One sheet for one household: labels with what is filled in beside or below, members in a table.

Forms of this sort (一户一档, 户情档案, 登记表) differ in everything but their words. Where known labels of a
household stand all over the sheet, not in one header with rows below, the sheet is a form.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from jiemin.domain.codes import RELATIONS, Relation, read_code
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns import members
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.grid import Cell, Grid, cut
from jiemin.sheets.layout.body import is_foot
from jiemin.sheets.layout.form_labels import FormLabels, is_label, read_labels
from jiemin.sheets.layout.header import Header, find_header

_MOST_CELLS = 1_000
"""A sheet with more cells filled in is no form for one household."""
_NO_EVIDENCE = frozenset(["town", "village", "phones", "as_of", "note"])
"""Fields whose labels stand above and below ordinary lists too."""
_FEWEST = 2
_FEWEST_WITHOUT_TABLE = 3
_OF_RELATION = re.compile(r"关\s*系|称\s*谓|户\s*主")
_LOOKED_AT = 3
_TITLE = re.compile("一户一档|档案|户情")


@dataclass(frozen=True, slots=True)
class MemberTable:
    """The table of members as a sheet of its own, and the rows of the form that it takes up."""

    grid: Grid
    header: Header
    rows: range


@dataclass(frozen=True, slots=True)
class FamilyForm:
    """A form: what its labels tell, its members, and the title's cells above all of that."""

    labels: FormLabels
    table: MemberTable | None
    titles: Sequence[Cell]


def family_form(grid: Grid, header: Header | None) -> FamilyForm | None:
    """The sheet as a form; None when it is none, or when its `header` has a list below it.

    It takes two labels of a household's facts (one, if the title says 档案) outside the table of members,
    and with no such table the head's name and two more.
    """
    filled = accumulate(len(row) - row.count("") for row in grid.rows)
    if not grid.rows or any(count > _MOST_CELLS for count in filled):
        return None
    table = _member_table(grid, header)
    if (table is not None and _heads(table) > 1) or _has_list(grid, header, table):
        return None
    labels = read_labels(grid, table.rows if table else range(0))
    told = {each.field for each in labels.household} - _NO_EVIDENCE
    first = min(labels.first, table.rows.start if table is not None else len(grid.rows))
    titles = [cell for row in grid.rows[:first] for cell in row if cell != ""]
    if table is not None:
        entitled = any(isinstance(cell, str) and _TITLE.search(cell) for cell in titles)
        enough = len(told) >= _FEWEST - entitled
    else:
        enough = "head_name" in told and len(told) >= _FEWEST_WITHOUT_TABLE
    if not enough:
        return None
    inline = {(each.row, each.column) for each in (*labels.household, *labels.head) if each.inline}
    labels.unread = [each for each in labels.unread if each[0] >= first or each in inline]
    return FamilyForm(labels, table, titles)


def _has_list(grid: Grid, header: Header | None, table: MemberTable | None) -> bool:
    """Whether there is an ordinary list on the sheet: known labels side by side, and other things than
    labels below them."""
    if header is None or not header.recognition.complete:
        return False
    if table is not None and header.bottom > table.rows.start:
        return False
    places = set(header.fields.values())
    ends = {each.left: each.right for each in grid.merges if each.top <= header.last <= each.bottom}
    neighbours = sum(ends.get(place, place) + 1 in places for place in places)
    if not neighbours:
        return False
    end = table.rows.start if table is not None else len(grid.rows)
    heads = grid.rows[header.top : header.bottom]
    below = [row for row in grid.rows[header.bottom : end] if any(row[each] != "" for each in places)]
    labelled = [sum(map(is_label, row)) for row in below if row not in heads]
    if table is not None:
        return labelled.count(0) > 1
    return not any(count > 1 for count in labelled[:_LOOKED_AT]) if labelled else neighbours > 1


def _heads(table: MemberTable) -> int:
    place = table.header.fields.get("relation")
    if place is None:
        return 0
    cells = (row[place] for row in table.grid.rows[table.header.bottom :])
    return sum(isinstance(cell, str) and read_code(RELATIONS, cell) is Relation.HEAD for cell in cells)


def _member_table(grid: Grid, header: Header | None) -> MemberTable | None:
    """The first row that has headings for a member's name and relation, and the rows below it."""
    for row, cells in enumerate(grid.rows):
        if not any(isinstance(cell, str) and _OF_RELATION.search(cell) for cell in cells):
            continue
        fields = {name for cell in cells if isinstance(cell, str) for name in [_member_field(cell)]}
        if "name" in fields and not fields.isdisjoint({"relation", "is_head"}):
            return _table_from(grid, _first_row(grid, header, row))
    return None


def _member_field(cell: str) -> str:
    spec = members.SPEC
    for word in spellings(cell):
        column = spec.sure.get(word) or next(iter(spec.vague.get(word, ())), None)
        if column is not None:
            return column.field
    return ""


def _first_row(grid: Grid, header: Header | None, row: int) -> int:
    """The row where the header begins of which this one is the lowest: labels alone stand above it."""
    if header is None or not header.top <= row < header.bottom:
        return row
    above = (cell for cells in grid.rows[header.top : row] for cell in cells if cell != "")
    return header.top if all(map(is_label, above)) else row


def _table_from(grid: Grid, top: int) -> MemberTable | None:
    """The table without the heading that stands beside it, down to where something else begins."""
    cells = grid.rows[top]
    names = [cell for cell in cells if isinstance(cell, str) and _member_field(cell) == "name"]
    beside = [column for column, cell in enumerate(cells) if _is_heading(cell) and names != [cell]]
    tall = [each for each in grid.merges if each.top <= top and each.bottom > top + 1]
    tall = [each for each in tall if each.left in beside or cells[each.left] == ""]
    columns = [
        column
        for column in range(len(cells))
        if column not in beside and not any(each.left <= column <= each.right for each in tall)
    ]
    table = cut(grid, columns, top, min([len(grid.rows), *(each.bottom + 1 for each in tall)]))
    header = find_header(table)
    if header is None:
        return None
    aside = [column for column in range(len(cells)) if column not in columns]
    for last in range(header.last + 1, len(table.rows)):
        else_begins = any(grid.rows[top + last][column] not in ("", cells[column]) for column in aside)
        if else_begins or _ends(table, header, last):
            break
    else:
        last = len(table.rows)
    table = cut(grid, columns, top, top + last)
    header = find_header(table)
    if header is None or header.top or not header.recognition.complete:
        return None
    if header.recognition.spec.kind is not SheetKind.MEMBERS:
        return None
    return MemberTable(table, header, range(top, top + last))


def _is_heading(cell: Cell) -> bool:
    """Whether it is the heading of the whole table, 家庭成员 or 家庭成员情况, which stands beside it."""
    return (
        isinstance(cell, str)
        and re.fullmatch(
            "(?:共同生活的?)?(?:家庭|成员|家庭成员)(?:基本)?(?:情况|信息|名单)?", "".join(cell.split())
        )
        is not None
    )


def _ends(table: Grid, header: Header, row: int) -> bool:
    """Whether the table has come to its end: a label or note begins the row, or its cells are merged
    otherwise than the headings."""
    cells = [cell for cell in table.rows[row] if cell != ""]
    if not _merged_across(table, row) <= _merged_across(table, header.last):
        return True
    return bool(cells) and (is_label(cells[0]) or is_foot(cells[0]) or sum(map(is_label, cells)) > 1)


def _merged_across(table: Grid, row: int) -> set[tuple[int, int]]:
    """The first and last columns of cells that are merged over several of them in this row."""
    merges = (each for each in table.merges if each.top <= row <= each.bottom)
    return {(each.left, each.right) for each in merges if each.left < each.right}
