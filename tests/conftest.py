"""What holds for every test: no test sees the user's home, data, clock or settings."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.one_dialect import compiled_once
from support.reading import reading_here

settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):  # a finding there must be one that everybody can find again
    settings.load_profile("ci")

CHILDREN = (
    *("sheets/test_reader", "faults/"),
    *("cli/test_failures.py", "cli/test_import.py", "cli/test_tour.py"),
)
"""Where files are read as for the user, in a process of its own; everywhere else in the test's."""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, and none of our environment variables."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("JIEMIN_DB", "JIEMIN_TODAY", "JIEMIN_POLICY"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="module", autouse=True)
def reading(request: pytest.FixtureRequest) -> Iterator[None]:
    """How files are read in this module."""
    place = request.path.relative_to(Path(__file__).parent).as_posix()
    if place.startswith(CHILDREN):
        yield
    else:
        with reading_here():
            yield


@pytest.fixture(scope="session", autouse=True)
def statements() -> Iterator[None]:
    """Statements are compiled once for all databases."""
    with compiled_once():
        yield
