"""`jiemin visit due`: who is still to be visited this quarter, by household, cadre, unit or town."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, QuarterOption

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.indicators import CadreLine
    from jiemin.usecases.visit_due import DueHousehold, Share, VisitsDue

_SECTIONS = {
    **dict.fromkeys(("household", "家庭", "户"), "household"),
    **dict.fromkeys(("cadre", "干部"), "cadre"),
    **dict.fromkeys(("unit", "单位"), "unit"),
    **dict.fromkeys(("town", "镇", "镇(街道)"), "town"),
}
_MADE_BY = {"unit": "本单位干部走访", "cadre": "本人走访"}
"""Sections that count only the visits of those who answer, and how the headline calls these."""
_NAMED = 2
"""How many households left over a cadre's row names."""


def due(
    ctx: typer.Context,
    quarter: QuarterOption = None,
    by: Annotated[str, typer.Option("--by", metavar="按什么", help="家庭、干部、单位 或 镇")] = "家庭",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="只看这名干部应走访的户")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位干部应走访的户")] = "",
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇(街道)的户")] = "",
    everything: Annotated[bool, typer.Option("--all", help="已走访的户、没有遗漏的干部也列出")] = False,
    json: JsonOption = False,
) -> None:
    """一个季度应走访多少户，还有哪些没有走访；默认本季度。

    应走访：季末（季度没完的，今天）在册、结对，而且自本季度第三个月首日起都没有中断的户。第三个月才新增或
    新结对的户、季末前退出或不再结对的户，这个季度不算应走访。季度还没到第三个月的，今天在册、结对就先算上。

    已走访：本季度内由当天结对的干部走访或慰问过；电话不算，当天没有结对的人去的不算，作废的不算。没有走访的，
    季度没完是待访，完了是逾期。

    谁去：本人结对自第三个月首日起没有中断的干部，各自负责。都在这以后才换上的，由新的第一责任人补访。但本人
    结对以前这个季度已经有人走访过的，不必再去。季末已不结对的干部不再负责，他去过的走访仍记在他名下。

    按单位、按干部看的，只算本单位干部、本人去的；按家庭、按镇看的，谁去的都算。
    """
    from jiemin.usecases.visit_due import DueFilter, visits_due

    section = _SECTIONS.get(by)
    if section is None:
        raise typer.BadParameter("只能是 家庭、干部、单位 或 镇", param_hint="--by")
    context = current(ctx)
    place = context.places().town_named(town).name if town else None
    with context.database() as database:
        view = visits_due(database, quarter, context.today, DueFilter(cadre, unit, place, everything))
    if json:
        context.screen.json(_shape(view, section))
        return
    _show(context.screen, view, section, everything=everything)


def _show(screen: "Screen", view: "VisitsDue", section: str, *, everything: bool) -> None:
    judged, total = view.judged, _total(view, section)
    made = _MADE_BY.get(section, "已走访")
    screen.say(
        f"{judged.quarter.label}（截至{judged.day}）：应走访{len(total.due)}户，{made}{len(total.made)}户"
        + (f"，走访率{total.rate.label}" if total.due else "")
    )
    if not total.due:
        screen.say(_why_none(view))
    elif section == "cadre":
        _show_cadres(screen, view, everything=everything)
    elif section == "unit":
        _show_shares(screen, "单位", view.units().items(), total)
        screen.say("几个单位的干部都负责的户各单位都算，合计只算一次；已走访只算本单位干部去的")
    elif section == "town":
        _show_shares(screen, "镇(街道)", view.towns().items(), total)
    else:
        _show_households(screen, view)


def _total(view: "VisitsDue", section: str) -> "Share":
    """What the section's rows add up to; the headline tells nothing else."""
    return view.own() if section in _MADE_BY else view.whole


def _why_none(view: "VisitsDue") -> str:
    if view.judged.due:
        return "这里面没有应走访的户"
    if view.paired:
        return f"结对的户都是{view.judged.since}以后才结对或在册的，本季度不计应走访"
    if not view.record.households:
        return f"{view.judged.quarter.label}没有在册的户"
    if view.judged.over:
        return f"{view.judged.quarter.label}没有结对的户"
    return "还没有结对的户；先结对：jiemin pair --auto"


def _show_households(screen: "Screen", view: "VisitsDue") -> None:
    screen.table(
        ["户编号", "户主", "镇(街道)", "村(社区)", "结对干部", "状态", "上次走访", "备注"],
        [
            [
                each.line.household_no,
                each.line.head_name,
                each.line.town,
                each.line.village,
                _few(line.name for line in each.helpers),
                each.state.value,
                str(each.last_visit or "没有"),
                "补访" if each.makeup else "",
            ]
            for each in view.households
        ],
    )
    left = len(view.whole.left)
    screen.say(f"还有{left}户没有走访" if left else "没有遗漏")
    if left and not view.judged.over:
        screen.say("发给各单位：jiemin visit remind --out 提醒单")


