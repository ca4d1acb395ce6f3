"""Single values that a county lays down in a table of its policy file, such as `pairing` or `check`.

A packaged file gives every value, and what it says of a value stands behind it, as
`# name（unit）：meaning`; that is what people are shown. A county's file replaces single values.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

from jiemin.policy.faults import Faults
from jiemin.policy.toml_file import parse

_LINE = re.compile(
    r'^"?(?P<key>[^\s"=]+)"? = \S+\s+# (?P<name>[^（：]+)（(?P<unit>[^）]+)）：(?P<meaning>.+)$'
)
_TABLE = re.compile(r"^\[([a-z.]+)\]$")


@dataclass(frozen=True, slots=True)
class SettingItem:
    """One value: its key below the table, what it is, and the file that gives it."""

    key: str
    name: str
    unit: str
    meaning: str
    value: int | str
    file: str
    packaged: bool = True


Items = dict[str, SettingItem]


def packaged_items(file: str, table: str) -> Items:
    """The values of a packaged file's table with what its comments say of them, by key, in its order."""
    text = files(__package__).joinpath(file).read_text("utf-8")
    values = dict(_flat(parse(text, file)[table]))
    items: Items = {}
    above = ""
    for line in text.splitlines():
        if heading := _TABLE.match(line):
            above = f"{heading[1]}.".removeprefix(f"{table}.")
        elif said := _LINE.match(line):
            key = above + said["key"]
            items[key] = SettingItem(key, said["name"], said["unit"], said["meaning"], values[key], file)
    return items


def own_items(
    packaged: Items,
    table: str,
    told: Any,
    file: str,
    faults: Faults,
    wrong: Callable[[SettingItem, Any], str],
) -> Items:
    """The values a county gives, without those that are noted as faults; `wrong` says what is wrong with
    one, empty if nothing is."""
    if not isinstance(told, dict):
        faults.note(file, table, f"应写成一段 [{table}]")
        return {}
    found = {}
    for key, value in _flat(told):
        item = packaged.get(key)
        said = wrong(item, value) if item else _unknown(key, packaged)
        if said:
            faults.note(file, f"{table}.{key}", said)
        elif item:
            found[key] = replace(item, value=value, file=file, packaged=False)
    return found


def check_outside(packaged: Items, table: str, name: str, told: Any, file: str, faults: Faults) -> None:
    """Beside the table stand other tables and parameters; what was meant for it would go unread."""
    if isinstance(told, dict):
        tables = {table: table}
        tables |= {
            key.partition(".")[0]: f"{table}.{key.partition('.')[0]}" for key in packaged if "." in key
        }
        meant = get_close_matches(name.lower(), tables, n=1, cutoff=0.8)
        if meant:
            faults.note(file, name, f"没有这一段，是不是 [{tables[meant[0]]}]")
        return
    for key in packaged:
        heading, _, last = f"{table}.{key}".rpartition(".")
        if last == name:
            faults.note(file, name, f"要写在 [{heading}] 下面")


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def _unknown(key: str, packaged: Items) -> str:
    """What may be meant by a key that there is not; of the same table, if there is such a table."""
    above, _, name = key.rpartition(".")
    near = {last: each for each in packaged for table, _, last in [each.rpartition(".")] if table == above}
    near = near or {each: each for each in packaged}
    meant = get_close_matches(name, near, n=1)
    return (
        f"没有这一项，是不是 {near[meant[0]]}" if meant else f"没有这一项，有的是：{'、'.join(near.values())}"
    )
