"""Aid cases (救助事项): the dated facts of money that no roster tells (notice 二.2, 4, 5).

A case belongs to one item, which says what it must tell: a medical bill what the person still paid, a
house its grade, an emergency the amount decided, a child from when until when it is in difficulty, and a
household under 分档 its fixed monthly amount. They stand here until the plans bring registers of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiemin.domain.codes import CHILD_CARES, HOUSE_GRADES, ChildCare, HouseGrade, read_code, squeeze
from jiemin.domain.money import Fen
from jiemin.domain.money_items import Item
from jiemin.domain.people import age_on, mask_digits
from jiemin.domain.periods import FOREVER

CASE_ITEMS = (Item.DIBAO, Item.CHILD, Item.MEDICAL_AID, Item.HOUSING, Item.RELIEF)
"""The items that have cases."""

_OF_AGE = 18
LASTING_CASES = frozenset({Item.DIBAO, Item.CHILD})
"""The items whose cases last, from their day until a last day or for good; the others happen on a day."""


class Part(StrEnum):
    """What a case may tell besides its household, item, day and note, by the names of stored fields."""

    PERSON = "person_id"
    UNTIL = "until"
    AMOUNT = "base_fen"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What cases of one item tell: `must` cannot be left out, `may` can, anything else says nothing.

    `words` are what the clerk calls the parts, `grades` the grades there are.
    """

    must: tuple[Part, ...]
    may: frozenset[Part]
    words: Mapping[Part, str]
    grades: tuple[str, ...] = ()


CASE_KINDS: Mapping[Item, CaseKind] = {
    Item.DIBAO: CaseKind((Part.AMOUNT,), frozenset({Part.UNTIL}), {Part.AMOUNT: "每月定额"}),
    Item.CHILD: CaseKind(
        (Part.PERSON, Part.GRADE),
        frozenset({Part.UNTIL}),
        {Part.PERSON: "儿童姓名", Part.GRADE: "养育方式"},
        tuple(ChildCare),
    ),
    Item.MEDICAL_AID: CaseKind(
        (Part.PERSON, Part.AMOUNT),
        frozenset(),
        {Part.PERSON: "病人姓名", Part.AMOUNT: "报销后个人自付的金额"},
    ),
    Item.HOUSING: CaseKind(
        (Part.GRADE,), frozenset(), {Part.GRADE: "危房等级"}, (HouseGrade.C.value, HouseGrade.D.value)
    ),
    Item.RELIEF: CaseKind((Part.AMOUNT,), frozenset({Part.PERSON}), {Part.AMOUNT: "决定的救助金额"}),
}

CASE_GRADES = tuple(grade for kind in CASE_KINDS.values() for grade in kind.grades)
"""Every grade that cases of any item may have."""

_WORDS = {Part.PERSON: "成员", Part.UNTIL: "截止日期", Part.AMOUNT: "金额", Part.GRADE: "等级"}

_ITEM_WORDS = {
    Item.DIBAO: "低保金分档 分档 低保分档 分档低保 低保定额 低保 低保金定额",
    Item.CHILD: "困境儿童 儿童 困境儿童生活费 困境儿童生活补贴 儿童生活费 困境儿童补助",
    Item.MEDICAL_AID: "医疗 大病救助 医疗补助 大病医疗救助 医药费 医药费救助",
    Item.HOUSING: "危房改造 危房 住房补助 危房改造补助金 农村危房改造 住房救助 危改补助 危改",
    Item.RELIEF: "临时 临时困难救助 临时生活救助 急难救助 应急救助 临时救济 临时补助",
}
CASE_ITEM_SPELLINGS = {
    squeeze(word): item for item, words in _ITEM_WORDS.items() for word in (item.value, *words.split())
}
"""Every known spelling of an item that has cases, squeezed."""
_GRADE_TABLES: Mapping[Item, Mapping[str, StrEnum]] = {Item.CHILD: CHILD_CARES, Item.HOUSING: HOUSE_GRADES}


