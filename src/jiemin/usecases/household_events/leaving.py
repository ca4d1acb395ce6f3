"""退出 and 恢复: a household leaves the work (停保, 迁出, 死亡), or is in it again."""

from functools import partial

from jiemin.domain.codes import HouseholdStatus
from jiemin.domain.household_events import with_reason
from jiemin.errors import JieminError
from jiemin.storage import rules
from jiemin.usecases.household_events.event import Event
from jiemin.usecases.household_events.helpers import Act

_BACK = "恢复在册"


def leave(household: str, status: HouseholdStatus, reason: str) -> Act:
    """The household is `status` from the day on, and its pairings end for that reason."""
    return partial(_leave, household=household, status=status, reason=reason)


def come_back(household: str, reason: str = "") -> Act:
    """The household is in the work again; its last lead leads it if the limits allow."""
    return partial(_come_back, household=household, reason=with_reason(_BACK, reason))


def _leave(event: Event, *, household: str, status: HouseholdStatus, reason: str) -> None:
    family = event.active_family(household)
    if status is HouseholdStatus.DECEASED:
        event.refuse_death_to_come("全家")
    event.turn(family, {"status": status.value}, reason)
    event.step(family.number, "状态", family.state.status, with_reason(status.value, reason))
    event.end_pairings(family, reason)
    if status is HouseholdStatus.DECEASED and len(family.members) > 1:
        event.notes.append(
            f"死亡是说全家，{family.number}还登记着{len(family.members)}名成员；"
            f"只是其中一人去世，用 jiemin household death {family.number} 成员"
        )
    event.note_end(family)


def _come_back(event: Event, *, household: str, reason: str) -> None:
    family = event.family(household)
    if family.state.active:
        raise JieminError(f"{family.number}在{event.day}本来就在册", "用 jiemin household show 查看")
    if not family.members:
        raise JieminError(
            f"{family.number}已没有成员，不能恢复在册",
            "死亡或并户登记错了，用 jiemin undo 撤销；从别户分出来，用 jiemin household split",
        )
    event.turn(family, {"status": HouseholdStatus.ACTIVE.value}, reason)
    event.step(family.number, "状态", family.state.status, HouseholdStatus.ACTIVE.value)
    last = rules.last_leads(event.connection, event.day).get(family.id)
    event.to_lead[family.id] = last.cadre_id if last else None
