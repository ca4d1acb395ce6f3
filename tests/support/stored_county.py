"""The small county as a database, its families with members, and events that happen to them.

A household of n persons has a head, a wife, a son, a daughter, in that order; of them as many are covered as
the household says. 户主A1, 配偶A1, 子A1, 女A1 are those of A1. Of an unknown size, there is a head alone.
"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import FOREVER
from jiemin.policy.places_file import load_places
from jiemin.storage import tables
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.stamp import Stamp
from jiemin.usecases.household_events.helpers import Act, happen
from jiemin.usecases.household_events.plan import Plan
from support.small_county import small_county

PLACES = load_places()
STAMP = Stamp("2014-07-10T09:00:00", "clerk", "test")
NEW_YEAR, TODAY = date(2014, 1, 1), date(2014, 7, 10)
RELATIONS = (("户主", "男"), ("配偶", "女"), ("子", "男"), ("女", "女"))


def stored_county(path: Path) -> Database:
    """The small county in a new file; the caller closes it."""
    database = open_database(path, create=True)
    with write_door(database, STAMP) as door:
        _places_and_cadres(door)
        _families(door)
        _pairings_and_visits(door)
    return database


def happened(
    database: Database,
    act: Act,
    on: date = TODAY,
    *,
    settings: PairingSettings | None = None,
    dry_run: bool = False,
) -> Plan:
    """Let an event happen, asked for on 10 July; its plan."""
    asked = settings or PairingSettings()
    return happen(database, STAMP, act, on, TODAY, asked, dry_run=dry_run)


def rows(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What stands in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query, values).fetchall()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but those that tell of actions."""
    names = [name for (name,) in rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = [name for name in names if name not in {"action", "change", "sqlite_sequence"}]
    return {name: rows(path, f"SELECT * FROM {name} ORDER BY id") for name in kept}


def relations(path: Path, number: str, day: date = TODAY) -> dict[str, str | None]:
    """Who belongs to a household on a day, and as what."""
    query = (
        "SELECT person.name, relation FROM membership JOIN person ON person.id = person_id JOIN household "
        "ON household.id = household_id WHERE household_no = ? AND valid_from <= ? AND valid_to > ?"
    )
    return dict(rows(path, query, number, day.isoformat(), day.isoformat()))


def helpers(path: Path, number: str, day: date = TODAY) -> dict[str, str]:
    """Who helps a household on a day, and as what."""
    query = (
        "SELECT cadre_no, role FROM pairing JOIN cadre ON cadre.id = cadre_id JOIN household "
        "ON household.id = household_id WHERE household_no = ? AND valid_from <= ? AND valid_to > ?"
    )
    return dict(rows(path, query, number, day.isoformat(), day.isoformat()))


def state(path: Path, number: str, *columns: str, day: date = TODAY) -> tuple[Any, ...]:
    """These columns of a household as they hold on a day."""
    query = (
        f"SELECT {', '.join(columns)} FROM household_span JOIN household ON household.id = household_id "
        "WHERE household_no = ? AND valid_from <= ? AND valid_to > ?"
    )
    return rows(path, query, number, day.isoformat(), day.isoformat())[0]


def _id(number: str) -> int:
    """A1 is row 1, V9 row 9."""
    return int(number[1:])


def _places_and_cadres(door: Door) -> None:
    facts = small_county()
    regions: list[dict[str, Any]] = [
        {"id": 1, "level": "市", "name": PLACES.name, "code": PLACES.code, "parent_id": None}
    ]
    for each in PLACES.towns:
        town = {"level": "镇", "name": each.name, "code": each.code, "parent_id": 1}
        regions.append({"id": len(regions) + 1, **town})
    for name in facts.towns:
        town_id = next(row["id"] for row in regions if row["name"] == name)
        village = {"level": "村", "name": "某村", "code": None, "parent_id": town_id}
        regions.append({"id": len(regions) + 1, **village})
    door.insert(tables.Region, regions)
    units = sorted({each.unit for each in facts.cadres})
    door.insert(tables.Unit, [{"id": at, "name": unit} for at, unit in enumerate(units, 1)])
    for cadre in facts.cadres:
        row = {"id": _id(cadre.cadre_no), "cadre_no": cadre.cadre_no, "name": cadre.name, "phones": ()}
        door.insert(tables.Cadre, [row])
        post = {
            "cadre_id": row["id"],
            "unit_id": units.index(cadre.unit) + 1,
            "post": cadre.post,
            "leader": cadre.leader,
            "valid_from": NEW_YEAR,
            "valid_to": FOREVER if cadre.serving else date(2014, 5, 1),
        }
        door.insert(tables.CadrePost, [post])


def _families(door: Door) -> None:
    query = "SELECT town.name, village.id FROM region village JOIN region town ON town.id = village.parent_id"
    known = door.connection.exec_driver_sql(f"{query} WHERE village.level = '村'")
    villages = {str(town): int(row_id) for town, row_id in known}
    for each in small_county().households:
        household_id = _id(each.household_no)
        door.insert(tables.Household, [{"id": household_id, "household_no": each.household_no}])
        span = {
            "household_id": household_id,
            "region_id": villages[each.town],
            "household_class": each.household_class.value,
            "keeping": each.keeping.value if each.keeping else None,
            "size": each.size,
            "covered": each.covered,
            "cause": each.cause,
        }
        end = each.active[-1].end
        door.insert(
            tables.HouseholdSpan, [{**span, "status": "在册", "valid_from": NEW_YEAR, "valid_to": end}]
        )
        if end != FOREVER:
            stopped = {"status": "停保", "valid_from": end, "valid_to": FOREVER}
            door.insert(tables.HouseholdSpan, [{**span, **stopped}])
        for at, (relation, sex) in enumerate(RELATIONS[: each.size or 1]):
            person = {
                "id": 10 * household_id + at,
                "name": f"{relation}{each.household_no}",
                "id_valid": False,
                "sex": sex,
            }
            door.insert(tables.Person, [person])
            member = {
                "household_id": household_id,
                "person_id": person["id"],
                "relation": relation,
                "covered": None if each.covered is None else at < each.covered,
                "valid_from": NEW_YEAR,
                "valid_to": FOREVER,
            }
            door.insert(tables.Membership, [member])


def _pairings_and_visits(door: Door) -> None:
    facts = small_county()
    pairings = [
        {
            "household_id": _id(each.household_no),
            "cadre_id": _id(each.cadre_no),
            "role": each.role.value,
            "origin": "自动",
            "end_reason": None if each.end == FOREVER else "调整",
            "valid_from": each.start,
            "valid_to": each.end,
        }
        for each in facts.pairings
    ]
    door.insert(tables.Pairing, pairings)
    for visit in facts.visits:
        row = {
            "id": _id(visit.visit_no),
            "visit_no": visit.visit_no,
            "household_id": _id(visit.household_no),
            "day": visit.day,
            "kind": visit.kind.value,
            "deeds": "修了屋顶" if visit.deeds else None,
            "needs": "要看病" if visit.needs else None,
        }
        door.insert(tables.Visit, [row])
        went = [{"visit_id": row["id"], "cadre_id": _id(number)} for number in visit.cadre_nos]
        door.insert(tables.VisitCadre, went)
