"""Merges of records whose histories interlock in every way: no day is lost, no rule of the tables broken,
and undo, from the last merge back to the first, brings everything back.

The histories are drawn at random but the same in every run; the last seeds once went wrong.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlmodel import SQLModel

from jiemin.domain.codes import Condition, Relation, Role, Survey
from jiemin.domain.duplicates import Kind
from jiemin.domain.inspection import Scope, Strata
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import tables
from jiemin.storage.database import open_database
from jiemin.storage.journal import write_door
from jiemin.storage.record_tables import HouseholdCondition, HouseholdSurvey, Measure, Story
from jiemin.storage.stamp import Stamp
from jiemin.storage.supervision_tables import InspectedHousehold, Inspection
from jiemin.usecases.settle_duplicates import merge_records
from jiemin.usecases.undo_action import undo_action

START, MERGED = date(2014, 1, 1), date(2014, 6, 30)
STAMP = Stamp("2014-06-30T09:00:00", "clerk", "test")
THREE = (1, 2, 3)
Span = tuple[date, date]


def spans(random: Random, number: int) -> Iterator[Span]:
    """Stretches one after another, some of them with no day between; the last one may have no end."""
    days = sorted(random.sample(range(40), 2 * number))
    for at in range(0, 2 * number, 2):
        last = at + 2 == 2 * number
        end = days[at + 1] if last or random.random() < 0.6 else days[at + 2]
        open_end = last and random.random() < 0.7
        yield START + timedelta(days[at]), FOREVER if open_end else START + timedelta(end)


class Drawn:
    """Three households, seven people, three cadres, with whatever they may have done, as rows of tables."""

    def __init__(self, random: Random) -> None:
        self.random, self.one = random, random.choice
        self.sole: list[tuple[Any, int, Span]] = []
        self.rows: list[tuple[type[SQLModel], dict[str, Any]]] = [
            (tables.Region, {"id": 101, "level": "镇", "name": "石门镇"}),
            (tables.Region, {"id": 102, "level": "村", "name": "望湖村", "parent_id": 101}),
            (tables.Unit, {"id": 1, "name": "民政局"}),
            (tables.Unit, {"id": 2, "name": "教育局"}),
        ]
        for each in THREE:
            cadre = {"id": each, "cadre_no": f"K{each}", "name": "孙一", "phones": ()}
            self.rows.append((tables.Cadre, cadre))
            self.rows.append((tables.Household, {"id": each, "household_no": f"H{each}"}))
        for each in THREE:
            self.work(each)
        for each in range(1, 8):
            self.live(each)
        for each in range(1, 9):
            self.visit(each)
        self.draw_checks()
        for each in THREE:
            self.write_down(each)

    def dated(self, table: type[SQLModel], most: int, told: Callable[[Span], dict[str, Any]]) -> None:
        for span in spans(self.random, self.random.randint(1, most)):
            self.rows.append((table, {**told(span), "valid_from": span[0], "valid_to": span[1]}))

    def alone(self, household: int, span: Span, role: Any, wanted: Any, other: Any) -> Any:
        """The role wanted, but one that a single person has on any day only if nobody has it yet."""
        if wanted != role:
            return wanted
        if any((role, household) == (a, b) and c < span[1] and span[0] < d for a, b, (c, d) in self.sole):
            return other
        self.sole.append((role, household, span))
        return wanted

    def work(self, each: int) -> None:
        """A cadre's posts, a household's spans and its pairings."""
        posted = {"cadre_id": each, "leader": False}
        self.dated(tables.CadrePost, 3, lambda _: {**posted, "unit_id": self.one((1, 2))})
        state: dict[str, Any] = {"household_id": each, "household_class": "农村低保", "status": "在册"}
        state |= {"other_causes": (), "phones": ()}
        self.dated(
            tables.HouseholdSpan,
            3,
            lambda _: {**state, "region_id": self.one((101, 102)), "size": self.one((None, 2, 3))},
        )
        for helper in THREE:
            if self.random.random() < 0.7:
                self.dated(tables.Pairing, 3, partial(self.paired, each, helper))

    def paired(self, household: int, helper: int, span: Span) -> dict[str, Any]:
        role = self.alone(household, span, Role.LEAD, self.one(list(Role)), Role.ASSIST)
        return {"household_id": household, "cadre_id": helper, "role": role.value, "origin": "导入"}

    def live(self, each: int) -> None:
        """A person and the households he or she belonged to."""
        birth = self.one((None, date(1950, 1, 1), date(1960, 1, 1)))
        name = self.one(("沈大", "沈二", "沈三"))
        self.rows.append((tables.Person, {"id": each, "name": name, "id_valid": False, "birth": birth}))
        self.dated(tables.Membership, 3, partial(self.belongs, each))
        state = {"person_id": each, "phones": ()}
        self.dated(tables.PersonSpan, 2, lambda _: {**state, "health": self.one((None, "健康"))})

    def belongs(self, person: int, span: Span) -> dict[str, Any]:
        home, wanted = self.one(THREE), self.one((None, Relation.SON, Relation.HEAD, Relation.SPOUSE))
        relation = self.alone(home, span, Relation.HEAD, wanted, Relation.SON)
        told = {"relation": relation and relation.value, "covered": self.one((None, True))}
        return {"person_id": person, "household_id": home, **told}

    def visit(self, each: int) -> None:
        day = START + timedelta(self.random.randint(0, 5))
        told = {"id": each, "visit_no": f"V{each}", "household_id": self.one(THREE), "kind": "走访"}
        self.rows.append((tables.Visit, {**told, "day": day}))
        came = [helper for helper in THREE if self.random.random() < 0.4]
        self.rows += [(tables.VisitCadre, {"visit_id": each, "cadre_id": helper}) for helper in came]

    def write_down(self, home: int) -> None:
        """What a file holds of a household; some of it on days that another's file has, too."""
        told: dict[str, Any] = {"household_id": home}
        for survey, number in product(Survey, range(2)):
            if self.random.random() < 0.5:
                missing = self.one((None, "电话"))
                row = {**told, "survey": survey.value, "day": START + timedelta(number)}
                row |= {"cadre_id": self.one((None, *THREE)), "complete": missing is None, "missing": missing}
                self.rows.append((HouseholdSurvey, row))
        for condition, number in product((Condition.WAGES, Condition.ABLE), range(2)):
            if self.random.random() < 0.5:
                row = {**told, "condition": condition.value, "day": START + timedelta(number)}
                self.rows.append((HouseholdCondition, {**row, "number": self.one((1, 2))}))
        row = {**told, "what": "修屋", "promised_on": START, "cadre_id": self.one(THREE)}
        self.rows.append((Measure, {**row, "measure_no": f"M{home}"}))
        row = {**told, "story_no": f"S{home}", "quarter": "2014Q1", "day": START, "title": "题", "body": "文"}
        self.rows.append((Story, {**row, "cadre_id": self.one((None, *THREE))}))

    def draw_checks(self) -> None:
        """One spot check for which some of the households were drawn, and some of those checked."""
        drawn = {"id": 1, "inspection_no": "D1", "day": START, "quarter": "2014Q1", "seed": 1, "number": 3}
        scope = {"scope": Scope.ALL.value, "stratum": Strata.TOWN.value}
        self.rows.append((Inspection, drawn | scope))
        for home in THREE:
            result = self.one((None, "属实", "不属实"))
            row = {
                "inspection_id": 1,
                "household_id": home,
                "drawn_for": "石门镇",
                "cadre_id": self.one(THREE),
            }
            row |= {"result": result, "checked_on": result and START}
            if self.random.random() < 0.7:
                self.rows.append((InspectedHousehold, row))


