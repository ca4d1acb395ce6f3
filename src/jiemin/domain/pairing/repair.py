"""Recusals: pairs that must not be, put right after dealing by swaps that cost nothing."""

from collections import defaultdict
from collections.abc import Iterable

from jiemin.domain.pairing.hubs import Built
from jiemin.domain.pairing.problem import PairingProblem, PairKey


def repair(
    problem: PairingProblem, built: Built, dealt: list[PairKey], others: Iterable[PairKey]
) -> tuple[list[PairKey], frozenset[str]]:
    """The pairs without the barred ones, and the households for which no free swap was found.

    Two pairs may change cadres when the cadres, or the households, are of one class: all cost the
    same there. `others` are pairs that exist besides and must not be made twice.
    """
    wrong = [pair for pair in dealt if pair in problem.barred]
    if not wrong:
        return dealt, frozenset()
    swaps = _Swaps(problem, built, dealt, others)
    stuck = {household for household, cadre in wrong if not swaps.rid_of(household, cadre)}
    return sorted(swaps.pairs), frozenset(stuck)


class _Swaps:
    def __init__(
        self,
        problem: PairingProblem,
        built: Built,
        dealt: list[PairKey],
        others: Iterable[PairKey],
    ) -> None:
        self.barred = problem.barred
        self.pairs, self.others = set(dealt), set(others)
        self.group = {h.key: n for n, one in built.households.items() for h in one.members}
        self.kind = {c.key: n for n, one in built.cadres.items() for c in one.members}
        self.alike: dict[int, set[PairKey]] = defaultdict(set)
        for pair in dealt:
            self._enter(pair)

    def rid_of(self, household: str, cadre: str) -> bool:
        """Swap the pair away if some pair of the same class will take the cadre in exchange."""
        if (household, cadre) not in self.pairs:
            return True  # an earlier swap took it away
        near = self.alike[self.group[household]] | self.alike[self.kind[cadre]]
        for other, its_cadre in sorted(near):
            new = {(household, its_cadre), (other, cadre)}
            old = {(household, cadre), (other, its_cadre)}
            if len(new | old) == 4 and not new & (self.pairs | self.others | self.barred):
                self._exchange(old, new)
                return True
        return False

    def _exchange(self, old: set[PairKey], new: set[PairKey]) -> None:
        self.pairs = self.pairs - old | new
        for household, cadre in old:
            self.alike[self.group[household]].discard((household, cadre))
            self.alike[self.kind[cadre]].discard((household, cadre))
        for pair in new:
            self._enter(pair)

    def _enter(self, pair: PairKey) -> None:
        self.alike[self.group[pair[0]]].add(pair)
        self.alike[self.kind[pair[1]]].add(pair)
