"""Options that mean the same in every command."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from jiemin.cli.context import current
from jiemin.domain.periods import (
    Month,
    PeriodError,
    Quarter,
    Year,
    parse_day,
    parse_month,
    parse_quarter,
    parse_year,
)
from jiemin.errors import JieminError

if TYPE_CHECKING:
    from jiemin.domain.roster import SheetKind

P = TypeVar("P", date, Month, Quarter, Year)


def _option(parse: Callable[[str], P]) -> Callable[[Any], P]:
    """A parser of option values; a text it cannot read is a usage error, said in its words."""

    def read(value: Any) -> P:
        if not isinstance(value, str):  # a default, already read
            return value  # type: ignore[no-any-return]
        try:
            return parse(value)
        except PeriodError as fault:
            raise typer.BadParameter(f"{fault.message}，{fault.hint}") from None

    return read


day_option = _option(parse_day)
quarter_option = _option(parse_quarter)
month_option = _option(parse_month)
year_option = _option(parse_year)


def written(text: str | None) -> str | None:
    """A text without the blanks around it; one of blanks alone says nothing."""
    return (text or "").strip() or None


def said(text: Any) -> Any:
    """A text that says something, without the blanks around it; one that may not be left empty."""
    if isinstance(text, str) and not text.strip():
        raise typer.BadParameter("不能是空的")
    return text.strip() if isinstance(text, str) else text


def yuan_option(text: Any) -> Any:
    """An amount of money, in fen; none is below nothing."""
    if not isinstance(text, str):
        return text
    from jiemin.domain.money import MoneyError, parse_yuan

    try:
        fen = parse_yuan(text)
    except MoneyError as fault:
        raise typer.BadParameter(f"{fault.message}，{fault.hint}") from None
    if fen < 0:
        raise typer.BadParameter("金额不能小于0")
    return fen


def file_named(text: Any) -> Any:
    """The path of a file to write; without a name it would be the folder one stands in."""
    return Path(said(text)) if isinstance(text, str) else text


def chosen_kinds(words: list[str] | None) -> "list[SheetKind]":
    """The kinds of sheet that the words name, each once and in the usual order; all without a word.

    A word is a kind's label, or its beginning or end: 困难家庭, 结对, 措施. Another one is a usage error.
    """
    from jiemin.domain.roster import ROSTERS

    chosen = {_kind(word) for word in words or ROSTERS}
    return [kind for kind in ROSTERS if kind in chosen]


_SORT = re.compile("(?:名册|名单|记录|备案|登记)$")


def _kind(word: str) -> "SheetKind":
    from jiemin.domain.codes import squeeze
    from jiemin.domain.roster import ROSTERS

    plain, short = squeeze(word), {kind: _SORT.sub("", kind) for kind in ROSTERS}
    found = [kind for kind in ROSTERS if plain and (kind.startswith(plain) or short[kind].endswith(plain))]
    if len(found) > 1:
        raise typer.BadParameter(f"“{word}”不止一种，写全：{'、'.join(short[kind] for kind in found)}")
    if not found:
        raise typer.BadParameter(f"没有“{word}”这种名册；有{'、'.join(short.values())}")
    return found[0]


def _not_to_come(ctx: typer.Context, as_of: date | None) -> date | None:
    """The day to look at; of one that has not come nothing can be known."""
    if as_of is not None and not ctx.resilient_parsing and as_of > current(ctx).today:
        raise JieminError(f"{as_of}还没有到，看不到那一天的情况", "--as-of 写今天或以前的日期")
    return as_of


def _as_of(words: str) -> Any:
    return typer.Option("--as-of", parser=day_option, callback=_not_to_come, metavar="日期", help=words)


NewFileOption = Annotated[
    Path,
    typer.Option("--out", parser=file_named, metavar="文件", help="存成哪个 .xlsx 文件；已有的不会被换掉"),
]
KindsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="种类",
        help="困难家庭、家庭成员、干部、单位、村社区、结对、走访、四清、帮扶措施、"
        "家庭状况、救助事项、近亲属，可以写几种；不写就是全部",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，给程序读")]
RevealOption = Annotated[bool, typer.Option("--reveal", help="显示完整的身份证号和电话（会记入日志）")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", "-n", help="只看结果，什么都不写")]
QuarterOption = Annotated[
    Quarter | None, typer.Option("--quarter", parser=quarter_option, metavar="季度", help="季度，如 2014Q2")
]
MonthOption = Annotated[
    Month | None, typer.Option("--month", parser=month_option, metavar="月份", help="月份，如 2014-06")
]
YearOption = Annotated[
    Year | None, typer.Option("--year", parser=year_option, metavar="年份", help="年份，如 2014")
]
OnOption = Annotated[
    date | None, typer.Option("--on", parser=day_option, metavar="日期", help="从哪一天起，如 2014-04-01")
]
AsOfOption = Annotated[date | None, _as_of("看哪一天的情况，默认今天")]
UpToOption = Annotated[date | None, _as_of("只列到这一天为止；不写的，已定在今天以后的也列出")]
BeforeOption = Annotated[
    date | None,
    typer.Option(
        "--before", parser=day_option, metavar="日期", help="帮扶前看哪一天，默认首次结对那天，如 2014-04-01"
    ),
]
HouseholdArgument = Annotated[str, typer.Argument(metavar="家庭", help="户编号、户主姓名或身份证号")]
CadreArgument = Annotated[
    str, typer.Argument(metavar="干部", help="干部姓名、编号或电话；同名写成 姓名@单位")
]
