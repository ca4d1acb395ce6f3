"""Entering a roster of members: one row for each person of a household."""

from collections.abc import Mapping
from typing import Any

from jiemin.domain.codes import Relation
from jiemin.domain.matching import KnownHousehold, KnownPerson
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Outcome, amend
from jiemin.storage.tables import Membership, PersonSpan
from jiemin.usecases.importing.households import household_key
from jiemin.usecases.importing.persons import correct_person, lasting_fields, start_person
from jiemin.usecases.importing.session import ImportSession

_DATED = ("health", "labour", "education", "disability", "disability_grade", "phones", "note")


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every member whose household is known, then compare the numbers of persons."""
    touched: dict[int, tuple[KnownHousehold, RosterRow]] = {}
    claimed: set[int] = set()
    for row in sheet.rows:
        household = find_household(session, row)
        if household is None:
            continue
        person = _find_person(session, row, household, claimed)
        if person is not None:
            claimed.add(person[0].id)
            _amend(session, row, household, *person)
            touched.setdefault(household.id, (household, row))
    for household, row in touched.values():
        _compare_counts(session, row, household)


def find_household(session: ImportSession, row: RosterRow) -> KnownHousehold | None:
    """The household a row of another roster speaks of; None (reported) when it cannot be told."""
    town = session.places.town(row.values.get("town"))
    village = row.values.get("village")
    place = session.places.known_village(town, village) if town is not None and village else None
    match = session.households.find(household_key(row, place))
    if match.household is not None and not match.code:
        return match.household
    about_number = bool(row.values.get("household_no"))
    field_name = "household_no" if about_number else "head_name"
    session.tally.note(match.code or "J403", row, field_name)
    return None


def _find_person(
    session: ImportSession, row: RosterRow, household: KnownHousehold, claimed: set[int]
) -> tuple[KnownPerson, dict[str, Any], bool] | None:
    """The person meant, the lasting fields told, and whether the person is new."""
    values = row.values
    reading = values.get("person_id")
    told = lasting_fields(values["name"], reading)
    told["birth"] = told["birth"] or values.get("birth")
    told["sex"] = told["sex"] or values.get("sex")
    number = told["id_number"] if told["id_valid"] else None
    known, code = session.persons.find(household.id, told["name"], number, told["birth"])
    if not code and known is not None and known.id in claimed:
        code = "J407"
    is_head = known is not None and known.id == household.head_id
    if not code and values.get("relation") is Relation.HEAD and not is_head:
        code = "J410"
    if code:
        session.tally.note(code, row, "relation" if code == "J410" else "name")
        return None
    if known is None:
        return start_person(session, told, household.id), told, True
    return known, told, False


def _amend(
    session: ImportSession,
    row: RosterRow,
    household: KnownHousehold,
    person: KnownPerson,
    told: dict[str, Any],
    new: bool,
) -> None:
    day = session.day_of(row)
    membership = {name: row.values[name] for name in ("relation", "covered") if name in row.values}
    if person.id == household.head_id:
        membership["relation"] = Relation.HEAD
    owner = {"household_id": household.id, "person_id": person.id}
    spans = session.memberships.setdefault(person.id, [])
    amendments = [amend(spans, day, membership)]
    session.apply(amendments[0], Membership, owner, spans)
    dated: Mapping[str, Any] = {name: row.values[name] for name in _DATED if name in row.values}
    if dated:
        spans = session.person_spans.setdefault(person.id, [])
        amendments.append(amend(spans, day, dated))
        session.apply(amendments[1], PersonSpan, {"person_id": person.id}, spans)
    if not new:
        differences = correct_person(session, person.id, told)
        outcome = Outcome.CHANGED if differences else Outcome.UNCHANGED
        amendments.append(Amendment(outcome, differences=differences))
    session.count(row, household.household_no, amendments, new=new)


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
