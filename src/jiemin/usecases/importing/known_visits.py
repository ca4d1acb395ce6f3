"""The visits on record as an import recognises them, with what they say and what was promised at them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Connection

from jiemin.domain.periods import FOREVER
from jiemin.storage import measures, visits
from jiemin.storage.visit_corrections import said_before

VisitKey: TypeAlias = tuple[int, date, str, frozenset[int]]
"""Household id, day, kind and ids of the visitors."""

VISIT_WORDS = ("met", "note", "needs", "deeds", "gift_fen", "gift_goods")
"""What a row tells of a visit besides that it took place."""


@dataclass(slots=True)
class KnownPromise:
    """A promise made at a visit, by its measure; `open` while it is neither delivered nor dropped."""

    id: int
    what: str
    due_on: date | None
    open: bool = True


@dataclass(slots=True)
class KnownVisit:
    """A visit on record, what is written of it, and what rows of this import have told of it so far.

    `former` is what it said before it was corrected, by field; `correction` the row in which this import
    keeps what it said `before`, if it changes anything.
    """

    id: int
    words: dict[str, Any]
    voided: bool = False
    promises: list[KnownPromise] = field(default_factory=list)
    former: dict[str, set[Any]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    told_by: str = ""
    correction: int | None = None
    before: dict[str, Any] = field(default_factory=dict)

    def tells(self, words: Mapping[str, Any]) -> bool:
        """Whether these words are on record already."""
        return words.items() <= self.words.items()

    def contradicts(self, told: Mapping[str, Any]) -> bool:
        """Whether rows of this import have told otherwise."""
        return any(self.told.get(name, value) != value for name, value in told.items())

    def said(self, name: str, value: Any) -> bool:
        """Whether it said so before it was corrected."""
        return value != self.words.get(name) and value in self.former.get(name, ())


@dataclass(slots=True)
class KnownVisits:
    """The visits by what makes two of them one, and the keys of those that were corrected to another.

    There are several of one key where two rosters of one family brought them.
    """

    by_key: dict[VisitKey, list[KnownVisit]] = field(default_factory=dict)
    moved: set[VisitKey] = field(default_factory=set)


def visits_on_record(
    connection: Connection,
    key_of: Callable[[int, date, str, Sequence[int]], VisitKey],
    cadre_ids: Mapping[str, int],
) -> KnownVisits:
    """Every visit, voided ones too; `cadre_ids` are by the cadres' numbers."""
    promised: dict[str | None, list[KnownPromise]] = {}
    for each in measures.measures_until(connection, FOREVER):
        promise = KnownPromise(each.id, each.what, each.due_on, each.open)
        promised.setdefault(each.visit_no, []).append(promise)
    corrected = said_before(connection)
    found = KnownVisits()
    for row in visits.visits_within(connection, date.min, FOREVER, voided=True):
        came = [cadre[0] for cadre in row.cadres]
        words = {name: getattr(row, name) for name in VISIT_WORDS}
        known = KnownVisit(row.id, words, row.voided_on is not None, promised.get(row.visit_no, []))
        found.by_key.setdefault(key_of(row.household_id, row.day, row.kind, came), []).append(known)
        told_apart: dict[str, Any] = {"day": row.day, "kind": row.kind, "cadres": came}
        for before in reversed(corrected.get(row.id, ())):
            for name in before.keys() & set(VISIT_WORDS):
                known.former.setdefault(name, set()).add(before[name])
            if told_apart.keys() & before.keys():
                told_apart |= _told_apart(before, cadre_ids)
                found.moved.add(key_of(row.household_id, *told_apart.values()))
    return found


def _told_apart(before: Mapping[str, Any], cadre_ids: Mapping[str, int]) -> dict[str, Any]:
    """What a correction says of day, kind and visitors; a cadre merged into another is that one now."""
    told = {name: before[name] for name in ("day", "kind") if name in before}
    if "cadres" in before:
        told["cadres"] = [cadre_ids[number] for number in before["cadres"] if number in cadre_ids]
    return told
