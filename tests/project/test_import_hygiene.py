"""Start-up stays light: help and completion load no database, workbook or solver library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlmodel", "sqlalchemy", "openpyxl", "python_calamine", "ortools", "rich", "numpy")
_RUN = """
import sys
from jiemin.__main__ import run
try:
    run()
except SystemExit as end:
    code = end.code
print("exit", code, *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(*arguments: str, **environment: str) -> tuple[int, set[str]]:
    """Exit code of one command, and the libraries its process had loaded by the end."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[0] = 'jiemin'{_RUN}", *arguments],
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    _, code, *names = done.stderr.splitlines()[-1].split()
    return int(code), set(names)


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_the_first_page_needs_no_validation_library(argument: str) -> None:
    """Typer itself reads option values with pydantic as soon as a command is named."""
    code, names = loaded(argument)
    assert code == 0
    assert names.isdisjoint({*HEAVY, "pydantic"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("pair", "--help"),
        ("import", "--help"),
        ("template", "--help"),
        ("export", "--help"),
        ("household", "show", "--help"),
        ("report", "quarterly", "--help"),
    ],
)
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code, names = loaded(*arguments)
    assert code == 0
    assert names.isdisjoint(HEAVY)


@pytest.mark.parametrize("words", ["jiemin ho", "jiemin pair li", "jiemin report quarterly --o"])
def test_completion_loads_nothing_heavy(words: str) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    _, names = loaded(_JIEMIN_COMPLETE="complete_bash", **asked)
    assert "typer" in names
    assert names.isdisjoint(HEAVY)


def test_looking_up_a_household_loads_no_workbook_library_and_no_solver(tmp_path: Path) -> None:
    roster = tmp_path / "households.csv"
    roster.write_text(
        "户编号,户主姓名,镇(街道),村(社区),困难类别\nA1,沈月桂,乌镇镇,虹桥村,农村低保\n", "utf-8"
    )
    database = {"JIEMIN_DB": str(tmp_path / "jiemin.db"), "JIEMIN_TODAY": "2014-06-30"}
    code, _ = loaded("import", str(roster), **database)
    assert code == 0
    code, names = loaded("household", "show", "A1", **database)
    assert code == 0
    assert "sqlmodel" in names
    assert names.isdisjoint({"openpyxl", "python_calamine", "ortools", "numpy", "rich"})
