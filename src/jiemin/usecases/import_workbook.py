"""Import rosters: every file, every sheet that is one, good rows in and bad rows back.

All files of one command are one transaction, entered in the order regions, units, cadres,
households, members, near kin, pairings, visits, surveys, measures, conditions, aid cases, plans of pairing,
so that a sheet may speak of what another brings.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.places import CountyPlaces
from jiemin.domain.problems import Problem, Severity
from jiemin.domain.roster import RosterFile, SheetKind
from jiemin.errors import JieminError
from jiemin.sheets.reader import PendingRoster, start_reading
from jiemin.usecases.collecting import no_collecting

if TYPE_CHECKING:
    from jiemin.storage.database import Database
    from jiemin.storage.stamp import Stamp
    from jiemin.usecases.importing.complete import Missing
    from jiemin.usecases.importing.session import ImportOptions, ImportSession, SheetTally

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""

_MONEY = frozenset({SheetKind.HOUSEHOLDS, SheetKind.MEMBERS, SheetKind.CONDITIONS, SheetKind.AID})
"""The kinds that hold facts amounts are reckoned from."""


@dataclass(slots=True)
class FileOutcome:
    """What became of one file; `refused` is the sentence when nothing of it could be read."""

    path: Path
    refused: JieminError | None = None
    tallies: list["SheetTally"] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    piped: bool = False
    """It came on standard input; `path` is gone when the import is done."""
    error_workbook: Path | None = None
    error_workbook_refused: str = ""

    @property
    def all_problems(self) -> list[Problem]:
        """The file's own problems and those of its sheets."""
        return [*self.problems, *(each for tally in self.tallies for each in tally.problems)]


@dataclass(frozen=True, slots=True)
class Complete:
    """The rosters are complete for their towns; `end_from` is the day from which households missing
    from them are ended, `sure` says so even of more than a third of a town."""

    end_from: date | None = None
    sure: bool = False


@dataclass(slots=True)
class ImportOutcome:
    """What became of the whole import."""

    files: list[FileOutcome]
    written: bool = False
    stopped_by_strict: bool = False
    missing: "Missing | None" = None
    """Of a complete roster, the households it does not list."""
    settled: bool = False
    """What was entered is money reckoned from, and there are approved runs: some may differ now."""

    @property
    def stopped_by_missing(self) -> bool:
        """Whether nothing was written since too many households would have been ended."""
        return bool(self.missing and self.missing.too_many)

    @property
    def stopped(self) -> bool:
        """Whether nothing was written though there was something to write."""
        return self.stopped_by_strict or self.stopped_by_missing

    @property
    def rejected_anything(self) -> bool:
        """Whether a row, a sheet or a file was left out."""
        return any(
            each.refused
            or any(tally.rejected for tally in each.tallies)
            or any(problem.severity is Severity.REJECT for problem in each.problems)
            for each in self.files
        )

    @property
    def took_anything(self) -> bool:
        """Whether any row was taken or found to be known already."""
        return any(sum(tally.outcomes.values()) for each in self.files for tally in each.tallies)

    @property
    def left_blank(self) -> int:
        """Of how many households the forms handed out tell nothing yet."""
        sheets = [tally.sheet for each in self.files for tally in each.tallies]
        filled_in = {household for sheet in sheets for household in sheet.filled_in}
        return len({household for sheet in sheets for household in sheet.left_blank} - filled_in)

    @property
    def nothing_to_enter(self) -> bool:
        """Whether forms handed out came back as they were."""
        return bool(self.left_blank) and not self.took_anything and not self.rejected_anything


