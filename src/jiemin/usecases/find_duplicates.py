"""List the records that may be one and the same, and those that were said to be two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.duplicates import CadreFacts, HouseholdFacts, Kind, PersonFacts, suspects
from jiemin.domain.people import mask_id
from jiemin.storage import cadres, duplicates, households, regions
from jiemin.storage.database import Database
from jiemin.storage.duplicates import person_ref


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as a list shows it: its number, and what a clerk knows it by; the identity number is
    masked."""

    ref: str
    name: str
    place: str
    """Town and village, household, or unit."""
    number: str


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """Two records that may be one, and why; or that were said to be two, when and why."""

    kind: Kind
    one: RecordLine
    other: RecordLine
    reasons: tuple[str, ...]
    day: date | None = None


def find_duplicates(database: Database) -> list[SuspectLine]:
    """All pairs that may be one, as `domain.duplicates` finds them, without those kept apart."""
    with database.reading() as connection:
        persons = duplicates.person_facts(connection)
        families = duplicates.household_facts(connection, persons)
        staff = duplicates.cadre_facts(connection)
        apart = {(each.kind, each.one, each.other) for each in duplicates.settled(connection)}
        found = suspects(families, persons, staff, apart)
        lines = _lines(connection, families, persons, staff, ((kind, pair) for kind, *pair, _ in found))
    return [SuspectLine(kind, lines[kind, one], lines[kind, other], why) for kind, one, other, why in found]


def list_settled(database: Database) -> list[SuspectLine]:
    """The pairs kept apart that still exist, oldest first."""
    with database.reading() as connection:
        persons = duplicates.person_facts(connection)
        families = duplicates.household_facts(connection, persons)
        staff = duplicates.cadre_facts(connection)
        kept = duplicates.settled(connection)
        pairs = ((each.kind, [each.one, each.other]) for each in kept)
        lines = _lines(connection, families, persons, staff, pairs)
    return [
        SuspectLine(
            each.kind,
            lines[each.kind, each.one],
            lines[each.kind, each.other],
            (each.reason,) if each.reason else (),
            each.day,
        )
        for each in kept
        if {(each.kind, each.one), (each.kind, each.other)} <= lines.keys()
    ]


def _lines(
    connection: Connection,
    families: list[HouseholdFacts],
    persons: list[PersonFacts],
    staff: list[CadreFacts],
    pairs: Iterable[tuple[Kind, list[int]]],
) -> dict[tuple[Kind, int], RecordLine]:
    """How each record of these pairs is shown; records that are gone are left out."""
    wanted = {(kind, each) for kind, pair in pairs for each in pair}
    numbers = {each.id: each.household_no for each in households.known_households(connection)}
    cadre_numbers = {each.id: each.cadre_no for each in cadres.known_cadres(connection)}
    places = {row_id: f"{each.town}{each.village}" for row_id, each in regions.places(connection).items()}
    lines: dict[tuple[Kind, int], RecordLine] = {}
    for family in families:
        if (Kind.HOUSEHOLD, family.id) in wanted:
            head = family.head
            place = places.get(family.place or 0, "")
            name, number = (head.name, _masked(head)) if head else ("", "")
            lines[Kind.HOUSEHOLD, family.id] = RecordLine(numbers[family.id], name, place, number)
    for person in persons:
        if (Kind.PERSON, person.id) in wanted:
            place = numbers.get(person.household_id or 0, "")
            lines[Kind.PERSON, person.id] = RecordLine(
                person_ref(person.id), person.name, place, _masked(person)
            )
    for cadre in staff:
        if (Kind.CADRE, cadre.id) in wanted:
            lines[Kind.CADRE, cadre.id] = RecordLine(
                cadre_numbers[cadre.id], cadre.name, cadre.unit, _masked(cadre)
            )
    return lines


def _masked(record: PersonFacts | CadreFacts) -> str:
    return mask_id(record.number or record.written) or ""
