"""Somebody who comes into a household: entered anew, or known from before and back again."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from jiemin.domain.codes import Health, Relation, Sex
from jiemin.domain.household_events import tells_of_death
from jiemin.domain.identity import IdReading, read_id
from jiemin.domain.people import clean_name
from jiemin.domain.periods import FOREVER
from jiemin.domain.problems import CATALOGUE
from jiemin.domain.spans import amend
from jiemin.errors import JieminError
from jiemin.storage import persons
from jiemin.storage.merging import held_rows
from jiemin.storage.persons import MembershipRow
from jiemin.storage.tables import Membership, Person, PersonSpan
from jiemin.usecases.household_events.counting import count_in, mark_in
from jiemin.usecases.household_events.event import Event, Family
from jiemin.usecases.importing.persons import lasting_fields


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes, as the clerk tells it; `number` is the identity number as typed.

    `covered` says whether he or she is to be 保障对象, where the household has any.
    """

    name: str
    sex: Sex | None = None
    birth: date | None = None
    number: str = ""
    relation: Relation | None = None
    health: Health | None = None
    covered: bool = True


class Returning(Enum):
    """Who of those on record may come back to a household."""

    NOBODY = "nobody"
    LIVING = "living"
    ANYBODY = "anybody"
    """Also who was taken for dead."""


def take_in(
    event: Event,
    family: Family,
    who: Newcomer,
    relation: Relation | None,
    reason: str,
    returning: Returning,
) -> dict[str, Any]:
    """A person belongs to the household from the day on; his or her lasting fields.

    A wrong identity number is kept and told. Raises `JieminError` where the person belongs to a household
    already, or cannot come.
    """
    reading = read_id(who.number, max(event.day, event.today))
    fields = _fields(event, who, reading)
    if fields["birth"] and fields["birth"] > event.day:
        raise JieminError(
            f"{fields['name']}{fields['birth']}才出生，不能从{event.day}起算", "核对 --on 和出生日期"
        )
    if relation is Relation.HEAD:
        raise JieminError(
            "一户只有一名户主", f"先加为成员，再用 jiemin household change-head {family.number} --to 成员"
        )
    person_id = _known(event, family, fields, returning)
    if person_id is None:
        person_id = event.batch.add(Person, fields)
        if reading.blank:
            event.notes.append(f"{fields['name']}没有身份证号，办好以后要补填")
    covered = mark_in(family, who.covered)
    membership = {"household_id": family.id, "person_id": person_id, "covered": covered}
    told = relation.value if relation else None
    event.batch.add(
        Membership, {**membership, "relation": told, "valid_from": event.day, "valid_to": FOREVER}
    )
    event.step(family.number, "成员", "", f"{fields['name']}（{told or '关系待补'}），{reason}")
    if relation is None:
        event.notes.append(f"{fields['name']}与户主的关系没有写，要补填")
    _enter_state(event, person_id, who, reading)
    count_in(event, family, covered, reason)
    return fields


def _fields(event: Event, who: Newcomer, reading: IdReading) -> dict[str, Any]:
    """The lasting fields; what the number says counts before what was told beside it, which is said."""
    name = clean_name(who.name)
    if not name:
        raise JieminError("没有写姓名", "加上姓名")
    fields = lasting_fields(name, reading if who.number else None)
    for fault in reading.faults:
        event.notes.append(f"{name}的身份证号：{CATALOGUE[fault.value].title}，照写的存下，要核对")
    for key, label, told in (("sex", "性别", who.sex), ("birth", "出生日期", who.birth)):
        if fields[key] is None:
            fields[key] = told
        elif told not in (None, fields[key]):
            event.notes.append(f"{name}的{label}写的是{told}，身份证号里是{fields[key]}，按身份证号")
    return fields


