"""Carrying an event out, and seeing that no household it touches is left without a lead.

Whoever has the first claim (the lead of the family that was split, the last lead of one that returns) leads
if the rules and limits allow. Else somebody is found as by `pair --auto`, the unit of that cadre counting in
favour; other households change only where a second helper has to be freed.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from jiemin.domain.codes import Role
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.problem import Pair, PairKey
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.pairing.solve import solve
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import cadres, pairings
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState, households_on
from jiemin.storage.journal import write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.usecases.hand_over import decision_day
from jiemin.usecases.household_events.event import Event
from jiemin.usecases.household_events.plan import FreedCadre, HelperLine, Plan
from jiemin.usecases.pairing_changes import carry_out
from jiemin.usecases.pairing_facts import Gathered, gather
from jiemin.usecases.recusals import barred_pairs

Act = Callable[[Event], None]
"""What an event does; it raises `JieminError` where it cannot be."""


def happen(
    database: Database,
    stamp: Stamp,
    act: Act,
    day: date,
    today: date,
    settings: PairingSettings,
    *,
    dry_run: bool = False,
    agreed: Plan | None = None,
) -> Plan:
    """Let an event happen on `day`, in one write door; with `dry_run` only its plan is made.

    Raises `JieminError` where it cannot be, and when its plan is no longer the one `agreed` to.
    """
    with write_door(database, stamp, dry_run=dry_run) as door:
        event = Event(door, day, today)
        act(event)
        event.note_visits()
        event.batch.flush()
        begun = _find_leads(event, settings)
        plan = _plan(event, begun)
        if agreed not in (None, plan):
            raise JieminError("确认的时候数据变了，什么都没有写入", "再办一次，看新的安排")
        door.note_counts(changed=len(event.touched))
    return plan


def _find_leads(event: Event, settings: PairingSettings) -> set[PairKey]:
    """See that the households that must have a lead have one; the pairs begun for it."""
    alone = _alone(event)
    if not alone:
        return set()
    if not pairings.last_turns(event.connection):
        event.notes.append("还没有配过对；用 jiemin pair --auto 给各户配上干部")
        return set()
    decided = decision_day(event.connection, event.day, event.today)
    gathered = _weighed(event, gather(event.connection, decided, settings), alone)
    result = solve(gathered.problem)
    numbers = {each.household_no for each in alone}
    lead_only = tuple(
        pair for pair in result.pairs if pair.kept or pair.role is Role.LEAD or pair.household not in numbers
    )
    changes = carry_out(
        event.door,
        gathered,
        replace(result, pairs=lead_only),
        day=decided,
        begin=event.day,
        run=False,
        only=numbers,
    )
    _tell(event, gathered, changes.started, changes.ended)
    return {(pair.household, pair.cadre) for pair in changes.begun}


def _alone(event: Event) -> list[HouseholdState]:
    """The households that must have a lead and have none who serves and may be theirs."""
    states = [
        each for each in households_on(event.connection, event.day, list(event.to_lead)) if each.to_be_paired
    ]
    serving = cadres.cadres_on(event.connection, event.day) if states else []
    bars = barred_pairs(event.connection, event.day, states, serving)
    numbers = {each.cadre_no for each in serving}
    alone = []
    for each in states:
        rows = [row for row in pairings.pairings_of(event.connection, each.id) if row.end > event.day]
        barred = [row for row in rows if (row.household_no, row.cadre_no) in bars]
        led = any(row.role == Role.LEAD and row.cadre_no in numbers for row in rows if row not in barred)
        for row in barred:
            event.released.add(row.cadre_id)
            event.notes.append(f"{row.cadre_name}{bars[row.household_no, row.cadre_no]}，不再结对")
        if barred or not led:
            alone.append(each)
    return alone


def _weighed(event: Event, gathered: Gathered, alone: Collection[HouseholdState]) -> Gathered:
    """The problem of these households alone among those who have somebody, with the claims on them."""
    problem = gathered.problem
    numbers = {each.household_no for each in alone}
    counted = {household for household, _ in problem.kept} | numbers
    units, required = dict[str, str](), set[PairKey]()
    for each in alone:
        claim = event.to_lead[each.id]
        helper = next((cadre for cadre in gathered.cadres if cadre.id == claim), None)
        if helper is not None:
            units[each.household_no] = helper.unit
        if claim is not None and _allowed(event, gathered, each.household_no, claim):
            required |= {
                (each.household_no, cadre.cadre_no) for cadre in gathered.cadres if cadre.id == claim
            }
    facts = tuple(
        replace(each, former_units=each.former_units | {units[each.key]}) if each.key in units else each
        for each in problem.households
        if each.key in counted
    )
    kept_required = {key for key in problem.required if key[0] in counted}
    weighed = replace(problem, households=facts, required=frozenset(kept_required | required))
    return replace(gathered, problem=weighed)


def _allowed(event: Event, gathered: Gathered, number: str, claim: int) -> bool:
    """Whether the cadre with the first claim may lead the household; else why not is told."""
    problem = gathered.problem
    state = next((each for each in gathered.cadres if each.id == claim), None)
    if state is None:
        name = cadres.last_posts(event.connection, [claim])[0].name
        event.notes.append(f"{name}不再任职，{number}另找干部")
        return False
    helper = next(each for each in problem.cadres if each.key == state.cadre_no)
    family = next(each for each in problem.households if each.key == number)
    held = helper.besides + sum(cadre == helper.key for _, cadre in problem.kept)
    if (number, helper.key) in problem.barred:
        event.notes.append(f"{state.name}{gathered.bars[number, helper.key]}，{number}另找干部")
    elif held >= problem.rules.limit(helper):
        event.notes.append(f"{state.name}已结对{held}户，到了上限，{number}另找干部")
    elif not may_begin(family, helper, problem.rules):
        event.notes.append(f"{number}不在{state.name}可以结对的镇村，另找干部")
    else:
        return True
    return False


def _tell(event: Event, gathered: Gathered, started: Collection[Pair], ended: Collection[PairingRow]) -> None:
    """The pairings that finding a lead began and ended, as steps of the plan."""
    names = {each.cadre_no: each.name for each in gathered.cadres}
    for row in ended:
        event.released.add(row.cadre_id)
        event.step(row.household_no, "结对", f"{row.cadre_name}（{row.role}）", "")
    for pair in started:
        name = names[pair.cadre]
        before = f"{name}（{gathered.problem.kept[pair.household, pair.cadre]}）" if pair.kept else ""
        event.step(pair.household, "结对", before, f"{name}（{pair.role}）")


def _plan(event: Event, begun: set[PairKey]) -> Plan:
    """The event as it was carried out, read from the rows as they stand now."""
    connection = event.connection
    heads = {each.id: each.head_name for each in households_on(connection, event.day, list(event.touched))}
    rows = [
        row
        for household_id in event.touched
        for row in pairings.pairings_of(connection, household_id)
        if row.end == FOREVER
    ]
    units = cadres.units_of(connection, {row.cadre_id for row in rows} | event.released, event.day)
    helpers = tuple(
        HelperLine(
            row.household_no,
            heads.get(row.household_id) or "",
            row.cadre_no,
            row.cadre_name,
            units.get(row.cadre_id, ""),
            row.role,
            row.start,
            (row.household_no, row.cadre_no) in begun,
        )
        for row in rows
    )
    led = {row.household_id for row in rows if row.role == Role.LEAD}
    ever = bool(pairings.last_turns(connection))
    return Plan(
        day=event.day,
        households=tuple(event.touched.values()),
        steps=tuple(event.steps),
        helpers=helpers,
        freed=_freed(event, event.released - {row.cadre_id for row in rows}, units),
        notes=tuple(event.notes),
        unpaired=tuple(
            each.household_no
            for each in households_on(connection, event.day, list(event.to_lead))
            if ever and each.to_be_paired and each.id not in led
        ),
    )


def _freed(event: Event, released: Collection[int], units: dict[int, str]) -> tuple[FreedCadre, ...]:
    """The cadres set free who serve on, with the households they still help."""
    later = max(event.day, event.today)
    rows = [row for row in pairings.pairings_on(event.connection, later) if row.cadre_id in released]
    return tuple(
        FreedCadre(
            each.cadre_no,
            each.name,
            units.get(each.id, each.unit),
            each.leader,
            sum(row.cadre_id == each.id for row in rows),
        )
        for each in cadres.cadres_on(event.connection, later)
        if each.id in released
    )