@no_collecting()
def import_files(
    paths: Sequence[Path],
    database_path: Path,
    stamp: "Stamp",
    places: CountyPlaces,
    *,
    today: date,
    as_of: date | None = None,
    town: str | None = None,
    pairing: PairingSettings | None = None,
    dry_run: bool = False,
    strict: bool = False,
    complete: Complete | None = None,
    progress: Progress = lambda *_: None,
    piped: Path | None = None,
) -> ImportOutcome:
    """Read and enter the files; see `ImportOutcome` for what is told of it.

    `as_of` is the day from which rows hold that do not say it themselves, `town` the town of rows
    that name none; `pairing` what the county lays down for pairing, by which plans are judged.
    `complete` says that the rosters are, and what becomes of households missing from them.
    With `strict` nothing is written when anything is rejected; with `dry_run` nothing ever is.
    The database is made if there is none, but not for files of which none can be read.
    `piped` is the one of `paths` that holds what came on standard input: its error workbook goes into
    the current folder. Raises `JieminError` at once when the county has no such town.
    """
    if town:
        places.town_named(town)
    pending = [start_reading(path, today) for path in paths]
    # The database layer takes longer to load than a file to read: let the two overlap.
    from jiemin.usecases.importing.session import ImportOptions

    options = ImportOptions(today, as_of, town, pairing or PairingSettings())
    outcome = ImportOutcome([])
    with ExitStack() as stack:
        begin = partial(_session, database_path, outcome, stamp, places, options, dry_run=dry_run)
        session = stack.enter_context(begin()) if database_path.exists() else None
        if session is not None:
            session.recall(lambda: any(not each.done for each in pending))
        rosters = _collect(outcome, paths, pending, progress)
        for each in outcome.files:
            each.piped = each.path == piped
        if any(roster.sheets for roster in rosters.values()):
            session = session or stack.enter_context(begin())
            _write(session, outcome, rosters, dry_run, strict, complete, progress)
    if not dry_run:
        taken = {path.absolute() for path in paths}
        for each in outcome.files:
            _write_error_workbook(each, rosters.get(each.path), taken, entered=not outcome.stopped)
    return outcome


@contextmanager
def _session(
    path: Path,
    outcome: ImportOutcome,
    stamp: "Stamp",
    places: CountyPlaces,
    options: "ImportOptions",
    *,
    dry_run: bool,
) -> Iterator["ImportSession"]:
    """The one transaction of the import."""
    from jiemin.storage.journal import write_door
    from jiemin.usecases.importing.session import ImportSession

    with (
        _database(path, outcome, keep=not dry_run) as database,
        write_door(database, stamp, dry_run=dry_run) as door,
    ):
        yield ImportSession(door, places, options)


def _collect(
    outcome: ImportOutcome, paths: Sequence[Path], pending: Sequence[PendingRoster], progress: Progress
) -> dict[Path, RosterFile]:
    rosters: dict[Path, RosterFile] = {}
    for number, (path, read) in enumerate(zip(paths, pending, strict=True)):
        progress("读取", number, len(paths))
        file = FileOutcome(path)
        try:
            rosters[path] = read.result()
            file.problems = list(rosters[path].problems)
        except JieminError as refusal:
            file.refused = refusal
        outcome.files.append(file)
    progress("读取", len(paths), len(paths))
    return rosters


def _write(
    session: "ImportSession",
    outcome: ImportOutcome,
    rosters: dict[Path, RosterFile],
    dry_run: bool,
    strict: bool,
    complete: Complete | None,
    progress: Progress,
) -> None:
    from jiemin.storage.subsidy_runs import any_approved

    door = session.door
    door.sources = [(path.name, roster.sha256) for path, roster in rosters.items()]
    session.spoken_for.update(*(roster.spoken_for for roster in rosters.values()))
    _enter_sheets(session, outcome, rosters, progress)
    if complete is not None:
        _end_missing(session, outcome, complete)
    outcome.stopped_by_strict = strict and outcome.rejected_anything
    if outcome.stopped or not outcome.took_anything:
        door.give_up()
        return
    session.batch.flush()
    door.note_counts(**_totals(outcome))
    outcome.written = door.changed and not dry_run
    outcome.settled = outcome.written and _bears_on_money(outcome) and any_approved(door.connection)


def _bears_on_money(outcome: ImportOutcome) -> bool:
    from jiemin.domain.spans import Outcome

    tallies = (each for file in outcome.files for each in file.tallies if each.sheet.kind in _MONEY)
    return any(each.outcomes[Outcome.NEW] or each.outcomes[Outcome.CHANGED] for each in tallies)


def _end_missing(session: "ImportSession", outcome: ImportOutcome, complete: Complete) -> None:
    """Find the households missing from complete rosters, and end them if that was asked for."""
    from jiemin.usecases.importing.complete import end, find_missing

    unread = any(
        each.refused or any(fault.severity is Severity.REJECT for fault in each.problems)
        for each in outcome.files
    )
    session.untold += sum(_rows_beside_households(each) for each in outcome.files)
    missing = find_missing(session, unread=unread, day=complete.end_from)
    if complete.sure:
        missing = replace(missing, too_many="")
    outcome.missing = missing
    if complete.end_from is not None and not missing.too_many:
        session.door.note_counts(ended=end(session, missing, complete.end_from))


