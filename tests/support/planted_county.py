"""The sample county as a ground in which faults are planted: commands run, families and cadres are drawn.

Each fault gets families and cadres of its own, so that none disturbs another. Families are drawn from those
who are paired with cadres of theirs alone and were visited in the quarter, so that nothing was amiss before.
"""

import contextlib
import io
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from jiemin.cli.failures import guarded
from support.rosters import write_workbook

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
JUNE, JULY = date(2014, 6, 30), date(2014, 7, 20)
"""The last day of the quarter, on which most is entered; the day on which all is checked."""
SINCE = date(2014, 4, 1)
VISIT_HEADER = (
    "走访日期",
    "户编号",
    "走访干部编号",
    "走访方式",
    "见到何人",
    "暖心手记",
    "了解的需求",
    "办实事",
)
VISIT_FIELDS = ("kind", "met", "note", "needs", "deeds")


@dataclass(frozen=True)
class Mark:
    """A finding that is looked for: its kind, and words that all stand in its number, subject or message."""

    code: str
    words: tuple[str, ...]

    def fits(self, finding: Mapping[str, Any]) -> bool:
        told = " ".join(str(finding[key]) for key in ("id", "subject", "message"))
        return finding["code"] == self.code and all(word in told for word in self.words)


@dataclass(frozen=True)
class Plant:
    """A fault of one of the kinds supervisors catch: what has to be found, and what else is true of it."""

    topic: str
    told: str
    found: tuple[Mark, ...]
    follows: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Helper:
    number: str
    name: str
    unit: str
    role: str
    leader: bool


@dataclass(frozen=True)
class Kin:
    """A member of a family."""

    person_id: int
    name: str
    relation: str
    id_number: str
    sex: str
    birth: date


@dataclass(frozen=True)
class Family:
    row: int
    number: str
    head: str
    town: str
    village: str
    household_class: str
    size: int
    covered: int | None
    income_fen: int
    phone: str
    helpers: tuple[Helper, ...]
    members: tuple[Kin, ...]
    days: frozenset[date]
    """Those on which it has been visited."""
    helped: bool
    """Whether something was done for it at one of these visits."""

    @property
    def lead(self) -> Helper:
        return next(each for each in self.helpers if each.role == "第一责任人")

    @property
    def others(self) -> list[Kin]:
        """Who is of age and not the head."""
        return [each for each in self.members if each.relation != "户主" and each.birth < date(1990, 1, 1)]

    def mark(self, code: str, *words: str) -> Mark:
        return Mark(code, (self.number, *words))


@dataclass
class County:
    """A database of the sample county, and what has been planted in it."""

    path: Path
    folder: Path
    random: Random
    plants: list[Plant] = field(default_factory=list)
    innocent: list[Mark] = field(default_factory=list)
    """Findings that must not come: what looks like a fault and is none."""
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    """Visits that go into one workbook."""
    told: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Faults that are told where they come in: topic, what, the number of the problem, and what was told."""
    pool: list[Family] = field(default_factory=list)

    def run(self, *words: str, on: date = JUNE, ends: Iterable[int] = (0,)) -> str:
        """Run a command as on a day; what it said on stdout."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        options = ("--db", str(self.path), "--today", on.isoformat())
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = guarded([*options, *words])
        for stream in (out, err):
            stream.seek(0)
        said = out.read()
        assert code in ends, (words, code, said, err.read())
        return said

    def book(self, name: str, *rows: Sequence[Any], on: date = JUNE, ends: Iterable[int] = (0,)) -> str:
        """Import a workbook of one sheet, its first row the header."""
        write_workbook(self.folder / name, {"名册": rows})
        return self.run("import", str(self.folder / name), "--json", on=on, ends=ends)

    def sql(self, query: str, *values: Any) -> int:
        """Change the file behind the program's back; the id of a new row."""
        with contextlib.closing(sqlite3.connect(self.path)) as connection, connection:
            cursor = connection.execute(query, [str(v) if isinstance(v, date) else v for v in values])
            assert cursor.rowcount == 1, (query, values)
            return cursor.lastrowid or 0

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query, values).fetchall()

    def family(self, town: str = "", **wanted: Any) -> Family:
        """One that nothing has been done to, of a town or class, with so many helpers or more."""
        for at, each in enumerate(self.pool):
            if self._suits(each, town, **wanted):
                return self.pool.pop(at)
        raise AssertionError(f"no family left: {town} {wanted}")

    def families(self, count: int, town: str = "", **wanted: Any) -> list[Family]:
        return [self.family(town, **wanted) for _ in range(count)]

    def _suits(
        self,
        each: Family,
        town: str,
        *,
        classes: Sequence[str] = (),
        helpers: int | None = None,
        others: int = 0,
        size: int = 1,
        leader: bool | None = None,
        number: str = "",
        phone: bool = False,
        before: date = date.max,
        idle: bool = False,
        even: bool = False,
    ) -> bool:
        return (
            (not town or each.town == town)
            and (not number or each.number == number)
            and (not classes or each.household_class in classes)
            and (helpers is None or len(each.helpers) == helpers)
            and len(each.others) >= others
            and each.size >= size
            and (bool(each.phone) or not phone)
            and max(each.days) < before
            and not (idle and each.helped)
            and not (even and (each.income_fen == 0 or each.income_fen % each.size))
            and (leader is None or each.lead.leader == leader)
        )

    def day(self, *families: Family, first: date = date(2014, 6, 12), last: date = date(2014, 6, 28)) -> date:
        """A day on which none of the families has been visited."""
        days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
        return self.random.choice([d for d in days if not any(d in each.days for each in families)])

    def visit(self, family: Family, day: date, *cadres: Helper, **told: str) -> None:
        """A visit for the workbook; by the lead unless others are named."""
        went = "、".join(each.number for each in cadres or (family.lead,))
        fields = {"kind": "走访"} | told
        self.entries.append((day, family.number, went, *(fields.get(key) for key in VISIT_FIELDS)))

    def plant(self, topic: str, told: str, *found: Mark, follows: Iterable[Mark] = ()) -> None:
        self.plants.append(Plant(topic, told, found, tuple(follows)))

    def import_visits(self, name: str, on: date) -> None:
        self.book(name, VISIT_HEADER, *self.entries, on=on, ends=(0, 4))
        self.entries.clear()


