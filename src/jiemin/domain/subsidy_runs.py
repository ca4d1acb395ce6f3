"""Runs of money: computed as a draft, approved for paying, void when they were wrong (ADR 0025)."""

from collections.abc import Iterable
from dataclasses import dataclass

from jiemin.domain.money import Fen
from jiemin.domain.money_items import Item


@dataclass(frozen=True, slots=True)
class RunLine:
    """What a run pays a household for an item and period; fen, below zero what it owes back."""

    household_no: str
    item: str
    period: str
    fen: Fen


@dataclass(frozen=True, slots=True)
class RunTotals:
    """Households paid, fen paid, and fen owed back (应退), which no payment is reduced by."""

    households: int
    paid_fen: Fen
    owed_back_fen: Fen


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """What a run pays for one item."""

    item: str
    totals: RunTotals


def run_totals(lines: Iterable[RunLine]) -> RunTotals:
    """What the lines add up to. A household whose lines are all nought or less is not paid."""
    paid: set[str] = set()
    paid_fen = owed_back_fen = 0
    for line in lines:
        if line.fen > 0:
            paid.add(line.household_no)
            paid_fen += line.fen
        else:
            owed_back_fen -= line.fen
    return RunTotals(len(paid), paid_fen, owed_back_fen)


def item_totals(lines: Iterable[RunLine]) -> tuple[ItemTotal, ...]:
    """The sums of each item that the lines name, in the order of items."""
    by_item: dict[str, list[RunLine]] = {item.value: [] for item in Item}
    for line in lines:
        by_item[line.item].append(line)
    return tuple(ItemTotal(item, run_totals(some)) for item, some in by_item.items() if some)
