"""The documents agree with the program and with each other."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from jiemin import __version__
from jiemin.cli.tour import COMMANDS
from jiemin.policy.book_file import load_book

LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)?(?:#([^)\s]+))?\)")
OURS = re.compile(r"`((?:src|docs|scripts|tests)/[\w./-]+)`")


def documents(root: Path) -> list[Path]:
    """Every page people read."""
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def test_what_the_program_writes_is_up_to_date(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(root / "scripts" / "make_docs.py"), "--check"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_changelog_tells_of_this_version_first(root: Path) -> None:
    headings = re.findall(r"^## (\S+)", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__


def test_links_between_the_pages_lead_somewhere(root: Path) -> None:
    lost = set()
    for page in documents(root):
        for path, place in LINK.findall(page.read_text("utf-8")):
            target = page.parent / path if path else page
            if not target.exists() or (place and place not in anchors(target)):
                lost.add((page.relative_to(root).as_posix(), path, place))
    assert lost == set()


def anchors(page: Path) -> set[str]:
    """What can be linked to inside a page: its headings in lower case, spaces as hyphens."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_recipes_name_files_that_exist(root: Path) -> None:
    named = set(OURS.findall((root / "CONTRIBUTING.md").read_text("utf-8")))
    assert len(named) > 20
    assert {path for path in named if "NNNN" not in path and not (root / path).exists()} == set()


def test_every_module_the_architecture_names_exists(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:domain|sheets|storage|usecases|policy|cli)/[\w./-]+)`", text))
    assert len(named) > 30
    assert {path for path in named if not (root / "src" / "jiemin" / path).exists()} == set()


def test_every_decision_is_listed(root: Path) -> None:
    folder = root / "docs" / "adr"
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_the_policy_file_in_the_manual_is_one_the_program_takes(root: Path, tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", (root / "docs" / "policy.md").read_text("utf-8"), re.DOTALL)
    own = tmp_path / "county.toml"
    own.write_text("\n".join(example), encoding="utf-8")
    book = load_book(own)
    standards = [
        book.on(day).value("dibao.rural.standard", "低保金").amount
        for day in (date(2014, 6, 30), date(2014, 7, 1))
    ]
    assert standards == [400_00, 430_00]
    before = book.without_raise().on(date(2014, 7, 1)).value("dibao.rural.standard", "低保金")
    assert before.amount == 400_00


@pytest.mark.parametrize("name", ["run-command", "test-command"])
def test_the_readme_promises_each_command_in_one_line(root: Path, name: str) -> None:
    assert len(block(root, name)) == 1


def test_the_readme_shows_the_whole_tour(root: Path) -> None:
    shown = [line for line in block(root, "tour") if line.startswith("$")]
    assert shown == [f"$ jiemin {command}" for _, command in COMMANDS]


def block(root: Path, name: str) -> list[str]:
    """The lines of the fenced block that follows a comment in README.md."""
    text = (root / "README.md").read_text("utf-8")
    found = re.search(rf"^<!-- {name} -->\n```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found is not None, name
    return found[1].splitlines()
