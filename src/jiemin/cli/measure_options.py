"""Options and arguments of `jiemin measure`, each with its reader."""

from typing import Annotated, Any

import typer

from jiemin.cli.options import day_option, said, yuan_option


def _plan(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.codes import PLANS, Plan, read_code

    plan = read_code(PLANS, text)
    if plan is None:
        known = "、".join(f"{each.number}{each}" for each in Plan)
        raise typer.BadParameter(f"没有“{text}”这一项计划；有{known}")
    return plan


def _source(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.codes import FUND_SOURCES, FundSource, read_code

    source = read_code(FUND_SOURCES, text)
    if source is None:
        raise typer.BadParameter(f"没有“{text}”这种来源；可以写 {'、'.join(FundSource)}")
    return source


NumberArgument = Annotated[str, typer.Argument(metavar="措施", help="措施编号，如 M000003，也可以写 3")]
WhatOption = Annotated[Any, typer.Option("--what", parser=said, metavar="文字", help="做什么")]
PlanOption = Annotated[
    Any,
    typer.Option(
        "--plan",
        parser=_plan,
        metavar="计划",
        help="编号或名称：1结对连心 2生活补助 3就业援助 4危房改造 5医疗保障 6项目扶贫 7志愿关爱",
    ),
]
DueOption = Annotated[
    Any, typer.Option("--due", parser=day_option, metavar="日期", help="期限：最晚哪一天兑现")
]
ByOption = Annotated[str, typer.Option("--by", metavar="干部", help="负责的干部；不写则为第一责任人")]
PersonOption = Annotated[
    str, typer.Option("--person", metavar="文字", help="负责的不是干部名册里的人，写在这里，如 镇民政办")
]
AmountOption = Annotated[
    Any, typer.Option("--amount", parser=yuan_option, metavar="金额", help="资金，单位元")
]
SourceOption = Annotated[
    Any,
    typer.Option(
        "--source",
        parser=_source,
        metavar="来源",
        help="资金来源：市财政补助、镇(街道)配套、慈善救助、部门企业结对、村级慈善帮扶基金、干部个人、其他",
    ),
]
EndOption = Annotated[Any, typer.Option("--on", parser=day_option, metavar="日期", help="哪一天，默认今天")]
