"""Notes (暖心手记) that several visits have in common (K206, K207).

Whoever copies a note changes the names, the village and the day. So these are left out, and figures and
punctuation. Of two notes that were really written what is left is not the same, however alike the families.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County
from jiemin.domain.checks.finding import Finding, named
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import Call, VisitFacts

_NO_WORDS = re.compile(r"[\W\d_]+")
_SUFFIX = re.compile(r"(?:镇|街道|村|社区)$")
_CALLED = "老小大阿"
_TITLES = "大爷|大伯|大妈|大娘|大叔|大婶|大姐|大哥|阿姨|阿婆|阿公|师傅|奶奶|爷爷|伯|叔|婶|姨|嫂|家"


def note_findings(facts: VisitFacts, calls: Sequence[Call], settings: CheckSettings) -> Iterator[Finding]:
    """Findings of notes that are the same but for names and figures.

    Word for word the same, with another family's name left in, they are the same all the more.
    """
    alike: dict[int, list[Call]] = defaultdict(list)
    gist_of: dict[int, int] = {}  # both by their hashes: the texts of a county fill too much memory
    known: dict[str, Names] = {}
    for call in calls:
        text = _NO_WORDS.sub("", call.visit.note)
        if len(text) >= settings.note_length:
            left = _left(facts, call, text, known)
            if len(left) >= settings.note_length:
                alike[gist_of.setdefault(hash(text), hash(left))].append(call)
    for some in alike.values():
        if len(some) > 1:
            left = _left(facts, some[0], _NO_WORDS.sub("", some[0].visit.note), known)
            yield from _same(facts.county, left, some, settings)


def _left(facts: VisitFacts, call: Call, text: str, known: dict[str, "Names"]) -> str:
    """What is left of a note's words without the names of the family, its place and its visitors."""
    number, staff = call.visit.household_no, facts.county.staff
    text = gist(text, known.get(number) or known.setdefault(number, _names_at(facts, number)))
    for cadre_no in call.cadre_nos:
        if cadre_no in staff and staff[cadre_no].name in text:
            text = text.replace(staff[cadre_no].name, "")
    return text


class Names(NamedTuple):
    """What notes of one family may hold that those of another do not: names, and surnames with a title."""

    whole: tuple[str, ...]
    surnames: frozenset[str]


def gist(text: str, names: Names) -> str:
    """What is left of the bare words of a note without names and how their bearers are called."""
    for name in names.whole:
        if name in text:
            text = text.replace(name, "")
    for surname in names.surnames:
        if surname in text:
            text = _titles(surname).sub("", text)
    return text


@lru_cache(2048)
def _titles(surname: str) -> re.Pattern[str]:
    """老沈, 沈大伯 and the like."""
    return re.compile(f"[{_CALLED}]{re.escape(surname)}|{re.escape(surname)}(?:{_TITLES})")


@lru_cache(2048)
def _bare(place: str) -> str:
    """A town or village as people call it: 乌镇 for 乌镇镇."""
    return _SUFFIX.sub("", place)


def _names_at(facts: VisitFacts, household_no: str) -> Names:
    """The names of a family's members, and of its town and village."""
    persons = dict.fromkeys(member.name for member in facts.members.get(household_no, ()))
    home = facts.county.homes.get(household_no)
    places = (_bare(home.town), _bare(home.village)) if home else ()
    return Names((*persons, *filter(None, places)), frozenset(name[0] for name in persons))


def _same(county: County, left: str, calls: Sequence[Call], settings: CheckSettings) -> Iterator[Finding]:
    """One finding for one text: of several cadres, or of those who wrote it more than once."""
    times = Counter(cadre_no for call in calls for cadre_no in set(call.cadre_nos))
    if len(calls) >= settings.alike_notes and (not times or max(times.values()) < len(calls)):
        code, writers = "K207", tuple(times)
    else:
        code, writers = "K206", tuple(each for each, count in times.items() if count >= settings.same_notes)
        if not writers:
            return
    numbers = sorted(call.visit.visit_no for call in calls)
    names = county.numbered(writers)
    homes = [county.homes[each] for call in calls if (each := call.visit.household_no) in county.homes]
    yield Finding(
        kind=KINDS[code],
        key=(numbers[0],),
        subject=named(names, "人") or "没有写走访人",
        message=f"{len(calls)}次手记相同（{named(numbers, '次')}）：{_short(left)}",
        facts=(left, *numbers),
        names=(("cadre", min(writers, default="")),),
        towns=frozenset(home.town for home in homes),
        units=county.units(writers),
        day=max(call.visit.day for call in calls),
    )


def _short(text: str) -> str:
    return f"“{text[:20]}…”" if len(text) > 20 else f"“{text}”"
