"""Solve a pairing problem to proven optimality."""

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Literal

from jiemin.domain.pairing import ortools_solver, simplex
from jiemin.domain.pairing.aims import Aims, outcome, points, unavoidable
from jiemin.domain.pairing.certificate import certify
from jiemin.domain.pairing.deal import deal
from jiemin.domain.pairing.hubs import Built, Plan, build
from jiemin.domain.pairing.network import Flow, Network
from jiemin.domain.pairing.problem import PairingProblem, PairingResult
from jiemin.domain.pairing.repair import repair
from jiemin.domain.pairing.roles import with_roles
from jiemin.domain.pairing.start import carrying

SolverName = Literal["auto", "simplex", "ortools"]

MANY_ARCS = 20_000
"""From here on "auto" prefers OR-tools where it is installed; below, loading it costs more."""


class PairingFaultError(AssertionError):
    """A solution failed its own proof: a fault of the program, never of the lists."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A solved network with what was made of it."""

    plan: Plan
    built: Built
    flow: Flow
    result: PairingResult


def solve(problem: PairingProblem, solver: SolverName = "auto") -> PairingResult:
    """The best pairing by the order of aims (see `Aims`), checked by the certificate.

    It never fails for want of cadres or households: who is left is listed. Raises
    PairingFaultError when a proof fails, ImportError when OR-tools is asked for and missing.
    """
    return best_attempt(problem, solver).result


def best_attempt(
    problem: PairingProblem, solver: SolverName = "auto", near: Attempt | None = None
) -> Attempt:
    """The same with the network and the flow, for those who explain the result.

    `near` is the answer to the same question at another price of ending, if there is one: from there
    this one is found sooner.
    """
    settled, aims = problem.settled(), Aims.of(problem)
    if problem.price_of_ending is None:
        first = attempt(problem, Plan(fixed=settled), aims, solver)
        if not problem.keepable() or _serves_all_it_can(problem, first.result, aims):
            return first
    unmoved = problem.unmoved()
    return attempt(problem, Plan(fixed=unmoved, loose=settled - unmoved), aims, solver, near)


def _serves_all_it_can(problem: PairingProblem, result: PairingResult, aims: Aims) -> bool:
    """Whether aims 1 and 2 are met as far as counting heads allows.

    If so, keeping all pairings in force cost them nothing, and aim 3 cannot be met better: the
    solution with everything kept is the best of all.
    """
    depth = {household.key: household.depth for household in problem.households}
    alone = sum(aims.left_alone(depth[key]) for key in result.unpaired_households)
    without = aims.leader_without * len(result.leaders_without)
    return (alone, without) == unavoidable(problem, aims)


def attempt(
    problem: PairingProblem,
    plan: Plan,
    aims: Aims,
    solver: SolverName = "auto",
    near: Attempt | None = None,
) -> Attempt:
    """Solve the network; give arcs of its own to each household that a recusal gets stuck at.

    Raises PairingFaultError when a proof fails.
    """
    while True:
        built = build(problem, plan, aims)
        name = _choose(solver, built.network)
        flow = _minimise(name, built, plan, near)
        proof = certify(built.network, flow)
        if not proof.proven:
            raise PairingFaultError(f"certificate failed: {proof}")
        dealt, stuck = repair(problem, built, deal(built, flow), plan.fixed)
        if not stuck:
            break
        plan = replace(plan, single=plan.single | stuck)
    pairs = plan.fixed.union(dealt)
    found = outcome(problem, pairs, aims)
    result = PairingResult(
        pairs=with_roles(problem, pairs),
        objective=found.objective,
        bound=proof.bound + _outside(problem, built, plan),
        unpaired_households=found.unpaired_households,
        leaders_without=found.leaders_without,
        idle_cadres=found.idle_cadres,
        ended=found.ended,
        solver=name,
        nodes=built.network.nodes,
        arcs=built.network.arcs,
    )
    if len(pairs) != len(plan.fixed) + len(dealt) or not result.optimal:
        raise PairingFaultError(f"pairs cost {result.objective}, the proven bound is {result.bound}")
    return Attempt(plan, built, flow, result)


def _outside(problem: PairingProblem, built: Built, plan: Plan) -> int:
    """What the network leaves out: amounts that are rewards there, pairs fixed, pairs ended."""
    aims = built.aims
    kept = sum(pair in problem.kept for pair in plan.fixed)
    total = points(problem, plan.fixed) + aims.begun * (len(plan.fixed) - kept)
    total += aims.ended * (len(problem.kept) - kept)
    for one in built.cadres.values():
        if one.least and not one.taken:
            total += aims.without(one.members[0]) * len(one.members)
    return total


def _choose(solver: SolverName, network: Network) -> SolverName:
    large = network.arcs >= MANY_ARCS and find_spec("ortools") is not None
    if solver == "ortools" or (solver == "auto" and large and ortools_solver.fits(network)):
        return "ortools"
    return "simplex"


def _minimise(name: SolverName, built: Built, plan: Plan, near: Attempt | None) -> Flow:
    """The flow of least cost; the built-in solver begins near it where something near is known."""
    if name == "ortools":
        return ortools_solver.min_cost_flow(built.network)
    if near is not None and near.plan == plan and near.result.solver == name:
        return simplex.min_cost_flow(built.network, near.flow)
    start = carrying(built.network, built.loose) if built.loose else None
    return simplex.min_cost_flow(built.network, start)
