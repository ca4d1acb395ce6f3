"""A household's file as it follows from what is stored: read for one or many, as of any day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from support.runs import NO_TOTALS, approved_runs
from support.stored_county import STAMP, TODAY, stored_county

from jiemin.domain.before_after import Course
from jiemin.domain.codes import Survey
from jiemin.errors import JieminError
from jiemin.policy.book_file import load_book
from jiemin.storage import award_tables, record_tables, tables
from jiemin.storage.database import Database
from jiemin.storage.households import households_on
from jiemin.storage.journal import write_door
from jiemin.usecases.household_file import read_files, show_household
from jiemin.usecases.household_history import household_history
from jiemin.usecases.household_record import state_of_measure
from jiemin.usecases.print_household_files import WhoseFiles, household_forms

APRIL, MAY, JUNE = date(2014, 4, 1), date(2014, 5, 2), date(2014, 6, 3)
GIVEN = date(2014, 6, 20)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with stored_county(tmp_path / "county.db") as county:
        with write_door(county, STAMP) as door:
            for table, rows in _records().items():
                for row in rows:
                    door.insert(table, [row])
        yield county


BOOK = load_book()
FACTS = (
    '{"class":"农村低保","day":"2014-04-30","size":1,"covered":1,"income_fen":1600,"income_period":"month"}'
)


def _records() -> dict[Any, list[dict[str, Any]]]:
    """All kinds of records of A1."""
    condition = {"household_id": 1, "condition": "就业人数", "word": None}
    award = {"household_id": 1, "item": "低保金", "facts": FACTS, "book_id": 1, "before_fen": 0}
    story = {"story_no": "S0001", "quarter": "2014Q2", "title": "屋顶修好了", "body": "……"}
    return {
        record_tables.HouseholdSurvey: [
            _survey(1, APRIL, "收入", cadre_id=1),
            _survey(2, JUNE, None, surveyor="村会计"),
        ],
        record_tables.Measure: _measures(),
        record_tables.HouseholdCondition: [
            {**condition, "id": 1, "day": date(2014, 3, 1), "number": 0},
            {**condition, "id": 2, "day": JUNE, "number": 1},
        ],
        record_tables.Story: [{"id": 1, "day": JUNE, "household_id": 1, **story}],
        tables.Visit: _visits(),
        tables.VisitCadre: [{"visit_id": 100, "cadre_id": 1}],
        award_tables.PolicyBook: [{"id": 1, "fingerprint": BOOK.fingerprint, "text": BOOK.text}],
        award_tables.SubsidyRun: approved_runs("2014-04", "2014-07", "2014-05"),
        award_tables.Award: [
            {**award, "id": 1, "run_id": 1, "period": "2014-04", "after_fen": 400_00, "uplift_fen": 400_00},
            {**award, "id": 2, "run_id": 2, "period": "2014-07", "after_fen": 416_00, "uplift_fen": 416_00},
        ],
    }


def _survey(row_id: int, day: date, missing: str | None, **by: Any) -> dict[str, Any]:
    told = {"household_id": 1, "survey": "家庭情况清", "day": day, "complete": missing is None}
    return {"id": row_id, **told, "missing": missing, **by}


def _measures() -> list[dict[str, Any]]:
    done = {"delivered_on": MAY, "outcome": "修好了", "amount_fen": 9000_00, "source": "市财政补助"}
    told: list[dict[str, Any]] = [
        {"what": "修屋顶", "plan": "危房改造", "due_on": JUNE, **done},
        {"what": "送书", "due_on": MAY},
        {"what": "贷款", "dropped_on": JUNE},
        {"what": "看病", "due_on": date(2014, 12, 1)},
        {"what": "找活", "person": "村主任", "cadre_id": None},
    ]
    known = {"household_id": 1, "cadre_id": 1, "promised_on": APRIL}
    return [
        {"id": row_id, "measure_no": f"M{row_id:06d}", **known, **each} for row_id, each in enumerate(told, 1)
    ]


def _visits() -> list[dict[str, Any]]:
    """One with a gift, and one that never took place."""
    gift = {"gift_fen": 300_00, "gift_goods": "大米"}
    needs = {"needs": "要书", "needs_met_on": date(2014, 7, 1), "needs_outcome": "送到了"}
    void = {"voided_on": date(2014, 6, 22), "void_reason": "没有去"}
    return [
        {"id": 100, "visit_no": "V000100", "household_id": 1, "day": GIVEN, "kind": "慰问", **gift, **needs},
        {"id": 101, "visit_no": "V000101", "household_id": 1, "day": GIVEN, "kind": "走访", **void},
    ]


def test_the_latest_survey_counts_beside_what_the_record_lacks(database: Database) -> None:
    clears = {each.survey: each for each in show_household(database, "A1", TODAY).clears}
    family = clears[Survey.FAMILY]
    assert family.found is not None
    assert (family.mark, family.found.by) == ("不全", "村会计")
    assert any("健康状况" in each for each in family.missing)
    assert clears[Survey.CAUSE].mark == "未登记"
    then = show_household(database, "A1", MAY).clears[0]
    assert then.found is not None
    assert then.found.by == "干部C1"
    assert then.missing[0] == "收入"


def test_needs_are_open_until_they_were_met(database: Database) -> None:
    needs = {each.visit_no: each for each in show_household(database, "A1", TODAY).needs}
    assert set(needs) == {"V1", "V2", "V000100"}
    assert (needs["V000100"].met_on, needs["V000100"].outcome) == (date(2014, 7, 1), "送到了")
    then = {each.visit_no: each for each in show_household(database, "A1", date(2014, 6, 30)).needs}
    assert (then["V000100"].met_on, then["V000100"].outcome) == (None, None)


def test_measures_stand_as_they_stood_that_day(database: Database) -> None:
    def states(day: date) -> list[str]:
        return [state_of_measure(row, day) for row in show_household(database, "A1", day).measures]

    assert states(TODAY) == ["已兑现", "逾期", "取消", "未到期", "未定期限"]
    assert states(APRIL) == ["未到期", "未到期", "未定期限", "未到期", "未定期限"]
    measures = show_household(database, "A1", TODAY).measures
    assert [row.responsible for row in measures] == ["干部C1"] * 4 + ["村主任"]


def test_deeds_and_aid_follow_from_visits_measures_and_awards(database: Database) -> None:
    file = show_household(database, "A1", TODAY)
    assert [(str(each.day)[5:], each.what, each.number) for each in file.deeds] == [
        ("03-31", "修了屋顶", "V9"),
        ("04-10", "修了屋顶", "V1"),
        ("05-02", "修屋顶", "M000001"),
    ]
    assert [(str(each.day)[5:], each.what, each.fen, each.source, each.period) for each in file.aid] == [
        ("04-30", "低保金", 400_00, "核定补助", "2014年4月"),
        ("05-02", "修屋顶", 9000_00, "市财政补助", ""),
        ("06-20", "慰问：大米", 300_00, "干部C1", ""),
        ("07-10", "低保金", 416_00, "核定补助", "2014年7月"),
    ]


def test_differences_approved_since_are_aid_and_drafts_are_none(database: Database) -> None:
    told = {"household_id": 1, "item": "低保金", "book_id": 1, "paid_fen": 30}
    with write_door(database, STAMP) as door:
        run = {"kind": "补发", "book_id": 1, "period": "2014-04", "computed_on": TODAY}
        draft = {"id": 4, "run_no": "F000004", "status": "草稿"}
        approved = {"id": 5, "run_no": "F000005", "status": "已批准", "approved_on": date(2014, 7, 5)}
        door.insert(award_tables.SubsidyRun, [run | draft])
        door.insert(award_tables.SubsidyRun, [run | approved | NO_TOTALS])
        lines = [(4, "2014-04", 5), (5, "2014-04", 100), (5, "2014-05", -30)]
        door.insert(
            award_tables.Arrear,
            [
                told | {"run_id": row, "period": period, "due_fen": 30 + fen, "difference_fen": fen}
                for row, period, fen in lines
            ],
        )
        door.update(
            award_tables.SubsidyRun,
            [{"id": 2, "status": "草稿", "approved_on": None, **dict.fromkeys(NO_TOTALS)}],
        )
    aid = [(each.what, each.fen, each.source) for each in show_household(database, "A1", TODAY).aid]
    assert [each for each in aid if "低保金" in each[0]] == [
        ("低保金", 400_00, "核定补助"),
        ("2014年4月低保金补发", 100, "核定补助（F000005）"),
        ("2014年5月低保金应退", -30, "核定补助（F000005）"),
    ]
    then = show_household(database, "A1", date(2014, 7, 4)).aid
    assert not any("补发" in each.what for each in then)


def test_an_award_is_aid_from_its_approval_on(database: Database) -> None:
    june, july = (show_household(database, "A1", day) for day in (date(2014, 6, 30), date(2014, 7, 1)))
    assert [row.approved for row in june.awards] == [False]
    assert not any(each.period for each in june.aid)
    assert {line.item: line.after for line in june.before_after}["低保金（每月）"] == "未登记"
    assert [each.period for each in july.aid if each.period] == ["2014年4月", "2014年7月"]


def test_before_is_the_day_of_the_first_pairing(database: Database) -> None:
    file = show_household(database, "A1", TODAY)
    assert (file.first, file.first_is) == (APRIL, "首次结对")
    lines = {line.item: line for line in file.before_after}
    assert (lines["就业人数"].change, lines["就业人数"].course) == ("增加1人", Course.BETTER)
    assert (lines["低保金（每月）"].before, lines["低保金（每月）"].after) == ("400元", "416元")
    assert lines["累计走访"].change == "增加3次"  # V9 was before, V000101 never was
    assert lines["累计得到帮助"].after == "10,116元"


def test_before_of_one_never_paired_is_the_first_day_on_record(database: Database) -> None:
    file = show_household(database, "A3", TODAY)
    assert (file.first, file.first_is) == (date(2014, 1, 1), "开始登记")
    chosen = show_household(database, "A3", TODAY, before=MAY)
    assert (chosen.first, chosen.first_is) == (MAY, "指定日期")
    with pytest.raises(JieminError, match="不能作为帮扶前"):
        show_household(database, "A3", MAY, before=TODAY)


def test_of_the_past_only_what_was_known_then_is_told(database: Database) -> None:
    file = show_household(database, "A7", date(2014, 4, 15), past=True)
    assert [(each.pairing.cadre_no, each.pairing.end.year) for each in file.pairings] == [("C7", 9999)]
    assert file.visits == ()
    today = show_household(database, "A7", TODAY)
    assert [each.pairing.cadre_no for each in today.pairings] == ["C7", "C4", "C2"]


def test_many_files_are_the_same_as_each_alone_and_take_no_more_queries(database: Database) -> None:
    def queries(numbers: set[str]) -> int:
        count = 0

        def counted(*_: Any) -> None:
            nonlocal count
            count += 1

        with database.reading() as connection:
            states = [each for each in households_on(connection, TODAY) if each.household_no in numbers]
            event.listen(connection, "before_cursor_execute", counted)
            files = read_files(connection, states, TODAY)
            event.remove(connection, "before_cursor_execute", counted)
        for file in files:
            assert file == show_household(database, file.view.state.household_no, TODAY)
        return count

    assert queries({"A1"}) == queries({"A1", "A2", "A3", "A4", "A5", "A6", "A7"})


def test_the_history_tells_of_surveys_measures_and_stories(database: Database) -> None:
    lines = household_history(database, "A1", TODAY).lines
    told = [(str(each.day)[5:], each.what, each.reason) for each in lines if each.subject in "四清措施事迹"]
    assert told == [
        ("04-01", "家庭情况清调查：还缺收入（干部C1）", ""),
        ("04-01", "承诺：修屋顶（危房改造，干部C1，2014-06-03前）", ""),
        ("04-01", "承诺：送书（干部C1，2014-05-02前）", ""),
        ("04-01", "承诺：贷款（干部C1）", ""),
        ("04-01", "承诺：看病（干部C1，2014-12-01前）", ""),
        ("04-01", "承诺：找活（村主任）", ""),
        ("05-02", "兑现：修屋顶，9,000元", "修好了"),
        ("06-03", "家庭情况清调查：完整（村会计）", ""),
        ("06-03", "取消：贷款", ""),
        ("06-03", "《屋顶修好了》", ""),
    ]


def test_the_history_of_the_past_ends_there(database: Database) -> None:
    past = household_history(database, "A7", date(2014, 4, 15), past=True)
    assert max(each.day for each in past.lines) <= date(2014, 4, 15)
    assert past.visits == 0
    assert max(each.day for each in household_history(database, "A7", TODAY).lines) == date(2014, 5, 1)


def test_forms_of_a_household_a_village_and_a_cadre(database: Database) -> None:
    def numbers(wanted: WhoseFiles) -> list[str]:
        return [form.household_no for form in household_forms(database, wanted, TODAY).forms]

    assert numbers(WhoseFiles(household="A8")) == ["A8"]
    assert numbers(WhoseFiles(village="某村", town="乌镇镇")) == ["A4", "A5", "A6", "A7"]
    assert numbers(WhoseFiles(cadre="C1")) == ["A1", "A2"]
    with pytest.raises(JieminError, match="没有在册的困难家庭"):
        household_forms(database, WhoseFiles(cadre="C6"), TODAY)


def test_a_form_has_a_row_for_each_helper(database: Database) -> None:
    form = household_forms(database, WhoseFiles(household="A5"), TODAY).forms[0]
    helpers = next(each for each in form.sections if each.title == "结对帮扶干部")
    assert helpers.table is not None
    assert [(row.cells[0], row.cells[5]) for row in helpers.table.rows] == [
        ("干部C1", "2014.4.1\n至2014.6.15"),
        ("干部C4", "2014.6.15\n至今"),
    ]
    assert form.lead == "干部C4"


def test_awards_of_the_same_amount_stand_in_one_line_with_their_periods(database: Database) -> None:
    with write_door(database, STAMP) as door:
        award = {"household_id": 1, "facts": FACTS, "book_id": 1, "before_fen": 0, "item": "低保金"}
        more = {**award, "id": 3, "run_id": 3, "period": "2014-05", "after_fen": 400_00, "uplift_fen": 400_00}
        door.insert(award_tables.Award, [more])
    form = household_forms(database, WhoseFiles(household="A1"), TODAY).forms[0]
    aid = next(each for each in form.sections if each.title == "得到的帮助")
    assert aid.table is not None
    assert aid.table.rows[0].cells[:2] == ("2014年4月至2014年5月", "低保金，每期400元，共2期")
    assert str(aid.table.rows[-1].cells[2]) == "10516.00"
