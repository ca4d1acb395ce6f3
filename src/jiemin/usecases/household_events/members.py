"""加入 and 离开: single members come and go, for any other reason than birth, marriage or death."""

from functools import partial

from jiemin.domain.household_events import tells_of_death
from jiemin.errors import JieminError
from jiemin.usecases.household_events.death import refuse_same_day
from jiemin.usecases.household_events.event import Event, Family, named
from jiemin.usecases.household_events.heading import go_on_without, heir_to
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.household_events.newcomer import Newcomer, Returning, take_in


def come_in(household: str, who: Newcomer, reason: str) -> Act:
    """Somebody belongs to the household from the day on; who belonged to it before goes on as the same."""
    return partial(_come_in, household=household, who=who, reason=reason)


def go_away(household: str, member: str, reason: str, to: str = "") -> Act:
    """The member belongs to the household no longer; `to` heads it if he or she did."""
    return partial(_go_away, household=household, member=member, reason=reason, to=to)


def refuse_last(family: Family, hint: str) -> None:
    """Raise `JieminError` when the household has one member only: then the whole of it goes."""
    if len(family.members) == 1:
        raise JieminError(f"{family.number}只有{family.members[0].name}一名成员，他一走就没有人了", hint)


def _come_in(event: Event, *, household: str, who: Newcomer, reason: str) -> None:
    family = event.active_family(household)
    take_in(event, family, who, who.relation, reason, Returning.ANYBODY)
    event.to_lead[family.id] = None


def _go_away(event: Event, *, household: str, member: str, reason: str, to: str) -> None:
    family = event.family(household)
    row = event.member(family, member)
    if tells_of_death(reason):
        raise JieminError(f"原因写的是“{reason}”", "去世用 jiemin household death 登记")
    refuse_last(family, f"全户离开用 jiemin household exit {family.number} --reason 原因")
    refuse_same_day(event, row)
    heir = heir_to(event, family, row, to)
    event.leave(row, reason)
    event.step(family.number, "成员", named(row), reason)
    go_on_without(event, family, row, heir, reason)
