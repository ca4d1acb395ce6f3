"""Entering a roster of cadres; their units come with them.

What a row means is settled before anything of it is written, so a rejected row leaves no trace.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from jiemin.domain.duplicates import Kind
from jiemin.domain.matching import KnownCadre
from jiemin.domain.posts import is_leader
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Held, Outcome, State, amend, known_on
from jiemin.storage.cadres import serial
from jiemin.storage.tables import Cadre, CadrePost
from jiemin.usecases.importing.session import ImportSession
from jiemin.usecases.importing.settled import unsettled
from jiemin.usecases.importing.units import begin_link, linked_place


@dataclass(frozen=True, slots=True)
class SettledCadre:
    """A row whose cadre can be told; `known` is None for one nobody has named before.

    `values` are the row's fields that speak of the cadre, under the names a roster of cadres has for
    them; in a pairing list `prefix` stands before these.
    """

    row: RosterRow
    values: Mapping[str, Any]
    prefix: str
    known: KnownCadre | None


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Enter every cadre; report those who stand twice or cannot be told apart."""
    claimed: set[int] = set()
    for row in sheet.rows:
        settled = settle(session, row, row.values, claimed=claimed)
        if settled is not None:
            cadre, amendments = write(session, settled)
            claimed.add(cadre.id)
            session.count(amendments, new=settled.known is None)


def settle(
    session: ImportSession,
    row: RosterRow,
    values: Mapping[str, Any],
    *,
    prefix: str = "",
    claimed: Collection[int] = (),
) -> SettledCadre | None:
    """Which cadre a row means; None when the row is rejected, which is reported.

    With `claimed` every cadre may come up once only. A pairing list may leave the unit out, but then
    the cadre must be known.
    """
    fitting, code = session.cadres.find(
        values["name"],
        values.get("unit"),
        cadre_no=values.get("cadre_no"),
        number=_valid_number(values),
        phones=values.get("phones", ()),
        claimed=claimed,
    )
    if not code and len(fitting) > 1:
        code = "J503"
    elif not code and fitting and fitting[0].id in claimed:
        code = "J506"
    elif not code and not fitting and "unit" not in values:
        code = "J502"
    if code:
        field_name = "cadre_no" if code == "J508" and values.get("cadre_no") else f"{prefix}name"
        session.tally.note(code, row, field_name, value=values["name"] if prefix else "")
        return None
    return SettledCadre(row, values, prefix, fitting[0] if fitting else None)


def write(session: ImportSession, settled: SettledCadre) -> tuple[KnownCadre, list[Amendment]]:
    """Enter the cadre with the post and links the row tells; what that changed.

    A row that does not name the unit tells nothing of the post.
    """
    if settled.known is not None and "unit" not in settled.values:
        return settled.known, []
    cadre = settled.known or _start(session, settled.values)
    if settled.known is None:
        session.began(Kind.CADRE, cadre.id, settled.row, f"{settled.prefix}name")
    amendments = [_amend_post(session, settled, cadre)]
    if settled.known is not None:
        amendments.append(_correct(session, settled, cadre))
    session.tell(settled.row, cadre.cadre_no, amendments, settled.prefix)
    return cadre, amendments


def _valid_number(values: Mapping[str, Any]) -> str | None:
    reading = values.get("person_id")
    return reading.number if reading is not None and reading.valid else None


def _start(session: ImportSession, values: Mapping[str, Any]) -> KnownCadre:
    cadre_id = session.batch.add(Cadre, {})
    reading = values.get("person_id")
    given = values.get("cadre_no")
    number = given or session.free_serial(serial(cadre_id), session.cadres.by_no)
    fields = {
        "name": values["name"],
        "id_number": reading.number if reading else None,
        "phones": values.get("phones", ()),
        "note": values.get("note"),
    }
    session.batch.change(Cadre, cadre_id, {"cadre_no": number, **fields})
    session.cadre_details[cadre_id] = fields
    cadre = KnownCadre(
        id=cadre_id,
        cadre_no=number,
        name=fields["name"],
        unit=values["unit"],
        number=_valid_number(values),
        phones=tuple(fields["phones"]),
        numbered_by_us=not given,
    )
    session.cadres.add(cadre)
    return cadre


