"""A better pairing for ten endings: a county all of whose 8,000 pairings may end, since grown a little.

Each price of an ending that is tried is a network of its own, with an arc for every pairing in force.
"""

import time
from dataclasses import replace
from importlib.util import find_spec

from counties import province

from jiemin.domain.pairing import solve
from jiemin.domain.pairing.rebalance import rebalance
from jiemin.domain.pairing.solve import SolverName

HOUSEHOLDS, CADRES, NEW_HOUSEHOLDS, NEW_CADRES, MOST = 5_000, 8_000, 200, 300, 10
SECONDS: dict[SolverName, float] = {"simplex": 10.0, "ortools": 5.0}


def main() -> None:
    problem = province(HOUSEHOLDS, CADRES, 1, plain=True)
    before = replace(
        problem, households=problem.households[NEW_HOUSEHOLDS:], cadres=problem.cadres[NEW_CADRES:]
    )
    kept = {(pair.household, pair.cadre): pair.role for pair in solve(before, "simplex").pairs}
    grown = replace(problem, kept=kept)
    for solver, limit in SECONDS.items():
        if solver == "ortools" and not find_spec(solver):
            continue
        begun = time.perf_counter()
        found = rebalance(grown, MOST, solver)
        took = time.perf_counter() - begun
        print(
            f"rebalance, {HOUSEHOLDS} × {CADRES}, {len(kept)} pairings in force, {solver}: {took:.1f} s"
            f" (≤ {limit} s) {'kept' if took <= limit else 'BROKEN'};"
            f" {len(found.result.ended)} end, {found.saved} points saved, proven best at that"
        )


if __name__ == "__main__":
    main()
