"""OR-tools behind the same door as the built-in solver (optional extra `jiemin[ortools]`)."""

from jiemin.domain.pairing.network import Flow, Network

_LARGEST = 2**62


def fits(network: Network) -> bool:
    """Whether all amounts stay within its 64-bit integers."""
    # Its cost scaling multiplies every cost by the number of nodes.
    dearest = max(map(abs, network.cost), default=0)
    total = sum(abs(cost) * most for cost, most in zip(network.cost, network.capacity, strict=True))
    return max(dearest * (network.nodes + 1), total) < _LARGEST


def min_cost_flow(network: Network) -> Flow:
    """A flow of least cost by OR-tools.

    Raises ImportError when OR-tools is not installed, OverflowError when the amounts do not fit its
    64-bit integers, RuntimeError when it reports anything but an optimal flow.
    """
    import numpy as np
    from ortools.graph.python import min_cost_flow as ortools

    if not fits(network):
        raise OverflowError("costs are too large for 64-bit integers")
    solver = ortools.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.array(network.tail, dtype=np.int32),
        np.array(network.head, dtype=np.int32),
        np.array(network.capacity, dtype=np.int64),
        np.array(network.cost, dtype=np.int64),
    )
    solver.set_nodes_supplies(
        np.arange(network.nodes, dtype=np.int32), np.array(network.supply, dtype=np.int64)
    )
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"OR-tools found no optimal flow: {status}")
    flow: Flow = solver.flows(arcs).tolist()
    return flow
