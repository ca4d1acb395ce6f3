"""变更户主: another member heads the household; number, history and helpers stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jiemin.domain.codes import HouseholdStatus, Relation, Sex
from jiemin.domain.household_events import relation_to_new_head, sole_heir, with_reason
from jiemin.errors import JieminError
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.household_events.counting import recount
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
    if before is not None and old.leaves:
        gone = old.reason or old.leaves.value
        if old.leaves is HouseholdStatus.DECEASED:
            event.refuse_death_to_come(before.name)
            gone = with_reason(old.leaves.value, old.reason)
        event.leave(before, gone)
        event.step(family.number, "成员", named(before), "")
        go_on_without(event, family, before, new, gone)
        return
    others = [each for each in family.members if each is not new]
    _succeed(event, family, new, others, old.reason or _CHANGED)


def heir_to(
    event: Event, family: Family, gone: MembershipRow, to: str, *, propose: bool = False
) -> MembershipRow | None:
    """Who heads the household when this member goes: the one told; None when he or she does not head it.

    With `propose` and nobody told it is the one who alone can be, which is said. Raises `JieminError`
    where nobody is told who could be.
    """
    if not gone.head:
        if to:
            raise JieminError(f"{gone.name}不是{family.number}的户主，不用另定户主", "去掉 --to")
        return None
    others = [each for each in family.members if each is not gone]
    if to:
        heir = event.member(family, to)
        if heir is gone:
            raise JieminError(f"{gone.name}要离开，不能再任户主", "核对 --to")
        return heir
    told = [(each.birth, Relation(each.relation) if each.relation else None) for each in others]
    at = sole_heir(told, event.day) if propose else None
    if at is None:
        names = "、".join(named(each) for each in others)
        raise JieminError(
            f"{gone.name}是{family.number}的户主，要说明由谁接任", f"加上 --to 成员；其余成员：{names}"
        )
    why = "只剩" if len(others) == 1 else "成年的只有"
    event.notes.append(f"没有写 --to：其余成员里{why}{others[at].name}，由{others[at].name}接任户主")
    return others[at]


def go_on_without(
    event: Event, family: Family, gone: MembershipRow, heir: MembershipRow | None, reason: str
) -> None:
    """The household goes on without a member who has left: counted again, and headed by the heir if any."""
    staying = [each for each in family.members if each is not gone]
    recount(event, family, staying, reason)
    if heir is not None:
        _succeed(event, family, heir, [each for each in staying if each is not heir], _CHANGED)


def _succeed(
    event: Event, family: Family, new: MembershipRow, others: Sequence[MembershipRow], reason: str
) -> None:
    """A member heads the household, and the others are what they are to him or her."""
    before = family.head
    event.step(family.number, "户主", before.name if before else "", new.name)
    rerelate(event, family.number, new, others, before, reason)
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
