"""Look up aid cases, as a list or one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Item
from jiemin.domain.people import mask_digits
from jiemin.errors import NotFoundError
from jiemin.storage import households, regions
from jiemin.storage.aid_cases import AidCaseRow, aid_case_numbered, aid_cases, serial
from jiemin.storage.database import Database
from jiemin.usecases.find_records import find_household, long_number


@dataclass(frozen=True, slots=True)
class AidFilter:
    """Which cases to list; an empty field does not narrow. Void ones are left out unless asked for."""

    household: str = ""
    item: Item | None = None
    voided: bool = False


@dataclass(frozen=True, slots=True)
class AidView:
    """A case with its household's head and place, as they are on the day of the list."""

    row: AidCaseRow
    head_name: str
    town: str
    village: str


def list_aid_cases(database: Database, day: date, wanted: AidFilter) -> list[AidView]:
    """The cases begun by `day`, oldest first."""
    with database.reading() as connection:
        ids = [find_household(connection, wanted.household, day).id] if wanted.household else None
        rows = aid_cases(
            connection, item=wanted.item or "", until=day, household_ids=ids, voided=wanted.voided
        )
        return views_of(connection, rows, day)


def find_aid_case(connection: Connection, text: str) -> AidCaseRow:
    """The case of that number, also written short as A3 or 3, void or not; raises `NotFoundError`."""
    found = aid_case_numbered(connection, text.strip()) or aid_case_numbered(connection, full_number(text))
    if found is None:
        raise NotFoundError(
            f"没有编号是“{mask_digits(text)}”的救助事项", "编号是 A 开头的，用 jiemin aid list 查看"
        )
    return found


def full_number(text: str) -> str:
    """A000003 of A3 or 3; any other text as it is."""
    return long_number(text, "A", serial)


def views_of(connection: Connection, rows: Sequence[AidCaseRow], day: date) -> list[AidView]:
    """The cases with what a list shows beside them."""
    states = households.households_on(connection, day, list({row.household_id for row in rows}))
    known = {state.id: state for state in states}
    places = regions.places(connection)
    found = []
    for row in rows:
        state = known.get(row.household_id)  # a case may be older than what is known of the family
        place = places[state.region_id] if state else None
        where = (place.town, place.village) if place else ("", "")
        found.append(AidView(row, (state.head_name or "") if state else "", *where))
    return found
