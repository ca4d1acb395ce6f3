"""Merge persons who are the same to the network, in an order that no row order can change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import Field
from jiemin.domain.pairing.problem import PairingProblem, PairKey


class Wide(StrEnum):
    """Hubs above the towns."""

    CITY = "全市"
    ANYWHERE = "不论远近"


Spot = PlaceRef | Wide
"""Where a hub stands: a village, a town, the city, or anywhere at all."""

Hub = tuple[Spot, Field | None]
"""A spot and a field of work; None stands for any field."""


@dataclass(slots=True)
class CadreClass:
    """Cadres alike in all that costs; `reach` tells at which spots they can be met, and the cost.

    `taken` counts the households that each member has already (fixed), `free` how many more one may
    take.
    """

    leader: bool
    rank: int
    work: Field | None
    reach: tuple[tuple[Spot, int], ...]
    taken: int
    free: int
    members: list[CadreFacts] = field(default_factory=list)


@dataclass(slots=True)
class HouseholdClass:
    """Households alike in all that costs; `entries` are the hubs where they enter, and the cost."""

    depth: int
    entries: tuple[tuple[Hub, int], ...]
    taken: int
    members: list[HouseholdFacts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Apart:
    """Persons who must be a class of their own, having an arc or a bar of their own."""

    households: frozenset[str] = frozenset()
    cadres: frozenset[str] = frozenset()


def cadre_classes(problem: PairingProblem, fixed: Iterable[PairKey], apart: Apart) -> list[CadreClass]:
    """Classes of the cadres who may still take a household, by unit and key."""
    taken = Counter(cadre for _, cadre in fixed)
    villages = {h.place for h in problem.households if h.place.village}
    towns = {h.place.town for h in problem.households if h.place.town}
    needed = frozenset[Field]().union(*(h.needs for h in problem.households))
    reaches: dict[frozenset[PlaceRef], tuple[tuple[Spot, int], ...]] = {}
    classes: dict[object, CadreClass] = {}
    for cadre in sorted(problem.cadres, key=lambda c: (c.unit, c.key)):
        free = problem.rules.most_households(cadre.leader) - taken[cadre.key]
        if free <= 0:
            continue
        if cadre.links not in reaches:
            reaches[cadre.links] = _reach(cadre.links, villages, towns, problem.costs)
        reach = reaches[cadre.links]
        work = cadre.field if cadre.field in needed else None
        alone = cadre.key if cadre.key in apart.cadres else ""
        key = (cadre.leader, cadre.rank, work, reach, free, alone)
        if key not in classes:
            classes[key] = CadreClass(cadre.leader, cadre.rank, work, reach, taken[cadre.key], free)
        classes[key].members.append(cadre)
    return list(classes.values())


def household_classes(
    problem: PairingProblem, fixed: Iterable[PairKey], apart: Apart, hubs: frozenset[Hub]
) -> list[HouseholdClass]:
    """Classes of all households that may still take a cadre, by place and key."""
    taken = Counter(household for household, _ in fixed)
    entries: dict[tuple[PlaceRef, frozenset[Field]], tuple[tuple[Hub, int], ...]] = {}
    classes: dict[object, HouseholdClass] = {}
    for household in sorted(problem.households, key=lambda h: (h.place, h.key)):
        if taken[household.key] >= problem.rules.cadres_per_household:
            continue
        kind = (household.place, household.needs)
        if kind not in entries:
            entries[kind] = _entries(household, hubs, problem.costs)
        alone = household.key if household.key in apart.households else ""
        key = (entries[kind], household.depth, taken[household.key], alone)
        if key not in classes:
            classes[key] = HouseholdClass(household.depth, entries[kind], taken[household.key])
        classes[key].members.append(household)
    return list(classes.values())


def hubs_of(classes: Iterable[CadreClass]) -> frozenset[Hub]:
    """The hubs where at least one cadre can be met."""
    return frozenset((spot, work) for one in classes for spot, _ in one.reach for work in {one.work, None})


def way_up(spot: Spot) -> tuple[Spot, ...]:
    """The spot and those above it, nearest first."""
    if spot is Wide.ANYWHERE:
        return (Wide.ANYWHERE,)
    if not isinstance(spot, PlaceRef):
        return (Wide.CITY, Wide.ANYWHERE)
    spots: list[Spot] = [spot] if spot.village else []
    if spot.town:
        spots.append(PlaceRef(spot.town))
    if spots:
        spots.append(Wide.CITY)
    return (*spots, Wide.ANYWHERE)


def _reach(
    links: frozenset[PlaceRef], villages: set[PlaceRef], towns: set[str], costs: Costs
) -> tuple[tuple[Spot, int], ...]:
    """Spots where cadres with these links can be met; links nobody lives at are left out."""
    known = sorted(link for link in links if link.town or link.village)
    reach: dict[Spot, int] = {link: 0 for link in known if link in villages}
    for link in known:
        if link.town in towns:
            near = costs.town_shared if link.village else costs.town_linked
            town = PlaceRef(link.town)
            reach[town] = min(near, reach.get(town, near))
    if known:
        reach[Wide.CITY] = costs.elsewhere
    reach[Wide.ANYWHERE] = costs.place_unknown
    return tuple(reach.items())


def _entries(household: HouseholdFacts, hubs: frozenset[Hub], costs: Costs) -> tuple[tuple[Hub, int], ...]:
    """The lowest hub for each need, free of charge, and the lowest for any field of work."""
    spots = way_up(household.place)
    missed = costs.need_missed if household.needs else 0
    wishes: list[tuple[Field | None, int]] = [(work, 0) for work in sorted(household.needs)]
    entries: list[tuple[Hub, int]] = []
    for work, cost in [*wishes, (None, missed)]:
        spot = next((spot for spot in spots if (spot, work) in hubs), None)
        if spot is not None:
            entries.append(((spot, work), cost))
    return tuple(entries)
