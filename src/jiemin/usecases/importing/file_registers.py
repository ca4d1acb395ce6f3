"""What the registers of the household's file share: the day, who did it, and rows that disagree."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiemin.domain.codes import Role
from jiemin.domain.matching import KnownCadre, KnownHousehold
from jiemin.domain.roster import RosterRow
from jiemin.domain.spans import Amendment, Outcome
from jiemin.usecases.importing.session import ImportSession


def day_told(session: ImportSession, row: RosterRow, field_name: str) -> date | None:
    """The row's own day, else the clerk's, else the title's; None without one."""
    own: date | None = row.values.get(field_name)
    return own or session.options.as_of or session.tally.sheet.as_of


def past_day(session: ImportSession, row: RosterRow, field_name: str) -> date | None:
    """The day the row tells or is told; None (reported) for none, or one that is yet to come."""
    day = day_told(session, row, field_name)
    if day is None:
        session.tally.note("J432", row, field_name)
    elif day > session.options.today:
        session.tally.note("J430", row, field_name, value=day.isoformat())
        return None
    return day


@dataclass(frozen=True, slots=True)
class Who:
    """A cadre, or somebody else by name, or nobody. One who is `supposed`, since no name was written,
    does not replace somebody on record."""

    cadre_id: int | None = None
    person: str | None = None
    supposed: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether nothing is known of anybody."""
        return self.cadre_id is None and self.person is None

    def name(self, session: ImportSession) -> str | None:
        """How people call him or her."""
        if self.cadre_id is None:
            return self.person
        cadres = session.cadres.by_no.values()
        return next((each.name for each in cadres if each.id == self.cadre_id), None)


def by_whom(session: ImportSession, row: RosterRow, household: KnownHousehold, day: date) -> Who | None:
    """Who did it or answers for it: the cadre or other person named, else the unit, else the household's
    lead of that day. None = rejected, which is reported."""
    names: tuple[str, ...] = row.values.get("cadre_names", ())
    unit, number = row.values.get("cadre_unit"), row.values.get("cadre_no")
    paired = session.paired_on(household.id, day)
    if number:
        return _numbered(session, row, number, names)
    if len(names) == 1:
        return _named(session, row, names[0], unit, paired)
    if names or unit:
        return Who(person=f"{unit or ''}{'、'.join(names)}", supposed=not names)
    return Who(next((each for each, role in paired.items() if role == Role.LEAD), None), supposed=True)


def _numbered(session: ImportSession, row: RosterRow, number: str, names: tuple[str, ...]) -> Who | None:
    cadre = session.cadres.by_no.get(number.upper())
    if cadre is not None and _goes_by(session, cadre, names):
        return Who(cadre.id)
    session.tally.note("J508" if cadre else "J502", row, "cadre_no", number, number)
    return None


def _named(
    session: ImportSession, row: RosterRow, name: str, unit: str | None, paired: Mapping[int, str]
) -> Who | None:
    """The cadre of that name, of namesakes the one paired with the household; else a person so called."""
    fitting = session.cadres.named(name, unit) or session.cadres.named(name)
    fitting = [cadre for cadre in fitting if cadre.id in paired] or fitting
    if len(fitting) > 1:
        session.tally.note("J503", row, "cadre_names", name, name)
        return None
    return Who(fitting[0].id) if fitting else Who(person=f"{unit or ''}{name}")


def _goes_by(session: ImportSession, cadre: KnownCadre, names: tuple[str, ...]) -> bool:
    return not names or any(cadre in session.cadres.named(name) for name in names)


class FirstSaid:
    """What the rows of one import said first of each record; no later row says otherwise.

    Else the same file would change the same record each time.
    """

    def __init__(self) -> None:
        self._said: dict[Hashable, dict[str, Any]] = defaultdict(dict)

    def agreed(
        self,
        session: ImportSession,
        row: RosterRow,
        record: Hashable,
        told: Mapping[str, Any],
        column: Callable[[str], str] = str,
    ) -> dict[str, Any]:
        """What of it no earlier row told otherwise; the rest is reported at its `column`."""
        said = self._said[record]
        kept = {}
        for name, value in told.items():
            if said.setdefault(name, value) == value:
                kept[name] = value
            else:
                session.tally.note("J438", row, column(name))
        return kept


def settle(
    session: ImportSession, row: RosterRow, household_no: str, amendments: Iterable[Amendment]
) -> None:
    """Count what a row did to its records, and tell what it replaced or added to known ones."""
    done = list(amendments)
    new = bool(done) and all(each.outcome is Outcome.NEW for each in done)
    if not new:
        session.tell(row, household_no, done)
    session.count(done, new=new)
