"""County policy files drawn at random: standards, raises in the middle of months and years, settings, floors.

`only_raises` draws books whose raises never take away: then nobody may get less with them than without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

FIRST, LAST = date(2014, 1, 1), date(2015, 12, 31)

MONTHLY = {"dibao.urban.standard": 520, "dibao.rural.standard": 400}
SUPPORT = tuple(f"support.{a}.{b}" for a in ("wubao", "sanwu") for b in ("central", "dispersed"))
GRANTS = ("housing.grant.c", "housing.grant.d")
CHILDREN = ("child.dispersed", "child.central")
SUPPLEMENTS = tuple(f"supplement.{name}" for name in ("severe", "disabled", "elder", "minor", "illness"))
CONTRIBUTIONS = ("pension.contribution", "health_insurance.contribution", "illness_insurance.contribution")
SHARES = ("pension.share", "health_insurance.share", "illness_insurance.share")
LOW_INCOME = ("low_income.household", "low_income.person")
WORDS = {
    "dibao.formula": ("monthly", "monthly", "monthly", "monthly", "yearly", "yearly", "tiers"),
    "dibao.rounding": ("fen", "fen", "yuan"),
    "dibao.persons": ("covered", "covered", "size"),
    "dibao.severe": ("none", "full"),
    "supplement.rule": ("none", "highest", "sum"),
    "child.netting": ("net", "net", "none"),
    "medical_aid.method": ("times", "points"),
}
YEARLY_MONEY = (*CONTRIBUTIONS, *LOW_INCOME)
MAY_BEGIN_LATE = (*SUPPORT, *CONTRIBUTIONS, "medical_aid.rate", "medical_aid.cap")


DrawnValue = tuple[date, str, date | None, str]
"""From, basis, to, and what stands behind `value =`."""


@dataclass
class DrawnBook:
    """Parameters as the file writes them, by key."""

    tables: dict[str, "DrawnParameter"] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The county's file."""
        return "\n".join(each.text for each in self.tables.values())


@dataclass
class DrawnParameter:
    """One parameter's table."""

    key: str
    values: list[DrawnValue]
    mid_period: str = "last_day"

    @property
    def text(self) -> str:
        rows = []
        for start, basis, end, value in sorted(self.values):
            issued = start if basis == "existing" else start + timedelta(days=40)
            rows += [
                f"[[{self.key}.values]]",
                f"from = {start}",
                *([f"to = {end}"] if end else []),
                f"issued = {issued}",
                f"value = {value}",
                'document = "县里的文件"\nclause = "一"',
                f'basis = "{basis}"',
            ]
        return "\n".join([f"[{self.key}]", f'mid_period = "{self.mid_period}"', *rows, ""])

    @property
    def days(self) -> Iterator[date]:
        """When something changes."""
        for start, _, end, _ in self.values:
            yield start
            if end:
                yield end + timedelta(days=1)

    def split(self, day: date) -> tuple[list[DrawnValue], list[DrawnValue]]:
        """The values begun by a day, and those that begin later."""
        begun = [each for each in self.values if each[0] <= day]
        return begun, [each for each in self.values if each[0] > day]


def with_other_values(book: DrawnBook, day: date, chance: Random) -> DrawnBook:
    """The same book up to a day, and other values after it."""
    other, tables = draw_book(chance), {}
    for key, told in book.tables.items():
        begun, later = told.split(day)
        if begun and key in other.tables and not any(end for _, _, end, _ in begun):
            later = other.tables[key].split(day)[1]
        if not begun or any(end for _, _, end, _ in later):
            later = told.split(day)[1]
        tables[key] = DrawnParameter(key, begun + later, told.mid_period)
    return DrawnBook(tables)


