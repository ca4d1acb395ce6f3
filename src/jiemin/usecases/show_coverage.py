"""Whom pairing reaches on a day: by town and by unit, and who is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.coverage import (
    CadreFigures,
    Coverage,
    CoveredHousehold,
    CoveringCadre,
    HouseholdFigures,
    coverage,
)
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.visits import PairingSpan
from jiemin.errors import NotFoundError
from jiemin.storage import cadres, households, pairings, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairings import PairingRow
from jiemin.storage.regions import Place
from jiemin.usecases.pairing_facts import most_households
from jiemin.usecases.quarter_facts import county_towns

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A household that misses somebody."""

    household_no: str
    head_name: str
    town: str
    village: str


@dataclass(frozen=True, slots=True)
class CadreOnView:
    """A cadre with more or fewer households than the rules ask for; `most` they allow."""

    cadre_no: str
    name: str
    unit: str
    households: int
    most: int | None


@dataclass(frozen=True, slots=True)
class CoverageView:
    """Coverage on `day`, over quota by the rules of `mode`; the totals are of the whole county.

    With a town or a unit named, `towns`, `units` and the lists hold only what is theirs.
    """

    day: date
    mode: Mode
    households: HouseholdFigures
    cadres: CadreFigures
    towns: Mapping[str, HouseholdFigures]
    units: Mapping[str, CadreFigures]
    unpaired: tuple[LeftOut, ...]
    without_lead: tuple[LeftOut, ...]
    leaders_without: tuple[CadreOnView, ...]
    over_quota: tuple[CadreOnView, ...]


def show_coverage(
    database: Database, day: date, rules: Rules, *, town: str = "", unit: str = ""
) -> CoverageView:
    """Coverage on `day`; with `town` or `unit` of that one.

    Raises `NotFoundError` when no town or unit of that name, or several, are on the rolls that day.
    """
    with database.reading() as connection:
        known = [each for each in households.households_on(connection, day) if each.active]
        serving = cadres.cadres_on(connection, day)
        in_force = pairings.pairings_on(connection, day)
        places = regions.places(connection)
        covered = coverage_of(connection, known, serving, in_force, places, rules)
        towns = county_towns(connection, {each.town for each in covered.households.values()})
    by_town, by_unit = covered.by_town(towns), covered.by_unit()
    if town:
        by_town = _only(by_town, town, "镇(街道)", "household list")
    if unit:
        by_unit = _only(by_unit, unit, "单位", "cadre list")
    heads = {each.household_no: each for each in known}
    names = {row.cadre_no: row.cadre_name for row in in_force} | {
        each.cadre_no: each.name for each in serving
    }

    def left(some: Iterable[CoveredHousehold]) -> tuple[LeftOut, ...]:
        rows = (heads[one.household_no] for one in some if one.town in by_town)
        return tuple(
            LeftOut(row.household_no, row.head_name or "", place.town, place.village)
            for row in rows
            for place in [places[row.region_id]]
        )

    def people(some: Iterable[CoveringCadre]) -> tuple[CadreOnView, ...]:
        return tuple(
            CadreOnView(one.cadre_no, names[one.cadre_no], one.unit, covered.load(one), one.most)
            for one in some
            if one.unit in by_unit
        )

    return CoverageView(
        day=day,
        mode=rules.mode,
        households=covered.of_households(covered.households),
        cadres=covered.of_cadres(covered.cadres),
        towns=by_town,
        units=by_unit,
        unpaired=left(covered.unpaired),
        without_lead=left(covered.without_lead),
        leaders_without=people(covered.leaders_without),
        over_quota=people(covered.over_quota),
    )


def coverage_of(
    connection: Connection,
    known: Sequence[HouseholdState],
    serving: Sequence[CadreState],
    in_force: Sequence[PairingRow],
    places: Mapping[int, Place],
    rules: Rules | None = None,
) -> Coverage:
    """Join the households in the work, the cadres in service and the pairings in force of one day.

    Who serves no more but still helps is looked up; without rules nobody has too many households.
    """
    gone = {row.cadre_id for row in in_force} - {each.id for each in serving}
    left = cadres.last_posts(connection, gone) if gone else []
    return coverage(
        households=(
            CoveredHousehold(each.household_no, places[each.region_id].town, each.to_be_paired)
            for each in known
        ),
        cadres=[
            *(
                CoveringCadre(each.cadre_no, each.unit, each.leader, True, _most(each, rules))
                for each in serving
            ),
            *(CoveringCadre(each.cadre_no, each.unit, each.leader, False) for each in left),
        ],
        pairings=(
            PairingSpan(row.household_no, row.cadre_no, Role(row.role), row.start, row.end)
            for row in in_force
        ),
    )


def _most(cadre: CadreState, rules: Rules | None) -> int | None:
    return None if rules is None else most_households(cadre, rules)


def _only(rows: Mapping[str, T], text: str, noun: str, command: str) -> dict[str, T]:
    """The one row that the text names, whole or in part."""
    found = [text] if text in rows else [name for name in rows if text and text in name]
    if len(found) == 1:
        return {found[0]: rows[found[0]]}
    if not found:
        raise NotFoundError(f"没有找到{noun}“{text}”", f"用 jiemin {command} 查看")
    raise NotFoundError(f"有{len(found)}个{noun}符合“{text}”：{'、'.join(found)}", "请写全名")
