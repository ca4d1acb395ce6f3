"""`jiemin pair`: who helps whom."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, JsonOption, OnOption
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.pair_by_hand import HandMade
    from jiemin.usecases.pair_households import PairingOutcome

app = ChineseTyper("结对：自动配对，手工结对，查看名单。")

_LISTED = 20
_MODE = "多对一"
_MODES = {
    "多对一": "many-to-one",
    "一对一": "one-to-one",
    "many-to-one": "many-to-one",
    "one-to-one": "one-to-one",
}


@app.callback(invoke_without_command=True)
def pair(
    ctx: typer.Context,
    auto: Annotated[bool, typer.Option("--auto", help="给所有应结对的家庭配上干部，已有的结对不变")] = False,
    mode: Annotated[
        str,
        typer.Option(
            "--mode",
            metavar="方式",
            help="多对一（每户可有几名干部）或 一对一（每户只配一名）；也可写 many-to-one、one-to-one",
        ),
    ] = _MODE,
    on: OnOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """结对：自动配对，手工结对，查看名单。"""
    if ctx.invoked_subcommand is not None:
        if auto or on or dry_run or json or mode != _MODE:
            raise typer.BadParameter(f"后面不能再写 {ctx.invoked_subcommand}", param_hint="--auto 等选项")
        return
    if not auto:
        raise typer.BadParameter("自动配对要写 --auto", param_hint="jiemin pair")
    from jiemin.domain.pairing.rules import Mode
    from jiemin.usecases.pair_households import pair_all

    chosen = _MODES.get(mode)
    if chosen is None:
        raise typer.BadParameter("只能是 多对一 或 一对一", param_hint="--mode")
    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("pair auto", mode=chosen, on=on, dry_run=dry_run)
        outcome = pair_all(database, stamp, context.today, on=on, mode=Mode(chosen), dry_run=dry_run)
    if json:
        context.screen.json({"run": _run_shape(outcome)})
    else:
        _show(context.screen, outcome, dry_run)
    raise typer.Exit(ExitCode.PARTIAL if outcome.result.unpaired_households else ExitCode.DONE)


@app.command("add")
def add(
    ctx: typer.Context,
    household: Annotated[str, typer.Argument(metavar="家庭", help="户编号、户主姓名或身份证号")],
    cadre: Annotated[str, typer.Argument(metavar="干部", help="干部姓名、编号或电话；同名写成 姓名@单位")],
    role: Annotated[
        str | None, typer.Option("--role", metavar="身份", help="第一责任人 或 协助；不写则自动判断")
    ] = None,
    on: OnOption = None,
) -> None:
    """手工结一对。"""
    from jiemin.domain.codes import ROLES, read_code
    from jiemin.usecases.pair_by_hand import pair_one

    context = current(ctx)
    wanted = read_code(ROLES, role) if role else None
    if role and wanted is None:
        raise typer.BadParameter("只能是 第一责任人 或 协助", param_hint="--role")
    day = on or context.today
    with context.database() as database:
        made = pair_one(database, context.stamp("pair add", on=on), household, cadre, wanted, day)
    context.screen.say(
        f"已结对：{made.household_no} {made.head_name} — {made.cadre_name}（{made.role}），{day}起"
    )
    _warn_without_lead(context.screen, made)


@app.command("end")
def end(
    ctx: typer.Context,
    household: Annotated[str, typer.Argument(metavar="家庭", help="户编号、户主姓名或身份证号")],
    cadre: Annotated[str, typer.Argument(metavar="干部", help="干部姓名、编号或电话；同名写成 姓名@单位")],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么结束")],
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
    _warn_without_lead(context.screen, done)


@app.command("list")
def list_(
    ctx: typer.Context,
    household: Annotated[str, typer.Option("--household", metavar="家庭", help="只看这一户")] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="只看这名干部")] = "",
    history: Annotated[bool, typer.Option("--history", help="已结束的也列出")] = False,
    json: JsonOption = False,
) -> None:
    """结对名单。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import list_pairings

    context = current(ctx)
    with context.database() as database:
        views = list_pairings(database, context.today, household=household, cadre=cadre, ended=history)
    if json:
        context.screen.json({"pairings": [shapes.pairing(view) for view in views]})
        return
    columns = ["户编号", "户主", "干部编号", "干部", "单位", "身份", "起", "止"]
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
            ]
            for view in views
        ],
    )
    context.screen.say(f"共{len(views)}对")


