"""The command tree: one branch where one is asked for, else all, and both say the same."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer

from jiemin.cli.app import command_tree

Run = Callable[..., Any]


def branches(*words: str) -> list[str]:
    command: Any = typer.main.get_command(command_tree(words))
    return list(command.commands)


def options(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every option of every command, each with the words that lead to it."""
    for name, each in getattr(command, "commands", {}).items():
        yield from options(each, f"{path} {name}")
    for param in command.params:
        if param.param_type_name == "option":
            yield f"{path} {param.opts[0]}".strip(), param


EVERYTHING = branches()
ROOT: Any = typer.main.get_command(command_tree(()))
OPTIONS = dict(options(ROOT))
REQUIRED = [name for name, param in OPTIONS.items() if param.required and not param.multiple]
FILES = [name for name, param in OPTIONS.items() if param.opts[0] == "--out" and not param.is_flag]


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


@pytest.mark.parametrize("name", [*dict.fromkeys([*REQUIRED, *FILES, "cadre leave --reason"])])
@pytest.mark.parametrize("blank", ["", "  "])
def test_what_must_be_told_and_the_name_of_a_file_are_never_blank(name: str, blank: str) -> None:
    context = typer.Context(ROOT)
    with pytest.raises(typer.BadParameter):
        OPTIONS[name].process_value(context, blank)


def test_the_options_that_must_be_told_are_found() -> None:
    assert {"pair end --reason", "household exit --reason", "inspect draw --reason"} <= set(REQUIRED)
    assert {"household file --out", "visit remind --out", "check --out"} <= set(FILES)


def test_a_blank_reason_or_name_of_a_file_is_told_in_words(run: Run) -> None:
    for words in (
        ("household", "exit", "A001", "--reason", " "),
        ("pair", "end", "A001", "C00001", "--reason", ""),
        ("household", "file", "A001", "--out", ""),
    ):
        refused = run(*words)
        assert (refused.code, refused.out) == (2, "")
        assert f"{words[-2]}写得不对：不能是空的" in refused.err
