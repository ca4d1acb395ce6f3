"""Import of a county: 100,000 households against openpyxl's bare loop, again, and with 300,000 persons.

Whole processes over generated workbooks, which takes about ten minutes.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from import_rows import LOOP
from measure import JIEMIN, in_turn, peak_of_children, repeated, report, report_seconds, run
from rosters import make_households, make_members

HOUSEHOLDS, PERSONS = 100_000, 300_000
RUNS = 3


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        households, members, database = (folder / each for each in ("h.xlsx", "m.xlsx", "jiemin.db"))
        make_households(households, HOUSEHOLDS)
        make_members(members, HOUSEHOLDS, PERSONS)

        def again(*files: Path) -> float:
            return run((*JIEMIN, "import", *map(str, files)), folder, {"JIEMIN_DB": str(database)})

        def first(*files: Path) -> float:
            database.unlink(missing_ok=True)
            return again(*files)

        loop = (sys.executable, "-c", LOOP, str(households))
        told = in_turn(lambda: first(households), lambda: run(loop, folder), RUNS)
        report(f"import of {HOUSEHOLDS} rows", *told, 0.6)
        print(f"largest process: {peak_of_children():.0f} MiB (< 400 MB)")
        told = in_turn(lambda: again(households), lambda: first(households), RUNS)
        report("second import of the same file", *told, 0.8)
        both = repeated(lambda: first(households, members), RUNS)
        report_seconds(f"import of {HOUSEHOLDS} households and {PERSONS} persons", both, 15.0)
        print(f"largest process: {peak_of_children():.0f} MiB")


if __name__ == "__main__":
    main()
