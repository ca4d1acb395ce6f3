"""The one file: private, versioned, never half-made."""

import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from jiemin.errors import (
    BusyError,
    DamagedDatabaseError,
    JieminError,
    NewerDatabaseError,
    NoDatabaseError,
)
from jiemin.storage import (
    alias_tables,
    award_tables,
    journal_tables,
    record_tables,
    rule_tables,
    run_tables,
    supervision_tables,
    tables,
)
from jiemin.storage import database as module
from jiemin.storage.database import open_database
from jiemin.storage.migrations import newest, steps_after


def schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith("sqlite_")}


def parts(sql: str) -> tuple[str, frozenset[str]]:
    """What a CREATE statement declares, whatever the order: a later step adds its columns at the end."""
    start, body = sql.split("(", 1)
    body, end = body.rsplit(")", 1)
    found, depth, part = set(), 0, ""
    for sign in f"{body},":
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.add(part.strip())
            part = ""
        else:
            part += sign
    # A column added later names what it refers to in its own line.
    inline = {one: re.match(r"(\w+) (.*?) REFERENCES (\w+) \((\w+)\)$", one) for one in found}
    for one, refers in inline.items():
        if refers and not one.startswith("FOREIGN KEY"):
            column, kind, table, key = refers.groups()
            found -= {one}
            found |= {f"{column} {kind}", f"FOREIGN KEY({column}) REFERENCES {table} ({key})"}
    return start + end, frozenset(found)


def test_migrations_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    declared: dict[str, str] = {}
    known_tables = (
        tables.Household,
        alias_tables.KeptApart,
        award_tables.Award,
        run_tables.PairingRun,
        journal_tables.Change,
        rule_tables.PairRule,
        record_tables.Measure,
        supervision_tables.Inspection,
    )
    for known in known_tables:
        assert known.metadata is SQLModel.metadata
    for table in SQLModel.metadata.sorted_tables:
        declared[table.name] = str(CreateTable(table).compile(dialect=sqlite.dialect()))
        for index in table.indexes:
            declared[str(index.name)] = str(CreateIndex(index).compile(dialect=sqlite.dialect()))
    with open_database(tmp_path / "a.db", create=True):
        pass
    made = {name: parts(sql) for name, sql in schema(tmp_path / "a.db").items()}
    assert made == {name: parts(" ".join(sql.split())) for name, sql in declared.items()}


@pytest.mark.skipif(os.name == "nt", reason="modes are claimed on POSIX only")
def test_file_and_new_folder_are_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "jiemin.db"
    with open_database(path, create=True):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_reading_without_a_database_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError):
        open_database(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"\x07" * 400])
def test_strange_files_are_named_damaged_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(DamagedDatabaseError):
        open_database(path, create=True)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    before = path.read_bytes()
    with pytest.raises(DamagedDatabaseError):
        open_database(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_database(path, create=True):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {newest() + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError):
        open_database(path)
    assert path.read_bytes() == before


def made_of_the_first_layout(path: Path) -> None:
    """A database as the first release made it, with a household in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "newest", lambda: 1)
        patch.setattr(module, "steps_after", lambda version: steps_after(version)[:1])
        with open_database(path, create=True):
            pass
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO household (household_no) VALUES ('T1')")
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_database_of_the_first_layout_is_backed_up_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    made_of_the_first_layout(path)
    before = schema(path)
    with open_database(path):
        pass
    with open_database(tmp_path / "new.db", create=True):
        pass
    assert schema(path) == schema(tmp_path / "new.db") != before
    assert schema(tmp_path / "x.db.v1.bak") == before
    for each in (path, tmp_path / "x.db.v1.bak"):
        with closing(sqlite3.connect(each)) as connection:
            assert connection.execute("SELECT household_no FROM household").fetchall() == [("T1",)]


def test_a_failing_step_leaves_the_old_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    made_of_the_first_layout(path)
    before = schema(path)
    monkeypatch.setattr(module, "steps_after", lambda _: [(2, "CREATE TABLE later (id);\nNONSENSE;")])
    with pytest.raises(sqlite3.OperationalError):
        open_database(path)
    assert schema(path) == before


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    path = tmp_path / "x.db"
    with (
        open_database(path, create=True) as one,
        open_database(path) as two,
        one.writing(),
        pytest.raises(BusyError),
        two.writing(),
    ):
        pytest.fail("both were let in")


def test_a_folder_in_place_of_the_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(JieminError, match="打不开"):
        open_database(tmp_path)


def test_a_place_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(JieminError, match="不能在这里建数据库"):
        open_database(tmp_path / "file" / "x.db", create=True)
