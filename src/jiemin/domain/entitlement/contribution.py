"""A yearly contribution to an insurance, and the share of it that government pays (notice 二.2, 二.5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan, half_up
from jiemin.domain.policy import BookView, Known


@dataclass(frozen=True, slots=True)
class PaidShare:
    """What a person contributes a year, and the share paid for them, as in force for one year.

    contribution × persons × share, the one rounding half-up to the fen at the end.
    """

    contribution: Known
    share: Known

    @classmethod
    def of(cls, view: BookView, keys: tuple[str, str], asker: str) -> "PaidShare":
        """By the keys of contribution and share; raises `NoValueError` naming the one that has no value."""
        return cls(*(view.value(key, asker) for key in keys))

    def amount(self, persons: int) -> Fen:
        """What is paid for so many persons for the year."""
        return half_up(self.contribution.amount * persons * self.share.amount, 1000)

    def lines(self, counted: str, persons: int, paid: str) -> Iterator[Line]:
        """The same with its working; `counted` names the persons, `paid` the amount."""
        owed, amount = self.contribution.amount * persons, self.amount(persons)
        yield from floor_lines(self.contribution)
        arithmetic = f"{self.contribution.shown}×{persons}人＝{format_yuan(owed)}"
        yield Line(f"按{counted}应缴", arithmetic, owed, self.contribution)
        rounded = "" if owed * self.share.amount % 1000 == 0 else "（四舍五入到分）"
        arithmetic = f"{format_yuan(owed)}×{self.share.shown}＝{format_yuan(amount)}{rounded}"
        yield Line(paid, arithmetic, amount, self.share)
