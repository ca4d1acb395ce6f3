"""Options that mean the same in every command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from jiemin.domain.codes import squeeze
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


def chosen_kinds(words: list[str] | None) -> "list[SheetKind]":
    """The kinds of sheet that the words name, each once and in the usual order; all without a word.

    A word is a kind's label or its beginning: 困难家庭, 结对. Another one is a usage error.
    """
    from jiemin.domain.roster import ROSTERS

    chosen = {_kind(word) for word in words or ROSTERS}
    return [kind for kind in ROSTERS if kind in chosen]


def _kind(word: str) -> "SheetKind":
    from jiemin.domain.roster import ROSTERS

    plain = squeeze(word)
    found = [kind for kind in ROSTERS if plain and kind.value.startswith(plain)]
    if len(found) != 1:
        known = "、".join(
            kind.removesuffix("名册").removesuffix("名单").removesuffix("记录").removesuffix("备案")
            for kind in ROSTERS
        )
        raise typer.BadParameter(f"没有“{word}”这种名册；有{known}")
    return found[0]


NewFileOption = Annotated[
    Path, typer.Option("--out", metavar="文件", help="存成哪个 .xlsx 文件；已有的不会被换掉")
]
KindsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="种类",
        help="困难家庭、家庭成员、干部、单位、村社区、结对、走访、近亲属，可以写几种；不写就是全部",
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
HouseholdArgument = Annotated[str, typer.Argument(metavar="家庭", help="户编号、户主姓名或身份证号")]
CadreArgument = Annotated[
    str, typer.Argument(metavar="干部", help="干部姓名、编号或电话；同名写成 姓名@单位")
]
