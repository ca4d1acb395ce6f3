"""What holds whatever is imported, in whatever order and of whatever day.

Rosters of a few families, persons and cadres with the same names, numbers and places, right and wrong
ones, are entered one after another into a real database, each until it changes nothing more: the second
time if it does not contradict itself, else once all its rows have had their say.
"""

import csv
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.reading import ReadAlready
from support.rosters import id_number

from jiemin.policy.places_file import load_places
from jiemin.storage.stamp import Stamp
from jiemin.usecases import import_workbook
from jiemin.usecases.import_workbook import ImportOutcome

PLACES = load_places()
STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import")
RIGHT = (id_number(date(1950, 1, 1), 801), id_number(date(1960, 2, 2), 802))
WRONG = RIGHT[0][:-1] + ("0" if RIGHT[0][-1] != "0" else "1")
RENAMED = "J415"
Row = tuple[str, ...]

FAMILY = "户编号 镇 村 户主姓名 户主身份证号"
FAMILIES = (
    ("A001", "石门镇", "望湖村", "沈阿大", RIGHT[0]),
    ("a001", "石门镇", "", "沈阿达", RIGHT[0]),
    ("A002", "乌镇镇", "塘东村", "朱水根", ""),
    ("", "石门镇", "望湖村", "沈阿大", ""),
    ("H000001", "石门镇", "新村", "沈阿大", RIGHT[1]),
    ("", "", "", "王氏", WRONG),
)
CADRE = "干部编号 结对干部 单位 身份证号"
CADRES = (
    ("K1", "孙一", "民政局", RIGHT[1]),
    ("k1", "孙乙", "民政局", ""),
    ("", "孙一", "教育局", ""),
    ("C00002", "李二", "教育局", ""),
    ("", "李二", "民政局", RIGHT[0]),
)
SHEETS = {
    "households": f"{FAMILY} 困难类别 家庭人口 保障人口 家庭月收入 户状态 起始日期",
    "members": f"{FAMILY} 姓名 与户主关系 身份证号 健康状况 是否保障对象 起始日期",
    "cadres": f"{CADRE} 职务 是否领导 联系电话 联系镇 起始日期",
    "pairings": f"{FAMILY} 困难类别 {CADRE} 职务 干部电话 结对职责 结对时间 起始日期".replace(
        " 身份证号", ""
    ),
    "visits": f"{FAMILY} 走访日期 走访干部 走访方式 暖心手记",
}
"""Kind → its columns."""

DAYS = "|2014-01-01|2014-04-01|2014-05-15|2014-06-30"
CELLS = {
    "困难类别": "|农村低保|农村低保|城镇低保|五保",
    "家庭人口": "|1|2|3",
    "保障人口": "|1|2",
    "家庭月收入": "|100|200",
    "户状态": "||在册|停保",
    "起始日期": f"||{DAYS}",
    "姓名": "沈阿大|沈阿达|王氏",
    "与户主关系": "|户主|配偶|子",
    "身份证号": f"||{RIGHT[0]}|{RIGHT[1]}|{WRONG}",
    "健康状况": "|健康|大病",
    "是否保障对象": "|是|否",
    "职务": "|副局长|科员|校长",
    "是否领导": "||是|否",
    "联系电话": "|13800000001|13800000002",
    "联系镇": "|石门镇|乌镇镇",
    "干部电话": "|13800000001",
    "结对职责": "||第一责任人|协助",
    "结对时间": f"|{DAYS}",
    "走访日期": "2014-04-20|2014-06-20",
    "走访干部": "||孙一|李二",
    "走访方式": "|走访|电话",
    "暖心手记": "|好|不好",
}
"""Column → what its cells may hold, the columns that tell who is meant apart."""


def nearly(known: Sequence[Row]) -> st.SearchStrategy[Row]:
    """One of those who are known, with here and there a cell left blank or taken from another."""
    whole = st.sampled_from(known)
    source = st.sampled_from(("own", "own", "own", "blank", "other"))

    def mixed(own: Row, other: Row, sources: Sequence[str]) -> Row:
        cells = {"own": own, "blank": ("",) * len(own), "other": other}
        return tuple(cells[each][place] for place, each in enumerate(sources))

    sources = st.lists(source, min_size=len(known[0]), max_size=len(known[0]))
    return whole | st.builds(mixed, whole, whole, sources)


def rows(kind: str) -> st.SearchStrategy[Row]:
    """Rows of a kind of sheet."""
    columns = SHEETS[kind].split()
    told = {name: st.sampled_from(CELLS[name].split("|")) for name in columns if name in CELLS}
    family = nearly(FAMILIES).map(lambda cells: dict(zip(FAMILY.split(), cells, strict=True)))
    cadre = nearly(CADRES).map(lambda cells: dict(zip(CADRE.split(), cells, strict=True)))
    row = st.builds(
        lambda *parts: {**parts[0], **parts[1], **parts[2]}, cadre, family, st.fixed_dictionaries(told)
    )
    if kind == "cadres":  # whose identity number is the cadre's
        row = st.builds(lambda *parts: {**parts[0], **parts[1]}, st.fixed_dictionaries(told), cadre)
    return row.map(lambda cells: tuple(cells[name] for name in columns))


