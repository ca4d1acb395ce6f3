"""Entering the register of conditions: what was measured of households, before and after the help."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from jiemin.domain.codes import Condition
from jiemin.domain.conditions import Value, show_condition
from jiemin.domain.matching import KnownHousehold
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.storage.conditions import conditions_until
from jiemin.storage.record_tables import HouseholdCondition
from jiemin.usecases.importing.file_registers import FirstSaid, past_day, settle
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession

_Key: TypeAlias = tuple[int, Condition, date]
_BEFORE = "before_"


@dataclass(slots=True)
class _Known:
    """Something measured, as it stands on record."""

    id: int
    value: Value


class ConditionRegister:
    """What is on record of all conditions, and what the rows of one import say of them."""

    def __init__(self) -> None:
        self._said = FirstSaid()
        self._known: dict[_Key, _Known] | None = None

    def enter(self, session: ImportSession, sheet: RosterSheet) -> None:
        """Enter everything measured of which household and day can be told; a row that tells of nothing
        changes nothing."""
        for row in sheet.rows:
            household = find_household(session, row)
            if household is None:
                continue
            days = {first: _day(session, row, household, first) for first in _firsts(row)}
            if days.get("", date.min) is None:
                continue
            done = [
                self._enter(session, row, (household.id, each, day), first)
                for first, day in days.items()
                if day is not None
                for each in _told(row, first)
            ]
            settle(session, row, household.household_no, [each for each in done if each is not None])

    def _enter(self, session: ImportSession, row: RosterRow, key: _Key, first: str) -> Amendment | None:
        """Enter one value; None (reported) when an earlier row told another one of that day."""
        condition, column = key[1], first + key[1].name.lower()
        agreed = self._said.agreed(session, row, key, {"value": row.values[column]}, lambda _: column)
        if not agreed:
            return None
        value, known = agreed["value"], self._on_record(session).get(key)
        if known is None:
            fields = {"household_id": key[0], "condition": condition.value, "day": key[2], **_stored(value)}
            self._on_record(session)[key] = _Known(session.batch.add(HouseholdCondition, fields), value)
            return Amendment(Outcome.NEW, differences=(Difference(column, None, _shown(condition, value)),))
        if known.value == value:
            return Amendment(Outcome.UNCHANGED)
        session.batch.change(HouseholdCondition, known.id, _stored(value))
        difference = Difference(column, _shown(condition, known.value), _shown(condition, value))
        known.value = value
        return Amendment(Outcome.CHANGED, differences=(difference,))

    def _on_record(self, session: ImportSession) -> dict[_Key, _Known]:
        if self._known is None:
            self._known = {
                (row.household_id, row.condition, row.day): _Known(row.id, _value(row.number, row.word))
                for row in conditions_until(session.door.connection, FOREVER)
            }
        return self._known


def _told(row: RosterRow, first: str) -> Iterator[Condition]:
    """What the row tells, in the columns that begin so."""
    return (each for each in Condition if f"{first}{each.name.lower()}" in row.values)


def _firsts(row: RosterRow) -> list[str]:
    """How the columns begin in which the row tells anything: those of its day, those of before."""
    return [first for first in ("", _BEFORE) if any(_told(row, first))]


def _day(session: ImportSession, row: RosterRow, household: KnownHousehold, first: str) -> date | None:
    """The day on which it was so; of 帮扶前, if not told, that on which the first pairing began. None is
    reported."""
    if not first:
        return past_day(session, row, "condition_day")
    told: date | None = row.values.get("before_day")
    began = min((each.start for each in session.pairings.get(household.id, ())), default=None)
    day = told or began
    if day is None or day > session.options.today:
        session.tally.note("J448", row, "before_day", value=day.isoformat() if day else "")
        return None
    return day


def _stored(value: Value) -> dict[str, Value | None]:
    number = isinstance(value, int)
    return {"number": value if number else None, "word": None if number else value}


def _value(number: int | None, word: str | None) -> Value:
    return number if number is not None else word or ""


def _shown(condition: Condition, value: Value) -> str:
    number = value if isinstance(value, int) else None
    return show_condition(condition, number, value if isinstance(value, str) else None)
