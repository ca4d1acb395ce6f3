"""Pairing facts in few words, and what a pairing is worth counted by a second hand.

`worth` is written from the words of the rules, not from the program's weights: six whole numbers,
one for each aim in its order, of which the first that differs decides.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import product

from jiemin.domain.codes import Role
from jiemin.domain.pairing import (
    CadreFacts,
    Costs,
    Field,
    HouseholdFacts,
    Mode,
    PairingProblem,
    PairingResult,
    PlaceRef,
    Rules,
)
from jiemin.domain.pairing.problem import PairKey

Worth = tuple[int, int, int, int, int, int]
"""Depths left alone, leaders without, pairings ended, cadres idle, pairings begun, points; fewer is
better."""

NOWHERE, TOWN, OTHER_TOWN = PlaceRef(), PlaceRef("T1"), PlaceRef("T2")
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = PlaceRef("T1", "T1/a"), PlaceRef("T1", "T1/b"), PlaceRef("T2", "T2/c")
PLACES = (NOWHERE, TOWN, OTHER_TOWN, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE)


def household(
    key: str,
    place: PlaceRef = NOWHERE,
    needs: Iterable[Field] = (),
    depth: int = 0,
    *,
    former_units: Iterable[str] = (),
    taken_by: Iterable[str] = (),
) -> HouseholdFacts:
    """A household of which only what matters is said."""
    return HouseholdFacts(key, place, frozenset(needs), depth, frozenset(former_units), frozenset(taken_by))


def cadre(
    key: str,
    links: Iterable[PlaceRef] = (),
    *,
    leader: bool = False,
    rank: int = 0,
    field: Field | None = None,
    unit: str = "U1",
    held: Iterable[PlaceRef] = (),
    besides: int = 0,
) -> CadreFacts:
    """A cadre of whom only what matters is said."""
    return CadreFacts(key, unit, field, leader, rank, frozenset(links), frozenset(held), besides)


def homes(*depths: int) -> tuple[HouseholdFacts, ...]:
    """Households H1, H2, … of one village, of these depths of need."""
    return tuple(household(f"H{n}", VILLAGE, depth=depth) for n, depth in enumerate(depths, start=1))


def staff(count: int, *, leaders: int = 0) -> tuple[CadreFacts, ...]:
    """Cadres C1, C2, … of one unit, the first of them leaders."""
    return tuple(
        cadre(f"C{n}", leader=n <= leaders, rank=3 if n <= leaders else 0) for n in range(1, count + 1)
    )


def in_force(*pairs: PairKey) -> dict[PairKey, Role]:
    """Pairings in force that the program assigned, each a lead."""
    return dict.fromkeys(pairs, Role.LEAD)


def pair_points(home: HouseholdFacts, helper: CadreFacts, costs: Costs, kept: bool) -> int:
    """Points of one pair, by the table in the words of `Costs`."""
    links = [link for link in helper.links if link != NOWHERE]
    if not links or home.place == NOWHERE:
        near = costs.place_unknown
    elif home.place.village and home.place in links:
        near = 0
    elif home.place.town and PlaceRef(home.place.town) in links:
        near = costs.town_linked
    elif home.place.town in {link.town for link in links} - {""}:
        near = costs.town_shared
    else:
        near = costs.elsewhere
    missed = bool(home.needs) and helper.field not in home.needs
    rank = costs.rank_step * max(0, home.depth - helper.rank)
    changed = bool(home.former_units) and helper.unit not in home.former_units
    own = missed * costs.need_missed + rank + changed * costs.unit_changed + (not kept) * costs.new_pairing
    return near + _apart(home.place, helper.held, costs) + own


def _apart(place: PlaceRef, held: Collection[PlaceRef], costs: Costs) -> int:
    """Points for a household away from those that the cadre helps already."""
    if not held or place in held:
        return 0
    return costs.village_apart if place.town in {one.town for one in held} - {""} else costs.town_apart


def may_begin(home: HouseholdFacts, helper: CadreFacts, rules: Rules) -> bool:
    """Whether villages taken and binding links leave a pair open that is not in force."""
    if home.taken_by:
        return helper.unit in home.taken_by
    links = helper.links - {NOWHERE}
    if not rules.links_bind or not links:
        return True
    return home.place in links or (home.place.town != "" and PlaceRef(home.place.town) in links)


def possible_pairs(problem: PairingProblem) -> list[PairKey]:
    """All pairs there can be: not barred, and in force, required or open."""
    stay = problem.required | problem.kept.keys()
    return [
        pair
        for home, one in product(problem.households, problem.cadres)
        if (pair := (home.key, one.key)) not in problem.barred
        and (pair in stay or may_begin(home, one, problem.rules))
    ]


def least_of(rules: Rules, one: CadreFacts) -> int:
    """Households that a cadre has to take: under a quota only leaders have to, and nobody who helps
    somebody besides."""
    return int((one.leader or rules.mode is not Mode.QUOTA) and not one.besides)


def most_of(rules: Rules, one: CadreFacts) -> int:
    """Households that a cadre may have, less those besides."""
    most = rules.leader_max if one.leader else 1
    if rules.mode is Mode.QUOTA:
        most = max(rules.quota[one.rank], int(one.leader))
    return max(0, most - one.besides)


def load_points(costs: Costs, one: CadreFacts, load: int) -> int:
    """Points of a cadre's first, second … household: a step more for each that he or she has already."""
    return costs.load_step * sum(one.besides + n for n in range(load))


