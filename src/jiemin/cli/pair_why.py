"""`jiemin pair why` and `pair why-not`: the reasons of a pairing, in sentences that can be read aloud."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import CadreArgument, HouseholdArgument, JsonOption

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.pairing.alternatives import Instead
    from jiemin.domain.pairing.costs import CostLine
    from jiemin.domain.pairing.moves import Move
    from jiemin.domain.pairing.toll import Toll
    from jiemin.usecases.explain_pairing import Card, Helping, NotPaired, PairExplained


_LISTED = 10


def why(ctx: typer.Context, household: HouseholdArgument, json: JsonOption = False) -> None:
    """一户为什么由这名干部帮扶，换成别人全市要多花几分。"""
    from jiemin.usecases.explain_pairing import explain_pairing

    context = current(ctx)
    with context.database() as database:
        explained = explain_pairing(database, household, context.pairing_settings(), context.today)
    if json:
        context.screen.json(_shape(explained))
        return
    _show_pair(context.screen, explained)
    for other in explained.found.others if explained.found else ():
        context.screen.say(_instead(explained, other))
    context.screen.say(_closing(explained))


def why_not(
    ctx: typer.Context, household: HouseholdArgument, cadre: CadreArgument, json: JsonOption = False
) -> None:
    """一户为什么不由另一名干部帮扶：哪条规定不许，或者全市要多花几分、哪些户要换人。"""
    from jiemin.usecases.explain_pairing import explain_not_paired

    context = current(ctx)
    with context.database() as database:
        answer = explain_not_paired(database, household, cadre, context.pairing_settings(), context.today)
    if json:
        context.screen.json(_not_shape(answer))
    else:
        _show_not(context.screen, answer)


def _show_pair(screen: "Screen", explained: "PairExplained") -> None:
    lead = explained.lead
    screen.say(
        f"{explained.household_no} {explained.head_name}的第一责任人是{_called(lead.cadre)}，"
        f"自{lead.row.start}起，{_made_by(lead)}。"
    )
    for each in explained.assistants:
        screen.say(f"协助：{_called(each.cadre)}，自{each.row.start}起，{_made_by(each)}。")
    if explained.corrected:
        screen.say("那天的资料或规定后来有变动，以下按现在的记录计算。")
    if explained.required:
        screen.say("这一对是规定必须结的。")
    if not explained.lines:
        screen.say(f"{explained.day}这一户或这名干部不在结对范围内，没有理由可以列出。")
        return
    screen.say(f"{lead.cadre.name}，{'，'.join(_phrases(explained.lines))}。")
    total = sum(line.amount for line in explained.lines)
    rows = [[line.label, str(line.amount)] for line in explained.lines]
    screen.table(["理由", "分"], [*rows, ["合计", str(total)]])
    if explained.barred:
        screen.say(f"{lead.cadre.name}{explained.barred}；下次 jiemin pair --auto 会结束这一对。")
    elif explained.found is None:
        screen.say(f"照{explained.day}的规定和户数上限，自动配对不会选这一对，所以不和别人比较。")


def _show_not(screen: "Screen", answer: "NotPaired") -> None:
    explained, name = answer.explained, answer.cadre.name
    head = f"{explained.household_no} {explained.head_name}"
    if answer.forbidden:
        screen.say(f"{head}不由{_called(answer.cadre)}帮扶：{answer.forbidden}。")
        return
    screen.say(f"{head}由{_called(explained.lead.cadre)}帮扶，没有规定不许改由{_called(answer.cadre)}帮扶。")
    if explained.corrected:
        screen.say("那天的资料或规定后来有变动，以下按现在的记录计算。")
    if explained.found is None:
        screen.say(f"照{explained.day}的规定和户数上限，自动配对不会选现在这一对，所以不比较。")
        return
    other = explained.found.others[0]
    screen.table(["理由", explained.lead.cadre.name, name], _side_by_side(explained.lines, other.lines))
    screen.say(_instead(explained, other))
    _show_moves(screen, answer, other.moves)
    screen.say(_closing(explained))


def _show_moves(screen: "Screen", answer: "NotPaired", moved: "Sequence[Move] | None") -> None:
    if moved is None:
        screen.say("牵动的户太多，没有逐户列出。")
    elif not moved:
        screen.say("其他户都不用换人。")
    else:
        sentences = [_move(answer, move) for move in moved[:_LISTED]]
        more = "等" if len(moved) > _LISTED else ""
        screen.say(f"还有{len(moved)}户要跟着变动：{'；'.join(sentences)}{more}。")


def _move(answer: "NotPaired", move: "Move") -> str:
    cards = answer.explained.cards
    who = f"{move.household} {answer.names.get(move.household, '')}".rstrip()
    if move.old is None:
        return f"{who}增加{cards[move.new or ''].name}"
    if move.new is None:
        return f"{who}减去{cards[move.old].name}"
    return f"{who}由{cards[move.old].name}改为{cards[move.new].name}"


def _called(card: "Card") -> str:
    return f"{card.name}（{card.unit}{card.post}）"


def _made_by(each: "Helping") -> str:
    if each.run is not None:
        return f"由第{each.run.number}次自动配对定下"
    if each.row.origin == "自动":
        return "人员或家庭变动时由程序接续"
    return "名单导入" if each.row.origin == "导入" else "由人工指定"


_SPOKEN = {
    "需求：没有登记": "这一户没有登记需求",
    "需求：单位不对口": "单位业务与需求不对口",
    "职级：与困难程度相称": "职级与困难程度相称",
    "远近：联系的是其他镇": "联系的是其他镇",
}


def _phrases(lines: "Iterable[CostLine]") -> list[str]:
    """The reasons as parts of a sentence; that a pair is new goes without saying."""
    return [_phrase(line.label) for line in lines if line.label != "新结对"]


def _phrase(label: str) -> str:
    kind, _, told = label.partition("：")
    if label in _SPOKEN or not told:
        return _SPOKEN.get(label, label)
    if told.startswith("单位对口"):
        return "单位业务与需求对口" + told.removeprefix("单位对口").replace("(", "（").replace(")", "）")
    return f"{kind}{told}" if kind == "职级" else told.replace("与其原有", "和原有的")


def _instead(explained: "PairExplained", other: "Instead") -> str:
    """What the county would pay for the other cadre, and for what."""
    card = explained.cards[other.cadre]
    parts = [*_breaches(other.toll), *_differences(explained.lines, other)]
    sum_of_all = _more(other.toll.points) or "分数一样"
    better = "；按规则更合适" if other.toll.total < 0 else ""
    if not other.toll.total and explained.lead.run is not None:
        better = "；一样合适，程序按固定次序取其一"
    told = f"：{'，'.join(parts)}" if parts else ""
    reasons = "，".join(_phrases(other.lines))
    return f"若改由{_called(card)}帮扶（{reasons}），全市合计{sum_of_all}{told}{better}。"


def _more(points: int) -> str:
    if not points:
        return ""
    return f"多{points}分" if points > 0 else f"少{-points}分"


def _breaches(toll: "Toll") -> list[str]:
    """The aims before points that the change would break, or meet better."""
    found = []
    if toll.unpaired > 0:
        found.append(f"另有{toll.unpaired}户将无人可结")
    elif toll.unpaired < 0:
        found.append(f"能多结{-toll.unpaired}户")
    elif toll.depth:
        found.append(f"无人可结的换成困难程度更{'深' if toll.depth > 0 else '浅'}的户")
    for number, name in ((toll.leaders, "领导干部"), (toll.idle, "一般干部")):
        if number:
            found.append(f"{'另有' if number > 0 else '少'}{abs(number)}名{name}没有结对户")
    if toll.ended:
        found.append(f"{'多' if toll.ended > 0 else '少'}结束{abs(toll.ended)}对原有的结对")
    return found


def _differences(lines: "Sequence[CostLine]", other: "Instead") -> list[str]:
    """Line by line what the other pair costs more or less; and what the other households do."""
    found, own = [], 0
    for old, new in _matched(lines, other.lines):
        amount = (new.amount if new else 0) - (old.amount if old else 0)
        own += amount
        told = new or old
        if amount and told:
            found.append(f"{_phrase(told.label)}{_more(amount)}")
    rest = other.toll.points - own
    if rest:
        found.append(f"其他户和干部负担的变动合计{_more(rest)}")
    return found


def _matched(
    lines: "Sequence[CostLine]", others: "Sequence[CostLine]"
) -> "list[tuple[CostLine | None, CostLine | None]]":
    """The lines of the same kind side by side."""
    old, new = ({line.label.partition("：")[0]: line for line in some} for some in (lines, others))
    return [(old.get(kind), new.get(kind)) for kind in dict.fromkeys([*old, *new])]


def _side_by_side(lines: "Sequence[CostLine]", others: "Sequence[CostLine]") -> list[list[str]]:
    def cell(line: "CostLine | None") -> str:
        return f"{_phrase(line.label)}（{line.amount}分）" if line else "无"

    rows = [
        [(old or new).label.partition("：")[0], cell(old), cell(new)]  # type: ignore[union-attr]
        for old, new in _matched(lines, others)
    ]
    totals = [f"{sum(line.amount for line in some)}分" for some in (lines, others)]
    return [*rows, ["合计", *totals]]


def _closing(explained: "PairExplained") -> str:
    run = explained.lead.run
    if run is None:
        compared = f"，以上按{explained.day}的资料和现在的规则比较" if explained.found else ""
        return f"这一对不是全市自动配对时定的{compared}。"
    proof = "已证明是当时全市最好的配法" if run.optimal else "没有证明是当时最好的配法"
    figures = f"总分{run.objective}，证明的下限{run.bound}"
    return f"第{run.number}次自动配对（{run.day}）{proof}：{figures}。"


def _shape(explained: "PairExplained") -> dict[str, Any]:
    found = explained.found
    return {
        "household_no": explained.household_no,
        "head_name": explained.head_name,
        "judged_on": explained.day.isoformat(),
        "corrected": explained.corrected,
        "required": explained.required,
        "barred": explained.barred or None,
        "lead": _helping(explained.lead),
        "assistants": [_helping(each) for each in explained.assistants],
        "reasons": _lines(explained.lines),
        "points": sum(line.amount for line in explained.lines),
        "comparable": found is not None,
        "above_best": _toll(found.made) if found else None,
        "alternatives": [_other(explained.cards, each) for each in found.others] if found else [],
    }


def _not_shape(answer: "NotPaired") -> dict[str, Any]:
    shape = _shape(answer.explained)
    others = shape.pop("alternatives")
    found = answer.explained.found
    moved = found.others[0].moves if found and found.others else None
    return shape | {
        "cadre_no": answer.cadre.cadre_no,
        "cadre_name": answer.cadre.name,
        "forbidden": answer.forbidden or None,
        "instead": others[0] if others else None,
        "moves": None
        if moved is None
        else [{"household_no": each.household, "from": each.old, "to": each.new} for each in moved],
    }


def _helping(each: "Helping") -> dict[str, Any]:
    return {
        "cadre_no": each.cadre.cadre_no,
        "name": each.cadre.name,
        "unit": each.cadre.unit,
        "post": each.cadre.post,
        "role": each.row.role,
        "from": each.row.start.isoformat(),
        "origin": each.row.origin,
        "run": each.run.number if each.run else None,
    }


def _other(cards: "Mapping[str, Card]", other: "Instead") -> dict[str, Any]:
    card = cards[other.cadre]
    return {
        "cadre_no": card.cadre_no,
        "name": card.name,
        "unit": card.unit,
        "post": card.post,
        "reasons": _lines(other.lines),
        "more": _toll(other.toll),
    }


def _lines(lines: "Iterable[CostLine]") -> list[list[Any]]:
    return [[line.label, line.amount] for line in lines]


def _toll(toll: "Toll") -> dict[str, int]:
    return {
        "points": toll.points,
        "unpaired_households": toll.unpaired,
        "leaders_without": toll.leaders,
        "idle_cadres": toll.idle,
        "ended": toll.ended,
    }
