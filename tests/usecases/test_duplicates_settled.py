"""What holds of every merge: nothing that happened is lost, rosters bring nothing back, undo restores.

Two rosters of families that are partly the same people are entered; then whatever `duplicates` suspects is
merged, pair by pair, either way round.
"""

import csv
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.reading import ReadAlready
from support.rosters import id_number

from jiemin.errors import JieminError
from jiemin.policy.places_file import load_places
from jiemin.storage.database import open_database
from jiemin.storage.stamp import Stamp
from jiemin.usecases import import_workbook
from jiemin.usecases.find_duplicates import find_duplicates
from jiemin.usecases.settle_duplicates import merge_records
from jiemin.usecases.undo_action import undo_action

TODAY = date(2014, 6, 30)
PLACES = load_places()
STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import")
RIGHT = id_number(date(1950, 1, 1), 801)
WRONG = RIGHT[:15] + ("9" if RIGHT[15] != "9" else "8") + RIGHT[16:]
SHEETS = {
    "households": "户编号 镇 村 户主姓名 户主身份证号 困难类别 家庭人口 家庭月收入 起始日期",
    "members": "户编号 姓名 与户主关系 身份证号 健康状况 起始日期",
    "cadres": "干部编号 姓名 单位 职务 联系电话 起始日期",
    "pairings": "户编号 干部编号 结对干部 单位 职务 结对职责 结对时间",
    "visits": "走访日期 户编号 走访干部 走访人单位 走访方式 暖心手记",
}
Roster = dict[str, list[tuple[str, ...]]]


@st.composite
def rosters(draw: st.DrawFn, letter: str) -> Roster:
    """Two families of one town, of whom one may be known to the other roster; their cells agree."""
    one = st.sampled_from
    found: Roster = {name: [] for name in SHEETS}
    cadre = (f"K{letter}", "孙一", "民政局" if letter == "A" else "教育局", "科员")
    since = draw(one(("2014-01-01", "2014-02-01", "2014-04-01")))
    found["cadres"].append((*cadre, "13800000001", since))
    for number, head in ((f"{letter}1", "沈阿大"), (f"{letter}2", "朱水根")):
        village = draw(one(("望湖村", "望湖村", "塘东村")))
        identity = draw(one(("", WRONG, RIGHT))) if head == "沈阿大" else ""
        facts = draw(st.tuples(one(("农村低保", "五保")), one(("", "2", "3")), one(("", "100", "200"))))
        found["households"].append((number, "石门镇", village, head, identity, *facts, since))
        for name in draw(st.lists(one(("王氏", "沈小二")), unique=True, max_size=2)):
            member = (number, name, draw(one(("", "配偶", "子"))), "", draw(one(("", "健康", "大病"))), since)
            found["members"].append(member)
        if draw(st.booleans()):
            role, start = draw(one(("第一责任人", "协助"))), draw(one(("2014-01-15", "2014-03-01")))
            found["pairings"].append((number, *cadre, role, start))
        for day in draw(st.lists(one(("2014-05-01", "2014-06-01")), unique=True)):
            found["visits"].append((day, number, cadre[1], cadre[2], "走访", number))
    return found


def take(roster: Roster, database: Path) -> None:
    """Enter one roster, each kind of sheet a file of one command, in this process."""
    paths = []
    for kind, rows in roster.items():
        paths.append(database.with_name(f"{kind}.csv"))
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([SHEETS[kind].split(), *rows])

    with (
        patch.object(import_workbook, "start_reading", ReadAlready),
        patch.object(import_workbook, "_write_error_workbook"),
    ):
        import_workbook.import_files(paths, database, STAMP, PLACES, today=TODAY)


