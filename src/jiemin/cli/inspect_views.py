"""Spot checks as screens, the JSON contract and the list for the inspectors show them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiemin.cli import shapes
from jiemin.cli.context import AppContext
from jiemin.domain.periods import parse_quarter

if TYPE_CHECKING:
    from jiemin.domain.codes import InspectResult
    from jiemin.sheets.forms.inspection_list import CheckLine
    from jiemin.storage.inspections import InspectionRow
    from jiemin.usecases.draw_inspection import DrawDone
    from jiemin.usecases.inspections import DrawnHousehold, InspectionView, VisitOnRecord

_VISITS_LISTED = 4
_VISIT_SHOWN = 60
"""Characters of a visit on the list; a row of a workbook is only so high."""


def show_households(context: AppContext, view: "InspectionView") -> None:
    """The households drawn, as a table; what was found is left out as long as nothing was."""
    columns = ["户编号", "户主", "镇(街道)", "村(社区)", "第一责任人", "单位", "本季度走访"]
    found = ["结果", "核实日期", "督查人", "核实情况"] if sum(view.results.values()) else []
    rows = [[*_drawn(each), *_found(each)][: len(columns) + len(found)] for each in view.households]
    context.screen.table([*columns, *found], rows)


def _drawn(each: "DrawnHousehold") -> list[str]:
    return [
        each.row.household_no,
        each.head_name,
        each.town,
        each.village,
        each.row.cadre_name or "",
        each.cadre_unit,
        "、".join(visit_in_short(visit) for visit in each.visits) or "没有记录",
    ]


def _found(each: "DrawnHousehold") -> list[str]:
    row = each.row
    return [row.result or "", str(row.checked_on or ""), masked(row.inspector), masked(row.finding)]


def visit_in_short(visit: "VisitOnRecord") -> str:
    """A visit by its day and kind, as 5月12日走访."""
    extra = "(非结对)" if visit.extra else ""
    return f"{visit.row.day.month}月{visit.row.day.day}日{visit.row.kind}{extra}"


def drawn_in_words(done: "DrawDone", by_day: bool) -> list[str]:
    """How a draw came about, so that it can be repeated; `by_day` when nobody gave a seed."""
    from jiemin.domain.inspection import Scope, Strata

    row, drawn = done.view.row, len(done.view.households)
    source = "取自当天日期" if by_day else "指定的"
    scope = "" if row.scope is Scope.ALL else f"{row.scope}的"
    lines = [
        f"{row.inspection_no}：{quarter_label(row)}应走访、现在在册的户中{scope}共{done.households}户，"
        f"按{row.strata}抽{drawn}户；种子{row.seed}（{source}）"
    ]
    if drawn < row.number:
        lines.append(f"要抽{row.number}户，只有{done.households}户，全部抽取")
    if row.strata is not Strata.COUNTY:
        given = [f"{name}{size}户抽{places}户" for name, size, places in done.by_stratum if places]
        none = len(done.by_stratum) - len(given)
        lines.append("，".join(given) + (f"；另有{none}个{row.strata}名额不够，没有抽到" if none else ""))
    return lines


def quarter_label(row: "InspectionRow") -> str:
    """The quarter a spot check is about, as people write it."""
    return parse_quarter(row.quarter).label


def write_list(context: AppContext, view: "InspectionView", out: Path) -> None:
    """Save the list for the inspectors, with full addresses and telephones."""
    from jiemin.sheets.forms.inspection_list import write_inspection_list

    row = view.row
    notes = [
        f"抽取办法：按{row.strata}分配名额，同一处按“种子加户编号”的SHA-256从小到大抽取；"
        f"种子{row.seed}，范围{row.scope}，{row.day.year}年{row.day.month}月{row.day.day}日抽取。"
    ]
    write_inspection_list(
        [_line(each) for each in view.households],
        out,
        county=context.places().name,
        subtitle=f"（{quarter_label(row)}，{row.inspection_no}）",
        notes=notes,
        filled_on=context.today,
    )


def _line(each: "DrawnHousehold") -> "CheckLine":
    from jiemin.sheets.forms.inspection_list import CheckLine

    visits = [_cut(_visit_in_words(visit)) for visit in each.visits[:_VISITS_LISTED]]
    more = len(each.visits) - _VISITS_LISTED
    cadre = (each.row.cadre_name, each.cadre_unit, *each.cadre_phones)
    return CheckLine(
        household_no=each.row.household_no,
        place=f"{each.town}\n{each.village}",
        head_name=each.head_name,
        address=each.address,
        phones=each.phones,
        cadre=tuple(word for word in cadre if word),
        visits=(*visits, *([f"另有{more}次"] if more > 0 else [])),
        finding=each.row.finding or "",
        result=each.row.result or "",
        inspector=each.row.inspector or "",
    )


def _cut(text: str) -> str:
    return text if len(text) <= _VISIT_SHOWN else f"{text[: _VISIT_SHOWN - 1]}…"


def _visit_in_words(visit: "VisitOnRecord") -> str:
    """Day, kind, who came, whom they met, what was done and given, and the beginning of the note."""
    from jiemin.domain.money import format_yuan

    row = visit.row
    told = [
        "、".join(name for _, _, name in row.cadres) or "没有写走访人",
        f"见到{row.met}" if row.met else "",
        f"实事：{row.deeds}" if row.deeds else "",
        f"慰问{format_yuan(row.gift_fen)}" if row.gift_fen else "",
        f"慰问品：{row.gift_goods}" if row.gift_goods else "",
        f"手记：{row.note}" if row.note else "",
    ]
    return f"{visit_in_short(visit)} " + "；".join(part for part in told if part)


def line_shape(row: "InspectionRow", drawn: int, results: "Mapping[InspectResult, int]") -> dict[str, Any]:
    """One spot check without its households."""
    return {
        "inspection_no": row.inspection_no,
        "day": row.day.isoformat(),
        "quarter": row.quarter,
        "by": row.strata.value,
        "scope": row.scope.value,
        "seed": row.seed,
        "count": row.number,
        "reason": masked(row.reason),
        "drawn": drawn,
        "checked": sum(results.values()),
        "results": {result.value: count for result, count in results.items()},
    }


def shape(view: "InspectionView") -> dict[str, Any]:
    """One spot check with the households drawn."""
    households = [household_shape(each) for each in view.households]
    return line_shape(view.row, len(households), view.results) | {"households": households}


def household_shape(each: "DrawnHousehold") -> dict[str, Any]:
    """A household drawn, its visits of the quarter, and what was found."""
    row = each.row
    return {
        "household_no": row.household_no,
        "head_name": each.head_name,
        "town": each.town,
        "village": each.village,
        "drawn_for": row.drawn_for,
        "cadre_no": row.cadre_no,
        "cadre_name": row.cadre_name,
        "unit": each.cadre_unit or None,
        "visits": [
            {
                "visit_no": visit.row.visit_no,
                "date": visit.row.day.isoformat(),
                "kind": visit.row.kind,
                "extra": visit.extra,
            }
            for visit in each.visits
        ],
        "result": row.result.value if row.result else None,
        "checked_on": row.checked_on.isoformat() if row.checked_on else None,
        "finding": masked(row.finding) or None,
        "inspector": masked(row.inspector) or None,
    }


def masked(text: str | None) -> str:
    """Free text with its long numbers hidden; nothing is empty."""
    return shapes.words(text, reveal=False) or ""
