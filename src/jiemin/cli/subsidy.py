"""`jiemin subsidy`: what households are due, and how each amount came about."""

from typing import Annotated

import typer

from jiemin.cli import subsidy_arrears, subsidy_runs, subsidy_simulate, subsidy_uplift
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import DryRunOption, HouseholdArgument, JsonOption, MonthOption, YearOption
from jiemin.cli.subsidy_views import (
    compute_shape,
    explained_shape,
    list_shape,
    show_explained,
    show_list,
    show_outcome,
)
from jiemin.errors import ExitCode

app = ChineseTyper(GROUPS["subsidy"])


@app.command("compute")
def compute(
    ctx: typer.Context,
    month: MonthOption = None,
    year: YearOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """计算并登记成草稿：--month 按月发的，--year 按年发的；都不写则为本月和本年。批准过的不再重算。"""
    from jiemin.cli.other_books import remind_of_other_books
    from jiemin.usecases.compute_subsidies import compute_subsidies

    context = current(ctx)
    named = {"month": str(month or ""), "year": str(year or "")}
    with context.database() as database:
        remind_of_other_books(context, database)
        stamp = context.stamp("subsidy compute", **named, dry_run=dry_run)
        outcome = compute_subsidies(
            database, stamp, context.book(), context.today, month=month, year=year, dry_run=dry_run
        )
    if json:
        context.screen.json(compute_shape(outcome))
    else:
        show_outcome(context.screen, outcome, dry_run)
    if outcome.nothing:
        raise typer.Exit(ExitCode.MENDABLE)
    raise typer.Exit(ExitCode.PARTIAL if outcome.missing else ExitCode.DONE)


@app.command("list")
def list_(
    ctx: typer.Context,
    month: MonthOption = None,
    year: YearOption = None,
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇（街道）")] = "",
    json: JsonOption = False,
) -> None:
    """已登记的补助，和缺少资料算不出的家庭；不写月份、年份则为最近算过的。"""
    from jiemin.usecases.list_subsidies import list_subsidies

    context = current(ctx)
    named = context.places().town_named(town).name if town else ""
    with context.database() as database:
        listed = list_subsidies(database, context.book(), context.today, month=month, year=year, town=named)
    if json:
        context.screen.json(list_shape(listed))
    else:
        show_list(context.screen, listed)


@app.command("explain")
def explain(
    ctx: typer.Context,
    household: HouseholdArgument,
    month: MonthOption = None,
    year: YearOption = None,
    json: JsonOption = False,
) -> None:
    """一户的补助是怎么算的，每一步用的标准、文号和条款。"""
    from jiemin.usecases.explain_subsidy import explain_subsidy

    context = current(ctx)
    with context.database() as database:
        found = explain_subsidy(database, household, context.book(), context.today, month=month, year=year)
    if json:
        context.screen.json(explained_shape(found))
    else:
        show_explained(context.screen, found)
    if not all(each.agrees for each in found.amounts):
        raise typer.Exit(ExitCode.FINDINGS)
    if found.missing:
        raise typer.Exit(ExitCode.PARTIAL)


subsidy_runs.add_to(app)
subsidy_arrears.add_to(app)
subsidy_uplift.add_to(app)
subsidy_simulate.add_to(app)
