"""Queries about cadres: keys for matching, posts, and who serves on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlalchemy.orm import aliased
from sqlmodel import col, func

from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.storage.query import among, select
from jiemin.storage.tables import Cadre, CadrePost, Unit

if TYPE_CHECKING:
    from jiemin.domain.matching import KnownCadre

STATE = ("unit_id", "post", "rank", "leader", "link_id")


@dataclass(frozen=True, slots=True)
class CadreState:
    """A cadre as he or she serves on one day."""

    id: int
    cadre_no: str
    name: str
    id_number: str | None
    phones: tuple[str, ...]
    unit_id: int
    unit: str
    post: str | None
    rank: str | None
    leader: bool
    link_id: int | None
    since: date


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post a cadre holds or held; `end` is FOREVER while it lasts."""

    id: int
    unit: str
    post: str | None
    rank: str | None
    leader: bool
    link_id: int | None
    start: date
    end: date


def serial(cadre_id: int) -> str:
    """The number we give a cadre who came without one; letters A follow when it is taken."""
    return f"C{cadre_id:05d}"


def known_cadres(connection: Connection) -> "list[KnownCadre]":
    """What tells every cadre apart, by the latest post."""
    from jiemin.domain.identity import read_id
    from jiemin.domain.matching import KnownCadre

    query = (
        select(Cadre.id, Cadre.cadre_no, Cadre.name, Unit.name, Cadre.id_number, Cadre.phones)
        .join(CadrePost, col(CadrePost.cadre_id) == Cadre.id)
        .join(Unit, col(Unit.id) == CadrePost.unit_id)
        .order_by(col(CadrePost.valid_from))
    )
    latest: dict[int, KnownCadre] = {}
    for row_id, cadre_no, name, unit, number, phones in connection.execute(query):
        valid = number if number and read_id(number, FOREVER).valid else None
        by_us = cadre_no.rstrip("A") == serial(row_id)
        latest[row_id] = KnownCadre(row_id, cadre_no, name, unit, valid, phones, by_us)
    return list(latest.values())


def held_posts(connection: Connection, ids: Iterable[int] | None = None) -> dict[int, list[Held]]:
    """Every post of these cadres (or of all), oldest first, by cadre id."""
    columns = [CadrePost.id, CadrePost.cadre_id, CadrePost.valid_from, CadrePost.valid_to]
    query = select(*columns, *(getattr(CadrePost, name) for name in STATE)).order_by(
        col(CadrePost.valid_from)
    )
    if ids is not None:
        query = query.where(among(CadrePost.cadre_id, ids))
    posts: dict[int, list[Held]] = {}
    for post_id, cadre_id, start, end, *values in connection.execute(query):
        posts.setdefault(cadre_id, []).append(
            Held(post_id, start, end, dict(zip(STATE, values, strict=True)))
        )
    return posts


def posts_of(connection: Connection, cadre_id: int) -> list[PostRow]:
    """Every post a cadre ever held, oldest first."""
    query = (
        select(
            CadrePost.id,
            Unit.name,
            CadrePost.post,
            CadrePost.rank,
            CadrePost.leader,
            CadrePost.link_id,
            CadrePost.valid_from,
            CadrePost.valid_to,
        )
        .join(Unit, col(Unit.id) == CadrePost.unit_id)
        .where(CadrePost.cadre_id == cadre_id)
        .order_by(col(CadrePost.valid_from))
    )
    return [PostRow(*row) for row in connection.execute(query)]


def cadres_on(connection: Connection, day: date) -> list[CadreState]:
    """Every cadre in service on `day`, in the order of numbers."""
    query = _states().where(CadrePost.valid_from <= day, CadrePost.valid_to > day)
    return [CadreState(*row) for row in connection.execute(query.order_by(col(Cadre.cadre_no)))]


