"""What became of a generated roster: every household, member and field against what was meant."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from json import loads
from pathlib import Path
from unittest.mock import patch

from openpyxl.utils import get_column_letter

from jiemin.domain.problems import Problem, Severity
from jiemin.domain.roster import RosterFile
from jiemin.errors import JieminError
from jiemin.policy.places_file import load_places
from jiemin.sheets import child
from jiemin.sheets.wire import ReadRosters, Refusal
from jiemin.storage.stamp import Stamp
from jiemin.usecases import import_workbook
from jiemin.usecases.import_workbook import ImportOutcome, import_files
from support.layout_generator import Made, Place
from support.layout_tables import Subject

TODAY = date(2014, 6, 30)
_PLACES = load_places()
_STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import")
Key = tuple[str, str, str]
"""Town, village and the head's name."""
Facts = dict[str, object]


@dataclass(frozen=True)
class ReadHere:
    """What `start_reading` answers, without a process of its own."""

    path: Path
    today: date

    def result(self) -> RosterFile:
        """The rosters; raises `JieminError` in the words of the refusal."""
        found = child.answer(ReadRosters(self.path, self.today))
        if isinstance(found, Refusal):
            raise JieminError(found.message, found.hint)
        assert isinstance(found, RosterFile)
        return found


@dataclass
class Verdict:
    """What is wrong, in three heaps; all empty when everything was taken as it should be.

    `silent` is wrong or missing without a word, `named` is missing but told of at its place, and
    `noise` are warnings of cells in which nothing is wrong.
    """

    silent: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether everything was taken, and warned of was exactly what is damaged."""
        return not (self.silent or self.named or self.noise)


def judge(made: Made, database: Path) -> Verdict:
    """Import the files into a new database and compare."""
    with (
        patch.object(import_workbook, "start_reading", ReadHere),
        patch.object(import_workbook, "_write_error_workbook"),
    ):
        outcome = import_files(made.paths, database, _STAMP, _PLACES, today=TODAY, town=made.town)
    found = _on_record(database) if database.exists() else {}
    verdict, told = Verdict(), _Told(made, outcome)
    for number, family in enumerate(made.families):
        _compare(made, number, found.pop(family.key, None), told, verdict)
    verdict.silent += [f"nobody wrote of {key}" for key in found]
    verdict.noise += told.of_nothing()
    return verdict


class _Told:
    """The problems an import told of, by place."""

    def __init__(self, made: Made, outcome: ImportOutcome) -> None:
        self._made = made
        self._refused = {each.path.name for each in outcome.files if each.refused}
        self._problems = [problem for each in outcome.files for problem in each.all_problems]
        self._damaged = {
            made.places[number, place, name]
            for number, family in enumerate(made.families)
            for place, name, told in _all_told(family.persons, family.facts)
            if told and (number, place, name) in made.places
        }

    def of(self, place: Place) -> bool:
        """Whether the value at the place is named: its cell, its row, its column, its sheet or file."""
        file, sheet, row, column = place
        own = {f"{get_column_letter(column)}{row}", f"{row}", get_column_letter(column)}
        return file in self._refused or any(
            each.cell in own
            or (each.severity is Severity.REJECT and (each.row == row or each.cell == ""))
            or each.code in _WHOLE_SHEET
            for each in self._of_sheet(file, sheet)
        )

    def exactly(self, place: Place) -> bool:
        """Whether the very cell is named."""
        file, sheet, row, column = place
        cell = f"{get_column_letter(column)}{row}"
        return any(each.cell == cell for each in self._of_sheet(file, sheet))

    def of_nothing(self) -> list[str]:
        """Warnings of cells of which something is to be on record and that are not damaged."""
        cells = {
            (file, sheet, f"{get_column_letter(column)}{row}"): (file, sheet, row, column)
            for file, sheet, row, column in self._made.places.values()
        }
        rows = {(file, sheet, f"{row}") for file, sheet, row, _ in self._made.places.values()}
        found = []
        for each in self._problems:
            where = (each.file, each.sheet, each.cell)
            if where in rows or (where in cells and cells[where] not in self._damaged):
                found.append(f"{each.code} {each.cell} {each.message}")
        return found

    def all(self) -> list[str]:
        """All in short, for a failure's message."""
        return [f"{each.code} {each.sheet} {each.cell} {each.message}" for each in self._problems]

    def _of_sheet(self, file: str, sheet: str) -> Iterator[Problem]:
        return (each for each in self._problems if each.file == file and each.sheet in {sheet, ""})


