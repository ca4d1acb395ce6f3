"""Entering a log of visits."""

from datetime import date
from typing import Any

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.matching import KnownCadre, KnownHousehold
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.storage.tables import Visit, VisitCadre
from jiemin.storage.visits import serial
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession, KnownVisit


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every visit whose household, day and visitors can be told."""
    for row in sheet.rows:
        day: date = row.values["visit_day"]
        if day > session.options.today:
            session.tally.note("J601", row, "visit_day", value=day.isoformat())
            continue
        household = find_household(session, row)
        if household is None:
            continue
        cadres = _cadres(session, row, household, day)
        if cadres is not None:
            _enter_visit(session, row, household, cadres, day)


def _cadres(
    session: ImportSession, row: RosterRow, household: KnownHousehold, day: date
) -> list[KnownCadre] | None:
    """Who came; of namesakes the one paired with the household that day. None = rejected."""
    paired = session.paired_on(household.id, day)
    found: list[KnownCadre] = []
    for number in row.values.get("cadre_nos", ()):
        cadre = session.cadres.by_no.get(number.upper())
        if cadre is None or cadre.name not in row.values.get("cadre_names", (cadre.name,)):
            session.tally.note("J508" if cadre else "J502", row, "cadre_nos", number, number)
            return None
        found.append(cadre)
    told = {cadre.name for cadre in found}
    for name in row.values.get("cadre_names", ()):
        if name in told:
            continue
        fitting = session.cadres.named(name, row.values.get("cadre_unit")) or session.cadres.named(name)
        ours = [cadre for cadre in fitting if cadre.id in paired]
        fitting = ours or fitting
        if len(fitting) != 1:
            session.tally.note("J503" if fitting else "J502", row, "cadre_names", name, name)
            return None
        found += fitting
    if not found and Role.LEAD not in paired.values():
        session.tally.note("J603", row, "cadre_names")
    elif found and not any(cadre.id in paired for cadre in found):
        session.tally.note("J602", row, "cadre_names", "、".join(cadre.name for cadre in found))
    return found


def _enter_visit(
    session: ImportSession, row: RosterRow, household: KnownHousehold, cadres: list[KnownCadre], day: date
) -> None:
    kind = row.values.get("visit_kind")
    if kind is None:
        session.tally.note("J604", row, "visit_kind")
        kind = VisitKind.CALL_ON
    words = {
        name: row.values[f"visit_{name}"]
        for name in ("note", "needs", "deeds")
        if f"visit_{name}" in row.values
    }
    visitors = sorted(cadre.id for cadre in cadres)
    key = session.visit_key(household.id, day, kind, visitors)
    known = session.visits.get(key)
    if known is None:
        fields = {"household_id": household.id, "day": day, "kind": kind}
        session.visits[key] = _start(session, fields, visitors, words)
        session.count([], new=True)
        return
    known = known.telling(words)
    fresh = {name: value for name, value in words.items() if known.words.get(name) != value}
    if fresh:
        session.batch.change(Visit, known.id, dict(fresh))
    differences = tuple(
        Difference(f"visit_{name}", known.words.get(name), value) for name, value in fresh.items()
    )
    known.words.update(fresh)
    outcome = Outcome.CHANGED if fresh else Outcome.UNCHANGED
    amendments = [Amendment(outcome, differences=differences)]
    session.tell(row, household.household_no, amendments)
    session.count(amendments, new=False)


def _start(
    session: ImportSession, fields: dict[str, Any], visitors: list[int], words: dict[str, Any]
) -> KnownVisit:
    visit_id = session.batch.add(Visit, {**fields, **words})
    session.batch.change(Visit, visit_id, {"visit_no": serial(visit_id)})
    for cadre_id in visitors:
        session.batch.add(VisitCadre, {"visit_id": visit_id, "cadre_id": cadre_id})
    return KnownVisit(visit_id, dict(words))
