"""The small county under a diary: what may be drawn of it, how events are noted, what must hold after each.

Events themselves are told by those who use it.
"""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from jiemin.domain.codes import HouseholdStatus, VisitKind
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import Quarter
from jiemin.errors import JieminError
from jiemin.policy.book_file import load_book
from jiemin.storage.database import open_database
from jiemin.usecases.build_report import build_report
from jiemin.usecases.household_events.helpers import Act, happen
from jiemin.usecases.list_visits import VisitFilter, list_visits
from jiemin.usecases.look_up import HouseholdFilter, list_cadres, list_households, list_pairings
from jiemin.usecases.show_visit import show_visit
from jiemin.usecases.visit_due import DueFilter, Share, visits_due
from support.small_county import small_county
from support.stored_county import STAMP, rows
from support.visit_oracle import DAY, Diary, Made, Page, Reckoning, Told

BOOK, SETTINGS = load_book(), PairingSettings()
NEW_YEAR, BEGIN = date(2014, 1, 1), date(2014, 6, 21)
UNITS = ("市民政局", "市教育局", "市财政局")
CADRES = [f"C{each}" for each in range(1, 8)]


def pages_until(end: date) -> dict[date, Page]:
    """The small county as it is told, one page a day."""
    facts, found = small_county(), {}
    for each in range((end - NEW_YEAR).days + 1):
        day = NEW_YEAR + DAY * each
        active = frozenset(
            h.household_no for h in facts.households if any(s.start <= day < s.end for s in h.active)
        )
        helps = {(p.household_no, p.cadre_no): p.role.value for p in facts.pairings if p.start <= day < p.end}
        serving = {c.cadre_no: c.unit for c in facts.cadres if c.serving or day < date(2014, 5, 1)}
        found[day] = Page(active, {h.household_no: h.town for h in facts.households}, helps, serving)
    return found