def _rows_beside_households(outcome: FileOutcome) -> int:
    """Members left out of sheets that bring households as well: one of them may have been a head."""
    bring = {each.sheet.name for each in outcome.tallies if each.sheet.kind is SheetKind.HOUSEHOLDS}
    members = (each for each in outcome.tallies if each.sheet.kind is SheetKind.MEMBERS)
    return sum(each.rejected for each in members if each.sheet.name in bring)


@contextmanager
def _database(path: Path, outcome: ImportOutcome, *, keep: bool) -> Iterator["Database"]:
    """The database, made if need be; one made for nothing does not stay."""
    from jiemin.storage.database import open_database

    if path.exists():
        with open_database(path) as database:
            yield database
        return
    with TemporaryDirectory() as folder:
        made = open_database(path if keep else Path(folder, "jiemin.db"), create=True)
        try:
            with made as database:
                yield database
        finally:
            if keep and not outcome.written:
                path.unlink(missing_ok=True)


def _enter_sheets(
    session: "ImportSession", outcome: ImportOutcome, rosters: dict[Path, RosterFile], progress: Progress
) -> None:
    from jiemin.usecases.importing import (
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
    from jiemin.usecases.importing.likeness import warn_of_likeness

    enter = {
        SheetKind.REGIONS: regions.enter,
        SheetKind.UNITS: units.enter,
        SheetKind.CADRES: cadres.enter,
        SheetKind.HOUSEHOLDS: households.enter,
        SheetKind.MEMBERS: members.enter,
        SheetKind.KIN: kin.enter,
        SheetKind.PAIRINGS: pairings.enter,
        SheetKind.VISITS: visits.enter,
        SheetKind.SURVEYS: surveys.SurveyRegister().enter,
        SheetKind.MEASURES: measures.MeasureRegister().enter,
        SheetKind.CONDITIONS: conditions.ConditionRegister().enter,
        SheetKind.AID: aid_cases.AidRegister().enter,
        SheetKind.PLAN: pairing_plan.enter,
    }
    work = [
        (kind, file, sheet)
        for kind in enter
        for file in outcome.files
        for sheet in (rosters[file.path].sheets if file.path in rosters else ())
        if sheet.kind is kind
    ]
    for number, (kind, file, sheet) in enumerate(work):
        progress(f"核对 {sheet.name}", number, len(work))
        file.tallies.append(session.start_sheet(sheet))
        enter[kind](session, sheet)
        if kind is not SheetKind.PLAN:  # of a plan the workbook of faults tells whole households
            sheet.rows = ()  # entered, and no more needed; of a large sheet they take much room
    warn_of_likeness(session)
    progress("写入", len(work), len(work))


def _totals(outcome: ImportOutcome) -> dict[str, int]:
    totals: dict[str, int] = {}
    for each in outcome.files:
        for tally in each.tallies:
            for result, number in tally.outcomes.items():
                totals[result.value] = totals.get(result.value, 0) + number
            totals["rejected"] = totals.get("rejected", 0) + tally.rejected
    return totals


def _write_error_workbook(
    outcome: FileOutcome, roster: RosterFile | None, taken: set[Path], *, entered: bool
) -> None:
    """Put the faulty rows, each with its reason, beside the user's own file; of what was piped in,
    into the current folder, where no earlier one is replaced: nobody can pipe that in again.

    `taken` are the files of this run, read or written: none of them is written over.
    """
    if roster is None or not any(each.row for each in outcome.all_problems):
        return
    from jiemin.sheets.error_workbook import write_error_workbook

    target = error_workbook_path(Path(outcome.path.name) if outcome.piped else outcome.path)
    while target.absolute() in taken or (outcome.piped and target.exists()):
        target = error_workbook_path(target)
    try:
        outcome.error_workbook = write_error_workbook(
            outcome.path, roster, outcome.all_problems, target, entered=entered
        )
        taken.add(outcome.error_workbook.absolute())
    except JieminError as refusal:
        outcome.error_workbook_refused = refusal.message


def error_workbook_path(path: Path) -> Path:
    """`名册-问题.xlsx` for 名册.xlsx; for that itself, once mended in part, `名册-问题2.xlsx`."""
    stem, mark, number = path.stem.rpartition("-问题")
    if mark and (not number or number.isdecimal()):
        return path.with_name(f"{stem}{mark}{int(number or 1) + 1}.xlsx")
    return path.with_name(f"{path.stem}-问题.xlsx")
