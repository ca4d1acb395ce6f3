"""From the pairs of persons back to the flow: the network as it stands when these pairs are made."""

from collections import Counter, defaultdict
from collections.abc import Collection
from heapq import heappop, heappush

from jiemin.domain.pairing.hubs import Built, Plan
from jiemin.domain.pairing.network import ROOT, Flow
from jiemin.domain.pairing.problem import PairKey


class Standing:
    """Pairs in the network: who stands at which node, with how many partners, on which arcs.

    Raises LookupError when a pair has no place in the network: a person who takes no part, or more
    partners than allowed.
    """

    def __init__(self, built: Built, plan: Plan, pairs: Collection[PairKey]) -> None:
        self.built = built
        self.home_node = {home.key: node for node, one in built.households.items() for home in one.members}
        self.cadre_node = {one.key: node for node, kind in built.cadres.items() for one in kind.members}
        self.chosen = sorted(set(pairs) - plan.fixed)
        self.served = Counter(home for home, _ in self.chosen)
        self.load = Counter(cadre for _, cadre in self.chosen)
        self.out: dict[int, list[int]] = defaultdict(list)
        self.assistants: dict[int, list[int]] = defaultdict(list)
        network = built.network
        for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
            if tail == ROOT:
                self.assistants[head].append(arc)
            elif tail not in built.households or head == ROOT:
                self.out[tail].append(arc)
        self.units = Counter(
            network.head[self.load_arc(cadre, ordinal)]
            for cadre, load in self.load.items()
            for ordinal in range(1, load + 1)
        )

    def helpers(self, household: str) -> int:
        """How many cadres a household has, those that stay whatever happens included."""
        return self.served[household] + self.built.households[self.home_node[household]].taken

    def load_arc(self, cadre: str, ordinal: int) -> int:
        """The arc of a cadre's first, second, … household of those chosen."""
        return self.out[self.cadre_node[cadre]][ordinal - 1]

    def assistant_arc(self, household: str, ordinal: int) -> int:
        """The arc of a household's first, second, … assistant."""
        node = self.home_node[household]
        return self.assistants[node][ordinal - max(1, self.built.households[node].taken)]

    def unit_arc(self, unit: int, ordinal: int) -> int:
        """The arc of a unit's first, second, … household that its cadres take freely."""
        for arc in self.out[unit]:
            ordinal -= self.built.network.capacity[arc]
            if ordinal <= 0:
                return arc
        raise LookupError("the unit has no place for so many households")


def retrace(standing: Standing) -> Flow:
    """The flow of these pairs, each on a cheapest way; raises LookupError where there is none."""
    built, network = standing.built, standing.built.network
    flow = [0] * network.arcs
    between: dict[int, Counter[int]] = defaultdict(Counter)
    for household, cadre in standing.chosen:
        between[standing.home_node[household]][standing.cadre_node[cadre]] += 1
    ways = _Routes(built)
    for start, ends in between.items():
        for end, units in ways.from_home(start, ends):
            flow[end] += units
    for cadre, load in standing.load.items():
        for ordinal in range(1, load + 1):
            flow[standing.load_arc(cadre, ordinal)] += 1
    for unit, units in standing.units.items():
        for ordinal in range(1, units + 1) if unit != ROOT else ():
            flow[standing.unit_arc(unit, ordinal)] += 1
    for household, node in standing.home_node.items():
        helpers, taken = standing.helpers(household), built.households[node].taken
        if not helpers:
            flow[standing.out[node][0]] += 1
        for ordinal in range(max(1, taken), helpers):
            flow[standing.assistant_arc(household, ordinal)] += 1
    return flow


class _Routes:
    """The cheapest ways through the hubs."""

    def __init__(self, built: Built) -> None:
        self.network = network = built.network
        self.among_hubs: dict[int, list[int]] = defaultdict(list)
        self.into: dict[int, list[int]] = defaultdict(list)
        for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
            if head in built.cadres:
                self.into[head].append(arc)
            elif ROOT not in (tail, head) and tail not in built.cadres:
                self.among_hubs[tail].append(arc)

    def from_home(self, start: int, ends: Counter[int]) -> list[tuple[int, int]]:
        """The arcs from a class of households to classes of cadres, with so many units on each."""
        network = self.network
        distance, came = self._distances(start)
        used = []
        for end, units in ends.items():
            arcs = [arc for arc in self.into[end] if network.tail[arc] in distance]
            if not arcs:
                raise LookupError("no way leads from the household to the cadre")
            arc = min(arcs, key=lambda arc: distance[network.tail[arc]] + network.cost[arc])
            used.append((arc, units))
            while network.tail[arc] != start:
                arc = came[network.tail[arc]]
                used.append((arc, units))
        return used

    def _distances(self, start: int) -> tuple[dict[int, int], dict[int, int]]:
        """What each hub costs, and the arc by which it is reached."""
        distance, came = {start: 0}, dict[int, int]()
        queue = [(0, start)]
        while queue:
            cost, node = heappop(queue)
            for arc in self.among_hubs[node]:
                head, through = self.network.head[arc], cost + self.network.cost[arc]
                if through < distance.get(head, through + 1):
                    distance[head], came[head] = through, arc
                    heappush(queue, (through, head))
        return distance, came
