"""The order of annex 1: towns as the county lists them, villages by their first number, then numbers."""

from support.quarters import TOWNS, household, quarter_facts

from jiemin.domain.indicators.report import list_pairings


def test_villages_come_in_the_order_of_their_first_household() -> None:
    places = [
        ("B3", 1, "乙村"),
        ("B1", 1, "戊村"),
        ("B2", 1, "乙村"),
        ("B4", 1, "戊村"),
        ("B0", 2, "乙村"),
        ("B9", 0, "丙村"),
    ]
    lines = list_pairings(
        quarter_facts(
            households=[
                household(2, household_no=number, town=TOWNS[town], village=village)
                for number, town, village in places
            ],
            pairings=[],
            visits=[],
            awards=[],
        )
    )
    assert [line.household.household_no for line in lines] == ["B9", "B1", "B4", "B2", "B3", "B0"]
