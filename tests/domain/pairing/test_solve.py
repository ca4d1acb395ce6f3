"""The pairing found is the best there is, by three other ways of finding it."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pairing import faults, keys, worth
from support.pairing_oracles import best_by_table, best_of_all, least_objective
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
    free = [one for one in problem.cadres if one.key not in helpers]
    assert result.unpaired_households == tuple(sorted(alone))
    assert result.leaders_without == tuple(sorted(one.key for one in free if one.leader))
    assert result.idle_cadres == tuple(sorted(one.key for one in free if not one.leader))
    assert result.ended == tuple(sorted(set(problem.kept) - pairs))
    return result


@settings(max_examples=200, deadline=None)
@given(problems(3, 3, pins=True))
def test_no_set_of_pairs_at_all_is_worth_more(problem: PairingProblem) -> None:
    assert worth(problem, keys(lawful(problem, solve(problem)))) == best_of_all(problem)


@settings(max_examples=300, deadline=None)
@given(problems(5, 5))
def test_of_five_by_five_none_is_worth_more(problem: PairingProblem) -> None:
    assert worth(problem, keys(lawful(problem, solve(problem)))) == best_by_table(problem)


@settings(max_examples=30, deadline=None)
@given(problems(3, 3))
def test_the_two_countings_of_small_problems_agree(problem: PairingProblem) -> None:
    assert best_by_table(problem) == best_of_all(problem)


@pytest.mark.parametrize("seed", range(60))
def test_of_middling_problems_a_linear_programme_finds_none_better(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(15, 45), chance.randint(15, 45))
    assert lawful(problem, solve(problem)).objective == least_objective(problem)


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
    first = solve(problem)
    again = solve(replace(problem, kept={(pair.household, pair.cadre): pair.role for pair in first.pairs}))
    assert [(pair.household, pair.cadre, pair.role) for pair in again.pairs] == [
        (pair.household, pair.cadre, pair.role) for pair in first.pairs
    ]
    assert again.ended == ()


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(500))
def test_campaign_of_eight_by_eight_none_is_worth_more(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(1, 8), chance.randint(1, 8))
    assert worth(problem, keys(lawful(problem, solve(problem)))) == best_by_table(problem)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(200))
def test_campaign_of_large_problems_a_linear_programme_finds_none_better(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(15, 100), chance.randint(15, 100))
    assert lawful(problem, solve(problem)).objective == least_objective(problem)
