"""Answering for findings: set aside while the facts stand, back when they change, never stored themselves."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from support.stored_county import STAMP, rows, stored_county

from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.periods import Quarter
from jiemin.errors import JieminError, NotFoundError
from jiemin.policy.book_file import load_book
from jiemin.storage.database import Database
from jiemin.usecases.acknowledge_findings import acknowledge
from jiemin.usecases.check_records import Checked, CheckFilter, Judged, Yardstick, check_records
from jiemin.usecases.undo_action import undo_action

TODAY = date(2014, 7, 10)
YARDSTICK = Yardstick(CheckSettings(), Rules(), load_book())
SIZE = "UPDATE household_span SET size = {size} WHERE household_id = 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "county.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    with stored_county(file) as database:
        change(file, SIZE.format(size=5))
        yield database


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def checked(database: Database) -> Checked:
    return check_records(database, TODAY, YARDSTICK)


def one(database: Database, number: str) -> Judged | None:
    return next((each for each in checked(database).findings if each.finding.number == number), None)


def answer(database: Database, *numbers: str, reason: str = "已上门核实") -> list[str]:
    done = acknowledge(database, STAMP, numbers, reason, TODAY, YARDSTICK)
    return [each.number for each in done.findings]


def test_several_are_set_aside_at_once(database: Database) -> None:
    before = checked(database)
    assert {"K107-A1", "K301-A3"} <= {each.finding.number for each in before.open}
    assert answer(database, "K107-A1", "k301-a3", "K107-A1") == ["K107-A1", "K301-A3"]
    after = checked(database)
    assert len(after.findings) == len(before.findings)
    assert {each.finding.number for each in after.set_aside} == {"K107-A1", "K301-A3"}
    assert len(after.open) == len(before.open) - 2
    judged = one(database, "K107-A1")
    assert judged and judged.answer and (judged.answer.reason, judged.answer.day) == ("已上门核实", TODAY)


def test_it_comes_back_when_its_facts_change(database: Database, file: Path) -> None:
    answer(database, "K107-A1")
    change(file, SIZE.format(size=6))
    judged = one(database, "K107-A1")
    assert judged and judged.answer is None
    assert judged.earlier and judged.earlier.reason == "已上门核实"
    change(file, SIZE.format(size=5))
    judged = one(database, "K107-A1")
    assert judged and judged.answer is not None


def test_other_facts_do_not_bring_it_back(database: Database, file: Path) -> None:
    answer(database, "K107-A1")
    change(file, "UPDATE household_span SET needs = '要看病', phones = NULL WHERE household_id = 1")
    change(file, "UPDATE person SET name = '改了名' WHERE id = 10")
    judged = one(database, "K107-A1")
    assert judged and judged.answer is not None


def test_a_mended_fault_is_gone_and_its_answer_harmless(database: Database, file: Path) -> None:
    answer(database, "K107-A1")
    change(file, SIZE.format(size=3))
    assert one(database, "K107-A1") is None


def test_one_unknown_number_and_nothing_is_set_aside(database: Database, file: Path) -> None:
    with pytest.raises(NotFoundError, match=r"K107-A2.*、“胡说”"):
        answer(database, "K107-A1", "K107-A2", "胡说")
    assert rows(file, "SELECT count(*) FROM acknowledgement") == [(0,)]


def test_a_reason_must_be_told(database: Database) -> None:
    with pytest.raises(JieminError, match="没有写原因"):
        answer(database, "K107-A1", reason="  ")


def test_the_same_answer_twice_is_written_once(database: Database, file: Path) -> None:
    answer(database, "K107-A1")
    done = acknowledge(database, STAMP, ["K107-A1"], "已上门核实", TODAY, YARDSTICK)
    assert (done.findings, [each.number for each in done.before]) == ((), ["K107-A1"])
    assert rows(file, "SELECT count(*) FROM acknowledgement") == [(1,)]
    assert answer(database, "K107-A1", reason="名册漏了两人") == ["K107-A1"]
    judged = one(database, "K107-A1")
    assert judged and judged.answer and judged.answer.reason == "名册漏了两人"


def test_an_answer_is_taken_back_like_any_action(database: Database, file: Path) -> None:
    answer(database, "K107-A1")
    (last,) = rows(file, "SELECT max(id) FROM action")
    undo_action(database, STAMP, last[0])
    judged = one(database, "K107-A1")
    assert judged and judged.answer is None
    assert judged.earlier is None


def test_only_answers_are_stored(database: Database, file: Path) -> None:
    answer(database, "K107-A1")
    assert rows(file, "SELECT finding, reason, day, length(facts) FROM acknowledgement") == [
        ("K107-A1", "已上门核实", "2014-07-10", 64)
    ]


def test_a_finding_of_a_check_of_another_quarter_is_answered_for_with_it(
    database: Database, file: Path
) -> None:
    change(
        file,
        "INSERT INTO visit (id, visit_no, household_id, day, kind, met) "
        "VALUES (900, 'V900', 1, '2012-05-20', '走访', '无人')",
    )
    spring = Quarter(2012, 2)

    def of_spring() -> Judged:
        some = check_records(database, TODAY, YARDSTICK, CheckFilter(quarter=spring)).findings
        return next(each for each in some if each.finding.number == "K210-V900")

    assert of_spring().answer is None
    with pytest.raises(NotFoundError):
        answer(database, "K210-V900")
    acknowledge(database, STAMP, ["K210-V900"], "已作说明", TODAY, YARDSTICK, spring)
    answered = of_spring().answer
    assert answered and answered.reason == "已作说明"
