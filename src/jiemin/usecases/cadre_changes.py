"""A cadre leaves, retires, is transferred or comes back; the families go on being helped.

Each is one action: the post and the pairings change together or not at all.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import at
from jiemin.errors import JieminError
from jiemin.storage import cadres, pairings
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import CadrePost
from jiemin.usecases.find_records import find_cadre, find_cadre_ever
from jiemin.usecases.hand_over import HandedOver, HandOver, hand_over, lasting, refuse_distant
from jiemin.usecases.take_post import PostTold, refuse_later_posts, take_post

_LEADS = "领导干部"


@dataclass(frozen=True, slots=True)
class CadreChange:
    """What becomes of a cadre and of the families he or she helped.

    `before` and `after` are unit and post in words, empty where there is none. Where one `heir` takes
    over everything, `after` is his or her post. `staying` counts the pairings that go on; `notes` are
    sentences for the clerk.
    """

    cadre_no: str
    name: str
    day: date
    reason: str
    before: str
    after: str
    families: tuple[HandedOver, ...] = ()
    elsewhere: tuple[PairingRow, ...] = ()
    staying: int = 0
    notes: tuple[str, ...] = ()
    heir: str = ""

    @property
    def alone(self) -> tuple[HandedOver, ...]:
        """The families that ought to have a cadre and now have nobody."""
        return tuple(each for each in self.families if each.to_pair and not each.successors)


def leave(
    database: Database,
    stamp: Stamp,
    cadre: str,
    day: date,
    today: date,
    *,
    reason: str,
    settings: PairingSettings,
    dry_run: bool = False,
    agreed: CadreChange | None = None,
) -> CadreChange:
    """End the cadre's service on `day`, the first day out of it, and hand the families over.

    `agreed` is the plan that was shown: should another come out by now, nothing is written. Raises
    `NotFoundError`, or `JieminError` for a day that cannot be.
    """
    refuse_distant(day, today)
    with write_door(database, stamp, dry_run=dry_run) as door:
        state = find_cadre(door.connection, cadre, day)
        before = post_in_words(door.connection, state.id, day)
        _end_service(door, state, day)
        rows = lasting(door.connection, state, day, "离任")
        handed = hand_over(door, rows, day, today, reason, settings)
        change = _change(state, day, reason, before, "", handed)
        refuse_unlike(change, agreed)
    return change


def transfer(
    database: Database,
    stamp: Stamp,
    cadre: str,
    told: PostTold,
    day: date,
    today: date,
    *,
    settings: PairingSettings,
    handing_over: bool = False,
    dry_run: bool = False,
    agreed: CadreChange | None = None,
) -> CadreChange:
    """Let the cadre serve elsewhere, or as something else, from `day` on.

    The pairings go on (notice 二.1: 常年结对), unless `handing_over`: then they end with the reason 调动
    and others take over. `agreed` and errors as in `leave`; also `JieminError` when nothing changes.
    """
    refuse_distant(day, today)
    with write_door(database, stamp, dry_run=dry_run) as door:
        state = find_cadre(door.connection, cadre, day)
        before = post_in_words(door.connection, state.id, day)
        notes = take_post(door, state, told, day)
        door.note_counts(changed=1)
        handed = HandOver()
        if handing_over:
            rows = lasting(door.connection, state, day, "交接")
            handed = hand_over(door, rows, day, today, "调动", settings, never=state)
        staying = sum(row.end == FOREVER for row in pairings.pairings_of_cadre(door.connection, state.id))
        after = post_in_words(door.connection, state.id, day)
        if not staying and after.endswith(_LEADS):
            notes.append(f"{state.name}是领导干部，还没有结对户：运行 jiemin pair --auto")
        change = replace(
            _change(state, day, "调动", before, after, handed), staying=staying, notes=tuple(notes)
        )
        refuse_unlike(change, agreed)
    return change


def come_back(
    database: Database,
    stamp: Stamp,
    cadre: str,
    told: PostTold,
    day: date,
    today: date,
    *,
    dry_run: bool = False,
    agreed: CadreChange | None = None,
) -> CadreChange:
    """Let one who left serve again from `day` on; what was before stays as it was, pairings too.

    Raises as `transfer`, and for one who serves on that day.
    """
    refuse_distant(day, today)
    with write_door(database, stamp, dry_run=dry_run) as door:
        state = find_cadre_ever(door.connection, cadre, day)
        now = post_in_words(door.connection, state.id, day)
        if now:
            raise JieminError(
                f"{state.name}在{day}仍在任（{now}）",
                f"换单位或职务的用 jiemin cadre transfer {state.cadre_no} --unit 单位",
            )
        notes = take_post(door, state, told, day)
        door.note_counts(new=1)
        notes.append("以前的结对不会自动恢复：运行 jiemin pair --auto，或用 jiemin pair add 再结")
        after = post_in_words(door.connection, state.id, day)
        change = replace(_change(state, day, "重新任职", "", after, HandOver()), notes=tuple(notes))
        refuse_unlike(change, agreed)
    return change


def number_of(database: Database, cadre: str, day: date) -> str:
    """The number of the cadre meant, whether or not in service on `day`; raises `NotFoundError`."""
    with database.reading() as connection:
        return find_cadre_ever(connection, cadre, day).cadre_no


def refuse_unlike(change: CadreChange, agreed: CadreChange | None) -> None:
    """Raise `JieminError` when the plan is no longer the one that was agreed to."""
    if agreed is not None and change != agreed:
        raise JieminError("名册或结对刚刚有了变动，原来的安排不再合适，什么都没有写入", "再运行一次这条命令")


def _change(
    state: CadreState, day: date, reason: str, before: str, after: str, handed: HandOver
) -> CadreChange:
    return CadreChange(
        state.cadre_no, state.name, day, reason, before, after, handed.families, handed.elsewhere
    )


def post_in_words(connection: Connection, cadre_id: int, day: date) -> str:
    """Unit and post on `day` as people say them; empty when the cadre does not serve."""
    for post in cadres.posts_of(connection, cadre_id):
        if post.start <= day < post.end:
            leads = _LEADS if post.leader else "一般干部"
            return " ".join(filter(None, (post.unit, post.post, post.rank, leads)))
    return ""


def _end_service(door: Door, state: CadreState, day: date) -> None:
    posts = cadres.held_posts(door.connection, [state.id])[state.id]
    refuse_later_posts(state, posts, day, "离任")
    held = at(posts, day)
    assert held is not None  # noqa: S101 - who was found serves on that day
    if held.end != FOREVER:
        raise JieminError(f"{state.name}的任职已登记到{held.end}为止", "登记错了，先用 jiemin undo 撤销")
    if held.start < day:
        door.update(CadrePost, [{"id": held.id, "valid_to": day}])
    elif len(posts) > 1:
        door.delete(CadrePost, [held.id])  # it never held
    else:
        raise JieminError(
            f"{state.name}自{day}才开始任职，不能在同一天离任",
            "改 --on 的日期；名册登错了，用 jiemin undo 撤销",
        )
