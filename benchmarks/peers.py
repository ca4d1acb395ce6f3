"""Other people's ways to pair, each given the same facts and asked for (household, cadre) numbers.

Rules of all: one cadre for each household, one household for a cadre but up to `leader_max` for a leader.
What a peer cannot say it leaves out, and the recount shows what that costs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from jiemin.domain.pairing import Costs, Mode, PairingProblem, PlaceRef, Rules, solve
from jiemin.domain.pairing.solve import SolverName

Pairs = list[tuple[int, int]]
LEADER_WITHOUT, ALONE = 10**6, 10**7
"""Stand for "before all points" in what the peers are told."""


@dataclass
class Told:
    """A problem as the peers take it: points of every pair, in numbers instead of keys."""

    problem: PairingProblem
    costs: Costs
    rules: Rules
    pair_points: Any

    @classmethod
    def of(cls, problem: PairingProblem) -> "Told":
        """The problem with its table of points."""
        return cls(problem, problem.costs, problem.rules, pair_points(problem))

    def seats(self, cadre: int) -> list[int]:
        """What each household that the cadre may take costs besides the pair."""
        leader = self.problem.cadres[cadre].leader
        steps = [self.costs.load_step * n for n in range(self.rules.leader_max if leader else 1)]
        return [steps[0] - LEADER_WITHOUT * leader, *steps[1:]]

    def unit_rungs(self, unit: str) -> list[tuple[int, int]]:
        """How many households of the unit beyond one for each cadre cost how much, step by step."""
        staff = [cadre for cadre in self.problem.cadres if cadre.unit == unit]
        free = sum((self.rules.leader_max - 1) * cadre.leader for cadre in staff)
        rung = -(-len(staff) // 4)
        return [(min(rung, free - n), self.costs.unit_step * (n // rung)) for n in range(0, free, rung)]


def pair_points(problem: PairingProblem) -> Any:
    """Points of each pair by the words of the cost table; links are one place for each cadre."""
    costs = problem.costs
    table = np.empty((len(problem.households), len(problem.cadres)), np.int32)
    links = [next(iter(cadre.links)) for cadre in problem.cadres]
    in_town = {town: np.array([link.town == town for link in links]) for town in {x.town for x in links}}
    whole = np.array([not link.village for link in links])
    at: dict[PlaceRef, Any] = {}
    works = [cadre.field for cadre in problem.cadres]
    serves = {work: np.array([one == work for one in works]) for work in set(works) if work}
    ranks = np.array([cadre.rank for cadre in problem.cadres])
    for row, home in enumerate(problem.households):
        if home.place not in at:
            near = np.where(in_town[home.place.town], costs.town_shared, costs.elsewhere)
            near[in_town[home.place.town] & whole] = costs.town_linked
            near[np.array([link == home.place for link in links])] = 0
            at[home.place] = near
        missed = np.full(len(works), bool(home.needs))
        for work in home.needs:
            missed &= ~serves.get(work, np.zeros(len(works), bool))
        short = np.maximum(0, home.depth - ranks)
        table[row] = at[home.place] + missed * costs.need_missed + short * costs.rank_step + costs.new_pairing
    return table


def recount(told: Told, pairs: Iterable[tuple[int, int]]) -> tuple[int, int, int]:
    """Households left without a cadre, leaders without a household, and points."""
    problem, costs, pairs = told.problem, told.costs, list(pairs)
    loads = Counter(cadre for _, cadre in pairs)
    served = {home for home, _ in pairs}
    assert len(pairs) == len(served), "a household has two cadres"
    assert all(
        load <= (told.rules.leader_max if problem.cadres[one].leader else 1) for one, load in loads.items()
    )
    points = sum(int(told.pair_points[home, cadre]) for home, cadre in pairs)
    points += sum(costs.load_step * load * (load - 1) // 2 for load in loads.values())
    free: Counter[str] = Counter()
    for one, load in loads.items():
        free[problem.cadres[one].unit] += load - 1
    staff = Counter(cadre.unit for cadre in problem.cadres)
    for unit, number in free.items():
        points += sum(costs.unit_step * (n // -(-staff[unit] // 4)) for n in range(number))
    leaders = sum(cadre.leader and not loads[n] for n, cadre in enumerate(problem.cadres))
    return len(problem.households) - len(served), leaders, points


def ours(solver: SolverName, problem: PairingProblem) -> Pairs:
    home = {one.key: n for n, one in enumerate(problem.households)}
    cadre = {one.key: n for n, one in enumerate(problem.cadres)}
    return [(home[pair.household], cadre[pair.cadre]) for pair in solve(problem, solver).pairs]


def linear_sum_assignment(problem: PairingProblem) -> Pairs:
    """SciPy, a column for each household that a cadre may take. It cannot say that units be even."""
    from scipy.optimize import linear_sum_assignment as assign

    told = Told.of(problem)
    seats = [(cadre, cost) for cadre in range(len(problem.cadres)) for cost in told.seats(cadre)]
    table = told.pair_points[:, [cadre for cadre, _ in seats]].astype(np.float64)
    table += np.array([cost for _, cost in seats])
    table -= np.array([[ALONE * (home.depth + 1)] for home in problem.households])
    rows, columns = assign(table)
    return [(int(row), seats[column][0]) for row, column in zip(rows, columns, strict=True)]


def highs(problem: PairingProblem) -> Pairs:
    """HiGHS through SciPy: a variable for each pair, load and rung; whole by being a flow."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    told, homes, cadres = Told.of(problem), len(problem.households), len(problem.cadres)
    pairs = homes * cadres
    costs, upper = [told.pair_points.ravel().astype(float)], [np.ones(pairs)]
    homes_of, cadres_of = np.divmod(np.arange(pairs), cadres)
    rows, columns, signs = [homes_of, homes + cadres_of], [np.arange(pairs)] * 2, [np.ones(pairs)] * 2
    units = {unit: homes + cadres + n for n, unit in enumerate(sorted({c.unit for c in problem.cadres}))}
    more: list[tuple[float, float, list[tuple[int, int]]]] = [
        (ALONE * (home.depth + 1), 1, [(n, 1)]) for n, home in enumerate(problem.households)
    ]
    for n, cadre in enumerate(problem.cadres):
        first, *others = told.seats(n)
        more.append((first, 1, [(homes + n, -1)]))
        more += [(cost, 1, [(homes + n, -1), (units[cadre.unit], 1)]) for cost in others]
    for unit, row in units.items():
        more += [(cost, most, [(row, -1)]) for most, cost in told.unit_rungs(unit)]
    entries = [(row, pairs + n, sign) for n, (_, _, terms) in enumerate(more) for row, sign in terms]
    costs.append(np.array([cost for cost, _, _ in more]))
    upper.append(np.array([most for _, most, _ in more]))
    more_rows, more_columns, more_signs = np.array(entries).T
    rows, columns, signs = [*rows, more_rows], [*columns, more_columns], [*signs, more_signs]
    shape = homes + cadres + len(units), pairs + len(more)
    matrix = coo_array((np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))), shape=shape)
    sides = np.concatenate([np.ones(homes), np.zeros(cadres + len(units))])
    bounds = np.column_stack([np.zeros(shape[1]), np.concatenate(upper)])
    found = linprog(np.concatenate(costs), A_eq=matrix.tocsr(), b_eq=sides, bounds=bounds, method="highs")
    return [divmod(int(n), cadres) for n in np.flatnonzero(found.x[:pairs] > 0.5)]


