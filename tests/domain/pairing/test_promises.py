"""What a pairing promises, one by one, in cases small enough to see."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec

import pytest
from support.networks import network_of
from support.pairing import FAR_VILLAGE, TOWN, VILLAGE, cadre, homes, household, in_force, keys, staff

from jiemin.domain.codes import Role
from jiemin.domain.pairing import (
    Field,
    Mode,
    PairingFaultError,
    PairingProblem,
    Rules,
    solve,
)
from jiemin.domain.pairing.network import ROOT, Flow, Network
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.simplex import min_cost_flow

ONE_TO_ONE = Rules(Mode.ONE_TO_ONE)
MODULE = sys.modules["jiemin.domain.pairing.solve"]


def helpers_of(problem: PairingProblem) -> list[int]:
    """How many cadres each household gets, in the households' order."""
    pairs = keys(solve(problem))
    return [sum(home == each.key for home, _ in pairs) for each in problem.households]


def test_every_leader_gets_a_household_though_one_alone_could_serve_all() -> None:
    result = solve(PairingProblem(homes(1, 1, 1), staff(3, leaders=3)))
    assert result.leaders_without == result.unpaired_households == ()
    assert sorted(pair.cadre for pair in result.pairs) == ["C1", "C2", "C3"]


def test_leaders_share_a_household_rather_than_have_none() -> None:
    assert solve(PairingProblem(homes(1), staff(3, leaders=3))).leaders_without == ()


def test_one_to_one_leaves_leaders_without_only_when_households_run_out() -> None:
    result = solve(PairingProblem(homes(1, 1), staff(3, leaders=3), rules=ONE_TO_ONE))
    assert len(result.leaders_without) == 1
    assert result.unpaired_households == ()


def test_a_leader_takes_more_households_only_up_to_the_limit() -> None:
    problem = PairingProblem(homes(1, 1, 1, 1), staff(1, leaders=1), rules=Rules(leader_max=3))
    assert len(solve(problem).pairs) == 3


def test_leaders_who_are_alike_serve_as_many_as_each_of_them_may() -> None:
    problem = PairingProblem(homes(*[1] * 15), staff(3, leaders=3), rules=Rules(leader_max=5))
    assert solve(problem).unpaired_households == ()


def test_with_too_few_cadres_the_neediest_come_first_and_the_rest_are_listed() -> None:
    result = solve(PairingProblem(homes(0, 3, 1, 2), staff(2)))
    assert [pair.household for pair in result.pairs] == ["H2", "H4"]
    assert result.unpaired_households == ("H1", "H3")


def test_without_cadres_or_households_nobody_is_paired_and_all_are_listed() -> None:
    assert solve(PairingProblem(homes(1, 2), ())).unpaired_households == ("H1", "H2")
    alone = solve(PairingProblem((), staff(3, leaders=1)))
    assert (alone.leaders_without, alone.idle_cadres, alone.pairs) == (("C1",), ("C2", "C3"), ())


@pytest.mark.parametrize(
    ("cadres", "helpers"), [(4, [1, 1, 1, 1]), (5, [1, 2, 1, 1]), (7, [1, 2, 2, 2]), (9, [2, 3, 2, 2])]
)
def test_assistants_go_to_the_neediest_first_and_round_by_round(cadres: int, helpers: list[int]) -> None:
    assert helpers_of(PairingProblem(homes(0, 3, 1, 2), staff(cadres))) == helpers


def test_a_household_has_at_most_so_many_cadres_and_the_others_stay_idle() -> None:
    problem = PairingProblem(homes(1), staff(4), rules=Rules(cadres_max=2))
    assert helpers_of(problem) == [2]
    assert len(solve(problem).idle_cadres) == 2


def test_one_to_one_gives_a_household_one_cadre() -> None:
    assert helpers_of(PairingProblem(homes(3, 3), staff(5), rules=ONE_TO_ONE)) == [1, 1]


def test_nobody_is_paired_with_the_own_household_even_if_it_stays_alone() -> None:
    problem = PairingProblem(homes(3), staff(1), barred=frozenset({("H1", "C1")}))
    assert solve(problem).unpaired_households == ("H1",)


