"""Members for whom another household was given the item for the same period already (ADR 0025).

That can be only where a period was approved before its end: households are then judged by different days, and
one that comes later may hold a member of one that was paid.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from jiemin.domain.codes import DIBAO
from jiemin.domain.entitlement import Assessment, FamilyFacts
from jiemin.storage import arrears, awards, persons
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.entitled_families import read_facts

Members = tuple[tuple[str, str], ...]
"""Names, each with the number of the household in which the member was paid for."""


class _Payment(NamedTuple):
    """What a household was given: its number, the facts as kept, and the day whose facts they are."""

    household_no: str
    kept: str
    day: date


def paid_elsewhere(
    connection: Connection,
    assessment: Assessment,
    first: date,
    day: date,
    families: Mapping[int, FamilyFacts],
) -> dict[int, Members]:
    """By household of those of `families`, judged by `day`, that were not paid yet: their members who were
    paid for in another one. `first` is the day of the approval.

    Of an item given by case only the persons of the cases are asked about.
    """
    paid = _paid(connection, assessment, first) if families else {}
    unpaid = [each for each in families if each not in paid]
    if not paid or not unpaid:
        return {}
    members = persons.members_of(connection, unpaid, day)
    if assessment.rule.by_case:
        told = {(home, case.person_id) for home in unpaid for case in families[home].cases}
        members = [each for each in members if (each.household_id, each.person_id) in told]
    times: dict[int, list[MembershipRow]] = defaultdict(list)
    for row in persons.memberships_of_persons(connection, {member.person_id for member in members}):
        times[row.person_id].append(row)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for member in members:
        for row in times[member.person_id]:
            payment = paid.get(row.household_id)
            if payment and row.holds(payment.day) and _counted(row, assessment, payment.kept):
                found[member.household_id].append((member.name, payment.household_no))
    return {household: tuple(told) for household, told in found.items()}


def _paid(connection: Connection, assessment: Assessment, first: date) -> dict[int, _Payment]:
    """The households given the item for the period, by an award or by arrears.

    Whoever has an award was judged by the day of the approval, also by arrears later; others by the day of
    the facts that arrears kept.
    """
    item, period = assessment.rule.item, str(assessment.period)
    awarded = {row.household_id: row for row in awards.awards_for(connection, item, period)}
    found = {
        household: _Payment(row.household_no, row.facts, first)
        for household, row in awarded.items()
        if row.after_fen
    }
    for number, row in arrears.arrears_settled(connection, [period]):
        if row.item == item and row.due_fen and row.facts:
            judged = first if row.household_id in awarded else read_facts(row.facts).day
            found[row.household_id] = _Payment(number, row.facts, judged)
        elif row.item == item:  # all of it was asked back
            found.pop(row.household_id, None)
    return found


def _counted(row: MembershipRow, assessment: Assessment, kept: str) -> bool:
    """Whether what a household was given was for that member too: of an item given by case one of the cases
    is the person's; of others 低保 counts those covered, the rest everybody."""
    facts = read_facts(kept)
    if assessment.rule.by_case:
        return any(case.person_id == row.person_id for case in facts.cases)
    return row.covered is not False or facts.household_class not in DIBAO
