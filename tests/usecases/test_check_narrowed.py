"""The checks over a real file: narrowed, over time, of money and forms, and what they leave unchecked."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.planted import NUMBER, PLANTED, TODAY, YARDSTICK, check, found, plant, visit
from support.stored_county import stored_county

from jiemin.domain.checks.finding import Gravity, Group
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.codes import Survey
from jiemin.domain.periods import PeriodError, Quarter
from jiemin.errors import NotFoundError
from jiemin.storage.database import open_database
from jiemin.storage.households import households_on
from jiemin.storage.persons import members_of
from jiemin.storage.surveys import surveys_until
from jiemin.storage.visits import visits_within
from jiemin.usecases.check_records import CheckFilter
from jiemin.usecases.household_record import clears_of, needs_of


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "county.db"
    stored_county(path).__exit__()
    return path


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "county.db"))


def test_findings_are_narrowed_by_group_code_gravity_town_and_unit(file: Path) -> None:
    plant(file, *PLANTED["another size"][0], *PLANTED["nobody helps"][0])
    every = check(file)
    for group in Group:
        some = check(file, CheckFilter(frozenset({group})))
        assert some.findings == tuple(each for each in every.findings if each.finding.kind.group is group)
        assert {each.group for each in some.unchecked} <= {group}
    assert found(file, CheckFilter(code="K107")) == {"K107-A1"}
    assert check(file, CheckFilter(code="K107")).unchecked == ()
    errors = check(file, CheckFilter(gravities=frozenset({Gravity.ERROR})))
    assert {each.finding.kind.gravity for each in errors.findings} == {Gravity.ERROR}
    wuzhen = check(file, CheckFilter(town="乌镇镇"))
    assert all("乌镇镇" in each.finding.towns for each in wuzhen.findings)
    assert "K301-A4" in {each.finding.number for each in wuzhen.findings}
    assert "K107-A1" not in {each.finding.number for each in wuzhen.findings}
    teachers = found(file, CheckFilter(unit="教育"))
    assert {"K303-C3", "K303-C5"} <= teachers
    assert "K107-A1" not in teachers
    with pytest.raises(NotFoundError):
        check(file, CheckFilter(unit="气象"))


def test_a_quarter_narrows_what_has_a_day(file: Path) -> None:
    plant(file, *visit(100, 1, "2014-02-05", 1, met="无人"), *visit(101, 1, "2014-05-20", 1, met="无人"))
    assert {"K210-V100", "K210-V101"} <= found(file)
    winter, spring = (found(file, CheckFilter(quarter=Quarter(2014, number))) for number in (1, 2))
    assert ("K210-V100" in winter, "K210-V101" in winter) == (True, False)
    assert ("K210-V100" in spring, "K210-V101" in spring) == (False, True)
    assert "K301-A3" in winter & spring
    with pytest.raises(PeriodError):
        check(file, CheckFilter(quarter=Quarter(2014, 4)))


def test_visits_long_past_are_left_in_peace_unless_entered_now(file: Path) -> None:
    plant(
        file,
        *visit(100, 1, "2012-06-30", 1, met="无人"),
        *visit(101, 1, "2012-07-01", 1, met="无人"),
        *visit(102, 1, "2011-07-01", 1, met="无人", entered_on="2014-07-01"),
    )
    assert found(file) & {"K210-V100", "K210-V101", "K210-V102"} == {"K210-V101", "K210-V102"}
    assert "K210-V100" in found(file, CheckFilter(quarter=Quarter(2012, 2)))


def test_voided_visits_never_were(file: Path) -> None:
    plant(
        file,
        *visit(100, 1, "2014-05-20", 1, met="无人"),
        "UPDATE visit SET voided_on = '2014-07-01', void_reason = '没有去' WHERE id = 100",
    )
    assert "K210-V100" not in found(file)


def test_awards_that_no_longer_fit(file: Path) -> None:
    facts = '{"class": "城镇低保", "size": 3, "covered": 2, "income_fen": null, "income_period": null}'
    columns = "(household_id, item, period, before_fen, after_fen, uplift_fen, facts, book_id, run_id)"
    run = "INSERT INTO subsidy_run (run_no, kind, period, status, book_id, computed_on) VALUES"

    def award(household: int, period: str, told: str = facts, item: str = "低保金") -> str:
        of_period = f"(SELECT id FROM subsidy_run WHERE period = '{period}')"
        values = f"{household}, '{item}', '{period}', 0, 0, 0, '{told}', 1, {of_period}"
        return f"INSERT INTO award {columns} VALUES ({values})"

    aid = facts.replace("城镇低保", "低收入(低保边缘)")
    plant(
        file,
        "INSERT INTO policy_book VALUES (1, 'x', 'x')",
        *(
            f"{run} ('{each}', '发放', '{each}', '草稿', 1, '2014-06-30')"
            for each in ("2014-04", "2014-05", "2014-06", "2014")
        ),
        award(1, "2014-05"),
        award(2, "2014-05"),
        award(8, "2014-05"),
        award(8, "2014-04", facts.replace('"covered": 2', '"covered": 1')),
        award(1, "2014-06", facts.replace('"covered": 2', '"covered": 3')),
        award(5, "2014", aid.replace('"covered": 2', '"covered": 9'), "低收入家庭救助"),
        award(3, "2014", aid, "低收入家庭救助"),
    )
    money = {number for number in found(file) if number[:4] in ("K503", "K504", "K505")}
    assert money == {
        "K504-A2-低保金-2014-05",
        "K503-A8-低保金-2014-05",
        "K505-A1-低保金-2014-06",
        "K505-A3-低收入家庭救助-2014",
    }


def test_forms_are_made_only_when_asked_for(file: Path) -> None:
    told = "季度报表的数加不加得拢"
    money = CheckFilter(frozenset({Group.MONEY}))
    assert told in {each.what for each in check(file, money).unchecked}
    whole = check(file, replace(money, forms=True))
    assert told not in {each.what for each in whole.unchecked}
    assert not any(each.finding.kind.code == "K506" for each in whole.findings)
    assert check(file, replace(money, forms=True, quarter=Quarter(2012, 1))).findings is not None


def test_a_form_that_does_not_add_up_is_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jiemin.domain.indicators import QuarterReport
    from jiemin.domain.indicators.tables import Check

    failed = property(lambda _: (("走访情况", Check("5=6+7", False)),))
    monkeypatch.setattr(QuarterReport, "failed_checks", failed)
    money = CheckFilter(frozenset({Group.MONEY}), forms=True)
    assert {"K506-2014Q2-走访情况-5=6+7", "K506-2014Q3-走访情况-5=6+7"} <= found(file, money)


def test_what_has_no_facts_is_named(file: Path) -> None:
    whats = {each.what for each in check(file).unchecked}
    assert {"名册有没有过期", "四清做没做齐", "有没有和近亲属结对", "困难家庭的成员是不是干部"} <= whats
    assert any("次走访是不是过后补登的" in what for what in whats)
    plant(file, *PLANTED["kin"][0], *PLANTED["clear over nothing"][0], "UPDATE visit SET entered_on = day")
    plant(file, f"UPDATE cadre SET id_number = '{NUMBER}' WHERE id = 6")
    less = whats - {each.what for each in check(file).unchecked}
    assert len(less) == 4


def test_a_county_may_set_other_thresholds(file: Path) -> None:
    plant(file, *PLANTED["two towns"][0])
    assert "K205-C1-20140520" in found(file)
    loose = replace(YARDSTICK, settings=CheckSettings(day_towns=2))
    assert "K205-C1-20140520" not in {each.finding.number for each in check(file, yardstick=loose).findings}


def test_what_a_clear_lacks_agrees_with_the_household_s_file(file: Path) -> None:
    survey = "INSERT INTO household_survey (household_id, survey, day, complete) "
    plant(
        file,
        *(
            f"{survey} SELECT id, '{each}', '2014-07-01', 1 FROM household WHERE household_no <> 'A8'"
            for each in Survey
        ),
        "UPDATE household_span SET income_fen = 30000, income_period = 'month', needs = '看病' "
        "WHERE household_id = 2",
        "UPDATE household_survey SET finding = '要一台轮椅' WHERE household_id = 3",
        "UPDATE person SET birth = '1980-01-01' WHERE id IN (20, 21)",
        "INSERT INTO person_span (person_id, health, labour, education, valid_from, valid_to) "
        "VALUES (20, '健康', '普通', '初中', '2014-01-01', '9999-12-31')",
    )
    some = check(file, CheckFilter(code="K403")).findings
    told = {each.finding.key: each.finding.facts[1:] for each in some}
    expected: dict[tuple[str, ...], tuple[str, ...]] = {}
    with open_database(file) as database, database.reading() as connection:
        heard = visits_within(connection, date.min, TODAY)
        for state in households_on(connection, TODAY):
            mine = [row for row in heard if row.household_id == state.id]
            clears = clears_of(
                state,
                members_of(connection, [state.id], TODAY),
                surveys_until(connection, TODAY, [state.id]),
                needs_of(state, mine, TODAY),
                TODAY,
            )
            expected |= {
                (state.household_no, each.survey): each.lacks
                for each in clears
                if each.lacks and each.found and state.active
            }
    assert told == expected
    assert len(expected) > 10
