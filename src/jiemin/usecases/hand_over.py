"""Handing households over: one cadre's pairings end, and somebody helps these families from that day.

A family that keeps an assistant gets the one it knows as its 第一责任人. For a family left alone the
program finds somebody as `pair --auto` would, the unit of the helper who left counting in favour (接续);
no other household changes, unless a second helper has to be freed elsewhere.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.roles import with_roles
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.pairing.solve import solve
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import cadres, households, pairings, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.journal import Door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.tables import Pairing
from jiemin.usecases.pairing_changes import Changes, carry_out
from jiemin.usecases.pairing_facts import Gathered, gather

_AHEAD = timedelta(days=366)
_PROMOTED = "改任第一责任人"


class Succession(StrEnum):
    """How somebody comes to help a family after the change."""

    NEW = "接手"
    PROMOTED = _PROMOTED
    STAYS = "照旧"


@dataclass(frozen=True, slots=True)
class Successor:
    """Who helps a family from the day on; `why` are the reasons with their points, if it was chosen."""

    cadre_no: str
    name: str
    unit: str
    role: str
    start: date
    how: Succession
    why: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A family whose helper of `role` goes, and those who help it afterwards, the lead first.

    `to_pair` when it is one of those that are to get a cadre. With `taken_back` the pairing began that
    very day and never held.
    """

    household_no: str
    head_name: str
    place: str
    role: str
    taken_back: bool
    to_pair: bool
    successors: tuple[Successor, ...]

    @property
    def led(self) -> bool | None:
        """Whether somebody leads; None when nobody helps the family at all."""
        return any(each.role == Role.LEAD for each in self.successors) if self.successors else None


@dataclass(frozen=True, slots=True)
class HandOver:
    """All families handed over, and the pairings elsewhere that ended to free somebody for them."""

    families: tuple[HandedOver, ...] = ()
    elsewhere: tuple[PairingRow, ...] = ()


def refuse_distant(day: date, today: date) -> None:
    """Raise `JieminError` for a day more than a year ahead: a slip of the year."""
    if day > today + _AHEAD:
        raise JieminError(f"日期{day}离今天{today}超过一年", "核对 --on 的日期")


def lasting(connection: Connection, cadre: CadreState, day: date, what: str) -> list[PairingRow]:
    """The cadre's pairings that are in force on `day` and have no end yet.

    Raises `JieminError` when one of them began, or ended, later than `day`.
    """
    rows = pairings.pairings_of_cadre(connection, cadre.id)
    later = {row.start if row.end == FOREVER else row.end: row for row in rows}
    latest = max(later, default=day)
    if latest > day:
        row = later[latest]
        turn = "才开始" if row.end == FOREVER else "才结束"
        raise JieminError(
            f"{cadre.name}与{row.household_no}的结对在{latest}{turn}，不能从更早的{day}起{what}",
            f"用 --on {latest} 或更晚的日期；结对登记错了，先用 jiemin undo 撤销",
        )
    return [row for row in rows if row.end == FOREVER]


def decision_day(connection: Connection, day: date, today: date) -> date:
    """The day on whose state is decided who takes over: not before anything that is on record already.

    What is told late changes other families from today on at the earliest.
    """
    return max(day, today, *pairings.last_turns(connection).values())


def end_pairings(door: Door, rows: Iterable[PairingRow], day: date, reason: str) -> None:
    """End pairings; one that began on `day` never held and is taken back.

    Where it only went on from a row that ended that day, as with a change of role, that row bears the
    reason.
    """
    for row in rows:
        if row.start < day:
            door.update(Pairing, [{"id": row.id, "valid_to": day, "end_reason": reason}])
            continue
        door.delete(Pairing, [row.id])
        before = [
            each.id
            for each in pairings.pairings_of(door.connection, row.household_id)
            if each.cadre_id == row.cadre_id and each.end == day
        ]
        door.update(Pairing, [{"id": row_id, "end_reason": reason} for row_id in before])


def promote(door: Door, row: PairingRow, day: date) -> None:
    """Let an assistant be the lead from `day` on, or from the pairing's own first day if that is later."""
    if row.start >= day:
        door.update(Pairing, [{"id": row.id, "role": Role.LEAD.value}])
        return
    door.update(Pairing, [{"id": row.id, "valid_to": day, "end_reason": _PROMOTED}])
    following = {
        "household_id": row.household_id,
        "cadre_id": row.cadre_id,
        "role": Role.LEAD.value,
        "origin": row.origin,
        "reasons": row.reasons,
        "valid_from": day,
        "valid_to": FOREVER,
    }
    door.insert(Pairing, [following])


