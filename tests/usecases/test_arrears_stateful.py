"""Whatever is published late or corrected backwards, what was paid comes out as what is due.

Raises, corrections, payments, looks for arrears, approvals and takings back are drawn in any order. Right
after approved arrears, the approved awards and differences of every household, item and period add up to what
a slow reckoning gives; and at all times nobody was paid twice, and nothing was deducted from a payment.
"""

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from support.arrears_county import (
    CLASSES,
    FAMILIES,
    KEYS,
    NEW_YEAR,
    NUMBERS,
    Approvals,
    Policy,
    Purpose,
    days_of,
    dues,
    histories,
    rewrite,
)
from support.families import STAMP, add_families, compute, rows

from jiemin.domain.periods import Month, Year
from jiemin.errors import JieminError
from jiemin.storage.database import open_database
from jiemin.usecases.approve_run import approve_run, preview_approval
from jiemin.usecases.find_arrears import ArrearsFound, find_arrears
from jiemin.usecases.subsidy_pay_list import subsidy_pay_list
from jiemin.usecases.void_run import void_run

PICK = st.integers(0, 10**6)
MONTHS = [f"{year}-{month:02d}" for year in (2014, 2015) for month in range(1, 13)]
PERSONS, FEN = st.integers(1, 5), st.sampled_from([0, 100, 33_333, 60_000, 250_001])
CHANGES = st.one_of(
    st.fixed_dictionaries({"covered": PERSONS}),
    st.sampled_from([{"covered": None}, {"size": None}, {"income_fen": None, "income_period": None}]),
    st.fixed_dictionaries({"income_fen": FEN, "income_period": st.sampled_from(["month", "year"])}),
    st.fixed_dictionaries({"size": PERSONS, "status": st.sampled_from(["在册", "在册", "停保"])}),
    st.sampled_from(CLASSES),
)
ALL_LINES = (
    "SELECT run_no, kind, household_no, item, line.period, fen FROM "
    "(SELECT run_id, household_id, item, period, after_fen AS fen FROM award "
    "UNION ALL SELECT run_id, household_id, item, period, difference_fen FROM arrear) AS line "
    "JOIN subsidy_run ON subsidy_run.id = run_id JOIN household ON household.id = household_id "
    "WHERE status = '已批准'"
)


def month_of(period: str) -> Month:
    return Month(*map(int, period.split("-")))


