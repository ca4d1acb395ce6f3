"""Visits that count in a quarter only since they were corrected, when it was over (K220)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.of_visit import of_visit
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import Call, Correction, VisitFacts, VisitOnRecord
from jiemin.domain.codes import VisitKind
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import PairingSpan, paired_visitors


def correction_findings(
    facts: VisitFacts, calls: Sequence[Call], settings: CheckSettings
) -> Iterator[Finding]:
    """Day of entry tells nothing of these: the visit was on record in time, but as one that did not count."""
    grace = timedelta(days=settings.grace_days)
    for call in calls:
        visit, quarter = call.visit, Quarter.of(call.visit.day)
        told = facts.corrected.get(visit.visit_no, ())
        late = [each for each in told if each.day > quarter.last + grace]
        if not late or not call.counted:
            continue
        former = _before(visit, late)
        why = _why_not(former, quarter, facts.pairings.get(visit.household_no, ()))
        if why:
            day = late[-1].day
            said = f"，{day}更正以后才计入{quarter.label}：{why}"
            was = (former.day, former.kind.value, *former.cadre_nos)
            yield from of_visit(facts.county, call, "K220", said, visit.day, day, *was)


def _before(visit: VisitOnRecord, late: Sequence[Correction]) -> VisitOnRecord:
    """The visit as it stood before the first of these corrections."""
    for each in reversed(late):
        visit = replace(
            visit,
            day=each.visit_day or visit.day,
            kind=each.kind or visit.kind,
            cadre_nos=visit.cadre_nos if each.cadre_nos is None else each.cadre_nos,
        )
    return visit


def _why_not(former: VisitOnRecord, quarter: Quarter, pairings: Iterable[PairingSpan]) -> str:
    """Why it did not count in the quarter; empty if it did."""
    if former.kind is VisitKind.PHONE:
        return "原来是电话"
    if Quarter.of(former.day) != quarter:
        return f"原来的日期是{former.day}"
    return "" if paired_visitors(former, pairings) else "原来的走访人没有结对"
