"""`jiemin subsidy runs`, `approve`, `void` and `pay-list`: money from the draft to the bank."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.consent import YesOption, consent
from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, JsonOption, NewFileOption, said
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.pay_list import PayTotals
    from jiemin.domain.subsidy_runs import RunTotals
    from jiemin.storage.subsidy_runs import RunRow
    from jiemin.usecases.approve_run import Approval
    from jiemin.usecases.subsidy_pay_list import RunPayList
    from jiemin.usecases.subsidy_runs import RunView

RunArgument = Annotated[
    str, typer.Argument(metavar="批次", help="批次编号（如 F000001）、月份（如 2014-06）或年份（如 2014）")
]


def runs(ctx: typer.Context, json: JsonOption = False) -> None:
    """补助的各批：哪一批算的是哪个月、哪一年，批准了没有，多少户，多少钱。"""
    from jiemin.domain.money_items import RunStatus
    from jiemin.usecases.subsidy_runs import list_runs

    context = current(ctx)
    with context.database() as database:
        views = list_runs(database)
    if json:
        context.screen.json({"runs": [run_shape(each.row, each.totals) for each in views]})
        return
    context.screen.table(
        ["编号", "种类", "时段", "状态", "户数", "应发", "应退", "计算日期", "批准日期", "作废日期", "原因"],
        [_line(each) for each in views],
    )
    context.screen.say(f"共{len(views)}批" if views else "还没有计算过补助；先计算：jiemin subsidy compute")
    drafts = [each.row.run_no for each in views if each.row.status == RunStatus.DRAFT]
    if drafts:
        context.screen.say(f"草稿{len(drafts)}批，核对无误再批准：jiemin subsidy approve {drafts[0]}")


def approve(
    ctx: typer.Context,
    run: RunArgument,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """批准一批补助：金额从此定下，不再重算，可以出发放清单；以后的差额另行补发。

    例：jiemin subsidy approve 2014-06
    """
    from jiemin.usecases.approve_run import approve_run, preview_approval

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("subsidy approve", run_no=run)
        seen = preview_approval(database, stamp, run, context.book(), context.today)
        row, number = seen.row, seen.row.run_no
        if not json:
            _show_approval(context.screen, seen, context.today)
        if not dry_run:
            if not consent(context.screen, f"批准{number}", yes):
                context.screen.say("没有批准，什么都没有写入")
                return
            row = approve_run(database, context.stamp("subsidy approve", run_no=number), seen, context.today)
    if json:
        told = {"missing": seen.missing, "turned": seen.turned, "written": not dry_run}
        context.screen.json({"approval": run_shape(row, seen.totals) | told})
    elif dry_run:
        context.screen.say("这是试看，什么都没有写入")
    else:
        context.screen.say(f"已批准{number}；发放清单：jiemin subsidy pay-list {number} --out 发放清单.xlsx")
    raise typer.Exit(ExitCode.PARTIAL if seen.missing else ExitCode.DONE)


def void(
    ctx: typer.Context,
    run: RunArgument,
    reason: Annotated[
        str, typer.Option("--reason", parser=said, metavar="原因", help="为什么作废；会记下来")
    ],
    json: JsonOption = False,
) -> None:
    """作废一批补助：留在记录里，哪里都不再计入；作废后可以重新计算这个时段。

    例：jiemin subsidy void F000001 --reason 标准录错了
    """
    from jiemin.usecases.subsidy_runs import period_label
    from jiemin.usecases.void_run import void_run

    context = current(ctx)
    with context.database() as database:
        row = void_run(database, context.stamp("subsidy void", run_no=run), run, reason, context.today)
    if json:
        context.screen.json({"void": {"run_no": row.run_no, "period": row.period, "was": row.status}})
        return
    context.screen.say(
        f"已作废{row.run_no}（{period_label(row)}{row.kind}，原来{row.status}）；可用 jiemin undo 撤销"
    )
    context.screen.say(f"重新计算：jiemin subsidy {_again(row)}")
    if row.approved:
        context.screen.tell("提醒：这一批批准过，已经发出去的钱和清单要另行追回")


def pay_list(ctx: typer.Context, run: RunArgument, out: NewFileOption, json: JsonOption = False) -> None:
    """发放清单：批准了的一批，一户一行，账号、身份证号完整（会记入日志），给银行和财务。

    例：jiemin subsidy pay-list 2014-06 --out 发放清单.xlsx
    """
    from jiemin.sheets.forms.pay_list import write_pay_list
    from jiemin.sheets.forms.roster_sheet import refuse_existing
    from jiemin.usecases.subsidy_pay_list import subsidy_pay_list
    from jiemin.usecases.subsidy_runs import period_label

    context = current(ctx)
    refuse_existing(out)
    with context.database() as database:
        made = subsidy_pay_list(database, run, context.today)
        context.note_reveal(database, "subsidy pay-list", True, run_no=made.row.run_no)
    write_pay_list(
        made.listed,
        out,
        county=context.places().name,
        subtitle=f"{period_label(made.row)}{made.row.kind}（批次{made.row.run_no}，{made.row.approved_on}批准）",
        arrears=made.arrears,
        filled_on=context.today,
    )
    if json:
        context.screen.json({"pay_list": _list_shape(made, out)})
    else:
        _show_list(context.screen, made, out)
    raise typer.Exit(ExitCode.PARTIAL if made.listed.waiting else ExitCode.DONE)


def run_shape(row: "RunRow", totals: "RunTotals") -> dict[str, Any]:
    """A run with its totals; days are ISO, amounts fen."""
    from jiemin.cli.shapes import day, words

    return {
        "run_no": row.run_no,
        "kind": row.kind,
        "period": row.period,
        "status": row.status,
        "households": totals.households,
        "paid_fen": totals.paid_fen,
        "owed_back_fen": totals.owed_back_fen,
        "computed_on": day(row.computed_on),
        "approved_on": day(row.approved_on),
        "voided_on": day(row.voided_on),
        "void_reason": words(row.void_reason, reveal=False),
    }


def _line(view: "RunView") -> list[str]:
    from jiemin.domain.money import format_yuan
    from jiemin.domain.people import mask_digits

    row, totals = view.row, view.totals
    days = (row.computed_on, row.approved_on, row.voided_on)
    return [
        row.run_no,
        row.kind,
        row.period,
        row.status,
        str(totals.households),
        format_yuan(totals.paid_fen),
        format_yuan(totals.owed_back_fen) if totals.owed_back_fen else "",
        *(str(each or "") for each in days),
        mask_digits(row.void_reason or ""),
    ]


def _show_approval(screen: "Screen", seen: "Approval", today: date) -> None:
    """The run's sums, and what may speak against approving it."""
    from jiemin.domain.entitlement import read_period
    from jiemin.domain.money import format_yuan
    from jiemin.domain.money_items import RunKind
    from jiemin.usecases.subsidy_runs import period_label

    row = seen.row
    screen.say(f"{row.run_no}  {period_label(row)}{row.kind}  {row.computed_on}计算")
    named = [(each.item, each.totals) for each in seen.items]
    if len(named) > 1:
        named.append(("合计", seen.totals))
    screen.table(
        ["项目", "户数", "应发", "应退"],
        [
            [name, str(each.households), format_yuan(each.paid_fen), format_yuan(each.owed_back_fen)]
            for name, each in named
        ],
    )
    if row.kind == RunKind.REGULAR and today < read_period(row.period).last:
        screen.say(
            f"{period_label(row)}还没有过完：今天在册的户按今天的情况定下，以后离开、变化的不补也不退；"
            "以后新进的用 jiemin subsidy arrears 补发"
        )
    if seen.missing:
        screen.say(
            f"有{seen.missing}户的补助缺少资料、算不出，那几笔不在这一批里："
            f"jiemin subsidy list {_option(row)}"
        )
    if seen.turned:
        again = f"jiemin subsidy {_again(row)}"
        screen.say(f"注意：按现在的资料和政策重算，有{seen.turned}笔会变；要按现在的发，先重算：{again}")


