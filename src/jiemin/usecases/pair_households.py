"""Pair households with cadres, all of them at once, and keep what is in force."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.pairing.lacking import lacking
from jiemin.domain.pairing.problem import Pair, PairingResult
from jiemin.domain.pairing.rules import Mode
from jiemin.domain.pairing.solve import solve
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.errors import JieminError
from jiemin.storage import cadres, households, pairings
from jiemin.storage.batch import Batch
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Pairing, PairingRun
from jiemin.usecases.pairing_facts import Gathered, gather


@dataclass(frozen=True, slots=True)
class PairingOutcome:
    """What an automatic run found and did; `changes` counts pairings begun and ended."""

    day: date
    result: PairingResult
    households: int
    cadres: int
    lacking: tuple[str, ...]
    started: tuple[Pair, ...]
    ended: tuple[PairingRow, ...]
    names: dict[str, str]
    """Household and cadre numbers → names, for the screen."""
    written: bool

    @property
    def changes(self) -> int:
        """Pairings begun and ended."""
        return len(self.started) + len(self.ended)


def pair_all(
    database: Database,
    stamp: Stamp,
    today: date,
    *,
    on: date | None = None,
    mode: Mode,
    dry_run: bool = False,
) -> PairingOutcome:
    """Pair every household of the classes to pair, keeping what is in force.

    Pairings begin on `on`; else the first run begins them on the first day of the running quarter,
    and later runs today; but none before household and cadre are on record, nor among pairings the
    household had already. Raises `JieminError` when there is nothing to pair, naming the list that
    is missing.
    """
    with write_door(database, stamp, dry_run=dry_run) as door:
        day = on or today
        begin = day if on or pairings.paired_before(door.connection) else Quarter.of(today).first
        gathered = gather(door.connection, day, mode)
        _refuse_backdating(gathered, day)
        _demand_lists(door.connection, gathered, day)
        result = solve(gathered.problem)
        started = tuple(pair for pair in result.pairs if not _stands(pair, gathered))
        ended = _ending(gathered, result)
        if started or ended:
            batch = Batch(door)
            figures = {"started": len(started), "ended": len(ended)}
            run_id = batch.add(PairingRun, _run_fields(gathered, result, day, mode) | figures)
            going_on = _settle_old(batch, gathered, ended, started, day)
            begins = _first_days(gathered, ended, started, begin, day)
            _start_new(batch, gathered, [pair for pair in started if pair not in going_on], begins, run_id)
            batch.flush()
            door.note_counts(**figures)
        written = door.changed and not dry_run
    return PairingOutcome(
        day=begin,
        result=result,
        households=len(gathered.households),
        cadres=len(gathered.cadres),
        lacking=lacking(gathered.problem),
        started=started,
        ended=tuple(row for row in gathered.in_force if row.id in ended),
        names={each.household_no: each.head_name or "" for each in gathered.households}
        | {each.cadre_no: each.name for each in gathered.cadres},
        written=written,
    )


def _refuse_backdating(gathered: Gathered, day: date) -> None:
    """A run decides for all days to come; it cannot begin before changes it does not see."""
    latest = max(gathered.turns.values(), default=day)
    if day < latest:
        raise JieminError(
            f"结对在{latest}还有变动，不能再从更早的{day}起自动配对", f"用 --on {latest} 或更晚的日期"
        )


def _demand_lists(connection: Connection, gathered: Gathered, day: date) -> None:
    if not gathered.households and not households.household_count(connection):
        raise JieminError("没有困难家庭名册，不能结对", "先导入：jiemin import 困难家庭名册.xlsx")
    if not gathered.households:
        raise JieminError(f"{day}没有需要结对的困难家庭", "结对对象为在册的城镇低保、农村低保和低收入家庭")
    if not gathered.cadres and not cadres.cadre_count(connection):
        raise JieminError(
            "没有干部名册，不能结对", "先导入：jiemin import 干部名册.xlsx（至少有姓名、单位、职务）"
        )
    if not gathered.cadres:
        raise JieminError(f"{day}没有在职的干部，不能结对", "核对干部名册的起始日期，或改 --on 的日期")


def _stands(pair: Pair, gathered: Gathered) -> bool:
    """The very pairing, role included, is in force already."""
    return gathered.problem.kept.get((pair.household, pair.cadre)) is pair.role


def _ending(gathered: Gathered, result: PairingResult) -> dict[int, str]:
    """The pairings in force that end: their ids, and why."""
    chosen = {
        row.id: "重新结对调整"
        for row in gathered.in_force
        if (row.household_no, row.cadre_no) in result.ended
    }
    return gathered.lapsed | chosen


def _settle_old(
    batch: Batch, gathered: Gathered, ended: Mapping[int, str], started: Sequence[Pair], day: date
) -> list[Pair]:
    """End the `ended` pairings and those whose role changes.

    A pairing that began this very day never held for a day: it is mended or taken back instead.
    The pairs mended in place are returned.
    """
    by_key = {(pair.household, pair.cadre): pair for pair in started}
    mended: list[Pair] = []
    for row in gathered.in_force:
        key = (row.household_no, row.cadre_no)
        reason = ended.get(row.id, "")
        if key in by_key and row.start >= day:
            batch.change(Pairing, row.id, {"role": by_key[key].role.value})
            mended.append(by_key[key])
        elif key in by_key:
            batch.change(Pairing, row.id, {"valid_to": day, "end_reason": "结对方式改变"})
        elif reason and row.start >= day:
            batch.remove(Pairing, row.id)
        elif reason:
            batch.change(Pairing, row.id, {"valid_to": day, "end_reason": reason})
    return mended


def _first_days(
    gathered: Gathered, ended: Mapping[int, str], started: Sequence[Pair], begin: date, day: date
) -> dict[str, date]:
    """Household number → the day from which its new pairings may hold.

    Where this run ends a pairing, or gives it another role, the next begins when that one ends.
    """
    keys = {(pair.household, pair.cadre) for pair in started}
    turned = {
        row.household_no
        for row in gathered.in_force
        if row.id in ended or (row.household_no, row.cadre_no) in keys
    }
    return {
        each.household_no: day
        if each.household_no in turned
        else max(begin, gathered.household_days[each.id], gathered.turns.get(each.id, begin))
        for each in gathered.households
    }


def _start_new(
    batch: Batch, gathered: Gathered, pairs: Sequence[Pair], begins: Mapping[str, date], run_id: int
) -> None:
    household_ids = {each.household_no: each.id for each in gathered.households}
    cadre_ids = {each.cadre_no: each.id for each in gathered.cadres}
    for pair in pairs:
        household_id, cadre_id = household_ids[pair.household], cadre_ids[pair.cadre]
        start = max(begins[pair.household], gathered.cadre_days[cadre_id])
        batch.add(
            Pairing,
            {
                "household_id": household_id,
                "cadre_id": cadre_id,
                "role": pair.role.value,
                "origin": "自动",
                "run_id": run_id,
                "reasons": json.dumps([[line.label, line.amount] for line in pair.lines], ensure_ascii=False),
                "valid_from": start,
                "valid_to": FOREVER,
            },
        )


def _run_fields(gathered: Gathered, result: PairingResult, day: date, mode: Mode) -> dict[str, object]:
    return {
        "day": day,
        "mode": mode.value,
        "solver": result.solver,
        "objective": str(result.objective),
        "bound": str(result.bound),
        "households": len(gathered.households),
        "cadres": len(gathered.cadres),
        "unpaired": result.unpaired_households,
        "leaders_without": result.leaders_without,
        "costs": gathered.problem.costs.fingerprint(),
    }
