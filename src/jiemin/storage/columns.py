"""How values of the domain are stored: ISO dates, yes/no, lists of words, labels of code lists.

STRICT tables accept only TEXT, INTEGER, REAL, BLOB and ANY, so each type says which it is.
"""

import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator


class IsoDate(TypeDecorator[date]):
    """A date as `2014-06-30`, which sorts as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """To the stored text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """From the stored text."""
        return None if value is None else date.fromisoformat(value)


class YesNo(TypeDecorator[bool]):
    """A truth value as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """To the stored number."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        """From the stored number."""
        return None if value is None else bool(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """Several words, such as telephone numbers, as a JSON list; none is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """To the stored text."""
        return json.dumps(list(value), ensure_ascii=False) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        """From the stored text."""
        return tuple(json.loads(value)) if value else ()


def one_of(column: str, labels: type[StrEnum]) -> CheckConstraint:
    """The column holds a label of the code list, or nothing."""
    listed = ", ".join(f"'{label.value}'" for label in labels)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


def real_span() -> CheckConstraint:
    """A half-open span of at least one day."""
    return CheckConstraint("valid_from < valid_to", name="span_has_days")
