"""`jiemin import -`: a roster on standard input."""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.rosters import HOUSEHOLD_HEADER, household_rows, write_workbook

from jiemin.sheets import gate
from jiemin.usecases import roster_files

Run = Callable[..., Any]
Pipe = Callable[[bytes], None]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """Let standard input bring these bytes."""
    return lambda content: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def table(*rows: tuple[Any, ...]) -> str:
    return "\n".join(
        ",".join("" if cell is None else str(cell) for cell in row) for row in (HOUSEHOLD_HEADER, *rows)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_on_standard_input_is_taken(run: Run, pipe: Pipe, encoding: str) -> None:
    pipe(table(*household_rows(3)).encode(encoding))
    (file,) = run("import", "-", "--json").json["files"]
    assert (file["file"], file["sheets"][0]["new"], file["refused"]) == ("-", 3, None)
    pipe(table(*household_rows(3)).encode(encoding))
    shown = run("import", "-")
    assert "标准输入" in shown.out
    assert "没有改动" in shown.out


def test_a_workbook_is_taken_for_what_it_is_and_files_beside_it(run: Run, pipe: Pipe, tmp_path: Path) -> None:
    one, two = household_rows(2)
    write_workbook(tmp_path / "one.xlsx", {"名册": [HOUSEHOLD_HEADER, one]})
    write_workbook(tmp_path / "two.xlsx", {"名册": [HOUSEHOLD_HEADER, two]})
    pipe((tmp_path / "two.xlsx").read_bytes())
    files = run("import", "one.xlsx", "-", "--json").json["files"]
    assert [(each["file"], each["sheets"][0]["new"]) for each in files] == [("one.xlsx", 1), ("-", 1)]


def test_faulty_rows_come_back_in_the_current_folder_and_replace_nothing(
    run: Run, pipe: Pipe, tmp_path: Path
) -> None:
    for number, name in enumerate(("标准输入-问题.xlsx", "标准输入-问题2.xlsx")):
        row = household_rows(2)[number]
        pipe(table((*row[:5], "很多", *row[6:])).encode())
        (file,) = run("import", "-", "--json").json["files"]
        assert file["error_workbook"] == name
        header, bad = openpyxl.load_workbook(tmp_path / name).worksheets[0].iter_rows(values_only=True)
        assert bad[header.index("户编号")] == row[0]


def test_nothing_of_it_stays_behind(
    run: Run, pipe: Pipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spool").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spool"))
    pipe(table(*household_rows(1)).encode())
    assert run("import", "-").code == 0
    pipe("随便写的几句话，不是表格。\n".encode())
    assert run("import", "-").code == 1
    assert not list((tmp_path / "spool").iterdir())


def test_an_empty_pipe_and_a_keyboard_are_told_how_to_do_it(
    run: Run, pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(b"")
    empty = run("import", "-")
    assert empty.code == 1
    assert "什么也没有" in empty.err
    assert "jiemin import - < 名册.csv" in empty.err
    pipe(b"")
    monkeypatch.setattr(sys.stdin.buffer, "isatty", lambda: True, raising=False)
    waiting = run("import", "-")
    assert waiting.code == 1
    assert "没有接上" in waiting.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x81\xff" * 40, "编码认不出来"),
        ("随便写的几句话，不是表格。\n".encode(), "不是表格文件"),
        (b"%PDF-1.4 ...", "PDF"),
    ],
)
def test_what_is_no_roster_is_named(run: Run, pipe: Pipe, content: bytes, words: str) -> None:
    pipe(content)
    refused = run("import", "-")
    assert refused.code == 1
    assert "“标准输入”" in refused.err
    assert words in refused.err


def test_of_a_pipe_without_end_no_more_is_kept_than_tells_it_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return b"x" * (size or 0)

    monkeypatch.setattr(roster_files, "LARGEST_FILE", 3 * 2**20)
    monkeypatch.setattr(gate, "LARGEST_FILE", 3 * 2**20)
    with roster_files.with_piped([Path("-")], Endless()) as (_, piped):
        assert piped is not None
        assert 3 * 2**20 < piped.stat().st_size <= 4 * 2**20
        with pytest.raises(Exception, match="太大"):
            gate.read_file(piped)
