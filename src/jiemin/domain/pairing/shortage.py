"""Who cannot be served, and why: sets of people for whom there are too few places.

Take a household left alone, all cadres that it may have, all households that those cadres were given,
all cadres that these may have, and so on. Had any of these cadres a place left, everybody could move
up and the household would be served, and a best flow serves it. So all their places are taken, by
households of this set alone, one each, and there are exactly as many places too few as households of
the set are left (Hall's theorem). Leaders without a household are the same seen from the other side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiemin.domain.pairing.classes import CadreClass, HouseholdClass
from jiemin.domain.pairing.closures import closures
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.hubs import Built
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.network import ROOT, Flow
from jiemin.domain.pairing.problem import PairingProblem


@dataclass(frozen=True, slots=True)
class Shortage:
    """A set of households and the cadres they may have, of which one side has too few places.

    `of_leaders` tells which side goes without: leaders, else households. `demand` counts those of
    that side who have nobody before the run, `capacity` the places that the other side has for them.
    `sentence` says it in Chinese.
    """

    of_leaders: bool
    households: tuple[str, ...]
    cadres: tuple[str, ...]
    demand: int
    capacity: int
    sentence: str

    @property
    def left(self) -> int:
        """How many of them remain without."""
        return self.demand - self.capacity


def shortages(problem: PairingProblem, built: Built, flow: Flow) -> tuple[Shortage, ...]:
    """Why households and leaders go without in this best flow; smaller sets before those they are in.

    Every household and every leader without a partner is in one of the sets at least.
    """
    ways = [arc for arc in range(built.network.arcs) if _is_way(built, arc)]
    return (*_of_households(problem, built, flow, ways), *_of_leaders(problem, built, flow, ways))


def _is_way(built: Built, arc: int) -> bool:
    """Whether the arc leads from a household towards a cadre."""
    tail = built.network.tail[arc]
    return ROOT not in (tail, built.network.head[arc]) and tail not in built.cadres


def _of_households(
    problem: PairingProblem, built: Built, flow: Flow, ways: Sequence[int]
) -> Iterable[Shortage]:
    network = built.network
    alone = [
        network.tail[arc]
        for arc, units in enumerate(flow)
        if units and network.head[arc] == ROOT and network.tail[arc] in built.households
    ]
    if not alone:
        return
    onward: list[list[int]] = [[] for _ in range(network.nodes)]
    for arc in ways:
        onward[network.tail[arc]].append(network.head[arc])
        if flow[arc]:
            onward[network.head[arc]].append(network.tail[arc])
    told: set[int] = set()
    for nodes in closures(onward, alone, built.cadres):
        groups, classes = _classes(built, nodes)
        short = _Short(
            problem,
            households=[one for group in groups for one in group.members],
            cadres=[one for kind in classes for one in kind.members],
            demand=sum(len(group.members) for group in groups),
            capacity=sum(len(kind.members) * kind.free for kind in classes),
            everybody=len(classes) == len(built.cadres),
        )
        yield short.of_households(again=bool(told & nodes))
        told |= nodes.intersection(alone)


def _of_leaders(problem: PairingProblem, built: Built, flow: Flow, ways: Sequence[int]) -> Iterable[Shortage]:
    network, limit = built.network, problem.rules.cadres_per_household
    received = [0] * network.nodes
    for arc in ways:
        received[network.head[arc]] += flow[arc]
    idle = [
        node
        for node, kind in built.cadres.items()
        if kind.leader and kind.least > kind.taken and received[node] < len(kind.members)
    ]
    if not idle:
        return
    back: list[list[int]] = [[] for _ in range(network.nodes)]
    for arc in ways:
        back[network.head[arc]].append(network.tail[arc])
        if flow[arc]:
            back[network.tail[arc]].append(network.head[arc])
    told: set[int] = set()
    for nodes in closures(back, idle, built.households):
        groups, classes = _classes(built, nodes)
        short = _Short(
            problem,
            households=[one for group in groups for one in group.members],
            cadres=[one for kind in classes for one in kind.members],
            demand=sum(len(kind.members) for kind in classes),
            capacity=sum(len(group.members) * (limit - group.taken) for group in groups),
            everybody=len(groups) == len(built.households),
        )
        yield short.of_leaders(again=bool(told & nodes))
        told |= nodes.intersection(idle)


def _classes(built: Built, nodes: set[int]) -> tuple[list[HouseholdClass], list[CadreClass]]:
    """The classes of people who stand at these nodes."""
    return (
        [built.households[node] for node in sorted(nodes & built.households.keys())],
        [built.cadres[node] for node in sorted(nodes & built.cadres.keys())],
    )


@dataclass(frozen=True, slots=True)
class _Short:
    """A set with its figures, to be put into words."""

    problem: PairingProblem
    households: list[HouseholdFacts]
    cadres: list[CadreFacts]
    demand: int
    capacity: int
    everybody: bool
    """The set holds everybody who has places at all."""

    def of_households(self, again: bool) -> Shortage:
        """`again`: some of the households left were told of with a smaller set."""
        left = self.demand - self.capacity
        seats = f"干部名额{self.capacity}个" if self.capacity else "干部没有名额"
        takers = sorted(frozenset[str]().union(*(one.taken_by for one in self.households)))
        where = _place(one.place for one in self.households)
        if all(one.taken_by for one in self.households):
            seats = f"只能由包村的{'、'.join(takers)}帮扶，{self._seats_of(takers)}"
        elif self.everybody:
            where = "全市"
        elif self.problem.rules.links_bind:
            seats = f"按联系镇村的规定可结对的{seats}"
        else:
            seats = f"可以结对的{seats}"
        total = "连同上面的共" if again else ""
        first = "，先保困难程度深的" if self.capacity else ""
        return self._shortage(
            False, f"{where}：待结对{self.demand}户，{seats}，{total}{left}户无人可结{first}"
        )

    def _seats_of(self, units: Sequence[str]) -> str:
        """The places of units that take villages; each household of the set may have their cadres only."""
        if self.capacity:
            return f"其干部名额{self.capacity}个"
        staff = sum(cadre.unit in units for cadre in self.problem.cadres)
        return f"其{staff}名干部名额已满或应当回避" if staff else "而其没有在职干部"

    def of_leaders(self, again: bool) -> Shortage:
        """`again`: some of the leaders without were told of with a smaller set."""
        units = {one.unit for one in self.cadres}
        where = "全市" if self.everybody else _place(link for one in self.cadres for link in one.links)
        if len(units) == 1:
            where = min(units)
        left = self.demand - self.capacity
        why = f"{'连同上面的共' if again else ''}{left}名领导干部没有可结对的户"
        if self.capacity:
            most = self.problem.rules.cadres_per_household
            room = f"可结对的{len(self.households)}户每户最多{most}名干部，还能加{self.capacity}名"
            return self._shortage(True, f"{where}：待结对的领导干部{self.demand}名，{room}，{why}")
        return self._shortage(True, f"{where}：{why}，{self._why_none()}")

    def _why_none(self) -> str:
        """Why there is no household at all for these leaders."""
        problem = self.problem
        if not problem.households:
            return "没有应结对的户"
        allowed = {
            home.key
            for home in problem.households
            for one in self.cadres
            if may_begin(home, one, problem.rules) and (home.key, one.key) not in problem.barred
        }
        if allowed:
            return f"可结对的{len(allowed)}户干部都已满员"
        return "按联系镇村、包村和回避的规定，哪一户都不能结对"

    def _shortage(self, of_leaders: bool, sentence: str) -> Shortage:
        return Shortage(
            of_leaders=of_leaders,
            households=tuple(sorted(one.key for one in self.households)),
            cadres=tuple(sorted(one.key for one in self.cadres)),
            demand=self.demand,
            capacity=self.capacity,
            sentence=sentence,
        )


_NAMED = 3


def _place(places: Iterable[PlaceRef]) -> str:
    """The villages if they are few, else the towns if they are, else the whole city."""
    known = set(places)
    names = {f"{place.town}{place.village.removeprefix(place.town).lstrip('/')}" for place in known}
    towns = {place.town for place in known}
    for some in (names, towns):
        if len(some) <= _NAMED and all(some):
            return "、".join(sorted(some)) or "全市"
    return "全市"
