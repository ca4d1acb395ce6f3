"""Pairing: the best lawful assignment of cadres to households, proven and explained.

Every household should get a cadre and every leader a household (notice 二.1). Among all pairings
that serve most, `solve` finds the one that ends fewest pairings in force, begins fewest and then costs
fewest points (`Aims`, `Costs`). It is a minimum-cost flow; one unit of flow is one pair.

**The hub network stands for all pairs.** The cost of a pair is how near its nearest common place is
plus extras for need and rank, so it is the length of a shortest way through hubs, and no arc per
pair is needed:

    household ──> village ──> town ──> city ──> anywhere      one such line of hubs for each field of
                     │          │        │          │         work, and one for any field at a price
                     └──────────┴────┬───┴──────────┘
                                   cadre ──> unit ──> root    met where linked, at that place's cost

- A household enters, free of charge, the lowest hub of each field of work that it needs, and at
  `need_missed` points the lowest hub for any field.
- Each hub is a short ladder by rank: up is free, down costs `rank_step` a rung; a household enters
  at its depth of need, a cadre is met at the own rank.
- The arc from hub to cadre carries the cost of that place, nearness to the cadre's other households
  included. Going up is free, so the way over the nearest common place is the cheapest, and an optimal
  flow uses no other.
- A village that a unit takes (包村) has a hub of its own from which no way leads up; a cadre whose
  links bind is met in the linked places only. So what is forbidden by place has no way at all.
- A household that a helper left has an arc to each class of that helper's unit, at the cost without
  a change of unit.
- The household that a cadre has to take goes to the root at a reward; further ones cost more and more
  and pass through the unit, where they cost more with every quarter of a household per head.
- Households alike in everything are one node with many units, cadres likewise; `deal` deals the
  flow between classes out to persons in a fixed order, so row order never matters and a cadre's
  households are neighbours in that order.
- Slack with a price stands for what cannot be had: a household left alone goes straight to the
  root. The network therefore always has a solution.

Pairings in force are left out of the network, which is tried first and is the usual case. When that
leaves a household or a leader without anybody who could be served, the second helpers that a run
assigned get an arc each and may end; leads, and what people paired, never do. In a run that
rebalances, whatever the program assigned has an arc of its own, at a price. A recusal (`barred`) is put
right by a free swap inside a class; failing that, the household gets arcs of its own that leave out
whom it must not have, and the flow is solved again.

No leader meets the same household twice although nothing in the network forbids it: a second unit
of the same pair would leave both served without it and cost points, so no best flow has one.
"""

from jiemin.domain.codes import Role
from jiemin.domain.pairing.costs import CostLine, Costs, cost_lines, pair_cost
from jiemin.domain.pairing.depth import depth_of_need
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import Field, need_field, unit_field, work_field
from jiemin.domain.pairing.lacking import lacking
from jiemin.domain.pairing.problem import Pair, PairingProblem, PairingResult
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.solve import PairingFaultError, solve

__all__ = [
    "CadreFacts",
    "CostLine",
    "Costs",
    "Field",
    "HouseholdFacts",
    "Mode",
    "Pair",
    "PairingFaultError",
    "PairingProblem",
    "PairingResult",
    "PlaceRef",
    "Role",
    "Rules",
    "cost_lines",
    "depth_of_need",
    "lacking",
    "need_field",
    "pair_cost",
    "solve",
    "unit_field",
    "work_field",
]
