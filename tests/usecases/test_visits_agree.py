"""Every screen and table says the same of a quarter's visits: drawn pairings, visits and voided ones.

Beside each other stand `visit due` by household, cadre, unit and town, `visit list`, `status`, the quarter's
report, and the household's own screen.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.stored_county import STAMP, stored_county

from jiemin.domain.codes import VisitKind
from jiemin.domain.indicators import QuarterReport, Table
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import VisitState
from jiemin.policy.book_file import load_book
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.tables import Pairing, Visit, VisitCadre
from jiemin.storage.visits import serial
from jiemin.usecases.build_report import build_report
from jiemin.usecases.household_file import show_household
from jiemin.usecases.list_visits import VisitFilter, list_visits
from jiemin.usecases.show_status import show_status
from jiemin.usecases.visit_due import DueFilter, Share, VisitsDue, visits_due

QUARTERS = (Quarter(2014, 1), Quarter(2014, 2), Quarter(2014, 3))
NEW_YEAR = date(2014, 1, 1)
HOUSEHOLDS, CADRES = range(1, 9), range(1, 7)


@pytest.fixture(params=range(6))
def drawn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, date]]:
    """The small county with pairings and visits of chance, and the day on which it is looked at."""
    dice = Random(request.param)
    with stored_county(tmp_path / "county.db") as database:
        with write_door(database, STAMP) as door:
            _clear(door)
            for household in HOUSEHOLDS:
                _pair(door, dice, household)
            for visit_id in range(101, 161):
                _visit(door, dice, visit_id)
        yield database, NEW_YEAR + timedelta(days=dice.randint(181, 290))


def test_due_made_and_rate_are_the_same_everywhere(drawn: tuple[Database, date]) -> None:
    database, today = drawn
    for quarter in QUARTERS:
        if quarter.first > today:
            continue
        view = visits_due(database, quarter, today, DueFilter(everything=True))
        report = build_report(database, load_book(), quarter, today).report
        assert report.failed_checks == ()
        _same_as_report(view, report)
        _same_as_listed(database, view, quarter, today)
    running = visits_due(database, None, today, DueFilter())
    status = show_status(database, today)
    assert (status.due, status.made) == (len(running.whole.due), len(running.whole.made))


def test_narrowed_it_is_the_part_that_was_asked_for(drawn: tuple[Database, date]) -> None:
    database, today = drawn
    whole = visits_due(database, QUARTERS[1], today, DueFilter(everything=True))
    for town, share in whole.towns().items():
        part = visits_due(database, QUARTERS[1], today, DueFilter(town=town)).whole
        assert (part.due, part.made) == (share.due, share.made)
    for unit, share in whole.units().items():
        view = visits_due(database, QUARTERS[1], today, DueFilter(unit=unit))
        assert (view.whole.due, view.own()) == (share.due, share)
        assert view.units() == {unit: share}
        assert [line.unit for line, _ in view.cadres()] == [unit] * len(view.cadres())
    for line, share in whole.cadres():
        view = visits_due(database, QUARTERS[1], today, DueFilter(cadre=line.cadre_no))
        assert view.cadres() == [(line, share)]


def test_the_last_visit_is_the_last_that_counted_in_any_quarter(drawn: tuple[Database, date]) -> None:
    database, today = drawn
    counted = [
        view
        for view in list_visits(database, today, VisitFilter(end=today + timedelta(days=1)))
        if not view.extra and view.row.kind != VisitKind.PHONE
    ]
    for each in visits_due(database, None, today, DueFilter(everything=True)).households:
        days = [view.row.day for view in counted if view.row.household_no == each.line.household_no]
        assert each.last_visit == max(days, default=None)


def _same_as_report(view: VisitsDue, report: QuarterReport) -> None:
    table = report.visit_table
    assert _figures(view.whole) == {key: table.sum_of(key) for key in ("due", "made", "rate")}
    assert len(view.whole.left) == table.sum_of("not_visited") == len(report.not_visited)
    nothing = Share((), ())
    towns, units = view.towns(), view.units()
    for rows in (_rows(table), _rows(report.by_town)):
        assert {town: _figures(towns.get(town, nothing)) for town in rows} == rows
        assert towns.keys() <= rows.keys()
    rows = _rows(report.by_unit)
    assert {unit: _figures(units.get(unit, nothing)) for unit in rows} == rows
    assert units.keys() <= rows.keys()
    assert _figures(view.own()) == {key: report.by_unit.sum_of(key) for key in ("due", "made", "rate")}
    of_cadres = {number for _, share in view.cadres() for number in share.due}
    assert of_cadres == set(view.own().due)


def _same_as_listed(database: Database, view: VisitsDue, quarter: Quarter, today: date) -> None:
    """The visits listed, sorted by hand, are those that were judged."""
    end = min(quarter.last, today) + timedelta(days=1)
    views = list_visits(database, today, VisitFilter(start=quarter.first, end=end))
    calls = [each for each in views if each.row.kind != VisitKind.PHONE]
    judged = view.judged
    assert {each.row.visit_no for each in calls if not each.extra} == {v.visit_no for v in judged.counted}
    assert {each.row.visit_no for each in calls if each.extra} == {v.visit_no for v in judged.extra}
    assert len(views) - len(calls) == len(judged.phone)
    strangers = list_visits(database, today, VisitFilter(start=quarter.first, end=end, extra=True))
    assert {each.row.visit_no for each in strangers} == {v.visit_no for v in judged.extra}
    for each in view.households:
        number = each.line.household_no
        seen = show_household(database, number, judged.day).visits
        made = any(
            not one.extra and one.row.kind != VisitKind.PHONE and quarter.first <= one.row.day for one in seen
        )
        assert (each.state is VisitState.MADE) == made
        late = today > quarter.last
        assert made or each.state is (VisitState.OVERDUE if late else VisitState.WAITING)


def _figures(share: Share) -> dict[str, Any]:
    return {"due": len(share.due), "made": len(share.made), "rate": share.rate.permille}


def _rows(table: Table) -> dict[str, dict[str, Any]]:
    place = {column.key: number for number, column in enumerate(table.columns)}
    return {row.name: {key: row.figures[place[key]] for key in ("due", "made", "rate")} for row in table.rows}


def _clear(door: Door) -> None:
    for table in (VisitCadre, Visit, Pairing):
        ids = door.connection.exec_driver_sql(f"SELECT id FROM {table.__tablename__}").scalars()
        door.delete(table, list(ids))


def _pair(door: Door, dice: Random, household: int) -> None:
    """Leads who follow each other, sometimes after a gap, and somebody who assists for a time."""
    day = NEW_YEAR + timedelta(days=dice.randint(0, 60))
    while day < date(2014, 10, 1) and dice.random() < 0.9:
        end = FOREVER if dice.random() < 0.3 else day + timedelta(days=dice.randint(5, 90))
        _start(door, household, dice.choice(CADRES[:3]), "第一责任人", day, end)
        if end == FOREVER:
            break
        day = end + timedelta(days=dice.choice((0, 0, 0, 3)))
    if dice.random() < 0.5:
        start = NEW_YEAR + timedelta(days=dice.randint(0, 200))
        _start(door, household, dice.choice(CADRES[3:]), "协助", start, FOREVER)


def _start(door: Door, household: int, cadre: int, role: str, start: date, end: date) -> None:
    row = {"household_id": household, "cadre_id": cadre, "role": role, "origin": "手工"}
    door.insert(Pairing, [{**row, "valid_from": start, "valid_to": end}])


def _visit(door: Door, dice: Random, visit_id: int) -> None:
    day = NEW_YEAR + timedelta(days=dice.randint(0, 270))
    voided = dice.random() < 0.15
    row = {
        "id": visit_id,
        "visit_no": serial(visit_id),
        "household_id": dice.choice(HOUSEHOLDS),
        "day": day,
        "kind": dice.choice(list(VisitKind)).value,
        "deeds": dice.choice((None, "修了灯")),
        "voided_on": day if voided else None,
        "void_reason": "没有去" if voided else None,
    }
    door.insert(Visit, [row])
    came = dice.sample(CADRES, dice.choice((0, 1, 1, 2, 3)))
    door.insert(VisitCadre, [{"visit_id": visit_id, "cadre_id": cadre} for cadre in came])
