"""The money of a household entered twice: awards, arrears and aid cases become those of the record.

What both have in one draft is computed again anyway: the record's stays. What both were paid in an
approved run, or were to be paid in a void one, was paid twice and stays so: the record's row takes the
duplicate's amounts, and keeps the row they came from with its facts. The next look for arrears finds
what was paid too much.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.money import format_yuan
from jiemin.domain.money_items import RunStatus
from jiemin.errors import JieminError
from jiemin.storage import subsidy_runs
from jiemin.storage.award_tables import Arrear, Award
from jiemin.storage.merging import rows_where
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.entitled_families import MERGED
from jiemin.usecases.merging.aid_cases import move_cases
from jiemin.usecases.merging.merge import Merge

Row = dict[str, Any]


def move_money(merge: Merge, one: int, other: int, number: str) -> None:
    """Let the money of the household `other`, of that number, be that of `one`.

    Raises `JieminError` where arrears paid to one and asked back of the other come to nothing.
    """
    runs = {row.id: row for row in subsidy_runs.runs(merge.connection)}
    _move(merge, Award, (one, other), runs, _award_taking_in(number))
    _move(merge, Arrear, (one, other), runs, _arrear_taking_in)
    move_cases(merge, one, other)


def _move(
    merge: Merge,
    table: type[SQLModel],
    pair: tuple[int, int],
    runs: dict[int, RunRow],
    take_in: Callable[[Row, Row], Row],
) -> None:
    one, other = pair
    taken = {_place(row): row for row in rows_where(merge.connection, table, "household_id", one)}
    moving, left, grown = [], [], []
    for row in rows_where(merge.connection, table, "household_id", other):
        own = taken.get(_place(row))
        if own is None:
            moving.append({"id": row["id"], "household_id": one})
            continue
        left.append(row["id"])
        run = runs[row["run_id"]]
        merge.notes.append(_told(own, row, run))
        if run.status != RunStatus.DRAFT:
            grown.append({"id": own["id"], **take_in(own, row)})
    merge.door.delete(table, left)
    merge.door.update(table, [*moving, *grown])
    merge.moved[str(table.__tablename__)] += len(moving) + len(grown)


def _place(row: Row) -> Sequence[Any]:
    return row["item"], row["period"], row["run_id"]


def _told(own: Row, row: Row, run: RunRow) -> str:
    amounts = "、".join(format_yuan(_fen(each)) for each in (own, row))
    what = f"{row['period']} {row['item']}两户都有（{amounts}）"
    if run.status == RunStatus.DRAFT:
        return f"{what}，只留前一户的"
    if run.status == RunStatus.APPROVED:
        return f"{what}，{run.run_no}已经批准，两笔合记在前一户，多发的另行追回"
    return f"{what}，{run.run_no}已经作废，两笔合记在前一户"


def _fen(row: Row) -> int:
    return int(row["after_fen"] if "after_fen" in row else row["difference_fen"])


def _award_taking_in(number: str) -> Callable[[Row, Row], Row]:
    def take_in(own: Row, row: Row) -> Row:
        facts, theirs = json.loads(own["facts"]), json.loads(row["facts"])
        before = theirs.pop(MERGED, [])
        kept: Row = {"household_no": number}
        for name in ("before_fen", "after_fen"):
            kept[name] = row[name] - sum(each[name] for each in before)
        facts[MERGED] = [*facts.get(MERGED, ()), *before, {**kept, "facts": theirs}]
        amounts = {name: own[name] + row[name] for name in ("before_fen", "after_fen", "uplift_fen")}
        return {**amounts, "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":"))}

    return take_in


def _arrear_taking_in(own: Row, row: Row) -> Row:
    sums = {name: own[name] + row[name] for name in ("due_fen", "paid_fen", "difference_fen")}
    if not sums["difference_fen"]:
        raise JieminError(
            f"{row['period']} {row['item']}一户补发、一户应退，数额相同，不能合记",
            "先作废那一批补发，合并以后重新找差额：jiemin subsidy runs",
        )
    return sums
