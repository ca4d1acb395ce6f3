"""The policy books that runs of money on record were computed with, held against the one in use now."""

from dataclasses import dataclass

from jiemin.domain.money_items import RunStatus
from jiemin.domain.policy import Book
from jiemin.domain.policy.compare import Change, withdrawn_values
from jiemin.storage import subsidy_runs
from jiemin.storage.database import Database
from jiemin.usecases.stored_books import StoredBooks


@dataclass(frozen=True, slots=True)
class OtherBooks:
    """Runs computed with values that the book in use does not state, or states otherwise, and those values.

    None of either is the usual case: a raise published since withdraws nothing.
    """

    runs: tuple[str, ...]
    values: tuple[Change, ...]


def other_books(database: Database, book: Book, *, approved: bool = True) -> OtherBooks:
    """What of the books of approved runs, or of all that are not void, the book in use has no more."""
    with database.reading() as connection:
        meant = [
            row
            for row in subsidy_runs.runs(connection)
            if row.approved or (not approved and row.status != RunStatus.VOID)
        ]
        books = StoredBooks(connection)
        withdrawn = {
            number: withdrawn_values(books.book(number), book) for number in {row.book_id for row in meant}
        }
    values = {
        (each.parameter.key, each.start, each.basis, each.old): each
        for number in sorted(withdrawn)
        for each in withdrawn[number]
    }
    runs = tuple(row.run_no for row in meant if withdrawn[row.book_id])
    return OtherBooks(runs, tuple(values.values()))
