"""The question put to pairing, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiemin.domain.codes import Role
from jiemin.domain.pairing.costs import CostLine, Costs
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts
from jiemin.domain.pairing.rules import Rules

PairKey = tuple[str, str]
"""(household key, cadre key)."""


@dataclass(frozen=True, slots=True)
class PairingProblem:
    """Who is to be paired, what is in force, what is forbidden, and by which rules.

    `kept` are the pairings in force now, of which the `pinned` ones, made by people, must not end;
    `barred` are the pairs that must not be (own household, kin).
    Raises ValueError when two households or two cadres share a key.
    """

    households: tuple[HouseholdFacts, ...]
    cadres: tuple[CadreFacts, ...]
    kept: Mapping[PairKey, Role] = field(default_factory=dict)
    barred: frozenset[PairKey] = frozenset()
    rules: Rules = field(default_factory=Rules)
    costs: Costs = field(default_factory=Costs)
    pinned: frozenset[PairKey] = frozenset()

    def __post_init__(self) -> None:
        for people in (self.households, self.cadres):
            if len({person.key for person in people}) != len(people):
                raise ValueError("two of the households or cadres share a key")

    def keepable(self) -> frozenset[PairKey]:
        """The pairings in force of which both ends still take part and nothing forbids them."""
        households = {household.key for household in self.households}
        cadres = {cadre.key for cadre in self.cadres}
        return frozenset(
            pair
            for pair in self.kept
            if pair[0] in households and pair[1] in cadres and pair not in self.barred
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """One pairing of the answer, with the reasons (lines) that make up its cost."""

    household: str
    cadre: str
    role: Role
    lines: tuple[CostLine, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class PairingResult:
    """The pairing found: `pairs` sorted by household, role (lead first) and cadre.

    `objective` is what the pairs cost, counted from the pairs themselves; `bound` is the least any
    pairing could cost, proven by the certificate. `nodes` and `arcs` tell the size of the network.
    """

    pairs: tuple[Pair, ...]
    objective: int
    bound: int
    unpaired_households: tuple[str, ...]
    leaders_without: tuple[str, ...]
    idle_cadres: tuple[str, ...]
    ended: tuple[PairKey, ...]
    solver: str
    nodes: int
    arcs: int

    @property
    def optimal(self) -> bool:
        """Whether it is proven that no pairing costs less."""
        return self.objective == self.bound
