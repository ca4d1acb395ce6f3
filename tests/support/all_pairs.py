"""Few cases that bring every two levels of any two factors together: a greedy covering array.

The same factors give the same cases, in the same order; what may not stand together never does.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, product

Choice = tuple[str, str]
"""A factor and one of its levels."""
Case = Mapping[str, str]
Levels = Mapping[str, Sequence[str]]

_TRIES = 4
"""Beginnings tried for each case; the one that covers most is taken."""


class Factors:
    """What may vary, and which two levels exclude each other."""

    def __init__(self, levels: Levels, excluded: Sequence[tuple[Choice, Choice]]) -> None:
        self.levels = levels
        known = {(factor, level) for factor, each in levels.items() for level in each}
        strange = {choice for pair in excluded for choice in pair} - known
        if strange:
            raise ValueError(f"no such levels: {sorted(strange)}")
        self._beside: dict[Choice, set[Choice]] = {choice: set() for choice in known}
        for one, other in excluded:
            self._beside[one].add(other)
            self._beside[other].add(one)

    def agree(self, one: Choice, other: Choice) -> bool:
        """Whether the two levels may stand together."""
        return other not in self._beside[one]

    def cases(self) -> list[Case]:
        """Cases that hold every pair which any case can hold."""
        wanted = dict.fromkeys(self._pairs())
        found = []
        while wanted:
            starts = list(wanted)[:: max(1, len(wanted) // _TRIES)][:_TRIES]
            tried = {start: self._begun(start, wanted) for start in starts}
            for start, case in tried.items():
                if case is None:
                    del wanted[start]  # no whole case holds it
            fitting = [case for case in tried.values() if case is not None]
            if fitting:
                best = max(fitting, key=lambda case: sum(pair in wanted for pair in pairs_of(case)))
                for pair in pairs_of(best):
                    wanted.pop(pair, None)
                found.append(best)
        return found

    def _pairs(self) -> list[tuple[Choice, Choice]]:
        return [
            ((one, level), (other, beside))
            for one, other in combinations(self.levels, 2)
            for level, beside in product(self.levels[one], self.levels[other])
            if self.agree((one, level), (other, beside))
        ]

    def _begun(
        self, start: tuple[Choice, Choice], wanted: Mapping[tuple[Choice, Choice], None]
    ) -> Case | None:
        """A whole case with these two levels; None if there is none."""
        left = self._narrowed(self.levels, start[0])
        left = left and self._narrowed(left, start[1])
        case = self._completed(dict(start), left, wanted) if left else None
        return {factor: case[factor] for factor in self.levels} if case else None

    def _narrowed(self, left: Levels, chosen: Choice) -> Levels:
        """The levels still possible once one is chosen; empty when some factor has none left."""
        narrowed = dict(left)
        narrowed[chosen[0]] = (chosen[1],)
        for factor, level in self._beside[chosen]:
            narrowed[factor] = tuple(each for each in narrowed[factor] if each != level)
        return narrowed if all(narrowed.values()) else {}

    def _completed(
        self, case: dict[str, str], left: Levels, wanted: Mapping[tuple[Choice, Choice], None]
    ) -> dict[str, str] | None:
        """The case with a level for each factor, those first that bring most wanted pairs."""
        free = [factor for factor in self.levels if factor not in case]
        if not free:
            return case
        factor = min(free, key=lambda each: len(left[each]))
        order = list(self.levels)
        place = order.index(factor)

        def gain(level: str) -> int:
            own = (factor, level)
            return sum(
                ((other, own) if order.index(other[0]) < place else (own, other)) in wanted
                for other in case.items()
            )

        for level in sorted(left[factor], key=gain, reverse=True):
            narrowed = self._narrowed(left, (factor, level))
            found = self._completed({**case, factor: level}, narrowed, wanted) if narrowed else None
            if found:
                return found
        return None


def pairs_of(case: Case) -> list[tuple[Choice, Choice]]:
    """The pairs of levels that the case holds."""
    return list(combinations(case.items(), 2))
