"""The command tree. Importing it loads nothing heavy: each command imports its use case itself."""

from pathlib import Path
from typing import Annotated, Any

import typer

from jiemin import __version__
from jiemin.cli import (
    cadre,
    duplicates,
    export,
    household,
    import_,
    log,
    pair,
    problems,
    report,
    status,
    subsidy,
    template,
    tour,
    visit,
)
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import AppContext
from jiemin.cli.options import day_option

app = ChineseTyper(
    "结民：干部结民亲。困难家庭、干部、结对、走访、补助和季度报表，都在这台电脑的一个文件里。",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"jiemin {__version__}")
        raise typer.Exit


@app.callback()
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
    """结民：干部结民亲。困难家庭、干部、结对、走访、补助和季度报表，都在这台电脑的一个文件里。"""
    ctx.obj = AppContext(db, today, policy)


for name, command in (
    ("tour", tour.tour),
    ("template", template.template),
    ("import", import_.import_),
    ("export", export.export),
    ("undo", log.undo),
    ("status", status.status),
    ("problems", problems.problems),
):
    app.command(name)(command)
for name, group in (
    ("household", household.app),
    ("cadre", cadre.app),
    ("pair", pair.app),
    ("visit", visit.app),
    ("subsidy", subsidy.app),
    ("report", report.app),
    ("duplicates", duplicates.app),
    ("log", log.app),
):
    app.add_typer(group, name=name)
