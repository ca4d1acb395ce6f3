"""包村: a unit takes a village, whose households then only its cadres may newly help."""

from collections.abc import Iterable
from datetime import date

from jiemin.domain.spans import Outcome, amend
from jiemin.errors import JieminError
from jiemin.storage import regions
from jiemin.storage.batch import Batch
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.regions import LinkRow
from jiemin.storage.run_tables import UnitRegion
from jiemin.storage.stamp import Stamp
from jiemin.usecases.find_records import find_unit, find_village
from jiemin.usecases.pair_rules import Decided

_DATED = {"start": "valid_from", "end": "valid_to"}


def take_village(database: Database, stamp: Stamp, unit: str, village: str, day: date) -> Decided:
    """From `day` on the unit takes the village, whether it was linked with it or not.

    Raises `NotFoundError`, or `JieminError` when it takes the village already.
    """
    with write_door(database, stamp) as door:
        unit_id, name = find_unit(door.connection, unit)
        place = find_village(door.connection, village)
        links = [each for each in regions.links(door.connection) if each.region_id == place.id]
        if not _tell(door, links, (unit_id, place.id), day, takes=True):
            raise JieminError(f"{name}已经包{place.town}{place.village}", "用 jiemin pair rule list 查看")
    others = [each.unit for each in links if each.takes and each.unit_id != unit_id and each.end > day]
    shared = f"{'、'.join(others)}也包这个村：这里的户可以配其中任一单位的干部"
    return Decided(f"已登记：{name}包{place.town}{place.village}，{day}起", (shared,) if others else ())


def end_taking(door: Door, taken: LinkRow, day: date) -> None:
    """Let the unit take the village no longer from `day` on; it stays linked with it."""
    key = taken.unit_id, taken.region_id
    _tell(door, regions.links(door.connection), key, max(day, taken.start), takes=False)


def _tell(door: Door, links: Iterable[LinkRow], key: tuple[int, int], day: date, *, takes: bool) -> bool:
    """Write whether a unit takes a place from `day` on; whether that is new."""
    amendment = amend(regions.spans_of(links).get(key, []), day, {"takes": takes})
    batch = Batch(door)
    for row_id, fields in amendment.rewrites:
        batch.change(UnitRegion, row_id, {_DATED.get(name, name): value for name, value in fields.items()})
    for start, end, state in amendment.starts:
        owner = {"unit_id": key[0], "region_id": key[1]}
        batch.add(UnitRegion, {**owner, **state, "valid_from": start, "valid_to": end})
    batch.flush()
    return amendment.outcome is not Outcome.UNCHANGED
