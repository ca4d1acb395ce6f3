"""Lay down for pairing: this pair must be, that pair must not be, this is a cadre's near kin.

Every decision holds from a day on; none of them changes a pairing by itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import PairRuleKind
from jiemin.domain.identity import read_id
from jiemin.domain.people import clean_name
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import pairings, rules
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import Door, write_door
from jiemin.storage.rule_tables import CadreKin, PairRule
from jiemin.storage.rules import RuleRow
from jiemin.storage.stamp import Stamp
from jiemin.usecases.find_records import find_cadre, find_household
from jiemin.usecases.recusals import Homes, Kin, barred_pairs, can_be_found, same_number


@dataclass(frozen=True, slots=True)
class Decided:
    """What was laid down, in a sentence, and what that means for what is in force."""

    said: str
    notes: tuple[str, ...] = ()


def pin_pair(
    database: Database, stamp: Stamp, household: str, cadre: str, day: date, reason: str = ""
) -> Decided:
    """From `day` on the household must be helped by the cadre, whatever the limits.

    Raises `NotFoundError`, or `JieminError` when something is laid down of the pair already, and when
    the pair must not be.
    """
    with write_door(database, stamp) as door:
        family = find_household(door.connection, household, day)
        helper = find_cadre(door.connection, cadre, day)
        _refuse_decided(door.connection, family, helper, day)
        key = family.household_no, helper.cadre_no
        why = barred_pairs(door.connection, day, [family], [helper]).get(key)
        if why:
            raise JieminError(
                f"{helper.name}和{family.household_no}不能结对：{why}",
                "换一名干部；登记有误的用 jiemin pair rule list 核对",
            )
        _lay_down(door, PairRuleKind.MUST, family, helper, day, reason)
        notes = []
        if not family.to_be_paired:
            notes.append(f"{family.household_no}现在不是结对对象，成为结对对象后才会结对")
        elif not _in_force(door.connection, family.id, helper, day):
            notes.append("下次 jiemin pair --auto 给他们结对")
    return Decided(f"已规定：{_named(family, helper)}必须结对，{day}起", tuple(notes))


def bar_pair(database: Database, stamp: Stamp, household: str, cadre: str, day: date, reason: str) -> Decided:
    """From `day` on the household must not be helped by the cadre; of a pairing in force it is told.

    Raises `NotFoundError`, or `JieminError` when something is laid down of the pair already.
    """
    with write_door(database, stamp) as door:
        family = find_household(door.connection, household, day)
        helper = find_cadre(door.connection, cadre, day)
        _refuse_decided(door.connection, family, helper, day)
        _lay_down(door, PairRuleKind.NEVER, family, helper, day, reason)
        notes = _still_paired(door.connection, [family.id], helper, day)
    return Decided(f"已规定：{_named(family, helper)}不得结对，{day}起", tuple(notes))


def declare_kin(
    database: Database,
    stamp: Stamp,
    cadre: str,
    name: str,
    day: date,
    *,
    relation: str = "",
    number: str = "",
    household: str = "",
) -> Decided:
    """A near relation of the cadre, found by identity number or else in the household named.

    Raises `NotFoundError`, or `JieminError` for a number that cannot be right, for neither number
    nor household, for the cadre's own number, and for kin declared already.
    """
    with write_door(database, stamp) as door:
        helper = find_cadre(door.connection, cadre, day)
        family = find_household(door.connection, household, day) if household else None
        kin = Kin(helper.id, clean_name(name), _number(number, day), family.id if family else None)
        _refuse_kin(door.connection, kin, helper, day)
        row = {
            "cadre_id": helper.id,
            "relation": relation.strip() or None,
            "name": kin.name,
            "id_number": kin.id_number,
            "household_id": kin.household_id,
            "valid_from": day,
            "valid_to": FOREVER,
        }
        door.insert(CadreKin, [row])
        homes = set(Homes(door.connection, day, [kin.id_number]).of_kin(kin))
        notes = _still_paired(door.connection, homes, helper, day)
        notes += _still_required(door.connection, homes, helper, day)
        if not homes:
            notes.append("现在没有哪一户有这个人；以后有了，自动回避")
    called = f"（{relation.strip()}）" if relation.strip() else ""
    return Decided(f"已备案：{helper.name}的近亲属{kin.name}{called}，{day}起", tuple(notes))


def _number(text: str, day: date) -> str | None:
    reading = read_id(text, day)
    if reading.blank:
        return None
    if not can_be_found(reading):
        raise JieminError("近亲属的身份证号不对，找不到是谁", "核对身份证号；没有的用 --household 写所在的户")
    return reading.number


def _refuse_kin(connection: Connection, kin: Kin, helper: CadreState, day: date) -> None:
    if kin.id_number is None and kin.household_id is None:
        raise JieminError(
            "没有写近亲属的身份证号或所在的户，找不到是谁", "加 --id 身份证号或 --household 家庭"
        )
    if same_number(kin.id_number, helper.id_number):
        raise JieminError("这是干部本人的身份证号", "本人所在的户不用备案，本来就要回避")
    known = next((each for each in rules.kin(connection) if each.end > day and kin.same_as(each)), None)
    if known:
        raise JieminError(
            f"{helper.name}的这名近亲属已经备案，编号K{known.id}", "用 jiemin pair rule list 查看"
        )


def _refuse_decided(connection: Connection, family: HouseholdState, helper: CadreState, day: date) -> None:
    """Of one pair one thing at a time is laid down."""
    known = next(
        (
            row
            for row in rules.rules(connection)
            if row.end > day and (row.household_id, row.cadre_id) == (family.id, helper.id)
        ),
        None,
    )
    if known:
        raise JieminError(
            f"{_named(family, helper)}已经规定{known.kind}",
            f"要改就先解除：jiemin pair rule end {rule_no(known)}",
        )


def rule_no(row: RuleRow) -> str:
    """The number by which people call a rule: P for a pair that must be, B for one that must not."""
    return f"{'P' if row.kind == PairRuleKind.MUST else 'B'}{row.id}"


def _lay_down(
    door: Door, kind: PairRuleKind, family: HouseholdState, helper: CadreState, day: date, reason: str
) -> None:
    row = {
        "kind": kind.value,
        "household_id": family.id,
        "cadre_id": helper.id,
        "reason": reason.strip() or None,
        "valid_from": day,
        "valid_to": FOREVER,
    }
    door.insert(PairRule, [row])


def _still_paired(connection: Connection, homes: Collection[int], helper: CadreState, day: date) -> list[str]:
    """What becomes of pairings in force that must not be any more."""
    return [
        f"{row.household_no}和{helper.name}还在结对：下次 jiemin pair --auto 会结束它；"
        f"现在就结束用 jiemin pair end {row.household_no} {helper.cadre_no} --reason 原因"
        for home in sorted(homes)
        for row in _in_force(connection, home, helper, day)
    ]


def _still_required(
    connection: Connection, homes: Collection[int], helper: CadreState, day: date
) -> list[str]:
    """Rules that no longer can be followed."""
    return [
        f"{row.household_no}和{helper.name}已经规定{row.kind}，现在应当回避；"
        f"解除用 jiemin pair rule end {rule_no(row)}"
        for row in rules.rules(connection)
        if row.end > day
        and row.kind == PairRuleKind.MUST
        and row.household_id in homes
        and row.cadre_id == helper.id
    ]


def _in_force(
    connection: Connection, household_id: int, helper: CadreState, day: date
) -> list[pairings.PairingRow]:
    rows = pairings.pairings_of(connection, household_id)
    return [row for row in rows if row.cadre_id == helper.id and row.end > day]


def _named(family: HouseholdState, helper: CadreState) -> str:
    return f"{family.household_no} {family.head_name or ''} — {helper.name}（{helper.unit}）"
