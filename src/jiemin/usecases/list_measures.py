"""Look up measures of support plans and promises of visits, as a list or one by one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Plan
from jiemin.domain.people import mask_digits
from jiemin.errors import NotFoundError
from jiemin.storage import cadres, households, regions
from jiemin.storage.database import Database
from jiemin.storage.measures import MeasureRow, measure_numbered, measures_until, serial, voided_visit_of
from jiemin.usecases.find_records import find_cadre_ever, find_household, find_unit, long_number


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """Which measures to list; an empty field does not narrow. A cadre or unit is the responsible one."""

    household: str = ""
    cadre: str = ""
    unit: str = ""
    town: str | None = None
    plan: Plan | None = None
    open: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as it stood on `day`, with its household's head and place, and the unit of the cadre
    responsible."""

    row: MeasureRow
    day: date
    head_name: str
    town: str
    village: str
    unit: str

    @property
    def days_late(self) -> int:
        """For how many days it is open after it was due; 0 if it is not."""
        return (self.day - self.row.due_on).days if self.row.due_on and self.row.overdue(self.day) else 0


def list_measures(database: Database, day: date, wanted: MeasureFilter) -> list[MeasureView]:
    """The measures promised by `day`, oldest first, as they stood then."""
    with database.reading() as connection:
        household = find_household(connection, wanted.household, day).id if wanted.household else None
        cadre = find_cadre_ever(connection, wanted.cadre, day).id if wanted.cadre else None
        unit = find_unit(connection, wanted.unit)[1] if wanted.unit else ""
        rows = measures_until(connection, day, None if household is None else [household])
        views = views_of(connection, rows, day)
    return [
        view
        for view in views
        if cadre in (None, view.row.cadre_id)
        and (not unit or view.unit == unit)
        and wanted.town in (None, view.town)
        and wanted.plan in (None, view.row.plan)
        and (view.row.open or not wanted.open)
        and (view.row.overdue(day) or not wanted.overdue)
    ]


def show_measure(database: Database, number: str, day: date) -> MeasureView:
    """The measure of that number; raises as `find_measure`."""
    with database.reading() as connection:
        return views_of(connection, [find_measure(connection, number, day)], day)[0]


def find_measure(connection: Connection, text: str, day: date) -> MeasureRow:
    """The measure of that number, also written short as M3 or 3; raises `NotFoundError`."""
    found = measure_numbered(connection, text.strip(), day)
    if found is None:
        found = measure_numbered(connection, full_number(text), day)
    if found is None:
        raise _unknown(connection, text, day)
    return found


def _unknown(connection: Connection, text: str, day: date) -> NotFoundError:
    """No such measure on the day; perhaps later, or its visit was voided, and the promise with it."""
    number = full_number(text)
    later = measure_numbered(connection, number, date.max)
    if later is not None:
        return NotFoundError(
            f"{later.measure_no}自{later.promised_on}起才有记录，{day}还没有", "核对 --as-of 的日期"
        )
    visit_no = voided_visit_of(connection, number)
    if visit_no is not None:
        return NotFoundError(
            f"{number}是走访{visit_no}的承诺，那次走访已作废",
            f"用 jiemin visit show {visit_no} 查看；承诺还要办的，用 jiemin measure add 重新登记",
        )
    return NotFoundError(
        f"没有编号是“{mask_digits(text)}”的措施", "编号是 M 开头的，用 jiemin measure list 查看"
    )


def full_number(text: str) -> str:
    """M000003 of M3 or 3; any other text as it is."""
    return long_number(text, "M", serial)


def views_of(connection: Connection, rows: list[MeasureRow], day: date) -> list[MeasureView]:
    """The measures with what a list shows beside them."""
    known = {
        each.id: each
        for each in households.households_on(connection, day, list({row.household_id for row in rows}))
    }
    places = regions.places(connection)
    units = cadres.units_of(connection, {row.cadre_id for row in rows if row.cadre_id is not None}, day)
    found = []
    for row in rows:
        state = known.get(row.household_id)  # a promise may be older than what is known of the family
        head, place = (state.head_name or "", places[state.region_id]) if state else ("", None)
        where = (place.town, place.village) if place else ("", "")
        unit = units.get(row.cadre_id, "") if row.cadre_id is not None else ""
        found.append(MeasureView(row, day, head, *where, unit))
    return found
