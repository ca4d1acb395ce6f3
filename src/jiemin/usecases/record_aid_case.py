"""Record aid cases: the bills, houses, emergencies, children and fixed amounts that money is reckoned from.

A case is never rewritten: what was entered wrongly is made void, with a reason, and entered anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.aid_cases import (
    LASTING_CASES,
    CaseTold,
    Part,
    Wrong,
    case_faults,
    clash,
    comes_too_late,
    grown_up,
)
from jiemin.domain.entitlement import Item, read_period, rule_for
from jiemin.domain.household_events import tells_of_death
from jiemin.domain.money import Fen
from jiemin.domain.money_items import RunKind
from jiemin.domain.periods import Month
from jiemin.errors import JieminError
from jiemin.storage.aid_cases import AidCaseRow, aid_cases, serial
from jiemin.storage.award_tables import AidCase
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import Door, write_door
from jiemin.storage.persons import left_by, memberships_of
from jiemin.storage.stamp import Stamp
from jiemin.storage.subsidy_runs import RunRow, runs
from jiemin.usecases.find_records import find_household, find_member
from jiemin.usecases.list_aid_cases import AidView, find_aid_case, views_of

_OPTIONS = {
    Part.PERSON: "--person 姓名",
    Part.UNTIL: "--until 日期",
    Part.AMOUNT: "--amount 金额",
    Part.GRADE: "--grade 等级",
}
"""How `aid add` is told each part."""


@dataclass(frozen=True, slots=True)
class AidTold:
    """What the clerk typed of a case; the amount is in fen, `person` a member's name or identity number."""

    household: str
    item: Item
    day: date
    until: date | None = None
    amount_fen: Fen | None = None
    grade: str = ""
    person: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AidRecorded:
    """A case as it stands now.

    `approved` are the approved runs of months it counts in: their money is reckoned already, and the
    difference is arrears. `not_for` is the household's class, where the item is not for that class;
    `grown_up` the age of somebody who is no child any more, where the item is for children.
    """

    view: AidView
    approved: tuple[RunRow, ...]
    not_for: str = ""
    grown_up: int | None = None


def add_aid_case(database: Database, stamp: Stamp, told: AidTold, today: date) -> AidRecorded:
    """Store a case.

    Raises `NotFoundError` for an unknown household or member, and `JieminError` for a day yet to come,
    for what the item cannot do without or does not tell, for a member who had left by that day, for the
    very same case a second time, and for a lasting one while another of its kind lasts.
    """
    if told.day > today:
        raise JieminError(f"日期{told.day}还没有到", "核对日期；到了那一天再登记")
    case = CaseTold(told.item, told.day, told.until, bool(told.person), told.amount_fen, told.grade)
    for fault in case_faults(case):
        by = f"；用 {_OPTIONS[fault.part]} 写明" if fault.wrong is Wrong.LACKING else ""
        raise JieminError(fault.message, f"{fault.hint}{by}")
    with write_door(database, stamp) as door:
        household = find_household(door.connection, told.household, today)
        person = find_member(door.connection, household, told.person, told.day) if told.person else None
        person_id = person.person_id if person else None
        if person_id is not None:
            _refuse_gone(door.connection, household, person_id, told)
        _refuse_clash(door.connection, household.id, case, person_id)
        case_id = door.next_id(AidCase)
        row = {
            "id": case_id,
            "case_no": serial(case_id),
            "household_id": household.id,
            "person_id": person_id,
            "item": told.item.value,
            "day": told.day,
            "until": told.until,
            "base_fen": told.amount_fen,
            "grade": told.grade or None,
            "note": told.note,
        }
        door.insert(AidCase, [row])
        door.note_counts(new=1)
        classes = rule_for(told.item, Month.of(told.day)).classes
        not_for = "" if household.household_class in classes else household.household_class
        age = grown_up(told.item, person.birth if person else None, told.day)
        return replace(_recorded(door, serial(case_id), today), not_for=not_for, grown_up=age)


