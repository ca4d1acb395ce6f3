"""`jiemin visit show`: one visit, and what it said before it was corrected."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, RevealOption
from jiemin.cli.visit_words import FIELDS, field_words

if TYPE_CHECKING:
    from datetime import date

    from jiemin.cli.screen import Screen
    from jiemin.storage.measures import MeasureRow
    from jiemin.usecases.show_visit import VisitDetail, Visitor

VisitArgument = Annotated[str, typer.Argument(metavar="编号", help="走访编号，如 V000012，可简写 V12")]


def show(
    ctx: typer.Context, visit: VisitArgument, json: JsonOption = False, reveal: RevealOption = False
) -> None:
    """一次走访：谁去的，当天是否结对，见闻、实事和承诺，更正以前怎么写的。"""
    from jiemin.usecases.show_visit import show_visit

    context = current(ctx)
    with context.database() as database:
        detail = show_visit(database, visit, context.today)
        context.note_reveal(database, "visit show", reveal, visit_no=detail.view.row.visit_no)
    if json:
        context.screen.json({"visit": _shape(detail, context.today, reveal)})
        return
    _show(context.screen, detail, context.today, reveal)


def _show(screen: "Screen", detail: "VisitDetail", today: "date", reveal: bool) -> None:
    row = detail.view.row
    place = f"{detail.place.town}{detail.place.village}"
    screen.say(
        f"{row.visit_no}  {row.day}  {row.kind}  {row.household_no} {detail.view.head_name}"
        + (f"（{place}）" if place else "")
    )
    if row.voided_on:
        screen.say(f"已在{row.voided_on}作废：{field_words('void_reason', row.void_reason, reveal=reveal)}")
    screen.say("走访人：" + ("、".join(map(_visitor, detail.visitors)) or "没有写，当天也没有第一责任人"))
    if detail.view.extra:
        screen.say("额外走访：去的人当天都没有与这一户结对，不计入应访")
    for name in ("met", "note", "needs", "deeds", "gift_fen", "gift_goods"):
        value = getattr(row, name)
        if value is not None:
            screen.say(f"{FIELDS[name]}：{field_words(name, value, reveal=reveal)}")
        if name == "needs" and value is not None and not row.voided_on:
            outcome = field_words("needs_outcome", row.needs_outcome, reveal=reveal)
            screen.say(f"    {row.needs_met_on}已解决：{outcome}" if row.needs_met_on else "    还没有解决")
    for each in detail.promises:
        what = " ".join(field_words("what", each.what, reveal=reveal).split())
        screen.say(f"承诺 {each.measure_no}：{what}")
        screen.say(
            f"    {_promise_state(each, today)}"
            + (f"，{field_words('person', each.responsible, reveal=reveal)}负责" if each.responsible else "")
        )
    screen.say(f"登记日期：{row.entered_on or '没有记下'}")
    _show_corrections(screen, detail, reveal)


def _visitor(visitor: "Visitor") -> str:
    told = [visitor.unit, visitor.role.value if visitor.role else "当天没有结对"]
    return f"{visitor.name}（{'，'.join(filter(None, told))}）" + (
        "" if visitor.named else "，没有写是谁，算他的"
    )


def _promise_state(row: "MeasureRow", today: "date") -> str:
    """How a promise stands today."""
    if row.delivered_on:
        return f"{row.delivered_on}已落实"
    if row.dropped_on:
        return f"{row.dropped_on}已取消"
    if row.due_on is None:
        return "没有定期限"
    return f"期限{row.due_on}，" + (
        f"已逾期{(today - row.due_on).days}天" if row.overdue(today) else "还没有到期"
    )


def _show_corrections(screen: "Screen", detail: "VisitDetail", reveal: bool) -> None:
    rows = []
    for each in reversed(detail.corrections):
        for name in filter(each.before.__contains__, FIELDS):
            value = each.before[name]
            told = (
                [(number, detail.names.get(number, number)) for number in value]
                if name == "cadres"
                else value
            )
            rows.append(
                [
                    str(each.day),
                    FIELDS[name],
                    field_words(name, told, reveal=reveal) or "（空）",
                    field_words("reason", each.reason, reveal=reveal),
                ]
            )
    screen.table(["更正日期", "内容", "更正以前", "原因"], rows, "更正，最近的在前")


def _shape(detail: "VisitDetail", today: "date", reveal: bool) -> dict[str, Any]:
    from jiemin.cli import shapes

    return shapes.visit(detail.view, reveal) | {
        "head_name": detail.view.head_name,
        "town": detail.place.town,
        "village": detail.place.village,
        "visitors": [
            {
                "cadre_no": each.cadre_no,
                "name": each.name,
                "unit": each.unit,
                "role": each.role,
                "named": each.named,
            }
            for each in detail.visitors
        ],
        "promised": [
            {
                "measure_no": each.measure_no,
                "what": shapes.words(each.what, reveal),
                "plan": each.plan,
                "responsible": shapes.words(each.responsible, reveal),
                "due": shapes.day(each.due_on),
                "delivered_on": shapes.day(each.delivered_on),
                "dropped_on": shapes.day(each.dropped_on),
                "overdue": each.overdue(today),
            }
            for each in detail.promises
        ],
        "corrections": [
            {
                "day": shapes.day(each.day),
                "reason": shapes.words(each.reason, reveal),
                "before": {name: _value(name, value, reveal) for name, value in each.before.items()},
            }
            for each in detail.corrections
        ],
    }


def _value(name: str, value: Any, reveal: bool) -> Any:
    """A field as JSON has it: numbers stay, days are ISO, texts are masked."""
    from jiemin.cli import shapes

    if name in {"day", "needs_met_on"}:
        return shapes.day(value)
    return shapes.words(value, reveal) if isinstance(value, str) else value
