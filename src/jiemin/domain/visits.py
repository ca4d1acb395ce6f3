"""Which households are due a visit in a quarter, and which got one (notice 二.1).

The one definition of due and made; lists, the status screen and the quarter's report all use it.

- Due: in the work and paired on the report day, and both without a break, by whomever, since the
  first day of the quarter's third month. The report day is the quarter's last day, or today while
  the quarter runs. As long as the third month has not begun, being paired today is enough: such a
  household will be due when the quarter ends, if nothing changes.
- Made: at least one 走访 or 慰问 in the quarter, up to the report day, by somebody paired with the
  household on the day of the visit. A telephone call never counts.
- A visit that names no cadre counts for the lead of its day.
- A cadre answers for a due household when his or her own pairing lasted as long as due asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.money import half_up
from jiemin.domain.periods import PeriodError, Quarter


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` up to, not including, `end`; `periods.FOREVER` when it has no end yet."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PairingSpan:
    """A cadre helped a household for a time, half-open as `Span`."""

    household_no: str
    cadre_no: str
    role: Role
    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether the pairing was in force on `day`."""
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class VisitFact:
    """One contact with a household; `cadre_nos` is empty when nobody wrote who went."""

    visit_no: str
    day: date
    household_no: str
    cadre_nos: tuple[str, ...]
    kind: VisitKind


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, kept exact; a rate of nothing is no number."""

    part: int
    whole: int

    @property
    def permille(self) -> int | None:
        """Thousandths, half up, but 1000 only when it is all of them; None when `whole` is 0."""
        if self.whole == 0:
            return None
        thousandths = half_up(1000 * self.part, self.whole)
        return min(thousandths, 999) if self.part < self.whole else thousandths

    @property
    def label(self) -> str:
        """As people read it: `83.3%`, or nothing when nothing was due."""
        if self.permille is None:
            return ""
        return f"{self.permille // 10}.{self.permille % 10}%"


@dataclass(frozen=True, slots=True)
class CadreVisits:
    """One cadre's quarter: households to answer for, those visited in person, and the visits."""

    due: tuple[str, ...]
    visited: tuple[str, ...]
    visit_nos: tuple[str, ...]

    @property
    def rate(self) -> Rate:
        """Visited of due."""
        return Rate(len(self.visited), len(self.due))


@dataclass(frozen=True, slots=True)
class QuarterVisits:
    """The visits of one quarter, judged.

    `counted` are the visits that count, `extra` those made by nobody paired on their day, `phone`
    the telephone calls; together they are all contacts of the quarter up to `day`. `times` holds
    counted visits by household, due or not. Numbers are in ascending order throughout.
    """

    quarter: Quarter
    day: date
    since: date
    due: tuple[str, ...]
    made: frozenset[str]
    times: Mapping[str, int]
    cadres: Mapping[str, CadreVisits]
    counted: tuple[VisitFact, ...]
    extra: tuple[VisitFact, ...]
    phone: tuple[VisitFact, ...]

    @property
    def not_visited(self) -> tuple[str, ...]:
        """Households due and not yet visited."""
        return tuple(number for number in self.due if number not in self.made)

    @property
    def rate(self) -> Rate:
        """Households made of households due."""
        return Rate(len(self.made), len(self.due))


def report_day(quarter: Quarter, today: date) -> date:
    """The day a quarter is judged on: its last, or today while it runs.

    Raises `PeriodError` when the quarter has not begun.
    """
    if today < quarter.first:
        raise PeriodError(f"{quarter.label}还没有开始", "请用 --quarter 指明已经开始的季度")
    return min(quarter.last, today)


