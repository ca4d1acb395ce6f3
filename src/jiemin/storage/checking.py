"""What the checks read of the whole county but visits, each in one statement.

In words of SQL, and straight into the facts of the checks. Thirty thousand persons and forty thousand visits
pass in a moment only if nothing else is made of them on the way, and making the models would take as long.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from jiemin.domain.checks.county import Member, Spell
from jiemin.domain.checks.files import OpenMeasure, SurveyFact
from jiemin.domain.checks.incomes import IncomeSpan
from jiemin.domain.checks.rolls import RosterImport
from jiemin.domain.codes import HouseholdStatus, PairRuleKind, Role, Survey
from jiemin.domain.duplicates import Kind
from jiemin.domain.recusals import Relative
from jiemin.domain.visits import PairingSpan

to_day = lru_cache(20_000)(date.fromisoformat)
"""A year has few days, and a day many rows."""


class FamilyRow(NamedTuple):
    """A household as on one day, with the name of its head."""

    id: int
    household_no: str
    head: str
    region_id: int
    household_class: str
    keeping: str | None
    status: str
    size: int | None
    covered: int | None
    income_fen: int | None
    income_period: str | None
    account: str | None
    phones: tuple[str, ...]
    cause: str | None
    needs: str | None


class CadreRow(NamedTuple):
    """A cadre in the post of one day, or, if he or she serves no more or not yet, in the last one."""

    id: int
    cadre_no: str
    name: str
    id_number: str | None
    phones: tuple[str, ...]
    unit: str
    post: str | None
    rank: str | None
    leader: bool
    serving: bool


def places(connection: Connection) -> dict[int, tuple[str, str]]:
    """Town and village by region id; either may be empty."""
    found: dict[int, tuple[str, str]] = {}
    query = "SELECT id, level, name, parent_id FROM region ORDER BY id"
    for row_id, level, name, parent_id in connection.exec_driver_sql(query):
        town = found.get(parent_id, ("", ""))[0] if level == "村" else name if level == "镇" else ""
        found[row_id] = (town, name if level == "村" else "")
    return found


def families(connection: Connection, day: date) -> list[FamilyRow]:
    """The households known on `day`, in the work or not, in the order of numbers."""
    query = (
        "SELECT household.id, household_no, coalesce(person.name, ''), region_id, household_class, keeping, "
        "status, size, span.covered, income_fen, income_period, account, span.phones, cause, needs "
        "FROM household_span AS span JOIN household ON household.id = span.household_id "
        "LEFT JOIN membership ON membership.household_id = household.id AND relation = '户主' "
        "AND membership.valid_from <= ?1 AND membership.valid_to > ?1 "
        "LEFT JOIN person ON person.id = person_id "
        "WHERE span.valid_from <= ?1 AND span.valid_to > ?1 ORDER BY household_no"
    )
    rows = connection.exec_driver_sql(query, (day.isoformat(),)).all()
    return [
        FamilyRow(*told, _words(phones), cause, needs)  # type: ignore[call-arg]
        for *told, phones, cause, needs in rows
    ]


def cadres(connection: Connection, day: date) -> list[CadreRow]:
    """Every cadre once, in the order of numbers."""
    query = (
        "SELECT cadre.id, cadre_no, cadre.name, id_number, phones, unit.name, post, rank, leader, "
        "valid_from <= ?1 AND valid_to > ?1 FROM cadre_post "
        "JOIN cadre ON cadre.id = cadre_id JOIN unit ON unit.id = unit_id ORDER BY valid_from"
    )
    found: dict[int, CadreRow] = {}
    rows = connection.exec_driver_sql(query, (day.isoformat(),)).all()
    for row_id, number, name, id_number, phones, unit, post, rank, leader, serving in rows:
        if serving or row_id not in found or not found[row_id].serving:
            found[row_id] = CadreRow(
                row_id, number, name, id_number, _words(phones), unit, post, rank, bool(leader), bool(serving)
            )
    return sorted(found.values(), key=lambda each: each.cadre_no)


def everybody(connection: Connection) -> dict[str, list[Member]]:
    """All who ever belonged to a household, by its number, each time and relation, oldest first."""
    query = (
        "SELECT household_no, person.id, name, id_number, id_raw, id_valid, sex, birth, "
        "relation, covered, end_reason, valid_from, valid_to "
        "FROM membership JOIN person ON person.id = person_id JOIN household ON household.id = household_id "
        "ORDER BY valid_from, membership.id"
    )
    found: dict[str, list[Member]] = {}
    rows = connection.exec_driver_sql(query).all()
    for household_no, person_id, name, number, raw, valid, sex, birth, *rest in rows:
        relation, covered, end_reason, start, end = rest
        member = Member(
            person_id,
            name,
            number,
            raw,
            bool(valid),
            sex,
            to_day(birth) if birth else None,
            relation,
            None if covered is None else bool(covered),
            end_reason,
            to_day(start),
            to_day(end),
        )
        found.setdefault(household_no, []).append(member)
    return found


def spells(
    connection: Connection, towns: Mapping[int, str]
) -> tuple[dict[str, list[Spell]], dict[str, list[IncomeSpan]]]:
    """By household number, oldest first: when it was in the work and where, and its incomes.

    `towns` are the names by region id.
    """
    query = (
        "SELECT household_no, valid_from, valid_to, status, region_id, size, covered, income_fen, "
        "income_period FROM household_span JOIN household ON household.id = household_id ORDER BY valid_from"
    )
    statuses = {status.value: status for status in HouseholdStatus}
    lasting: dict[str, list[Spell]] = {}
    incomes: dict[str, list[IncomeSpan]] = {}
    rows = connection.exec_driver_sql(query).all()
    for number, start, end, status, region_id, size, covered, fen, period in rows:
        spell = Spell(to_day(start), to_day(end), statuses[status], towns[region_id])
        lasting.setdefault(number, []).append(spell)
        if fen is not None:
            persons = frozenset(filter(None, (size, covered)))
            incomes.setdefault(number, []).append(IncomeSpan(spell.start, fen, period, persons))
    return lasting, incomes


def pairings(connection: Connection) -> dict[str, list[PairingSpan]]:
    """Every pairing there ever was, by household number, oldest first."""
    query = (
        "SELECT household_no, cadre_no, role, valid_from, valid_to FROM pairing "
        "JOIN household ON household.id = household_id JOIN cadre ON cadre.id = cadre_id "
        "ORDER BY valid_from, role DESC, cadre_no"
    )
    roles = {role.value: role for role in Role}
    found: dict[str, list[PairingSpan]] = {}
    rows = connection.exec_driver_sql(query).all()
    for household_no, cadre_no, role, start, end in rows:
        span = PairingSpan(household_no, cadre_no, roles[role], to_day(start), to_day(end))
        found.setdefault(household_no, []).append(span)
    return found


def never_pairs(connection: Connection, day: date) -> list[tuple[str, str, str | None]]:
    """Household, cadre and reason of each pair that by decision must not be on `day`."""
    query = (
        "SELECT household_no, cadre_no, reason FROM pair_rule "
        "JOIN household ON household.id = household_id JOIN cadre ON cadre.id = cadre_id "
        "WHERE kind = ?2 AND valid_from <= ?1 AND valid_to > ?1"
    )
    rows = connection.exec_driver_sql(query, (day.isoformat(), PairRuleKind.NEVER.value))
    return [(household_no, cadre_no, reason) for household_no, cadre_no, reason in rows]


def relatives(connection: Connection, day: date) -> list[Relative]:
    """The near relations of cadres on record on `day`."""
    query = (
        "SELECT cadre_no, relation, cadre_kin.id_number, household_no FROM cadre_kin "
        "JOIN cadre ON cadre.id = cadre_id LEFT JOIN household ON household.id = household_id "
        "WHERE valid_from <= ?1 AND valid_to > ?1"
    )
    return [Relative(*row) for row in connection.exec_driver_sql(query, (day.isoformat(),))]


def latest_homes(connection: Connection) -> dict[int, tuple[str, int, str | None]]:
    """Household id → its number, and its region and account by the latest span."""
    query = (
        "SELECT household_id, household_no, region_id, account FROM household_span "
        "JOIN household ON household.id = household_id ORDER BY valid_from"
    )
    rows = connection.exec_driver_sql(query).all()
    return {row_id: (number, region_id, account) for row_id, number, region_id, account in rows}


def kept_apart(connection: Connection) -> set[tuple[Kind, int, int]]:
    """The pairs of records that were said to be two."""
    rows = connection.exec_driver_sql("SELECT kind, one_id, other_id FROM kept_apart")
    return {(Kind(kind), one, other) for kind, one, other in rows}


def roster_imports(connection: Connection) -> list[RosterImport]:
    """The imports that told of households and were not taken back, oldest first; one for each file they read.

    They are known by the spans that began or were written anew by them, one that was merely ended being no
    such span.
    """
    query = (
        "SELECT action.id, at, json_extract(source.value, '$[0]'), min(valid_from), max(valid_from), "
        "json_array_length(sources) > 1 AND EXISTS (SELECT 1 FROM change AS other "
        "WHERE other.action_id = action.id AND other.subject IN ('visit', 'cadre_post', 'pairing')) "
        "FROM action JOIN json_each(coalesce(sources, '[]')) AS source "
        "JOIN change ON change.action_id = action.id AND subject = 'household_span' "
        "JOIN household_span ON household_span.id BETWEEN first_id AND last_id "
        "AND (before IS NULL OR json_extract(before, '$.valid_to') = valid_to) "
        "WHERE command = 'import' GROUP BY action.id, source.key ORDER BY action.id, source.key"
    )
    return [
        RosterImport(
            action_id,
            file,
            to_day(at[:10]),
            to_day(first),
            to_day(last),
            bool(mixed),
        )
        for action_id, at, file, first, last, mixed in connection.exec_driver_sql(query)
    ]


def open_measures(connection: Connection, day: date) -> list[OpenMeasure]:
    """The measures promised by `day` that were neither delivered nor dropped by then, oldest first."""
    query = (
        "SELECT measure_no, household_no, what, coalesce(cadre.name, person, ''), promised_on, due_on "
        "FROM measure JOIN household ON household.id = measure.household_id "
        "LEFT JOIN cadre ON cadre.id = cadre_id LEFT JOIN visit ON visit.id = visit_id "
        "WHERE promised_on <= ?1 AND voided_on IS NULL "
        "AND coalesce(delivered_on, '9999') > ?1 AND coalesce(dropped_on, '9999') > ?1 "
        "ORDER BY promised_on, measure.id"
    )
    return [
        OpenMeasure(number, household_no, what, by, to_day(promised), to_day(due) if due else None)
        for number, household_no, what, by, promised, due in connection.exec_driver_sql(
            query, (day.isoformat(),)
        )
    ]


def surveys(connection: Connection, day: date) -> list[SurveyFact]:
    """All surveys made by `day`, oldest first."""
    query = (
        "SELECT household_no, survey, day, complete, coalesce(finding, '') <> '' FROM household_survey "
        "JOIN household ON household.id = household_id WHERE day <= ?1 ORDER BY day, household_survey.id"
    )
    return [
        SurveyFact(number, Survey(survey), to_day(made), bool(complete), bool(finding))
        for number, survey, made, complete, finding in connection.exec_driver_sql(query, (day.isoformat(),))
    ]


def conditions(connection: Connection, day: date) -> dict[int, tuple[str | None, str | None, str | None]]:
    """Person id → health, ability to work and schooling on `day`."""
    query = (
        "SELECT person_id, health, labour, education FROM person_span "
        "WHERE valid_from <= ?1 AND valid_to > ?1"
    )
    rows = connection.exec_driver_sql(query, (day.isoformat(),)).all()
    return {row_id: (health, labour, education) for row_id, health, labour, education in rows}


def _words(stored: str | None) -> tuple[str, ...]:
    """Telephone numbers are stored as a JSON list of words without signs to escape."""
    if not stored:
        return ()
    return tuple(json.loads(stored)) if "\\" in stored else tuple(stored[2:-2].split('", "'))
