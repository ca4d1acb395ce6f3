"""Drawing households for a spot check (督查, notice 三.3), so that anybody can repeat and explain the draw.

- Places are given to strata (towns, units, or the county as one) in proportion to their households: each
  gets the whole part of its share, and what is left goes to the largest remainders. Where there are
  enough places, a stratum whose share is below one gets one, and the others share the rest.
- Within a stratum households stand in the order of the SHA-256 of the seed followed by their number; the
  first are drawn. A household that comes or goes elsewhere changes nothing in that order. Equal
  remainders are settled in the same way, by the seed followed by the stratum's name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256


class Strata(StrEnum):
    """By what households are grouped before the draw."""

    TOWN = "镇"
    UNIT = "单位"
    COUNTY = "全市"


class Scope(StrEnum):
    """Of which households due in the quarter some are drawn."""

    ALL = "全部"
    VISITED = "已走访"
    NOT_VISITED = "未走访"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A household drawn, and the stratum it was drawn for."""

    household_no: str
    stratum: str


def default_seed(day: date) -> int:
    """The seed of a draw for which none is given: the day's eight digits, 20140630."""
    return day.year * 10_000 + day.month * 100 + day.day


def draw(strata: Mapping[str, Collection[str]], count: int, seed: int) -> tuple[Drawn, ...]:
    """Draw `count` households, or all where there are fewer: stratum by stratum, each in drawn order."""
    places = shares({name: len(numbers) for name, numbers in strata.items()}, count, seed)
    return tuple(
        Drawn(number, name)
        for name, numbers in strata.items()
        for number in in_drawn_order(numbers, seed)[: places[name]]
    )


def in_drawn_order(numbers: Collection[str], seed: int) -> list[str]:
    """The household numbers in the order in which this seed draws them."""
    return sorted(numbers, key=lambda number: (_lot(seed, number), number))


def shares(sizes: Mapping[str, int], count: int, seed: int) -> dict[str, int]:
    """How many of `count` places each stratum gets; `sizes` are its households.

    Together they are `count`, or all households where there are fewer.
    """
    filled = {name: size for name, size in sizes.items() if size}
    left = min(count, sum(filled.values()))
    places = dict.fromkeys(sizes, 0)
    if left >= len(filled):
        while small := _below_one(filled, left):
            for name in small:
                places[name] = 1
                del filled[name]
            left -= len(small)
    return places | _by_largest_remainder(filled, left, seed)


def _below_one(sizes: Mapping[str, int], left: int) -> list[str]:
    whole = sum(sizes.values())
    return [name for name, size in sizes.items() if size * left < whole]


def _by_largest_remainder(sizes: Mapping[str, int], left: int, seed: int) -> dict[str, int]:
    if not sizes:
        return {}
    whole = sum(sizes.values())
    places = {name: size * left // whole for name, size in sizes.items()}
    order = sorted(sizes, key=lambda name: (-(sizes[name] * left % whole), _lot(seed, name), name))
    for name in order[: left - sum(places.values())]:
        places[name] += 1
    return places


def _lot(seed: int, name: str) -> str:
    return sha256(f"{seed}{name}".encode()).hexdigest()
