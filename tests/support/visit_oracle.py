"""A slow and obvious account of visits: a diary, read day by day, from which everything is counted by loops.

What was so on a day was written down on that day, from the lists then shown. It is counted by the decisions
on record: what is due and made of households (0015), and of cadres (0021).
"""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from jiemin.domain.codes import VisitKind
from jiemin.domain.periods import Quarter

LEAD, ASSIST = "第一责任人", "协助"
DAY = timedelta(days=1)
Made = tuple[frozenset[str], frozenset[str]]
"""Households due, and those of them visited."""


@dataclass(frozen=True)
class Told:
    """A visit as somebody told of it."""

    household: str
    day: date
    kind: VisitKind
    cadres: frozenset[str]
    voided: bool = False


@dataclass(frozen=True)
class Page:
    """What was so on a day: households in the work, towns, who helps whom as what, where cadres serve."""

    active: frozenset[str]
    town: dict[str, str]
    helps: dict[tuple[str, str], str]
    unit: dict[str, str]

    def helpers(self, household: str) -> set[str]:
        return {cadre for number, cadre in self.helps if number == household}

    def leads(self, household: str) -> set[str]:
        return {cadre for (number, cadre), role in self.helps.items() if (number, role) == (household, LEAD)}


@dataclass
class Diary:
    """Pages by day, visits by number, and every word that was ever noted of them."""

    pages: dict[date, Page]
    visits: dict[str, Told] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def copy(self) -> "Diary":
        return deepcopy(self)

    def on(self, day: date) -> Page:
        """The last page written until that day."""
        return self.pages[max(each for each in self.pages if each <= day)]

    def merge(self, kept: str, gone: str) -> None:
        """Two households were one all along: where both are told of, the word of the one kept holds."""
        for day, page in self.pages.items():
            self.pages[day] = _merged(page, kept, gone)
        for number, told in self.visits.items():
            if told.household == gone:
                self.visits[number] = replace(told, household=kept)

    def came(self, told: Told) -> set[str]:
        """Who came; of a visit that names nobody, the lead of its day."""
        return set(told.cadres) or self.on(told.day).leads(told.household)

    def served(self, cadre: str, day: date) -> str | None:
        """The unit of that day, of those who serve no more the last before it."""
        known = [
            page.unit[cadre] for at, page in sorted(self.pages.items()) if at <= day and cadre in page.unit
        ]
        return known[-1] if known else None

    def paired_among(self, told: Told) -> set[str]:
        """Who of those was paired with the household on that day."""
        return self.came(told) & self.on(told.day).helpers(told.household)

    def counts(self, told: Told) -> bool:
        return not told.voided and told.kind is not VisitKind.PHONE and bool(self.paired_among(told))


@dataclass(frozen=True)
class Reckoning:
    """One quarter, counted from the diary as on a day."""

    diary: Diary
    quarter: Quarter
    today: date

    @property
    def day(self) -> date:
        return min(self.quarter.last, self.today)

    @property
    def _window(self) -> list[date]:
        """From the first day of the third month to the day counted on; before it, that day alone."""
        third = self.quarter.last.replace(day=1)
        first = min(third, self.day)
        return [first + DAY * each for each in range((self.day - first).days + 1)]

    def _visits(self) -> list[Told]:
        told = self.diary.visits.values()
        return [v for v in told if self.quarter.first <= v.day <= self.day and self.diary.counts(v)]

    def households(self) -> Made:
        due = set(self.diary.on(self.day).active)
        for day in self._window:
            page = self.diary.on(day)
            due = {number for number in due if number in page.active and page.helpers(number)}
        return frozenset(due), frozenset(due & {v.household for v in self._visits()})

    def towns(self) -> dict[str, Made]:
        due, made = self.households()
        where = self.diary.on(self.day).town
        names = {where[number] for number in due}
        return {
            name: tuple(frozenset(n for n in some if where[n] == name) for some in (due, made))  # type: ignore[misc]
            for name in names
        }

    def cadres(self) -> dict[str, Made]:
        found: dict[str, tuple[set[str], set[str]]] = {}
        for number in self.households()[0]:
            for cadre in self._answering(number):
                due, made = found.setdefault(cadre, (set(), set()))
                due.add(number)
                if any(v.household == number and cadre in self.diary.paired_among(v) for v in self._visits()):
                    made.add(number)
        return {cadre: (frozenset(due), frozenset(made)) for cadre, (due, made) in found.items()}

    def units(self) -> dict[str, Made]:
        found: dict[str, Made] = {}
        for cadre, (due, made) in self.cadres().items():
            unit = self.diary.on(self.day).unit.get(cadre, "")
            old_due, old_made = found.get(unit, (frozenset(), frozenset()))
            found[unit] = (old_due | due, old_made | made)
        return found

    def _answering(self, number: str) -> set[str]:
        page = self.diary.on(self.day)
        helpers = page.helpers(number)
        lasting = {each for each in helpers if self._since(number, each) <= self._window[0]}
        answering = lasting or (helpers & page.leads(number))
        return {each for each in answering if not self._visited_before(number, self._since(number, each))}

    def _since(self, number: str, cadre: str) -> date:
        """The first day of the cadre's own pairing, which has gone on since without a break."""
        day, first = self.day, min(self.diary.pages)
        while day > first and cadre in self.diary.on(day - DAY).helpers(number):
            day -= DAY
        return day

    def _visited_before(self, number: str, day: date) -> bool:
        return any(v.household == number and v.day < day for v in self._visits())


def _merged(page: Page, kept: str, gone: str) -> Page:
    """`gone` under the name of `kept`; where both were on record that day, as `kept` was."""
    if gone not in page.town and not page.helpers(gone):
        return page
    active, town = set(page.active), dict(page.town)
    if kept not in page.town and gone in page.town:
        town[kept] = town[gone]
        if gone in active:
            active.add(kept)
    town.pop(gone, None)
    helps: dict[tuple[str, str], str] = {}
    for (number, cadre), role in page.helps.items():
        if number != gone:
            helps[number, cadre] = role
    leads = page.leads(kept)
    for cadre in page.helpers(gone):
        role = page.helps[gone, cadre]
        if (kept, cadre) not in helps:
            helps[kept, cadre] = role if not leads else ASSIST
        elif role == LEAD and not leads:
            helps[kept, cadre] = LEAD
    return Page(frozenset(active - {gone}), town, helps, page.unit)
