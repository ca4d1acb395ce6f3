"""What another cadre would have cost the county, against solving again with that cadre forced."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pairing import (
    FAR_VILLAGE,
    VILLAGE,
    Worth,
    cadre,
    faults,
    homes,
    household,
    in_force,
    keys,
    lasting,
    staff,
    worth,
)
from support.pairing_oracles import best_by_programme, best_of_all
from support.pairing_problems import middling, problems

from jiemin.domain.pairing import Costs, Field, Mode, PairingProblem, Rules
from jiemin.domain.pairing.alternatives import Alternatives, Instead, alternatives
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.retrace import Standing, retrace
from jiemin.domain.pairing.solve import best_attempt
from jiemin.domain.pairing.toll import Toll


def undecided(problem: PairingProblem, pair: PairKey) -> PairingProblem:
    """The problem as if nothing were in force or required for this pair."""
    kept = {each: role for each, role in problem.kept.items() if each != pair}
    return replace(problem, kept=kept, pinned=problem.pinned - {pair}, required=problem.required - {pair})


def forced(problem: PairingProblem, pair: PairKey, other: str) -> PairingProblem | None:
    """The problem with that cadre instead; None where both could only be had beyond a limit."""
    before, rules = undecided(problem, pair), problem.rules
    of_home, of_cadre = Counter(h for h, _ in before.settled()), Counter(c for _, c in before.settled())
    most = {one.key: rules.most_households(one) for one in problem.cadres}
    if of_home[pair[0]] >= rules.cadres_per_household or of_cadre[other] >= most[other]:
        return None
    never = before.barred | ({pair} if other != pair[1] else set())
    if (pair[0], other) in never:
        return None
    return replace(before, required=before.required | {(pair[0], other)}, barred=never)


def as_worth(problem: PairingProblem, toll: Toll) -> Worth:
    """A toll as the difference of two worths, in which only what is an aim counts."""
    repairs, many = problem.price_of_ending is None, problem.rules.mode is Mode.MANY_TO_ONE
    return (
        toll.depth,
        toll.leaders,
        toll.ended if repairs else 0,
        toll.idle if many else 0,
        toll.begun if repairs and problem.kept else 0,
        toll.points,
    )


def less(one: Worth, other: Worth) -> Worth:
    """The difference, aim by aim."""
    a, b, c, d, e, f = (left - right for left, right in zip(one, other, strict=True))
    return a, b, c, d, e, f


def a_new_pair(problem: PairingProblem, chance: Random) -> tuple[PairKey, set[PairKey]] | None:
    """One of the pairs that a best pairing makes, with all of them."""
    result = best_attempt(problem).result
    made = [
        (pair.household, pair.cadre)
        for pair in result.pairs
        if not pair.kept and (pair.household, pair.cadre) not in problem.required
    ]
    return (chance.choice(made), keys(result)) if made else None


def found_for(
    problem: PairingProblem, pair: PairKey, pairs: Collection[PairKey], number: int = 2
) -> Alternatives:
    found = alternatives(problem, pair, pairs=pairs, number=number)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_toll_is_what_a_linear_programme_finds_with_the_other_forced(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(3, 22), chance.randint(3, 22))
    drawn = a_new_pair(problem, chance)
    if drawn is None:
        return
    pair, pairs = drawn
    found = found_for(problem, pair, pairs, number=99)
    assert found.made == Toll(0, 0, 0, 0, 0, 0, 0, 0)
    totals = [other.toll.total for other in found.others]
    assert totals == sorted(totals)
    best = best_by_programme(problem)
    for other in chance.sample(found.others, k=min(3, len(found.others))):
        again = forced(problem, pair, other.cadre)
        if again is not None:
            assert as_worth(problem, other.toll) == less(best_by_programme(again), best)


@settings(max_examples=80, deadline=None)
@given(problems(3, 3), st.randoms(use_true_random=False))
def test_the_toll_is_what_trying_all_sets_finds(problem: PairingProblem, chance: Random) -> None:
    drawn = a_new_pair(problem, chance)
    if drawn is None:
        return
    pair, pairs = drawn
    best = best_of_all(problem)
    for other in found_for(problem, pair, pairs).others:
        again = forced(problem, pair, other.cadre)
        if again is not None:
            assert as_worth(problem, other.toll) == less(best_of_all(again), best)


@pytest.mark.parametrize("seed", range(60))
def test_whoever_moves_makes_a_lawful_pairing_of_exactly_that_toll(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(3, 25), chance.randint(3, 25))
    drawn = a_new_pair(problem, chance)
    if drawn is None:
        return
    pair, pairs = drawn
    listed = found_for(problem, pair, pairs, number=99).others
    before = worth(undecided(problem, pair), pairs)
    for other in chance.sample(listed, k=min(3, len(listed))):
        asked = alternatives(problem, pair, only=other.cadre, pairs=pairs)
        assert asked is not None
        (one,) = asked.others
        assert one.toll == other.toll or one.toll.total == other.toll.total
        assert one.moves is not None
        after = (pairs - {pair}) | {(pair[0], other.cadre)}
        for move in one.moves:
            assert move.old is None or (move.household, move.old) in after
            assert (move.household, move.new) not in after
            after -= {(move.household, move.old or "")}
            after |= {(move.household, move.new)} if move.new else set()
        assert len(after) == len(pairs) + sum((move.old is None) - (move.new is None) for move in one.moves)
        assert faults(undecided(problem, pair), after) == []
        assert lasting(undecided(problem, pair)) <= after
        assert as_worth(problem, one.toll) == less(worth(undecided(problem, pair), after), before)


@pytest.mark.parametrize("seed", range(40))
def test_a_pair_that_people_made_may_cost_more_than_the_best(seed: int) -> None:
    chance = Random(seed)
    problem = middling(chance, chance.randint(3, 20), chance.randint(3, 20))
    pair = (chance.choice(problem.households).key, chance.choice(problem.cadres).key)
    before = undecided(problem, pair)
    again = forced(problem, pair, pair[1])
    found = alternatives(problem, pair, number=99)
    if found is None or again is None:
        return
    assert as_worth(before, found.made) == less(best_by_programme(again), best_by_programme(before))
    assert all(one.toll.total >= -found.made.total for one in found.others)


def test_the_next_best_and_what_they_cost() -> None:
    problem = PairingProblem(
        (household("H1", VILLAGE, [Field.HEALTH]), household("H2", FAR_VILLAGE, [Field.HEALTH])),
        (
            cadre("C1", [VILLAGE], field=Field.HEALTH),
            cadre("C2", [FAR_VILLAGE], field=Field.HEALTH),
            cadre("C3", [VILLAGE], unit="U2"),
        ),
        rules=Rules(Mode.ONE_TO_ONE),
    )
    found = found_for(problem, ("H1", "C1"), {("H1", "C1"), ("H2", "C2")})
    assert sum(line.amount for line in found.lines) == 5
    assert [(one.cadre, one.toll.points, one.moves) for one in found.others] == [
        ("C3", 15, None),
        ("C2", 80, None),  # the two change places
    ]
    asked = alternatives(problem, ("H1", "C1"), only="C2", pairs={("H1", "C1"), ("H2", "C2")})
    assert asked is not None
    (other,) = asked.others
    assert [(move.household, move.old, move.new) for move in other.moves or ()] == [("H2", "C2", "C1")]


def test_somebody_would_be_left_alone() -> None:
    problem = PairingProblem(homes(3, 0), staff(2), rules=Rules(Mode.QUOTA, quota=(1, 1, 1, 1, 1)))
    problem = replace(problem, barred=frozenset({("H2", "C1")}))
    asked = alternatives(problem, ("H1", "C1"), only="C2", pairs={("H1", "C1"), ("H2", "C2")})
    assert asked is not None
    (other,) = asked.others
    assert (other.toll.unpaired, other.toll.depth, other.toll.points) == (
        1,
        1,
        -59,
    )  # no place known 50, new 5, the unit 4
    assert [(move.household, move.old, move.new) for move in other.moves or ()] == [("H2", "C2", None)]


def test_who_helps_already_or_may_not_is_no_alternative() -> None:
    three = staff(3)
    problem = PairingProblem(homes(0), three, barred=frozenset({("H1", "C2")}))
    pairs = {("H1", "C1"), ("H1", "C3")}
    assert found_for(problem, ("H1", "C1"), pairs).others == ()
    kept = replace(problem, kept=in_force(("H1", "C3")), barred=frozenset())
    assert [one.cadre for one in found_for(kept, ("H1", "C1"), {*pairs, ("H1", "C2")}).others] == []
    assert [one.cadre for one in found_for(problem, ("H1", "C3"), {("H1", "C3")}).others] in (["C1"], [])


@pytest.mark.parametrize("pair", [("H9", "C1"), ("H1", "C9"), ("H1", "C2"), ("H1", "C3")])
def test_a_pair_without_a_place_cannot_be_compared(pair: PairKey) -> None:
    """A stranger, a pair that is barred, a cadre who has as many households as allowed."""
    problem = PairingProblem(
        homes(0, 0), staff(3), kept=in_force(("H2", "C3")), barred=frozenset({("H1", "C2")})
    )
    assert alternatives(problem, pair) is None


def test_the_pairs_as_they_stand_decide_who_moves_and_others_do_if_they_are_not_the_best() -> None:
    problem = PairingProblem(homes(0, 0, 0), staff(3), rules=Rules(Mode.ONE_TO_ONE))
    for pairs in ({("H1", "C1"), ("H2", "C3"), ("H3", "C2")}, {("H1", "C1"), ("H2", "C2"), ("H3", "C3")}):
        asked = alternatives(problem, ("H1", "C1"), only="C2", pairs=pairs)
        assert asked is not None
        (other,) = asked.others
        owner = next(home for home, helper in pairs if helper == "C2")
        assert [(move.household, move.old, move.new) for move in other.moves or ()] == [(owner, "C2", "C1")]
    for wrong in ({("H1", "C1")}, {("H1", "C1"), ("H2", "C1"), ("H3", "C1")}, {("H1", "C1"), ("H9", "C2")}):
        asked = alternatives(problem, ("H1", "C1"), only="C2", pairs=wrong)
        assert asked is not None
        assert [(one.cadre, one.toll.total) for one in asked.others] == [("C2", 0)]


def test_more_partners_than_the_network_has_places_for_are_refused() -> None:
    problem = PairingProblem(homes(0, 0), staff(2), rules=Rules(Mode.QUOTA, quota=(2, 2, 2, 2, 2)))
    tried = best_attempt(problem)
    with pytest.raises(LookupError):
        Standing(tried.built, tried.plan, [("H1", "C1"), ("H2", "C1"), ("H3", "C1")])
    standing = Standing(tried.built, tried.plan, keys(tried.result))
    unit = next(iter(standing.units))
    with pytest.raises(LookupError):
        standing.unit_arc(unit, 99)


def test_a_pair_that_the_rules_forbid_has_no_way() -> None:
    problem = PairingProblem(
        (household("H1", VILLAGE), household("H2", FAR_VILLAGE)),
        (cadre("C1", [VILLAGE]), cadre("C2", [FAR_VILLAGE])),
        rules=Rules(links_bind=True),
    )
    tried = best_attempt(problem)
    assert retrace(Standing(tried.built, tried.plan, [("H1", "C1"), ("H2", "C2")])) == tried.flow
    with pytest.raises(LookupError):
        retrace(Standing(tried.built, tried.plan, [("H1", "C2"), ("H2", "C1")]))


def test_a_large_search_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiemin.domain.pairing.moves._MOST_STOPS", 0)
    problem = PairingProblem(homes(0, 0), staff(2), rules=Rules(Mode.ONE_TO_ONE), costs=Costs())
    asked = alternatives(problem, ("H1", "C1"), only="C2", pairs={("H1", "C1"), ("H2", "C2")})
    assert asked is not None
    assert asked.others == (Instead("C2", asked.lines, asked.others[0].toll, None),)


def test_one_who_helps_in_another_best_pairing_stays_and_the_place_goes_on() -> None:
    problem = PairingProblem(homes(0), staff(3), rules=Rules(cadres_max=2))
    pairs = keys(best_attempt(problem).result)
    assert pairs == {("H1", "C1"), ("H1", "C2")}
    asked = alternatives(problem, ("H1", "C1"), only="C2")
    assert asked is not None
    (other,) = asked.others
    assert other.toll.total == 0
    assert [(move.household, move.old, move.new) for move in other.moves or ()] == [("H1", None, "C3")]
    alone = replace(problem, cadres=staff(2))
    asked = alternatives(alone, ("H1", "C1"), only="C2")
    assert asked is not None
    assert (asked.others[0].moves, asked.others[0].toll.idle) == ((), 1)
