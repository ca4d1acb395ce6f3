"""Problems to draw: small ones by hypothesis, middling ones as rosters are."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from jiemin.domain.codes import Role
from jiemin.domain.pairing import (
    CadreFacts,
    Costs,
    Field,
    HouseholdFacts,
    Mode,
    PairingProblem,
    PlaceRef,
    Rules,
)
from jiemin.domain.pairing.problem import PairKey
from support.pairing import PLACES, most_cadres, most_of

WORK = (Field.JOBS, Field.HOUSING, Field.HEALTH)
SPOTS = (*PLACES, PlaceRef(village="无镇村"))
F = TypeVar("F", HouseholdFacts, CadreFacts)


def _costs(near: list[int], apart: list[int], free: list[int], steps: list[int]) -> Costs:
    near, apart = sorted(near), sorted(apart)
    return Costs(
        town_linked=near[0],
        town_shared=near[1],
        elsewhere=near[2],
        place_unknown=near[3],
        village_apart=apart[0],
        town_apart=apart[1],
        need_missed=free[0],
        rank_step=free[1],
        unit_changed=free[2],
        new_pairing=free[3],
        unit_step=free[4],
        load_step=steps[0],
        assistant_step=steps[1],
    )


def _points(low: int, high: int, count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(low, high), min_size=count, max_size=count)


costs_tables = st.builds(
    _costs, near=_points(0, 60, 4), apart=_points(0, 30, 2), free=_points(0, 30, 5), steps=_points(1, 60, 2)
)
all_rules = st.builds(
    Rules,
    mode=st.sampled_from(Mode),
    leader_max=st.integers(1, 5),
    cadres_max=st.integers(1, 5),
    quota=st.tuples(*[st.integers(0, 3)] * 5),
    links_bind=st.booleans(),
)
_some_units = st.just(frozenset[str]()) | st.frozensets(st.sampled_from(["U1", "U2", "U9"]), max_size=2)
households = st.builds(
    HouseholdFacts,
    key=st.just(""),
    place=st.sampled_from(SPOTS),
    needs=st.frozensets(st.sampled_from(WORK), max_size=2),
    depth=st.integers(0, 3),
    former_units=_some_units,
    taken_by=_some_units,
)
cadres = st.builds(
    CadreFacts,
    key=st.just(""),
    unit=st.sampled_from(["U1", "U2"]),
    field=st.none() | st.sampled_from([*WORK, Field.RELIEF]),
    leader=st.booleans(),
    rank=st.integers(0, 4),
    links=st.frozensets(st.sampled_from([*SPOTS, PlaceRef("T3")]), max_size=2),
    held=st.frozensets(st.sampled_from([spot for spot in SPOTS if spot.village]), max_size=2),
    besides=st.sampled_from([0, 0, 0, 1, 2]),
)


@st.composite
def problems(draw: st.DrawFn, most_households: int, most_cadres: int) -> PairingProblem:
    """Small problems with everything in them: places, needs, ranks, pairings in force, recusals,
    villages taken, pairs made by people or required, repairs and rebalances.

    In some the pairings in force go beyond the limits.
    """
    homes = _numbered("H", draw(st.lists(households, max_size=most_households)))
    helpers = _numbered("C", draw(st.lists(cadres, max_size=most_cadres)))
    some = st.sampled_from(
        [(f"H{h}", f"C{c}") for h in range(len(homes) + 1) for c in range(len(helpers) + 1)]
    )
    barred = draw(st.frozensets(some, max_size=12))
    problem = PairingProblem(
        households=tuple(homes),
        cadres=tuple(helpers),
        kept=draw(st.dictionaries(some, st.sampled_from(Role), max_size=6)),
        barred=barred,
        rules=draw(all_rules),
        costs=draw(st.just(Costs()) | costs_tables),
        required=draw(st.just(frozenset[PairKey]()) | st.frozensets(some, max_size=4)) - barred,
        price_of_ending=draw(st.none() | st.integers(0, 80) | st.just(100_000)),
    )
    if draw(st.booleans()):
        problem = within_limits(problem)
    problem = with_one_lead(problem)
    held = sorted(problem.kept)
    return replace(
        problem, pinned=draw(st.frozensets(st.sampled_from(held), max_size=2)) if held else frozenset()
    )


def with_one_lead(problem: PairingProblem) -> PairingProblem:
    """The problem with one lead at most for each household, as a database keeps them."""
    kept, led = dict(problem.kept), set[str]()
    for home, helper in sorted(kept):
        if home in led:
            kept[home, helper] = Role.ASSIST
        elif kept[home, helper] is Role.LEAD:
            led.add(home)
    return replace(problem, kept=kept)


def within_limits(problem: PairingProblem) -> PairingProblem:
    """The problem without those pairings in force by which somebody has more than the limit.

    Pairs required come first, and alone may go beyond it.
    """
    rules, most = problem.rules, {one.key: most_of(problem.rules, one) for one in problem.cadres}
    homes, loads = Counter(h for h, _ in problem.required), Counter(c for _, c in problem.required)
    kept = dict(problem.kept)
    for home, helper in sorted(problem.keepable() - problem.required):
        if loads[helper] < most[helper] and homes[home] < most_cadres(rules):
            homes[home], loads[helper] = homes[home] + 1, loads[helper] + 1
        else:
            del kept[home, helper]
    return replace(problem, kept=kept)


def _numbered(letter: str, facts: list[F]) -> list[F]:
    return [replace(one, key=f"{letter}{n}") for n, one in enumerate(facts)]


def middling(chance: Random, homes: int, helpers: int) -> PairingProblem:
    """A problem as rosters are: villages in a few towns, linked units, some of which take villages,
    some pairings, some recusals, some decisions of people."""
    towns = [f"T{n}" for n in range(max(2, homes // 12))]
    spots = [PlaceRef(town, f"{town}/{n}") for town in towns for n in range(3)]
    links = _linked_units(chance, spots, helpers // 5 + 1)
    takers = {
        spot: frozenset(chance.sample(sorted(links), k=1 + (len(links) > 1 and chance.random() < 0.3)))
        for spot in chance.sample(spots, k=chance.choice([0, 0, 1, 3]))
    }
    people = [_household(chance, f"H{n}", spots, takers, sorted(links)) for n in range(homes)]
    fields = {unit: chance.choice([*WORK, None]) for unit in links}
    staff = [_cadre(chance, f"C{n}", links, fields) for n in range(helpers)]
    every = [(home.key, one.key) for home in people for one in staff]
    barred = frozenset(chance.sample(every, k=chance.choice([0, len(every) // 10, len(every) // 3])))
    required = chance.sample(every, k=chance.choice([0, 0, min(len(every), 1 + homes // 5)]))
    kept = chance.sample(every, k=chance.choice([0, homes // 6, min(len(every), homes // 2)]))
    problem = PairingProblem(
        tuple(people),
        tuple(staff),
        {pair: chance.choice(list(Role)) for pair in kept},
        barred,
        _rules(chance),
        _prices(chance),
        required=frozenset(required) - barred,
        price_of_ending=chance.choice([None, None, None, None, 0, 15, 60, 100_000]),
    )
    if chance.random() < 0.7:
        problem = within_limits(problem)
    pinned = frozenset(pair for pair in problem.kept if chance.random() < 0.2)
    return replace(_with_held(with_one_lead(problem)), pinned=pinned)


def _rules(chance: Random) -> Rules:
    return Rules(
        chance.choice(list(Mode)),
        leader_max=chance.randint(1, 5),
        cadres_max=chance.randint(1, 5),
        quota=chance.choice([(1, 2, 3, 4, 5), (0, 1, 2, 2, 3), (2, 2, 2, 2, 2)]),
        links_bind=chance.random() < 0.3,
    )


def _prices(chance: Random) -> Costs:
    """The usual table, one without ranks, or any."""
    return chance.choice(
        [
            Costs(),
            Costs(rank_step=0, unit_step=9, village_apart=0, new_pairing=0),
            _costs(
                near=[chance.randint(0, 60) for _ in range(4)],
                apart=[chance.randint(0, 30) for _ in range(2)],
                free=[chance.randint(0, 30) for _ in range(5)],
                steps=[chance.randint(1, 60) for _ in range(2)],
            ),
        ]
    )


def _linked_units(chance: Random, spots: list[PlaceRef], count: int) -> dict[str, frozenset[PlaceRef]]:
    """Units with up to two villages they are linked with, some with a whole town instead."""
    links = {}
    for n in range(count):
        chosen = chance.sample(spots, k=chance.randint(0, 2))
        links[f"U{n}"] = frozenset(PlaceRef(one.town) if chance.random() < 0.3 else one for one in chosen)
    return links


def _household(
    chance: Random, key: str, spots: list[PlaceRef], takers: dict[PlaceRef, frozenset[str]], units: list[str]
) -> HouseholdFacts:
    place = chance.choice(spots)
    former = chance.sample(units, k=int(chance.random() < 0.15))
    needs = chance.sample(WORK, k=chance.randint(0, 2))
    return HouseholdFacts(
        key, place, frozenset(needs), chance.randint(0, 3), frozenset(former), takers.get(place, frozenset())
    )


def _cadre(
    chance: Random, key: str, links: dict[str, frozenset[PlaceRef]], fields: dict[str, Field | None]
) -> CadreFacts:
    unit, leader = chance.choice(sorted(links)), chance.random() < 0.2
    rank = chance.randint(2, 4) if leader else chance.randint(0, 1)
    besides = int(chance.random() < 0.1)
    return CadreFacts(key, unit, fields[unit], leader, rank, links[unit], besides=besides)


def _with_held(problem: PairingProblem) -> PairingProblem:
    """The problem with each cadre holding the villages of the households in force."""
    places = {home.key: home.place for home in problem.households}
    held: dict[str, set[PlaceRef]] = {one.key: set() for one in problem.cadres}
    for home, helper in problem.keepable():
        held[helper].add(places[home])
    cadres = tuple(replace(one, held=frozenset(held[one.key])) for one in problem.cadres)
    return replace(problem, cadres=cadres)
