"""Merge persons who are the same to the network, in an order that no row order can change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.depth import DEEPEST
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts
from jiemin.domain.pairing.fields import Field
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.reach import Reaches
from jiemin.domain.pairing.spots import Hub, Spot, spot_of, way_up


@dataclass(slots=True)
class CadreClass:
    """Cadres alike in all that costs; `reach` tells at which spots they can be met, and the cost.

    `unit` is "" where it makes no difference. `taken` counts the households that each member has
    already (fixed), `besides` those that are not in question, `free` how many more one may take, `least`
    how many one has to have.
    """

    unit: str
    leader: bool
    rank: int
    work: Field | None
    reach: tuple[tuple[Spot, int], ...]
    taken: int
    free: int
    least: int
    besides: int
    members: list[CadreFacts] = field(default_factory=list)

    def loads(self) -> range:
        """The ordinals of the households that each member may still take."""
        return range(self.taken + 1, self.taken + self.free + 1)


@dataclass(slots=True)
class HouseholdClass:
    """Households alike in all that costs; `entries` are the hubs where they enter, and the cost."""

    depth: int
    entries: tuple[tuple[Hub, int], ...]
    former_units: frozenset[str]
    taken: int
    members: list[HouseholdFacts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Apart:
    """Persons who must be a class of their own, having an arc or a bar of their own."""

    households: frozenset[str] = frozenset()
    cadres: frozenset[str] = frozenset()


def cadre_classes(problem: PairingProblem, fixed: Iterable[PairKey], apart: Apart) -> list[CadreClass]:
    """Classes of the cadres who may still take a household, by unit and key."""
    rules = problem.rules
    taken = Counter(cadre for _, cadre in fixed)
    reaches = Reaches(problem)
    needed = frozenset[Field]().union(*(h.needs for h in problem.households))
    former = frozenset[str]().union(*(h.former_units for h in problem.households))
    classes: dict[object, CadreClass] = {}
    for cadre in sorted(problem.cadres, key=lambda c: (c.unit, c.key)):
        least, most = rules.least_households(cadre), rules.most_households(cadre)
        free = most - taken[cadre.key]
        if free <= 0:
            continue
        reach = reaches.of(cadre)
        work = cadre.field if cadre.field in needed else None
        weighed = most > least and problem.costs.unit_step > 0
        unit = cadre.unit if weighed or cadre.unit in former else ""
        rank = min(cadre.rank, DEEPEST)
        alone = cadre.key if cadre.key in apart.cadres else ""
        taken_up = (most - free, free, least, cadre.besides)
        key = (unit, cadre.leader, rank, work, reach, taken_up, alone)
        if key not in classes:
            classes[key] = CadreClass(unit, cadre.leader, rank, work, reach, *taken_up)
        classes[key].members.append(cadre)
    return list(classes.values())


def household_classes(
    problem: PairingProblem, fixed: Iterable[PairKey], apart: Apart, hubs: frozenset[Hub]
) -> list[HouseholdClass]:
    """Classes of all households that may still take a cadre, by place and key."""
    taken = Counter(household for household, _ in fixed)
    entries: dict[object, tuple[tuple[Hub, int], ...]] = {}
    classes: dict[object, HouseholdClass] = {}
    for household in sorted(problem.households, key=lambda h: (h.place.town, h.place.village, h.key)):
        if taken[household.key] >= problem.rules.cadres_per_household:
            continue
        former = household.former_units
        kind = (household.place, household.taken_by, household.needs, bool(former))
        if kind not in entries:
            entries[kind] = _entries(household, hubs, problem.costs)
        alone = household.key if household.key in apart.households else ""
        key = (entries[kind], household.depth, former, taken[household.key], alone)
        if key not in classes:
            classes[key] = HouseholdClass(household.depth, entries[kind], former, taken[household.key])
        classes[key].members.append(household)
    return list(classes.values())


def hubs_of(classes: Iterable[CadreClass]) -> frozenset[Hub]:
    """The hubs where at least one cadre can be met."""
    return frozenset((spot, work) for one in classes for spot, _ in one.reach for work in {one.work, None})


def _entries(household: HouseholdFacts, hubs: frozenset[Hub], costs: Costs) -> tuple[tuple[Hub, int], ...]:
    """The lowest hub for each need, free of charge, and the lowest for any field of work.

    A household that a helper left pays for a change of unit; the cadres of that unit have arcs of
    their own.
    """
    spots = way_up(spot_of(household))
    changed = costs.unit_changed if household.former_units else 0
    missed = costs.need_missed if household.needs else 0
    wishes: list[tuple[Field | None, int]] = [(work, 0) for work in sorted(household.needs)]
    entries: list[tuple[Hub, int]] = []
    for work, cost in [*wishes, (None, missed)]:
        spot = next((spot for spot in spots if (spot, work) in hubs), None)
        if spot is not None:
            entries.append(((spot, work), cost + changed))
    return tuple(entries)
