"""The layouts the database has had, one numbered SQL file for each step.

A file that has been released is never edited. `user_version` of a database is the number of the
last step it took.
"""

from importlib.resources import files


def steps_after(version: int) -> list[tuple[int, str]]:
    """The steps a database of that version has still to take: their numbers and SQL, in order."""
    found = sorted(
        (int(entry.name[:4]), entry.read_text("utf-8"))
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".sql")
    )
    return [step for step in found if step[0] > version]


def newest() -> int:
    """The version a database has after all steps."""
    return steps_after(0)[-1][0]