def quarter_visits(
    quarter: Quarter,
    today: date,
    active: Mapping[str, Sequence[Span]],
    pairings: Sequence[PairingSpan],
    visits: Sequence[VisitFact],
) -> QuarterVisits:
    """Judge a quarter's visits by the rule at the head of this module.

    `active` holds, by household number, the times it was in the work. `pairings` must hold every
    pairing in force on any day of the quarter; visits outside the quarter are left aside.
    Raises `PeriodError` when the quarter has not begun.
    """
    day = report_day(quarter, today)
    since = min(quarter.months[2].first, day)
    helped = _by_household(pairings)
    due = tuple(
        sorted(
            number
            for number, spans in active.items()
            if _unbroken(spans, since, day) and _unbroken(helped.get(number, ()), since, day)
        )
    )
    contacts = sorted(
        (visit for visit in visits if quarter.first <= visit.day <= day),
        key=lambda visit: (visit.day, visit.visit_no),
    )
    phone = tuple(visit for visit in contacts if visit.kind is VisitKind.PHONE)
    calls = [visit for visit in contacts if visit.kind is not VisitKind.PHONE]
    visitors = {visit.visit_no: paired_visitors(visit, helped.get(visit.household_no, ())) for visit in calls}
    counted = tuple(visit for visit in calls if visitors[visit.visit_no])
    times = _times(counted)
    return QuarterVisits(
        quarter=quarter,
        day=day,
        since=since,
        due=due,
        made=frozenset(due) & times.keys(),
        times=times,
        cadres=_by_cadre(due, _answering(pairings, since, day), counted, visitors),
        counted=counted,
        extra=tuple(visit for visit in calls if not visitors[visit.visit_no]),
        phone=phone,
    )


class _Lasting(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> date: ...

    @property
    def end(self) -> date: ...


def _unbroken(spans: Iterable[_Lasting], since: date, day: date) -> bool:
    """Whether the spans together hold every day from `since` to `day`, both included."""
    reached = since
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > reached:
            break
        reached = max(reached, span.end)
    return reached > day


def _by_household(pairings: Iterable[PairingSpan]) -> Mapping[str, list[PairingSpan]]:
    found: dict[str, list[PairingSpan]] = defaultdict(list)
    for pairing in pairings:
        found[pairing.household_no].append(pairing)
    return found


def paired_visitors(visit: VisitFact, pairings: Iterable[PairingSpan]) -> frozenset[str]:
    """Who of the visitors was paired with the household that day; the lead if none is named."""
    return frozenset(
        pairing.cadre_no
        for pairing in pairings
        if pairing.holds(visit.day)
        and (pairing.cadre_no in visit.cadre_nos if visit.cadre_nos else pairing.role is Role.LEAD)
    )


def _times(counted: Iterable[VisitFact]) -> dict[str, int]:
    times: dict[str, int] = defaultdict(int)
    for visit in counted:
        times[visit.household_no] += 1
    return dict(sorted(times.items()))


def _answering(pairings: Iterable[PairingSpan], since: date, day: date) -> Mapping[str, frozenset[str]]:
    """By cadre paired on the day: the households paired with him or her ever since `since`."""
    own: dict[tuple[str, str], list[PairingSpan]] = defaultdict(list)
    for pairing in pairings:
        own[pairing.cadre_no, pairing.household_no].append(pairing)
    lasting: dict[str, set[str]] = defaultdict(set)
    for (cadre_no, household_no), spans in own.items():
        if any(span.holds(day) for span in spans):
            lasting[cadre_no] |= {household_no} if _unbroken(spans, since, day) else set()
    return {cadre_no: frozenset(numbers) for cadre_no, numbers in lasting.items()}


def _by_cadre(
    due: Iterable[str],
    answering: Mapping[str, frozenset[str]],
    counted: Iterable[VisitFact],
    visitors: Mapping[str, frozenset[str]],
) -> Mapping[str, CadreVisits]:
    made: dict[str, list[VisitFact]] = defaultdict(list)
    for visit in counted:
        for cadre_no in visitors[visit.visit_no]:
            made[cadre_no].append(visit)
    all_due = frozenset(due)
    found = {}
    for cadre_no in sorted(answering.keys() | made.keys()):
        own_due = answering.get(cadre_no, frozenset()) & all_due
        own_visits = made.get(cadre_no, [])
        found[cadre_no] = CadreVisits(
            due=tuple(sorted(own_due)),
            visited=tuple(sorted(own_due & {visit.household_no for visit in own_visits})),
            visit_nos=tuple(visit.visit_no for visit in own_visits),
        )
    return found
