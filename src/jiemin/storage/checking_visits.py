"""What the checks read of visits, spot checks and awards; see `checking`."""

import json
from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jiemin.domain.checks.visit_facts import Correction, InspectedFact, VisitOnRecord
from jiemin.domain.codes import InspectResult, VisitKind
from jiemin.domain.periods import parse_quarter
from jiemin.storage.checking import to_day


class AwardMismatch(NamedTuple):
    """An award on record whose facts differ from what holds on the day that decides its period.

    Persons are numbers, incomes fen; what is of the day is None where the household was not on the rolls.
    """

    household_no: str
    item: str
    period: str
    award_class: str
    award_size: int | None
    award_covered: int | None
    award_income: int | None
    award_income_period: str | None
    status: str | None
    household_class: str | None
    size: int | None
    covered: int | None
    income: int | None
    income_period: str | None
    approved: bool
    """Whether its run is approved, so that it is not computed again."""


def visits_on_record(connection: Connection, since: date) -> list[VisitOnRecord]:
    """The visits made or entered since a day, by day; voided ones never were."""
    query = (
        "SELECT visit.id, visit_no, day, household_no, kind, coalesce(note, ''), "
        "coalesce(needs, '') <> '', coalesce(deeds, '') <> '', coalesce(met, ''), entered_on, needs_met_on "
        "FROM visit JOIN household ON household.id = household_id "
        "WHERE voided_on IS NULL AND (day >= ?1 OR entered_on >= ?1)"
    )
    came = _who_came(connection)
    kinds = {kind.value: kind for kind in VisitKind}
    found = connection.exec_driver_sql(query, (since.isoformat(),)).all()
    rows = sorted(found, key=itemgetter(2))
    return [
        VisitOnRecord(
            number,
            to_day(day),
            household_no,
            came.get(row_id, ()),
            kinds[kind],
            note,
            bool(needs),
            bool(deeds),
            met,
            to_day(entered) if entered else None,
            needs_met is not None,
        )
        for row_id, number, day, household_no, kind, note, needs, deeds, met, entered, needs_met in rows
    ]


def _who_came(connection: Connection) -> dict[int, tuple[str, ...]]:
    query = (
        "SELECT visit_id, cadre_no FROM visit_cadre JOIN cadre ON cadre.id = cadre_id ORDER BY visit_cadre.id"
    )
    came: dict[int, tuple[str, ...]] = {}
    for visit_id, cadre_no in connection.exec_driver_sql(query).all():
        came[visit_id] = (*came.get(visit_id, ()), cadre_no)
    return came


def corrections(connection: Connection) -> dict[str, list[Correction]]:
    """By visit, oldest first, its corrections of day, kind or visitors.

    Who was merged into another cadre since stands under that one's number.
    """
    merged: dict[str, str] = dict(
        connection.exec_driver_sql(
            "SELECT cadre_alias.cadre_no, cadre.cadre_no FROM cadre_alias JOIN cadre ON cadre.id = cadre_id"
        ).all()
    )
    query = (
        "SELECT visit_no, visit_correction.day, before FROM visit_correction "
        "JOIN visit ON visit.id = visit_id WHERE voided_on IS NULL ORDER BY visit_correction.id"
    )
    found: dict[str, list[Correction]] = {}
    for number, day, text in connection.exec_driver_sql(query):
        before = json.loads(text)
        if before.keys() & {"day", "kind", "cadres"}:
            found.setdefault(number, []).append(_correction(to_day(day), before, merged))
    return found


def _correction(day: date, before: Mapping[str, Any], merged: Mapping[str, str]) -> Correction:
    came = before.get("cadres")
    return Correction(
        day,
        to_day(before["day"]) if "day" in before else None,
        VisitKind(before["kind"]) if "kind" in before else None,
        None if came is None else tuple(merged.get(number, number) for number in came),
    )


def promised_days(connection: Connection, day: date) -> dict[str, list[date]]:
    """Household number → the days, up to `day`, on which measures for it were promised."""
    query = (
        "SELECT household_no, promised_on FROM measure "
        "JOIN household ON household.id = measure.household_id LEFT JOIN visit ON visit.id = visit_id "
        "WHERE promised_on <= ?1 AND voided_on IS NULL"
    )
    found: dict[str, list[date]] = {}
    for number, promised in connection.exec_driver_sql(query, (day.isoformat(),)):
        found.setdefault(number, []).append(to_day(promised))
    return found


