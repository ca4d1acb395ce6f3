"""`jiemin measure list` and `show`, and how a measure is told on the screen."""

from typing import TYPE_CHECKING, Annotated

import typer

from jiemin.cli.context import current
from jiemin.cli.measure_options import NumberArgument, PlanOption
from jiemin.cli.options import AsOfOption, JsonOption

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper
    from jiemin.cli.screen import Screen
    from jiemin.usecases.list_measures import MeasureView

_WHAT_SHOWN = 24
"""Columns of a terminal."""


def list_(
    ctx: typer.Context,
    household: Annotated[str, typer.Option("--household", metavar="家庭", help="只看这一户")] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="只看这名干部负责的")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位的干部负责的")] = "",
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇（街道）")] = "",
    plan: PlanOption = None,
    open_: Annotated[bool, typer.Option("--open", help="只看还没有兑现的")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看过了期限还没有兑现的")] = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """帮扶措施和走访承诺的名单。

    例：jiemin measure list --town 石门镇 --overdue
    """
    from jiemin.cli import record_shapes
    from jiemin.usecases.list_measures import MeasureFilter, list_measures

    context = current(ctx)
    named = context.places().town_named(town).name if town else None
    wanted = MeasureFilter(household, cadre, unit, named, plan, open_, overdue)
    with context.database() as database:
        views = list_measures(database, as_of or context.today, wanted)
    if json:
        context.screen.json({"measures": [record_shapes.measure_view(view) for view in views]})
        return
    _show_list(context.screen, views)


def show(
    ctx: typer.Context, number: NumberArgument, as_of: AsOfOption = None, json: JsonOption = False
) -> None:
    """一条措施的全部内容。

    例：jiemin measure show M000003
    """
    from jiemin.usecases.list_measures import show_measure

    context = current(ctx)
    with context.database() as database:
        view = show_measure(database, number, as_of or context.today)
    if json:
        tell(context.screen, "", view, json=True)
        return
    _show_one(context.screen, view)


def tell(screen: "Screen", act: str, view: "MeasureView", *, json: bool) -> None:
    """Say what became of a measure."""
    from jiemin.cli import record_shapes, shapes

    if json:
        screen.json({"measure": record_shapes.measure_view(view)})
        return
    row = view.row
    plan = f"{row.plan}：" if row.plan else ""
    answers = f"{shapes.words(row.responsible, reveal=False)}负责，" if row.responsible else ""
    ended = row.delivered_on or row.dropped_on
    screen.say(
        f"{act} {row.measure_no}：{row.household_no} {view.head_name} {plan}"
        f"{_one_line(shapes.words(row.what, reveal=False))}（{answers}{ended or _state(view)}）"
    )


def _one_line(text: str | None) -> str:
    """A workbook's cell may have several lines; a sentence has one."""
    return " ".join((text or "").split())


def _state(view: "MeasureView") -> str:
    """Whether it is done, and until when it is to be."""
    row = view.row
    if row.delivered_on:
        return f"已兑现 {row.delivered_on}"
    if row.dropped_on:
        return f"已取消 {row.dropped_on}"
    if view.days_late:
        return f"逾期{view.days_late}天"
    return f"期限{row.due_on}" if row.due_on else "没有定期限"


def tell_changes(screen: "Screen", view: "MeasureView", changes: list[tuple[str, str, str]]) -> None:
    """Say what was changed of a measure, and where the day it was due before is kept."""
    from jiemin.cli import shapes

    if not changes:
        screen.say(f"{view.row.measure_no}本来就是这样，没有变化")
        return
    for name, before, after in changes:
        words = [shapes.words(text, reveal=False) or "空" for text in (before, after)]
        screen.say(f"{view.row.measure_no} {name}由“{words[0]}”改为“{words[1]}”")
    if any(name == "期限" and before for name, before, _ in changes):
        screen.say("原来的期限记在操作记录里，用 jiemin log 查看")


def _show_list(screen: "Screen", views: "list[MeasureView]") -> None:
    from jiemin.cli import shapes
    from jiemin.domain.money import format_yuan

    screen.table(
        ["编号", "户编号", "户主", "计划", "做什么", "负责人", "期限", "情况"],
        [
            [
                view.row.measure_no,
                view.row.household_no,
                view.head_name,
                view.row.plan or ("走访承诺" if view.row.visit_no else ""),
                _short(shapes.words(view.row.what, reveal=False) or ""),
                shapes.words(view.row.responsible, reveal=False) or "",
                str(view.row.due_on or ""),
                _stand(view),
            ]
            for view in views
        ],
    )
    late = sum(view.days_late > 0 for view in views)
    open_ = sum(view.row.open for view in views)
    done = [view.row for view in views if view.row.delivered_on]
    money = sum(row.amount_fen or 0 for row in done)
    told = [f"共{len(views)}条", f"未兑现{open_}条" + (f"（逾期{late}条）" if late else "")]
    told.append(f"已兑现{len(done)}条" + (f"，资金{format_yuan(money)}" if money else ""))
    screen.say("，".join(told) if views else "没有这样的措施")


def _stand(view: "MeasureView") -> str:
    row = view.row
    return "未兑现" if row.open and not view.days_late else _state(view)


def _show_one(screen: "Screen", view: "MeasureView") -> None:
    from jiemin.cli import shapes
    from jiemin.domain.money import format_yuan

    row = view.row
    unit = f"（{view.unit}）" if view.unit else ""
    lines = {
        "家庭": f"{row.household_no} {view.head_name} {view.town}{view.village}",
        "计划": f"{row.plan.number} {row.plan}" if row.plan else "",
        "做什么": shapes.words(row.what, reveal=False),
        "来自走访": row.visit_no,
        "负责人": f"{shapes.words(row.responsible, reveal=False)}{unit}" if row.responsible else "",
        "承诺日期": str(row.promised_on),
        "期限": str(row.due_on or ""),
        "情况": _stand(view),
        "不做的原因" if row.dropped_on else "结果": shapes.words(row.outcome, reveal=False),
        "资金": "" if row.amount_fen is None else format_yuan(row.amount_fen),
        "资金来源": row.source,
    }
    screen.say(row.measure_no)
    for name, text in lines.items():
        if text:
            screen.say(f"  {name}：{text}")


def _short(text: str) -> str:
    """The text, or its beginning, so that a line of the list stays within a hundred columns."""
    from jiemin.cli.screen import width

    if width(text) <= _WHAT_SHOWN:
        return text
    while width(text) > _WHAT_SHOWN - 2:
        text = text[:-1]
    return f"{text}…"


def add_to(app: "ChineseTyper") -> None:
    """Register these commands in the group of measures."""
    app.command("list")(list_)
    app.command("show")(show)
