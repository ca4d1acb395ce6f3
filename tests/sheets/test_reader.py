"""The child process: what passes the pipe, and what becomes of a file that breaks it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.files import saved, workbook_bytes
from support.grids import TODAY
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, household_rows, write_workbook

from jiemin.domain.roster import RosterFile, SheetKind
from jiemin.errors import JieminError
from jiemin.sheets import child, reader
from jiemin.sheets.reader import read_excerpts, start_reading
from jiemin.sheets.wire import ReadRosters, pack, unpack


def read(path: Path) -> RosterFile:
    return start_reading(path, TODAY).result()


def refusal(path: Path) -> JieminError:
    with pytest.raises(JieminError) as caught:
        read(path)
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_workbook_of_two_rosters(tmp_path: Path) -> None:
    sheets = {"困难家庭": [HOUSEHOLD_HEADER, *household_rows()], "干部": [CADRE_HEADER, *cadre_rows()]}
    roster = read(write_workbook(tmp_path / "households.xlsx", sheets))
    assert [(sheet.name, sheet.kind, len(sheet.rows)) for sheet in roster.sheets] == [
        ("困难家庭", SheetKind.HOUSEHOLDS, 6),
        ("干部", SheetKind.CADRES, 8),
    ]
    assert roster.problems == []
    first = roster.sheets[0].rows[0]
    assert first.number == 2
    assert first.values["head_id"].number == household_rows()[0][4]
    assert first.values["income_month_fen"] == 30000


def test_a_hundred_rows_pass_the_pipe_as_they_were_read(tmp_path: Path) -> None:
    rows = household_rows(100)
    rows[7] = (*rows[7][:4], rows[7][4][:17] + "?", *rows[7][5:])
    path = write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    here = child.answer(ReadRosters(path, TODAY))
    assert unpack(pack(here)) == here
    roster = read(path)
    assert roster == here
    assert roster.sheets[0].problems[0].kind is here.sheets[0].problems[0].kind


def test_a_stray_cell_in_the_last_corner_does_not_hurt_the_command(tmp_path: Path) -> None:
    content = workbook_bytes(lambda workbook: workbook.worksheets[0].cell(1048576, 16384, "远"))
    error = refusal(saved(tmp_path / "far.xlsx", content))
    assert "大得异常" in error.message
    assert "复制" in error.hint


def test_a_child_that_breaks_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.xlsx", workbook_bytes())
    monkeypatch.setattr(reader, "_START", "import os; os.abort()")
    assert "读不下去" in refusal(path).message


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.xlsx", workbook_bytes())
    monkeypatch.setattr(reader, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(reader, "_SECONDS", 0.2)
    started = time.monotonic()
    pending = start_reading(path, TODAY)
    assert time.monotonic() - started < 0.2
    with pytest.raises(JieminError, match="还没有读完"):
        pending.result()
    assert time.monotonic() - started < 10


def test_a_fault_of_ours_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_START", "raise SystemExit(1)")
    with pytest.raises(RuntimeError):
        read(saved(tmp_path / "a.xlsx", workbook_bytes()))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are kept on Linux")
def test_the_child_has_no_more_memory_than_a_roster_needs() -> None:
    script = "from jiemin.sheets.child import _confine; _confine(); bytearray(2**31)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


def test_nothing_in_the_folder_is_taken_for_a_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("csv", "re", "zipfile", "jiemin"):
        Path(f"{name}.py").write_text("raise SystemExit(7)\n", "utf-8")
    assert len(read(saved(Path("a.xlsx"), workbook_bytes())).sheets[0].rows) == 1


def test_the_child_loads_nothing_of_the_rest_of_the_program() -> None:
    script = "import sys, jiemin.sheets.child; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    names = set(done.stdout.split())
    assert "python_calamine" in names
    assert names.isdisjoint({"sqlmodel", "sqlalchemy", "sqlite3", "typer", "rich", "openpyxl", "subprocess"})


def test_excerpts_are_rows_as_they_stand(tmp_path: Path) -> None:
    rows = household_rows(4)
    sheets = {"空": [("",)], "困难家庭": [("2014年6月名册",), HOUSEHOLD_HEADER, *rows]}
    path = write_workbook(tmp_path / "households.xlsx", sheets)
    digest = read(path).sha256
    (excerpt,) = read_excerpts(path, {"困难家庭": [4, 6], "别的": [1]}, digest)
    assert (excerpt.name, excerpt.header_top, len(excerpt.head)) == ("困难家庭", 1, 2)
    assert [number for number, _ in excerpt.rows] == [4, 6]
    assert list(excerpt.rows[0][1])[:5] == list(rows[1][:5])
    path.write_bytes(path.read_bytes() + b"\x00")
    with pytest.raises(JieminError, match="改动"):
        read_excerpts(path, {"困难家庭": [4]}, digest)
