"""SQL as the storage rooms write it: SQLAlchemy's words over SQLModel's tables.

SQLModel types a table's columns as the values they hold, which the type hints of SQLAlchemy do
not accept in conditions. Type checking of queries ends here; the dataclasses that queries return
are typed again.
"""

from typing import Any

import sqlalchemy


def select(*columns: Any) -> Any:
    """A query of these columns."""
    return sqlalchemy.select(*columns)


def and_(*conditions: Any) -> Any:
    """All of these conditions."""
    return sqlalchemy.and_(*conditions)
