"""Asking before something is done that moves much."""

import sys
from typing import Annotated

import typer

from jiemin.cli.screen import Screen
from jiemin.errors import JieminError

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="不再问，直接做")]


def consent(screen: Screen, question: str, yes: bool) -> bool:
    """Whether to go on: with `yes` always, else as the person at the terminal answers.

    Raises `JieminError` where nobody can be asked.
    """
    if yes:
        return True
    if not somebody_there():
        raise JieminError(f"{question}：这里不能问，什么都没有写入", "确认无误就加上 -y")
    screen.tell(f"{question}？（是就填 y，回车为否）")
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def somebody_there() -> bool:
    """Whether a person sits at the terminal who can answer."""
    return sys.stdin is not None and sys.stdin.isatty()
