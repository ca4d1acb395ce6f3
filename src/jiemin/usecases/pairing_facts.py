"""What pairing is decided on: the households, cadres, places, pairings and decisions of one day."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Connection

from jiemin.domain.codes import PairRuleKind, Role
from jiemin.domain.pairing.depth import depth_of_need
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import need_field, work_field
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.posts import rank_of
from jiemin.storage import cadres, households, pairing_runs, pairings, persons, regions, rules
from jiemin.storage.cadres import CadreState
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairings import PairingRow
from jiemin.storage.rules import RuleRow
from jiemin.usecases.recusals import barred_pairs

_needs = lru_cache(10_000)(need_field)
_field = lru_cache(10_000)(work_field)
_rank = lru_cache(10_000)(rank_of)
"""The same words stand in many rows."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The day's rows, and the same as the problem the domain solves."""

    households: list[HouseholdState]
    cadres: list[CadreState]
    in_force: list[PairingRow]
    lapsed: dict[int, str]
    """Pairings in force that must not go on: their ids, and why."""
    household_days: dict[int, date]
    """Household id → since when it is in the work without a break."""
    cadre_days: dict[int, date]
    """Cadre id → since when he or she serves without a break."""
    turns: dict[int, date]
    """Household id → the last day on which a pairing of it began or ceased."""
    problem: PairingProblem
    bars: dict[PairKey, str]
    """Why each barred pair must not be."""
    clashes: tuple[str, ...]
    """Pairs that are required but cannot be, each in a sentence."""


def gather(
    connection: Connection, day: date, settings: PairingSettings, *, before_run: int | None = None
) -> Gathered:
    """Everything that counts for pairing on `day`.

    A pairing is to last (notice 二.1: 常年结对): of cadres known to leave later only those take part who
    help already. With `before_run` the pairings are those that stood before that run, whatever was done
    to them since, and nobody is known to leave of whom that was told later.
    """
    known = households.households_on(connection, day)
    wanted = [each for each in known if each.to_be_paired]
    serving = cadres.cadres_on(connection, day)
    if before_run is None:
        in_force, since = pairings.pairings_on(connection, day), frozenset[int]()
    else:
        in_force = pairing_runs.pairings_before(connection, day, before_run)
        since = pairing_runs.posts_told_since(connection, before_run)
    going = cadres.leaving(connection, day, since).keys() - {row.cadre_id for row in in_force}
    serving = [each for each in serving if each.id not in going]
    bars = barred_pairs(connection, day, known, serving)
    lapsed = _lapsed(in_force, {each.id for each in known if each.active}, {each.id for each in serving})
    lapsed |= {row.id: bars[key] for row in in_force if (key := _key(row)) in bars}
    standing = [row for row in in_force if row.id not in lapsed]
    required, clashes = _required(rules.rules(connection, day), wanted, serving, bars)
    places = regions.places(connection)
    problem = PairingProblem(
        households=_households(connection, day, wanted, standing, places, before_run),
        cadres=_cadres(connection, day, serving, standing, known, places),
        kept=_kept(standing, wanted),
        pinned=frozenset(_key(row) for row in in_force if row.origin != "自动"),
        barred=frozenset(bars),
        required=required,
        rules=settings.rules,
        costs=settings.costs,
    )
    return Gathered(
        households=wanted,
        cadres=serving,
        in_force=in_force,
        lapsed=lapsed,
        household_days=households.active_since(connection, day),
        cadre_days=cadres.serving_since(connection, day),
        turns=pairings.last_turns(connection),
        problem=problem,
        bars=bars,
        clashes=clashes,
    )


def _key(row: PairingRow | RuleRow) -> PairKey:
    return row.household_no, row.cadre_no


def _kept(standing: Sequence[PairingRow], wanted: Sequence[HouseholdState]) -> dict[PairKey, Role]:
    numbers = {each.household_no for each in wanted}
    return {_key(row): Role(row.role) for row in standing if row.household_no in numbers}


def _required(
    decided: Sequence[RuleRow],
    wanted: Sequence[HouseholdState],
    serving: Sequence[CadreState],
    bars: Mapping[PairKey, str],
) -> tuple[frozenset[PairKey], tuple[str, ...]]:
    """The pairs that must be, and a sentence on each that cannot."""
    families, helpers = {each.household_no for each in wanted}, {each.cadre_no for each in serving}
    required, clashes = set[PairKey](), []
    for rule in decided:
        key = _key(rule)
        if rule.kind != PairRuleKind.MUST:
            continue
        if key in bars:
            clashes.append(_clash(rule, f"但不能结对：{bars[key]}"))
        elif rule.household_no not in families:
            clashes.append(_clash(rule, "但这一户现在不是结对对象"))
        elif rule.cadre_no not in helpers:
            clashes.append(_clash(rule, f"但{rule.cadre_name}不任职，或已登记离任"))
        else:
            required.add(key)
    return frozenset(required), tuple(clashes)


