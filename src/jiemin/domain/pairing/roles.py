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

    A lead in force stays lead; otherwise a leader before others, then the higher rank, the cheaper
    pair, the smaller key.
    """
    households = {household.key: household for household in problem.households}
    cadres = {cadre.key: cadre for cadre in problem.cadres}
    helpers: dict[str, list[CadreFacts]] = defaultdict(list)
    for household_key, cadre_key in pairs:
        helpers[household_key].append(cadres[cadre_key])
    chosen: list[Pair] = []
    for key in sorted(helpers):
        lead = min(helpers[key], key=partial(_claim, problem, households[key]))
        assistants = sorted((one for one in helpers[key] if one is not lead), key=lambda one: one.key)
        for cadre, role in [(lead, Role.LEAD), *((one, Role.ASSIST) for one in assistants)]:
            kept = (key, cadre.key) in problem.kept
            lines = cost_lines(households[key], cadre, problem.costs, kept)
            chosen.append(Pair(key, cadre.key, role, lines, kept))
    return tuple(chosen)


def _claim(
    problem: PairingProblem, household: HouseholdFacts, cadre: CadreFacts
) -> tuple[bool, bool, int, int, str]:
    """Who has the best claim to lead, as a sorting key."""
    role = problem.kept.get((household.key, cadre.key))
    cost = pair_cost(household, cadre, problem.costs, kept=role is not None)
    return role is not Role.LEAD, not cadre.leader, -cadre.rank, cost, cadre.key
