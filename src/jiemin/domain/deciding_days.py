"""Whose facts of which day decide about money of a period that is approved already (ADR 0014, 0025).

A period approved before its end was paid by the facts of the day of its approval. Those decide for every
household on the roster that day, whatever became of it afterwards; who came on the roster later is judged by
the day on which arrears first paid it, else by the period's last day, or today.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class DecidingDays:
    """The days of one approved period: `first`, of its approval, and `latest`, its last or today.

    `of_household` holds the households that an earlier day than `latest` decides about.
    `paid_later` are, by the day of their approval, the households that arrears have lines of.
    """

    first: date
    latest: date
    of_household: Mapping[int, date] = field(default_factory=dict)
    paid_later: Mapping[date, frozenset[int]] = field(default_factory=dict)

    def of(self, household: int) -> date:
        """The day whose facts decide about a household."""
        return self.of_household.get(household, self.latest)

    @property
    def looks(self) -> tuple[tuple[date, frozenset[int] | None], ...]:
        """The days to look at, oldest first, each with the households it may decide about, None for all."""
        later = ((day, self.paid_later[day]) for day in sorted(self.paid_later))
        between = ((day, ids) for day, ids in later if self.first < day < self.latest)
        begun: tuple[tuple[date, None], ...] = ((self.first, None),) if self.first < self.latest else ()
        return (*begun, *between, (self.latest, None))


def deciding_days(
    first: date,
    latest: date,
    paid_later: Mapping[date, frozenset[int]],
    on_roster: Mapping[date, Collection[int]],
) -> DecidingDays:
    """Which day decides about each household; `on_roster` tells for `first` and every day of `paid_later`
    before `latest` who was on the roster that day."""
    decided: dict[int, date] = {}
    if first < latest:
        decided = dict.fromkeys(on_roster[first], first)
        for day in sorted(paid_later):
            if first < day < latest:
                roster = on_roster[day]
                decided |= {each: day for each in paid_later[day] - decided.keys() if each in roster}
    return DecidingDays(first, latest, decided, paid_later)
