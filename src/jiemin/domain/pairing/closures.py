"""Who can be reached from whom: the sets of people within which places do not suffice."""

from collections.abc import Container, Iterable, Iterator, Sequence

Edges = Sequence[Sequence[int]]
"""For each node the nodes next to it."""


def closures(edges: Edges, sources: Iterable[int], core: Container[int]) -> list[set[int]]:
    """The sources grouped by which nodes of the core they reach; for each group all that it reaches.

    Those that reach least come first. A set that holds all of the core that another holds takes in
    that other set whole, its sources included.
    """
    groups: dict[int, list[int]] = {}
    wanted = sorted(sources)
    reached = _core_reached(edges, wanted, core)
    for source in wanted:
        groups.setdefault(reached[source], []).append(source)
    ordered = sorted(groups, key=lambda bits: (bits.bit_count(), groups[bits]))
    return [
        _reach(edges, [node for part, nodes in groups.items() if part & bits == part for node in nodes])
        for bits in ordered
    ]


def _reach(edges: Edges, sources: Iterable[int]) -> set[int]:
    seen = set(sources)
    stack = list(seen)
    while stack:
        for node in edges[stack.pop()]:
            if node not in seen:
                seen.add(node)
                stack.append(node)
    return seen


def _core_reached(edges: Edges, sources: Iterable[int], core: Container[int]) -> dict[int, int]:
    """Node → a whole number whose bits stand for the components of the core within its reach."""
    reached: dict[int, int] = {}
    found = 0
    for component in _components(edges, sources):
        bits = 0
        for node in component:
            for following in edges[node]:
                bits |= reached.get(following, 0)
        if any(node in core for node in component):
            bits |= 1 << found
            found += 1
        reached.update(dict.fromkeys(component, bits))
    return reached


def _components(edges: Edges, sources: Iterable[int]) -> Iterator[list[int]]:
    """Strongly connected components within reach, each after all that it leads to (Tarjan)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    open_nodes: list[int] = []
    for source in sources:
        trail = [] if source in order else [(source, iter(edges[source]))]
        if trail:
            order[source] = low[source] = len(order)
            open_nodes.append(source)
        while trail:
            node, following = trail[-1]
            step = next(following, None)
            if step is None:
                trail.pop()
                if trail:
                    low[trail[-1][0]] = min(low[trail[-1][0]], low[node])
                if low[node] == order[node]:
                    component = _settle(open_nodes, node)
                    low.update(dict.fromkeys(component, len(edges)))  # no way back to them
                    yield component
            elif step not in order:
                order[step] = low[step] = len(order)
                open_nodes.append(step)
                trail.append((step, iter(edges[step])))
            else:
                low[node] = min(low[node], low[step])


def _settle(open_nodes: list[int], root: int) -> list[int]:
    """Take a whole component off the open nodes, down to its root."""
    component = [open_nodes.pop()]
    while component[-1] != root:
        component.append(open_nodes.pop())
    return component
