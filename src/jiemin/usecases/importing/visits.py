"""Entering a log of visits.

What a visit says is never written over (ADR 0021): where a row tells otherwise than the record, what that
said is kept as a correction. A visit that was voided stays so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiemin.domain.codes import HouseholdStatus, Role, VisitKind
from jiemin.domain.matching import KnownCadre, KnownHousehold
from jiemin.domain.promises import each_promise
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome, at
from jiemin.storage import measures
from jiemin.storage.record_tables import Measure, VisitCorrection
from jiemin.storage.tables import Visit, VisitCadre
from jiemin.storage.visit_corrections import before_text
from jiemin.storage.visits import serial
from jiemin.usecases.importing.known_visits import VISIT_WORDS, KnownPromise, KnownVisit
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession


@dataclass(frozen=True, slots=True)
class _Settled:
    """A row whose household, day and visitors can be told."""

    row: RosterRow
    household: KnownHousehold
    day: date
    cadres: Sequence[KnownCadre]
    kind: VisitKind
    words: dict[str, Any]

    @property
    def promise(self) -> str | None:
        """What was promised, as one text."""
        return self.row.values.get("visit_promise")

    @property
    def due(self) -> date | None:
        """Until when."""
        return self.row.values.get("visit_promise_due")

    @property
    def told(self) -> dict[str, Any]:
        """Everything of which another row may tell otherwise; of a promise that is its day."""
        return self.words | ({f"due {self.promise}": self.due} if self.due else {})


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every visit whose household, day and visitors can be told."""
    for row in sheet.rows:
        settled = _settle(session, row)
        if settled is not None:
            _enter(session, settled)


def _settle(session: ImportSession, row: RosterRow) -> _Settled | None:
    """What the row tells; None when it is rejected, which is reported."""
    day: date = row.values["visit_day"]
    if day > session.options.today:
        session.tally.note("J601", row, "visit_day", value=day.isoformat())
        return None
    household = find_household(session, row)
    if household is None:
        return None
    cadres = _cadres(session, row, household, day)
    if cadres is None:
        return None
    kind = row.values.get("visit_kind", VisitKind.CALL_ON)
    told = {name: row.values.get(f"visit_{name}") for name in VISIT_WORDS}
    words = {name: value for name, value in told.items() if value is not None}
    return _Settled(row, household, day, cadres, kind, words)


def _cadres(
    session: ImportSession, row: RosterRow, household: KnownHousehold, day: date
) -> list[KnownCadre] | None:
    """Who came; of namesakes the one paired with the household that day. None = rejected."""
    paired = session.paired_on(household.id, day)
    found: list[KnownCadre] = []
    for number in row.values.get("cadre_nos", ()):
        cadre = session.cadres.by_no.get(number.upper())
        named = [name.partition("@")[0] for name in row.values.get("cadre_names", ())]
        if cadre is None or (named and cadre.name not in named):
            session.tally.note("J508" if cadre else "J502", row, "cadre_nos", number, number)
            return None
        found.append(cadre)
    told = {cadre.name for cadre in found}
    for written in row.values.get("cadre_names", ()):
        name, _, unit = written.partition("@")
        if name in told:
            continue
        fitting = session.cadres.named(name, unit or row.values.get("cadre_unit"))
        fitting = fitting or session.cadres.named(name)
        ours = [cadre for cadre in fitting if cadre.id in paired]
        fitting = ours or fitting
        if len(fitting) != 1:
            session.tally.note("J503" if fitting else "J502", row, "cadre_names", name, name)
            return None
        found += fitting
    _warn_of_no_pairing(session, row, household, day, found)
    return found


def _warn_of_no_pairing(
    session: ImportSession, row: RosterRow, household: KnownHousehold, day: date, cadres: Sequence[KnownCadre]
) -> None:
    """Say why a visit will not count: the household was not in the work, or nobody came who was paired.

    Of several who came those are named who were not paired, though the visit of the others counts.
    """
    span = at(session.household_spans.get(household.id), day)
    paired = session.paired_on(household.id, day)
    if span is None or span.state["status"] != HouseholdStatus.ACTIVE:
        why = f"那天是“{span.state['status']}”" if span is not None else "那天还没有登记"
        session.tally.note("J610", row, "visit_day", why)
    elif not cadres and Role.LEAD not in paired.values():
        session.tally.note("J603", row, "cadre_names")
    elif strangers := [cadre.name for cadre in cadres if cadre.id not in paired]:
        session.tally.note("J602", row, "cadre_names", "、".join(strangers))


