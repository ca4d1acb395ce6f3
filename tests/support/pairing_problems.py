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
from support.pairing import PLACES

WORK = (Field.JOBS, Field.HOUSING, Field.HEALTH)
F = TypeVar("F", HouseholdFacts, CadreFacts)


def _costs(near: list[int], missed: int, rank: int, new: int, load: int, assistant: int) -> Costs:
    linked, shared, elsewhere, unknown = sorted(near)
    return Costs(linked, shared, elsewhere, unknown, missed, rank, new, load, assistant)


costs_tables = st.builds(
    _costs,
    st.lists(st.integers(0, 60), min_size=4, max_size=4),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(1, 60),
    st.integers(1, 60),
)
all_rules = st.builds(Rules, st.sampled_from(Mode), st.integers(1, 5), st.integers(1, 5))
households = st.builds(
    HouseholdFacts,
    key=st.just(""),
    place=st.sampled_from(PLACES),
    needs=st.frozensets(st.sampled_from(WORK), max_size=2),
    depth=st.integers(0, 3),
)
cadres = st.builds(
    CadreFacts,
    key=st.just(""),
    unit=st.sampled_from(["U1", "U2"]),
    field=st.none() | st.sampled_from([*WORK, Field.RELIEF]),
    leader=st.booleans(),
    rank=st.integers(0, 3),
    links=st.frozensets(st.sampled_from([*PLACES, PlaceRef("T3")]), max_size=2),
)


@st.composite
def problems(
    draw: st.DrawFn, most_households: int, most_cadres: int, *, pins: bool = False
) -> PairingProblem:
    """Small problems with everything in them: places, needs, ranks, pairings in force, recusals.

    The pairings in force keep to the limits; with `pins` some of them were made by people.
    """
    homes = _numbered("H", draw(st.lists(households, max_size=most_households)))
    helpers = _numbered("C", draw(st.lists(cadres, max_size=most_cadres)))
    some = st.sampled_from(
        [(f"H{h}", f"C{c}") for h in range(len(homes) + 1) for c in range(len(helpers) + 1)]
    )
    problem = PairingProblem(
        households=tuple(homes),
        cadres=tuple(helpers),
        kept=draw(st.dictionaries(some, st.sampled_from(Role), max_size=6)),
        barred=draw(st.frozensets(some, max_size=12)),
        rules=draw(all_rules),
        costs=draw(st.just(Costs()) | costs_tables),
    )
    problem = within_limits(problem)
    held = sorted(problem.kept)
    return replace(
        problem, pinned=draw(st.frozensets(st.sampled_from(held))) if pins and held else frozenset()
    )


def within_limits(problem: PairingProblem) -> PairingProblem:
    """The problem without those pairings in force by which somebody has more than the limit, and with
    one lead at most for each household, as a database keeps them."""
    rules, leads = problem.rules, {one.key: one.leader for one in problem.cadres}
    homes, helpers = Counter[str](), Counter[str]()
    kept = dict(problem.kept)
    led: set[str] = set()
    for home, helper in sorted(kept):
        if home in led:
            kept[home, helper] = Role.ASSIST
        elif kept[home, helper] is Role.LEAD:
            led.add(home)
    for home, helper in sorted(problem.keepable()):
        room = helpers[helper] < rules.most_households(leads[helper])
        if room and homes[home] < rules.cadres_per_household:
            homes[home], helpers[helper] = homes[home] + 1, helpers[helper] + 1
        else:
            del kept[home, helper]
    return replace(problem, kept=kept)


def _numbered(letter: str, facts: list[F]) -> list[F]:
    return [replace(one, key=f"{letter}{n}") for n, one in enumerate(facts)]


def middling(chance: Random, homes: int, helpers: int) -> PairingProblem:
    """A problem as rosters are: villages in a few towns, linked units, some pairings, some recusals."""
    towns = [f"T{n}" for n in range(max(2, homes // 12))]
    spots = [PlaceRef(town, f"{town}/{n}") for town in towns for n in range(3)]
    units = {
        f"U{n}": frozenset(chance.sample(spots, k=chance.randint(0, 2))) for n in range(helpers // 5 + 1)
    }
    fields = {unit: chance.choice([*WORK, None]) for unit in units}
    people = [
        HouseholdFacts(
            f"H{n}",
            chance.choice(spots),
            frozenset(chance.sample(WORK, k=chance.randint(0, 2))),
            chance.randint(0, 3),
        )
        for n in range(homes)
    ]
    staff = []
    for n in range(helpers):
        unit, leader = chance.choice(list(units)), chance.random() < 0.2
        rank = chance.randint(2, 3) if leader else chance.randint(0, 1)
        staff.append(CadreFacts(f"C{n}", unit, fields[unit], leader, rank, units[unit]))
    every = [(home.key, one.key) for home in people for one in staff]
    kept = chance.sample(every, k=chance.choice([0, homes // 6, homes // 2]))
    barred = chance.sample(every, k=chance.choice([0, len(every) // 10, len(every) // 3]))
    return within_limits(
        PairingProblem(
            tuple(people),
            tuple(staff),
            {pair: chance.choice(list(Role)) for pair in kept},
            frozenset(barred),
            Rules(chance.choice(list(Mode)), chance.randint(1, 5), chance.randint(1, 5)),
        )
    )
