"""`jiemin aid`: aid cases, the dated facts that grants, bills and emergencies are reckoned from."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import HouseholdArgument, JsonOption, day_option, said, written, yuan_option

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.list_aid_cases import AidView
    from jiemin.usecases.record_aid_case import AidRecorded

app = ChineseTyper(GROUPS["aid"])


def _item(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.aid_cases import CASE_ITEM_SPELLINGS, CASE_ITEMS
    from jiemin.domain.codes import squeeze

    item = CASE_ITEM_SPELLINGS.get(squeeze(text))
    if item is None:
        raise typer.BadParameter(f"没有“{text}”这一项；可以写 {'、'.join(CASE_ITEMS)}")
    return item


CaseArgument = Annotated[str, typer.Argument(metavar="事项", help="救助事项编号，如 A000003，也可以写 3")]
_ITEMS = "医疗救助、危房改造、临时救助、困境儿童、低保分档"


@app.command("add")
def add(
    ctx: typer.Context,
    household: HouseholdArgument,
    item: Annotated[Any, typer.Option("--item", parser=_item, metavar="项目", help=_ITEMS)],
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="哪一天的，或从哪一天起，默认今天")
    ] = None,
    until: Annotated[
        Any,
        typer.Option("--until", parser=day_option, metavar="日期", help="困境儿童、低保分档：到哪一天为止"),
    ] = None,
    amount: Annotated[
        Any,
        typer.Option(
            "--amount",
            parser=yuan_option,
            metavar="金额",
            help="单位元。医疗救助：报销以后个人还自付多少；临时救助：决定给多少；低保分档：每月定额",
        ),
    ] = None,
    grade: Annotated[
        str, typer.Option("--grade", metavar="等级", help="危房改造：C级、D级；困境儿童：集中、散居")
    ] = "",
    person: Annotated[
        str,
        typer.Option("--person", metavar="姓名", help="是哪名成员的，姓名或身份证号；医疗救助、困境儿童要写"),
    ] = "",
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="备注")] = None,
    json: JsonOption = False,
) -> None:
    """登记一件救助事项，以后按它计算补助。

    例：jiemin aid add 沈月桂 --item 医疗救助 --on 2014-05-12 --person 沈月桂 --amount 3000

    例：jiemin aid add 沈月桂 --item 危房改造 --on 2014-05-12 --grade D级
    """
    from jiemin.domain.aid_cases import read_grade
    from jiemin.usecases.record_aid_case import AidTold, add_aid_case

    context = current(ctx)
    day: date = on or context.today
    told = AidTold(
        household, item, day, until, amount, read_grade(item, grade), person.strip(), written(note)
    )
    with context.database() as database:
        stamp = context.stamp("aid add", item=item.value, on=on, until=until)
        done = add_aid_case(database, stamp, told, context.today)
    _tell(context.screen, "已登记", done, json=json)


@app.command("list")
def list_(
    ctx: typer.Context,
    household: Annotated[str, typer.Option("--household", metavar="家庭", help="只看这一户")] = "",
    item: Annotated[
        Any, typer.Option("--item", parser=_item, metavar="项目", help=f"只看这一项：{_ITEMS}")
    ] = None,
    voided: Annotated[bool, typer.Option("--voided", help="已作废的也列出来")] = False,
    json: JsonOption = False,
) -> None:
    """救助事项的名单。

    例：jiemin aid list --item 医疗救助
    """
    from jiemin.cli import record_shapes
    from jiemin.usecases.list_aid_cases import AidFilter, list_aid_cases

    context = current(ctx)
    with context.database() as database:
        views = list_aid_cases(database, context.today, AidFilter(household, item, voided))
    if json:
        context.screen.json({"cases": [record_shapes.aid_case(view) for view in views]})
        return
    _show_list(context.screen, views)


@app.command("end")
def end(
    ctx: typer.Context,
    number: CaseArgument,
    on: Annotated[date, typer.Option("--on", parser=day_option, metavar="日期", help="最后一天，当天还算")],
    json: JsonOption = False,
) -> None:
    """困境儿童、低保分档写明截止：从第二天起不再算。

    例：jiemin aid end A000003 --on 2014-08-31
    """
    from jiemin.usecases.list_aid_cases import full_number
    from jiemin.usecases.record_aid_case import end_aid_case

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("aid end", case_no=full_number(number), on=on)
        done = end_aid_case(database, stamp, number, on, context.today)
    _tell(context.screen, "已写明截止", done, json=json)


@app.command("void")
def void(
    ctx: typer.Context,
    number: CaseArgument,
    reason: Annotated[Any, typer.Option("--reason", parser=said, metavar="原因", help="为什么作废")],
    json: JsonOption = False,
) -> None:
    """登记错了的作废，写明原因；要改的，作废后重新登记。

    例：jiemin aid void A000003 --reason 金额写错
    """
    from jiemin.usecases.list_aid_cases import full_number
    from jiemin.usecases.record_aid_case import void_aid_case

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("aid void", case_no=full_number(number))
        done = void_aid_case(database, stamp, number, reason, context.today)
    _tell(context.screen, "已作废", done, json=json)


def _tell(screen: "Screen", act: str, done: "AidRecorded", *, json: bool) -> None:
    """Say what became of a case, and of which months the money is settled already."""
    from jiemin.cli import record_shapes

    if json:
        runs = [run.run_no for run in done.approved]
        screen.json({"case": record_shapes.aid_case(done.view), "approved": runs})
        return
    row = done.view.row
    what = "，".join(filter(None, (row.item, *_columns(done.view))))
    screen.say(f"{act} {row.case_no}：{row.household_no} {done.view.head_name} {what}（{_span(done.view)}）")
    if done.not_for:
        screen.say(f"注意：这一户是{done.not_for}，{row.item}不给这一类，不会算出补助")
    if done.grown_up is not None:
        wrong = f"登记错了的，用 jiemin aid void {row.case_no} --reason 原因"
        screen.say(f"注意：{row.person_name}当天已满{done.grown_up}周岁，不再是儿童；{wrong}")
    if done.approved:
        told = "、".join(f"{run.period}（{run.run_no}）" for run in done.approved)
        screen.say(f"这些月份的补助已经批准：{told}；差额用 jiemin subsidy arrears 查看")
    elif not done.not_for:
        screen.say(f"计算补助：jiemin subsidy compute --month {row.day:%Y-%m}")


def _show_list(screen: "Screen", views: "list[AidView]") -> None:
    from jiemin.cli import shapes

    screen.table(
        ["编号", "户编号", "户主", "项目", "日期", "成员", "金额", "等级", "备注"],
        [
            [
                view.row.case_no,
                view.row.household_no,
                view.head_name,
                view.row.item,
                _span(view),
                *_columns(view),
                _note(view, shapes.words(view.row.note, reveal=False) or ""),
            ]
            for view in views
        ],
    )
    screen.say(f"共{len(views)}件" if views else "没有这样的救助事项")


def _columns(view: "AidView") -> tuple[str, str, str]:
    from jiemin.domain.money import format_yuan

    row = view.row
    amount = "" if row.base_fen is None else format_yuan(row.base_fen)
    return row.person_name or "", amount, row.grade or ""


def _span(view: "AidView") -> str:
    """`2014-05-12`, or of a lasting case `2014-05-12起` or `2014-05-12至2014-08-31`."""
    from jiemin.domain.aid_cases import LASTING_CASES

    row = view.row
    if row.item not in LASTING_CASES:
        return str(row.day)
    return f"{row.day}至{row.until}" if row.until else f"{row.day}起"


def _note(view: "AidView", note: str) -> str:
    from jiemin.cli import shapes

    if view.row.voided_on is None:
        return note
    return f"已作废：{shapes.words(view.row.void_reason, reveal=False)}"
