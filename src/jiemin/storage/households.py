"""Queries about households: keys for matching, spans, and the state on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, case
from sqlalchemy.orm import aliased
from sqlmodel import col, func

from jiemin.domain.codes import HouseholdStatus, Relation
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.domain.whom_to_pair import is_to_be_paired
from jiemin.storage.query import among, and_, select
from jiemin.storage.regions import VILLAGE
from jiemin.storage.tables import Household, HouseholdSpan, Membership, Person, Region

if TYPE_CHECKING:
    from jiemin.domain.matching import KnownHousehold

STATE = tuple(
    name
    for name in HouseholdSpan.model_fields
    if name not in {"id", "household_id", "reason", "valid_from", "valid_to"}
)
"""The fields of a span that can change over time; a reason belongs to one span alone."""

_NOWHERE = (None, None)


@dataclass(frozen=True, slots=True)
class HouseholdState:
    """A household as it stands on one day, with its head."""

    id: int
    household_no: str
    head_name: str
    head_number: str | None
    head_raw: str | None
    region_id: int
    household_class: str
    keeping: str | None
    status: str
    size: int | None
    covered: int | None
    income_fen: int | None
    income_period: str | None
    cause: str | None
    other_causes: tuple[str, ...]
    needs: str | None
    phones: tuple[str, ...]
    address: str | None
    account: str | None
    since: date

    @property
    def active(self) -> bool:
        """In the work on that day."""
        return self.status == HouseholdStatus.ACTIVE

    @property
    def to_be_paired(self) -> bool:
        """In the work, and of those who get a cadre."""
        return self.active and is_to_be_paired(self.household_class, self.keeping)


def known_households(connection: Connection) -> "list[KnownHousehold]":
    """What tells every household apart, by its latest span and present head."""
    from jiemin.domain.matching import KnownHousehold

    town = case((col(Region.level) == VILLAGE, Region.parent_id), else_=Region.id)
    latest = (
        select(HouseholdSpan.household_id, Region.id, town)
        .join(Region, col(Region.id) == HouseholdSpan.region_id)
        .order_by(col(HouseholdSpan.valid_from))
    )
    places = {row_id: place for row_id, *place in connection.execute(latest)}
    query = (
        select(
            Household.id,
            Household.household_no,
            Person.id,
            Person.name,
            Person.id_number,
            Person.id_valid,
            Person.birth,
        )
        .outerjoin(
            Membership,
            and_(
                col(Membership.household_id) == Household.id,
                Membership.relation == Relation.HEAD,
                Membership.valid_to == FOREVER,
            ),
        )
        .outerjoin(Person, col(Person.id) == Membership.person_id)
        .order_by(col(Household.id))
    )
    return [
        KnownHousehold(
            id=row_id,
            household_no=number,
            numbered_by_us=number.rstrip("A") == serial(row_id),
            place=places.get(row_id, _NOWHERE)[0],
            town=places.get(row_id, _NOWHERE)[1],
            head_id=head,
            head_name=name or "",
            head_number=id_number if valid else None,
            head_birth=birth,
        )
        for row_id, number, head, name, id_number, valid, birth in connection.execute(query)
    ]


def serial(household_id: int) -> str:
    """The number we give a household that came without one; it says nothing of place. Letters A follow
    when it is taken."""
    return f"H{household_id:06d}"


def free_serial(connection: Connection, household_id: int) -> str:
    """The serial of a new household, with letters A as long as somebody's own number looks like it."""
    query = (
        "SELECT household_no FROM household WHERE household_no LIKE ? "
        "UNION SELECT household_no FROM household_alias WHERE household_no LIKE ?"
    )
    number = serial(household_id)
    taken = set(connection.exec_driver_sql(query, (f"{number}%", f"{number}%")).scalars())
    while number in taken:
        number += "A"
    return number


def held_spans(connection: Connection, ids: Iterable[int] | None = None) -> dict[int, list[Held]]:
    """Every span of these households (or of all), by household id."""
    columns = [HouseholdSpan.id, HouseholdSpan.household_id, HouseholdSpan.valid_from, HouseholdSpan.valid_to]
    query = select(*columns, *(getattr(HouseholdSpan, name) for name in STATE)).order_by(
        col(HouseholdSpan.valid_from)
    )
    if ids is not None:
        query = query.where(among(HouseholdSpan.household_id, ids))
    spans: dict[int, list[Held]] = {}
    for span_id, household_id, start, end, *values in connection.execute(query):
        state = dict(zip(STATE, values, strict=True))
        spans.setdefault(household_id, []).append(Held(span_id, start, end, state))
    return spans


