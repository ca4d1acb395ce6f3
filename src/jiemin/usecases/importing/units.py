"""Entering a roster of units: which places each is linked with or takes, and since when."""

from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Outcome, amend
from jiemin.storage.run_tables import UnitRegion
from jiemin.usecases.importing.session import ImportSession


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every unit, and the link with a place that its row tells; a unit may come up often."""
    for row in sheet.rows:
        name = row.values["unit"]
        is_new = name not in session.units
        unit_id, place = session.unit(name), linked_place(session, row)
        takes = _takes(session, row, place)
        told = [begin_link(session, row, unit_id, place, takes=takes)] if place is not None else []
        session.tell(row, name, told)
        changed = any(each.outcome is not Outcome.UNCHANGED for each in told)
        session.count([Amendment(Outcome.CHANGED if changed else Outcome.UNCHANGED)], new=is_new)


def _takes(session: ImportSession, row: RosterRow, place: int | None) -> bool | None:
    """Whether the row says that the unit takes the village (包村); None when it does not say."""
    takes: bool | None = row.values.get("takes")
    if place is not None and "link_village" in row.values:
        return takes
    if takes:
        session.tally.note("J510", row, "takes")
    return None


def linked_place(session: ImportSession, row: RosterRow) -> int | None:
    """The place the row links a unit or cadre with: the village if written, else the town."""
    town_text, village = row.values.get("link_town"), row.values.get("link_village")
    if not town_text and not village:
        return None
    placed = session.places.find(town_text, village)
    if placed is None or placed.town is None:
        detail = session.places.suggestion(town_text) if town_text else "没有写联系镇"
        field_name = "link_town" if town_text else "link_village"
        session.tally.note("J505", row, field_name, detail, str(town_text or village))
        return None
    region_id, is_new = session.places.region(placed)
    if is_new and session.places.villages_known:
        session.tally.note("J402", row, "link_village", str(village), str(village))
    return region_id


def begin_link(
    session: ImportSession, row: RosterRow, unit_id: int, place: int, *, takes: bool | None = None
) -> Amendment:
    """Let a unit be linked with a place from the row's day on, and take it if the row says so.

    A link that is on record stays as it is unless the row tells whether the unit takes the place.
    """
    spans = session.links.setdefault((unit_id, place), [])
    if spans and takes is None:
        return Amendment(Outcome.UNCHANGED)
    amendment = amend(spans, session.day_of(row), {"takes": bool(takes)})
    session.apply(amendment, UnitRegion, {"unit_id": unit_id, "region_id": place}, spans)
    return amendment