def record(path: Path) -> dict[str, list[Any]]:
    """Everything on record but the journal."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = [name for name in names if name not in {"action", "change"} and not name.startswith("sqlite")]
        return {name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in kept}


def days_paired(path: Path, owner: str) -> set[tuple[str, date]]:
    """(household's or cadre's head or name, day) of every day somebody was paired, up to today."""
    joined = "pairing JOIN cadre ON cadre.id = cadre_id JOIN household ON household.id = household_id"
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(f"SELECT {owner}, valid_from, valid_to FROM {joined}").fetchall()
    days: set[tuple[str, date]] = set()
    for name, start, end in rows:
        day = date.fromisoformat(start)
        while day < min(date.fromisoformat(end), TODAY):
            days.add((name, day))
            day += timedelta(days=1)
    return days


def sound(path: Path) -> None:
    """No overlapping spans, one head and at most one lead a day."""
    with closing(sqlite3.connect(path)) as database:
        for table, subject in (
            ("household_span", "household_id"),
            ("person_span", "person_id"),
            ("membership", "person_id"),
            ("cadre_post", "cadre_id"),
            ("pairing", "household_id || '-' || one.cadre_id"),
        ):
            one = subject.replace("household_id ||", "one.household_id ||")
            other = one.replace("one.", "other.")
            if table != "pairing":
                one, other = f"one.{subject}", f"other.{subject}"
            clash = database.execute(
                f"SELECT count(*) FROM {table} one JOIN {table} other ON {one} = {other} "
                "AND one.id < other.id "
                "AND one.valid_from < other.valid_to AND other.valid_from < one.valid_to"
            ).fetchone()[0]
            assert clash == 0, table
        leads = (
            "SELECT count(*) FROM pairing one JOIN pairing other USING (household_id, role) "
            "WHERE one.id < other.id AND role = '第一责任人' "
            "AND one.valid_from < other.valid_to AND other.valid_from < one.valid_to"
        )
        assert database.execute(leads).fetchone()[0] == 0
        headless = (
            "WITH turn(day) AS (SELECT valid_from FROM household_span "
            "UNION SELECT valid_from FROM membership UNION SELECT valid_to FROM membership) "
            "SELECT count(*) FROM household_span span JOIN turn ON day >= valid_from AND day < valid_to "
            "WHERE 1 <> (SELECT count(*) FROM membership m "
            "WHERE m.household_id = span.household_id AND relation = '户主' "
            "AND m.valid_from <= day AND m.valid_to > day)"
        )
        assert database.execute(headless).fetchone()[0] == 0


def merge_all(path: Path, ways: Sequence[bool]) -> None:
    """Merge what is suspected, one pair after another; each can be taken back whole."""
    for way in ways:
        with open_database(path) as database:
            pairs = [(each.one.ref, each.other.ref) for each in find_duplicates(database)]
            for pair in pairs:
                one, other = pair if way else pair[::-1]
                before, visits = record(path), days_paired(path, "''")
                try:
                    merge_records(database, STAMP, one, other, TODAY)
                except JieminError:
                    assert record(path) == before
                    continue
                sound(path)
                after = record(path)
                assert len(after["visit"]) == len(before["visit"])
                assert days_paired(path, "''") == visits
                undo_action(database, Stamp("2014-06-30T09:00:00", "clerk", "undo"), None)
                assert record(path) == before
                merge_records(database, STAMP, one, other, TODAY)
                assert {name: len(rows) for name, rows in record(path).items()} == {
                    name: len(rows) for name, rows in after.items()
                }
                break
            else:
                return


def check(first: Roster, second: Roster, ways: Sequence[bool]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "jiemin.db")
        take(first, path)
        take(second, path)
        merge_all(path, ways)
        before = record(path)
        for roster in (first, second, first):
            take(roster, path)
            assert record(path) == before


def promise(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Ask of so many pairs of rosters."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=quiet)


WAYS = st.lists(st.booleans(), min_size=4, max_size=4)


@promise(8)
@given(rosters("A"), rosters("B"), WAYS)
def test_a_merge_loses_nothing_and_rosters_bring_nothing_back(
    one: Roster, two: Roster, ways: list[bool]
) -> None:
    check(one, two, ways)


@pytest.mark.campaign
@promise(1000)
@given(rosters("A"), rosters("B"), WAYS)
def test_merges_in_the_long_run(one: Roster, two: Roster, ways: list[bool]) -> None:
    check(one, two, ways)
