"""Who of a household's cadres is its 第一责任人."""

from collections import defaultdict
from collections.abc import Iterable

from jiemin.domain.codes import Role
from jiemin.domain.pairing.costs import cost_lines
from jiemin.domain.pairing.facts import CadreFacts
from jiemin.domain.pairing.problem import Pair, PairingProblem, PairKey


def with_roles(problem: PairingProblem, pairs: Iterable[PairKey]) -> tuple[Pair, ...]:
    """The pairs with roles and reasons, sorted by household, role (lead first) and cadre.

    A lead in force stays lead; otherwise a leader before others, then the higher rank, the cheaper
    pair, the smaller key.
    """
    households = {household.key: household for household in problem.households}
    cadres = {cadre.key: cadre for cadre in problem.cadres}
    helpers: dict[str, list[CadreFacts]] = defaultdict(list)
    for household, cadre in pairs:
        helpers[household].append(cadres[cadre])
    chosen: list[Pair] = []
    for key in sorted(helpers):
        lines = {
            cadre.key: cost_lines(households[key], cadre, problem.costs, (key, cadre.key) in problem.kept)
            for cadre in helpers[key]
        }

        def claim(cadre: CadreFacts) -> tuple[bool, bool, int, int, str]:
            was_lead = problem.kept.get((key, cadre.key)) is Role.LEAD  # noqa: B023
            cost = sum(line.amount for line in lines[cadre.key])  # noqa: B023
            return not was_lead, not cadre.leader, -cadre.rank, cost, cadre.key

        lead = min(helpers[key], key=claim).key
        for cadre_key in sorted(lines, key=lambda cadre: (cadre != lead, cadre)):
            role = Role.LEAD if cadre_key == lead else Role.ASSIST
            kept = (key, cadre_key) in problem.kept
            chosen.append(Pair(key, cadre_key, role, lines[cadre_key], kept))
    return tuple(chosen)