def _known(event: Event, family: Family, fields: dict[str, Any], returning: Returning) -> int | None:
    """The person on record who comes back; None when it is somebody new."""
    if fields["id_valid"]:
        known = persons.person_numbered(event.connection, fields["id_number"])
        if known is not None:
            return _by_number(event, known, fields, returning)
    alike = _alike(event, fields)
    for row in alike:
        if row.household_id == family.id and row.end > event.day:
            raise JieminError(
                f"{family.number}已有成员{row.name}",
                "同一个人不用再登记；同名的另一人，写上身份证号或出生日期",
            )
    back = [row for row in alike if row.household_id == family.id]
    if returning is not Returning.NOBODY and len(back) == 1:
        return _come_back(event, back[0], fields, returning)
    for row in alike:
        if row.birth and row.birth == fields["birth"]:
            number = event.number_of(row.household_id)
            event.notes.append(f"{number}也有{row.name}，出生日期相同；是同一个人就不要办，写上身份证号再办")
    return None


def _by_number(event: Event, known: tuple[int, str], fields: dict[str, Any], returning: Returning) -> int:
    """The person whose number is told; raises `JieminError` where that cannot be the one who comes."""
    person_id, name = known
    rows = persons.memberships_of_person(event.connection, person_id)
    if not rows:
        return person_id
    last = rows[-1]
    number = event.number_of(last.household_id)
    if last.end > event.day:
        raise JieminError(
            f"这个身份证号是{number}的成员{name}的",
            f"核对号码；人从{number}搬来的，先用 jiemin household leave {number} 成员，"
            f"结婚的用 jiemin household marry {number} 成员 --into 这一户",
        )
    if name != fields["name"] or returning is Returning.NOBODY:
        raise JieminError(f"这个身份证号登记的是{name}，原来是{number}的成员", "核对号码和姓名")
    return _come_back(event, last, fields, returning)


def _come_back(event: Event, last: MembershipRow, fields: dict[str, Any], returning: Returning) -> int:
    """Somebody known who belongs to no household now; blanks of the record are filled in."""
    number = event.number_of(last.household_id)
    if tells_of_death(last.end_reason):
        if returning is not Returning.ANYBODY:
            raise JieminError(
                f"{last.name}在{last.end}登记为死亡（{number}）",
                "登记错了的，先用 jiemin undo 撤销，或用 jiemin household join 恢复",
            )
        event.notes.append(f"{last.name}在{last.end}登记为死亡（{number}），这次恢复为成员，请核对")
    else:
        event.notes.append(f"{last.name}原来是{number}的成员，{last.end}离开，接着用原来的记录")
    fresh = {name: fields[name] for name in ("sex", "birth") if fields[name] and not getattr(last, name)}
    if fields["id_number"] and not last.id_number:
        fresh |= {name: fields[name] for name in ("id_number", "id_raw", "id_valid")}
    if fresh:
        event.batch.change(Person, last.person_id, fresh)
    return last.person_id


def _alike(event: Event, fields: dict[str, Any]) -> list[MembershipRow]:
    """The last row of everybody of that name whom neither birth nor number tells apart."""
    rows = {
        row.person_id: row for row in persons.memberships_named(event.connection, fields["name"])
    }  # by day: the last one stays
    return [
        row
        for row in rows.values()
        if not (row.birth and fields["birth"] and row.birth != fields["birth"])
        and not (row.id_number and fields["id_number"] and row.id_number != fields["id_number"])
    ]


def _enter_state(event: Event, person_id: int, who: Newcomer, reading: IdReading) -> None:
    """Health, and the disability that a certificate's number tells, from the day on."""
    told: dict[str, Any] = {"health": who.health.value} if who.health else {}
    if reading.disability:
        told |= {"disability": reading.disability.value, "disability_grade": reading.disability_grade}
    if not told:
        return
    amendment = amend(held_rows(event.connection, PersonSpan, "person_id", [person_id]), event.day, told)
    for span_id, fields in amendment.rewrites:
        event.rewrite(PersonSpan, span_id, fields)
    for start, end, state in amendment.starts:
        event.batch.add(
            PersonSpan, {"phones": (), **state, "person_id": person_id, "valid_from": start, "valid_to": end}
        )
