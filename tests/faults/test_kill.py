"""kill -9 at any moment leaves the old state or the new one, never anything between.

A short sample runs with every test run; `-m campaign` runs fifty kills for each command.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, household_rows, write_workbook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")

COMMANDS = {
    "import": ("import", "next.xlsx"),
    "pair": ("pair", "--auto"),
    "compute": ("subsidy", "compute", "--month", "2014-06", "--year", "2014"),
    "report": ("report", "quarterly", "--out", "stats.xlsx"),
}


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "JIEMIN_DB": str(folder / "jiemin.db"), "JIEMIN_TODAY": "2014-06-30"}
    command = [sys.executable, "-m", "jiemin", *words]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def state(folder: Path) -> tuple[object, ...]:
    """Everything on record, but for the clock in the journal; and whether a whole report is there."""
    with closing(sqlite3.connect(folder / "jiemin.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}
    rows["action"] = [(row[0], *row[2:]) for row in rows["action"]]
    report = folder / "stats.xlsx"
    return repr(sorted(rows.items())), report.exists() and ZipFile(report).testzip()


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """For each command, a folder as it stands before the command runs."""
    first = tmp_path_factory.mktemp("first")
    rows = household_rows(600)
    write_workbook(
        first / "households.xlsx",
        {"困难家庭": [HOUSEHOLD_HEADER, *rows[:300]], "干部": [CADRE_HEADER, *cadre_rows(60, 500)]},
    )
    changed = [(*row[:5], 4, *row[6:]) for row in rows]
    write_workbook(first / "next.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *changed]})
    assert start(first, "import", "households.xlsx").wait() == 0
    second = tmp_path_factory.mktemp("second") / "county"
    shutil.copytree(first, second)
    assert start(second, "pair", "--auto").wait() == 0
    yield {"import": first, "pair": first, "compute": second, "report": second}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.campaign)])
def test_killed_at_any_moment(counties: dict[str, Path], tmp_path: Path, name: str, kills: int) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(counties[name], whole)
    old = state(whole)
    begun = time.perf_counter()
    assert start(whole, *COMMANDS[name]).wait() == 0
    takes = time.perf_counter() - begun
    new = state(whole)
    assert old != new
    chance = random.Random(20140318)
    seen = set()
    for number in range(kills):
        folder = tmp_path / str(number)
        shutil.copytree(counties[name], folder)
        running = start(folder, *COMMANDS[name])
        time.sleep(1.05 * takes * (number + chance.random()) / kills)
        running.send_signal(signal.SIGKILL)
        running.wait()
        found = state(folder)
        assert found in (old, new), f"kill {number} left a state between"
        seen.add(found == new)
        shutil.rmtree(folder)
    assert False in seen, "no kill came early enough to prove anything"
