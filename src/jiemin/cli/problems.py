"""`jiemin problems`: what a problem number means, and the way out."""

from typing import Annotated

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption


def problems(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="编号", help="如 J104；不写就列出全部")] = None,
    json: JsonOption = False,
) -> None:
    """问题编号的意思、原因、例子和办法。"""
    from jiemin.domain.problems import CATALOGUE
    from jiemin.errors import NotFoundError

    screen = current(ctx).screen
    if code is not None and code.upper() not in CATALOGUE:
        raise NotFoundError(f"没有“{code}”这个问题编号", "用 jiemin problems 列出全部")
    kinds = list(CATALOGUE.values()) if code is None else [CATALOGUE[code.upper()]]
    if json:
        listed = [
            {
                "code": each.code,
                "severity": each.severity.value,
                "title": each.title,
                "cause": each.cause,
                "remedy": each.remedy,
                "example": each.example,
            }
            for each in kinds
        ]
        screen.json({"problems": listed})
    elif code is None:
        screen.table(
            ["编号", "结果", "问题"], [[each.code, each.severity.label, each.title] for each in kinds]
        )
        screen.say("看原因、例子和办法：jiemin problems 编号")
    else:
        (kind,) = kinds
        screen.say(f"{kind.code} {kind.title}（{kind.severity.label}）")
        screen.say(f"原因：{kind.cause}")
        screen.say(f"例如：{kind.example}")
        screen.say(f"办法：{kind.remedy}")