def _few(names: Iterable[str]) -> str:
    told = list(names)
    return "、".join(told[:2]) + (f"等{len(told)}人" if len(told) > 2 else "")


def _show_cadres(screen: "Screen", view: "VisitsDue", *, everything: bool) -> None:
    cadres, heads = view.cadres(), view.heads
    waiting = {line.cadre_no: _waiting(view, share) for line, share in cadres}
    screen.table(
        ["编号", "干部", "单位", "应走访", "本人已走访", "走访率", "他人已走访", "还没有人走访的户"],
        [
            [
                line.cadre_no,
                line.name,
                line.unit,
                str(len(share.due)),
                str(len(share.made)),
                share.rate.label,
                str(len(share.left) - len(waiting[line.cadre_no])),
                _named(heads, share, waiting[line.cadre_no]),
            ]
            for line, share in cadres
            if everything or waiting[line.cadre_no]
        ],
    )
    behind = sum(bool(numbers) for numbers in waiting.values())
    all_ = "" if everything or behind == len(cadres) else "；加 --all 全部列出"
    screen.say(f"{len(cadres)}名干部有应走访的户，{behind}名的户还没有人走访{all_}")


def _waiting(view: "VisitsDue", share: "Share") -> tuple[str, ...]:
    """The households that nobody has visited."""
    return tuple(number for number in share.left if number not in view.judged.made)


def _named(heads: Mapping[str, str], share: "Share", numbers: Sequence[str]) -> str:
    names = [
        f"{number}{heads[number]}" + ("(补访)" if number in share.makeup else "")
        for number in numbers[:_NAMED]
    ]
    return "、".join(names) + (f"等{len(numbers)}户" if len(numbers) > _NAMED else "")


def _show_shares(screen: "Screen", noun: str, shares: Iterable[tuple[str, "Share"]], total: "Share") -> None:
    screen.table(
        [noun, "应走访户", "已走访户", "未走访户", "走访率"],
        [
            [name, str(len(share.due)), str(len(share.made)), str(len(share.left)), share.rate.label]
            for name, share in (*shares, ("合计", total))
        ],
    )


def _shape(view: "VisitsDue", section: str) -> dict[str, Any]:
    """The quarter, the county's or the asked-for households, and the rows of the section."""
    judged = view.judged
    waiting = [each for each in view.households if each.line.household_no not in judged.made]
    document = {
        "quarter": str(judged.quarter),
        "day": judged.day.isoformat(),
        "over": judged.over,
        **_figures(_total(view, section)),
        "not_visited": [_household(each) for each in waiting],
        "by": section,
    }
    visited = [_household(each) for each in view.households if each.line.household_no in judged.made]
    if visited:
        document["visited"] = visited
    if section == "cadre":
        document["cadres"] = [_cadre(view, line, share) for line, share in view.cadres()]
    elif section == "unit":
        document["units"] = [{"unit": unit} | _figures(share) for unit, share in view.units().items()]
    elif section == "town":
        document["towns"] = [{"town": town} | _figures(share) for town, share in view.towns().items()]
    if section in _MADE_BY:
        document["total"] = _figures(view.own())
    return document


def _figures(share: "Share") -> dict[str, Any]:
    permille = share.rate.permille
    return {
        "due": len(share.due),
        "made": len(share.made),
        "rate": None if permille is None else permille / 10,
    }


def _cadre(view: "VisitsDue", line: "CadreLine", share: "Share") -> dict[str, Any]:
    """`left` are the households not visited by the cadre, `waiting` those of them that nobody visited."""
    return {
        "cadre_no": line.cadre_no,
        "name": line.name,
        "unit": line.unit,
        **_figures(share),
        "left": list(share.left),
        "waiting": list(_waiting(view, share)),
        "makeup": sorted(share.makeup),
    }


def _household(each: "DueHousehold") -> dict[str, Any]:
    return {
        "household_no": each.line.household_no,
        "head_name": each.line.head_name,
        "town": each.line.town,
        "village": each.line.village,
        "cadres": [{"cadre_no": line.cadre_no, "name": line.name} for line in each.helpers],
        "state": each.state,
        "last_visit": each.last_visit.isoformat() if each.last_visit else None,
        "makeup": each.makeup,
    }
