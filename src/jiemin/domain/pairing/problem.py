"""The question put to pairing, and its answer."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
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
    `barred` are the pairs that must not be (own household, kin, a decision), `required` those that
    must, whatever the limits. `price_of_ending` is None in a run that repairs: pairings in force stay
    unless that would leave somebody without. A number of points lets a run rebalance: whatever the
    program assigned may end, if that saves more than so many points for each.
    Raises ValueError when two households or two cadres share a key, or a required pair is barred.
    """

    households: tuple[HouseholdFacts, ...]
    cadres: tuple[CadreFacts, ...]
    kept: Mapping[PairKey, Role] = field(default_factory=dict)
    barred: frozenset[PairKey] = frozenset()
    rules: Rules = field(default_factory=Rules)
    costs: Costs = field(default_factory=Costs)
    pinned: frozenset[PairKey] = frozenset()
    required: frozenset[PairKey] = frozenset()
    price_of_ending: int | None = None

    def __post_init__(self) -> None:
        if self.required & self.barred:
            raise ValueError("a required pair is barred")
        for people in (self.households, self.cadres):
            if len({person.key for person in people}) != len(people):
                raise ValueError("two of the households or cadres share a key")

    def keepable(self) -> frozenset[PairKey]:
        """The pairings in force of which both ends still take part and nothing forbids them."""
        return self._here(self.kept) - self.barred

    def settled(self) -> frozenset[PairKey]:
        """The pairs that stand before anything is chosen: in force, or required."""
        return self.keepable() | self._here(self.required)

    def unmoved(self) -> frozenset[PairKey]:
        """Of the settled pairs those that stay whatever that costs.

        No household loses its 第一责任人 for another's sake, nothing that people made is undone, and
        a limit is no reason to end what is lasting (notice 二.1: 常年结对). Only second helpers that a
        run assigned may go elsewhere; in a run that rebalances, leads that a run assigned as well.
        """
        settled, rules = self.settled(), self.rules
        most = {cadre.key: rules.most_households(cadre) for cadre in self.cadres}
        of_household = Counter(household for household, _ in settled)
        of_cadre = Counter(cadre for _, cadre in settled)
        return frozenset(
            (household, cadre)
            for household, cadre in settled
            if (self.price_of_ending is None and self.kept.get((household, cadre)) is Role.LEAD)
            or (household, cadre) in self.pinned
            or (household, cadre) in self.required
            or of_household[household] > rules.cadres_per_household
            or of_cadre[cadre] > most[cadre]
        )

    def fingerprint(self) -> str:
        """SHA-256 of all that the question says, in hexadecimal; row order does not matter."""
        digest = hashlib.sha256()
        facts = (*_lines(self.households), *_lines(self.cadres))
        pairs = (self.barred, self.pinned, self.required, (f"{p} {role}" for p, role in self.kept.items()))
        for line in (*facts, *(sorted(map(str, some)) for some in pairs)):
            digest.update(f"{line}\n".encode())
        digest.update(f"{self.rules}\n{self.costs}\n{self.price_of_ending}".encode())
        return digest.hexdigest()

    def _here(self, pairs: Iterable[PairKey]) -> frozenset[PairKey]:
        households = {household.key for household in self.households}
        cadres = {cadre.key for cadre in self.cadres}
        return frozenset(pair for pair in pairs if pair[0] in households and pair[1] in cadres)


def _lines(people: Iterable[HouseholdFacts] | Iterable[CadreFacts]) -> list[str]:
    """Each person's facts in one line, sets in order."""
    return sorted(
        "|".join(
            str(sorted(map(str, value)) if isinstance(value, frozenset) else value)
            for value in (getattr(one, name) for name in one.__slots__)
        )
        for one in people
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
