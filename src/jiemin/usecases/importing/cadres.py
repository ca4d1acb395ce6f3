"""Entering a roster of cadres; their units come with them."""

from typing import Any

from jiemin.domain.matching import KnownCadre
from jiemin.domain.periods import FOREVER
from jiemin.domain.posts import is_leader
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome, amend
from jiemin.storage.cadres import serial
from jiemin.storage.tables import Cadre, CadrePost, Unit, UnitRegion
from jiemin.usecases.importing.session import ImportSession


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every cadre; report those who stand twice or cannot be told apart."""
    claimed: set[int] = set()
    for row in sheet.rows:
        values = row.values
        reading = values.get("person_id")
        number = reading.number if reading and reading.valid else None
        fitting = session.cadres.find(
            values["name"],
            values["unit"],
            cadre_no=values.get("cadre_no"),
            number=number,
            phones=values.get("phones", ()),
        )
        fitting = [cadre for cadre in fitting if not _namesake(cadre, values, claimed)]
        if len(fitting) > 1 or (fitting and fitting[0].id in claimed):
            session.tally.note("J503" if len(fitting) > 1 else "J506", row, "name")
            continue
        cadre = enter_cadre(session, row, values, fitting[0] if fitting else None)
        claimed.add(cadre.id)


def enter_cadre(session: ImportSession, row: RosterRow, values: Any, known: KnownCadre | None) -> KnownCadre:
    """Enter one cadre, new or known, with the post and links the row tells."""
    new = known is None
    cadre = known or _start(session, values)
    unit_id = _unit(session, values["unit"])
    link_id = _link(session, row)
    told: dict[str, Any] = {"unit_id": unit_id, "leader": _leader(session, row, values)}
    told |= {name: values[name] for name in ("post", "rank") if name in values}
    if link_id is not None:
        told["link_id"] = link_id
    posts = session.cadre_posts.setdefault(cadre.id, [])
    if posts and "leader" not in values and "post" not in values:
        del told["leader"]  # a row that says nothing of the post does not demote anybody
    day = session.day_of(row)
    amendments = [amend(posts, day, told)]
    session.apply(amendments[0], CadrePost, {"cadre_id": cadre.id}, posts)
    if link_id is not None and session.link(unit_id, link_id):
        link = {"unit_id": unit_id, "region_id": link_id, "valid_from": day, "valid_to": FOREVER}
        session.batch.add(UnitRegion, link)
    if not new:
        amendments.append(_correct(session, cadre, values))
    session.count(row, cadre.cadre_no, amendments, new=new)
    return cadre


def _namesake(cadre: KnownCadre, values: Any, claimed: set[int]) -> bool:
    """Another row took this cadre, and the telephones say that they are two people."""
    phones = set(values.get("phones", ()))
    return cadre.id in claimed and bool(phones and cadre.phones and not phones & set(cadre.phones))


def _start(session: ImportSession, values: Any) -> KnownCadre:
    cadre_id = session.batch.add(Cadre, {})
    reading = values.get("person_id")
    number = values.get("cadre_no") or serial(cadre_id)
    fields = {
        "name": values["name"],
        "id_number": reading.number if reading else None,
        "phones": values.get("phones", ()),
        "note": values.get("note"),
    }
    session.batch.change(Cadre, cadre_id, {"cadre_no": number, **fields})
    session.cadre_details[cadre_id] = fields
    valid = reading.number if reading and reading.valid else None
    cadre = KnownCadre(cadre_id, number, values["name"], values["unit"], valid, tuple(fields["phones"]))
    session.cadres.add(cadre)
    return cadre


def _unit(session: ImportSession, name: str) -> int:
    if name not in session.units:
        session.units[name] = session.batch.add(Unit, {"name": name})
    return session.units[name]


def _leader(session: ImportSession, row: RosterRow, values: Any) -> bool:
    """The row's own word, else the post table's; an unknown post is ordinary, and said so."""
    if "leader" in values:
        return bool(values["leader"])
    leads = is_leader(values.get("post", ""))
    if leads is None and values.get("post"):
        session.tally.note(
            "J501", row, "post" if "post" in session.tally.sheet.columns else "cadre_post", values["post"]
        )
    return bool(leads)


def _link(session: ImportSession, row: RosterRow) -> int | None:
    """The place the row links the cadre with: the village if written, else the town."""
    town_text = row.values.get("link_town")
    if not town_text:
        return None
    town = session.places.town(town_text)
    if town is None:
        session.tally.note("J505", row, "link_town", session.places.suggestion(town_text), town_text)
        return None
    village = row.values.get("link_village")
    return session.places.village(town, village)[0] if village else town


def _correct(session: ImportSession, cadre: KnownCadre, values: Any) -> Amendment:
    held = session.cadre_details[cadre.id]
    reading = values.get("person_id")
    told = {name: values[name] for name in ("phones", "note") if name in values}
    if reading is not None and reading.number:
        told["id_number"] = reading.number
    fresh = {name: value for name, value in told.items() if held[name] != value}
    if fresh:
        session.batch.change(Cadre, cadre.id, dict(fresh))
    differences = tuple(Difference(name, held[name], value) for name, value in fresh.items())
    held.update(fresh)
    return Amendment(Outcome.CHANGED if fresh else Outcome.UNCHANGED, differences=differences)
