"""A family for the slow calculator: as it stands on the last day of a period, out of its history.

A history is, in plain dicts,

    number   household_no
    states   from → {class, active, size, covered, income, per, keeping}; the last begun counts
    members  [{person, name, birth, spells: [{from, until, covered}], health: [{from, grade, health}]}]
    cases    [{case, item, day, until, person, base, grade, void}]
    insured  [(day, number)]

with amounts in yuan as fractions, `until` the last day of a case and the first day away of a member.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from support.slow_policy import SlowBook, days_of

Told = dict[str, Any]


class LackingError(Exception):
    """What is not known of the family, in the words of the program."""

    def __init__(self, *names: str) -> None:
        self.names = names


class Family:
    """A family as it stands on the last day of a period, and what the policy says for the period."""

    def __init__(self, history: Told, period: str, book: SlowBook, *, raised: bool) -> None:
        self.history, self.period, self.book, self.raised = history, period, book, raised
        self.first, self.day = days_of(period)
        self.told = _last_begun(history["states"], self.day)
        self.members = [_member(each, spell, self.day) for each, spell in _present(history, self.day)]

    def yuan(self, key: str) -> Fraction:
        """A number of the policy."""
        return Fraction(self.book.value(key, self.period, raised=self.raised))

    def word(self, key: str) -> str:
        """A setting of the policy."""
        return str(self.book.value(key, self.period, raised=self.raised))

    def cases(self, item: str, since: date) -> list[Told]:
        """What happened from that day until the period's last, in order."""
        found = [
            each
            for each in self.history["cases"]
            if each["item"] == item and not each["void"] and since <= each["day"] <= self.day
        ]
        return sorted(found, key=lambda each: (each["day"], each["case"]))

    def lasting(self, item: str) -> list[Told]:
        """What is in force on the last day, of people who have not left or died by then."""
        return [
            each
            for each in self.cases(item, date.min)
            if (each["until"] is None or each["until"] >= self.day) and not self._gone(each["person"])
        ]

    def _gone(self, person: int | None) -> bool:
        begun = [
            spell
            for each in self.history["members"]
            if each["person"] == person
            for spell in each["spells"]
            if spell["from"] <= self.day
        ]
        return bool(begun) and all(spell["until"] and spell["until"] <= self.day for spell in begun)

    def covers(self, member: Told) -> bool | None:
        """Whether a member is covered; None where nobody can tell."""
        if member["covered"] is not None:
            return bool(member["covered"])
        sure = sum(each["covered"] is True for each in self.members)
        open_ones = sum(each["covered"] is None for each in self.members)
        if self.told["covered"] == sure + open_ones:
            return True
        return False if self.told["covered"] == sure else None


def _last_begun(states: dict[date, Told], day: date) -> Told:
    begun = [start for start in states if start <= day]
    return states[max(begun)] if begun else {"active": False}


def _present(history: Told, day: date) -> list[tuple[Told, Told]]:
    return [
        (each, spell)
        for each in history["members"]
        for spell in each["spells"]
        if spell["from"] <= day and (spell["until"] is None or day < spell["until"])
    ]


def _member(told: Told, spell: Told, day: date) -> Told:
    health = [each for each in told["health"] if each["from"] <= day]
    last = max(health, key=lambda each: each["from"]) if health else {"grade": None, "health": None}
    return {**told, **last, "covered": spell["covered"]}
