"""The pay list (发放清单) of a run: one row for each household's account, and who has to wait (ADR 0025)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jiemin.domain.money import Fen
from jiemin.domain.money_items import Item
from jiemin.domain.subsidy_runs import RunLine


@dataclass(frozen=True, slots=True)
class Payee:
    """A household as the bank is told of it; texts are empty where nothing is on record.

    A `headless` one has lost its head, and is called after the last: money can be asked back of it, but none
    is paid into an account that may be a dead person's.
    """

    household_no: str
    town: str = ""
    village: str = ""
    head_name: str = ""
    id_number: str = ""
    bank: str = ""
    account: str = ""
    headless: bool = False

    @property
    def lacking(self) -> str:
        """Why nothing can be paid into its account; empty when it can."""
        needed = (
            ("户主", self.head_name and not self.headless),
            ("开户银行", self.bank),
            ("银行账号", self.account),
        )
        missing = [name for name, told in needed if not told]
        return f"没有登记{'、'.join(missing)}" if missing else ""


@dataclass(frozen=True, slots=True)
class PayRow:
    """What one household gets, by item, in so many `amounts` (笔); `periods` are theirs, oldest first."""

    payee: Payee
    by_item: Mapping[str, Fen]
    amounts: int
    periods: tuple[str, ...]

    @property
    def fen(self) -> Fen:
        """The whole amount."""
        return sum(self.by_item.values())


@dataclass(frozen=True, slots=True)
class PayTotals:
    """The control totals: households (a row each), amounts (笔数: each household, item and period), fen."""

    households: int
    amounts: int
    fen: Fen


@dataclass(frozen=True, slots=True)
class PayList:
    """Rows the bank can pay, rows it cannot, what is owed back, and rows of one account.

    `items` are those paid, in their order. `owed_back` has a line for each household, item and period,
    its fen above zero. `shared` are the payable rows whose account another one names too, by account.
    `contributions` go to the insurer, not to the household's account, whether it has one or not: a household
    may have a row there and another that the bank pays.
    """

    items: tuple[str, ...]
    payable: tuple[PayRow, ...]
    waiting: tuple[PayRow, ...]
    owed_back: tuple[tuple[Payee, RunLine], ...]
    shared: tuple[PayRow, ...]
    contributions: tuple[PayRow, ...]

    @property
    def contribution_items(self) -> tuple[str, ...]:
        """The items of the contributions, in their order."""
        return _items(self.contributions)

    @property
    def insurers_owe_back(self) -> bool:
        """Whether contributions are among what is owed back."""
        return any(Item(line.item).to_insurer for _, line in self.owed_back)

    @property
    def totals(self) -> PayTotals:
        """Of everything the run pays, whether by the bank or not; each household counts once."""
        rows = (*self.payable, *self.waiting, *self.contributions)
        households = {row.payee.household_no for row in rows}
        return replace(pay_totals(rows), households=len(households))


def pay_list(lines: Iterable[RunLine], payees: Mapping[str, Payee]) -> PayList:
    """The list of a run's lines; `payees` by household number hold every household of them.

    Lines of nought are nobody's business; recoveries reduce no payment.
    """
    paid: dict[str, list[RunLine]] = {}
    contributions: dict[str, list[RunLine]] = {}
    owed_back = []
    for line in sorted(lines, key=lambda each: each.household_no):
        if line.fen > 0:
            where = contributions if Item(line.item).to_insurer else paid
            where.setdefault(line.household_no, []).append(line)
        elif line.fen < 0:
            back = RunLine(line.household_no, line.item, line.period, -line.fen)
            owed_back.append((payees[line.household_no], back))
    rows = [_row(payees[number], some) for number, some in paid.items()]
    payable = tuple(row for row in rows if not row.payee.lacking)
    return PayList(
        items=_items(rows),
        payable=payable,
        waiting=tuple(row for row in rows if row.payee.lacking),
        owed_back=tuple(owed_back),
        shared=_shared(payable),
        contributions=tuple(_row(payees[number], some) for number, some in contributions.items()),
    )


def pay_totals(rows: Sequence[PayRow]) -> PayTotals:
    """What the rows add up to."""
    return PayTotals(len(rows), sum(row.amounts for row in rows), sum(row.fen for row in rows))


def _items(rows: Sequence[PayRow]) -> tuple[str, ...]:
    """The items the rows pay, in their order."""
    return tuple(item for item in Item if any(item in row.by_item for row in rows))


def _row(payee: Payee, lines: Sequence[RunLine]) -> PayRow:
    by_item: dict[str, Fen] = {}
    for line in lines:
        by_item[line.item] = by_item.get(line.item, 0) + line.fen
    return PayRow(payee, by_item, len(lines), tuple(sorted({line.period for line in lines})))


def _shared(rows: Iterable[PayRow]) -> tuple[PayRow, ...]:
    by_account: dict[str, list[PayRow]] = {}
    for row in rows:
        by_account.setdefault(row.payee.account, []).append(row)
    return tuple(row for some in by_account.values() if len(some) > 1 for row in some)
