"""Whom the work is about: 低保户 and 低收入户, unless an institution looks after them."""

import pytest

from jiemin.domain.codes import HouseholdClass, Keeping
from jiemin.domain.whom_to_pair import is_to_be_paired


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (HouseholdClass.URBAN_DIBAO, True),
        (HouseholdClass.RURAL_DIBAO, True),
        (HouseholdClass.LOW_INCOME, True),
        (HouseholdClass.WUBAO, False),
        (HouseholdClass.SANWU, False),
        (HouseholdClass.OTHER, False),
    ],
)
def test_the_classes_the_notice_names_are_to_be_paired(one: HouseholdClass, wanted: bool) -> None:
    assert is_to_be_paired(one, None) is wanted
    assert is_to_be_paired(one.value, Keeping.DISPERSED.value) is wanted
    assert not is_to_be_paired(one, Keeping.CENTRAL)


def test_a_county_may_name_other_classes() -> None:
    assert is_to_be_paired("五保", "分散供养", {HouseholdClass.WUBAO})
    assert not is_to_be_paired("五保", "集中供养", {HouseholdClass.WUBAO})
    assert not is_to_be_paired("农村低保", None, {HouseholdClass.WUBAO})
