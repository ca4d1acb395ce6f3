"""A household's history: one line of time of its status, class, place, head, members and helpers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Connection

from jiemin.domain.codes import HouseholdClass, HouseholdStatus
from jiemin.domain.people import mask_digits
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.storage import cadres, pairings, persons, regions, visits
from jiemin.storage.database import Database
from jiemin.storage.merging import held_rows
from jiemin.storage.pairings import PairingRow
from jiemin.storage.persons import MembershipRow
from jiemin.storage.tables import HouseholdSpan
from jiemin.usecases.find_records import find_household

_SUBJECTS = ("状态", "类别", "住地", "户主", "成员", "结对")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What began or ended on a day; `reason`, masked, is empty where none is on record."""

    day: date
    subject: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to a household, oldest first; of visits only how many, and the first and last."""

    household_no: str
    head_name: str
    lines: tuple[HistoryLine, ...]
    visits: int
    first_visit: date | None
    last_visit: date | None


def household_history(database: Database, text: str, day: date) -> History:
    """The history of the household meant, what is set for later days included.

    Raises `NotFoundError` as `find_household`.
    """
    with database.reading() as connection:
        state = find_household(connection, text, day)
        made = [each.day for each in visits.visits_within(connection, date.min, FOREVER, state.id)]
        spans = held_rows(connection, HouseholdSpan, "household_id", [state.id])
        members = persons.memberships_of(connection, state.id)
        lines = [
            *_states(spans, regions.places(connection)),
            *_heads(members),
            *_members(members),
            *_helpers(connection, pairings.pairings_of(connection, state.id)),
        ]
    lines.sort(key=lambda each: (each.day, _SUBJECTS.index(each.subject)))
    return History(
        state.household_no,
        state.head_name or "",
        tuple(replace(each, reason=mask_digits(each.reason)) for each in lines),
        len(made),
        min(made, default=None),
        max(made, default=None),
    )


def _states(spans: Sequence[Held], places: dict[int, regions.Place]) -> Iterator[HistoryLine]:
    """Status, class and place, each where it is told first and whenever it changes."""
    before: dict[str, str] = {}
    for span in spans:
        place = places[span.state["region_id"]]
        keeping = span.state["keeping"] or ""
        now = {
            "状态": str(HouseholdStatus(span.state["status"])),
            "类别": f"{HouseholdClass(span.state['household_class'])}{keeping}",
            "住地": f"{place.town}{place.village}",
        }
        for subject, told in now.items():
            if before.get(subject) != told:
                reason = (span.state["reason"] or "") if before or subject == "状态" else ""
                yield HistoryLine(span.start, subject, told, "" if reason == told else reason)
        before = now


def _heads(rows: Sequence[MembershipRow]) -> Iterator[HistoryLine]:
    """Each head, from the day on which he or she began to be it, and why the one before ceased to be."""
    heads = [row for row in rows if row.head]
    for row in heads:
        before = next((each for each in heads if each.end == row.start), None)
        if before is None or before.person_id != row.person_id:
            yield HistoryLine(row.start, "户主", row.name, (before.end_reason or "") if before else "")


def _members(rows: Sequence[MembershipRow]) -> Iterator[HistoryLine]:
    """Who came and who left, all of one day and reason in one line."""
    came = [row for row in rows if not _joined(rows, row.person_id, end=row.start)]
    left = [row for row in rows if row.end != FOREVER and not _joined(rows, row.person_id, start=row.end)]
    for day, group in groupby(came, key=lambda row: row.start):
        names = "、".join(f"{row.name}（{row.relation or '关系未填'}）" for row in group)
        yield HistoryLine(day, "成员", f"加入：{names}")
    left.sort(key=lambda row: (row.end, row.end_reason or ""))
    for (end, reason), gone in groupby(left, key=lambda row: (row.end, row.end_reason or "")):
        yield HistoryLine(end, "成员", f"离开：{'、'.join(row.name for row in gone)}", reason)


def _joined(
    rows: Sequence[MembershipRow], person_id: int, *, start: date | None = None, end: date | None = None
) -> bool:
    """Whether another row of the person begins, or ends, on that day: the person only went on."""
    return any(
        row.person_id == person_id and (row.start == start if start else row.end == end) for row in rows
    )


def _helpers(connection: Connection, rows: Sequence[PairingRow]) -> Iterator[HistoryLine]:
    """Every helper, when the pairing began, and when and why it ended."""
    for row in rows:
        unit = cadres.units_of(connection, [row.cadre_id], row.start).get(row.cadre_id, "")
        yield HistoryLine(
            row.start, "结对", f"{row.cadre_name}（{unit}）开始，{row.role}", f"{row.origin}结对"
        )
        if row.end != FOREVER:
            days = (row.end - row.start) // timedelta(days=1)
            told = f"{row.cadre_name}（{unit}）结束，{row.role}，共{days}天"
            yield HistoryLine(row.end, "结对", told, row.end_reason or "")