def test_a_pairing_in_force_that_becomes_barred_ends() -> None:
    problem = PairingProblem(
        homes(1, 1), staff(2), kept=in_force(("H1", "C1"), ("H2", "C2")), barred=frozenset({("H1", "C1")})
    )
    result = solve(problem)
    assert result.ended[0] == ("H1", "C1")
    assert ("H1", "C1") not in keys(result)


def test_recusals_that_no_swap_cures_are_kept_by_solving_again() -> None:
    barred = {("H1", f"C{n}") for n in range(1, 5)} | {("H2", f"C{n}") for n in range(2, 6)}
    result = solve(PairingProblem(homes(1, 1, 1), staff(5), barred=frozenset(barred), rules=ONE_TO_ONE))
    assert {("H1", "C5"), ("H2", "C1")} <= keys(result)


def test_pairings_in_force_stay_though_others_would_be_nearer() -> None:
    two = (household("H1", VILLAGE), household("H2", FAR_VILLAGE))
    near = (cadre("C1", [VILLAGE]), cadre("C2", [FAR_VILLAGE]))
    crossed = in_force(("H1", "C2"), ("H2", "C1"))
    assert keys(solve(PairingProblem(two, near))) == {("H1", "C1"), ("H2", "C2")}
    result = solve(PairingProblem(two, near, kept=crossed))
    assert (keys(result), result.ended) == (set(crossed), ())
    assert all(pair.kept for pair in result.pairs)


def test_pairings_that_all_stay_cost_no_arcs_of_their_own() -> None:
    problem = PairingProblem(homes(*[1] * 20), staff(19), rules=ONE_TO_ONE)
    first = solve(problem)
    again = solve(replace(problem, kept={(pair.household, pair.cadre): pair.role for pair in first.pairs}))
    assert again.arcs < first.arcs < 40
    assert (again.pairs[0].kept, again.unpaired_households) == (True, first.unpaired_households)


def test_all_paired_and_nobody_left_over_stays_as_it_is() -> None:
    problem = PairingProblem(homes(1), staff(1), kept=in_force(("H1", "C1")))
    assert keys(solve(problem)) == {("H1", "C1")}


def test_a_second_helper_goes_over_to_a_household_that_has_nobody() -> None:
    kept = {("H1", "C1"): Role.LEAD, ("H1", "C2"): Role.ASSIST}
    result = solve(PairingProblem(homes(1, 1), staff(2), kept=kept))
    assert (result.unpaired_households, result.ended) == ((), (("H1", "C2"),))


def test_no_household_loses_its_lead_to_one_in_deeper_need() -> None:
    result = solve(PairingProblem(homes(0, 3), staff(1), kept={("H1", "C1"): Role.LEAD}))
    assert (result.unpaired_households, result.ended) == (("H2",), ())


def test_a_limit_is_no_reason_to_end_a_pairing_in_force() -> None:
    kept = in_force(("H1", "C1"), ("H2", "C1"), ("H3", "C1"), ("H1", "C2"))
    problem = PairingProblem(homes(1, 1, 1, 1), staff(3, leaders=1), kept=kept, rules=Rules(leader_max=2))
    for rules in (problem.rules, replace(ONE_TO_ONE, leader_max=2)):
        result = solve(replace(problem, rules=rules))
        assert (result.ended, result.unpaired_households) == ((), ())
        assert kept.keys() < keys(result)


def test_what_people_paired_stays_though_a_household_is_left_alone() -> None:
    kept = {("H1", "C1"): Role.LEAD, ("H1", "C2"): Role.ASSIST}
    problem = PairingProblem(homes(1, 1), staff(2), kept=kept)
    assert solve(problem).ended == (("H1", "C2"),)
    pinned = solve(replace(problem, pinned=frozenset({("H1", "C2")})))
    assert (pinned.ended, pinned.unpaired_households) == ((), ("H2",))


def test_a_pairing_of_somebody_who_takes_part_no_more_ends() -> None:
    kept = in_force(("H1", "C9"), ("H9", "C1"))
    assert solve(PairingProblem(homes(1), staff(1), kept=kept)).ended == (("H1", "C9"), ("H9", "C1"))


