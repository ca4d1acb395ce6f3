"""Which kind of sheet a header belongs to, and which field each of its columns fills.

Only labels that are spelled as declared count; likeness serves for hints alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiemin.domain.codes import squeeze
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns import (
    aid_cases,
    cadres,
    conditions,
    households,
    kin,
    measures,
    members,
    pairing_plan,
    pairings,
    regions,
    surveys,
    units,
    visits,
)
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec

SPECS: tuple[SheetSpec, ...] = (
    pairings.SPEC,
    pairing_plan.SPEC,
    visits.SPEC,
    kin.SPEC,
    households.SPEC,
    members.SPEC,
    cadres.SPEC,
    surveys.SPEC,
    measures.SPEC,
    conditions.SPEC,
    aid_cases.SPEC,
    units.SPEC,
    regions.SPEC,
)
"""Of kinds that explain a header equally well, the first is meant."""

Spelled = tuple[str, ...]
"""The forms under which a column's label is looked up, the surest first; empty without a label."""

_NAMES = {"head_name": "household", "cadre_name": "cadre", "cadre_names": "cadre"}
"""The columns that say of whom the vague columns after them speak."""
_OF_HOUSEHOLDS = frozenset({SheetKind.HOUSEHOLDS, SheetKind.PAIRINGS})
_PERSONAL = frozenset("head_name head_id name person_id relation cadre_name cadre_names".split())
_OF_PERSONS = frozenset(
    word
    for spec in SPECS
    for column in spec.columns
    if column.field in _PERSONAL
    for word in (*spellings(column.label), *column.others.split(), *column.vague.split())
)
"""Labels of columns that name persons, which no list of units or villages has."""

KEPT_AS_TEXT = frozenset(
    column.field for spec in SPECS for column in spec.columns if column.holds is Holds.NUMBER
)
"""Fields whose cells must be of text, since digits would be lost in a cell number."""


def label_of(kind: SheetKind, field: str) -> str:
    """How people call a field of that kind of sheet, or of another if this kind has no column for it."""
    nearest = sorted(SPECS, key=lambda spec: spec.kind is not kind)
    names = (field, field.removeprefix("cadre_"))
    labels = (spec.by_field[name].label for spec in nearest for name in names if name in spec.by_field)
    return next(labels, "")


@dataclass(frozen=True, slots=True)
class Recognition:
    """A header read as one kind of sheet: field → column index, and what did not fit.

    `sure` counts the columns whose labels mean nothing else.
    """

    spec: SheetSpec
    fields: Mapping[str, int]
    repeated: Mapping[int, str]
    unknown: Sequence[int]
    sure: int
    complete: bool

    @property
    def missing(self) -> str:
        """The columns it would take to be complete, as a text."""
        labels = [self.spec.label(group) for group in self._unmet]
        return "、".join(labels or self._telling[:3])

    @property
    def _unmet(self) -> Sequence[tuple[str, ...]]:
        return [group for group in self.spec.needs if self.fields.keys().isdisjoint(group)]

    @property
    def _telling(self) -> Sequence[str]:
        spec = self.spec
        return [
            column.label
            for column in spec.columns
            if column.field in spec.telling and column.field not in self.fields
        ]

    @property
    def subject(self) -> frozenset[int]:
        """The columns that tell of whom a row speaks."""
        names = {name for group in self.spec.subject for name in group}
        return frozenset(index for name, index in self.fields.items() if name in names)

    @property
    def filled_down(self) -> Sequence[int]:
        """The columns whose merged cells speak of all the rows they cover."""
        return [index for name, index in self.fields.items() if name not in self.spec.single]

    def hint(self, label: str) -> str:
        """Whether the label is one of other kinds of sheets, or looks like one still missing here; for
        a message only."""
        from difflib import get_close_matches  # only strange labels need it

        words = spellings(label)
        strange = next((self.spec.sure[word] for word in words if word in self.spec.sure), None)
        if strange is not None and strange.gives_other_figures(*words):
            return f"“{strange.label}”要的是{strange.unit}的数"
        if any(word in spec.sure for spec in SPECS for word in words):
            return f"{self.spec.kind}不用这一列"
        free = {word: each for word, each in self.spec.sure.items() if each.field not in self.fields}
        near = get_close_matches(squeeze(label), list(free), n=1, cutoff=0.6)
        return f"是不是“{free[near[0]].label}”" if near else ""

    @property
    def score(self) -> tuple[int, int, int]:
        """How much of the header this kind explains, and how little it lacks."""
        lacking = len(self._unmet) + self.spec.telling.isdisjoint(self.fields)
        return len(self.fields), self.sure, -lacking