@dataclass(frozen=True, slots=True)
class CaseTold:
    """What somebody tells of a case; a blank part is None or empty. Amounts in fen."""

    item: Item
    day: date
    until: date | None = None
    has_person: bool = False
    base_fen: Fen | None = None
    grade: str = ""

    def tells(self, part: Part) -> bool:
        """Whether the part was told."""
        told = {
            Part.PERSON: self.has_person,
            Part.UNTIL: self.until is not None,
            Part.AMOUNT: self.base_fen is not None,
            Part.GRADE: bool(self.grade),
        }
        return told[part]

    def same_as(self, other: "CaseTold") -> bool:
        """Whether the two, of one household and person, tell the same case; their last days may differ."""
        return (self.item, self.day, self.base_fen, self.grade) == (
            other.item,
            other.day,
            other.base_fen,
            other.grade,
        )


def clash(one: CaseTold, other: CaseTold) -> bool:
    """Whether two cases of one household and person are of one lasting item and hold on a day in common:
    of these there is one at a time, or it would be paid twice."""
    return (
        one.item in LASTING_CASES
        and one.item == other.item
        and one.day <= (other.until or FOREVER)
        and other.day <= (one.until or FOREVER)
    )


def comes_too_late(item: Item, *, died: bool) -> bool:
    """Whether somebody who has left a household can have no more cases there.

    Bills and emergencies may still come in after a death; those of who moved away belong elsewhere.
    """
    return not died or item is Item.CHILD


def grown_up(item: Item, birth: date | None, day: date) -> int | None:
    """The age on `day` of somebody of full age, for whom a case of a child was told; else None."""
    age = age_on(birth, day) if item is Item.CHILD and birth is not None else 0
    return age if age >= _OF_AGE else None


class Wrong(StrEnum):
    """In what way a part is wrong."""

    LACKING = "lacking"
    """The item cannot do without it."""
    NOT_SO = "not so"
    """It cannot be so: a last day before the first, an amount of nothing, a grade there is not."""
    SURPLUS = "surplus"
    """Cases of the item do not tell it; without it the case may stand."""


@dataclass(frozen=True, slots=True)
class CaseFault:
    """What is wrong with one part of a case, in the clerk's words, and the way out."""

    part: Part
    wrong: Wrong
    message: str
    hint: str


def case_faults(told: CaseTold) -> Iterator[CaseFault]:
    """Everything wrong with what is told of a case; a sound one has no fault."""
    kind = CASE_KINDS[told.item]
    for part in Part:
        name = kind.words.get(part, _WORDS[part])
        if part in kind.must and not told.tells(part):
            yield CaseFault(
                part, Wrong.LACKING, f"{told.item}没有写{name}", f"登记{told.item}要写{needs_told(told.item)}"
            )
        elif told.tells(part) and part not in kind.must and part not in kind.may:
            yield CaseFault(
                part,
                Wrong.SURPLUS,
                f"{told.item}不写{name}",
                f"去掉{name}；登记{told.item}要写{needs_told(told.item)}",
            )
        elif told.tells(part):
            yield from _not_so(told, part, name)


def needs_told(item: Item) -> str:
    """What a case of the item must tell, as a clerk's list: `日期、病人姓名、报销后个人自付的金额`."""
    kind = CASE_KINDS[item]
    grades = f"（{'或'.join(kind.grades)}）" if kind.grades else ""
    parts = (f"{kind.words[part]}{grades if part is Part.GRADE else ''}" for part in kind.must)
    return "、".join(("起始日期" if item in LASTING_CASES else "日期", *parts))


def read_grade(item: Item, text: str) -> str:
    """The grade a spelling stands for among cases of the item; the text as it is when it is none."""
    found = read_code(_GRADE_TABLES.get(item, {}), text.upper())
    return found.value if found is not None else text.strip()


def _not_so(told: CaseTold, part: Part, name: str) -> Iterator[CaseFault]:
    grades = CASE_KINDS[told.item].grades
    if part is Part.UNTIL and told.until is not None and told.until < told.day:
        yield CaseFault(part, Wrong.NOT_SO, f"截止日期{told.until}比{told.day}还早", "核对这两个日期")
    elif part is Part.AMOUNT and told.base_fen is not None and told.base_fen <= 0:
        yield CaseFault(part, Wrong.NOT_SO, f"{name}要大于0", "核对金额；没有发生的不用登记")
    elif part is Part.GRADE and told.grade not in grades:
        shown = mask_digits(told.grade)
        yield CaseFault(part, Wrong.NOT_SO, f"没有“{shown}”这种{name}", f"写{'或'.join(grades)}")
