"""Entering a roster of members: one row for each person of a household."""

from dataclasses import dataclass
from typing import Any

from jiemin.domain.codes import Relation
from jiemin.domain.duplicates import Kind
from jiemin.domain.matching import KnownHousehold, KnownPerson
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import amend, known_on
from jiemin.storage.persons import MembershipRow
from jiemin.storage.tables import Membership, PersonSpan
from jiemin.usecases.importing.deceased import death_told, lived_on
from jiemin.usecases.importing.households import household_key, registered
from jiemin.usecases.importing.persons import (
    correct_person,
    follow_head,
    lasting_fields,
    lives_elsewhere,
    start_person,
)
from jiemin.usecases.importing.place_finder import Placed
from jiemin.usecases.importing.session import ImportSession
from jiemin.usecases.importing.settled import unsettled

_HOUSEHOLD_KEYS = ("household_no", "head_name", "head_id")
_DATED = ("health", "labour", "education", "disability", "disability_grade", "phones", "note")


@dataclass(frozen=True, slots=True)
class _Settled:
    """A row whose household and person can be told; `known` is None for a new person."""

    row: RosterRow
    household: KnownHousehold
    known: KnownPerson | None
    told: dict[str, Any]
    """The lasting fields."""


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every member whose household is known, then compare the numbers of persons.

    A row that tells of no household speaks of a person on record, and nothing of the family's size.
    """
    touched: dict[int, tuple[KnownHousehold, RosterRow]] = {}
    claimed: set[int] = set()
    for row in sheet.rows:
        named = not row.values.keys().isdisjoint(_HOUSEHOLD_KEYS)
        household = find_household(session, row) if named else _home(session, row)
        settled = _settle(session, row, household, claimed) if household is not None else None
        if settled is not None:
            claimed.add(_write(session, settled).id)
            if named:
                touched.setdefault(settled.household.id, (settled.household, row))
    for household, row in touched.values():
        _compare_counts(session, row, household)


def _home(session: ImportSession, row: RosterRow) -> KnownHousehold | None:
    """The household of the person whose number the row gives; None (reported) when nobody has it."""
    person = session.persons.by_number.get(row.values["person_id"].number)
    household = session.households.by_id.get(person.household_id) if person is not None else None
    if household is None:
        places = session.tally.sheet.columns
        field_name = "person_id" if "person_id" in places else "certificate"
        dead = session.deceased.by_person.get(person.id) if person is not None else None
        if dead is None:
            session.tally.note("J417", row, field_name)
        else:
            _note_death(session, row, field_name, dead)
    return household


def find_household(session: ImportSession, row: RosterRow) -> KnownHousehold | None:
    """The household a row of another roster speaks of; None (reported) when it cannot be told.

    A town that is not the county's does no harm where a number tells the household.
    """
    town_text = row.values.get("town")
    placed = session.places.find(town_text, row.values.get("village"))
    key = household_key(row, placed or Placed(None))
    match = session.households.find(key) if placed else session.households.named(key)
    if match.household is not None and not match.code:
        return match.household
    if placed is None and not match.code:
        written = str(town_text)
        session.tally.note("J401", row, "town", session.places.suggestion(written), written)
    else:
        field_name = "household_no" if row.values.get("household_no") else "head_name"
        detail = registered(session, key, match.household, match.code)
        session.tally.note(match.code or "J403", row, field_name, detail)
    return None


def _settle(
    session: ImportSession, row: RosterRow, household: KnownHousehold, claimed: set[int]
) -> _Settled | None:
    """The person meant; None when the row is rejected, which is reported."""
    values = row.values
    told = lasting_fields(values["name"], values.get("person_id"))
    told["birth"] = told["birth"] or values.get("birth")
    told["sex"] = told["sex"] or values.get("sex")
    number = told["id_number"] if told["id_valid"] else None
    known, code = session.persons.find(household.id, told["name"], number, told["birth"])
    dead = _deceased(session, household, known, told, number)
    if dead is not None:
        if not lived_on(dead, session.day_told(row)):
            _note_death(session, row, "name", dead)
            return None
        known = session.persons.by_id[dead.person_id]
    field_name = "name"
    if not code and known is not None:
        if known.id in claimed or lives_elsewhere(session, known, household.id, session.day_of(row)):
            code = "J407"
        elif _is_another(session, row, known):
            code, field_name = "J414", "person_id"
    is_head = known is not None and known.id == household.head_id
    if not code and values.get("relation") is Relation.HEAD and not is_head:
        code, field_name = "J410", "relation"
    if code:
        twice = known is not None and known.id in claimed
        detail = "这份名册里前面已有这个人" if twice else _on_record(session, household, known, code)
        session.tally.note(code, row, field_name, detail)
        return None
    return _Settled(row, household, known, told)


def _deceased(
    session: ImportSession,
    household: KnownHousehold,
    known: KnownPerson | None,
    told: dict[str, Any],
    number: str | None,
) -> MembershipRow | None:
    """The dead whom the row means: by number, else by name among those of the household."""
    if known is not None:
        return session.deceased.by_person.get(known.id) if known.household_id is None else None
    alike = session.deceased.named(told["name"], number, told["birth"])
    return next((dead for dead in alike if dead.household_id == household.id), None)


def _note_death(session: ImportSession, row: RosterRow, field_name: str, dead: MembershipRow) -> None:
    home = session.households.by_id[dead.household_id]
    session.tally.note("J426", row, field_name, death_told(dead, home.household_no))


def _on_record(
    session: ImportSession, household: KnownHousehold, known: KnownPerson | None, code: str
) -> str:
    """Who is on record in place of the person the row speaks of, for the message."""
    if code == "J410":
        return f"登记的户主是{household.head_name}"
    home = session.households.by_id.get(known.household_id) if known is not None else None
    return f"登记在{home.household_no}户的{known.name}" if known is not None and home is not None else ""


def _is_another(session: ImportSession, row: RosterRow, known: KnownPerson) -> bool:
    """Whether name and relation both say that the number belongs to somebody else; where no relation is
    told, or none known, a name says so of which not a sign is the known one's."""
    name, relation = row.values["name"], row.values.get("relation")
    if name == known.name or (Kind.PERSON, known.id) in session.settled:
        return False
    spans = session.memberships.get(known.id)
    held = spans[-1].state.get("relation") if spans else None
    return relation != held if None not in (relation, held) else set(name).isdisjoint(known.name)


