"""What pairing is decided on: the households, cadres, places and pairings of one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.depth import depth_of_need
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import need_field, unit_field
from jiemin.domain.pairing.problem import PairingProblem
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.posts import rank_of
from jiemin.storage import cadres, households, pairings, persons, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairings import PairingRow


@dataclass(frozen=True, slots=True)
class Gathered:
    """The day's rows, and the same as the problem the domain solves."""

    households: list[HouseholdState]
    cadres: list[CadreState]
    in_force: list[PairingRow]
    lapsed: dict[int, str]
    """Pairings in force that rest on nobody any more: their ids, and why."""
    household_days: dict[int, date]
    """Household id → the first day on record."""
    cadre_days: dict[int, date]
    turns: dict[int, date]
    """Household id → the last day on which a pairing of it began or ceased."""
    problem: PairingProblem


def gather(connection: Connection, day: date, mode: Mode) -> Gathered:
    """Everything that counts for pairing on `day`."""
    known = households.households_on(connection, day)
    wanted = [each for each in known if each.to_be_paired]
    serving = cadres.cadres_on(connection, day)
    in_force = pairings.pairings_on(connection, day)
    severe = persons.severe_households(connection, day)
    places = regions.places(connection)
    links = regions.unit_links(connection, day)
    numbers = {each.id: each.household_no for each in wanted}
    serving_ids = {each.id for each in serving}
    kept = {
        (row.household_no, row.cadre_no): Role(row.role)
        for row in in_force
        if row.household_id in numbers and row.cadre_id in serving_ids
    }
    problem = PairingProblem(
        households=tuple(_household_facts(each, places, severe.get(each.id, ())) for each in wanted),
        cadres=tuple(_cadre_facts(each, places, links) for each in serving),
        kept=kept,
        pinned=frozenset((row.household_no, row.cadre_no) for row in in_force if row.origin != "自动"),
        barred=_barred(connection, day, numbers, serving),
        rules=Rules(mode=mode),
        costs=Costs(),
    )
    return Gathered(
        households=wanted,
        cadres=serving,
        in_force=in_force,
        lapsed=_lapsed(in_force, {each.id for each in known if each.active}, serving_ids),
        household_days=households.first_days(connection),
        cadre_days=cadres.first_days(connection),
        turns=pairings.last_turns(connection),
        problem=problem,
    )


def _lapsed(rows: Sequence[PairingRow], active: set[int], serving: set[int]) -> dict[int, str]:
    lapsed = {row.id: "干部不再任职" for row in rows if row.cadre_id not in serving}
    return lapsed | {row.id: "家庭不再在册" for row in rows if row.household_id not in active}


def _household_facts(
    household: HouseholdState,
    places: dict[int, regions.Place],
    severe: Sequence[tuple[str | None, int | None]],
) -> HouseholdFacts:
    place = places[household.region_id]
    words = " ".join([household.cause or "", *household.other_causes, household.needs or ""])
    return HouseholdFacts(
        key=household.household_no,
        place=_place_ref(place),
        needs=need_field(words),
        depth=depth_of_need(
            household.household_class, household.covered, household.size, f"{words} {_conditions(severe)}"
        ),
    )


def _conditions(members: Sequence[tuple[str | None, int | None]]) -> str:
    """The members' health in words; 重度残疾 is grade 1 or 2."""
    words = [health for health, _ in members if health]
    words += ["重度残疾" for _, grade in members if grade in (1, 2)]
    return " ".join(words)


def _cadre_facts(
    cadre: CadreState, places: dict[int, regions.Place], links: dict[int, list[int]]
) -> CadreFacts:
    own = [cadre.link_id] if cadre.link_id is not None else links.get(cadre.unit_id, [])
    return CadreFacts(
        key=cadre.cadre_no,
        unit=cadre.unit,
        field=unit_field(cadre.unit),
        leader=cadre.leader,
        rank=rank_of(" ".join(filter(None, (cadre.post, cadre.rank))), cadre.leader),
        links=frozenset(_place_ref(places[link]) for link in own),
    )


def _place_ref(place: regions.Place) -> PlaceRef:
    return PlaceRef(place.town, f"{place.town}/{place.village}" if place.village else "")


def _barred(
    connection: Connection, day: date, numbers: dict[int, str], serving: Sequence[CadreState]
) -> frozenset[tuple[str, str]]:
    """Nobody is paired with the household he or she belongs to."""
    by_number = {each.id_number: each.cadre_no for each in serving if each.id_number}
    if not by_number:
        return frozenset()
    return frozenset(
        (numbers[household_id], by_number[number])
        for household_id, number in persons.member_numbers(connection, day)
        if number in by_number and household_id in numbers
    )
