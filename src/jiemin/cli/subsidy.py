"""`jiemin subsidy`: what households are due, and how each amount came about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, HouseholdArgument, JsonOption, MonthOption, YearOption
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.entitlement import Line, Working
    from jiemin.domain.indicators import MissingAward
    from jiemin.usecases.compute_subsidies import ComputeOutcome, PeriodOutcome
    from jiemin.usecases.explain_subsidy import Explanation

app = ChineseTyper("补助：低保金和低收入家庭救助，计算，查看，逐步说明。")


@app.command("compute")
def compute(
    ctx: typer.Context,
    month: MonthOption = None,
    year: YearOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """计算并登记：--month 的低保金，--year 的低收入家庭救助；都不写则为本月和本年。"""
    from jiemin.usecases.compute_subsidies import compute_subsidies

    context = current(ctx)
    named = {"month": str(month or ""), "year": str(year or "")}
    with context.database() as database:
        stamp = context.stamp("subsidy compute", **named, dry_run=dry_run)
        outcome = compute_subsidies(
            database, stamp, context.book(), context.today, month=month, year=year, dry_run=dry_run
        )
    if json:
        context.screen.json(_compute_shape(outcome))
    else:
        _show_outcome(context.screen, outcome, dry_run)
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
    from jiemin.cli import shapes
    from jiemin.domain.money import format_yuan
    from jiemin.usecases.list_subsidies import list_subsidies

    context = current(ctx)
    with context.database() as database:
        listed = list_subsidies(database, context.today, month=month, year=year, town=town)
    if json:
        context.screen.json(
            {
                "awards": [shapes.award(row) for row in listed.awards],
                "missing": [_missing_shape(each) for each in listed.missing],
            }
        )
        return
    families = listed.families
    context.screen.table(
        ["户编号", "户主", "镇(街道)", "村(社区)", "项目", "时段", "提标前", "提标后", "增加"],
        [
            [
                row.household_no,
                families[row.household_no].head_name,
                families[row.household_no].town,
                families[row.household_no].village,
                row.item,
                row.period,
                *map(format_yuan, (row.before_fen, row.after_fen, row.uplift_fen)),
            ]
            for row in listed.awards
        ],
    )
    for item, period in listed.not_computed:
        option = "month" if "-" in str(period) else "year"
        context.screen.say(f"{period.label}的{item}还没有计算：jiemin subsidy compute --{option} {period}")
    uplift = sum(row.uplift_fen for row in listed.awards)
    context.screen.say(f"共{len(listed.awards)}笔，比提标前增加{format_yuan(uplift)}")
    names = {number: family.head_name for number, family in families.items()}
    _show_missing(context.screen, listed.missing, names)


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
        context.screen.json({"awards": [_explanation_shape(each) for each in found]})
    else:
        for each in found:
            _show_explanation(context.screen, each)
    if not all(each.agrees for each in found):
        raise typer.Exit(ExitCode.FINDINGS)


def _show_outcome(screen: "Screen", outcome: "ComputeOutcome", dry_run: bool) -> None:
    for each in outcome.periods:
        screen.say(f"{each.period.label}{each.item}（按{each.day}的家庭情况）：{_tally(each)}")
        screen.table(["困难类别", "户数", "人数", "提标前", "提标后", "增加"], _total_rows(each))
    _show_missing(screen, outcome.missing, outcome.names)
    if outcome.nothing and not outcome.missing:
        screen.say(
            "没有在册的低保家庭和低收入家庭；先导入名册：jiemin import 名册.xlsx，或核对名册的起始日期"
        )
    elif dry_run:
        screen.say("这是试算，什么都没有写入")
    elif not outcome.written:
        screen.say("金额没有变化，没有写入")


def _tally(outcome: "PeriodOutcome") -> str:
    parts = [f"算出{outcome.computed}户"]
    for what, number in (("新增", outcome.new), ("变动", outcome.changed), ("撤销", outcome.removed)):
        if number:
            parts.append(f"{what}{number}户")
    if outcome.missing:
        parts.append(f"缺少资料{len(outcome.missing)}户")
    return "，".join(parts)


def _total_rows(outcome: "PeriodOutcome") -> list[list[str]]:
    """The classes and, when there are several, their sum."""
    from jiemin.domain.money import format_yuan

    labels = [each.household_class.value for each in outcome.totals]
    figures = [
        [each.households, each.persons, each.before_fen, each.after_fen, each.uplift_fen]
        for each in outcome.totals
    ]
    if len(figures) > 1:
        labels.append("合计")
        figures.append([sum(column) for column in zip(*figures, strict=True)])
    return [
        [label, *map(str, row[:2]), *map(format_yuan, row[2:])]
        for label, row in zip(labels, figures, strict=True)
    ]


def _show_missing(screen: "Screen", missing: Sequence["MissingAward"], names: dict[str, str]) -> None:
    if not missing:
        return
    rows = [
        [each.household_no, names.get(each.household_no, ""), each.item, each.period, "、".join(each.facts)]
        for each in missing
    ]
    screen.table(["户编号", "户主", "项目", "时段", "缺少"], rows, f"缺少资料、算不出的有{len(missing)}笔")
    first = min(f"{each.period}-01-01"[:10] for each in missing)
    again = f"jiemin import 名册.xlsx --as-of {first}"
    screen.say(f"办法：在名册里补填这几列，用 {again} 重新导入，再算一次；没有填的不当作0")


def _show_explanation(screen: "Screen", each: "Explanation") -> None:
    """The steps one by one, each with the number of its rule; the rules once, below."""
    from jiemin.domain.entitlement.working import rule_sentence
    from jiemin.domain.money import format_yuan

    screen.say(f"{each.household_no} {each.head_name} {each.period.label}{each.item}")
    if each.draft:
        screen.say("还没有登记，以下为现在试算的结果")
    screen.say(each.facts.sentence)
    workings = (("提标前", each.before), ("提标后", each.after))
    known = [line.known for _, working in workings for line in working.lines if line.known]
    rules = list(dict.fromkeys(map(rule_sentence, known)))
    for label, working in workings:
        screen.say(f"{label}：{format_yuan(working.amount_fen)}")
        for line in working.lines:
            by = f"（依据{rules.index(rule_sentence(line.known)) + 1}）" if line.known else ""
            screen.say(f"  {line.label}：{line.arithmetic}{by}")
    uplift = format_yuan(each.due.uplift_fen)
    screen.say(f"增加：{format_yuan(each.due.after_fen)}－{format_yuan(each.due.before_fen)}＝{uplift}")
    for number, rule in enumerate(rules, 1):
        screen.say(f"依据{number}：{rule}")
    if not each.agrees:
        screen.say("注意：登记的金额与按登记的资料和政策重算的不符，请不要发放，把数据库交给技术人员核对")


def _compute_shape(outcome: "ComputeOutcome") -> dict[str, Any]:
    return {
        "periods": [
            {
                "item": each.item,
                "period": str(each.period),
                "day": each.day.isoformat(),
                "totals": [
                    {
                        "class": total.household_class.value,
                        "households": total.households,
                        "persons": total.persons,
                        "before_fen": total.before_fen,
                        "after_fen": total.after_fen,
                        "uplift_fen": total.uplift_fen,
                    }
                    for total in each.totals
                ],
                "new": each.new,
                "changed": each.changed,
                "unchanged": each.unchanged,
                "removed": each.removed,
            }
            for each in outcome.periods
        ],
        "missing": [_missing_shape(each) for each in outcome.missing],
        "written": outcome.written,
    }


def _missing_shape(each: "MissingAward") -> dict[str, Any]:
    return {
        "household_no": each.household_no,
        "item": each.item,
        "period": each.period,
        "facts": list(each.facts),
    }


def _explanation_shape(each: "Explanation") -> dict[str, Any]:
    return {
        "household_no": each.household_no,
        "person": None,
        "item": each.item,
        "period": str(each.period),
        "draft": each.draft,
        "agrees": each.agrees,
        "before_fen": each.due.before_fen,
        "after_fen": each.due.after_fen,
        "uplift_fen": each.due.uplift_fen,
        "facts": each.facts.record(),
        "before": _working_shape(each.before),
        "after": _working_shape(each.after),
    }


def _working_shape(working: "Working") -> list[dict[str, Any]]:
    return [_line_shape(line) for line in working.lines]


def _line_shape(line: "Line") -> dict[str, Any]:
    known = line.known
    return {
        "label": line.label,
        "arithmetic": line.arithmetic,
        "subtotal_fen": line.subtotal_fen,
        "sentence": line.sentence,
        "rule": {
            "parameter": known.parameter.key,
            "title": known.parameter.title,
            "value": known.shown,
            "document": known.stated.document,
            "clause": known.stated.clause,
            "quote": known.stated.quote or None,
            "assumed": known.stated.note if known.stated.assumed else None,
        }
        if known
        else None,
    }