def hand_over(
    door: Door,
    rows: Sequence[PairingRow],
    day: date,
    today: date,
    reason: str,
    settings: PairingSettings,
    *,
    never: CadreState | None = None,
) -> HandOver:
    """End these pairings of one cadre on `day` and find who helps the families from then on.

    The cadre `never` gets none of them back, though in service. Raises `JieminError` when a rule
    requires one of these pairs.
    """
    end_pairings(door, rows, day, reason)
    door.note_counts(ended=len(rows))
    decided = decision_day(door.connection, day, today)
    numbers = {row.household_no for row in rows}
    gathered = gather(door.connection, decided, settings)
    if never is not None:
        refuse_required(gathered, numbers, never)
    promoted = _promote_assistants(door, gathered, numbers, day)
    if promoted:
        gathered = gather(door.connection, decided, settings)
    helped = {household for household, _ in gathered.problem.kept}
    alone = {each.household_no for each in gathered.households} & numbers - helped
    changes = Changes((), ())
    if alone:
        narrowed = _narrowed(gathered, alone, never)
        result = solve(narrowed.problem)
        changes = carry_out(door, narrowed, result, day=decided, begin=day, run=False, only=alone)
    how = dict.fromkeys(promoted, Succession.PROMOTED)
    how |= {(pair.household, pair.cadre): Succession.NEW for pair in changes.begun}
    elsewhere = tuple(row for row in changes.ended if row.household_no not in numbers)
    return HandOver(families_after(door.connection, rows, day, decided, how), elsewhere)


def refuse_required(gathered: Gathered, numbers: Iterable[str], cadre: CadreState) -> None:
    """Raise `JieminError` when a rule requires that the cadre helps one of these households."""
    bound = [each for each in sorted(numbers) if (each, cadre.cadre_no) in gathered.problem.required]
    if bound:
        raise JieminError(
            f"规定{cadre.name}必须与{'、'.join(bound)}结对，不能换人",
            "先解除：用 jiemin pair rule list 看编号，再 jiemin pair rule end 编号",
        )


def _promote_assistants(
    door: Door, gathered: Gathered, numbers: Collection[str], day: date
) -> frozenset[PairKey]:
    """Where the lead went and assistants stay, let the one with the best claim lead."""
    problem = gathered.problem
    led = {household for (household, _), role in problem.kept.items() if role is Role.LEAD}
    staying = [key for key in problem.keepable() if key[0] in numbers and key[0] not in led]
    chosen = frozenset(
        (pair.household, pair.cadre) for pair in with_roles(problem, staying) if pair.role is Role.LEAD
    )
    for row in gathered.in_force:
        if (row.household_no, row.cadre_no) in chosen:
            promote(door, row, day)
    return chosen


def _narrowed(gathered: Gathered, alone: Collection[str], never: CadreState | None) -> Gathered:
    """The same without the families that waited before: what is decided here is who takes over."""
    problem = gathered.problem
    counted = {household for household, _ in problem.kept} | set(alone)
    barred = {(household, never.cadre_no) for household in alone} if never else set[PairKey]()
    return replace(
        gathered,
        problem=replace(
            problem,
            households=tuple(each for each in problem.households if each.key in counted),
            required=frozenset(key for key in problem.required if key[0] in counted),
            barred=problem.barred | barred,
        ),
    )


def families_after(
    connection: Connection,
    rows: Sequence[PairingRow],
    day: date,
    decided: date,
    how: dict[PairKey, Succession],
) -> tuple[HandedOver, ...]:
    """Each family of these pairings with those who help it, as told on `decided`."""
    ids = {row.household_id for row in rows}
    states = {each.id: each for each in households.households_on(connection, decided, sorted(ids))}
    places = regions.places(connection)
    now = [row for row in pairings.pairings_on(connection, decided) if row.household_id in ids]
    now.sort(key=lambda row: row.role != Role.LEAD)
    units = cadres.units_of(connection, {row.cadre_id for row in now}, decided)
    found = []
    for row in rows:
        state = states.get(row.household_id)
        place = places[state.region_id] if state else None
        found.append(
            HandedOver(
                household_no=row.household_no,
                head_name=(state.head_name or "") if state else "",
                place=f"{place.town}{place.village}" if place else "",
                role=row.role,
                taken_back=row.start == day,
                to_pair=bool(state and state.to_be_paired),
                successors=tuple(
                    _successor(each, units, how) for each in now if each.household_id == row.household_id
                ),
            )
        )
    return tuple(found)


def _successor(row: PairingRow, units: dict[int, str], how: dict[PairKey, Succession]) -> Successor:
    way = how.get((row.household_no, row.cadre_no), Succession.STAYS)
    chosen = way is Succession.NEW and row.reasons
    return Successor(
        cadre_no=row.cadre_no,
        name=row.cadre_name,
        unit=units.get(row.cadre_id, ""),
        role=row.role,
        start=row.start,
        how=way,
        why=tuple((label, points) for label, points in json.loads(row.reasons or "[]")) if chosen else (),
    )
