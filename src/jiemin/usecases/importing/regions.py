"""Entering the list of villages: from then on a village it does not hold is news."""

from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.usecases.importing.place_finder import Placed
from jiemin.usecases.importing.session import ImportSession


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every place whose town is the county's, with its code; a place comes up once only."""
    claimed: set[int] = set()
    for row in sheet.rows:
        placed = _placed(session, row)
        if placed is None or placed.town is None:
            continue
        region_id, is_new = session.places.region(placed)
        if region_id in claimed:
            session.tally.note("J419", row, "village" if placed.village else "town")
            continue
        claimed.add(region_id)
        amendment = _amend_code(session, row, region_id, placed.town)
        session.tell(row, session.places.name(region_id), [amendment])
        session.count([amendment], new=is_new)
    if claimed:
        session.places.villages_known = True


def _placed(session: ImportSession, row: RosterRow) -> Placed | None:
    """The row's place; without a town (reported) None."""
    town_text = row.values.get("town")
    placed = session.places.find(town_text, row.values.get("village"))
    if placed is None or placed.town is None:
        written = str(town_text or "")
        hint = session.places.suggestion(written) if written else "没有写"
        session.tally.note("J401", row, "town", hint, written)
        return None
    return placed


def _amend_code(session: ImportSession, row: RosterRow, region_id: int, town: int) -> Amendment:
    """Give the place the code the row tells, unless it is another's."""
    code, known = row.values.get("code"), session.places.code_of(region_id)
    same = known is not None and code in {known, f"{known}000"}  # a town's nine digits may be filled up
    if code is None or same:
        return Amendment(Outcome.UNCHANGED)
    holder = session.places.place_of_code(code, town)
    if holder is not None:
        session.tally.note("J418", row, "code", f"是{session.places.name(holder)}的", code)
        return Amendment(Outcome.UNCHANGED)
    session.places.give_code(region_id, code)
    return Amendment(Outcome.CHANGED, differences=(Difference("code", known, code),))
