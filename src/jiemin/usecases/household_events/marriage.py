"""结婚: a spouse joins the member's household, or the member joins another one, or leaves them all."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from jiemin.domain.codes import Relation, Sex
from jiemin.domain.household_events import is_too_young_to_marry, relation_of_spouse, with_reason
from jiemin.errors import JieminError
from jiemin.storage import rules
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.household_events.counting import count_in, mark_in
from jiemin.usecases.household_events.death import refuse_same_day
from jiemin.usecases.household_events.event import Event, Family, named
from jiemin.usecases.household_events.heading import go_on_without, heir_to
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.household_events.members import refuse_last
from jiemin.usecases.household_events.newcomer import Newcomer, Returning, take_in

_MARRIED = "结婚"
_MARRIED_OUT = "结婚迁出"


@dataclass(frozen=True, slots=True)
class Into:
    """The household a member joins by marriage; what he or she is there, or whom of it he or she marries."""

    household: str
    relation: Relation | None = None
    partner: str = ""


def marry_in(household: str, member: str, spouse: Newcomer, reason: str = "") -> Act:
    """The member's spouse belongs to the household from the day on; related to its head by the member."""
    return partial(_marry_in, household=household, member=member, spouse=spouse, reason=reason)


def marry_into(household: str, member: str, into: Into, to: str = "", reason: str = "") -> Act:
    """The member belongs to the other household from the day on; `to` heads the old one if he or she did."""
    return partial(_marry_into, household=household, member=member, into=into, to=to, reason=reason)


def marry_out(household: str, member: str, to: str = "", reason: str = "") -> Act:
    """The member belongs to no household on record from the day on."""
    return partial(_marry_out, household=household, member=member, to=to, reason=reason)


def _marry_in(event: Event, *, household: str, member: str, spouse: Newcomer, reason: str) -> None:
    family = event.active_family(household)
    row = event.member(family, member)
    _judge_age(event, row.name, row.birth, row.sex)
    _refuse_second(family, row)
    if spouse.sex is None and row.sex:
        spouse = replace(spouse, sex=Sex.FEMALE if row.sex == Sex.MALE else Sex.MALE)
    relation = spouse.relation or relation_of_spouse(Relation(row.relation) if row.relation else None)
    fields = take_in(event, family, spouse, relation, with_reason(_MARRIED, reason), Returning.LIVING)
    _judge_pair(event, row, fields["name"], fields["sex"])
    _judge_age(event, fields["name"], fields["birth"], fields["sex"])
    event.to_lead[family.id] = None


def _refuse_second(family: Family, row: MembershipRow) -> None:
    """Raise `JieminError` when the member is on record as married: a head with a spouse, or the spouse."""
    spouse = next((each for each in family.members if each.relation == Relation.SPOUSE), None)
    if spouse is not None and (row.head or row is spouse):
        other = spouse.name if row.head else "户主"
        raise JieminError(
            f"{row.name}登记的配偶是{other}",
            f"离婚或去世的先登记：jiemin household leave {family.number} 成员 --reason 离婚，"
            f"或 jiemin household death {family.number} 成员",
        )


def _judge_pair(event: Event, row: MembershipRow, other: str, sex: str | None) -> None:
    if sex and sex == row.sex:
        event.notes.append(f"{row.name}和{other}登记的性别都是{row.sex}，要核对")


def _judge_age(event: Event, name: str, birth: date | None, sex: str | None) -> None:
    if is_too_young_to_marry(birth, Sex(sex) if sex else None, event.day):
        event.notes.append(f"{name}还不到法定结婚年龄，要核对")


def _marry_into(event: Event, *, household: str, member: str, into: Into, to: str, reason: str) -> None:
    family, target = event.active_family(household), event.active_family(into.household)
    if family.id == target.id:
        raise JieminError(f"{family.number}就是这一户", "--into 写对方的户；同一户的人结婚不用办")
    row = event.member(family, member)
    _judge_age(event, row.name, row.birth, row.sex)
    refuse_last(family, f"两户并成一户用 jiemin household merge {family.number} {target.number}")
    heir = heir_to(event, family, row, to)
    partner = event.member(target, into.partner) if into.partner else None
    relation = into.relation
    if partner is not None:
        _judge_pair(event, row, partner.name, partner.sex)
        relation = relation or relation_of_spouse(Relation(partner.relation) if partner.relation else None)
    if relation is Relation.HEAD:
        raise JieminError(
            "一户只有一名户主", f"先加为成员，再用 jiemin household change-head {target.number}"
        )
    told, why = relation.value if relation else None, with_reason(_MARRIED, reason)
    covered = mark_in(target, row.covered)
    event.relate(row, {"household_id": target.id, "relation": told, "covered": covered}, why)
    event.step(family.number, "成员", named(row), f"{why}，到{target.number}")
    event.step(target.number, "成员", "", f"{row.name}（{told or '关系待补'}）")
    if relation is None:
        event.notes.append(f"{row.name}与{target.number}户主的关系没有写，要补填")
    go_on_without(event, family, row, heir, why)
    count_in(event, target, covered, f"{why}，{row.name}从{family.number}来")
    event.to_lead |= {family.id: None, target.id: None}
    for kin in rules.kin(event.connection, event.day):
        if kin.household_id == family.id and not kin.id_number and kin.name == row.name:
            event.notes.append(
                f"{kin.cadre_name}的近亲属{kin.name}登记在{family.number}，现在到{target.number}，要改登记"
            )


def _marry_out(event: Event, *, household: str, member: str, to: str, reason: str) -> None:
    family = event.active_family(household)
    row = event.member(family, member)
    _judge_age(event, row.name, row.birth, row.sex)
    why = with_reason(_MARRIED_OUT, reason)
    refuse_last(family, f"全户离开用 jiemin household exit {family.number} --status 迁出 --reason {why}")
    refuse_same_day(event, row)
    heir = heir_to(event, family, row, to)
    event.leave(row, why)
    event.step(family.number, "成员", named(row), why)
    go_on_without(event, family, row, heir, why)
