"""The hub network: O(households + cadres) arcs that stand exactly for all pairs.

See the package's docstring for the picture. Root → household: places for assistants. Household →
root: left without a cadre. Household → hub → … → cadre → root: one pair per unit of flow.
"""

from dataclasses import dataclass, field

from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.classes import (
    Apart,
    CadreClass,
    HouseholdClass,
    Hub,
    cadre_classes,
    household_classes,
    hubs_of,
    way_up,
)
from jiemin.domain.pairing.costs import pair_cost
from jiemin.domain.pairing.network import ROOT, Network
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.rules import Mode


@dataclass(frozen=True, slots=True)
class Plan:
    """What the network takes as given.

    `fixed` pairs stay and are not part of it; `loose` pairs, in force, have an arc each and may
    end; `single` households have an arc to each cadre class instead of the hubs, so that what is
    barred to them can be left out.
    """

    fixed: frozenset[PairKey] = frozenset()
    loose: frozenset[PairKey] = frozenset()
    single: frozenset[str] = frozenset()


@dataclass(slots=True)
class Built:
    """The network with the meaning of its nodes."""

    network: Network
    households: dict[int, HouseholdClass] = field(default_factory=dict)
    cadres: dict[int, CadreClass] = field(default_factory=dict)


def build(problem: PairingProblem, plan: Plan) -> Built:
    """The network for the problem under the plan."""
    return _Builder(problem, plan).build()


class _Builder:
    def __init__(self, problem: PairingProblem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.costs, self.aims = problem.costs, Aims.of(problem)
        self.barred_of: dict[str, set[str]] = {}
        for household, cadre in problem.barred:
            self.barred_of.setdefault(household, set()).add(cadre)
        self.with_loose = {household for household, _ in plan.loose}
        apart = Apart(
            plan.single | self.with_loose,
            frozenset(cadre for _, cadre in plan.loose).union(
                *(self.barred_of[household] for household in plan.single)
            ),
        )
        self.cadre_classes = cadre_classes(problem, plan.fixed, apart)
        self.hubs = hubs_of(self.cadre_classes)
        self.household_classes = household_classes(problem, plan.fixed, apart, self.hubs)
        self.most = sum(len(one.members) * one.free for one in self.cadre_classes)
        steps = {h.depth for h in problem.households} | {c.rank for c in problem.cadres}
        self.steps = sorted(steps) if self.costs.rank_step else [0]
        self.network = Network()
        self.built = Built(self.network)
        self.hub_nodes: dict[Hub, dict[int, int]] = {}

    def build(self) -> Built:
        for one in self.cadre_classes:
            self._add_cadres(one)
        self._add_hubs()
        for group in self.household_classes:
            self._add_households(group)
        self._add_direct_arcs()
        return self.built

    def _add_cadres(self, one: CadreClass) -> None:
        """Node of a cadre class, its arcs to the root: loads, dearer and dearer."""
        node, members = self.network.node(), len(one.members)
        self.built.cadres[node] = one
        if not one.leader:
            must = self.aims.idle if self.problem.rules.mode is Mode.MANY_TO_ONE else 0
            self.network.arc(node, ROOT, members, -must)
            return
        for ordinal in range(one.taken + 1, one.taken + one.free + 1):
            must = self.aims.leader_without if ordinal == 1 else 0
            self.network.arc(node, ROOT, members, self.costs.load(ordinal) - must)

    def _add_hubs(self) -> None:
        """Hubs that somebody can come through, each with its steps of rank, and the ways on."""
        groups = [group for group in self.household_classes if not self._is_single(group)]
        entered = dict.fromkeys(hub for group in groups for hub, _ in group.entries)
        queue = list(entered)
        for hub in queue:
            if hub not in self.hub_nodes:
                self.hub_nodes[hub] = {step: self.network.node() for step in self.steps}
                queue += self._above(hub)
        for hub, nodes in self.hub_nodes.items():
            above = self._above(hub)
            for higher in above:
                for step in self.steps:
                    self.network.arc(nodes[step], self.hub_nodes[higher][step], self.most, 0)
            if hub in entered or not above:  # so that no step of the top hub is a dead end
                self._add_steps(nodes)
        for node, one in self.built.cadres.items():
            self._add_reach(node, one)

    def _above(self, hub: Hub) -> list[Hub]:
        """The next hub on the way up; none above the topmost."""
        spot, work = hub
        return [(up, work) for up in way_up(spot)[1:] if (up, work) in self.hubs][:1]

    def _add_steps(self, nodes: dict[int, int]) -> None:
        """Up to a higher rank free of charge, down at the price of each step missing."""
        for low, high in zip(self.steps, self.steps[1:], strict=False):
            self.network.arc(nodes[low], nodes[high], self.most, 0)
            self.network.arc(nodes[high], nodes[low], self.most, (high - low) * self.costs.rank_step)

    def _add_reach(self, node: int, one: CadreClass) -> None:
        step = one.rank if self.costs.rank_step else 0
        capacity = len(one.members) * one.free
        works = [one.work, None] if one.work else [None]
        for spot, cost in one.reach:
            for work in works:
                nodes = self.hub_nodes.get((spot, work))
                if nodes:
                    self.network.arc(nodes[step], node, capacity, cost + self.costs.new_pairing)

    def _add_households(self, group: HouseholdClass) -> None:
        """Node of a household class, its slack, its assistants, its ways to cadres."""
        ways = self._ways(group)
        if group.taken and not ways and group.members[0].key not in self.with_loose:
            return  # served, and nobody left to assist
        members, limit = len(group.members), self.problem.rules.cadres_per_household
        node = self.network.node(0 if group.taken else members)
        self.built.households[node] = group
        if not group.taken:
            self.network.arc(node, ROOT, members + 1, self.aims.left_alone(group.depth))
        for ordinal in range(max(1, group.taken), limit):
            self.network.arc(ROOT, node, members, self.costs.assistant(ordinal, group.depth))
        for end, capacity, cost in ways:
            self.network.arc(node, end, capacity, cost)

    def _is_single(self, group: HouseholdClass) -> bool:
        return group.members[0].key in self.plan.single

    def _ways(self, group: HouseholdClass) -> list[tuple[int, int, int]]:
        """Arcs on from a household class, as (end, capacity, cost): into the hubs.

        A single household's lead to each cadre class that is neither barred nor, having an arc of
        its own, in force.
        """
        if not self._is_single(group):
            step = group.depth if self.costs.rank_step else 0
            return [(self.hub_nodes[hub][step], self.most, cost) for hub, cost in group.entries]
        household = group.members[0]
        barred = self.barred_of[household.key]
        return [
            (node, len(one.members), pair_cost(household, one.members[0], self.costs, kept=False))
            for node, one in self.built.cadres.items()
            if one.members[0].key not in barred and (household.key, one.members[0].key) not in self.plan.loose
        ]

    def _add_direct_arcs(self) -> None:
        """An arc of its own for each pairing in force that may end, at the price of ending it."""
        if not self.plan.loose:
            return
        household_nodes = {group.members[0].key: node for node, group in self.built.households.items()}
        cadre_nodes = {one.members[0].key: node for node, one in self.built.cadres.items()}
        for household, cadre in sorted(self.plan.loose):
            start, end = household_nodes[household], cadre_nodes[cadre]
            cost = pair_cost(
                self.built.households[start].members[0],
                self.built.cadres[end].members[0],
                self.costs,
                kept=True,
            )
            self.network.arc(start, end, 1, cost - self.aims.ended)
