"""Arrears: what households are owed, or owe back, for periods whose money is approved (ADR 0025).

What was paid so far is the sum of the awards and differences of all approved runs. A difference is what
is due now less that, so that with it approved the sum is what is due, and the next look finds nothing.
Payments and recoveries are told and added up apart: none is reduced by the other.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jiemin.domain.money import Fen, format_yuan


class Purpose(NamedTuple):
    """What money is for: a household by its number, an item, and a month or year."""

    household_no: str
    item: str
    period: str


@dataclass(frozen=True, slots=True)
class ArrearLine:
    """What is due for a purpose and what was paid, which differ; in fen."""

    purpose: Purpose
    due_fen: Fen
    paid_fen: Fen

    @property
    def difference_fen(self) -> Fen:
        """What is still to be paid; below zero what is to be asked back."""
        return self.due_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class ArrearGroup:
    """The lines of one household and item, all of them payments or all recoveries, by period."""

    household_no: str
    item: str
    lines: tuple[ArrearLine, ...]

    @property
    def due_fen(self) -> Fen:
        """What is due for all its periods."""
        return sum(line.due_fen for line in self.lines)

    @property
    def paid_fen(self) -> Fen:
        """What was paid for all its periods."""
        return sum(line.paid_fen for line in self.lines)

    @property
    def fen(self) -> Fen:
        """What is to be paid, or asked back, above zero."""
        return abs(self.due_fen - self.paid_fen)

    @property
    def span(self) -> str:
        """`2014-07`, `2014-07、2014-08`, or of more `2014-07至2014-12`."""
        return told_span([line.purpose.period for line in self.lines])


@dataclass(frozen=True, slots=True)
class ArrearSums:
    """Households, amounts (笔数: one for each household, item and period), and fen above zero."""

    households: int
    amounts: int
    fen: Fen

    @property
    def told(self) -> str:
        """`123户、369笔、12,345.60元`."""
        return f"{self.households}户、{self.amounts}笔、{format_yuan(self.fen)}"


@dataclass(frozen=True, slots=True)
class ArrearTotals:
    """The sums of payments (补发) and of recoveries (应退), apart."""

    payments: ArrearSums
    recoveries: ArrearSums

    @property
    def sentence(self) -> str:
        """`共补发123户、369笔、12,345.60元；应退2户、2笔、160元（另行追回，不从补发中扣）`."""
        paid, back = self.payments, self.recoveries
        told = f"共补发{paid.told}" if paid.amounts else "没有要补发的"
        owed = f"应退{back.told}（另行追回，不从补发中扣）" if back.amounts else "没有应退的"
        return f"{told}；{owed}"


def arrear_lines(
    paid: Mapping[Purpose, Fen], due: Mapping[Purpose, Fen], unknown: Collection[Purpose]
) -> list[ArrearLine]:
    """What differs, in the order of purposes.

    A purpose without a due amount is due nothing and asked back in full, unless what is due for it is
    `unknown`: a lost fact is no reason to ask anything back.
    """
    known = sorted((paid.keys() | due.keys()) - set(unknown))
    lines = (ArrearLine(each, due.get(each, 0), paid.get(each, 0)) for each in known)
    return [line for line in lines if line.difference_fen]


def payments_of(lines: Iterable[ArrearLine]) -> list[ArrearLine]:
    """The lines that are to be paid."""
    return [line for line in lines if line.difference_fen > 0]


def recoveries_of(lines: Iterable[ArrearLine]) -> list[ArrearLine]:
    """The lines that are to be asked back."""
    return [line for line in lines if line.difference_fen < 0]


def arrear_totals(lines: Sequence[ArrearLine]) -> ArrearTotals:
    """What the lines add up to."""
    return ArrearTotals(_sums(payments_of(lines)), _sums(recoveries_of(lines)))


def arrear_groups(lines: Iterable[ArrearLine]) -> list[ArrearGroup]:
    """Payments or recoveries by household and item, in the order in which they come."""
    by_item: dict[tuple[str, str], list[ArrearLine]] = {}
    for line in lines:
        by_item.setdefault(line.purpose[:2], []).append(line)
    return [ArrearGroup(*key, tuple(some)) for key, some in by_item.items()]


def totals_by_town(
    lines: Iterable[ArrearLine], town_of: Mapping[str, str], towns: Iterable[str] = ()
) -> dict[str, ArrearTotals]:
    """The sums of each town that has any, in the order of `towns`, others after them; `town_of` knows
    every household."""
    by_town: dict[str, list[ArrearLine]] = {town: [] for town in towns}
    for line in lines:
        by_town.setdefault(town_of[line.purpose.household_no], []).append(line)
    return {town: arrear_totals(some) for town, some in by_town.items() if some}


def told_span(periods: Sequence[str]) -> str:
    """Periods in order: one or two by name, of more the first and the last."""
    return "、".join(periods) if len(periods) < 3 else f"{periods[0]}至{periods[-1]}"


def _sums(lines: Sequence[ArrearLine]) -> ArrearSums:
    households = {line.purpose.household_no for line in lines}
    return ArrearSums(len(households), len(lines), sum(abs(line.difference_fen) for line in lines))
