"""Where a cadre can be met: the spots, and what a household pays for the place if it gets there."""

from jiemin.domain.pairing.facts import CadreFacts, PlaceRef
from jiemin.domain.pairing.problem import PairingProblem
from jiemin.domain.pairing.spots import Spot, Taken, Wide, spot_of


class Reaches:
    """The reach of every cadre of a problem; cadres linked alike share one.

    The nearest spot at which a household finds the cadre tells exactly the points of the two lines of
    place (远近, 相邻), since neither falls as the distance grows. Spots where nobody lives are left
    out, and so are those where a rule forbids new pairs.
    """

    def __init__(self, problem: PairingProblem) -> None:
        self.costs, self.binding = problem.costs, problem.rules.links_bind
        spots = {spot_of(household) for household in problem.households}
        self.villages = {spot for spot in spots if isinstance(spot, PlaceRef) and spot.village}
        self.towns = {spot.town for spot in spots if isinstance(spot, PlaceRef) and spot.town}
        taken = (spot for spot in spots if isinstance(spot, Taken))
        self.taken = sorted(taken, key=lambda spot: (spot.village, sorted(spot.units)))
        self.takers = frozenset[str]().union(*(spot.units for spot in self.taken))
        self.known: dict[object, tuple[tuple[Spot, int], ...]] = {}

    def of(self, cadre: CadreFacts) -> tuple[tuple[Spot, int], ...]:
        """The spots where the cadre can be met, each with its points."""
        key = (cadre.links, cadre.held, cadre.unit if cadre.unit in self.takers else "")
        if key not in self.known:
            self.known[key] = tuple(self._reach(cadre).items())
        return self.known[key]

    def _reach(self, cadre: CadreFacts) -> dict[Spot, int]:
        links = {link for link in cadre.links if link.town or link.village}
        binding = self.binding and bool(links)
        whole = {link.town for link in links if not link.village}
        near = _Nearness(links, cadre.held, self)
        reach: dict[Spot, int] = {}
        for village in sorted((links | cadre.held) & self.villages):
            if not binding or village in links or village.town in whole:
                reach[village] = near.place(village)
        towns = whole if binding else {place.town for place in links | cadre.held}
        for town in sorted(towns & self.towns):
            reach[PlaceRef(town)] = near.town(town)
        if not binding:
            far = self.costs.town_apart if cadre.held else 0
            if links:
                reach[Wide.CITY] = self.costs.elsewhere + far
            reach[Wide.ANYWHERE] = self.costs.place_unknown + far
        for spot in self.taken:
            if cadre.unit in spot.units:
                reach[spot] = near.place(spot.village)
        return reach


class _Nearness:
    """Points of the lines of place for a village, or for a town's other villages."""

    def __init__(self, links: set[PlaceRef], held: frozenset[PlaceRef], reaches: Reaches) -> None:
        self.links, self.held, self.costs = links, held, reaches.costs
        self.linked_towns = {link.town for link in links}
        self.held_towns = {place.town for place in held}

    def place(self, place: PlaceRef) -> int:
        apart = 0 if place in self.held else self._apart(place.town)
        if place.village and place in self.links:
            return apart
        known = place.village or place.town
        return apart + (self._town(place.town) if known else self.costs.place_unknown)

    def town(self, town: str) -> int:
        return self._town(town) + self._apart(town)

    def _town(self, town: str) -> int:
        if town and PlaceRef(town) in self.links:
            return self.costs.town_linked
        if town and town in self.linked_towns:
            return self.costs.town_shared
        return self.costs.elsewhere if self.links else self.costs.place_unknown

    def _apart(self, town: str) -> int:
        if not self.held:
            return 0
        return self.costs.village_apart if town and town in self.held_towns else self.costs.town_apart
