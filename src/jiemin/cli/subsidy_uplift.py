"""`jiemin subsidy uplift`: what the notice brings, by household, class, town, item or month."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.money_by import by_option
from jiemin.cli.options import JsonOption, MonthOption, YearOption, file_named
from jiemin.domain.periods import Year
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.context import AppContext
    from jiemin.cli.screen import Screen
    from jiemin.domain.money_groups import By
    from jiemin.domain.uplift import UpliftSums
    from jiemin.usecases.subsidy_uplift import Uplift

_by = by_option("TOWN", "HOUSEHOLD", "CLASS", "ITEM", "MONTH")
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", parser=file_named, metavar="文件", help="再存成这个 .xlsx 文件，可以打印；已有的不会被换掉"
    ),
]


def uplift(
    ctx: typer.Context,
    year: YearOption = None,
    month: MonthOption = None,
    by: Annotated[
        Any, typer.Option("--by", parser=_by, metavar="按什么", help="镇、家庭、类别、项目 或 月份")
    ] = "镇",
    out: OutOption = None,
    json: JsonOption = False,
) -> None:
    """提标带来多少：按通知以前的标准和现在的标准各是多少钱，增加多少；不写年份、月份就是今年。

    已经登记的按登记的，没有登记的现在试算，不写入。按年发的项目在一年里只算一次。

    例：jiemin subsidy uplift --year 2014 --by 镇 --out 提标对比.xlsx
    """
    from jiemin.cli.other_books import remind_of_other_books
    from jiemin.domain.uplift import uplift_by
    from jiemin.sheets.forms.roster_sheet import refuse_existing
    from jiemin.usecases.subsidy_uplift import subsidy_uplift

    if year and month:
        raise typer.BadParameter("和 --month 只写一个", param_hint="--year")
    context = current(ctx)
    if out is not None:
        refuse_existing(out)
    period = month or year or Year(context.today.year)
    with context.database() as database:
        remind_of_other_books(context, database)
        found = subsidy_uplift(database, context.book(), context.today, period)
    groups = uplift_by(found.lines, by, found.towns, [town.name for town in context.places().towns])
    if out is not None:
        _save(context, found, groups, by, out)
    if json:
        context.screen.json({"uplift": _shape(found, groups, by)})
    else:
        _show(context.screen, found, groups, by)
        if out is not None:
            context.screen.say(f"已存成 {out}")
    raise typer.Exit(ExitCode.PARTIAL if found.missing else ExitCode.DONE)


def _save(
    context: "AppContext", found: "Uplift", groups: "dict[str, UpliftSums]", by: "By", out: Path
) -> None:
    from jiemin.domain.uplift import uplift_sums
    from jiemin.sheets.forms.uplift_table import write_uplift

    write_uplift(
        {(name, *_more(found, by, name)): sums for name, sums in groups.items()},
        uplift_sums(found.lines),
        out,
        heads=_heads(by),
        label=found.label,
        county=context.places().name,
        notes=_notes(found),
        filled_on=context.today,
    )


def _heads(by: "By") -> list[str]:
    return [by.value, *(("户主", "镇(街道)", "村(社区)") if by.name == "HOUSEHOLD" else ())]


def _more(found: "Uplift", by: "By", name: str) -> Sequence[str]:
    """What a household's row tells besides its number."""
    if by.name != "HOUSEHOLD":
        return ()
    family = found.families.get(name)
    return (family.head_name, family.town, family.village) if family else ("", "", "")


def _notes(found: "Uplift") -> list[str]:
    """What the reader must know of the sums."""
    notes = []
    if found.unstated:
        notes.append(f"县里没有写标准、不发的：{'、'.join(found.unstated)}。")
    if found.missing:
        households = len({each.household_no for each in found.missing})
        notes.append(f"另有{households}户缺少资料、算不出，没有计入。")
    return notes


def _show(screen: "Screen", found: "Uplift", groups: "dict[str, UpliftSums]", by: "By") -> None:
    """The groups, their total, what is not counted, and last the sentence to read out."""
    from jiemin.domain.uplift import uplift_sums

    heads, total = _heads(by), uplift_sums(found.lines)
    rows = [[name, *_more(found, by, name), *_figures(sums)] for name, sums in groups.items()]
    if len(rows) > 1 and by.name != "HOUSEHOLD":
        rows.append(["合计", *[""] * (len(heads) - 1), *_figures(total)])
    columns = [*heads, "户数", "通知前", "通知后", "增加", "其中试算"]
    if by.name == "HOUSEHOLD":
        screen.first_rows(columns, rows, "", "全部：加 --out 提标对比.xlsx")
    else:
        screen.table(columns, rows)
    for note in _notes(found):
        screen.say(note.rstrip("。"))
    if found.missing:
        screen.say(f"缺少什么：jiemin subsidy list --{_option(found)}")
    if found.lines:
        screen.say(total.sentence(found.label))
    else:
        screen.say(f"{found.label}：没有发补助的户；先导入名册：jiemin import 名册.xlsx")


def _option(found: "Uplift") -> str:
    """The option that names the first period with a household that lacks facts."""
    period = found.missing[0].period
    return f"{'month' if '-' in period else 'year'} {period}"


def _figures(sums: "UpliftSums") -> list[str]:
    from jiemin.domain.money import format_yuan

    money = map(format_yuan, (sums.before_fen, sums.after_fen, sums.uplift_fen))
    return [str(sums.households), *money, format_yuan(sums.draft_fen) if sums.drafts else ""]


def _shape(found: "Uplift", groups: "dict[str, UpliftSums]", by: "By") -> dict[str, Any]:
    """Sums in fen; `groups` in the order of the screen."""
    from jiemin.cli.subsidy_views import missing_shape
    from jiemin.domain.uplift import uplift_sums

    total = uplift_sums(found.lines)
    return {
        "span": found.label,
        "by": by.name.lower(),
        "sentence": total.sentence(found.label),
        "total": _sums_shape(total),
        "groups": [{"name": name, **_sums_shape(sums)} for name, sums in groups.items()],
        "missing": [missing_shape(each) for each in found.missing],
        "unstated": list(found.unstated),
    }


def _sums_shape(sums: "UpliftSums") -> dict[str, int]:
    return {
        "households": sums.households,
        "before_fen": sums.before_fen,
        "after_fen": sums.after_fen,
        "uplift_fen": sums.uplift_fen,
        "drafts": sums.drafts,
        "draft_uplift_fen": sums.draft_fen,
    }


def add_to(app: ChineseTyper) -> None:
    """Register the command in the group of subsidies."""
    app.command("uplift")(uplift)
