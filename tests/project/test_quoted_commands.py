"""Every command that the documents or our own messages tell people to type can be typed."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from jiemin.cli.app import command_tree

COMMAND = re.compile(r"(?<![\w\[/.-])(?:\.venv[/\\](?:bin|Scripts)[/\\])?jiemin +([^\n`，。；、）)：|]+)")
SPAN = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)

DOCUMENTS = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**/*.md"]


def quoted(text: str) -> list[str]:
    """What stands after each `jiemin` in the text, up to the end of the line or clause."""
    return [match[1].strip() for match in COMMAND.finditer(text)]


def fault(line: str) -> str:
    """Why a command line could not be typed; empty when it could. Values are not judged.

    Where a word is no command name at all, as in prose, the line ends.
    """
    command = _whole_tree()
    options = _options(command)
    words = iter(line.split())
    for word in words:
        name, _, value = word.partition("=")
        if re.fullmatch(r"--?[a-zA-Z][\w-]*", name):
            if name not in options:
                return f"no option {name}"
            if options[name] and not value:
                next(words, None)
        elif hasattr(command, "commands") and re.fullmatch(r"[a-z][a-z-]*", word):
            if word not in command.commands:
                return f"no command {word}"
            command = command.commands[word]
            options = _options(command)
        elif hasattr(command, "commands"):
            return ""
    return ""


@cache
def _whole_tree() -> Any:
    """All commands, built once."""
    return typer.main.get_command(command_tree())


def _options(command: Any) -> dict[str, bool]:
    """Option name → whether a value follows it."""
    found = {"--help": False, "-h": False}
    for each in command.params:
        takes_value = not getattr(each, "is_flag", False)
        found |= dict.fromkeys([*each.opts, *each.secondary_opts], takes_value)
    return found


@pytest.mark.parametrize("pattern", DOCUMENTS)
def test_commands_in_the_documents_exist(pattern: str, root: Path) -> None:
    files = sorted(root.glob(pattern))
    assert files
    wrong = {
        (path.relative_to(root).as_posix(), line, fault(line))
        for path in files
        for span in SPAN.findall(path.read_text("utf-8"))
        for line in quoted(span)
        if fault(line)
    }
    assert wrong == set()


def test_commands_in_our_messages_exist(package: dict[str, ast.Module]) -> None:
    told = {line for text in _texts(package) for line in quoted(text)}
    assert len(told) > 10
    assert {line: fault(line) for line in told if fault(line)} == {}


def _texts(package: dict[str, ast.Module]) -> Iterator[str]:
    for tree in package.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_the_tour_runs_commands_that_exist() -> None:
    from jiemin.cli.tour import COMMANDS

    assert {command: fault(command) for _, command in COMMANDS if fault(command)} == {}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("frob", "no command frob"),
        ("pair lst", "no command lst"),
        ("status --colour", "no option --colour"),
        ("--db a.db --today 2014-06-30 household list --town 乌镇", ""),
        ("visit add 沈月桂 --date 2014-06-18", ""),
        ("visit add --no-such 1", "no option --no-such"),
        ("pair list 查看", ""),
    ],
)
def test_a_wrong_line_is_found_out(line: str, told: str) -> None:
    assert fault(line) == told


def test_commands_are_found_in_fences_and_spans() -> None:
    text = "run `jiemin status`, or\n```\n$ .venv/bin/jiemin pair --auto\n```\nimport src/jiemin as it is"
    assert [line for span in SPAN.findall(text) for line in quoted(span)] == ["status", "pair --auto"]
