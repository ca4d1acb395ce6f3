"""Findings of files: promises not kept, surveys over empty columns, surveys never finished."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from support.checked import SETTINGS, TODAY, county, home, numbers

from jiemin.domain.checks.files import FileFacts, OpenMeasure, SurveyFact, file_findings
from jiemin.domain.checks.finding import Finding
from jiemin.domain.codes import HouseholdStatus, Survey
from jiemin.domain.four_clears import FamilyOnRecord, MemberFacts

LONG_AGO = date(2014, 4, 1)
SHEN = MemberFacts("沈阿大", "户主", True, date(1951, 3, 14), "健康", "丧失", "小学")


def found(
    *measures: OpenMeasure,
    surveys: tuple[SurveyFact, ...] = (),
    families: Mapping[str, FamilyOnRecord] | None = None,
    since: date | None = None,
    **other: Any,
) -> list[Finding]:
    facts = FileFacts(other.get("county", county()), measures, surveys, families or {}, since)
    return list(file_findings(facts, SETTINGS))


def measure(
    due: date | None, promised: date = LONG_AGO, what: str = "修屋顶", who: str = "方卫东"
) -> OpenMeasure:
    return OpenMeasure("M000001", "H1", what, who, promised, due)


def test_a_promise_is_overdue_the_day_after() -> None:
    assert found(measure(TODAY)) == []
    (finding,) = found(measure(TODAY - timedelta(days=1)))
    assert finding.number == "K401-H1-M000001"
    assert finding.message == "修屋顶（方卫东）：期限2014-07-19"
    assert "jiemin measure deliver M000001" in finding.remedy


def test_a_promise_without_a_day_may_stay_open_so_long() -> None:
    before = TODAY - timedelta(days=SETTINGS.undated_days)
    assert found(measure(None, before)) == []
    (finding,) = found(measure(None, before - timedelta(days=1), who=""))
    assert (finding.number, finding.message) == ("K402-H1-M000001", "修屋顶：2014-01-20提出，没有期限")


def test_long_words_are_cut_and_numbers_in_them_masked() -> None:
    (finding,) = found(measure(LONG_AGO, what="联系包工头13800001234，把漏雨的屋顶全部翻修一遍"))
    assert finding.message == "联系包工头138****1234，把漏雨…（方卫东）：期限2014-04-01"


def test_measures_of_families_nobody_knows_are_left_out() -> None:
    assert found(OpenMeasure("M000001", "H9", "修屋顶", "", LONG_AGO, LONG_AGO)) == []


def survey(what: Survey, household: str = "H1", *, complete: bool = True) -> SurveyFact:
    return SurveyFact(household, what, LONG_AGO, complete)


def family(*, cause: bool) -> FamilyOnRecord:
    """On record with nothing else than, perhaps, the cause of its hardship and a need."""
    return FamilyOnRecord(None, (), income_known=False, cause_known=cause, need_stated=True)


def test_complete_over_an_empty_column_is_a_finding() -> None:
    told = {number: family(cause=False) for number in ("H1", "H9")}
    (finding,) = found(surveys=(survey(Survey.CAUSE), survey(Survey.NEEDS)), families=told)
    assert finding.number == "K403-H1-致困原因清"
    assert finding.message == "致困原因清（2014-04-01）缺主要致困原因"
    assert found(surveys=(survey(Survey.CAUSE),), families={"H1": family(cause=True)}) == []
    assert found(surveys=(survey(Survey.CAUSE, complete=False),), families=told) == []
    assert found(surveys=(survey(Survey.CAUSE, "H9"),), families=told) == []
    stopped = county([home(status=HouseholdStatus.STOPPED)])
    assert found(surveys=(survey(Survey.CAUSE),), families=told, county=stopped) == []


def test_surveys_take_so_long_and_no_longer() -> None:
    begun = TODAY - timedelta(days=SETTINGS.survey_days)
    all_four = tuple(survey(each) for each in Survey)
    whole = FamilyOnRecord(1, (SHEN,), income_known=True, cause_known=True, need_stated=True)
    assert found(surveys=all_four, families={"H1": whole}, since=begun) == []
    some = found(surveys=all_four, families={"H1": whole}, since=begun - timedelta(days=1))
    assert numbers(some) == ["K404-石门镇"]
    assert some[0].message == "2014-04-20开始登记四清，还有1户没有做齐：H2"
    unfinished = (*all_four[:3], survey(Survey.NEEDS, complete=False))
    assert numbers(found(surveys=unfinished, families={"H1": whole}, since=LONG_AGO)) == [
        "K404-乌镇镇",
        "K404-石门镇",
    ]
    asked_nobody = county([home(to_pair=False)])
    assert found(surveys=(), since=LONG_AGO, county=asked_nobody) == []
    assert found(since=None) == []
