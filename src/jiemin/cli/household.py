"""`jiemin household`: look up needy households, and what happens to them."""

from typing import TYPE_CHECKING, Annotated

import typer

from jiemin.cli import household_changes, household_members, household_past, household_print
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import AsOfOption, BeforeOption, JsonOption, RevealOption

if TYPE_CHECKING:
    from jiemin.domain.codes import HouseholdClass

app = ChineseTyper(GROUPS["household"])


@app.command("list")
def list_(
    ctx: typer.Context,
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇（街道）")] = "",
    village: Annotated[str, typer.Option("--village", metavar="村", help="只看这个村（社区）")] = "",
    household_class: Annotated[
        str, typer.Option("--class", metavar="类别", help="只看这一类，如 农村低保")
    ] = "",
    unpaired: Annotated[bool, typer.Option("--unpaired", help="只看应结对而没有结对的")] = False,
    everything: Annotated[bool, typer.Option("--all", help="不在册的也列出")] = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """困难家庭名单。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import HouseholdFilter, list_households

    context = current(ctx)
    wanted = HouseholdFilter(
        context.places().town_named(town).name if town else None,
        village,
        _classes(household_class),
        unpaired,
        everything,
    )
    with context.database() as database:
        views = list_households(database, as_of or context.today, wanted)
        context.note_reveal(database, "household list", reveal)
    if json:
        context.screen.json({"households": [shapes.household(view, reveal) for view in views]})
        return
    columns = [
        "户编号",
        "户主",
        *(["身份证号"] if reveal else []),
        "镇(街道)",
        "村(社区)",
        "类别",
        "人口",
        "结对干部",
    ]
    context.screen.table(
        columns,
        [
            [
                view.state.household_no,
                view.state.head_name or "",
                *([view.state.head_number or ""] if reveal else []),
                view.place.town,
                view.place.village,
                view.state.household_class,
                "" if view.state.size is None else str(view.state.size),
                "、".join(each.pairing.cadre_name for each in view.helpers),
            ]
            for view in views
        ],
    )
    context.screen.say(f"共{len(views)}户")


@app.command("show")
def show(
    ctx: typer.Context,
    household: Annotated[
        str, typer.Argument(metavar="家庭", help="户编号、户主姓名、身份证号或结对干部姓名")
    ],
    before: BeforeOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="全部内容：历任干部、措施、走访全文、前后对比")
    ] = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """一户的情况：成员、结对、四清、未了的事、走访、补助和帮扶前后，一屏看完。"""
    from jiemin.usecases.household_file import show_household

    context = current(ctx)
    day, past = as_of or context.today, as_of is not None
    with context.database() as database:
        file = show_household(database, household, day, before=before, past=past)
        context.note_reveal(database, "household show", reveal, household_no=file.view.state.household_no)
    if json:
        from jiemin.cli.household_shapes import household_detail

        context.screen.json({"household": household_detail(file, reveal)})
        return
    from jiemin.cli.household_screen import show_all, show_short

    tell = show_all if everything else show_short
    tell(context.screen, file, reveal, past)


household_past.add_to(app)
household_print.add_to(app)
household_changes.add_to(app)
household_members.add_to(app)


def _classes(text: str) -> "frozenset[HouseholdClass]":
    """The classes meant; 低保 alone means both kinds of it."""
    from jiemin.domain.codes import CLASSES, DIBAO, read_code

    if not text:
        return frozenset()
    known = read_code(CLASSES, text)
    if text in {"低保", "低保户"}:
        return DIBAO
    if known is None:
        raise typer.BadParameter(f"没有“{text}”这一类；如 农村低保、城镇低保、低收入", param_hint="--class")
    return frozenset({known})
