"""Entering a roster of households: one row for each family.

What a row means is settled before anything of it is written, so a rejected row leaves no trace.
"""

from dataclasses import dataclass, field
from typing import Any

from jiemin.domain.codes import HouseholdStatus, Relation
from jiemin.domain.duplicates import Kind
from jiemin.domain.matching import HouseholdKey, KnownHousehold, KnownPerson, Match
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Held, Outcome, amend, at, known_on
from jiemin.storage.households import serial
from jiemin.storage.persons import MembershipRow
from jiemin.storage.tables import Household, HouseholdSpan, Membership
from jiemin.usecases.importing.complete import note_rejected
from jiemin.usecases.importing.deceased import death_told, lived_on
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

_AS_TOLD = (
    "household_class keeping status size covered cause other_causes needs phones address bank account note"
).split()


@dataclass(frozen=True, slots=True)
class SettledHousehold:
    """A row whose household can be told; `known` is None for one nobody has named before."""

    row: RosterRow
    placed: Placed
    key: HouseholdKey
    known: KnownHousehold | None


@dataclass(slots=True)
class Roster:
    """What a roster, in which every household comes up once only, says as a whole, and said so far."""

    named: set[int]
    """Households that any of its rows tells by a number; rows without one mean others."""
    claimed: set[int] = field(default_factory=set)
    """Households that earlier rows took."""
    lost: list[HouseholdKey] = field(default_factory=list)
    """New households of earlier rows that told too little to be entered."""


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every row whose household and class can be told; report the others."""
    roster = Roster(_named(session, sheet))
    session.untold += sheet.rejected
    for row in sheet.rows:
        settled = settle(session, row, roster)
        if settled is None:
            note_rejected(session, row)
            continue
        household, amendments = write(session, settled)
        roster.claimed.add(household.id)
        session.listed.add(household.id)
        if not sheet.hidden:
            session.shown.add(household.id)
        session.count(amendments, new=settled.known is None)


def settle(session: ImportSession, row: RosterRow, roster: Roster | None = None) -> SettledHousehold | None:
    """Which household a row means; None when the row is rejected, which is reported.

    A pairing list, which names a household in each of its helpers' rows, gives no `roster`.
    """
    town_text = row.values.get("town")
    placed = session.places.find(town_text, row.values.get("village"))
    if placed is None:
        written = str(town_text)
        session.tally.note("J401", row, "town", session.places.suggestion(written), written)
        return None
    key = household_key(row, placed)
    match = session.households.find(key, roster.claimed if roster else None, roster.named if roster else ())
    code = match.code or _contradiction(session, row, key, match, roster)
    before = _of_another_then(session, row, match.household)
    if before is not None and not code:
        home = session.households.by_id[before.state["household_id"]]
        session.tally.note("J427", row, "head_name", f"{before.end}以前户主是{home.household_no}的成员")
        return None
    if code:
        about_number = code in {"J405", "J406", "J412"} and key.household_no
        field_name = "household_no" if about_number else "head_id" if code == "J414" else "head_name"
        session.tally.note(code, row, field_name, registered(session, key, match.household, code))
        return None
    if match.household is None and not _can_start(session, row, key):
        if roster:
            roster.lost.append(key)
        return None
    return SettledHousehold(row, placed, key, match.household)


def registered(session: ImportSession, key: HouseholdKey, known: KnownHousehold | None, code: str) -> str:
    """Who is on record with the number that a row gives somebody else, for the message."""
    if code in {"J406", "J412"} and known is not None:
        return f"{known.household_no}登记的户主是{known.head_name}"
    dead = _deceased(session, key, known) if code == "J426" else None
    if dead is not None:
        return death_told(dead, session.households.by_id[dead.household_id].household_no)
    person = session.persons.by_number.get(key.number) if key.number else None
    home = session.households.by_id.get(person.household_id) if person is not None else None
    if person is None or home is None or code not in {"J407", "J414"}:
        return ""
    return f"登记在{home.household_no}户的{person.name}"


def _named(session: ImportSession, sheet: RosterSheet) -> set[int]:
    index, named = session.households, set()
    for row in sheet.rows if index.by_no else ():
        number, head = row.values.get("household_no"), row.values.get("head_id")
        known = index.by_no.get(number.upper()) if number else None
        if known is None and head is not None and head.valid:
            known = index.by_number.get(head.number)
        if known is not None:
            named.add(known.id)
    return named


def household_key(row: RosterRow, placed: Placed) -> HouseholdKey:
    """What the row says of the household it means."""
    values = row.values
    return HouseholdKey(
        values.get("household_no"),
        placed.place,
        placed.town,
        values.get("head_name"),
        values.get("head_id"),
    )


def write(session: ImportSession, settled: SettledHousehold) -> tuple[KnownHousehold, list[Amendment]]:
    """Enter the household and its head as the row tells them; what that changed."""
    row, new = settled.row, settled.known is None
    known, head = _start(session, settled.key) if settled.known is None else (settled.known, None)
    if head is not None:
        session.began(Kind.HOUSEHOLD, known.id, row, "head_name")
        session.began(Kind.PERSON, head.id, row, "head_name")
    elif known.head_id is not None:
        head = session.persons.by_id[known.head_id]
    amendments = [_amend_state(session, settled, known, new=new)]
    if head is not None:
        amendments.append(_amend_headship(session, row, known, head))
    if not new:
        amendments += _correct(session, row, known, head, settled.key)
    session.tell(row, known.household_no, amendments)
    return known, amendments


def _contradiction(
    session: ImportSession, row: RosterRow, key: HouseholdKey, match: Match, roster: Roster | None
) -> str:
    """The code of why the household cannot be taken for the one it looks like: the row repeats it, or
    gives its head the identity number of somebody else, or may mean a namesake that was lost."""
    known = match.household
    if known is not None and roster and known.id in roster.claimed:
        return "J405"
    keyless = known is None and not key.household_no and not key.number
    if keyless and roster and any(_namesakes(key, other) for other in roster.lost):
        return "J404"
    dead = _deceased(session, key, known)
    if dead is not None:
        lived = known is not None and lived_on(dead, session.day_told(row))
        return "" if lived else "J426"
    person = session.persons.by_number.get(key.number) if key.number else None
    if person is None or (known is not None and person.id == known.head_id):
        return ""
    if known is None:
        return "J407" if lives_elsewhere(session, person, None, session.day_of(row)) else ""
    return "J414" if person.household_id == known.id else "J407"


def _of_another_then(session: ImportSession, row: RosterRow, known: KnownHousehold | None) -> Held | None:
    """Where the household was not there yet on the row's day and its head belonged to another one, that
    membership: what is told of the household then would be told of people who were somewhere else."""
    if known is None or known.head_id is None:
        return None
    day = session.day_of(row)
    if min(span.start for span in session.household_spans.get(known.id)) <= day:
        return None
    held = at(session.memberships.get(known.head_id), day)
    return held if held is not None and held.state["household_id"] != known.id else None


def _deceased(
    session: ImportSession, key: HouseholdKey, known: KnownHousehold | None
) -> MembershipRow | None:
    """The dead whom the row names as head: by number; else by name, of the household that has no head
    since, or of one in the same place if the row tells of a new one."""
    person = session.persons.by_number.get(key.number) if key.number else None
    if person is not None:
        return session.deceased.by_person.get(person.id)
    if known is not None and known.head_id is not None:
        return None
    for dead in session.deceased.named(key.head_name, key.number, key.birth):
        home = session.households.by_id[dead.household_id]
        here = home.town == key.town and key.place in (home.place, key.town)
        if dead.household_id == known.id if known is not None else dead.head and here:
            return dead
    return None


def _namesakes(one: HouseholdKey, other: HouseholdKey) -> bool:
    return one.head_name == other.head_name and (one.town == other.town or None in (one.town, other.town))


def _can_start(session: ImportSession, row: RosterRow, key: HouseholdKey) -> bool:
    """Whether the row tells enough of a household nobody has named before."""
    if key.town is None:
        session.tally.note("J401", row, "town", "没有写")
    elif not key.head_name:
        session.tally.note("J301", row, "head_name", "户主姓名")
    elif "household_class" not in row.values:
        session.tally.note("J302", row, "household_class", "新的一户必须写困难类别")
    else:
        return True
    return False


def _start(session: ImportSession, key: HouseholdKey) -> tuple[KnownHousehold, KnownPerson]:
    """A household nobody has named before, and its head; who left a household may head a new one."""
    name = key.head_name or ""
    household_id = session.batch.add(Household, {})
    number = key.household_no or session.free_serial(serial(household_id), session.households.by_no)
    session.batch.change(Household, household_id, {"household_no": number})
    head = session.persons.by_number.get(key.number) if key.number else None
    if head is None:
        head = start_person(session, lasting_fields(name, key.head), household_id)
    else:
        with session.persons.revised(head):
            head.household_id = household_id
    known = KnownHousehold(
        id=household_id,
        household_no=number,
        numbered_by_us=key.household_no is None,
        place=key.place,
        town=key.town,
        head_id=head.id,
        head_name=head.name,
        head_number=head.number,
        head_birth=head.birth,
    )
    session.households.add(known)
    return known, head


def _amend_state(
    session: ImportSession, settled: SettledHousehold, known: KnownHousehold, *, new: bool
) -> Amendment:
    """Let the household be from the row's day on what the row tells."""
    row = settled.row
    day = session.day_of(row)
    spans = session.household_spans.get(known.id)
    told = {name: row.values[name] for name in _AS_TOLD if name in row.values}
    told |= _income(row)
    region_id = _region(session, settled, known_on(spans, day).get("region_id"))
    if region_id is not None:
        told["region_id"] = region_id
    if new:
        told.setdefault("status", HouseholdStatus.ACTIVE)
    told = unsettled(session, row, (Kind.HOUSEHOLD, known.id), told, known_on(spans, day))
    if told.get("covered") is not None and told.get("size") is not None and told["covered"] > told["size"]:
        session.tally.note("J409", row, "covered", f"保障{told['covered']}人，家庭{told['size']}人")
    amendment = amend(spans, day, told)
    session.apply(amendment, HouseholdSpan, {"household_id": known.id}, spans)
    known.place = spans[-1].state["region_id"]
    known.town = session.places.town_of(known.place)
    return amendment