def households_on(
    connection: Connection, day: date, ids: Sequence[int] | None = None
) -> list[HouseholdState]:
    """Every household known on `day`, active or not, in the order of numbers.

    Each comes once: of two heads, which only another program can write, the one entered first is told.
    """
    query = _state_query(day).order_by(col(Household.household_no), col(Membership.id))
    if ids is not None:
        query = query.where(among(Household.id, ids))
    states = (HouseholdState(*row) for row in connection.execute(query))
    found: dict[tuple[int, date], HouseholdState] = {}
    for state in states:
        found.setdefault((state.id, state.since), state)
    return list(found.values())


def last_heads(connection: Connection, day: date, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Household id → name and number (`""` if none) of who was the last to head it until `day`.

    One that was merged into another has no head any more; who asks money back still has to name somebody.
    """
    query = (
        select(Membership.household_id, Person.name, Person.id_number, Person.id_raw)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(
            Membership.relation == Relation.HEAD,
            Membership.valid_from <= day,
            among(Membership.household_id, ids),
        )
        .order_by(col(Membership.valid_to), col(Membership.id))
    )
    return {
        household_id: (name or "", number or raw or "")
        for household_id, name, number, raw in connection.execute(query)
    }


def active_spans(connection: Connection, start: date, end: date) -> dict[int, list[tuple[date, date]]]:
    """Household id → the spans within `[start, end)` in which it was in the work."""
    query = (
        select(HouseholdSpan.household_id, HouseholdSpan.valid_from, HouseholdSpan.valid_to)
        .where(
            HouseholdSpan.status == HouseholdStatus.ACTIVE,
            HouseholdSpan.valid_from < end,
            HouseholdSpan.valid_to > start,
        )
        .order_by(col(HouseholdSpan.valid_from))
    )
    spans: dict[int, list[tuple[date, date]]] = {}
    for household_id, begun, ended in connection.execute(query):
        spans.setdefault(household_id, []).append((begun, ended))
    return spans


def active_since(connection: Connection, day: date) -> dict[int, date]:
    """Household id → since when the household, if in the work on `day`, is so without a break."""
    before = aliased(HouseholdSpan)
    joined = select(before.id).where(
        before.household_id == HouseholdSpan.household_id,
        before.status == HouseholdStatus.ACTIVE,
        before.valid_to == HouseholdSpan.valid_from,
    )
    query = (
        select(HouseholdSpan.household_id, func.max(HouseholdSpan.valid_from))
        .where(
            HouseholdSpan.status == HouseholdStatus.ACTIVE,
            HouseholdSpan.valid_from <= day,
            ~joined.exists(),
        )
        .group_by(HouseholdSpan.household_id)
    )
    return dict(connection.execute(query).all())


def first_days(connection: Connection) -> dict[int, date]:
    """Household id → the first day of which anything is on record."""
    query = select(HouseholdSpan.household_id, func.min(HouseholdSpan.valid_from)).group_by(
        HouseholdSpan.household_id
    )
    return dict(connection.execute(query).all())


def first_days_by_number(connection: Connection, numbers: Iterable[str]) -> dict[str, date]:
    """The same of these households, by household number."""
    query = (
        select(Household.household_no, func.min(HouseholdSpan.valid_from))
        .join(HouseholdSpan, col(HouseholdSpan.household_id) == Household.id)
        .where(among(Household.household_no, numbers))
        .group_by(Household.household_no)
    )
    return dict(connection.execute(query).all())


def household_count(connection: Connection) -> int:
    """How many households were ever entered."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM household").scalar_one())


def _state_query(day: date) -> Any:
    """Household, span on the day and head on the day; the columns of `HouseholdState` in order."""
    head = and_(
        col(Membership.household_id) == Household.id,
        Membership.relation == Relation.HEAD,
        Membership.valid_from <= day,
        Membership.valid_to > day,
    )
    return (
        select(
            Household.id,
            Household.household_no,
            col(Person.name),
            col(Person.id_number),
            col(Person.id_raw),
            *(
                getattr(HouseholdSpan, name)
                for name in (
                    "region_id household_class keeping status size covered income_fen income_period cause "
                    "other_causes needs phones address account valid_from"
                ).split()
            ),
        )
        .join(HouseholdSpan, col(HouseholdSpan.household_id) == Household.id)
        .outerjoin(Membership, head)
        .outerjoin(Person, col(Person.id) == Membership.person_id)
        .where(HouseholdSpan.valid_from <= day, HouseholdSpan.valid_to > day)
    )