def _write(session: ImportSession, settled: _Settled) -> KnownPerson:
    """Enter one member, new or known, with what the row tells."""
    row, household = settled.row, settled.household
    person = settled.known or start_person(session, settled.told, household.id)
    if settled.known is None:
        session.began(Kind.PERSON, person.id, row, "name")
    day = session.day_of(row)
    told = {name: row.values[name] for name in ("relation", "covered") if name in row.values}
    told["household_id"] = household.id
    if person.id == household.head_id:
        told["relation"] = Relation.HEAD
    spans = session.memberships.get(person.id)
    record = (Kind.PERSON, person.id)
    amendments = [amend(spans, day, unsettled(session, row, record, told, known_on(spans, day)))]
    session.apply(amendments[0], Membership, {"person_id": person.id}, spans)
    if person.household_id is None and spans[-1].end == FOREVER:
        with session.persons.revised(person):
            person.household_id = household.id
    dated = {name: row.values[name] for name in _DATED if name in row.values}
    if dated:
        spans = session.person_spans.get(person.id)
        dated = unsettled(session, row, record, dated, known_on(spans, day))
        amendments.append(amend(spans, day, dated))
        session.apply(amendments[1], PersonSpan, {"person_id": person.id}, spans)
    if settled.known is not None:
        amendments.append(correct_person(session, row, person, settled.told))
        if person.id == household.head_id:
            follow_head(session, household, person)
    session.tell(row, household.household_no, amendments)
    session.count(amendments, new=settled.known is None)
    return person


def _compare_counts(session: ImportSession, row: RosterRow, household: KnownHousehold) -> None:
    """家庭人口 and 保障人口 as stated against the member rows on record (warned, never mended)."""
    spans = session.household_spans.get(household.id)
    if not spans:
        return
    stated = spans[-1].state
    persons = session.persons.by_household[household.id]
    if stated.get("size") is not None and stated["size"] != len(persons):
        session.tally.note("J408", row, "household_no", f"登记{stated['size']}人，名单有{len(persons)}人")
    marks = [session.memberships[person.id][-1].state.get("covered") for person in persons]
    covered = sum(mark is True for mark in marks)
    if None not in marks and stated.get("covered") not in (None, covered):
        session.tally.note("J411", row, "household_no", f"登记{stated['covered']}人，名单标记{covered}人")
