"""`jiemin pair rule`: what is laid down for pairing, and the cost table."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import CadreArgument, HouseholdArgument, JsonOption, OnOption, said

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.policy.pairing_settings import PairingItem
    from jiemin.usecases.list_pair_rules import RuleLine
    from jiemin.usecases.pair_rules import Decided

app = ChineseTyper("结对规定：必须结对、不得结对、近亲属回避、包村，以及计分表。")


@app.command("pin")
def pin(
    ctx: typer.Context,
    household: HouseholdArgument,
    cadre: CadreArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么")] = "",
    on: OnOption = None,
) -> None:
    """规定这一对必须结对，自动配对时一定照办。"""
    from jiemin.usecases.pair_rules import pin_pair

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("pair rule pin", on=on)
        done = pin_pair(database, stamp, household, cadre, on or context.today, reason)
    _tell(context.screen, done)


@app.command("bar")
def bar(
    ctx: typer.Context,
    household: HouseholdArgument,
    cadre: CadreArgument,
    reason: Annotated[str, typer.Option("--reason", parser=said, metavar="原因", help="为什么")],
    on: OnOption = None,
) -> None:
    """规定这一对不得结对。"""
    from jiemin.usecases.pair_rules import bar_pair

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("pair rule bar", on=on)
        done = bar_pair(database, stamp, household, cadre, on or context.today, reason)
    _tell(context.screen, done)


@app.command("kin")
def kin(
    ctx: typer.Context,
    cadre: CadreArgument,
    name: Annotated[str, typer.Option("--name", parser=said, metavar="姓名", help="近亲属的姓名")],
    relation: Annotated[
        str, typer.Option("--relation", metavar="关系", help="是干部的什么人，如 妻、父、弟")
    ] = "",
    number: Annotated[
        str, typer.Option("--id", metavar="身份证号", help="近亲属的身份证号；他在哪一户，干部就回避哪一户")
    ] = "",
    household: Annotated[
        str, typer.Option("--household", metavar="家庭", help="没有身份证号时，写近亲属所在的户")
    ] = "",
    on: OnOption = None,
) -> None:
    """近亲属备案：干部不和近亲属所在的户结对。"""
    from jiemin.usecases.pair_rules import declare_kin

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("pair rule kin", on=on)
        done = declare_kin(
            database,
            stamp,
            cadre,
            name,
            on or context.today,
            relation=relation,
            number=number,
            household=household,
        )
    _tell(context.screen, done)


@app.command("take")
def take(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位名称")],
    village: Annotated[str, typer.Argument(metavar="村", help="村（社区），同名的写成镇名加村名")],
    on: OnOption = None,
) -> None:
    """包村：这个村的户，新结对时只配这个单位的干部。"""
    from jiemin.usecases.take_village import take_village

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("pair rule take", on=on)
        done = take_village(database, stamp, unit, village, on or context.today)
    _tell(context.screen, done)


@app.command("list")
def list_(
    ctx: typer.Context,
    history: Annotated[bool, typer.Option("--history", help="已解除的也列出")] = False,
    json: JsonOption = False,
) -> None:
    """现有的规定、近亲属备案和包村。"""
    from jiemin.cli import shapes
    from jiemin.usecases.list_pair_rules import list_rules

    context = current(ctx)
    with context.database() as database:
        lines = list_rules(database, context.today, ended=history)
    if json:
        context.screen.json({"rules": [_shape(each) for each in lines]})
        return
    columns = ["编号", "种类", "家庭或村", "干部或单位", "内容", "起", "止"]
    rows = [
        [
            each.rule_no,
            each.kind,
            f"{each.town}{each.village}" or f"{each.household_no} {each.head_name}".strip(),
            f"{each.cadre_name}（{each.unit}）" if each.cadre_name else each.unit,
            _content(each),
            str(each.start),
            shapes.until(each.end) or "",
        ]
        for each in lines
    ]
    context.screen.table(columns, rows)
    context.screen.say(f"共{len(lines)}条" if lines else "没有规定、近亲属备案和包村")


@app.command("end")
def end(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="编号", help="jiemin pair rule list 里的编号，如 P3")],
    on: OnOption = None,
) -> None:
    """解除一条规定、近亲属备案或包村；记录保留在历史里。"""
    from jiemin.usecases.list_pair_rules import end_rule

    context = current(ctx)
    day = on or context.today
    with context.database() as database:
        line = end_rule(database, context.stamp("pair rule end", rule=number, on=on), number, day)
    if day <= line.start:
        context.screen.say(f"已取消：{line.rule_no} {line.kind}，没有生效过")
    else:
        context.screen.say(f"已解除：{line.rule_no} {line.kind}，自{day}起不再适用")


@app.command("costs")
def costs(ctx: typer.Context, json: JsonOption = False) -> None:
    """现行的结对方式、限额和计分表，各来自哪个文件。"""
    context = current(ctx)
    policy = context.pairing_policy()
    if json:
        shape = {
            "fingerprint": policy.settings.costs.fingerprint(),
            "items": [_item(each) for each in policy.items],
        }
        context.screen.json({"costs": shape})
        return
    context.screen.table(
        ["项目", "数", "单位", "写法", "来源", "说明"],
        [
            [each.name, str(each.value), each.unit, each.key, _source(each), each.meaning]
            for each in policy.items
        ],
    )
    context.screen.say("分数越少，这一对越合适。要改：在本县的政策文件里写 [pairing]，用 --policy 指明")


def _tell(screen: "Screen", done: "Decided") -> None:
    screen.say(done.said)
    for note in done.notes:
        screen.tell(f"提醒：{note}")


def _content(line: "RuleLine") -> str:
    from jiemin.domain.people import mask_id

    if not line.kin_name:
        return line.reason
    called = f"（{line.relation}）" if line.relation else ""
    return f"{line.kin_name}{called} {mask_id(line.id_number) or ''}".rstrip()


def _shape(line: "RuleLine") -> dict[str, Any]:
    from jiemin.cli import shapes
    from jiemin.domain.people import mask_id

    return {
        "rule_no": line.rule_no,
        "kind": line.kind,
        "household_no": line.household_no or None,
        "head_name": line.head_name or None,
        "cadre_no": line.cadre_no or None,
        "cadre_name": line.cadre_name or None,
        "unit": line.unit or None,
        "town": line.town or None,
        "village": line.village or None,
        "kin_name": line.kin_name or None,
        "relation": line.relation or None,
        "id_number": mask_id(line.id_number) or None,
        "reason": line.reason or None,
        "from": line.start.isoformat(),
        "to": shapes.until(line.end),
    }


def _source(item: "PairingItem") -> str:
    return "自带" if item.packaged else item.file


def _item(item: "PairingItem") -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "value": item.value,
        "unit": item.unit,
        "meaning": item.meaning,
        "file": item.file,
        "packaged": item.packaged,
    }
