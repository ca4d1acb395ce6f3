"""What one import knows and has decided so far, across all its files and sheets."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.matching import CadreIndex, HouseholdIndex, PersonIndex
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.places import CountyPlaces
from jiemin.domain.problems import Problem, Severity
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Held, Outcome, State
from jiemin.storage import cadres, households, pairings, persons, regions, visits
from jiemin.storage.batch import Batch
from jiemin.storage.journal import Door
from jiemin.usecases.importing.cell_changes import CellChange, Names, cell_change
from jiemin.usecases.importing.place_finder import PlaceFinder


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the clerk said on the command line about the whole import."""

    today: date
    as_of: date | None = None
    town: str | None = None


@dataclass(slots=True)
class SheetTally:
    """What became of one sheet's rows."""

    sheet: RosterSheet
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    rejected_rows: set[int] = field(default_factory=set)
    changes: list[CellChange] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """Rows left out: by the reader, or here."""
        return self.sheet.rejected + len(self.rejected_rows)

    @property
    def warned(self) -> int:
        """Rows that went in with a warning."""
        rows = {each.row for each in self.problems if each.severity is Severity.WARN and each.row}
        return len(rows - self.rejected_rows)

    def note(
        self, code: str, row: RosterRow, field_name: str = "", detail: str = "", value: str = ""
    ) -> None:
        """Report a fault; a rejecting one takes the row out."""
        fault = self.sheet.problem(code, row, field_name, detail, value)
        self.problems.append(fault)
        if fault.severity is Severity.REJECT:
            self.rejected_rows.add(row.number)


@dataclass(slots=True)
class KnownVisit:
    """A visit on record and what was written of it."""

    id: int
    words: dict[str, Any]


