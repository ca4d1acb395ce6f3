"""Invented families as a roster writes them: each cell with what must be on record afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from support.all_pairs import Case
from support.rosters import id_number

Cell = str | int | float | datetime | None
TOWNS = {"石门镇": ("望湖村", "塘东村"), "乌镇镇": ("新桥社区", "白马村")}
_SURNAMES, _GIVEN = "沈朱徐钱姚陆顾费凌杭", ("阿大", "水根", "金宝", "福林", "桂英", "凤仙", "阿二", "小毛")
_CLASSES = {
    "农村低保": ("农村低保", "农村低保户"),
    "城镇低保": ("城镇低保", "城镇低保对象"),
    "低收入(低保边缘)": ("低收入(低保边缘)", "低收入家庭"),
    "五保": ("五保", "五保户"),
}
_CAUSES = ("因病", "因残", "缺劳力", "因学")
_RELATIONS = {
    "配偶": ("配偶", "妻子"),
    "子": ("子", "长子"),
    "女": ("女", " 次女"),
    "儿媳": ("儿媳", "媳"),
    "外孙子": ("外孙子", "之外孙子"),
}
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@dataclass(frozen=True)
class Told:
    """One cell: what is written, what must be on record, and whether it must be warned of."""

    written: Cell
    meant: object = None
    damaged: bool = False


@dataclass
class Person:
    """A person; `number` means (number, whether it is valid)."""

    name: Told
    relation: Told
    number: Told
    birth: Told


@dataclass
class Family:
    """A household; its first person is the head."""

    town: str
    village: str
    persons: list[Person]
    facts: dict[str, Told] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """By which the household is known: no two share a head's name and village."""
        return self.town, self.village, str(self.persons[0].name.meant)


def families(case: Case, seed: int) -> list[Family]:
    """Eight to twelve families of two towns, or of one where that is told for all, village by village."""
    chance = Random(f"{seed} {sorted(case.items())}")
    towns = list(TOWNS)[: 2 if case["place"] == "columns" else 1]
    villages = [(town, village) for town in towns for village in TOWNS[town]]
    count = chance.randint(8, 12)
    places = sorted(villages[number % len(villages)] for number in range(count))
    return [_family(case, chance, number, place) for number, place in enumerate(places)]


def _family(case: Case, chance: Random, number: int, place: tuple[str, str]) -> Family:
    spelled = case["rows"] == "spellings"
    surname = _SURNAMES[number % len(_SURNAMES)]
    persons = list(_persons(case, chance, number, surname))
    label = list(_CLASSES)[number % len(_CLASSES)]
    covered = None if label.startswith("低收入") else len(persons)
    cause = _CAUSES[number % len(_CAUSES)]
    facts = {
        "household_class": Told(_CLASSES[label][spelled], label),
        "size": Told(len(persons), len(persons)),
        "covered": Told(covered, covered),
        "income_fen": _income(case["amounts"], chance, number),
        "cause": Told(cause, cause),
        "phones": _phones(case["phones"], number),
        "valid_from": _since(case["dates"], chance, number),
    }
    return Family(*place, persons, facts)


def _persons(case: Case, chance: Random, number: int, surname: str) -> Iterator[Person]:
    spelled = case["rows"] == "spellings"
    relations = ["户主", *chance.sample(list(_RELATIONS), number % 4)]
    for place, relation in enumerate(relations):
        name = f"{surname}{_GIVEN[(number + 3 * place) % len(_GIVEN)]}{'甲乙丙丁'[place]}"
        born = date(1940 + number + 9 * place, 1 + chance.randrange(12), 1 + chance.randrange(28))
        dirt = case["ids"] if number % 3 == 1 and place < 2 else "clean"
        written = _RELATIONS[relation][spelled] if place else ("户主 " if spelled else "户主")
        yield Person(
            Told(name, name),
            Told(written, relation),
            _number(dirt, born, 100 * place + 3 * number),
            Told(_day(case["dates"], born), born),
        )


def _number(dirt: str, born: date, serial: int) -> Told:
    """An identity number with its dirt; of a damaged one no digit is ever made up."""
    serials = range(serial, serial + 90)
    right = next(
        number
        for number in (id_number(born, each, "330425") for each in serials)
        if (number[-1] == "X") == (dirt in {"lower_x", "full_width"})
    )
    if dirt == "as_number":
        return Told(int(right), (None, False), damaged=True)
    if dirt == "wrong_check":
        wrong = right[:-1] + str((int(right[-1]) + 3) % 10)
        return Told(wrong, (wrong, False), damaged=True)
    written = {
        "lower_x": right.lower(),
        "full_width": right.translate(_FULL_WIDTH),
        "inner_blank": f"{right[:6]} {right[6:14]} {right[14:]}",
        "apostrophe": f"'{right}",
        "certificate": f"{right}43",
    }
    return Told(written.get(dirt, right), (right, True))


def _income(style: str, chance: Random, number: int) -> Told:
    fen = chance.randrange(30000, 300000)
    yuan = f"{fen / 100:.2f}"
    if style == "in_words" and number == 2:
        return Told("年收入2万", None, damaged=True)
    if style == "blank_after" and number == 2:
        return Told("2.58亩", None, damaged=True)
    if style == "numbers":
        return Told(fen / 100, fen)
    if style == "in_words":
        return Told(f"每月{fen // 100}元", fen // 100 * 100)
    return Told(f"{yuan} " if style == "blank_after" else f"{fen / 100:,.2f}", fen)


def _phones(style: str, number: int) -> Told:
    mobile, landline = f"138{number:04d}5678", f"0573-8801{number:04d}"
    if style == "none_at_all" and number % 2:
        return Told("无", ())
    if style == "two":
        return Told(f"{mobile}、{landline}", (mobile, landline))
    if style == "landline":
        return Told(landline, (landline,))
    return Told(int(mobile) if number % 3 == 0 else mobile, (mobile,))


def _since(style: str, chance: Random, number: int) -> Told:
    day = date(2013, 2 + chance.randrange(8), 2 + chance.randrange(26))
    if style != "chinese":
        return Told(_day(style, day), day)
    written: Cell = float(f"{day:%Y}.{day.month}") if number % 2 else f"{day.year}年{day.month}月"
    return Told(written, day.replace(day=1))


def _day(style: str, day: date) -> Cell:
    if style == "excel":
        return datetime(day.year, day.month, day.day)
    return {
        "iso": day.isoformat(),
        "dotted": f"{day.year}.{day.month}.{day.day}",
        "digits": f"{day:%Y%m%d}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
    }[style]
