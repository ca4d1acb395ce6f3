"""Findings of subsidies and forms."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checked import county, numbers

from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.money import (
    FailedCheck,
    GoneChild,
    LackingAward,
    MoneyFacts,
    StaleAward,
    money_findings,
)
from jiemin.domain.periods import Quarter


def found(urban: int | None = 520_00, rural: int | None = 416_00, **other: Any) -> list[Finding]:
    told: dict[str, Any] = {"stale": (), "lacking": ()} | other
    return list(money_findings(MoneyFacts(county(), urban, rural, **told)))


def test_eighty_per_cent_and_not_a_fen_less() -> None:
    assert found() == []
    (finding,) = found(rural=415_99)
    assert finding.number == "K501"
    assert finding.message == "2014-07-20农村415.99元，城镇520元，80%是416元"
    assert found(rural=None) == found(urban=None) == []


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_the_floor_is_exact(urban: int, rural: int) -> None:
    assert bool(found(urban, rural)) == (5 * rural < 4 * urban)


def test_what_cannot_be_computed_is_told() -> None:
    (finding,) = found(lacking=[LackingAward("H1", "低保金", ("保障人口", "家庭收入"))])
    assert finding.number == "K502-H1-低保金"
    assert finding.message == "低保金算不出，缺保障人口、家庭收入"


def test_a_case_of_a_child_who_has_left_goes_on() -> None:
    child = GoneChild("H1", "A000003", "沈小妹", date(2014, 4, 1), date(2014, 5, 3))
    (finding,) = found(gone=[child])
    assert finding.number == "K507-H1-A000003"
    assert "A000003 沈小妹2014-05-03起已不在这一户" in finding.message
    assert "jiemin aid end A000003 --on 2014-05-02" in finding.remedy
    (finding,) = found(gone=[replace(child, day=child.left)])
    assert "jiemin aid void A000003 --reason 原因" in finding.remedy


def award(**other: Any) -> StaleAward:
    told: dict[str, Any] = {
        "household_no": "H1",
        "item": "低保金",
        "period": "2014-05",
        "award_class": "农村低保",
        "facts": "保障人口2人、月收入300元",
        "now_status": "在册",
        "now_class": "农村低保",
        "now_facts": "保障人口3人、月收入300元",
    }
    return StaleAward(**(told | other))


@pytest.mark.parametrize(
    ("other", "number", "words"),
    [
        ({"now_status": "停保"}, "K503-H1-低保金-2014-05", "当时停保"),
        ({"now_status": None, "now_class": None}, "K503-H1-低保金-2014-05", "当时还没有列入名册"),
        ({"now_class": "城镇低保"}, "K504-H1-低保金-2014-05", "登记时按农村低保，现在登记的是城镇低保"),
        ({}, "K505-H1-低保金-2014-05", "现在登记的是保障人口3人"),
    ],
)
def test_an_award_that_no_longer_fits(other: dict[str, Any], number: str, words: str) -> None:
    (finding,) = found(stale=[award(**other)])
    assert finding.number == number
    assert words in finding.message
    assert "jiemin subsidy compute --month 2014-05" in finding.remedy


def test_an_award_of_a_year_is_computed_by_the_year() -> None:
    (finding,) = found(stale=[award(item="低收入家庭救助", period="2014", now_status="停保")])
    assert "jiemin subsidy compute --year 2014" in finding.remedy
    assert found(stale=[award(household_no="H9")]) == []


def test_an_approved_award_is_settled_by_arrears() -> None:
    (finding,) = found(stale=[award(approved=True)])
    assert "已经批准，差额另行补发或追回：jiemin subsidy arrears" in finding.remedy
    assert "subsidy compute" not in finding.remedy


def test_forms_that_do_not_add_up() -> None:
    failed = FailedCheck(Quarter(2014, 2), "走访情况", "5=6+7")
    (finding,) = found(failed=[failed])
    assert numbers([finding]) == ["K506-2014Q2-走访情况-5=6+7"]
    assert finding.message == "走访情况：5=6+7不符"
