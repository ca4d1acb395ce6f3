"""The best pairing found by other means: trying all, a table of states, a linear programme.

None of them knows the program's network or its weights: they speak of pairs, and of the aims in
their order.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from jiemin.domain.pairing import CadreFacts, Mode, PairingProblem
from jiemin.domain.pairing.network import Network
from jiemin.domain.pairing.problem import PairKey
from support.pairing import (
    Worth,
    assistant_points,
    faults,
    lasting,
    least_of,
    load_points,
    most_cadres,
    most_of,
    pair_points,
    possible_pairs,
    unit_points,
    worth,
)

AIMS = 6


def best_of_all(problem: PairingProblem) -> Worth:
    """The best worth, by trying every set of pairs there is; for a dozen possible pairs at most."""
    stay = lasting(problem)
    others = [pair for pair in possible_pairs(problem) if pair not in stay]
    sets = (stay.union(some) for n in range(len(others) + 1) for some in combinations(others, n))
    return min(worth(problem, some) for some in sets if not faults(problem, some))


class _Counted:
    """What the table and the programme ask of a problem, pair by pair and person by person."""

    def __init__(self, problem: PairingProblem) -> None:
        self.problem = problem
        self.homes = {home.key: home for home in problem.households}
        self.helpers = {one.key: one for one in problem.cadres}
        self.pairs, self.stay = possible_pairs(problem), lasting(problem)
        self.repairs = problem.price_of_ending is None
        homes, loads = Counter(h for h, _ in self.stay), Counter(c for _, c in self.stay)
        self.most = {key: max(most_cadres(problem.rules), homes[key]) for key in self.homes}
        self.loads = {key: max(most_of(problem.rules, one), loads[key]) for key, one in self.helpers.items()}

    def chosen(self, pair: PairKey) -> Worth:
        """What a pair adds."""
        home, one, kept = self.homes[pair[0]], self.helpers[pair[1]], pair in self.problem.kept
        begun = self.repairs and bool(self.problem.kept) and not kept
        return 0, 0, 0, 0, int(begun), pair_points(home, one, self.problem.costs, kept)

    def ended(self, times: int = 1) -> Worth:
        """What pairings in force add that end."""
        price = self.problem.price_of_ending
        return (0, 0, times, 0, 0, 0) if price is None else (0, 0, 0, 0, 0, times * price)

    def without(self, one: CadreFacts) -> Worth:
        """What a cadre adds who has no household."""
        idle = not one.leader and self.problem.rules.mode is Mode.MANY_TO_ONE
        return 0, int(one.leader and not one.besides), 0, int(idle and not one.besides), 0, 0

    def lost(self) -> int:
        """How many pairings in force end whatever is done."""
        return len(self.problem.kept.keys() - set(self.pairs))


_NEVER = np.iinfo(np.int64).max // 2
_STEPS = (10**15, 10**13, 10**11, 10**9, 10**7, 1)
"""So far apart that no later aim of a small problem reaches an earlier one."""


def _code(parts: Iterable[int]) -> int:
    return sum(part * step for part, step in zip(parts, _STEPS, strict=True))


def best_by_table(problem: PairingProblem) -> Worth:
    """The best worth, cadre by cadre over a table of how many cadres each household has so far.

    While the cadres of one unit are gone through, a last axis counts what they take freely.
    """
    counted = _Counted(problem)
    shape = tuple(min(most, len(problem.cadres)) + 1 for most in counted.most.values())
    table = np.full(shape, _NEVER, np.int64)
    table[(0,) * len(shape)] = 0
    for unit in sorted({one.unit for one in problem.cadres}):
        table = _after_unit(counted, table, [one for one in problem.cadres if one.unit == unit])
    for axis, home in enumerate(problem.households):
        codes = [(home.depth + 1) * _STEPS[0], 0]
        for n in range(1, shape[axis] - 1):
            codes.append(codes[-1] + assistant_points(problem.costs, home.depth, n))
        table = table + np.array(codes[: shape[axis]], np.int64).reshape(
            [-1 if n == axis else 1 for n in range(len(shape))]
        )
    return _decoded(int(table.min()) + _code(counted.ended(counted.lost())))


def _after_unit(counted: _Counted, table: NDArray[np.int64], staff: list[CadreFacts]) -> NDArray[np.int64]:
    """The table once all cadres of a unit have taken their households."""
    rules, costs = counted.problem.rules, counted.problem.costs
    free = sum(min(counted.loads[one.key], table.ndim) - least_of(rules, one) for one in staff)
    wide = np.full((*table.shape, max(0, free) + len(staff) + 1), _NEVER, np.int64)
    wide[..., 0] = table
    for one in staff:
        wide = _after_cadre(counted, wide, one)
    codes = [0]
    for n in range(1, wide.shape[-1]):
        codes.append(codes[-1] + unit_points(costs, n, len(staff)))
    return np.asarray((wide + np.array(codes, np.int64)).min(axis=-1))


def _after_cadre(counted: _Counted, table: NDArray[np.int64], one: CadreFacts) -> NDArray[np.int64]:
    axes = {key: axis for axis, key in enumerate(counted.homes)}
    mine = [pair for pair in counted.pairs if pair[1] == one.key]
    must = counted.stay.intersection(mine)
    open_pairs = [pair for pair in mine if pair not in must]
    kept = counted.problem.kept.keys() & set(mine)
    more = np.full_like(table, _NEVER)
    for size in range(counted.loads[one.key] - len(must) + 1):
        for some in combinations(open_pairs, size):
            taken = must.union(some)
            code = sum(_code(counted.chosen(pair)) for pair in taken)
            code += _code(counted.ended(len(kept - taken)))
            code += load_points(counted.problem.costs, one, len(taken))
            code += 0 if taken else _code(counted.without(one))
            extra = max(0, len(taken) - least_of(counted.problem.rules, one))
            shift = [int(key in {home for home, _ in taken}) for key in axes] + [extra]
            source = tuple(slice(0, size - by) for size, by in zip(table.shape, shift, strict=True))
            target = tuple(slice(by, None) for by in shift)
            more[target] = np.minimum(more[target], table[source] + code)
    return more


def _decoded(code: int) -> Worth:
    parts = []
    for step in _STEPS:
        parts.append(code // step)
        code %= step
    return parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]


class _Programme:
    """A linear programme written row by row, of which one aim after the other is made least."""

    def __init__(self) -> None:
        self.costs: list[tuple[int, ...]] = []
        self.bounds: list[tuple[int, int]] = []
        self.entries: list[tuple[int, int, int]] = []
        self.sides: list[int] = []

    def variable(self, costs: tuple[int, ...], low: int = 0, high: int = 1) -> int:
        self.costs.append(costs)
        self.bounds.append((low, high))
        return len(self.costs) - 1

    def equation(self, terms: Iterable[tuple[int, int]], side: int = 0) -> None:
        self.entries += [(len(self.sides), variable, factor) for variable, factor in terms]
        self.sides.append(side)

    def least(self) -> list[int]:
        """The least of each aim, those before it staying so.

        The programme is a flow, so whole numbers reach it; and what is best by one aim is a face of
        it, so they reach the next aim's least too.
        """
        if not self.costs:
            return []
        rows, columns, factors = zip(*self.entries, strict=True) if self.entries else ((), (), ())
        equations = csr_array((factors, (rows, columns)), shape=(len(self.sides), len(self.costs)))
        found: list[int] = []
        for n, aim in enumerate(zip(*self.costs, strict=True)):
            before = [each for each, _ in zip(zip(*self.costs, strict=True), range(n), strict=False)]
            least = linprog(
                aim,
                A_ub=csr_array(np.array(before, float)) if before else None,
                b_ub=found or None,
                A_eq=equations if self.sides else None,
                b_eq=self.sides or None,
                bounds=self.bounds,
                method="highs",
            )
            assert least.status == 0, least.message
            found.append(round(float(least.fun)))
        return found


def least_flow_cost(network: Network) -> int:
    """The least cost of a flow, by HiGHS."""
    programme = _Programme()
    for cost, capacity in zip(network.cost, network.capacity, strict=True):
        programme.variable((cost,), high=capacity)
    ends: list[list[tuple[int, int]]] = [[] for _ in range(network.nodes)]
    for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
        ends[tail].append((arc, 1))
        ends[head].append((arc, -1))
    for node, terms in enumerate(ends):
        programme.equation(terms, network.supply[node])
    return programme.least()[0]


def best_by_programme(problem: PairingProblem) -> Worth:
    """The best worth, by HiGHS over one variable for every pair: no hubs, no classes, no weights."""
    counted, programme = _Counted(problem), _Programme()
    constant = np.array(counted.ended(counted.lost()))
    of_home: dict[str, list[int]] = {key: [] for key in counted.homes}
    of_helper: dict[str, list[int]] = {key: [] for key in counted.helpers}
    for pair in counted.pairs:
        costs = np.array(counted.chosen(pair))
        if pair in problem.kept:
            constant += counted.ended()
            costs -= counted.ended()
        number = programme.variable(tuple(costs.tolist()), low=int(pair in counted.stay))
        of_home[pair[0]].append(number)
        of_helper[pair[1]].append(number)
    for home in problem.households:
        alone = programme.variable((home.depth + 1, *[0] * (AIMS - 1)))
        queue = [
            programme.variable(_points(assistant_points(problem.costs, home.depth, n)))
            for n in range(1, counted.most[home.key])
        ]
        programme.equation([*((n, 1) for n in of_home[home.key]), (alone, 1), *((n, -1) for n in queue)], 1)
    free: dict[str, list[int]] = {one.unit: [] for one in problem.cadres}
    for one in problem.cadres:
        constant += counted.without(one)
        first = tuple(-part for part in counted.without(one))
        places = [
            programme.variable(
                tuple(
                    np.add(
                        _points(problem.costs.load_step * (one.besides + n)), first if not n else 0
                    ).tolist()
                )
            )
            for n in range(counted.loads[one.key])
        ]
        programme.equation([*((n, 1) for n in of_helper[one.key]), *((n, -1) for n in places)])
        free[one.unit] += places[least_of(problem.rules, one) :]
    for unit, places in free.items():
        staff = sum(one.unit == unit for one in problem.cadres)
        steps = [
            programme.variable(_points(unit_points(problem.costs, n, staff)))
            for n in range(1, len(places) + 1)
        ]
        programme.equation([*((n, 1) for n in places), *((n, -1) for n in steps)])
    parts = (constant + np.array(programme.least() or [0] * AIMS)).tolist()
    return parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]


def _points(points: int) -> tuple[int, ...]:
    return (*[0] * (AIMS - 1), points)
