"""The checks over a real file: each planted fault is found by its number; other screens say the same."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.planted import PLANTED, SPRING, TODAY, YARDSTICK, check, found, plant, visit
from support.stored_county import stored_county

from jiemin.domain.checks.finding import Group
from jiemin.domain.pairing.rules import Rules
from jiemin.storage.database import open_database
from jiemin.usecases.check_records import CheckFilter, check_records
from jiemin.usecases.find_duplicates import find_duplicates
from jiemin.usecases.quarter_facts import judge_quarter
from jiemin.usecases.show_coverage import show_coverage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "county.db"
    stored_county(path).__exit__()
    return path


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "county.db"))


@pytest.mark.parametrize("fault", PLANTED)
def test_what_is_planted_is_found_and_nothing_else(file: Path, fault: str) -> None:
    statements, expected = PLANTED[fault]
    before = found(file)
    plant(file, *statements)
    assert found(file) - before == expected


@pytest.mark.parametrize(("before", "count"), [("OLD1", 0), ("OLD2", 1)])
def test_who_was_merged_into_a_visitor_since_counts_as_he_or_she(file: Path, before: str, count: int) -> None:
    plant(
        file,
        *visit(100, 1, "2014-05-20", 1, entered_on="2014-05-20"),
        "INSERT INTO cadre_alias (cadre_id, cadre_no, name, day, settled) "
        "VALUES (1, 'OLD1', '方', '2014-07-01', '{}')",
        "INSERT INTO visit_correction (visit_id, day, before) "
        f"VALUES (100, '2014-07-20', '{{\"cadres\":[\"{before}\"]}}')",
    )
    assert sum(number == "K220-V100" for number in found(file)) == count


def test_every_finding_has_a_number_of_its_own(file: Path) -> None:
    for statements, _ in list(PLANTED.values())[:8]:
        plant(file, *statements)
    numbers = [each.finding.number for each in check(file).findings]
    assert len(numbers) == len(set(numbers)) > 8


def test_checking_writes_nothing(file: Path) -> None:
    before = file.read_bytes()
    first, second = check(file), check(file)
    assert first == second
    assert file.read_bytes() == before


@pytest.mark.parametrize("day", [date(2014, 4, 15), date(2014, 5, 25), date(2014, 6, 30), TODAY])
@pytest.mark.parametrize("most", [1, 5])
def test_pairing_agrees_with_pair_status(file: Path, day: date, most: int) -> None:
    rules = Rules(leader_max=most)
    with open_database(file) as database:
        view = show_coverage(database, day, rules)
        done = check_records(
            database, day, replace(YARDSTICK, rules=rules), CheckFilter(frozenset({Group.PAIRINGS}))
        )
    numbers = {each.finding.number for each in done.findings if each.finding.kind.code < "K305"}
    assert numbers == {
        *(f"K301-{each.household_no}" for each in view.unpaired),
        *(f"K302-{each.household_no}" for each in view.without_lead),
        *(f"K303-{each.cadre_no}" for each in view.leaders_without),
        *(f"K304-{each.cadre_no}" for each in view.over_quota),
    }


@pytest.mark.parametrize("day", [date(2014, 6, 30), TODAY, date(2014, 10, 5)])
def test_visits_agree_with_the_quarter(file: Path, day: date) -> None:
    with open_database(file) as database:
        _, judged = judge_quarter(database, SPRING, day)
        done = check_records(database, day, YARDSTICK, CheckFilter(frozenset({Group.VISITS}), quarter=SPRING))
    of = {
        code: [each.finding for each in done.findings if each.finding.kind.code == code]
        for code in ("K215", "K216")
    }
    assert {each.key for each in of["K215"]} == {(visit.visit_no,) for visit in judged.extra}
    overdue = sorted(str(number) for each in of["K216"] for number in each.facts)
    assert overdue == (sorted(judged.not_visited) if judged.over else [])


def test_duplicates_agree_with_their_list(file: Path) -> None:
    for fault in ("one number twice", "a cadre twice", "one account"):
        plant(file, *PLANTED[fault][0])
    plant(
        file,
        "UPDATE person SET name = '沈阿大', birth = '1970-05-01' WHERE id IN (10, 50)",
        "INSERT INTO kept_apart (kind, one_id, other_id, day) VALUES ('人员', 20, 40, '2014-07-01')",
        "UPDATE person SET name = '朱水根', birth = '1960-05-01' WHERE id IN (20, 40, 70)",
    )
    with open_database(file) as database:
        listed = find_duplicates(database)
        done = check_records(database, TODAY, YARDSTICK, CheckFilter(frozenset({Group.ROLLS})))
    pairs = {each.finding.key for each in done.findings if each.finding.kind.code in ("K113", "K114", "K115")}
    assert pairs == {(each.one.ref, each.other.ref) for each in listed if each.reasons != ("银行账号相同",)}
    assert len(pairs) >= 4
