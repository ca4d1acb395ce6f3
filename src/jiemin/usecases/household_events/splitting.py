"""分户: some members become a household of their own, with a number of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jiemin.domain.codes import DIBAO, HouseholdClass, HouseholdStatus, Relation, Role
from jiemin.domain.household_events import covered_by_members, size_by_members, with_reason
from jiemin.domain.periods import FOREVER
from jiemin.domain.places import CountyPlaces
from jiemin.errors import JieminError
from jiemin.storage import regions, rules
from jiemin.storage.households import free_serial
from jiemin.storage.persons import MembershipRow
from jiemin.storage.tables import Household, HouseholdSpan
from jiemin.usecases.household_events.counting import recount
from jiemin.usecases.household_events.event import Event, Family, named
from jiemin.usecases.household_events.heading import derived
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.household_events.moving import find_village

_REASON = "分户"


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Who leaves for a household of their own, and who of them heads it.

    Without a village it lives where the old one does; without a class it has the old one's.
    """

    members: tuple[str, ...]
    head: str
    village: str = ""
    household_class: HouseholdClass | None = None
    reason: str = ""


def split(household: str, wanted: SplitOff, county: CountyPlaces) -> Act:
    """The members named are a household of their own from the day on.

    Income, causes, needs, telephones and account stay with the old household; they are told as missing.
    The old lead leads the new one too if the limits allow.
    """
    return partial(_split, household=household, wanted=wanted, county=county)


def _split(event: Event, *, household: str, wanted: SplitOff, county: CountyPlaces) -> None:
    family = event.active_family(household)
    going, head = _going(event, family, wanted)
    staying = [each for each in family.members if each not in going]
    household_id, number = _begin(event, family, going, wanted, county)
    why = with_reason(_REASON, wanted.reason)
    for row in going:
        relation = Relation.HEAD.value if row is head else derived(head, row, family.head)
        event.relate(row, {"household_id": household_id, "relation": relation}, why)
        event.step(family.number, "成员", named(row), "")
        event.step(number, "成员", "", f"{row.name}（{relation or '关系待补'}）")
        if relation is None:
            event.notes.append(f"{row.name}与新户主{head.name}的关系推不出来，要补填")
    recount(event, family, staying, why)
    lead = next((row.cadre_id for row in family.pairings if row.role == Role.LEAD), None)
    event.to_lead |= {family.id: None, household_id: lead}
    for kin in rules.kin(event.connection, event.day):
        if kin.household_id == family.id and not kin.id_number:
            event.notes.append(
                f"{kin.cadre_name}的近亲属{kin.name}登记在{family.number}，若已分到{number}，要改登记"
            )


def _going(event: Event, family: Family, wanted: SplitOff) -> tuple[list[MembershipRow], MembershipRow]:
    """The members who leave, and their head; raises `JieminError` where that is no split."""
    going = list({row.id: row for row in (event.member(family, each) for each in wanted.members)}.values())
    head = event.member(family, wanted.head)
    if head not in going:
        raise JieminError(
            f"新户主{head.name}不在分出的成员里", f"写成 --members {head.name},… --head {head.name}"
        )
    if len(going) == len(family.members):
        raise JieminError(
            f"{family.number}的成员全部分出就没有人了，这不是分户",
            "全家搬迁用 jiemin household move，换户主用 jiemin household change-head",
        )
    leaving = next((each for each in going if each.head), None)
    if leaving is not None:
        raise JieminError(
            f"{leaving.name}是{family.number}的户主，不能分出去",
            f"先换户主：jiemin household change-head {family.number} --to 成员；或把其余的人分出去",
        )
    return going, head


def _begin(
    event: Event, family: Family, going: Sequence[MembershipRow], wanted: SplitOff, county: CountyPlaces
) -> tuple[int, str]:
    """Enter the new household; its id and number."""
    state = family.state
    old = regions.places(event.connection)[state.region_id]
    place = find_village(event, wanted.village, old.town, county) if wanted.village else old
    same = wanted.household_class in (None, state.household_class)
    label = wanted.household_class.value if wanted.household_class else state.household_class
    marks = [[each.covered for each in rows] for rows in (family.members, going)]
    covered = covered_by_members(state.covered, *marks) if same or wanted.household_class in DIBAO else None
    size = size_by_members(state.size, len(family.members), len(going))
    household_id = event.door.next_id(Household)
    number = free_serial(event.connection, household_id)
    event.door.insert(Household, [{"id": household_id, "household_no": number}])
    span = {
        "household_id": household_id,
        "region_id": place.id,
        "household_class": label,
        "keeping": state.keeping if same else None,
        "status": HouseholdStatus.ACTIVE.value,
        "size": size,
        "covered": covered,
        "reason": with_reason(f"{_REASON}，从{family.number}分出", wanted.reason),
        "valid_from": event.day,
        "valid_to": FOREVER,
    }
    event.batch.add(HouseholdSpan, span)
    event.touched[household_id] = number
    event.step(number, "新户", "", f"{label}，{place.town}{place.village}")
    unknown = ["家庭收入", "致困原因", "帮扶需求", "联系电话", "银行账号"]
    unknown += ["家庭人口"] if size is None else []
    unknown += ["保障人口"] if covered is None and label in DIBAO else []
    event.notes.append(f"{number}要补填：{'、'.join(unknown)}；{family.number}的收入没有改，分户后要核对")
    return household_id, number
