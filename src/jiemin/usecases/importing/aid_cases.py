"""Entering the register of aid cases: bills, houses, emergencies, children, fixed amounts.

A row means the case of the same household, item, day, member, amount and grade; such a one is not
entered again, but takes its last day and note from the row. A case that was made void stays so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any

from jiemin.domain.aid_cases import (
    CaseTold,
    Part,
    Wrong,
    case_faults,
    clash,
    comes_too_late,
    grown_up,
    read_grade,
)
from jiemin.domain.entitlement import Item
from jiemin.domain.household_events import tells_of_death
from jiemin.domain.matching import KnownHousehold
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.storage import aid_cases, persons
from jiemin.storage.aid_cases import AidCaseRow, serial
from jiemin.storage.award_tables import AidCase
from jiemin.storage.persons import MembershipRow
from jiemin.usecases.importing.file_registers import FirstSaid, past_day, settle
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession

_COLUMNS = {
    Part.PERSON: "aid_person",
    Part.UNTIL: "aid_until",
    Part.AMOUNT: "aid_base_fen",
    Part.GRADE: "aid_grade",
}
_LACKING, _SURPLUS, _WRONG_UNTIL, _NOT_SO = "J702", "J703", "J704", "J706"
_LATER = ("until", "note")
"""What a later row may tell of a known case, by stored names."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of which household and day are known."""

    row: RosterRow
    household: KnownHousehold
    day: date


@dataclass(slots=True)
class _Known:
    """A case on record, or one that this import brought."""

    id: int
    number: str
    person_id: int | None
    told: CaseTold
    voided: bool
    later: dict[str, Any]


@dataclass(slots=True)
class _Record:
    """What is on record of the households that a sheet speaks of."""

    cases: dict[int, list[_Known]] = field(default_factory=lambda: defaultdict(list))
    members: dict[int, list[MembershipRow]] = field(default_factory=lambda: defaultdict(list))


class AidRegister:
    """The aid cases that the rows of one import tell."""

    def __init__(self) -> None:
        self._said = FirstSaid()

    def enter(self, session: ImportSession, sheet: RosterSheet) -> None:
        """Enter every case of which household, day and all that its item asks for can be told."""
        session.write_so_far()  # members that this import brought, and cases of other sheets
        entries = sorted(_entries(session, sheet), key=attrgetter("day"))
        record = _on_record(session, {each.household.id for each in entries})
        for each in entries:
            amendment = self._enter(session, each, record)
            if amendment is not None:
                settle(session, each.row, each.household.household_no, [amendment])

    def _enter(self, session: ImportSession, entry: _Entry, record: _Record) -> Amendment | None:
        """What the row does; None when it is rejected, which is reported."""
        household, told = entry.household, _told(session, entry)
        if told is None:
            return None
        person_id = None
        if told.has_person:
            person_id = _member(session, entry, record.members[household.id])
            if person_id is None:
                return None
        return self._settle(session, entry, told, person_id, record)

    def _settle(
        self,
        session: ImportSession,
        entry: _Entry,
        told: CaseTold,
        person_id: int | None,
        record: _Record,
    ) -> Amendment | None:
        """Enter the case, or change the known one that is meant; None as `_enter`."""
        row, household, later = entry.row, entry.household, _later(entry.row, told)
        alike = [each for each in record.cases[household.id] if each.person_id == person_id]
        same = [each for each in alike if each.told.same_as(told)]
        standing = next((each for each in same if not each.voided), None)
        if same and standing is None:
            session.tally.note("J708", row, "aid_day", same[0].number)
            return Amendment(Outcome.UNCHANGED)
        if standing is not None and told.until is None:  # a blank changes nothing
            told = replace(told, until=standing.told.until)
        others = (each for each in alike if not each.voided and each is not standing)
        other = next((each for each in others if clash(told, each.told)), None)
        if other is not None:
            session.tally.note("J707", row, "aid_day", f"{other.number}从{other.told.day}起")
            return None
        if standing is not None:
            return self._change(session, row, standing, later)
        if _gone(session, entry, record, person_id):
            return None
        new = _start(session, entry, told, person_id)
        record.cases[household.id].append(new)
        self._said.agreed(session, row, new.id, later)
        return Amendment(Outcome.NEW)

    def _change(
        self, session: ImportSession, row: RosterRow, known: _Known, later: Mapping[str, Any]
    ) -> Amendment:
        """The last day and note of a known case; a blank changes nothing."""
        agreed = self._said.agreed(session, row, known.id, later, _column)
        fresh = {name: value for name, value in agreed.items() if known.later[name] != value}
        if not fresh:
            return Amendment(Outcome.UNCHANGED)
        differences = tuple(
            Difference(_column(name), known.later[name], value) for name, value in fresh.items()
        )
        session.batch.change(AidCase, known.id, fresh)
        known.later |= fresh
        known.told = replace(known.told, until=known.later["until"])
        return Amendment(Outcome.CHANGED, differences=differences)