def recognise(labels: Sequence[Spelled]) -> Recognition:
    """The kind that explains most of the header, complete ones first; it may explain nothing.

    A list that tells relations to the head has a row for each person, whatever else it tells; one that
    names persons is none of units or villages. What is nothing else may be a register of persons.
    """
    persons = any(word in _OF_PERSONS for spelled in labels for word in spelled)
    found = [_read_as(spec, labels) for spec in SPECS if not (persons and spec.beside is not None)]
    found = [each for each in found if not _is_something_else(each, labels)]
    if any("relation" in each.fields for each in found):
        found = [each for each in found if each.spec.kind not in _OF_HOUSEHOLDS]
    complete = [each for each in found if each.complete]
    if not complete and persons:
        register = _read_as(members.REGISTER, labels)
        complete = [register] if register.complete else []
    return max(complete or found, key=lambda each: each.score)


def _is_something_else(found: Recognition, labels: Sequence[Spelled]) -> bool:
    """Whether a list of units or villages has columns, or gaps, that such a list has not."""
    beside = found.spec.beside
    if beside is None:
        return False
    labelled = [index for index, spelled in enumerate(labels) if spelled]
    gap = bool(labelled) and labelled[-1] - labelled[0] >= len(labelled)
    return gap or any(beside.isdisjoint(labels[index]) for index in found.unknown)


def _read_as(spec: SheetSpec, labels: Sequence[Spelled]) -> Recognition:
    fields: dict[str, int] = {}
    repeated: dict[int, str] = {}
    unknown: list[int] = []
    vague: list[int] = []
    for index, spelled in enumerate(labels):
        column = next((spec.sure[word] for word in spelled if word in spec.sure), None)
        if column is not None and column.gives_other_figures(*spelled):
            unknown.append(index)
        elif column is not None:
            if fields.setdefault(column.field, index) == index:
                continue
            if any(word in spec.vague for word in spelled):
                vague.append(index)  # then it means the other thing it may mean
            else:
                repeated[index] = column.field
        elif any(word in spec.vague for word in spelled):
            vague.append(index)
        elif spelled and not any(word in spec.ignored for word in spelled):
            unknown.append(index)
    sure = len(fields)
    telling = not spec.telling.isdisjoint(fields)
    for index in vague:
        _settle(spec, labels[index], index, fields, repeated, unknown)
    complete = telling and all(fields.keys() & set(group) for group in spec.needs)
    return Recognition(spec, fields, repeated, sorted(unknown), sure, complete)


def _settle(
    spec: SheetSpec,
    spelled: Spelled,
    index: int,
    fields: dict[str, int],
    repeated: dict[int, str],
    unknown: list[int],
) -> None:
    """Give a vague column the field that its neighbourhood suggests, if that is free."""
    columns = next(spec.vague[word] for word in spelled if word in spec.vague)
    whose = _whose(index, fields)
    fitting = [each for each in columns if each.field in _NAMES or each.whose in {"", whose}]
    free: Column | None = next((each for each in fitting if each.field not in fields), None)
    if free is not None:
        fields[free.field] = index
    elif fitting:
        repeated[index] = fitting[0].field
    else:
        unknown.append(index)


def _whose(index: int, fields: Mapping[str, int]) -> str:
    """Whose name stands nearest to the left: the household's, unless it is a cadre's."""
    places = [(fields[name], whose) for name, whose in _NAMES.items() if name in fields]
    return max(((place, whose) for place, whose in places if place < index), default=(0, "household"))[1]
