"""Begin or end one pairing by hand."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import HouseholdStatus, PairRuleKind, Role
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import cadres, households, pairings, regions, rules
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Pairing
from jiemin.usecases.find_records import find_cadre, find_household
from jiemin.usecases.hand_over import end_pairings
from jiemin.usecases.pair_rules import rule_no
from jiemin.usecases.pairing_facts import most_households
from jiemin.usecases.recusals import barred_pairs


@dataclass(frozen=True, slots=True)
class HandMade:
    """One pairing begun or ended; `lead_left` is false when the household has no lead on that day.

    `until` is the day on which a pairing begun ends at once, since something known already ends it
    then, and `why` says what.
    """

    household_no: str
    head_name: str
    cadre_name: str
    role: Role
    lead_left: bool
    taken_back: bool = False
    """It began that very day and was taken back: it never held."""
    remarks: tuple[str, ...] = ()
    """What an automatic run would do otherwise, in sentences."""
    until: date = FOREVER
    why: str = ""


def pair_one(
    database: Database,
    stamp: Stamp,
    household: str,
    cadre: str,
    role: Role | None,
    day: date,
    limits: Rules,
) -> HandMade:
    """Begin one pairing; without a role the cadre is lead when there is none yet, else assists.

    It ends when the household leaves the work or the cadre the service, if that is on record. People
    may go beyond the `limits`, and are told so. Raises `NotFoundError`, or
    `JieminError` when the two are paired already, when there is a lead already, and when the pair
    must not be.
    """
    with write_door(database, stamp) as door:
        family = find_household(door.connection, household, day)
        helper = find_cadre(door.connection, cadre, day)
        held = [row for row in pairings.pairings_of(door.connection, family.id) if row.end > day]
        leads = [row for row in held if row.role == Role.LEAD]
        _refuse(door.connection, family, helper, role, held, day)
        remarks = _remarks(door.connection, family, helper, held, day, limits)
        taken = role or (Role.ASSIST if leads else Role.LEAD)
        until, why = _end_known(door.connection, family, helper, day)
        door.insert(
            Pairing,
            [
                {
                    "household_id": family.id,
                    "cadre_id": helper.id,
                    "role": taken.value,
                    "origin": "手工",
                    "valid_from": day,
                    "valid_to": until,
                    "end_reason": why or None,
                }
            ],
        )
    return HandMade(
        household_no=family.household_no,
        head_name=family.head_name or "",
        cadre_name=helper.name,
        role=taken,
        lead_left=not family.active or taken is Role.LEAD or any(row.start <= day for row in leads),
        remarks=remarks,
        until=until,
        why=why,
    )


def _end_known(
    connection: Connection, family: HouseholdState, helper: CadreState, day: date
) -> tuple[date, str]:
    """When a pairing begun on `day` ends by what is on record, and why; FOREVER and nothing if it lasts.

    A household out of the work already is paired on purpose, so nothing ends that.
    """
    out = [
        span.start
        for span in households.held_spans(connection, [family.id])[family.id]
        if family.active and span.start > day and span.state["status"] != HouseholdStatus.ACTIVE
    ]
    ends = [(start, "家庭不再在册") for start in out]
    if gone := cadres.leaving(connection, day).get(helper.id):
        ends.append((gone, "干部不再任职"))
    return min(ends, default=(FOREVER, ""))


def end_pairing(
    database: Database, stamp: Stamp, household: str, cadre: str, day: date, reason: str, today: date
) -> HandMade:
    """End one pairing on `day`, the first day it no longer holds; its row stays as history.

    One that began on `day` never held: it is taken back, and the journal keeps its image. Raises
    `NotFoundError` when the two are not paired, `JieminError` for a day before the pairing.
    """
    with write_door(database, stamp) as door:
        family = find_household(door.connection, household, today)
        held = [row for row in pairings.pairings_of(door.connection, family.id) if row.end == FOREVER]
        row = _meant(door.connection, family, held, cadre, today)
        if day < row.start:
            raise JieminError(f"结束日期不能早于结对日期{row.start}", "改 --on 的日期")
        end_pairings(door, [row], day, reason)
        remarks = _required(door.connection, row, day)
    rest = [each for each in held if each.id != row.id]
    return HandMade(
        household_no=family.household_no,
        head_name=family.head_name or "",
        cadre_name=row.cadre_name,
        role=Role(row.role),
        lead_left=not rest or any(each.role == Role.LEAD for each in rest),
        taken_back=day == row.start,
        remarks=remarks,
    )


def _required(connection: Connection, ended: PairingRow, day: date) -> tuple[str, ...]:
    """What is laid down of the pair that ended: an automatic run makes it again."""
    pair = ended.household_id, ended.cadre_id
    return tuple(
        f"规定{row.household_no}必须由{row.cadre_name}结对，下次 jiemin pair --auto 还会结上；"
        f"不再要的先解除：jiemin pair rule end {rule_no(row)}"
        for row in rules.rules(connection, day)
        if row.kind == PairRuleKind.MUST and (row.household_id, row.cadre_id) == pair
    )


def _refuse(
    connection: Connection,
    family: HouseholdState,
    helper: CadreState,
    role: Role | None,
    held: list[PairingRow],
    day: date,
) -> None:
    if any(row.cadre_id == helper.id for row in held):
        raise JieminError(f"{helper.name}已经和{family.household_no}结对", "用 jiemin pair list 查看")
    lead = next((row for row in held if row.role == Role.LEAD), None)
    if role is Role.LEAD and lead is not None:
        raise JieminError(
            f"{family.household_no}已有第一责任人{lead.cadre_name}",
            f"先结束：jiemin pair end {family.household_no} {lead.cadre_no} --reason 原因；或加 --role 协助",
        )
    for why in barred_pairs(connection, day, [family], [helper]).values():
        raise JieminError(
            f"{helper.name}和{family.household_no}不能结对：{why}",
            "换一名干部；登记有误的用 jiemin pair rule list 核对",
        )


def _remarks(
    connection: Connection,
    family: HouseholdState,
    helper: CadreState,
    held: list[PairingRow],
    day: date,
    limits: Rules,
) -> tuple[str, ...]:
    """What speaks against the pair without forbidding it: a family out of the work, a cadre who leaves,
    limits, and a village that others take."""
    found = []
    if not family.active:
        found.append(f"{family.household_no}已经{family.status}，下次 jiemin pair --auto 会结束这一对")
    if gone := cadres.leaving(connection, day).get(helper.id):
        found.append(f"{helper.name}自{gone}起不再任职")
    load = 1 + sum(row.cadre_id == helper.id for row in pairings.pairings_on(connection, day))
    if load > (most := most_households(helper, limits)):
        found.append(f"{helper.name}有{load}户了，按规定最多{most}户")
    if len(held) + 1 > limits.cadres_per_household:
        found.append(
            f"{family.household_no}有{len(held) + 1}名干部了，按规定最多{limits.cadres_per_household}名"
        )
    takers = {
        link.unit
        for link in regions.links(connection, day)
        if link.takes and link.region_id == family.region_id
    }
    if takers and helper.unit not in takers:
        found.append(f"这个村由{'、'.join(sorted(takers))}包村，{helper.name}是{helper.unit}的")
    return tuple(found)


def _meant(
    connection: Connection, family: HouseholdState, held: list[PairingRow], text: str, today: date
) -> PairingRow:
    """The pairing meant: of namesakes the cadre who is paired with this household."""
    ours = [row for row in held if text in (row.cadre_name, row.cadre_no)]
    if len(ours) == 1:
        return ours[0]
    helper = find_cadre(connection, text, today)
    row = next((row for row in held if row.cadre_id == helper.id), None)
    if row is None:
        raise NotFoundError(f"{helper.name}没有和{family.household_no}结对", "用 jiemin pair list 查看")
    return row
