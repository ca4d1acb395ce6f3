"""From the flow between classes to pairs of persons, always in the same order."""

from collections import defaultdict
from heapq import heapify, heappop, heappush
from itertools import chain

from jiemin.domain.pairing.hubs import Built
from jiemin.domain.pairing.network import ROOT, Flow
from jiemin.domain.pairing.problem import PairKey


def deal(built: Built, flow: Flow) -> list[PairKey]:
    """Pairs that make up the flow.

    Households go through the hubs in order of place and key and meet cadres in order of unit and
    key, so that a unit's cadres stay together. Any way of dealing costs the same: every way through
    the hubs that an optimal flow uses is a shortest one.
    """
    network = built.network
    arcs_out: dict[int, list[int]] = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    for arc, units in enumerate(flow):
        tail = network.tail[arc]
        if units and tail != ROOT and tail not in built.cadres and network.head[arc] != ROOT:
            arcs_out[tail].append(arc)
            waiting[network.head[arc]] += 1
    order = sorted(
        (h for group in built.households.values() for h in group.members),
        key=lambda h: (h.place.town, h.place.village, h.key),
    )
    rank = {household.key: number for number, household in enumerate(order)}
    held: dict[int, list[int]] = defaultdict(list)
    ready = [node for node in built.households if node in arcs_out]
    heapify(ready)
    while ready:
        node = heappop(ready)
        if node in built.households:
            units = sum(flow[arc] for arc in arcs_out[node])
            numbers = [rank[household.key] for household in built.households[node].members]
            held[node] = _spread(numbers, units)
        queue = iter(sorted(held.pop(node)))
        for arc in arcs_out[node]:
            above = network.head[arc]
            held[above].extend(next(queue) for _ in range(flow[arc]))
            waiting[above] -= 1
            if not waiting[above] and above in arcs_out:
                heappush(ready, above)
    pairs = (
        zip((order[n].key for n in sorted(held[node])), _turns(built, node, held), strict=True)
        for node in sorted(held)
    )
    return list(chain.from_iterable(pairs))


def _spread(numbers: list[int], units: int) -> list[int]:
    """Each number as often as the next, the first of them once more where it does not divide."""
    times, more = divmod(units, len(numbers))
    return numbers * times + numbers[:more]


def _turns(built: Built, node: int, held: dict[int, list[int]]) -> list[str]:
    """The cadre of each household that reached the class, loads as even as can be."""
    cadres = [cadre.key for cadre in built.cadres[node].members]
    times, more = divmod(len(held[node]), len(cadres))
    return [key for place, key in enumerate(cadres) for _ in range(times + (place < more))]
