"""出生: a child belongs to the household from the day of birth, or from the day taken up."""

from datetime import date
from functools import partial

from jiemin.domain.identity import read_id
from jiemin.errors import JieminError
from jiemin.usecases.household_events.event import Event
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.household_events.newcomer import Newcomer, Returning, take_in

_REASON = "出生"


def born_on(who: Newcomer, today: date) -> date:
    """The day of birth, as the identity number tells it, else as told.

    Raises `JieminError` when neither does, or the day has not come.
    """
    day = read_id(who.number, today).birth or who.birth
    if day is None:
        raise JieminError("没有写出生日期", "加上 --date 出生日期，或写对身份证号")
    if day > today:
        raise JieminError(f"出生日期{day}还没有到", "核对 --date")
    return day


def birth(household: str, who: Newcomer) -> Act:
    """The child is a member from the day on, counted in where the household's numbers are its members'."""
    return partial(_birth, household=household, who=who)


def _birth(event: Event, *, household: str, who: Newcomer) -> None:
    family = event.active_family(household)
    fields = take_in(event, family, who, who.relation, _REASON, Returning.NOBODY)
    if fields["sex"] is None:
        raise JieminError("没有写性别", "加上 --sex 男 或 --sex 女")
