"""The option `--by` of tables of money: what amounts are added up by."""

from collections.abc import Callable
from typing import Any

import typer

_WORDS = {
    "TOWN": ("镇", "town", "镇(街道)"),
    "HOUSEHOLD": ("家庭", "household", "户"),
    "CLASS": ("类别", "class", "困难类别"),
    "ITEM": ("项目", "item"),
    "MONTH": ("月份", "month", "月"),
}
"""Name of a `domain.money_groups.By` → the words it may be called by; the first is told."""


def by_option(*names: str) -> Callable[[Any], Any]:
    """Reads a word that means one of these; raises `BadParameter` for any other."""

    def read(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        from jiemin.domain.money_groups import By

        for name in names:
            if text in _WORDS[name]:
                return By[name]
        *others, last = (_WORDS[name][0] for name in names)
        raise typer.BadParameter(f"只能是 {'、'.join(others)} 或 {last}")

    return read
