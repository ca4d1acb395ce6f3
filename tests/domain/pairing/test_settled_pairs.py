"""What stands before anything is chosen, what of it never moves, and the question's fingerprint."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from support.pairing import TOWN, VILLAGE, cadre, household, lasting
from support.pairing_problems import middling, problems

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Costs, Field, Mode, PairingProblem, Rules

PROBLEM = PairingProblem(
    households=(household("H1"), household("H2"), household("H3")),
    cadres=(cadre("C1"), cadre("C2", leader=True), cadre("C3")),
    kept={
        ("H1", "C1"): Role.ASSIST,
        ("H1", "C2"): Role.LEAD,
        ("H2", "C2"): Role.ASSIST,
        ("H9", "C3"): Role.LEAD,
        ("H3", "C9"): Role.LEAD,
    },
    required=frozenset({("H3", "C2"), ("H9", "C2")}),
)


def test_pairings_in_force_and_required_ones_of_all_who_take_part_are_settled() -> None:
    assert PROBLEM.keepable() == {("H1", "C1"), ("H1", "C2"), ("H2", "C2")}
    assert PROBLEM.settled() == {("H1", "C1"), ("H1", "C2"), ("H2", "C2"), ("H3", "C2")}
    barred = replace(PROBLEM, barred=frozenset({("H1", "C2")}))
    assert barred.settled() == {("H1", "C1"), ("H2", "C2"), ("H3", "C2")}


def test_leads_and_what_people_decided_never_move() -> None:
    assert PROBLEM.unmoved() == {("H1", "C2"), ("H3", "C2")}
    pinned = replace(PROBLEM, pinned=frozenset({("H2", "C2"), ("H9", "C3")}))
    assert pinned.unmoved() == {("H1", "C2"), ("H2", "C2"), ("H3", "C2")}


def test_in_a_rebalance_leads_move_as_well() -> None:
    rebalance = replace(PROBLEM, price_of_ending=9, pinned=frozenset({("H2", "C2")}))
    assert rebalance.unmoved() == {("H2", "C2"), ("H3", "C2")}


@pytest.mark.parametrize("price", [None, 9])
def test_nothing_moves_of_somebody_beyond_the_limit(price: int | None) -> None:
    crowded = replace(PROBLEM, rules=Rules(leader_max=2), price_of_ending=price)
    assert crowded.unmoved() == {("H1", "C2"), ("H2", "C2"), ("H3", "C2")}
    one_to_one = replace(PROBLEM, rules=Rules(Mode.ONE_TO_ONE), price_of_ending=price)
    assert one_to_one.unmoved() == {("H1", "C1"), ("H1", "C2"), ("H3", "C2")}


@settings(max_examples=200, deadline=None)
@given(problems(4, 4))
def test_what_never_moves_is_what_the_words_say(problem: PairingProblem) -> None:
    assert problem.unmoved() == lasting(problem)


def test_the_fingerprint_changes_with_anything_that_is_said() -> None:
    (home, *homes), (one, *others) = PROBLEM.households, PROBLEM.cadres
    variants = [
        PROBLEM,
        replace(PROBLEM, kept={**PROBLEM.kept, ("H1", "C1"): Role.LEAD}),
        replace(PROBLEM, kept={}),
        replace(PROBLEM, barred=frozenset({("H1", "C1")})),
        replace(PROBLEM, pinned=frozenset({("H1", "C1")})),
        replace(PROBLEM, required=frozenset({("H1", "C1")})),
        replace(PROBLEM, rules=Rules(links_bind=True)),
        replace(PROBLEM, costs=Costs(unit_step=5)),
        replace(PROBLEM, price_of_ending=0),
    ]
    changed_homes = (
        replace(home, place=VILLAGE),
        replace(home, needs=frozenset([Field.JOBS])),
        replace(home, depth=1),
        replace(home, former_units=frozenset(["U1"])),
        replace(home, taken_by=frozenset(["U1"])),
    )
    changed_cadres = (
        replace(one, unit="U2"),
        replace(one, field=Field.JOBS),
        replace(one, leader=True),
        replace(one, rank=4),
        replace(one, links=frozenset([TOWN])),
        replace(one, held=frozenset([VILLAGE])),
    )
    variants += [replace(PROBLEM, households=(changed, *homes)) for changed in changed_homes]
    variants += [replace(PROBLEM, cadres=(changed, *others)) for changed in changed_cadres]
    assert len({problem.fingerprint() for problem in variants}) == len(variants) == 20


def test_the_fingerprint_does_not_know_the_order_of_rows() -> None:
    problem = middling(Random(11), 30, 30)
    turned = replace(
        problem,
        households=problem.households[::-1],
        cadres=problem.cadres[::-1],
        kept=dict(list(problem.kept.items())[::-1]),
    )
    assert turned.fingerprint() == problem.fingerprint()
