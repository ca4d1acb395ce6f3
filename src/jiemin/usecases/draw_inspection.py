"""Draw households for a spot check of a quarter's visits (notice 三.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.inspection import Drawn, Scope, Strata, default_seed, draw
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import QuarterVisits
from jiemin.errors import JieminError
from jiemin.storage import households, inspections, pairings
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.inspections import InspectionRow
from jiemin.storage.journal import Door, write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.storage.supervision_tables import InspectedHousehold, Inspection
from jiemin.usecases.inspections import InspectionView, view_of
from jiemin.usecases.quarter_facts import QuarterRecord, read_quarter


@dataclass(frozen=True, slots=True)
class DrawAsked:
    """What is asked of a draw; without a seed the day's digits are, without a quarter the running one."""

    count: int
    strata: Strata
    scope: Scope
    reason: str
    quarter: Quarter | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class DrawDone:
    """A spot check drawn, out of so many households; `by_stratum` holds (name, households, drawn)."""

    view: InspectionView
    households: int
    by_stratum: tuple[tuple[str, int, int], ...]


def draw_inspection(
    database: Database, stamp: Stamp, asked: DrawAsked, today: date, *, dry_run: bool = False
) -> DrawDone:
    """Draw from the households due in the quarter that are still in the work, and store the draw.

    All are drawn where there are fewer than asked for. Raises `PeriodError` for a quarter that has not
    begun, `JieminError` when there is nobody to draw from, and for the very same draw a second time.
    """
    with write_door(database, stamp, dry_run=dry_run) as door:
        record = read_quarter(door.connection, asked.quarter or Quarter.of(today), today)
        judged = record.judged(today)
        leads = _leads(door.connection, judged.day)
        eligible = _eligible(door.connection, judged, asked.scope, today)
        strata = _strata(record, asked.strata, eligible, leads)
        seed = default_seed(today) if asked.seed is None else asked.seed
        drawn = draw(strata, asked.count, seed)
        row = _inspection(door, asked, str(record.quarter), seed, today)
        _refuse_twice(door.connection, row, {eligible[each.household_no].id for each in drawn})
        _store(door, row, drawn, eligible, leads)
        view = view_of(door.connection, row)
    places = Counter(each.stratum for each in drawn)
    by_stratum = tuple((name, len(numbers), places[name]) for name, numbers in strata.items() if numbers)
    return DrawDone(view, len(eligible), by_stratum)


def _leads(connection: Connection, day: date) -> Mapping[str, PairingRow]:
    """By household number the pairing of its lead on `day`; of one without a lead, of an assistant."""
    leads: dict[str, PairingRow] = {}
    for row in sorted(pairings.pairings_on(connection, day), key=lambda row: row.role != Role.LEAD):
        leads.setdefault(row.household_no, row)
    return leads


def _eligible(
    connection: Connection, judged: QuarterVisits, scope: Scope, today: date
) -> Mapping[str, HouseholdState]:
    """Who may be drawn: due in the quarter, of the scope asked for, and in the work today."""
    wanted = {
        Scope.ALL: frozenset(judged.due),
        Scope.VISITED: judged.made,
        Scope.NOT_VISITED: frozenset(judged.not_visited),
    }[scope]
    states = households.households_on(connection, today)
    eligible = {
        state.household_no: state for state in states if state.active and state.household_no in wanted
    }
    if eligible:
        return eligible
    if not judged.due:
        raise JieminError(
            f"{judged.quarter.label}没有应走访的户，没有可以抽的",
            "先结对：jiemin pair --auto；或用 --quarter 指明别的季度",
        )
    raise JieminError(
        f"{judged.quarter.label}应走访{len(judged.due)}户，其中没有{scope}而现在在册的，没有可以抽的",
        "去掉 --only，或用 --quarter 指明别的季度",
    )


def _strata(
    record: QuarterRecord,
    strata: Strata,
    eligible: Mapping[str, HouseholdState],
    leads: Mapping[str, PairingRow],
) -> dict[str, list[str]]:
    """The households by town in the county's order, by unit in that of the cadres, or all as one."""
    if strata is Strata.COUNTY:
        return {strata.value: list(eligible)}
    if strata is Strata.TOWN:
        names = {line.household_no: line.town for line in record.households}
        order: Iterable[str] = record.towns
    else:
        units = {line.cadre_no: line.unit for line in record.cadres}
        names = {number: units[leads[number].cadre_no] for number in eligible}
        order = units.values()
    found: dict[str, list[str]] = {name: [] for name in order}
    for number in eligible:
        found.setdefault(names[number], []).append(number)
    return found


def _inspection(door: Door, asked: DrawAsked, quarter: str, seed: int, today: date) -> InspectionRow:
    row_id = door.next_id(Inspection)
    return InspectionRow(
        id=row_id,
        inspection_no=inspections.serial(row_id),
        day=today,
        quarter=quarter,
        seed=seed,
        number=asked.count,
        strata=asked.strata,
        scope=asked.scope,
        reason=asked.reason.strip() or None,
    )


def _refuse_twice(connection: Connection, asked: InspectionRow, household_ids: set[int]) -> None:
    """The very same draw tells nothing new; another seed does."""
    known = inspections.inspections(connection, asked.quarter)
    drawn: dict[int, set[int]] = defaultdict(set)
    for each in inspections.inspected(connection, [row.id for row in known]):
        drawn[each.inspection_id].add(each.household_id)
    for row in known:
        if (row.seed, drawn[row.id]) == (asked.seed, household_ids):
            raise JieminError(
                f"同样的抽查已经抽过，编号{row.inspection_no}：种子{row.seed}，抽到的户也一样",
                f"查看：jiemin inspect show {row.inspection_no}；要另抽一批，用 --seed 换一个种子",
            )


def _store(
    door: Door,
    row: InspectionRow,
    drawn: Iterable[Drawn],
    eligible: Mapping[str, HouseholdState],
    leads: Mapping[str, PairingRow],
) -> None:
    door.insert(
        Inspection,
        [
            {
                "id": row.id,
                "inspection_no": row.inspection_no,
                "day": row.day,
                "quarter": row.quarter,
                "seed": row.seed,
                "number": row.number,
                "stratum": row.strata.value,
                "scope": row.scope.value,
                "reason": row.reason,
            }
        ],
    )
    rows = [
        {
            "inspection_id": row.id,
            "household_id": eligible[each.household_no].id,
            "drawn_for": each.stratum,
            "cadre_id": leads[each.household_no].cadre_id,
        }
        for each in drawn
    ]
    door.insert(InspectedHousehold, rows)
