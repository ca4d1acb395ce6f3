"""变更户主: another member heads the household; number, history and helpers stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jiemin.domain.codes import HouseholdStatus, Relation, Sex
from jiemin.domain.household_events import covered_by_members, relation_to_new_head, size_by_members
from jiemin.errors import JieminError
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.household_events.event import Event, Family, named
from jiemin.usecases.household_events.helpers import Act

_CHANGED = "变更户主"


@dataclass(frozen=True, slots=True)
class OldHead:
    """Why the head changes, and whether the old one leaves the household with that."""

    reason: str
    leaves: HouseholdStatus | None = None
    """死亡 or 迁出; None when the old head stays a member."""


def change_head(household: str, to: str, old: OldHead) -> Act:
    """The member `to` heads the household from the day on.

    What the others are to the new head is derived where it is certain, and left blank and told elsewhere.
    """
    return partial(_change_head, household=household, to=to, old=old)


def _change_head(event: Event, *, household: str, to: str, old: OldHead) -> None:
    family = event.active_family(household)
    new = event.member(family, to)
    before = family.head
    if new.head:
        raise JieminError(f"{new.name}本来就是{family.number}的户主", "核对 --to")
    staying = [each for each in family.members if each is not new]
    if before is not None:
        event.step(family.number, "户主", before.name, new.name)
        if old.leaves:
            event.leave(before, old.reason or old.leaves.value)
            event.step(family.number, "成员", named(before), "")
            staying.remove(before)
            recount(event, family, [new, *staying], old.reason or old.leaves.value)
    else:
        event.step(family.number, "户主", "", new.name)
    reason = old.reason or _CHANGED
    rerelate(event, family.number, new, staying, before, reason)
    event.relate(new, {"relation": Relation.HEAD.value}, reason)
    event.to_lead[family.id] = None


def rerelate(
    event: Event,
    number: str,
    new: MembershipRow,
    others: Sequence[MembershipRow],
    old: MembershipRow | None,
    reason: str,
) -> None:
    """Let these members of household `number` be what they are to its new head; the uncertain are told."""
    blank = []
    for row in sorted(others, key=lambda each: not each.head):
        relation = derived(new, row, old)
        if relation is None:
            blank.append(row.name)
        if relation != row.relation:
            event.relate(row, {"relation": relation}, reason)
            event.step(number, "成员", named(row), f"{row.name}（{relation or '关系待补'}）")
    if blank:
        event.notes.append(f"与新户主{new.name}的关系推不出来，要补填：{'、'.join(blank)}")


def derived(new: MembershipRow, row: MembershipRow, old: MembershipRow | None) -> str | None:
    """What a member is to the new head, by what both were to the old one; None if uncertain."""
    found = relation_to_new_head(
        Relation(new.relation) if new.relation else None,
        Relation(row.relation) if row.relation else None,
        old_head_sex=Sex(old.sex) if old and old.sex else None,
        member_sex=Sex(row.sex) if row.sex else None,
    )
    return found.value if found else None


def recount(event: Event, family: Family, staying: Sequence[MembershipRow], reason: str) -> None:
    """Count the household again after some left, where its numbers were those of its members; tell."""
    state = family.state
    size = size_by_members(state.size, len(family.members), len(staying))
    covered = covered_by_members(
        state.covered, [each.covered for each in family.members], [each.covered for each in staying]
    )
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
    if told:
        event.turn(family, told, reason)
        event.note_awards(family)
