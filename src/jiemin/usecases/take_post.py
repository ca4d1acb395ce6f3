"""Write where a cadre serves from a day on: unit, post, whether it leads, and the place linked with."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection

from jiemin.domain.posts import is_leader
from jiemin.domain.spans import Amendment, Held, Outcome, amend, known_on
from jiemin.errors import JieminError
from jiemin.storage import cadres, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.journal import Door
from jiemin.storage.tables import CadrePost, Unit
from jiemin.usecases.find_records import find_village


@dataclass(frozen=True, slots=True)
class PostTold:
    """The new post as the clerk tells it; what is None stays, or follows from the rest.

    Without `post` the post stays; `leader` follows from the post table; a link of the cadre's own
    (`link`, a town or village) ends with the old unit.
    """

    unit: str
    post: str | None = None
    leader: bool | None = None
    link: str | None = None


def refuse_later_posts(state: CadreState, posts: list[Held], day: date, what: str) -> None:
    """Raise `JieminError` when a post of the cadre began after `day`."""
    latest = max(post.start for post in posts)
    if latest > day:
        raise JieminError(
            f"{state.name}在{latest}还有任职变动，不能从更早的{day}起{what}", f"用 --on {latest} 或更晚的日期"
        )


def take_post(door: Door, state: CadreState, told: PostTold, day: date) -> list[str]:
    """Write the new post; what the clerk should know of it."""
    posts = cadres.held_posts(door.connection, [state.id])[state.id]
    refuse_later_posts(state, posts, day, "变动")
    held = known_on(posts, day)
    unit_id, notes = _unit(door, told.unit)
    fields: dict[str, Any] = {"unit_id": unit_id}
    if told.post:
        fields["post"] = told.post
    elif held.get("post") and unit_id != held["unit_id"]:
        notes.append(f"没有写新职务，仍记为“{held['post']}”；不对就加 --post")
    leads, note = _leads(told, bool(held["leader"]))
    fields["leader"] = leads
    notes += note
    if told.link is not None:
        fields["link_id"] = _place(door.connection, told.link)
    elif unit_id != held["unit_id"]:
        fields["link_id"] = None
    _write(door, state.id, amend(posts, day, fields), state.name)
    return notes


def _leads(told: PostTold, leads: bool) -> tuple[bool, list[str]]:
    """Whether the cadre leads: as told, else by the post table, else as before, which is said."""
    if told.leader is not None:
        return told.leader, []
    verdict = is_leader(told.post) if told.post else None
    if told.post and verdict is None:
        now = "领导干部" if leads else "一般干部"
        return leads, [f"职务表里没有“{told.post}”，仍算{now}；不对就加 --leader 是 或 --leader 否"]
    return (leads if verdict is None else verdict), []


def _unit(door: Door, name: str) -> tuple[int, list[str]]:
    """The unit's id; one nobody has named before is made, which is said with the names near to it."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    if not plain:
        raise JieminError("没有写单位", "用 --unit 写明新单位")
    known = regions.units(door.connection)
    if plain in known:
        return known[plain], []
    near = get_close_matches(plain, list(known), n=3, cutoff=0.6)
    maybe = f"；是不是“{'”“'.join(near)}”" if near else ""
    unit_id = door.next_id(Unit)
    door.insert(Unit, [{"id": unit_id, "name": plain}])
    return unit_id, [f"单位“{plain}”是新的，随之登记{maybe}"]


def _place(connection: Connection, text: str) -> int:
    """The village meant, or the town as a whole; raises `NotFoundError` when there is none, or several."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    towns = [place for place in regions.places(connection).values() if place.town and not place.village]
    meant = [place.id for place in towns if len(plain) > 1 and place.town.startswith(plain)]
    return meant[0] if len(meant) == 1 else find_village(connection, plain).id


def _write(door: Door, cadre_id: int, amendment: Amendment, name: str) -> None:
    if amendment.outcome is Outcome.UNCHANGED:
        raise JieminError(
            f"{name}的单位和职务本来就是这样，没有变动", "核对单位和职务；用 jiemin cadre show 查看"
        )
    names = {"end": "valid_to", "start": "valid_from"}
    for span_id, fields in amendment.rewrites:
        told = {names.get(field, field): value for field, value in fields.items()}
        door.update(CadrePost, [{"id": span_id, **told}])
    for start, end, fields in amendment.starts:
        door.insert(CadrePost, [{**fields, "cadre_id": cadre_id, "valid_from": start, "valid_to": end}])
