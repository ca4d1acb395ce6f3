"""A province of a million households and a million cadres as one problem, from prepared facts.

The code path is that of `pair --auto` for one county: classes, hubs, OR-tools, certificate, dealing, the
recount from the pairs. Two numbers as arguments give another size.
"""

import sys
import time
from importlib.util import find_spec

from counties import province
from measure import peak_of_this

from jiemin.domain.pairing import solve

SECONDS, GIBIBYTES = 300, 8
PEOPLE_OF_A_COUNTY = 11_000


def main(households: int, cadres: int) -> None:
    if find_spec("ortools") is None:
        sys.exit("needs the ortools extra")
    counties = max(1, households // PEOPLE_OF_A_COUNTY)
    problem = province(households, cadres, counties)
    prepared = peak_of_this()
    begun = time.perf_counter()
    result = solve(problem, "ortools")
    took, peak = time.perf_counter() - begun, peak_of_this()
    kept = "kept" if took <= SECONDS and peak <= GIBIBYTES * 1024 else "BROKEN"
    print(
        f"{households} × {cadres} in {counties} counties: {took:.0f} s (≤ {SECONDS} s),"
        f" {peak / 1024:.2f} GiB (≤ {GIBIBYTES} GiB), of which facts {prepared / 1024:.2f} GiB: {kept}\n"
        f"network of {result.nodes} nodes and {result.arcs} arcs; {len(result.pairs)} pairs,"
        f" {len(result.unpaired_households)} households and {len(result.leaders_without)} leaders without;"
        f" proven best: {result.optimal}"
    )


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:3]]
    main(*sizes if len(sizes) == 2 else (1_000_000, 1_000_000))
