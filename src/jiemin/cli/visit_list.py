"""`jiemin visit list`: visits on record."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, QuarterOption, RevealOption, day_option
from jiemin.cli.visit_words import gift_words, kind_option

if TYPE_CHECKING:
    from jiemin.domain.periods import Quarter
    from jiemin.storage.visits import VisitRow
    from jiemin.usecases.list_visits import VisitView

_SinceOption = Annotated[Any, typer.Option("--from", parser=day_option, metavar="日期", help="从这一天起")]
_UntilOption = Annotated[
    Any, typer.Option("--to", parser=day_option, metavar="日期", help="到这一天为止，含当天")
]
_UnitOption = Annotated[
    str, typer.Option("--unit", metavar="单位", help="只看这个单位的干部，按走访当天的单位")
]
_KindOption = Annotated[
    Any, typer.Option("--kind", parser=kind_option, metavar="方式", help="只看走访、慰问 或 电话")
]
_ExtraOption = Annotated[bool, typer.Option("--extra", help="只看额外走访：去的人当天都没有与这一户结对")]

_SHOWN = 9
"""Of a text in a table, so that a row fits a narrow window."""


def list_(
    ctx: typer.Context,
    quarter: QuarterOption = None,
    since: _SinceOption = None,
    until: _UntilOption = None,
    household: Annotated[str, typer.Option("--household", metavar="家庭", help="只看这一户")] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="只看这名干部")] = "",
    unit: _UnitOption = "",
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇(街道)的户")] = "",
    kind: _KindOption = None,
    extra: _ExtraOption = False,
    needs_open: Annotated[bool, typer.Option("--needs-open", help="只看听到需求、还没有解决的")] = False,
    with_deeds: Annotated[bool, typer.Option("--with-deeds", help="只看办了实事的")] = False,
    voided: Annotated[bool, typer.Option("--voided", help="作废的也列出")] = False,
    json: JsonOption = False,
    reveal: RevealOption = False,
) -> None:
    """走访记录。"""
    from jiemin.cli import shapes
    from jiemin.usecases.list_visits import VisitFilter, list_visits

    context = current(ctx)
    start, end = _days(quarter, since, until)
    wanted = VisitFilter(
        start=start,
        end=end,
        household=household,
        cadre=cadre,
        unit=unit,
        town=context.places().town_named(town).name if town else None,
        kind=kind,
        extra=extra,
        needs_open=needs_open,
        with_deeds=with_deeds,
        voided=voided,
    )
    with context.database() as database:
        views = list_visits(database, context.today, wanted)
        context.note_reveal(database, "visit list", reveal)
    if json:
        context.screen.json({"visits": [shapes.visit(view, reveal) for view in views]})
        return
    columns = [
        "编号",
        "日期",
        "户编号",
        "户主",
        "走访人",
        "方式",
        "需求" if needs_open else "实事和慰问",
        "暖心手记",
    ]
    context.screen.table(columns, [_row(view, needs_open, reveal) for view in views])
    gone = sum(view.row.voided_on is not None for view in views)
    context.screen.say(f"共{len(views)}次" + (f"，其中作废{gone}次" if gone else ""))


def _days(quarter: "Quarter | None", since: date | None, until: date | None) -> tuple[date, date]:
    """The first day, and the first day after; a quarter and days told both narrow."""
    from jiemin.domain.periods import FOREVER

    start, end = (quarter.first, quarter.after) if quarter else (date.min, FOREVER)
    start = max(start, since or start)
    end = min(end, until + timedelta(days=1)) if until else end
    if since and until and since > until:
        raise typer.BadParameter("--from 晚于 --to", param_hint="--from")
    return start, end


def _row(view: "VisitView", needs: bool, reveal: bool) -> list[str]:
    row = view.row
    return [
        row.visit_no,
        str(row.day),
        row.household_no,
        view.head_name,
        _names(row),
        "作废" if row.voided_on else f"{row.kind}(额外)" if view.extra else row.kind,
        _short(row.needs if needs else _done(row), reveal),
        _short(row.note, reveal),
    ]


def _done(row: "VisitRow") -> str:
    """What was done and what was brought, in the words on record."""
    return "；".join(filter(None, (row.deeds, gift_words(row.gift_fen, row.gift_goods, reveal=True))))


def _names(row: "VisitRow") -> str:
    names = [name for _, _, name in row.cadres]
    return "、".join(names[:2]) + (f"等{len(names)}人" if len(names) > 2 else "")


def _short(text: str | None, reveal: bool) -> str:
    from jiemin.cli import shapes

    told = shapes.words(text, reveal) or ""
    return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"