def _region(session: ImportSession, settled: SettledHousehold, held: int | None) -> int | None:
    """The place the row tells; None when it tells nothing new: a blank village keeps the one known,
    unless the row itself says that the household lives in another town."""
    placed = settled.placed
    if placed.town is None or (not placed.village and session.places.town_of(held) == placed.town):
        return None
    if held is not None and not placed.village and not session.tally.sheet.tells(settled.row, "town"):
        session.tally.note("J422", settled.row, "", f"登记在{session.places.name(held)}")
        return None
    if held is not None and session.places.town_of(held) != placed.town:
        field_name = "town" if session.tally.sheet.tells(settled.row, "town") else ""
        session.tally.note("J421", settled.row, field_name, f"原来登记在{session.places.name(held)}")
    region_id, is_new = session.places.region(placed)
    if is_new and session.places.villages_known:
        village = settled.row.values["village"]
        session.tally.note("J402", settled.row, "village", village, village)
    return region_id


def _income(row: RosterRow) -> dict[str, Any]:
    """Income with the period it was written for; it is never divided on the way in."""
    for name, period in (("income_month_fen", "month"), ("income_year_fen", "year")):
        if name in row.values:
            return {"income_fen": row.values[name], "income_period": period}
    return {}


def _amend_headship(
    session: ImportSession, row: RosterRow, known: KnownHousehold, head: KnownPerson
) -> Amendment:
    """Let the head be the head from the row's day on; who belonged to another household then stays there
    until he or she came."""
    spans = session.memberships.get(head.id)
    held = at(spans, session.day_of(row))
    if held is not None and held.state["household_id"] != known.id:
        return Amendment(Outcome.UNCHANGED)
    told = {"household_id": known.id, "relation": Relation.HEAD}
    amendment = amend(spans, session.day_of(row), told)
    session.apply(amendment, Membership, {"person_id": head.id}, spans)
    return amendment


def _correct(
    session: ImportSession,
    row: RosterRow,
    known: KnownHousehold,
    head: KnownPerson | None,
    key: HouseholdKey,
) -> list[Amendment]:
    """Take over a given number for a serial of ours, and the head's name and number once known."""
    amendments: list[Amendment] = []
    number = key.household_no
    if number and known.numbered_by_us and number.upper() not in session.households.by_no:
        session.batch.change(Household, known.id, {"household_no": number})
        difference = Difference("household_no", known.household_no, number)
        amendments.append(Amendment(Outcome.CHANGED, differences=(difference,)))
        with session.households.revised(known):
            known.household_no, known.numbered_by_us = number, False
    if head is not None and key.head_name:
        amendments.append(correct_person(session, row, head, lasting_fields(key.head_name, key.head)))
        follow_head(session, known, head)
    return amendments
