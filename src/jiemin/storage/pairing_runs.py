"""Queries about the runs of automatic pairing."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func

from jiemin.domain.codes import Role
from jiemin.storage.journal_tables import Change
from jiemin.storage.pairings import PairingRow, pairings_on
from jiemin.storage.query import select
from jiemin.storage.run_tables import PairingRun
from jiemin.storage.tables import Cadre, Household, Pairing


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run. `pairs`, `rules`, `facts` and `shortages` are empty in runs made before they were kept.

    `unpaired` and `leaders_without` are numbers of households and cadres; `rules` is what the rules and
    the cost table were.
    """

    number: int
    day: date
    mode: str
    solver: str
    objective: int
    bound: int
    households: int
    cadres: int
    started: int
    ended: int
    unpaired: tuple[str, ...]
    leaders_without: tuple[str, ...]
    costs: str
    pairs: int | None
    rules: dict[str, Any] | None
    facts: str | None
    shortages: tuple[str, ...]

    @property
    def optimal(self) -> bool:
        """Whether it was proven that no pairing costs less."""
        return self.objective == self.bound


def runs(connection: Connection) -> list[RunRow]:
    """Every run, oldest first."""
    return [_run(row) for row in connection.execute(_runs().order_by(col(PairingRun.id)))]


def run_of(connection: Connection, number: int) -> RunRow | None:
    """The run of that number; None when there is none."""
    row = connection.execute(_runs().where(PairingRun.id == number)).first()
    return None if row is None else _run(row)


def run_that_made(connection: Connection, pairing_id: int) -> RunRow | None:
    """The run that made a pairing; None when people did, or a command that fills one place alone."""
    query = _runs().join(Pairing, col(Pairing.run_id) == PairingRun.id).where(Pairing.id == pairing_id)
    row = connection.execute(query).first()
    return None if row is None else _run(row)


def pairings_after(connection: Connection, run: RunRow) -> list[PairingRow]:
    """The pairings in force on the run's day as it left them, whatever was done to them since."""
    return _as_they_stood(connection, run.day, _action_of(connection, run.number) + 1)


def pairings_before(connection: Connection, day: date, number: int) -> list[PairingRow]:
    """The pairings in force on `day` as the run of that number found them."""
    return _as_they_stood(connection, day, _action_of(connection, number))


def made_since(connection: Connection, number: int) -> frozenset[int]:
    """The pairings made by the run of that number and by anybody since."""
    images = _first_images(connection, _action_of(connection, number))
    return frozenset(row_id for row_id, before in images.items() if before is None)


def posts_told_since(connection: Connection, number: int) -> frozenset[int]:
    """The posts of cadres that were entered or changed after the run of that number."""
    return frozenset(_first_images(connection, _action_of(connection, number), "cadre_post"))


def _as_they_stood(connection: Connection, day: date, action: int) -> list[PairingRow]:
    """The pairings in force on `day` as they stood before that action and all later ones."""
    since = _first_images(connection, action)
    found = [row for row in pairings_on(connection, day) if row.id not in since]
    images = {row_id: json.loads(before) for row_id, before in since.items() if before}
    if images:
        families = dict(connection.execute(select(Household.id, Household.household_no)).all())
        names = select(Cadre.id, Cadre.cadre_no, Cadre.name)
        helpers = {row_id: told for row_id, *told in connection.execute(names)}
        rows = (_told(row_id, image, families, helpers) for row_id, image in images.items())
        found += [row for row in rows if row.start <= day < row.end]
    return sorted(found, key=lambda row: (row.household_no, row.role != Role.LEAD, row.cadre_no))


def _first_images(connection: Connection, action: int, subject: str = "pairing") -> dict[int, str | None]:
    """Each row of the table that the action or a later one touched → what stood there before; None where
    nothing."""
    since: dict[int, str | None] = {}
    query = select(Change.first_id, Change.last_id, Change.before).where(
        Change.subject == subject, Change.action_id >= action
    )
    for first, last, before in connection.execute(query.order_by(col(Change.id))):
        for row_id in range(first, last + 1):
            since.setdefault(row_id, before)
    return since


def _told(
    row_id: int, image: dict[str, Any], families: dict[int, str], helpers: dict[int, list[str]]
) -> PairingRow:
    """A pairing as the journal tells of it."""
    cadre_no, name = helpers[image["cadre_id"]]
    return PairingRow(
        id=row_id,
        household_id=image["household_id"],
        household_no=families[image["household_id"]],
        cadre_id=image["cadre_id"],
        cadre_no=cadre_no,
        cadre_name=name,
        role=image["role"],
        origin=image["origin"],
        reasons=image["reasons"],
        end_reason=image["end_reason"],
        start=date.fromisoformat(image["valid_from"]),
        end=date.fromisoformat(image["valid_to"]),
    )


def _action_of(connection: Connection, number: int) -> int:
    """The action that wrote the run; taking that back and doing it again are later ones."""
    query = select(func.min(Change.action_id)).where(
        Change.subject == "pairing_run",
        col(Change.before).is_(None),
        Change.first_id <= number,
        Change.last_id >= number,
    )
    return int(connection.execute(query).scalar_one())


def _runs() -> Any:
    """The columns of `RunRow` in order."""
    return select(
        PairingRun.id,
        PairingRun.day,
        PairingRun.mode,
        PairingRun.solver,
        PairingRun.objective,
        PairingRun.bound,
        PairingRun.households,
        PairingRun.cadres,
        PairingRun.started,
        PairingRun.ended,
        PairingRun.unpaired,
        PairingRun.leaders_without,
        PairingRun.costs,
        PairingRun.pairs,
        PairingRun.rules,
        PairingRun.facts,
        PairingRun.shortages,
    )


def _run(row: Any) -> RunRow:
    values = dict(zip(RunRow.__slots__, row, strict=True))
    told = {
        "objective": int(values["objective"]),
        "bound": int(values["bound"]),
        "rules": json.loads(values["rules"]) if values["rules"] else None,
    }
    return RunRow(**(values | told))
