"""Entering declared near relations of cadres (近亲属备案)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jiemin.domain.identity import IdReading
from jiemin.domain.matching import KnownCadre
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.storage.rule_tables import CadreKin
from jiemin.storage.rules import KinRow
from jiemin.usecases.importing.session import ImportSession
from jiemin.usecases.recusals import Kin, can_be_found, same_number

_TOLD_BY = {"name": "kin_name", "relation": "kin_relation", "id_number": "kin_id", "note": "note"}
"""Stored field → the roster's column."""


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every near relation who can be found again, of a cadre who is known."""
    for row in sheet.rows:
        cadre = _cadre(session, row)
        kin = _kin(session, row, cadre) if cadre is not None else None
        if cadre is not None and kin is not None:
            _write(session, row, cadre, kin)


def _cadre(session: ImportSession, row: RosterRow) -> KnownCadre | None:
    """Whose relation it is; None when the row is rejected, which is reported."""
    name = row.values["cadre_name"]
    fitting, code = session.cadres.find(
        name, row.values.get("cadre_unit"), cadre_no=row.values.get("cadre_no")
    )
    if not code and len(fitting) != 1:
        code = "J503" if fitting else "J502"
    if code:
        session.tally.note(code, row, "cadre_no" if code == "J508" else "cadre_name", value=name)
        return None
    return fitting[0]


def _kin(session: ImportSession, row: RosterRow, cadre: KnownCadre) -> Kin | None:
    """Who the relation is; None when he or she could not be found, which is reported."""
    reading: IdReading | None = row.values.get("kin_id")
    right = reading is not None and can_be_found(reading)
    number = reading.number if reading is not None and right else None
    household_no = row.values.get("household_no")
    household = session.households.by_no.get(household_no.upper()) if household_no else None
    if number is not None and same_number(number, session.cadre_details[cadre.id]["id_number"]):
        session.tally.note("J514", row, "kin_id", value=number)
        return None
    if household_no and household is None:
        session.tally.note("J512", row, "household_no", value=household_no)
        return None
    if number is None and household is None:
        session.tally.note("J511", row, "kin_id" if reading is not None else "kin_name")
        return None
    if reading is not None and not right:
        session.tally.note("J513", row, "kin_id", value=reading.raw)
    return Kin(cadre.id, row.values["kin_name"], number, household.id if household else None)


def _write(session: ImportSession, row: RosterRow, cadre: KnownCadre, kin: Kin) -> None:
    told: dict[str, Any] = {
        "name": kin.name,
        "relation": row.values.get("kin_relation"),
        "id_number": kin.id_number,
        "household_id": kin.household_id,
        "note": row.values.get("note"),
    }
    told = {name: value for name, value in told.items() if value is not None}
    day = session.day_of(row)
    known = session.kin.setdefault(cadre.id, [])
    alike = [n for n, each in enumerate(known) if each.end > day and kin.same_as(each)]
    if not alike:
        known.append(_start(session, cadre, told, row))
        session.count([], new=True)
        return
    place = min(alike, key=lambda n: sum(getattr(known[n], name) != told[name] for name in told))
    held = known[place]  # of several, as one told by number and again by household, the likest
    differences = tuple(_differences(session, held, told))
    if differences:
        session.batch.change(CadreKin, held.id, dict(told))
        known[place] = replace(held, **told)
    outcome = Outcome.CHANGED if differences else Outcome.UNCHANGED
    amendments = [Amendment(outcome, differences=differences)]
    session.tell(row, cadre.cadre_no, amendments)
    session.count(amendments, new=False)


def _differences(session: ImportSession, held: KinRow, told: dict[str, Any]) -> Iterator[Difference]:
    """What the row replaces, under the names of its columns."""
    for name, new in told.items():
        old = getattr(held, name)
        if old == new:
            continue
        if name == "household_id":
            numbers = {each.id: each.household_no for each in session.households.by_no.values()}
            yield Difference("household_no", numbers.get(old), numbers[new])
        else:
            yield Difference(_TOLD_BY[name], old, new)


def _start(session: ImportSession, cadre: KnownCadre, told: dict[str, Any], row: RosterRow) -> KinRow:
    day = session.day_of(row)
    span = {"valid_from": day, "valid_to": FOREVER}
    row_id = session.batch.add(CadreKin, {"cadre_id": cadre.id, **told, **span})
    fields: dict[str, Any] = dict.fromkeys(("relation", "id_number", "household_id", "note")) | told
    return KinRow(
        id=row_id,
        cadre_id=cadre.id,
        cadre_no=cadre.cadre_no,
        cadre_name=cadre.name,
        start=day,
        end=FOREVER,
        **fields,
    )
