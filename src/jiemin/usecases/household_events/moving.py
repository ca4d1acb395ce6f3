"""迁居: a household lives elsewhere in the county from a day on.

Its pairings go on (notice 二.1: 常年结对).
"""

import unicodedata
from difflib import get_close_matches
from functools import partial

from jiemin.domain.household_events import with_reason
from jiemin.domain.places import CountyPlaces
from jiemin.errors import JieminError
from jiemin.storage import cadres, regions
from jiemin.storage.regions import Place
from jiemin.usecases.household_events.event import Event, Family
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.importing.place_finder import Placed, PlaceFinder


def move(household: str, village: str, county: CountyPlaces, reason: str = "") -> Act:
    """The household lives in `village`, told with its town unless the town stays."""
    why = with_reason("迁居", reason)
    return partial(_move, household=household, village=village, county=county, reason=why)


def _move(event: Event, *, household: str, village: str, county: CountyPlaces, reason: str) -> None:
    family = event.active_family(household)
    old = regions.places(event.connection)[family.state.region_id]
    new = find_village(event, village, old.town, county)
    if new.id == old.id:
        raise JieminError(f"{family.number}本来就在{old.town}{old.village}", "核对 --village")
    event.turn(family, {"region_id": new.id}, reason)
    event.step(family.number, "住地", f"{old.town}{old.village}", f"{new.town}{new.village}")
    _judge_links(event, family, new)
    event.to_lead[family.id] = None


def find_village(event: Event, text: str, town: str, county: CountyPlaces) -> Place:
    """The village meant, `乌镇镇塘东村` or `塘东村` of the town given; a new name is taken up, and told.

    Raises `JieminError` when no village is named, or no town of the county.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    known = [each for each in regions.places(event.connection).values() if each.village]
    for each in known:
        if (each.town, each.village) == (town, plain):
            return each
    prefixes = (plain[:length] for length in range(len(plain), 1, -1))
    prefix = next((each for each in prefixes if county.find_town(each)), "")
    name = plain.removeprefix(prefix)
    if not prefix and not town:
        raise JieminError(f"“{text}”没有写镇（街道）", "写成 镇名加村名")
    found = county.town_named(prefix or town).name
    if not name:
        raise JieminError(f"“{text}”没有写村（社区）", f"写到村，如 --village {found}某某村")
    finder = PlaceFinder(event.connection, event.batch, county, None)
    region_id, new = finder.region(Placed(finder.town(found), name))
    if new:
        near = get_close_matches(name, [each.village for each in known if each.town == found], n=1)
        doubt = f"；是不是“{near[0]}”" if near else ""
        event.notes.append(f"{found}以前没有登记过“{name}”，会新建{doubt}")
    return Place(region_id, found, name)


def _judge_links(event: Event, family: Family, new: Place) -> None:
    """Tell of each helper whether the place that he or she, or the unit, is linked with still fits."""
    places = regions.places(event.connection)
    links = regions.unit_links(event.connection, event.day)
    helpers = {row.cadre_id for row in family.pairings}
    for each in cadres.cadres_on(event.connection, event.day):
        if each.id not in helpers:
            continue
        own = [each.link_id] if each.link_id is not None else links.get(each.unit_id, [])
        linked = [places[link] for link in own]
        fits = any(link.town == new.town and link.village in ("", new.village) for link in linked)
        names = "、".join(f"{link.town}{link.village}" for link in linked)
        if not linked:
            told = "没有登记联系镇村"
        elif fits:
            told = f"联系{names}，仍然对得上"
        else:
            told = f"联系{names}，与新住地对不上；结对照旧，要换人用 jiemin pair end 和 pair add"
        event.notes.append(f"{each.name}{told}")
