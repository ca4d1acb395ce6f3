"""What the invented families' files hold: 四清, conditions before and after, measures, aid cases."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from sample.cadres import Cadre
from sample.families import Family
from sample.members import Member
from sample.notes import named
from sample.visits import Helpers, Visit

from jiemin.domain.codes import (
    Condition,
    Health,
    HouseBuild,
    HouseGrade,
    HouseholdClass,
    Labour,
    Plan,
    Survey,
    VisitKind,
)
from jiemin.domain.money_items import Item

LAST_DAY = date(2014, 6, 29)
_PENSION = 840
"""Yuan a year of the basic pension, for everybody of 60 and more."""
_DOUBTS = {
    Survey.FAMILY: ("打零工的收入没有核实", "承包田由谁在种没有问清", "养老金存折没有看到"),
    Survey.CAUSE: ("证明还没有找到", "欠款数没有核实", "主要和次要的原因没有分清"),
    Survey.SKILLS: ("想学哪门手艺没有问清", "以前的技能证书没有找到"),
    Survey.NEEDS: ("家里意见不一，下次再问", "本人住院，没有问到"),
}
"""What may be left to find out."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One visit for 四清: what is not clear yet, by survey; all others are clear."""

    day: date
    family: Family
    by: Cadre
    doubts: Mapping[Survey, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen of a family on a day; money in yuan a year, areas as told."""

    day: date
    family: Family
    values: Mapping[Condition, int | str]


@dataclass(frozen=True, slots=True)
class Promise:
    """A measure of a support plan; `brings` names what it changes at home once it is done."""

    family: Family
    plan: Plan
    what: str
    by: Cadre
    promised: date
    due: date
    done: date | None
    outcome: str
    yuan: int | None
    source: str
    brings: str


@dataclass(frozen=True, slots=True)
class Case:
    """An aid case; `yuan` is what is told of money, if anything."""

    family: Family
    item: Item
    member: Member | None
    day: date
    yuan: Decimal | None = None
    grade: HouseGrade | None = None


@dataclass(slots=True)
class Files:
    """All four sheets."""

    surveys: list[Surveyed] = field(default_factory=list)
    conditions: list[Measured] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def make_files(
    chance: Random, families: Sequence[Family], helpers: Helpers, visits: Sequence[Visit]
) -> Files:
    """The files of the families that were visited, of what their visitors saw and did."""
    deeds = tomllib.loads(Path(__file__).with_name("deeds.toml").read_text(encoding="utf-8"))
    made = [visit for visit in visits if visit.kind is not VisitKind.PHONE and visit.family.number in helpers]
    first = {visit.family.number: visit.day for visit in reversed(made)}
    files = Files()
    for family in families:
        if (day := first.get(family.number)) is None:
            continue
        lead = helpers[family.number][0]
        promises = list(_promises(chance, family, lead, day, deeds[family.story.key]))
        before = _conditions(chance, family, {each.brings for each in promises})
        files.surveys += _surveys(chance, family, lead, day)
        files.conditions.append(Measured(day, family, before))
        files.conditions += _after(family, before, promises)
        files.promises += promises
        files.cases += _cases(chance, family, day, before)
    return files


def _surveys(chance: Random, family: Family, lead: Cadre, day: date) -> Iterator[Surveyed]:
    """At the first visit, now and then with a doubt; most doubts are cleared up soon.

    What the roster does not tell of somebody's schooling stays one.
    """
    unknown = [each.name for each in family.members if each.age >= 16 and each.education is None]
    lasting = {Survey.SKILLS: f"{'、'.join(unknown)}的文化程度没有登记"} if unknown else {}
    doubts = {each: chance.choice(words) for each, words in _DOUBTS.items() if chance.random() < 0.06}
    yield Surveyed(day, family, lead, doubts | lasting)
    again = day + timedelta(days=chance.randint(5, 20))
    if doubts and again <= LAST_DAY and chance.random() < 0.8:
        yield Surveyed(again, family, lead, lasting)


def _promises(
    chance: Random, family: Family, lead: Cadre, day: date, deeds: Sequence[Mapping[str, Any]]
) -> Iterator[Promise]:
    """One thing or two of those that help such a family; about half are done by the end of June."""
    if chance.random() < 0.3:
        return
    for deed in chance.sample(deeds, k=min(len(deeds), chance.choice((1, 1, 2)))):
        done = day + timedelta(days=chance.randint(7, 60))
        is_done = done <= LAST_DAY
        yield Promise(
            family=family,
            plan=Plan(deed["plan"]),
            what=named(family, deed["what"]),
            by=lead,
            promised=day,
            due=date(2014, chance.choice((7, 8, 9)), chance.choice((15, 30))),
            done=done if is_done else None,
            outcome=named(family, deed["done"]) if is_done else "",
            yuan=deed.get("yuan"),
            source=deed.get("source", ""),
            brings=deed.get("brings", ""),
        )


def _conditions(chance: Random, family: Family, promised: Set[str]) -> dict[Condition, int | str]:
    """Everything a visitor asks for, fitting the members, the income of the roster and what was promised."""
    members, village = family.members, not family.place.urban
    able = sum(each.labour in {Labour.SKILLED, Labour.ORDINARY, Labour.WEAK} for each in members)
    employed = max(0, min(sum(each.earns for each in members), able - ("work" in promised)))
    worn = "house" in promised or (village and chance.random() < 0.03)
    uninsured = 1 if "insurance" in promised else chance.choice((0, 0, 0, 1))
    return {
        **_income(chance, family, working=employed > 0),
        Condition.LAND: chance.choice((1, 2, 3)) if village else 0,
        Condition.HOUSE_AREA: 10 * chance.randint(4, 12),
        Condition.HOUSE_BUILD: (HouseBuild.BRICK_TIMBER if worn else HouseBuild.BRICK_CONCRETE).value,
        Condition.HOUSE_GRADE: (_grade(chance, promised) if worn else HouseGrade.SAFE).value,
        Condition.ABLE: able,
        Condition.EMPLOYED: employed,
        Condition.TRAINED: 0,
        Condition.AT_SCHOOL: sum(_at_school(each) for each in members),
        Condition.HEALTH_INSURED: len(members) - min(uninsured, len(members) - 1),
        Condition.ILLNESS_INSURED: len(members) - uninsured,
        Condition.PENSION_INSURED: sum(each.age >= 18 and not _at_school(each) for each in members),
    }


def _grade(chance: Random, promised: Set[str]) -> HouseGrade:
    """Of a house in want of repair; what somebody promised to mend can be mended."""
    return HouseGrade.C if "house" in promised else chance.choice((HouseGrade.C, HouseGrade.C, HouseGrade.D))


def _at_school(member: Member) -> bool:
    """Children, and those whose schooling is the family's story."""
    return 6 <= member.age <= 17 or (member.marked and member.age <= 21 and member.health is Health.HEALTHY)


def _income(chance: Random, family: Family, *, working: bool) -> dict[Condition, int]:
    """The roster's income of a year by where it comes from."""
    year = 12 * (family.income or 0)
    pension = min(year, _PENSION * sum(each.age >= 60 for each in family.members))
    left = year - pension
    farming = 0 if family.place.urban else left * chance.randint(20, 40) // 100
    wages = left - farming if working else 0
    return {
        Condition.WAGES: wages,
        Condition.FARMING: farming,
        Condition.PENSION: pension,
        Condition.GIFTS: left - farming - wages,
    }


def _after(
    family: Family, before: Mapping[Condition, int | str], promises: Sequence[Promise]
) -> Iterator[Measured]:
    """What the measures that were done have changed, seen on the day of the last of them."""
    days = [each.done for each in promises if each.done and each.brings]
    if not days:
        return
    seen: dict[Condition, int | str] = {}
    for brought in (each.brings for each in promises if each.done):
        match brought:
            case "work":
                seen[Condition.EMPLOYED] = min(
                    int(before[Condition.EMPLOYED]) + 1, int(before[Condition.ABLE])
                )
            case "training":
                seen[Condition.TRAINED] = 1
            case "insurance":
                whole = len(family.members)
                seen |= {Condition.HEALTH_INSURED: whole, Condition.ILLNESS_INSURED: whole}
            case "house":
                seen[Condition.HOUSE_GRADE] = HouseGrade.SAFE.value
    yield Measured(max(days), family, seen)


def _cases(
    chance: Random, family: Family, day: date, before: Mapping[Condition, int | str]
) -> Iterator[Case]:
    """Bills of the gravely ill, the house that is to be mended, and here and there an emergency."""
    if family.household_class is HouseholdClass.OTHER:
        return
    for member in family.members:
        if member.health in {Health.SERIOUS, Health.UREMIA}:
            for _ in range(chance.choice((1, 1, 2))):
                yuan = Decimal(chance.randint(40_000, 900_000)) / 100
                yield Case(family, Item.MEDICAL_AID, member, _until(chance, day), yuan)
    grade = HouseGrade(str(before[Condition.HOUSE_GRADE]))
    if grade is not HouseGrade.SAFE:
        yield Case(family, Item.HOUSING, None, day, grade=grade)
    if family.story.key in {"受灾", "其他"} or chance.random() < 0.03:
        yield Case(family, Item.RELIEF, None, _until(chance, day), Decimal(100 * chance.randint(3, 20)))


def _until(chance: Random, day: date) -> date:
    """From the first visit to the end of the quarter, any day."""
    return day + timedelta(days=chance.randint(0, (LAST_DAY - day).days))
