"""Primal network simplex on integers, in plain Python.

The basis is a spanning tree hung from the root. It is kept strongly feasible (every node could
send a little more flow to the root), which rules out cycling; of the blocking arcs the last one met
when walking the cycle from its apex leaves. Arcs are priced in blocks, the best of a block enters;
they are mixed so that each block has some from all parts of the network, which halves the work.
It may begin from any lawful flow: the tree is hung along what that leaves partly filled.
"""

from heapq import heappop, heappush
from itertools import chain
from math import isqrt

from jiemin.domain.pairing.network import ROOT, Flow, Network


def min_cost_flow(network: Network, start: Flow | None = None) -> Flow:
    """A flow of least cost. Needs the slack arcs that `Network` asks for; ValueError without.

    `start` is a lawful flow to begin from, such as what is in force now: the nearer to the best, the
    sooner it is found. Arcs that it neither leaves empty nor fills must form no cycle; this solver's
    own flows never do. ValueError if they do.
    """
    tree = _Tree(network, _on_slack(network) if start is None else start)
    while (entering := tree.price()) is not None:
        tree.pivot(entering)
    return tree.flow


def _on_slack(network: Network) -> Flow:
    """All supply on its own arc to the root, nothing anywhere else."""
    flow, left = [0] * network.arcs, list(network.supply)
    for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
        if head == ROOT and 0 < left[tail] < network.capacity[arc]:
            flow[arc], left[tail] = left[tail], 0
    if any(left[1:]):
        raise ValueError("a node has no slack arc for its supply")
    return flow


