"""The facts of a quarter sorted and joined once, for all its tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from jiemin.domain.coverage import Coverage, CoveredHousehold, CoveringCadre, coverage
from jiemin.domain.indicators.facts import (
    AwardLine,
    CadreLine,
    HouseholdLine,
    QuarterFacts,
    VisitLine,
)
from jiemin.domain.visits import PairingSpan, QuarterVisits, VisitFact, quarter_visits
from jiemin.domain.whom_to_pair import is_to_be_paired

ELSEWHERE = "其他(本季度不在册)"
"""The row of what belongs to no household of the quarter."""

T = TypeVar("T", HouseholdLine, VisitFact, AwardLine)


@dataclass(frozen=True, slots=True)
class View:
    """The facts, the quarter's visits judged, and the look-ups that every table needs.

    `registered` are the households in the work on the report day, by town, village and number, the
    villages in the order of their first numbers; `coverage` says who of the cadres is paired with them
    that day.
    """

    facts: QuarterFacts
    visits: QuarterVisits
    towns: tuple[str, ...]
    lines: Mapping[str, HouseholdLine]
    registered: tuple[HouseholdLine, ...]
    coverage: Coverage
    cadres: Mapping[str, CadreLine]
    deeds: frozenset[str]
    needs: frozenset[str]

    def to_pair(self, household: HouseholdLine) -> bool:
        """Whether the household is one that is to be paired; one cared for centrally is not."""
        return self.coverage.households[household.household_no].to_pair

    @property
    def helpers(self) -> Mapping[str, tuple[PairingSpan, ...]]:
        """By household in the work: its pairings in force on the report day, the lead first."""
        return self.coverage.helpers

    def paired(self, household: HouseholdLine) -> bool:
        """Whether anybody is paired with the household on the report day."""
        return household.household_no in self.coverage.helpers


@dataclass(frozen=True, slots=True)
class Group:
    """The share of a town, or of the whole county, in everything a table counts."""

    households: tuple[HouseholdLine, ...] = ()
    known: frozenset[str] = frozenset()
    counted: tuple[VisitFact, ...] = ()
    extra: tuple[VisitFact, ...] = ()
    phone: tuple[VisitFact, ...] = ()
    awards: tuple[AwardLine, ...] = ()


def view_of(facts: QuarterFacts) -> View:
    """Judge the visits and join the facts; raises `PeriodError` for a quarter not begun."""
    active = {household.household_no: household.active for household in facts.households}
    judged = quarter_visits(facts.quarter, facts.today, active, facts.pairings, facts.visits)
    towns = _towns(facts)
    registered = _in_order(
        towns, [household for household in facts.households if household.in_work(judged.day)]
    )
    return View(
        facts=facts,
        visits=judged,
        towns=towns,
        lines={household.household_no: household for household in facts.households},
        registered=registered,
        coverage=_coverage(facts, judged.day, registered),
        cadres={cadre.cadre_no: cadre for cadre in facts.cadres},
        deeds=_numbers(visit for visit in facts.visits if visit.deeds),
        needs=_numbers(visit for visit in facts.visits if visit.needs),
    )


def county_of(view: View) -> Group:
    """Everything, whether or not it can be told which town it belongs to."""
    return Group(
        households=view.registered,
        known=frozenset(view.lines),
        counted=view.visits.counted,
        extra=view.visits.extra,
        phone=view.visits.phone,
        awards=tuple(view.facts.awards),
    )


def by_town(view: View) -> Mapping[str, Group]:
    """Everything by the town of its household, in order; a town without any has an empty group.

    What belongs to a household that was not in the work in the quarter, such as the year's aid of
    one that left in an earlier quarter, comes last as `ELSEWHERE`, so that the rows add up.
    """
    town_of = {number: household.town for number, household in view.lines.items()}
    households = _split(town_of, view.registered)
    lines = _split(town_of, view.lines.values())
    counted, extra, phone = (
        _split(town_of, some) for some in (view.visits.counted, view.visits.extra, view.visits.phone)
    )
    awards = _split(town_of, view.facts.awards)
    strays = any(ELSEWHERE in each for each in (counted, extra, phone, awards))
    return {
        town: Group(
            households=tuple(households.get(town, ())),
            known=frozenset(line.household_no for line in lines.get(town, ())),
            counted=tuple(counted.get(town, ())),
            extra=tuple(extra.get(town, ())),
            phone=tuple(phone.get(town, ())),
            awards=tuple(awards.get(town, ())),
        )
        for town in (*view.towns, *([ELSEWHERE] if strays else ()))
    }


def _in_order(towns: Iterable[str], households: Iterable[HouseholdLine]) -> tuple[HouseholdLine, ...]:
    order = {town: place for place, town in enumerate(towns)}
    by_number = sorted(households, key=lambda line: line.household_no)
    first: dict[tuple[str, str], str] = {}
    for line in by_number:
        first.setdefault((line.town, line.village), line.household_no)
    return tuple(sorted(by_number, key=lambda line: (order[line.town], first[line.town, line.village])))


def _towns(facts: QuarterFacts) -> tuple[str, ...]:
    """The county's towns in its order, then any other a household stands in."""
    others = {household.town for household in facts.households} - set(facts.towns)
    return (*facts.towns, *sorted(others))


def _coverage(facts: QuarterFacts, day: date, registered: Iterable[HouseholdLine]) -> Coverage:
    return coverage(
        households=(
            CoveredHousehold(
                line.household_no,
                line.town,
                is_to_be_paired(line.household_class, line.keeping, facts.classes_to_pair),
            )
            for line in registered
        ),
        cadres=(CoveringCadre(one.cadre_no, one.unit, one.leader, one.serving) for one in facts.cadres),
        pairings=(pairing for pairing in facts.pairings if pairing.holds(day)),
    )


def _split(town_of: Mapping[str, str], things: Iterable[T]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for one in things:
        found[town_of.get(one.household_no, ELSEWHERE)].append(one)
    return found


def _numbers(visits: Iterable[VisitLine]) -> frozenset[str]:
    return frozenset(visit.visit_no for visit in visits)
