"""Who is due a visit in a quarter and how it stands, by household, cadre, unit and town."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.indicators import CadreLine, HouseholdLine
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import (
    PairingSpan,
    QuarterVisits,
    Rate,
    VisitFact,
    VisitState,
    last_counted,
)
from jiemin.storage import pairings, visits
from jiemin.storage.database import Database
from jiemin.usecases.find_records import find_cadre_ever, find_unit
from jiemin.usecases.quarter_facts import QuarterRecord, read_quarter


@dataclass(frozen=True, slots=True)
class DueFilter:
    """Whose visits to look at; an empty field does not narrow.

    With a cadre or unit, these are the households that he or she, or one of the unit's cadres, answers for.
    """

    cadre: str = ""
    unit: str = ""
    town: str | None = None
    everything: bool = False
    """List also the households visited."""


@dataclass(frozen=True, slots=True)
class DueHousehold:
    """A household due, who helps it on the report day, and its last visit ever that counted."""

    line: HouseholdLine
    state: VisitState
    helpers: tuple[CadreLine, ...]
    last_visit: date | None
    makeup: bool
    """It changed hands late; the visit is a make-up visit."""


@dataclass(frozen=True, slots=True)
class Share:
    """Household numbers that somebody answers for, those visited, and those of a make-up visit."""

    due: tuple[str, ...]
    made: tuple[str, ...]
    makeup: frozenset[str] = frozenset()

    @property
    def left(self) -> tuple[str, ...]:
        """Those not visited."""
        made = frozenset(self.made)
        return tuple(number for number in self.due if number not in made)

    @property
    def rate(self) -> Rate:
        """Made of due."""
        return Rate(len(self.made), len(self.due))


@dataclass(frozen=True, slots=True)
class VisitsDue:
    """A quarter's visits as far as they were asked for.

    In `whole` and `towns` a household is made when anybody paired with it visited it; in `cadres`, `units`
    and `own` when the cadre, or one of the unit's, did. Shares of nothing are left out.
    """

    judged: QuarterVisits
    record: QuarterRecord
    whole: Share
    households: tuple[DueHousehold, ...]
    asked: tuple[CadreLine, ...]
    """The cadres asked for."""

    def cadres(self) -> list[tuple[CadreLine, Share]]:
        """What each cadre answers for."""
        known = frozenset(self.whole.due)
        shares = ((line, _share(self.judged, [line], known)) for line in self.asked)
        return [(line, share) for line, share in shares if share.due]

    def units(self) -> dict[str, Share]:
        """What the cadres of each unit answer for."""
        staff: dict[str, list[CadreLine]] = defaultdict(list)
        for line in self.asked:
            staff[line.unit].append(line)
        known = frozenset(self.whole.due)
        shares = {unit: _share(self.judged, lines, known) for unit, lines in staff.items()}
        return {unit: share for unit, share in shares.items() if share.due}

    def own(self) -> Share:
        """What all cadres asked for answer for together, each household once."""
        return _share(self.judged, self.asked, self.whole.due)

    def towns(self) -> dict[str, Share]:
        """The households by town, in the county's order."""
        return _towns(self.record, self.whole)

    @property
    def heads(self) -> Mapping[str, str]:
        """Household number → head's name."""
        return {line.household_no: line.head_name for line in self.record.households}

    @property
    def paired(self) -> bool:
        """Whether anybody is paired on the report day at all."""
        return any(pairing.holds(self.judged.day) for pairing in self.record.pairings)


def visits_due(database: Database, quarter: Quarter | None, today: date, wanted: DueFilter) -> VisitsDue:
    """Judge the quarter, or the running one, and sort what is due.

    Raises `PeriodError` for a quarter that has not begun, `NotFoundError` for a cadre or unit not on record.
    """
    with database.reading() as connection:
        record = read_quarter(connection, quarter or Quarter.of(today), today)
        judged = record.judged(today)
        asked = _cadres(connection, record, wanted)
        whole = _whole(record, judged, wanted, asked)
        listed = whole.due if wanted.everything else whole.left
        last = _last_visits(connection, listed, today)
    found = tuple(_households(record, judged, listed, last))
    return VisitsDue(judged, record, whole, found, tuple(asked))


def _cadres(connection: Connection, record: QuarterRecord, wanted: DueFilter) -> list[CadreLine]:
    cadre_no = find_cadre_ever(connection, wanted.cadre, record.day).cadre_no if wanted.cadre else None
    unit = find_unit(connection, wanted.unit)[1] if wanted.unit else None
    return [line for line in record.cadres if cadre_no in (None, line.cadre_no) and unit in (None, line.unit)]


def _whole(
    record: QuarterRecord, judged: QuarterVisits, wanted: DueFilter, asked: Iterable[CadreLine]
) -> Share:
    """The households asked for, made when anybody visited them."""
    due: Collection[str] = judged.due
    if wanted.cadre or wanted.unit:
        due = _share(judged, asked, due).due
    if wanted.town is not None:
        due = {line.household_no for line in record.households if line.town == wanted.town}.intersection(due)
    return Share(tuple(sorted(due)), tuple(sorted(judged.made.intersection(due))), judged.makeup & set(due))


def _share(judged: QuarterVisits, lines: Iterable[CadreLine], among: Iterable[str]) -> Share:
    """What these cadres answer for and visited themselves, of the households `among`."""
    quarters = [quarter for line in lines if (quarter := judged.cadres.get(line.cadre_no))]
    due = {number for quarter in quarters for number in quarter.due}.intersection(among)
    made = {number for quarter in quarters for number in quarter.visited} & due
    makeup = {number for quarter in quarters for number in quarter.makeup} & due
    return Share(tuple(sorted(due)), tuple(sorted(made)), frozenset(makeup))


def _towns(record: QuarterRecord, whole: Share) -> dict[str, Share]:
    town_of = {line.household_no: line.town for line in record.households}
    groups: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for place, numbers in enumerate((whole.due, whole.made)):
        for number in numbers:
            groups[town_of[number]][place].append(number)
    others = sorted(groups.keys() - set(record.towns))
    return {
        town: Share(tuple(groups[town][0]), tuple(groups[town][1]), whole.makeup & set(groups[town][0]))
        for town in (*record.towns, *others)
        if town in groups
    }


def _households(
    record: QuarterRecord, judged: QuarterVisits, listed: Iterable[str], last: Mapping[str, date]
) -> Iterable[DueHousehold]:
    lines = {line.household_no: line for line in record.households}
    people = {line.cadre_no: line for line in record.cadres}
    helpers: dict[str, list[CadreLine]] = defaultdict(list)
    for pairing in record.pairings:
        if pairing.holds(judged.day):
            helpers[pairing.household_no].append(people[pairing.cadre_no])
    makeup = judged.makeup
    states = {number: state for number in listed if (state := judged.state(number))}
    for number, state in states.items():
        yield DueHousehold(lines[number], state, tuple(helpers[number]), last.get(number), number in makeup)


def _last_visits(connection: Connection, numbers: Collection[str], today: date) -> Mapping[str, date]:
    """Household number → the day of its last visit until today that counted, whatever quarter."""
    if not numbers:
        return {}
    after = today + timedelta(days=1)
    ever = pairings.pairing_facts(connection, date.min, after, numbers)
    return last_counted(
        (
            VisitFact(row.visit_no, row.day, row.household_no, row.cadre_nos, VisitKind(row.kind))
            for row in visits.visit_facts(connection, date.min, after, numbers)
        ),
        (PairingSpan(row.household_no, row.cadre_no, Role(row.role), row.start, row.end) for row in ever),
    )
