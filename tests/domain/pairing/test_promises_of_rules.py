"""What the rules of places, quotas and decisions promise, and what lasts, in cases small enough to see."""

from collections import Counter
from dataclasses import replace

import pytest
from support.pairing import FAR_VILLAGE, TOWN, VILLAGE, cadre, homes, household, in_force, keys, staff

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Costs, Mode, PairingProblem, Rules, solve

ONE_TO_ONE = Rules(Mode.ONE_TO_ONE)


def test_a_quota_goes_by_rank_and_whoever_is_not_needed_stays_idle() -> None:
    rules = Rules(Mode.QUOTA, quota=(0, 1, 2, 2, 2))
    helpers = (cadre("C1"), cadre("C2", rank=1), cadre("C3", rank=2), cadre("C4", leader=True))
    loads = Counter(one for _, one in keys(solve(PairingProblem(homes(*[1] * 9), helpers, rules=rules))))
    assert loads == {"C2": 1, "C3": 2, "C4": 1}
    few = solve(PairingProblem(homes(1), helpers, rules=rules))
    assert (keys(few), few.idle_cadres) == ({("H1", "C4")}, ("C1", "C2", "C3"))


def test_a_village_taken_waits_for_the_units_that_take_it() -> None:
    taken = household("H1", VILLAGE, taken_by=["U2"])
    near, theirs = cadre("C1", [VILLAGE], unit="U1"), cadre("C2", [FAR_VILLAGE], unit="U2")
    assert solve(PairingProblem((taken,), (near,))).unpaired_households == ("H1",)
    assert keys(solve(PairingProblem((taken,), (near, theirs)))) == {("H1", "C2")}
    stays = solve(PairingProblem((taken,), (near,), kept=in_force(("H1", "C1"))))
    assert (keys(stays), stays.ended) == ({("H1", "C1")}, ())


def test_where_links_bind_a_cadre_rather_stays_idle_than_go_elsewhere() -> None:
    two = (household("H1", VILLAGE), household("H2", FAR_VILLAGE))
    near = (cadre("C1", [TOWN]), cadre("C2", [VILLAGE]))
    assert solve(PairingProblem(two, near)).unpaired_households == ()
    bound = PairingProblem(two, near, rules=Rules(links_bind=True))
    assert solve(bound).unpaired_households == ("H2",)
    free = replace(bound, cadres=(*near, cadre("C3")))
    assert ("H2", "C3") in keys(solve(free))
    stays = solve(replace(bound, kept=in_force(("H2", "C2"))))
    assert (stays.unpaired_households, stays.ended) == ((), ())


def test_what_is_required_is_made_beyond_the_limits() -> None:
    required = frozenset({("H1", "C1"), ("H2", "C1"), ("H1", "C2")})
    problem = PairingProblem(homes(1, 1, 1), staff(2), rules=ONE_TO_ONE, required=required)
    result = solve(problem)
    assert (keys(result), result.unpaired_households) == (set(required), ("H3",))


def test_who_serves_more_than_the_limit_frees_another_for_whom_nobody_is_left() -> None:
    """Two households are served by one cadre, so the second helper of one of them can be spared."""
    kept = {("H1", "C2"): Role.ASSIST}
    required = frozenset({("H1", "C1"), ("H2", "C1")})
    result = solve(PairingProblem(homes(3, 3, 0), staff(2), kept=kept, required=required))
    assert (result.unpaired_households, result.ended) == ((), (("H1", "C2"),))


def test_leaders_alike_but_for_their_quota_are_told_apart() -> None:
    """Ranks 3 and 4 suit every need alike; with one household taken both may take as many more."""
    helpers = (cadre("C1", leader=True, rank=3), cadre("C2", leader=True, rank=4))
    rules = Rules(Mode.QUOTA, cadres_max=1)
    result = solve(PairingProblem(homes(0), helpers, rules=rules, required=frozenset({("H1", "C2")})))
    assert (keys(result), result.leaders_without) == ({("H1", "C2")}, ("C1",))


