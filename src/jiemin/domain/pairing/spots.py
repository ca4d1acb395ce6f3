"""Where hubs stand, and the way from a household up to them."""

from dataclasses import dataclass
from enum import StrEnum

from jiemin.domain.pairing.facts import HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import Field


class Wide(StrEnum):
    """Hubs above the towns."""

    CITY = "全市"
    ANYWHERE = "不论远近"


@dataclass(frozen=True, slots=True)
class Taken:
    """A village that these units take (包村): nobody else is met there, and it leads nowhere."""

    village: PlaceRef
    units: frozenset[str]


Spot = PlaceRef | Taken | Wide
"""Where a hub stands: a village, a village taken, a town, the city, or anywhere at all."""

Hub = tuple[Spot, Field | None]
"""A spot and a field of work; None stands for any field."""


def spot_of(household: HouseholdFacts) -> Spot:
    """Where a household starts on its way to a cadre."""
    place = household.place
    if household.taken_by:
        return Taken(place, household.taken_by)
    if place.village or place.town:
        return place
    return Wide.ANYWHERE


def way_up(spot: Spot) -> tuple[Spot, ...]:
    """The spot and those above it, nearest first."""
    if isinstance(spot, Taken) or spot is Wide.ANYWHERE:
        return (spot,)
    if not isinstance(spot, PlaceRef):
        return (Wide.CITY, Wide.ANYWHERE)
    spots: list[Spot] = [spot] if spot.village else []
    if spot.town:
        spots.append(PlaceRef(spot.town))
    return (*spots, Wide.CITY, Wide.ANYWHERE)
