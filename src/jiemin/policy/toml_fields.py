"""Reading the fields of one TOML table with their types, gathering what is wrong with them.

Numbers come as `int` or `Decimal`; no float ever arises.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from jiemin.policy.faults import Faults

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LARGEST = 10**8
"""Yuan or per cent; no standard per person or household comes near it."""


class Fields:
    """One table's fields. A field that is missing or wrong is noted, and None stands in for it."""

    def __init__(self, table: Mapping[str, Any], faults: Faults, file: str, place: str) -> None:
        self._table = table
        self._faults = faults
        self._file = file
        self._place = place
        self.sound = True
        """Whether nothing was wrong so far."""

    def fault(self, what: str) -> None:
        """Note what is wrong with this table."""
        self.sound = False
        self._faults.note(self._file, self._place, what)

    def only(self, known: Sequence[str]) -> None:
        """No field but these may be here."""
        for name in self._table:
            if name not in known:
                self.fault(f"不认识的项“{name}”，可以写的有：{'、'.join(known)}")

    def states(self, name: str) -> bool:
        """Whether the field is written, readable or not."""
        return name in self._table

    def text(self, name: str, *, needed: bool = True) -> str | None:
        """A text that is not blank."""
        value = self._get(name, needed)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.fault(f"{name} 应是有内容的文字，要加引号")
            return None
        return value

    def word(self, name: str, words: Sequence[str], *, needed: bool = True) -> str | None:
        """One of these words."""
        value = self._get(name, needed)
        if value is not None and (not isinstance(value, str) or value not in words):
            self.fault(f"{name} 只能是：{'、'.join(words)}")
            return None
        return value

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """A whole day."""
        value = self._get(name, needed)
        if value is None:
            return None
        # A TOML date with a time is a `datetime`, which counts as a `date` too.
        if type(value) is not date or not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            self.fault(f"{name} 应是日期，写成 2014-04-01，不加引号")
            return None
        return value

    def flag(self, name: str) -> bool:
        """`true` or `false`; false when it is not written."""
        value = self._get(name, needed=False)
        if value is not None and not isinstance(value, bool):
            self.fault(f"{name} 只能是 true 或 false")
        return value is True

    def number(self, name: str, decimals: int) -> int | None:
        """A number ≥ 0 with at most so many decimals, as a whole number of its last decimal."""
        value = self._get(name, needed=True)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(f"{name} 应是数字，不加引号")
        elif isinstance(value, Decimal) and _in_powers(value):
            self.fault(f"{name} 应写成普通的数字，如 416.50，不用 e")
        elif not (Decimal(value).is_finite() and 0 <= value <= _LARGEST):
            self.fault(f"{name} 应在0和1亿之间")
        else:
            whole = Decimal(value).quantize(Decimal(1).scaleb(-decimals))
            if whole == value:
                return int(whole.scaleb(decimals))
            self.fault(f"{name} 最多{decimals}位小数")
        return None

    def table(self, name: str) -> dict[str, Any] | None:
        """A table, or None when it is not written."""
        value = self._get(name, needed=False)
        if value is not None and not isinstance(value, dict):
            self.fault(f"{name} 应写成 {{…}}")
            return None
        return value

    def tables(self, name: str) -> list[dict[str, Any]]:
        """A list of tables; empty when it is not written."""
        value = self._get(name, needed=False)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.fault(f"{name} 应写成若干段 [[…{name}]]")
            return []
        return value

    def within(self, name: str, table: Mapping[str, Any]) -> "Fields":
        """The fields of a table inside this one."""
        return Fields(table, self._faults, self._file, f"{self._place} {name}")

    def _get(self, name: str, needed: bool) -> Any:
        if needed and name not in self._table:
            self.fault(f"缺少 {name}")
        return self._table.get(name)


def _in_powers(value: Decimal) -> bool:
    """Whether it was written as 4e2; people who read a policy file count the noughts."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent > 0
