"""The cost table: what makes one pair better than another, in whole points, fewer being better.

The cost of a pair is the sum of its lines, and the lines are what a clerk is shown as reasons.
"""

import hashlib
from dataclasses import asdict, dataclass
from functools import lru_cache

from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef


@dataclass(frozen=True, slots=True)
class Costs:
    """Points per circumstance; the place costs must not fall as the distance grows.

    | field | points for |
    |---|---|
    | `town_linked` | the cadre or the unit is linked with the household's town |
    | `town_shared` | linked with another village of the same town |
    | `elsewhere` | linked only with other towns |
    | `place_unknown` | the cadre has no link, or the household no place |
    | `need_missed` | the household has needs and the unit's work serves none of them |
    | `rank_step` | each step by which the cadre's rank is below the depth of need |
    | `village_apart` | the cadre's households in force are in other villages of this town |
    | `town_apart` | the cadre's households in force are in other towns |
    | `unit_changed` | another unit than that of the helper who left the household |
    | `new_pairing` | a pair that is not in force already |
    | `load_step` | a cadre's second household; the third costs twice as much, and so on |
    | `unit_step` | the load of a whole unit, see `unit_load` |
    | `assistant_step` | a place in the queue for assistants, see `assistant` |

    A link with the household's own village costs nothing. With the defaults one place in the queue
    outweighs all the rest of a pair (at most 104 points), so depth of need decides who gets an
    assistant and nearness only which.
    """

    town_linked: int = 10
    town_shared: int = 15
    elsewhere: int = 40
    place_unknown: int = 50
    need_missed: int = 15
    rank_step: int = 6
    village_apart: int = 4
    town_apart: int = 8
    unit_changed: int = 8
    new_pairing: int = 5
    load_step: int = 20
    unit_step: int = 4
    assistant_step: int = 120

    def __post_init__(self) -> None:
        nearness = (0, self.town_linked, self.town_shared, self.elsewhere, self.place_unknown)
        if list(nearness) != sorted(nearness):
            raise ValueError("place costs must not fall as the distance grows")
        if not 0 <= self.village_apart <= self.town_apart:
            raise ValueError("costs of scattered households must not fall as the distance grows")
        if min(self.need_missed, self.rank_step, self.unit_changed, self.new_pairing, self.unit_step) < 0:
            raise ValueError("costs must not be negative")
        if min(self.load_step, self.assistant_step) < 1:
            raise ValueError("load_step and assistant_step must be at least 1")

    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that name this table in the record of a run."""
        text = ";".join(f"{name}={points}" for name, points in sorted(asdict(self).items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def load(self, ordinal: int) -> int:
        """Points for a cadre's `ordinal`-th household (1, 2, …); convex, so loads stay even."""
        return self.load_step * (ordinal - 1)

    def unit_load(self, ordinal: int, staff: int) -> int:
        """Points for the `ordinal`-th household (1, 2, …) that a unit's cadres take freely.

        Not counted is the one household that a cadre has to take (`Rules.least_households`). With
        every quarter of a household per head of the unit's serving `staff` the next costs
        `unit_step` points more; convex, so the units' loads stay even.
        """
        return self.unit_step * ((ordinal - 1) // self.unit_rung(staff))

    def unit_rung(self, staff: int) -> int:
        """How many households of a unit of that many cadres cost the same in `unit_load`."""
        return -(-staff // 4)

    def assistant(self, ordinal: int, depth: int) -> int:
        """Points for the `ordinal`-th assistant (1, 2, …) of a household of that depth.

        A queue in rounds: in each round the deepest need comes first, and nobody gets a second
        assistant before everybody has one. Convex in `ordinal`.
        """
        return self.assistant_step * (4 * (ordinal - 1) + (3 - depth) + 1)

    @property
    def dearest_pair(self) -> int:
        """Upper bound of the cost of one pair."""
        circumstances = (self.place_unknown, self.need_missed, 3 * self.rank_step, self.town_apart)
        return sum(circumstances) + self.unit_changed + self.new_pairing


@dataclass(frozen=True, slots=True)
class CostLine:
    """One reason for or against a pair: what it says (Chinese) and its points."""

    label: str
    amount: int


_line = lru_cache(1_000)(CostLine)
"""Few lines are ever different; millions of pairs share them."""


def cost_lines(
    household: HouseholdFacts, cadre: CadreFacts, costs: Costs, kept: bool
) -> tuple[CostLine, ...]:
    """The reasons of one pair; their sum is the pair's cost. `kept`: in force already."""
    return (
        _place_line(household.place, cadre.links, costs),
        _need_line(household, cadre, costs),
        _rank_line(household, cadre, costs),
        *_together_line(household.place, cadre.held, costs),
        *_handover_line(household.former_units, cadre.unit, costs),
        _line("沿用原有结对", 0) if kept else _line("新结对", costs.new_pairing),
    )


def pair_cost(household: HouseholdFacts, cadre: CadreFacts, costs: Costs, kept: bool) -> int:
    """Cost of one pair in points."""
    return sum(line.amount for line in cost_lines(household, cadre, costs, kept))


def _place_line(place: PlaceRef, links: frozenset[PlaceRef], costs: Costs) -> CostLine:
    known = [link for link in links if link.town or link.village]
    if not known or not (place.town or place.village):
        return _line("远近：没有联系镇村或住址不明", costs.place_unknown)
    if place.village and place in links:
        return _line("远近：联系本村", 0)
    in_town = [link for link in known if place.town and link.town == place.town]
    if any(not link.village for link in in_town):
        return _line("远近：联系本镇", costs.town_linked)
    if in_town:
        return _line("远近：联系同镇的其他村", costs.town_shared)
    return _line("远近：联系的是其他镇", costs.elsewhere)


def _need_line(household: HouseholdFacts, cadre: CadreFacts, costs: Costs) -> CostLine:
    if not household.needs:
        return _line("需求：没有登记", 0)
    if cadre.field in household.needs:
        return _line(f"需求：单位对口({cadre.field})", 0)
    return _line("需求：单位不对口", costs.need_missed)


def _rank_line(household: HouseholdFacts, cadre: CadreFacts, costs: Costs) -> CostLine:
    short = max(0, household.depth - cadre.rank)
    if not short:
        return _line("职级：与困难程度相称", 0)
    return _line(f"职级：比困难程度低{short}级", short * costs.rank_step)


def _together_line(place: PlaceRef, held: frozenset[PlaceRef], costs: Costs) -> tuple[CostLine, ...]:
    """One cadre's households close together; nothing to say of a cadre who has none yet."""
    if not held:
        return ()
    if place in held:
        return (_line("相邻：与其原有结对户同村", 0),)
    if place.town and any(place.town == one.town for one in held):
        return (_line("相邻：与其原有结对户同镇不同村", costs.village_apart),)
    return (_line("相邻：与其原有结对户不同镇", costs.town_apart),)


def _handover_line(former: frozenset[str], unit: str, costs: Costs) -> tuple[CostLine, ...]:
    """A cadre who leaves hands over within the unit; nothing to say where nobody left."""
    if not former:
        return ()
    if unit in former:
        return (_line("接续：原帮扶单位的干部", 0),)
    return (_line("接续：换了单位", costs.unit_changed),)
