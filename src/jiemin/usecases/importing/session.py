"""What one import knows and has decided so far, across all its files and sheets."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.aliases import Settled
from jiemin.domain.codes import Role
from jiemin.domain.duplicates import Kind
from jiemin.domain.matching import CadreIndex, HouseholdIndex, PersonIndex
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import Quarter
from jiemin.domain.places import CountyPlaces
from jiemin.domain.problems import Problem, Severity
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Held, Outcome, State
from jiemin.storage import aliases, cadres, households, pairings, persons, regions, rules
from jiemin.storage.batch import Batch
from jiemin.storage.journal import Door
from jiemin.storage.pairings import PairingSpan
from jiemin.storage.regions import spans_of
from jiemin.storage.rules import KinRow
from jiemin.storage.tables import HouseholdSpan, Membership, Person, PersonSpan, Unit
from jiemin.usecases.importing.cell_changes import CellChange, Names, cell_change
from jiemin.usecases.importing.deceased import Deceased
from jiemin.usecases.importing.known_visits import KnownVisits, VisitKey, visits_on_record
from jiemin.usecases.importing.place_finder import PlaceFinder
from jiemin.usecases.importing.waiting import FieldsById, SpansByOwner


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the clerk said on the command line about the whole import."""

    today: date
    as_of: date | None = None
    town: str | None = None
    pairing: PairingSettings = field(default_factory=PairingSettings)


@dataclass(slots=True)
class SheetTally:
    """What became of one sheet's rows."""

    sheet: RosterSheet
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    rejected_rows: set[tuple[int, str]] = field(default_factory=set)
    """By number, and by the first of its own cells where a row of the sheet holds several records."""
    changes: list[CellChange] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """Rows left out: by the reader, or here."""
        return self.sheet.rejected + len(self.rejected_rows)

    @property
    def warned(self) -> int:
        """Rows that went in with a warning."""
        rows = {each.row for each in self.problems if each.severity is Severity.WARN and each.row}
        return len(rows - {number for number, _ in self.rejected_rows})

    def note(
        self, code: str, row: RosterRow, field_name: str = "", detail: str = "", value: str = ""
    ) -> None:
        """Report a fault; a rejecting one takes the row out."""
        fault = self.sheet.problem(code, row, field_name, detail, value)
        self.problems.append(fault)
        if fault.severity is Severity.REJECT:
            self.rejected_rows.add((row.number, min(row.cells.values(), default="")))