def _clash(rule: RuleRow, why: str) -> str:
    return f"规定{rule.household_no}和{rule.cadre_no}{rule.cadre_name}必须结对，{why}"


def _households(
    connection: Connection,
    day: date,
    wanted: Sequence[HouseholdState],
    standing: Sequence[PairingRow],
    places: Mapping[int, regions.Place],
    before_run: int | None,
) -> tuple[HouseholdFacts, ...]:
    severe = persons.severe_households(connection, day)
    led = {row.household_id for row in standing if row.role == Role.LEAD}
    former = _former_units(connection, day, {each.id for each in wanted} - led, before_run)
    takers: dict[int, set[str]] = {}
    for link in regions.links(connection, day):
        if link.takes:
            takers.setdefault(link.region_id, set()).add(link.unit)
    return tuple(
        _household_facts(
            each,
            places[each.region_id],
            severe.get(each.id, ()),
            former_units=frozenset(former.get(each.id, ())),
            taken_by=frozenset(takers.get(each.region_id, ())),
        )
        for each in wanted
    )


def _former_units(
    connection: Connection, day: date, without_lead: Collection[int], before_run: int | None
) -> dict[int, set[str]]:
    """Household id → the unit in which its last lead served to the end, of those who have none now."""
    since = frozenset[int]() if before_run is None else pairing_runs.made_since(connection, before_run)
    last = {
        household_id: (span.cadre_id, min(span.end, day) - timedelta(days=1))
        for household_id, span in rules.last_leads(connection, day, since).items()
        if household_id in without_lead
    }
    served = rules.units_served(connection, set(last.values()))
    return {household_id: {served[key]} for household_id, key in last.items() if key in served}


def _lapsed(rows: Sequence[PairingRow], active: set[int], serving: set[int]) -> dict[int, str]:
    lapsed = {row.id: "干部不再任职" for row in rows if row.cadre_id not in serving}
    return lapsed | {row.id: "家庭不再在册" for row in rows if row.household_id not in active}


def _household_facts(
    household: HouseholdState,
    place: regions.Place,
    severe: Sequence[tuple[str | None, int | None]],
    *,
    former_units: frozenset[str],
    taken_by: frozenset[str],
) -> HouseholdFacts:
    words = " ".join([household.cause or "", *household.other_causes, household.needs or ""])
    return HouseholdFacts(
        key=household.household_no,
        place=_place_ref(place),
        needs=_needs(words),
        depth=depth_of_need(
            household.household_class, household.covered, household.size, f"{words} {_conditions(severe)}"
        ),
        former_units=former_units,
        taken_by=taken_by,
    )


def _conditions(members: Sequence[tuple[str | None, int | None]]) -> str:
    """The members' health in words; 重度残疾 is grade 1 or 2."""
    words = [health for health, _ in members if health]
    words += ["重度残疾" for _, grade in members if grade in (1, 2)]
    return " ".join(words)


def _cadres(
    connection: Connection,
    day: date,
    serving: Sequence[CadreState],
    standing: Sequence[PairingRow],
    known: Sequence[HouseholdState],
    places: Mapping[int, regions.Place],
) -> tuple[CadreFacts, ...]:
    links = regions.unit_links(connection, day)
    asked = {each.id for each in known if each.to_be_paired}
    besides = Counter(row.cadre_id for row in standing if row.household_id not in asked)
    homes = {each.id: _place_ref(places[each.region_id]) for each in known}
    held: dict[int, set[PlaceRef]] = {}
    for row in standing:
        home = homes[row.household_id]
        if home.village:
            held.setdefault(row.cadre_id, set()).add(home)
    return tuple(
        _cadre_facts(each, places, links, frozenset(held.get(each.id, ())), besides[each.id])
        for each in serving
    )


def _cadre_facts(
    cadre: CadreState,
    places: Mapping[int, regions.Place],
    links: Mapping[int, list[int]],
    held: frozenset[PlaceRef],
    besides: int,
) -> CadreFacts:
    own = [cadre.link_id] if cadre.link_id is not None else links.get(cadre.unit_id, [])
    return CadreFacts(
        key=cadre.cadre_no,
        unit=cadre.unit,
        field=_field(cadre.unit, cadre.post or ""),
        leader=cadre.leader,
        rank=cadre_rank(cadre),
        links=frozenset(_place_ref(places[link]) for link in own),
        held=held,
        besides=besides,
    )


def most_households(cadre: CadreState, rules: Rules) -> int:
    """How many households the cadre may have by the rules."""
    facts = CadreFacts(cadre.cadre_no, cadre.unit, None, cadre.leader, cadre_rank(cadre), frozenset())
    return rules.limit(facts)


def cadre_rank(cadre: CadreState) -> int:
    """How high the cadre's office is, 0 to 4 (`CadreFacts.rank`)."""
    return _rank(" ".join(filter(None, (cadre.post, cadre.rank))), cadre.leader, cadre.unit)


def _place_ref(place: regions.Place) -> PlaceRef:
    return PlaceRef(place.town, f"{place.town}/{place.village}" if place.village else "")
