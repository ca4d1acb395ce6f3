"""Whatever goes wrong: one sentence, the right exit code, no traceback, no value in a log."""

import errno
import io
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support.rosters import county, household_rows

Run = Callable[..., Any]


def test_a_damaged_database(paired: Run, tmp_path: Path) -> None:
    path = tmp_path / "jiemin.db"
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 100] = b"\xff" * 100
    path.write_bytes(content)
    for words in (("household", "list"), ("import", "households.xlsx"), ("pair", "--auto"), ("status",)):
        done = paired(*words)
        assert done.code == 14, words
        assert "已损坏" in done.err
        assert "Traceback" not in done.err


def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    (tmp_path / "jiemin.db").write_text("hello, this is a note", encoding="utf-8")
    done = run("household", "list")
    assert done.code == 14
    assert "不是结民的数据库" in done.err


def test_a_newer_database(paired: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jiemin.db")) as database:
        database.execute("PRAGMA user_version = 99")
    done = paired("status")
    assert done.code == 13
    assert "升级" in done.err


def test_another_command_is_writing(paired: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiemin.storage.database.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(tmp_path / "jiemin.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = paired("visit", "add", "A001")
    assert done.code == 11
    assert "等它做完再试" in done.err


def test_a_folder_that_cannot_hold_the_database(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("JIEMIN_DB", str(tmp_path / "file" / "jiemin.db"))
    done = run("import", "households.xlsx")
    assert done.code == 1
    assert "数据库" in done.err


def test_a_full_disk_during_the_first_import_leaves_no_database(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("jiemin.storage.batch.Batch.flush", full)
    done = run("import", "households.xlsx")
    assert (done.code, done.out) == (1, "")
    assert "磁盘已满，什么都没有写入" in done.err
    assert not (tmp_path / "jiemin.db").exists()


def test_a_fault_of_ours_apologises_and_logs_no_value(
    paired: Run, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, _, name, secret, *_ = household_rows()[0]

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"boom {secret} {name}")

    monkeypatch.setattr("jiemin.usecases.look_up.list_households", broken)
    done = paired("household", "list")
    assert (done.code, done.out) == (3, "")
    assert "我们的错" in done.err
    assert secret not in done.err
    assert "Traceback" not in done.err
    logs = list(own_home.rglob("faults.log"))
    assert len(logs) == 1
    log = logs[0].read_text("utf-8")
    assert "ValueError" in log
    assert "broken" in log
    assert secret not in log
    assert name not in log
    if os.name == "posix":
        assert stat.S_IMODE(logs[0].stat().st_mode) == 0o600


def test_interrupted(paired: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jiemin.usecases.look_up.list_households", interrupted)
    done = paired("household", "list")
    assert done.code == 130


def test_a_date_that_does_not_exist(paired: Run) -> None:
    done = paired("visit", "add", "A001", "--date", "2014-02-30")
    assert (done.code, done.out) == (2, "")
    assert "没有“2014-02-30”这一天" in done.err


def test_control_characters_in_data_do_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    from support.rosters import HOUSEHOLD_HEADER

    row = ["A001", "石门镇", "望湖村", "沈阿大", "", 3, "农村低保", 2, 300]
    lines = [",".join((*HOUSEHOLD_HEADER, "备注")), ",".join([*map(str, row), "a\x1b[31mb"])]
    (tmp_path / "h.csv").write_text("\n".join(lines), encoding="utf-8")
    assert run("import", "h.csv").code == 0
    assert "\x1b" not in run("household", "show", "A001").out


def test_letters_of_another_encoding(paired: Run) -> None:
    done = paired("pair", "add", "A001", "\udcff\udcfe")
    assert (done.code, done.out) == (2, "")
    assert "认不出的字" in done.err


def test_a_result_that_cannot_be_written(paired: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    done = paired("status")
    assert done.code == 1
    assert "结果写不出去" in done.err


def test_a_reader_that_has_seen_enough(paired: Run, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "jiemin", "cadre", "list"]
    running = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.wait() == 0
    assert running.stderr.read() == b""
    running.stderr.close()
