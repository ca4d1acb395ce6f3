"""How a dated record learns something new without forgetting what it knew.

A record is a row of spans `[start, end)` that never overlap, each with the state that held then.
What is told holds from a day on; fields that are not told keep what they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from jiemin.domain.periods import FOREVER

State = Mapping[str, Any]


class Outcome(StrEnum):
    """What a roster row did to the record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Held:
    """One span as it stands; `id` is its row."""

    id: int
    start: date
    end: date
    state: State


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changes, with its old and new value."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Amendment:
    """What must be written so that the record says what was told.

    `rewrites` sets fields of existing spans, `start` and `end` among them; `starts` are new spans.
    """

    outcome: Outcome
    rewrites: tuple[tuple[int, State], ...] = ()
    starts: tuple[tuple[date, date, State], ...] = ()
    differences: tuple[Difference, ...] = ()


def at(spans: Sequence[Held], day: date) -> Held | None:
    """The span in force on `day`, or None."""
    for span in spans:
        if span.start <= day < span.end:
            return span
    return None


def known_on(spans: Sequence[Held], day: date) -> State:
    """The state that a word from `day` on amends: that of the day itself, else of the span that
    follows, else of the last one; empty when nothing is on record."""
    if not spans:
        return {}
    near = at(spans, day) or _following(spans, day) or max(spans, key=lambda span: span.end)
    return near.state


def amend(spans: Sequence[Held], day: date, told: State) -> Amendment:
    """Let the record say `told` from `day` to the end of the span in force then.

    A span that began on that very day is corrected in place; an earlier one is ended and goes on
    changed. Told of a day outside all spans, the span that follows is extended backwards to it; when
    none follows, a span without end goes on from what was last known.
    """
    if not spans:
        return Amendment(Outcome.NEW, starts=((day, FOREVER, dict(told)),))
    held = at(spans, day)
    if held is None:
        return _extend(spans, day, told)
    differences = _differences(held.state, told)
    if not differences:
        return Amendment(Outcome.UNCHANGED)
    changed = {difference.field: difference.new for difference in differences}
    if held.start == day:
        return Amendment(Outcome.CHANGED, rewrites=((held.id, changed),), differences=differences)
    return Amendment(
        Outcome.CHANGED,
        rewrites=((held.id, {"end": day}),),
        starts=((day, held.end, {**held.state, **told}),),
        differences=differences,
    )


def _extend(spans: Sequence[Held], day: date, told: State) -> Amendment:
    state = {**known_on(spans, day), **told}
    later = _following(spans, day)
    if later is None:
        return Amendment(Outcome.CHANGED, starts=((day, FOREVER, state),))
    if not _differences(later.state, told):
        return Amendment(Outcome.CHANGED, rewrites=((later.id, {"start": day}),))
    return Amendment(Outcome.CHANGED, starts=((day, later.start, state),))


def _following(spans: Sequence[Held], day: date) -> Held | None:
    """The first span that starts after `day`."""
    return min((span for span in spans if span.start > day), key=lambda span: span.start, default=None)


def _differences(state: State, told: State) -> tuple[Difference, ...]:
    if told.items() <= state.items():
        return ()
    return tuple(
        Difference(name, state.get(name), value) for name, value in told.items() if state.get(name) != value
    )
