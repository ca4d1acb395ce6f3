"""Whose a row is: the household, cadre or visit that a row of any table belongs to, in words."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from jiemin.storage.alias_tables import CadreAlias, HouseholdAlias, PersonAlias
from jiemin.storage.award_tables import AidCase, Arrear, Award
from jiemin.storage.query import among, select
from jiemin.storage.record_tables import HouseholdCondition, HouseholdSurvey, Measure, Story, VisitCorrection
from jiemin.storage.rule_tables import CadreKin, PairRule
from jiemin.storage.supervision_tables import InspectedHousehold
from jiemin.storage.tables import (
    Cadre,
    CadrePost,
    Household,
    HouseholdSpan,
    Membership,
    Pairing,
    Visit,
    VisitCadre,
)

_OWNERS: dict[str, tuple[Any, Any, str]] = {
    "household": (Household.id, Household.id, "household"),
    "household_span": (HouseholdSpan.id, HouseholdSpan.household_id, "household"),
    "membership": (Membership.id, Membership.household_id, "household"),
    "person": (Membership.person_id, Membership.household_id, "household"),
    "person_span": (Membership.person_id, Membership.household_id, "household"),
    "pairing": (Pairing.id, Pairing.household_id, "household"),
    "award": (Award.id, Award.household_id, "household"),
    "arrear": (Arrear.id, Arrear.household_id, "household"),
    "aid_case": (AidCase.id, AidCase.household_id, "household"),
    "household_alias": (HouseholdAlias.id, HouseholdAlias.household_id, "household"),
    "person_alias": (PersonAlias.id, PersonAlias.household_id, "household"),
    "cadre": (Cadre.id, Cadre.id, "cadre"),
    "cadre_post": (CadrePost.id, CadrePost.cadre_id, "cadre"),
    "cadre_alias": (CadreAlias.id, CadreAlias.cadre_id, "cadre"),
    "cadre_kin": (CadreKin.id, CadreKin.cadre_id, "cadre"),
    "pair_rule": (PairRule.id, PairRule.household_id, "household"),
    "household_survey": (HouseholdSurvey.id, HouseholdSurvey.household_id, "household"),
    "measure": (Measure.id, Measure.household_id, "household"),
    "household_condition": (HouseholdCondition.id, HouseholdCondition.household_id, "household"),
    "story": (Story.id, Story.household_id, "household"),
    "inspected_household": (InspectedHousehold.id, InspectedHousehold.household_id, "household"),
    "visit": (Visit.id, Visit.id, "visit"),
    "visit_correction": (VisitCorrection.id, VisitCorrection.visit_id, "visit"),
    "visit_cadre": (VisitCadre.id, VisitCadre.visit_id, "visit"),
}


def names_of(connection: Connection, rows: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The numbers of households and visits, and the names of cadres, that these rows belong to.

    Rows of places, units, runs and books have no owner and are left out.
    """
    wanted: dict[str, set[int]] = {}
    for subject, row_id in rows:
        if subject in _OWNERS:
            wanted.setdefault(subject, set()).add(row_id)
    owners: dict[str, set[int]] = {}
    for subject, ids in wanted.items():
        key, owner, kind = _OWNERS[subject]
        owners.setdefault(kind, set()).update(_pairs(connection, key, owner, ids).values())
    households = _pairs(connection, Household.id, Household.household_no, owners.get("household", set()))
    visits = _pairs(connection, Visit.id, Visit.visit_no, owners.get("visit", set()))
    cadres = _pairs(connection, Cadre.id, Cadre.name, owners.get("cadre", set()))
    return (*sorted(households.values()), *sorted(cadres.values()), *sorted(visits.values()))


def _pairs(connection: Connection, key: Any, value: Any, ids: set[int]) -> dict[int, Any]:
    return dict(connection.execute(select(key, value).where(among(key, ids))).all())
