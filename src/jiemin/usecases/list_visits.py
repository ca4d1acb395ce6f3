"""Look up visits, as a list."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.periods import FOREVER
from jiemin.domain.visits import PairingSpan, VisitFact, paired_visitors
from jiemin.storage import households, pairings, regions, visits
from jiemin.storage.database import Database
from jiemin.storage.pairings import PairingRow
from jiemin.storage.visits import VisitRow
from jiemin.usecases.find_records import find_cadre_ever, find_household, find_unit


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit, its household's head, and whether it is extra: nobody who came was paired that day."""

    row: VisitRow
    head_name: str
    extra: bool


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """Which visits to list; an empty field does not narrow. `end` is the first day left out.

    `unit` is where a visitor served on the day of the visit, `town` where the household is today.
    """

    start: date = date.min
    end: date = FOREVER
    household: str = ""
    cadre: str = ""
    unit: str = ""
    town: str | None = None
    kind: VisitKind | None = None
    extra: bool = False
    needs_open: bool = False
    with_deeds: bool = False
    voided: bool = False
    """Also those that were voided."""


def list_visits(database: Database, today: date, wanted: VisitFilter) -> list[VisitView]:
    """Visits by day.

    Raises `NotFoundError` for a household, cadre or unit that is not on record, or several.
    """
    with database.reading() as connection:
        family = find_household(connection, wanted.household, today) if wanted.household else None
        household_id = family.id if family else None
        rows = visits.visits_within(connection, wanted.start, wanted.end, household_id, voided=wanted.voided)
        helped: dict[int, list[PairingRow]] = defaultdict(list)
        for pairing in pairings.pairings_within(connection, wanted.start, wanted.end):
            helped[pairing.household_id].append(pairing)
        came = {row.id: visitor_ids(row, helped.get(row.household_id, ())) for row in rows}
        for fits in _conditions(connection, today, wanted, rows, came):
            rows = [row for row in rows if fits(row)]
        known = [family] if family else households.households_on(connection, today)
        heads = {each.household_no: each.head_name or "" for each in known}
    views = [
        VisitView(row, heads.get(row.household_no, ""), is_extra(row, helped.get(row.household_id, ())))
        for row in rows
    ]
    return [view for view in views if not wanted.extra or (view.extra and view.row.kind != VisitKind.PHONE)]


def is_extra(visit: VisitRow, pairings_of_household: Sequence[PairingRow]) -> bool:
    """Whether nobody who came was paired with the household that day."""
    numbers = tuple(number for _, number, _ in visit.cadres)
    fact = VisitFact(visit.visit_no, visit.day, visit.household_no, numbers, VisitKind(visit.kind))
    spans = (
        PairingSpan(row.household_no, row.cadre_no, Role(row.role), row.start, row.end)
        for row in pairings_of_household
    )
    return not paired_visitors(fact, spans)


def visitor_ids(visit: VisitRow, pairings_of_household: Sequence[PairingRow]) -> frozenset[int]:
    """Who came; of a visit that names nobody, the lead of its day."""
    leads = (
        row.cadre_id
        for row in pairings_of_household
        if row.role == Role.LEAD and row.start <= visit.day < row.end
    )
    return frozenset(cadre_id for cadre_id, _, _ in visit.cadres) or frozenset(leads)


def _conditions(
    connection: Connection,
    today: date,
    wanted: VisitFilter,
    rows: Sequence[VisitRow],
    came: Mapping[int, frozenset[int]],
) -> list[Callable[[VisitRow], bool]]:
    """What each visit listed must fulfil, for the fields that narrow; `came` holds visitors by visit."""
    found: list[Callable[[VisitRow], bool]] = []
    if wanted.cadre:
        helper = find_cadre_ever(connection, wanted.cadre, today).id
        found.append(lambda row: helper in came[row.id])
    if wanted.unit:
        found.append(_of_unit(connection, wanted.unit, rows, came))
    if wanted.town is not None:
        places = regions.places(connection)
        in_town = {
            each.id
            for each in households.households_on(connection, today)
            if places[each.region_id].town == wanted.town
        }
        found.append(lambda row: row.household_id in in_town)
    if wanted.kind is not None:
        found.append(lambda row: row.kind == wanted.kind)
    if wanted.needs_open:
        found.append(lambda row: row.needs_open)
    if wanted.with_deeds:
        found.append(lambda row: bool(row.deeds))
    return found


def _of_unit(
    connection: Connection, text: str, rows: Sequence[VisitRow], came: Mapping[int, frozenset[int]]
) -> Callable[[VisitRow], bool]:
    from jiemin.storage.rules import units_served  # it makes tables that screens of households do without

    unit = find_unit(connection, text)[1]
    asked = {(cadre_id, row.day) for row in rows for cadre_id in came[row.id]}
    served = units_served(connection, asked)
    return lambda row: any(served.get((cadre_id, row.day)) == unit for cadre_id in came[row.id])
