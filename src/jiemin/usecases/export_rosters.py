"""All that is known on a day as rosters, row by row, so that they can be mended and imported again.

A row holds from the day its newest part began: on that day, as on the day asked for, everything it
tells is in force, so importing it again changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection

from jiemin.domain.codes import Relation
from jiemin.domain.roster import SheetKind
from jiemin.domain.spans import Held, State, at
from jiemin.errors import JieminError
from jiemin.storage import cadres, households, measures, pairings, persons, regions, rules, visits
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.regions import VILLAGE, Place
from jiemin.usecases import export_file_registers
from jiemin.usecases.importing.known_visits import VISIT_WORDS

Row: TypeAlias = Mapping[str, Any]
"""Field of the roster → value; None and empty ones are not known."""

_NOWHERE = Place(0, "", "")


@dataclass(frozen=True, slots=True)
class ExportedRosters:
    """The rows of each kind, and how many pairings and visits are not among them because their household
    or a cadre was not on record that day."""

    rows: Mapping[SheetKind, list[Row]]
    left_out: Mapping[SheetKind, int]


def export_rosters(database: Database, kinds: Sequence[SheetKind], day: date, today: date) -> ExportedRosters:
    """What is on record on `day` of each kind, and all visits up to it.

    Raises `JieminError` for a day to come.
    """
    if day > today:
        raise JieminError(f"{day}在今天以后，还没有名册可导出", "--as-of 写今天或以前的日期")
    with database.reading() as connection:
        record = _Record(connection, day)
        rows = {kind: list(_ROWS[kind](record)) for kind in kinds}
        return ExportedRosters(rows, record.left_out)


@dataclass
class _Record:
    """The record on a day; each part is read once, when it is first asked for."""

    connection: Connection
    day: date
    left_out: Counter[SheetKind] = field(default_factory=Counter)

    @cached_property
    def places(self) -> dict[int, Place]:
        return regions.places(self.connection)

    @cached_property
    def families(self) -> dict[int, "_Family"]:
        """Household id → the household with its head, in the order of numbers."""
        spans = households.held_spans(self.connection)
        heads: dict[int, tuple[int, date]] = {}
        for person_id, held in self.memberships.items():
            now = at(held, self.day)
            if now is not None and now.state["relation"] == Relation.HEAD:
                heads[now.state["household_id"]] = person_id, _since(held, now)
        known = sorted(households.known_households(self.connection), key=lambda each: each.household_no)
        found = {}
        for each in known:
            span = at(spans.get(each.id, ()), self.day)
            if span is not None:
                head, since = heads.get(each.id, (None, span.start))
                person = self.persons[head] if head is not None else {}
                found[each.id] = _Family(each.household_no, span, person, max(span.start, since))
        return found

    @cached_property
    def memberships(self) -> dict[int, list[Held]]:
        return persons.held_memberships(self.connection)

    @cached_property
    def persons(self) -> dict[int, dict[str, Any]]:
        return persons.person_details(self.connection)

    @cached_property
    def person_spans(self) -> dict[int, list[Held]]:
        return persons.held_spans(self.connection)

    @cached_property
    def cadres(self) -> dict[int, CadreState]:
        return {each.id: each for each in cadres.cadres_on(self.connection, self.day)}

    @cached_property
    def promises(self) -> dict[str | None, list[Row]]:
        """Number of the visit → what was promised at it."""
        found: dict[str | None, list[Row]] = {}
        for each in measures.measures_until(self.connection, self.day):
            promise = {"visit_promise": each.what, "visit_promise_due": each.due_on}
            found.setdefault(each.visit_no, []).append(promise)
        return found

    def place(self, region_id: int | None) -> Place:
        return _NOWHERE if region_id is None else self.places[region_id]


@dataclass(frozen=True, slots=True)
class _Family:
    """A household as it stands, and the day from which that and its head hold."""

    household_no: str
    span: Held
    head: State
    since: date

    @property
    def head_name(self) -> Any:
        return self.head.get("name")

    @property
    def head_id(self) -> Any:
        return self.head and _number(self.head)


def _since(spans: Sequence[Held], now: Held) -> date:
    """Since when the person has headed the household without a break."""
    start = now.start
    for each in sorted(spans, key=lambda span: span.start, reverse=True):
        same = each.state["household_id"] == now.state["household_id"]
        if same and each.state["relation"] == Relation.HEAD and each.end == start:
            start = each.start
    return start


def _number(person: State) -> Any:
    """The identity number; one that is none as it was written."""
    return person["id_number"] or person["id_raw"]


def _households(record: _Record) -> Iterator[Row]:
    for family in record.families.values():
        yield _household(record, family) | {"as_of": family.since}


def _household(record: _Record, family: _Family) -> dict[str, Any]:
    state = dict(family.span.state)
    place = record.place(state.pop("region_id"))
    fen, period = state.pop("income_fen"), state.pop("income_period")
    return {
        "household_no": family.household_no,
        "town": place.town,
        "village": place.village,
        "head_name": family.head_name,
        "head_id": family.head_id,
        "income_month_fen": fen if period == "month" else None,
        "income_year_fen": fen if period == "year" else None,
        **state,
    }


def _named(record: _Record, family: _Family) -> dict[str, Any]:
    """What tells the household in rosters that speak of something else."""
    told = _household(record, family)
    return {name: told[name] for name in ("household_no", "town", "village", "head_name", "head_id")}


def _members(record: _Record) -> Iterator[Row]:
    found: dict[int, list[tuple[int, Held]]] = {}
    for person_id, held in record.memberships.items():
        now = at(held, record.day)
        if now is not None:
            found.setdefault(now.state["household_id"], []).append((person_id, now))
    for household_id, family in record.families.items():
        by_head = sorted(
            found.get(household_id, ()), key=lambda each: (each[1].state["relation"] != Relation.HEAD, each)
        )
        for person_id, now in by_head:
            yield _member(record, family, person_id, now)


def _member(record: _Record, family: _Family, person_id: int, now: Held) -> Row:
    person, span = record.persons[person_id], at(record.person_spans.get(person_id, ()), record.day)
    return {
        **_named(record, family),
        "name": person["name"],
        "person_id": _number(person),
        "sex": person["sex"],
        "birth": person["birth"],
        "relation": now.state["relation"],
        "covered": now.state["covered"],
        **(span.state if span else {}),
        "as_of": max(now.start, span.start) if span else now.start,
    }


def _cadres(record: _Record) -> Iterator[Row]:
    details = cadres.cadre_details(record.connection)
    for cadre in record.cadres.values():
        link = record.place(cadre.link_id)
        yield {
            "cadre_no": cadre.cadre_no,
            "name": cadre.name,
            "unit": cadre.unit,
            "post": cadre.post,
            "rank": cadre.rank,
            "leader": cadre.leader,
            "person_id": cadre.id_number,
            "phones": cadre.phones,
            "link_town": link.town,
            "link_village": link.village,
            "as_of": cadre.since,
            "note": details[cadre.id]["note"],
        }


def _units(record: _Record) -> Iterator[Row]:
    linked: dict[int, list[Row]] = {}
    for link in regions.links(record.connection, record.day):
        place = record.places[link.region_id]
        told = {"link_town": place.town, "link_village": place.village, "as_of": link.start}
        linked.setdefault(link.unit_id, []).append(told | {"takes": link.takes or None})
    for name, unit_id in sorted(regions.units(record.connection).items()):
        for row in sorted(linked.get(unit_id, [{}]), key=_by_place):
            yield {"unit": name, **row}


def _by_place(link: Row) -> tuple[str, str]:
    return link.get("link_town", ""), link.get("link_village", "")


def _regions(record: _Record) -> Iterator[Row]:
    """The villages, town by town."""
    known = [each for each in regions.regions(record.connection) if each.level == VILLAGE]
    for region in sorted(known, key=lambda each: (each.parent_id or 0, each.code or "", each.name)):
        place = record.places[region.id]
        yield {"town": place.town, "village": place.village, "code": region.code}


def _pairings(record: _Record) -> Iterator[Row]:
    for row in pairings.pairings_on(record.connection, record.day):
        family, cadre = record.families.get(row.household_id), record.cadres.get(row.cadre_id)
        if family is None or cadre is None:
            record.left_out[SheetKind.PAIRINGS] += 1
            continue
        yield {
            **_household(record, family),
            "as_of": max(family.since, cadre.since),
            "cadre_no": cadre.cadre_no,
            "cadre_name": cadre.name,
            "cadre_unit": cadre.unit,
            "cadre_post": cadre.post,
            "cadre_phones": cadre.phones,
            "role": row.role,
            "start": row.start,
        }


def _visits(record: _Record) -> Iterator[Row]:
    for row in visits.visits_within(record.connection, date.min, record.day + timedelta(days=1)):
        family = record.families.get(row.household_id)
        visitors = [record.cadres[one[0]] for one in row.cadres if one[0] in record.cadres]
        visitors.sort(key=attrgetter("cadre_no"))
        if family is None or len(visitors) < len(row.cadres):
            record.left_out[SheetKind.VISITS] += 1
            continue
        units = {cadre.unit for cadre in visitors}
        told = {
            "visit_day": row.day,
            **_named(record, family),
            "cadre_names": [cadre.name for cadre in visitors],
            "cadre_nos": [cadre.cadre_no for cadre in visitors],
            "cadre_unit": units.pop() if len(units) == 1 else None,
            "visit_kind": row.kind,
        }
        words = {f"visit_{name}": getattr(row, name) for name in VISIT_WORDS}
        first, *others = record.promises.get(row.visit_no) or [{}]
        yield {**told, **words, **first}
        for promise in others:  # what was given and said is told once
            yield {**told, **promise}


def _kin(record: _Record) -> Iterator[Row]:
    for row in rules.kin(record.connection, record.day):
        cadre = record.cadres.get(row.cadre_id)
        family = record.families.get(row.household_id) if row.household_id is not None else None
        lost = row.household_id is not None and family is None and row.id_number is None
        if cadre is None or lost:
            record.left_out[SheetKind.KIN] += 1
            continue
        yield {
            "cadre_no": cadre.cadre_no,
            "cadre_name": cadre.name,
            "cadre_unit": cadre.unit,
            "kin_name": row.name,
            "kin_relation": row.relation,
            "kin_id": row.id_number,
            "household_no": family.household_no if family else None,
            "as_of": max(row.start, cadre.since, family.since if family else row.start),
            "note": row.note,
        }


def _of_file(
    kind: SheetKind,
    rows: Callable[[Connection, date, Mapping[int, CadreState]], Iterable[export_file_registers.ToldOrNot]],
) -> Callable[["_Record"], Iterator[Row]]:
    """The rows of a register of the household's file, each with what tells its household."""

    def told(record: _Record) -> Iterator[Row]:
        for household_id, row in rows(record.connection, record.day, record.cadres):
            family = record.families.get(household_id)
            if family is None or row is None:
                record.left_out[kind] += 1
            else:
                yield {**_named(record, family), **row}

    return told


_ROWS: Mapping[SheetKind, Callable[[_Record], Iterable[Row]]] = {
    SheetKind.HOUSEHOLDS: _households,
    SheetKind.MEMBERS: _members,
    SheetKind.CADRES: _cadres,
    SheetKind.UNITS: _units,
    SheetKind.REGIONS: _regions,
    SheetKind.PAIRINGS: _pairings,
    SheetKind.VISITS: _visits,
    SheetKind.SURVEYS: _of_file(SheetKind.SURVEYS, export_file_registers.surveys),
    SheetKind.MEASURES: _of_file(SheetKind.MEASURES, export_file_registers.measures),
    SheetKind.CONDITIONS: _of_file(SheetKind.CONDITIONS, export_file_registers.conditions),
    SheetKind.AID: _of_file(SheetKind.AID, export_file_registers.aid_cases),
    SheetKind.KIN: _kin,
}
