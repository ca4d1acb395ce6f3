"""What became different in a family, in the clerk's words."""

from dataclasses import replace
from datetime import date

import pytest

from jiemin.domain.codes import HouseholdClass, Keeping
from jiemin.domain.entitlement import CaseFacts, FamilyFacts, IncomePeriod, MemberFacts
from jiemin.domain.entitlement.fact_changes import fact_changes

DAY = date(2014, 6, 30)
FAMILY = FamilyFacts(HouseholdClass.RURAL_DIBAO, DAY, 4, 3, 30000, IncomePeriod.MONTH)
SHEN, LU = MemberFacts(1, "沈一", covered=True), MemberFacts(2, "陆二")
BILL, FIXED = CaseFacts("A000001", DAY, base_fen=100), CaseFacts("A000002", DAY, base_fen=500)


@pytest.mark.parametrize(
    ("told", "changes"),
    [
        ({"day": date(2014, 5, 31)}, []),
        ({"household_class": HouseholdClass.URBAN_DIBAO}, ["困难类别农村低保→城镇低保"]),
        ({"keeping": Keeping.DISPERSED}, ["供养方式没有登记→分散供养"]),
        ({"size": 5, "covered": None}, ["家庭人口4人→5人", "保障人口3人→没有登记"]),
        ({"income_fen": 20000}, ["家庭月收入300元→月收入200元"]),
        (
            {"income_fen": 360000, "income_period": IncomePeriod.YEAR},
            ["家庭月收入300元→年收入3,600元"],
        ),
        ({"income_fen": None, "income_period": None}, ["家庭月收入300元→没有登记"]),
        ({"pension_insured": 2}, ["参加养老保险没有登记→2人"]),
        ({"members": (SHEN, LU)}, ["沈一的成员情况", "陆二的成员情况"]),
        ({"cases": (BILL,), "dibao_cases": (FIXED,)}, ["救助事项A000001", "救助事项A000002"]),
    ],
)
def test_each_fact_is_told_before_and_after(told: dict[str, object], changes: list[str]) -> None:
    assert fact_changes(FAMILY, replace(FAMILY, **told)) == changes  # type: ignore[arg-type]


def test_of_members_and_cases_those_that_differ_are_named() -> None:
    before = replace(FAMILY, members=(SHEN, LU), cases=(BILL, FIXED))
    now = replace(FAMILY, members=(replace(SHEN, covered=False), LU), cases=(replace(BILL, base_fen=1),))
    assert fact_changes(before, now) == ["沈一的成员情况", "救助事项A000001", "救助事项A000002"]
    assert fact_changes(now, before) == ["沈一的成员情况", "救助事项A000001", "救助事项A000002"]
