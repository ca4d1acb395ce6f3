"""`jiemin household`: look up needy households, and what happens to them."""

from typing import TYPE_CHECKING, Annotated

import typer

from jiemin.cli import household_changes
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, RevealOption

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.codes import HouseholdClass
    from jiemin.usecases.look_up import HouseholdDetail

app = ChineseTyper("困难家庭：名单，一户的情况和历史，退出、迁居、分户等变动。")


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
        views = list_households(database, context.today, wanted)
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
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """一户的情况：成员、结对、走访、补助。"""
    from jiemin.cli import shapes
    from jiemin.usecases.look_up import show_household

    context = current(ctx)
    with context.database() as database:
        detail = show_household(database, household, context.today)
        context.note_reveal(database, "household show", reveal, household_no=detail.view.state.household_no)
    if json:
        context.screen.json({"household": shapes.household_detail(detail, reveal)})
    else:
        _show(context.screen, detail, reveal)


household_changes.add_to(app)


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


def _show(screen: "Screen", detail: "HouseholdDetail", reveal: bool) -> None:
    from jiemin.cli import shapes
    from jiemin.domain.money import format_yuan
    from jiemin.domain.people import mask_account, mask_id

    state, place = detail.view.state, detail.view.place
    number = (state.head_number if reveal else mask_id(state.head_number)) or "没有身份证号"
    screen.say(f"{state.household_no}  户主 {state.head_name or '不详'}  {number}")
    screen.say(f"{place.town}{place.village}  {state.household_class}{state.keeping or ''}  {state.status}")
    people = [f"家庭人口{state.size}人" if state.size is not None else "家庭人口未填"]
    if state.covered is not None:
        people.append(f"保障人口{state.covered}人")
    if state.income_fen is not None:
        period = "月" if state.income_period == "month" else "年"
        people.append(f"家庭{period}收入{format_yuan(state.income_fen)}")
    screen.say("，".join(people))
    causes = "、".join(filter(None, (state.cause, *state.other_causes)))
    for label, text in (
        ("致困原因", causes),
        ("帮扶需求", shapes.words(state.needs, reveal)),
        ("联系电话", "、".join(shapes.phones(state.phones, reveal))),
        ("银行账号", state.account if reveal else mask_account(state.account)),
    ):
        if text:
            screen.say(f"{label}：{text}")
    _show_lists(screen, detail, reveal)


def _show_lists(screen: "Screen", detail: "HouseholdDetail", reveal: bool) -> None:
    from jiemin.cli import shapes
    from jiemin.domain.money import format_yuan

    members = [shapes.person(each, reveal) for each in detail.members]
    keys = ("name", "relation", "sex", "birth_date", "id_number", "disability", "status")
    columns = ["姓名", "与户主关系", "性别", "出生日期", "身份证号", "残疾", "健康状况"]
    screen.table(columns, [[str(member[key] or "") for key in keys] for member in members], "家庭成员")
    screen.table(
        ["干部", "单位", "身份", "起", "止", "结束原因"],
        [
            [
                each.pairing.cadre_name,
                each.unit,
                each.pairing.role,
                str(each.pairing.start),
                shapes.until(each.pairing.end) or "",
                each.pairing.end_reason or "",
            ]
            for each in detail.pairings
        ],
        "结对",
    )
    _show_visits(screen, detail, reveal)
    screen.table(
        ["时段", "项目", "提标前", "提标后", "增加"],
        [
            [
                row.period,
                row.item,
                *(format_yuan(fen) for fen in (row.before_fen, row.after_fen, row.uplift_fen)),
            ]
            for row in detail.awards
        ],
        "补助",
    )


def _show_visits(screen: "Screen", detail: "HouseholdDetail", reveal: bool) -> None:
    """Each visit with its notes below it; they are too long for a table."""
    from jiemin.cli import shapes

    if detail.visits:
        screen.say("走访：")
    for view in detail.visits:
        row = view.row
        visitors = "、".join(name for _, _, name in row.cadres)
        screen.say(f"{row.day}  {row.kind}  {visitors}{'  额外走访' if view.extra else ''}")
        for label, text in (("暖心手记", row.note), ("了解的需求", row.needs), ("办实事", row.deeds)):
            if text:
                screen.say(f"  {label}：{shapes.words(text, reveal)}")