def most_cadres(rules: Rules) -> int:
    """Cadres that a household may have."""
    return 1 if rules.mode is Mode.ONE_TO_ONE else rules.cadres_max


def lasting(problem: PairingProblem) -> set[PairKey]:
    """The pairs that are in the answer whatever it costs.

    Those required, and of those in force what people made, all of somebody who has more than the
    limit already and, in a run that repairs, leads.
    """
    known = set(product((home.key for home in problem.households), (one.key for one in problem.cadres)))
    required, kept = known & problem.required, known & problem.kept.keys() - problem.barred
    homes, loads = Counter(h for h, _ in required | kept), Counter(c for _, c in required | kept)
    repairs, helpers = problem.price_of_ending is None, {one.key: one for one in problem.cadres}
    return required | {
        (home, helper)
        for home, helper in kept
        if (repairs and problem.kept[home, helper] is Role.LEAD)
        or (home, helper) in problem.pinned
        or homes[home] > most_cadres(problem.rules)
        or loads[helper] > most_of(problem.rules, helpers[helper])
    }


def worth(problem: PairingProblem, pairs: Collection[PairKey]) -> Worth:
    """What a set of pairs is worth, aim by aim."""
    most, loads = Counter(h for h, _ in pairs), Counter(c for _, c in pairs)
    many = problem.rules.mode is Mode.MANY_TO_ONE
    ended = sum(pair not in pairs for pair in problem.kept)
    begun = sum(pair not in problem.kept for pair in pairs) if problem.kept else 0
    points = points_of(problem, pairs)
    if problem.price_of_ending is not None:
        ended, begun, points = 0, 0, points + problem.price_of_ending * ended
    return (
        sum(home.depth + 1 for home in problem.households if not most[home.key]),
        sum(one.leader and not loads[one.key] and not one.besides for one in problem.cadres),
        ended,
        sum(many and not one.leader and not loads[one.key] and not one.besides for one in problem.cadres),
        begun,
        points,
    )


def points_of(problem: PairingProblem, pairs: Collection[PairKey]) -> int:
    """Points of the pairs, of assistants, of each cadre's load and of each unit's."""
    costs, most, loads = problem.costs, Counter(h for h, _ in pairs), Counter(c for _, c in pairs)
    points = sum(
        pair_points(home, helper, costs, (home.key, helper.key) in problem.kept)
        for home, helper in product(problem.households, problem.cadres)
        if (home.key, helper.key) in pairs
    )
    for home in problem.households:
        points += sum(assistant_points(costs, home.depth, n) for n in range(1, most[home.key]))
    points += sum(load_points(costs, one, loads[one.key]) for one in problem.cadres)
    for unit in {one.unit for one in problem.cadres}:
        staff = [one for one in problem.cadres if one.unit == unit]
        extra = sum(max(0, loads[one.key] - least_of(problem.rules, one)) for one in staff)
        points += sum(unit_points(costs, n, len(staff)) for n in range(1, extra + 1))
    return points


def assistant_points(costs: Costs, depth: int, ordinal: int) -> int:
    """The n-th assistant waits for all households that have fewer, and for the deeper in need."""
    return costs.assistant_step * (4 * ordinal - depth)


def unit_points(costs: Costs, ordinal: int, staff: int) -> int:
    """The n-th household that a unit takes freely: a step more for each quarter household per head."""
    quarter = (staff + 3) // 4
    return costs.unit_step * ((ordinal - 1) // quarter)


def faults(problem: PairingProblem, pairs: Collection[PairKey]) -> list[str]:
    """Which rules a set of pairs breaks.

    Only who gets a new pair that is not required has to keep to the limits: what is required or in
    force stays beyond them.
    """
    rules, helpers = problem.rules, {one.key: one for one in problem.cadres}
    homes = {home.key: home for home in problem.households}
    found = [f"unknown {pair}" for pair in pairs if pair[0] not in homes or pair[1] not in helpers]
    if found:
        return found
    found += [f"barred {pair}" for pair in pairs if pair in problem.barred]
    found += [f"missing {pair}" for pair in lasting(problem) if pair not in pairs]
    chosen = [pair for pair in pairs if pair not in problem.kept and pair not in problem.required]
    found += [f"not open {h, c}" for h, c in chosen if not may_begin(homes[h], helpers[c], rules)]
    most, loads = Counter(h for h, _ in pairs), Counter(c for _, c in pairs)
    found += [f"too many {key}" for key in {h for h, _ in chosen} if most[key] > most_cadres(rules)]
    return found + [
        f"overloaded {key}" for key in {c for _, c in chosen} if loads[key] > most_of(rules, helpers[key])
    ]


def keys(result: PairingResult) -> set[PairKey]:
    """The result's pairs as keys."""
    return {(pair.household, pair.cadre) for pair in result.pairs}