class DiaryCounty(RuleBasedStateMachine):
    """The small county from 21 June on."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(shutil.copy(self.template, Path(self.folder.name) / "x.db"))
        self.database = open_database(self.path).__enter__()
        self.today = BEGIN
        visits = {
            v.visit_no: Told(v.household_no, v.day, v.kind, frozenset(v.cadre_nos))
            for v in small_county().visits
        }
        self.diary = Diary(pages_until(BEGIN), visits)
        self.before: list[Diary] = []
        self.history = self.pairings()
        self.asked = self.steps = 0

    def teardown(self) -> None:
        self.compare_all()
        self.database.__exit__(None, None, None)
        self.folder.cleanup()

    # what is drawn

    def household(self, at: int) -> str:
        numbers = sorted(self.diary.on(self.today).town)
        return numbers[at % len(numbers)]

    def member(self, number: str, at: int) -> str:
        query = (
            "SELECT name FROM membership JOIN person ON person.id = person_id JOIN household ON "
            "household.id = household_id WHERE household_no = ? AND valid_to > '9999' ORDER BY person.id"
        )
        names = [name for (name,) in rows(self.path, query, number)] or ["无此人"]
        return str(names[at % len(names)])

    def visit_no(self, at: int) -> str:
        numbers = sorted(self.diary.visits)
        return numbers[at % len(numbers)]

    # what happens

    def attempt(self, act: Callable[[], Any], note: Callable[[Any], None] = lambda _: None) -> bool:
        """Do it, write the diary, and compare; what cannot be changes nothing."""
        old, last = self.diary.copy(), self.actions()
        try:
            done = act()
        except JieminError as fault:
            assert fault.message
            assert self.actions() == last
            return False
        note(done)
        self.write_page()
        if self.actions() > last:
            self.before.append(old)
        self.compare()
        return True

    def actions(self) -> int:
        return int(rows(self.path, "SELECT coalesce(max(id), 0) FROM action")[0][0])

    def write_page(self) -> None:
        day, database = self.today, self.database
        views = list_households(database, day, HouseholdFilter(everything=True))
        self.diary.pages[day] = Page(
            frozenset(v.state.household_no for v in views if v.state.status == HouseholdStatus.ACTIVE),
            {v.state.household_no: v.place.town for v in views},
            {(v.row.household_no, v.row.cadre_no): v.row.role for v in list_pairings(database, day)},
            {v.state.cadre_no: v.state.unit for v in list_cadres(database, day)},
        )

    def event(self, act: Act, note: Callable[[Any], None] = lambda _: None) -> bool:
        return self.attempt(lambda: happen(self.database, STAMP, act, self.today, self.today, SETTINGS), note)

    # what must hold

    def pairings(self) -> dict[tuple[str, str, date], tuple[str, date]]:
        found = [view.row for view in list_pairings(self.database, self.today, ended=True)]
        return {(row.household_no, row.cadre_no, row.start): (row.role, row.end) for row in found}

    def compare(self) -> None:
        """The running quarter after each event; all else now and then."""
        self.nothing_is_gone()
        self.counts_agree(Quarter.of(self.today))
        self.steps += 1
        if self.steps % 5 == 0:
            self.compare_all()

    def compare_all(self) -> None:
        for quarter in {
            Quarter(2014, 2),
            Quarter.of(self.today - timedelta(days=60)),
            Quarter.of(self.today),
        }:
            self.counts_agree(quarter)
            self.report_agrees(quarter)
        self.lists_agree()
        self.words_are_kept()

    def nothing_is_gone(self) -> None:
        now = self.pairings()
        for (number, who, start), (role, end) in self.history.items():
            if start < self.today:
                assert (number, who, start) in now
                assert now[number, who, start][0] == role
                assert now[number, who, start][1] == end or end > self.today
        self.history = now
        listed = {each.row.visit_no: each.row for each in self.visits(voided=True)}
        assert listed.keys() == self.diary.visits.keys()
        for number, told in self.diary.visits.items():
            row = listed[number]
            assert (row.household_no, row.day, row.kind) == (told.household, told.day, told.kind)
            assert {cadre for _, cadre, _ in row.cadres} == told.cadres
            assert (row.voided_on is not None) == told.voided

    def words_are_kept(self) -> None:
        for number, words in self.diary.words.items():
            shown = repr(show_visit(self.database, number, self.today))
            assert all(word in shown for word in words)

    def visits(self, **wanted: Any) -> Any:
        return list_visits(self.database, self.today, VisitFilter(**wanted))

    def counts_agree(self, quarter: Quarter) -> None:
        view = visits_due(self.database, quarter, self.today, DueFilter(everything=True))
        wanted = Reckoning(self.diary, quarter, self.today)
        assert _made(view.whole) == wanted.households()
        assert {town: _made(share) for town, share in view.towns().items()} == wanted.towns()
        assert {line.cadre_no: _made(share) for line, share in view.cadres()} == wanted.cadres()
        assert {unit: _made(share) for unit, share in view.units().items()} == wanted.units()

    def report_agrees(self, quarter: Quarter) -> None:
        wanted = Reckoning(self.diary, quarter, self.today)
        report = build_report(self.database, BOOK, quarter, self.today).report
        assert report.failed_checks == ()
        for table, groups in ((report.by_town, wanted.towns()), (report.by_unit, wanted.units())):
            keys = [column.key for column in table.columns]
            figures = {row.name: dict(zip(keys, row.figures, strict=True)) for row in table.rows}
            told = {name: (row["due"], row["made"]) for name, row in figures.items() if row["due"]}
            assert told == {name: (len(due), len(made)) for name, (due, made) in groups.items()}

    def lists_agree(self) -> None:
        """How many visits there were, of a household, cadre, unit and town."""
        live = {number: told for number, told in self.diary.visits.items() if not told.voided}
        came = {number: self.diary.came(told) for number, told in live.items()}
        served = {v: {self.diary.served(each, told.day) for each in came[v]} for v, told in live.items()}
        here = self.diary.on(self.today).town
        for number in here:
            self.same(
                self.visits(household=number), {v for v, told in live.items() if told.household == number}
            )
        for cadre in CADRES:
            self.same(self.visits(cadre=cadre), {v for v in live if cadre in came[v]})
        for unit in UNITS:
            self.same(self.visits(unit=unit), {v for v in live if unit in served[v]})
        for town in {*here.values()}:
            self.same(self.visits(town=town), {v for v, told in live.items() if here[told.household] == town})
        extra = {v for v, t in live.items() if t.kind is not VisitKind.PHONE and not self.diary.counts(t)}
        self.same(self.visits(extra=True), extra)

    @staticmethod
    def same(views: Any, wanted: set[str]) -> None:
        assert {each.row.visit_no for each in views} == wanted


def _made(share: Share) -> Made:
    return frozenset(share.due), frozenset(share.made)