def _entries(session: ImportSession, sheet: RosterSheet) -> Iterator[_Entry]:
    """The rows of which household and day can be told; the others are reported."""
    for row in sheet.rows:
        household = find_household(session, row)
        day = past_day(session, row, "aid_day") if household is not None else None
        if household is not None and day is not None:
            yield _Entry(row, household, day)


def _on_record(session: ImportSession, households: set[int]) -> _Record:
    record, connection = _Record(), session.door.connection
    for case in aid_cases.aid_cases(connection, household_ids=households, voided=True):
        record.cases[case.household_id].append(_known(case))
    for member in persons.memberships_of_households(connection, households):
        record.members[member.household_id].append(member)
    return record


def _known(row: AidCaseRow) -> _Known:
    later = {"until": row.until, "note": row.note}
    return _Known(row.id, row.case_no, row.person_id, row.told, row.voided_on is not None, later)


def _told(session: ImportSession, entry: _Entry) -> CaseTold | None:
    """What the row tells, without what its item does not tell; None (reported) where it does not do."""
    values = entry.row.values
    item: Item = values["aid_item"]
    parts: dict[Part, Any] = {
        Part.PERSON: "aid_person" in values,
        Part.UNTIL: values.get("aid_until"),
        Part.AMOUNT: values.get("aid_base_fen"),
        Part.GRADE: read_grade(item, values.get("aid_grade", "")),
    }
    will_do = True
    for fault in case_faults(_case(item, entry.day, parts)):
        code = {Wrong.LACKING: _LACKING, Wrong.SURPLUS: _SURPLUS, Wrong.NOT_SO: _NOT_SO}[fault.wrong]
        if fault.wrong is Wrong.SURPLUS:
            parts[fault.part] = "" if fault.part is Part.GRADE else None
        else:
            will_do = False
        if fault.part is Part.UNTIL and fault.wrong is Wrong.NOT_SO:
            code = _WRONG_UNTIL
        session.tally.note(code, entry.row, _COLUMNS[fault.part], fault.message)
    return _case(item, entry.day, parts) if will_do else None


def _case(item: Item, day: date, parts: dict[Part, Any]) -> CaseTold:
    return CaseTold(
        item, day, parts[Part.UNTIL], bool(parts[Part.PERSON]), parts[Part.AMOUNT], parts[Part.GRADE]
    )


def _member(session: ImportSession, entry: _Entry, members: Sequence[MembershipRow]) -> int | None:
    """Who is meant: of that name on the day, else ever, else by a name that a merge settled; None
    (reported) for nobody, or several."""
    name = entry.row.values["aid_person"]
    named = [each for each in members if each.name == name]
    found = {each.person_id for each in named if each.holds(entry.day)} or {each.person_id for each in named}
    if not found:
        aliases = session.persons.merged.get((entry.household.id, name), ())
        found = {alias.person_id for alias in aliases}
    if len(found) == 1:
        return found.pop()
    detail = f"有{len(found)}名成员叫这个名字" if found else f"{entry.household.household_no}没有这个人"
    session.tally.note("J705", entry.row, "aid_person", detail, name)
    return None


def _gone(session: ImportSession, entry: _Entry, record: _Record, person_id: int | None) -> bool:
    """Whether who is named had left by that day, which is reported; one of full age is noted."""
    held = [each for each in record.members[entry.household.id] if each.person_id == person_id]
    if not held:  # nobody is named, or one under a name that a merge settled
        return False
    last, item = persons.left_by(held, entry.day), entry.row.values["aid_item"]
    if last is not None and comes_too_late(item, died=tells_of_death(last.end_reason)):
        session.tally.note("J709", entry.row, "aid_person", f"{last.end}起不再是这一户的成员", last.name)
        return True
    age = grown_up(item, held[0].birth, entry.day)
    if age is not None:
        session.tally.note("J710", entry.row, "aid_person", f"当天已满{age}周岁", held[0].name)
    return False


def _start(session: ImportSession, entry: _Entry, told: CaseTold, person_id: int | None) -> _Known:
    values = {
        "household_id": entry.household.id,
        "person_id": person_id,
        "item": told.item.value,
        "day": told.day,
        "until": told.until,
        "base_fen": told.base_fen,
        "grade": told.grade or None,
        "note": entry.row.values.get("note"),
    }
    case_id = session.batch.add(AidCase, values)
    session.batch.change(AidCase, case_id, {"case_no": serial(case_id)})
    return _Known(
        case_id, serial(case_id), person_id, told, voided=False, later={name: values[name] for name in _LATER}
    )


def _later(row: RosterRow, told: CaseTold) -> dict[str, Any]:
    """What the row tells of that which may change of a known case, a last day only if its item tells one."""
    said = {name: row.values[_column(name)] for name in _LATER if _column(name) in row.values}
    if told.until is None:
        said.pop("until", None)
    return said


def _column(stored: str) -> str:
    return {"until": "aid_until"}.get(stored, stored)