def grow(path: Path, folder: Path, seed: int = 0) -> County:
    """The sample county, made by the commands a clerk uses."""
    county = County(path, folder, Random(seed))
    for name in ("households.xlsx", "visits.xlsx"):
        (folder / name).write_bytes((SAMPLE / name).read_bytes())
    county.run("import", str(folder / "households.xlsx"))
    county.run("pair", "--auto", "-y")
    county.run("import", str(folder / "visits.xlsx"), ends=(0, 4))
    return county


def survey(county: County) -> None:
    """Read who can be drawn, in the order of the dice."""
    county.pool = sorted(_families(county), key=lambda each: each.number)
    county.random.shuffle(county.pool)


def _families(county: County) -> Iterator[Family]:
    helpers, members = _helpers(county), _members(county)
    counted = county.rows(
        "SELECT visit.household_id, day FROM visit JOIN visit_cadre v ON visit_id = visit.id JOIN pairing p "
        "ON p.cadre_id = v.cadre_id AND p.household_id = visit.household_id WHERE kind != '电话'"
    )
    seen = {household for household, _ in counted}
    days: dict[int, set[date]] = {}
    for household, day in county.rows("SELECT household_id, day FROM visit"):
        days.setdefault(household, set()).add(date.fromisoformat(day))
    deeds = {
        household for (household,) in county.rows("SELECT household_id FROM visit WHERE deeds IS NOT NULL")
    }
    query = (
        "SELECT h.id, household_no, t.name, v.name, household_class, size, covered, income_fen, phones "
        "FROM household h JOIN household_span s ON household_id = h.id JOIN region v ON v.id = region_id "
        "JOIN region t ON t.id = v.parent_id WHERE income_period = 'month' AND status = '在册'"
    )
    for row, number, town, village, label, size, covered, income, phones in county.rows(query):
        if row in seen and helpers.get(row) and len(members[row]) == size:
            head = next(each.name for each in members[row] if each.relation == "户主")
            phone = (phones or "").strip('[]"').split('"')[0]
            yield Family(
                row, number, head, town, village, label, size, covered, income, phone,
                tuple(helpers[row]), tuple(members[row]), frozenset(days[row]), row in deeds,
            )  # fmt: skip


def _helpers(county: County) -> dict[int, list[Helper]]:
    found: dict[int, list[Helper]] = {}
    query = (
        "SELECT household_id, cadre_no, c.name, u.name, role, leader FROM pairing a "
        "JOIN cadre c ON c.id = a.cadre_id JOIN cadre_post p ON p.cadre_id = c.id "
        "JOIN unit u ON u.id = unit_id"
    )
    rows = county.rows(query)
    busy = [number for _, number, *_ in rows]
    shared = {number for number in busy if busy.count(number) > 1}
    crowded = {household for household, number, *_ in rows if number in shared}
    for household, number, name, unit, role, leader in rows:
        if household not in crowded:
            found.setdefault(household, []).append(Helper(number, name, unit, role, bool(leader)))
    return found


def _members(county: County) -> dict[int, list[Kin]]:
    found: dict[int, list[Kin]] = {}
    query = (
        "SELECT household_id, p.id, name, relation, id_number, sex, birth FROM membership "
        "JOIN person p ON p.id = person_id"
    )
    for household, person, name, relation, number, sex, birth in county.rows(query):
        kin = Kin(person, name, relation, number, sex, date.fromisoformat(birth))
        found.setdefault(household, []).append(kin)
    return found
