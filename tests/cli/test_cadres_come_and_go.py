"""Whatever cadres do, in whatever order, families keep their helpers and nothing that happened is lost."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, write_workbook

from jiemin.cli.failures import guarded

FOREVER = "9999-12-31"
LEAD = "第一责任人"
UNITS = ("市民政局", "市卫生局")
HOUSEHOLDS, LEADERS, CLERKS = 6, 2, 6
LEADER_MAX = 5


@dataclass(frozen=True)
class Row:
    """One pairing as it stands in the file."""

    id: int
    household: str
    cadre: str
    role: str
    start: str
    end: str

    def holds(self, day: str) -> bool:
        """Whether it is in force on that day."""
        return self.start <= day < self.end


@dataclass
class County:
    """A county in a folder, and what it looked like before each action that still stands."""

    folder: Path
    today: date = date(2014, 5, 1)
    past: list[tuple[set[Row], list[Any]]] = field(default_factory=list)

    @property
    def state(self) -> tuple[set[Row], list[Any]]:
        """All pairings, and all posts."""
        query = (
            "SELECT p.id, household_no, cadre_no, role, valid_from, valid_to FROM pairing p "
            "JOIN household h ON h.id = household_id JOIN cadre c ON c.id = cadre_id"
        )
        with closing(sqlite3.connect(self.folder / "jiemin.db")) as connection:
            rows = {Row(*row) for row in connection.execute(query)}
            posts = connection.execute("SELECT * FROM cadre_post ORDER BY id").fetchall()
        return rows, posts

    def serving(self) -> dict[str, bool]:
        """Cadre number → whether a leader, of those who serve today."""
        query = (
            "SELECT cadre_no, leader FROM cadre_post JOIN cadre c ON c.id = cadre_id "
            "WHERE valid_from <= :day AND valid_to > :day"
        )
        with closing(sqlite3.connect(self.folder / "jiemin.db")) as connection:
            return dict(connection.execute(query, {"day": self.today.isoformat()}).fetchall())

    def run(self, *words: str) -> tuple[int, Any, str]:
        """The exit code, the document of a command, and what it told."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = guarded(["--today", self.today.isoformat(), *words])
        return code, json.loads(out.getvalue() or "null"), err.getvalue()


@contextmanager
def a_county() -> Iterator[County]:
    """Six families and eight cadres, one of them at home in the first family, all paired."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        county = County(Path(folder))
        patch.setenv("JIEMIN_DB", str(county.folder / "jiemin.db"))
        families = household_rows(HOUSEHOLDS)
        cadres = [
            (f"干部{number}", UNITS[number % 2], *(("副局长", "是") if number < LEADERS else ("科员", "否")))
            for number in range(LEADERS + CLERKS)
        ]
        own = [families[0][4], *[""] * (len(cadres) - 1)]
        rows = [(*cadre, "石门镇", "望湖村", number) for cadre, number in zip(cadres, own, strict=True)]
        book = {"困难家庭": [HOUSEHOLD_HEADER, *families], "干部": [(*CADRE_HEADER, "身份证号"), *rows]}
        file = write_workbook(county.folder / "county.xlsx", book)
        assert county.run("import", str(file), "--json")[0] == 0
        assert county.run("pair", "--auto", "-y", "--json")[0] == 0
        yield county


cadre_numbers = st.integers(1, LEADERS + CLERKS).map("C{:05d}".format)
steps = st.one_of(
    *[st.tuples(st.just(verb), cadre_numbers) for verb in ("leave", "retire")],
    st.tuples(st.just("transfer"), cadre_numbers, st.sampled_from(UNITS), st.booleans()),
    st.tuples(st.just("return"), cadre_numbers, st.sampled_from(UNITS)),
    st.tuples(st.just("replace"), cadre_numbers, cadre_numbers),
    st.just(("auto",)),
    st.just(("undo",)),
)
courses = st.lists(st.tuples(steps, st.integers(0, 9), st.integers(0, 12)), min_size=8, max_size=12)


def promise(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Ask of so many courses."""
    return settings(max_examples=examples, deadline=None)


@promise(10)
@given(course=courses)
def test_whatever_cadres_do(course: list[tuple[Any, int, int]]) -> None:
    follow(course)


