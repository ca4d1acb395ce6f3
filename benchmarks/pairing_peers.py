"""The same problems by other people's solvers: seconds, points, and who is left without.

Run with a Python that has jiemin with its `ortools` and `dev` extras, networkx and matching; a peer that
is not installed is passed over. Each works in a process of its own and may take so many seconds as the
first argument says (90 if none).
"""

import json
import resource
import subprocess
import sys
import threading
import time

from counties import province
from peers import PEERS, RULES, Told, recount

SIZES = ((50, 80), (100, 160), (500, 800), (2_000, 3_200), (5_000, 8_000))
GIBIBYTES = 12
"""Of address space for each peer."""


def work(name: str, households: int, cadres: int) -> None:
    """In the child: solve, and tell seconds and pairs; a small problem first, to have everything loaded.

    `matching` copies its players deep.
    """
    sys.setrecursionlimit(10**6)
    resource.setrlimit(resource.RLIMIT_AS, (GIBIBYTES * 2**30,) * 2)
    try:
        PEERS[name](province(10, 16, 1, RULES, plain=True))
        problem = province(households, cadres, 1, RULES, plain=True)
        begun = time.perf_counter()
        pairs = PEERS[name](problem)
        print(json.dumps([time.perf_counter() - begun, pairs]))
    except ImportError:
        print(json.dumps("not installed"))
    except MemoryError:
        print(json.dumps(f"wants more than {GIBIBYTES} GiB"))


def main(limit: float) -> None:
    given_up: set[str] = set()
    for households, cadres in SIZES:
        told = Told.of(province(households, cadres, 1, RULES, plain=True))
        best: tuple[float, int] | None = None
        for name in PEERS:
            told_by = _ask(name, households, cadres, limit) if name not in given_up else "given up before"
            if isinstance(told_by, str):
                given_up.add(name)
                print(f"{households} × {cadres}, {name}: {told_by}", flush=True)
                continue
            seconds, pairs = told_by
            alone, leaders, points = recount(told, pairs)
            best = best or (seconds, points)
            print(
                f"{households} × {cadres}, {name}: {seconds:.2f} s, {points} points,"
                f" {alone} households and {leaders} leaders without;"
                f" time {seconds / best[0]:.2f}, points {points / best[1]:.3f} of ours",
                flush=True,
            )


def _ask(name: str, households: int, cadres: int, limit: float) -> tuple[float, list[tuple[int, int]]] | str:
    command = (sys.executable, __file__, "--child", name, str(households), str(cadres))
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=limit + 20)
    except subprocess.TimeoutExpired:
        return f"not done after {limit:.0f} s"
    if not done.stdout:
        return f"failed: {(done.stderr.decode().strip() or str(done.returncode)).splitlines()[-1]}"
    told: tuple[float, list[tuple[int, int]]] | str = json.loads(done.stdout)
    return told if isinstance(told, str) or told[0] <= limit else f"not done after {limit:.0f} s"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        threading.stack_size(512 * 2**20)
        child = threading.Thread(target=work, args=(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
        child.start()
    else:
        main(float(sys.argv[1]) if sys.argv[1:] else 90.0)