def draw_book(chance: Random, *, only_raises: bool = False) -> DrawnBook:
    """A county's file; every number has its own raises, every setting may change once."""
    drawn = _Drawer(chance, only_raises)
    for key, usual in MONTHLY.items():
        floor = "dibao.urban.standard" if "rural" in key else ""
        drawn.amounts(key, usual * 7 // 10, usual * 13 // 10, floor=floor)
    drawn.amounts("dibao.minimum", 0, 120)
    for keys, low, high in ((SUPPORT, 300, 2000), (CHILDREN, 20, 700), (GRANTS, 300, 20_000)):
        stated = [key for key in keys if chance.random() < 0.8]
        for key in stated:
            other = key.replace("dispersed", "central")
            floor = other if other != key and other in stated and chance.random() < 0.4 else ""
            drawn.amounts(key, low, high, floor=floor)
    for key in (*SUPPLEMENTS, *LOW_INCOME):
        drawn.amounts(key, 0, 300)
    for key in CONTRIBUTIONS:
        if chance.random() < 0.85:
            drawn.amounts(key, 10, 500)
    for key in SHARES:
        drawn.percents(key, 0, 100, most=100)
    if chance.random() < 0.85:
        drawn.percents("medical_aid.rate", 10, 100, most=100)
        drawn.amounts("medical_aid.cap", 500, 30_000)
    drawn.percents("medical_aid.raise", 0, 60)
    drawn.percents("housing.raise", 0, 150)
    for key, low, high in (("supplement.elder_age", 55, 80), ("supplement.minor_age", 14, 19)):
        drawn.ages(key, low, high)
    for key, words in WORDS.items():
        drawn.words(key, words)
    return drawn.book


class _Drawer:
    """Draws parameters one after the other."""

    def __init__(self, chance: Random, only_raises: bool) -> None:
        self.book = DrawnBook()
        self._chance, self._only_raises = chance, only_raises

    def amounts(self, key: str, low: int, high: int, *, floor: str = "") -> None:
        """An amount in yuan; where it has a floor the later values may be so many per cent of that."""
        digits = self._chance.choice((0, 0, 2))
        self._numbers(key, low, high, digits, floor)

    def percents(self, key: str, low: int, high: int, *, most: int = 1000) -> None:
        """A percentage; raises never take one of a whole above the whole."""
        self._numbers(key, low, high, self._chance.choice((0, 1)), "", most=most)

    def ages(self, key: str, low: int, high: int) -> None:
        if self._chance.random() < 0.5:
            start = [(FIRST, "existing", None, str(self._chance.randint(low, high)))]
            self.book.tables[key] = DrawnParameter(key, list(start))

    def words(self, key: str, words: Sequence[str]) -> None:
        """A setting, which may change on some day, be it with the raise; or the packaged one."""
        if self._chance.random() < 0.25:
            return
        values: list[DrawnValue] = [(FIRST, "existing", None, f'"{self._chance.choice(words)}"')]
        if not self._only_raises and self._chance.random() < 0.5:
            basis = self._chance.choice(("existing", "raise"))
            values.append((self._day(), basis, None, f'"{self._chance.choice(words)}"'))
        elif self._only_raises and key == "dibao.severe":
            values = [(FIRST, "existing", None, '"none"'), (self._day(), "raise", None, '"full"')]
        mid = self._chance.choice(("last_day", "last_day", "first_day"))
        self.book.tables[key] = DrawnParameter(key, values, mid)

    def _numbers(self, key: str, low: int, high: int, digits: int, floor: str, most: int = 10**6) -> None:
        start = FIRST
        if key in MAY_BEGIN_LATE and self._chance.random() < 0.15:
            start = self._day()
        top = self._number(low, high, digits)
        values: list[DrawnValue] = [(start, "existing", None, f"{top}")]
        for day in sorted(self._day() for _ in range(self._chance.choice((0, 1, 1, 2, 3)))):
            if day <= values[-1][0]:
                continue
            basis = self._chance.choice(("existing", "raise", "raise"))
            value = self._number(low, high, digits)
            if self._only_raises:
                value, basis = min(top + value / 4, Decimal(most)).quantize(Decimal(10) ** -digits), "raise"
            top = max(top, value)
            lift = f'\nat_least = {{percent = {self._percent()}, of = "{floor}"}}' if floor else ""
            values.append((day, basis, None, f"{value}{lift}"))
        if not self._only_raises and key in MAY_BEGIN_LATE and self._chance.random() < 0.1:
            values = self._ended(values)
        yearly = ("by_month",) if key in YEARLY_MONEY else ()
        mid = self._chance.choice(("last_day", "last_day", "first_day", *yearly * 2))
        self.book.tables[key] = DrawnParameter(key, values, mid)

    def _ended(self, values: list[DrawnValue]) -> list[DrawnValue]:
        """The existing values alone, the last of them with a last day."""
        kept = [each for each in values if each[1] == "existing"]
        start, basis, _, value = kept[-1]
        return [*kept[:-1], (start, basis, start + timedelta(days=self._chance.randint(20, 500)), value)]

    def _number(self, low: int, high: int, digits: int) -> Decimal:
        return Decimal(self._chance.randint(low * 10**digits, high * 10**digits)).scaleb(-digits)

    def _percent(self) -> Decimal:
        return Decimal(self._chance.randint(600, 1100)).scaleb(-1)

    def _day(self) -> date:
        """Any day of the two years, often the first or last of a month."""
        day = FIRST + timedelta(days=self._chance.randrange((LAST - FIRST).days))
        if self._chance.random() < 0.3:
            day = day.replace(day=1)
        elif self._chance.random() < 0.2:
            day = day.replace(day=1) - timedelta(days=1)
        return max(day, FIRST + timedelta(days=1))
