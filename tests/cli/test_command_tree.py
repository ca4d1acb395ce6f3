"""The command tree: one branch where one is asked for, else all, and both say the same."""

from collections.abc import Callable
from typing import Any

import pytest
import typer

from jiemin.cli.app import command_tree

Run = Callable[..., Any]


def branches(*words: str) -> list[str]:
    command: Any = typer.main.get_command(command_tree(words))
    return list(command.commands)


EVERYTHING = branches()


@pytest.mark.parametrize("name", EVERYTHING)
def test_of_a_command_asked_for_that_branch_alone_is_built(name: str) -> None:
    assert branches(name, "--help") == [name]
    assert branches("--db", "household", "--today=2014-06-30", name, "cadre") == [name]


@pytest.mark.parametrize(
    "words", [(), ("--help", "pair"), ("-h",), ("--version", "pair"), ("houshold", "list")]
)
def test_else_all_of_it_is(words: tuple[str, ...]) -> None:
    assert len(EVERYTHING) == 24
    assert branches(*words) == EVERYTHING


def test_a_slip_of_the_pen_is_still_told_what_is_near(run: Run) -> None:
    slip = run("houshold", "list")
    assert slip.code == 2
    assert "没有命令“houshold”，是不是 household" in slip.err


def test_the_help_page_lists_every_command(run: Run) -> None:
    page = run("--help").out
    assert [line.split()[0] for line in page.split("命令：\n")[1].splitlines()] == EVERYTHING
