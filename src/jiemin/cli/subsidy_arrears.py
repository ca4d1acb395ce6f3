"""`jiemin subsidy arrears`: what approved periods still owe, or are owed back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.consent import YesOption, consent
from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, JsonOption, file_named, month_option
from jiemin.domain.periods import Month
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.context import AppContext
    from jiemin.cli.screen import Screen
    from jiemin.domain.arrears import ArrearLine, ArrearSums, ArrearTotals
    from jiemin.usecases.books_of_runs import OtherBooks
    from jiemin.usecases.find_arrears import ArrearsFound

FromOption = Annotated[
    Month | None,
    typer.Option(
        "--from", parser=month_option, metavar="月份", help="从哪个月看起，如 2014-04；不写就从头看"
    ),
]
ToOption = Annotated[
    Month | None,
    typer.Option("--to", parser=month_option, metavar="月份", help="看到哪个月，如 2014-06；不写就看到最后"),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", parser=file_named, metavar="文件", help="再把补发、应退存成这个 .xlsx 文件；已有的不会被换掉"
    ),
]

AllOption = Annotated[bool, typer.Option("--all", help="每一户都列出来；不写只列前面的")]
_WHOLE = "全部：加 --all"


def arrears(
    ctx: typer.Context,
    first: FromOption = None,
    last: ToOption = None,
    dry_run: DryRunOption = False,
    out: OutOption = None,
    every: AllOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """批准过的月份和年份按现在的资料和政策重算，列出要补发和应退的差额，记成一批补发草稿。

    没有过完就批准的月份、年份：批准那天在册的户按那天的资料比较，后来离开、变化的不追回；后来新进的照补。

    例：jiemin subsidy arrears --from 2014-07 --out 补发.xlsx
    """
    from jiemin.sheets.forms.roster_sheet import refuse_existing
    from jiemin.usecases.books_of_runs import other_books
    from jiemin.usecases.find_arrears import find_arrears

    context = current(ctx)
    if out is not None:
        refuse_existing(out)
    named = {"from": str(first or ""), "to": str(last or "")}
    with context.database() as database:
        others = other_books(database, context.book())
        if not _agreed(context, others, asks=not dry_run, yes=yes):
            context.screen.say("没有比较，什么都没有写入")
            return
        stamp = context.stamp("subsidy arrears", **named, dry_run=dry_run)
        found = find_arrears(
            database, stamp, context.book(), context.today, first=first, last=last, dry_run=dry_run
        )
    towns = [town.name for town in context.places().towns]
    if out is not None:
        _save(found, out, context.places().name, towns, context.today)
    if json:
        context.screen.json({"arrears": arrears_shape(found, others, towns)})
    else:
        _show(context.screen, found, towns, every=every)
        if out is not None:
            context.screen.say(f"已存成 {out}")
        _show_next(context.screen, found, dry_run)
    raise typer.Exit(ExitCode.PARTIAL if found.missing or found.unstated else ExitCode.DONE)


def _agreed(context: "AppContext", others: "OtherBooks", *, asks: bool, yes: bool) -> bool:
    """Tell of runs computed with another policy file; without one now, go on only if that is meant: all the
    county would get the difference of the two files."""
    from jiemin.cli.other_books import tell_other_books

    own_file = context.policy_option is not None
    tell_other_books(context.screen, others, own_file=own_file)
    if own_file or not others.runs:
        return True
    context.screen.tell("这样比较，差额里有两份文件之差，会牵涉许多户；应当用 --policy 指明原来的文件")
    return not asks or consent(context.screen, "仍按程序自带的标准比较", yes)


def _save(found: "ArrearsFound", out: Path, county: str, towns: Sequence[str], today: Any) -> None:
    from jiemin.sheets.forms.arrears_list import write_arrears_list

    subtitle = f"{_span(found.periods)}已批准的补助" + (
        f"（批次{found.run_no}）" if found.run_no else "（试算）"
    )
    write_arrears_list(
        found.lines,
        found.families,
        out,
        county=county,
        towns=towns,
        subtitle=subtitle,
        filled_on=today,
        remarks=[f"{_early(found)}。"] if found.early else [],
    )


def _early(found: "ArrearsFound") -> str:
    """Whose facts of which day were compared, of periods approved before their end."""
    return (
        f"{_span(found.early)}批准时还没有过完：批准那天在册的户按那天的资料比较，"
        "后来离开、变化的不补也不退；后来新进的照补，成员已在别的户发过的除外"
    )


def _show(screen: "Screen", found: "ArrearsFound", towns: Sequence[str], *, every: bool) -> None:
    """Payments, recoveries, towns, items, what was not compared, and last the sentence to read out."""
    from jiemin.domain.arrears import arrear_totals, payments_of, recoveries_of

    payments, recoveries = payments_of(found.lines), recoveries_of(found.lines)
    for title, lines in (("补发", payments), ("应退", recoveries)):
        head = ["户编号", "户主", "镇(街道)", "村(社区)", "项目", "时段", "笔数", "应发", "已发", title]
        _table(screen, head, _rows(found, lines), title, f"{_WHOLE}，或用 --out 存成表", every=every)
    for name, groups in (("镇(街道)", _by_town(found, towns)), ("项目", _by_item(found))):
        if len(groups) > 1:
            head = [name, "补发户数", "笔数", "补发", "应退户数", "笔数", "应退"]
            screen.table(
                head,
                [[group, *_sums(each.payments), *_sums(each.recoveries)] for group, each in groups.items()],
            )
    _show_not_compared(screen, found, every=every)
    if found.early:
        screen.say(_early(found))
    screen.say(f"{_span(found.periods)}已批准的补助：{arrear_totals(found.lines).sentence}")


def _table(
    screen: "Screen", head: list[str], rows: list[list[str]], title: str, whole: str, *, every: bool
) -> None:
    if every:
        screen.table(head, rows, title)
    else:
        screen.first_rows(head, rows, title, whole)


def _rows(found: "ArrearsFound", lines: Sequence["ArrearLine"]) -> list[list[str]]:
    from jiemin.domain.arrears import arrear_groups
    from jiemin.domain.money import format_yuan

    return [
        [
            group.household_no,
            (family := found.families[group.household_no]).head_name,
            family.town,
            family.village,
            group.item,
            group.span,
            str(len(group.lines)),
            *map(format_yuan, (group.due_fen, group.paid_fen, group.fen)),
        ]
        for group in arrear_groups(lines)
    ]


def _sums(sums: "ArrearSums") -> list[str]:
    from jiemin.domain.money import format_yuan

    return [str(sums.households), str(sums.amounts), format_yuan(sums.fen)]


def _by_town(found: "ArrearsFound", towns: Sequence[str]) -> dict[str, "ArrearTotals"]:
    from jiemin.domain.arrears import totals_by_town
    from jiemin.domain.money_groups import NO_TOWN

    town_of = {number: each.town or NO_TOWN for number, each in found.families.items()}
    return totals_by_town(found.lines, town_of, towns)


def _by_item(found: "ArrearsFound") -> dict[str, "ArrearTotals"]:
    from jiemin.domain.arrears import arrear_totals
    from jiemin.domain.entitlement import Item

    by_item = {item: [line for line in found.lines if line.purpose.item == item] for item in Item}
    return {item.value: arrear_totals(lines) for item, lines in by_item.items() if lines}


def _show_not_compared(screen: "Screen", found: "ArrearsFound", *, every: bool) -> None:
    """Whose facts, and which items' standards, are missing now: nothing is asked back for that."""
    from jiemin.domain.arrears import told_span
    from jiemin.usecases.missing_remedies import remedy

    lacking: dict[tuple[str, str, str], list[str]] = {}
    for one in found.missing:
        lacking.setdefault((one.household_no, one.item, "、".join(one.facts)), []).append(one.period)
    rows = [
        [number, found.families[number].head_name, item, told_span(periods), names]
        for (number, item, names), periods in lacking.items()
    ]
    households = len({one.household_no for one in found.missing})
    title = f"现在缺少资料、没有比较的有{households}户，既不补发也不追回"
    _table(screen, ["户编号", "户主", "项目", "时段", "缺少"], rows, title, _WHOLE, every=every)
    if rows:
        told = remedy((name for one in found.missing for name in one.facts), found.as_of)
        screen.say(f"办法：{told}，再看一次")
    silent: dict[str, list[str]] = {}
    for item in found.unstated:
        silent.setdefault(f"{item.item}（{'、'.join(item.titles)}）", []).append(str(item.period))
    for told, periods in silent.items():
        screen.say(
            f"没有比较{told_span(periods)}的{told}：政策文件没有写；写在县里文件中的，用 --policy 指明"
        )


