"""The cost table: what makes one pair better than another, in whole points, fewer being better.

The cost of a pair is the sum of its lines, and the lines are what a clerk is shown as reasons.
"""

import hashlib
from dataclasses import asdict, dataclass

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
    | `new_pairing` | a pair that is not in force already |
    | `load_step` | a leader's second household; the third costs twice as much, and so on |
    | `assistant_step` | a place in the queue for assistants, see `assistant` |

    A link with the household's own village costs nothing. With the defaults one place in the queue
    outweighs all the rest of a pair (at most 83 points), so depth of need decides who gets an
    assistant and nearness only which.
    """

    town_linked: int = 10
    town_shared: int = 15
    elsewhere: int = 40
    place_unknown: int = 50
    need_missed: int = 10
    rank_step: int = 6
    new_pairing: int = 5
    load_step: int = 20
    assistant_step: int = 100

    def __post_init__(self) -> None:
        nearness = (0, self.town_linked, self.town_shared, self.elsewhere, self.place_unknown)
        if list(nearness) != sorted(nearness):
            raise ValueError("place costs must not fall as the distance grows")
        if min(self.need_missed, self.rank_step, self.new_pairing) < 0:
            raise ValueError("costs must not be negative")
        if min(self.load_step, self.assistant_step) < 1:
            raise ValueError("load_step and assistant_step must be at least 1")

    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that name this table in the record of a run."""
        text = ";".join(f"{name}={points}" for name, points in sorted(asdict(self).items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def load(self, ordinal: int) -> int:
        """Points for a leader's `ordinal`-th household (1, 2, …); convex, so loads stay even."""
        return self.load_step * (ordinal - 1)

    def assistant(self, ordinal: int, depth: int) -> int:
        """Points for the `ordinal`-th assistant (1, 2, …) of a household of that depth.

        A queue in rounds: in each round the deepest need comes first, and nobody gets a second
        assistant before everybody has one. Convex in `ordinal`.
        """
        return self.assistant_step * (4 * (ordinal - 1) + (3 - depth) + 1)

    @property
    def dearest_pair(self) -> int:
        """Upper bound of the cost of one pair."""
        return self.place_unknown + self.need_missed + 3 * self.rank_step + self.new_pairing


@dataclass(frozen=True, slots=True)
class CostLine:
    """One reason for or against a pair: what it says (Chinese) and its points."""

    label: str
    amount: int


def cost_lines(
    household: HouseholdFacts, cadre: CadreFacts, costs: Costs, kept: bool
) -> tuple[CostLine, ...]:
    """The reasons of one pair; their sum is the pair's cost. `kept`: in force already."""
    return (
        _place_line(household.place, cadre.links, costs),
        _need_line(household, cadre, costs),
        _rank_line(household, cadre, costs),
        CostLine("沿用原有结对", 0) if kept else CostLine("新结对", costs.new_pairing),
    )


def pair_cost(household: HouseholdFacts, cadre: CadreFacts, costs: Costs, kept: bool) -> int:
    """Cost of one pair in points."""
    return sum(line.amount for line in cost_lines(household, cadre, costs, kept))


def _place_line(place: PlaceRef, links: frozenset[PlaceRef], costs: Costs) -> CostLine:
    known = [link for link in links if link.town or link.village]
    if not known or not (place.town or place.village):
        return CostLine("远近：没有联系镇村或住址不明", costs.place_unknown)
    if place.village and place in links:
        return CostLine("远近：联系本村", 0)
    in_town = [link for link in known if place.town and link.town == place.town]
    if any(not link.village for link in in_town):
        return CostLine("远近：联系本镇", costs.town_linked)
    if in_town:
        return CostLine("远近：联系同镇的其他村", costs.town_shared)
    return CostLine("远近：联系的是其他镇", costs.elsewhere)


def _need_line(household: HouseholdFacts, cadre: CadreFacts, costs: Costs) -> CostLine:
    if not household.needs:
        return CostLine("需求：没有登记", 0)
    if cadre.field in household.needs:
        return CostLine(f"需求：单位对口({cadre.field})", 0)
    return CostLine("需求：单位不对口", costs.need_missed)


def _rank_line(household: HouseholdFacts, cadre: CadreFacts, costs: Costs) -> CostLine:
    short = max(0, household.depth - cadre.rank)
    if not short:
        return CostLine("职级：与困难程度相称", 0)
    return CostLine(f"职级：比困难程度低{short}级", short * costs.rank_step)
