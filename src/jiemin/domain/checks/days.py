"""Too much in one day: of one cadre, and at one family's door (K204, K205, K213, K214)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from jiemin.domain.checks.county import County, Spell, of_cadre, of_home
from jiemin.domain.checks.finding import Finding, compact, named
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import Call, VisitFacts
from jiemin.domain.periods import Quarter


def day_findings(facts: VisitFacts, calls: Sequence[Call], settings: CheckSettings) -> Iterator[Finding]:
    """Findings of days, of calls in their order; a day still to come counts as any other."""
    for day, some in groupby(calls, key=lambda call: call.visit.day):
        of_day = list(some)
        yield from _cadres_day(facts, day, of_day, settings)
        yield from _families_day(facts.county, day, of_day, settings)
    yield from _families_quarters(facts.county, calls, settings)


def _cadres_day(
    facts: VisitFacts, day: date, calls: Sequence[Call], settings: CheckSettings
) -> Iterator[Finding]:
    seen: dict[str, set[str]] = defaultdict(set)
    for call in calls:
        for cadre_no in call.cadre_nos:
            seen[cadre_no].add(call.visit.household_no)
    for cadre_no, numbers in seen.items():
        cadre = facts.county.staff.get(cadre_no)
        if len(numbers) < 2 or cadre is None:
            continue
        listed = sorted(numbers)
        towns = frozenset(filter(None, (_town(facts.spells.get(number, ()), day) for number in listed)))
        if len(listed) > settings.day_households:
            message = f"{day}走访{len(listed)}户：{named(listed, '户')}"
            yield of_cadre("K204", cadre, message, *listed, besides=(compact(day),), towns=towns, day=day)
        if len(towns) > settings.day_towns:
            message = f"{day}走访了{'、'.join(sorted(towns))}：{named(listed, '户')}"
            yield of_cadre(
                "K205", cadre, message, *listed, *sorted(towns), besides=(compact(day),), towns=towns, day=day
            )


def _town(spells: Sequence[Spell], day: date) -> str:
    """Where a family lived on a day; empty when it was not on the rolls yet."""
    return next((spell.town for spell in spells if spell.start <= day < spell.end), "")


def _families_day(
    county: County, day: date, calls: Sequence[Call], settings: CheckSettings
) -> Iterator[Finding]:
    at_door: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        at_door[call.visit.household_no].append(call)
    for number, some in at_door.items():
        if len(some) == 1 and len(some[0].cadre_nos) <= settings.crowd_cadres:
            continue
        cadres = {cadre_no for call in some for cadre_no in call.cadre_nos}
        crowded = len(cadres) > settings.crowd_cadres or len(some) > settings.crowd_visits
        if crowded and number in county.homes:
            yield of_home(
                "K213",
                county.homes[number],
                f"{day}上门{len(some)}次，干部{len(cadres)}人：{named(county.names(tuple(cadres)), '人')}",
                *sorted(call.visit.visit_no for call in some),
                besides=(compact(day),),
                day=day,
            )


def _families_quarters(county: County, calls: Sequence[Call], settings: CheckSettings) -> Iterator[Finding]:
    ever = Counter(call.visit.household_no for call in calls)
    often = {number for number, count in ever.items() if count > settings.quarter_calls}
    times = Counter(
        (call.visit.household_no, Quarter.of(call.visit.day))
        for call in calls
        if call.visit.household_no in often
    )
    for (number, quarter), count in times.items():
        if count > settings.quarter_calls and number in county.homes:
            message = f"{quarter.label}上门{count}次"
            yield of_home(
                "K214", county.homes[number], message, count, besides=(str(quarter),), day=quarter.first
            )
