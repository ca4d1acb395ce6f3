"""Who is recorded as dead: a roster that was not kept up must not bring anybody back to life."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from jiemin.domain.household_events import tells_of_death
from jiemin.storage.persons import MembershipRow


class Deceased:
    """The last memberships of those who died, by person and by name; each ends on the day of the death."""

    def __init__(self, rows: Iterable[MembershipRow]) -> None:
        dead = [row for row in rows if tells_of_death(row.end_reason)]
        self.by_person = {row.person_id: row for row in dead}
        self._by_name: dict[str, list[MembershipRow]] = defaultdict(list)
        for row in dead:
            self._by_name[row.name].append(row)

    def named(self, name: str | None, number: str | None, birth: date | None) -> list[MembershipRow]:
        """Those of that name whom neither birth nor number tells apart from the one a roster speaks of."""
        return [row for row in self._by_name.get(name or "", ()) if not _apart(row, number, birth)]


def lived_on(row: MembershipRow, day: date | None) -> bool:
    """Whether a roster of that day, told by itself or by the clerk, is from before the death."""
    return day is not None and day < row.end


def death_told(row: MembershipRow, household_no: str) -> str:
    """Who died, when, and where he or she is on record, for the message."""
    return f"登记在{household_no}户的{row.name}，{row.end}登记为死亡"


def _apart(row: MembershipRow, number: str | None, birth: date | None) -> bool:
    if row.birth and birth:
        return row.birth != birth
    return bool(row.id_number and number and row.id_number != number)
