"""What visits are judged by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from jiemin.domain.checks.county import County, Member, Spell
from jiemin.domain.codes import InspectResult, VisitKind
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import PairingSpan, QuarterVisits, VisitFact, paired_visitors


@dataclass(frozen=True, slots=True)
class VisitOnRecord(VisitFact):
    """A visit as written down; `entered_on` is the day it came on record, None where that is not known."""

    note: str = ""
    needs: bool = False
    deeds: bool = False
    met: str = ""
    entered_on: date | None = None
    needs_met: bool = False


@dataclass(frozen=True, slots=True)
class InspectedFact:
    """What a spot check (督查) of the visits of a quarter found at a household."""

    inspection_no: str
    household_no: str
    quarter: Quarter
    checked_on: date
    result: InspectResult
    finding: str


class Correction(NamedTuple):
    """What a visit said until `day` of what decides whether it counts; None is what stayed as it was."""

    day: date
    visit_day: date | None
    kind: VisitKind | None
    cadre_nos: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """Visits with what they are compared with, all by household number where they are mappings.

    `spells` and `members` hold all times, `pairings` every pairing there ever was, `promised` the days on
    which measures were promised. `judged` is the quarter whose overdue households are asked for; of the
    others it may leave out those that were visited. `corrected` are the corrections of visits, by number,
    oldest first.
    """

    county: County
    visits: Sequence[VisitOnRecord]
    spells: Mapping[str, Sequence[Spell]]
    members: Mapping[str, Sequence[Member]]
    pairings: Mapping[str, Sequence[PairingSpan]]
    promised: Mapping[str, Sequence[date]]
    judged: QuarterVisits
    inspected: Sequence[InspectedFact] = ()
    corrected: Mapping[str, Sequence[Correction]] = field(default_factory=dict)


class Call(NamedTuple):
    """A call at a family, no mere telephone call: who came, and whether anybody of them was paired.

    Where nobody is named the lead of the day came, as the rule of visits has it.
    """

    visit: VisitOnRecord
    cadre_nos: tuple[str, ...]
    counted: bool


def calls_of(facts: VisitFacts) -> list[Call]:
    """The calls in the order of days."""
    found = []
    for visit in facts.visits:
        if visit.kind is not VisitKind.PHONE:
            paired = paired_visitors(visit, facts.pairings.get(visit.household_no, ()))
            found.append(Call(visit, visit.cadre_nos or tuple(sorted(paired)), bool(paired)))
    return sorted(found, key=lambda call: call.visit.day)
