"""`jiemin visit`: who called where, and who is still due."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import HouseholdArgument, JsonOption, QuarterOption, day_option

if TYPE_CHECKING:
    from jiemin.domain.visits import QuarterVisits
    from jiemin.usecases.quarter_facts import QuarterRecord

app = ChineseTyper("走访：登记，查看，本季度还有谁没有走访。")

_NOTE_SHOWN = 24


@app.command("add")
def add(
    ctx: typer.Context,
    household: HouseholdArgument,
    cadre: Annotated[
        list[str] | None,
        typer.Option("--cadre", metavar="干部", help="走访的干部，可写几次；不写则为第一责任人"),
    ] = None,
    on: Annotated[
        Any, typer.Option("--date", parser=day_option, metavar="日期", help="走访日期，默认今天")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="方式", help="走访、慰问 或 电话（电话不算走访）")
    ] = "走访",
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="暖心手记")] = None,
    needs: Annotated[str | None, typer.Option("--needs", metavar="文字", help="了解到的需求")] = None,
    deeds: Annotated[str | None, typer.Option("--deeds", metavar="文字", help="办的实事")] = None,
    not_paired: Annotated[
        bool, typer.Option("--not-paired", help="走访人没有与这一户结对，记为额外走访")
    ] = False,
    json: JsonOption = False,
) -> None:
    """登记一次走访。"""
    from jiemin.domain.codes import VISIT_KINDS, read_code
    from jiemin.usecases.record_visit import VisitTold, record_visit

    context = current(ctx)
    known_kind = read_code(VISIT_KINDS, kind)
    if known_kind is None:
        raise typer.BadParameter("只能是 走访、慰问 或 电话", param_hint="--kind")
    told = VisitTold(
        household, tuple(cadre or ()), on or context.today, known_kind, note, needs, deeds, not_paired
    )
    with context.database() as database:
        done = record_visit(database, context.stamp("visit add"), told, context.today)
    if json:
        people = [{"cadre_no": number, "name": name} for number, name in done.cadres]
        context.screen.json(
            {
                "visit": {
                    "visit_no": done.visit_no,
                    "household_no": done.household_no,
                    "cadres": people,
                    "extra": done.extra,
                }
            }
        )
        return
    names = "、".join(name for _, name in done.cadres)
    extra = "（额外走访，不计入应访）" if done.extra else ""
    context.screen.say(
        f"已登记 {done.visit_no}：{names} {told.day} {known_kind} {done.household_no} {done.head_name}{extra}"
    )


@app.command("list")
def list_(
    ctx: typer.Context,
    quarter: QuarterOption = None,
    household: Annotated[str, typer.Option("--household", metavar="家庭", help="只看这一户")] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="只看这名干部")] = "",
    json: JsonOption = False,
) -> None:
    """走访记录。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import list_visits

    context = current(ctx)
    with context.database() as database:
        views = list_visits(database, context.today, quarter=quarter, household=household, cadre=cadre)
    if json:
        context.screen.json({"visits": [shapes.visit(view) for view in views]})
        return
    columns = ["编号", "日期", "户编号", "户主", "走访人", "方式", "办实事", "暖心手记"]
    context.screen.table(
        columns,
        [
            [
                view.row.visit_no,
                str(view.row.day),
                view.row.household_no,
                view.head_name,
                "、".join(each[2] for each in view.row.cadres),
                f"{view.row.kind}(额外)" if view.extra else view.row.kind,
                _short(shapes.words(view.row.deeds, reveal=False)),
                _short(shapes.words(view.row.note, reveal=False)),
            ]
            for view in views
        ],
    )
    context.screen.say(f"共{len(views)}次")


@app.command("due")
def due(
    ctx: typer.Context,
    quarter: QuarterOption = None,
    json: JsonOption = False,
) -> None:
    """本季度应走访多少户，还有哪些没有走访。"""
    from jiemin.usecases.quarter_facts import judge_quarter

    context = current(ctx)
    with context.database() as database:
        record, judged = judge_quarter(database, quarter, context.today)
    missed = _missed(record, judged)
    if json:
        permille = judged.rate.permille
        context.screen.json(
            {
                "quarter": str(judged.quarter),
                "day": judged.day.isoformat(),
                "due": len(judged.due),
                "made": len(judged.made),
                "rate": None if permille is None else permille / 10,
                "not_visited": missed,
            }
        )
        return
    context.screen.say(
        f"{judged.quarter.label}（截至{judged.day}）：应走访{len(judged.due)}户，已走访{len(judged.made)}户"
        + (f"，走访率{judged.rate.label}" if judged.due else "")
    )
    if not missed:
        context.screen.say("没有遗漏" if judged.due else _why_none_is_due(record, judged))
        return
    context.screen.table(
        ["户编号", "户主", "镇(街道)", "村(社区)", "结对干部"],
        [
            [
                *(each[key] for key in ("household_no", "head_name", "town", "village")),
                "、".join(cadre["name"] for cadre in each["cadres"]),
            ]
            for each in missed
        ],
    )
    context.screen.say(f"还有{len(missed)}户没有走访")


def _why_none_is_due(record: "QuarterRecord", judged: "QuarterVisits") -> str:
    if any(pairing.holds(judged.day) for pairing in record.pairings):
        return f"结对的户都是{judged.since}以后才结对或在册的，本季度不计应走访"
    return "还没有结对的户；先结对：jiemin pair --auto"


def _missed(record: "QuarterRecord", judged: "QuarterVisits") -> list[dict[str, Any]]:
    """The households due and not visited, with those who are to visit them."""
    lines = {line.household_no: line for line in record.households}
    names = {line.cadre_no: line.name for line in record.cadres}
    helpers: dict[str, list[str]] = {}
    for pairing in record.pairings:
        if pairing.holds(judged.day):
            helpers.setdefault(pairing.household_no, []).append(pairing.cadre_no)
    return [
        {
            "household_no": number,
            "head_name": lines[number].head_name,
            "town": lines[number].town,
            "village": lines[number].village,
            "cadres": [{"cadre_no": each, "name": names[each]} for each in helpers.get(number, ())],
        }
        for number in judged.not_visited
    ]


def _short(text: str | None) -> str:
    if not text:
        return ""
    return text if len(text) <= _NOTE_SHOWN else text[: _NOTE_SHOWN - 1] + "…"