class _Tree:
    """A basis: for each node its parent, the arc to it, that arc's direction, depth, price."""

    def __init__(self, network: Network, start: Flow) -> None:
        ends = list(zip(range(network.arcs), network.tail, network.head, network.cost, strict=True))
        stride = isqrt(network.arcs)
        self.ends = [end for first in range(stride) for end in ends[first::stride]]
        self.tail, self.head = network.tail, network.head
        self.cost, self.capacity = network.cost, network.capacity
        self.flow: Flow = list(start)
        self.sign = [-1 if units else 1 for units in start]  # 1 empty, -1 full, 0 in the tree
        self.parent = [-1] * network.nodes
        self.arc_up = [-1] * network.nodes
        self.upward = [True] * network.nodes
        self.level = [0] * network.nodes
        self.price_of = [0] * network.nodes
        self.children: list[set[int]] = [set() for _ in range(network.nodes)]
        self.next_arc = 0
        self.block = max(20, 2 * stride)
        self._hang(network.nodes)

    def _hang(self, nodes: int) -> None:
        """Hang each node by its cheapest way with room to the root, but first by all partly filled arcs."""
        touching: list[list[int]] = [[] for _ in range(nodes)]
        for arc, tail, head, _ in self.ends:
            touching[tail].append(arc)
            touching[head].append(arc)
        self.parent[ROOT] = ROOT
        ways: list[tuple[bool, int, int, bool]] = []
        hung = [ROOT]
        for above in hung:
            for arc in touching[above]:
                upward = self.head[arc] == above
                node = self.tail[arc] if upward else self.head[arc]
                partly = 0 < self.flow[arc] < self.capacity[arc]
                room = self.capacity[arc] - self.flow[arc] if upward else self.flow[arc]
                if self.parent[node] < 0 and room:
                    length = (self.cost[arc] if upward else -self.cost[arc]) - self.price_of[above]
                    heappush(ways, (not partly, length, arc, upward))
                elif partly and self.sign[arc]:
                    raise ValueError("partly filled arcs form a cycle")
            hung += self._nearest(ways)
        if len(hung) < nodes:
            raise ValueError("a node has no slack path to the root")

    def _nearest(self, ways: list[tuple[bool, int, int, bool]]) -> list[int]:
        """Hang the next node that does not hang yet, and tell which; none when the ways are used up."""
        while ways:
            _, length, arc, upward = heappop(ways)
            node, above = self.tail[arc], self.head[arc]
            if not upward:
                node, above = above, node
            if self.parent[node] < 0:
                self._attach(node, above, arc, upward)
                self.level[node], self.price_of[node] = self.level[above] + 1, -length
                return [node]
        return []

    def _step(self, node: int) -> int:
        """By how much the node's price differs from its parent's."""
        cost = self.cost[self.arc_up[node]]
        return -cost if self.upward[node] else cost

    def _attach(self, node: int, above: int, arc: int, upward: bool) -> None:
        self.parent[node], self.arc_up[node], self.upward[node] = above, arc, upward
        self.children[above].add(node)
        self.sign[arc] = 0

    def price(self) -> int | None:
        """The arc that gains most in the first block that has one that gains at all."""
        ends, sign, price = self.ends, self.sign, self.price_of
        arcs, start = len(ends), self.next_arc
        best, entering, scanned = 0, None, 0
        while scanned < arcs:
            stop = min(start + self.block, arcs)
            for arc, tail, head, cost in ends[start:stop]:
                side = sign[arc]
                if side:
                    gain = side * (cost + price[tail] - price[head])
                    if gain < best:
                        best, entering = gain, arc
            scanned += stop - start
            start = stop if stop < arcs else 0
            if entering is not None:
                break
        self.next_arc = start
        return entering

    def pivot(self, entering: int) -> None:
        """Send flow round the cycle the arc closes, then swap it for the arc that blocks."""
        first, second = self.tail[entering], self.head[entering]
        if self.sign[entering] < 0:
            first, second = second, first
        apex = self._apex(first, second)
        amount, leaving_node, on_first = self._room(entering, first, second, apex)
        if amount:
            self._push(entering, first, second, apex, amount)
        if leaving_node < 0:
            self.sign[entering] = -self.sign[entering]
            return
        leaving = self.arc_up[leaving_node]
        self.children[self.parent[leaving_node]].discard(leaving_node)
        self.sign[leaving] = -1 if self.flow[leaving] else 1
        low, high = (first, second) if on_first else (second, first)
        self._rehang(low, high, entering, leaving_node)
        self._reprice(low)

    def _apex(self, one: int, other: int) -> int:
        parent, level = self.parent, self.level
        while one != other:
            if level[one] >= level[other]:
                one = parent[one]
            else:
                other = parent[other]
        return one

    def _room(self, entering: int, first: int, second: int, apex: int) -> tuple[int, int, bool]:
        """How much fits round the cycle, below which node it blocks (-1: at the arc itself)."""
        flow, capacity, arc_up, upward = self.flow, self.capacity, self.arc_up, self.upward
        amount, leaving_node, on_first = capacity[entering], -1, False
        node = first
        while node != apex:
            arc = arc_up[node]
            room = flow[arc] if upward[node] else capacity[arc] - flow[arc]
            if room < amount:
                amount, leaving_node, on_first = room, node, True
            node = self.parent[node]
        node = second
        while node != apex:
            arc = arc_up[node]
            room = capacity[arc] - flow[arc] if upward[node] else flow[arc]
            if room <= amount:
                amount, leaving_node, on_first = room, node, False
            node = self.parent[node]
        return amount, leaving_node, on_first

    def _push(self, entering: int, first: int, second: int, apex: int, amount: int) -> None:
        flow, parent, arc_up, upward = self.flow, self.parent, self.arc_up, self.upward
        flow[entering] += amount * self.sign[entering]
        while first != apex:
            flow[arc_up[first]] += -amount if upward[first] else amount
            first = parent[first]
        while second != apex:
            flow[arc_up[second]] += amount if upward[second] else -amount
            second = parent[second]

    def _rehang(self, node: int, above: int, arc: int, last: int) -> None:
        """Turn the branch from `node` up to `last` upside down and hang it below `above`."""
        upward = self.tail[arc] == node
        while True:
            old_above, old_arc, old_upward = self.parent[node], self.arc_up[node], self.upward[node]
            self._attach(node, above, arc, upward)
            if node == last:
                return
            self.children[old_above].discard(node)
            node, above, arc, upward = old_above, node, old_arc, not old_upward

    def _reprice(self, top: int) -> None:
        """Bring levels and prices below and at `top` up to date."""
        price, level, children = self.price_of, self.level, self.children
        above = self.parent[top]
        shift = price[above] + self._step(top) - price[top]
        layer, depth = [top], level[above]
        while layer:
            depth += 1
            for node in layer:
                price[node] += shift
                level[node] = depth
            layer = list(chain.from_iterable([children[node] for node in layer]))
