"""The command tree, of which only the branch asked for is built: the others' options cost time.

Nothing heavy is loaded here either: each command imports its use case itself.
"""

from collections.abc import Sequence
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from jiemin import __version__
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import AppContext
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import day_option

_COMMANDS = {
    "tour": "tour",
    "template": "template",
    "import": "import_",
    "export": "export",
    "undo": "log",
    "status": "status",
    "check": "check",
    "acknowledge": "acknowledge",
    "problems": "problems",
}
"""Commands, each with its module; the function is named as the command, or as the module."""
_WITH_VALUE = frozenset(["--db", "--today", "--policy"])


def command_tree(words: Sequence[str] = ()) -> ChineseTyper:
    """The commands in the order of the help page; of a command line that names one, that one alone.

    Where it names none, as for the help page itself, the groups stand there without their commands.
    """
    asked, then = _asked(words)
    known = asked in _COMMANDS or asked in GROUPS
    app = ChineseTyper(_EXPLANATION, context_settings={"help_option_names": ["-h", "--help"]})
    app.callback()(root)
    for name, module in _COMMANDS.items():
        if not known or name == asked:
            found = import_module(f"jiemin.cli.{module}")
            app.command(name)(getattr(found, name, None) or getattr(found, module))
    for name, explanation in GROUPS.items():
        if words and not known:
            app.add_typer(ChineseTyper(explanation), name=name)
        elif not known or name == asked:
            app.add_typer(_only(import_module(f"jiemin.cli.{name}").app, then), name=name)
    return app


def _only(group: typer.Typer, name: str) -> typer.Typer:
    """The group with the command of that name alone, if it has one, and no groups of its own."""
    asked = [each for each in group.registered_commands if each.name == name]
    if not asked:
        return group
    lone = copy(group)
    lone.registered_commands, lone.registered_groups = asked, []
    return lone


def _asked(words: Sequence[str]) -> tuple[str, str]:
    """The first word that is no option of the root, nor its value, and the word behind it.

    Both are "" if another option comes first.
    """
    rest = iter(words)
    for word in rest:
        if word in _WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            return word, next(rest, "")
        elif word.partition("=")[0] not in _WITH_VALUE:
            break
    return "", ""


_EXPLANATION = "结民：干部结民亲。困难家庭、干部、结对、走访、补助和季度报表，都在这台电脑的一个文件里。"


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"jiemin {__version__}")
        raise typer.Exit


def root(
    ctx: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option("--db", envvar="JIEMIN_DB", metavar="文件", help="数据库文件，默认在用户数据文件夹里"),
    ] = None,
    today: Annotated[
        Any,
        typer.Option(
            "--today",
            envvar="JIEMIN_TODAY",
            parser=day_option,
            metavar="日期",
            help="把这一天当作今天，练习时用",
        ),
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", envvar="JIEMIN_POLICY", metavar="文件", help="本县的政策标准文件"),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本号")
    ] = False,
) -> None:
    """What every command knows; `_EXPLANATION` is what the help page says."""
    ctx.obj = AppContext(db, today, policy)
