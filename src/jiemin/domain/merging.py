"""Two records that are one: a duplicate's history is laid under that of the record it becomes.

On days that both speak of, the record's own word holds and the duplicate fills what it leaves blank;
on other days the duplicate's holds. Of two leads of one day the record's own stays lead.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from jiemin.domain.codes import Role
from jiemin.domain.spans import Held, State, at

Combine = Callable[[State, State], State]

_SPEAKS_OF = {
    "keeping": ("household_class",),
    "income_fen": ("income_period",),
    "income_period": ("income_fen",),
    "other_causes": ("cause",),
    "bank": ("account",),
    "account": ("bank",),
    "disability": ("disability_grade",),
    "disability_grade": ("disability",),
    "relation": ("household_id",),
    "covered": ("household_id",),
    "post": ("unit_id",),
    "rank": ("unit_id", "post"),
    "link_id": ("unit_id",),
    "id_raw": ("id_number",),
}
"""Fields that mean something only beside others: they fill a blank only where those agree."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A state that holds over `[start, end)`, not yet a row."""

    start: date
    end: date
    state: State


@dataclass(slots=True)
class Fit:
    """What must be written for the rows of a history to become the stretches wanted."""

    gone: list[int] = field(default_factory=list)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Row id → the fields that change, `start` and `end` among them."""
    starts: list[Stretch] = field(default_factory=list)


def blank(value: object) -> bool:
    """Whether a field says nothing."""
    return value in (None, "", ())


def fill(own: State, other: State) -> State:
    """The record's own state, its blanks filled from the duplicate's."""
    filled = dict(own)
    for name, value in other.items():
        agrees = all(
            blank(own.get(beside)) or own[beside] == other.get(beside) for beside in _SPEAKS_OF.get(name, ())
        )
        if blank(own.get(name)) and not blank(value) and agrees:
            filled[name] = value
    return filled


def overruled(other: State, kept: State) -> dict[str, Any]:
    """What the duplicate said that does not hold: its fields whose value was not kept."""
    return {
        name: value for name, value in other.items() if not blank(value) and kept.get(name, value) != value
    }


def lay_under(own: Sequence[Held], other: Sequence[Held], combine: Combine = fill) -> list[Stretch]:
    """One history of two, in order of time.

    Where one history alone turned from a row to the next, the turn stays; elsewhere equal neighbours
    become one.
    """
    turns = _turns(own) | _turns(other)
    found: list[Stretch] = []
    for start, end in _intervals([*own, *other]):
        one, two = at(own, start), at(other, start)
        if one is not None:
            state = combine(one.state, two.state) if two is not None else one.state
        elif two is not None:
            state = two.state
        else:
            continue
        last = found[-1] if found else None
        if last is not None and last.end == start and start not in turns and last.state == state:
            found[-1] = replace(last, end=end)
        else:
            found.append(Stretch(start, end, state))
    return found


def yield_to(span: Held, held: Iterable[Held], told: State) -> list[Stretch]:
    """A span that says `told` as well on the days on which any of `held` holds."""
    days = [each for each in held if each.start < span.end and span.start < each.end]
    found: list[Stretch] = []
    for start, end in _intervals([span, *days]):
        if span.start <= start < span.end:
            state = {**span.state, **told} if at(days, start) else span.state
            if found and found[-1].state == state:
                found[-1] = replace(found[-1], end=end)
            else:
                found.append(Stretch(start, end, state))
    return found


def lay_pairings(own: Sequence[Held], other: Sequence[Held]) -> list[Stretch]:
    """The pairings of one household from those of two, or those with a cadre under two names.

    Overlapping pairings of one cadre become one; a lead of the other's assists on days that have one of
    the record's own.
    """
    leads = [span for span in own if span.state["role"] == Role.LEAD]
    yielding = [
        replace(span, start=part.start, end=part.end, state=part.state)
        for span in other
        for part in (
            yield_to(span, leads, {"role": Role.ASSIST.value}) if span.state["role"] == Role.LEAD else [span]
        )
    ]
    found: list[Stretch] = []
    for cadre in dict.fromkeys(span.state["cadre_id"] for span in (*own, *other)):
        mine = [span for span in own if span.state["cadre_id"] == cadre]
        theirs = [span for span in yielding if span.state["cadre_id"] == cadre]
        found += _joined(lay_under(mine, theirs, _both_roles), _turns(mine) | _turns(_rows(other, cadre)))
    return found


def fit(rows: Sequence[Held], wanted: Sequence[Stretch]) -> Fit:
    """What turns these rows into the stretches wanted; the rows named first are kept first."""
    free = {row.id: row for row in rows}
    result = Fit()
    for stretch in wanted:
        same = (row for row in free.values() if row.start == stretch.start)
        near = (row for row in free.values() if row.start < stretch.end and stretch.start < row.end)
        row = next(same, None) or next((each for each in near if not _starts(wanted, each)), None)
        if row is None:
            result.starts.append(stretch)
            continue
        del free[row.id]
        before = {"start": row.start, "end": row.end, **row.state}
        now = {"start": stretch.start, "end": stretch.end, **stretch.state}
        changed = {name: value for name, value in now.items() if before.get(name) != value}
        if changed:
            result.changes[row.id] = changed
    result.gone = sorted(free)
    return result


def _starts(wanted: Sequence[Stretch], row: Held) -> bool:
    return any(stretch.start == row.start for stretch in wanted)


def _rows(spans: Sequence[Held], cadre: int) -> list[Held]:
    return [span for span in spans if span.state["cadre_id"] == cadre]


def _both_roles(own: State, other: State) -> State:
    """Whoever is lead in either is lead; the other's lead has yielded where there is one already."""
    lead = Role.LEAD in (own["role"], other["role"])
    return {**fill(own, other), "role": (Role.LEAD if lead else Role.ASSIST).value}


def _joined(stretches: Sequence[Stretch], turns: set[date]) -> list[Stretch]:
    """Neighbours in one role made one pairing, which ends for the later one's reason."""
    found: list[Stretch] = []
    for each in stretches:
        last = found[-1] if found else None
        joins = last is not None and last.end == each.start and each.start not in turns
        if last is not None and joins and last.state["role"] == each.state["role"]:
            state = {**last.state, "end_reason": each.state["end_reason"]}
            found[-1] = Stretch(last.start, each.end, state)
        else:
            found.append(each)
    return found


def _turns(spans: Sequence[Held]) -> set[date]:
    """The days on which a history goes from a row to the next."""
    return {span.start for span in spans} & {span.end for span in spans}


def _intervals(spans: Iterable[Held]) -> Iterator[tuple[date, date]]:
    """The stretches of time between any two neighbouring days on which something begins or ends."""
    listed = list(spans)
    days = sorted({span.start for span in listed} | {span.end for span in listed})
    return pairwise(days)
