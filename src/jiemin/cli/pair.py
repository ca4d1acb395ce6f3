"""`jiemin pair`: who helps whom."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiemin.cli import pair_rules, pair_runs, pair_views, pair_why
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.consent import YesOption
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import (
    AsOfOption,
    CadreArgument,
    DryRunOption,
    HouseholdArgument,
    JsonOption,
    OnOption,
    file_named,
    said,
)

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.pair_by_hand import HandMade

app = ChineseTyper(GROUPS["pair"])
app.command("status")(pair_views.status)
app.command("runs")(pair_runs.runs)
app.add_typer(pair_runs.app, name="run")
app.command("why")(pair_why.why)
app.command("why-not")(pair_why.why_not)
app.add_typer(pair_rules.app, name="rule")


@app.callback(invoke_without_command=True)
def pair(
    ctx: typer.Context,
    auto: Annotated[bool, typer.Option("--auto", help="给所有应结对的家庭配上干部，已有的结对不变")] = False,
    mode: Annotated[
        str,
        typer.Option(
            "--mode",
            metavar="方式",
            help="多对一（每户可有几名干部）、一对一（每户只配一名）或 限额（按职级限户数）；"
            "也可写 many-to-one、one-to-one、quota；不写就照结对规则",
        ),
    ] = "",
    rebalance: Annotated[
        bool, typer.Option("--rebalance", help="也可以换掉少数已有的结对，换来更合适的；手工结的不换")
    ] = False,
    max_changes: Annotated[
        int | None,
        typer.Option(
            "--max-changes", metavar="对数", min=0, help="--rebalance 最多结束几对已有的结对，默认10"
        ),
    ] = None,
    on: OnOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            parser=file_named,
            metavar="文件",
            help="不写入，存成 .xlsx 方案，改好后用 jiemin import 导入",
        ),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """结对：自动配对，手工结对，查看名单。"""
    if ctx.invoked_subcommand is not None:
        if auto or mode or rebalance or max_changes is not None or on or out or yes or dry_run or json:
            raise typer.BadParameter(f"后面不能再写 {ctx.invoked_subcommand}", param_hint="--auto 等选项")
        return
    if not auto:
        raise typer.BadParameter("自动配对要写 --auto", param_hint="jiemin pair")
    if max_changes is not None and not rebalance:
        raise typer.BadParameter("要和 --rebalance 一起用", param_hint="--max-changes")
    if out is not None and dry_run:
        raise typer.BadParameter("和 --dry-run 只能用一个", param_hint="--out")
    from jiemin.cli.pair_auto import AutoOptions, run

    run(current(ctx), AutoOptions(mode, on, rebalance, max_changes, out, yes, dry_run, json))


@app.command("add")
def add(
    ctx: typer.Context,
    household: HouseholdArgument,
    cadre: CadreArgument,
    role: Annotated[
        str | None, typer.Option("--role", metavar="身份", help="第一责任人 或 协助；不写则自动判断")
    ] = None,
    on: OnOption = None,
) -> None:
    """手工结一对；家庭已登记退出、干部已登记离任的，结对到那一天结束。"""
    from jiemin.domain.codes import ROLES, read_code
    from jiemin.usecases.pair_by_hand import pair_one

    context = current(ctx)
    wanted = read_code(ROLES, role) if role else None
    if role and wanted is None:
        raise typer.BadParameter("只能是 第一责任人 或 协助", param_hint="--role")
    day = on or context.today
    with context.database() as database:
        stamp = context.stamp("pair add", on=on)
        rules = context.pairing_settings().rules
        made = pair_one(database, stamp, household, cadre, wanted, day, rules)
    until = f"；自{made.until}起{made.why}，结对到那天结束" if made.why else ""
    context.screen.say(
        f"已结对：{made.household_no} {made.head_name} — {made.cadre_name}（{made.role}），{day}起{until}"
    )
    _remind(context.screen, made, "现在" if day == context.today else f"{day}")


@app.command("end")
def end(
    ctx: typer.Context,
    household: HouseholdArgument,
    cadre: CadreArgument,
    reason: Annotated[str, typer.Option("--reason", parser=said, metavar="原因", help="为什么结束")],
    on: OnOption = None,
) -> None:
    """结束一对；记录保留在历史里。"""
    from jiemin.usecases.pair_by_hand import end_pairing

    context = current(ctx)
    day = on or context.today
    with context.database() as database:
        stamp = context.stamp("pair end", on=on)
        done = end_pairing(database, stamp, household, cadre, day, reason, context.today)
    pair = f"{done.household_no} {done.head_name} — {done.cadre_name}"
    if done.taken_back:
        context.screen.say(f"已取消：{pair}，这一对{day}才开始，没有生效过")
    else:
        context.screen.say(f"已结束：{pair}，自{day}起不再结对")
    _remind(context.screen, done)


@app.command("list")
def list_(
    ctx: typer.Context,
    household: Annotated[str, typer.Option("--household", metavar="家庭", help="只看这一户")] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="只看这名干部")] = "",
    history: Annotated[bool, typer.Option("--history", help="已结束的也列出")] = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """结对名单。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import list_pairings

    context = current(ctx)
    with context.database() as database:
        views = list_pairings(
            database,
            as_of or context.today,
            household=household,
            cadre=cadre,
            ended=history,
            past=as_of is not None,
        )
    if json:
        context.screen.json({"pairings": [shapes.pairing(view) for view in views]})
        return
    columns = ["户编号", "户主", "干部编号", "干部", "单位", "身份", "起", "止"]
    if history:
        columns.append("结束原因")
    context.screen.table(
        columns,
        [
            [
                view.row.household_no,
                view.head_name,
                view.row.cadre_no,
                view.row.cadre_name,
                view.unit,
                view.row.role,
                str(view.row.start),
                shapes.until(view.row.end) or "",
                *([shapes.words(view.row.end_reason, False) or ""] if history else []),
            ]
            for view in views
        ],
    )
    context.screen.say(f"共{len(views)}对")


@app.command("show")
def show(
    ctx: typer.Context,
    household: HouseholdArgument,
    json: JsonOption = False,
) -> None:
    """一户的结对和当初配对的理由。"""
    from json import loads

    from jiemin.cli import shapes
    from jiemin.usecases.look_up import list_pairings

    context = current(ctx)
    with context.database() as database:
        views = list_pairings(database, context.today, household=household, ended=True)
    reasons = {view.row.id: loads(view.row.reasons) if view.row.reasons else [] for view in views}
    if json:
        listed = [shapes.pairing(view) | {"reasons": reasons[view.row.id]} for view in views]
        context.screen.json({"pairings": listed})
        return
    for view in views:
        row = view.row
        why = shapes.words(row.end_reason, False) or ""
        until = f"至{row.end}，{why}" if shapes.until(row.end) else "至今"
        context.screen.say(
            f"{row.household_no} {view.head_name} — {row.cadre_name}（{view.unit}） {row.role}"
        )
        context.screen.say(f"  {row.start}{until}  {row.origin}结对")
        for label, amount in reasons[row.id]:
            context.screen.say(f"  {label}（{amount}分）")
    if not views:
        context.screen.say("这一户没有结过对")


def _remind(screen: "Screen", made: "HandMade", when: str = "现在") -> None:
    for remark in made.remarks:
        screen.tell(f"提醒：{remark}")
    if not made.lead_left:
        screen.tell(
            f"提醒：{made.household_no}{when}没有第一责任人；用 jiemin pair add --role 第一责任人 另结一对"
        )
