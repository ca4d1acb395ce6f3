"""Who is still to be visited in a quarter, unit by unit, as sheets that come back filled in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.indicators import CadreLine
from jiemin.domain.periods import Quarter
from jiemin.sheets.forms.visit_reminder import Matter, Reminder, ReminderLine
from jiemin.storage import households, measures, visits
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.usecases.visit_due import DueFilter, DueHousehold, VisitsDue, visits_due


@dataclass(frozen=True, slots=True)
class VisitsToRemind:
    """A sheet for each unit, and how it stands with the quarter."""

    due: VisitsDue
    sheets: tuple[Reminder, ...]

    @property
    def households(self) -> int:
        """How many households the sheets name, each once."""
        return len({line.household_no for sheet in self.sheets for line in sheet.lines})


def remind_visits(
    database: Database,
    quarter: Quarter | None,
    today: date,
    *,
    unit: str = "",
    town: str | None = None,
    everything: bool = False,
) -> VisitsToRemind:
    """The households not visited yet, or all that are due, at each unit of which a cadre answers for them.

    The running quarter when none is named. Raises as `visits_due`.
    """
    found = visits_due(database, quarter, today, DueFilter(unit=unit, town=town, everything=everything))
    with database.reading() as connection:
        facts = _Facts(connection, found, today)
    lines: dict[str, list[ReminderLine]] = defaultdict(list)
    asked = {line.unit for line in found.asked} if unit else None
    towns = {name: place for place, name in enumerate(found.record.towns)}
    order = sorted(
        found.households,
        key=lambda each: (towns.get(each.line.town, len(towns)), each.line.village, each.line.household_no),
    )
    for each in order:
        for name, line in facts.lines_of(each):
            if asked is None or name in asked:
                lines[name].append(line)
    judged = found.judged
    sheets = (Reminder(name, judged.quarter, judged.over, tuple(lines[name])) for name in sorted(lines))
    return VisitsToRemind(found, tuple(sheets))


class _Facts:
    """What a line tells of its household besides what is due."""

    def __init__(self, connection: Connection, found: VisitsDue, today: date) -> None:
        self._found = found
        wanted = {each.line.household_no for each in found.households}
        states = households.households_on(connection, found.judged.day) if wanted else []
        self._states: Mapping[str, HouseholdState] = {
            each.household_no: each for each in states if each.household_no in wanted
        }
        self._leads = {
            pairing.household_no: pairing.cadre_no
            for pairing in found.record.pairings
            if pairing.role is Role.LEAD and pairing.holds(found.judged.day)
        }
        self._matters = _open_matters(connection, [each.id for each in self._states.values()], today)

    def lines_of(self, due: DueHousehold) -> Iterator[tuple[str, ReminderLine]]:
        """Each unit of which a cadre answers for the household, and the line on its sheet."""
        number = due.line.household_no
        lead = self._leads.get(number)
        answering = [line for line in due.helpers if self._answers(line, number)] or list(due.helpers)
        answering.sort(key=lambda line: (line.cadre_no != lead, line.unit, line.cadre_no))
        state = self._states.get(number)
        for unit in dict.fromkeys(line.unit for line in answering):
            yield (
                unit,
                ReminderLine(
                    household_no=number,
                    town=due.line.town,
                    village=due.line.village,
                    head_name=due.line.head_name,
                    phones=due.line.phones,
                    address=(state.address if state else None) or "",
                    visitors=tuple(line.name for line in answering if line.unit == unit),
                    answering=tuple(_called(line, unit, lead) for line in answering),
                    last_visit=due.last_visit,
                    matters=tuple(self._matters.get(number, ())),
                    makeup=due.makeup,
                ),
            )

    def _answers(self, line: CadreLine, household_no: str) -> bool:
        own = self._found.judged.cadres.get(line.cadre_no)
        return own is not None and household_no in own.due


def _called(line: CadreLine, unit: str, lead: str | None) -> str:
    """The name, with what tells the lead and who is of another unit than the sheet's."""
    told = [line.unit] if line.unit != unit else []
    told += ["第一责任人"] if line.cadre_no == lead else []
    return f"{line.name}({'，'.join(told)})" if told else line.name


def _open_matters(connection: Connection, ids: list[int], today: date) -> Mapping[str, list[Matter]]:
    """By household, needs heard and not met yet, and measures promised and not delivered."""
    found: dict[str, list[Matter]] = defaultdict(list)
    for visit in visits.visits_of_households(connection, ids, today):
        if visit.needs_open:
            found[visit.household_no].append(Matter("需求", visit.needs or "", visit.day))
    for measure in measures.measures_until(connection, today, ids):
        if measure.open:
            found[measure.household_no].append(
                Matter("承诺", measure.what, measure.promised_on, measure.due_on)
            )
    return found