def test_nearness_need_and_rank_decide_between_cadres() -> None:
    home = household("H1", VILLAGE, [Field.JOBS], depth=2)
    far, near = cadre("C1"), cadre("C2", [TOWN])
    suited = cadre("C3", [TOWN], field=Field.JOBS)
    senior = cadre("C4", [TOWN], field=Field.JOBS, rank=1)
    for better, worse in ((near, far), (suited, near), (senior, suited)):
        result = solve(PairingProblem((home,), (worse, better), rules=ONE_TO_ONE))
        assert keys(result) == {("H1", better.key)}


def test_a_flow_that_fails_its_proof_is_our_fault_and_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiled(network: Network, start: Flow | None) -> Flow:
        flow = min_cost_flow(network, start)
        return [flow[0] + 1, *flow[1:]]

    monkeypatch.setattr(MODULE.simplex, "min_cost_flow", spoiled)
    with pytest.raises(PairingFaultError, match="certificate failed"):
        solve(PairingProblem(homes(1), staff(1)))


@pytest.mark.parametrize(
    "wrong", [[("H1", "C2"), ("H2", "C1")], [("H1", "C1"), ("H1", "C1")], [("H1", "C1")]]
)
def test_pairs_that_do_not_cost_what_was_proven_are_our_fault(
    monkeypatch: pytest.MonkeyPatch, wrong: Sequence[PairKey]
) -> None:
    two = (household("H1", VILLAGE), household("H2", FAR_VILLAGE))
    problem = PairingProblem(two, (cadre("C1", [VILLAGE]), cadre("C2", [FAR_VILLAGE])))
    monkeypatch.setattr(MODULE, "deal", lambda *_: list(wrong))
    with pytest.raises(PairingFaultError, match="the proven bound is"):
        solve(problem)


@pytest.mark.parametrize(
    ("asked", "arcs", "installed", "taken"),
    [
        ("auto", 1, True, "simplex"),
        ("auto", 2, True, "ortools"),
        ("auto", 2, False, "simplex"),
        ("simplex", 2, True, "simplex"),
        ("ortools", 1, True, "ortools"),
    ],
)
def test_ortools_is_taken_when_asked_for_or_when_the_network_is_large(
    monkeypatch: pytest.MonkeyPatch, asked: str, arcs: int, installed: bool, taken: str
) -> None:
    monkeypatch.setattr(MODULE, "MANY_ARCS", 2)
    monkeypatch.setattr(MODULE, "find_spec", lambda name: ModuleSpec(name, None) if installed else None)
    network = network_of(supplies=[0], arcs=[(1, ROOT, 1, 0)] * arcs)
    assert MODULE._choose(asked, network) == taken


def test_amounts_beyond_ortools_integers_are_left_to_the_built_in_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MODULE, "MANY_ARCS", 1)
    monkeypatch.setattr(MODULE, "find_spec", lambda name: ModuleSpec(name, None))
    assert MODULE._choose("auto", network_of(supplies=[0], arcs=[(1, ROOT, 1, 2**61)])) == "simplex"


def test_the_solver_taken_is_told_and_both_agree_on_the_objective(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = PairingProblem(homes(0, 1, 2, 3), staff(6, leaders=1))
    ours = solve(problem, "simplex")
    monkeypatch.setattr(MODULE.ortools_solver, "min_cost_flow", min_cost_flow)
    theirs = solve(problem, "ortools")
    assert (ours.solver, theirs.solver) == ("simplex", "ortools")
    assert theirs == replace(ours, solver="ortools")


def test_a_household_barred_to_all_but_its_own_helpers_keeps_them() -> None:
    problem = PairingProblem(homes(0), staff(5, leaders=1), barred=frozenset([("H1", "C1"), ("H1", "C2")]))
    first = solve(problem)
    again = solve(replace(problem, kept={(pair.household, pair.cadre): pair.role for pair in first.pairs}))
    assert keys(again) == keys(first)
    assert again.ended == ()
