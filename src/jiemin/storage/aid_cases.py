"""Queries about aid cases; void ones are left out unless asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col

from jiemin.domain.aid_cases import CaseTold
from jiemin.domain.money_items import Item
from jiemin.storage.columns import IsoDate
from jiemin.storage.query import among, select
from jiemin.storage.tables import Household, Person

_CASE: Any = table(
    "aid_case",
    column("id"),
    column("case_no"),
    column("household_id"),
    column("person_id"),
    column("item"),
    column("day", IsoDate),
    column("until", IsoDate),
    column("base_fen"),
    column("grade"),
    column("note"),
    column("voided_on", IsoDate),
    column("void_reason"),
).c


@dataclass(frozen=True, slots=True)
class AidCaseRow:
    """One aid case with its household and, where it is a person's, the person; amounts in fen."""

    id: int
    case_no: str
    household_id: int
    household_no: str
    person_id: int | None
    person_name: str | None
    item: str
    day: date
    until: date | None
    base_fen: int | None
    grade: str | None
    note: str | None
    voided_on: date | None
    void_reason: str | None

    @property
    def told(self) -> CaseTold:
        """What the case tells."""
        has_person = self.person_id is not None
        return CaseTold(Item(self.item), self.day, self.until, has_person, self.base_fen, self.grade or "")


def serial(case_id: int) -> str:
    """The number we give a case."""
    return f"A{case_id:06d}"


def aid_cases(
    connection: Connection,
    *,
    item: str = "",
    until: date | None = None,
    household_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
    voided: bool = False,
) -> list[AidCaseRow]:
    """The cases begun by `until`, of an item, of these households or persons or of all; oldest first."""
    query = _query().order_by(_CASE.day, _CASE.id)
    if item:
        query = query.where(_CASE.item == item)
    if until is not None:
        query = query.where(_CASE.day <= until)
    if household_ids is not None:
        query = query.where(among(_CASE.household_id, household_ids))
    if person_ids is not None:
        query = query.where(among(_CASE.person_id, person_ids))
    if not voided:
        query = query.where(_CASE.voided_on.is_(None))
    return [AidCaseRow(*row) for row in connection.execute(query)]


def aid_case_numbered(connection: Connection, number: str) -> AidCaseRow | None:
    """The case of that number, void or not; None when there is none."""
    row = connection.execute(_query().where(_CASE.case_no == number)).first()
    return AidCaseRow(*row) if row else None


def _query() -> Any:
    return (
        select(
            _CASE.id,
            _CASE.case_no,
            _CASE.household_id,
            Household.household_no,
            _CASE.person_id,
            Person.name,
            _CASE.item,
            _CASE.day,
            _CASE.until,
            _CASE.base_fen,
            _CASE.grade,
            _CASE.note,
            _CASE.voided_on,
            _CASE.void_reason,
        )
        .join(Household, col(Household.id) == _CASE.household_id)
        .outerjoin(Person, col(Person.id) == _CASE.person_id)
    )
