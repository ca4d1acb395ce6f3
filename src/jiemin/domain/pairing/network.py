"""A minimum-cost flow problem on integers, as plain lists."""

from dataclasses import dataclass, field

Flow = list[int]
"""Units on each arc, in the order of the network's arcs."""

ROOT = 0
"""The node where all supply may end."""


@dataclass(slots=True)
class Network:
    """Nodes 0 … n-1, of which 0 is the root that absorbs all supply; arcs in parallel lists.

    Every other node has a supply of zero or more. Supply must have an arc of its own to the root
    with room to spare, and every node a path there: slack with a price instead of infeasibility.
    """

    supply: list[int] = field(default_factory=lambda: [0])
    tail: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    capacity: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.supply)

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return len(self.tail)

    def node(self, supply: int = 0) -> int:
        """Add a node."""
        self.supply.append(supply)
        self.supply[ROOT] -= supply
        return len(self.supply) - 1

    def arc(self, tail: int, head: int, capacity: int, cost: int) -> int:
        """Add an arc and return its number."""
        self.tail.append(tail)
        self.head.append(head)
        self.capacity.append(capacity)
        self.cost.append(cost)
        return len(self.tail) - 1
