"""`jiemin visit`: who called where, what came of it, and who is still due."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli import visit_changes, visit_due, visit_list, visit_remind, visit_show
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import HouseholdArgument, JsonOption, day_option, written
from jiemin.cli.visit_words import (
    CadresOption,
    DeedsOption,
    GoodsOption,
    KindOption,
    MetOption,
    MoneyOption,
    NeedsOption,
    NoteOption,
    NotPairedOption,
    each_for,
    fen,
    field_words,
    gift_words,
)

if TYPE_CHECKING:
    from jiemin.usecases.record_visit import Promise, VisitRecorded, VisitTold

_PromisesOption = Annotated[
    list[str] | None, typer.Option("--promise", metavar="文字", help="承诺办的事，可写几次")
]
_PromiseDuesOption = Annotated[
    list[Any] | None,
    typer.Option(
        "--promise-due", parser=day_option, metavar="日期", help="承诺的期限；几件事同一期限的写一次"
    ),
]
_PlansOption = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="计划", help="承诺属于七项计划的哪一项，编号 1～7 或名称"),
]

app = ChineseTyper(GROUPS["visit"])


@app.command("add")
def add(
    ctx: typer.Context,
    household: HouseholdArgument,
    cadre: CadresOption = None,
    on: Annotated[
        Any, typer.Option("--date", parser=day_option, metavar="日期", help="走访日期，默认今天")
    ] = None,
    kind: KindOption = None,
    met: MetOption = None,
    note: NoteOption = None,
    needs: NeedsOption = None,
    deeds: DeedsOption = None,
    gift_money: MoneyOption = None,
    goods: GoodsOption = None,
    promise: _PromisesOption = None,
    promise_due: _PromiseDuesOption = None,
    plan: _PlansOption = None,
    not_paired: NotPairedOption = False,
    json: JsonOption = False,
) -> None:
    """登记一次走访。

    一次走访只登记一次：需求、实事、慰问和承诺都写在这里，一户一档、应走访名单和季度报表都从这里取。
    不写 --kind 的，有慰问金或慰问品就是慰问，没有就是走访。承诺自动列入帮扶计划，由第一个写的走访人负责。
    """
    from jiemin.domain.codes import VisitKind
    from jiemin.usecases.record_visit import VisitTold, record_visit

    context = current(ctx)
    gift_fen = fen(gift_money)
    given = gift_fen is not None or written(goods) is not None
    told = VisitTold(
        household,
        tuple(cadre or ()),
        on or context.today,
        kind or (VisitKind.GIFT if given else VisitKind.CALL_ON),
        written(note),
        written(needs),
        written(deeds),
        not_paired,
        written(met),
        gift_fen,
        written(goods),
        _promises(promise or [], promise_due or [], plan or []),
    )
    with context.database() as database:
        done = record_visit(database, context.stamp("visit add"), told, context.today)
    if json:
        context.screen.json({"visit": _shape(done)})
        return
    for line in _told(told, done):
        context.screen.say(line)


def _promises(whats: list[str], due: list[Any], plans: list[str]) -> "tuple[Promise, ...]":
    """Each promise with its day and plan; one day or plan told stands for all."""
    from jiemin.domain.codes import PLANS, Plan, read_code
    from jiemin.usecases.record_visit import Promise

    if any(not what.strip() for what in whats):
        raise typer.BadParameter("没有写承诺办什么", param_hint="--promise")
    if whats and not due:
        raise typer.BadParameter("承诺要有期限，加 --promise-due", param_hint="--promise")
    read = [read_code(PLANS, text) for text in plans]
    if None in read:
        known = "、".join(f"{each.number}{each}" for each in Plan)
        raise typer.BadParameter(f"没有这一项计划；可以写 {known}", param_hint="--plan")
    days: list[Any] = each_for(whats, due, "--promise-due")
    named = each_for(whats, read, "--plan")
    return tuple(
        Promise(what.strip(), day, which) for what, day, which in zip(whats, days, named, strict=True)
    )


def _shape(done: "VisitRecorded") -> dict[str, Any]:
    return {
        "visit_no": done.visit_no,
        "household_no": done.household_no,
        "cadres": [{"cadre_no": number, "name": name} for number, name in done.cadres],
        "extra": done.extra,
        "promises": [
            {"measure_no": number, "due": promise.due_on.isoformat(), "plan": promise.plan}
            for number, promise in done.promises
        ],
    }


def _told(told: "VisitTold", done: "VisitRecorded") -> list[str]:
    """What was recorded, so that a clerk sees it before the next one."""
    names = "、".join(name for _, name in done.cadres)
    extra = "（额外走访，不计入应访）" if done.extra else ""
    if told.kind == "电话":
        extra = "（电话不算走访）"
    gift = gift_words(told.gift_fen, told.goods)
    words = (("见到", told.met), ("需求", told.needs), ("实事", told.deeds), ("手记", told.note))
    kept = [name for name, text in words if text]
    return [
        f"已登记 {done.visit_no}：{names} {told.day} {told.kind} {done.household_no} {done.head_name}{extra}",
        *([f"慰问：{gift}"] if gift else []),
        *(
            ["没有写慰问金、慰问品；带了的，用 jiemin visit correct 补上"]
            if told.kind == "慰问" and not gift
            else []
        ),
        *([f"记下了：{'、'.join(kept)}"] if kept else []),
        *(
            f"承诺 {number}：{field_words('what', promise.what)}，期限{promise.due_on}，"
            f"{done.cadres[0][1]}负责"
            for number, promise in done.promises
        ),
    ]


app.command("list")(visit_list.list_)
app.command("show")(visit_show.show)
app.command("due")(visit_due.due)
visit_changes.add_to(app)
visit_remind.add_to(app)
