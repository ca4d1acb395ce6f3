"""What pairing has to know of a household and of a cadre, and nothing more."""

from dataclasses import dataclass

from jiemin.domain.pairing.fields import Field

HIGHEST_RANK = 4


@dataclass(frozen=True, slots=True, order=True)
class PlaceRef:
    """A place in the tree city > town > village; "" where that level is not known.

    Both keys are unique in the county (a village's key already contains its town). A town as a
    whole has an empty village.
    """

    town: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household to be paired. `key` is its number: unique, stable, sortable.

    `depth` of need runs from 0 (lightest) to 3. `former_units` are the units of helpers who left it
    without a cadre; `taken_by` the units that take its village (包村): if there are any, only their
    cadres may be newly paired with it.
    """

    key: str
    place: PlaceRef
    needs: frozenset[Field]
    depth: int
    former_units: frozenset[str] = frozenset()
    taken_by: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 <= self.depth <= 3:
            raise ValueError(f"depth of need must be 0 to 3, got {self.depth}")


@dataclass(frozen=True, slots=True)
class CadreFacts:
    """A cadre who may be paired. `key` is the cadre's number: unique, stable, sortable.

    `rank` runs from 0 (ordinary) to 4 (a leader of the city); `links` are the places that the cadre
    or the cadre's unit is linked with (联系镇, 联系村); `held` the villages of the households that the
    cadre helps already. `besides` counts those that the question leaves out, such as one of 五保 paired
    by hand: they take up places all the same.
    """

    key: str
    unit: str
    field: Field | None
    leader: bool
    rank: int
    links: frozenset[PlaceRef]
    held: frozenset[PlaceRef] = frozenset()
    besides: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.rank <= HIGHEST_RANK:
            raise ValueError(f"rank must be 0 to {HIGHEST_RANK}, got {self.rank}")
        if not all(place.village for place in self.held):
            raise ValueError("held are villages")
