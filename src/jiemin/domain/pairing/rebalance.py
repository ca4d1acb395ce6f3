"""A better pairing for a limited number of changes.

Ending a pairing in force is given a price in points, and a price is sought at which just so few end,
or else the least at which no more do. A run at one price is a minimum-cost flow as any other, with its
own proof.
"""

from dataclasses import dataclass, replace

from jiemin.domain.pairing.aims import Aims, points
from jiemin.domain.pairing.problem import PairingProblem, PairingResult
from jiemin.domain.pairing.rules import Mode
from jiemin.domain.pairing.solve import Attempt, SolverName, best_attempt

MAX_CHANGES = 10
"""Pairings in force that a run may end for a better one, when nobody says how many."""


@dataclass(frozen=True, slots=True)
class Rebalanced:
    """The pairing found, and the problem with the price at which it is the best.

    `saved` is how many points it costs less than the pairing that ends as few as can be; None when it
    also serves more people, which no points can tell.
    """

    problem: PairingProblem
    attempt: Attempt
    saved: int | None

    @property
    def result(self) -> PairingResult:
        """The pairing found."""
        return self.attempt.result


def rebalance(problem: PairingProblem, most: int, solver: SolverName = "auto") -> Rebalanced:
    """The best pairing for which at most `most` pairings in force end.

    Lagrange: at its price λ no pairing costs less in points and λ for each ending together, so among
    all that end no more than it does none costs less. It may leave some of `most` unused, since
    between one price and the next the number of endings may jump. The price is at least one point:
    nothing ends that saves nothing. Where even the highest price ends more than `most`, because that
    serves more people, the answer is that of a run that repairs.
    """
    repaired = best_attempt(problem, solver)
    few = _Priced.at(_highest_price(problem), problem, solver)
    if few.endings > most:
        return Rebalanced(problem, repaired, 0)
    many = _Priced.at(1, problem, solver, few)
    if many.endings <= most:
        few = many
    while few.endings < most and few.price - many.price > 1:
        middle = _Priced.at(_price_between(many, few), problem, solver, few)
        if middle.endings > most:
            many = middle
        else:
            few = middle
    return Rebalanced(few.problem, few.attempt, _saved(problem, repaired.result, few.attempt.result))


@dataclass(frozen=True, slots=True)
class _Priced:
    """The best pairing at a price of ending one in force, and its points without that price."""

    price: int
    problem: PairingProblem
    attempt: Attempt
    endings: int
    points: int

    @classmethod
    def at(
        cls, price: int, problem: PairingProblem, solver: SolverName, near: "_Priced | None" = None
    ) -> "_Priced":
        priced = replace(problem, price_of_ending=price)
        found = best_attempt(priced, solver, near.attempt if near else None)
        return cls(price, priced, found, len(found.result.ended), _points(problem, found.result))


def _price_between(many: _Priced, few: _Priced) -> int:
    """The price at which both cost the same: any other that is the best somewhere is the best there."""
    same = (few.points - many.points) // (many.endings - few.endings)
    return min(max(same, many.price + 1), few.price - 1)


def _highest_price(problem: PairingProblem) -> int:
    """More than any pairing's end can save in points: then none ends for their sake."""
    return Aims.of(replace(problem, price_of_ending=0)).leader_without


def _saved(problem: PairingProblem, repaired: PairingResult, found: PairingResult) -> int | None:
    """Points saved between two answers that serve as many people alike."""
    if _unserved(problem, repaired) != _unserved(problem, found):
        return None
    return _points(problem, repaired) - _points(problem, found)


def _points(problem: PairingProblem, result: PairingResult) -> int:
    return points(problem, {(pair.household, pair.cadre) for pair in result.pairs})


def _unserved(problem: PairingProblem, result: PairingResult) -> tuple[int, int, int]:
    """What comes before points: depths left alone, leaders without, and ordinary cadres if that counts."""
    depths = {household.key: household.depth for household in problem.households}
    alone = sum(depths[key] + 1 for key in result.unpaired_households)
    idle = len(result.idle_cadres) if problem.rules.mode is Mode.MANY_TO_ONE else 0
    return alone, len(result.leaders_without), idle
