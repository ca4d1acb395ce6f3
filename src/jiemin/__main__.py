"""`python -m jiemin` and the command `jiemin`."""

import sys

from jiemin.cli.failures import guarded


def run() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(guarded())


if __name__ == "__main__":
    run()