class ImportSession:
    """The open door, the batch waiting to be written, and the indexes rows are matched with."""

    def __init__(self, door: Door, places: CountyPlaces, options: ImportOptions) -> None:
        self.door = door
        self.batch = Batch(door)
        self.options = options
        self.places = PlaceFinder(door.connection, self.batch, places, options.town)
        self.tally: SheetTally
        self.newcomers: dict[Kind, dict[int, tuple[SheetTally, RosterRow, str]]] = defaultdict(dict)
        """Each new household, person and cadre → the sheet, row and field that brought it."""
        self.listed: set[int] = set()
        """Households that a roster of households lists, in a rejected row too."""
        self.shown: set[int] = set()
        """Those of them that a visible sheet lists."""
        self.spoken_for: set[str] = set()
        """Numbers that rows of this import give: none of them becomes a serial of somebody else's."""
        self.untold = 0
        """Rejected rows of such rosters that may have meant any household."""
        self._came: tuple[RosterRow | None, Any] = (None, None)
        self._quarter_day = Quarter.of(options.today).first
        place = self.places.name
        self._names: Names = {
            "region_id": place,
            "link_id": place,
            "unit_id": lambda row_id: self.unit_names[row_id],
        }

    def recall(self, idle: Callable[[], bool]) -> None:
        """Look up what is on record of households and persons, as long as there is nothing else to do:
        while files are being read. What is not looked up now is when it is asked for."""
        for name in ("households", "household_spans", "persons", "memberships", "person_details"):
            if idle():
                getattr(self, name)

    def write_so_far(self) -> None:
        """Write what waits, so that it can be asked of the database; what was looked up is looked up anew."""
        if not self.batch.waits:
            return
        self.batch.flush()
        for name, looked_up in vars(type(self)).items():
            if isinstance(looked_up, cached_property):
                self.__dict__.pop(name, None)

    @cached_property
    def households(self) -> HouseholdIndex:
        """All known households."""
        connection = self.door.connection
        return HouseholdIndex.of(
            households.known_households(connection), aliases.household_aliases(connection)
        )

    @cached_property
    def household_spans(self) -> SpansByOwner:
        """Spans by household id."""
        return SpansByOwner(households.held_spans(self.door.connection), self.batch, HouseholdSpan)

    @cached_property
    def persons(self) -> PersonIndex:
        """All known persons."""
        index = persons.known_persons(self.door.connection)
        for alias in aliases.person_aliases(self.door.connection):
            index.merged[alias.household_id, alias.name].append(alias)
        return index

    @cached_property
    def person_spans(self) -> SpansByOwner:
        """Spans by person id."""
        return SpansByOwner(persons.held_spans(self.door.connection), self.batch, PersonSpan)

    @cached_property
    def person_details(self) -> FieldsById:
        """Lasting fields by person id."""
        return FieldsById(persons.person_details(self.door.connection), self.batch, Person)

    @cached_property
    def memberships(self) -> SpansByOwner:
        """Memberships in whatever household, by person id."""
        return SpansByOwner(persons.held_memberships(self.door.connection), self.batch, Membership)

    @cached_property
    def deceased(self) -> Deceased:
        """Those recorded as dead."""
        return Deceased(persons.reasons_to_leave(self.door.connection))

    @cached_property
    def cadres(self) -> CadreIndex:
        """All known cadres."""
        connection = self.door.connection
        return CadreIndex.of(cadres.known_cadres(connection), aliases.cadre_aliases(connection))

    @cached_property
    def settled(self) -> dict[tuple[Kind, int], Settled]:
        """What merges of duplicates settled, by the record that stayed."""
        return aliases.settled_facts(self.door.connection)

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
    def unit_names(self) -> dict[int, str]:
        """Unit names by id."""
        return {row_id: name for name, row_id in self.units.items()}

    @cached_property
    def links(self) -> dict[tuple[int, int], list[Held]]:
        """Links by unit and place; whether the unit takes the place (包村) is their state."""
        return spans_of(regions.links(self.door.connection))

    @cached_property
    def kin(self) -> dict[int, list[KinRow]]:
        """Near relations by cadre id."""
        found: dict[int, list[KinRow]] = {}
        for each in rules.kin(self.door.connection):
            found.setdefault(each.cadre_id, []).append(each)
        return found

    @cached_property
    def pairings(self) -> dict[int, list[PairingSpan]]:
        """Every pairing there ever was, by household id."""
        return pairings.pairing_spans(self.door.connection)

    @cached_property
    def visits(self) -> KnownVisits:
        """Every visit on record, voided ones too, by household, day, kind and visitors; there are several of
        one key where two rosters of one family brought them."""
        numbers = {number: cadre.id for number, cadre in self.cadres.by_no.items()}
        return visits_on_record(self.door.connection, self.visit_key, numbers)

    def visit_key(self, household_id: int, day: date, kind: str, cadre_ids: Sequence[int]) -> VisitKey:
        """What makes two visits one; a visit of nobody named is the lead's of that day."""
        if not cadre_ids:
            paired = self.paired_on(household_id, day)
            cadre_ids = [cadre_id for cadre_id, role in paired.items() if role == Role.LEAD]
        return household_id, day, kind, frozenset(cadre_ids)

    def free_serial(self, serial: str, taken: Container[str]) -> str:
        """The serial, with letters A as long as somebody's own number looks like it."""
        while serial in taken or serial in self.spoken_for:
            serial += "A"
        return serial

    def unit(self, name: str) -> int:
        """The unit's id; one nobody has named before is made."""
        if name not in self.units:
            self.units[name] = self.batch.add(Unit, {"name": name})
            self.unit_names[self.units[name]] = name
        return self.units[name]

    def paired_on(self, household_id: int, day: date) -> dict[int, str]:
        """Cadre id → role of the household's pairings in force on `day`."""
        rows = self.pairings.get(household_id, ())
        return {each.cadre_id: each.role for each in rows if each.start <= day < each.end}

    def began(self, kind: Kind, record: int, row: RosterRow, field_name: str) -> None:
        """Remember which row brought a new record."""
        if self._came[0] is not row or self._came[1][2] != field_name:
            place = RosterRow(row.number, {}, row.cells)  # what it says would fill the memory
            self._came = row, (self.tally, place, field_name)
        self.newcomers[kind][record] = self._came[1]

    def start_sheet(self, sheet: RosterSheet) -> SheetTally:
        """Begin a sheet; its cells' problems count from the start."""
        self.tally = SheetTally(sheet, problems=list(sheet.problems))
        return self.tally

    def day_of(self, row: RosterRow) -> date:
        """From when the row holds: the day told, else the first day of the running quarter."""
        return self.day_told(row) or self._quarter_day

    def day_told(self, row: RosterRow) -> date | None:
        """The day the row holds from: its own, else the clerk's, else the title's, if any."""
        told: date | None = row.values.get("as_of")
        return told or self.options.as_of or self.tally.sheet.as_of

    def apply(
        self, amendment: Amendment, table: type[SQLModel], owner: Mapping[str, int], spans: list[Held]
    ) -> None:
        """Queue what an amendment asks for and keep `spans` as they will be."""
        if amendment.outcome is Outcome.UNCHANGED:
            return
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
        self._remember(amendment, table, next(iter(owner.values())), spans)

    def _remember(self, amendment: Amendment, table: type[SQLModel], owner: int, spans: list[Held]) -> None:
        if table is HouseholdSpan:
            known = self.household_spans
        elif table is PersonSpan:
            known = self.person_spans
        elif table is Membership:
            known = self.memberships
        else:
            return
        if amendment.outcome is Outcome.NEW:
            known.begin(owner, spans[0].id)
        else:
            known.keep(owner, spans)

    def count(self, amendments: Iterable[Amendment], *, new: bool) -> None:
        """Settle what a row did: new, changed or nothing."""
        if new:
            self.tally.outcomes[Outcome.NEW] += 1
        elif any(each.outcome is not Outcome.UNCHANGED for each in amendments):
            self.tally.outcomes[Outcome.CHANGED] += 1
        else:
            self.tally.outcomes[Outcome.UNCHANGED] += 1

    def tell(self, row: RosterRow, subject: str, amendments: Iterable[Amendment], prefix: str = "") -> None:
        """Keep for the clerk's eyes which values on record the row replaces, of a household or cadre.

        `prefix` stands before the names of the columns that speak of a cadre in a pairing list.
        """
        for amendment in amendments:
            for difference in amendment.differences:
                told = cell_change(self.tally.sheet, row, subject, difference, self._names, prefix)
                self.tally.changes.append(told)


_DATED = {"start": "valid_from", "end": "valid_to"}
