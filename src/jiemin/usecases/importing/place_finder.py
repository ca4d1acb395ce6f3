"""Towns and villages as rosters write them, turned into region ids."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection

from jiemin.domain.places import CountyPlaces, Town
from jiemin.storage import regions
from jiemin.storage.batch import Batch
from jiemin.storage.tables import Region

_NEVER_SEEN = -1


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row says its household lives; `town` is None when it does not say."""

    town: int | None
    village: str = ""
    """As written, without blanks; empty when the row names none."""
    village_id: int | None = None
    """None as well when nobody has named the village before."""

    @property
    def place(self) -> int | None:
        """The region id to match households by; that of a village never seen fits no village."""
        if self.town is None or not self.village:
            return self.town
        return _NEVER_SEEN if self.village_id is None else self.village_id


class PlaceFinder:
    """Finds regions by name; a village nobody has named before is made, a town never."""

    def __init__(
        self, connection: Connection, batch: Batch, county: CountyPlaces, default_town: str | None
    ) -> None:
        self._batch = batch
        self._county = county
        self._default_town = default_town
        known = regions.regions(connection)
        self._keys: dict[int, tuple[int | None, str]] = {
            each.id: (each.parent_id, each.name) for each in known
        }
        self._ids = {key: row_id for row_id, key in self._keys.items()}
        self._codes: dict[int, str] = {each.id: each.code for each in known if each.code}
        self.villages_known = any(each.level == regions.VILLAGE for each in known)
        """Whether any village is on record; before that, a new one is no news."""
        self._memo: dict[str, int | None] = {}
        self._county_id = self._ensure(None, regions.COUNTY, county.name, county.code)
        for town in county.towns:
            self._ensure(self._county_id, regions.TOWN, town.name, town.code)

    def find(self, town_text: str | None, village_text: str | None) -> Placed | None:
        """What a row says of its place; None when the town it names is not one of the county's.

        Without a text, the town is the one given for the whole import; a village without a town
        tells nothing.
        """
        town = self.town(town_text)
        if town is None:
            return None if town_text else Placed(None)
        village = _plain(village_text) if village_text else ""
        return Placed(town, village, self._ids.get((town, village)))

    def region(self, placed: Placed) -> tuple[int, bool]:
        """The region id of a place with a town, made if need be, and whether it is new."""
        known = self._ids.get((placed.town, placed.village)) if placed.village else placed.town
        if known is not None:
            return known, False
        return self._ensure(placed.town, regions.VILLAGE, placed.village, None), True

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

    def town_of(self, region_id: int | None) -> int | None:
        """The town a village lies in; a town's own id is its own."""
        if region_id is None:
            return None
        parent, _ = self._keys[region_id]
        return region_id if parent == self._county_id else parent

    def suggestion(self, text: str) -> str:
        """A hint at the town that may have been meant, for the message."""
        near: Town | None = self._county.suggest_town(text)
        return f"是不是“{near.name}”" if near else ""

    def code_of(self, region_id: int) -> str | None:
        """A region's code, if one is on record."""
        return self._codes.get(region_id)

    def place_of_code(self, code: str, town: int) -> int | None:
        """The region a code belongs to: the one it is on record for, else another town than this whose
        code it begins with."""
        for region_id, known in self._codes.items():
            if known == code or (
                region_id not in {town, self._county_id}
                and self._keys[region_id][0] == self._county_id
                and code.startswith(known)
            ):
                return region_id
        return None

    def give_code(self, region_id: int, code: str) -> None:
        """Let the region have this code."""
        self._batch.change(Region, region_id, {"code": code})
        self._codes[region_id] = code

    def name(self, region_id: int) -> str:
        """A region's town and village, as people write them."""
        parent, name = self._keys[region_id]
        return name if parent in {None, self._county_id} else f"{self.name(parent)}{name}"

    def _ensure(self, parent: int | None, level: str, name: str, code: str | None) -> int:
        key = (parent, name)
        if key not in self._ids:
            row = {"level": level, "name": name, "code": code, "parent_id": parent}
            self._ids[key] = self._batch.add(Region, row)
            self._keys[self._ids[key]] = key
            if code:
                self._codes[self._ids[key]] = code
        return self._ids[key]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
