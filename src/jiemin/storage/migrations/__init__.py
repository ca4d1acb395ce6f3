"""The layouts the database has had, one numbered SQL file for each step.

A file that has been released is never edited. `user_version` of a database is the number of the
last step it took.
"""

from pathlib import Path


def steps_after(version: int) -> list[tuple[int, str]]:
    """The steps a database of that version has still to take: their numbers and SQL, in order."""
    return [(number, path.read_text("utf-8")) for number, path in _steps() if number > version]


def newest() -> int:
    """The version a database has after all steps."""
    return _steps()[-1][0]


def _steps() -> list[tuple[int, Path]]:
    return sorted((int(path.name[:4]), path) for path in Path(__file__).parent.glob("*.sql"))
