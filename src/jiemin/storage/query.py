"""SQL as the storage rooms write it: SQLAlchemy's words over SQLModel's tables.

SQLModel types a table's columns as the values they hold, which the type hints of SQLAlchemy do
not accept in conditions. Type checking of queries ends here; the dataclasses that queries return
are typed again.
"""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy
from sqlalchemy.orm.attributes import InstrumentedAttribute


class _Query(sqlalchemy.Select[Any]):
    """A query of tables, joined to tables.

    Named by their models, SQLAlchemy would get ready to make objects of them. Nobody here asks for
    any, and for a short command it takes longer than the query.
    """

    inherit_cache = True

    def join(self, target: Any, *on: Any, **how: Any) -> Any:
        """Also of this table, of which a row there must be."""
        table = vars(target).get("__table__", target) if isinstance(target, type) else target
        return super().join(table, *on, **how)

    def outerjoin(self, target: Any, *on: Any, **how: Any) -> Any:
        """Also of this table, if there is a row of it."""
        return self.join(target, *on, isouter=True, **how)


def select(*columns: Any) -> Any:
    """A query of these columns."""
    return _Query(*map(_of_table, columns))


def _of_table(column: Any) -> Any:
    """The table's own column instead of a model's attribute; those of an alias stay as they are."""
    if isinstance(column, InstrumentedAttribute) and isinstance(column.class_, type):
        return column.class_.__table__.c[column.key]
    return column


def and_(*conditions: Any) -> Any:
    """All of these conditions."""
    return sqlalchemy.and_(*conditions)


def among(column: Any, ids: Iterable[int] | Iterable[str]) -> Any:
    """The column holds one of these ids or numbers; there may be more than a statement takes parameters."""
    listed = sqlalchemy.func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(sqlalchemy.select(listed.c.value))


def merged_into(kind: str, number: str) -> Any:
    """The ids of the record that a duplicate of this number became; `kind` is household or cadre.

    In words of SQL, since making the tables of duplicates takes time, and most commands need none.
    """
    sql = f"SELECT {kind}_id FROM {kind}_alias WHERE {kind}_no = :number"  # noqa: S608 - words of ours
    found = sqlalchemy.text(sql).bindparams(number=number)
    return found.columns(sqlalchemy.column(f"{kind}_id", sqlalchemy.Integer))