def void_aid_case(database: Database, stamp: Stamp, number: str, reason: str, today: date) -> AidRecorded:
    """Say that a case was entered wrongly: it counts nowhere any more.

    Raises `NotFoundError`, or `JieminError` for a case that is void already.
    """
    with write_door(database, stamp) as door:
        row = find_aid_case(door.connection, number)
        _refuse_void(row)
        door.update(AidCase, [{"id": row.id, "voided_on": today, "void_reason": reason}])
        door.note_counts(changed=1)
        return _recorded(door, row.case_no, today)


def end_aid_case(database: Database, stamp: Stamp, number: str, last: date, today: date) -> AidRecorded:
    """Say on which day a lasting case ends, or ends now instead; that day is its last.

    Raises `NotFoundError`, or `JieminError` for a void case, for one that does not last, for a day before
    its first, and for one on which another of its kind lasts already.
    """
    with write_door(database, stamp) as door:
        row = find_aid_case(door.connection, number)
        _refuse_void(row)
        if row.item not in LASTING_CASES:
            raise JieminError(
                f"{row.case_no}是{row.item}，只算一次，没有截止日期",
                f"登记错了的，用 jiemin aid void {row.case_no} --reason 原因",
            )
        if last < row.day:
            raise JieminError(
                f"截止日期{last}比起始日期{row.day}还早", "核对日期；登记错了的，用 jiemin aid void"
            )
        _refuse_overlap(door.connection, row, last)
        if row.until != last:
            door.update(AidCase, [{"id": row.id, "until": last}])
            door.note_counts(changed=1)
        return _recorded(door, row.case_no, today)


def _recorded(door: Door, number: str, today: date) -> AidRecorded:
    row = find_aid_case(door.connection, number)
    [view] = views_of(door.connection, [row], today)
    return AidRecorded(view, tuple(_approved(door.connection, row)))


def _approved(connection: Connection, row: AidCaseRow) -> Iterator[RunRow]:
    """The approved runs of the months from the case's on, as long as it lasts or the year runs: an
    earlier bill changes what the cap leaves for later ones."""
    for run in runs(connection):
        period = read_period(run.period)
        last = (row.until or date.max) if row.item in LASTING_CASES else date(row.day.year, 12, 31)
        if (
            run.approved
            and run.kind == RunKind.REGULAR
            and "-" in run.period
            and row.day <= period.last
            and period.first <= last
        ):
            yield run


def _refuse_gone(connection: Connection, household: HouseholdState, person_id: int, told: AidTold) -> None:
    held = [row for row in memberships_of(connection, household.id) if row.person_id == person_id]
    last = left_by(held, told.day)
    if last is not None and comes_too_late(told.item, died=tells_of_death(last.end_reason)):
        raise JieminError(
            f"{last.name}从{last.end}起不再是{household.household_no}的成员，不能登记{told.day}的{told.item}",
            "核对日期和户；那天已在别的户的，登记到那一户",
        )


def _refuse_clash(connection: Connection, household_id: int, told: CaseTold, person_id: int | None) -> None:
    for row in aid_cases(connection, item=told.item, household_ids=[household_id]):
        if row.person_id != person_id:
            continue
        if told.same_as(row.told):
            raise JieminError(
                f"这一件已经登记过了，编号{row.case_no}",
                "同一天确有两笔一样的，把金额合成一笔登记" if told.base_fen else "不用再登记",
            )
        if clash(told, row.told):
            raise JieminError(
                f"{row.case_no}从{row.day}起还在，不能重复",
                f"先用 jiemin aid end {row.case_no} --on 日期 写明截止，再登记新的",
            )


def _refuse_overlap(connection: Connection, row: AidCaseRow, last: date) -> None:
    """A case may not be lengthened into one that came after it: it could be paid for by neither."""
    longer = replace(row.told, until=last)
    for other in aid_cases(connection, item=row.item, household_ids=[row.household_id]):
        if other.id == row.id or other.person_id != row.person_id or (row.until and last <= row.until):
            continue
        if clash(longer, other.told):
            raise JieminError(
                f"{other.case_no}从{other.day}起，{row.case_no}不能到{last}",
                f"截止写在{other.day}以前，或先核对 {other.case_no}",
            )


def _refuse_void(row: AidCaseRow) -> None:
    if row.voided_on is not None:
        raise JieminError(f"{row.case_no}在{row.voided_on}已经作废", "作废错了，用 jiemin undo 撤销")
