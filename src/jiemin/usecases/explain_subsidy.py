"""How a household's amount came about, derived again from the facts and the policy it came from."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import (
    Assessment,
    Entitlement,
    FamilyFacts,
    MissingFact,
    Period,
    Working,
    read_period,
)
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.errors import JieminError
from jiemin.policy.book_file import parse_book
from jiemin.storage import awards
from jiemin.storage.awards import AwardRow
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.usecases.compute_subsidies import wanted_periods
from jiemin.usecases.entitled_families import entitled_families, read_facts
from jiemin.usecases.find_records import find_household


@dataclass(frozen=True, slots=True)
class Explanation:
    """One amount with its working before and after the raise.

    `due` is the amount as stored or, for a `draft` that is on no record, as computed just now.
    """

    household_no: str
    head_name: str
    item: str
    period: Period
    facts: FamilyFacts
    due: Entitlement
    before: Working
    after: Working
    draft: bool

    @property
    def agrees(self) -> bool:
        """Whether the amount derived again is the one on record."""
        return (self.before.amount_fen, self.after.amount_fen) == (self.due.before_fen, self.due.after_fen)


def explain_subsidy(
    database: Database,
    text: str,
    book: Book,
    today: date,
    *,
    month: Month | None = None,
    year: Year | None = None,
) -> list[Explanation]:
    """Explain the household's awards for the month or year, or its latest of each item on record.

    Where nothing is on record the amount is computed by `book` as a draft: for the period named,
    else for the running month or year. Raises `NotFoundError` for an unknown household and
    `JieminError` when it has no claim, or naming the facts it lacks.
    """
    with database.reading() as connection:
        state = find_household(connection, text, today)
        stored = awards.awards_of_household(connection, state.id)
        if month is None and year is None and stored:
            latest = {row.item: row for row in sorted(stored, key=lambda row: row.period)}
            return [_from_record(connection, state, row) for row in latest.values()]
        wanted = wanted_periods(month, year, today)
        by_purpose = {(row.item, row.period): row for row in stored}
        found: list[Explanation] = []
        for item, period in wanted:
            row = by_purpose.get((item, str(period)))
            if row is not None:
                found.append(_from_record(connection, state, row))
            else:
                found += _computed_now(connection, state, (item, period), book, today)
    if not found:
        periods = "、".join(f"{period.label}的{item}" for item, period in wanted)
        raise JieminError(
            f"{state.household_no}没有{periods}",
            "低保金给当月在册的城镇低保、农村低保户，低收入家庭救助给当年在册的低收入户",
        )
    return found


def _from_record(connection: Connection, state: HouseholdState, row: AwardRow) -> Explanation:
    period = read_period(row.period)
    book = parse_book(awards.book_text(connection, row.book_id), "数据库里的政策文件")
    due = Entitlement(row.before_fen, row.after_fen)
    return _explanation(
        state, (row.item, period), Assessment(row.item, period, book), read_facts(row.facts), due
    )


def _computed_now(
    connection: Connection, state: HouseholdState, purpose: tuple[str, Period], book: Book, today: date
) -> list[Explanation]:
    """The draft, or nothing when the household is not one the item is for."""
    item, period = purpose
    assessment = Assessment(item, period, book)
    for _, facts in entitled_families(connection, item, period, today, [state.id]):
        due = assessment.entitlement(facts)
        if isinstance(due, MissingFact):
            raise JieminError(
                f"{state.household_no}的{period.label}{item}算不出来，缺少{'、'.join(due.names)}",
                "在名册里补填后重新导入：jiemin import 名册.xlsx",
            )
        return [_explanation(state, purpose, assessment, facts, due, draft=True)]
    return []


def _explanation(
    state: HouseholdState,
    purpose: tuple[str, Period],
    assessment: Assessment,
    facts: FamilyFacts,
    due: Entitlement,
    *,
    draft: bool = False,
) -> Explanation:
    before, after = assessment.workings(facts)
    return Explanation(state.household_no, state.head_name or "", *purpose, facts, due, before, after, draft)
