"""Surveys, measures, conditions and aid cases on a day as rows of their registers, household by household."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection

from jiemin.storage.aid_cases import aid_cases as stored_cases
from jiemin.storage.cadres import CadreState
from jiemin.storage.conditions import conditions_until
from jiemin.storage.measures import measures_until
from jiemin.storage.persons import memberships_of_households
from jiemin.storage.surveys import surveys_until

Told: TypeAlias = tuple[int, dict[str, Any]]
"""Household id, and field of the register → value."""
ToldOrNot: TypeAlias = tuple[int, dict[str, Any] | None]
"""The same, or None of what a row cannot tell whose it is."""


def surveys(connection: Connection, day: date, cadres: Mapping[int, CadreState]) -> Iterator[Told]:
    """One row for what one person found out about a household on a day."""
    found: dict[tuple[Any, ...], Told] = {}
    for row in _by_household(surveys_until(connection, day)):
        who = _by_whom(row.cadre_id, row.by, cadres)
        key = row.household_id, row.day, tuple(who.items())
        told = found.setdefault(key, (row.household_id, {"survey_day": row.day, **who}))[1]
        name = row.survey.name.lower()
        told[f"{name}_clear"] = row.complete
        told[f"{name}_missing"] = row.missing
        told[f"{name}_finding"] = row.finding
    yield from found.values()


def measures(connection: Connection, day: date, cadres: Mapping[int, CadreState]) -> Iterator[Told]:
    """One row for each measure."""
    for row in sorted(measures_until(connection, day), key=attrgetter("household_no", "promised_on", "what")):
        yield (
            row.household_id,
            {
                "measure_no": row.measure_no,
                "plan": row.plan,
                "measure_what": row.what,
                **_by_whom(row.cadre_id, row.responsible, cadres),
                **{name: getattr(row, name) for name in _AS_STORED},
            },
        )


_AS_STORED = ("promised_on", "due_on", "delivered_on", "dropped_on", "outcome", "amount_fen", "source")


def conditions(connection: Connection, day: date, _: Mapping[int, CadreState]) -> Iterator[Told]:
    """One row for everything measured of a household on a day."""
    found: dict[tuple[int, date], Told] = {}
    for row in _by_household(conditions_until(connection, day)):
        key = row.household_id, row.day
        told = found.setdefault(key, (row.household_id, {"condition_day": row.day}))[1]
        told[row.condition.name.lower()] = row.word if row.number is None else row.number
    yield from found.values()


def aid_cases(connection: Connection, day: date, _: Mapping[int, CadreState]) -> Iterator[ToldOrNot]:
    """One row for each aid case that is not void, unless its person is no member on the day, or shares the
    name with another who ever was one: the row names nobody else."""
    rows = _by_household(stored_cases(connection, until=day))
    told_apart = _told_apart(connection, {row.household_id for row in rows}, day)
    for row in rows:
        if row.person_id is not None and (row.household_id, row.person_id) not in told_apart:
            yield row.household_id, None
            continue
        yield (
            row.household_id,
            {
                "aid_item": row.item,
                "aid_day": row.day,
                "aid_until": row.until,
                "aid_person": row.person_name,
                "aid_base_fen": row.base_fen,
                "aid_grade": row.grade,
                "note": row.note,
            },
        )


def _told_apart(connection: Connection, household_ids: set[int], day: date) -> set[tuple[int, int]]:
    """(household id, person id) of the members on the day whose name no other ever bore in the household."""
    bearers: dict[tuple[int, str], set[int]] = defaultdict(set)
    present: set[tuple[int, int]] = set()
    for row in memberships_of_households(connection, household_ids):
        bearers[row.household_id, row.name].add(row.person_id)
        if row.holds(day):
            present.add((row.household_id, row.person_id))
    alone = {(household, *ids) for (household, _), ids in bearers.items() if len(ids) == 1}
    return present & alone


def _by_household(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=attrgetter("household_no", "day", "id"))


def _by_whom(cadre_id: int | None, name: str | None, cadres: Mapping[int, CadreState]) -> dict[str, Any]:
    """Who did it; blank for a cadre who holds no post that day, since a blank changes nothing."""
    if cadre_id is None:
        return {"cadre_names": (name,)} if name else {}
    cadre = cadres.get(cadre_id)
    if cadre is None:
        return {}
    return {"cadre_names": (cadre.name,), "cadre_no": cadre.cadre_no, "cadre_unit": cadre.unit}
