"""What hidden sheets add to the visible ones of the same file.

A hidden sheet is as often an earlier copy of the visible list as one that was put out of the way.
Where a visible sheet of the same kind speaks of a household, cadre or visit, it alone counts: an old
copy takes nothing back, pairs nobody again and brings nobody back who has left. Only when both
titles give a day, and not the same, each holds from its own. Rows about everybody else are taken
like any others, and come before the visible sheets, whose word is the last. All of it is said.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiemin.domain.identity import IdReading
from jiemin.domain.problems import Problem, Severity, problem
from jiemin.domain.roster import FIELDS, RosterRow, RosterSheet, SheetKind

_OF_HOUSEHOLDS = ("household_no", "head_id", "head_name", "village", "town")
_OF_CADRES = ("cadre_no", "person_id", "name", "unit")
_EVENTS = {
    SheetKind.VISITS: ("visit_day", "cadre_names"),
    SheetKind.SURVEYS: ("survey_day", "survey"),
    SheetKind.MEASURES: ("promised_on", "measure_what"),
    SheetKind.CONDITIONS: ("condition_day",),
    SheetKind.AID: ("aid_day", "aid_item", "aid_person"),
}
"""Kinds with any number of rows for a household, and what tells these apart."""

_Identity = tuple[Hashable, ...]
"""The number given, the identity number, the name, and the places where that name is looked for."""


@dataclass(slots=True)
class _Spoken:
    """The subjects of the visible sheets, by number, identity number and name; and their faults."""

    by: dict[tuple[int, Hashable], list[_Identity]] = field(default_factory=lambda: defaultdict(list))
    refused: set[Hashable] = field(default_factory=set)

    def add(self, sheet: RosterSheet) -> None:
        for row in sheet.rows:
            identity = _identity(sheet.kind, row)
            for place, part in enumerate(identity[:3]):
                if part is not None:
                    self.by[place, part].append(identity)
        self.refused |= {told for _, told in _refused(sheet)}

    def has(self, identity: _Identity) -> bool:
        """Whether one of the subjects is this one: the same number, or the same name and nothing against."""
        if any(part is not None and (place, part) in self.by for place, part in enumerate(identity[:2])):
            return True
        name = (2, identity[2])
        return name in self.by and any(_agree(identity, other) for other in self.by[name])


def add_hidden(
    hidden: Sequence[RosterSheet], visible: Sequence[RosterSheet]
) -> tuple[list[RosterSheet], list[Problem]]:
    """All sheets in the order in which they are to be entered, and what must be said of hidden ones.

    Hidden sheets without rows are passed over.
    """
    taken: list[RosterSheet] = []
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sheet in hidden:
        if not sheet.rows and not sheet.rejected:
            continue
        sheet.hidden = True
        read = len(sheet.rows) + sheet.rejected
        _pass_over(sheet, [each for each in visible if _rivals(each, sheet)])
        left = len(sheet.rows) + sheet.rejected
        detail = f"{sheet.kind}{left}行"
        if read > left:
            detail += f"，另有{read - left}行同类的可见工作表里也有，以可见的为准"
        told[sheet.file, sheet.name].append(detail)
        taken += [sheet] if left else []
    problems = [
        problem("J206", "；".join(details), file=file, sheet=name) for (file, name), details in told.items()
    ]
    return [*taken, *visible], problems


def _rivals(shown: RosterSheet, hidden: RosterSheet) -> bool:
    dated = None not in (shown.as_of, hidden.as_of) and shown.as_of != hidden.as_of
    return shown.kind is hidden.kind and not dated


def _pass_over(sheet: RosterSheet, rivals: Sequence[RosterSheet]) -> None:
    """Take out the rows of which a visible sheet speaks, with all that was wrong with them."""
    spoken = _Spoken()
    for rival in rivals:
        spoken.add(rival)
    read = {row.number for row in sheet.rows}
    sheet.rows = [row for row in sheet.rows if not spoken.has(_identity(sheet.kind, row))]
    out = read - {row.number for row in sheet.rows}
    refused = {number for number, told in _refused(sheet) if told in spoken.refused}
    sheet.rejected -= len(refused)
    sheet.problems = [each for each in sheet.problems if each.row not in out | refused]


def _refused(sheet: RosterSheet) -> Iterator[tuple[int, Hashable]]:
    """The rows that were not taken, and what is wrong with each."""
    faults: dict[int, list[Problem]] = defaultdict(list)
    for each in sheet.problems:
        if each.row is not None:
            faults[each.row].append(each)
    for number, found in faults.items():
        if any(each.severity is Severity.REJECT for each in found):
            yield number, tuple((each.code, each.value, each.message) for each in found)


def _identity(kind: SheetKind, row: RosterRow) -> _Identity:
    values = row.values
    names: Collection[str] = _OF_CADRES if kind is SheetKind.CADRES else _OF_HOUSEHOLDS
    if kind is SheetKind.KIN or FIELDS[kind].keys().isdisjoint(names):
        return None, None, tuple(sorted((name, str(value)) for name, value in values.items()))
    parts: list[Any] = [values.get(name) for name in names]
    number = parts[1] if isinstance(parts[1], IdReading) and parts[1].valid else None
    parts[1] = number.number if number is not None else None
    if kind in _EVENTS:  # every visit is one of its own
        event = tuple(values.get(name) for name in _EVENTS[kind])
        parts[:3] = [part if part is None else (part, event) for part in parts[:3]]
    return tuple(parts)


def _agree(one: _Identity, other: _Identity) -> bool:
    """Whether nothing that both tell differs."""
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))
