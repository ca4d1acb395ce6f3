"""How values of the domain are stored: ISO dates, yes/no, lists of words, labels of code lists.

STRICT tables accept only TEXT, INTEGER, REAL, BLOB and ANY, so each type says which it is.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}
"""Ids are never used twice, so an id in the journal always means the same row."""

NUMBER = Text(collation="NOCASE")
"""A number as it was first given; a001 and A001 are the same."""


@lru_cache(maxsize=50_000)
def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


@lru_cache(maxsize=1_000)
def _words(stored: str | None) -> tuple[str, ...]:
    if not stored:
        return ()
    if "\\" in stored:
        return tuple(json.loads(stored))
    return tuple(stored[2:-2].split('", "'))  # as `json.dumps` writes words without signs to escape


class IsoDate(TypeDecorator[date]):
    """A date as `2014-06-30`, which sorts as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """To the stored text."""
        return None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], date | None]:
        """From the stored text; few days stand in many rows."""
        return _day


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

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], tuple[str, ...]]:
        """From the stored text."""
        return _words


def one_of(column: str, labels: Iterable[StrEnum]) -> CheckConstraint:
    """The column holds a label of the code list, or nothing."""
    listed = ", ".join(f"'{label.value}'" for label in labels)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


def real_span() -> CheckConstraint:
    """A half-open span of at least one day."""
    return CheckConstraint("valid_from < valid_to", name="span_has_days")
