"""How fair and how fitting a pairing is: loads of cadres and units, and what its pairs have for them.

What speaks for a pair is read from its reasons as they were kept (`costs.cost_lines`), so that the
figures of a run stay what they were, whatever is told of households and cadres later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jiemin.domain.money import half_up

Reasons = Sequence[tuple[str, int]]
"""Label and points of each reason of one pair."""


class Nearness(StrEnum):
    """How near the household is to the places that the cadre or the unit is linked with."""

    VILLAGE = "本村"
    TOWN = "本镇"
    SAME_TOWN = "同镇"
    ELSEWHERE = "其他镇"
    UNKNOWN = "不明"


_NEARNESS = {
    "远近：联系本村": Nearness.VILLAGE,
    "远近：联系本镇": Nearness.TOWN,
    "远近：联系同镇的其他村": Nearness.SAME_TOWN,
    "远近：联系的是其他镇": Nearness.ELSEWHERE,
    "远近：没有联系镇村或住址不明": Nearness.UNKNOWN,
}
_FIELD_RIGHT, _FIELD_WRONG, _RANK = "需求：单位对口", "需求：单位不对口", "职级："
_RANK_ADEQUATE = "职级：与困难程度相称"


@dataclass(frozen=True, slots=True)
class CadreLoad:
    """A serving cadre, and how many households he or she has."""

    unit: str
    leader: bool
    households: int


@dataclass(frozen=True, slots=True)
class Loads:
    """How many households each of some people has: the least, the middle and the most.

    The median is in tenths. `people_with[n]` is how many have n households, from 0 to the most.
    """

    people: int
    least: int
    median: int
    most: int
    people_with: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit's load: the households its serving cadres have, each cadre's counted, and per head."""

    unit: str
    staff: int
    households: int

    @property
    def per_head(self) -> int:
        """Households per serving cadre, in tenths, halves up."""
        return half_up(10 * self.households, self.staff)


@dataclass(frozen=True, slots=True)
class Fit:
    """How many pairs are how near, and serve need and depth of need.

    `untold` pairs have no reasons on record, since people made them. Of the others,
    `field_right + field_wrong` are of households with needs on record.
    """

    near: Mapping[Nearness, int]
    field_right: int
    field_wrong: int
    rank_adequate: int
    rank_short: int
    untold: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """The loads of all cadres and of the leaders among them, the units' loads, and the pairs' fit."""

    cadres: Loads
    leaders: Loads
    units: tuple[UnitLoad, ...]
    fit: Fit

    @property
    def lightest(self) -> tuple[UnitLoad, ...]:
        """The units with the least load per head, as told in tenths."""
        least = min((unit.per_head for unit in self.units), default=0)
        return tuple(unit for unit in self.units if unit.per_head == least)

    @property
    def heaviest(self) -> tuple[UnitLoad, ...]:
        """The units with the highest load per head, as told in tenths."""
        most = max((unit.per_head for unit in self.units), default=0)
        return tuple(unit for unit in self.units if unit.per_head == most)


def fairness(cadres: Sequence[CadreLoad], pairs: Iterable[Reasons]) -> Fairness:
    """The figures of a pairing: its serving cadres with their loads, and the reasons of its pairs."""
    return Fairness(
        cadres=loads(cadre.households for cadre in cadres),
        leaders=loads(cadre.households for cadre in cadres if cadre.leader),
        units=unit_loads(cadres),
        fit=fit(pairs),
    )


def loads(numbers: Iterable[int]) -> Loads:
    """The loads of people with so many households each; all zero when there is nobody."""
    listed = sorted(numbers)
    if not listed:
        return Loads(0, 0, 0, 0, ())
    many = Counter(listed)
    middle = listed[(len(listed) - 1) // 2] + listed[len(listed) // 2]
    return Loads(
        people=len(listed),
        least=listed[0],
        median=5 * middle,
        most=listed[-1],
        people_with=tuple(many[number] for number in range(listed[-1] + 1)),
    )


def unit_loads(cadres: Iterable[CadreLoad]) -> tuple[UnitLoad, ...]:
    """The units of these cadres, by name."""
    staff, households = Counter[str](), Counter[str]()
    for cadre in cadres:
        staff[cadre.unit] += 1
        households[cadre.unit] += cadre.households
    return tuple(UnitLoad(unit, staff[unit], households[unit]) for unit in sorted(staff))


def fit(pairs: Iterable[Reasons]) -> Fit:
    """What the reasons of these pairs say of place, need and rank."""
    near, seen = dict.fromkeys(Nearness, 0), Counter[str]()
    for reasons in pairs:
        seen["untold"] += not reasons
        for label, _ in reasons:
            if label in _NEARNESS:
                near[_NEARNESS[label]] += 1
            seen["right"] += label.startswith(_FIELD_RIGHT)
            seen["wrong"] += label == _FIELD_WRONG
            seen["ranked"] += label.startswith(_RANK)
            seen["adequate"] += label == _RANK_ADEQUATE
    return Fit(
        near=near,
        field_right=seen["right"],
        field_wrong=seen["wrong"],
        rank_adequate=seen["adequate"],
        rank_short=seen["ranked"] - seen["adequate"],
        untold=seen["untold"],
    )
