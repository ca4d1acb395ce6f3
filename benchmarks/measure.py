"""Whole processes timed in turn, A B A B …, so that a change of the machine's speed hits both."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

JIEMIN = (sys.executable, "-m", "jiemin")


@dataclass(frozen=True)
class Times:
    """Wall seconds of each run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the runs took less."""
        return statistics.median(self.seconds)


def run(
    command: Sequence[str], folder: Path, settings: Mapping[str, str] | None = None, code: int = 0
) -> float:
    """Seconds of one run; it must end with that exit code."""
    return run_and_read(command, folder, settings, code)[0]


def run_and_read(
    command: Sequence[str], folder: Path, settings: Mapping[str, str] | None = None, code: int = 0
) -> tuple[float, bytes]:
    """Seconds of one run, and what it wrote to its standard output; it must end with that exit code."""
    environment = {**os.environ, "JIEMIN_TODAY": "2014-06-30", **(settings or {})}
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - begun
    if done.returncode != code:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return took, done.stdout


def in_turn(
    ours: Callable[[], float], peer: Callable[[], float], runs: int = 7
) -> tuple[Times, Times, float]:
    """Both, in turn, after a warm-up: our times, the peer's, and the median of the ratios."""
    ours(), peer()
    pairs = [(ours(), peer()) for _ in range(runs)]
    ratio = statistics.median(one / other for one, other in pairs)
    return Times(tuple(one for one, _ in pairs)), Times(tuple(other for _, other in pairs)), ratio


def repeated(once: Callable[[], float], runs: int = 5) -> Times:
    """One command alone, after a warm-up."""
    once()
    return Times(tuple(once() for _ in range(runs)))


def report(what: str, ours: Times, peer: Times, ratio: float, limit: float) -> None:
    """One line: medians, ratio, and whether the promise is kept."""
    kept = "kept" if ratio <= limit else "BROKEN"
    print(f"{what}: {ours.median:.3f} s against {peer.median:.3f} s, ratio {ratio:.2f} (≤ {limit}) {kept}")


def report_seconds(what: str, times: Times, limit: float) -> None:
    """One line for a promise in seconds."""
    kept = "kept" if times.median <= limit else "BROKEN"
    print(f"{what}: {times.median:.2f} s (≤ {limit} s) {kept}")


def peak_of_children() -> float:
    """MiB of the largest child process so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def peak_of_this() -> float:
    """MiB that this process took at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
