"""What another cadre for a household would have cost the whole county, exactly.

Take a best flow in which household h has cadre c, and leave the arc h→c with its unit out: the rest
of the flow is still best for the rest of the people. With c' instead of c, one unit arrives at c' and
is missed at c. The best that the others can do is to move one unit along the shortest way from c' to
c in the residual graph (theorem of successive shortest paths), so the whole costs

    pair_cost(h, c') - pair_cost(h, c) + length of the shortest way from c' to c

more. One tree of shortest ways to c tells it for all cadres at once. For this h has arcs of its own
and c is a class of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.certificate import certify
from jiemin.domain.pairing.classes import CadreClass, HouseholdClass
from jiemin.domain.pairing.costs import CostLine, cost_lines
from jiemin.domain.pairing.deal import deal
from jiemin.domain.pairing.hubs import Built, Plan, build
from jiemin.domain.pairing.moves import Move, moves
from jiemin.domain.pairing.network import Flow
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.repair import repair
from jiemin.domain.pairing.retrace import Standing, retrace
from jiemin.domain.pairing.shortest import Step, Ways
from jiemin.domain.pairing.solve import SolverName, attempt
from jiemin.domain.pairing.toll import Toll, toll


@dataclass(frozen=True, slots=True)
class Instead:
    """Another cadre for the household, the reasons of that pair, what the change costs in all.

    `moves` are the other households that change hands; None where they were not asked for or found.
    """

    cadre: str
    lines: tuple[CostLine, ...]
    toll: Toll
    moves: tuple[Move, ...] | None = None


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A pair as made and what others would cost.

    `lines` are the pair's reasons; `made` is what it costs the county that this pair is made and no
    other, nothing if some best pairing contains it; `others` come cheapest first, their tolls counted
    from the pair as made.
    """

    lines: tuple[CostLine, ...]
    made: Toll
    others: tuple[Instead, ...]


def alternatives(
    problem: PairingProblem,
    pair: PairKey,
    *,
    number: int = 2,
    only: str | None = None,
    pairs: Collection[PairKey] = (),
    solver: SolverName = "auto",
) -> Alternatives | None:
    """The `number` cheapest cadres instead of the pair's, or only the one asked for.

    `pairs` are the pairing in which the pair was made. If it is a best one, who helps anyhow and what
    moves the one asked for makes necessary are told from it, else from another one just as good.

    None when the pair itself has no place in the problem: one end takes part no more, has as many
    partners as allowed, or a rule forbids the pair. Cadres who help the household anyhow, or may not,
    are no alternatives; of those alike in all that costs the first by number is named. The pair counts
    as new even if it is in force. Raises PairingFaultError when a proof fails.
    """
    problem = _without(problem, pair)
    settled, unmoved = problem.settled(), problem.unmoved()
    plan = Plan(
        fixed=unmoved,
        loose=settled - unmoved,
        single=frozenset({pair[0]}),
        alone=frozenset({pair[1]} | ({only} if only else set())),
    )
    while True:
        around = _around(problem, plan, pair, pairs, solver)
        if around is None:
            return None
        others, stuck = around.cheapest(number, only)
        if not stuck:
            break
        plan = replace(around.plan, single=around.plan.single | stuck)
    return Alternatives(
        lines=around.lines(pair[1]),
        made=around.made,
        others=tuple(
            Instead(key, around.lines(key), around.toll(node), around.moves(key) if only else None)
            for key, node in others
        ),
    )


def _without(problem: PairingProblem, pair: PairKey) -> PairingProblem:
    """The same question before anything was decided on this pair."""
    kept = {each: role for each, role in problem.kept.items() if each != pair}
    return replace(problem, kept=kept, pinned=problem.pinned - {pair}, required=problem.required - {pair})


def _around(
    problem: PairingProblem, plan: Plan, pair: PairKey, pairs: Collection[PairKey], solver: SolverName
) -> "_Around | None":
    """The best flow that contains the pair: that of the pairs, if it is one, else one solved anew.

    Solving also finds which households need arcs of their own to be kept from whom they must not have;
    the pairs may be proven best only then.
    """
    aims = Aims.of(problem)
    lawful = {pair} | plan.fixed <= set(pairs) and not problem.barred.intersection(pairs)
    found = _retraced(build(problem, plan, aims), plan, pairs) if lawful else None
    if found is None:
        tried = attempt(problem, plan, aims, solver)
        plan, built = tried.plan, tried.built
        found = _retraced(built, plan, pairs) if lawful else None
        if found is None:
            found = built, tried.flow, certify(built.network, tried.flow).prices, None
    built, flow, prices, standing = found
    return _Around.of(problem, plan, built, flow, pair, prices, standing)


def _retraced(
    built: Built, plan: Plan, pairs: Collection[PairKey]
) -> tuple[Built, Flow, Sequence[int], Standing | None] | None:
    """The flow of the pairs with its prices, if it has one that is proven best."""
    with suppress(LookupError):
        standing = Standing(built, plan, pairs)
        flow = retrace(standing)
        proof = certify(built.network, flow)
        if proof.proven:
            return built, flow, proof.prices, standing
    return None


