"""Pairing facts in few words, and what a pairing is worth counted by a second hand.

`worth` is written from the words of the rules, not from the program's weights: five whole numbers,
one for each aim in its order, of which the first that differs decides.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import product

from jiemin.domain.pairing import (
    CadreFacts,
    Costs,
    Field,
    HouseholdFacts,
    Mode,
    PairingProblem,
    PairingResult,
    PlaceRef,
)
from jiemin.domain.pairing.problem import PairKey

Worth = tuple[int, int, int, int, int]
"""Depths left alone, leaders without, pairings ended, cadres idle, points; fewer is better."""

NOWHERE, TOWN, OTHER_TOWN = PlaceRef(), PlaceRef("T1"), PlaceRef("T2")
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = PlaceRef("T1", "T1/a"), PlaceRef("T1", "T1/b"), PlaceRef("T2", "T2/c")
PLACES = (NOWHERE, TOWN, OTHER_TOWN, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE)


def household(
    key: str, place: PlaceRef = NOWHERE, needs: Iterable[Field] = (), depth: int = 0
) -> HouseholdFacts:
    """A household of which only what matters is said."""
    return HouseholdFacts(key, place, frozenset(needs), depth)


def cadre(
    key: str,
    links: Iterable[PlaceRef] = (),
    *,
    leader: bool = False,
    rank: int = 0,
    field: Field | None = None,
    unit: str = "U1",
) -> CadreFacts:
    """A cadre of whom only what matters is said."""
    return CadreFacts(key, unit, field, leader, rank, frozenset(links))


def pair_points(home: HouseholdFacts, helper: CadreFacts, costs: Costs, kept: bool) -> int:
    """Points of one pair, by the table in the words of `Costs`."""
    links = [link for link in helper.links if link != NOWHERE]
    if not links or home.place == NOWHERE:
        near = costs.place_unknown
    elif home.place.village and home.place in links:
        near = 0
    elif home.place.town and PlaceRef(home.place.town) in links:
        near = costs.town_linked
    elif home.place.town in {link.town for link in links}:
        near = costs.town_shared
    else:
        near = costs.elsewhere
    missed = bool(home.needs) and helper.field not in home.needs
    rank = costs.rank_step * max(0, home.depth - helper.rank)
    return near + missed * costs.need_missed + rank + (not kept) * costs.new_pairing


def worth(problem: PairingProblem, pairs: Collection[PairKey]) -> Worth:
    """What a set of pairs is worth, aim by aim."""
    costs, most = problem.costs, Counter(h for h, _ in pairs)
    loads = Counter(c for _, c in pairs)
    points = sum(
        pair_points(home, helper, costs, (home.key, helper.key) in problem.kept)
        for home, helper in product(problem.households, problem.cadres)
        if (home.key, helper.key) in pairs
    )
    for home in problem.households:  # the n-th assistant waits for all who have fewer, the deepest first
        points += sum(costs.assistant_step * (4 * n + 4 - home.depth) for n in range(most[home.key] - 1))
    points += sum(costs.load_step * load * (load - 1) // 2 for load in loads.values())
    many = problem.rules.mode is Mode.MANY_TO_ONE
    return (
        sum(home.depth + 1 for home in problem.households if not most[home.key]),
        sum(one.leader and not loads[one.key] for one in problem.cadres),
        sum(pair not in pairs for pair in problem.kept),
        sum(many and not one.leader and not loads[one.key] for one in problem.cadres),
        points,
    )


def faults(problem: PairingProblem, pairs: Collection[PairKey]) -> list[str]:
    """Which rules a set of pairs breaks."""
    rules, homes = problem.rules, {home.key for home in problem.households}
    helpers = {one.key: one for one in problem.cadres}
    found = [f"barred {pair}" for pair in pairs if pair in problem.barred]
    found += [f"unknown {pair}" for pair in pairs if pair[0] not in homes or pair[1] not in helpers]
    most = 1 if rules.mode is Mode.ONE_TO_ONE else rules.cadres_max
    found += [f"too many {key}" for key, n in Counter(h for h, _ in pairs).items() if n > most]
    for key, load in Counter(c for _, c in pairs).items():
        if load > (rules.leader_max if helpers[key].leader else 1):
            found.append(f"overloaded {key}")
    return found


def keys(result: PairingResult) -> set[PairKey]:
    """The result's pairs as keys."""
    return {(pair.household, pair.cadre) for pair in result.pairs}
