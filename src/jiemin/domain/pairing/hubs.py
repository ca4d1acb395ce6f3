"""The hub network: O(households + cadres) arcs that stand exactly for all pairs.

See the package's docstring for the picture. Root → household: places for assistants. Household →
root: left without a cadre. Household → hub → … → cadre → root: one pair per unit of flow.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from jiemin.domain.pairing.aims import Aims, free_loads
from jiemin.domain.pairing.classes import (
    Apart,
    CadreClass,
    HouseholdClass,
    cadre_classes,
    household_classes,
    hubs_of,
)
from jiemin.domain.pairing.costs import pair_cost
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.network import ROOT, Network
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.spots import Hub, way_up


@dataclass(frozen=True, slots=True)
class Plan:
    """What the network takes as given.

    `fixed` pairs stay and are not part of it; `loose` pairs, in force, have an arc each and may
    end; `single` households have an arc to each cadre class instead of the hubs, so that what is
    barred to them can be left out; `alone` are cadres who are a class of their own.
    """

    fixed: frozenset[PairKey] = frozenset()
    loose: frozenset[PairKey] = frozenset()
    single: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()


@dataclass(slots=True)
class Built:
    """The network with the meaning of its nodes, and the weights it was built with.

    `loose` are the arcs of the pairings in force that may end.
    """

    network: Network
    aims: Aims
    households: dict[int, HouseholdClass] = field(default_factory=dict)
    cadres: dict[int, CadreClass] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)


def build(problem: PairingProblem, plan: Plan, aims: Aims) -> Built:
    """The network for the problem under the plan."""
    return _Builder(problem, plan, aims).build()


class _Builder:
    def __init__(self, problem: PairingProblem, plan: Plan, aims: Aims) -> None:
        self.problem, self.plan = problem, plan
        self.costs, self.aims = problem.costs, aims
        self.new_pair = problem.costs.new_pairing + aims.begun
        self.barred_of: dict[str, set[str]] = {}
        for household, cadre in problem.barred:
            self.barred_of.setdefault(household, set()).add(cadre)
        self.with_loose = {household for household, _ in plan.loose}
        apart = Apart(
            plan.single | self.with_loose,
            frozenset(cadre for _, cadre in plan.loose).union(
                plan.alone, *(self.barred_of.get(household, ()) for household in plan.single)
            ),
        )
        self.cadre_classes = cadre_classes(problem, plan.fixed, apart)
        self.hubs = hubs_of(self.cadre_classes)
        self.household_classes = household_classes(problem, plan.fixed, apart, self.hubs)
        self.most = sum(len(one.members) * one.free for one in self.cadre_classes)
        steps = {h.depth for h in problem.households} | {one.rank for one in self.cadre_classes}
        self.steps = sorted(steps) if self.costs.rank_step else [0]
        self.network = Network()
        self.built = Built(self.network, aims)
        self.hub_nodes: dict[Hub, dict[int, int]] = {}
        self.units: dict[str, int] = {}

    def build(self) -> Built:
        for one in self.cadre_classes:
            self._add_cadres(one)
        self._add_unit_loads()
        self._add_hubs()
        for group in self.household_classes:
            self._add_households(group)
        self._add_direct_arcs()
        return self.built

    def _add_cadres(self, one: CadreClass) -> None:
        """Node of a cadre class and its loads, dearer and dearer.

        The household that a cadre has to take goes straight to the root, the others through the unit.
        """
        node, members = self.network.node(), len(one.members)
        self.built.cadres[node] = one
        for ordinal in one.loads():
            if ordinal <= one.least:
                self.network.arc(node, ROOT, members, -self.aims.without(one.members[0]))
            else:
                self.network.arc(node, self._unit(one.unit), members, self.costs.load(one.besides + ordinal))

    def _unit(self, unit: str) -> int:
        """The node where a unit's loads come together; the root if they cost nothing."""
        if not self.costs.unit_step:
            return ROOT
        if unit not in self.units:
            self.units[unit] = self.network.node()
        return self.units[unit]

    def _add_unit_loads(self) -> None:
        """From each unit to the root, in rungs: with every quarter of a household per head dearer."""
        free: Counter[str] = Counter()
        for one in self.built.cadres.values():
            free[one.unit] += len(one.members) * sum(ordinal > one.least for ordinal in one.loads())
        staff = Counter(cadre.unit for cadre in self.problem.cadres)
        taken = free_loads(self.problem, self.plan.fixed)
        for unit, node in self.units.items():
            rung = self.costs.unit_rung(staff[unit])
            first, last = taken[unit], taken[unit] + free[unit]
            while first < last:
                end = min(last, first - first % rung + rung)
                self.network.arc(node, ROOT, end - first, self.costs.unit_load(first + 1, staff[unit]))
                first = end

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
                    self.network.arc(nodes[step], node, capacity, cost + self.new_pair)

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

        Besides, an arc to each class of the unit whose helper left it. A single household's lead to
        every class of cadres that it may be paired with.
        """
        if self._is_single(group):
            return self._arcs_to(group, self.built.cadres)
        step = group.depth if self.costs.rank_step else 0
        ways = [(self.hub_nodes[hub][step], self.most, cost) for hub, cost in group.entries]
        if group.former_units:
            nodes = [node for node, one in self.built.cadres.items() if one.unit in group.former_units]
            ways += self._arcs_to(group, nodes)
        return ways

    def _arcs_to(self, group: HouseholdClass, nodes: Iterable[int]) -> list[tuple[int, int, int]]:
        """Arcs to these classes, but for what is unlawful or, having an arc of its own, in force.

        Of a class with several members all may be barred but one; dealing puts that right.
        """
        household = group.members[0]
        barred = self.barred_of.get(household.key, set()) if self._is_single(group) else set()
        found = []
        for node in nodes:
            one = self.built.cadres[node]
            cadre = one.members[0]
            if (
                cadre.key not in barred
                and (household.key, cadre.key) not in self.plan.loose
                and may_begin(household, cadre, self.problem.rules)
            ):
                cost = pair_cost(household, cadre, self.costs, kept=False) + self.aims.begun
                found.append((node, len(group.members) * len(one.members) * one.free, cost))
        return found

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
            self.built.loose.append(self.network.arc(start, end, 1, cost - self.aims.ended))
