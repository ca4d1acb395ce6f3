"""Files made to break the reader end in a sentence, or are read; quickly, and without much memory.

Every attack goes through the real command line. Time is the processor's, so that a busy machine
breaks no promise, and is compared with that of a sound roster, so that a slow one breaks none either;
memory is that of each process.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.attacks import ATTACKS, SECRET, attack, roster, save
from support.imports import rows_of
from support.rosters import HOUSEHOLD_HEADER, household_rows
from support.watched import Watched, watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is watched, and limited, on Linux")

TIMES, MIB = 4, 200.0
"""Processor time, in times that of a sound roster; memory."""
WORDS = {
    "zip_bomb.xlsx": "大得异常",
    "nested_zip.xlsx": "压缩包",
    "entities.xlsx": "DOCTYPE",
    "external.xlsx": "DOCTYPE",
    "layered_merges.xlsx": "重叠",
    "great_cell.xlsx": "一格",
    "duplicate.xlsx": "同名",
    "traversal.xlsx": "指向别处",
    "self.xlsx": "损坏",
    "nowhere.xlsx": "损坏",
    "commas.csv": "大得异常",
}
"""What the refusal must say; the others may be refused in any words, or read."""
SAMPLE = ("far_cell.xlsx", "failed.xlsx", "layered_merges.xlsx", "nowhere.xlsx", "loop.xls", "long.ods")


def told(ran: Watched) -> dict[str, Any]:
    """What was told of the one file."""
    file: dict[str, Any] = json.loads(ran.out)["files"][0]
    return file


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Processor seconds that a sound roster of three households takes here."""
    folder = tmp_path_factory.mktemp("sound")
    save(folder / "roster.xlsx", roster())
    ran = watch(folder, "import", "roster.xlsx", "--json")
    assert (ran.code, told(ran)["sheets"][0]["new"]) == (0, 3)
    return ran.worked


@pytest.mark.parametrize(
    "name",
    [each if each in SAMPLE else pytest.param(each, marks=pytest.mark.campaign) for each in ATTACKS],
)
def test_attack(tmp_path: Path, name: str, sound: float) -> None:
    attack(tmp_path, name)
    ran = watch(tmp_path, "import", name, "--json")
    assert not ran.trace
    assert ran.code in {0, 1, 4}
    assert SECRET not in ran.out + ran.err
    assert ran.worked < TIMES * sound
    assert max(ran.own, ran.child) < MIB
    file, database = told(ran), tmp_path / "jiemin.db"
    if file["refused"] is not None or ran.code == 1:
        assert WORDS.get(name, "") in (file["refused"] or "")
        assert not database.exists()
        return
    assert name not in WORDS
    heads = [row[0] for row in rows_of(tmp_path, "SELECT name FROM person ORDER BY id")]
    assert heads == [row[3] for row in household_rows(3)]
    assert SECRET.encode() not in database.read_bytes()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_text_like_a_formula_stays_text(tmp_path: Path, ending: str) -> None:
    texts = ["=1+1", '=HYPERLINK("http://x","y")', "+86", "-1", "@SUM(A1)"]
    header = [*HOUSEHOLD_HEADER, "帮扶需求", "家庭住址", "联系电话"]
    rows = [
        [*household, text, text, "没有号码"] for household, text in zip(household_rows(5), texts, strict=True)
    ]
    path = tmp_path / f"roster.{ending}"
    if ending == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    else:
        workbook = openpyxl.Workbook()
        for number, row in enumerate([header, *rows], 1):
            for place, cell in enumerate(row, 1):
                written = workbook.worksheets[0].cell(number, place, cell)
                if isinstance(cell, str):
                    written.data_type = "s"
        workbook.save(path)
    ran = watch(tmp_path, "import", path.name, "--json")
    assert ran.code == 0, ran.out + ran.err
    assert [tuple(row) for row in rows_of(tmp_path, "SELECT needs, address FROM household_span")] == [
        (text, text) for text in texts
    ]
    faulty = openpyxl.load_workbook(tmp_path / told(ran)["error_workbook"]).worksheets[0]
    cells = [cell for row in faulty.iter_rows() for cell in row if cell.value in texts]
    assert len(cells) == 2 * len(texts)
    assert {cell.data_type for cell in cells} == {"s"}
