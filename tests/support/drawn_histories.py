"""Families drawn at random over two years, as `slow_calculator` takes them, and put into a database.

Class, income, persons, keeping, members, disabilities and cases change on any day; much is not known.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from jiemin.domain.codes import Condition
from jiemin.domain.periods import FOREVER
from jiemin.storage.award_tables import AidCase
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.record_tables import HouseholdCondition
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Household, HouseholdSpan, Membership, Person, PersonSpan, Region

Told = dict[str, Any]
T = TypeVar("T")
FIRST, LAST = date(2013, 7, 1), date(2015, 12, 31)
NEW_YEAR = date(2014, 1, 1)
STAMP = Stamp("2014-01-02T09:00:00", "文员", "import")
CLASSES = (
    "农村低保",
    "农村低保",
    "农村低保",
    "城镇低保",
    "城镇低保",
    "低收入(低保边缘)",
    "五保",
    "三无",
    "其他",
)
HEALTHS = ("健康", "健康", "长期慢性病", "长期慢性病", "大病", "大病", "残疾", "尿毒症", "重型精神病")
CASES = ("低保金", "困境儿童基本生活费", "医疗救助", "医疗救助", "危房改造补助", "临时救助")


def draw_histories(chance: Random, number: int) -> list[Told]:
    """So many families; persons and cases are numbered through."""
    return [_Drawer(chance, at).history() for at in range(1, number + 1)]


def with_other_future(history: Told, day: date, chance: Random) -> Told:
    """The same family up to a day, and after it something else."""
    told = deepcopy(history)
    other = _Drawer(chance, int(told["number"][1:]), after=day).history()
    later = {start: state for start, state in other["states"].items() if start > day}
    past = {start: state for start, state in told["states"].items() if start <= day}
    told["states"] = past | later or told["states"]
    told["cases"] = [each for each in told["cases"] if each["day"] <= day]
    for each in told["cases"]:
        if each["until"] and each["until"] > day:
            each["until"] = None
    known = {member["person"] for member in told["members"]} | {None}
    told["cases"] += [each for each in other["cases"] if each["day"] > day and each["person"] in known]
    told["insured"] = [each for each in told["insured"] if each[0] <= day]
    told["insured"] += [each for each in other["insured"] if each[0] > day]
    for member in told["members"]:
        member["health"] = [each for each in member["health"] if each["from"] <= day]
        for spell in member["spells"]:
            if spell["until"] and spell["until"] > day:
                spell["until"] = day + timedelta(days=1)
        member["spells"] = [each for each in member["spells"] if each["from"] <= day]
    return told


class _Drawer:
    def __init__(self, chance: Random, at: int, after: date | None = None) -> None:
        self._chance, self._at = chance, at
        self._case_no = 1000 * at + (500 if after else 0)

    def history(self) -> Told:
        members = [self._member(at) for at in range(self._pick((0, 1, 1, 2, 2, 3, 3, 4, 4, 5)))]
        return {
            "number": f"H{self._at:04d}",
            "states": self._states(len(members)),
            "members": members,
            "cases": sorted(
                (self._case(members) for _ in range(self._pick((0, 0, 1, 2, 3, 5, 8)))),
                key=lambda each: str(each["case"]),
            ),
            "insured": self._insured(),
        }

    def _pick(self, among: Iterable[T]) -> T:
        return self._chance.choice(tuple(among))

    def _unless(self, share: float, draw: Callable[[], T]) -> T | None:
        """Drawn, or for so large a share not known."""
        return None if self._chance.random() < share else draw()

    def _day(self, first: date = NEW_YEAR) -> date:
        day = first + timedelta(days=self._chance.randrange((LAST - first).days))
        if self._chance.random() < 0.3:
            day = max(first, day.replace(day=1))
        elif self._chance.random() < 0.3:
            day = max(first, day.replace(day=1) - timedelta(days=1))
        return day

    def _yuan(self, most: int) -> Fraction:
        """Often whole yuan, now and then a sum that meets a standard exactly."""
        if self._chance.random() < 0.1:
            return Fraction(self._pick((520, 416, 1040, 832, 12 * 416, 12 * 520)))
        if self._chance.random() < 0.5:
            return Fraction(self._chance.randint(0, most))
        return Fraction(self._chance.randint(0, 100 * most), 100)

    def _states(self, rows: int) -> dict[date, Told]:
        starts = [
            self._pick((FIRST, NEW_YEAR, self._day())),
            *(self._day() for _ in range(self._pick((0, 1, 2, 4)))),
        ]
        state = self._state(rows)
        states = {}
        for start in sorted(starts):
            states[start] = state
            fresh = self._state(rows)
            changed = self._chance.sample(list(state), self._pick((1, 2, 4)))
            state = state | {name: fresh[name] for name in changed}
            if "income" in changed or "per" in changed:
                state |= {"income": fresh["income"], "per": fresh["per"]}
        return states

    def _state(self, rows: int) -> Told:
        income = self._unless(0.07, lambda: self._yuan(2500))
        per = self._pick(("month", "year"))
        size = self._chance.randint(max(1, rows - 1), rows + 1)
        return {
            "class": self._pick(CLASSES),
            "active": self._chance.random() < 0.93,
            "size": self._unless(0.07, lambda: size),
            "covered": self._unless(0.07, lambda: self._chance.randint(0, size)),
            "income": None if income is None else income * (self._pick((1, 8)) if per == "year" else 1),
            "per": None if income is None else per,
            "keeping": self._unless(0.3, lambda: self._pick(("集中供养", "分散供养"))),
        }

    def _member(self, at: int) -> Told:
        return {
            "person": 10 * self._at + at,
            "name": f"成员{self._at}之{at}",
            "birth": self._unless(0.1, self._birth),
            "spells": self._spells(),
            "health": [
                {
                    "from": start,
                    "grade": self._unless(0.6, lambda: self._chance.randint(1, 4)),
                    "health": self._unless(0.4, lambda: self._pick(HEALTHS)),
                }
                for start in sorted(
                    {self._pick((FIRST, self._day())) for _ in range(self._pick((0, 1, 1, 2)))}
                )
            ],
        }

    def _birth(self) -> date:
        if self._chance.random() < 0.1:
            return date(self._pick((1940, 1944, 1948, 1996)), 2, 29)
        years = self._pick((range(1930, 1962), range(1994, 2002), range(1962, 2014)))
        return date(self._pick(years), 1, 1) + timedelta(days=self._chance.randrange(365))

    def _spells(self) -> list[Told]:
        """When the person belongs to the family; whether covered may be noted anew."""
        start = self._pick((FIRST, FIRST, FIRST, self._day()))
        ends = sorted({self._day(NEW_YEAR) for _ in range(self._pick((0, 0, 1, 2)))})
        spells = []
        for end in (*(each for each in ends if each > start), None):
            covered = self._unless(0.08, lambda: self._chance.random() < 0.7)
            spells.append({"from": start, "until": end, "covered": covered})
            if end is None:
                break
            start = end
        if len(spells) > 1 and self._chance.random() < 0.5:
            spells.pop()
        return spells

    def _case(self, members: list[Told]) -> Told:
        item = self._pick(CASES)
        self._case_no += 1
        lasts = item in ("低保金", "困境儿童基本生活费")
        day = self._pick((self._day(FIRST), self._day()))
        until = day + timedelta(days=self._chance.randrange(400)) if lasts else None
        person = self._pick(members)["person"] if members and item not in ("低保金", "危房改造补助") else None
        words = {"困境儿童基本生活费": ("集中", "散居"), "危房改造补助": ("C级", "D级")}.get(item)
        amount = item in ("低保金", "医疗救助", "临时救助")
        return {
            "case": f"A{self._case_no:06d}",
            "item": item,
            "day": day,
            "until": self._unless(0.4, lambda: until) if lasts else None,
            "person": self._unless(0.03, lambda: person),
            "base": self._unless(0.03, lambda: self._yuan(9000)) if amount else None,
            "grade": self._unless(0.03, lambda: self._pick(words)) if words else None,
            "void": self._chance.random() < 0.05,
        }

    def _insured(self) -> list[tuple[date, int]]:
        days = {self._day(FIRST) for _ in range(self._pick((0, 1, 1, 2)))}
        return [(day, self._chance.randint(0, 4)) for day in sorted(days)]


def store(database: Database, histories: list[Told]) -> None:
    """The families in a new database; household n is row n."""
    with write_door(database, STAMP) as door:
        door.insert(Region, [{"id": 1, "level": "镇", "name": "石门镇"}])
        for history in histories:
            _store(door, int(history["number"][1:]), history)


def _store(door: Door, at: int, history: Told) -> None:
    held = {"household_id": at}
    door.insert(Household, [{"id": at, "household_no": history["number"]}])
    starts = sorted(history["states"])
    spans = zip(starts, [*starts[1:], FOREVER], strict=True)
    door.insert(HouseholdSpan, [_span(history["states"][start], start, end) | held for start, end in spans])
    for member in history["members"]:
        person = {"id": member["person"], "name": member["name"], "id_valid": False}
        door.insert(Person, [person | {"birth": member["birth"]}])
        own = {"person_id": member["person"]}
        spells = [
            {"covered": each["covered"], "valid_from": each["from"], "valid_to": each["until"] or FOREVER}
            for each in member["spells"]
        ]
        door.insert(Membership, [own | held | {"relation": "其他"} | each for each in spells])
        ends = [*(each["from"] for each in member["health"][1:]), FOREVER]
        states = [
            {"health": each["health"], "disability_grade": each["grade"], "valid_from": each["from"]}
            for each in member["health"]
        ]
        door.insert(
            PersonSpan, [own | each | {"valid_to": end} for each, end in zip(states, ends, strict=False)]
        )
    door.insert(AidCase, [_case(each, at) for each in history["cases"]])
    told = {"condition": Condition.PENSION_INSURED.value, **held}
    for day, number in history["insured"]:
        row = {"id": door.next_id(HouseholdCondition), "day": day, "number": number}
        door.insert(HouseholdCondition, [told | row])


def _span(state: Told, start: date, end: date) -> Told:
    return {
        "region_id": 1,
        "household_class": state["class"],
        "status": "在册" if state["active"] else "停保",
        "size": state["size"],
        "covered": state["covered"],
        "income_fen": _fen(state["income"]),
        "income_period": state["per"],
        "keeping": state["keeping"],
        "valid_from": start,
        "valid_to": end,
    }


def _case(told: Told, household: int) -> Told:
    return {
        "id": int(told["case"][1:]),
        "case_no": told["case"],
        "household_id": household,
        "person_id": told["person"],
        "item": told["item"],
        "day": told["day"],
        "until": told["until"],
        "base_fen": _fen(told["base"]),
        "grade": told["grade"],
        "voided_on": told["day"] if told["void"] else None,
        "void_reason": "登记错了" if told["void"] else None,
    }


def _fen(yuan: Fraction | None) -> int | None:
    return None if yuan is None else int(100 * yuan)
