"""Visits entered too late, many at a sitting, or before they can have been made (K201 to K203)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County, of_cadre
from jiemin.domain.checks.finding import Finding, compact, named
from jiemin.domain.checks.of_visit import of_visit
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import Call
from jiemin.domain.periods import Quarter

_Sitting = tuple[str, date]
"""A cadre, and a day on which visits of his or hers came on record."""


def entry_findings(county: County, calls: Sequence[Call], settings: CheckSettings) -> Iterator[Finding]:
    """What the days of entry tell; visits of which it is not known are left out."""
    yield from _ahead(county, calls)
    late = _late(calls, settings)
    sittings: dict[_Sitting, list[Call]] = {
        (cadre_no, _entered(call)): [] for call in late for cadre_no in call.cadre_nos
    }
    for call in calls if sittings else ():
        for cadre_no in call.cadre_nos:
            if (cadre_no, call.visit.entered_on) in sittings:
                sittings[cadre_no, _entered(call)].append(call)
    batches = {sitting: some for sitting, some in sittings.items() if _quarters(some) > 1}
    yield from _batches(county, batches, settings)
    # Late ones are told even where their day is: who asks for one kind or quarter sees no other.
    late_ones = {sitting: _late(some, settings) for sitting, some in sittings.items()}
    yield from _late_ones(county, late_ones, settings)
    for call in late:
        if not call.cadre_nos:
            said = f"{_entered(call)}才登记，没有写走访人"
            yield from of_visit(county, call, "K202", said, call.visit.day, _entered(call))


def _ahead(county: County, calls: Iterable[Call]) -> Iterator[Finding]:
    for call in calls:
        visit = call.visit
        if visit.day > county.today:
            yield from of_visit(county, call, "K201", "，这一天还没有到", visit.day)
        elif visit.entered_on is not None and visit.entered_on < visit.day:
            said = f"，{visit.entered_on}就登记了"
            yield from of_visit(county, call, "K201", said, visit.day, visit.entered_on)


def _entered(call: Call) -> date:
    """The day of entry of a call of which it is known."""
    return call.visit.entered_on or date.max


def _late(calls: Sequence[Call], settings: CheckSettings) -> list[Call]:
    """Those that came on record when their quarter was over and the grace had passed."""
    grace = timedelta(days=settings.grace_days)
    over = {day: Quarter.of(day).last + grace for day in {call.visit.day for call in calls}}
    return [
        call
        for call in calls
        if call.visit.entered_on is not None and call.visit.entered_on > over[call.visit.day]
    ]


def _quarters(calls: Iterable[Call]) -> int:
    return len({Quarter.of(call.visit.day) for call in calls})


def _batches(
    county: County, batches: Mapping[_Sitting, Sequence[Call]], settings: CheckSettings
) -> Iterator[Finding]:
    """Several quarters at one sitting; within the grace both sides of a quarter's turn are none."""
    whole_days = _crowded_days(batches, settings)
    for (cadre_no, day), calls in batches.items():
        if day not in whole_days and cadre_no in county.staff:
            quarters = sorted({Quarter.of(call.visit.day) for call in calls})
            span = f"{quarters[0].label}到{quarters[-1].label}"
            yield of_cadre(
                "K203",
                county.staff[cadre_no],
                f"{day}一天登记了{span}的{len(calls)}次走访：{_numbers(calls)}",
                *sorted(call.visit.visit_no for call in calls),
                besides=(compact(day),),
                towns=_towns(county, calls),
                day=day,
            )
    yield from _whole_days(county, "K203", whole_days, "几个季度的走访")


def _late_ones(
    county: County, late: Mapping[_Sitting, Sequence[Call]], settings: CheckSettings
) -> Iterator[Finding]:
    whole_days = _crowded_days(late, settings)
    by_quarter: dict[tuple[str, Quarter], list[Call]] = defaultdict(list)
    for (cadre_no, day), calls in late.items():
        if day not in whole_days and cadre_no in county.staff:
            for call in calls:
                by_quarter[cadre_no, Quarter.of(call.visit.day)].append(call)
    for (cadre_no, quarter), calls in by_quarter.items():
        days = sorted({_entered(call) for call in calls})
        yield of_cadre(
            "K202",
            county.staff[cadre_no],
            f"{quarter.label}的{len(calls)}次走访，{named(map(str, days), '天')}才登记：{_numbers(calls)}",
            *sorted((call.visit.visit_no, _entered(call)) for call in calls),
            besides=(str(quarter),),
            towns=_towns(county, calls),
            day=calls[0].visit.day,
        )
    yield from _whole_days(county, "K202", whole_days, "已过去的季度的走访")


def _crowded_days(
    sittings: Mapping[_Sitting, Sequence[Call]], settings: CheckSettings
) -> dict[date, dict[str, Sequence[Call]]]:
    """Days on which a whole list of many cadres was entered, by cadre."""
    by_day: dict[date, dict[str, Sequence[Call]]] = defaultdict(dict)
    for (cadre_no, day), calls in sittings.items():
        by_day[day][cadre_no] = calls
    return {day: some for day, some in by_day.items() if len(some) > settings.together_cadres}


def _whole_days(
    county: County, code: str, days: Mapping[date, Mapping[str, Sequence[Call]]], what: str
) -> Iterator[Finding]:
    for day, by_cadre in days.items():
        numbers = sorted({call.visit.visit_no for calls in by_cadre.values() for call in calls})
        towns = frozenset[str]().union(*(_towns(county, calls) for calls in by_cadre.values()))
        yield Finding(
            kind=KINDS[code],
            key=(compact(day),),
            subject=f"{day}登记的走访",
            message=f"这一天一起登记了{len(by_cadre)}名干部{what}，共{len(numbers)}次",
            facts=tuple(numbers),
            towns=towns,
            units=county.units(tuple(by_cadre)),
            day=day,
        )


def _numbers(calls: Iterable[Call]) -> str:
    return named((call.visit.visit_no for call in calls), "次")


def _towns(county: County, calls: Iterable[Call]) -> frozenset[str]:
    homes = (county.homes.get(call.visit.household_no) for call in calls)
    return frozenset(home.town for home in homes if home is not None)
