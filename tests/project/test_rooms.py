"""Who may import what, and who may read the clock. Import-linter draws the layers; this is finer."""

import ast
import sys
from collections.abc import Iterator

import pytest

DATABASE = {"sqlmodel", "sqlalchemy", "sqlite3"}
WORKBOOKS = {"openpyxl", "python_calamine", "defusedxml"}
OUTSIDE = {"os", "io", "pathlib", "socket", "subprocess", "shutil", "tempfile", "time", "random", "logging"}

Trees = dict[str, ast.Module]


def imported(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(module, names taken from it) of every import, however deep it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", tuple(alias.name for alias in node.names)


def users(package: Trees, libraries: set[str]) -> dict[str, set[str]]:
    """Path → names (or modules) it takes from any of the libraries."""
    found: dict[str, set[str]] = {}
    for path, tree in package.items():
        for module, names in imported(tree):
            if module.split(".")[0] in libraries:
                found.setdefault(path, set()).update(names or {module})
    return found


def test_only_storage_speaks_sql_and_use_cases_only_name_its_types(package: Trees) -> None:
    beyond = {path: names for path, names in users(package, DATABASE).items() if path[:8] != "storage/"}
    assert {path for path in beyond if path[:9] != "usecases/"} == set()
    assert set().union(*beyond.values()) <= {"Connection", "SQLModel"}


def test_only_sheets_reads_and_writes_workbooks(package: Trees) -> None:
    assert {path.split("/")[0] for path in users(package, WORKBOOKS)} == {"sheets"}


def test_rich_stands_in_one_file(package: Trees) -> None:
    assert set(users(package, {"rich"})) == {"cli/screen.py"}


def test_typer_stays_at_the_command_line(package: Trees) -> None:
    assert {path.split("/")[0] for path in users(package, {"typer"})} == {"cli"}
    assert users(package, {"click"}) == {}


def test_the_domain_needs_the_standard_library_alone(package: Trees) -> None:
    for path, tree in package.items():
        if not path.startswith("domain/") or path == "domain/pairing/ortools_solver.py":
            continue
        for module, _ in imported(tree):
            top = module.split(".")[0]
            assert top == "jiemin" or top in sys.stdlib_module_names, f"{path} imports {module}"
            assert top not in OUTSIDE, f"{path} reaches outside with {module}"


def test_the_domain_neither_reads_files_nor_prints(package: Trees) -> None:
    called = {
        (path, node.func.id)
        for path, tree in package.items()
        if path.startswith("domain/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {path for path, name in called if name in {"open", "print", "input"}} == set()


def test_the_clock_is_read_in_one_file(package: Trees) -> None:
    readers = {path for path, tree in package.items() if any(clocks(tree))}
    assert readers == {"cli/context.py"}


@pytest.mark.parametrize(
    "line",
    [
        "date.today()",
        "datetime.datetime.now()",
        "datetime.utcnow()",
        "time.time()",
        "time.localtime()",
        "from time import time",
    ],
)
def test_every_clock_is_known(line: str) -> None:
    assert any(clocks(ast.parse(line)))


def clocks(tree: ast.AST) -> Iterator[str]:
    """Each expression that asks what day or time it is; measuring how long something takes is none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            name = f"{ast.unparse(node.value).split('.')[-1]}.{node.attr}"
            if name in {"date.today", "datetime.today", "datetime.now", "datetime.utcnow"}:
                yield name
            if name in {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"}:
                yield name
    for module, names in imported(tree):
        if module == "time" and {"time", "localtime", "gmtime", "strftime"} & set(names):
            yield module
