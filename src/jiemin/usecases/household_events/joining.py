"""并户: two families become one from a day on. Not to be taken for a family entered twice (`duplicates`)."""

from functools import partial

from jiemin.domain.codes import HouseholdStatus, Role
from jiemin.domain.household_events import with_reason
from jiemin.errors import JieminError
from jiemin.storage import rules
from jiemin.storage.rule_tables import CadreKin
from jiemin.usecases.household_events.event import Event, Family, named
from jiemin.usecases.household_events.helpers import Act

_REASON = "并户"


def join(household: str, into: str, reason: str = "") -> Act:
    """All members of the one household belong to the other from the day on; the one is 停保, 并户.

    The other keeps head, number and helpers; if nobody helps it, the lead of the one goes on.
    """
    return partial(_join, household=household, into=into, reason=reason)


def _join(event: Event, *, household: str, into: str, reason: str) -> None:
    source, target = event.active_family(household), event.active_family(into)
    if source.id == target.id:
        raise JieminError(f"{source.number}不能并入自己", "写两户不同的户编号")
    why = with_reason(f"{_REASON}，并入{target.number}", reason)
    event.turn(source, {"status": HouseholdStatus.STOPPED.value}, why)
    event.step(source.number, "状态", source.state.status, f"停保，并入{target.number}")
    for row in source.members:
        event.relate(row, {"household_id": target.id, "relation": None}, with_reason(_REASON, reason))
        event.step(source.number, "成员", named(row), "")
        event.step(target.number, "成员", "", f"{row.name}（关系待补）")
    if source.members:
        names = "、".join(each.name for each in source.members)
        head = target.head.name if target.head else "户主"
        event.notes.append(f"与{head}的关系要补填：{names}")
    _add_up(event, source, target, reason)
    event.end_pairings(source, why)
    lead = next((row.cadre_id for row in source.pairings if row.role == Role.LEAD), None)
    event.to_lead[target.id] = lead
    _carry_over_kin(event, source, target)
    event.note_end(source)


def _add_up(event: Event, source: Family, target: Family, reason: str) -> None:
    """The persons of both, where both numbers are known; the income stays to be checked."""
    told: dict[str, int] = {}
    marks = [each.covered for each in (*source.members, *target.members)]
    counted = {"size": len(marks), "covered": None if None in marks else sum(map(bool, marks))}
    for name, label in (("size", "家庭人口"), ("covered", "保障人口")):
        one, other = getattr(source.state, name), getattr(target.state, name)
        if one is None and other is None:
            continue
        if one is None or other is None:
            known = "未填" if other is None else f"仍是{other}人"
            event.notes.append(f"{target.number}{label}{known}，加不出两户之和，要核对")
        elif one:
            told[name] = one + other
            event.step(target.number, label, f"{other}人", f"{one + other}人")
            if counted[name] != one + other:
                event.notes.append(f"{target.number}{label}{one + other}人，与成员名单对不上，要核对")
    if told:
        event.turn(target, told, with_reason(f"{_REASON}，{source.number}并入", reason))
        event.note_awards(target)
    event.notes.append(f"{target.number}的类别和收入没有改，并户后要核对")


def _carry_over_kin(event: Event, source: Family, target: Family) -> None:
    """Near kin registered by the old household live in the new one; decisions on pairs do not follow."""
    rows = [each for each in rules.kin(event.connection, event.day) if each.household_id == source.id]
    event.door.insert(
        CadreKin,
        [
            {
                "cadre_id": each.cadre_id,
                "relation": each.relation,
                "name": each.name,
                "id_number": each.id_number,
                "household_id": target.id,
                "note": each.note,
                "valid_from": event.day,
                "valid_to": each.end,
            }
            for each in rows
        ],
    )
    for rule in rules.rules(event.connection, event.day):
        if rule.household_id == source.id:
            event.notes.append(f"{source.number}和{rule.cadre_name}{rule.kind}的规定没有转到{target.number}")
