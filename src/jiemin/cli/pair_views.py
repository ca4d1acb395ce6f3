"""`jiemin pair status`: whom pairing reaches, by town and by unit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, day_option

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.coverage import CadreFigures, HouseholdFigures
    from jiemin.usecases.show_coverage import CadreOnView, CoverageView, LeftOut

MODE_NAMES = {"many-to-one": "多对一", "one-to-one": "一对一", "quota": "限额"}
"""Modes of pairing as people call them."""

_LISTED = 20
_SECTIONS = {"镇": "town", "town": "town", "单位": "unit", "unit": "unit", "both": "both", "全部": "both"}


def status(
    ctx: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", metavar="按什么", help="镇、单位 或 both（两样都要，这是默认）")
    ] = None,
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇(街道)")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位")] = "",
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="看哪一天的情况，默认今天")
    ] = None,
    json: JsonOption = False,
) -> None:
    """结对覆盖情况：各镇各单位结对多少、负担多重，还缺谁。"""
    from jiemin.cli import shapes
    from jiemin.usecases.show_coverage import show_coverage

    sections = _sections(by, town, unit)
    context = current(ctx)
    rules = context.pairing_settings().rules
    with context.database() as database:
        view = show_coverage(database, on or context.today, rules, town=town, unit=unit)
    if json:
        context.screen.json(shapes.coverage(view))
        return
    context.screen.say(f"截至{view.day}；是否超额按{MODE_NAMES[view.mode]}的户数上限算")
    if "town" in sections:
        _show_towns(context.screen, view, whole=not town)
    if "unit" in sections:
        _show_units(context.screen, view, whole=not unit)


def _sections(by: str | None, town: str, unit: str) -> set[str]:
    """Which tables are wanted: those asked for, else those of what is named, else both."""
    if by is None:
        return ({"town"} if town else set()) | ({"unit"} if unit else set()) or {"town", "unit"}
    chosen = _SECTIONS.get(by)
    if chosen is None:
        raise typer.BadParameter("只能是 镇、单位 或 both", param_hint="--by")
    return {"town", "unit"} if chosen == "both" else {chosen}


def _show_towns(screen: "Screen", view: "CoverageView", *, whole: bool) -> None:
    columns = ["镇(街道)", "应结对户", "已结对户", "未结对户", "缺第一责任人户", "结对(对)", "第一责任人(对)"]
    rows = [_town_row(town, figures) for town, figures in view.towns.items()]
    if whole:
        rows.append(_town_row("合计", view.households))
    screen.table(columns, rows, "各镇(街道)结对情况")
    _list_households(screen, "未结对的家庭", view.unpaired)
    _list_households(screen, "没有第一责任人的家庭", view.without_lead)


def _town_row(name: str, figures: "HouseholdFigures") -> list[str]:
    numbers = (
        figures.to_pair,
        figures.to_pair_paired,
        figures.to_pair_unpaired,
        figures.without_lead,
        figures.pairs,
        figures.leads,
    )
    return [name, *map(str, numbers)]


def _show_units(screen: "Screen", view: "CoverageView", *, whole: bool) -> None:
    columns = [
        "单位",
        "在职干部",
        "其中领导",
        "未结对领导",
        "未结对一般干部",
        "牵头户",
        "协助户",
        "最多",
        "人均",
        "超额干部",
    ]
    rows = [_unit_row(unit, figures) for unit, figures in view.units.items()]
    if whole:
        rows.append(_unit_row("合计", view.cadres))
    screen.table(columns, rows, "各单位结对情况")
    _list_cadres(screen, "没有结对户的领导干部", view.leaders_without, loads=False)
    _list_cadres(screen, "结对户超额的干部", view.over_quota, loads=True)


def _unit_row(name: str, figures: "CadreFigures") -> list[str]:
    from jiemin.domain.coverage import tenths

    numbers = (
        figures.staff,
        figures.staff_leaders,
        figures.leaders_without,
        figures.idle,
        figures.led,
        figures.assisted,
    )
    mean = "" if figures.load_mean is None else f"{tenths(figures.load_mean)}户"
    return [name, *map(str, numbers), f"{figures.load_most}户", mean, str(figures.over_quota)]


def _list_households(screen: "Screen", title: str, rows: Sequence["LeftOut"]) -> None:
    _list(screen, title, [f"{row.household_no} {row.head_name}（{row.town}{row.village}）" for row in rows])


def _list_cadres(screen: "Screen", title: str, rows: Sequence["CadreOnView"], *, loads: bool) -> None:
    told = [f"{row.unit}，{row.households}户，最多{row.most}户" if loads else row.unit for row in rows]
    _list(
        screen,
        title,
        [f"{row.cadre_no} {row.name}（{words}）" for row, words in zip(rows, told, strict=True)],
    )


def _list(screen: "Screen", title: str, names: Sequence[str]) -> None:
    if names:
        more = "等" if len(names) > _LISTED else ""
        screen.say(f"{title}（{len(names)}）：{'、'.join(names[:_LISTED])}{more}")
