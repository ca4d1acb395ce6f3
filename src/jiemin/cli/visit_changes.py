"""`jiemin visit correct`, `void` and `needs-met`: what happens to a visit after it was entered."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, JsonOption, day_option, said, written
from jiemin.cli.visit_show import VisitArgument
from jiemin.cli.visit_words import (
    FIELDS,
    DeedsOption,
    GoodsOption,
    KindOption,
    MetOption,
    MoneyOption,
    NeedsOption,
    NoteOption,
    NotPairedOption,
    fen,
    field_words,
)

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper
    from jiemin.domain.spans import Difference
    from jiemin.usecases.correct_visit import Corrected

_ReasonOption = Annotated[str, typer.Option("--reason", parser=said, metavar="原因", help="为什么")]


def correct(
    ctx: typer.Context,
    visit: VisitArgument,
    reason: _ReasonOption,
    on: Annotated[Any, typer.Option("--date", parser=day_option, metavar="日期", help="走访日期")] = None,
    kind: KindOption = None,
    cadre: Annotated[
        list[str] | None, typer.Option("--cadre", metavar="干部", help="走访的干部，写全所有去的人，可写几次")
    ] = None,
    met: MetOption = None,
    note: NoteOption = None,
    needs: NeedsOption = None,
    deeds: DeedsOption = None,
    gift_money: MoneyOption = None,
    goods: GoodsOption = None,
    not_paired: NotPairedOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """更正一次走访：只写要改的，原来的文字留着，可用 visit show 查看。

    要把一项清空，写成空的，如 --needs ""。去的户写错了的，作废后重新登记。承诺用 jiemin measure change 更改。
    """
    from jiemin.usecases.correct_visit import CorrectionTold, correct_visit

    context = current(ctx)
    texts = {"met": met, "note": note, "needs": needs, "deeds": deeds, "gift_goods": goods}
    fields: dict[str, Any] = {name: written(text) for name, text in texts.items() if text is not None}
    fields |= {name: value for name, value in (("day", on), ("kind", kind)) if value is not None}
    if gift_money is not None:
        fields["gift_fen"] = fen(gift_money)
    if not fields and not cadre:
        raise typer.BadParameter("没有写要改什么，如 --date、--deeds", param_hint="更正")
    told = CorrectionTold(visit, fields, reason, tuple(cadre or ()), not_paired)
    with context.database() as database:
        stamp = context.stamp("visit correct", visit_no=visit, dry_run=dry_run)
        done = correct_visit(database, stamp, told, context.today, dry_run=dry_run)
    if json:
        context.screen.json({"correction": _shape(done, written=not dry_run)})
        return
    context.screen.say(
        f"{done.visit_no} {done.household_no} " + ("试算，什么都没有写入：" if dry_run else "已更正：")
    )
    context.screen.table(
        ["内容", "原来", "更正为"],
        [
            [
                FIELDS[each.field],
                field_words(each.field, each.old) or "（空）",
                field_words(each.field, each.new) or "（空）",
            ]
            for each in sorted(done.differences, key=lambda each: list(FIELDS).index(each.field))
        ],
    )
    if done.extra:
        context.screen.say("走访人当天都没有与这一户结对，是额外走访，不计入应访")
    for note_ in done.notes:
        context.screen.say(note_)


def void(ctx: typer.Context, visit: VisitArgument, reason: _ReasonOption, json: JsonOption = False) -> None:
    """作废一次没有发生的走访：记录留着，哪里都不再算它，它的承诺也不再列出。"""
    from jiemin.usecases.void_visit import void_visit

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("visit void", visit_no=visit)
        done = void_visit(database, stamp, visit, reason, context.today)
    row = done.row
    if json:
        shape = {"visit_no": row.visit_no, "promises": row.promises, "kept": list(done.kept)}
        context.screen.json({"voided": shape})
        return
    promises = f"；承诺{'、'.join(row.promises)}随之不再列出" if row.promises else ""
    context.screen.say(f"已作废 {row.visit_no}（{row.day} {row.household_no}）{promises}")
    if done.kept:
        kept = "、".join(done.kept)
        context.screen.say(
            f"注意：{kept}已登记兑现，现在也不再算；确实办了的，用 jiemin measure add、deliver 重新登记"
        )
    context.screen.say("记录留着，可用 jiemin visit list --voided 查看；作废错了用 jiemin undo 撤销")


def needs_met(
    ctx: typer.Context,
    visit: VisitArgument,
    how: Annotated[str, typer.Option("--how", parser=said, metavar="文字", help="怎样解决的")],
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="哪一天解决的，默认今天")
    ] = None,
    json: JsonOption = False,
) -> None:
    """走访听到的需求已经解决：哪一天，怎样解决的。"""
    from jiemin.usecases.void_visit import Needs, meet_needs

    context = current(ctx)
    met = Needs(on or context.today, how)
    with context.database() as database:
        row = meet_needs(
            database, context.stamp("visit needs-met", visit_no=visit), visit, met, context.today
        )
    if json:
        context.screen.json({"needs": {"visit_no": row.visit_no, "needs_met_on": met.day.isoformat()}})
        return
    needs = field_words("needs", row.needs)
    context.screen.say(f"{row.visit_no} {row.household_no} 的需求已登记为{met.day}解决：{needs}")
    context.screen.say("登记错了用 jiemin undo 撤销")


def add_to(app: "ChineseTyper") -> None:
    """Register the commands."""
    app.command("correct")(correct)
    app.command("void")(void)
    app.command("needs-met")(needs_met)


def _shape(done: "Corrected", *, written: bool) -> dict[str, Any]:
    return {
        "visit_no": done.visit_no,
        "household_no": done.household_no,
        "changes": [_change(each) for each in done.differences],
        "extra": done.extra,
        "notes": list(done.notes),
        "written": written,
    }


def _change(each: "Difference") -> dict[str, Any]:
    if each.field == "cadres":
        old, new = (
            [{"cadre_no": number, "name": name} for number, name in side] for side in (each.old, each.new)
        )
        return {"field": each.field, "before": old, "after": new}
    plain = (int,) if each.field == "gift_fen" else ()
    before, after = (
        side if side is None or isinstance(side, plain) else field_words(each.field, side)
        for side in (each.old, each.new)
    )
    return {"field": each.field, "before": before, "after": after}
