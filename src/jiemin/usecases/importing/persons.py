"""Persons as rosters bring them: heads and members alike."""

from typing import Any

from jiemin.domain.identity import IdReading
from jiemin.domain.matching import KnownPerson
from jiemin.domain.spans import Difference
from jiemin.storage.tables import Person
from jiemin.usecases.importing.session import ImportSession


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
    person_id = session.batch.add(Person, dict(fields))
    session.person_details[person_id] = dict(fields)
    number = fields["id_number"] if fields["id_valid"] else None
    person = KnownPerson(person_id, fields["name"], number, fields["birth"], household_id)
    session.persons.add(person)
    return person


def correct_person(session: ImportSession, person_id: int, told: dict[str, Any]) -> tuple[Difference, ...]:
    """Correct the lasting fields by what a row tells.

    Blanks change nothing, and a number that cannot be right never replaces one that can.
    """
    held = session.person_details[person_id]
    if held["id_valid"] and not told["id_valid"]:
        told = {name: value for name, value in told.items() if not name.startswith("id_")}
    fresh = {name: value for name, value in told.items() if value is not None and held[name] != value}
    if not fresh:
        return ()
    session.batch.change(Person, person_id, dict(fresh))
    differences = tuple(
        Difference(name, held[name], value)
        for name, value in fresh.items()
        if name not in {"id_raw", "id_valid"}
    )
    held.update(fresh)
    return differences
