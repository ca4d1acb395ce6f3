"""Entering a pairing list; it brings its households and cadres along."""

from collections.abc import Mapping
from typing import Any

from jiemin.domain.codes import Role
from jiemin.domain.matching import KnownCadre, KnownHousehold
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Outcome
from jiemin.storage.tables import Pairing
from jiemin.usecases.importing import cadres, households
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every pair of a household and a cadre that can both be told."""
    open_pairs = session.open_pairs
    for row in sheet.rows:
        if "cadre_name" not in row.values:
            _household(session, row)  # still to be paired: it counts as a household
            continue
        before = session.tally.outcomes.copy()
        household = _household(session, row)
        cadre = _cadre(session, row) if household is not None else None
        session.tally.outcomes = before  # the row counts once, as a pairing
        if household is not None and cadre is not None:
            _pair(session, row, household, cadre, open_pairs.setdefault(household.id, {}))


def _household(session: ImportSession, row: RosterRow) -> KnownHousehold | None:
    """The row's household; entered too when the list tells its class."""
    if "household_class" in row.values:
        return households.enter_row(session, row, claimed=None)
    return find_household(session, row)


def _cadre(session: ImportSession, row: RosterRow) -> KnownCadre | None:
    """The row's cadre; entered too when the list tells the unit."""
    values: Mapping[str, Any] = {
        name.removeprefix("cadre_"): value for name, value in row.values.items() if name.startswith("cadre_")
    }
    name, unit = values["name"], values.get("unit")
    fitting = session.cadres.find(
        name, unit, cadre_no=row.values.get("cadre_no"), phones=values.get("phones", ())
    )
    if len(fitting) > 1 or (not fitting and unit is None):
        session.tally.note("J503" if fitting else "J502", row, "cadre_name", value=name)
        return None
    if unit is None:
        return fitting[0]
    return cadres.enter_cadre(session, row, values, fitting[0] if fitting else None)


def _pair(
    session: ImportSession,
    row: RosterRow,
    household: KnownHousehold,
    cadre: KnownCadre,
    pairs: dict[int, str],
) -> None:
    role = row.values.get("role")
    has_lead = Role.LEAD in pairs.values()
    outcome = Outcome.UNCHANGED
    if cadre.id not in pairs:
        if role is Role.LEAD and has_lead:
            session.tally.note("J504", row, "role" if "role" in session.tally.sheet.columns else "cadre_name")
            return
        pairs[cadre.id] = role or (Role.ASSIST if has_lead else Role.LEAD)
        start = row.values.get("start") or session.day_of(row)
        session.pairings.setdefault(household.id, []).append((cadre.id, pairs[cadre.id], start, FOREVER))
        session.batch.add(
            Pairing,
            {
                "household_id": household.id,
                "cadre_id": cadre.id,
                "role": pairs[cadre.id],
                "origin": "导入",
                "valid_from": start,
                "valid_to": FOREVER,
            },
        )
        outcome = Outcome.NEW
    session.count(row, household.household_no, [Amendment(outcome)], new=outcome is Outcome.NEW)
