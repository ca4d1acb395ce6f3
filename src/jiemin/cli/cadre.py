"""`jiemin cadre`: look up cadres."""

from typing import Annotated

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, RevealOption

app = ChineseTyper("干部：名单和一名干部的结对户。")


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位")] = "",
    leaders: Annotated[bool, typer.Option("--leaders", help="只看领导干部")] = False,
    without: Annotated[bool, typer.Option("--unpaired", help="只看没有结对户的")] = False,
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """干部名单。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import list_cadres

    context = current(ctx)
    with context.database() as database:
        views = list_cadres(database, context.today, unit=unit, leaders=leaders, without=without)
        context.note_reveal(database, "cadre list", reveal)
    if json:
        context.screen.json({"cadres": [shapes.cadre(view, reveal) for view in views]})
        return
    columns = ["干部编号", "姓名", "单位", "职务", "领导", "联系电话", "结对户"]
    context.screen.table(
        columns,
        [
            [
                view.state.cadre_no,
                view.state.name,
                view.state.unit,
                view.state.post or view.state.rank or "",
                "是" if view.state.leader else "",
                "、".join(shapes.phones(view.state.phones, reveal)),
                str(len(view.households)),
            ]
            for view in views
        ],
    )
    context.screen.say(f"共{len(views)}人")


@app.command("show")
def show(
    ctx: typer.Context,
    cadre: Annotated[str, typer.Argument(metavar="干部", help="干部姓名、编号或电话；同名写成 姓名@单位")],
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """一名干部和他的结对户。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import show_cadre

    context = current(ctx)
    with context.database() as database:
        view = show_cadre(database, cadre, context.today)
        context.note_reveal(database, "cadre show", reveal, cadre_no=view.state.cadre_no)
    if json:
        context.screen.json({"cadre": shapes.cadre(view, reveal)})
        return
    state = view.state
    post = " ".join(filter(None, (state.post, state.rank, "领导干部" if state.leader else "")))
    context.screen.say(f"{state.cadre_no}  {state.name}  {state.unit}  {post}")
    numbers = "、".join(shapes.phones(state.phones, reveal))
    context.screen.say(
        f"联系电话：{numbers or '没有'}" + (f"  联系{view.link.town}{view.link.village}" if view.link else "")
    )
    context.screen.table(
        ["户编号", "户主", "身份", "起"],
        [
            [row.household_no, view.head_names.get(row.household_no, ""), row.role, str(row.start)]
            for row in view.households
        ],
        "结对户",
    )
