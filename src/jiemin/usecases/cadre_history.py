"""All that is on record of one cadre: every post, and every household ever helped."""

from dataclasses import dataclass, replace
from datetime import date

from jiemin.domain.periods import FOREVER
from jiemin.storage import cadres, households, pairings, regions
from jiemin.storage.cadres import PostRow
from jiemin.storage.database import Database
from jiemin.storage.regions import Place
from jiemin.usecases.find_records import find_cadre_ever
from jiemin.usecases.look_up import CadreView, PairingView, as_known


@dataclass(frozen=True, slots=True)
class CadreHistory:
    """A cadre as on the day, or in the last post; `pairings` by household, oldest first."""

    view: CadreView
    serving: bool
    posts: tuple[PostRow, ...]
    places: dict[int, Place]
    pairings: tuple[PairingView, ...]


def show_history(database: Database, text: str, day: date, *, past: bool = False) -> CadreHistory:
    """The cadre meant, also one who serves no more; raises `NotFoundError`.

    With `past` what was only set later than `day` is left out.
    """
    with database.reading() as connection:
        state = find_cadre_ever(connection, text, day)
        posts = tuple(cadres.posts_of(connection, state.id))
        ever = pairings.pairings_of_cadre(connection, state.id)
        if past:
            posts = tuple(
                replace(post, end=FOREVER) if post.end > day else post for post in posts if post.start <= day
            )
            ever = [as_known(row, day) for row in ever if row.start <= day]
        known = households.households_on(connection, day, sorted({row.household_id for row in ever}))
        places = regions.places(connection)
    names = {each.household_no: each.head_name or "" for each in known}
    active = {each.id for each in known if each.active}
    helped = tuple(row for row in ever if row.start <= day < row.end and row.household_id in active)
    link = places[state.link_id] if state.link_id is not None else None
    return CadreHistory(
        view=CadreView(state, link, helped, names),
        serving=any(post.start <= day < post.end for post in posts),
        posts=posts,
        places=places,
        pairings=tuple(
            PairingView(row, names.get(row.household_no, ""), _unit_then(posts, row.end, day)) for row in ever
        ),
    )


def _unit_then(posts: tuple[PostRow, ...], end: date, day: date) -> str:
    """The unit in which the cadre served when the pairing ended; today's while it goes on."""
    begun = [post.unit for post in posts if post.start < end and post.start <= day]
    return begun[-1] if begun else posts[0].unit