class Bureau(RuleBasedStateMachine):
    """What a bureau does in a year and a half."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(shutil.copy(self.template, Path(self.folder.name) / "x.db"))
        self.database = open_database(path).__enter__()
        self.today = date(2014, 2, 10)
        self.policy, self.histories = Policy(), histories()
        self.book = self.policy.book(path.parent)
        self.last_due: dict[str, dict[Purpose, int]] = {}
        """Approved run → what its lines said was due; runs in the order of approval."""
        self.approved_on: dict[str, date] = {}

    def teardown(self) -> None:
        self.settled()
        self.database.__exit__(None, None, None)
        self.folder.cleanup()

    # what is known

    def ledger(self) -> Counter[Purpose]:
        """What all approved runs add up to."""
        paid: Counter[Purpose] = Counter()
        for _, _, *purpose, fen in rows(self.database, ALL_LINES):
            paid[tuple(purpose)] += fen
        return paid

    def approved(self) -> list[str]:
        """The approved periods."""
        query = "SELECT period FROM subsidy_run WHERE kind = '发放' AND status = '已批准' ORDER BY period"
        return [period for (period,) in rows(self.database, query)]

    def due(self, periods: list[str]) -> dict[Purpose, int | None]:
        found: dict[Purpose, int | None] = {}
        for period in periods:
            found |= dues(self.policy, self.histories, period, self.today, self.approvals(period))
        return found

    def approvals(self, period: str) -> Approvals:
        """The approved runs that say anything of a period, by the days on which they were approved."""
        told = Approvals()
        for number, day in self.approved_on.items():
            if number not in self.last_due:
                continue
            own = frozenset(each for each in self.last_due[number] if each[2] == period)
            if self.order(number)[0]:
                told.later.append((day, own))
            elif (number, period) in self.regular():
                told.first, told.awarded = day, own
        return told

    def regular(self) -> list[tuple[str, str]]:
        """Number and period of the regular runs."""
        return [
            tuple(row)
            for row in rows(self.database, "SELECT run_no, period FROM subsidy_run WHERE kind = '发放'")
        ]

    def expected(self, periods: list[str]) -> dict[Purpose, int]:
        """Purpose → the difference that a look must find."""
        due, paid = self.due(periods), self.ledger()
        known = {
            each: (due.get(each, 0) or 0) - paid[each]
            for each in {*due, *paid}
            if each[2] in periods and due.get(each, 0) is not None
        }
        return {each: fen for each, fen in known.items() if fen}

    # what happens

    @initialize()
    def begin(self) -> None:
        self.pay("2014-01")

    @rule(days=st.integers(10, 75))
    def time_goes_by(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), date(2015, 8, 1))

    @rule(key=st.sampled_from(KEYS), at=PICK, fen=st.integers(30_000, 70_000), settle=st.booleans())
    def published_late(self, key: str, at: int, fen: int, settle: bool) -> None:
        month = MONTHS[at % (2 + self.today.year * 12 + self.today.month - 2014 * 12)]
        start = NEW_YEAR if at % 2 else days_of(month)[0]
        self.policy.values.setdefault(key, {})[start] = fen
        self.book = self.policy.book(Path(self.folder.name))
        if settle:
            self.settled()

    @rule(who=PICK, ago=st.sampled_from([0, 20, 60, 600]), told=CHANGES, settle=st.booleans())
    def corrected(self, who: int, ago: int, told: dict[str, Any], settle: bool) -> None:
        place = who % len(NUMBERS)
        history = self.histories[NUMBERS[place]]
        history.correct(max(NEW_YEAR, self.today - timedelta(days=ago)), told)
        rewrite(self.database, place + 1, history)
        if settle:
            self.settled()

    @rule(at=PICK)
    def paid(self, at: int) -> None:
        begun = [each for each in [*MONTHS, "2014", "2015"] if days_of(each)[0] <= self.today]
        unpaid = [each for each in begun if each not in self.approved()]
        for each in (unpaid or begun)[at % 3 :][:3]:
            self.pay(each)

    def pay(self, period: str) -> None:
        """Compute and approve a period; one that is approved already is refused."""
        closed = period in self.approved()
        named: Any = {"month": month_of(period)} if "-" in period else {"year": Year(int(period))}
        try:
            compute(self.database, self.today, self.book, **named)
            self.approve(period)
        except JieminError as fault:
            assert closed or "政策文件里没有" in fault.message or "没有" in fault.message, fault.message
            return
        assert not closed
        due = {each: fen for each, fen in self.due([period]).items() if fen is not None}
        paid = {each: fen for each, fen in self.ledger().items() if each[2] == period}
        assert paid == due
        self.last_due[self.run_no(period)] = due

    def approve(self, text: str) -> None:
        seen = preview_approval(self.database, STAMP, text, self.book, self.today)
        self.approved_on[approve_run(self.database, STAMP, seen, self.today).run_no] = self.today

    def run_no(self, period: str) -> str:
        query = "SELECT period, run_no FROM subsidy_run WHERE status = '已批准' AND kind = '发放'"
        return str(dict(rows(self.database, query))[period])

    @rule(first=PICK, last=PICK, limited=st.booleans())
    def looked(self, first: int, last: int, limited: bool) -> None:
        periods = self.approved()
        start, end = sorted([MONTHS[first % 18], MONTHS[last % 18]]) if limited else (MONTHS[0], MONTHS[-1])
        wanted = [
            each
            for each in periods
            if each[:4] <= end[:4] and each[:4] >= start[:4] and ("-" not in each or start <= each <= end)
        ]

        limits = {"first": month_of(start), "last": month_of(end)}

        if not wanted:
            with pytest.raises(JieminError, match="批准过的"):
                self.look(**limits)
            return
        found = self.checked(wanted, **limits)
        again = self.look(**limits)
        assert (again.run_no, again.lines, again.written) == (found.run_no, found.lines, False)
        drafts = "SELECT run_no FROM subsidy_run WHERE kind = '补发' AND status = '草稿'"
        assert rows(self.database, drafts) == ([(found.run_no,)] if found.lines else [])

    def checked(self, periods: list[str], **limits: Any) -> ArrearsFound:
        """A look finds every difference that can be told, and no other."""
        found = self.look(**limits)
        assert {each.purpose: each.difference_fen for each in found.lines} == self.expected(periods)
        return found

    def look(self, **limits: Any) -> ArrearsFound:
        return find_arrears(self.database, STAMP, self.book, self.today, **limits)

    @rule()
    def settled(self) -> None:
        """A look, approved at once: then all that can be told is as it should be."""
        periods = self.approved()
        if not periods:
            return
        found = self.checked(periods)
        if found.lines:
            self.approve(found.run_no)
            self.last_due[found.run_no] = {each.purpose: each.due_fen for each in found.lines}
        paid, due = self.ledger(), self.due(periods)
        for purpose in {*paid, *due}:
            wanted = due.get(purpose, 0)
            assert wanted is None or paid[purpose] == wanted, purpose
        assert not self.look().lines

    @rule()
    def a_draft_of_arrears_is_approved_as_it_stands(self) -> None:
        query = (
            "SELECT run_no, household_no, item, arrear.period, due_fen FROM arrear JOIN subsidy_run "
            "ON subsidy_run.id = run_id JOIN household ON household.id = household_id WHERE status = '草稿'"
        )
        lines = rows(self.database, query)
        if not lines:
            return
        number = str(lines[0][0])
        try:
            self.approve(number)
        except JieminError as fault:
            assert "笔差额已不符" in fault.message or "没有批准过的" in fault.message, fault.message
            return
        self.last_due[number] = {(household, item, period): due for _, household, item, period, due in lines}

    @rule(at=PICK)
    def taken_back(self, at: int) -> None:
        """A run is voided, unless approved arrears rest on it."""
        numbers = list(self.last_due)
        if not numbers:
            return
        arrears = [each for each in numbers if self.order(each)[0]]
        drawn = arrears if arrears and at % 4 else numbers
        number = drawn[at // 4 % len(drawn)]
        held = self.last_due[number]
        regular = dict(rows(self.database, "SELECT run_no, period FROM subsidy_run WHERE kind = '发放'"))
        later = [each for each in numbers if each > number and each not in regular]
        rests = any(
            (number in regular and purpose[2] == regular[number]) or purpose in held
            for each in later
            for purpose in self.last_due[each]
        )
        if rests:
            with pytest.raises(JieminError, match="已有批准的补发批次"):
                void_run(self.database, STAMP, number, "错了", self.today)
            return
        void_run(self.database, STAMP, number, "错了", self.today)
        del self.last_due[number]

    # what must hold

    @invariant()
    def nobody_is_paid_twice(self) -> None:
        """What was paid is what the last approved run to say anything of it said was due."""
        said: dict[Purpose, int] = {}
        for number in sorted(self.last_due, key=self.order):
            said |= self.last_due[number]
        assert {each: fen for each, fen in self.ledger().items() if fen} == {
            each: fen for each, fen in said.items() if fen
        }
        awards = "SELECT household_no, item, line.period FROM (" + ALL_LINES + ") AS line WHERE kind = '发放'"
        paid = Counter(rows(self.database, awards))
        assert all(times == 1 for times in paid.values())

    def order(self, number: str) -> tuple[bool, str]:
        """Regular runs first: arrears come after the run they rest on."""
        arrears = "SELECT run_no FROM subsidy_run WHERE kind = '补发'"
        return (number,) in rows(self.database, arrears), number

    @invariant()
    def recoveries_reduce_no_payment(self) -> None:

        query = "SELECT run_no, paid_fen, owed_back_fen, status FROM subsidy_run WHERE kind = '补发'"
        for number, paid, owed_back, status in rows(self.database, query):
            if status != "已批准":
                continue

            fens = [fen for run, *_, fen in rows(self.database, ALL_LINES) if run == number]
            assert (paid, owed_back) == (sum(f for f in fens if f > 0), -sum(f for f in fens if f < 0))
            listed = subsidy_pay_list(self.database, number, self.today).listed
            assert listed.totals.fen == paid
            assert sum(line.fen for _, line in listed.owed_back) == owed_back


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bureau") / "bureau.db"
    with open_database(path, create=True) as database:
        add_families(database, *FAMILIES, since=NEW_YEAR)
    return path


def history(template: Path, examples: int, steps: int) -> None:
    Bureau.template = template
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Bureau, settings=chosen)


def test_what_was_paid_comes_out_as_what_is_due(template: Path) -> None:
    history(template, 10, 20)


@pytest.mark.campaign
def test_over_many_histories_it_comes_out_as_what_is_due(template: Path) -> None:
    history(template, 150, 45)
