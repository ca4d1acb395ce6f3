"""What if (测算): other values supposed for some parameters, and what that changes for households.

Nothing of it is stored. Amounts are those of the formulas, by the county's book and by the book with the
values supposed from a month on; what the county does not give counts as 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.facts import FamilyFacts, IncomePeriod
from jiemin.domain.entitlement.uses import floored_over
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.money_items import Item
from jiemin.domain.periods import Month
from jiemin.domain.policy import Book, BookView, Known, NoValueError
from jiemin.domain.policy.values import Value


@dataclass(frozen=True, slots=True)
class Scenario:
    """Parameters with the values supposed for them, by key; `name` is empty where it was given none."""

    name: str
    values: Mapping[str, Value]

    def described(self, now: BookView, then: BookView) -> str:
        """`农村低保标准提到450元`, by what is in force in a period as it is and as supposed.

        Others that follow by their floors are told behind: `…（农村低保标准跟着到480元）`.
        """
        told = (_told(_known(now, key), known) for key in self.values if (known := _known(then, key)))
        moved = [
            f"{new.parameter.title}跟着到{_plain(new)}"
            for key in followers(now.book, self.values)
            if (new := _known(then, key)) and (old := _known(now, key)) and new.value != old.value
        ]
        return "、".join(told) + (f"（{'、'.join(moved)}）" if moved else "")


def followers(book: Book, keys: Iterable[str]) -> list[str]:
    """The keys of other parameters with floors over these, directly or by way of others, in their order."""
    given, found = set(keys), dict[str, None]()
    waiting = sorted(given)
    while waiting:
        for each in floored_over(book, waiting.pop(0)):
            if each.key not in given and each.key not in found:
                found[each.key] = None
                waiting.append(each.key)
    return list(found)


class Cost(NamedTuple):
    """What is paid in the month looked at, from the first month to the year's end, and in a whole year; fen.

    The month is that of standing monthly payments alone; the year is twelve of it, with what is paid by
    the year or by the case.
    """

    month: Fen = 0
    rest: Fen = 0
    year: Fen = 0

    def plus(self, other: "Cost") -> "Cost":
        """Both together."""
        return Cost(*(one + more for one, more in zip(self, other, strict=True)))

    def less(self, other: "Cost") -> "Cost":
        """What this is above the other."""
        return Cost(*(one - more for one, more in zip(self, other, strict=True)))

    def times(self, amount: Fen) -> "Cost":
        """An amount, so many times in each."""
        return Cost(*(each * amount for each in self))


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What a household gets for one item by the present book, and as supposed."""

    household_no: str
    household_class: HouseholdClass
    item: str
    now: Cost
    then: Cost


@dataclass(slots=True)
class Ledger:
    """Adds up what households get, month by month; of several classes the last told stands."""

    _held: dict[tuple[str, Item], tuple[HouseholdClass, Cost, Cost]] = field(default_factory=dict)

    def add(
        self,
        purpose: tuple[str, Item],
        household_class: HouseholdClass,
        amounts: tuple[Fen, Fen],
        counts: Cost,
    ) -> None:
        """The amounts now and then of a household and item, counted so many times in each figure."""
        _, now, then = self._held.get(purpose, (household_class, Cost(), Cost()))
        one, other = (counts.times(amount) for amount in amounts)
        self._held[purpose] = (household_class, now.plus(one), then.plus(other))

    def lines(self) -> list[EffectLine]:
        """What was added, by household and item."""
        return [
            EffectLine(number, household_class, item, now, then)
            for (number, item), (household_class, now, then) in sorted(self._held.items())
        ]


@dataclass(frozen=True, slots=True)
class Effect:
    """Households and money of some lines; households count by what they get in a whole year.

    `receiving` get anything now, `then_receiving` as supposed; of them `gained` get nothing now. `more` and
    `fewer` get more and less than now, those who begin or cease to get anything among them.
    """

    receiving: int
    then_receiving: int
    gained: int
    more: int
    fewer: int
    now: Cost
    then: Cost

    @property
    def difference(self) -> Cost:
        """What it costs more than now; below zero what it saves."""
        return self.then.less(self.now)


