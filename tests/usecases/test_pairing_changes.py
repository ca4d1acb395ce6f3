"""Writing an answer: what the run keeps, by which run pairings began and ended, and a part of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.imports import rows_of
from support.rosters import county, write_workbook

from jiemin.domain.codes import Role
from jiemin.domain.pairing.problem import Pair, PairingResult
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.pairing.solve import solve
from jiemin.policy.places_file import load_places
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.usecases.import_workbook import import_files
from jiemin.usecases.pair_by_hand import pair_one
from jiemin.usecases.pair_households import PairingRequest, apply_proposal, pair_all, propose
from jiemin.usecases.pairing_changes import Changes, carry_out, foreseen
from jiemin.usecases.pairing_facts import Gathered, gather

TODAY = date(2014, 6, 30)
STAMP = Stamp("2014-06-30T09:00:00", "tester", "test")
SETTINGS = PairingSettings()


def take(folder: Path, name: str) -> None:
    path = folder / "jiemin.db"
    outcome = import_files([folder / name], path, STAMP, load_places(), today=TODAY, as_of=date(2014, 4, 1))
    assert outcome.written


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    county(tmp_path)
    take(tmp_path, "households.xlsx")
    with open_database(tmp_path / "jiemin.db") as opened:
        yield opened


def answer(database: Database) -> tuple[Gathered, PairingResult]:
    with database.reading() as connection:
        gathered = gather(connection, TODAY, SETTINGS)
    return gathered, solve(gathered.problem)


def write(database: Database, gathered: Gathered, result: PairingResult, **options: object) -> Changes:
    with write_door(database, STAMP) as door:
        return carry_out(door, gathered, result, day=TODAY, begin=TODAY, **options)  # type: ignore[arg-type]


def test_a_run_keeps_what_it_was_told_and_what_it_went_by(database: Database, tmp_path: Path) -> None:
    settings = PairingSettings(Rules(Mode.QUOTA, quota=(0, 1, 2, 3, 4)))
    done = pair_all(database, STAMP, TODAY, PairingRequest(settings))
    ((run_no, mode, pairs, rules, facts, shortages),) = rows_of(
        tmp_path, "SELECT id, mode, pairs, rules, facts, shortages FROM pairing_run"
    )
    assert (run_no, mode, pairs) == (done.changes.run_no, "quota", len(done.result.pairs))
    told = json.loads(rules)
    assert told["rules"]["quota"] == [0, 1, 2, 3, 4]
    assert told["costs"]["load_step"] == 20
    assert told["price_of_ending"] is None
    assert facts == done.gathered.problem.fingerprint()
    assert done.shortages
    assert [sentence in (shortages or "") for sentence in done.shortages] == [True] * len(done.shortages)
    assert rows_of(tmp_path, "SELECT DISTINCT run_id, ended_run_id FROM pairing") == [(run_no, None)]


def test_what_a_run_ends_tells_the_run(database: Database, tmp_path: Path) -> None:
    first = pair_all(database, STAMP, TODAY, PairingRequest(SETTINGS, on=date(2014, 5, 1)))
    write_workbook(tmp_path / "stop.xlsx", {"困难家庭": [("户编号", "户状态"), ("A001", "停保")]})
    import_files(
        [tmp_path / "stop.xlsx"],
        tmp_path / "jiemin.db",
        STAMP,
        load_places(),
        today=TODAY,
        as_of=date(2014, 6, 1),
    )
    second = pair_all(database, STAMP, TODAY, PairingRequest(SETTINGS))
    assert second.changes.run_no == (first.changes.run_no or 0) + 1
    assert {row.household_no for row in second.changes.ended} == {"A001"}
    ended = rows_of(tmp_path, "SELECT run_id, ended_run_id FROM pairing WHERE end_reason IS NOT NULL")
    assert set(ended) == {(first.changes.run_no, second.changes.run_no)}


def test_nothing_to_change_leaves_no_run(database: Database, tmp_path: Path) -> None:
    gathered, result = answer(database)
    write(database, gathered, result)
    again = write(database, *answer(database))
    assert (again.started, again.ended, again.run_no) == ((), (), None)
    assert rows_of(tmp_path, "SELECT count(*) FROM pairing_run") == [(1,)]


def test_without_a_run_pairings_stand_for_themselves(database: Database, tmp_path: Path) -> None:
    gathered, result = answer(database)
    assert write(database, gathered, result, run=False).run_no is None
    assert rows_of(tmp_path, "SELECT count(*) FROM pairing_run") == [(0,)]
    assert rows_of(tmp_path, "SELECT DISTINCT run_id FROM pairing") == [(None,)]


def test_only_some_households_get_theirs(database: Database, tmp_path: Path) -> None:
    gathered, result = answer(database)
    done = write(database, gathered, result, only={"A002", "A003"})
    assert {pair.household for pair in done.started} == {"A002", "A003"}
    query = "SELECT DISTINCT household_no FROM pairing JOIN household h ON h.id = household_id"
    assert {number for (number,) in rows_of(tmp_path, query)} == {"A002", "A003"}


def test_who_is_freed_for_one_household_leaves_the_other(database: Database) -> None:
    """Nothing else of the other household changes, nor of a third."""
    write(database, *answer(database))
    gathered, result = answer(database)
    assist = next(pair for pair in result.pairs if pair.role is Role.ASSIST)
    third = next(pair for pair in result.pairs if pair.household not in {assist.household, "A004"})
    moved = Pair("A004", assist.cadre, Role.ASSIST, assist.lines, kept=False)
    besides = Pair(third.household, "C99999", Role.ASSIST, third.lines, kept=False)
    instead = Pair(assist.household, "C99999", Role.ASSIST, assist.lines, kept=False)
    pairs = (*(pair for pair in result.pairs if pair is not assist), moved, instead, besides)
    ended = ((assist.household, assist.cadre), (third.household, third.cadre))
    other = replace(result, pairs=pairs, ended=ended)
    seen = foreseen(gathered, other, only={"A004"})
    assert seen.started == (moved,)
    assert [(row.household_no, row.cadre_no) for row in seen.ended] == [ended[0]]


def test_a_proposal_is_written_only_while_it_is_true(database: Database) -> None:
    request = PairingRequest(SETTINGS)
    proposal = propose(database, TODAY, request)
    assert not proposal.written
    pair_one(database, STAMP, "A001", "顾员6", Role.ASSIST, TODAY, SETTINGS.rules)
    anew = apply_proposal(database, STAMP, TODAY, request, proposal)
    assert not anew.written
    assert ("A001", "C00008") in anew.gathered.problem.kept
    done = apply_proposal(database, STAMP, TODAY, request, anew)
    assert done.written
    assert done.changes.run_no is not None
    assert apply_proposal(database, STAMP, TODAY, request, done).changes.started == ()
