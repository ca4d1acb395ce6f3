"""Read the files of one or many households as of a day, each table once for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from jiemin.domain.before_after import before_after
from jiemin.errors import JieminError
from jiemin.storage import (
    arrears,
    awards,
    cadres,
    conditions,
    households,
    measures,
    pairings,
    persons,
    regions,
    surveys,
    visits,
)
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.usecases.find_records import find_household
from jiemin.usecases.household_record import (
    HouseholdFile,
    aid_of,
    awards_begun,
    clears_of,
    deeds_of,
    family_record,
    gone_from,
    needs_of,
    visit_as_known,
)
from jiemin.usecases.list_visits import VisitView, is_extra
from jiemin.usecases.look_up import Helper, HouseholdView, as_known

FIRST_PAIRED, FIRST_KNOWN, CHOSEN = "首次结对", "开始登记", "指定日期"


def show_household(
    database: Database, text: str, day: date, *, before: date | None = None, past: bool = False
) -> HouseholdFile:
    """The file of the household meant as of `day`, compared with `before` or the first pairing's day.

    With `past` what was only set later than `day` is left out, ends of pairings among it. Raises
    `NotFoundError` as `find_household`, `JieminError` for a day of comparison after `day`.
    """
    with database.reading() as connection:
        state = find_household(connection, text, day)
        return read_files(connection, [state], day, before=before, past=past)[0]


def read_files(
    connection: Connection,
    states: Sequence[HouseholdState],
    day: date,
    *,
    before: date | None = None,
    past: bool = False,
) -> list[HouseholdFile]:
    """The files of these households, in their order; see `show_household`."""
    if before is not None and before > day:
        raise JieminError(f"{before}在{day}以后，不能作为帮扶前", "--before 写更早的日期")
    record = _Record(connection, [each.id for each in states], day, past)
    return [record.file(each, before) for each in states]


class _Record:
    """The rows of all households asked for, by household id."""

    def __init__(self, connection: Connection, ids: Sequence[int], day: date, past: bool) -> None:
        self.day = day
        rows = pairings.pairings_of_households(connection, ids)
        self.ever = _by_household([as_known(row, day) for row in rows if row.start <= day] if past else rows)
        self.units = cadres.units_of(connection, {row.cadre_id for row in rows}, day)
        self.places = regions.places(connection)
        self.members = _by_household(persons.members_of(connection, ids, day))
        left = [each for each in ids if each not in self.members]
        self.former = _by_household(persons.memberships_of_households(connection, left) if left else [])
        called = visits.visits_of_households(connection, ids, day)
        self.visits = _by_household(visit_as_known(row, day) for row in called)
        self.surveys = _by_household(surveys.surveys_until(connection, day, ids))
        self.measures = _by_household(measures.measures_until(connection, day, ids))
        self.conditions = _by_household(conditions.conditions_until(connection, day, ids))
        self.awards = _by_household(awards.awards_of_households(connection, ids))
        self.differences = _by_household(arrears.differences_approved(connection, ids, day))
        self.spans = households.held_spans(connection, ids)

    def file(self, state: HouseholdState, before: date | None) -> HouseholdFile:
        """One household's file."""
        day, ever = self.day, self.ever[state.id]
        members, called, planned = self.members[state.id], self.visits[state.id], self.measures[state.id]
        measured, found = self.conditions[state.id], self.surveys[state.id]
        awarded = awards_begun(self.awards[state.id], day)
        needs, deeds = needs_of(state, called, day), deeds_of(called, planned)
        aid = aid_of(called, planned, awarded, self.differences[state.id], day)
        helpers = tuple(Helper(row, self.units.get(row.cadre_id, "")) for row in ever)
        now = tuple(each for each in helpers if each.pairing.start <= day < each.pairing.end)
        first, first_is = self._first(state, before)
        gone = gone_from(self.former[state.id], day)
        facts = family_record(self.spans[state.id], measured, awarded, called, deeds, aid)
        return HouseholdFile(
            day=day,
            view=HouseholdView(state, self.places[state.region_id], now),
            members=tuple(members),
            pairings=helpers,
            clears=clears_of(state, members, found, needs, day, gone=bool(gone)),
            surveys=tuple(found),
            needs=needs,
            measures=tuple(planned),
            deeds=deeds,
            aid=aid,
            conditions=tuple(measured),
            visits=tuple(VisitView(row, state.head_name or "", is_extra(row, ever)) for row in called),
            awards=awarded,
            first=first,
            first_is=first_is,
            before_after=before_after(first, day, facts),
            known_since=min(span.start for span in self.spans[state.id]),
            gone=gone,
        )

    def _first(self, state: HouseholdState, before: date | None) -> tuple[date, str]:
        """The day before is read on: the one chosen, else that of the first pairing, else of the record."""
        if before is not None:
            return before, CHOSEN
        begun = [row.start for row in self.ever[state.id] if row.start <= self.day]
        if begun:
            return min(begun), FIRST_PAIRED
        return min(span.start for span in self.spans[state.id]), FIRST_KNOWN


class _OfHousehold(Protocol):
    """A row that belongs to a household."""

    @property
    def household_id(self) -> int: ...


T = TypeVar("T", bound=_OfHousehold)


def _by_household(rows: Iterable[T]) -> Mapping[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(row)
    return found
