"""Facts of invented counties, as many and as large as a benchmark asks: the same seed, the same people."""

import random
from dataclasses import dataclass
from itertools import chain

from jiemin.domain.pairing import CadreFacts, Field, HouseholdFacts, PairingProblem, PlaceRef, Rules

TOWNS, VILLAGES, UNITS, TAKES = 12, 15, 60, 15
"""Towns of a county, villages of a town, units of a county, of how many one takes a village."""

_NEEDS = tuple(
    map(
        frozenset,
        (
            (),
            (Field.HEALTH,),
            (Field.HEALTH, Field.DISABILITY),
            (Field.DISABILITY,),
            (Field.SCHOOLING,),
            (Field.JOBS, Field.PROJECTS),
            (Field.HOUSING,),
            (Field.RELIEF,),
        ),
    )
)
_HOW_MANY_NEED = (10, 30, 12, 10, 12, 8, 6, 12)
_DEPTHS, _OF_DEPTH = (0, 1, 2, 3), (2, 30, 50, 18)
_WORK = (*Field, None, None)


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    work: Field | None
    links: tuple[PlaceRef, ...]
    """The unit's own town, or those of its villages that one or another cadre is linked with."""


def province(
    households: int, cadres: int, counties: int, rules: Rules | None = None, *, plain: bool = False
) -> PairingProblem:
    """One problem over so many counties.

    Unless it is `plain`, units take villages, and of a thousand households one must not have some cadre
    and one must have another.
    """
    chance = random.Random(20140318)
    parts = [
        _county(
            chance,
            f"{number:02d}",
            _share(households, counties, number),
            _share(cadres, counties, number),
            plain=plain,
        )
        for number in range(counties)
    ]
    homes = tuple(chain.from_iterable(part[0] for part in parts))
    helpers = tuple(chain.from_iterable(part[1] for part in parts))
    decided = 0 if plain else 1 + households // 1000
    required = {home.key: helper.key for home, helper in zip(homes[5::1000], helpers[7::1000], strict=False)}
    barred = {(chance.choice(homes).key, chance.choice(helpers).key) for _ in range(decided)}
    must = frozenset() if plain else frozenset(required.items())
    return PairingProblem(
        homes, helpers, barred=frozenset(barred) - must, required=must, rules=rules or Rules()
    )


def _share(total: int, parts: int, number: int) -> int:
    return total * (number + 1) // parts - total * number // parts


def _county(
    chance: random.Random, county: str, households: int, cadres: int, *, plain: bool
) -> tuple[list[HouseholdFacts], list[CadreFacts]]:
    villages = [
        PlaceRef(f"{county}{town:02d}", f"{county}{town:02d}/{village:02d}")
        for town in range(TOWNS)
        for village in range(VILLAGES)
    ]
    units = [_unit(chance, county, number, villages) for number in range(UNITS)]
    taken = {} if plain else {unit.links[0]: frozenset({unit.name}) for unit in units[1::TAKES]}
    needs = chance.choices(_NEEDS, _HOW_MANY_NEED, k=households)
    depths = chance.choices(_DEPTHS, _OF_DEPTH, k=households)
    homes = []
    for number in range(households):
        place = chance.choice(villages)
        homes.append(
            HouseholdFacts(
                f"{county}H{number:06d}",
                place,
                needs[number],
                depths[number],
                taken_by=taken.get(place, frozenset()),
            )
        )
    return homes, [_cadre(chance, county, number, units[number % UNITS]) for number in range(cadres)]


def _unit(chance: random.Random, county: str, number: int, villages: list[PlaceRef]) -> _Unit:
    """Each unit is linked with one town; two in three know which villages of it are whose."""
    town = villages[number % TOWNS * VILLAGES].town
    own = [village for village in villages if village.town == town]
    links = chance.sample(own, k=5) if number % 3 else [PlaceRef(town)]
    return _Unit(f"{county}U{number:02d}", _WORK[number % len(_WORK)], tuple(links))


def _cadre(chance: random.Random, county: str, number: int, unit: _Unit) -> CadreFacts:
    leader = chance.random() < 0.125
    rank = chance.choice((2, 3, 4)) if leader else chance.choice((0, 0, 1))
    links = frozenset({chance.choice(unit.links)})
    return CadreFacts(f"{county}C{number:06d}", unit.name, unit.work, leader, rank, links)
