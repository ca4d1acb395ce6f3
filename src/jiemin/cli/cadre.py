"""`jiemin cadre`: look up cadres; what changes with them stands in `cadre_changes`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli import cadre_changes
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import AsOfOption, CadreArgument, JsonOption, RevealOption

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.cadre_history import CadreHistory

app = ChineseTyper(GROUPS["cadre"])
for _name, _command in (
    ("leave", cadre_changes.leave),
    ("retire", cadre_changes.retire),
    ("transfer", cadre_changes.transfer),
    ("return", cadre_changes.return_),
    ("replace", cadre_changes.replace),
):
    app.command(_name)(_command)


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位")] = "",
    leaders: Annotated[bool, typer.Option("--leaders", help="只看领导干部")] = False,
    without: Annotated[bool, typer.Option("--unpaired", help="只看没有结对户的")] = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """干部名单。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import list_cadres

    context = current(ctx)
    with context.database() as database:
        views = list_cadres(database, as_of or context.today, unit=unit, leaders=leaders, without=without)
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
    cadre: CadreArgument,
    history: Annotated[
        bool, typer.Option("--history", help="历次任职和结对也列出；离任的干部也能查")
    ] = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """一名干部和他的结对户。"""
    from jiemin.cli import shapes
    from jiemin.usecases.cadre_history import show_history
    from jiemin.usecases.look_up import show_cadre

    context = current(ctx)
    with context.database() as database:
        day = as_of or context.today
        past = show_history(database, cadre, day, past=as_of is not None) if history else None
        view = past.view if past else show_cadre(database, cadre, day)
        context.note_reveal(database, "cadre show", reveal, cadre_no=view.state.cadre_no)
    if json:
        context.screen.json({"cadre": shapes.cadre(view, reveal) | (_past_shape(past) if past else {})})
        return
    state = view.state
    post = " ".join(filter(None, (state.post, state.rank, "领导干部" if state.leader else "")))
    gone = "  已不任职" if past and not past.serving else ""
    context.screen.say(f"{state.cadre_no}  {state.name}  {state.unit}  {post}{gone}")
    numbers = "、".join(shapes.phones(state.phones, reveal))
    context.screen.say(
        f"联系电话：{numbers or '没有'}" + (f"  联系{view.link.town}{view.link.village}" if view.link else "")
    )
    if past:
        _show_past(context.screen, past)
        return
    if not view.households:
        context.screen.say(f"{as_of}没有结对户" if as_of else "现在没有结对户")
    context.screen.table(
        ["户编号", "户主", "身份", "起"],
        [
            [row.household_no, view.head_names.get(row.household_no, ""), row.role, str(row.start)]
            for row in view.households
        ],
        "结对户",
    )


def _show_past(screen: "Screen", past: "CadreHistory") -> None:
    from jiemin.cli import shapes

    screen.table(
        ["单位", "职务", "领导", "联系镇村", "起", "止"],
        [
            [
                each["unit"],
                " ".join(filter(None, (each["post"], each["rank"]))),
                "是" if each["leader"] else "",
                each["link"] or "",
                each["from"],
                each["to"] or "",
            ]
            for each in _posts(past)
        ],
        "任职",
    )
    screen.table(
        ["户编号", "户主", "当时单位", "身份", "起", "止", "结束原因"],
        [
            [
                view.row.household_no,
                view.head_name,
                view.unit,
                view.row.role,
                str(view.row.start),
                shapes.until(view.row.end) or "",
                shapes.words(view.row.end_reason, False) or "",
            ]
            for view in past.pairings
        ],
        "结对户",
    )


def _past_shape(past: "CadreHistory") -> dict[str, Any]:
    from jiemin.cli import shapes

    return {
        "status": "在职" if past.serving else "离任",
        "posts": _posts(past),
        "pairings": [shapes.pairing(view) for view in past.pairings],
    }


def _posts(past: "CadreHistory") -> list[dict[str, Any]]:
    from jiemin.cli import shapes

    places = {row_id: f"{place.town}{place.village}" for row_id, place in past.places.items()}
    return [
        {
            "unit": post.unit,
            "post": post.post,
            "rank": post.rank,
            "leader": post.leader,
            "link": places.get(post.link_id) if post.link_id is not None else None,
            "from": shapes.day(post.start),
            "to": shapes.until(post.end),
        }
        for post in past.posts
    ]
