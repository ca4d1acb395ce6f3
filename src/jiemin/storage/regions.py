"""Places, and the units linked with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.domain.spans import Held
from jiemin.storage.query import select
from jiemin.storage.tables import Region, Unit

COUNTY, TOWN, VILLAGE = "市", "镇", "村"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the rest of the program speaks of it; town or village may be empty."""

    id: int
    town: str
    village: str


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A county, town or village."""

    id: int
    level: str
    name: str
    code: str | None
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A unit is linked with a place for a time; with `takes` (包村) its cadres alone help that village."""

    id: int
    unit_id: int
    unit: str
    region_id: int
    takes: bool
    start: date
    end: date


def regions(connection: Connection) -> list[RegionRow]:
    """All regions, parents before children."""
    query = select(Region.id, Region.level, Region.name, Region.code, Region.parent_id)
    return [RegionRow(*row) for row in connection.execute(query.order_by(col(Region.id)))]


def places(connection: Connection) -> dict[int, Place]:
    """Town and village names by region id."""
    found: dict[int, Place] = {}
    for region in regions(connection):
        if region.level == VILLAGE and region.parent_id in found:
            found[region.id] = Place(region.id, found[region.parent_id].town, region.name)
        else:
            found[region.id] = Place(region.id, region.name if region.level == TOWN else "", "")
    return found


def units(connection: Connection) -> dict[str, int]:
    """Unit names with their ids."""
    return {name: row_id for row_id, name in connection.execute(select(Unit.id, Unit.name))}


def unit_links(connection: Connection, day: date) -> dict[int, list[int]]:
    """Unit id → ids of the places it is linked with on `day`."""
    found: dict[int, list[int]] = {}
    for link in links(connection, day):
        found.setdefault(link.unit_id, []).append(link.region_id)
    return found


def links(connection: Connection, day: date | None = None) -> list[LinkRow]:
    """The links of units with places in force on `day`, or all there ever were, oldest first."""
    from jiemin.storage.run_tables import UnitRegion

    query = select(
        UnitRegion.id,
        UnitRegion.unit_id,
        Unit.name,
        UnitRegion.region_id,
        UnitRegion.takes,
        UnitRegion.valid_from,
        UnitRegion.valid_to,
    ).join(Unit, col(Unit.id) == UnitRegion.unit_id)
    if day is not None:
        query = query.where(UnitRegion.valid_from <= day, UnitRegion.valid_to > day)
    return [LinkRow(*row) for row in connection.execute(query.order_by(col(UnitRegion.id)))]


def spans_of(links: Iterable[LinkRow]) -> dict[tuple[int, int], list[Held]]:
    """(unit id, place id) → that link's spans; whether the unit takes the place is their state."""
    spans: dict[tuple[int, int], list[Held]] = {}
    for each in links:
        held = Held(each.id, each.start, each.end, {"takes": each.takes})
        spans.setdefault((each.unit_id, each.region_id), []).append(held)
    return spans
