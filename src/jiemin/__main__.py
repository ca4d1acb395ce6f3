"""`python -m jiemin` and the command `jiemin`."""

import gc
import sys


def run() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(50_000)  # loading the database layer makes many lasting objects, and no waste
    try:
        from jiemin.cli.failures import guarded
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(guarded())


if __name__ == "__main__":
    run()
