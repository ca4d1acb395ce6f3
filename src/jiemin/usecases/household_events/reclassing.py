"""类别变更: the household is of another class from a day on, with what that means for money and pairing."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from jiemin.domain.codes import DIBAO, HouseholdClass
from jiemin.domain.entitlement import IncomePeriod
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.periods import Month
from jiemin.domain.whom_to_pair import is_to_be_paired
from jiemin.errors import JieminError
from jiemin.storage import rules
from jiemin.usecases.household_events.event import Event, Family
from jiemin.usecases.household_events.helpers import Act

_KEPT = frozenset({HouseholdClass.WUBAO, HouseholdClass.SANWU})
"""Classes that have a 供养方式 (notice 二.2)."""
_UNCOUNTED = frozenset({HouseholdClass.LOW_INCOME, HouseholdClass.OTHER})
"""Classes that have no 保障人口."""


@dataclass(frozen=True, slots=True)
class NewClass:
    """What the household is found to be; income in fen for its period, None where it is not told."""

    household_class: HouseholdClass
    covered: int | None = None
    income_fen: Fen | None = None
    income_period: IncomePeriod | None = None


def reclass(household: str, wanted: NewClass, reason: str) -> Act:
    """The household is of that class from the day on.

    Newly one of those to be paired it gets a lead, its last one if the limits allow; no longer one of them
    it keeps its helpers (notice 二.1: 常年结对).
    """
    return partial(_reclass, household=household, wanted=wanted, reason=reason)


def _reclass(event: Event, *, household: str, wanted: NewClass, reason: str) -> None:
    family = event.active_family(household)
    told = _told(family, wanted)
    state = family.state
    changed = {name: value for name, value in told.items() if getattr(state, name) != value}
    if not changed:
        raise JieminError(f"{family.number}本来就是{state.household_class}，没有要改的", "核对 --class")
    event.turn(family, changed, reason)
    _tell(event, family, told, reason)
    event.notes.append(f"{Month.of(event.day).label}起的补助按新的情况算")
    event.note_awards(family)
    _judge_pairing(event, family, told)


def _told(family: Family, wanted: NewClass) -> dict[str, Any]:
    """What holds from the day on of class, keeping, covered persons and income."""
    state, new = family.state, wanted.household_class
    kept = new in _KEPT and state.household_class in _KEPT
    told: dict[str, Any] = {
        "household_class": new.value,
        "keeping": state.keeping if kept or new == state.household_class else None,
        "covered": state.covered if new not in _UNCOUNTED else None,
    }
    if wanted.covered is not None:
        if new in _UNCOUNTED:
            raise JieminError(f"{new.value}没有保障人口", "去掉 --covered")
        if state.size is not None and wanted.covered > state.size:
            raise JieminError(
                f"保障人口{wanted.covered}人，多于{family.number}的家庭人口{state.size}人", "核对 --covered"
            )
        told["covered"] = wanted.covered
    if wanted.income_fen is not None and wanted.income_period is not None:
        told |= {"income_fen": wanted.income_fen, "income_period": wanted.income_period.value}
    return told


def _tell(event: Event, family: Family, told: dict[str, Any], reason: str) -> None:
    """The steps of the plan, and what has to be checked or filled in."""
    state, number = family.state, family.number
    held = _income(state.income_fen, state.income_period)
    income = _income(told["income_fen"], told["income_period"]) if "income_fen" in told else held
    event.step(number, "类别", state.household_class, f"{told['household_class']}，{reason}")
    for label, old, new in (
        ("供养方式", state.keeping or "", told["keeping"] or ""),
        ("保障人口", _persons(state.covered), _persons(told["covered"])),
        ("家庭收入", held, income),
    ):
        if old != new:
            event.step(number, label, old, new)
    if told["household_class"] != state.household_class and "income_fen" not in told:
        event.notes.append(f"{number}的家庭收入没有改，要核对")
    if told["keeping"] is None and told["household_class"] in _KEPT:
        event.notes.append(f"{number}的供养方式要补填")
    if told["covered"] is None and told["household_class"] in DIBAO:
        event.notes.append(f"{number}的保障人口要补填")
    if told["covered"] is not None:
        _compare_marks(event, family, told["covered"])


def _compare_marks(event: Event, family: Family, covered: int) -> None:
    """Tell where the members' marks do not give 保障人口."""
    marks = [each.covered for each in family.members]
    if None not in marks and sum(map(bool, marks)) != covered:
        marked = f"成员名单标记{sum(map(bool, marks))}人，要核对"
        event.notes.append(f"{family.number}保障人口{covered}人，{marked}")
    elif None in marks and family.state.covered != covered:
        event.notes.append(f"{family.number}保障人口{covered}人，成员里谁是保障对象要补填")


def _judge_pairing(event: Event, family: Family, told: dict[str, Any]) -> None:
    """Whether the household is now, or is no longer, one of those to be paired."""
    before = family.state.to_be_paired
    after = is_to_be_paired(told["household_class"], told["keeping"])
    if after and not before:
        last = rules.last_leads(event.connection, event.day).get(family.id)
        event.to_lead[family.id] = last.cadre_id if last else None
        event.notes.append(f"{family.number}从这一天起是结对对象")
    elif before and not after:
        stays = "，现有的结对照旧（常年结对），要结束用 jiemin pair end" if family.pairings else ""
        event.notes.append(f"{family.number}不再是必须结对的一类{stays}")


def _persons(number: int | None) -> str:
    return "" if number is None else f"{number}人"


def _income(fen: Fen | None, period: str | None) -> str:
    if fen is None:
        return ""
    return f"每{'月' if period == IncomePeriod.MONTH else '年'}{format_yuan(fen)}"
