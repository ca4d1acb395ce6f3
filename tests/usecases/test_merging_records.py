"""A household or cadre entered twice keeps all that was written down under either name, or it is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.stored_county import PLACES, STAMP, TODAY, everything, happened, rows, stored_county

from jiemin.domain.codes import Condition, Survey
from jiemin.domain.inspection import Scope, Strata
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.record_tables import HouseholdCondition, HouseholdSurvey, Measure, Story
from jiemin.storage.supervision_tables import InspectedHousehold, Inspection
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.splitting import SplitOff, split
from jiemin.usecases.settle_duplicates import Merged, merge_records
from jiemin.usecases.undo_action import undo_action

MAY, JUNE = date(2014, 5, 1), date(2014, 6, 1)
A1, A2 = 1, 2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with stored_county(path) as opened:
        yield opened


def insert(database: Database, *told: tuple[Any, dict[str, Any]]) -> None:
    with write_door(database, STAMP) as door:
        for table, row in told:
            door.insert(table, [{name: None for name in table.model_fields if name != "id"} | row])


def surveyed(home: int, day: date, missing: str | None = None, **more: Any) -> tuple[Any, dict[str, Any]]:
    told = {"household_id": home, "survey": Survey.FAMILY.value, "day": day, "complete": missing is None}
    return HouseholdSurvey, {**told, "missing": missing, **more}


def measured(home: int, day: date, number: int) -> tuple[Any, dict[str, Any]]:
    told = {"household_id": home, "condition": Condition.WAGES.value, "day": day, "number": number}
    return HouseholdCondition, told


def drawn(home: int, result: str | None, finding: str | None = None) -> tuple[Any, dict[str, Any]]:
    row = {"inspection_id": 1, "household_id": home, "drawn_for": "石门镇", "result": result}
    return InspectedHousehold, row | {
        "finding": finding,
        "checked_on": result and JUNE,
        "inspector": "督查组",
    }


INSPECTION = (
    Inspection,
    {
        "id": 1,
        "inspection_no": "D000001",
        "day": JUNE,
        "quarter": "2014Q2",
        "seed": 7,
        "number": 2,
        "stratum": Strata.TOWN.value,
        "scope": Scope.ALL.value,
    },
)


def merged(database: Database, one: str, other: str) -> Merged:
    return merge_records(database, STAMP, one, other, TODAY)


def test_what_only_the_duplicate_has_moves(database: Database, path: Path) -> None:
    told = {"household_id": A2, "what": "修屋顶", "promised_on": MAY}
    story = {"household_id": A2, "quarter": "2014Q2", "day": MAY, "title": "题", "body": "文"}
    insert(
        database,
        surveyed(A2, MAY),
        surveyed(A1, JUNE),
        measured(A2, MAY, 100),
        (Measure, {**told, "measure_no": "M000001"}),
        (Story, {**story, "story_no": "S000001"}),
        INSPECTION,
        drawn(A2, "属实"),
    )
    done = merged(database, "A1", "A2")
    tables = ("household_survey", "household_condition", "measure", "story", "inspected_household")
    for name in tables:
        assert rows(path, f"SELECT DISTINCT household_id FROM {name}") == [(A1,)], name
    assert len(rows(path, "SELECT id FROM household_survey")) == 2
    assert {name: done.moved[name] for name in tables} == dict.fromkeys(tables, 1)


def test_of_one_day_the_record_s_own_holds_and_the_other_s_is_told(database: Database, path: Path) -> None:
    insert(
        database,
        surveyed(A1, MAY),
        surveyed(A2, MAY, "长子的学历", finding="电话13812345678"),
        measured(A1, MAY, 1_200_000),
        measured(A2, MAY, 900_000),
    )
    done = merged(database, "A1", "A2")
    assert rows(path, "SELECT household_id, complete FROM household_survey") == [(A1, 1)]
    assert rows(path, "SELECT household_id, number FROM household_condition") == [(A1, 1_200_000)]
    assert "2014-05-01 家庭情况清两户都有（已清；缺长子的学历，电话138****5678），只留前一户的" in done.notes
    assert "2014-05-01 工资性收入两户都有（12,000元；9,000元），只留前一户的" in done.notes


def test_what_both_say_alike_is_not_spoken_of(database: Database, path: Path) -> None:
    insert(
        database, surveyed(A1, MAY), surveyed(A2, MAY, cadre_id=1), measured(A1, MAY, 5), measured(A2, MAY, 5)
    )
    assert not [note for note in merged(database, "A1", "A2").notes if "两户都有" in note]
    assert rows(path, "SELECT household_id, number FROM household_condition") == [(A1, 5)]


def test_of_one_draw_the_check_that_was_made_is_kept(database: Database, path: Path) -> None:
    insert(database, INSPECTION, drawn(A1, None), drawn(A2, "不属实", "没有走访过"))
    done = merged(database, "A1", "A2")
    kept = rows(path, "SELECT household_id, result, finding, checked_on FROM inspected_household")
    assert kept == [(A1, "不属实", "没有走访过", "2014-06-01")]
    assert not [note for note in done.notes if "督查" in note]


def test_of_two_checks_that_differ_the_other_is_told(database: Database, path: Path) -> None:
    insert(database, INSPECTION, drawn(A1, "属实"), drawn(A2, "不属实", "没有走访过"))
    done = merged(database, "A1", "A2")
    assert rows(path, "SELECT household_id, result FROM inspected_household") == [(A1, "属实")]
    assert "同一次督查两户都有（属实；不属实，没有走访过），只留前一户的" in done.notes


def test_a_check_that_was_not_made_of_the_duplicate_goes(database: Database, path: Path) -> None:
    insert(database, INSPECTION, drawn(A1, "属实"), drawn(A2, None))
    done = merged(database, "A1", "A2")
    assert rows(path, "SELECT household_id, result FROM inspected_household") == [(A1, "属实")]
    assert "同一次督查两户都有（属实；还没有督查），只留前一户的" in done.notes


def test_undo_brings_both_files_back(database: Database, path: Path) -> None:
    insert(
        database,
        surveyed(A1, MAY),
        surveyed(A2, MAY, "学历"),
        measured(A2, JUNE, 7),
        INSPECTION,
        drawn(A1, None),
        drawn(A2, "属实"),
    )
    before = everything(path)
    merged(database, "A1", "A2")
    assert everything(path) != before
    assert undo_action(database, STAMP, None).kept == ()
    assert everything(path) == before


def test_a_family_that_splits_or_joins_leaves_its_file_where_it_was_made(
    database: Database, path: Path
) -> None:
    insert(
        database,
        surveyed(A1, MAY),
        surveyed(A2, MAY, "学历"),
        measured(A1, JUNE, 7),
        measured(A2, JUNE, 8),
        (Measure, {"household_id": A1, "what": "修屋顶", "promised_on": MAY, "measure_no": "M000001"}),
        INSPECTION,
        drawn(A1, None),
        drawn(A2, "属实"),
    )
    tables = ("household_survey", "household_condition", "measure", "inspected_household")
    before = {name: rows(path, f"SELECT * FROM {name} ORDER BY id") for name in tables}
    happened(database, split("A1", SplitOff(("子A1",), "子A1", "", None), PLACES))
    assert {name: rows(path, f"SELECT * FROM {name} ORDER BY id") for name in tables} == before
    happened(database, join("A1", "A2"))
    assert {name: rows(path, f"SELECT * FROM {name} ORDER BY id") for name in tables} == before


def test_a_cadre_entered_twice_keeps_what_both_made_and_answer_for(database: Database, path: Path) -> None:
    cadres = rows(path, "SELECT cadre_no, id FROM cadre ORDER BY id")
    (one, one_id), (other, other_id) = cadres[0], cadres[1]
    story = {"unit_id": 1, "quarter": "2014Q2", "day": MAY, "title": "题", "body": "文"}
    insert(
        database,
        surveyed(A1, MAY, cadre_id=other_id),
        (
            Measure,
            {
                "household_id": A1,
                "what": "修屋顶",
                "promised_on": MAY,
                "measure_no": "M000001",
                "cadre_id": other_id,
            },
        ),
        (Story, {**story, "story_no": "S000001", "cadre_id": other_id}),
        INSPECTION,
        (InspectedHousehold, drawn(A1, None)[1] | {"cadre_id": other_id}),
    )
    before = everything(path)
    done = merged(database, one, other)
    for table in ("household_survey", "measure", "story", "inspected_household"):
        assert rows(path, f"SELECT cadre_id FROM {table}") == [(one_id,)], table
        assert done.moved[table] == 1
    undo_action(database, STAMP, None)
    assert everything(path) == before
