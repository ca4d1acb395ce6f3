"""Record what was measured of a household on a day, for before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sqlalchemy import Connection

from jiemin.domain.codes import CONDITIONS, Condition, read_code, squeeze
from jiemin.domain.conditions import KINDS, Unit, Value, read_condition, show_condition
from jiemin.domain.people import mask_digits
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage.conditions import ConditionRow, conditions_until
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import Door, write_door
from jiemin.storage.record_tables import HouseholdCondition
from jiemin.storage.stamp import Stamp
from jiemin.usecases.find_records import find_household


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing as stored: what it said of that day before, and what was measured last before that day."""

    condition: Condition
    value: Value
    corrected: Value | None
    earlier: ConditionRow | None


@dataclass(frozen=True, slots=True)
class ConditionsRecorded:
    """What was stored of a household's day, and sentences about what can hardly be."""

    household_no: str
    head_name: str
    day: date
    measured: tuple[Measured, ...]
    doubts: tuple[str, ...]


def set_conditions(
    database: Database, stamp: Stamp, household: str, told: Sequence[tuple[str, str]], day: date, today: date
) -> ConditionsRecorded:
    """Store what was measured on `day`, given as (name, text); what was told of that day is corrected.

    Raises `JieminError` for a day in the future, a name that is none or comes twice, and a value that
    cannot be read.
    """
    if day > today:
        raise JieminError(f"{day}还没有到", "量了、问了之后再登记，或核对日期")
    values = _read(told)
    with write_door(database, stamp) as door:
        state = _family(door.connection, household, day, today)
        until = conditions_until(door.connection, day, [state.id])
        of_that_day = {row.condition: row for row in until if row.day == day}
        before = {row.condition: row for row in until if row.day < day}
        for condition, value in values.items():
            _store(door, state.id, day, (condition, value), of_that_day.get(condition))
        door.note_counts(
            new=len(values.keys() - of_that_day.keys()),
            changed=sum(
                each in values and value_of(row) != values[each] for each, row in of_that_day.items()
            ),
        )
    held = {row.condition: value_of(row) for row in until} | values
    measured = tuple(
        Measured(
            each,
            value,
            value_of(of_that_day[each]) if each in of_that_day else None,
            before.get(each),
        )
        for each, value in values.items()
    )
    return ConditionsRecorded(
        state.household_no, state.head_name or "", day, measured, tuple(_doubts(state, held, values))
    )


def _family(connection: Connection, text: str, day: date, today: date) -> HouseholdState:
    """The household on the day, or as it is known now: 帮扶前 is measured of a time before any roster."""
    try:
        return find_household(connection, text, day)
    except NotFoundError:
        return find_household(connection, text, today)


def value_of(row: ConditionRow) -> Value:
    """What the row says: a number or a word."""
    return (row.word or "") if row.number is None else row.number


def shown(condition: Condition, value: Value) -> str:
    """A value as people read it."""
    return show_condition(condition, *((value, None) if isinstance(value, int) else (None, value)))


def _read(told: Sequence[tuple[str, str]]) -> dict[Condition, Value]:
    values: dict[Condition, Value] = {}
    for name, text in told:
        condition = _named(name)
        if condition in values:
            raise JieminError(f"“{condition}”写了两遍", "一天里每一项只写一次")
        values[condition] = read_condition(condition, text)
    return values


def _named(text: str) -> Condition:
    found = read_code(CONDITIONS, text)
    if found is not None:
        return found
    near = get_close_matches(squeeze(text), list(CONDITIONS), n=1, cutoff=0.5)
    hint = f"是不是“{CONDITIONS[near[0]]}”；" if near else ""
    raise JieminError(f"没有“{mask_digits(text)}”这一项", f"{hint}可以写：{'、'.join(Condition)}")


def _store(
    door: Door, household_id: int, day: date, told: tuple[Condition, Value], before: ConditionRow | None
) -> None:
    condition, value = told
    number, word = (value, None) if isinstance(value, int) else (None, value)
    if before is not None:
        door.update(HouseholdCondition, [{"id": before.id, "number": number, "word": word}])
        return
    row = {
        "household_id": household_id,
        "condition": condition.value,
        "day": day,
        "number": number,
        "word": word,
    }
    door.insert(HouseholdCondition, [row])


def _doubts(
    state: HouseholdState, held: Mapping[Condition, Value], told: Mapping[Condition, Value]
) -> list[str]:
    """Counts of persons that are more than the family has, as far as one of the two was told now."""
    found = []
    employed, able = held.get(Condition.EMPLOYED), held.get(Condition.ABLE)
    newly = told.keys() & {Condition.EMPLOYED, Condition.ABLE}
    if newly and isinstance(employed, int) and isinstance(able, int) and employed > able:
        found.append(f"就业人数{employed}人，比劳动力人数{able}人多")
    for condition, number in told.items():
        if KINDS[condition].unit is not Unit.PERSONS or state.size is None or not isinstance(number, int):
            continue
        if number > state.size:
            found.append(f"{condition}{number}人，比家庭人口{state.size}人多")
    return found
