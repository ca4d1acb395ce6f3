"""How the plan of a cadre's change is shown: which families, in what role, and who takes over."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.usecases.cadre_changes import CadreChange
    from jiemin.usecases.hand_over import HandedOver

_LISTED = 20


def question(change: "CadreChange", verb: str) -> str:
    """What the clerk is asked to agree to."""
    if change.heir:
        return f"{change.name}的{len(change.families)}户自{change.day}起由{change.heir}接替"
    moving = f"，交接{len(change.families)}户" if change.families else ""
    return f"{change.name}自{change.day}起{verb}{moving}"


def show(screen: "Screen", change: "CadreChange", verb: str) -> None:
    """The whole plan, families without anybody last."""
    who = f"{change.name}（{'，'.join(filter(None, (change.cadre_no, change.before)))}）"
    if change.heir:
        screen.say(f"{who}的结对户自{change.day}起由{change.heir}（{change.after}）接替")
    else:
        screen.say(f"{who}自{change.day}起{verb}{'：' if change.after else ''}{change.after}")
    if change.families:
        screen.say(f"结束原因：{change.reason}")
    elif change.staying:
        screen.say(f"结对照旧，共{change.staying}户")
    columns = ["户编号", "户主", "镇村", "原身份", "以后的干部", "单位", "身份", "起", "", "为什么"]
    screen.table(columns, [row for family in change.families for row in _rows(family)], "交接")
    for note in change.notes:
        screen.say(f"说明：{note}")
    _show_left_over(screen, change)


def _rows(family: "HandedOver") -> list[list[str]]:
    """One line for each helper from that day on; the family itself stands in the first."""
    role = f"{family.role}（未生效）" if family.taken_back else family.role
    first = [family.household_no, family.head_name, family.place, role]
    rows = [
        [*first, each.name, each.unit, each.role, str(each.start), each.how.value, _why(each.why)]
        for each in family.successors
    ]
    rows[1:] = [["", "", "", "", *row[4:]] for row in rows[1:]]
    return rows or [[*first, "没有", "", "", "", "", ""]]


def _why(lines: tuple[tuple[str, int], ...]) -> str:
    return "；".join(f"{label}（{points}分）" if points else label for label, points in lines)


def _show_left_over(screen: "Screen", change: "CadreChange") -> None:
    """Whom nobody helps, or nobody leads, and what had to end elsewhere."""
    _list(screen, "没有人能接手的家庭", change.alone)
    if change.alone:
        screen.say("办法：补充干部名册后运行 jiemin pair --auto，或用 jiemin pair add 户编号 干部 指定一人")
    others = [each for each in change.families if not each.to_pair and not each.successors]
    _list(screen, "不在结对范围、没有另配的家庭", others)
    _list(screen, "没有第一责任人的家庭", [each for each in change.families if each.led is False])
    if change.elsewhere:
        ended = "、".join(f"{row.household_no}的{row.cadre_name}（{row.role}）" for row in change.elsewhere)
        screen.say(f"为了腾出干部，另外结束：{ended}")


def _list(screen: "Screen", title: str, families: "Sequence[HandedOver]") -> None:
    if families:
        listed = "、".join(f"{each.household_no} {each.head_name}".strip() for each in families[:_LISTED])
        screen.say(f"{title}（{len(families)}）：{listed}{'等' if len(families) > _LISTED else ''}")


def shape(change: "CadreChange", command: str, *, written: bool) -> dict[str, Any]:
    """The same for `--json`."""
    return {
        "command": command,
        "cadre_no": change.cadre_no,
        "name": change.name,
        "heir": change.heir or None,
        "day": change.day.isoformat(),
        "reason": change.reason,
        "before": change.before or None,
        "after": change.after or None,
        "households": [_family(each) for each in change.families],
        "unpaired_households": [each.household_no for each in change.alone],
        "ended_elsewhere": [
            {"household_no": row.household_no, "cadre_no": row.cadre_no, "role": row.role}
            for row in change.elsewhere
        ],
        "staying": change.staying,
        "notes": list(change.notes),
        "written": written,
    }


def _family(family: "HandedOver") -> dict[str, Any]:
    return {
        "household_no": family.household_no,
        "head_name": family.head_name,
        "place": family.place,
        "role": family.role,
        "taken_back": family.taken_back,
        "to_pair": family.to_pair,
        "cadres": [
            {
                "cadre_no": each.cadre_no,
                "name": each.name,
                "unit": each.unit,
                "role": each.role,
                "from": each.start.isoformat(),
                "how": each.how.value,
                "reasons": [[label, points] for label, points in each.why],
            }
            for each in family.successors
        ],
    }
