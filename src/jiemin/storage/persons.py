"""Queries about persons: keys for matching, memberships, and the members of a household."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlalchemy.orm import aliased
from sqlmodel import col, func

from jiemin.domain.codes import Relation
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.storage.query import among, and_, select
from jiemin.storage.tables import Membership, Person, PersonSpan

if TYPE_CHECKING:
    from jiemin.domain.matching import PersonIndex

STATE = tuple(
    name for name in PersonSpan.model_fields if name not in {"id", "person_id", "valid_from", "valid_to"}
)


@dataclass(frozen=True, slots=True)
class MemberState:
    """A member of a household on one day."""

    person_id: int
    name: str
    id_number: str | None
    id_raw: str | None
    relation: str | None
    sex: str | None
    birth: date | None
    covered: bool | None
    health: str | None
    disability: str | None
    disability_grade: int | None
    labour: str | None = None
    education: str | None = None
    household_id: int = 0


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A person's time in a household in one relation to its head; `end` is FOREVER while it lasts."""

    id: int
    household_id: int
    person_id: int
    name: str
    id_number: str | None
    sex: str | None
    birth: date | None
    relation: str | None
    covered: bool | None
    end_reason: str | None
    start: date
    end: date

    @property
    def head(self) -> bool:
        """Whether the person heads the household."""
        return self.relation == Relation.HEAD

    def holds(self, day: date) -> bool:
        """Whether the person belonged to the household so on `day`."""
        return self.start <= day < self.end


def known_persons(connection: Connection) -> "PersonIndex":
    """What tells every person apart, with the household each belongs to now."""
    from jiemin.domain.matching import KnownPerson, PersonIndex

    query = select(
        Person.id, Person.name, Person.id_number, Person.id_valid, Person.birth, Membership.household_id
    ).outerjoin(Membership, and_(col(Membership.person_id) == Person.id, Membership.valid_to == FOREVER))
    index = PersonIndex()
    for person_id, name, number, valid, birth, household_id in connection.execute(query):
        index.add(KnownPerson(person_id, name, number if valid else None, birth, household_id))
    return index


def held_memberships(connection: Connection) -> dict[int, list[Held]]:
    """Every membership of every person, by person id; household, relation and cover are its state."""
    query = select(
        Membership.id,
        Membership.person_id,
        Membership.valid_from,
        Membership.valid_to,
        Membership.household_id,
        Membership.relation,
        Membership.covered,
    ).order_by(col(Membership.valid_from))
    held: dict[int, list[Held]] = {}
    for row_id, person_id, start, end, household_id, relation, covered in connection.execute(query):
        state = {"household_id": household_id, "relation": relation, "covered": covered}
        held.setdefault(person_id, []).append(Held(row_id, start, end, state))
    return held


def memberships_of(connection: Connection, household_id: int) -> list[MembershipRow]:
    """All who ever belonged to a household, each time and in each relation, by day, the head first."""
    return _memberships(connection, Membership.household_id == household_id)


def memberships_of_households(connection: Connection, ids: Iterable[int]) -> list[MembershipRow]:
    """The same of all these households."""
    return _memberships(connection, among(Membership.household_id, ids))


def memberships_of_persons(connection: Connection, ids: Iterable[int]) -> list[MembershipRow]:
    """Every time these persons belonged to a household."""
    return _memberships(connection, among(Membership.person_id, ids))


def memberships_of_person(connection: Connection, person_id: int) -> list[MembershipRow]:
    """Every time a person belonged to a household, by day."""
    return _memberships(connection, Membership.person_id == person_id)


def memberships_named(connection: Connection, name: str) -> list[MembershipRow]:
    """Every time somebody of that name belonged to a household, by day."""
    return _memberships(connection, Person.name == name)


def reasons_to_leave(connection: Connection) -> list[MembershipRow]:
    """The last membership of everybody who left for a reason on record and belongs to no household since."""
    later = aliased(Membership)
    since = select(later.id).where(
        later.person_id == Membership.person_id, later.valid_to > Membership.valid_to
    )
    return _memberships(
        connection,
        and_(Membership.valid_to != FOREVER, col(Membership.end_reason).is_not(None), ~since.exists()),
    )


def person_numbered(connection: Connection, number: str) -> tuple[int, str] | None:
    """Id and name of the person with that valid identity number."""
    query = select(Person.id, Person.name).where(Person.id_number == number, col(Person.id_valid).is_(True))
    row = connection.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def _memberships(connection: Connection, condition: Any) -> list[MembershipRow]:
    query = (
        select(
            Membership.id,
            Membership.household_id,
            Person.id,
            Person.name,
            Person.id_number,
            Person.sex,
            Person.birth,
            Membership.relation,
            Membership.covered,
            Membership.end_reason,
            Membership.valid_from,
            Membership.valid_to,
        )
        .join(Person, col(Person.id) == Membership.person_id)
        .where(condition)
        .order_by(
            col(Membership.valid_from),
            func.coalesce(Membership.relation, "") != Relation.HEAD,
            col(Membership.id),
        )
    )
    return [MembershipRow(*row) for row in connection.execute(query)]


