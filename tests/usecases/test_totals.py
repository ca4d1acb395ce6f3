"""Every total of the quarterly workbook against plain SQL and plain Python over the sample county.

Nothing here calls the program's own rules: the figures are worked out again from the tables of
the database and the cells of the sample roster, in the simplest way that can be read aloud.
"""

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiemin.cli.failures import guarded
from jiemin.domain.indicators.annex2 import TOWN_COLUMNS, UNIT_COLUMNS
from jiemin.domain.indicators.money_table import MONEY_COLUMNS
from jiemin.domain.indicators.visit_table import VISIT_COLUMNS

SAMPLE = Path(__file__).parents[2] / "sample_data"
DAY = "2014-06-30"
Figures = dict[str, dict[str, Any]]


def held(table: str) -> str:
    """The row of that table holds on the day."""
    return f"({table}.valid_from <= '{DAY}' AND {table}.valid_to > '{DAY}')"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("county")
    for name in ("households.xlsx", "visits.xlsx"):
        shutil.copy(SAMPLE / name, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("JIEMIN_DB", str(folder / "jiemin.db"))
        patch.setenv("JIEMIN_TODAY", DAY)
        for command in (
            "import households.xlsx",
            "pair --auto",
            "import visits.xlsx",
            "report quarterly --quarter 2014Q2 --out stats.xlsx",
        ):
            assert guarded(command.split()) == 0, command
        yield folder


@pytest.fixture(scope="module")
def database(county: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(county / "jiemin.db")) as connection:
        yield connection


def printed(county: Path, sheet_name: str, keys: tuple[Any, ...]) -> Figures:
    """The figures of a statistics sheet as a reader sees them: row name → column key → cell."""
    workbook = openpyxl.load_workbook(county / "stats.xlsx")
    rows: Figures = {}
    for row in workbook[sheet_name].iter_rows(min_row=5, values_only=True):
        name = row[0] if row[0] == "合计" else row[1]
        if isinstance(row[0], int) or row[0] == "合计":
            rows[str(name)] = {column.key: row[2 + place] for place, column in enumerate(keys)}
    return rows


TOWN_OF = f"""
    SELECT h.id AS household, t.name AS town, s.household_class AS class, s.size, s.covered, s.keeping,
           s.income_fen AS income, s.income_period AS period
    FROM household h
    JOIN household_span s ON s.household_id = h.id AND s.status = '在册' AND {held("s")}
    JOIN region r ON r.id = s.region_id
    JOIN region t ON t.id = CASE r.level WHEN '村' THEN r.parent_id ELSE r.id END
"""
CLASSES = {
    "URBAN_DIBAO": "城镇低保",
    "RURAL_DIBAO": "农村低保",
    "LOW_INCOME": "低收入(低保边缘)",
    "WUBAO": "五保",
    "SANWU": "三无",
    "OTHER": "其他",
}


def by_town(database: sqlite3.Connection, figure: str, tables: str = "") -> dict[str, Any]:
    """One figure by town, and for all of them."""
    query = f"WITH known AS ({TOWN_OF}) SELECT {{town}}, {figure} FROM known {tables} GROUP BY 1"
    found = dict(database.execute(query.format(town="town")).fetchall())
    return found | dict(database.execute(query.format(town="'合计'")).fetchall())


def assert_column(figures: Figures, key: str, expected: dict[str, Any]) -> None:
    shown = {name: row[key] for name, row in figures.items()}
    assert shown == {name: expected.get(name, 0) or 0 for name in figures}, key
    assert any(shown.values()), f"{key} shows nothing"


def test_households_and_persons_by_class(county: Path, database: sqlite3.Connection) -> None:
    towns = printed(county, "附件2 帮扶情况统计表(按镇)", TOWN_COLUMNS)
    assert len(towns) == 13
    for key, label in CLASSES.items():
        assert_column(towns, f"{key}_households", by_town(database, f"sum(class = '{label}')"))
        assert_column(towns, f"{key}_persons", by_town(database, f"sum((class = '{label}') * size)"))
    assert_column(towns, "all_households", by_town(database, "count(*)"))
    assert_column(towns, "all_persons", by_town(database, "sum(size)"))


HELPED = f"""
    LEFT JOIN (SELECT household_id, count(*) AS helpers FROM pairing p WHERE {held("p")} GROUP BY 1)
    ON household_id = household
"""
TO_PAIR = "class IN ('城镇低保', '农村低保', '低收入(低保边缘)') AND coalesce(keeping, '') != '集中供养'"


def test_pairings(county: Path, database: sqlite3.Connection) -> None:
    towns = printed(county, "附件2 帮扶情况统计表(按镇)", TOWN_COLUMNS)
    assert_column(towns, "to_pair", by_town(database, f"sum({TO_PAIR})"))
    assert_column(towns, "to_pair_paired", by_town(database, f"sum({TO_PAIR} AND helpers > 0)", HELPED))
    assert_column(towns, "paired", by_town(database, "sum(helpers > 0)", HELPED))
    assert_column(towns, "one_to_one", by_town(database, "sum(helpers = 1)", HELPED))
    assert_column(towns, "many_to_one", by_town(database, "sum(helpers > 1)", HELPED))
    pairs = f"JOIN pairing p ON p.household_id = household AND {held('p')}"
    posts = f"JOIN cadre_post c ON c.cadre_id = p.cadre_id AND {held('c')}"
    assert_column(towns, "cadres", by_town(database, "count(DISTINCT p.cadre_id)", pairs))
    leaders = "count(DISTINCT CASE WHEN c.leader THEN c.cadre_id END)"
    assert_column(towns, "leaders", by_town(database, leaders, f"{pairs} {posts}"))


COUNTED = """
    SELECT DISTINCT v.id, v.household_id, v.kind, v.deeds, v.needs FROM visit v
    JOIN visit_cadre a ON a.visit_id = v.id
    JOIN pairing p ON p.household_id = v.household_id AND p.cadre_id = a.cadre_id
        AND p.valid_from <= v.day AND p.valid_to > v.day
    WHERE v.kind != '电话' AND v.day BETWEEN '2014-04-01' AND '2014-06-30'
"""
DUE = """
    SELECT DISTINCT p.household_id FROM pairing p
    JOIN household_span s ON s.household_id = p.household_id AND s.status = '在册'
    WHERE p.valid_from <= '2014-06-01' AND p.valid_to > '2014-06-30'
        AND s.valid_from <= '2014-06-01' AND s.valid_to > '2014-06-30'
"""


def test_visits(county: Path, database: sqlite3.Connection) -> None:
    towns = printed(county, "附件2 帮扶情况统计表(按镇)", TOWN_COLUMNS)
    visits = printed(county, "走访情况", VISIT_COLUMNS)
    due = by_town(database, "count(*)", f"JOIN ({DUE}) ON household_id = household")
    made = by_town(
        database,
        f"sum(household IN (SELECT household_id FROM ({COUNTED})))",
        f"JOIN ({DUE}) ON household_id = household",
    )
    for table in (towns, visits):
        assert_column(table, "due", due)
        assert_column(table, "made", made)
        assert_column(table, "rate", {name: rate(made[name], due[name]) for name in due})
        assert_column(
            table, "visits", by_town(database, "count(*)", f"JOIN ({COUNTED}) ON household_id = household")
        )
        deeds = by_town(database, "sum(deeds IS NOT NULL)", f"JOIN ({COUNTED}) ON household_id = household")
        assert_column(table, "deeds", deeds)
    assert_column(visits, "not_visited", {name: due[name] - made[name] for name in due})
    gifts = by_town(database, "sum(kind = '慰问')", f"JOIN ({COUNTED}) ON household_id = household")
    assert_column(visits, "gifts", gifts)
    needs = by_town(database, "sum(needs IS NOT NULL)", f"JOIN ({COUNTED}) ON household_id = household")
    assert_column(visits, "needs", needs)
    phone = by_town(database, "sum(kind = '电话')", "JOIN visit ON household_id = household")
    assert_column(visits, "phone", phone)
    extra = f"sum(kind != '电话' AND v.id NOT IN (SELECT id FROM ({COUNTED})))"
    assert_column(visits, "extra", by_town(database, extra, "JOIN visit v ON household_id = household"))


def rate(part: int, whole: int) -> float:
    """Per cent with one decimal, halves up, and 100 only for all."""
    tenths = (2000 * part + whole) // (2 * whole)
    return (min(tenths, 999) if part < whole else tenths) / 10


def test_units(county: Path, database: sqlite3.Connection) -> None:
    units = printed(county, "帮扶情况统计表(按单位)", UNIT_COLUMNS)
    assert len(units) == 61
    staff = f"FROM cadre_post c JOIN unit u ON u.id = c.unit_id WHERE {held('c')}"
    helping = f"SELECT cadre_id FROM pairing p WHERE {held('p')}"

    def by_unit(figure: str) -> dict[str, Any]:
        found = dict(database.execute(f"SELECT u.name, {figure} {staff} GROUP BY 1").fetchall())
        return found | dict(database.execute(f"SELECT '合计', {figure} {staff}").fetchall())

    assert_column(units, "staff", by_unit("count(*)"))
    assert_column(units, "staff_leaders", by_unit("sum(leader)"))
    assert_column(units, "cadres", by_unit(f"sum(cadre_id IN ({helping}))"))
    assert_column(units, "leaders", by_unit(f"sum(leader AND cadre_id IN ({helping}))"))
    shown = {name: row["leaders_without"] for name, row in units.items()}
    assert shown == by_unit(f"sum(leader AND cadre_id NOT IN ({helping}))")


def test_money(county: Path, database: sqlite3.Connection) -> None:
    """From the facts alone: 520 and 400 yuan, 416 from April; 500 a household, and 200 a person."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, town, label, size, covered, _, income, period in database.execute(TOWN_OF):
        for name in (town, "合计"):
            if label in ("城镇低保", "农村低保"):
                kind = "urban" if label == "城镇低保" else "rural"
                standards = (52000, 52000) if kind == "urban" else (40000, 41600)
                for key, standard in zip(("before", "after"), standards, strict=True):
                    yearly = 12 * standard * covered - (12 * income if period == "month" else income)
                    sums[f"{kind}_{key}"][name] += 3 * max(0, (2 * yearly + 12) // 24)
            if label == "低收入(低保边缘)":
                sums["aid_before"][name] += 50000
                sums["aid_after"][name] += 50000 + 20000 * size
    money = printed(county, "补助情况", MONEY_COLUMNS)
    towns = printed(county, "附件2 帮扶情况统计表(按镇)", TOWN_COLUMNS)
    for kind in ("urban", "rural", "aid"):
        for key in ("before", "after"):
            assert_yuan(money, f"{kind}_{key}", sums[f"{kind}_{key}"])
    for key in ("before", "after"):
        both = {name: sums[f"urban_{key}"][name] + sums[f"rural_{key}"][name] for name in towns}
        assert_yuan(towns, f"dibao_{key}", both)
    uplift = {name: sums["rural_after"][name] - sums["rural_before"][name] for name in towns}
    assert_yuan(towns, "dibao_uplift", uplift)
    assert_yuan(
        towns, "aid_uplift", {name: sums["aid_after"][name] - sums["aid_before"][name] for name in towns}
    )


def assert_yuan(figures: Figures, key: str, fen: dict[str, int]) -> None:
    shown = {name: round(100 * row[key]) for name, row in figures.items()}
    assert shown == {name: fen.get(name, 0) for name in figures}, key
    assert shown["合计"] > 0


def test_annex_1_lists_every_pair_once(county: Path, database: sqlite3.Connection) -> None:
    workbook = openpyxl.load_workbook(county / "stats.xlsx")
    rows = [
        row
        for row in workbook["附件1 结对汇总表"].iter_rows(min_row=6, values_only=True)
        if isinstance(row[0], int)
    ]
    listed = sorted((row[1], row[11]) for row in rows if row[11])
    query = f"""
        SELECT h.household_no, c.name FROM pairing p JOIN household h ON h.id = p.household_id
        JOIN cadre c ON c.id = p.cadre_id WHERE {held("p")}
    """
    assert listed == sorted(database.execute(query).fetchall())
    assert {row[15] for row in rows} >= {"一对一", "多对一"}
