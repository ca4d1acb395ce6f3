"""Merges of records whose histories interlock in every way: no day is lost, no rule of the tables broken,
and undo, from the last merge back to the first, brings everything back.

The histories are drawn at random but the same in every run; the last seeds once went wrong.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlmodel import SQLModel

from jiemin.domain.codes import Relation, Role
from jiemin.domain.duplicates import Kind
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import tables
from jiemin.storage.database import open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
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


class OneAtATime:
    """Who may have a role that only one has on any day."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, Span]] = []

    def role(self, household: int, span: Span, wanted: Any, other: Any, sole: Any) -> Any:
        clash = any(at == household and a < span[1] and span[0] < b for at, (a, b) in self.taken)
        if wanted == sole and not clash:
            self.taken.append((household, span))
        return other if wanted == sole and clash else wanted


def fill(path: Path, random: Random) -> None:
    """Three households, seven people, three cadres, with whatever they may have done."""
    one = random.choice
    rows: list[tuple[type[SQLModel], dict[str, Any]]] = [
        (tables.Region, {"id": 101, "level": "镇", "name": "石门镇"}),
        (tables.Region, {"id": 102, "level": "村", "name": "望湖村", "parent_id": 101}),
        (tables.Unit, {"id": 1, "name": "民政局"}),
        (tables.Unit, {"id": 2, "name": "教育局"}),
    ]
    rows += [
        (tables.Cadre, {"id": each, "cadre_no": f"K{each}", "name": "孙一", "phones": ()}) for each in THREE
    ]
    rows += [(tables.Household, {"id": each, "household_no": f"H{each}"}) for each in THREE]

    def dated(table: type[SQLModel], owner: str, each: int, most: int, told: Callable[[Span], Any]) -> None:
        for span in spans(random, random.randint(1, most)):
            ends = {"valid_from": span[0], "valid_to": span[1]}
            rows.append((table, {owner: each, **told(span), **ends}))

    heads, leads = OneAtATime(), OneAtATime()
    for each in THREE:
        dated(tables.CadrePost, "cadre_id", each, 3, lambda _: {"unit_id": one((1, 2)), "leader": False})
        state = {"household_class": "农村低保", "status": "在册", "other_causes": (), "phones": ()}
        dated(
            tables.HouseholdSpan,
            "household_id",
            each,
            3,
            lambda _: {**state, "region_id": one((101, 102)), "size": one((None, 2, 3))},  # noqa: B023
        )
        for helper in THREE:
            if random.random() < 0.7:
                dated(
                    tables.Pairing,
                    "cadre_id",
                    helper,
                    3,
                    lambda span: {
                        "household_id": each,  # noqa: B023
                        "role": leads.role(each, span, one(list(Role)), Role.ASSIST, Role.LEAD).value,  # noqa: B023
                        "origin": "导入",
                    },
                )
    for each in range(1, 8):
        birth = one((None, date(1950, 1, 1), date(1960, 1, 1)))
        person = {"id": each, "name": one(("沈大", "沈二", "沈三")), "id_valid": False, "birth": birth}
        rows.append((tables.Person, person))

        def belongs(span: Span) -> dict[str, Any]:
            home, wanted = one(THREE), one((None, Relation.SON, Relation.HEAD, Relation.SPOUSE))
            relation = heads.role(home, span, wanted, Relation.SON, Relation.HEAD)
            told = {"relation": relation and relation.value, "covered": one((None, True))}
            return {"household_id": home, **told}

        dated(tables.Membership, "person_id", each, 3, belongs)
        dated(
            tables.PersonSpan, "person_id", each, 2, lambda _: {"health": one((None, "健康")), "phones": ()}
        )
    for each in range(1, 9):
        day = START + timedelta(random.randint(0, 5))
        visit = {"id": each, "visit_no": f"V{each}", "household_id": one(THREE), "day": day, "kind": "走访"}
        rows.append((tables.Visit, visit))
        came = [helper for helper in THREE if random.random() < 0.4]
        rows += [(tables.VisitCadre, {"visit_id": each, "cadre_id": helper}) for helper in came]
    with open_database(path, create=True) as database, write_door(database, STAMP) as door:
        for table, row in rows:
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
        assert ask(path, "PRAGMA foreign_key_check") == []
        assert len(ask(path, "SELECT id FROM visit")) == 8
        states.append(record(path))
    for action in range(len(states), 1, -1):
        with open_database(path) as database:
            assert undo_action(database, STAMP, action).kept == ()
        assert record(path) == states[action - 2]
