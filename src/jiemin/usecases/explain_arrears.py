"""Why a period already approved was, or is to be, paid more or less: by the policy, or by the facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jiemin.domain.entitlement import (
    Assessment,
    FamilyFacts,
    Item,
    MissingFact,
    Period,
    Working,
    read_period,
)
from jiemin.domain.entitlement.fact_changes import fact_changes
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.policy import Known, NoValueError
from jiemin.storage import arrears
from jiemin.storage.arrears import ArrearRow
from jiemin.storage.awards import AwardRow
from jiemin.usecases.entitled_families import merged_awards, read_facts
from jiemin.usecases.stored_books import StoredBooks


@dataclass(frozen=True, slots=True)
class ExplainedArrear:
    """A line of arrears with its run; `approved_on` is None for a draft. Amounts in fen.

    `reasons` tell what made the difference, each with its share where that can be told; `working` is how
    what is due comes about, None where there is no claim any more.
    """

    run_no: str
    approved_on: date | None
    due_fen: Fen
    paid_fen: Fen
    reasons: tuple[str, ...]
    working: Working | None = None

    @property
    def difference_fen(self) -> Fen:
        """What it pays; below zero what it asks back."""
        return self.due_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class _Basis:
    """What an amount was reckoned from; no facts where there was no claim."""

    facts: FamilyFacts | None
    book_id: int
    due_fen: Fen


@dataclass(frozen=True)
class ArrearReader:
    """The arrears of one household; `books` are those they were found with."""

    books: StoredBooks
    household_id: int

    def rows(self, item: str = "", period: str = "") -> list[ArrearRow]:
        """Its lines in runs that are not void, of an item and period or all, oldest first."""
        found = arrears.arrears_of_household(self.books.connection, self.household_id)
        return [row for row in found if item in ("", row.item) and period in ("", row.period)]

    def explained(self, item: Item, period: Period, award: AwardRow | None) -> tuple[ExplainedArrear, ...]:
        """What was found of one amount after its approval; `award` is what was approved of it, if any."""
        basis = _basis_of_award(award) if award else None
        told = []
        for row in self.rows(item, str(period)):
            reasons = tuple(self._reasons(row, basis))
            facts = read_facts(row.facts) if row.facts else None
            working = None if facts is None else self._working(item, period, row.book_id, facts)
            told.append(
                ExplainedArrear(row.run_no, row.approved_on, row.due_fen, row.paid_fen, reasons, working)
            )
            basis = _Basis(facts, row.book_id, row.due_fen)
        return tuple(told)

    def _working(self, item: Item, period: Period, book_id: int, facts: FamilyFacts) -> Working:
        _, after = Assessment(item, period, self.books.book(book_id)).workings(facts)
        return after

    def _reasons(self, row: ArrearRow, basis: _Basis | None) -> Iterator[str]:
        if row.facts is None:
            yield "按现在的资料和政策，那天不是应发这一项的家庭"
        elif basis is None or basis.facts is None:
            yield "原来没有发这一项；按现在的资料和政策应发"
        else:
            yield from self._shares(row, read_facts(row.facts), basis, basis.facts)
        if basis and basis.due_fen != row.paid_fen:
            told = f"原来应发{format_yuan(basis.due_fen)}，已发{format_yuan(row.paid_fen)}"
            yield f"{told}（合并过重复的户，或作废过补发）"

    def _shares(
        self, row: ArrearRow, facts: FamilyFacts, basis: _Basis, before: FamilyFacts
    ) -> Iterator[str]:
        """The share of the policy, the facts of then taken; and that of the facts, by the policy of now."""
        item, period = Item(row.item), read_period(row.period)
        old, new = (Assessment(item, period, self.books.book(each)) for each in (basis.book_id, row.book_id))
        policy = "、".join(_value_changes(old, new, before)) or "政策文件变了"
        changes = "、".join(fact_changes(before, facts))
        between = _due(new, before)
        if between is None:
            yield f"政策和资料都变了：{policy}；{changes}"
            return
        for what, told, fen in (
            ("政策", policy, between - basis.due_fen),
            ("资料", changes, row.due_fen - between),
        ):
            if fen:
                yield f"{what}：{told}，{'多' if fen > 0 else '少'}{format_yuan(abs(fen))}"


def _basis_of_award(award: AwardRow) -> _Basis:
    """Without what merged households were paid."""
    merged = sum(each.after_fen for each in merged_awards(award.facts))
    return _Basis(read_facts(award.facts), award.book_id, award.after_fen - merged)


def _due(assessment: Assessment, facts: FamilyFacts) -> Fen | None:
    """What these facts give; None where they do not do."""
    try:
        due = assessment.entitlement(facts)
    except NoValueError:
        return None
    return None if isinstance(due, MissingFact) else due.after_fen


def _value_changes(old: Assessment, new: Assessment, facts: FamilyFacts) -> Iterator[str]:
    """`农村低保标准每人每月416元→每人每月450元（市发2号 一，2014-07-01起）`, of the values the amount was
    reckoned with."""
    if _due(new, facts) is None:
        return
    before, now = (_values(each, facts) for each in (old, new))
    for key, known in now.items():
        if key in before and before[key].value != known.value:
            origin = f"（{known.source}，{known.stated.start}起）"
            yield f"{known.parameter.title}{before[key].shown}→{known.shown}{origin}"


def _values(assessment: Assessment, facts: FamilyFacts) -> dict[str, Known]:
    """The values used, by key."""
    _, after = assessment.workings(facts)
    return {line.known.parameter.key: line.known for line in after.lines if line.known}