class ImportSession:
    """The open door, the batch waiting to be written, and the indexes rows are matched with."""

    def __init__(self, door: Door, places: CountyPlaces, options: ImportOptions) -> None:
        self.door = door
        self.batch = Batch(door)
        self.options = options
        self.places = PlaceFinder(door.connection, self.batch, places, options.town)
        self.tally: SheetTally

    @cached_property
    def households(self) -> HouseholdIndex:
        """All known households."""
        return HouseholdIndex.of(households.known_households(self.door.connection))

    @cached_property
    def household_spans(self) -> dict[int, list[Held]]:
        """Spans by household id."""
        return households.held_spans(self.door.connection)

    @cached_property
    def persons(self) -> PersonIndex:
        """All known persons."""
        return persons.known_persons(self.door.connection)

    @cached_property
    def person_spans(self) -> dict[int, list[Held]]:
        """Spans by person id."""
        return persons.held_spans(self.door.connection)

    @cached_property
    def person_details(self) -> dict[int, dict[str, Any]]:
        """Lasting fields by person id."""
        return persons.person_details(self.door.connection)

    @cached_property
    def memberships(self) -> dict[int, list[Held]]:
        """Open memberships by person id."""
        return persons.held_memberships(self.door.connection)

    @cached_property
    def cadres(self) -> CadreIndex:
        """All known cadres."""
        return cadres.known_cadres(self.door.connection)

    @cached_property
    def cadre_posts(self) -> dict[int, list[Held]]:
        """Posts by cadre id."""
        return cadres.held_posts(self.door.connection)

    @cached_property
    def cadre_details(self) -> dict[int, dict[str, Any]]:
        """Lasting fields by cadre id."""
        return cadres.cadre_details(self.door.connection)

    @cached_property
    def units(self) -> dict[str, int]:
        """Unit ids by name."""
        return regions.units(self.door.connection)

    @cached_property
    def _links(self) -> set[tuple[int, int]]:
        links = regions.unit_links(self.door.connection)
        return {(unit, place) for unit, places in links.items() for place in places}

    @cached_property
    def pairings(self) -> dict[int, list[tuple[int, str, date, date]]]:
        """Every pairing as (cadre id, role, start, end), by household id, batch included."""
        self.batch.flush()
        found: dict[int, list[tuple[int, str, date, date]]] = {}
        for row in pairings.all_pairings(self.door.connection):
            found.setdefault(row.household_id, []).append((row.cadre_id, row.role, row.start, row.end))
        return found

    @cached_property
    def open_pairs(self) -> dict[int, dict[int, str]]:
        """Household id → cadre id → role, of the pairings that last."""
        return {
            household: {cadre: role for cadre, role, _, end in rows if end == FOREVER}
            for household, rows in self.pairings.items()
        }

    @cached_property
    def visits(self) -> dict[tuple[int, date, str, frozenset[int]], KnownVisit]:
        """Every visit on record by household, day, kind and visitors."""
        return {
            (row.household_id, row.day, row.kind, frozenset(cadre[0] for cadre in row.cadres)): KnownVisit(
                row.id, {"note": row.note, "needs": row.needs, "deeds": row.deeds}
            )
            for row in visits.visits_within(self.door.connection, date.min, FOREVER)
        }

    def link(self, unit_id: int, region_id: int) -> bool:
        """Remember that a unit is linked with a place; whether that is new."""
        is_new = (unit_id, region_id) not in self._links
        self._links.add((unit_id, region_id))
        return is_new

    def paired_on(self, household_id: int, day: date) -> dict[int, str]:
        """Cadre id → role of the household's pairings in force on `day`."""
        rows = self.pairings.get(household_id, ())
        return {cadre: role for cadre, role, start, end in rows if start <= day < end}

    def start_sheet(self, sheet: RosterSheet) -> SheetTally:
        """Begin a sheet; its cells' problems count from the start."""
        self.tally = SheetTally(sheet, problems=list(sheet.problems))
        return self.tally

    def day_of(self, row: RosterRow) -> date:
        """From when the row holds: its own date, else the clerk's, else the title's, else the
        first day of the running quarter."""
        told: date | None = row.values.get("as_of")
        return told or self.options.as_of or self.tally.sheet.as_of or Quarter.of(self.options.today).first

    def apply(
        self, amendment: Amendment, table: type[SQLModel], owner: Mapping[str, int], spans: list[Held]
    ) -> None:
        """Queue what an amendment asks for and keep `spans` as they will be."""
        for span_id, fields in amendment.rewrites:
            place = next(i for i, span in enumerate(spans) if span.id == span_id)
            old = spans[place]
            self.batch.change(
                table, span_id, {_DATED.get(name, name): value for name, value in fields.items()}
            )
            kept: State = {
                **old.state,
                **{name: value for name, value in fields.items() if name not in _DATED},
            }
            spans[place] = Held(span_id, fields.get("start", old.start), fields.get("end", old.end), kept)
        for start, end, state in amendment.starts:
            row_id = self.batch.add(table, {**state, **owner, "valid_from": start, "valid_to": end})
            spans.append(Held(row_id, start, end, state))
        if len(spans) > 1:
            spans.sort(key=lambda span: span.start)

    def count(self, row: RosterRow, subject: str, amendments: list[Amendment], *, new: bool) -> None:
        """Settle what the row did: new, changed or nothing."""
        if new:
            self.tally.outcomes[Outcome.NEW] += 1
        elif any(each.outcome is not Outcome.UNCHANGED for each in amendments):
            self.tally.outcomes[Outcome.CHANGED] += 1
        else:
            self.tally.outcomes[Outcome.UNCHANGED] += 1
        for amendment in amendments if not new else ():
            for difference in amendment.differences:
                told = cell_change(self.tally.sheet, row, subject, difference, self._names)
                self.tally.changes.append(told)

    @cached_property
    def _names(self) -> Names:
        units = {row_id: name for name, row_id in self.units.items()}
        place = self.places.name
        return {"region_id": place, "link_id": place, "unit_id": lambda row_id: units.get(row_id, "")}


_DATED = {"start": "valid_from", "end": "valid_to"}
