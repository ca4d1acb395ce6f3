"""What the commands of visits have in common: options, and words of kinds, amounts and promises."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import typer

from jiemin.cli.options import written, yuan_option

T = TypeVar("T")

FIELDS = {
    "day": "日期",
    "kind": "方式",
    "cadres": "走访人",
    "met": "见到谁",
    "note": "暖心手记",
    "needs": "听到的需求",
    "needs_met_on": "需求解决日期",
    "needs_outcome": "怎样解决",
    "deeds": "办实事",
    "gift_fen": "慰问金",
    "gift_goods": "慰问品",
}
"""Fields of a visit as people call them."""


def kind_option(text: Any) -> Any:
    """A kind of visit; another word is a usage error."""
    from jiemin.domain.codes import VISIT_KINDS, read_code

    if not isinstance(text, str):
        return text
    known = read_code(VISIT_KINDS, text)
    if known is None:
        raise typer.BadParameter("只能是 走访、慰问 或 电话")
    return known


def fen(text: str | None) -> int | None:
    """An amount in fen; nothing written is none, and what is no amount a usage error."""
    if written(text) is None:
        return None
    try:
        fen: int = yuan_option(text)
    except typer.BadParameter as fault:
        raise typer.BadParameter(fault.message, param_hint="--gift-money") from None
    return fen


def each_for(whats: Sequence[str], told: Sequence[T], option: str) -> list[T | None]:
    """What was told for each of `whats`: one by one, or one for all, or nothing."""
    if (len(told) > 1 and len(told) != len(whats)) or (told and not whats):
        raise typer.BadParameter(
            f"写了{len(told)}次，--promise 写了{len(whats)}次；要一样多，或者只写一次", param_hint=option
        )
    return list(told) if len(told) == len(whats) else [*told] * len(whats) or [None] * len(whats)


def field_words(name: str, value: Any, *, reveal: bool = False) -> str:
    """What a field of a visit says, as people read it; nothing when it is empty."""
    from jiemin.cli import shapes
    from jiemin.domain.money import format_yuan

    if value is None:
        return ""
    if name == "gift_fen":
        return format_yuan(value)
    if name == "cadres":
        return "、".join(name for _, name in value)
    return shapes.words(str(value), reveal) or ""


def gift_words(gift_fen: int | None, goods: str | None, *, reveal: bool = False) -> str:
    """What a visit brought, money and goods in one; nothing when it brought nothing."""
    told = [field_words("gift_fen", gift_fen), field_words("gift_goods", goods, reveal=reveal)]
    return "，".join(filter(None, told))


CadresOption = Annotated[
    list[str] | None,
    typer.Option("--cadre", metavar="干部", help="走访的干部，可写几次；不写则为第一责任人"),
]
KindOption = Annotated[
    Any,
    typer.Option("--kind", parser=kind_option, metavar="方式", help="走访、慰问 或 电话（电话不算走访）"),
]
MetOption = Annotated[str | None, typer.Option("--met", metavar="谁", help="见到谁，如 户主本人")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="文字", help="暖心手记")]
NeedsOption = Annotated[str | None, typer.Option("--needs", metavar="文字", help="了解到的需求")]
DeedsOption = Annotated[str | None, typer.Option("--deeds", metavar="文字", help="办的实事")]
MoneyOption = Annotated[
    str | None, typer.Option("--gift-money", metavar="元", help="慰问金，单位元；只用于慰问")
]
GoodsOption = Annotated[
    str | None, typer.Option("--goods", metavar="文字", help="慰问品，如 大米20斤；只用于慰问")
]
NotPairedOption = Annotated[bool, typer.Option("--not-paired", help="走访人没有与这一户结对，记为额外走访")]
