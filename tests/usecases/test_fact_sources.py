"""Since when the facts of an amount stand in the record, and which entry put them there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.families import BOOK, RURAL, TODAY, add_families, change_family, compute

from jiemin.domain.codes import Condition
from jiemin.domain.entitlement import FamilyFacts
from jiemin.domain.periods import Month
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.record_tables import HouseholdCondition
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import HouseholdSpan
from jiemin.usecases.explain_subsidy import Explanation, explain_subsidy
from jiemin.usecases.explained_text import explained_parts, explained_text
from jiemin.usecases.fact_sources import FactSource, fact_sources

APRIL, MAY, JUNE = date(2014, 4, 1), date(2014, 5, 1), Month(2014, 6)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """H001, rural, in the work since April."""
    with open_database(tmp_path / "x.db", create=True) as opened:
        add_families(opened, RURAL)
        yield opened


def explained(database: Database) -> Explanation:
    (found,) = explain_subsidy(database, "H001", BOOK, TODAY, month=JUNE).amounts
    return found


def told(database: Database) -> dict[tuple[str, ...], date]:
    return {source.facts: source.since for source in explained(database).sources}


ALL = ("困难类别", "家庭人口", "保障人口", "家庭收入")


def test_what_one_entry_brought_is_told_together(database: Database) -> None:
    assert told(database) == {ALL: APRIL}


def test_a_fact_told_anew_has_a_day_of_its_own_and_the_others_keep_theirs(database: Database) -> None:
    change_family(database, 1, MAY, income_fen=20000)
    assert told(database) == {ALL[:3]: APRIL, ALL[3:]: MAY}


def test_a_correction_of_the_same_day_is_the_entry_that_counts(database: Database) -> None:
    change_family(database, 1, APRIL, covered=2)
    later = Stamp("2014-06-10T09:00:00", "乙", "import")
    with write_door(database, later) as door:
        door.sources = [("六月名册.xlsx", "0" * 64)]
        span = door.connection.exec_driver_sql("SELECT id FROM household_span").scalar_one()
        door.update(HouseholdSpan, [{"id": span, "covered": 3}])
    covered = next(source for source in explained(database).sources if "保障人口" in source.facts)
    assert covered == FactSource(("保障人口",), APRIL, date(2014, 6, 10), ("六月名册.xlsx",))
    assert covered.sentence == "保障人口：2014-04-01起，六月名册.xlsx，2014-06-10导入"


def test_of_what_was_changed_since_the_entry_of_now_is_told(database: Database) -> None:
    compute(database, month=JUNE)
    change_family(database, 1, MAY, income_fen=99900)
    same, changed = explained(database).sources
    assert (same.facts, same.changed, changed.facts, changed.changed) == (ALL[:3], False, ALL[3:], True)
    assert changed.sentence.startswith("家庭收入：算好以后改过，现在登记的从2014-05-01起")


def test_the_count_of_the_insured_is_of_the_day_it_was_told(database: Database) -> None:
    with write_door(database, Stamp("2014-05-20T09:00:00", "乙", "condition set")) as door:
        condition = {"household_id": 1, "condition": Condition.PENSION_INSURED, "day": MAY, "number": 2}
        door.insert(HouseholdCondition, [condition | {"word": None}])
    facts = FamilyFacts(explained(database).facts.household_class, TODAY, pension_insured=2)
    with database.reading() as connection:
        (*_, insured) = fact_sources(connection, 1, facts)
        other = FamilyFacts(facts.household_class, TODAY, pension_insured=1)
        assert fact_sources(connection, 1, other)[-1] == replace(insured, changed=True)
    assert insured == FactSource(("参加养老保险人数",), MAY, date(2014, 5, 20), ())
    assert insured.sentence == "参加养老保险人数：2014-05-01起，2014-05-20登记"


def test_screen_and_file_tell_the_same_sentences(database: Database) -> None:
    each = explained(database)
    screen = [line.strip() for line in explained_text(each)]
    parts = [
        f"{heading}：{sentence}" if heading.startswith("依据") else sentence
        for heading, sentences in explained_parts(each)
        for sentence in sentences
    ]
    assert screen == parts
    assert any(line.startswith("困难类别、家庭人口、保障人口、家庭收入：2014-04-01起") for line in screen)
