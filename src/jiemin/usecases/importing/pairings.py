"""Entering a pairing list; it brings its households and cadres along.

A row counts once, for all it brings. It is settled whole before anything of it is written: where the
cadre or the pairing cannot stand, neither household nor cadre is entered.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jiemin.domain.codes import Role
from jiemin.domain.matching import KnownHousehold
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment
from jiemin.storage.pairings import PairingSpan
from jiemin.storage.tables import Pairing
from jiemin.usecases.importing import cadres, households
from jiemin.usecases.importing.cadres import SettledCadre
from jiemin.usecases.importing.households import SettledHousehold
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession


@dataclass(frozen=True, slots=True)
class _SettledPairing:
    """A row's pair that can stand; `role` is None when it is on record already and nothing begins."""

    start: date
    role: Role | None = None


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every pair of a household and a cadre that can both be told, and households without."""
    for row in sheet.rows:
        household = _settle_household(session, row)
        if household is None:
            continue
        if "cadre_name" not in row.values:
            _, amendments = _write_household(session, household)  # still to be paired
            session.count(amendments, new=_is_new(household))
            continue
        cadre = _settle_cadre(session, row)
        pairing = _settle_pairing(session, row, household, cadre) if cadre is not None else None
        if cadre is not None and pairing is not None:
            _write(session, household, cadre, pairing)


def _settle_household(session: ImportSession, row: RosterRow) -> SettledHousehold | KnownHousehold | None:
    """The row's household; to be entered too when the list tells its class."""
    if "household_class" in row.values:
        return households.settle(session, row)
    return find_household(session, row)


def _settle_cadre(session: ImportSession, row: RosterRow) -> SettledCadre | None:
    """The row's cadre; to be entered too when the list tells the unit."""
    values: dict[str, Any] = {
        name.removeprefix("cadre_"): value for name, value in row.values.items() if name.startswith("cadre_")
    }
    if "no" in values:
        values["cadre_no"] = values.pop("no")
    return cadres.settle(session, row, values, prefix="cadre_")


def _settle_pairing(
    session: ImportSession,
    row: RosterRow,
    household: SettledHousehold | KnownHousehold,
    cadre: SettledCadre,
) -> _SettledPairing | None:
    """Whether the row begins a pairing; None when it cannot stand, which is reported.

    All pairings the household ever had count, ended ones too: no pair is entered twice for a day, and
    no day gets two leads. A pairing that has ended is begun again only when a later day is told.
    """
    known = household.known if isinstance(household, SettledHousehold) else household
    spans = session.pairings.get(known.id, []) if known is not None else []
    start = row.values.get("start") or session.day_of(row)
    if start > session.options.today:
        session.tally.note("J313", row, "start", f"{start}在今天以后")
        return None
    own = [span for span in spans if cadre.known is not None and span.cadre_id == cadre.known.id]
    again = row.values.get("start") or session.day_told(row)
    if own and (again is None or any(span.end > start for span in own)):
        _compare(session, row, own, start)
        return _SettledPairing(start)
    role: Role | None = row.values.get("role")
    has_lead = any(span.role == Role.LEAD and span.end > start for span in spans)
    if role is Role.LEAD and has_lead:
        lead = next(span.cadre_id for span in spans if span.role == Role.LEAD and span.end > start)
        name = next((each.name for each in session.cadres.by_no.values() if each.id == lead), "")
        field_name = "role" if "role" in session.tally.sheet.columns else "cadre_name"
        session.tally.note("J504", row, field_name, name)
        return None
    return _SettledPairing(start, role or (Role.ASSIST if has_lead else Role.LEAD))


def _compare(session: ImportSession, row: RosterRow, own: list[PairingSpan], start: date) -> None:
    """Tell the clerk where the list and the pairings on record of this pair differ."""
    same_start = [span for span in own if span.start == start]
    span = next((each for each in own if each.start <= start < each.end), own[-1])
    role: Role | None = row.values.get("role")
    differs = role is not None and role != span.role
    if not same_start:
        differs = differs or "start" in row.values or span.end < FOREVER
    if differs:
        until = f"、{span.end}止" if span.end < FOREVER else ""
        field_name = "role" if role is not None and role != span.role else "start"
        session.tally.note("J507", row, field_name, f"登记为{span.role}，{span.start}起{until}")


def _write(
    session: ImportSession,
    household: SettledHousehold | KnownHousehold,
    cadre: SettledCadre,
    pairing: _SettledPairing,
) -> None:
    known, amendments = _write_household(session, household)
    helper, told = cadres.write(session, cadre)
    if pairing.role is not None:
        span = PairingSpan(helper.id, pairing.role, pairing.start, FOREVER)
        session.pairings.setdefault(known.id, []).append(span)
        session.batch.add(
            Pairing,
            {
                "household_id": known.id,
                "cadre_id": helper.id,
                "role": pairing.role,
                "origin": "导入",
                "valid_from": pairing.start,
                "valid_to": FOREVER,
            },
        )
    session.count([*amendments, *told], new=pairing.role is not None)


def _write_household(
    session: ImportSession, household: SettledHousehold | KnownHousehold
) -> tuple[KnownHousehold, list[Amendment]]:
    if isinstance(household, SettledHousehold):
        return households.write(session, household)
    return household, []


def _is_new(household: SettledHousehold | KnownHousehold) -> bool:
    return isinstance(household, SettledHousehold) and household.known is None
