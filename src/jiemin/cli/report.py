"""`jiemin report`: the tables the city asks for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import JsonOption, QuarterOption, file_named
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.domain.indicators import Table
    from jiemin.usecases.build_report import BuiltReport

app = ChineseTyper(GROUPS["report"])

OutOption = Annotated[
    Path, typer.Option("--out", parser=file_named, metavar="文件", help="存成哪个 .xlsx 文件；已有的会被换掉")
]


@app.command("quarterly")
def quarterly(
    ctx: typer.Context,
    out: OutOption,
    quarter: QuarterOption = None,
    json: JsonOption = False,
) -> None:
    """季度报表：附件2帮扶情况统计表、附件1结对汇总表、走访、补助、典型事迹和图表。"""
    from jiemin.usecases.build_report import build_report

    context = current(ctx)
    with context.database() as database:
        built = build_report(database, context.book(), quarter, context.today)
    from jiemin.sheets.forms.quarterly import write_quarterly

    write_quarterly(built.report, out, county=context.places().name, filled_on=context.today)
    if json:
        context.screen.json({"report": _shape(built, out)})
    else:
        if quarter is None:
            chosen = "最近一次走访所在的季度" if built.facts.visits else "还没有走访，为当前季度"
            context.screen.say(f"没有指定季度，取{built.report.quarter}：{chosen}（可用 --quarter 指定）")
        for line in _lines(built, out):
            context.screen.say(line)
    if built.report.failed_checks:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("pairing")
def pairing(
    ctx: typer.Context, out: OutOption, quarter: QuarterOption = None, json: JsonOption = False
) -> None:
    """附件1：困难家庭结对汇总表。"""
    from jiemin.usecases.build_report import build_pairing_list

    context = current(ctx)
    with context.database() as database:
        record, lines = build_pairing_list(database, quarter, context.today)
    from jiemin.sheets.forms.pairing_list import write_pairing_list

    write_pairing_list(lines, out, county=context.places().name, day=record.day, filled_on=context.today)
    paired = sum(bool(line.helpers) for line in lines)
    if json:
        document = {
            "day": record.day.isoformat(),
            "households": len(lines),
            "paired": paired,
            "out": str(out),
        }
        context.screen.json({"pairing_list": document})
        return
    context.screen.say(f"已存成 {out}：截至{record.day}共{len(lines)}户，已结对{paired}户")


def _lines(built: "BuiltReport", out: Path) -> list[str]:
    """What the report says in short, and what its reader must know."""
    from jiemin.domain.money import format_yuan

    report = built.report
    town, money = report.by_town, report.money_table
    until = f"截至{report.day}" if report.running else "全季"
    lines = [
        f"{report.quarter.label}（{until}）",
        f"困难家庭{_count(town, 'all_households')}户；应结对{_count(town, 'to_pair')}户，"
        f"已结对{_count(town, 'to_pair_paired')}户；结对干部{_count(town, 'cadres')}人",
        f"应走访{len(report.visits.due)}户，已走访{len(report.visits.made)}户"
        + (f"，走访率{report.visits.rate.label}" if report.visits.due else ""),
    ]
    lines.append(
        f"典型事迹{len(report.stories)}篇"
        + ("" if report.stories else "（通知要求每季度上报；登记用 jiemin story add --help）")
    )
    for name, label in (("urban", "城镇低保"), ("rural", "农村低保"), ("aid", "低收入家庭救助")):
        uplift = money.sum_of(f"{name}_uplift")
        amount = "还算不出" if uplift is None else format_yuan(uplift)
        lines.append(f"{label}比提标前增加{amount}")
    if built.drafts:
        lines.append(f"其中{'、'.join(built.drafts)}的补助还没有计算，为本表试算，已标明草稿")
    missing = len({each.household_no for each in built.facts.missing_awards})
    if missing:
        lines.append(f"有{missing}户缺少人口或收入，补助算不出，未计入；用 jiemin subsidy list 查看")
    for name, check in report.failed_checks:
        lines.append(f"表内逻辑不符：{name} {check.label}")
    if not report.failed_checks:
        lines.append("表内逻辑全部相符")
    return [*lines, f"已存成 {out}"]


def _count(table: "Table", key: str) -> int:
    return table.sum_of(key) or 0


def _shape(built: "BuiltReport", out: Path) -> dict[str, Any]:
    report = built.report
    return {
        "quarter": str(report.quarter),
        "day": report.day.isoformat(),
        "out": str(out),
        "totals": {
            name: {column.key: table.sum_of(column.key) for column in table.columns}
            for name, table in (
                ("by_town", report.by_town),
                ("by_unit", report.by_unit),
                ("visits", report.visit_table),
                ("money", report.money_table),
            )
        },
        "stories": len(report.stories),
        "drafts": list(built.drafts),
        "missing": [
            {
                "household_no": each.household_no,
                "item": each.item,
                "period": each.period,
                "facts": list(each.facts),
            }
            for each in built.facts.missing_awards
        ],
        "failed_checks": [{"table": name, "check": check.label} for name, check in report.failed_checks],
    }
