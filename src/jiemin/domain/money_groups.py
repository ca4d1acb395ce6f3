"""What tables of money are added up by: household, class, town, item or month."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.money_items import Item

NO_TOWN = "没有写镇"
"""Where households stand whose town nobody wrote down."""


class By(StrEnum):
    """What amounts are added up by; the values head the first column."""

    HOUSEHOLD = "户编号"
    CLASS = "困难类别"
    TOWN = "镇(街道)"
    ITEM = "项目"
    MONTH = "时段"


class Line(Protocol):
    """Money of one household and item."""

    @property
    def household_no(self) -> str:
        """The household's number."""

    @property
    def household_class(self) -> HouseholdClass:
        """The class the money is for."""

    @property
    def item(self) -> str:
        """What it is given for."""


L = TypeVar("L", bound=Line)


def grouped(
    lines: Iterable[L], by: By, town_of: Mapping[str, str], towns: Iterable[str] = ()
) -> dict[str, list[L]]:
    """The lines of each group that has any, in the order of `towns` and code lists; the rest as they come.

    Months are no matter of household and item: by them nothing is grouped here.
    """
    order: dict[By, Iterable[str]] = {By.TOWN: towns, By.CLASS: HouseholdClass, By.ITEM: Item}
    key: dict[By, Callable[[L], str]] = {
        By.TOWN: lambda line: town_of.get(line.household_no) or NO_TOWN,
        By.CLASS: lambda line: line.household_class,
        By.ITEM: lambda line: line.item,
        By.HOUSEHOLD: lambda line: line.household_no,
    }
    return split(lines, key[by], order.get(by, ()))


def split(lines: Iterable[L], key: Callable[[L], str], order: Iterable[str]) -> dict[str, list[L]]:
    """The lines of each key that has any, keys in this order and others behind them."""
    groups: dict[str, list[L]] = {str(name): [] for name in order}
    for line in lines:
        groups.setdefault(str(key(line)), []).append(line)
    return {name: some for name, some in groups.items() if some}
