"""What the lists do not say is told in a sentence for each kind of fact."""

import pytest
from support.pairing import NOWHERE, TOWN, VILLAGE, cadre, household

from jiemin.domain.pairing import CadreFacts, Field, HouseholdFacts, PairingProblem, PlaceRef, lacking

FULL_HOME = household("H", VILLAGE, [Field.JOBS])
FULL_CADRE = cadre("C", [TOWN], leader=True, rank=3, field=Field.JOBS)


def test_of_full_lists_and_of_none_there_is_nothing_to_say() -> None:
    assert lacking(PairingProblem((FULL_HOME,), (FULL_CADRE,))) == ()
    assert lacking(PairingProblem((), ())) == ()


@pytest.mark.parametrize(
    ("home", "one", "sentence"),
    [
        (
            FULL_HOME,
            cadre("C", leader=True, field=Field.JOBS),
            "干部名单没有联系镇、联系村，远近无从比较，只按需求和职务配对。",
        ),
        (household("H", VILLAGE), FULL_CADRE, "困难家庭没有致困原因和帮扶需求，无从比较单位是否对口。"),
        (FULL_HOME, cadre("C", [TOWN], rank=1), "从单位名称看不出业务领域，无从比较单位是否对口。"),
        (
            FULL_HOME,
            cadre("C", [TOWN], field=Field.JOBS),
            "干部名单没有领导职务，全部按一般干部配对。",
        ),
        (household("H", NOWHERE, [Field.JOBS]), FULL_CADRE, "有1户没有镇(街道)，配对时不看远近。"),
        (household("H", TOWN, [Field.JOBS]), FULL_CADRE, "有1户没有村(社区)，只能按镇(街道)比较远近。"),
    ],
)
def test_each_missing_kind_of_fact_has_its_sentence(
    home: HouseholdFacts, one: CadreFacts, sentence: str
) -> None:
    assert lacking(PairingProblem((home,), (one,))) == (sentence,)


def test_a_household_without_a_town_does_not_hide_one_without_a_village() -> None:
    places = [PlaceRef(village="无镇村"), TOWN, TOWN, VILLAGE, NOWHERE]
    homes = tuple(household(f"H{n}", place, [Field.JOBS]) for n, place in enumerate(places))
    assert lacking(PairingProblem(homes, (FULL_CADRE,))) == (
        "有2户没有镇(街道)，配对时不看远近。",
        "有2户没有村(社区)，只能按镇(街道)比较远近。",
    )
