"""Which households change hands when one of them gets another cadre: the shortest way, person by person.

The shortest ways between classes tell what moving one unit costs, and that is the same from whatever
best pairing one starts. So from the pairs as they stand one walks on, by steps that together cost
exactly what the lengths say: a cadre takes one more household, or gives one up; a household gets
another cadre, or does with one fewer. Each household on the way changes hands once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from jiemin.domain.pairing.costs import pair_cost
from jiemin.domain.pairing.hubs import Built, Plan
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.network import ROOT
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.retrace import Standing
from jiemin.domain.pairing.shortest import Ways


@dataclass(frozen=True, slots=True)
class Move:
    """A household that lets one cadre go and gets another; None where there is none."""

    household: str
    old: str | None
    new: str | None


Stop = tuple[int, str]
"""A node of the network, and of a class the person meant; "" at units and the root."""

Nearby = tuple[int, int, Iterable[str]]
"""What a step costs, the node it leads to, and whoever may be meant there."""

_MOST_STOPS = 3_000


def moves(
    problem: PairingProblem, plan: Plan, standing: Standing, ways: Ways, instead: tuple[PairKey, str]
) -> tuple[Move, ...] | None:
    """What else changes when the pair gives way to one with another cadre, in the order of the way.

    The pair is one of those standing, which are the best there are. None when no such way of persons is
    found in reasonable time.
    """
    walk = _Walk(problem, plan, standing, ways, instead)
    start, target = walk.stop_of(instead[1]), walk.stop_of(instead[0][1])
    came: dict[Stop, Stop] = {}
    queue = [(ways.hops(start[0]), start)]
    while queue and target not in came and len(came) < _MOST_STOPS:
        _, stop = heappop(queue)
        for following in walk.steps(*stop):
            if following not in came and following != start:
                came[following] = stop
                heappush(queue, (ways.hops(following[0]), following))
    if target not in came:
        return None
    way = [target]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(_told(standing.built, way[::-1], instead))


def _told(built: Built, way: list[Stop], instead: tuple[PairKey, str]) -> Iterator[Move]:
    """The households on the way, with whom they let go and whom they get.

    Where the other cadre helped the household already, that goes on.
    """
    (home, _), other = instead
    for before, (node, key), after in zip(way, way[1:], way[2:], strict=False):
        if node in built.households:
            old, new = (key if node in built.cadres else None for node, key in (before, after))
            old = None if (key, old) == (home, other) else old
            if old or new:
                yield Move(key, old, new)


class _Walk:
    """The steps from person to person that keep to the shortest way."""

    def __init__(
        self,
        problem: PairingProblem,
        plan: Plan,
        standing: Standing,
        ways: Ways,
        instead: tuple[PairKey, str],
    ) -> None:
        pair, other = instead
        self.problem, self.plan, self.at, self.ways = problem, plan, standing, ways
        self.built, self.network = standing.built, standing.built.network
        self.never = problem.barred.union(plan.fixed, standing.chosen, [(pair[0], other)])
        self.homes = {home.key: home for home in problem.households}
        self.helpers = {one.key: one for one in problem.cadres}
        self.helped: dict[str, list[str]] = defaultdict(list)
        for each in standing.chosen:
            if each != pair:
                self.helped[each[1]].append(each[0])

    def stop_of(self, cadre: str) -> Stop:
        """Where a cadre stands."""
        return self.at.cadre_node[cadre], cadre

    def steps(self, node: int, key: str) -> Iterator[Stop]:
        """Where a shortest way leads next."""
        left = self.ways.length(node)
        for cost, end, keys in self._nearby(node, key):
            onward = self.ways.length(end)
            if onward is not None and left == cost + onward:
                yield from ((end, other) for other in keys)

    def _nearby(self, node: int, key: str) -> Iterator[Nearby]:
        if node in self.built.households:
            return self._from_home(node, key)
        if node in self.built.cadres:
            return self._from_cadre(node, key)
        return self._from_root() if node == ROOT else self._from_unit(node)

    def _from_cadre(self, node: int, cadre: str) -> Iterator[Nearby]:
        """One household more, or one given up."""
        for arc in self.at.out[node][self.at.load[cadre] :][:1]:
            yield self.network.cost[arc], self.network.head[arc], ("",)
        for household in self.helped[cadre]:
            yield -self._price((household, cadre)), self.at.home_node[household], (household,)

    def _from_home(self, node: int, household: str) -> Iterator[Nearby]:
        """Another cadre, or one fewer."""
        home, rules = self.homes[household], self.problem.rules
        for other, kind in self.built.cadres.items():
            first = (household, kind.members[0].key)
            if first in self.plan.loose or may_begin(home, kind.members[0], rules):
                free = (one.key for one in kind.members if (household, one.key) not in self.never)
                yield self._price(first), other, free
        helpers = self.at.helpers(household)
        if helpers > 1:
            yield -self.network.cost[self.at.assistant_arc(household, helpers - 1)], ROOT, ("",)
        else:  # none at all, unless it has one who stays whatever happens
            yield from ((self.network.cost[arc], ROOT, ("",)) for arc in self.at.out[node])

    def _from_root(self) -> Iterator[Nearby]:
        """A household gets one cadre more, or a cadre or a unit one household fewer."""
        limit = self.problem.rules.cadres_per_household
        for household, node in self.at.home_node.items():
            helpers = self.at.helpers(household)
            if not helpers:
                yield -self.network.cost[self.at.out[node][0]], node, (household,)
            elif helpers < limit:
                yield self.network.cost[self.at.assistant_arc(household, helpers)], node, (household,)
        yield from self._fewer(ROOT)
        for unit, units in self.at.units.items():
            if unit != ROOT:
                yield -self.network.cost[self.at.unit_arc(unit, units)], unit, ("",)

    def _from_unit(self, unit: int) -> Iterator[Nearby]:
        """The unit carries one household more, or another of its cadres one fewer."""
        units = self.at.units[unit]
        if units < sum(self.network.capacity[arc] for arc in self.at.out[unit]):
            yield self.network.cost[self.at.unit_arc(unit, units + 1)], ROOT, ("",)
        yield from self._fewer(unit)

    def _fewer(self, end: int) -> Iterator[Nearby]:
        """The cadres whose last household counts there."""
        for cadre, load in self.at.load.items():
            last = self.at.load_arc(cadre, load)
            if self.network.head[last] == end:
                yield -self.network.cost[last], self.at.cadre_node[cadre], (cadre,)

    def _price(self, pair: PairKey) -> int:
        home, one = self.homes[pair[0]], self.helpers[pair[1]]
        if pair in self.plan.loose:
            return pair_cost(home, one, self.problem.costs, kept=True) - self.built.aims.ended
        return pair_cost(home, one, self.problem.costs, kept=False) + self.built.aims.begun
