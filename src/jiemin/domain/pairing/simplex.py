"""Primal network simplex on integers, in plain Python.

The basis is a spanning tree hung from the root. It is kept strongly feasible (every node could
send a little more flow to the root), which rules out cycling; of the blocking arcs the last one met
when walking the cycle from its apex leaves. Arcs are priced in blocks, the best of a block enters.
"""

from math import isqrt

from jiemin.domain.pairing.network import ROOT, Flow, Network


def min_cost_flow(network: Network) -> Flow:
    """A flow of least cost. Needs the slack arcs that `Network` asks for; ValueError without."""
    tree = _Tree(network)
    while (entering := tree.price()) is not None:
        tree.pivot(entering)
    return tree.flow


class _Tree:
    """A basis: for each node its parent, the arc to it, that arc's direction, depth, price."""

    def __init__(self, network: Network) -> None:
        self.tail, self.head = network.tail, network.head
        self.cost, self.capacity = network.cost, network.capacity
        self.flow: Flow = [0] * network.arcs
        self.sign = [1] * network.arcs  # 1 empty, -1 full, 0 in the tree
        self.parent = [-1] * network.nodes
        self.arc_up = [-1] * network.nodes
        self.upward = [True] * network.nodes
        self.level = [0] * network.nodes
        self.price_of = [0] * network.nodes
        self.children: list[set[int]] = [set() for _ in range(network.nodes)]
        self.next_arc = 0
        self.block = max(20, isqrt(network.arcs))
        self._hang(network)

    def _hang(self, network: Network) -> None:
        """Start with arcs towards the root: supply on its own slack arc, nothing anywhere else."""
        arcs_into: list[list[int]] = [[] for _ in range(network.nodes)]
        for arc in range(network.arcs):
            if self.capacity[arc] > 0:
                arcs_into[self.head[arc]].append(arc)
        seen, queue = {ROOT}, [ROOT]
        for above in queue:
            for arc in arcs_into[above]:
                node = self.tail[arc]
                if node in seen:
                    continue
                supply = network.supply[node]
                if supply and (above != ROOT or self.capacity[arc] <= supply):
                    continue
                self.flow[arc] = supply
                self._attach(node, above, arc, upward=True)
                self.level[node] = self.level[above] + 1
                self.price_of[node] = self.price_of[above] - self.cost[arc]
                seen.add(node)
                queue.append(node)
        if len(queue) < network.nodes:
            raise ValueError("a node has no slack path to the root")

    def _attach(self, node: int, above: int, arc: int, upward: bool) -> None:
        self.parent[node], self.arc_up[node], self.upward[node] = above, arc, upward
        self.children[above].add(node)
        self.sign[arc] = 0

    def price(self) -> int | None:
        """The arc that gains most in the first block that has one that gains at all."""
        tail, head, cost, sign, price = self.tail, self.head, self.cost, self.sign, self.price_of
        arcs, start = len(tail), self.next_arc
        best, entering, scanned = 0, None, 0
        while scanned < arcs:
            stop = min(start + self.block, arcs)
            for arc in range(start, stop):
                side = sign[arc]
                if side:
                    gain = side * (cost[arc] + price[tail[arc]] - price[head[arc]])
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
        above, arc = self.parent[top], self.arc_up[top]
        cost = -self.cost[arc] if self.upward[top] else self.cost[arc]
        shift = self.price_of[above] + cost - self.price_of[top]
        price, level, parent, children = self.price_of, self.level, self.parent, self.children
        stack = [top]
        while stack:
            node = stack.pop()
            price[node] += shift
            level[node] = level[parent[node]] + 1
            if children[node]:
                stack.extend(children[node])
