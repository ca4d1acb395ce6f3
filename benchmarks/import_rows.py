"""Import of 10,000 household rows of 20 columns with all checks, against openpyxl's bare loop.

Both are whole processes over the same file; ours reads, checks, matches, writes and reports.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import JIEMIN, in_turn, peak_of_children, report, run
from rosters import make_households

ROWS = 10_000
LOOP = (
    "import sys, openpyxl\n"
    "for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):\n"
    "    for row in sheet.iter_rows(values_only=True): pass\n"
)


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        roster, database = folder / "roster.xlsx", folder / "jiemin.db"
        make_households(roster, ROWS)

        def first_import() -> float:
            database.unlink(missing_ok=True)
            return run((*JIEMIN, "import", str(roster)), folder, {"JIEMIN_DB": str(database)})

        ours, peer, ratio = in_turn(
            first_import, lambda: run((sys.executable, "-c", LOOP, str(roster)), folder)
        )
        report(f"import of {ROWS} rows", ours, peer, ratio, 1.3)
        print(f"largest process: {peak_of_children():.0f} MiB")


if __name__ == "__main__":
    main()
