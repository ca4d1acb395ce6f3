"""Entering a roster of households: one row for each family."""

from typing import Any

from jiemin.domain.codes import HouseholdStatus, Relation
from jiemin.domain.matching import HouseholdKey, KnownHousehold, Match
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome, amend
from jiemin.storage.households import serial
from jiemin.storage.tables import Household, HouseholdSpan, Membership
from jiemin.usecases.importing.persons import correct_person, lasting_fields, start_person
from jiemin.usecases.importing.session import ImportSession

_AS_TOLD = (
    "household_class keeping status size covered cause other_causes needs phones address bank account note"
).split()


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every row whose household and class can be told; report the others."""
    claimed: set[int] = set()
    for row in sheet.rows:
        enter_row(session, row, claimed)


def enter_row(session: ImportSession, row: RosterRow, claimed: set[int] | None) -> KnownHousehold | None:
    """Enter one row; the household it means, or None when the row was rejected.

    With `claimed` every household may come up once only; a pairing list, which names a household
    in each of its helpers' rows, passes None.
    """
    placed = _place(session, row)
    if placed is None:
        return None
    key = household_key(row, placed)
    match = session.households.find(key, claimed)
    if _refused(session, row, key, match, claimed):
        return None
    known = match.household or _start(session, row, key)
    if known is None:
        return None
    if claimed is not None:
        claimed.add(known.id)
    _amend(session, row, known, key, new=match.household is None)
    return known


def household_key(row: RosterRow, place: int | None) -> HouseholdKey:
    """What the row says of the household it means."""
    values = row.values
    return HouseholdKey(values.get("household_no"), place, values.get("head_name"), values.get("head_id"))


def _place(session: ImportSession, row: RosterRow) -> int | None:
    """The village's region id, or the town's when no village is written; None = rejected.

    A household that is already known may leave both out.
    """
    town_text = row.values.get("town")
    town = session.places.town(town_text)
    if town is None:
        known = session.households.find(household_key(row, None)).household
        if known is not None and known.place is not None and not town_text:
            return known.place
        detail = session.places.suggestion(town_text) if town_text else "没有写"
        session.tally.note("J401", row, "town", detail, town_text or "")
        return None
    village = row.values.get("village")
    if not village:
        return town
    place, is_new = session.places.village(town, village)
    if is_new and session.places.villages_known:
        session.tally.note("J402", row, "village", village, village)
    return place


def _refused(
    session: ImportSession, row: RosterRow, key: HouseholdKey, match: Match, claimed: set[int] | None
) -> bool:
    """Report why the household cannot be told, or that the row repeats or contradicts one."""
    code = match.code
    if not code and claimed is not None and match.household is not None and match.household.id in claimed:
        code = "J405"
    elsewhere = session.persons.by_number.get(key.number) if key.number else None
    if not code and elsewhere is not None and elsewhere.household_id is not None:
        head_of_match = match.household is not None and match.household.id == elsewhere.household_id
        code = "" if head_of_match else "J407"
    if code:
        about_number = code in {"J405", "J406", "J412"} and key.household_no
        session.tally.note(code, row, "household_no" if about_number else "head_name")
    return bool(code)


def _start(session: ImportSession, row: RosterRow, key: HouseholdKey) -> KnownHousehold | None:
    """A household nobody has named before; it needs a head's name and a class."""
    if not key.head_name:
        session.tally.note("J301", row, "head_name", "户主姓名")
        return None
    if "household_class" not in row.values:
        session.tally.note("J302", row, "household_class", "新的一户必须写困难类别")
        return None
    household_id = session.batch.add(Household, {})
    number = key.household_no or _free_serial(session, household_id)
    session.batch.change(Household, household_id, {"household_no": number})
    head = start_person(session, lasting_fields(key.head_name, key.head), household_id)
    known = KnownHousehold(
        id=household_id,
        household_no=number,
        numbered_by_us=key.household_no is None,
        place=key.place,
        head_id=head.id,
        head_name=key.head_name,
        head_number=key.number,
        head_birth=key.birth,
    )
    session.households.add(known)
    return known


def _free_serial(session: ImportSession, household_id: int) -> str:
    number = serial(household_id)
    while number in session.households.by_no:  # somebody's own numbers look like ours
        number += "A"
    return number


def _amend(
    session: ImportSession, row: RosterRow, known: KnownHousehold, key: HouseholdKey, *, new: bool
) -> None:
    day = session.day_of(row)
    told = {name: row.values[name] for name in _AS_TOLD if name in row.values}
    told |= _income(row) | {"region_id": key.place}
    if new:
        told.setdefault("status", HouseholdStatus.ACTIVE)
    spans = session.household_spans.setdefault(known.id, [])
    amendments = [amend(spans, day, told)]
    session.apply(amendments[0], HouseholdSpan, {"household_id": known.id}, spans)
    if known.head_id is not None:
        membership = session.memberships.setdefault(known.head_id, [])
        amendments.append(amend(membership, day, {"relation": Relation.HEAD}))
        owner = {"household_id": known.id, "person_id": known.head_id}
        session.apply(amendments[1], Membership, owner, membership)
    if not new:
        amendments.append(_correct_identity(session, known, key))
    if told.get("covered") is not None and told.get("size") is not None and told["covered"] > told["size"]:
        session.tally.note("J409", row, "covered", f"保障{told['covered']}人，家庭{told['size']}人")
    session.count(row, known.household_no, amendments, new=new)


def _income(row: RosterRow) -> dict[str, Any]:
    """Income with the period it was written for; it is never divided on the way in."""
    for name, period in (("income_month_fen", "month"), ("income_year_fen", "year")):
        if name in row.values:
            return {"income_fen": row.values[name], "income_period": period}
    return {}


def _correct_identity(session: ImportSession, known: KnownHousehold, key: HouseholdKey) -> Amendment:
    """Take over a given number for a serial of ours, and the head's name and number once known."""
    differences: list[Difference] = []
    if key.household_no and key.household_no != known.household_no:
        session.batch.change(Household, known.id, {"household_no": key.household_no})
        differences.append(Difference("household_no", known.household_no, key.household_no))
        known.household_no, known.numbered_by_us = key.household_no, False
        session.households.add(known)
    if known.head_id is not None and key.head_name:
        differences += correct_person(session, known.head_id, lasting_fields(key.head_name, key.head))
        known.head_name, known.head_number = key.head_name, key.number or known.head_number
        session.households.add(known)
    return Amendment(Outcome.CHANGED if differences else Outcome.UNCHANGED, differences=tuple(differences))
