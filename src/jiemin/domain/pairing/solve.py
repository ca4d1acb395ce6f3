"""Solve a pairing problem to proven optimality."""

from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from typing import Literal

from jiemin.domain.codes import Role
from jiemin.domain.pairing import ortools_solver, simplex
from jiemin.domain.pairing.aims import Aims, outcome, points, unavoidable
from jiemin.domain.pairing.certificate import certify
from jiemin.domain.pairing.deal import deal
from jiemin.domain.pairing.hubs import Built, Plan, build
from jiemin.domain.pairing.network import Flow, Network
from jiemin.domain.pairing.problem import PairingProblem, PairingResult, PairKey
from jiemin.domain.pairing.repair import repair
from jiemin.domain.pairing.roles import with_roles
from jiemin.domain.pairing.rules import Mode

SolverName = Literal["auto", "simplex", "ortools"]

MANY_ARCS = 100_000
"""From here on "auto" prefers OR-tools where it is installed; below, loading it costs more."""


class PairingFaultError(AssertionError):
    """A solution failed its own proof: a fault of the program, never of the lists."""


def solve(problem: PairingProblem, solver: SolverName = "auto") -> PairingResult:
    """The best pairing by the order of aims (see `Aims`), checked by the certificate.

    It never fails for want of cadres or households: who is left is listed. Raises
    PairingFaultError when a proof fails, ImportError when OR-tools is asked for and missing.
    """
    in_force = problem.keepable()
    result = _attempt(problem, Plan(fixed=in_force), solver)
    if not in_force or _serves_all_it_can(problem, result):
        return result
    pinned = _unmoved(problem, in_force)
    return _attempt(problem, Plan(fixed=pinned, loose=in_force - pinned), solver)


def _unmoved(problem: PairingProblem, in_force: frozenset[PairKey]) -> frozenset[PairKey]:
    """Pairings in force that stay whatever that costs; only second helpers may go elsewhere.

    No household loses its 第一责任人 for another's sake, nothing that people made is undone, and a
    limit is no reason to end what is lasting (notice 二.1: 常年结对).
    """
    rules = problem.rules
    most = {cadre.key: rules.most_households(cadre.leader) for cadre in problem.cadres}
    of_household = Counter(household for household, _ in in_force)
    of_cadre = Counter(cadre for _, cadre in in_force)
    return frozenset(
        (household, cadre)
        for household, cadre in in_force
        if problem.kept[household, cadre] is Role.LEAD
        or (household, cadre) in problem.pinned
        or of_household[household] > rules.cadres_per_household
        or of_cadre[cadre] > most[cadre]
    )


def _serves_all_it_can(problem: PairingProblem, result: PairingResult) -> bool:
    """Whether aims 1 and 2 are met as far as counting heads allows.

    If so, keeping all pairings in force cost them nothing, and aim 3 cannot be met better: the
    solution with everything kept is the best of all.
    """
    aims = Aims.of(problem)
    depth = {household.key: household.depth for household in problem.households}
    alone = sum(aims.left_alone(depth[key]) for key in result.unpaired_households)
    without = aims.leader_without * len(result.leaders_without)
    return (alone, without) == unavoidable(problem)


def _attempt(problem: PairingProblem, plan: Plan, solver: SolverName) -> PairingResult:
    """Solve the network; give a chain of its own to each household a recusal gets stuck at."""
    while True:
        built = build(problem, plan)
        name, minimise = _choose(solver, built.network)
        flow = minimise(built.network)
        proof = certify(built.network, flow)
        if not proof.proven:
            raise PairingFaultError(f"certificate failed: {proof}")
        dealt, stuck = repair(problem, built, deal(built, flow), plan.fixed)
        if not stuck:
            break
        plan = Plan(plan.fixed, plan.loose, plan.single | stuck)
    pairs = plan.fixed.union(dealt)
    found = outcome(problem, pairs)
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
    return result


def _outside(problem: PairingProblem, built: Built, plan: Plan) -> int:
    """What the network leaves out: amounts that are rewards there, pairs fixed, pairs ended."""
    aims = Aims.of(problem)
    total = points(problem, plan.fixed)
    total += aims.ended * (len(problem.kept) - len(plan.fixed))
    for one in built.cadres.values():
        if one.leader:
            total += 0 if one.taken else aims.leader_without * len(one.members)
        elif problem.rules.mode is Mode.MANY_TO_ONE:
            total += aims.idle * len(one.members)
    return total


def _choose(solver: SolverName, network: Network) -> tuple[str, Callable[[Network], Flow]]:
    large = network.arcs >= MANY_ARCS and find_spec("ortools") is not None
    if solver == "ortools" or (solver == "auto" and large):
        return "ortools", ortools_solver.min_cost_flow
    return "simplex", simplex.min_cost_flow
