"""The real command line in a process of its own, with its time and memory watched from outside."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_WATCHED = """
import json, resource, sys
from jiemin.__main__ import run
peak, sys.argv = sys.argv[1], ["jiemin", *sys.argv[2:]]
try:
    run()
finally:
    told = dict(line.split(":", 1) for line in open("/proc/self/status"))
    own = int(told["VmHWM"].split()[0])
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    json.dump([own, child, used], open(peak, "w"))
"""
"""Ends by writing the greatest memory of its own and of its greatest child, in KiB (Linux), and seconds."""


@dataclass(frozen=True)
class Watched:
    """How a command ended: exit code (None when it had to be stopped), streams, seconds by the clock,
    MiB of the command's own process and of its reading child, and processor seconds of both."""

    code: int | None
    out: str
    err: str
    seconds: float
    own: float
    child: float
    worked: float

    @property
    def trace(self) -> bool:
        """Whether a traceback, or the apology for one, was shown."""
        return "Traceback" in self.out + self.err or self.code == 3


def watch(folder: Path, *words: str, database: Path | None = None, limit: float = 40) -> Watched:
    """Run one command in the folder on 2014-06-30 with a database there; stopped after `limit` seconds."""
    peak = folder / "peak.json"
    peak.unlink(missing_ok=True)
    settings = {
        "JIEMIN_DB": str(database or folder / "jiemin.db"),
        "JIEMIN_TODAY": "2014-06-30",
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    begun = time.perf_counter()
    try:
        done = subprocess.run(
            (sys.executable, "-c", _WATCHED, str(peak), *words),
            cwd=folder,
            env={**os.environ, **settings},
            capture_output=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Watched(None, "", "", time.perf_counter() - begun, 0, 0, 0)
    seconds = time.perf_counter() - begun
    own, child, worked = json.loads(peak.read_text()) if peak.exists() else (0, 0, 0)
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    return Watched(done.returncode, out, err, seconds, own / 1024, child / 1024, worked)
