"""Who of a household's cadres is its 第一责任人."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from jiemin.domain.codes import Role
from jiemin.domain.pairing.costs import cost_lines, pair_cost
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts
from jiemin.domain.pairing.problem import Pair, PairingProblem, PairKey


def with_roles(problem: PairingProblem, pairs: Iterable[PairKey]) -> tuple[Pair, ...]:
    """The pairs with roles and reasons, sorted by household, role (lead first) and cadre.

    A lead in force stays lead; otherwise whom a decision requires, a leader before others, then the
    higher rank, the cheaper pair, the smaller key.
    """
    households = {household.key: household for household in problem.households}
    cadres = {cadre.key: cadre for cadre in problem.cadres}
    helpers: dict[str, list[CadreFacts]] = defaultdict(list)
    for household_key, cadre_key in pairs:
        helpers[household_key].append(cadres[cadre_key])
    chosen: list[Pair] = []
    for key in sorted(helpers):
        lead, *assistants = _in_order(problem, households[key], helpers[key])
        for cadre, role in [(lead, Role.LEAD), *((one, Role.ASSIST) for one in assistants)]:
            kept = (key, cadre.key) in problem.kept
            lines = cost_lines(households[key], cadre, problem.costs, kept)
            chosen.append(Pair(key, cadre.key, role, lines, kept))
    return tuple(chosen)


def _in_order(
    problem: PairingProblem, household: HouseholdFacts, helpers: list[CadreFacts]
) -> list[CadreFacts]:
    """The lead first, the others by key."""
    if len(helpers) == 1:
        return helpers
    lead = min(helpers, key=partial(_claim, problem, household))
    return [lead, *sorted((one for one in helpers if one is not lead), key=lambda one: one.key)]


def _claim(
    problem: PairingProblem, household: HouseholdFacts, cadre: CadreFacts
) -> tuple[bool, bool, bool, int, int, str]:
    """Who has the best claim to lead, as a sorting key."""
    pair = (household.key, cadre.key)
    role = problem.kept.get(pair)
    cost = pair_cost(household, cadre, problem.costs, kept=role is not None)
    chosen = pair in problem.required
    return role is not Role.LEAD, not chosen, not cadre.leader, -cadre.rank, cost, cadre.key
