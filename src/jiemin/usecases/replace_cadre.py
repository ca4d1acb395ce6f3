"""One cadre takes over all households of another, each in the same role."""

from collections.abc import Sequence
from datetime import date

from jiemin.domain.codes import Role
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import households, pairings
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Pairing
from jiemin.usecases.cadre_changes import CadreChange, post_in_words, refuse_unlike
from jiemin.usecases.find_records import find_cadre, find_cadre_ever
from jiemin.usecases.hand_over import (
    Succession,
    decision_day,
    end_pairings,
    families_after,
    lasting,
    promote,
    refuse_distant,
    refuse_required,
)
from jiemin.usecases.pairing_facts import Gathered, gather

_LISTED = 10


def replace_cadre(
    database: Database,
    stamp: Stamp,
    cadre: str,
    heir: str,
    day: date,
    today: date,
    *,
    reason: str = "",
    settings: PairingSettings,
    dry_run: bool = False,
    agreed: CadreChange | None = None,
) -> CadreChange:
    """Let `heir` take over all households of `cadre` from `day` on; posts stay as they are.

    Visits before that day still count for the one who was the helper then. `agreed` is the plan that
    was shown. Raises `NotFoundError`, or `JieminError` when the heir must not help one of the
    households, and for a day that cannot be.
    """
    refuse_distant(day, today)
    with write_door(database, stamp, dry_run=dry_run) as door:
        gone = find_cadre_ever(door.connection, cadre, day)
        taker = find_cadre(door.connection, heir, day)
        if gone.id == taker.id:
            raise JieminError("两个写的是同一名干部", "后一个写接替的干部；同名的写成 姓名@单位")
        rows = lasting(door.connection, gone, day, "交接")
        if not rows:
            raise JieminError(f"{gone.name}没有结对户，没有可以交接的", "用 jiemin pair list 查看")
        decided = decision_day(door.connection, day, today)
        find_cadre(door.connection, taker.cadre_no, decided)
        gathered = gather(door.connection, decided, settings)
        known = households.households_on(door.connection, decided, [row.household_id for row in rows])
        passing = [row for row in rows if row.household_id in {each.id for each in known if each.active}]
        _refuse(gathered, passing, gone, taker)
        why = reason or f"由{taker.name}接替"
        how = _pass_on(door, rows, passing, taker, day, why)
        change = CadreChange(
            cadre_no=gone.cadre_no,
            name=gone.name,
            day=day,
            reason=why,
            before=post_in_words(door.connection, gone.id, day),
            after=post_in_words(door.connection, taker.id, day),
            heir=taker.name,
            families=families_after(door.connection, rows, day, decided, how),
            notes=tuple(_notes(gathered, passing, gone, taker)),
        )
        refuse_unlike(change, agreed)
    return change


def _refuse(gathered: Gathered, rows: Sequence[PairingRow], gone: CadreState, taker: CadreState) -> None:
    refuse_required(gathered, [row.household_no for row in rows], gone)
    barred = [
        f"{row.household_no}：{gathered.bars[row.household_no, taker.cadre_no]}"
        for row in rows
        if (row.household_no, taker.cadre_no) in gathered.bars
    ]
    if barred:
        more = f"等{len(barred)}户" if len(barred) > _LISTED else ""
        raise JieminError(
            f"{taker.name}不能接替{gone.name}：{'；'.join(barred[:_LISTED])}{more}",
            f"先给这些户另换干部：jiemin pair end 户编号 {gone.cadre_no} --reason 回避，再 jiemin pair add；"
            "或换一名接替的干部",
        )


def _pass_on(
    door: Door,
    rows: Sequence[PairingRow],
    passing: Sequence[PairingRow],
    taker: CadreState,
    day: date,
    reason: str,
) -> dict[PairKey, Succession]:
    """End the pairings and begin the heir's; what became of the heir at each household."""
    held = {row.household_id: row for row in _held_by(door, taker, passing, day)}
    end_pairings(door, rows, day, reason)
    how: dict[PairKey, Succession] = {}
    begin = []
    for row in passing:
        mine = held.get(row.household_id)
        if mine is None:
            how[row.household_no, taker.cadre_no] = Succession.NEW
            begin.append(_begun(row, taker, day))
        elif row.role == Role.LEAD:
            how[row.household_no, taker.cadre_no] = Succession.PROMOTED
            promote(door, mine, day)
    door.insert(Pairing, begin)
    door.note_counts(started=len(begin), ended=len(rows))
    return how


def _held_by(door: Door, taker: CadreState, rows: Sequence[PairingRow], day: date) -> list[PairingRow]:
    """The heir's own pairings with these households.

    Raises `JieminError` when one of them began, or ended, later than `day`.
    """
    ids = {row.household_id for row in rows}
    ours = [row for row in pairings.pairings_of_cadre(door.connection, taker.id) if row.household_id in ids]
    for row in ours:
        latest = row.start if row.end == FOREVER else row.end
        if latest > day:
            raise JieminError(
                f"{taker.name}与{row.household_no}在{latest}还有结对变动，不能从更早的{day}起接替",
                f"用 --on {latest} 或更晚的日期",
            )
    return [row for row in ours if row.end == FOREVER]


def _begun(row: PairingRow, taker: CadreState, day: date) -> dict[str, object]:
    return {
        "household_id": row.household_id,
        "cadre_id": taker.id,
        "role": row.role,
        "origin": "手工",
        "valid_from": day,
        "valid_to": FOREVER,
    }


def _notes(gathered: Gathered, rows: Sequence[PairingRow], gone: CadreState, taker: CadreState) -> list[str]:
    """What the clerk should weigh: limits, places, and that the one replaced still serves."""
    problem = gathered.problem
    notes = []
    facts = next(each for each in problem.cadres if each.key == taker.cadre_no)
    numbers = {row.household_no for row in rows}
    helped = {row.household_no for row in gathered.in_force if row.cadre_id == taker.id} | numbers
    most = problem.rules.limit(facts)
    if len(helped) > most:
        notes.append(f"{taker.name}接替后共有{len(helped)}户，超过自动配对的上限{most}户")
    elsewhere = [
        each.key
        for each in problem.households
        if each.key in numbers and not may_begin(each, facts, problem.rules)
    ]
    if elsewhere:
        notes.append(
            f"{'、'.join(elsewhere[:_LISTED])}按联系村、包村的规定不归{taker.name}，仍按您的指定接替"
        )
    if any(each.id == gone.id for each in gathered.cadres):
        notes.append(f"{gone.name}仍在任；已经离任的，再登记：jiemin cadre leave {gone.cadre_no}")
    return notes
