"""Queries about findings that people have answered for.

The table is named here in words of SQL, since making the model takes time.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Answer:
    """Why somebody set a finding aside, and when; it holds while the finding's facts are these."""

    facts: str
    reason: str
    day: date


def answers(connection: Connection) -> dict[str, Answer]:
    """The latest answer by the finding's number."""
    query = "SELECT finding, facts, reason, day FROM acknowledgement ORDER BY id"
    return {
        finding: Answer(facts, reason, date.fromisoformat(day))
        for finding, facts, reason, day in connection.exec_driver_sql(query)
    }
