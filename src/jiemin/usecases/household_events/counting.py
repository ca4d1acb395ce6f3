"""家庭人口 and 保障人口 when members come or go."""

from collections.abc import Collection, Sequence

from jiemin.domain.codes import DIBAO
from jiemin.domain.household_events import covered_by_members, size_by_members
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.household_events.event import Event, Family


def recount(event: Event, family: Family, staying: Sequence[MembershipRow], reason: str) -> None:
    """Count the household again after some left, where its numbers were those of its members; tell."""
    told = _counted(event, family, [each.covered for each in staying])
    if told:
        event.turn(family, told, reason)
        event.note_awards(family)


def count_in(event: Event, family: Family, covered: bool | None, reason: str) -> None:
    """Count the household again with one member more, as `recount`; why he or she came is always kept."""
    told = _counted(event, family, [*(each.covered for each in family.members), covered])
    event.turn(family, told, reason)
    if told:
        event.note_awards(family)


def mark_in(family: Family, covered: bool | None) -> bool | None:
    """The mark 保障对象 of somebody who comes; none where the household has no 保障人口."""
    counts = family.state.household_class in DIBAO or family.state.covered is not None
    return covered if counts or covered is False else None


def _counted(event: Event, family: Family, marks: Collection[bool | None]) -> dict[str, int]:
    """What changes of the numbers when the members are those with these marks."""
    state = family.state
    size = size_by_members(state.size, len(family.members), len(marks))
    covered = covered_by_members(state.covered, [each.covered for each in family.members], marks)
    told: dict[str, int] = {}
    for name, label, stated, counted in (
        ("size", "家庭人口", state.size, size),
        ("covered", "保障人口", state.covered, covered),
    ):
        if counted is None and stated is not None:
            event.notes.append(f"{family.number}{label}仍是{stated}人，与成员名单对不上，要核对")
        elif counted is not None and counted != stated:
            told[name] = counted
            event.step(family.number, label, f"{stated}人", f"{counted}人")
    return told
