"""One quarter of invented visits, for a pairing that stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample.cadres import Cadre
from sample.families import Family
from sample.notes import Notebook

from jiemin.domain.codes import VisitKind

FIRST_DAY, LAST_DAY = date(2014, 4, 5), date(2014, 6, 29)

_IN_FULL = frozenset({"龙翔街道", "乌镇镇", "屠甸镇", "大麻镇"})
_LAGGING = {"崇福镇": 0.82, "洲泉镇": 0.84, "凤鸣街道": 0.87}
_USUAL = 0.925
"""How much of a town's households were visited."""

Helpers = Mapping[str, Sequence[Cadre]]
"""Who is paired with each household, the lead first."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the visit log."""

    day: date
    family: Family
    cadres: tuple[Cadre, ...]
    kind: VisitKind
    note: str
    heard: str
    deed: str


def make_visits(
    chance: Random, families: Sequence[Family], helpers: Helpers, cadres: Sequence[Cadre]
) -> list[Visit]:
    """The quarter's log in the order of days.

    Most paired households are visited, some twice; some of those not visited got a telephone call,
    and two were looked in on by somebody who is not paired with them.
    """
    notebook = Notebook(chance)
    paired = [family for family in families if family.number in helpers]
    visited = _visited(chance, paired)
    visits = [
        visit
        for family in paired
        if family.number in visited
        for visit in _calls(chance, notebook, family, helpers[family.number])
    ]
    left = [family for family in paired if family.number not in visited]
    for family in chance.sample(left, k=7) + chance.sample([one for one in paired if one not in left], k=3):
        day = _some_day(chance, FIRST_DAY, LAST_DAY)
        note = notebook.note(family, day, VisitKind.PHONE, again=False)
        visits.append(Visit(day, family, (helpers[family.number][0],), VisitKind.PHONE, note, "", ""))
    visits += _strangers(chance, notebook, paired, helpers, cadres)
    return sorted(visits, key=lambda visit: (visit.day, visit.family.number))


def _visited(chance: Random, paired: Sequence[Family]) -> frozenset[str]:
    numbers: set[str] = set()
    for town in dict.fromkeys(family.place.town for family in paired):
        own = [family.number for family in paired if family.place.town == town]
        share = 1.0 if town in _IN_FULL else _LAGGING.get(town, _USUAL)
        numbers |= set(chance.sample(own, k=round(share * len(own))))
    return frozenset(numbers)


def _calls(chance: Random, notebook: Notebook, family: Family, helpers: Sequence[Cadre]) -> Iterator[Visit]:
    twice = chance.random() < 0.17
    first = _some_day(chance, FIRST_DAY, date(2014, 5, 25) if twice else LAST_DAY)
    days = [first]
    if twice:
        days.append(_some_day(chance, first + timedelta(days=21), LAST_DAY))
    for number, day in enumerate(days):
        gift = chance.random() < (0.5 if date(2014, 5, 24) <= day <= date(2014, 6, 2) else 0.06)
        kind = VisitKind.GIFT if gift else VisitKind.CALL_ON
        again = number > 0
        yield Visit(
            day=day,
            family=family,
            cadres=_who_goes(chance, helpers),
            kind=kind,
            note=notebook.note(family, day, kind, again=again),
            heard=notebook.heard(family) if not again and chance.random() < 0.6 else "",
            deed=notebook.deed(family) if chance.random() < (0.75 if again else 0.35) else "",
        )


def _who_goes(chance: Random, helpers: Sequence[Cadre]) -> tuple[Cadre, ...]:
    """The lead alone, the lead with one who assists, or one who assists alone."""
    lead, *others = helpers
    if not others:
        return (lead,)
    other = chance.choice(others)
    return chance.choices([(lead,), (lead, other), (other,)], [5, 4, 2])[0]


def _strangers(
    chance: Random,
    notebook: Notebook,
    paired: Sequence[Family],
    helpers: Helpers,
    cadres: Sequence[Cadre],
) -> Iterator[Visit]:
    for family in chance.sample(paired, k=2):
        stranger = chance.choice([cadre for cadre in cadres if cadre not in helpers[family.number]])
        day = _some_day(chance, FIRST_DAY, LAST_DAY)
        yield Visit(day, family, (stranger,), VisitKind.CALL_ON, notebook.stranger_note(family), "", "")


def _some_day(chance: Random, first: date, last: date) -> date:
    """Any day of the span, on a weekend less often."""
    while True:
        day = first + timedelta(days=chance.randint(0, (last - first).days))
        if day.weekday() < 5 or chance.random() < 0.35:
            return day
