"""The checkout under test: its root, and every Python file in it as a syntax tree."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def package() -> dict[str, ast.Module]:
    """Path below src/jiemin, such as `cli/app.py`, with its syntax tree."""
    return _trees(ROOT / "src" / "jiemin")


@pytest.fixture(scope="session")
def everything() -> dict[str, ast.Module]:
    """Path below the root with its syntax tree: the package, tests, scripts and benchmarks."""
    folders = ("src", "tests", "scripts", "benchmarks")
    return {f"{name}/{path}": tree for name in folders for path, tree in _trees(ROOT / name).items()}


def _trees(folder: Path) -> dict[str, ast.Module]:
    return {
        path.relative_to(folder).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.py"))
    }
