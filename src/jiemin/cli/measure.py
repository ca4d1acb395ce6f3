"""`jiemin measure`: the support plan of each family, what was promised and what was done."""

from typing import Annotated, Any

import typer

from jiemin.cli import measure_views
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.measure_options import (
    AmountOption,
    ByOption,
    DueOption,
    EndOption,
    NumberArgument,
    PersonOption,
    PlanOption,
    SourceOption,
    WhatOption,
)
from jiemin.cli.options import HouseholdArgument, JsonOption, day_option, said, written

app = ChineseTyper(GROUPS["measure"])


@app.command("add")
def add(
    ctx: typer.Context,
    household: HouseholdArgument,
    plan: PlanOption,
    what: WhatOption,
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="承诺日期，默认今天")
    ] = None,
    due: DueOption = None,
    by: ByOption = "",
    person: PersonOption = "",
    amount: AmountOption = None,
    source: SourceOption = None,
    json: JsonOption = False,
) -> None:
    """登记一条帮扶措施。

    例：jiemin measure add 沈月桂 --plan 4 --what 修缮屋顶 --due 2014-09-30 --amount 12000 --source 市财政
    """
    from jiemin.usecases.record_measure import MeasureTold, add_measure

    _one_of_two(by, person)
    context = current(ctx)
    told = MeasureTold(household, plan, what, on or context.today, due, by, person.strip(), amount, source)
    with context.database() as database:
        done = add_measure(database, context.stamp("measure add", on=on, due=due), told, context.today)
    measure_views.tell(context.screen, "已登记", done, json=json)


@app.command("deliver")
def deliver(
    ctx: typer.Context,
    number: NumberArgument,
    on: EndOption = None,
    outcome: Annotated[str | None, typer.Option("--outcome", metavar="文字", help="结果怎样")] = None,
    amount: AmountOption = None,
    source: SourceOption = None,
    json: JsonOption = False,
) -> None:
    """兑现：措施已经做到；金额和来源不写就照原来的。

    例：jiemin measure deliver M000003 --on 2014-09-20 --outcome 屋顶已修好 --amount 11800
    """
    from jiemin.usecases.list_measures import full_number
    from jiemin.usecases.record_measure import Delivery, deliver_measure

    context = current(ctx)
    told = Delivery(on or context.today, written(outcome), amount, source)
    with context.database() as database:
        stamp = context.stamp("measure deliver", measure_no=full_number(number), on=on)
        done = deliver_measure(database, stamp, number, told, context.today)
    measure_views.tell(context.screen, "已兑现", done, json=json)


@app.command("drop")
def drop(
    ctx: typer.Context,
    number: NumberArgument,
    reason: Annotated[Any, typer.Option("--reason", parser=said, metavar="原因", help="为什么不做了")],
    on: EndOption = None,
    json: JsonOption = False,
) -> None:
    """取消：措施不做了，写明原因。

    例：jiemin measure drop M000003 --reason 户主已由女儿接走
    """
    from jiemin.usecases.list_measures import full_number
    from jiemin.usecases.record_measure import drop_measure

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("measure drop", measure_no=full_number(number), on=on)
        done = drop_measure(database, stamp, number, on or context.today, reason, context.today)
    measure_views.tell(context.screen, "已取消", done, json=json)


@app.command("change")
def change(
    ctx: typer.Context,
    number: NumberArgument,
    what: WhatOption = None,
    due: DueOption = None,
    plan: PlanOption = None,
    by: ByOption = "",
    person: PersonOption = "",
    amount: AmountOption = None,
    source: SourceOption = None,
    json: JsonOption = False,
) -> None:
    """改一条措施：只改写出来的，改之前的内容留在操作记录里。

    例：jiemin measure change M000003 --due 2014-10-31
    """
    from jiemin.usecases.list_measures import full_number
    from jiemin.usecases.record_measure import MeasureChange, change_measure, changes_told

    _one_of_two(by, person)
    told = MeasureChange(what or "", due, plan, by, person.strip(), amount, source)
    if told == MeasureChange():
        raise typer.BadParameter("要写改什么，如 --due 2014-10-31", param_hint="措施")
    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("measure change", measure_no=full_number(number), due=due)
        before, after = change_measure(database, stamp, number, told, context.today)
    if json:
        measure_views.tell(context.screen, "", after, json=True)
        return
    measure_views.tell_changes(context.screen, after, changes_told(before, after))


measure_views.add_to(app)


def _one_of_two(by: str, person: str) -> None:
    if by and person.strip():
        raise typer.BadParameter("不能和 --by 一起写", param_hint="--person")
