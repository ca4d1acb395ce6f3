"""The families an item of money is for, as they stand on the day that decides."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Condition, Health, HouseholdClass, Keeping
from jiemin.domain.entitlement import (
    Assessment,
    CaseFacts,
    FamilyFacts,
    IncomePeriod,
    Item,
    MemberFacts,
    Period,
    Reads,
    Rule,
)
from jiemin.domain.money import Fen
from jiemin.domain.periods import PeriodError
from jiemin.storage import conditions, households, persons
from jiemin.storage.households import HouseholdState
from jiemin.usecases.cases_read import cases_read, with_bills_elsewhere

_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_HEALTHS: Mapping[str | None, Health] = {each.value: each for each in Health}
MembersRead = dict[date, dict[int, tuple[MemberFacts, ...]]]
"""Day → the members of all households on it, by household id; who asks for several items keeps it, so that
they are read once."""
MERGED = "merged"
"""Where the facts of an award keep the awards of households merged into its own, if there are any."""


def deciding_day(period: Period, today: date) -> date:
    """The period's last day, or today while it runs; raises `PeriodError` before it has begun."""
    if today < period.first:
        raise PeriodError(f"{period.label}还没有开始，不能计算补助", "请指明已经开始的月份或年份")
    return min(period.last, today)


def entitled_families(
    connection: Connection,
    assessment: Assessment,
    today: date,
    ids: Sequence[int] | None = None,
    known: MembersRead | None = None,
) -> Iterator[tuple[HouseholdState, FamilyFacts]]:
    """Every household (or of these) in the work, and of a class the item is for, on the deciding day.

    Of an item given by case only those that have a case in the period; of one the county does not give,
    none. `known` is what was read of members before, and takes in what is read now.
    """
    if not assessment.given:
        return
    day = deciding_day(assessment.period, today)
    rule, period, reads = assessment.rule, assessment.period, assessment.reads
    yield from families_for(connection, rule, period, reads, day, ids, known)


def families_for(
    connection: Connection,
    rule: Rule,
    period: Period,
    reads: Collection[Reads],
    day: date,
    ids: Sequence[int] | None = None,
    known: MembersRead | None = None,
) -> Iterator[tuple[HouseholdState, FamilyFacts]]:
    """The same for a rule and what is to be read, as families stand on `day`, whoever is given the item.

    The day may lie before the period, for what can be told of it today.
    """
    extras = _extras(connection, rule, period, reads, day, ids, {} if known is None else known)
    if rule.by_case:
        ids = sorted(extras.cases)
        if not ids:
            return
    for state in households.households_on(connection, day, ids):
        if state.active and state.household_class in rule.classes:
            yield state, extras.onto(state.id, family_facts(state, day))


def family_facts(state: HouseholdState, day: date) -> FamilyFacts:
    """What amounts are computed from, of a household as it stands on `day`, as far as its own row tells."""
    return FamilyFacts(
        household_class=HouseholdClass(state.household_class),
        day=day,
        size=state.size,
        covered=state.covered,
        income_fen=state.income_fen,
        income_period=IncomePeriod(state.income_period) if state.income_period else None,
        keeping=Keeping(state.keeping) if state.keeping else None,
    )


def facts_text(facts: FamilyFacts) -> str:
    """The facts as an award keeps them."""
    return _TEXT.encode(facts.record())


def read_facts(text: str) -> FamilyFacts:
    """The facts an award keeps."""
    return FamilyFacts.from_record(json.loads(text))


@dataclass(frozen=True, slots=True)
class MergedAward:
    """An award paid to a household that was merged into this one later, counted in with this one's."""

    household_no: str
    before_fen: Fen
    after_fen: Fen


def merged_awards(text: str) -> tuple[MergedAward, ...]:
    """What an award's facts keep of awards of households merged into its own."""
    if f'"{MERGED}":' not in text:
        return ()
    told = json.loads(text)[MERGED]
    return tuple(MergedAward(each["household_no"], each["before_fen"], each["after_fen"]) for each in told)


@dataclass(frozen=True, slots=True)
class _Extras:
    """What items read besides the household's own row, by household id."""

    members: dict[int, tuple[MemberFacts, ...]] = field(default_factory=dict)
    cases: dict[int, tuple[CaseFacts, ...]] = field(default_factory=dict)
    dibao_cases: dict[int, tuple[CaseFacts, ...]] = field(default_factory=dict)
    pension_insured: dict[int, int] = field(default_factory=dict)

    def onto(self, household_id: int, facts: FamilyFacts) -> FamilyFacts:
        """The facts with what is known besides."""
        if not (self.members or self.cases or self.dibao_cases or self.pension_insured):
            return facts
        return replace(
            facts,
            members=self.members.get(household_id, ()),
            cases=self.cases.get(household_id, ()),
            dibao_cases=self.dibao_cases.get(household_id, ()),
            pension_insured=self.pension_insured.get(household_id),
        )


def _extras(
    connection: Connection,
    rule: Rule,
    period: Period,
    reads: Collection[Reads],
    day: date,
    ids: Sequence[int] | None,
    known: MembersRead,
) -> _Extras:
    """Of an item given by case only what is known of households that have one."""
    cases = cases_read(connection, rule.item, period, day, ids) if Reads.CASES in reads else {}
    if rule.item is Item.MEDICAL_AID:
        cases = with_bills_elsewhere(connection, cases, day, rule.classes)
    if rule.by_case:
        ids = sorted(cases)
    fixed = cases_read(connection, Item.DIBAO, period, day, ids) if Reads.DIBAO_CASES in reads else {}
    return _Extras(
        members=_members(connection, day, ids, known) if Reads.MEMBERS in reads else {},
        cases=cases,
        dibao_cases=fixed,
        pension_insured=_insured(connection, day, ids) if Reads.PENSION_INSURED in reads else {},
    )


def _members(
    connection: Connection, day: date, ids: Sequence[int] | None, known: MembersRead
) -> dict[int, tuple[MemberFacts, ...]]:
    if day in known:
        return known[day]
    found: dict[int, list[MemberFacts]] = defaultdict(list)
    for row in persons.members_of(connection, ids, day):
        found[row.household_id].append(
            MemberFacts(
                person_id=row.person_id,
                name=row.name,
                birth=row.birth,
                covered=row.covered,
                disability_grade=row.disability_grade,
                health=_HEALTHS.get(row.health),
            )
        )
    members = {household: tuple(rows) for household, rows in found.items()}
    if ids is None:
        known[day] = members
    return members


def _insured(connection: Connection, day: date, ids: Iterable[int] | None) -> dict[int, int]:
    """The last count of members in the residents' pension insurance told by the day."""
    rows = conditions.conditions_until(connection, day, None if ids is None else list(ids))
    return {
        row.household_id: row.number
        for row in rows
        if row.condition is Condition.PENSION_INSURED and row.number is not None
    }
