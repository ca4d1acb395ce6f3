"""Look up spot checks (督查): which were drawn, and what is on record of the households drawn."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from jiemin.domain.codes import InspectResult
from jiemin.domain.periods import parse_quarter
from jiemin.errors import NotFoundError
from jiemin.storage import cadres, households, inspections, pairings, regions, visits
from jiemin.storage.database import Database
from jiemin.storage.inspections import InspectedRow, InspectionRow
from jiemin.storage.pairings import PairingRow
from jiemin.storage.visits import VisitRow
from jiemin.usecases.find_records import long_number
from jiemin.usecases.list_visits import is_extra


@dataclass(frozen=True, slots=True)
class VisitOnRecord:
    """A visit of the quarter; `extra` when nobody who came was paired with the household that day."""

    row: VisitRow
    extra: bool


@dataclass(frozen=True, slots=True)
class DrawnHousehold:
    """A household drawn, as it stood on the day of the draw, with its lead and the quarter's visits."""

    row: InspectedRow
    head_name: str
    town: str
    village: str
    address: str
    phones: tuple[str, ...]
    cadre_unit: str
    cadre_phones: tuple[str, ...]
    visits: tuple[VisitOnRecord, ...]


@dataclass(frozen=True, slots=True)
class InspectionView:
    """A spot check with the households drawn, by stratum and place."""

    row: InspectionRow
    households: tuple[DrawnHousehold, ...]

    @property
    def results(self) -> Mapping[InspectResult, int]:
        """So many households of each result; those not checked yet have none."""
        return results(each.row for each in self.households)


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """A spot check as a list tells it."""

    row: InspectionRow
    drawn: int
    results: Mapping[InspectResult, int]

    @property
    def checked(self) -> int:
        """Households of which something was found."""
        return sum(self.results.values())


def list_inspections(database: Database) -> list[InspectionLine]:
    """All spot checks, in the order in which they were drawn."""
    with database.reading() as connection:
        rows = inspections.inspections(connection)
        drawn: dict[int, list[InspectedRow]] = {row.id: [] for row in rows}
        for each in inspections.inspected(connection, list(drawn)):
            drawn[each.inspection_id].append(each)
    return [InspectionLine(row, len(drawn[row.id]), results(drawn[row.id])) for row in rows]


def show_inspection(database: Database, number: str) -> InspectionView:
    """The spot check of that number; raises `NotFoundError` when there is none."""
    with database.reading() as connection:
        return view_of(connection, find_inspection(connection, number))


def find_inspection(connection: Connection, number: str) -> InspectionRow:
    """The spot check of that number, X1 and 1 are X0001; raises `NotFoundError` when there is none."""
    asked = long_number(number, "X", inspections.serial)
    for row in inspections.inspections(connection):
        if row.inspection_no == asked:
            return row
    raise NotFoundError(f"没有编号为“{number}”的抽查", "编号如 X0001，用 jiemin inspect list 查看")


def view_of(connection: Connection, row: InspectionRow) -> InspectionView:
    """A spot check with all that its list for the inspectors says."""
    drawn = inspections.inspected(connection, [row.id])
    ids = [each.household_id for each in drawn]
    states = {state.id: state for state in households.households_on(connection, row.day, ids)}
    places = regions.places(connection)
    called = _visits(connection, row, ids)
    leads = {each.cadre_id for each in drawn if each.cadre_id is not None}
    units = cadres.units_of(connection, leads, row.day)
    phones = {state.id: state.phones for state in cadres.last_posts(connection, leads)}
    found = []
    for each in drawn:
        state = states.get(each.household_id)
        place = places[state.region_id] if state else None
        found.append(
            DrawnHousehold(
                row=each,
                head_name=(state.head_name if state else None) or "",
                town=place.town if place else "",
                village=place.village if place else "",
                address=(state.address if state else None) or "",
                phones=state.phones if state else (),
                cadre_unit=units.get(each.cadre_id or 0, ""),
                cadre_phones=phones.get(each.cadre_id or 0, ()),
                visits=tuple(called.get(each.household_id, ())),
            )
        )
    strata = list(dict.fromkeys(each.drawn_for for each in drawn))
    found.sort(key=lambda one: (strata.index(one.row.drawn_for), one.town, one.village, one.row.household_no))
    return InspectionView(row, tuple(found))


def _visits(
    connection: Connection, row: InspectionRow, ids: Collection[int]
) -> Mapping[int, list[VisitOnRecord]]:
    """By household id: the visits of the quarter the spot check is about, by day."""
    quarter = parse_quarter(row.quarter)
    helped: dict[int, list[PairingRow]] = defaultdict(list)
    for pairing in pairings.pairings_within(connection, quarter.first, quarter.after):
        helped[pairing.household_id].append(pairing)
    found: dict[int, list[VisitOnRecord]] = defaultdict(list)
    for visit in visits.visits_of_households(connection, ids, quarter.last):
        if visit.day >= quarter.first:
            extra = is_extra(visit, helped.get(visit.household_id, ()))
            found[visit.household_id].append(VisitOnRecord(visit, extra))
    return found


def results(rows: Iterable[InspectedRow]) -> Mapping[InspectResult, int]:
    """So many households of each result, in the order of the code list."""
    found = Counter(row.result for row in rows)
    return {result: found[result] for result in InspectResult}
