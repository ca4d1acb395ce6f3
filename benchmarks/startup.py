"""Start-up: `jiemin --help` against `sqlite-utils --help`, `household show` against `import sqlmodel`.

Run with a Python that has jiemin installed; give the peer's command as the first argument (install
sqlite-utils in an environment of its own, so that neither sees the other's packages).
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import JIEMIN, in_turn, report, run

SAMPLE = Path(__file__).parents[1] / "sample_data"


def main(peer: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = {"JIEMIN_DB": str(folder / "jiemin.db")}
        run((*JIEMIN, "import", str(SAMPLE / "households.xlsx")), folder, database)
        run((*JIEMIN, "pair", "--auto"), folder, database)
        script = (str(Path(sys.executable).with_name("jiemin")),)
        ours, other, ratio = in_turn(
            lambda: run((*script, "--help"), folder), lambda: run((peer, "--help"), folder), 15
        )
        report("--help", ours, other, ratio, 1.2)
        ours, other, ratio = in_turn(
            lambda: run((*script, "household", "show", "H0001"), folder, database),
            lambda: run((sys.executable, "-c", "import sqlmodel"), folder),
            15,
        )
        report("household show", ours, other, ratio, 1.6)


if __name__ == "__main__":
    main(sys.argv[1])
