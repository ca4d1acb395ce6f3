"""Reading the thresholds of the checks: the table `check` of a county's policy file.

The packaged `check.toml` gives every value; a county's file replaces single ones.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiemin.domain.checks.settings import CheckSettings
from jiemin.policy.faults import Faults
from jiemin.policy.setting_items import SettingItem, check_outside, own_items, packaged_items
from jiemin.policy.toml_file import parse, text_of

CHECK = "check"
PACKAGED_CHECK = "check.toml"

_LEAST = {"same_notes": 2, "alike_notes": 2, "note_length": 4, "roster_months": 1, "oldest_age": 60}
"""Below these a threshold would say nothing; others may be 0."""
_MOST = 1000


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """Every threshold in the order of the packaged file, and the settings they make."""

    items: tuple[SettingItem, ...]
    settings: CheckSettings


def load_check(overlay: Path | None = None) -> CheckPolicy:
    """The packaged thresholds, with those of the county's own policy file in their place.

    Raises `JieminError` for a file that cannot be read, `PolicyFaultsError` naming all faults of its
    table at once.
    """
    items = packaged_items(PACKAGED_CHECK, CHECK)
    if overlay is not None:
        tables = parse(text_of(overlay), overlay.name)
        faults = Faults()
        for name in tables.keys() - {CHECK}:
            check_outside(items, CHECK, name, tables[name], overlay.name, faults)
        items |= own_items(items, CHECK, tables.get(CHECK, {}), overlay.name, faults, _wrong)
        faults.raise_any("改好后再运行；现在的数用 jiemin check --codes 查看")
    settings = CheckSettings(**{key: int(item.value) for key, item in items.items()})
    return CheckPolicy(tuple(items.values()), settings)


def _wrong(item: SettingItem, value: Any) -> str:
    """What is wrong with a value; empty if nothing is."""
    least = _LEAST.get(item.key, 0)
    if type(value) is not int or not least <= value <= _MOST:
        return f"应是{least}到{_MOST}的整数，不加引号"
    return ""
