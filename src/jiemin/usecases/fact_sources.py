"""Since when the facts of an amount have stood in the record, and which entry put them there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from jiemin.domain.codes import Condition
from jiemin.domain.entitlement import FamilyFacts
from jiemin.domain.spans import Held, at
from jiemin.storage import conditions, households
from jiemin.storage.writings import Writing, writings

_LABELS = {
    "household_class": "困难类别",
    "keeping": "供养方式",
    "size": "家庭人口",
    "covered": "保障人口",
    "income_fen": "家庭收入",
}
_INSURED = "参加养老保险人数"


_Found = tuple[str, date, Writing | None, bool]
"""A fact's label, since when, by which entry, and whether it has changed since the amount was reckoned."""


@dataclass(frozen=True, slots=True)
class FactSource:
    """Facts that have stood so since one day, by one entry: a file imported, or a command without one.

    Of facts `changed` since the amount was reckoned, the day and entry are those of what stands there now.
    """

    facts: tuple[str, ...]
    since: date
    entered_on: date | None
    files: tuple[str, ...]
    changed: bool = False

    @property
    def sentence(self) -> str:
        """`家庭人口、保障人口：2014-04-01起，households.xlsx，2014-04-02导入`."""
        entered = f"，{self.entered_on}登记" if self.entered_on else ""
        if self.files:
            entered = f"，{'、'.join(self.files)}，{self.entered_on}导入"
        changed = "算好以后改过，现在登记的从" if self.changed else ""
        return f"{'、'.join(self.facts)}：{changed}{self.since}起{entered}"


def fact_sources(connection: Connection, household_id: int, facts: FamilyFacts) -> tuple[FactSource, ...]:
    """Where the facts come from that the record still says of their day; of what was changed since, what
    stands there now comes from."""
    spans = sorted(households.held_spans(connection, [household_id]).get(household_id, []), key=_start)
    written = writings(connection, "household_span", [span.id for span in spans])
    told = _told(facts)
    found: list[_Found] = []
    for name, label in _LABELS.items():
        if name not in told:
            continue
        held = at(spans, facts.day)
        begun = _begun(spans, facts.day, name)
        if held is not None and begun is not None:
            changed = held.state[name] != told[name]
            found.append((label, begun.start, _wrote(written[begun.id], name, begun.state), changed))
    found += _insured(connection, household_id, facts)
    return tuple(_grouped(found))


def _start(span: Held) -> date:
    return span.start


def _told(facts: FamilyFacts) -> dict[str, Any]:
    """The facts under the names of the record's fields, without what nobody wrote down."""
    told = {
        "household_class": facts.household_class.value,
        "keeping": facts.keeping.value if facts.keeping else None,
        "size": facts.size,
        "covered": facts.covered,
        "income_fen": facts.income_fen,
    }
    return {name: value for name, value in told.items() if value is not None}


def _begun(spans: Sequence[Held], day: date, name: str) -> Held | None:
    """The span with which the value began that stands on the day; None where none does."""
    held = at(spans, day)
    if held is None:
        return None
    value = held.state[name]
    for earlier in reversed(spans[: spans.index(held)]):
        if earlier.end != held.start or earlier.state[name] != value:
            break
        held = earlier
    return held


def _wrote(actions: Sequence[Writing], name: str, state: Mapping[str, Any]) -> Writing | None:
    """The action after which the field says what it says: the last to change it, else that made the row."""
    for writing in reversed(actions):
        if writing.before is not None and writing.before.get(name) != state[name]:
            return writing
    return next((writing for writing in actions if writing.before is None), None)


def _insured(connection: Connection, household_id: int, facts: FamilyFacts) -> list[_Found]:
    if facts.pension_insured is None:
        return []
    rows = [
        row
        for row in conditions.conditions_until(connection, facts.day, [household_id])
        if row.condition is Condition.PENSION_INSURED
    ]
    if not rows:
        return []
    written = writings(connection, "household_condition", [rows[-1].id])[rows[-1].id]
    changed = rows[-1].number != facts.pension_insured
    return [(_INSURED, rows[-1].day, written[-1] if written else None, changed)]


def _grouped(found: Iterable[_Found]) -> Iterable[FactSource]:
    """Facts of the same day and entry together."""
    groups: dict[tuple[date, date | None, tuple[str, ...], bool], list[str]] = {}
    for label, since, writing, changed in found:
        key = (since, writing.on if writing else None, writing.files if writing else (), changed)
        groups.setdefault(key, []).append(label)
    return [FactSource(tuple(labels), *key) for key, labels in groups.items()]
