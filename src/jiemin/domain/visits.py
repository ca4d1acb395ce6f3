"""Which households are due a visit in a quarter, which got one, and who answers for it (notice 二.1).

The one definition of due, made and overdue; lists, the status screen and the quarter's report all use it.

- Due: in the work and paired on the report day, and both without a break, by whomever, since the
  first day of the quarter's third month. The report day is the quarter's last day, or today while
  the quarter runs. As long as the third month has not begun, being paired today is enough: such a
  household will be due when the quarter ends, if nothing changes.
- Made: at least one 走访 or 慰问 in the quarter, up to the report day, by somebody paired with the
  household on the day of the visit. A telephone call never counts.
- A visit that names no cadre counts for the lead of its day.
- Until the quarter is over, a household due and not visited is 待访, afterwards 逾期.
- Of those paired on the report day they answer for a due household whose own pairing has lasted since
  the first day of the third month. If none has, because it changed hands late, the lead answers, and
  the visit still owed is a make-up visit (补访). But nobody answers for a household that was visited in
  the quarter before his or her own pairing began: a second call for the table's sake would only
  disturb the family (为民不扰民, notice 三.3).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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


class VisitState(StrEnum):
    """How it stands with a household that is due."""

    MADE = "已走访"
    WAITING = "待访"
    OVERDUE = "逾期"


@dataclass(frozen=True, slots=True)
class CadreVisits:
    """One cadre's quarter: households to answer for, those visited in person, and the visits.

    `makeup` are those of `due` that changed hands late, so that the visit owed is a make-up visit.
    """

    due: tuple[str, ...]
    visited: tuple[str, ...]
    visit_nos: tuple[str, ...]
    makeup: tuple[str, ...] = ()

    @property
    def rate(self) -> Rate:
        """Visited of due."""
        return Rate(len(self.visited), len(self.due))


@dataclass(frozen=True, slots=True)
class QuarterVisits:
    """The visits of one quarter, judged.

    `counted` are the visits that count, `extra` those made by nobody paired on their day, `phone`
    the telephone calls; together they are all contacts of the quarter up to `day`. `times` holds
    counted visits by household, due or not. `over` says that the quarter has ended. Numbers are in
    ascending order throughout.
    """

    quarter: Quarter
    day: date
    over: bool
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

    @property
    def makeup(self) -> frozenset[str]:
        """Households due of which somebody owes, or made, a make-up visit."""
        return frozenset(number for cadre in self.cadres.values() for number in cadre.makeup)

    def state(self, household_no: str) -> VisitState | None:
        """How it stands with a household; None when it is not due."""
        if household_no in self.made:
            return VisitState.MADE
        place = bisect_left(self.due, household_no)
        if self.due[place : place + 1] != (household_no,):
            return None
        return VisitState.OVERDUE if self.over else VisitState.WAITING


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
    first = {visit.household_no: visit.day for visit in reversed(counted)}
    owed = {number: _answering(helped[number], first.get(number, day), since, day) for number in due}
    return QuarterVisits(
        quarter=quarter,
        day=day,
        over=today > quarter.last,
        since=since,
        due=due,
        made=frozenset(due) & times.keys(),
        times=times,
        cadres=_by_cadre(
            (pairing.cadre_no for pairing in pairings if pairing.holds(day)), owed, counted, visitors
        ),
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


def _held_since(spans: Iterable[_Lasting], day: date) -> date | None:
    """Since when the spans together hold every day up to `day`; None when none holds that day."""
    began, reached = date.min, date.min
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > day:
            break
        if span.start > reached:
            began = span.start
        reached = max(reached, span.end)
    return began if reached > day else None


def _unbroken(spans: Iterable[_Lasting], since: date, day: date) -> bool:
    """Whether the spans together hold every day from `since` to `day`, both included."""
    began = _held_since(spans, day)
    return began is not None and began <= since


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


def last_counted(visits: Iterable[VisitFact], pairings: Iterable[PairingSpan]) -> Mapping[str, date]:
    """By household: the day of its last visit that counts, in whatever quarter.

    `pairings` must hold every pairing of these households on the days of the visits.
    """
    helped = _by_household(pairings)
    last: dict[str, date] = {}
    for visit in sorted(visits, key=lambda visit: visit.day, reverse=True):
        number = visit.household_no
        fresh = number not in last and visit.kind is not VisitKind.PHONE
        if fresh and paired_visitors(visit, helped.get(number, ())):
            last[number] = visit.day
    return last


def _times(counted: Iterable[VisitFact]) -> dict[str, int]:
    times: dict[str, int] = defaultdict(int)
    for visit in counted:
        times[visit.household_no] += 1
    return dict(sorted(times.items()))


def _answering(
    pairings: Iterable[PairingSpan], first_visit: date, since: date, day: date
) -> Mapping[str, bool]:
    """Who answers for a household due, and whether what is owed is a make-up visit.

    `first_visit` is the day of its first counted visit of the quarter.
    """
    own: dict[str, list[PairingSpan]] = defaultdict(list)
    for pairing in pairings:
        own[pairing.cadre_no].append(pairing)
    began = {
        cadre_no: start for cadre_no, spans in own.items() if (start := _held_since(spans, day)) is not None
    }
    lasting = {cadre_no for cadre_no, start in began.items() if start <= since}
    leading = {cadre_no for cadre_no in began if any(_leads(span, day) for span in own[cadre_no])}
    return {cadre_no: not lasting for cadre_no in (lasting or leading) if began[cadre_no] <= first_visit}


def _leads(pairing: PairingSpan, day: date) -> bool:
    return pairing.role is Role.LEAD and pairing.holds(day)


def _by_cadre(
    helping: Iterable[str],
    owed: Mapping[str, Mapping[str, bool]],
    counted: Iterable[VisitFact],
    visitors: Mapping[str, frozenset[str]],
) -> Mapping[str, CadreVisits]:
    """The quarter of each cadre who helps on the report day or made a visit that counts.

    `owed` holds, by household due, who answers for it and whether with a make-up visit.
    """
    due: dict[str, list[str]] = defaultdict(list)
    makeup: dict[str, list[str]] = defaultdict(list)
    for household_no, answering in owed.items():
        for cadre_no, late in answering.items():
            due[cadre_no].append(household_no)
            if late:
                makeup[cadre_no].append(household_no)
    made: dict[str, list[VisitFact]] = defaultdict(list)
    for visit in counted:
        for cadre_no in visitors[visit.visit_no]:
            made[cadre_no].append(visit)
    return {
        cadre_no: CadreVisits(
            due=tuple(sorted(due[cadre_no])),
            visited=tuple(
                sorted({visit.household_no for visit in made[cadre_no]}.intersection(due[cadre_no]))
            ),
            visit_nos=tuple(visit.visit_no for visit in made[cadre_no]),
            makeup=tuple(sorted(makeup[cadre_no])),
        )
        for cadre_no in sorted({*helping, *made})
    }
