"""Queries about spot checks (督查): how households were drawn, and what was found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.domain.codes import InspectResult
from jiemin.domain.inspection import Scope, Strata
from jiemin.storage.query import among, select
from jiemin.storage.supervision_tables import InspectedHousehold, Inspection
from jiemin.storage.tables import Cadre, Household


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One spot check: `number` households were asked for, of the `quarter` (`2014Q2`) as on `day`."""

    id: int
    inspection_no: str
    day: date
    quarter: str
    seed: int
    number: int
    strata: Strata
    scope: Scope
    reason: str | None


@dataclass(frozen=True, slots=True)
class InspectedRow:
    """A household drawn, the cadre who was its lead then, and what was found, None until it was checked."""

    id: int
    inspection_id: int
    household_id: int
    household_no: str
    drawn_for: str
    cadre_id: int | None
    cadre_no: str | None
    cadre_name: str | None
    checked_on: date | None
    result: InspectResult | None
    finding: str | None
    inspector: str | None


def serial(inspection_id: int) -> str:
    """The number we give a spot check."""
    return f"X{inspection_id:04d}"


def inspections(connection: Connection, quarter: str | None = None) -> list[InspectionRow]:
    """The spot checks of a quarter, or all there were, in the order in which they were drawn."""
    query = select(
        Inspection.id,
        Inspection.inspection_no,
        Inspection.day,
        Inspection.quarter,
        Inspection.seed,
        Inspection.number,
        Inspection.stratum,
        Inspection.scope,
        Inspection.reason,
    ).order_by(col(Inspection.id))
    if quarter is not None:
        query = query.where(Inspection.quarter == quarter)
    return [_inspection(*row) for row in connection.execute(query)]


def inspected(connection: Connection, inspection_ids: Collection[int]) -> list[InspectedRow]:
    """The households drawn in these spot checks, in the order in which they were drawn."""
    query = (
        select(
            InspectedHousehold.id,
            InspectedHousehold.inspection_id,
            Household.id,
            Household.household_no,
            InspectedHousehold.drawn_for,
            Cadre.id,
            Cadre.cadre_no,
            Cadre.name,
            InspectedHousehold.checked_on,
            InspectedHousehold.result,
            InspectedHousehold.finding,
            InspectedHousehold.inspector,
        )
        .join(Household, col(Household.id) == InspectedHousehold.household_id)
        .outerjoin(Cadre, col(Cadre.id) == InspectedHousehold.cadre_id)
        .where(among(InspectedHousehold.inspection_id, inspection_ids))
        .order_by(col(InspectedHousehold.id))
    )
    return [_inspected(*row) for row in connection.execute(query)]


def _inspection(*told: Any) -> InspectionRow:
    row_id, number, day, quarter, seed, count, strata, scope, reason = told
    return InspectionRow(row_id, number, day, quarter, seed, count, Strata(strata), Scope(scope), reason)


def _inspected(*told: Any) -> InspectedRow:
    row_id, inspection_id, household_id, household_no, drawn_for, *cadre = told[:8]
    checked_on, result, finding, inspector = told[8:]
    return InspectedRow(
        id=row_id,
        inspection_id=inspection_id,
        household_id=household_id,
        household_no=household_no,
        drawn_for=drawn_for,
        cadre_id=cadre[0],
        cadre_no=cadre[1],
        cadre_name=cadre[2],
        checked_on=checked_on,
        result=InspectResult(result) if result else None,
        finding=finding,
        inspector=inspector,
    )