def _enter(session: ImportSession, settled: _Settled) -> None:
    """Enter the visit, or what it tells otherwise than the record."""
    visitors = sorted(cadre.id for cadre in settled.cadres)
    key = session.visit_key(settled.household.id, settled.day, settled.kind, visitors)
    known = session.visits.by_key.setdefault(key, [])
    standing = [each for each in known if not each.voided]
    if not standing and (known or key in session.visits.moved):
        session.tally.note("J611" if known else "J616", settled.row, "visit_day")
        session.count([], new=False)
        return
    if not standing:
        known.append(_start(session, settled, visitors))
        session.count([], new=True)
        return
    visit = _meant(standing, settled)
    if visit.contradicts(settled.told):
        session.tally.note("J612", settled.row, "visit_day", f"见{visit.told_by}", settled.day.isoformat())
        return
    differences = [*_correct(session, settled, visit), *_promises(session, settled, visit)]
    outcome = Outcome.CHANGED if differences else Outcome.UNCHANGED
    amendments = [Amendment(outcome, differences=tuple(differences))]
    session.tell(settled.row, settled.household.household_no, amendments)
    session.count(amendments, new=False)


def _meant(standing: Sequence[KnownVisit], settled: _Settled) -> KnownVisit:
    """Of several visits of one key the one that says so already, first the one with the promise too."""
    saying = [each for each in standing if each.tells(settled.words)]
    whats = {settled.promise, *each_promise(settled.promise or "")}
    promised = (each for each in saying if any(one.what in whats for one in each.promises))
    return next(promised, (saying or standing)[0])


def _start(session: ImportSession, settled: _Settled, visitors: Sequence[int]) -> KnownVisit:
    fields = {"household_id": settled.household.id, "day": settled.day, "kind": settled.kind}
    told = {**fields, **settled.words, "entered_on": session.options.today}
    visit_id = session.batch.add(Visit, told)
    session.batch.change(Visit, visit_id, {"visit_no": serial(visit_id)})
    for cadre_id in visitors:
        session.batch.add(VisitCadre, {"visit_id": visit_id, "cadre_id": cadre_id})
    visit = KnownVisit(visit_id, dict(settled.words))
    _remember(session, settled, visit)
    _promises(session, settled, visit)
    return visit


def _remember(session: ImportSession, settled: _Settled, visit: KnownVisit) -> None:
    """Which row of this import told it: another that tells otherwise is refused, not preferred."""
    visit.told |= settled.told
    visit.told_by = visit.told_by or f"“{session.tally.sheet.name}”第{settled.row.number}行"


def _correct(session: ImportSession, settled: _Settled, visit: KnownVisit) -> list[Difference]:
    """Let the visit say what the row tells, and keep what it said."""
    _remember(session, settled, visit)
    former = {name for name, value in settled.words.items() if visit.said(name, value)}
    for name in sorted(former):
        session.tally.note("J616", settled.row, f"visit_{name}")
    told = ((name, value) for name, value in settled.words.items() if name not in former)
    fresh = {name: value for name, value in told if visit.words.get(name) != value}
    if not fresh:
        return []
    old = {name: visit.words.get(name) for name in fresh}
    session.batch.change(Visit, visit.id, dict(fresh))
    visit.words.update(fresh)
    visit.before |= old
    if visit.correction is None:
        kept = {
            "visit_id": visit.id,
            "day": session.options.today,
            "reason": f"导入：{session.tally.sheet.file}",
        }
        visit.correction = session.batch.add(VisitCorrection, {**kept, "before": ""})
    session.batch.change(VisitCorrection, visit.correction, {"before": before_text(visit.before)})
    return [Difference(f"visit_{name}", old[name], value) for name, value in fresh.items()]


def _promises(session: ImportSession, settled: _Settled, visit: KnownVisit) -> list[Difference]:
    """What becomes of each promise of the row; a text on record as one promise stays one."""
    if settled.promise is None:
        return []
    on_record = any(each.what == settled.promise for each in visit.promises)
    whats = (settled.promise,) if on_record else each_promise(settled.promise)
    return [each for what in whats for each in _promise(session, settled, visit, what)]


def _promise(session: ImportSession, settled: _Settled, visit: KnownVisit, what: str) -> list[Difference]:
    """Make a measure of what was promised; the same promise with another day gets that day, if it is open."""
    known = next((each for each in visit.promises if each.what == what), None)
    if known is None:
        return [_new_promise(session, settled, visit, what)]
    if settled.due in (None, known.due_on) or not known.open:
        return []
    difference = Difference("visit_promise_due", known.due_on, settled.due)
    session.batch.change(Measure, known.id, {"due_on": settled.due})
    known.due_on = settled.due
    return [difference]


def _new_promise(session: ImportSession, settled: _Settled, visit: KnownVisit, what: str) -> Difference:
    """The first who came answers for it, else the lead of that day."""
    paired = session.paired_on(settled.household.id, settled.day)
    leads = [cadre_id for cadre_id, role in paired.items() if role == Role.LEAD]
    answering = [cadre.id for cadre in settled.cadres] or leads
    fields = {
        "household_id": settled.household.id,
        "visit_id": visit.id,
        "what": what,
        "cadre_id": answering[0] if answering else None,
        "promised_on": settled.day,
        "due_on": settled.due,
    }
    measure_id = session.batch.add(Measure, fields)
    session.batch.change(Measure, measure_id, {"measure_no": measures.serial(measure_id)})
    visit.promises.append(KnownPromise(measure_id, what, settled.due))
    return Difference("visit_promise", None, what)
