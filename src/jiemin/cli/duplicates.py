"""`jiemin duplicates`: records that may be one, and settling them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.consent import YesOption, consent
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import DryRunOption, JsonOption

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.find_duplicates import RecordLine, SuspectLine
    from jiemin.usecases.settle_duplicates import Merged

app = ChineseTyper(
    GROUPS["duplicates"],
    no_args_is_help=False,
    invoke_without_command=True,
)

_MOVED = {
    "membership": "成员关系",
    "household_span": "家庭情况",
    "person_span": "人员情况",
    "person": "合并成员",
    "cadre_post": "任职",
    "pairing": "结对",
    "visit": "走访",
    "award": "补助",
    "aid_case": "救助事项",
    "household_survey": "四清",
    "measure": "帮扶措施",
    "household_condition": "家庭状况",
    "story": "事迹",
    "inspected_household": "督查",
}


def _kind(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.duplicates import Kind

    if text not in list(Kind):
        raise typer.BadParameter(f"没有“{text}”这一种；可以填：{'、'.join(Kind)}")
    return Kind(text)


KindOption = Annotated[
    Any, typer.Option("--kind", parser=_kind, metavar="种类", help="编号在几种里都有时，指明家庭、人员或干部")
]


@app.callback(invoke_without_command=True)
def list_(
    ctx: typer.Context,
    settled: Annotated[bool, typer.Option("--settled", help="看已经定为两个的")] = False,
    json: JsonOption = False,
) -> None:
    """疑似重复的名单，每次按现有记录重新比对。"""
    if ctx.invoked_subcommand is not None:
        if json or settled:
            option = "--json" if json else "--settled"
            raise typer.BadParameter(f"后面不能再写 {ctx.invoked_subcommand}", param_hint=option)
        return
    from jiemin.usecases.find_duplicates import find_duplicates, list_settled

    context = current(ctx)
    with context.database() as database:
        lines = list_settled(database) if settled else find_duplicates(database)
    if json:
        context.screen.json({"settled" if settled else "suspects": [_shape(each) for each in lines]})
        return
    _show(context.screen, lines, settled=settled)


@app.command("merge")
def merge(
    ctx: typer.Context,
    one: Annotated[str, typer.Argument(metavar="留下的", help="留下的户编号、干部编号或人员编号")],
    other: Annotated[str, typer.Argument(metavar="并入的", help="并入它的那个编号")],
    kind: KindOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """合并：后一个并入前一个。

    两边都有的以前一个为准，前一个空着的用后一个补上；结对、走访、补助都归前一个，后一个的编号仍能找到它。
    """
    from jiemin.usecases.settle_duplicates import merge_records

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("duplicates merge", kept=one, merged=other)
        done = merge_records(database, stamp, one, other, context.today, kind=kind, dry_run=True)
        if not json:
            _tell(context.screen, done)
        if not dry_run:
            if not consent(context.screen, f"把{done.gone}并入{done.kept}", yes):
                context.screen.say("没有合并，什么都没有写入")
                return
            done = merge_records(database, stamp, one, other, context.today, kind=kind)
    if json:
        context.screen.json({"merge": _merged(done, dry_run)})
    else:
        context.screen.say("这是试算，什么都没有写入" if dry_run else "已合并；可用 jiemin undo 撤销")


@app.command("keep-apart")
def keep_apart(
    ctx: typer.Context,
    one: Annotated[str, typer.Argument(metavar="编号", help="户编号、干部编号或人员编号")],
    other: Annotated[str, typer.Argument(metavar="另一个", help="看着像它、其实不是的那个编号")],
    because: Annotated[str, typer.Option("--because", metavar="原因", help="为什么是两个")] = "",
    kind: KindOption = None,
) -> None:
    """定为两个：不是同一户、同一个人，以后不再列出。"""
    from jiemin.usecases.settle_duplicates import keep_apart

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("duplicates keep-apart", one=one, other=other)
        first, second = keep_apart(
            database, stamp, one, other, context.today, kind=kind, reason=because.strip()
        )
    context.screen.say(f"{first.kind.value}{first.ref}和{second.ref}已定为两个，不再列为疑似重复")


def _show(screen: "Screen", lines: list["SuspectLine"], *, settled: bool) -> None:
    if not lines:
        screen.say("没有定为两个的" if settled else "没有疑似重复的")
        return
    screen.table(
        ["种类", "编号", "姓名", "镇村、户或单位", "身份证号", "定于" if settled else "为什么"],
        [
            [
                each.kind.value if line is each.one else "",
                line.ref,
                line.name,
                line.place,
                line.number,
                _why(each) if line is each.one else "",
            ]
            for each in lines
            for line in (each.one, each.other)
        ],
    )
    screen.say(f"共{len(lines)}对")
    if not settled:
        first = lines[0]
        screen.say(f"是同一个：jiemin duplicates merge {first.one.ref} {first.other.ref}（后一个并入前一个）")
        screen.say(f"是两个：jiemin duplicates keep-apart {first.one.ref} {first.other.ref} --because 原因")


def _why(line: "SuspectLine") -> str:
    return "；".join((str(line.day) if line.day else "", *line.reasons)).strip("；")


def _tell(screen: "Screen", done: "Merged") -> None:
    """The plan, before anything is written."""
    screen.say(
        f"{done.kind.value}{done.gone}并入{done.kept}：两边都有的以{done.kept}为准，空着的用{done.gone}补"
    )
    moved = [f"{_MOVED[name]}{number}" for name, number in done.moved.items() if name in _MOVED]
    screen.say(f"归到{done.kept}名下：{'，'.join(moved) or '没有别的记录'}")
    for note in done.notes:
        screen.say(f"注意：{note}")


def _merged(done: "Merged", dry_run: bool) -> dict[str, Any]:
    return {
        "kind": done.kind.value,
        "kept": done.kept,
        "gone": done.gone,
        "moved": done.moved,
        "notes": list(done.notes),
        "dry_run": dry_run,
    }


def _shape(line: "SuspectLine") -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "reasons": list(line.reasons),
        **({"day": line.day.isoformat()} if line.day else {}),
        "records": [_record(line.one), _record(line.other)],
    }


def _record(line: "RecordLine") -> dict[str, str]:
    return {"ref": line.ref, "name": line.name, "place": line.place, "id_number": line.number}
