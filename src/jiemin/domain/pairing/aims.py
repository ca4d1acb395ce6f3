"""The strict order of aims, as weights so far apart that a later aim never outweighs an earlier.

The order: (1) households without a cadre, the deeper need counting more; (2) leaders without a
household (notice 二.1); (3) pairings in force that end; (4) ordinary cadres left idle, in
many-to-one mode; (5) pairings that begin, where some are in force already; (6) points of the cost
table. In a run that rebalances, (3) has a price in points instead and (5) is no aim.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jiemin.domain.pairing.costs import Costs, pair_cost
from jiemin.domain.pairing.facts import CadreFacts
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.rules import Mode


@dataclass(frozen=True, slots=True)
class Aims:
    """Points for each breach of aims 1 to 5.

    Two best pairings differ by cycles that meet every person and every unit at most once and the
    common root at most once, so one cycle changes at most n pairs (n: households or cadres who can
    change, whichever are fewer) and two of the amounts charged at the root. A weight larger than all
    that a cycle can save in later aims is enough, and stays small.
    """

    unpaired: int
    leader_without: int
    ended: int
    idle: int
    begun: int

    @classmethod
    def of(cls, problem: PairingProblem) -> "Aims":
        """Weights for this problem."""
        pairs, price = _longest_cycle(problem), problem.price_of_ending
        soft = pairs * (problem.costs.dearest_pair + (price or 0)) + _at_units_and_root(problem, pairs)
        begun = soft + 1 if problem.kept and price is None else 0
        later = soft + pairs * begun
        idle = (later + 1) if problem.rules.mode is Mode.MANY_TO_ONE else 0
        later += 2 * idle
        ended = later + 1 if price is None else price
        leader = later + (min(pairs, len(problem.kept)) * ended if price is None else 0) + 1
        return cls(unpaired=3 * leader, leader_without=leader, ended=ended, idle=idle, begun=begun)

    def left_alone(self, depth: int) -> int:
        """Points for a household without a cadre."""
        return self.unpaired * (depth + 1)

    def without(self, cadre: CadreFacts) -> int:
        """Points for a cadre who has to take a household and has none."""
        return self.leader_without if cadre.leader else self.idle


def _longest_cycle(problem: PairingProblem) -> int:
    """Most pairs that one cycle can change: no person can change twice."""
    rules, stay = problem.rules, problem.unmoved()
    unmoved = Counter(cadre for _, cadre in stay)
    loose = {cadre for _, cadre in problem.keepable() - stay}
    able = sum(
        cadre.key in loose or unmoved[cadre.key] < rules.most_households(cadre) for cadre in problem.cadres
    )
    return min(len(problem.households), able)


def _at_units_and_root(problem: PairingProblem, pairs: int) -> int:
    """Most points that a cycle can change in loads and in the queue for assistants."""
    costs, rules = problem.costs, problem.rules
    most = max(rules.leader_max, *rules.quota)
    staff, held = _staff(problem), free_loads(problem, problem.settled())
    dearest = max((costs.unit_load(held[unit] + most * n, n) for unit, n in staff.items()), default=0)
    units = min(pairs, len(staff)) if costs.unit_step else 0
    queue = costs.assistant(rules.cadres_per_household, 0)
    return 2 * (queue + (units + 1) * (costs.load(most) + dearest))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who has nobody and what ended, for a set of pairs."""

    unpaired_households: tuple[str, ...]
    leaders_without: tuple[str, ...]
    idle_cadres: tuple[str, ...]
    ended: tuple[PairKey, ...]
    objective: int


def outcome(problem: PairingProblem, pairs: Collection[PairKey], aims: Aims | None = None) -> Outcome:
    """Count from the pairs alone, without any network, what they leave undone and what they cost."""
    chosen, aims = set(pairs), aims or Aims.of(problem)
    of_household = {household for household, _ in chosen}
    of_cadre = {cadre for _, cadre in chosen}
    alone = {h.key: h.depth for h in problem.households if h.key not in of_household}
    free = {c.key: c.leader for c in problem.cadres if c.key not in of_cadre and not c.besides}
    leaders = tuple(sorted(key for key, leader in free.items() if leader))
    idle = tuple(sorted(key for key, leader in free.items() if not leader))
    ended = tuple(sorted(pair for pair in problem.kept if pair not in chosen))
    objective = (
        sum(aims.left_alone(depth) for depth in alone.values())
        + aims.leader_without * len(leaders)
        + aims.ended * len(ended)
        + aims.idle * len(idle)
        + aims.begun * sum(pair not in problem.kept for pair in chosen)
        + points(problem, chosen)
    )
    return Outcome(tuple(sorted(alone)), leaders, idle, ended, objective)


def points(problem: PairingProblem, pairs: Collection[PairKey]) -> int:
    """Points of aim 6: the pairs' own costs, assistants, loads of cadres and of units."""
    households = {household.key: household for household in problem.households}
    cadres = {cadre.key: cadre for cadre in problem.cadres}
    costs = problem.costs
    total = sum(pair_cost(households[h], cadres[c], costs, (h, c) in problem.kept) for h, c in pairs)
    for key, number in Counter(household for household, _ in pairs).items():
        depth = households[key].depth
        total += sum(costs.assistant(ordinal, depth) for ordinal in range(1, number))
    for key, number in Counter(cadre for _, cadre in pairs).items():
        besides = cadres[key].besides
        total += sum(costs.load(besides + ordinal) for ordinal in range(1, number + 1))
    return total + _unit_points(problem, pairs, costs)


def _unit_points(problem: PairingProblem, pairs: Iterable[PairKey], costs: Costs) -> int:
    staff = _staff(problem)
    return sum(
        costs.unit_load(ordinal, staff[unit])
        for unit, loads in free_loads(problem, pairs).items()
        for ordinal in range(1, loads + 1)
    )


def free_loads(problem: PairingProblem, pairs: Iterable[PairKey]) -> Counter[str]:
    """Unit → how many households its cadres have beyond those that each has to take."""
    cadres = {cadre.key: cadre for cadre in problem.cadres}
    loads: Counter[str] = Counter()
    for key, number in Counter(cadre for _, cadre in pairs).items():
        loads[cadres[key].unit] += max(0, number - problem.rules.least_households(cadres[key]))
    return loads


def _staff(problem: PairingProblem) -> Counter[str]:
    return Counter(cadre.unit for cadre in problem.cadres)


def unavoidable(problem: PairingProblem, aims: Aims | None = None) -> tuple[int, int]:
    """Least points that any pairing must pay for aims 1 and 2, by counting heads alone.

    Who has more than the limit already serves as many as that.
    """
    aims, rules, settled = aims or Aims.of(problem), problem.rules, problem.settled()
    of_household = Counter(household for household, _ in settled)
    of_cadre = Counter(cadre for _, cadre in settled)
    places = sum(max(rules.most_households(cadre), of_cadre[cadre.key]) for cadre in problem.cadres)
    depths = sorted(household.depth for household in problem.households)
    alone = depths[: max(0, len(depths) - places)]
    leaders = sum(cadre.leader and not cadre.besides for cadre in problem.cadres)
    room = sum(max(rules.cadres_per_household, of_household[home.key]) for home in problem.households)
    without = max(0, leaders - room)
    return sum(aims.left_alone(depth) for depth in alone), aims.leader_without * without
