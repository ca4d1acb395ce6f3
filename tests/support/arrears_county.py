"""Four families whose facts and policy change backwards, told twice: in a database, and as plain lists.

What each is due is reckoned a second time here, slowly and from the notice's words alone; what was paid is
a ledger of (run, household, item, period, fen).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from jiemin.domain.codes import HouseholdClass, HouseholdStatus, Keeping
from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Book
from jiemin.policy.book_file import load_book
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.tables import HouseholdSpan
from support.families import LOW, RURAL, STAMP, URBAN

NEW_YEAR = date(2014, 1, 1)
WUBAO: dict[str, Any] = RURAL | {
    "household_class": HouseholdClass.WUBAO.value,
    "keeping": Keeping.DISPERSED.value,
    "covered": 1,
    "size": 1,
}
FAMILIES = (RURAL, URBAN, LOW | {"covered": 2, "income_fen": 0, "income_period": "month"}, WUBAO)
NUMBERS = ("H001", "H002", "H003", "H004")
CLASSES = tuple(
    {"household_class": each.value, "keeping": "分散供养" if each.value in ("五保", "三无") else None}
    for each in HouseholdClass
)
STANDARDS = {"城镇低保": "dibao.urban.standard", "农村低保": "dibao.rural.standard"}
PERSON, KEPT = "low_income.person", "support.wubao.dispersed"
KEYS = (*STANDARDS.values(), PERSON, KEPT)
UNITS = {PERSON: "元/人/年"}

Purpose = tuple[str, str, str]


@dataclass
class Policy:
    """What the county has published so far: key → (from, fen)."""

    values: dict[str, dict[date, int]] = field(
        default_factory=lambda: {
            "dibao.urban.standard": {NEW_YEAR: 52000},
            "dibao.rural.standard": {NEW_YEAR: 40000},
            PERSON: {NEW_YEAR: 20000},
        }
    )

    def on(self, key: str, day: date) -> int | None:
        """The value in force, in fen."""
        begun = [start for start in self.values.get(key, {}) if start <= day]
        return self.values[key][max(begun)] if begun else None

    def book(self, folder: Path) -> Book:
        """The packaged book with these values laid over it, as a county's file would."""
        blocks = []
        for key, values in self.values.items():
            blocks.append(f"[{key}]\n")
            for start, fen in values.items():
                told = {"from": start, "issued": start, "value": f"{fen // 100}.{fen % 100:02d}"}
                lines = [f"{name} = {value}\n" for name, value in told.items()]
                words = 'document = "市发1号"\nclause = "一"\nbasis = "existing"\n'
                blocks.append(f"[[{key}.values]]\n{''.join(lines)}{words}")
        path = folder / "本县.toml"
        path.write_text("\n".join(blocks), encoding="utf-8")
        return load_book(path)


@dataclass
class History:
    """A family's states by the day from which they hold."""

    states: dict[date, dict[str, Any]]

    def on(self, day: date) -> Mapping[str, Any]:
        """The state that holds on a day."""
        return self.states[max(start for start in self.states if start <= day)]

    def correct(self, day: date, told: Mapping[str, Any]) -> None:
        """From the day on it was otherwise."""
        self.states.setdefault(day, dict(self.on(day)))
        for start, state in self.states.items():
            if start >= day:
                state.update(told)

    def spans(self) -> Iterator[tuple[date, date, dict[str, Any]]]:
        """First day, day after the last, state."""
        starts = sorted(self.states)
        for start, end in zip(starts, [*starts[1:], FOREVER], strict=True):
            yield start, end, self.states[start]


def rewrite(database: Database, household_id: int, history: History) -> None:
    """Let the database say of a family what its history does."""
    with write_door(database, STAMP) as door:
        found = door.connection.exec_driver_sql(
            "SELECT id, region_id FROM household_span WHERE household_id = ?", (household_id,)
        ).all()
        door.delete(HouseholdSpan, [row_id for row_id, _ in found])
        for start, end, state in history.spans():
            held = {"household_id": household_id, "region_id": found[0][1]}
            door.insert(HouseholdSpan, [held | state | {"valid_from": start, "valid_to": end}])


def histories() -> dict[str, History]:
    """The families as they begin."""
    active = {"status": HouseholdStatus.ACTIVE.value}
    return {
        number: History({NEW_YEAR: {"keeping": None} | active | family})
        for number, family in zip(NUMBERS, FAMILIES, strict=True)
    }


def days_of(period: str) -> tuple[date, date]:
    """The first and last day of a month or year."""
    if "-" not in period:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    year, month = map(int, period.split("-"))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@dataclass
class Approvals:
    """When the money of one period was approved: at first, and later arrears by household."""

    first: date | None = None
    awarded: frozenset[Purpose] = frozenset()
    later: list[tuple[date, frozenset[Purpose]]] = field(default_factory=list)


def dues(
    policy: Policy,
    told: Mapping[str, History],
    period: str,
    today: date,
    approved: Approvals | None = None,
) -> dict[Purpose, int | None]:
    """What each family is due for a period by what is known now; None where that cannot be told.

    The facts are those of the last day or today; of a period approved before, those of that day for whoever
    was on the roster. Where they do not suffice and nothing was awarded, those of a later look may.
    """
    _, last = days_of(period)
    until = min(last, today)
    approved = approved or Approvals(until)
    begin = min(approved.first or until, until)
    found: dict[Purpose, int | None] = {}
    for number, history in told.items():
        own = [day for day, paid in approved.later if day < until and any(each[0] == number for each in paid)]
        days = [begin, *sorted({day for day in own if day > begin}), until]
        there = next((day for day in days if history.on(day)["status"] == "在册"), until)
        for item, fen in _items(policy, history.on(there), period, last):
            purpose = (number, item, period)
            found[purpose] = fen
            if fen is None and purpose not in approved.awarded:
                tries = [
                    dict(_items(policy, history.on(day), period, last)).get(item)
                    for day in days
                    if day > there
                ]
                found[purpose] = next((each for each in tries if each is not None), None)
    return found


def _items(
    policy: Policy, state: Mapping[str, Any], period: str, last: date
) -> Iterable[tuple[str, int | None]]:
    if state["status"] != "在册":
        return
    held, monthly = state["household_class"], "-" in period
    if monthly and held in STANDARDS:
        yield "低保金", _dibao(policy.on(STANDARDS[held], last), state)
    if monthly and held in ("五保", "三无") and policy.values.get(KEPT):
        standard = policy.on(KEPT, last) if held == "五保" else None
        persons = state["size"] if state["covered"] is None else state["covered"]
        yield "供养金", None if standard is None or persons is None else standard * persons
    if not monthly and held == HouseholdClass.LOW_INCOME.value:
        size, each = state["size"], policy.on(PERSON, last)
        yield "低收入家庭救助", None if size is None or each is None else 50000 + each * size


def _dibao(standard: int | None, state: Mapping[str, Any]) -> int | None:
    covered: int | None = state["covered"]
    income: int | None = state["income_fen"]
    if standard is None or covered is None or income is None:
        return None
    monthly = Fraction(income, 12 if state["income_period"] == "year" else 1)
    return floor(max(Fraction(0), standard * covered - monthly) + Fraction(1, 2))
