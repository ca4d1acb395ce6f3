"""Every number of the catalogue is given by some sheet, at its cell; what nothing gives has no number."""

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from support.catalogue_fixtures import FIXTURES as ROSTERS
from support.catalogue_money import MONEY
from support.catalogue_registers import REGISTERS
from support.rosters import HOUSEHOLD_HEADER, household_rows

from jiemin.cli.failures import guarded
from jiemin.domain.problems import CATALOGUE, Severity

FIXTURES = ROSTERS | REGISTERS | MONEY
Told = Mapping[str, list[dict[str, Any]]]
"""Sheet, which is named after its code → the problems found in it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """All fixtures imported at one go, a sheet for each, into a county that knows what went `before`."""
    folder = tmp_path_factory.mktemp("codes")
    known, faulty = Workbook(), Workbook()
    _add(known, "county", [HOUSEHOLD_HEADER, *household_rows(3)])
    for code, fixture in FIXTURES.items():
        for number, rows in enumerate(fixture.before):
            _add(known, f"{code}-{number}", rows)
        _add(faulty, code, fixture.rows, hidden=fixture.hidden)
        if fixture.merged:
            faulty[code].merge_cells(fixture.merged)
    for book, name in ((known, "known.xlsx"), (faulty, "faulty.xlsx")):
        book.remove(book.worksheets[0])
        book.save(folder / name)
    _jiemin(folder, "import", "known.xlsx")
    for fixture in FIXTURES.values():
        for command in fixture.commands:
            _jiemin(folder, *command.split())
    (file,) = json.loads(_jiemin(folder, "import", "faulty.xlsx", "--json"))["files"]
    assert file["refused"] is None
    return {code: [each for each in file["problems"] if each["sheet"] == code] for code in FIXTURES}


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_number_is_given_at_the_cell_where_the_fault_lies(code: str, told: Told) -> None:
    assert code in FIXTURES, f"nothing in tests/support/catalogue_*.py has fault {code}"
    found = [(each["code"], each["cell"], each["severity"]) for each in told[code]]
    assert (code, FIXTURES[code].cell, CATALOGUE[code].severity.value) in found


@pytest.mark.parametrize("code", FIXTURES)
def test_a_sheet_has_the_fault_it_is_there_for_and_no_other(code: str, told: Told) -> None:
    assert code in CATALOGUE
    others = {each["code"] for each in told[code]} - {code}
    assert others <= COME_ALONG.get(code, set())


def test_a_number_says_what_becomes_of_the_row() -> None:
    assert {kind.severity for kind in CATALOGUE.values()} == set(Severity)


COME_ALONG: Mapping[str, set[str]] = {
    "J416": {"J101"},
    "J420": {"J101"},
    "J422": {"J207"},
    "J513": {"J101"},
    "J516": {"J524"},
    "J523": {"J524"},
    "J524": {"J502"},
    "J604": {"J603"},
    "J605": {"J603"},
}
"""What their sheets have besides."""


def _add(book: Workbook, name: str, rows: Any, *, hidden: bool = False) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    sheet.sheet_state = "hidden" if hidden else "visible"


def _jiemin(folder: Path, *words: str) -> str:
    """What a command says; it may leave rows out, but must not fail."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setenv("JIEMIN_DB", str(folder / "jiemin.db"))
        patch.setenv("JIEMIN_TODAY", "2014-06-30")
        patch.setenv("XDG_STATE_HOME", str(folder))
        code = guarded(list(words))
    assert code in {0, 4}, err.getvalue() + out.getvalue()
    return out.getvalue()
