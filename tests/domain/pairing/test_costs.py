"""The cost table: each circumstance has its points and its reason, and nothing else counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.pairing import (
    FAR_VILLAGE,
    NEXT_VILLAGE,
    NOWHERE,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    cadre,
    household,
    pair_points,
    unit_points,
)
from support.pairing_problems import cadres, costs_tables, households

from jiemin.domain.pairing import CadreFacts, Costs, Field, HouseholdFacts, PlaceRef, cost_lines, pair_cost

COSTS = Costs()


@pytest.mark.parametrize(
    ("place", "links", "label", "amount"),
    [
        (VILLAGE, [VILLAGE], "远近：联系本村", 0),
        (VILLAGE, [VILLAGE, TOWN], "远近：联系本村", 0),
        (VILLAGE, [TOWN, NEXT_VILLAGE], "远近：联系本镇", 10),
        (TOWN, [TOWN], "远近：联系本镇", 10),
        (VILLAGE, [NEXT_VILLAGE], "远近：联系同镇的其他村", 15),
        (TOWN, [VILLAGE], "远近：联系同镇的其他村", 15),
        (VILLAGE, [FAR_VILLAGE, OTHER_TOWN], "远近：联系的是其他镇", 40),
        (PlaceRef(village="无镇村"), [TOWN], "远近：联系的是其他镇", 40),
        (VILLAGE, [], "远近：没有联系镇村或住址不明", 50),
        (VILLAGE, [NOWHERE], "远近：没有联系镇村或住址不明", 50),
        (NOWHERE, [TOWN], "远近：没有联系镇村或住址不明", 50),
    ],
)
def test_points_for_the_nearest_common_place(
    place: PlaceRef, links: list[PlaceRef], label: str, amount: int
) -> None:
    line = cost_lines(household("H", place), cadre("C", links), COSTS, kept=False)[0]
    assert (line.label, line.amount) == (label, amount)


@pytest.mark.parametrize(
    ("needs", "field", "label", "amount"),
    [
        ([], Field.JOBS, "需求：没有登记", 0),
        ([Field.JOBS, Field.HEALTH], Field.HEALTH, "需求：单位对口(医疗)", 0),
        ([Field.JOBS], Field.HEALTH, "需求：单位不对口", 15),
        ([Field.JOBS], None, "需求：单位不对口", 15),
    ],
)
def test_points_for_a_need_that_the_units_work_misses(
    needs: list[Field], field: Field | None, label: str, amount: int
) -> None:
    line = cost_lines(household("H", needs=needs), cadre("C", field=field), COSTS, kept=False)[1]
    assert (line.label, line.amount) == (label, amount)


@pytest.mark.parametrize(
    ("depth", "rank", "label", "amount"),
    [
        (0, 0, "职级：与困难程度相称", 0),
        (1, 3, "职级：与困难程度相称", 0),
        (3, 2, "职级：比困难程度低1级", 6),
        (3, 0, "职级：比困难程度低3级", 18),
    ],
)
def test_points_for_a_rank_below_the_depth_of_need(depth: int, rank: int, label: str, amount: int) -> None:
    line = cost_lines(household("H", depth=depth), cadre("C", rank=rank), COSTS, kept=False)[2]
    assert (line.label, line.amount) == (label, amount)


@pytest.mark.parametrize(
    ("place", "held", "label", "amount"),
    [
        (VILLAGE, [VILLAGE, FAR_VILLAGE], "相邻：与其原有结对户同村", 0),
        (VILLAGE, [NEXT_VILLAGE, FAR_VILLAGE], "相邻：与其原有结对户同镇不同村", 4),
        (TOWN, [VILLAGE], "相邻：与其原有结对户同镇不同村", 4),
        (VILLAGE, [FAR_VILLAGE], "相邻：与其原有结对户不同镇", 8),
        (NOWHERE, [VILLAGE], "相邻：与其原有结对户不同镇", 8),
        (PlaceRef(village="甲"), [PlaceRef(village="甲")], "相邻：与其原有结对户同村", 0),
        (PlaceRef(village="甲"), [PlaceRef(village="乙")], "相邻：与其原有结对户不同镇", 8),
    ],
)
def test_points_for_a_household_away_from_the_cadres_others(
    place: PlaceRef, held: list[PlaceRef], label: str, amount: int
) -> None:
    line = cost_lines(household("H", place), cadre("C", held=held), COSTS, kept=False)[3]
    assert (line.label, line.amount) == (label, amount)


@pytest.mark.parametrize(
    ("former", "unit", "label", "amount"),
    [
        (["U1"], "U1", "接续：原帮扶单位的干部", 0),
        (["U1", "U2"], "U2", "接续：原帮扶单位的干部", 0),
        (["U1", "U2"], "U3", "接续：换了单位", 8),
    ],
)
def test_points_for_a_change_of_the_helpers_unit(
    former: list[str], unit: str, label: str, amount: int
) -> None:
    home = household("H", former_units=former)
    line = cost_lines(home, cadre("C", unit=unit), COSTS, kept=False)[3]
    assert (line.label, line.amount) == (label, amount)


def test_of_a_cadre_without_households_and_a_household_nobody_left_there_is_nothing_to_say() -> None:
    labels = [line.label for line in cost_lines(household("H"), cadre("C"), COSTS, kept=False)]
    assert [label.partition("：")[0] for label in labels] == ["远近", "需求", "职级", "新结对"]


def test_points_for_a_pairing_not_in_force() -> None:
    new, old = (cost_lines(household("H"), cadre("C"), COSTS, kept)[-1] for kept in (False, True))
    assert (new.label, new.amount) == ("新结对", 5)
    assert (old.label, old.amount) == ("沿用原有结对", 0)


@given(households, cadres, costs_tables, st.booleans())
def test_the_reasons_add_up_to_the_pairs_points(
    home: HouseholdFacts, one: CadreFacts, costs: Costs, kept: bool
) -> None:
    lines = cost_lines(home, one, costs, kept)
    assert sum(line.amount for line in lines) == pair_cost(home, one, costs, kept)
    assert pair_cost(home, one, costs, kept) == pair_points(home, one, costs, kept)
    assert pair_cost(home, one, costs, kept) <= costs.dearest_pair


def test_with_the_defaults_a_place_in_the_queue_outweighs_any_pair() -> None:
    assert COSTS.dearest_pair == 104 < COSTS.assistant_step


@given(costs_tables)
def test_loads_and_assistants_grow_dearer_one_by_one(costs: Costs) -> None:
    assert [costs.load(n) for n in (1, 2, 3, 4)] == [n * costs.load_step for n in (0, 1, 2, 3)]
    queue = [costs.assistant(ordinal, depth) for ordinal in (1, 2, 3) for depth in (3, 2, 1, 0)]
    assert queue == [costs.assistant_step * place for place in range(1, 13)]


@pytest.mark.parametrize(
    ("staff", "points"),
    [
        (1, [0, 4, 8, 12, 16, 20, 24, 28, 32]),
        (4, [0, 4, 8, 12, 16, 20, 24, 28, 32]),
        (5, [0, 0, 4, 4, 8, 8, 12, 12, 16]),
        (9, [0, 0, 0, 4, 4, 4, 8, 8, 8]),
    ],
)
def test_a_units_load_grows_dearer_with_every_quarter_of_a_household_per_head(
    staff: int, points: list[int]
) -> None:
    assert [COSTS.unit_load(ordinal, staff) for ordinal in range(1, 10)] == points


@given(costs_tables, st.integers(1, 30), st.integers(1, 40))
def test_a_units_load_is_what_the_words_say(costs: Costs, staff: int, ordinal: int) -> None:
    assert costs.unit_load(ordinal, staff) == unit_points(costs, ordinal, staff)


@pytest.mark.parametrize(
    "wrong",
    [
        {"town_linked": -1},
        {"town_linked": 16},
        {"town_shared": 41},
        {"elsewhere": 51},
        {"need_missed": -1},
        {"rank_step": -1},
        {"village_apart": -1},
        {"village_apart": 9},
        {"unit_changed": -1},
        {"new_pairing": -1},
        {"unit_step": -1},
        {"load_step": 0},
        {"assistant_step": 0},
    ],
)
def test_a_table_that_would_mislead_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must"):
        Costs(**wrong)


def test_the_fingerprint_tells_tables_apart_and_stays_the_same() -> None:
    assert Costs().fingerprint() == "2b71a1006e79b952"
    others = {Costs(**{name: getattr(Costs(), name) + 1}).fingerprint() for name in Costs.__slots__}
    assert len(others | {Costs().fingerprint()}) == 1 + len(Costs.__slots__)
