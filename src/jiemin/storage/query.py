"""SQL as the storage rooms write it: SQLAlchemy's words over SQLModel's tables.

SQLModel types a table's columns as the values they hold, which the type hints of SQLAlchemy do
not accept in conditions. Type checking of queries ends here; the dataclasses that queries return
are typed again.
"""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy


def select(*columns: Any) -> Any:
    """A query of these columns."""
    return sqlalchemy.select(*columns)


def and_(*conditions: Any) -> Any:
    """All of these conditions."""
    return sqlalchemy.and_(*conditions)


def among(column: Any, ids: Iterable[int]) -> Any:
    """The column holds one of these ids, of which there may be more than a statement takes parameters."""
    listed = sqlalchemy.func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(sqlalchemy.select(listed.c.value))


def merged_into(kind: str, number: str) -> Any:
    """The ids of the record that a duplicate of this number became; `kind` is household or cadre.

    In words of SQL, since making the tables of duplicates takes time, and most commands need none.
    """
    sql = f"SELECT {kind}_id FROM {kind}_alias WHERE {kind}_no = :number"  # noqa: S608 - words of ours
    found = sqlalchemy.text(sql).bindparams(number=number)
    return found.columns(sqlalchemy.column(f"{kind}_id", sqlalchemy.Integer))
