"""Record what a spot check found at a household (notice 三.3)."""

from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import InspectResult
from jiemin.domain.people import clean_name
from jiemin.errors import JieminError
from jiemin.storage.database import Database
from jiemin.storage.inspections import InspectedRow, InspectionRow
from jiemin.storage.journal import Door, write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.supervision_tables import InspectedHousehold
from jiemin.usecases.find_records import find_household
from jiemin.usecases.inspections import DrawnHousehold, find_inspection, view_of


@dataclass(frozen=True, slots=True)
class ResultTold:
    """What the inspectors found; what is not told stays as it was."""

    result: InspectResult
    day: date | None = None
    finding: str | None = None
    inspector: str | None = None


@dataclass(frozen=True, slots=True)
class ResultRecorded:
    """What stands on record now, what stood there `before` (None at first), and how many are unchecked."""

    inspection_no: str
    household: DrawnHousehold
    before: InspectResult | None
    unchecked: int


def record_result(
    database: Database, stamp: Stamp, number: str, household: str, told: ResultTold, today: date
) -> ResultRecorded:
    """Store what was found; found out again, it takes the place of what stood there, which the log keeps.

    Raises `NotFoundError` for an unknown spot check or household, `JieminError` for a household that was
    not drawn, and for a day before the draw or still to come.
    """
    with write_door(database, stamp) as door:
        inspection = find_inspection(door.connection, number)
        row = _drawn(door, inspection, household, today)
        day = told.day or row.checked_on or today
        if not inspection.day <= day <= today:
            raise JieminError(
                f"核实日期{day}不对：这次抽查{inspection.day}抽取，今天是{today}", "核对 --on 的日期"
            )
        values = {
            "id": row.id,
            "checked_on": day,
            "result": told.result.value,
            "finding": row.finding if told.finding is None else told.finding.strip() or None,
            "inspector": row.inspector if told.inspector is None else clean_name(told.inspector) or None,
        }
        door.update(InspectedHousehold, [values])
        view = view_of(door.connection, inspection)
    recorded = next(each for each in view.households if each.row.id == row.id)
    unchecked = sum(each.row.result is None for each in view.households)
    return ResultRecorded(inspection.inspection_no, recorded, row.result, unchecked)


def _drawn(door: Door, inspection: InspectionRow, household: str, today: date) -> InspectedRow:
    """The household meant; of namesakes the one that was drawn."""
    view = view_of(door.connection, inspection)
    asked = clean_name(household)
    ours = [
        each.row
        for each in view.households
        if asked.casefold() == each.row.household_no.casefold() or asked == each.head_name
    ]
    if len(ours) == 1:
        return ours[0]
    family = find_household(door.connection, household, today)
    found = next((each.row for each in view.households if each.row.household_id == family.id), None)
    if found is None:
        raise JieminError(
            f"{family.household_no} {family.head_name or ''}不在{inspection.inspection_no}抽到的户里",
            f"抽到的户：jiemin inspect show {inspection.inspection_no}",
        )
    return found
