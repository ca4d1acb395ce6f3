"""The strict order of aims, as weights so far apart that a later aim never outweighs an earlier.

The order: (1) households without a cadre, the deeper need counting more; (2) leaders without a
household (notice 二.1); (3) pairings in force that end; (4) ordinary cadres left idle, in
many-to-one mode; (5) points of the cost table.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from jiemin.domain.pairing.costs import pair_cost
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.rules import Mode


@dataclass(frozen=True, slots=True)
class Aims:
    """Points for each breach of aims 1 to 4.

    Two best pairings differ by cycles that meet every person at most once and the common root at
    most once, so one cycle changes at most n pairs (n the smaller side) and two of the amounts
    charged at the root. A weight larger than all that a cycle can save in later aims is enough,
    and stays small.
    """

    unpaired: int
    leader_without: int
    ended: int
    idle: int

    @classmethod
    def of(cls, problem: PairingProblem) -> "Aims":
        """Weights for this problem."""
        costs, rules = problem.costs, problem.rules
        cycle = min(len(problem.households), len(problem.cadres))
        soft = cycle * costs.dearest_pair + 2 * (
            costs.assistant(rules.cadres_per_household, 0) + costs.load(rules.leader_max)
        )
        idle = soft + 1
        ended = soft + 2 * idle + 1
        leader = soft + 2 * idle + min(cycle, len(problem.kept)) * ended + 1
        return cls(unpaired=3 * leader, leader_without=leader, ended=ended, idle=idle)

    def left_alone(self, depth: int) -> int:
        """Points for a household without a cadre."""
        return self.unpaired * (depth + 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who has nobody and what ended, for a set of pairs."""

    unpaired_households: tuple[str, ...]
    leaders_without: tuple[str, ...]
    idle_cadres: tuple[str, ...]
    ended: tuple[PairKey, ...]
    objective: int


def outcome(problem: PairingProblem, pairs: Collection[PairKey]) -> Outcome:
    """Count from the pairs alone, without any network, what they leave undone and what they cost."""
    chosen, aims = set(pairs), Aims.of(problem)
    of_household = Counter(household for household, _ in chosen)
    of_cadre = Counter(cadre for _, cadre in chosen)
    alone = {h.key: h.depth for h in problem.households if h.key not in of_household}
    free = {c.key: c.leader for c in problem.cadres if c.key not in of_cadre}
    leaders = tuple(sorted(key for key, leader in free.items() if leader))
    idle = tuple(sorted(key for key, leader in free.items() if not leader))
    ended = tuple(sorted(pair for pair in problem.kept if pair not in chosen))
    objective = (
        sum(aims.left_alone(depth) for depth in alone.values())
        + aims.leader_without * len(leaders)
        + aims.ended * len(ended)
        + (aims.idle * len(idle) if problem.rules.mode is Mode.MANY_TO_ONE else 0)
        + points(problem, chosen)
    )
    return Outcome(tuple(sorted(alone)), leaders, idle, ended, objective)


def points(problem: PairingProblem, pairs: Collection[PairKey]) -> int:
    """Points of aim 5: the pairs' own costs, assistants and leaders' loads."""
    households = {household.key: household for household in problem.households}
    cadres = {cadre.key: cadre for cadre in problem.cadres}
    costs = problem.costs
    total = sum(pair_cost(households[h], cadres[c], costs, (h, c) in problem.kept) for h, c in pairs)
    for key, number in Counter(household for household, _ in pairs).items():
        depth = households[key].depth
        total += sum(costs.assistant(ordinal, depth) for ordinal in range(1, number))
    for number in Counter(cadre for _, cadre in pairs).values():
        total += sum(costs.load(ordinal) for ordinal in range(1, number + 1))
    return total


def unavoidable(problem: PairingProblem) -> tuple[int, int]:
    """Least points that any pairing must pay for aims 1 and 2, by counting heads alone."""
    aims, rules = Aims.of(problem), problem.rules
    places = sum(rules.most_households(cadre.leader) for cadre in problem.cadres)
    depths = sorted(household.depth for household in problem.households)
    alone = depths[: max(0, len(depths) - places)]
    leaders = sum(cadre.leader for cadre in problem.cadres)
    without = max(0, leaders - len(depths) * rules.cadres_per_household)
    return sum(aims.left_alone(depth) for depth in alone), aims.leader_without * without
