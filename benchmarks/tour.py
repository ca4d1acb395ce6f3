"""The whole sample tour, from import to report, as one process."""

from pathlib import Path
from tempfile import TemporaryDirectory

from measure import JIEMIN, repeated, report_seconds, run


def main() -> None:
    with TemporaryDirectory() as name:
        report_seconds("tour", repeated(lambda: run((*JIEMIN, "tour"), Path(name))), 10.0)


if __name__ == "__main__":
    main()
