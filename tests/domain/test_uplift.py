"""What the notice brings, added up by household, class, town, item and month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Item
from jiemin.domain.indicators import AwardLine
from jiemin.domain.money_groups import By
from jiemin.domain.periods import Month, Year
from jiemin.domain.uplift import UpliftSums, span_label, uplift_by, uplift_sums

URBAN, RURAL, LOW = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME
LINES = [
    AwardLine("H2", RURAL, Item.DIBAO, "2014-06", 100, 130),
    AwardLine("H1", URBAN, Item.DIBAO, "2014-05", 100, 100, draft=True),
    AwardLine("H3", LOW, Item.LOW_INCOME, "2014", 500, 900, draft=True),
    AwardLine("H2", RURAL, Item.DIBAO, "2014-05", 100, 120),
]
TOWNS = {"H1": "石门镇", "H2": "乌镇镇", "H3": ""}


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.TOWN, ["乌镇镇", "石门镇", "没有写镇"]),
        (By.CLASS, ["城镇低保", "农村低保", "低收入(低保边缘)"]),
        (By.ITEM, ["低保金", "低收入家庭救助"]),
        (By.MONTH, ["2014-05", "2014-06", "2014年度"]),
        (By.HOUSEHOLD, ["H1", "H2", "H3"]),
    ],
)
def test_groups_stand_in_their_order_and_add_up(by: By, names: list[str]) -> None:
    groups = uplift_by(LINES, by, TOWNS, ["乌镇镇", "高桥镇", "石门镇"])
    assert list(groups) == names
    assert sum(each.uplift_fen for each in groups.values()) == uplift_sums(LINES).uplift_fen == 450


def test_the_total_tells_what_is_drafted() -> None:
    assert uplift_sums(LINES) == UpliftSums(3, 800, 1250, 2, 400)
    assert uplift_sums(LINES).sentence("2014年（5–6月）") == (
        "2014年（5–6月）：3户，通知前8元，通知后12.50元，增加4.50元（其中试算4元）"
    )
    assert uplift_sums(LINES[:1]).sentence("2014年6月") == (
        "2014年6月：1户，通知前1元，通知后1.30元，增加0.30元"
    )


@given(
    st.lists(
        st.builds(
            AwardLine,
            st.sampled_from(["H1", "H2", "H3", "H4"]),
            st.sampled_from(HouseholdClass),
            st.sampled_from(Item),
            st.sampled_from(["2014-05", "2014-06", "2014"]),
            st.integers(0, 99),
            st.integers(0, 99),
            st.booleans(),
        )
    ),
    st.sampled_from(By),
)
def test_no_fen_is_lost_between_groups(lines: list[AwardLine], by: By) -> None:
    groups, total = uplift_by(lines, by, TOWNS).values(), uplift_sums(lines)
    assert sum(each.before_fen for each in groups) == total.before_fen
    assert sum(each.after_fen for each in groups) == total.after_fen
    assert sum(each.draft_fen for each in groups) == total.draft_fen
    assert sum(each.drafts for each in groups) == total.drafts


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [(1, 9, "2014年（1–9月）"), (1, 1, "2014年（1月）"), (1, 12, "2014年"), (1, 0, "2014年")],
)
def test_a_year_is_named_with_its_months(first: int, last: int, label: str) -> None:
    assert span_label(Year(2014), [Month(2014, each) for each in range(first, last + 1)]) == label
