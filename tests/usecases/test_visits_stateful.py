"""Whatever happens to families, cadres, pairings and visits, the counts are those of a plain diary.

Events are drawn in any order over months; half of them cannot be, and then nothing changes. After each, the
due list by household, cadre, unit and town, the list of visits and the quarter's report are compared with the
diary's slow counting; and no visit, pairing or word that was ever noted is gone.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test
from support.diary_county import CADRES, SETTINGS, UNITS, DiaryCounty
from support.rosters import write_workbook
from support.stored_county import PLACES, STAMP, stored_county
from support.visit_oracle import Told

from jiemin.domain.codes import HouseholdClass, HouseholdStatus, Relation, Role, Sex, VisitKind
from jiemin.errors import JieminError
from jiemin.usecases import cadre_changes
from jiemin.usecases.correct_visit import CorrectionTold, correct_visit
from jiemin.usecases.household_events.birth import birth
from jiemin.usecases.household_events.death import die
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.leaving import come_back, leave
from jiemin.usecases.household_events.marriage import marry_in, marry_out
from jiemin.usecases.household_events.moving import move
from jiemin.usecases.household_events.newcomer import Newcomer
from jiemin.usecases.household_events.reclassing import NewClass, reclass
from jiemin.usecases.household_events.splitting import SplitOff, split
from jiemin.usecases.import_workbook import import_files
from jiemin.usecases.list_visits import VisitFilter, list_visits
from jiemin.usecases.pair_by_hand import end_pairing, pair_one
from jiemin.usecases.pair_households import PairingRequest, pair_all
from jiemin.usecases.record_visit import VisitTold, record_visit
from jiemin.usecases.replace_cadre import replace_cadre
from jiemin.usecases.settle_duplicates import merge_records
from jiemin.usecases.take_post import PostTold
from jiemin.usecases.undo_action import undo_action
from jiemin.usecases.void_visit import void_visit

VILLAGES = ("梧桐街道某村", "乌镇镇某村", "石门镇某村")
PICK = st.integers(0, 10**6)
FEW, MANY = st.integers(0, 12), st.integers(0, 40)


class County(DiaryCounty):
    """What may happen."""

    @initialize(days=FEW)
    def begin(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(days=MANY)
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.compare()

    @rule(
        at=PICK,
        days=FEW,
        kind=st.sampled_from([*VisitKind, VisitKind.CALL_ON]),
        who=PICK,
        more=st.integers(0, 3),
    )
    def visited(self, at: int, days: int, kind: VisitKind, who: int, more: int) -> None:
        number, day = self.household(at), self.today - timedelta(days=days)
        paired = sorted(self.diary.on(day).helpers(number)) or CADRES
        came = tuple(dict.fromkeys([paired[who % len(paired)], CADRES[who % 7], CADRES[who // 7 % 7]][:more]))
        told = VisitTold(number, came, day, kind, note=f"说了第{self.asked}句话", not_paired=True)
        self.asked += 1

        def note(done: Any) -> None:
            named = frozenset(cadre for cadre, _ in done.cadres)
            assert set(came) <= named
            self.diary.visits[done.visit_no] = Told(number, day, kind, named)
            self.diary.words[done.visit_no] = [str(told.note)]

        self.attempt(lambda: record_visit(self.database, STAMP, told, self.today), note)

    @rule(at=PICK, days=FEW, who=PICK, kind=st.sampled_from(list(VisitKind)), what=st.integers(1, 7))
    def corrected(self, at: int, days: int, who: int, kind: VisitKind, what: int) -> None:
        number = self.visit_no(at)
        old = self.diary.visits[number]
        word = f"改成第{self.asked}句话"
        self.asked += 1
        day, cadre = old.day - timedelta(days=days), CADRES[who % 7]
        fields: dict[str, Any] = {"note": word}
        fields |= ({"day": day} if what & 1 else {}) | ({"kind": kind} if what & 2 else {})
        cadres = (cadre,) if what & 4 else ()
        told = CorrectionTold(number, fields, "记错了", cadres, not_paired=True)

        def note(_: Any) -> None:
            self.diary.visits[number] = Told(
                old.household,
                day if what & 1 else old.day,
                kind if what & 2 else old.kind,
                frozenset(cadres) if cadres else old.cadres,
            )
            self.diary.words.setdefault(number, []).append(word)

        self.attempt(lambda: correct_visit(self.database, STAMP, told, self.today), note)

    @rule(at=PICK)
    def voided(self, at: int) -> None:
        number = self.visit_no(at)
        old = self.diary.visits[number]

        def note(_: Any) -> None:
            self.diary.visits[number] = Told(old.household, old.day, old.kind, old.cadres, voided=True)

        self.attempt(lambda: void_visit(self.database, STAMP, number, "没有去", self.today), note)

    @precondition(lambda self: self.asked % 4 == 3)
    @rule(at=PICK, days=FEW, who=PICK)
    def visits_come_in_a_workbook(self, at: int, days: int, who: int) -> None:
        number, day, cadre = self.household(at), self.today - timedelta(days=days), CADRES[who % 7]
        header = ("走访日期", "户编号", "走访干部编号", "走访方式", "暖心手记")
        path = Path(self.folder.name) / f"{self.asked}.xlsx"
        word = f"表里第{self.asked}句话"
        self.asked += 1
        write_workbook(path, {"走访记录": [header, (day, number, cadre, "走访", word)]})

        def note(_: Any) -> None:
            for told in list_visits(self.database, self.today, VisitFilter(voided=True)):
                if told.row.visit_no not in self.diary.visits:
                    assert (told.row.household_no, told.row.day) == (number, day)
                    self.diary.visits[told.row.visit_no] = Told(
                        number, day, VisitKind.CALL_ON, frozenset({cadre})
                    )
                    self.diary.words[told.row.visit_no] = [word]

        self.attempt(lambda: import_files([path], self.path, STAMP, PLACES, today=self.today), note)

    @rule(at=PICK, status=st.sampled_from([s for s in HouseholdStatus if s is not HouseholdStatus.ACTIVE]))
    def family_leaves(self, at: int, status: HouseholdStatus) -> None:
        number = self.household(at)
        if self.event(leave(number, status, "原因")):
            page = self.diary.on(self.today)
            assert number not in page.active
            assert not page.helpers(number)

    @rule(at=PICK)
    def family_returns(self, at: int) -> None:
        number = self.household(at)
        if self.event(come_back(number)):
            assert number in self.diary.on(self.today).active

    @rule(at=PICK, where=st.sampled_from(VILLAGES))
    def family_moves(self, at: int, where: str) -> None:
        number = self.household(at)
        if self.event(move(number, where, PLACES)):
            assert self.diary.on(self.today).town[number] == where.removesuffix("某村")

    @rule(at=PICK, who=PICK, other=PICK)
    def family_changes(self, at: int, who: int, other: int) -> None:
        number = self.household(at)
        member = self.member(number, who)
        new = Newcomer(f"新人{self.asked}", Sex.FEMALE, self.today, "", Relation.DAUGHTER)
        spouse = Newcomer(f"新人{self.asked}", Sex.FEMALE, date(1990, 1, 1))
        self.asked += 1
        label = list(HouseholdClass)[other % 6]
        acts = (
            birth(number, new),
            die(number, member, "病故", self.member(number, other)),
            marry_in(number, member, spouse),
            marry_out(number, member, self.member(number, other)),
            reclass(number, NewClass(label), "复核"),
        )
        self.event(acts[who % 5])

    @rule(at=PICK, who=PICK)
    def family_splits(self, at: int, who: int) -> None:
        number = self.household(at)
        member = self.member(number, who)
        self.event(split(number, SplitOff((member,), member), PLACES))

    @rule(at=PICK, other=PICK)
    def families_join(self, at: int, other: int) -> None:
        self.event(join(self.household(at), self.household(other)))

    @rule(at=PICK, who=st.sampled_from(CADRES), role=st.sampled_from([None, *Role]))
    def paired(self, at: int, who: str, role: Role | None) -> None:
        number = self.household(at)

        def act() -> Any:
            return pair_one(self.database, STAMP, number, who, role, self.today, SETTINGS.rules)

        if self.attempt(act):
            assert who in self.diary.on(self.today).helpers(number)

    @rule(at=PICK)
    def pairing_ends(self, at: int) -> None:
        pairs = sorted(self.diary.on(self.today).helps)
        number, who = pairs[at % len(pairs)] if pairs else ("A1", "C1")

        def act() -> Any:
            return end_pairing(self.database, STAMP, number, who, self.today, "调整", self.today)

        if self.attempt(act):
            assert who not in self.diary.on(self.today).helpers(number)

    @rule()
    def paired_by_the_program(self) -> None:
        asked = PairingRequest(SETTINGS, on=self.today)
        self.attempt(lambda: pair_all(self.database, STAMP, self.today, asked))

    @rule(who=st.sampled_from(CADRES))
    def cadre_leaves(self, who: str) -> None:
        def act() -> Any:
            day = self.today
            return cadre_changes.leave(
                self.database, STAMP, who, day, day, reason="调离", settings=SETTINGS
            )  # fmt: skip

        if self.attempt(act):
            assert all(cadre != who for _, cadre in self.diary.on(self.today).helps)

    @rule(who=st.sampled_from(CADRES), unit=st.sampled_from(UNITS))
    def cadre_comes_back(self, who: str, unit: str) -> None:
        told = PostTold(unit, "科员")
        self.attempt(lambda: cadre_changes.come_back(self.database, STAMP, who, told, self.today, self.today))

    @rule(who=st.sampled_from(CADRES), unit=st.sampled_from(UNITS), handing_over=st.booleans())
    def cadre_is_transferred(self, who: str, unit: str, handing_over: bool) -> None:
        told, day = PostTold(unit, "科员"), self.today

        def act() -> Any:
            options: dict[str, Any] = {"settings": SETTINGS, "handing_over": handing_over}
            return cadre_changes.transfer(self.database, STAMP, who, told, day, day, **options)

        if self.attempt(act):
            assert self.diary.on(day).unit[who] == unit

    @rule(who=st.sampled_from(CADRES), heir=st.sampled_from(CADRES))
    def cadre_is_replaced(self, who: str, heir: str) -> None:
        had = {number for number, cadre in self.diary.on(self.today).helps if cadre == who}

        def act() -> Any:
            return replace_cadre(self.database, STAMP, who, heir, self.today, self.today, settings=SETTINGS)

        if self.attempt(act):
            page = self.diary.on(self.today)
            assert all(heir in page.helpers(number) and who not in page.helpers(number) for number in had)

    @precondition(lambda self: self.asked % 5 == 4)
    @rule(at=PICK, other=PICK)
    def two_were_one(self, at: int, other: int) -> None:
        kept, gone = self.household(at), self.household(other)

        def act() -> Any:
            return merge_records(self.database, STAMP, kept, gone, self.today)

        def note(done: Any) -> None:
            self.diary.merge(done.kept, done.gone)
            self.history = self.pairings()

        self.asked += 1
        self.attempt(act, note)

    @precondition(lambda self: self.before)
    @rule()
    def taken_back(self) -> None:
        last = self.before[-1]
        try:
            undo_action(self.database, STAMP, None)
        except JieminError as fault:
            assert fault.message
            return
        self.before.pop()
        self.diary = last
        self.history = self.pairings()
        self.compare()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "county.db"
    with stored_county(path):
        pass
    return path


def history(template: Path, examples: int, steps: int) -> None:
    County.template = template
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(County, settings=chosen)


def test_the_counts_are_those_of_the_diary(template: Path) -> None:
    history(template, 5, 14)


@pytest.mark.campaign
def test_over_a_year_the_counts_are_those_of_the_diary(template: Path) -> None:
    history(template, 120, 30)
