"""Who answers for what is done for a household on a day: the cadre named, else the lead of that day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.usecases.find_records import find_cadre
from jiemin.usecases.visitors import paired_on


@dataclass(frozen=True, slots=True)
class Answering:
    """A cadre who answers for something."""

    id: int
    cadre_no: str
    name: str


def lead_on(connection: Connection, household_id: int, day: date) -> Answering | None:
    """The household's lead on `day`, if there is one."""
    paired = paired_on(connection, household_id, day).values()
    row = next((each for each in paired if each.role == Role.LEAD), None)
    return None if row is None else Answering(row.cadre_id, row.cadre_no, row.cadre_name)


def cadre_named(connection: Connection, household_id: int, text: str, day: date) -> Answering:
    """The cadre a clerk names; of namesakes the one paired with the household on `day`.

    Raises `NotFoundError` as `find_cadre`.
    """
    paired = paired_on(connection, household_id, day).values()
    ours = [row for row in paired if text in (row.cadre_name, row.cadre_no)]
    if len(ours) == 1:
        return Answering(ours[0].cadre_id, ours[0].cadre_no, ours[0].cadre_name)
    found = find_cadre(connection, text, day)
    return Answering(found.id, found.cadre_no, found.name)
