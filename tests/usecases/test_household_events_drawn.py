"""Events of families in any order, drawn at random but the same in every run: whatever happens, what was
stays, everybody belongs to one family at most, and undo brings back every row.

Half of what is drawn cannot be (a day too early, a stranger, a family that has left); then nothing changes.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.stored_county import PLACES, STAMP, TODAY, everything, happened, rows, stored_county

from jiemin.domain.codes import HouseholdClass, HouseholdStatus
from jiemin.errors import JieminError
from jiemin.storage.database import Database
from jiemin.usecases.household_events.heading import OldHead, change_head
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.leaving import come_back, leave
from jiemin.usecases.household_events.moving import move
from jiemin.usecases.household_events.plan import Plan
from jiemin.usecases.household_events.splitting import SplitOff, split
from jiemin.usecases.undo_action import undo_action

START = date(2014, 4, 1)
DAYS = [START + timedelta(days=each) for each in range(0, 130, 3)]
DATED = {
    "household_span": "household_id, region_id, household_class, keeping, status, size, covered, reason",
    "membership": "household_id, person_id, relation, covered",
    "pairing": "household_id, cadre_id, role, origin",
}
ENDED = [each for each in HouseholdStatus if each is not HouseholdStatus.ACTIVE]


class Drawing:
    """Events, most of them of the families there are now."""

    def __init__(self, seed: int, path: Path) -> None:
        self.random, self.path, self.day = Random(seed), path, date(2014, 6, 20)

    def act(self) -> Act:
        kind = self.random.choice((self.leaving, self.returning, self.moving, self.heading, self.parting))
        return kind() if self.random.random() < 0.8 else join(self.number(), self.number())

    def on(self) -> date:
        """Mostly later and later, sometimes on the same day, sometimes too early."""
        self.day += timedelta(days=self.random.choice((0, 0, 1, 2, 4)))
        return self.day - timedelta(days=self.random.choice((0, 0, 0, 0, 30)))

    def number(self) -> str:
        return str(self.random.choice(rows(self.path, "SELECT household_no FROM household"))[0])

    def people(self, number: str) -> list[str]:
        """Of those who ever belonged to the household, in any order."""
        query = (
            "SELECT DISTINCT name FROM membership JOIN person ON person.id = person_id JOIN household "
            "ON household.id = household_id WHERE household_no = ?"
        )
        names = [name for (name,) in rows(self.path, query, number)] or ["无此人"]
        self.random.shuffle(names)
        return names

    def leaving(self) -> Act:
        return leave(self.number(), self.random.choice(ENDED), "原因")

    def returning(self) -> Act:
        return come_back(self.number())

    def moving(self) -> Act:
        village = self.random.choice(("乌镇镇某村", "石门镇某村", "石门镇新村"))
        return move(self.number(), village, PLACES)

    def heading(self) -> Act:
        number = self.number()
        leaves = self.random.choice((None, HouseholdStatus.DECEASED, HouseholdStatus.MOVED_OUT))
        return change_head(number, self.people(number)[0], OldHead("", leaves))

    def parting(self) -> Act:
        number = self.number()
        people = self.people(number)
        if self.random.random() < 0.7:
            people = [each for each in people if not each.startswith("户主")] or people
        going = people[: self.random.randint(1, max(1, len(people) - 1))]
        label = self.random.choice((None, None, HouseholdClass.LOW_INCOME))
        wanted = SplitOff(tuple(going), going[0], self.random.choice(("", "石门镇新村")), label)
        return split(number, wanted, PLACES)


def view(path: Path, day: date) -> dict[str, list[tuple[Any, ...]]]:
    """All that held on a day."""
    found = {
        table: sorted(
            rows(
                path,
                f"SELECT {columns} FROM {table} WHERE valid_from <= ? AND valid_to > ?",
                day.isoformat(),
                day.isoformat(),
            ),
            key=repr,
        )
        for table, columns in DATED.items()
    }
    found["visit"] = rows(path, "SELECT * FROM visit ORDER BY id")
    found["visit_cadre"] = rows(path, "SELECT * FROM visit_cadre ORDER BY id")
    return found


def nobody_is_in_two_families(path: Path) -> None:
    spans: dict[int, list[tuple[str, str]]] = {}
    for person, start, end in rows(path, "SELECT person_id, valid_from, valid_to FROM membership"):
        spans.setdefault(person, []).append((start, end))
    for each in spans.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(each)))


def everybody_in_the_work_has_one_head_and_one_lead_at_most(path: Path, day: date) -> None:
    held = view(path, day)
    heads = Counter(row[0] for row in held["membership"] if row[2] == "户主")
    active = [row[0] for row in held["household_span"] if row[4] == "在册"]
    assert {each: heads[each] for each in active} == dict.fromkeys(active, 1)
    assert len({row[0] for row in held["household_span"]}) == len(held["household_span"])
    leads = Counter(row[0] for row in held["pairing"] if row[2] == "第一责任人")
    assert max(leads.values(), default=0) <= 1
    pairs = Counter(row[:2] for row in held["pairing"])
    assert max(pairs.values(), default=0) <= 1


def whom_the_plan_leaves_without_a_lead_it_names(path: Path, plan: Plan) -> None:
    query = (
        "SELECT household_no FROM household JOIN pairing ON household_id = household.id "
        "WHERE role = '第一责任人' AND valid_to = '9999-12-31'"
    )
    led = {number for (number,) in rows(path, query)}
    assert led.isdisjoint(plan.unpaired)
    assert {each.household_no for each in plan.helpers if each.role == "第一责任人"} == led & set(
        plan.households
    )


def try_one(database: Database, drawing: Drawing) -> bool:
    """Draw an event, see what it does, take it back and do it again; whether it could be."""
    path, act, day = drawing.path, drawing.act(), drawing.on()
    before = everything(path)
    past = {each: view(path, each) for each in DAYS if each < day}
    try:
        plan = happened(database, act, day)
    except JieminError as fault:
        assert fault.message
        assert fault.hint
        assert everything(path) == before
        return False
    for each, held in past.items():
        assert view(path, each) == held
    nobody_is_in_two_families(path)
    for each in (*DAYS, day, TODAY, drawing.day):
        everybody_in_the_work_has_one_head_and_one_lead_at_most(path, each)
    whom_the_plan_leaves_without_a_lead_it_names(path, plan)
    undo_action(database, STAMP, None)
    assert everything(path) == before
    again = happened(database, act, day)
    assert [each.subject for each in again.steps] == [each.subject for each in plan.steps]
    return True


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_what_was_stays(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with stored_county(path) as database:
        drawing = Drawing(seed, path)
        done = sum(try_one(database, drawing) for _ in range(14))
        assert done >= 2
