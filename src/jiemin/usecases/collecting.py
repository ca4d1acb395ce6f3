"""Python's search for cycles, held back where it only costs time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let Python not look for cycles meanwhile: among hundreds of thousands of lasting facts and rows, hardly
    any of which refers back to another, it would look again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
