"""Where the invented families live: the county's 12 towns, with villages that do not exist."""

from dataclasses import dataclass
from random import Random

_TOWNS = {
    "梧桐街道": (8, 9, 40),
    "龙翔街道": (9, 2, 24),
    "凤鸣街道": (11, 4, 30),
    "乌镇镇": (14, 4, 40),
    "濮院镇": (14, 4, 38),
    "屠甸镇": (13, 2, 30),
    "石门镇": (15, 2, 36),
    "河山镇": (11, 1, 26),
    "洲泉镇": (17, 2, 40),
    "大麻镇": (12, 1, 24),
    "崇福镇": (20, 6, 56),
    "高桥镇": (17, 2, 36),
}
"""Villages, communities and households of each town: 200 places, 420 households."""

_FIRST = "望柳桑菊荷兰枫竹莲云星秋丰福安和永长碧金银玉石稻茧梅杏鹭燕鹤虹晴明朝泰"
_LAST = "湖塘园浜桥港泾墩渡圩湾荡漾"


@dataclass(frozen=True, slots=True)
class Place:
    """A village or community."""

    town: str
    name: str

    @property
    def urban(self) -> bool:
        """A community, whose poor get the urban allowance."""
        return self.name.endswith("社区")


def make_places(chance: Random) -> list[Place]:
    """All places, by town; no name comes twice in the county."""
    names = [first + last for first in _FIRST for last in _LAST]
    chance.shuffle(names)
    places = []
    for town, (villages, communities, _) in _TOWNS.items():
        places += [Place(town, f"{names.pop()}社区") for _ in range(communities)]
        places += [Place(town, f"{names.pop()}村") for _ in range(villages)]
    return places


def spread_households(chance: Random, places: list[Place]) -> list[Place]:
    """The place of each household, in the order of `places`; every place has at least one."""
    homes = []
    for town, (_, _, households) in _TOWNS.items():
        own = [place for place in places if place.town == town]
        weights = [1.6 if place.urban else 1.0 for place in own]
        homes += own + chance.choices(own, weights, k=households - len(own))
    order = {place: number for number, place in enumerate(places)}
    return sorted(homes, key=order.__getitem__)
