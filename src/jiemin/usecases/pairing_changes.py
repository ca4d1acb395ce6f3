"""Write what a pairing found: pairings begun, ended, and changed in role.

All commands that change pairings by the solver's answer write through here.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from jiemin.domain.pairing.costs import CostLine, Costs
from jiemin.domain.pairing.problem import Pair, PairingProblem, PairingResult, PairKey
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import FOREVER
from jiemin.storage.batch import Batch
from jiemin.storage.journal import Door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.run_tables import PairingRun
from jiemin.storage.tables import Pairing
from jiemin.usecases.pairing_facts import Gathered


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between the pairings in force and an answer.

    Among `started` are the pairs in force that take another role; their `kept` is true. `run_no` is
    the number of the run that was recorded, if one was.
    """

    started: tuple[Pair, ...]
    ended: tuple[PairingRow, ...]
    run_no: int | None = None

    @property
    def begun(self) -> tuple[Pair, ...]:
        """The pairs that were not in force."""
        return tuple(pair for pair in self.started if not pair.kept)

    @property
    def turned(self) -> tuple[Pair, ...]:
        """The pairs in force that take another role."""
        return tuple(pair for pair in self.started if pair.kept)


def foreseen(gathered: Gathered, result: PairingResult, only: Collection[str] | None = None) -> Changes:
    """What `carry_out` would begin and end; nothing is written."""
    started = tuple(pair for pair in result.pairs if not _stands(pair, gathered))
    ended = tuple(row for row in gathered.in_force if row.id in gathered.lapsed or _key(row) in result.ended)
    if only is None:
        return Changes(started, ended)
    ours = {pair.cadre for pair in started if pair.household in only}
    freed = {row.household_no for row in ended if row.cadre_no in ours and _key(row) in result.ended}
    return Changes(
        started=tuple(
            pair for pair in started if pair.household in only or (pair.kept and pair.household in freed)
        ),
        ended=tuple(
            row
            for row in ended
            if row.household_no in only or (row.cadre_no in ours and _key(row) in result.ended)
        ),
    )


def carry_out(
    door: Door,
    gathered: Gathered,
    result: PairingResult,
    *,
    day: date,
    begin: date,
    run: bool = True,
    only: Collection[str] | None = None,
    shortages: Sequence[str] = (),
) -> Changes:
    """Write the answer: what no longer holds ends on `day`, new pairings begin on `begin` or later.

    A new pairing begins when the one it takes over from ends, and never before household and cadre
    are in the work. With `only` (household numbers) just the changes of these households are written,
    with the endings elsewhere that free the cadres they get. With `run` the run is recorded, and each
    pairing tells by which run it began or ended. Nothing is written when nothing changes.
    """
    changes = foreseen(gathered, result, only)
    if not changes.started and not changes.ended:
        return changes
    batch = Batch(door)
    figures = {"started": len(changes.started), "ended": len(changes.ended)}
    run_no = None
    if run:
        run_no = batch.add(PairingRun, _run_fields(gathered, result, day, shortages) | figures)
    going_on = _settle_old(batch, gathered, changes, day, run_no)
    begins = first_days(gathered, changes, day=day, begin=begin)
    _start_new(batch, gathered, [pair for pair in changes.started if pair not in going_on], begins, run_no)
    batch.flush()
    door.note_counts(**figures)
    return Changes(changes.started, changes.ended, run_no)


def _key(row: PairingRow) -> PairKey:
    return row.household_no, row.cadre_no


def _stands(pair: Pair, gathered: Gathered) -> bool:
    """The very pairing, role included, is in force already."""
    return gathered.problem.kept.get((pair.household, pair.cadre)) is pair.role