def households_with_needs(connection: Connection) -> frozenset[str]:
    """Households at which a visit heard of a need."""
    query = (
        "SELECT DISTINCT household_no FROM visit JOIN household ON household.id = household_id "
        "WHERE voided_on IS NULL AND needs <> ''"
    )
    return frozenset(connection.exec_driver_sql(query).scalars())


def inspected(connection: Connection) -> list[InspectedFact]:
    """What spot checks found, in the order in which households were drawn."""
    query = (
        "SELECT inspection_no, household_no, quarter, checked_on, result, coalesce(finding, '') "
        "FROM inspected_household JOIN inspection ON inspection.id = inspection_id "
        "JOIN household ON household.id = household_id "
        "WHERE checked_on IS NOT NULL ORDER BY inspected_household.id"
    )
    return [
        InspectedFact(
            number, household_no, parse_quarter(quarter), to_day(day), InspectResult(result), finding
        )
        for number, household_no, quarter, day, result, finding in connection.exec_driver_sql(query)
    ]


def award_mismatches(connection: Connection, today: date) -> list[AwardMismatch]:
    """The awards whose household was not in the work, of another class, or of other figures on the last day
    of their period, or today while it runs; of an approved one on the day of its approval, if that came
    before. Void runs are left out.

    Of 低保金 persons covered and income count, of 低收入家庭救助 the size; of other items the class alone.
    Where approved arrears settled an award, the facts of the last of them stand for the award's own;
    those that found no claim any more are right as long as the household has none.
    """
    query = (
        "WITH held AS (SELECT award.id, award.household_id, award.item, award.period, "
        "subsidy_run.status = '已批准' AS approved, "
        "min(?1, CASE WHEN subsidy_run.status = '已批准' THEN subsidy_run.approved_on ELSE ?1 END, "
        "CASE WHEN length(award.period) = 4 THEN award.period || '-12-31' "
        "ELSE date(award.period || '-01', '+1 month', '-1 day') END) AS day, award.facts AS own, "
        "(SELECT arrear.id FROM arrear JOIN subsidy_run AS later ON later.id = arrear.run_id "
        "WHERE later.status = '已批准' AND arrear.household_id = award.household_id "
        "AND arrear.item = award.item AND arrear.period = award.period "
        "ORDER BY arrear.id DESC LIMIT 1) AS settled "
        "FROM award JOIN subsidy_run ON subsidy_run.id = award.run_id "
        "WHERE subsidy_run.status <> '已作废'), "
        "known AS (SELECT held.*, CASE WHEN settled IS NULL THEN own ELSE arrear.facts END AS told, "
        "json_extract(own, '$.class') AS own_class "
        "FROM held LEFT JOIN arrear ON arrear.id = settled) "
        "SELECT household_no, known.item, known.period, "
        "json_extract(coalesce(told, own), '$.class'), json_extract(coalesce(told, own), '$.size'), "
        "json_extract(coalesce(told, own), '$.covered'), json_extract(coalesce(told, own), '$.income_fen'), "
        "json_extract(coalesce(told, own), '$.income_period'), "
        "status, household_class, size, covered, income_fen, income_period, approved "
        "FROM known JOIN household ON household.id = known.household_id "
        "LEFT JOIN household_span AS span ON span.household_id = known.household_id "
        "AND valid_from <= known.day AND valid_to > known.day "
        "WHERE CASE WHEN told IS NULL THEN status = '在册' AND household_class = own_class "
        "WHEN status IS NULL OR status <> '在册' OR household_class <> json_extract(told, '$.class') THEN 1 "
        "WHEN known.item = '低收入家庭救助' THEN size IS NOT json_extract(told, '$.size') "
        "WHEN known.item = '低保金' THEN covered IS NOT json_extract(told, '$.covered') "
        "OR income_fen IS NOT json_extract(told, '$.income_fen') "
        "OR income_period IS NOT json_extract(told, '$.income_period') "
        "ELSE 0 END "
        "ORDER BY household_no, known.period"
    )
    rows = connection.exec_driver_sql(query, (today.isoformat(),))
    return [AwardMismatch._make((*row[:-1], bool(row[-1]))) for row in rows]