_WHOLE_SHEET = frozenset({"J201", "J202", "J206"})


def _all_told(persons: Sequence[object], facts: object) -> Iterator[tuple[int, str, bool]]:
    for place, person in enumerate(persons):
        for name in ("name", "relation", "number", "birth"):
            yield place, name, getattr(person, name).damaged
    assert isinstance(facts, dict)
    for name, told in facts.items():
        yield 0, name, told.damaged


def _compare(
    made: Made, number: int, found: tuple[Facts, dict[str, Facts]] | None, told: _Told, verdict: Verdict
) -> None:
    family = made.families[number]

    def differs(subject: Subject, what: str) -> None:
        named = subject in made.places and told.of(made.places[subject])
        (verdict.named if named else verdict.silent).append(f"{family.key} {subject[1:]}: {what}")

    if found is None:
        differs((number, 0, "name"), "missing")
        return
    facts, persons = found
    for name, fact in family.facts.items():
        if (number, 0, name) in made.places:
            if facts[name] != fact.meant:
                differs((number, 0, name), f"{facts[name]!r} for {fact.meant!r} from {fact.written!r}")
            elif fact.damaged and not told.exactly(made.places[number, 0, name]):
                verdict.silent.append(f"{family.key} {name}: no warning of {fact.written!r}")
    for place, person in enumerate(family.persons):
        if (number, place, "name") not in made.places:
            continue
        own = persons.pop(str(person.name.meant), None)
        if own is None:
            differs((number, place, "name"), "missing")
            continue
        for name in ("relation", "number", "birth"):
            meant = getattr(person, name)
            if (number, place, name) not in made.places:
                continue
            if own[name] != meant.meant:
                differs((number, place, name), f"{own[name]!r} for {meant.meant!r} from {meant.written!r}")
            elif meant.damaged and not told.exactly(made.places[number, place, name]):
                verdict.silent.append(f"{family.key} {name}: no warning of {meant.written!r}")
    verdict.silent += [f"{family.key}: nobody wrote of {name}" for name in persons]


def _on_record(database: Path) -> dict[Key, tuple[Facts, dict[str, Facts]]]:
    """Every household with its persons by name; `number` is (number, valid)."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        spans = connection.execute(
            "SELECT span.*, region.name AS village, town.name AS town FROM household_span AS span "
            "JOIN region ON region.id = region_id LEFT JOIN region AS town ON town.id = region.parent_id"
        ).fetchall()
        people = connection.execute(
            "SELECT * FROM membership JOIN person ON person.id = person_id ORDER BY relation <> '户主'"
        ).fetchall()
    found = {}
    for span in spans:
        own = [row for row in people if row["household_id"] == span["household_id"]]
        persons = {row["name"]: _person(row) for row in own}
        facts: Facts = {
            name: span[name] for name in ("household_class", "size", "covered", "income_fen", "cause")
        }
        facts["phones"] = tuple(loads(span["phones"] or "[]"))
        facts["valid_from"] = date.fromisoformat(span["valid_from"])
        key = span["town"], span["village"], own[0]["name"]
        assert key not in found, f"{key} stands there twice"
        found[key] = facts, persons
    return found


def _person(row: sqlite3.Row) -> Facts:
    birth = date.fromisoformat(row["birth"]) if row["birth"] else None
    return {
        "relation": row["relation"],
        "number": (row["id_number"], bool(row["id_valid"])),
        "birth": birth,
    }
