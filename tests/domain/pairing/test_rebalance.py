"""A limited number of changes: never more than asked for, and none of as many does better."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.pairing import (
    FAR_VILLAGE,
    VILLAGE,
    cadre,
    faults,
    household,
    keys,
    lasting,
    points_of,
    possible_pairs,
    worth,
)
from support.pairing_problems import problems, within_limits

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Costs, Mode, PairingProblem, Rules, solve
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.rebalance import rebalance

Served = tuple[int, int, int]
CROSSED = ("H1", "C2"), ("H2", "C1"), ("H3", "C4"), ("H4", "C3")
"""Each is paired with the cadre whose place is the other's; put right, a pair saves 35 points."""


def crossed(*, pinned: frozenset[PairKey] = frozenset(), kept: Role = Role.LEAD) -> PairingProblem:
    """Four households in two villages, each helped by the cadre linked with the other village."""
    spots = (VILLAGE, FAR_VILLAGE, VILLAGE, FAR_VILLAGE)
    return PairingProblem(
        households=tuple(household(f"H{n}", spot) for n, spot in enumerate(spots, start=1)),
        cadres=tuple(cadre(f"C{n}", [spot]) for n, spot in enumerate(spots, start=1)),
        kept=dict.fromkeys(CROSSED, kept),
        rules=Rules(Mode.ONE_TO_ONE),
        costs=Costs(unit_step=0),
        pinned=pinned,
    )


def served(problem: PairingProblem, pairs: set[PairKey]) -> Served:
    """What comes before points: depths left alone, leaders without, cadres idle."""
    alone, leaders, _, idle, _, _ = worth(replace(problem, price_of_ending=None), pairs)
    return alone, leaders, idle


def all_pairings(problem: PairingProblem) -> Iterator[set[PairKey]]:
    stay = lasting(problem)
    others = [pair for pair in possible_pairs(problem) if pair not in stay]
    for number in range(len(others) + 1):
        for some in combinations(others, number):
            if not faults(problem, pairs := stay.union(some)):
                yield pairs


def test_a_pairing_ends_only_for_a_better_one() -> None:
    done = rebalance(crossed(), 10)
    assert keys(done.result) == {("H1", "C1"), ("H2", "C2"), ("H3", "C3"), ("H4", "C4")}
    assert done.saved == 4 * (40 - 5)
    assert done.problem.price_of_ending == 1


def test_no_more_end_than_asked_for() -> None:
    two = rebalance(crossed(), 3)
    assert len(two.result.ended) in {0, 2}
    assert rebalance(crossed(), 0).result.ended == ()
    assert rebalance(crossed(), 0).saved == 0


def test_what_people_made_stays() -> None:
    done = rebalance(crossed(pinned=frozenset([("H1", "C2")])), 10)
    assert ("H1", "C2") in keys(done.result)
    assert len(done.result.ended) == 2


def test_nothing_in_force_that_is_the_best_already_moves() -> None:
    best = solve(replace(crossed(), kept={}))
    again = replace(crossed(), kept={(pair.household, pair.cadre): pair.role for pair in best.pairs})
    done = rebalance(again, 10)
    assert (keys(done.result), done.saved) == (keys(best), 0)


def test_who_serves_more_people_by_more_changes_than_allowed_is_not_taken() -> None:
    """A leader without needs H1, which has the only other cadre; that cadre then takes H2."""
    problem = PairingProblem(
        households=(household("H1"), household("H2", VILLAGE)),
        cadres=(cadre("C1", leader=True), cadre("C2", leader=True)),
        kept={("H1", "C2"): Role.LEAD, ("H2", "C2"): Role.LEAD},
        barred=frozenset([("H2", "C1")]),
        rules=Rules(Mode.ONE_TO_ONE),
    )
    assert rebalance(problem, 0).result.leaders_without == ("C1",)
    allowed = rebalance(problem, 1)
    assert (allowed.result.leaders_without, allowed.saved) == ((), None)


@settings(max_examples=60, deadline=None)
@given(problems(most_households=3, most_cadres=3), st.integers(0, 4))
def test_none_that_ends_as_few_costs_less(problem: PairingProblem, most: int) -> None:
    problem = within_limits(replace(problem, price_of_ending=None))
    done = rebalance(problem, most)
    fewest = len(solve(problem).ended)
    assert len(done.result.ended) <= max(most, fewest)
    if done.problem.price_of_ending is None:
        return
    pairs = keys(done.result)
    own = served(problem, pairs), points_of(problem, pairs)
    ended = len(done.result.ended)
    for other in all_pairings(done.problem):
        if sum(pair not in other for pair in problem.kept) <= ended:
            assert own <= (served(problem, other), points_of(problem, other))


@settings(max_examples=40, deadline=None)
@given(problems(most_households=4, most_cadres=4))
def test_more_changes_never_cost_more(problem: PairingProblem) -> None:
    problem = within_limits(replace(problem, price_of_ending=None))
    found = [keys(rebalance(problem, most).result) for most in range(5)]
    worths = [(served(problem, pairs), points_of(problem, pairs)) for pairs in found]
    assert worths == sorted(worths, reverse=True)
