"""Reading what a county lays down for pairing: the table `pairing` of its policy file.

The packaged `pairing.toml` gives every value, and what it says of a value stands behind it, as
`# name（unit）：meaning`; that is what people are shown. A county's file replaces single values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.errors import JieminError
from jiemin.policy.toml_fields import Faults
from jiemin.policy.toml_file import parse, text_of

PAIRING = "pairing"
PACKAGED_PAIRING = "pairing.toml"

_LINE = re.compile(
    r'^"?(?P<key>[^\s"=]+)"? = \S+\s+# (?P<name>[^（：]+)（(?P<unit>[^）]+)）：(?P<meaning>.+)$'
)
_TABLE = re.compile(r"^\[([a-z.]+)\]$")
_WORDS = {"mode": tuple(Mode), "links": ("soft", "hard")}
_AT_LEAST_ONE = frozenset({"leader_max", "cadres_max", "costs.load_step", "costs.assistant_step"})
_MOST_HOUSEHOLDS, _MOST_POINTS = 100, 10_000
_RISING = (
    ("costs.town_linked", "costs.town_shared", "costs.elsewhere", "costs.place_unknown"),
    ("costs.village_apart", "costs.town_apart"),
)
"""Costs that must not fall as the distance grows."""


@dataclass(frozen=True, slots=True)
class PairingItem:
    """One value: its key below `pairing`, what it is, and the file that gives it."""

    key: str
    name: str
    unit: str
    meaning: str
    value: int | str
    file: str
    packaged: bool = True


@dataclass(frozen=True, slots=True)
class PairingPolicy:
    """Every value in the order of the packaged file, and the settings they make."""

    items: tuple[PairingItem, ...]
    settings: PairingSettings


def load_pairing(overlay: Path | None = None) -> PairingPolicy:
    """The packaged values, with those of the county's own policy file in their place.

    Raises `JieminError` for a file that cannot be read, or naming all faults of its table at once.
    """
    text = files(__package__).joinpath(PACKAGED_PAIRING).read_text("utf-8")
    items = {item.key: item for item in _packaged(text)}
    if overlay is not None:
        tables = parse(text_of(overlay), overlay.name)
        faults = Faults()
        for name in tables.keys() - {PAIRING}:
            _check_outside(name, tables[name], items, overlay.name, faults)
        items |= _own(items, tables.get(PAIRING, {}), overlay.name, faults)
        _check_rising(items, overlay.name, faults)
        if faults.lines:
            listed = "\n  ".join(faults.lines)
            raise JieminError(
                f"政策文件有{len(faults.lines)}处要改：\n  {listed}",
                "改好后再运行；现在的数用 jiemin pair rule costs 查看",
            )
    return PairingPolicy(tuple(items.values()), _settings(items))


def _packaged(text: str) -> Iterator[PairingItem]:
    """The values of the packaged file with what its comments say of them."""
    values = dict(_flat(parse(text, PACKAGED_PAIRING)[PAIRING]))
    above = ""
    for line in text.splitlines():
        if table := _TABLE.match(line):
            above = f"{table[1]}.".removeprefix(f"{PAIRING}.")
        elif said := _LINE.match(line):
            key = above + said["key"]
            yield PairingItem(key, said["name"], said["unit"], said["meaning"], values[key], PACKAGED_PAIRING)


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def _own(packaged: Mapping[str, PairingItem], told: Any, file: str, faults: Faults) -> dict[str, PairingItem]:
    """The values a county gives, without those that are noted as faults."""
    if not isinstance(told, dict):
        faults.note(file, PAIRING, "应写成一段 [pairing]")
        return {}
    found = {}
    for key, value in _flat(told):
        item = packaged.get(key)
        wrong = _wrong(item, value) if item else _unknown(key, packaged)
        if wrong:
            faults.note(file, f"{PAIRING}.{key}", wrong)
        elif item:
            found[key] = replace(item, value=value, file=file, packaged=False)
    return found


def _check_outside(
    name: str, told: Any, packaged: Mapping[str, PairingItem], file: str, faults: Faults
) -> None:
    """Beside the table `pairing` stand parameters of other plans; what was meant for it would go unread."""
    if isinstance(told, dict):
        tables = {PAIRING: PAIRING}
        tables |= {
            key.partition(".")[0]: f"{PAIRING}.{key.partition('.')[0]}" for key in packaged if "." in key
        }
        meant = get_close_matches(name.lower(), tables, n=1, cutoff=0.8)
        if meant:
            faults.note(file, name, f"没有这一段，是不是 [{tables[meant[0]]}]")
        return
    for key in packaged:
        table, _, last = f"{PAIRING}.{key}".rpartition(".")
        if last == name:
            faults.note(file, name, f"要写在 [{table}] 下面")


def _unknown(key: str, packaged: Mapping[str, PairingItem]) -> str:
    """What may be meant by a key that there is not; of the same table, if there is such a table."""
    above, _, name = key.rpartition(".")
    near = {last: each for each in packaged for table, _, last in [each.rpartition(".")] if table == above}
    near = near or {each: each for each in packaged}
    meant = get_close_matches(name, near, n=1)
    return (
        f"没有这一项，是不是 {near[meant[0]]}" if meant else f"没有这一项，有的是：{'、'.join(near.values())}"
    )


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