def networkx(problem: PairingProblem) -> Pairs:
    """networkx's network simplex, an edge for each pair."""
    import networkx as nx

    told, graph = Told.of(problem), nx.MultiDiGraph()
    graph.add_node("root", demand=len(problem.households))
    for n, home in enumerate(problem.households):
        graph.add_node(("home", n), demand=-1)
        graph.add_edge(("home", n), "root", capacity=1, weight=ALONE * (home.depth + 1))
    for n, cadre in enumerate(problem.cadres):
        first, *others = told.seats(n)
        graph.add_edge(("cadre", n), "root", capacity=1, weight=first)
        for cost in others:
            graph.add_edge(("cadre", n), cadre.unit, capacity=1, weight=cost)
    for unit in {cadre.unit for cadre in problem.cadres}:
        for most, cost in told.unit_rungs(unit):
            graph.add_edge(unit, "root", capacity=most, weight=cost)
    graph.add_edges_from(
        (("home", row), ("cadre", column), {"capacity": 1, "weight": int(points)})
        for row, line in enumerate(told.pair_points.tolist())
        for column, points in enumerate(line)
    )
    _, flow = nx.network_simplex(graph)
    return [
        (n, end[1])
        for n in range(len(problem.households))
        for end, units in flow["home", n].items()
        if end != "root" and units[0]
    ]


def matching(problem: PairingProblem) -> Pairs:
    """`matching`: stable, households choosing; each side ranks the other by the points of the pair."""
    from matching.games import HospitalResident

    told = Told.of(problem)
    by_home = np.argsort(told.pair_points, axis=1, kind="stable").tolist()
    by_cadre = np.argsort(told.pair_points, axis=0, kind="stable").T.tolist()
    rooms = {f"C{n}": len(told.seats(n)) for n in range(len(problem.cadres))}
    game = HospitalResident.create_from_dictionaries(
        {f"H{n}": [f"C{one}" for one in line] for n, line in enumerate(by_home)},
        {f"C{n}": [f"H{one}" for one in line] for n, line in enumerate(by_cadre)},
        rooms,
    )
    return [
        (int(home.name[1:]), int(cadre.name[1:])) for cadre, homes in game.solve().items() for home in homes
    ]


def greedy_by_town(problem: PairingProblem) -> Pairs:
    """As people do it: town by town, the neediest first, the best of those linked with the town."""
    told = Told.of(problem)
    linked: dict[str, Any] = defaultdict(lambda: np.zeros(len(problem.cadres), bool))
    for n, cadre in enumerate(problem.cadres):
        for link in cadre.links:
            linked[link.town][n] = True
    load = np.zeros(len(problem.cadres), int)
    most = np.array([len(told.seats(n)) for n in range(len(problem.cadres))])
    homes = enumerate(problem.households)
    pairs = []
    for n, home in sorted(homes, key=lambda one: (one[1].place.town, -one[1].depth, one[1].key)):
        free = load < most
        if not free.any():
            break
        near = free & linked[home.place.town]
        points = told.pair_points[n] + told.costs.load_step * load
        chosen = int(np.argmin(np.where(near if near.any() else free, points, ALONE)))
        load[chosen] += 1
        pairs.append((n, chosen))
    return pairs


PEERS: dict[str, Callable[[PairingProblem], Pairs]] = {
    "jiemin, built-in": partial(ours, "simplex"),
    "jiemin, OR-tools": partial(ours, "ortools"),
    "SciPy linear_sum_assignment": linear_sum_assignment,
    "HiGHS (scipy linprog)": highs,
    "networkx network_simplex": networkx,
    "matching": matching,
    "greedy by town": greedy_by_town,
}
RULES = Rules(Mode.ONE_TO_ONE)
