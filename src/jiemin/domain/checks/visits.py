"""What cannot be true of visits, or makes one look twice (K2xx)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.corrections import correction_findings
from jiemin.domain.checks.county import of_home
from jiemin.domain.checks.days import day_findings
from jiemin.domain.checks.entries import entry_findings
from jiemin.domain.checks.finding import Finding, named
from jiemin.domain.checks.met import met_findings
from jiemin.domain.checks.notes import note_findings
from jiemin.domain.checks.of_visit import of_visit
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import Call, VisitFacts, VisitOnRecord, calls_of
from jiemin.domain.codes import HouseholdStatus, InspectResult, Role
from jiemin.domain.people import mask_digits

_GONE = (HouseholdStatus.MOVED_OUT, HouseholdStatus.DECEASED)
_RESULTS = {InspectResult.FALSE: "K218", InspectResult.PARTLY: "K219"}


def visit_findings(facts: VisitFacts, settings: CheckSettings) -> Iterator[Finding]:
    """Everything found of visits. Telephone calls are no visits; only their needs and deeds count."""
    calls = calls_of(facts)
    yield from entry_findings(facts.county, calls, settings)
    yield from correction_findings(facts, calls, settings)
    yield from day_findings(facts, calls, settings)
    yield from note_findings(facts, calls, settings)
    yield from _out_of_work(facts, calls)
    yield from met_findings(facts, calls)
    yield from _by_strangers(facts, calls)
    yield from _overdue(facts)
    yield from _unanswered(facts, settings)
    yield from _inspected(facts)


def _out_of_work(facts: VisitFacts, calls: Sequence[Call]) -> Iterator[Finding]:
    """Calls on days on which the family was not in the work; most have been in it ever since one day."""
    since = {
        number: spells[0].start
        for number, spells in facts.spells.items()
        if len(spells) == 1 and spells[0].status is HouseholdStatus.ACTIVE
    }
    for call in calls:
        day, number = call.visit.day, call.visit.household_no
        if number in since and since[number] <= day:
            continue
        spells = facts.spells.get(number, ())
        status = next((spell.status for spell in spells if spell.start <= day < spell.end), None)
        if status is HouseholdStatus.ACTIVE or not spells:
            continue
        if status in _GONE:
            yield from of_visit(facts.county, call, "K208", f"，这一户当天已{status}", day, status)
        else:
            said = f"，这一户{spells[0].start}才列入名册" if status is None else "，这一户当天已停保"
            yield from of_visit(facts.county, call, "K209", said, day, status)


def _by_strangers(facts: VisitFacts, calls: Sequence[Call]) -> Iterator[Finding]:
    for call in calls:
        if not call.counted:
            who = "、".join(facts.county.names(call.cadre_nos)) or "没有写走访人"
            said = f"，走访人当天没有与这一户结对：{who}"
            yield from of_visit(facts.county, call, "K215", said, call.visit.day, *call.cadre_nos)


def _overdue(facts: VisitFacts) -> Iterator[Finding]:
    """Households that went without a visit in the last quarter, by the unit of their lead."""
    judged = facts.judged
    if not judged.over:
        return
    by_unit: dict[str, list[str]] = defaultdict(list)
    for number in judged.not_visited:
        leads = [
            each.cadre_no
            for each in facts.pairings.get(number, ())
            if each.role is Role.LEAD and each.holds(judged.day)
        ]
        by_unit[next(iter(facts.county.units(tuple(leads))), "没有第一责任人")].append(number)
    for unit, numbers in by_unit.items():
        homes = [facts.county.homes[number] for number in numbers if number in facts.county.homes]
        yield Finding(
            kind=KINDS["K216"],
            key=(unit, str(judged.quarter)),
            subject=unit,
            message=f"{judged.quarter.label}有{len(numbers)}户逾期没有走访：{named(numbers, '户')}",
            facts=tuple(numbers),
            names=(("quarter", str(judged.quarter)),),
            towns=frozenset(home.town for home in homes),
            units=frozenset({unit}),
            day=judged.day,
        )


def _unanswered(facts: VisitFacts, settings: CheckSettings) -> Iterator[Finding]:
    """Needs heard long ago, since when nothing was promised or done for the family."""
    until = facts.county.today - timedelta(days=settings.needs_days)
    answered = {number: max(days) for number, days in facts.promised.items() if days}
    for visit in facts.visits:
        if visit.deeds:
            number = visit.household_no
            answered[number] = max(visit.day, answered.get(number, visit.day))
    waiting: dict[str, list[VisitOnRecord]] = defaultdict(list)
    for visit in facts.visits:
        open_yet = visit.needs and not visit.needs_met and visit.day < until
        if open_yet and answered.get(visit.household_no, date.min) < visit.day:
            waiting[visit.household_no].append(visit)
    for number, visits in waiting.items():
        home = facts.county.homes.get(number)
        if home is not None and home.active:
            first = min(visits, key=lambda each: (each.day, each.visit_no))
            listed = sorted(each.visit_no for each in visits)
            message = f"{first.day}了解到的需求还没有回应（{named(listed, '次')}）"
            yield of_home("K217", home, message, *listed, day=first.day, visit=first.visit_no)


def _inspected(facts: VisitFacts) -> Iterator[Finding]:
    """What inspectors found untrue; of the quarter whose visits they looked into, though they came later."""
    for each in facts.inspected:
        home = facts.county.homes.get(each.household_no)
        code = _RESULTS.get(each.result)
        if code and home is not None:
            said = f"：{mask_digits(each.finding)}" if each.finding else ""
            message = f"{each.checked_on}督查{each.inspection_no}，结果{each.result}{said}"
            facts_of = (each.checked_on, each.result.value, each.finding)
            day = min(each.checked_on, each.quarter.last)
            yield of_home(code, home, message, *facts_of, besides=(each.inspection_no,), day=day)
