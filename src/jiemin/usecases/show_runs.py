"""The runs of automatic pairing: what each found, changed, and how fair it was."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from jiemin.domain.pairing.fairness import CadreLoad, Fairness, fairness
from jiemin.errors import NotFoundError
from jiemin.storage import cadres, households, pairing_runs, pairings, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairing_runs import RunRow
from jiemin.storage.pairings import PairingRow
from jiemin.storage.regions import Place


@dataclass(frozen=True, slots=True)
class RunPair:
    """A pair that stood after the run; `reasons` are empty where people made it."""

    household_no: str
    head_name: str
    town: str
    village: str
    cadre_no: str
    cadre_name: str
    unit: str
    role: str
    origin: str
    reasons: tuple[tuple[str, int], ...]

    @property
    def points(self) -> int:
        """What the pair cost when it was made."""
        return sum(amount for _, amount in self.reasons)


@dataclass(frozen=True, slots=True)
class RunView:
    """Everything of one run.

    `turned` are pairings that went on in another role, among neither `begun` nor `ended`. The pairs
    and `fair` are as the run left them, by the rolls of its day as they read now; `as_recorded` is
    false when these were mended since, so that they no longer add up to what the run counted.
    """

    row: RunRow
    begun: tuple[PairingRow, ...]
    turned: tuple[PairingRow, ...]
    ended: tuple[PairingRow, ...]
    pairs: tuple[RunPair, ...]
    idle: tuple[str, ...]
    fair: Fairness
    as_recorded: bool
    names: Mapping[str, str]
    """Household and cadre numbers → names."""


def list_runs(database: Database) -> list[RunRow]:
    """Every run, oldest first."""
    with database.reading() as connection:
        return pairing_runs.runs(connection)


def show_run(database: Database, number: int) -> RunView:
    """One run by its number; raises `NotFoundError` when there is none."""
    with database.reading() as connection:
        row = pairing_runs.run_of(connection, number)
        if row is None:
            raise NotFoundError(f"没有第{number}次自动配对", "用 jiemin pair runs 查看有哪几次")
        known = households.households_on(connection, row.day)
        serving = cadres.cadres_on(connection, row.day)
        begun = pairings.pairings_begun_by(connection, number)
        ended = pairings.pairings_ended_by(connection, number)
        pairs = _pairs(connection, row, known, serving)
    of_cadre = Counter(pair.cadre_no for pair in pairs)
    wanted = sum(each.to_be_paired for each in known)
    told = (row.households, row.cadres, len(pairs) if row.pairs is None else row.pairs)
    turned = {_key(each) for each in begun} & {_key(each) for each in ended}
    return RunView(
        row=row,
        begun=tuple(each for each in begun if _key(each) not in turned),
        turned=tuple(each for each in begun if _key(each) in turned),
        ended=tuple(each for each in ended if _key(each) not in turned),
        pairs=pairs,
        idle=tuple(each.cadre_no for each in serving if not each.leader and each.cadre_no not in of_cadre),
        fair=fairness(
            [CadreLoad(each.unit, each.leader, of_cadre[each.cadre_no]) for each in serving],
            (pair.reasons for pair in pairs),
        ),
        as_recorded=told == (wanted, len(serving), len(pairs)),
        names=_names(known, serving, (*begun, *ended)),
    )


def _pairs(
    connection: Connection, row: RunRow, known: Sequence[HouseholdState], serving: Sequence[CadreState]
) -> tuple[RunPair, ...]:
    """The pairs after the run of those who took part in it, by household, the lead first."""
    families = {each.id: each for each in known if each.to_be_paired}
    helpers = {each.id: each for each in serving}
    places = regions.places(connection)
    return tuple(
        _pair(held, families[held.household_id], helpers[held.cadre_id], places)
        for held in pairing_runs.pairings_after(connection, row)
        if held.household_id in families and held.cadre_id in helpers
    )


def _pair(
    held: PairingRow, family: HouseholdState, helper: CadreState, places: Mapping[int, Place]
) -> RunPair:
    place = places[family.region_id]
    return RunPair(
        household_no=family.household_no,
        head_name=family.head_name or "",
        town=place.town,
        village=place.village,
        cadre_no=helper.cadre_no,
        cadre_name=helper.name,
        unit=helper.unit,
        role=held.role,
        origin=held.origin,
        reasons=tuple((label, amount) for label, amount in json.loads(held.reasons or "[]")),
    )


def _names(
    known: Iterable[HouseholdState], serving: Iterable[CadreState], rows: Iterable[PairingRow]
) -> dict[str, str]:
    return (
        {row.cadre_no: row.cadre_name for row in rows}
        | {each.cadre_no: each.name for each in serving}
        | {each.household_no: each.head_name or "" for each in known}
    )


def _key(row: PairingRow) -> tuple[str, str]:
    return row.household_no, row.cadre_no
