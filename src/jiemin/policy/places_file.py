"""Reading the county's towns from their data file."""

import tomllib
from importlib.resources import files

from jiemin.domain.places import CountyPlaces, Town


def load_places() -> CountyPlaces:
    """The packaged county, 桐乡市, as of 2014."""
    data = tomllib.loads(files(__package__).joinpath("tongxiang-places.toml").read_text("utf-8"))
    towns = tuple(
        Town(each["name"], each.get("code"), tuple(each.get("aliases", ()))) for each in data["town"]
    )
    return CountyPlaces(data["county"]["name"], data["county"]["code"], towns)