@pytest.mark.campaign
@promise(500)
@given(course=courses)
def test_whatever_cadres_do_in_the_long_run(course: list[tuple[Any, int, int]]) -> None:
    follow(course)


def follow(course: list[tuple[Any, int, int]]) -> None:
    """Take all steps in a county of their own."""
    with a_county() as county:
        for step, later, back in course:
            county.today += timedelta(days=later)
            take(county, step, county.today - timedelta(days=back))


def take(county: County, step: Any, day: date) -> None:
    """One step, told on today for `day`, and what must hold after it."""
    before = county.state
    if step[0] == "undo":
        if county.past:
            code, _, told = county.run("undo", "--json")
            assert (code, county.state) == (0, county.past.pop()), told
        return
    code, document, told = county.run(*words(step, day))
    assert code in {0, 1, 4, 5}, told
    after = county.state
    if code in {1, 5} or after == before:
        assert after == before
        return
    county.past.append(before)
    on = county.today if step[0] == "auto" else day
    nothing_is_lost(before[0], after[0], on.isoformat())
    spans_do_not_overlap(after[0])
    whoever_is_helped_is_led(county, after[0])
    if step[0] in {"leave", "retire", "transfer"}:
        others_keep_theirs(before[0], after[0], document["change"])
        nobody_is_left_needlessly(county, after[0], step, document["change"]["unpaired_households"])
    if step[0] == "auto":
        nobody_is_left_needlessly(county, after[0], step, document["run"]["unpaired_households"])


def words(step: Any, day: date) -> list[str]:
    """The command line of a step."""
    if step[0] == "auto":
        return ["pair", "--auto", "-y", "--json"]
    line = ["cadre", *step[:2], "--on", day.isoformat(), "-y", "--json"]
    if step[0] == "replace":
        return [*line[:3], step[2], *line[3:]]
    if step[0] in {"transfer", "return"}:
        line += ["--unit", step[2]]
    return [*line, "--hand-over"] if step[-1] is True else line


def nothing_is_lost(before: set[Row], after: set[Row], day: str) -> None:
    """What held before the day held as it did, up to the day at least."""
    now = {row.id: row for row in after}
    for row in before:
        if row.start < day:
            told = now[row.id]
            assert (told.household, told.cadre, told.role, told.start) == (
                row.household,
                row.cadre,
                row.role,
                row.start,
            )
            assert told.end == row.end or (row.end == FOREVER and told.end >= day)


def spans_do_not_overlap(rows: set[Row]) -> None:
    """A household has one lead at a time, and no pair stands twice."""
    for key in (
        lambda row: row.household if row.role == LEAD else None,
        lambda row: (row.household, row.cadre),
    ):
        subjects: dict[Any, list[Row]] = {}
        for row in rows:
            if key(row) is not None:
                subjects.setdefault(key(row), []).append(row)
        for spans in subjects.values():
            spans.sort(key=lambda row: row.start)
            for one, following in pairwise(spans):
                assert one.end <= following.start


def whoever_is_helped_is_led(county: County, rows: set[Row]) -> None:
    """Where anybody helps today, somebody leads."""
    today = county.today.isoformat()
    helped = {row.household for row in rows if row.holds(today)}
    assert helped == {row.household for row in rows if row.holds(today) and row.role == LEAD}


def others_keep_theirs(before: set[Row], after: set[Row], change: dict[str, Any]) -> None:
    """No other family's pairing changes but those the plan names."""
    ours = {each["household_no"] for each in change["households"]}
    freed = {(each["household_no"], each["cadre_no"]) for each in change["ended_elsewhere"]}
    changed = {(row.household, row.cadre) for row in before ^ after if row.household not in ours}
    assert changed <= freed


def nobody_is_left_needlessly(county: County, rows: set[Row], step: Any, alone: list[str]) -> None:
    """Nobody is without a cadre while one who may help has a free place."""
    today = county.today.isoformat()
    helped = {row.household for row in rows if row.holds(today)}
    assert not helped & set(alone)
    for cadre, leader in county.serving().items():
        load = sum(row.cadre == cadre and row.holds(today) for row in rows)
        if load < (LEADER_MAX if leader else 1) and not (step[0] == "transfer" and step[1] == cadre):
            may_not = {"A001"} if cadre == "C00001" else set()
            assert set(alone) <= may_not, f"{cadre} is free"
