"""The policy books kept with the money that was computed with them."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from jiemin.domain.policy import Book
from jiemin.policy.book_file import parse_book
from jiemin.storage import awards
from jiemin.storage.award_tables import PolicyBook
from jiemin.storage.batch import Batch

_NAME = "数据库里的政策文件"
"""What faults call the text of a stored book."""


@dataclass(frozen=True)
class StoredBooks:
    """The stored books by their numbers, each read once."""

    connection: Connection
    _read: dict[int, Book] = field(default_factory=dict)

    def book(self, book_id: int) -> Book:
        """The book of that number."""
        if book_id not in self._read:
            text = awards.book_text(self.connection, book_id)
            self._read[book_id] = parse_book(text, _NAME, kept=True)
        return self._read[book_id]


def keep_book(batch: Batch, book: Book) -> int:
    """The number under which a book that is not stored yet will be."""
    return batch.add(PolicyBook, {"fingerprint": book.fingerprint, "text": book.text})
