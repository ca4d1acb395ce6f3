"""Towns and villages as rosters write them, turned into region ids."""

import unicodedata

from sqlalchemy import Connection

from jiemin.domain.places import CountyPlaces, Town
from jiemin.storage import regions
from jiemin.storage.batch import Batch
from jiemin.storage.tables import Region


class PlaceFinder:
    """Finds regions by name; a village nobody has named before is made, a town never."""

    def __init__(
        self, connection: Connection, batch: Batch, county: CountyPlaces, default_town: str | None
    ) -> None:
        self._batch = batch
        self._county = county
        self._default_town = default_town
        known = regions.regions(connection)
        self._ids: dict[tuple[int | None, str], int] = {
            (each.parent_id, each.name): each.id for each in known
        }
        self.villages_known = any(each.level == regions.VILLAGE for each in known)
        """Whether any village is on record; before that, a new one is no news."""
        self._memo: dict[str, int | None] = {}
        self._county_id = self._ensure(None, regions.COUNTY, county.name, county.code)
        for town in county.towns:
            self._ensure(self._county_id, regions.TOWN, town.name, town.code)

    def town(self, text: str | None) -> int | None:
        """The town's region id; without a text, the one given for the whole import; None when the
        name is not one of the county's."""
        text = text or self._default_town
        if not text:
            return None
        if text not in self._memo:
            town = self._county.find_town(text)
            self._memo[text] = None if town is None else self._ids[(self._county_id, town.name)]
        return self._memo[text]

    def suggestion(self, text: str | None) -> str:
        """A hint at the town that may have been meant, for the message."""
        near: Town | None = self._county.suggest_town(text) if text else None
        return f"是不是“{near.name}”" if near else ""

    def village(self, town_id: int, text: str) -> tuple[int, bool]:
        """The village's region id, and whether it is one nobody has named before."""
        known = self.known_village(town_id, text)
        if known is not None:
            return known, False
        return self._ensure(town_id, regions.VILLAGE, _plain(text), None), True

    def known_village(self, town_id: int, text: str) -> int | None:
        """The village's region id if it is on record."""
        return self._ids.get((town_id, _plain(text)))

    def name(self, region_id: int) -> str:
        """A region's town and village, as people write them."""
        (parent, name), *_ = [key for key, known in self._ids.items() if known == region_id]
        return name if parent in {None, self._county_id} else f"{self.name(parent)}{name}"

    def _ensure(self, parent: int | None, level: str, name: str, code: str | None) -> int:
        key = (parent, name)
        if key not in self._ids:
            self._ids[key] = self._batch.add(
                Region, {"level": level, "name": name, "code": code, "parent_id": parent}
            )
        return self._ids[key]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
