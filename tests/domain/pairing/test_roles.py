"""Each household has one 第一责任人: who leads, and who keeps leading."""

from dataclasses import replace

import pytest
from support.pairing import TOWN, cadre, household

from jiemin.domain.codes import Role
from jiemin.domain.pairing import CadreFacts, PairingProblem
from jiemin.domain.pairing.costs import cost_lines
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.roles import with_roles

HOME = household("H1", TOWN)


def lead_of(*helpers: CadreFacts, kept: dict[PairKey, Role] | None = None) -> str:
    problem = PairingProblem((HOME,), helpers, kept=kept or {})
    pairs = with_roles(problem, [("H1", one.key) for one in helpers])
    assert [pair.role for pair in pairs] == [Role.LEAD, *[Role.ASSIST] * (len(helpers) - 1)]
    assert [pair.cadre for pair in pairs[1:]] == sorted(pair.cadre for pair in pairs[1:])
    return pairs[0].cadre


@pytest.mark.parametrize(
    ("claimant", "other"),
    [
        (cadre("C2", leader=True), cadre("C1", [TOWN], rank=3)),
        (cadre("C2", rank=1), cadre("C1", [TOWN])),
        (cadre("C2", [TOWN]), cadre("C1")),
        (cadre("C1"), cadre("C2")),
    ],
    ids=["a leader", "the higher rank", "the cheaper pair", "the smaller key"],
)
def test_who_has_the_better_claim_leads(claimant: CadreFacts, other: CadreFacts) -> None:
    assert lead_of(claimant, other) == lead_of(other, claimant) == claimant.key


def test_a_lead_in_force_stays_lead_whoever_joins() -> None:
    leader, lead = cadre("C1", leader=True, rank=3), cadre("C2")
    assert lead_of(leader, lead, kept={("H1", "C2"): Role.LEAD}) == "C2"


def test_whom_a_decision_requires_leads_before_a_leader_but_not_before_a_lead_in_force() -> None:
    leader, required = cadre("C1", leader=True, rank=3), cadre("C2")
    problem = PairingProblem((HOME,), (leader, required), required=frozenset({("H1", "C2")}))
    pairs = [("H1", "C1"), ("H1", "C2")]
    assert with_roles(problem, pairs)[0].cadre == "C2"
    assert with_roles(replace(problem, kept={("H1", "C1"): Role.LEAD}), pairs)[0].cadre == "C1"


def test_an_assistant_in_force_gives_way_to_a_leader() -> None:
    leader, assistant = cadre("C1", leader=True, rank=3), cadre("C2")
    assert lead_of(leader, assistant, kept={("H1", "C2"): Role.ASSIST}) == "C1"


def test_pairs_come_by_household_with_reasons_and_whether_they_were_in_force() -> None:
    homes, one, two = (household("H2"), HOME), cadre("C1"), cadre("C2")
    problem = PairingProblem(homes, (one, two), kept={("H1", "C2"): Role.LEAD})
    pairs = with_roles(problem, [("H2", "C1"), ("H1", "C2")])
    assert [(pair.household, pair.cadre, pair.kept) for pair in pairs] == [
        ("H1", "C2", True),
        ("H2", "C1", False),
    ]
    assert pairs[0].lines == cost_lines(HOME, two, problem.costs, kept=True)
    assert pairs[1].lines == cost_lines(homes[0], one, problem.costs, kept=False)
