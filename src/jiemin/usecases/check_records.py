"""Check the records (notice 三.3): what cannot be true, what is doubtful, and what cannot be checked.

Findings are worked out anew each time. What is stored are people's answers: a finding is set aside while its
facts are those that somebody answered for (ADR 0023).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.checks.finding import Finding, Gravity, Group, Unchecked
from jiemin.domain.checks.money import FailedCheck
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.periods import Quarter
from jiemin.domain.policy import Book
from jiemin.domain.visits import report_day
from jiemin.storage.acknowledgements import Answer, answers
from jiemin.storage.database import Database
from jiemin.usecases.checking.files import check_files
from jiemin.usecases.checking.gathering import Gathering
from jiemin.usecases.checking.money import check_money, failed_checks
from jiemin.usecases.checking.pairings import check_pairings
from jiemin.usecases.checking.rolls import check_rolls
from jiemin.usecases.checking.visits import check_visits
from jiemin.usecases.collecting import no_collecting

EVERY_GROUP = frozenset(Group)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What the county lays down: thresholds, rules of pairing, standards."""

    settings: CheckSettings
    rules: Rules
    book: Book


@dataclass(frozen=True, slots=True)
class CheckFilter:
    """Which findings are asked for; an empty field does not narrow.

    `quarter` leaves out what is about another quarter's days; findings about today stay. `forms` also
    cross-checks the quarter's report, which takes as long as making it.
    """

    groups: frozenset[Group] = EVERY_GROUP
    code: str = ""
    gravities: frozenset[Gravity] = frozenset()
    quarter: Quarter | None = None
    town: str = ""
    unit: str = ""
    forms: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the answer that sets it aside, or an earlier one whose facts have changed since."""

    finding: Finding
    answer: Answer | None = None
    earlier: Answer | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings as of `day`, the worst first, and what could not be checked."""

    day: date
    findings: tuple[Judged, ...]
    unchecked: tuple[Unchecked, ...]

    @property
    def open(self) -> tuple[Judged, ...]:
        """The findings nobody has answered for, or no longer."""
        return tuple(each for each in self.findings if each.answer is None)

    @property
    def set_aside(self) -> tuple[Judged, ...]:
        """The findings somebody has answered for."""
        return tuple(each for each in self.findings if each.answer is not None)

    @property
    def grave(self) -> bool:
        """Whether anything open is wrong or doubtful; what is merely good to know is not."""
        return any(each.finding.kind.gravity is not Gravity.HINT for each in self.open)

    @property
    def counts(self) -> Counter[str]:
        """Open findings by the number of their kind, in the order of the findings."""
        return Counter(each.finding.kind.code for each in self.open)


def check_records(
    database: Database, today: date, yardstick: Yardstick, wanted: CheckFilter | None = None
) -> Checked:
    """Check the county as it stands on `today`.

    Raises `NotFoundError` when the filter's unit is not known, `PeriodError` when its quarter has not begun.
    """
    wanted = wanted or CheckFilter()
    if wanted.quarter is not None:
        report_day(wanted.quarter, today)
    failed = None
    if wanted.forms and Group.MONEY in wanted.groups:
        failed = failed_checks(database, yardstick.book, wanted.quarter, today)
    with database.reading() as connection:
        unit = _unit(connection, wanted.unit)
        with no_collecting():
            found = list(_run(Gathering(connection, today), yardstick, wanted, failed))
        answered = answers(connection)
    findings = [each for each in found if isinstance(each, Finding) and _asked(each, wanted, unit)]
    judged = [_judge(each, answered.get(each.number)) for each in sorted(findings, key=lambda one: one.order)]
    unchecked = [each for each in found if isinstance(each, Unchecked) and not wanted.code]
    return Checked(today, tuple(judged), tuple(unchecked))


def _unit(connection: Connection, text: str) -> str:
    """The name of the unit meant; none is asked for without a word."""
    if not text:
        return ""
    from jiemin.usecases.find_records import find_unit  # with all its models, which the checks do without

    return find_unit(connection, text)[1]


def _run(
    gathered: Gathering, yardstick: Yardstick, wanted: CheckFilter, failed: Sequence[FailedCheck] | None
) -> Iterator[Finding | Unchecked]:
    if Group.ROLLS in wanted.groups:
        yield from check_rolls(gathered, yardstick.settings, yardstick.book)
    if Group.VISITS in wanted.groups:
        yield from check_visits(gathered, yardstick.settings, wanted.quarter)
    if Group.PAIRINGS in wanted.groups:
        yield from check_pairings(gathered, yardstick.rules)
    if Group.FILES in wanted.groups:
        yield from check_files(gathered, yardstick.settings)
    if Group.MONEY in wanted.groups:
        yield from check_money(gathered, yardstick.book, failed)


def _asked(finding: Finding, wanted: CheckFilter, unit: str) -> bool:
    return (
        (not wanted.code or finding.kind.code == wanted.code)
        and (not wanted.gravities or finding.kind.gravity in wanted.gravities)
        and (not wanted.town or wanted.town in finding.towns)
        and (not unit or unit in finding.units)
        and (
            wanted.quarter is None
            or finding.day is None
            or wanted.quarter.first <= finding.day <= wanted.quarter.last
        )
    )


def _judge(finding: Finding, answer: Answer | None) -> Judged:
    if answer is None:
        return Judged(finding)
    if answer.facts == finding.fingerprint:
        return Judged(finding, answer=answer)
    return Judged(finding, earlier=answer)
