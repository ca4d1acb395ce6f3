"""What many tests begin with, done once and then copied."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import CodeType

Steps = Callable[[], object]
Once = Callable[[Steps], None]
"""Leave the test's folder as the steps leave it."""


class Prepared:
    """What steps left in a folder, by the steps' code: they are taken the first time only.

    So steps must leave the same whoever takes them: files of the test's folder, nothing else, and nothing
    that a parameter changes.
    """

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._folders: dict[tuple[str, CodeType], Path] = {}

    def lay(self, folder: Path, steps: Steps) -> None:
        """Leave the folder as the steps leave it."""
        code = steps.__code__
        key = (code.co_filename, code)  # code alone is equal to its like in another file
        known = self._folders.get(key)
        if known is not None:
            shutil.copytree(known, folder, dirs_exist_ok=True)
            return
        steps()
        own = self._kept / str(len(self._folders))
        shutil.copytree(folder, own)
        self._folders[key] = own
