"""The best pairing found by other means: trying all, a table of states, a linear programme."""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from jiemin.domain.codes import Role
from jiemin.domain.pairing import CadreFacts, HouseholdFacts, Mode, PairingProblem
from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.network import Network
from support.pairing import Worth, faults, pair_points, worth


def best_of_all(problem: PairingProblem) -> Worth:
    """The best worth, by trying every set of pairs there is; for a dozen possible pairs at most."""
    possible = [(home.key, one.key) for home, one in product(problem.households, problem.cadres)]
    pinned = unmoved(problem)
    sets = (set(some) for n in range(len(possible) + 1) for some in combinations(possible, n))
    return min(worth(problem, some) for some in sets if pinned <= some and not faults(problem, some))


def unmoved(problem: PairingProblem) -> set[tuple[str, str]]:
    """The pairings in force that no run may end: leads, and what people made."""
    return {pair for pair in problem.keepable() if problem.kept[pair] is Role.LEAD or pair in problem.pinned}


_NEVER = np.iinfo(np.int64).max // 2
_STEPS = (10**13, 10**11, 10**9, 10**7, 1)
"""So far apart that no later aim of a small problem reaches an earlier one."""


def best_by_table(problem: PairingProblem) -> Worth:
    """The best worth, cadre by cadre over a table of how many cadres each household has so far."""
    rules, homes = problem.rules, problem.households
    limit = min(1 if rules.mode is Mode.ONE_TO_ONE else rules.cadres_max, len(problem.cadres))
    table = np.full((limit + 1,) * len(homes), _NEVER, np.int64)
    table[(0,) * len(homes)] = 0
    stay = unmoved(problem)
    for one in problem.cadres:
        must = {n for n, home in enumerate(homes) if (home.key, one.key) in stay}
        more = np.full_like(table, _NEVER)
        free = [n for n, home in enumerate(homes) if (home.key, one.key) not in problem.barred]
        load = rules.leader_max if one.leader else 1
        choices = (some for size in range(load + 1) for some in combinations(free, size))
        for taken in (some for some in choices if must <= set(some)):
            cost = _of_one_cadre(problem, one, [homes[n] for n in taken])
            source = tuple(slice(0, -1 if n in taken else None) for n in range(len(homes)))
            target = tuple(slice(1 if n in taken else 0, None) for n in range(len(homes)))
            more[target] = np.minimum(more[target], table[source] + cost)
        table = more
    for axis, home in enumerate(homes):
        costs = problem.costs
        alone = [(home.depth + 1) * _STEPS[0], 0]
        for n in range(limit - 1):
            alone.append(alone[-1] + costs.assistant_step * (4 * n + 4 - home.depth))
        shape = [1] * len(homes)
        shape[axis] = limit + 1
        table = table + np.array(alone[: limit + 1], np.int64).reshape(shape)
    return _decoded(int(table.min()) + _STEPS[2] * _strange(problem))


def _of_one_cadre(problem: PairingProblem, one: CadreFacts, taken: list[HouseholdFacts]) -> int:
    chosen = {(home.key, one.key) for home in taken}
    costs, kept = problem.costs, {pair for pair in problem.kept if pair[1] == one.key}
    code = sum(pair_points(home, one, costs, (home.key, one.key) in kept) for home in taken)
    code += costs.load_step * len(taken) * (len(taken) - 1) // 2
    code += _STEPS[2] * len(kept - chosen)
    if not taken:
        code += _STEPS[1] * one.leader
        code += _STEPS[3] * (not one.leader and problem.rules.mode is Mode.MANY_TO_ONE)
    return code


def _strange(problem: PairingProblem) -> int:
    """Pairings in force of cadres who take part no more: they end whatever is done."""
    helpers = {one.key for one in problem.cadres}
    return sum(pair[1] not in helpers for pair in problem.kept)


def _decoded(code: int) -> Worth:
    parts = []
    for step in _STEPS:
        parts.append(code // step)
        code %= step
    return parts[0], parts[1], parts[2], parts[3], parts[4]


class _Programme:
    """A linear programme with variables in [0, 1], written row by row."""

    def __init__(self) -> None:
        self.costs: list[int] = []
        self.entries: list[tuple[int, int, int]] = []
        self.sides: list[int] = []

    def variable(self, cost: int) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def equation(self, terms: Iterator[tuple[int, int]], side: int) -> None:
        self.entries += [(len(self.sides), variable, factor) for variable, factor in terms]
        self.sides.append(side)

    def least(self, upper: int | list[int] = 1) -> int:
        """The least cost there is; the programme is a flow, so whole numbers reach it."""
        rows, columns, factors = zip(*self.entries, strict=True)
        matrix = coo_array((factors, (rows, columns)), shape=(len(self.sides), len(self.costs)))
        bounds = [(0, upper)] * len(self.costs) if isinstance(upper, int) else [(0, each) for each in upper]
        found = linprog(self.costs, A_eq=matrix.tocsr(), b_eq=self.sides, bounds=bounds, method="highs")
        assert found.status == 0, found.message
        return round(float(found.fun))


def least_flow_cost(network: Network) -> int:
    """The least cost of a flow, by HiGHS."""
    programme = _Programme()
    for cost in network.cost:
        programme.variable(cost)
    ends: list[list[tuple[int, int]]] = [[] for _ in range(network.nodes)]
    for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
        ends[tail].append((arc, 1))
        ends[head].append((arc, -1))
    for node, terms in enumerate(ends):
        programme.equation(iter(terms), network.supply[node])
    return programme.least(network.capacity)


def least_objective(problem: PairingProblem) -> int:
    """The least objective, by HiGHS over one variable for every pair: no hubs, no classes."""
    aims, costs, rules = Aims.of(problem), problem.costs, problem.rules
    programme = _Programme()
    pairs = {
        (home.key, one.key): programme.variable(_price(problem, home, one, aims))
        for home, one in product(problem.households, problem.cadres)
        if (home.key, one.key) not in problem.barred
    }
    for home in problem.households:
        terms = [(number, 1) for (key, _), number in pairs.items() if key == home.key]
        terms.append((programme.variable(aims.left_alone(home.depth)), 1))
        terms += [
            (programme.variable(costs.assistant_step * (4 * n + 4 - home.depth)), -1)
            for n in range(rules.cadres_per_household - 1)
        ]
        programme.equation(iter(terms), 1)
    for pair in unmoved(problem):
        programme.equation(iter([(pairs[pair], 1)]), 1)
    many = rules.mode is Mode.MANY_TO_ONE
    for one in problem.cadres:
        terms = [(number, 1) for (_, key), number in pairs.items() if key == one.key]
        without = aims.leader_without if one.leader else aims.idle if many else 0
        first = [(programme.variable(without), 1), (programme.variable(0), 1)]
        programme.equation(iter(first), 1)
        loads = [first[1][0]]
        if one.leader:
            loads += [programme.variable(costs.load_step * n) for n in range(1, rules.leader_max)]
        programme.equation(iter([*terms, *((number, -1) for number in loads)]), 0)
    return programme.least() + aims.ended * len(problem.kept)


def _price(problem: PairingProblem, home: HouseholdFacts, one: CadreFacts, aims: Aims) -> int:
    kept = (home.key, one.key) in problem.kept
    return pair_points(home, one, problem.costs, kept) - aims.ended * kept
