"""`jiemin condition`: what was measured of a family at dates, for before and after."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import AsOfOption, HouseholdArgument, JsonOption, day_option

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.list_conditions import ConditionList
    from jiemin.usecases.record_condition import ConditionsRecorded

app = ChineseTyper(GROUPS["condition"])

_TOLD = re.compile(r"\s*([^=＝]+?)\s*[=＝]\s*(.*?)\s*", re.DOTALL)
_DAYS_SHOWN = 5


@app.command("set")
def set_(
    ctx: typer.Context,
    household: HouseholdArgument,
    values: Annotated[
        list[str],
        typer.Argument(metavar="项目=数值", help="如 工资性收入=12000 住房面积=60.5 住房结构=砖木，可写几项"),
    ],
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="哪一天的情况，默认今天")
    ] = None,
    json: JsonOption = False,
) -> None:
    """登记一户某一天的状况；同一天同一项再登记就是更正。收入和支出都是一年的数，单位元。

    例：jiemin condition set 沈月桂 --on 2014-01-15 工资性收入=12000 低保金收入=4800 就业人数=1

    例：jiemin condition set 沈月桂 住房面积=60.5 住房结构=砖木 危房等级=C级 承包土地=2.5亩
    """
    from jiemin.cli import record_shapes
    from jiemin.usecases.record_condition import set_conditions

    told = []
    for each in values:
        match = _TOLD.fullmatch(each)
        if match is None:
            raise typer.BadParameter(f"“{each}”要写成 项目=数值，中间不留空格", param_hint="项目=数值")
        told.append((match[1], match[2]))
    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("condition set", on=on)
        done = set_conditions(database, stamp, household, told, on or context.today, context.today)
    if json:
        context.screen.json(
            {
                "household_no": done.household_no,
                "date": done.day.isoformat(),
                "conditions": [record_shapes.measured(each) for each in done.measured],
                "doubts": list(done.doubts),
            }
        )
        return
    _tell(context.screen, done)


@app.command("list")
def list_(
    ctx: typer.Context, household: HouseholdArgument, as_of: AsOfOption = None, json: JsonOption = False
) -> None:
    """一户历次的状况，一项一行，一天一列；年纯收入是各项收入减去生产经营支出。

    例：jiemin condition list 沈月桂
    """
    from jiemin.usecases.list_conditions import list_conditions

    context = current(ctx)
    with context.database() as database:
        found = list_conditions(database, household, as_of or context.today)
    if json:
        context.screen.json(_shape(found))
        return
    _show(context.screen, found)


def _tell(screen: "Screen", done: "ConditionsRecorded") -> None:
    from jiemin.usecases.record_condition import shown, value_of

    screen.say(f"{done.household_no} {done.head_name} {done.day}：")
    for each in done.measured:
        told = ""
        if each.corrected is not None:
            before = shown(each.condition, each.corrected)
            told = "（没有变化）" if each.corrected == each.value else f"（更正，原来是{before}）"
        elif each.earlier is not None:
            told = f"（上一次{each.earlier.day}：{shown(each.condition, value_of(each.earlier))}）"
        screen.say(f"  {each.condition} {shown(each.condition, each.value)}{told}")
    for doubt in done.doubts:
        screen.say(f"注意：{doubt}，请核对；已照写的登记")


def _show(screen: "Screen", found: "ConditionList") -> None:
    from jiemin.domain.codes import Condition
    from jiemin.domain.money import format_yuan
    from jiemin.storage.conditions import ConditionRow
    from jiemin.usecases.record_condition import shown, value_of

    def cell(row: ConditionRow | None) -> str:
        return "" if row is None else shown(row.condition, value_of(row))

    screen.say(f"{found.household_no}  户主 {found.head_name or '不详'}")
    if not found.rows:
        screen.say(f"还没有登记过状况；如 jiemin condition set {found.household_no} 工资性收入=12000")
        return
    days = list(found.rows)[-_DAYS_SHOWN:]
    lines = [
        [condition, *(cell(found.rows[day].get(condition)) for day in days)]
        for condition in Condition
        if any(condition in found.rows[day] for day in days)
    ]
    if found.net:
        net = ("年纯收入", *(format_yuan(found.net[day].fen) if day in found.net else "" for day in days))
        lines.append(list(net))
    screen.table(["项目", *map(str, days)], lines)
    if len(found.rows) > len(days):
        screen.say(f"更早还有{len(found.rows) - len(days)}天，用 --as-of {days[0]} 查看")
    if found.net:
        _tell_net(screen, found)


def _tell_net(screen: "Screen", found: "ConditionList") -> None:
    """Of what the latest net income was counted, and what is not known."""
    last = list(found.net.values())[-1]
    screen.say(f"年纯收入按每项最近一次的数算：{'、'.join(last.known)}")
    if last.unknown:
        screen.say(f"没有登记、没有算在内的：{'、'.join(last.unknown)}")


def _shape(found: "ConditionList") -> dict[str, Any]:
    from jiemin.cli import record_shapes
    from jiemin.usecases.record_condition import value_of

    return {
        "household_no": found.household_no,
        "head_name": found.head_name,
        "day": found.day.isoformat(),
        "dates": [
            {
                "date": day.isoformat(),
                "conditions": [record_shapes.condition(each, value_of(row)) for each, row in rows.items()],
                "net_income": record_shapes.net(found.net[day]) if day in found.net else None,
            }
            for day, rows in found.rows.items()
        ],
    }
