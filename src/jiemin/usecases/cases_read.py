"""The aid cases an item reads: each household's own, and what counts of other households' for it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.aid_cases import LASTING_CASES
from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import CaseFacts, FamilyFacts, Item, Period
from jiemin.domain.periods import Month, Year
from jiemin.storage import aid_cases, awards, households, persons
from jiemin.storage.aid_cases import AidCaseRow

CasesOf = dict[int, tuple[CaseFacts, ...]]
"""Household id → its cases."""


def cases_read(
    connection: Connection, item: Item, period: Period, day: date, ids: Sequence[int] | None
) -> CasesOf:
    """The item's cases of the calendar year until the day, of households with one in the period itself.

    A case that lasts counts while it lasts, that of a child while the child has not left the household or
    died; one of a day in the period of that day.
    """
    rows = aid_cases.aid_cases(connection, item=item, until=day, household_ids=ids)
    if item is Item.CHILD:
        gone = persons.gone_by(connection, {row.household_id for row in rows}, day)
        rows = [row for row in rows if (row.household_id, row.person_id) not in gone]
    found: dict[int, list[CaseFacts]] = defaultdict(list)
    touched: set[int] = set()
    for row in rows:
        lasting = row.item in LASTING_CASES
        last = (row.until or date.max) if lasting else row.day
        if last >= (day if lasting else Year(day.year).first):
            found[row.household_id].append(case_facts(row))
        if last >= (day if lasting else period.first):
            touched.add(row.household_id)
    return {household: tuple(cases) for household, cases in found.items() if household in touched}


def with_bills_elsewhere(
    connection: Connection, cases: Mapping[int, Sequence[CaseFacts]], day: date, classes: Collection[str]
) -> CasesOf:
    """The same bills with those of the year by which the same persons were given aid in other households:
    the cap of 医疗救助 is a person's, wherever he or she lived.

    Such a household counts if it was in the work and of one of the `classes` at the end of that month, or was
    paid for the bill by a run approved before.
    """
    ill = {case.person_id for bills in cases.values() for case in bills if case.person_id is not None}
    rows = aid_cases.aid_cases(connection, item=Item.MEDICAL_AID, until=day, person_ids=ill)
    by_person: dict[int | None, list[AidCaseRow]] = defaultdict(list)
    for row in _given(connection, (row for row in rows if row.day.year == day.year), day, classes):
        by_person[row.person_id].append(row)
    return {
        household: (*bills, *_of_others(household, {case.person_id for case in bills}, by_person))
        for household, bills in cases.items()
    }


def _of_others(
    household: int, ill: Iterable[int | None], by_person: Mapping[int | None, Sequence[AidCaseRow]]
) -> Iterator[CaseFacts]:
    for row in (row for person in ill for row in by_person.get(person, ())):
        if row.household_id != household:
            yield replace(case_facts(row), elsewhere=row.household_no)


def _given(
    connection: Connection, rows: Iterable[AidCaseRow], day: date, classes: Collection[str]
) -> Iterator[AidCaseRow]:
    """The bills of persons who have bills in several households, where such aid is given, or was."""
    of_person: dict[int | None, list[AidCaseRow]] = defaultdict(list)
    for row in rows:
        of_person[row.person_id].append(row)
    moved = [bills for bills in of_person.values() if len({row.household_id for row in bills}) > 1]
    by_day: dict[date, list[AidCaseRow]] = defaultdict(list)
    paid = _paid_bills(connection, {row.household_id for bills in moved for row in bills})
    for row in (row for bills in moved for row in bills):
        by_day[min(Month.of(row.day).last, day)].append(row)
    for deciding, some in by_day.items():
        states = households.households_on(connection, deciding, sorted({row.household_id for row in some}))
        helped = {
            each.id for each in states if each.active and HouseholdClass(each.household_class) in classes
        }
        yield from (row for row in some if row.household_id in helped or row.case_no in paid)


def _paid_bills(connection: Connection, ids: Collection[int]) -> set[str]:
    """The numbers of the bills for which approved runs paid these households."""
    rows = awards.awards_of_households(connection, ids) if ids else []
    paid = [row for row in rows if row.item == Item.MEDICAL_AID and row.approved]
    facts = (FamilyFacts.from_record(json.loads(row.facts)) for row in paid)
    return {case.case_no for each in facts for case in each.cases if not case.elsewhere}


def case_facts(row: AidCaseRow) -> CaseFacts:
    """What amounts are reckoned from, of a case on record."""
    return CaseFacts(
        case_no=row.case_no,
        day=row.day,
        until=row.until,
        person_id=row.person_id,
        name=row.person_name or "",
        base_fen=row.base_fen,
        grade=row.grade or "",
    )
