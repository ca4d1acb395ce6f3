"""Tables that queries name in words of SQL, since making the models takes time, are those of the models."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import TableClause
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.types import NullType
from sqlmodel import SQLModel

import jiemin.storage
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
from jiemin.storage.journal import _SQLITE

MODELS = (
    alias_tables,
    award_tables,
    run_tables,
    journal_tables,
    record_tables,
    rule_tables,
    supervision_tables,
    tables,
)
"""Whoever makes these knows all tables of the file."""


def light_tables() -> Iterator[tuple[str, TableClause]]:
    """(module, table) of every table that a room of storage names in words of SQL."""
    for found in pkgutil.iter_modules(jiemin.storage.__path__):
        module = import_module(f"jiemin.storage.{found.name}")
        named: dict[int, Any] = {}
        for value in vars(module).values():
            columns = value if isinstance(value, ReadOnlyColumnCollection) else getattr(value, "c", None)
            if isinstance(columns, ReadOnlyColumnCollection):
                named |= {id(column.table): column.table for column in columns}
        for table in named.values():
            if type(table) is TableClause:
                yield found.name, table


LIGHT = list(light_tables())


def test_the_search_finds_the_tables_of_the_household_file() -> None:
    assert {"household_survey", "measure", "household_condition"} <= {table.name for _, table in LIGHT}


@pytest.mark.parametrize(("module", "table"), LIGHT, ids=lambda each: getattr(each, "name", each))
def test_a_table_in_words_of_sql_has_columns_of_the_model(module: str, table: TableClause) -> None:
    model = SQLModel.metadata.tables[table.name]
    assert {column.name for column in table.c} <= {column.name for column in model.c}, module
    for column in table.c:
        kind = model.c[column.name].type
        if isinstance(column.type, NullType):  # stored as it is told and told as it is stored
            assert kind.dialect_impl(_SQLITE).bind_processor(_SQLITE) is None, column.name
        else:
            assert type(column.type) is type(kind), column.name


@pytest.mark.parametrize("name", ["household_survey", "measure", "household_condition"])
def test_the_tables_of_the_household_file_are_named_whole(name: str) -> None:
    named = {column.name for _, table in LIGHT if table.name == name for column in table.c}
    assert named == set(SQLModel.metadata.tables[name].c.keys())
