"""Opening the one SQLite file: whose it is, which layout it has, and what a lock means.

The file is private (0600 in a 0700 folder) from its first byte. Its journal mode is DELETE with
full synchronisation: one file, safe to copy whenever no command is running.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from jiemin.errors import (
    BusyError,
    DamagedDatabaseError,
    JieminError,
    NewerDatabaseError,
    NoDatabaseError,
)
from jiemin.storage.migrations import newest, steps_after

APPLICATION_ID = 0x4A4D494E
"""`JMIN` in the file's header: tells our files from other SQLite databases."""

BUSY_SECONDS = 5
_MAGIC = b"SQLite format 3\x00"


class Database:
    """An open jiemin database. Use `open_database`; close by `with`."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state throughout."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write; commits at the end, or leaves the old state.

        Only the journal opens it: every change goes through `journal.write_door`.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with plain_words(self.path), self._engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - as `_engine` makes it
            driver.execute(begin)
            try:
                yield connection
            except BaseException:
                _roll_back(driver)
                raise
            if driver.in_transaction:  # a dry run has rolled it back
                driver.execute("COMMIT")


def open_database(path: Path, *, create: bool = False) -> Database:
    """Open the database at `path`, bringing an older layout up to date after a backup.

    With `create` a missing file is made. Raises `NoDatabaseError`, `NewerDatabaseError`,
    `DamagedDatabaseError` or `BusyError`; a newer or damaged file is left untouched.
    """
    if not path.exists():
        if not create:
            raise NoDatabaseError(f"还没有数据库：{path}", "先导入名册：jiemin import households.xlsx")
        _claim(path)
    with plain_words(path):
        _refuse_strangers(path)
        with closing(_connect(path)) as connection:
            _migrate(connection, path)
    return Database(path, _engine(path))


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn SQLite's own complaints into sentences; a constraint broken by us stays a bug."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as fault:
        original = fault.orig if isinstance(fault, DBAPIError) else fault
        error = _in_words(str(original), path)
        if error is None:
            raise
        raise error from None


def _in_words(complaint: str, path: Path) -> JieminError | None:
    if "locked" in complaint or "busy" in complaint:
        return BusyError("另一个结民命令正在写数据库", "等它做完再试")
    if "malformed" in complaint or "not a database" in complaint or "corrupt" in complaint:
        return DamagedDatabaseError(f"数据库已损坏：{path}", "请换回最近的备份，或把文件交给管理员")
    if "full" in complaint:
        return JieminError("磁盘已满，什么都没有写入", "清理磁盘后再试")
    if "readonly" in complaint or "unable to open" in complaint or "disk I/O" in complaint:
        return JieminError(f"数据库不能写入：{path}", "检查文件夹和文件的权限、磁盘是否正常")
    return None


def _claim(path: Path) -> None:
    """Make the empty file private before anything is in it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        raise JieminError(f"不能在这里建数据库：{path}", "换一个能写入的位置：--db 文件") from None


def _refuse_strangers(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError:
        raise JieminError(f"数据库打不开：{path}", "检查它是不是文件、有没有读取权限") from None
    if head and head != _MAGIC:
        raise DamagedDatabaseError(f"这不是结民的数据库，或已损坏：{path}", "核对 --db 指的文件，或换回备份")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def _engine(path: Path) -> Engine:
    """Transactions are begun by hand, IMMEDIATE or not; values never appear in its complaints."""
    return create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: _connect(path),
        poolclass=StaticPool,
        hide_parameters=True,
    )


def _roll_back(driver: sqlite3.Connection) -> None:
    """Unless a full disk has ended the transaction already, or Ctrl-C the connection with it."""
    with suppress(sqlite3.ProgrammingError):
        if driver.in_transaction:
            driver.execute("ROLLBACK")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    version = _known_version(connection, path)
    if version == newest():
        return
    if version:
        _back_up(connection, path.with_name(f"{path.name}.v{version}.bak"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, sql in steps_after(_known_version(connection, path)):
            for statement in _statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _known_version(connection: sqlite3.Connection, path: Path) -> int:
    """The layout's number; 0 for an empty file. Raises for a stranger's or a newer file."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    if owner != APPLICATION_ID and (tables or version):
        raise DamagedDatabaseError(f"这个文件不是结民的数据库：{path}", "核对 --db 指的文件")
    if version > newest():
        raise NewerDatabaseError("数据库是更新版本的结民写的，本版本读不了", "请升级结民后再试")
    return version


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    _claim(target)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _statements(sql: str) -> Iterator[str]:
    """The file's statements, one by one: executescript would commit the transaction."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
