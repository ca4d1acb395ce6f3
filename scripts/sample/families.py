"""Invented families: who lives together, what weighs on them, what they live on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from sample.members import Member, make_members
from sample.names import Registry
from sample.places import Place
from sample.stories import ALONE, FURTHER_CAUSES, OF_FARMS, STORIES, Story

from jiemin.domain.codes import Cause, HouseholdClass, Keeping
from jiemin.domain.money import half_up

PERSONS = 1260
_STANDARDS = {True: 520, False: 400}
"""Yuan a person and month, in communities and in villages, before the raise."""

_URBAN = {HouseholdClass.URBAN_DIBAO: 60, HouseholdClass.SANWU: 6}
_RURAL = {HouseholdClass.RURAL_DIBAO: 170, HouseholdClass.WUBAO: 20}
_ANYWHERE = {HouseholdClass.LOW_INCOME: 158, HouseholdClass.OTHER: 6}
_KEPT = frozenset({HouseholdClass.WUBAO, HouseholdClass.SANWU})
_DIBAO = frozenset({HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO})


@dataclass(frozen=True, slots=True)
class Family:
    """A household as the roster lists it, with the story that its visitors will hear.

    `covered` is 保障人口, None where nobody has any; `income` is yuan a month.
    """

    number: str
    place: Place
    household_class: HouseholdClass
    keeping: Keeping | None
    story: Story
    members: tuple[Member, ...]
    covered: int | None
    income: int | None
    further_cause: Cause | None
    need: str
    phone: str
    account: str

    @property
    def head(self) -> Member:
        """The head; always the first of the members."""
        return self.members[0]


def make_families(chance: Random, registry: Registry, homes: list[Place]) -> list[Family]:
    """A family for each home, together 1,260 persons."""
    classes = _classes(chance, homes)
    stories = [_story(chance, one, home) for one, home in zip(classes, homes, strict=True)]
    sizes = _sizes(chance, stories)
    families = []
    for number, (place, one, story, size) in enumerate(zip(homes, classes, stories, sizes, strict=True), 1):
        members = make_members(chance, registry, story, size)
        families.append(_family(chance, registry, f"H{number:04d}", place, one, story, members))
    return families


def _classes(chance: Random, homes: list[Place]) -> list[HouseholdClass]:
    """A class for each home: the urban ones in communities, the rural ones in villages."""
    places = {True: [n for n, home in enumerate(homes) if home.urban]}
    places[False] = [n for n, home in enumerate(homes) if not home.urban]
    for numbers in places.values():
        chance.shuffle(numbers)
    found: dict[int, HouseholdClass] = {}
    for urban, counts in ((True, _URBAN), (False, _RURAL)):
        for one, count in counts.items():
            found |= {places[urban].pop(): one for _ in range(count)}
    rest = [one for one, count in _ANYWHERE.items() for _ in range(count)]
    left = places[True] + places[False]
    chance.shuffle(rest)
    found |= dict(zip(left, rest, strict=True))
    return [found[n] for n in range(len(homes))]


def _story(chance: Random, one: HouseholdClass, home: Place) -> Story:
    if one in _KEPT:
        return ALONE
    fitting = [story for story in STORIES if not (home.urban and story.key in OF_FARMS)]
    return chance.choices(fitting, [story.weight for story in fitting])[0]


def _sizes(chance: Random, stories: list[Story]) -> list[int]:
    """A size that fits each story, the sum being what it must be."""
    weights = {1: 1, 2: 4, 3: 9, 4: 5, 5: 2}
    sizes = [chance.choices(story.sizes, [weights[size] for size in story.sizes])[0] for story in stories]
    while (missing := PERSONS - sum(sizes)) != 0:
        place = chance.randrange(len(sizes))
        size = sizes[place] + (1 if missing > 0 else -1)
        if size in stories[place].sizes:
            sizes[place] = size
    return sizes


def _family(
    chance: Random,
    registry: Registry,
    number: str,
    place: Place,
    one: HouseholdClass,
    story: Story,
    members: tuple[Member, ...],
) -> Family:
    keeping = chance.choice([*Keeping]) if one in _KEPT else None
    members = tuple(_covered_members(chance, one, members))
    covered = sum(member.covered for member in members) or None
    further = FURTHER_CAUSES.get(story.cause, ())
    return Family(
        number=number,
        place=place,
        household_class=one,
        keeping=keeping,
        story=story,
        members=members,
        covered=covered,
        income=_income(chance, one, place.urban, covered or 0, len(members), keeping),
        further_cause=chance.choice(further) if further and chance.random() < 0.4 else None,
        need="入住敬老院" if keeping is Keeping.CENTRAL else _need(chance, story),
        phone="" if keeping is Keeping.CENTRAL or chance.random() < 0.06 else registry.phone(),
        account=registry.account(),
    )


def _need(chance: Random, story: Story) -> str:
    """One thing asked for, or two."""
    count = 2 if len(story.needs) > 2 and chance.random() < 0.25 else 1
    return "、".join(chance.sample(story.needs, k=count))


def _covered_members(chance: Random, one: HouseholdClass, members: tuple[Member, ...]) -> Iterator[Member]:
    """Marks the 保障对象: mostly the whole family, else those who cannot work."""
    if one in _KEPT:
        whole = True
    elif one in _DIBAO:
        whole = chance.random() < 0.7
    else:
        yield from members
        return
    weak = {member.name for member in members if not member.earns} or {members[0].name}
    for member in members:
        yield replace(member, covered=whole or member.name in weak)


def _income(
    chance: Random,
    one: HouseholdClass,
    urban: bool,
    covered: int,
    size: int,
    keeping: Keeping | None,
) -> int | None:
    """Yuan a month: of 低保 below the standard for those covered, of 低收入 somewhat above it."""
    standard = _STANDARDS[urban]
    if keeping is Keeping.CENTRAL:
        return None
    if one in _DIBAO:
        return _tens(0 if chance.random() < 0.06 else standard * covered * chance.randint(18, 72))
    if one is HouseholdClass.LOW_INCOME:
        return _tens(standard * size * chance.randint(106, 145))
    return _tens(standard * size * (chance.randint(150, 190) if one is HouseholdClass.OTHER else 15))


def _tens(hundredths: int) -> int:
    """Whole tens of yuan, as people state their income."""
    return 10 * half_up(hundredths, 1000)