@dataclass(frozen=True)
class Import:
    """One command: sheets by kind, each without its header, and from when they hold."""

    sheets: tuple[tuple[str, tuple[Row, ...]], ...]
    as_of: date | None
    ended: tuple[int, str] | None = field(default=None)
    """Beforehand the n-th pairing is ended on a day, if there is one and it can be."""


def sheet(kind: str) -> st.SearchStrategy[tuple[str, tuple[Row, ...]]]:
    """A sheet of a kind."""
    return st.tuples(st.just(kind), st.lists(rows(kind), min_size=1, max_size=4).map(tuple))


imports = st.builds(
    Import,
    st.lists(st.sampled_from(list(SHEETS)).flatmap(sheet), min_size=1, max_size=3).map(tuple),
    st.sampled_from(DAYS.split("|")).map(lambda day: date.fromisoformat(day) if day else None),
    st.none() | st.tuples(st.integers(0, 3), st.sampled_from(["2014-05-01", "2014-06-15"])),
)


def run(one: Import, database: Path) -> ImportOutcome:
    """Enter the import, in this process and without the workbooks of what was wrong."""
    paths = []
    for number, (kind, told) in enumerate(one.sheets):
        paths.append(database.with_name(f"{number}.csv"))
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([SHEETS[kind].split(), *told])
    with (
        patch.object(import_workbook, "start_reading", ReadAlready),
        patch.object(import_workbook, "_write_error_workbook"),
    ):
        return import_workbook.import_files(
            paths, database, STAMP, PLACES, today=date(2014, 6, 30), as_of=one.as_of
        )


def end_a_pairing(database: Path, which: int, day: str) -> None:
    query = "UPDATE pairing SET valid_to = ? WHERE id = ? AND valid_from < ? AND valid_to > ?"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(query, (day, which + 1, day, day))


SUBJECTS = {
    "household_span": "household_id",
    "person_span": "person_id",
    "membership": "person_id",
    "cadre_post": "cadre_id",
    "pairing": "household_id, cadre_id",
    "pairing WHERE role = '第一责任人'": "household_id",
}


def overlaps(connection: sqlite3.Connection) -> Iterator[tuple[str, Sequence[object]]]:
    """Spans of one subject that begin before the one before them ends."""
    for source, subject in SUBJECTS.items():
        found = connection.execute(
            f"SELECT {subject}, valid_from, valid_to FROM {source} ORDER BY {subject}, valid_from"
        )
        for one, two in pairwise(found):
            if one[:-2] == two[:-2] and two[-2] < one[-1]:
                yield source, two


def days_without_one_head(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Days on which a household in the work has no head, or two; it is enough to ask of turning days."""
    return connection.execute(
        "WITH turn(day) AS (SELECT valid_from FROM household_span UNION SELECT valid_from FROM membership "
        "UNION SELECT valid_to FROM membership) SELECT span.household_id, day FROM household_span AS span "
        "JOIN turn ON day >= span.valid_from AND day < span.valid_to WHERE span.status = '在册' AND 1 <> ("
        "SELECT count(*) FROM membership WHERE household_id = span.household_id AND relation = '户主' "
        "AND valid_from <= day AND valid_to > day)"
    ).fetchall()


def of_one_mind(one: Import, outcome: ImportOutcome) -> bool:
    """Whether every row went in, all hold from one day, and none renamed anybody another may name."""
    days = {row[-1] for kind, told in one.sheets for row in told if SHEETS[kind].endswith("起始日期")}
    codes = {problem.code for each in outcome.files for problem in each.all_problems}
    rejected = any(tally.rejected_rows for each in outcome.files for tally in each.tallies)
    return len(days) <= 1 and RENAMED not in codes and not rejected


def check(history: Sequence[Import]) -> None:
    with TemporaryDirectory() as folder:
        database = Path(folder, "jiemin.db")
        for one in history:
            if one.ended and database.exists():
                end_a_pairing(database, *one.ended)
            outcome = run(one, database)
            at_once = of_one_mind(one, outcome)
            times = 1
            while outcome.written and times <= 6:
                with closing(sqlite3.connect(database)) as connection:
                    assert list(overlaps(connection)) == []
                    assert days_without_one_head(connection) == []
                before = database.read_bytes()
                outcome, times = run(one, database), times + 1
                assert outcome.written == (database.read_bytes() != before)
            assert times <= (2 if at_once else 6)


def promise(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Ask of so many histories."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=quiet)


@promise(20)
@given(st.lists(imports, min_size=1, max_size=4))
def test_the_record_stays_sound_and_nothing_is_entered_twice(history: list[Import]) -> None:
    check(history)


@pytest.mark.campaign
@promise(3000)
@given(st.lists(imports, min_size=1, max_size=8))
def test_the_record_stays_sound_in_the_long_run(history: list[Import]) -> None:
    check(history)