def _show_next(screen: "Screen", found: "ArrearsFound", dry_run: bool) -> None:
    if dry_run:
        screen.say("这是试看，什么都没有写入")
    elif found.run_no:
        told = "已记成补发草稿" if found.written else "和上次看的一样，仍是补发草稿"
        screen.say(f"{told}{found.run_no}；批准：jiemin subsidy approve {found.run_no}")
    elif found.written:
        screen.say("原来的补发草稿已不符，已去掉")


def _span(periods: Sequence[str]) -> str:
    """`2014-04至2014-06`, `2014-04至2014-06、2014`."""
    from jiemin.domain.arrears import told_span

    months = [each for each in periods if "-" in each]
    years = [each for each in periods if "-" not in each]
    return "、".join(told_span(each) for each in (months, years) if each)


def arrears_shape(found: "ArrearsFound", others: "OtherBooks", towns: Sequence[str]) -> dict[str, Any]:
    """What a look for arrears found; amounts are fen, those of recoveries above zero but in `lines`."""
    from dataclasses import asdict

    from jiemin.cli.other_books import other_books_shape
    from jiemin.cli.subsidy_views import missing_shape
    from jiemin.domain.arrears import arrear_totals

    totals = arrear_totals(found.lines)
    return {
        "run_no": found.run_no or None,
        "periods": list(found.periods),
        "approved_early": list(found.early),
        "other_books": other_books_shape(others),
        "sentence": totals.sentence,
        "totals": asdict(totals),
        "towns": [{"town": town, **asdict(each)} for town, each in _by_town(found, towns).items()],
        "items": [{"item": item, **asdict(each)} for item, each in _by_item(found).items()],
        "lines": [
            {
                **line.purpose._asdict(),
                "due_fen": line.due_fen,
                "paid_fen": line.paid_fen,
                "difference_fen": line.difference_fen,
            }
            for line in found.lines
        ],
        "missing": [missing_shape(each) for each in found.missing],
        "unstated": [
            {"item": each.item, "period": str(each.period), "parameters": list(each.titles)}
            for each in found.unstated
        ],
        "written": found.written,
    }


def add_to(app: ChineseTyper) -> None:
    """Register the command in the group of subsidies."""
    app.command("arrears")(arrears)
