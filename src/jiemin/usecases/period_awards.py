"""The money of some periods: what is on record, and drafts computed now of what is not yet."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Assessment, Entitlement, FamilyFacts, Item, MissingFact, Period
from jiemin.domain.entitlement.missing import NO_VALUE
from jiemin.domain.indicators import AwardLine, MissingAward
from jiemin.domain.policy import Book, NoValueError
from jiemin.storage import awards
from jiemin.usecases.approved_families import deciding_families
from jiemin.usecases.entitled_families import read_facts


def period_awards(
    connection: Connection, wanted: Iterable[tuple[Item, Period]], book: Book, today: date
) -> tuple[list[AwardLine], list[MissingAward]]:
    """The amounts of these items in these periods, all of which must have begun.

    An award that is stored stands as stored. Of a household without one the amount is computed
    here as a draft, and nothing is written. Households whose amount cannot be computed come back
    with the facts they lack; a value the policy book does not have is such a fact.
    """
    lines: list[AwardLine] = []
    missing: list[MissingAward] = []
    for item, period in wanted:
        stored = awards.awards_for(connection, item, str(period))
        lines += [_stored_line(row) for row in stored]
        recorded = {row.household_no for row in stored}
        for number, facts, due in _computed(connection, item, period, book, today):
            if number in recorded:
                continue
            if isinstance(due, MissingFact):
                missing.append(MissingAward(number, item, str(period), due.names))
            else:
                lines.append(_draft_line(number, item, period, facts, due))
    return lines, missing


def _computed(
    connection: Connection, item: Item, period: Period, book: Book, today: date
) -> Iterator[tuple[str, FamilyFacts, Entitlement | MissingFact]]:
    """What each household is due, by number; a missing policy value is a missing fact here, since
    a report of an early quarter still has its visits to tell."""
    assessment = Assessment(item, period, book)
    for state, facts in deciding_families(connection, assessment, today):
        try:
            due = assessment.entitlement(facts)
        except NoValueError as fault:
            due = MissingFact((f"{fault.parameter}{NO_VALUE}",))
        yield state.household_no, facts, due


def _stored_line(row: awards.AwardRow) -> AwardLine:
    household_class = read_facts(row.facts).household_class
    return AwardLine(row.household_no, household_class, row.item, row.period, row.before_fen, row.after_fen)


def _draft_line(number: str, item: Item, period: Period, facts: FamilyFacts, due: Entitlement) -> AwardLine:
    return AwardLine(
        household_no=number,
        household_class=facts.household_class,
        item=item,
        period=str(period),
        before_fen=due.before_fen,
        after_fen=due.after_fen,
        draft=True,
    )