def test_a_cadre_who_leaves_hands_over_within_the_unit() -> None:
    others = (cadre("C1", unit="U1"), cadre("C2", unit="U2"), cadre("C3", unit="U3"))
    left = household("H1", VILLAGE, former_units=["U2"])
    assert keys(solve(PairingProblem((left,), others, rules=ONE_TO_ONE))) == {("H1", "C2")}


def test_one_colleague_may_take_over_all_households_of_who_leaves() -> None:
    left = tuple(household(f"H{n}", VILLAGE, former_units=["U1"]) for n in (1, 2, 3))
    helpers = (cadre("C1", leader=True, unit="U1"), cadre("C2", unit="U2"))
    problem = PairingProblem(left, helpers, rules=Rules(Mode.QUOTA, quota=(3, 3, 3, 3, 3)))
    dear = replace(problem, costs=Costs(unit_changed=200, load_step=1, unit_step=0))
    assert {one for _, one in keys(solve(dear))} == {"C1"}


def test_a_cadres_households_lie_close_together() -> None:
    two = (household("H1", VILLAGE), household("H2", FAR_VILLAGE))
    helpers = (
        cadre("C1", leader=True, held=[FAR_VILLAGE]),
        cadre("C2", leader=True, held=[VILLAGE]),
    )
    assert keys(solve(PairingProblem(two, helpers))) == {("H1", "C2"), ("H2", "C1")}


def test_what_leaders_take_besides_is_spread_over_the_units() -> None:
    leaders = tuple(cadre(f"C{n}", leader=True, unit="U1" if n < 3 else "U2") for n in (1, 2, 3))
    loads = Counter(one for _, one in keys(solve(PairingProblem(homes(*[1] * 5), leaders))))
    assert loads["C3"] == 2


LEAST_CHANGED = PairingProblem(
    households=(household("H1", FAR_VILLAGE), household("H2", VILLAGE)),
    cadres=(
        cadre("C1", [VILLAGE]),
        cadre("C2", [VILLAGE], leader=True),
        cadre("C3", [FAR_VILLAGE]),
    ),
    kept=in_force(("H2", "C1")),
    rules=Rules(Mode.QUOTA),
    costs=Costs(assistant_step=1),
)
"""A leader and a household without anybody, who are far apart; each has somebody nearer."""


def test_a_repair_begins_as_few_pairs_as_can_be_whatever_they_cost() -> None:
    assert keys(solve(LEAST_CHANGED)) == {("H2", "C1"), ("H1", "C2")}
    rebalance = replace(LEAST_CHANGED, price_of_ending=1000)
    assert keys(solve(rebalance)) == {("H2", "C1"), ("H2", "C2"), ("H1", "C3")}


def test_no_price_keeps_a_pair_that_leaves_a_leader_without() -> None:
    """The only other household is the leader's own; one alone may be helped by each."""
    problem = PairingProblem(
        homes(0, 0),
        (cadre("C1", leader=True), cadre("C2")),
        kept=in_force(("H2", "C2")),
        barred=frozenset({("H1", "C1")}),
        rules=ONE_TO_ONE,
        price_of_ending=10**9,
    )
    assert keys(solve(problem)) == {("H2", "C1"), ("H1", "C2")}


@pytest.mark.parametrize(("price", "ended"), [(34, 2), (36, 0)])
def test_a_rebalance_ends_what_saves_more_than_the_price(price: int, ended: int) -> None:
    """Two pairs crossed between two towns: put right, each saves 40 points and costs 5 for being new."""
    two = (household("H1", VILLAGE), household("H2", FAR_VILLAGE))
    crossed = PairingProblem(
        two,
        (cadre("C1", [VILLAGE]), cadre("C2", [FAR_VILLAGE])),
        kept=in_force(("H1", "C2"), ("H2", "C1")),
        price_of_ending=price,
    )
    assert len(solve(crossed).ended) == ended
    assert solve(replace(crossed, pinned=frozenset({("H1", "C2")}))).ended == ()
