"""Rosters as the towns send them: a case's families, laid out by its traits and written to files."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from support.all_pairs import Case
from support.layout_families import Cell, Family, families
from support.layout_pages import Page, form_of, page_of
from support.layout_tables import Subject

Place = tuple[str, str, int, int]
"""File, sheet, row and column counted from 1."""
_THIN = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))


@dataclass
class Made:
    """What was generated: the files, the families on them, where each fact stands, and the options."""

    case: Case
    families: list[Family]
    paths: list[Path] = field(default_factory=list)
    places: dict[Subject, Place] = field(default_factory=dict)
    town: str | None = None

    def saved_as(self, ending: str, paths: list[Path]) -> None:
        """Speak of these files, which an office suite made of the ones written."""
        self.paths = paths
        self.places = {
            subject: (f"{Path(file).stem}.{ending}", sheet, row, column)
            for subject, (file, sheet, row, column) in self.places.items()
        }


def generate(case: Case, seed: int, folder: Path) -> Made:
    """Write the case's files into the folder."""
    made = Made(case, families(case, seed))
    if case["place"] in {"town_option", "sheet_names"}:
        made.town = made.families[0].town
    numbered = list(enumerate(made.families))
    if case["family"] == "a_workbook_each":
        for number, family in numbered:
            _save(made, folder / f"{number + 1:02d}{family.key[2]}.xlsx", [form_of(case, number, family)])
        return made
    ending = "xlsx" if case["format"] == "xlsx" else "csv"
    _save(made, folder / f"名册.{ending}", [page_of(case, *each) for each in _sheets(case, numbered)])
    return made


def _sheets(
    case: Case, numbered: Sequence[tuple[int, Family]]
) -> Iterator[tuple[str, bool, Sequence[tuple[int, Family]]]]:
    """Name of each sheet, whether it is hidden, and its families."""
    if case["sheets"] == "nine_templates":
        yield from ((f"模板{number}", False, ()) for number in range(1, 10))
    if case["sheets"] in {"one", "nine_templates"}:
        yield "困难家庭", False, numbered
        return
    villages = list(dict.fromkeys(family.village for _, family in numbered))
    for order, village in enumerate(villages):
        name = village if case["place"] == "sheet_names" else f"表{order + 1}"
        hidden = case["sheets"] == "one_hidden" and order == 1
        yield name, hidden, [each for each in numbered if each[1].village == village]


def _save(made: Made, path: Path, pages: Sequence[Page]) -> None:
    made.paths.append(path)
    for page in pages:
        sheet = path.stem if path.suffix == ".csv" else page.name
        made.places |= {subject: (path.name, sheet, *place) for subject, place in page.subjects.items()}
    if path.suffix == ".csv":
        encoding = {"csv_gb18030": "gb18030", "csv_utf8_bom": "utf-8-sig"}[made.case["format"]]
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(_lines(pages[0]))
        return
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for page in pages:
        _fill(workbook.create_sheet(page.name), page)
    workbook.active = len(pages) - 1
    workbook.save(path)


def _lines(page: Page) -> Iterator[list[str]]:
    width = max(page.formatted, *(column for _, column in page.cells))
    for row in range(1, page.next_row):
        yield [_as_text(page.cells.get((row, column))) for column in range(1, width + 1)]


def _as_text(cell: Cell) -> str:
    """The cell as a spreadsheet writes it into a text file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, int) and cell >= 10**11:
        return f"{cell:.5E}"
    return str(cell)


def _fill(sheet: Worksheet, page: Page) -> None:
    if page.hidden:
        sheet.sheet_state = "hidden"
    for (row, column), cell in page.cells.items():
        if cell != "":
            sheet.cell(row, column, cell)
    for top, left, bottom, right in page.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in range(1, page.next_row + 20 if page.formatted else 0):
        for column in range(1, page.formatted + 1):
            sheet.cell(row, column).border = _THIN
