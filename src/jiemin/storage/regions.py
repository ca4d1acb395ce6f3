"""Places, and the units linked with them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.storage.query import select
from jiemin.storage.tables import Region, Unit, UnitRegion

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


def unit_links(connection: Connection, day: date | None = None) -> dict[int, list[int]]:
    """Unit id → ids of the places it is linked with on `day`, or ever."""
    query = select(UnitRegion.unit_id, UnitRegion.region_id).order_by(col(UnitRegion.id))
    if day is not None:
        query = query.where(UnitRegion.valid_from <= day, UnitRegion.valid_to > day)
    links: dict[int, list[int]] = {}
    for unit_id, region_id in connection.execute(query):
        links.setdefault(unit_id, []).append(region_id)
    return links


def links_on(connection: Connection, day: date) -> list[tuple[int, int, date]]:
    """(unit id, place id, since when) of every link in force on `day`, oldest first."""
    query = (
        select(UnitRegion.unit_id, UnitRegion.region_id, UnitRegion.valid_from)
        .where(UnitRegion.valid_from <= day, UnitRegion.valid_to > day)
        .order_by(col(UnitRegion.id))
    )
    return [(unit_id, region_id, start) for unit_id, region_id, start in connection.execute(query)]
