"""`status`, `pair status` and the report say the same of pairing: in the sample and in drawn counties."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, household_rows, write_workbook

from jiemin.cli.failures import guarded
from jiemin.domain.indicators import QuarterReport, Table
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.periods import Quarter
from jiemin.policy.book_file import load_book
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import CadrePost
from jiemin.usecases.build_report import build_report
from jiemin.usecases.show_coverage import CoverageView, show_coverage
from jiemin.usecases.show_status import show_status

SAMPLE = Path(__file__).parents[2] / "sample_data"
DAY = date(2014, 6, 30)
BY_TOWN = (
    "to_pair",
    "to_pair_paired",
    "to_pair_unpaired",
    "paired",
    "one_to_one",
    "many_to_one",
    "cadres",
    "leaders",
)
BY_UNIT = ("staff", "staff_leaders", "cadres", "leaders", "leaders_without", "households")
CLASSES = ("农村低保", "城镇低保", "低收入(低保边缘)", "五保", "其他")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIEMIN_DB", str(tmp_path / "jiemin.db"))
    monkeypatch.setenv("JIEMIN_TODAY", str(DAY))
    return tmp_path


@pytest.fixture
def sample(folder: Path) -> Iterator[Database]:
    """The sample county, paired; then some of it is undone by hand."""
    shutil.copy(SAMPLE / "households.xlsx", folder)
    assert guarded(["import", "households.xlsx"]) == 0
    assert guarded(["pair", "--auto"]) == 0
    stopped = [("户编号", "户状态"), *((f"H{number:04d}", "停保") for number in (3, 50, 120))]
    write_workbook(folder / "stop.xlsx", {"困难家庭": stopped})
    assert guarded(["import", "stop.xlsx", "--as-of", "2014-06-10"]) == 0
    with open_database(folder / "jiemin.db") as database:
        yield database


def drawn(folder: Path, seed: int) -> Database:
    """A county of chance: classes, who leads, who helps whom as what, who has left, what was stopped."""
    dice = Random(seed)
    households = [
        (
            *row[:6],
            dice.choice(CLASSES),
            *row[7:],
            dice.choice(("集中供养", "分散供养")) if dice.random() < 0.5 else None,
        )
        for row in household_rows(dice.randint(5, 30))
    ]
    cadres = [
        (*row[:1], dice.choice(("市民政局", "市卫生局", "市教育局")), *row[2:])
        for row in cadre_rows(dice.randint(1, 6), dice.randint(1, 12))
    ]
    pairs = []
    for household in households:
        helpers = dice.sample(cadres, dice.randint(0, min(3, len(cadres))))
        roles = [dice.choice(("第一责任人", "协助")), *["协助"] * 2]
        pairs += [
            (household[0], *helper[:2], role, "2014-04-01")
            for helper, role in zip(helpers, roles, strict=False)
        ]
    sheets = {
        "困难家庭": [(*HOUSEHOLD_HEADER, "供养方式"), *households],
        "干部": [CADRE_HEADER, *cadres],
        "结对": [("户编号", "结对干部", "单位", "结对职责", "结对时间"), *pairs],
    }
    write_workbook(folder / "all.xlsx", sheets)
    assert guarded(["import", "all.xlsx"]) in {0, 4}
    stopped = [(row[0], "停保") for row in households[1:] if dice.random() < 0.2]
    write_workbook(
        folder / "stop.xlsx", {"困难家庭": [("户编号", "户状态"), *stopped, (households[0][0], "在册")]}
    )
    assert guarded(["import", "stop.xlsx", "--as-of", "2014-05-20"]) == 0
    database = open_database(folder / "jiemin.db")
    with write_door(database, Stamp("2014-06-01T09:00:00", "clerk", "test")) as door:
        ids = door.connection.exec_driver_sql("SELECT id FROM cadre_post").scalars().all()
        left = [row_id for row_id in ids if dice.random() < 0.2]
        door.update(CadrePost, [{"id": row_id, "valid_to": date(2014, 6, 1)} for row_id in left])
    return database


@pytest.mark.parametrize("seed", range(6))
def test_in_drawn_counties(folder: Path, seed: int) -> None:
    with drawn(folder, seed) as database:
        _agree(database)


def test_in_the_sample(sample: Database) -> None:
    view = _agree(sample)
    assert view.households.to_pair == 386
    assert view.households.pairs > view.households.to_pair_paired > 300
    assert view.cadres.leaders_without + view.cadres.idle > 0


def _agree(database: Database) -> CoverageView:
    view = show_coverage(database, DAY, Rules())
    report = build_report(database, load_book(), Quarter(2014, 2), DAY).report
    status = show_status(database, DAY)
    assert report.failed_checks == ()
    _same_totals(view, report)
    assert _rows(report.by_town, BY_TOWN) == {
        town: _figures(figures, BY_TOWN) for town, figures in view.towns.items()
    }
    assert _rows(report.by_unit, BY_UNIT) == {
        unit: _figures(figures, BY_UNIT) for unit, figures in view.units.items()
    }
    figures = view.households
    assert (status.to_pair, status.unpaired) == (figures.to_pair, figures.to_pair_unpaired)
    assert status.without_lead == figures.without_lead == len(view.without_lead)
    assert (status.cadres, status.leaders) == (view.cadres.staff, view.cadres.staff_leaders)
    assert status.leaders_without == view.cadres.leaders_without == len(view.leaders_without)
    listed = sorted(line.household.household_no for line in report.pairings if not line.helpers)
    assert sorted(each.household_no for each in view.unpaired) == listed
    assert sum(len(line.helpers) for line in report.pairings) == figures.pairs
    return view


def _same_totals(view: CoverageView, report: QuarterReport) -> None:
    assert _figures(view.households, BY_TOWN) == {key: report.by_town.sum_of(key) for key in BY_TOWN}
    assert _figures(view.cadres, BY_UNIT) == {key: report.by_unit.sum_of(key) for key in BY_UNIT}
    assert view.households.paired == report.visit_table.sum_of("paired")


def _rows(table: Table, keys: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    place = {column.key: number for number, column in enumerate(table.columns)}
    return {row.name: {key: row.figures[place[key]] for key in keys} for row in table.rows}


def _figures(figures: object, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: getattr(figures, key) for key in keys}