@dataclass(slots=True)
class _Around:
    """A best flow that contains the pair, on its `arc`, and the shortest ways to the pair's cadre."""

    problem: PairingProblem
    plan: Plan
    built: Built
    pair: PairKey
    arc: int
    flow: Flow
    ways: Ways
    made: Toll
    standing: Standing | None
    """The pairs as they stand, if they are the flow's."""

    @classmethod
    def of(
        cls,
        problem: PairingProblem,
        plan: Plan,
        built: Built,
        flow: Flow,
        pair: PairKey,
        prices: Sequence[int],
        standing: Standing | None = None,
    ) -> "_Around | None":
        network = built.network
        home, cadre = _node_of(built.households, pair[0]), _node_of(built.cadres, pair[1])
        arcs = [arc for arc in range(network.arcs) if (network.tail[arc], network.head[arc]) == (home, cadre)]
        if home is None or cadre is None or not arcs:
            return None
        arc, steps = arcs[0], list[Step]()
        if not flow[arc]:  # another pair is as good or better: make room for this one
            ways = Ways(network, flow, prices, home, arc)
            steps = [(arc, 1), *ways.steps(cadre)]
            flow, prices = _moved(flow, steps), ways.prices()
        ways = Ways(network, flow, prices, cadre, arc)
        made = toll(problem, plan, built, steps)
        return cls(problem, plan, built, pair, arc, flow, ways, made, standing)

    def cheapest(self, number: int, only: str | None) -> tuple[list[tuple[str, int]], frozenset[str]]:
        """The cheapest others with their nodes, ties by the pair's own cost and by cadre.

        Besides, the households that would be stuck with whom they must not have.
        """
        network = self.built.network
        pairs = self.standing.chosen if self.standing else self._dealt([])[0]
        helping = {cadre for household, cadre in [*self.plan.fixed, *pairs] if household == self.pair[0]}
        helping.discard(only or "")  # who asks knows that the cadre does not help, whatever another best says
        free = {node: self._members(node) - helping for _, node in self._arcs_out()}
        found = []
        for arc, node in self._arcs_out():
            cadre = min(free[node], default="")
            length = self.ways.length(node)
            if cadre and length is not None and only in (None, cadre):
                total = network.cost[arc] - network.cost[self.arc] + length
                found.append((total, network.cost[arc], cadre, node))
        chosen = [(cadre, node) for *_, cadre, node in sorted(found)[:number]]
        if not self.problem.barred:
            return chosen, frozenset()
        stuck = frozenset[str]() if self.standing else self._dealt([])[1]
        for place, (cadre, node) in enumerate(chosen):
            pairs, more = self._dealt(self.steps(node))
            stuck |= more
            dealt = {helper for household, helper in pairs if household == self.pair[0]}
            chosen[place] = (min(dealt & free[node], default=cadre), node)
        return chosen, stuck

    def _arcs_out(self) -> Iterator[tuple[int, int]]:
        """Arcs from the household to the classes of other cadres."""
        network = self.built.network
        home = network.tail[self.arc]
        for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
            if tail == home and arc != self.arc and head in self.built.cadres:
                yield arc, head

    def _members(self, node: int) -> set[str]:
        return {one.key for one in self.built.cadres[node].members}

    def lines(self, cadre: str) -> tuple[CostLine, ...]:
        """The reasons for the household's pair with that cadre."""
        home = next(one for one in self.problem.households if one.key == self.pair[0])
        helper = next(one for one in self.problem.cadres if one.key == cadre)
        return cost_lines(home, helper, self.problem.costs, kept=False)

    def toll(self, node: int) -> Toll:
        """What it costs to choose somebody of that class."""
        return toll(self.problem, self.plan, self.built, self.steps(node))

    def steps(self, node: int) -> list[Step]:
        """The change from the pair as made to somebody of that class."""
        chosen = next(arc for arc, head in self._arcs_out() if head == node)
        return [(self.arc, -1), (chosen, 1), *self.ways.steps(node)]

    def moves(self, other: str) -> tuple[Move, ...] | None:
        """The other households that change hands with that cadre instead."""
        standing = self.standing or Standing(self.built, self.plan, self._dealt([])[0])
        return moves(self.problem, self.plan, standing, self.ways, (self.pair, other))

    def _dealt(self, steps: Iterable[Step]) -> tuple[list[PairKey], frozenset[str]]:
        """The pairs after these steps, and the households left with one that must not be.

        Of a class with several members some may be barred to households on the way; a cadre is named
        who is dealt to the household when nobody gets whom he must not have.
        """
        built, fixed = self.built, self.plan.fixed
        dealt, stuck = repair(self.problem, built, deal(built, _moved(self.flow, steps)), fixed)
        return [*fixed, *dealt], stuck


def _node_of(classes: Mapping[int, HouseholdClass] | Mapping[int, CadreClass], key: str) -> int | None:
    return next((node for node, one in classes.items() if one.members[0].key == key), None)


def _moved(flow: Flow, steps: Iterable[Step]) -> Flow:
    moved = list(flow)
    for arc, sign in steps:
        moved[arc] += sign
    return moved
