"""Statements compiled once for all databases of a run, as they are for all transactions of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from jiemin.storage import database


@contextmanager
def compiled_once() -> Iterator[None]:
    """Every database opened meanwhile speaks through one dialect, with one store of compiled statements.

    A test opens a database for every command, and would compile each statement anew.
    """
    first, compiled = create_engine("sqlite://"), dict[Any, Any]()
    first.connect().close()  # the dialect asks SQLite what it can do
    made = database._engine

    def engine(path: Path) -> Engine:
        own = made(path)
        own.dialect = first.dialect
        return own.execution_options(compiled_cache=compiled)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_engine", engine)
        yield
    first.dispose()
