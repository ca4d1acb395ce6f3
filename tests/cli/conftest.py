"""Running the real command line inside the test's process."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.imports import Take
from support.prepared import Once, Prepared
from support.rosters import county, write_workbook

from jiemin.cli.failures import guarded


@dataclass(frozen=True)
class Ran:
    """How a command ended, and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command in a folder of its own, with its own database, on 2014-06-30."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIEMIN_DB", str(tmp_path / "jiemin.db"))
    monkeypatch.setenv("JIEMIN_TODAY", "2014-06-30")

    def command(*words: str) -> Ran:
        capsys.readouterr()
        code = guarded(list(words))
        streams = capsys.readouterr()
        return Ran(code, streams.out, streams.err)

    return command


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """What steps that many tests begin with leave behind."""
    return Prepared(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def once(run: Run, tmp_path: Path, prepared: Prepared) -> Once:
    """Leave the test's folder as steps leave it; they are taken in the first test that asks."""
    return lambda steps: prepared.lay(tmp_path, steps)


@pytest.fixture
def take(run: Run, tmp_path: Path) -> Take:
    """Import one sheet of rows; what was told of its file."""

    def once(header: Sequence[str], *rows: Sequence[Any], options: Sequence[str] = ()) -> dict[str, Any]:
        write_workbook(tmp_path / "sheet.xlsx", {"名册": [header, *rows]})
        file: dict[str, Any] = run("import", "sheet.xlsx", "--json", *options).json["files"][0]
        return file

    return once


@pytest.fixture
def paired(run: Run, tmp_path: Path, once: Once) -> Run:
    """A county of six households and eight cadres, imported and paired."""

    def steps() -> None:
        county(tmp_path)
        assert run("import", "households.xlsx").code == 0
        assert run("pair", "--auto").code == 0

    once(steps)
    return run
