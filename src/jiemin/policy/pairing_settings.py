"""Reading what a county lays down for pairing: the table `pairing` of its policy file.

The packaged `pairing.toml` gives every value; a county's file replaces single ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.policy.faults import Faults
from jiemin.policy.setting_items import SettingItem, check_outside, own_items, packaged_items
from jiemin.policy.toml_file import parse, text_of

PAIRING = "pairing"
PACKAGED_PAIRING = "pairing.toml"

_WORDS = {"mode": tuple(Mode), "links": ("soft", "hard")}
_AT_LEAST_ONE = frozenset({"leader_max", "cadres_max", "costs.load_step", "costs.assistant_step"})
_MOST_HOUSEHOLDS, _MOST_POINTS = 100, 10_000
_RISING = (
    ("costs.town_linked", "costs.town_shared", "costs.elsewhere", "costs.place_unknown"),
    ("costs.village_apart", "costs.town_apart"),
)
"""Costs that must not fall as the distance grows."""


PairingItem = SettingItem
"""One value of the table `pairing`."""


@dataclass(frozen=True, slots=True)
class PairingPolicy:
    """Every value in the order of the packaged file, and the settings they make."""

    items: tuple[PairingItem, ...]
    settings: PairingSettings


def load_pairing(overlay: Path | None = None) -> PairingPolicy:
    """The packaged values, with those of the county's own policy file in their place.

    Raises `JieminError` for a file that cannot be read, `PolicyFaultsError` naming all faults of its
    table at once.
    """
    items = packaged_items(PACKAGED_PAIRING, PAIRING)
    if overlay is not None:
        tables = parse(text_of(overlay), overlay.name)
        faults = Faults()
        for name in tables.keys() - {PAIRING}:
            check_outside(items, PAIRING, name, tables[name], overlay.name, faults)
        items |= own_items(items, PAIRING, tables.get(PAIRING, {}), overlay.name, faults, _wrong)
        _check_rising(items, overlay.name, faults)
        faults.raise_any("改好后再运行；现在的数用 jiemin pair rule costs 查看")
    return PairingPolicy(tuple(items.values()), _settings(items))


def _wrong(item: PairingItem, value: Any) -> str:
    """What is wrong with a value; empty if nothing is."""
    key = item.key
    if key in _WORDS:
        return "" if value in _WORDS[key] else f"只能是：{item.meaning}；写英文，加引号"
    least = 1 if key in _AT_LEAST_ONE else 0
    most = _MOST_POINTS if key.startswith("costs.") else _MOST_HOUSEHOLDS
    if type(value) is not int or not least <= value <= most:
        return f"应是{least}到{most}的整数，不加引号"
    return ""


def _check_rising(items: Mapping[str, PairingItem], file: str, faults: Faults) -> None:
    """Farther must not cost less, whichever file says how much nearer costs."""
    for row in _RISING:
        for near, far in pairwise(row):
            if int(items[near].value) > int(items[far].value):
                faults.note(
                    file,
                    f"{PAIRING}.{far}",
                    f"“{items[far].name}”{items[far].value}分，不能比“{items[near].name}”{items[near].value}分少",
                )


def _settings(items: Mapping[str, PairingItem]) -> PairingSettings:
    of_costs = {name: items[f"costs.{name}"].value for name in Costs.__dataclass_fields__}
    quota = tuple(int(item.value) for key, item in items.items() if key.startswith("quota."))
    return PairingSettings(
        rules=Rules(
            mode=Mode(str(items["mode"].value)),
            leader_max=int(items["leader_max"].value),
            cadres_max=int(items["cadres_max"].value),
            quota=quota,
            links_bind=items["links"].value == "hard",
        ),
        costs=Costs(**{name: int(value) for name, value in of_costs.items()}),
    )