def _amend_post(session: ImportSession, settled: SettledCadre, cadre: KnownCadre) -> Amendment:
    """Let the cadre serve from the row's day on as the row tells."""
    row, values = settled.row, settled.values
    day = session.day_of(row)
    posts = session.cadre_posts.setdefault(cadre.id, [])
    unit_id, link_id = session.unit(values["unit"]), linked_place(session, row)
    told: dict[str, Any] = {"unit_id": unit_id}
    told |= {name: values[name] for name in ("post", "rank") if name in values}
    told |= _leads(session, settled, known_on(posts, day))
    if link_id is not None:
        told["link_id"] = link_id
    told = unsettled(session, row, (Kind.CADRE, cadre.id), told, known_on(posts, day), prefix=settled.prefix)
    amendment = amend(posts, day, told)
    if link_id is not None and amendment.outcome is not Outcome.UNCHANGED:
        begin_link(session, row, unit_id, link_id)
    session.apply(amendment, CadrePost, {"cadre_id": cadre.id}, posts)
    cadre.unit = _last_unit(session, posts)
    return amendment


def _last_unit(session: ImportSession, posts: list[Held]) -> str:
    return session.unit_names[posts[-1].state["unit_id"]]


def _leads(session: ImportSession, settled: SettledCadre, held: State) -> dict[str, bool]:
    """Whether the cadre leads: the row's own word, else the post table's of a post not on record.

    A row that says nothing of the post, or repeats it, demotes nobody; an unknown post is that of an
    ordinary cadre, which is said, unless the cadre is known to lead.
    """
    values = settled.values
    if "leader" in values:
        return {"leader": bool(values["leader"])}
    post = values.get("post")
    verdict = is_leader(post) if post else None
    if post and verdict is None and not held.get("leader") and post != held.get("post"):
        session.tally.note("J501", settled.row, f"{settled.prefix}post", post)
    if held and (verdict is None or post == held.get("post")):
        return {}
    return {"leader": bool(verdict)}


def _correct(session: ImportSession, settled: SettledCadre, cadre: KnownCadre) -> Amendment:
    """Take over a given number for a serial of ours, and what became known of the person.

    An identity number that cannot be right never replaces one that can.
    """
    values = settled.values
    held = session.cadre_details[cadre.id]
    told = {name: values[name] for name in ("name", "phones", "note") if name in values}
    reading = values.get("person_id")
    if reading is not None and reading.number and (reading.valid or not cadre.number):
        told["id_number"] = reading.number
    told = unsettled(session, settled.row, (Kind.CADRE, cadre.id), told, held, prefix=settled.prefix)
    fresh = {name: value for name, value in told.items() if held[name] != value}
    differences = [Difference(name, held[name], value) for name, value in fresh.items()]
    if "name" in fresh:
        session.tally.note("J415", settled.row, f"{settled.prefix}name", f"原来登记为{held['name']}")
    held.update(fresh)
    number = values.get("cadre_no")
    if number and cadre.numbered_by_us and number.upper() not in session.cadres.by_no:
        fresh["cadre_no"] = number
        differences.append(Difference("cadre_no", cadre.cadre_no, number))
    if not fresh:
        return Amendment(Outcome.UNCHANGED)
    session.batch.change(Cadre, cadre.id, dict(fresh))
    with session.cadres.revised(cadre):
        cadre.name, cadre.phones = held["name"], tuple(held["phones"])
        cadre.number = _valid_number(values) or cadre.number
        if "cadre_no" in fresh:
            cadre.cadre_no, cadre.numbered_by_us = fresh["cadre_no"], False
    return Amendment(Outcome.CHANGED, differences=tuple(differences))
