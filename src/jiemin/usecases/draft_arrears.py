"""The one draft run of arrears: made, made anew, or taken away when nothing is owed any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.arrears import ArrearLine
from jiemin.domain.entitlement import FamilyFacts, read_period
from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.domain.periods import Year
from jiemin.domain.policy import Book
from jiemin.storage import arrears, awards, subsidy_runs
from jiemin.storage.arrears import ArrearRow
from jiemin.storage.award_tables import Arrear, SubsidyRun
from jiemin.storage.batch import Batch
from jiemin.storage.journal import Door
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.entitled_families import facts_text, read_facts
from jiemin.usecases.stored_books import keep_book


@dataclass(frozen=True, slots=True)
class DueLine:
    """A line with the household's id and the facts of now; None where it has no claim any more."""

    line: ArrearLine
    household_id: int
    facts: FamilyFacts | None


def draft_arrears(door: Door, lines: Sequence[DueLine], book: Book, today: date) -> str:
    """Let the draft say these lines, and return its number; without lines there is none, and no number.

    What stands there already stays as it is, so that a look that finds the same writes nothing.
    """
    runs = [row for row in subsidy_runs.runs(door.connection) if row.kind == RunKind.ARREARS]
    kept = _to_keep(runs) if lines else None
    for row in runs:
        if row.status == RunStatus.DRAFT and row is not kept:
            _take_away(door, row)
    return _Draft(door, book, today, kept).write(lines) if lines else ""


def _to_keep(runs: Sequence[RunRow]) -> RunRow | None:
    """The last run, if it is a draft: arrears approved later must not have the lower number, by which it
    is known which of them rests on which."""
    standing = [row for row in runs if row.status != RunStatus.VOID]
    return standing[-1] if standing and standing[-1].status == RunStatus.DRAFT else None


def _take_away(door: Door, run: RunRow) -> None:
    lines = arrears.arrears_of_run(door.connection, run.id)
    door.delete(Arrear, [row.id for row in lines])
    door.delete(SubsidyRun, [run.id])
    door.note_counts(removed=len(lines))


class _Draft:
    """Compares the lines with those of the draft and queues the difference."""

    def __init__(self, door: Door, book: Book, today: date, run: RunRow | None) -> None:
        self._door = door
        self._batch = Batch(door)
        self._book = book
        self._today = today
        self._run = run
        self._book_id = awards.book_id(door.connection, book.fingerprint)

    def write(self, lines: Sequence[DueLine]) -> str:
        """Write what differs; the run's number."""
        rows = arrears.arrears_of_run(self._door.connection, self._run.id) if self._run else []
        stored = {(row.household_id, row.item, row.period): row for row in rows}
        known_book = self._book_id
        if self._book_id is None:
            self._book_id = keep_book(self._batch, self._book)
        run_id = self._run.id if self._run else self._new_run()
        counts = {"new": 0, "changed": 0, "removed": 0}
        for each in lines:
            row = stored.pop((each.household_id, each.line.purpose.item, each.line.purpose.period), None)
            if row is None:
                self._batch.add(Arrear, {"run_id": run_id, **self._values(each)})
                counts["new"] += 1
            elif row.book_id != known_book or not _stands(row, each):
                self._batch.change(Arrear, row.id, self._values(each))
                counts["changed"] += 1
        for row in stored.values():
            self._batch.remove(Arrear, row.id)
            counts["removed"] += 1
        if any(counts.values()):
            told = {"period": _until(lines), "book_id": self._book_id, "computed_on": self._today}
            self._batch.change(SubsidyRun, run_id, told)
        self._batch.flush()
        self._door.note_counts(**counts)
        return subsidy_runs.run_number(run_id)

    def _new_run(self) -> int:
        run_id = self._batch.add(
            SubsidyRun, {"kind": RunKind.ARREARS.value, "status": RunStatus.DRAFT.value, "run_no": ""}
        )
        self._batch.change(SubsidyRun, run_id, {"run_no": subsidy_runs.run_number(run_id)})
        return run_id

    def _values(self, each: DueLine) -> dict[str, object]:
        line = each.line
        return {
            "household_id": each.household_id,
            "item": line.purpose.item,
            "period": line.purpose.period,
            "due_fen": line.due_fen,
            "paid_fen": line.paid_fen,
            "difference_fen": line.difference_fen,
            "facts": facts_text(each.facts) if each.facts else None,
            "book_id": self._book_id,
        }


def _stands(row: ArrearRow, each: DueLine) -> bool:
    """Whether a stored line says the same; the same family on a later day is no change."""
    if (row.due_fen, row.paid_fen) != (each.line.due_fen, each.line.paid_fen):
        return False
    if row.facts is None or each.facts is None:
        return row.facts is None and each.facts is None
    return row.facts == facts_text(each.facts) or read_facts(row.facts).same_family(each.facts)


def _until(lines: Sequence[DueLine]) -> str:
    """The latest period with a line; of a month and the year it begins, the month."""
    periods = map(read_period, {each.line.purpose.period for each in lines})
    return str(max(periods, key=lambda period: (period.first, not isinstance(period, Year))))