def _settle_old(
    batch: Batch, gathered: Gathered, changes: Changes, day: date, run_no: int | None
) -> list[Pair]:
    """End what ended, and the old rows of pairs whose role changes.

    A pairing that began this very day never held for a day: it is mended or taken back instead.
    The pairs mended in place are returned.
    """
    by_key = {(pair.household, pair.cadre): pair for pair in changes.started}
    gone = {row.id for row in changes.ended}
    mended: list[Pair] = []
    for row in gathered.in_force:
        turned = by_key.get(_key(row))
        if turned and row.start >= day:
            batch.change(Pairing, row.id, {"role": turned.role.value})
            mended.append(turned)
        elif row.id in gone and row.start >= day:
            batch.remove(Pairing, row.id)
        elif turned or row.id in gone:
            why = "结对方式改变" if turned else gathered.lapsed.get(row.id, "重新结对调整")
            ending = {"valid_to": day, "end_reason": why, "ended_run_id": run_no}
            batch.change(Pairing, row.id, ending)
    return mended


def first_days(gathered: Gathered, changes: Changes, *, day: date, begin: date) -> dict[PairKey, date]:
    """From which day each pair that `changes` starts holds.

    Where a pairing ends, or takes another role, the next begins when that one ends.
    """
    turned = {row.household_no for row in changes.ended} | {pair.household for pair in changes.turned}
    homes = {each.household_no: each.id for each in gathered.households}
    helpers = {each.cadre_no: each.id for each in gathered.cadres}
    found: dict[PairKey, date] = {}
    for pair in changes.started:
        home = homes[pair.household]
        since = max(begin, gathered.household_days[home], gathered.turns.get(home, begin))
        since = day if pair.household in turned else since
        found[pair.household, pair.cadre] = max(since, gathered.cadre_days[helpers[pair.cadre]])
    return found


def _start_new(
    batch: Batch,
    gathered: Gathered,
    pairs: Sequence[Pair],
    begins: Mapping[PairKey, date],
    run_no: int | None,
) -> None:
    household_ids = {each.household_no: each.id for each in gathered.households}
    cadre_ids = {each.cadre_no: each.id for each in gathered.cadres}
    for pair in pairs:
        batch.add(
            Pairing,
            {
                "household_id": household_ids[pair.household],
                "cadre_id": cadre_ids[pair.cadre],
                "role": pair.role.value,
                "origin": "自动",
                "run_id": run_no,
                "reasons": reasons_told(pair.lines),
                "valid_from": begins[pair.household, pair.cadre],
                "valid_to": FOREVER,
            },
        )


def reasons_told(lines: Sequence[CostLine]) -> str:
    """The reasons of a pair as they are kept: JSON of label and points."""
    return json.dumps([[line.label, line.amount] for line in lines], ensure_ascii=False)


def _run_fields(
    gathered: Gathered, result: PairingResult, day: date, shortages: Sequence[str]
) -> dict[str, object]:
    problem = gathered.problem
    return {
        "day": day,
        "mode": problem.rules.mode.value,
        "solver": result.solver,
        "objective": str(result.objective),
        "bound": str(result.bound),
        "households": len(gathered.households),
        "cadres": len(gathered.cadres),
        "unpaired": result.unpaired_households,
        "leaders_without": result.leaders_without,
        "costs": problem.costs.fingerprint(),
        "pairs": len(result.pairs),
        "rules": rules_told(problem),
        "facts": problem.fingerprint(),
        "shortages": tuple(shortages),
    }


def rules_told(problem: PairingProblem) -> str:
    """The rules and the cost table as JSON, each by the name it has in `Rules` and `Costs`."""
    told = {
        "rules": asdict(problem.rules),
        "costs": asdict(problem.costs),
        "price_of_ending": problem.price_of_ending,
    }
    return json.dumps(told, ensure_ascii=False)


def rules_read(told: Mapping[str, Any]) -> tuple[PairingSettings, int | None]:
    """What `rules_told` kept of a run: its rules and cost table, and the price of ending a pairing."""
    rules = told["rules"] | {"mode": Mode(told["rules"]["mode"]), "quota": tuple(told["rules"]["quota"])}
    return PairingSettings(Rules(**rules), Costs(**told["costs"])), told["price_of_ending"]
