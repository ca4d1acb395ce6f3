"""The pairing found is the best there is, by three other ways of finding it."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.pairing import faults, keys, worth
from support.pairing_oracles import best_by_programme, best_by_table, best_of_all
from support.pairing_problems import middling, problems

from jiemin.domain.pairing import PairingProblem, PairingResult, solve
from jiemin.domain.pairing.aims import outcome


def lawful(problem: PairingProblem, result: PairingResult) -> PairingResult:
    """The result, once it is shown to keep the rules and to say truly what it left undone."""
    pairs = keys(result)
    assert faults(problem, pairs) == []
    assert len(pairs) == len(result.pairs)
    assert result.optimal
    assert result.objective == outcome(problem, pairs).objective
    homes, helpers = {h for h, _ in pairs}, {c for _, c in pairs}
    alone = [home.key for home in problem.households if home.key not in homes]
    free = [one for one in problem.cadres if one.key not in helpers and not one.besides]
    assert result.unpaired_households == tuple(sorted(alone))
    assert result.leaders_without == tuple(sorted(one.key for one in free if one.leader))
    assert result.idle_cadres == tuple(sorted(one.key for one in free if not one.leader))
    assert result.ended == tuple(sorted(set(problem.kept) - pairs))
    return result


def solved(problem: PairingProblem) -> PairingResult:
    return lawful(problem, solve(problem))


def in_force(problem: PairingProblem, result: PairingResult) -> PairingProblem:
    """The problem on the day after, when the result is in force."""
    return replace(problem, kept={(pair.household, pair.cadre): pair.role for pair in result.pairs})


def of_seed(seed: int, least: int, most: int) -> PairingProblem:
    chance = Random(seed)
    return middling(chance, chance.randint(least, most), chance.randint(least, most))


@settings(max_examples=300, deadline=None)
@given(problems(3, 3))
def test_no_set_of_pairs_at_all_is_worth_more(problem: PairingProblem) -> None:
    assert worth(problem, keys(solved(problem))) == best_of_all(problem)


@settings(max_examples=300, deadline=None)
@given(problems(5, 5))
def test_of_five_by_five_none_is_worth_more(problem: PairingProblem) -> None:
    assert worth(problem, keys(solved(problem))) == best_by_table(problem)


@settings(max_examples=50, deadline=None)
@given(problems(3, 3))
def test_the_three_countings_of_small_problems_agree(problem: PairingProblem) -> None:
    assert best_of_all(problem) == best_by_table(problem) == best_by_programme(problem)


@pytest.mark.parametrize("seed", range(60))
def test_of_middling_problems_a_linear_programme_finds_none_better(seed: int) -> None:
    problem = of_seed(seed, 15, 45)
    assert worth(problem, keys(solved(problem))) == best_by_programme(problem)


def test_the_problems_drawn_leave_nothing_out() -> None:
    seen = Counter[str]()
    for problem in (of_seed(seed, 15, 45) for seed in range(150)):
        alone, leaders, ended, idle, begun, _ = worth(problem, keys(solve(problem)))
        seen.update({problem.rules.mode: 1, "bind": problem.rules.links_bind, "alone": alone > 0})
        seen.update({"leaders": leaders > 0, "ended": ended > 0, "idle": idle > 0, "begun": begun > 0})
        seen.update(taken=any(home.taken_by for home in problem.households))
        seen.update(required=bool(problem.required - problem.kept.keys()), pinned=bool(problem.pinned))
        seen.update(rebalanced=problem.price_of_ending is not None)
        seen.update(besides=any(one.besides for one in problem.cadres))
    assert len(seen) == 14
    assert min(seen.values()) >= 3, seen


@settings(max_examples=100, deadline=None)
@given(problems(5, 5), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(problem: PairingProblem, chance: Random) -> None:
    homes, helpers, kept = list(problem.households), list(problem.cadres), list(problem.kept.items())
    for rows in (homes, helpers, kept):
        chance.shuffle(rows)
    shuffled = replace(problem, households=tuple(homes), cadres=tuple(helpers), kept=dict(kept))
    assert solve(shuffled) == solve(problem)


@settings(max_examples=100, deadline=None)
@given(problems(5, 5))
def test_solving_again_what_was_solved_changes_nothing(problem: PairingProblem) -> None:
    problem = replace(problem, price_of_ending=None)
    first = solved(problem)
    again = solved(in_force(problem, first))
    assert [(pair.household, pair.cadre, pair.role) for pair in again.pairs] == [
        (pair.household, pair.cadre, pair.role) for pair in first.pairs
    ]
    assert again.ended == ()


@settings(max_examples=100, deadline=None)
@given(problems(4, 4), st.integers(0, 60))
def test_rebalancing_again_gains_nothing(problem: PairingProblem, price: int) -> None:
    problem = replace(problem, price_of_ending=price)
    balanced = in_force(problem, solved(problem))
    assert worth(balanced, set(balanced.kept)) == worth(balanced, keys(solved(balanced)))


def test_the_order_of_a_sets_members_never_matters() -> None:
    """Sets of words are gone through in another order in every process."""
    question = (
        "from random import Random; from support.pairing_problems import middling;"
        "from jiemin.domain.pairing import solve;"
        "print([solve(middling(Random(seed), 40, 40)) for seed in range(8)])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", question],
            env={**os.environ, "PYTHONPATH": "tests", "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(answers) == 1


def check_departure(problem: PairingProblem, gone: str) -> tuple[PairingProblem, PairingResult]:
    """What changes when one cadre leaves: the own households, unless somebody else would be without.

    Nobody else's pairing ends if keeping all of them serves as many; and then nobody else's household
    gets a new cadre either. The problem after the departure, and its result.
    """
    before = in_force(problem, solved(problem))
    left = {home for home, cadre in before.kept if cadre == gone}
    after = replace(before, cadres=tuple(one for one in before.cadres if one.key != gone))
    result = solved(after)
    others = [pair for pair in result.ended if pair[1] != gone]
    keeping = worth(after, keys(solve(replace(after, pinned=after.keepable()))))
    if others:
        assert worth(after, keys(result))[:2] < keeping[:2]
    else:
        assert {home for home, _ in keys(result) - before.kept.keys()} <= left
        assert worth(after, keys(result)) == keeping
    return after, result


@settings(max_examples=200, deadline=None)
@given(problems(4, 4), st.data())
def test_when_a_cadre_leaves_only_the_own_households_change_if_possible(
    problem: PairingProblem, data: st.DataObject
) -> None:
    assume(problem.cadres)
    gone = data.draw(st.sampled_from(problem.cadres)).key
    after, result = check_departure(replace(problem, price_of_ending=None), gone)
    assert worth(after, keys(result)) == best_by_table(after)


@pytest.mark.parametrize("seed", range(20))
def test_when_a_cadre_leaves_a_linear_programme_needs_as_many_changes(seed: int) -> None:
    problem = replace(of_seed(seed, 15, 40), price_of_ending=None)
    gone = Random(seed).choice(problem.cadres).key
    after, result = check_departure(problem, gone)
    ended, begun = len(result.ended), len(keys(result) - after.kept.keys())
    best = best_by_programme(after)
    assert (ended, begun) == (best[2], best[4])
    assert worth(after, keys(result)) == best


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(500))
def test_campaign_of_eight_by_eight_none_is_worth_more(seed: int) -> None:
    problem = of_seed(seed, 1, 8)
    assert worth(problem, keys(solved(problem))) == best_by_table(problem)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(200))
def test_campaign_of_large_problems_a_linear_programme_finds_none_better(seed: int) -> None:
    problem = of_seed(seed, 15, 100)
    assert worth(problem, keys(solved(problem))) == best_by_programme(problem)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100))
def test_campaign_of_departures_a_linear_programme_needs_as_many_changes(seed: int) -> None:
    problem = replace(of_seed(seed, 15, 60), price_of_ending=None)
    after, result = check_departure(problem, Random(seed).choice(problem.cadres).key)
    assert worth(after, keys(result)) == best_by_programme(after)
