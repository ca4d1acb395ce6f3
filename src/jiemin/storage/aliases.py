"""Queries about merged duplicates: how they were told, and what they said that does not hold."""

import json

from sqlalchemy import Connection, case
from sqlmodel import col

from jiemin.domain.aliases import CadreAlias, HouseholdAlias, PersonAlias, Settled
from jiemin.domain.duplicates import Kind
from jiemin.storage import alias_tables as tables
from jiemin.storage.query import select
from jiemin.storage.regions import VILLAGE
from jiemin.storage.tables import Region, Unit


def household_aliases(connection: Connection) -> list[HouseholdAlias]:
    """How the households were told that became others."""
    town = case((col(Region.level) == VILLAGE, Region.parent_id), else_=Region.id)
    alias = tables.HouseholdAlias
    query = (
        select(alias.household_id, alias.household_no, Region.id, town, alias.head_name, alias.head_birth)
        .outerjoin(Region, col(Region.id) == alias.region_id)
        .order_by(col(alias.id))
    )
    return [HouseholdAlias(*row) for row in connection.execute(query)]


def person_aliases(connection: Connection) -> list[PersonAlias]:
    """How the persons were told that became others."""
    alias = tables.PersonAlias
    query = select(alias.person_id, alias.household_id, alias.name, alias.birth).order_by(col(alias.id))
    return [PersonAlias(*row) for row in connection.execute(query)]


def cadre_aliases(connection: Connection) -> list[CadreAlias]:
    """How the cadres were told that became others."""
    alias = tables.CadreAlias
    query = (
        select(alias.cadre_id, alias.cadre_no, alias.name, col(Unit.name))
        .outerjoin(Unit, col(Unit.id) == alias.unit_id)
        .order_by(col(alias.id))
    )
    return [CadreAlias(row[0], row[1], row[2], row[3] or "") for row in connection.execute(query)]


def settled_facts(connection: Connection) -> dict[tuple[Kind, int], Settled]:
    """What merges settled, by the record that stayed."""
    found: dict[tuple[Kind, int], Settled] = {}
    for kind, table, owner in (
        (Kind.HOUSEHOLD, tables.HouseholdAlias, tables.HouseholdAlias.household_id),
        (Kind.PERSON, tables.PersonAlias, tables.PersonAlias.person_id),
        (Kind.CADRE, tables.CadreAlias, tables.CadreAlias.cadre_id),
    ):
        for row_id, day, text in connection.execute(select(owner, table.day, table.settled)):
            found.setdefault((kind, row_id), Settled()).told.append((day, json.loads(text)))
    return found