def held_spans(connection: Connection) -> dict[int, list[Held]]:
    """Every span of every person, by person id."""
    columns = [PersonSpan.id, PersonSpan.person_id, PersonSpan.valid_from, PersonSpan.valid_to]
    query = select(*columns, *(getattr(PersonSpan, name) for name in STATE)).order_by(
        col(PersonSpan.valid_from)
    )
    spans: dict[int, list[Held]] = {}
    for span_id, person_id, start, end, *values in connection.execute(query):
        spans.setdefault(person_id, []).append(
            Held(span_id, start, end, dict(zip(STATE, values, strict=True)))
        )
    return spans


def person_details(connection: Connection) -> dict[int, dict[str, object]]:
    """Person id → the fields that do not change over time, for comparing with a roster."""
    query = select(
        Person.id, Person.name, Person.id_number, Person.id_raw, Person.id_valid, Person.sex, Person.birth
    )
    names = ("name", "id_number", "id_raw", "id_valid", "sex", "birth")
    return {row_id: dict(zip(names, values, strict=True)) for row_id, *values in connection.execute(query)}


def members_on(connection: Connection, household_id: int, day: date) -> list[MemberState]:
    """The members of one household on `day`, the head first."""
    return members_of(connection, [household_id], day)


def members_of(connection: Connection, ids: Iterable[int] | None, day: date) -> list[MemberState]:
    """The members of these households on `day`, or of all, of each the head first."""
    span = and_(
        col(PersonSpan.person_id) == Person.id, PersonSpan.valid_from <= day, PersonSpan.valid_to > day
    )
    query = (
        select(
            Person.id,
            Person.name,
            Person.id_number,
            Person.id_raw,
            Membership.relation,
            Person.sex,
            Person.birth,
            Membership.covered,
            col(PersonSpan.health),
            col(PersonSpan.disability),
            col(PersonSpan.disability_grade),
            col(PersonSpan.labour),
            col(PersonSpan.education),
            Membership.household_id,
        )
        .join(Membership, col(Membership.person_id) == Person.id)
        .outerjoin(PersonSpan, span)
        .where(Membership.valid_from <= day, Membership.valid_to > day)
        .order_by(func.coalesce(Membership.relation, "") != Relation.HEAD, col(Membership.id))
    )
    if ids is not None:
        query = query.where(among(Membership.household_id, ids))
    return [MemberState(*row) for row in connection.execute(query).all()]


def left_by(held: Iterable[MembershipRow], day: date) -> MembershipRow | None:
    """Of one person's times in a household the last before `day`, if it is over by then; None for who is
    there, or is listed later only."""
    begun = [row for row in held if row.start <= day]
    last = max(begun, key=lambda row: row.end, default=None)
    return last if last is not None and last.end <= day else None


def gone_by(connection: Connection, household_ids: Collection[int], day: date) -> dict[tuple[int, int], date]:
    """(household id, person id) → the first day away, of everybody who belonged to one of them before and
    does not on `day`: who is listed later only has not gone, who comes back later has for so long."""
    begun = Membership.valid_from <= day
    query = (
        select(Membership.household_id, Membership.person_id, func.max(Membership.valid_to))
        .where(among(Membership.household_id, household_ids), begun)
        .group_by(Membership.household_id, Membership.person_id)
        .having(func.max(Membership.valid_to) <= day)
    )
    return {(household, person): left for household, person, left in connection.execute(query)}


def living_at(connection: Connection, numbers: Collection[str], day: date) -> list[tuple[int, str]]:
    """(household id, identity number) of every member on `day` who bears one of the numbers."""
    wanted = func.json_each(json.dumps(sorted(numbers))).table_valued("value")
    query = (
        select(Membership.household_id, Person.id_number)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(
            col(Person.id_number).in_(select(wanted.c.value)),
            Membership.valid_from <= day,
            Membership.valid_to > day,
        )
    )
    return [(household_id, number) for household_id, number in connection.execute(query)]


def severe_households(connection: Connection, day: date) -> dict[int, list[tuple[str | None, int | None]]]:
    """Household id → (health, disability grade) of members for whom either is known on `day`."""
    query = (
        select(Membership.household_id, PersonSpan.health, PersonSpan.disability_grade)
        .join(PersonSpan, col(PersonSpan.person_id) == Membership.person_id)
        .where(
            Membership.valid_from <= day,
            Membership.valid_to > day,
            PersonSpan.valid_from <= day,
            PersonSpan.valid_to > day,
        )
    )
    found: dict[int, list[tuple[str | None, int | None]]] = {}
    for household_id, health, grade in connection.execute(query):
        found.setdefault(household_id, []).append((health, grade))
    return found


def person_count(connection: Connection, day: date) -> int:
    """How many persons belong to a household on `day`."""
    query = "SELECT count(*) FROM membership WHERE valid_from <= ? AND valid_to > ?"
    return int(connection.exec_driver_sql(query, (day.isoformat(), day.isoformat())).scalar_one())