@app.command("show")
def show(
    ctx: typer.Context,
    household: Annotated[str, typer.Argument(metavar="家庭", help="户编号、户主姓名或身份证号")],
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
        until = f"至{row.end}，{row.end_reason}" if shapes.until(row.end) else "至今"
        context.screen.say(
            f"{row.household_no} {view.head_name} — {row.cadre_name}（{view.unit}） {row.role}"
        )
        context.screen.say(f"  {row.start}{until}  {row.origin}结对")
        for label, amount in reasons[row.id]:
            context.screen.say(f"  {label}（{amount}分）")
    if not views:
        context.screen.say("这一户没有结过对")


def _warn_without_lead(screen: "Screen", made: "HandMade") -> None:
    if not made.lead_left:
        screen.tell(
            f"提醒：{made.household_no}现在没有第一责任人；用 jiemin pair add --role 第一责任人 另结一对"
        )


def _show(screen: "Screen", outcome: "PairingOutcome", dry_run: bool) -> None:
    result = outcome.result
    for sentence in outcome.lacking:
        screen.say(f"说明：{sentence}")
    paired = len({pair.household for pair in result.pairs})
    screen.say(f"应结对{outcome.households}户，干部{outcome.cadres}人，结对自{outcome.day}起")
    screen.say(
        f"已配{paired}户，共{len(result.pairs)}对；新增{len(outcome.started)}对，结束{len(outcome.ended)}对"
    )
    screen.say("经核验，在现有规则下没有更好的配法" if result.optimal else "没有证明这是最好的配法")
    if dry_run:
        _show_pairs(screen, outcome)
    _list(screen, "没有配上干部的家庭", result.unpaired_households, outcome.names)
    _list(screen, "没有结对户的领导干部", result.leaders_without, outcome.names)
    _list(screen, "没有结对户的一般干部", result.idle_cadres, outcome.names)
    if result.unpaired_households:
        screen.say("办法：补充干部名册后再运行 jiemin pair --auto（自动配对时领导干部最多5户，一般干部1户）")
    if dry_run:
        screen.say("这是试算，什么都没有写入")
    elif not outcome.written:
        screen.say("结对没有变化")


def _show_pairs(screen: "Screen", outcome: "PairingOutcome") -> None:
    """What a real run would begin and end."""
    rows = [
        ["新增", pair.household, outcome.names[pair.household], outcome.names[pair.cadre], pair.role.value]
        for pair in outcome.started
    ]
    rows += [
        ["结束", row.household_no, outcome.names.get(row.household_no, ""), row.cadre_name, row.role]
        for row in outcome.ended
    ]
    screen.table(["", "户编号", "户主", "干部", "身份"], rows)


def _list(screen: "Screen", title: str, numbers: tuple[str, ...], names: dict[str, str]) -> None:
    if not numbers:
        return
    listed = "、".join(f"{number} {names.get(number, '')}".strip() for number in numbers[:_LISTED])
    more = "等" if len(numbers) > _LISTED else ""
    screen.say(f"{title}（{len(numbers)}）：{listed}{more}")


def _run_shape(outcome: "PairingOutcome") -> dict[str, Any]:
    result = outcome.result
    return {
        "day": outcome.day.isoformat(),
        "solver": result.solver,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.objective - result.bound,
        "optimal": result.optimal,
        "households": outcome.households,
        "cadres": outcome.cadres,
        "pairings": len(result.pairs),
        "unpaired_households": list(result.unpaired_households),
        "leaders_without": list(result.leaders_without),
        "idle_cadres": list(result.idle_cadres),
        "changes": outcome.changes,
        "started": [
            {"household_no": pair.household, "cadre_no": pair.cadre, "role": pair.role.value}
            for pair in outcome.started
        ],
        "ended": [
            {"household_no": row.household_no, "cadre_no": row.cadre_no, "role": row.role}
            for row in outcome.ended
        ],
        "lacking": list(outcome.lacking),
        "written": outcome.written,
    }
