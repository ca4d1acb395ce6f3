"""Loads and fit of a pairing: worked by hand, and against plain counting."""

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.pairing import CadreFacts, Costs, Field, HouseholdFacts, PlaceRef, cost_lines
from jiemin.domain.pairing.fairness import (
    CadreLoad,
    Fit,
    Loads,
    Nearness,
    UnitLoad,
    fairness,
    fit,
    loads,
    unit_loads,
)


def test_loads_of_a_few() -> None:
    assert loads([2, 0, 1, 1, 5, 0]) == Loads(6, 0, 10, 5, (2, 2, 1, 0, 0, 1))
    assert loads([1, 2]).median == 15
    assert loads([]) == Loads(0, 0, 0, 0, ())


def test_units_are_compared_per_head() -> None:
    cadres = [
        CadreLoad("卫生局", True, 3),
        CadreLoad("教育局", False, 1),
        CadreLoad("教育局", True, 2),
        CadreLoad("残联", False, 1),
        CadreLoad("残联", False, 2),
    ]
    found = fairness(cadres, [])
    assert found.units == (UnitLoad("卫生局", 1, 3), UnitLoad("教育局", 2, 3), UnitLoad("残联", 2, 3))
    assert [unit.per_head for unit in found.units] == [30, 15, 15]
    assert [unit.unit for unit in found.lightest] == ["教育局", "残联"]
    assert [unit.unit for unit in found.heaviest] == ["卫生局"]
    assert found.cadres == Loads(5, 1, 20, 3, (0, 2, 2, 1))
    assert found.leaders == Loads(2, 2, 25, 3, (0, 0, 1, 1))


def test_without_anybody_nothing_is_heaviest() -> None:
    nothing = fairness([], [])
    assert (nothing.units, nothing.lightest, nothing.heaviest) == ((), (), ())
    assert nothing.fit == Fit(dict.fromkeys(Nearness, 0), 0, 0, 0, 0, 0)


def test_what_reasons_say() -> None:
    found = fit(
        [
            [("远近：联系本村", 0), ("需求：单位对口(医疗)", 0), ("职级：与困难程度相称", 0), ("新结对", 5)],
            [("远近：联系的是其他镇", 40), ("需求：单位不对口", 10), ("职级：比困难程度低2级", 12)],
            [("远近：联系本村", 0), ("需求：没有登记", 0), ("职级：与困难程度相称", 0)],
            [],
        ]
    )
    near = dict.fromkeys(Nearness, 0) | {Nearness.VILLAGE: 2, Nearness.ELSEWHERE: 1}
    assert found == Fit(near=near, field_right=1, field_wrong=1, rank_adequate=2, rank_short=1, untold=1)


PLACES = st.sampled_from(
    [PlaceRef(), PlaceRef("甲"), PlaceRef("甲", "甲/一"), PlaceRef("甲", "甲/二"), PlaceRef("乙", "乙/一")]
)
FIELDS = st.sampled_from(Field)


@given(
    PLACES,
    st.frozensets(FIELDS, max_size=2),
    st.integers(0, 3),
    st.frozensets(PLACES),
    FIELDS,
    st.integers(0, 4),
)
def test_every_reason_the_cost_table_gives_is_understood(
    place: PlaceRef,
    needs: frozenset[Field],
    depth: int,
    links: frozenset[PlaceRef],
    field: Field,
    rank: int,
) -> None:
    household = HouseholdFacts("H", place, needs, depth)
    cadre = CadreFacts("C", "单位", field, False, rank, links)
    lines = cost_lines(household, cadre, Costs(), kept=False)
    found = fit([[(line.label, line.amount) for line in lines]])
    costs = Costs()
    points = {
        Nearness.VILLAGE: 0,
        Nearness.TOWN: costs.town_linked,
        Nearness.SAME_TOWN: costs.town_shared,
        Nearness.ELSEWHERE: costs.elsewhere,
        Nearness.UNKNOWN: costs.place_unknown,
    }
    assert [points[near] for near, pairs in found.near.items() if pairs] == [lines[0].amount]
    assert sum(found.near.values()) == found.rank_adequate + found.rank_short == 1
    assert (found.field_right, found.field_wrong) == (
        int(bool(needs) and field in needs),
        int(bool(needs) and field not in needs),
    )
    assert found.rank_adequate == int(rank >= depth)
    assert found.untold == 0


@given(st.lists(st.integers(0, 9)))
def test_loads_agree_with_plain_counting(numbers: list[int]) -> None:
    found = loads(numbers)
    assert found.people == len(numbers) == sum(found.people_with)
    assert sum(number * people for number, people in enumerate(found.people_with)) == sum(numbers)
    if numbers:
        assert (found.least, found.most) == (min(numbers), max(numbers))
        assert found.median == 10 * median(numbers)
        assert len(found.people_with) == found.most + 1


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(0, 5))))
def test_no_unit_is_lighter_or_heavier_than_those_named(told: list[tuple[str, int]]) -> None:
    cadres = [CadreLoad(unit, False, number) for unit, number in told]
    assert sum(unit.households for unit in unit_loads(cadres)) == sum(number for _, number in told)
    found = fairness(cadres, [])
    for unit in found.units:
        assert found.lightest[0].per_head <= unit.per_head <= found.heaviest[0].per_head
        exact = 10 * unit.households / unit.staff
        assert abs(unit.per_head - exact) <= 0.5
