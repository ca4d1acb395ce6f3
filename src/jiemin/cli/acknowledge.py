"""`jiemin acknowledge`: answer for findings of the checks."""

from typing import Annotated

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, QuarterOption, said


def acknowledge(
    ctx: typer.Context,
    numbers: Annotated[
        list[str],
        typer.Argument(metavar="问题编号", help="jiemin check 列出的编号，如 K301-H000012，可以写几个"),
    ],
    reason: Annotated[
        str,
        typer.Option(
            "--reason", parser=said, metavar="原因", help="为什么没有错，或怎样处理的，如 已上门核实"
        ),
    ],
    quarter: QuarterOption = None,
    json: JsonOption = False,
) -> None:
    """确认检查出的问题：核对过、没有错或已处理的，写明原因，不再列出。

    检查时写了季度的，确认时也写上。

    情况变了，问题会重新列出。已确认的用 jiemin check --all 查看；确认错了用 jiemin undo 撤销。
    """
    from jiemin.usecases.acknowledge_findings import acknowledge

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("acknowledge", findings=len(numbers))
        done = acknowledge(database, stamp, numbers, reason, context.today, context.yardstick(), quarter)
    if json:
        shape = {
            "acknowledged": [each.number for each in done.findings],
            "unchanged": [each.number for each in done.before],
        }
        context.screen.json(shape)
        return
    for each in done.findings:
        context.screen.say(f"已确认 {each.number} {each.kind.title}：{each.subject}")
    for each in done.before:
        context.screen.say(f"早已确认 {each.number}，没有改动")
    if done.findings:
        context.screen.say("情况变了会重新列出；撤销用 jiemin undo")
