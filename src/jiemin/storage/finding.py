"""Finding a record by what a clerk types: a number, a name, an identity number whole or masked."""

import re
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, type_coerce
from sqlmodel import col, or_

from jiemin.domain.codes import Role
from jiemin.storage.query import merged_into, select
from jiemin.storage.tables import Cadre, CadrePost, Household, Membership, Pairing, Person

_MASKED = re.compile(r"(\d{4,6})\*+([\dX]{4})")


def household_ids(connection: Connection, text: str, day: date) -> list[int]:
    """The households meant, by the first of these that fits: number, number of a duplicate merged into
    it, identity number of a member, head's name, member's name, lead's name, somebody who was a member."""
    number = select(Household.id).where(Household.household_no == text.upper())
    exact = select(Household.id).where(Household.household_no == text)
    member = select(Membership.household_id).join(Person, col(Person.id) == Membership.person_id)
    now = (Membership.valid_from <= day, Membership.valid_to > day)
    gone = Membership.valid_to <= day
    queries: list[Any] = [exact, number, merged_into("household", text)]
    if re.search(r"\d{4}", text):
        queries += [member.where(_identity(text), *now), member.where(_identity(text), gone)]
    else:
        named = member.where(Person.name == text, *now)
        queries += [named.where(Membership.relation == "户主"), named, _led_by(text, day)]
        queries.append(member.where(Person.name == text, gone))
    for query in queries:
        found = sorted(set(connection.execute(query).scalars()))
        if found:
            return found
    return []


def cadre_ids(connection: Connection, text: str, day: date | None) -> list[int]:
    """The cadres meant: by number, identity number, name or telephone; without a day, whoever served."""
    serving = select(Cadre.id).join(CadrePost, col(CadrePost.cadre_id) == Cadre.id)
    if day is not None:
        serving = serving.where(CadrePost.valid_from <= day, CadrePost.valid_to > day)
    queries: list[Any] = [serving.where(or_(Cadre.cadre_no == text, Cadre.cadre_no == text.upper()))]
    queries.append(serving.where(col(Cadre.id).in_(merged_into("cadre", text))))
    queries.append(serving.where(Cadre.name == text))
    if re.fullmatch(r"[\dX-]{7,}", text):
        queries.append(
            serving.where(or_(Cadre.id_number == text, type_coerce(Cadre.phones, Text).contains(text)))
        )
    for query in queries:
        found = sorted(set(connection.execute(query).scalars()))
        if found:
            return found
    return []


def _identity(text: str) -> Any:
    masked = _MASKED.fullmatch(text.upper())
    if masked:
        return col(Person.id_number).like(f"{masked[1]}%{masked[2]}")
    return col(Person.id_number) == text.upper()


def _led_by(name: str, day: date) -> Any:
    return (
        select(Pairing.household_id)
        .join(Cadre, col(Cadre.id) == Pairing.cadre_id)
        .where(
            Cadre.name == name, Pairing.role == Role.LEAD, Pairing.valid_from <= day, Pairing.valid_to > day
        )
    )
