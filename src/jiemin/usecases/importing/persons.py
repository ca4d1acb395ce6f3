"""Persons as rosters bring them: heads and members alike."""

from datetime import date
from typing import Any

from jiemin.domain.duplicates import Kind
from jiemin.domain.identity import IdReading
from jiemin.domain.matching import KnownHousehold, KnownPerson
from jiemin.domain.roster import RosterRow
from jiemin.domain.spans import Amendment, Difference, Outcome, at
from jiemin.storage.tables import Person
from jiemin.usecases.importing.session import ImportSession
from jiemin.usecases.importing.settled import unsettled


def lasting_fields(name: str, reading: IdReading | None) -> dict[str, Any]:
    """A person's fields that do not change, from a name and an identity number if there is one."""
    return {
        "name": name,
        "id_number": reading.number if reading else None,
        "id_raw": reading.raw if reading else None,
        "id_valid": bool(reading and reading.valid),
        "sex": reading.sex if reading else None,
        "birth": reading.birth if reading else None,
    }


def start_person(session: ImportSession, fields: dict[str, Any], household_id: int) -> KnownPerson:
    """Enter a person nobody has named before."""
    person_id = session.batch.add(Person, fields)
    number = fields["id_number"] if fields["id_valid"] else None
    person = KnownPerson(person_id, fields["name"], number, fields["birth"], household_id)
    session.persons.add(person)
    return person


def lives_elsewhere(session: ImportSession, person: KnownPerson, household_id: int | None, day: date) -> bool:
    """Whether the person belongs to another household now, or did on `day`."""
    if person.household_id not in (None, household_id):
        return True
    held = at(session.memberships.get(person.id), day)
    return held is not None and held.state["household_id"] != household_id


def correct_person(
    session: ImportSession, row: RosterRow, person: KnownPerson, told: dict[str, Any]
) -> Amendment:
    """Correct the lasting fields by what a row tells.

    Blanks change nothing, and a number that cannot be right never replaces one that can, which alone
    tells sex and birth. The row must have been matched before: a number told is this person's or nobody's.
    """
    held = session.person_details[person.id]
    if held["id_valid"] and not told["id_valid"]:
        told = {"name": told["name"]}
    elif told["id_number"] and told["id_number"] == held["id_number"]:
        told = {**told, "id_raw": None}  # as first written, perhaps with the disability beside it
    fresh = {name: value for name, value in told.items() if value is not None and held[name] != value}
    fresh = unsettled(session, row, (Kind.PERSON, person.id), fresh, held)
    if not fresh:
        return Amendment(Outcome.UNCHANGED)
    if "name" in fresh:
        field_name = "name" if "name" in row.values else "head_name"
        session.tally.note("J415", row, field_name, f"原来登记为{held['name']}")
    session.batch.change(Person, person.id, dict(fresh))
    differences = tuple(
        Difference(name, held[name], value)
        for name, value in fresh.items()
        if name not in {"id_raw", "id_valid"}
    )
    held.update(fresh)
    with session.persons.revised(person):
        person.name, person.birth = held["name"], held["birth"]
        person.number = held["id_number"] if held["id_valid"] else None
    return Amendment(Outcome.CHANGED if differences else Outcome.UNCHANGED, differences=differences)


def follow_head(session: ImportSession, household: KnownHousehold, head: KnownPerson) -> None:
    """Let a household be found by what became known of its head."""
    now = (head.name, head.number, head.birth)
    if now != (household.head_name, household.head_number, household.head_birth):
        with session.households.revised(household):
            household.head_name, household.head_number, household.head_birth = now