def fill(path: Path, random: Random) -> None:
    with open_database(path, create=True) as database, write_door(database, STAMP) as door:
        for table, row in Drawn(random).rows:
            blank = {name: None for name in table.model_fields if name != "id"}
            door.insert(table, [blank | row])


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def record(path: Path) -> dict[str, list[str]]:
    """Everything on record but the journal."""
    names = [name for (name,) in ask(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    names = [name for name in names if name not in {"action", "change"} and not name.startswith("sqlite")]
    return {name: sorted(map(repr, ask(path, f"SELECT * FROM {name}"))) for name in names}


DAILY = {
    "paired": "SELECT household_id, cadre_id, valid_from, valid_to FROM pairing",
    "led": "SELECT household_id, 0, valid_from, valid_to FROM pairing WHERE role = '第一责任人'",
    "known": "SELECT household_id, 0, valid_from, valid_to FROM household_span",
    "headed": "SELECT household_id, 0, valid_from, valid_to FROM membership WHERE relation = '户主'",
    "employed": "SELECT 0, cadre_id, valid_from, valid_to FROM cadre_post",
}
ALONE = {**DAILY, "living": "SELECT 0, person_id, valid_from, valid_to FROM membership"}


def days(path: Path, query: str) -> list[tuple[int, int, date]]:
    """Each day of the first two months on which a row of the query held."""
    return [
        (household, cadre, START + timedelta(number))
        for household, cadre, start, end in ask(path, query)
        for number in range(60)
        if start <= (START + timedelta(number)).isoformat() < end
    ]


WRITTEN = {
    "surveys": "SELECT household_id, survey || day FROM household_survey",
    "conditions": "SELECT household_id, condition || day FROM household_condition",
    "measures": "SELECT household_id, measure_no FROM measure",
    "stories": "SELECT household_id, story_no FROM story",
    "drawn": "SELECT household_id, inspection_id FROM inspected_household",
    "checked": "SELECT household_id, inspection_id FROM inspected_household WHERE result IS NOT NULL",
}
"""What is written down of each household; each of it is still there when two have become one."""


def merged(path: Path, random: Random) -> tuple[Kind, int, int] | None:
    """Merge any two of a kind; None when they are refused, and nothing was written."""
    kind = random.choice((Kind.HOUSEHOLD, Kind.HOUSEHOLD, Kind.CADRE, Kind.PERSON))
    table, sign = {Kind.HOUSEHOLD: ("household", "H"), Kind.CADRE: ("cadre", "K")}.get(kind, ("person", "P"))
    known = [row_id for (row_id,) in ask(path, f"SELECT id FROM {table}")]
    one, other = random.sample(known, 2)
    before = record(path)
    try:
        with open_database(path) as database:
            merge_records(database, STAMP, f"{sign}{one}", f"{sign}{other}", MERGED, kind=kind)
    except JieminError:
        assert record(path) == before
        return None
    return kind, one, other


@pytest.mark.parametrize("seed", (*range(8), 53, 138, 168))
def test_merges_lose_no_day_and_undo_brings_all_back(tmp_path: Path, seed: int) -> None:
    path, random = tmp_path / "jiemin.db", Random(seed)
    fill(path, random)
    states = [record(path)]
    for _ in range(2):
        before = {name: days(path, query) for name, query in DAILY.items()}
        told = {name: ask(path, query) for name, query in WRITTEN.items()}
        done = merged(path, random)
        if done is None:
            continue
        kind, one, other = done
        households = {other: one} if kind is Kind.HOUSEHOLD else {}
        cadres = {other: one} if kind is Kind.CADRE else {}
        for name, query in DAILY.items():
            wanted = {(households.get(a, a), cadres.get(b, b), day) for a, b, day in before[name]}
            assert set(days(path, query)) == wanted, name
        for name, query in ALONE.items():
            assert len(days(path, query)) == len(set(days(path, query))), name
        for name, query in WRITTEN.items():
            assert set(ask(path, query)) == {(households.get(a, a), b) for a, b in told[name]}, name
        assert ask(path, "PRAGMA foreign_key_check") == []
        assert len(ask(path, "SELECT id FROM visit")) == 8
        states.append(record(path))
    for action in range(len(states), 1, -1):
        with open_database(path) as database:
            assert undo_action(database, STAMP, action).kept == ()
        assert record(path) == states[action - 2]
