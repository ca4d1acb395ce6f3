"""Queries about duplicates: what may give them away, and which pairs were settled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.domain.codes import Relation
from jiemin.domain.duplicates import CadreFacts, HouseholdFacts, Kind, PersonFacts, written_number
from jiemin.domain.periods import FOREVER
from jiemin.storage import cadres
from jiemin.storage.alias_tables import CadreAlias, HouseholdAlias, KeptApart, PersonAlias
from jiemin.storage.query import among, and_, select
from jiemin.storage.tables import Cadre, Household, HouseholdSpan, Membership, Person

_PERSON_REF = re.compile(r"[Pp]0*([1-9]\d{0,17})")


@dataclass(frozen=True, slots=True)
class Settled:
    """A pair that was said to be two, when and why."""

    kind: Kind
    one: int
    other: int
    day: date
    reason: str | None


def person_ref(person_id: int) -> str:
    """How a person, who bears no number of ours elsewhere, is named on screens: P000012."""
    return f"P{person_id:06d}"


def person_facts(connection: Connection, ids: Iterable[int] | None = None) -> list[PersonFacts]:
    """What may give a person (of these, or any) away, with the household he or she belongs to now."""
    now = and_(col(Membership.person_id) == Person.id, Membership.valid_to == FOREVER)
    query = select(
        Person.id,
        Person.name,
        Person.id_number,
        Person.id_raw,
        Person.id_valid,
        Person.birth,
        Membership.household_id,
    ).outerjoin(Membership, now)
    if ids is not None:
        query = query.where(among(Person.id, ids))
    return [
        PersonFacts(
            row_id,
            name,
            number if valid else None,
            None if valid else written_number(number, raw),
            birth,
            household_id,
        )
        for row_id, name, number, raw, valid, birth, household_id in connection.execute(query)
    ]


def household_facts(connection: Connection, persons: list[PersonFacts]) -> list[HouseholdFacts]:
    """What may give a household away, by its latest span and present head."""
    people = {each.id: each for each in persons}
    query = select(Membership.household_id, Membership.person_id).where(
        Membership.relation == Relation.HEAD, Membership.valid_to == FOREVER
    )
    heads = {household_id: people[person_id] for household_id, person_id in connection.execute(query)}
    latest = select(HouseholdSpan.household_id, HouseholdSpan.region_id, HouseholdSpan.account)
    found = {
        household_id: HouseholdFacts(household_id, place, heads.get(household_id), account)
        for household_id, place, account in connection.execute(latest.order_by(col(HouseholdSpan.valid_from)))
    }
    return list(found.values())


def cadre_facts(connection: Connection) -> list[CadreFacts]:
    """What may give a cadre away, by the latest post."""
    numbers = dict(connection.execute(select(Cadre.id, Cadre.id_number)).all())
    return [
        CadreFacts(
            each.id,
            each.name,
            each.unit,
            each.number,
            None if each.number else written_number(numbers[each.id], None),
            each.phones,
        )
        for each in cadres.known_cadres(connection)
    ]


def settled(connection: Connection) -> list[Settled]:
    """The pairs kept apart, oldest first."""
    query = select(
        KeptApart.kind, KeptApart.one_id, KeptApart.other_id, KeptApart.day, KeptApart.reason
    ).order_by(col(KeptApart.id))
    return [Settled(Kind(kind), *rest) for kind, *rest in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Record:
    """A household, person or cadre as a clerk names it; `merged` when by the number of a duplicate that
    became it."""

    kind: Kind
    id: int
    ref: str
    merged: bool = False


def records_named(connection: Connection, text: str) -> list[Record]:
    """The records that bear this number, of each kind at most one; numbers of duplicates count too."""
    person = _PERSON_REF.fullmatch(text)
    reference = person_ref(int(person[1])) if person else None
    queries = (
        (Kind.HOUSEHOLD, Household.id, Household.household_no, Household.household_no == text, False),
        (Kind.CADRE, Cadre.id, Cadre.cadre_no, Cadre.cadre_no == text, False),
        (Kind.PERSON, Person.id, Person.id, Person.id == (int(person[1]) if person else None), False),
        (
            Kind.HOUSEHOLD,
            HouseholdAlias.household_id,
            HouseholdAlias.household_no,
            HouseholdAlias.household_no == text,
            True,
        ),
        (Kind.CADRE, CadreAlias.cadre_id, CadreAlias.cadre_no, CadreAlias.cadre_no == text, True),
        (
            Kind.PERSON,
            PersonAlias.person_id,
            PersonAlias.reference,
            PersonAlias.reference == reference,
            True,
        ),
    )
    found: dict[Kind, Record] = {}
    for kind, row_id, ref, condition, merged in queries:
        row = connection.execute(select(row_id, ref).where(condition)).first()
        if row is not None:
            named = person_ref(row[1]) if isinstance(row[1], int) else row[1]
            found.setdefault(kind, Record(kind, row[0], named, merged))
    return list(found.values())
