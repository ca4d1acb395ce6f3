"""Who goes without is explained by counting: too few places for a set of people, no more and no less."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from support.pairing import FAR_VILLAGE, VILLAGE, cadre, homes, household, in_force, staff
from support.pairing_problems import middling, problems

from jiemin.domain.pairing import Mode, PairingProblem, PlaceRef, Rules
from jiemin.domain.pairing.closures import closures
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.shortage import Shortage, shortages
from jiemin.domain.pairing.solve import Attempt, best_attempt


def told(problem: PairingProblem) -> list[str]:
    """The sentences on who goes without."""
    found = best_attempt(problem)
    return [each.sentence for each in shortages(problem, found.built, found.flow)]


def prove(problem: PairingProblem, found: Attempt) -> tuple[Shortage, ...]:
    """The shortages, once all that they say was counted again from the rules alone."""
    told_of = shortages(problem, found.built, found.flow)
    fixed, rules = found.plan.fixed, problem.rules
    of_home, of_cadre = Counter(h for h, _ in fixed), Counter(c for _, c in fixed)
    places = {one.key: max(0, rules.most_households(one) - of_cadre[one.key]) for one in problem.cadres}
    rooms = {home.key: max(0, rules.cadres_per_household - of_home[home.key]) for home in problem.households}
    loose = found.plan.loose
    lawful = {
        (home.key, one.key)
        for home in problem.households
        for one in problem.cadres
        if (may_begin(home, one, rules) and (home.key, one.key) not in problem.barred)
        or (home.key, one.key) in loose
    }
    alone = set(found.result.unpaired_households)
    without = set(found.result.leaders_without)
    for each in told_of:
        homes_of, cadres_of = set(each.households), set(each.cadres)
        assert each.demand > each.capacity
        if each.of_leaders:
            assert each.demand == len(cadres_of)
            assert not any(of_cadre[key] for key in cadres_of)
            assert each.capacity == sum(rooms[key] for key in homes_of)
            assert {h for h, c in lawful if c in cadres_of and rooms[h]} <= homes_of
            assert each.left == len(without & cadres_of)
        else:
            assert each.demand == len(homes_of)
            assert not any(of_home[key] for key in homes_of)
            assert each.capacity == sum(places[key] for key in cadres_of)
            assert {c for h, c in lawful if h in homes_of and places[c]} <= cadres_of
            assert each.left == len(alone & homes_of)
    explained = [each for each in told_of if not each.of_leaders]
    assert alone <= {key for each in explained for key in each.households}
    assert without <= {key for each in told_of if each.of_leaders for key in each.cadres}
    assert bool(explained) is bool(alone)
    assert len(explained) < len(told_of) if without else len(explained) == len(told_of)
    return told_of


@settings(max_examples=200, deadline=None)
@given(problems(5, 5))
def test_whoever_goes_without_is_in_a_set_with_exactly_so_many_places_too_few(
    problem: PairingProblem,
) -> None:
    prove(problem, best_attempt(problem))


@pytest.mark.parametrize("seed", range(60))
def test_so_it_is_in_rosters(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(5, 40), chance.randint(5, 40))
    if seed % 3 == 0:
        rules = replace(problem.rules, links_bind=True, cadres_max=1)
        problem = replace(problem, kept={}, pinned=frozenset(), rules=rules)
    prove(problem, best_attempt(problem))


def test_too_few_cadres_in_all() -> None:
    problem = PairingProblem(homes(0, 1, 2, 3), staff(3))
    assert told(problem) == ["全市：待结对4户，干部名额3个，1户无人可结，先保困难程度深的"]
    assert told(replace(problem, cadres=())) == ["全市：待结对4户，干部没有名额，4户无人可结"]


def test_nobody_goes_without_and_nothing_is_told() -> None:
    assert told(PairingProblem(homes(0, 1), staff(3, leaders=1))) == []


def test_a_village_taken_by_a_unit_with_too_few_cadres() -> None:
    taken = [household(f"H{n}", VILLAGE, taken_by=["交通局"]) for n in range(5)]
    other = household("H9", FAR_VILLAGE)
    drivers = [cadre(f"C{n}", unit="交通局") for n in range(3)]
    others = [cadre(f"D{n}", unit="水利局") for n in range(4)]
    problem = PairingProblem((*taken, other), (*drivers, *others))
    assert told(problem) == [
        "T1a：待结对5户，只能由包村的交通局帮扶，其干部名额3个，2户无人可结，先保困难程度深的"
    ]
    busy = replace(problem, cadres=problem.cadres[:1], kept=in_force(("H9", "C0")))
    assert told(busy) == ["T1a：待结对5户，只能由包村的交通局帮扶，其1名干部名额已满或应当回避，5户无人可结"]
    nobody = replace(problem, cadres=problem.cadres[3:])
    assert told(nobody) == ["T1a：待结对5户，只能由包村的交通局帮扶，而其没有在职干部，5户无人可结"]


def test_a_smaller_set_comes_first_and_is_counted_in_the_larger() -> None:
    taken = [household(f"H{n}", VILLAGE, depth=n, taken_by=["交通局"]) for n in range(3)]
    others = [household(f"J{n}", FAR_VILLAGE) for n in range(3)]
    problem = PairingProblem((*taken, *others), (cadre("C1", unit="交通局"), cadre("D1", unit="水利局")))
    assert told(problem) == [
        "T1a：待结对3户，只能由包村的交通局帮扶，其干部名额1个，2户无人可结，先保困难程度深的",
        "全市：待结对6户，干部名额2个，连同上面的共4户无人可结，先保困难程度深的",
    ]


def test_links_that_bind_and_recusals_leave_a_household_alone() -> None:
    rules = Rules(links_bind=True)
    linked = PairingProblem(
        (household("H1", VILLAGE), household("H2", FAR_VILLAGE)),
        (cadre("C1", [FAR_VILLAGE]), cadre("C2", [FAR_VILLAGE])),
        rules=rules,
    )
    assert told(linked) == ["T1a：待结对1户，按联系镇村的规定可结对的干部没有名额，1户无人可结"]
    own = PairingProblem(
        (household("H1", VILLAGE), household("H2", VILLAGE)),
        (cadre("C1"), cadre("C2"), cadre("C3", unit="U2")),
        barred=frozenset({("H1", "C1"), ("H1", "C2"), ("H1", "C3")}),
    )
    assert told(own) == ["T1a：待结对1户，可以结对的干部没有名额，1户无人可结"]


def test_places_are_named_while_they_are_few() -> None:
    rules = Rules(links_bind=True)
    far = cadre("C1", [PlaceRef("T9")])
    spots = [PlaceRef(f"T{town}", f"T{town}/{name}") for town in (1, 2) for name in "ab"]
    villages = [household(f"H{n}", spot) for n, spot in enumerate(spots)]
    there = household("H9", PlaceRef("T9"))
    problem = PairingProblem((*villages, there), (far,), rules=rules)
    assert told(problem)[0].startswith("T1、T2：待结对4户")
    towns = [household(f"H{n}", PlaceRef(f"T{n}")) for n in range(5)]
    assert told(replace(problem, households=(*towns, there)))[0].startswith("全市：待结对5户")


def test_leaders_for_whom_there_are_too_few_households() -> None:
    problem = PairingProblem(homes(0, 0), staff(5, leaders=5), rules=Rules(cadres_max=2))
    assert told(problem) == [
        "U1：待结对的领导干部5名，可结对的2户每户最多2名干部，还能加4名，1名领导干部没有可结对的户"
    ]
    two_units = replace(problem, cadres=(*problem.cadres[1:], cadre("D1", unit="U2", leader=True)))
    assert told(two_units)[0].startswith("全市：待结对的领导干部5名")
    assert told(replace(problem, households=())) == ["U1：5名领导干部没有可结对的户，没有应结对的户"]


def test_leaders_who_may_have_no_household_at_all() -> None:
    full = PairingProblem(
        homes(0), staff(2, leaders=2), kept=in_force(("H1", "C1")), rules=Rules(Mode.ONE_TO_ONE)
    )
    assert told(full) == ["U1：1名领导干部没有可结对的户，可结对的1户干部都已满员"]
    leaders = [cadre(f"C{n}", [PlaceRef("T9")], leader=True, unit=f"U{n}") for n in range(2)]
    bound = PairingProblem(homes(0), (*leaders, cadre("C9")), rules=Rules(links_bind=True))
    assert told(bound) == ["T9：2名领导干部没有可结对的户，按联系镇村、包村和回避的规定，哪一户都不能结对"]


def test_some_leaders_are_told_of_again_with_the_larger_set() -> None:
    rules = Rules(Mode.ONE_TO_ONE, links_bind=True)
    bound = [cadre(f"B{n}", [VILLAGE], leader=True, unit="村里的") for n in range(2)]
    free = [cadre(f"F{n}", leader=True, unit="别的") for n in range(2)]
    problem = PairingProblem(
        (household("H1", VILLAGE), household("H2", FAR_VILLAGE)), (*bound, *free), rules=rules
    )
    first, second = told(problem)
    assert first.startswith("村里的：待结对的领导干部2名")
    assert second == (
        "全市：待结对的领导干部4名，可结对的2户每户最多1名干部，还能加2名，连同上面的共2名领导干部没有可结对的户"
    )


def test_sets_within_reach_are_found_through_rings_and_branches() -> None:
    #        0 -> 1 <-> 2 -> 3      5 -> 4 -> 3,   6 -> 2
    edges = [[1], [2], [1, 3], [], [3], [4], [2]]
    assert closures(edges, [0, 5, 6], {2, 3, 4}) == [{0, 1, 2, 3, 6}, {3, 4, 5}]
    assert closures(edges, [4, 5], {3}) == [{3, 4, 5}]
    assert closures(edges, [3, 4], {3, 4}) == [{3}, {3, 4}]
