"""What a change costs the whole county, aim by aim."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.classes import CadreClass
from jiemin.domain.pairing.hubs import Built, Plan
from jiemin.domain.pairing.network import ROOT
from jiemin.domain.pairing.problem import PairingProblem
from jiemin.domain.pairing.shortest import Step


@dataclass(frozen=True, slots=True)
class Toll:
    """What a change costs the whole county, aim by aim; less than nothing where it helps.

    `unpaired` counts households without a cadre, `depth` weighs them by depth of need plus one;
    `leaders` and `idle` count cadres without a household, `ended` and `begun` pairings; `points` are
    those of the cost table. `total` is the difference of the objectives.
    """

    total: int
    unpaired: int
    depth: int
    leaders: int
    ended: int
    idle: int
    begun: int
    points: int


def toll(problem: PairingProblem, plan: Plan, built: Built, steps: Iterable[Step]) -> Toll:
    """What these steps change of each aim, read off the arcs."""
    network, aims = built.network, built.aims
    total = 0
    counts: Counter[str] = Counter()
    for arc, sign in steps:
        total += sign * network.cost[arc]
        tail, head = network.tail[arc], network.head[arc]
        if head == ROOT and tail in built.households:
            counts["unpaired"] += sign
            counts["depth"] += sign * (built.households[tail].depth + 1)
        elif head == ROOT and _first_load(built.cadres.get(tail), network.cost[arc], aims):
            counts["leaders" if built.cadres[tail].leader else "idle"] -= sign
        elif head in built.cadres and _is_loose(plan, built, tail, head):
            counts["ended"] -= sign
        elif head in built.cadres:
            counts["begun"] += sign
    told = {name: counts[name] for name in ("unpaired", "depth", "leaders", "ended", "idle", "begun")}
    weights = {
        "depth": aims.unpaired,
        "leaders": aims.leader_without,
        "ended": aims.ended if problem.price_of_ending is None else 0,
        "idle": aims.idle,
        "begun": aims.begun,
    }
    points = total - sum(weight * told[name] for name, weight in weights.items())
    return Toll(total=total, points=points, **told)


def _first_load(one: CadreClass | None, cost: int, aims: Aims) -> bool:
    """Whether an arc to the root is that of the household which a cadre has to take."""
    return one is not None and one.least > one.taken and cost == -aims.without(one.members[0])


def _is_loose(plan: Plan, built: Built, tail: int, head: int) -> bool:
    home = built.households.get(tail)
    pair = home and (home.members[0].key, built.cadres[head].members[0].key)
    return pair in plan.loose
