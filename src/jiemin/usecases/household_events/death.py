"""死亡: a member dies; a head has an heir, and with its last member the household leaves the work."""

from datetime import timedelta
from functools import partial

from jiemin.domain.codes import HouseholdStatus
from jiemin.domain.household_events import with_reason
from jiemin.errors import JieminError
from jiemin.storage import persons
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.household_events.event import Event, Family, named
from jiemin.usecases.household_events.heading import go_on_without, heir_to
from jiemin.usecases.household_events.helpers import Act

_DIED = HouseholdStatus.DECEASED.value


def die(household: str, member: str, reason: str, to: str = "") -> Act:
    """The member belongs to the household no longer, for 死亡 and the reason told.

    `to` heads it if the member did; where one alone can, he or she is proposed.
    """
    return partial(_die, household=household, member=member, reason=with_reason(_DIED, reason), to=to)


def _die(event: Event, *, household: str, member: str, reason: str, to: str) -> None:
    family = event.family(household)
    row = event.member(family, member)
    event.refuse_death_to_come(row.name)
    refuse_same_day(event, row)
    last = len(family.members) == 1
    heir = None if last else heir_to(event, family, row, to, propose=True)
    event.leave(row, reason)
    event.step(family.number, "成员", named(row), reason)
    if not last:
        go_on_without(event, family, row, heir, reason)
    elif family.state.active:
        _the_last(event, family, reason)


def refuse_same_day(event: Event, row: MembershipRow) -> None:
    """Raise `JieminError` when nothing would stay on record of the member: he or she came that very day."""
    rows = persons.memberships_of(event.connection, row.household_id)
    if row.start == event.day and not any(
        each.person_id == row.person_id and each.end == event.day for each in rows
    ):
        after = event.day + timedelta(days=1)
        raise JieminError(f"{row.name}{event.day}当天才登记为成员，从第二天起才能不是", f"用 --on {after}")


def _the_last(event: Event, family: Family, reason: str) -> None:
    """Nobody is left: the household exits, its numbers stay what they last were."""
    event.turn(family, {"status": _DIED}, reason)
    event.step(family.number, "状态", family.state.status, _DIED)
    event.notes.append(f"{family.number}没有其他成员了，同时退出")
    event.end_pairings(family, reason)
    event.note_end(family)