def effect_of(lines: Iterable[EffectLine]) -> Effect:
    """What the lines come to."""
    homes: dict[str, tuple[Fen, Fen]] = defaultdict(lambda: (0, 0))
    now, then = Cost(), Cost()
    for line in lines:
        before, after = homes[line.household_no]
        homes[line.household_no] = (before + line.now.year, after + line.then.year)
        now, then = now.plus(line.now), then.plus(line.then)
    held = homes.values()
    return Effect(
        receiving=sum(before > 0 for before, _ in held),
        then_receiving=sum(after > 0 for _, after in held),
        gained=sum(before == 0 < after for before, after in held),
        more=sum(after > before for before, after in held),
        fewer=sum(after < before for before, after in held),
        now=now,
        then=then,
    )


def effect_sentence(effect: Effect, described: str, first: Month, *, monthly: bool) -> str:
    """`农村低保标准提到450元：1,203户，每月多1元，全年（12个月）多12元；从2014年7月起到年底多6元`.

    `monthly` tells whether standing monthly payments are among what may change.
    """
    if not (effect.more or effect.fewer or any(effect.difference)):
        return f"{described}：没有一户的钱有变化"
    month, rest, year = effect.difference
    whole = f"每月{_more(month)}，全年（12个月）{_more(year)}" if monthly else f"全年{_more(year)}"
    return f"{described}：{_households(effect)}，{whole}；从{first.label}起到年底{_more(rest)}"


def stretches(books: Iterable[Book], months: Sequence[Month]) -> list[tuple[Month, int]]:
    """Months in which no book changes, by their first, each with how many they are."""
    found: list[tuple[Month, int]] = []
    known = list(books)
    for month in months:
        if found and all(book.steady(found[-1][0], month) for book in known):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((month, 1))
    return found


def newly_below(facts: FamilyFacts, now: Fen, then: Fen) -> bool | None:
    """Whether the income a head is under the standard as supposed, and is not under the present one.

    Standards are fen a person and month; 0 is none. None where persons or income are not known.
    """
    if not facts.size or facts.income_fen is None or facts.income_fen < 0 or facts.income_period is None:
        return None
    persons_months = facts.size * (12 if facts.income_period is IncomePeriod.YEAR else 1)
    return now * persons_months <= facts.income_fen < then * persons_months


def _known(view: BookView, key: str) -> Known | None:
    try:
        return view.value(key, key)
    except NoValueError:
        return None


def _told(now: Known | None, then: Known) -> str:
    """`农村低保标准提到450元`; a setting by its meaning: `低保金取整改为“四舍五入到元”`."""
    title, shown = then.parameter.title, _plain(then)
    if isinstance(then.value, str):
        return f"{title}{'改为' if now is None or now.value != then.value else '仍为'}“{shown}”"
    if now is None:
        return f"{title}定为{shown}"
    verb = "提到" if then.amount > now.amount else "降到" if then.amount < now.amount else "仍为"
    return f"{title}{verb}{shown}"


def _plain(known: Known) -> str:
    """The value without for whom it is: `450元`."""
    return format_yuan(known.amount) if known.parameter.unit.is_money else known.shown


def _households(effect: Effect) -> str:
    """`1,203户（其中3户现在没有）`, or with those who get less: `3户多领、2户少领`."""
    gained = f"（其中{effect.gained:,}户现在没有）" if effect.gained else ""
    if not effect.fewer:
        return f"{effect.more:,}户{gained}"
    more = f"{effect.more:,}户多领{gained}、" if effect.more else ""
    return f"{more}{effect.fewer:,}户少领"


def _more(fen: Fen) -> str:
    if not fen:
        return "不变"
    return f"{'多' if fen > 0 else '少'}{format_yuan(abs(fen))}"