def last_posts(connection: Connection, ids: Iterable[int]) -> list[CadreState]:
    """The last post of each of these cadres, whether or not it still holds."""
    query = _states().where(among(Cadre.id, ids)).order_by(col(CadrePost.valid_from))
    return list({row[0]: CadreState(*row) for row in connection.execute(query)}.values())


def posts_by(connection: Connection, ids: Iterable[int], day: date) -> dict[int, CadreState]:
    """Cadre id → the last post begun by `day`, whether or not it still holds then."""
    query = _states().where(among(Cadre.id, ids), CadrePost.valid_from <= day)
    return {row[0]: CadreState(*row) for row in connection.execute(query.order_by(col(CadrePost.valid_from)))}


def serving_since(connection: Connection, day: date) -> dict[int, date]:
    """Cadre id → since when the cadre, if in service on `day`, serves without a break."""
    before = aliased(CadrePost)
    joined = select(before.id).where(
        before.cadre_id == CadrePost.cadre_id, before.valid_to == CadrePost.valid_from
    )
    query = (
        select(CadrePost.cadre_id, func.max(CadrePost.valid_from))
        .where(CadrePost.valid_from <= day, ~joined.exists())
        .group_by(CadrePost.cadre_id)
    )
    return dict(connection.execute(query).all())


def leaving(connection: Connection, day: date, besides: Iterable[int] = ()) -> dict[int, date]:
    """Cadre id → the first day out of service, of those for whom such a day after `day` is on record.

    The ends of the posts `besides` (ids) do not count.
    """
    after = aliased(CadrePost)
    joined = select(after.id).where(
        after.cadre_id == CadrePost.cadre_id, after.valid_from == CadrePost.valid_to
    )
    query = (
        select(CadrePost.cadre_id, func.min(CadrePost.valid_to))
        .where(
            CadrePost.valid_to > day,
            CadrePost.valid_to < FOREVER,
            ~among(CadrePost.id, besides),
            ~joined.exists(),
        )
        .group_by(CadrePost.cadre_id)
    )
    return dict(connection.execute(query).all())


def units_of(connection: Connection, ids: Iterable[int], day: date) -> dict[int, str]:
    """Cadre id → unit on `day`; of those who do not serve that day, the last before, else the first."""
    query = (
        select(CadrePost.cadre_id, CadrePost.valid_from, Unit.name)
        .join(Unit, col(Unit.id) == CadrePost.unit_id)
        .where(among(col(CadrePost.cadre_id), ids))
        .order_by(col(CadrePost.valid_from))
    )
    units: dict[int, str] = {}
    for cadre_id, start, unit in connection.execute(query):
        if cadre_id not in units or start <= day:
            units[cadre_id] = unit
    return units


def names_of(connection: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """Cadre number → name, of those that are on record."""
    query = select(Cadre.cadre_no, Cadre.name).where(among(Cadre.cadre_no, numbers))
    return dict(connection.execute(query).all())


def cadre_count(connection: Connection) -> int:
    """How many cadres were ever entered."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM cadre").scalar_one())


def cadre_details(connection: Connection) -> dict[int, dict[str, object]]:
    """Cadre id → the fields that do not depend on the post."""
    query = select(Cadre.id, Cadre.name, Cadre.id_number, Cadre.phones, Cadre.note)
    names = ("name", "id_number", "phones", "note")
    return {row_id: dict(zip(names, values, strict=True)) for row_id, *values in connection.execute(query)}


def _states() -> Any:
    """Cadres with their posts; the columns of `CadreState` in order."""
    return (
        select(
            Cadre.id,
            Cadre.cadre_no,
            Cadre.name,
            Cadre.id_number,
            Cadre.phones,
            Unit.id,
            Unit.name,
            CadrePost.post,
            CadrePost.rank,
            CadrePost.leader,
            CadrePost.link_id,
            CadrePost.valid_from,
        )
        .join(CadrePost, col(CadrePost.cadre_id) == Cadre.id)
        .join(Unit, col(Unit.id) == CadrePost.unit_id)
    )
