"""A plan of pairing as a person edits it, and what became of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from support.rosters import CADRE_HEADER, cadre_rows, county, write_workbook

Run = Callable[..., Any]
Row = dict[str, Any]

HEADER_ROW = 5
SPARE = "C00006"
"""The number of the spare cadre of `planned_county`."""


def state(run: Run) -> list[tuple[str, ...]]:
    """Every pairing there ever was, without how it came about."""
    listed = run("pair", "list", "--history", "--json").json["pairings"]
    keys = ("household_no", "cadre_no", "role", "from", "to", "end_reason")
    return sorted(tuple(str(each[key]) for key in keys) for each in listed)


def in_force(run: Run, household: str) -> dict[str, str]:
    """Cadre number → role."""
    listed = run("pair", "list", "--household", household, "--json").json["pairings"]
    return {each["cadre_no"]: each["role"] for each in listed}


class Plan:
    """The plan as a person edits it."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, load_workbook(path)
        self.sheet: Worksheet = self.book["结对方案"]
        for merged in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(merged))  # inserting a row would leave them where they were
        labels = next([*row] for row in self.sheet.values if "户编号" in row)
        self.places = {str(label).replace("\n", ""): place for place, label in enumerate(labels, start=1)}

    def rows(self) -> list[Row]:
        """The rows of pairs, by their labels; `row` is the number."""
        found = []
        for number in range(HEADER_ROW + 1, self.sheet.max_row + 1):
            cells = {label: self.sheet.cell(number, place).value for label, place in self.places.items()}
            if isinstance(cells["序号"], int):
                found.append(cells | {"row": number})
        return found

    def row(self, household: str, cadre: str | None = None) -> int:
        """The number of the row of a pair, or the household's first."""
        found: list[int] = [
            row["row"]
            for row in self.rows()
            if row["户编号"] == household and cadre in (None, row["干部编号"])
        ]
        return found[0]

    def put(self, number: int, **cells: Any) -> str:
        """Fill in cells of a row; the address of the first of them."""
        for label, value in cells.items():
            self.sheet.cell(number, self.places[label]).value = value
        return str(self.sheet.cell(number, self.places[next(iter(cells))]).coordinate)

    def add(self, **cells: Any) -> int:
        """A row of one's own, below the first of the list."""
        self.sheet.insert_rows(HEADER_ROW + 2)
        self.put(HEADER_ROW + 2, 序号=99, **cells)
        return HEADER_ROW + 2

    def take_away(self, number: int) -> None:
        """Delete a row."""
        self.sheet.delete_rows(number)

    def save(self) -> None:
        """Save what was edited."""
        self.book.save(self.path)


def made(run: Run, path: Path, *options: str) -> Plan:
    """A plan saved by `pair --auto --out`."""
    assert run("pair", "--auto", "--out", path.name, *options).code in {0, 4}
    return Plan(path)


def faults(done: Any) -> dict[str, str]:
    """Cell → code."""
    return {each["cell"]: each["code"] for each in done.json["files"][0]["problems"]}


def counts(done: Any) -> tuple[int, ...]:
    """New, changed, unchanged, rejected, warned."""
    (sheet,) = done.json["files"][0]["sheets"]
    assert sheet["kind"] == "结对方案"
    return tuple(sheet[key] for key in ("new", "changed", "unchanged", "rejected", "warned"))


def planned_county(run: Run, folder: Path) -> Plan:
    """Nine households paired in April, with a spare cadre since; a plan of June to edit."""
    county(folder, households=9, leaders=1, others=4)
    assert run("import", "households.xlsx").code == 0
    assert run("pair", "--auto").code == 0
    spare = ("钱备", "市教育局", "科员", "否", "石门镇", "")
    write_workbook(folder / "spare.xlsx", {"干部": [CADRE_HEADER, spare, *cadre_rows(0, 4)]})
    assert run("import", "spare.xlsx", "--as-of", "2014-04-01").code == 0
    return made(run, folder / "plan.xlsx", "--mode", "一对一")