def _option(row: "RunRow") -> str:
    """The option that names the run's month or year."""
    return f"--{'month' if '-' in row.period else 'year'} {row.period}"


def _again(row: "RunRow") -> str:
    """The command that makes such a run anew, without what it begins with."""
    from jiemin.domain.money_items import RunKind

    return f"compute {_option(row)}" if row.kind == RunKind.REGULAR else "arrears"


def _show_list(screen: "Screen", made: "RunPayList", out: Path) -> None:
    from jiemin.domain.money import format_yuan
    from jiemin.domain.pay_list import pay_totals

    listed = made.listed
    screen.say(f"已存成 {out}：{_told(pay_totals(listed.payable))}")
    if listed.waiting:
        screen.say(
            f"另有{_told(pay_totals(listed.waiting))}，因账号等没有登记，列在“无账号”表，补上后再出清单"
        )
    if listed.contributions:
        screen.say(
            f"另有{_told(pay_totals(listed.contributions))}（{'、'.join(listed.contribution_items)}）由政府缴给经办机构，"
            "列在“由政府代缴”表，不打入户里的账号"
        )
    if listed.owed_back:
        households = len({line.household_no for _, line in listed.owed_back})
        fen = sum(line.fen for _, line in listed.owed_back)
        screen.say(f"应退{households}户，{format_yuan(fen)}，列在“应退”表，不从应发的钱里扣")
    if listed.shared:
        screen.tell(f"提醒：有{len(listed.shared)}户的账号和别的户相同，列在“核对”表，核对后再发")
    screen.say("文件里的身份证号、账号是完整的，请妥善保管")


def _told(totals: "PayTotals") -> str:
    from jiemin.domain.money import format_yuan

    return f"{totals.households}户，{totals.amounts}笔，{format_yuan(totals.fen)}"


def _list_shape(made: "RunPayList", out: Path) -> dict[str, Any]:
    from dataclasses import asdict

    from jiemin.domain.pay_list import pay_totals

    listed = made.listed
    return {
        "run_no": made.row.run_no,
        "out": str(out),
        "items": [str(item) for item in listed.items],
        "payable": asdict(pay_totals(listed.payable)),
        "waiting": asdict(pay_totals(listed.waiting)),
        "contributions": asdict(pay_totals(listed.contributions)),
        "totals": asdict(listed.totals),
        "owed_back_fen": sum(line.fen for _, line in listed.owed_back),
        "shared_accounts": [row.payee.household_no for row in listed.shared],
    }


def add_to(app: ChineseTyper) -> None:
    """Register the commands in the group of subsidies."""
    app.command("runs")(runs)
    app.command("approve")(approve)
    app.command("void")(void)
    app.command("pay-list")(pay_list)
