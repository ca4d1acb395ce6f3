"""Tables prove their own arithmetic: what adds up is confirmed, and one spoiled figure is found."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.small_county import small_county

from jiemin.domain.indicators import Column, Measure, Table, build_quarter
from jiemin.domain.indicators.annex2 import TOWN_COLUMNS, TOWN_RULES, UNIT_COLUMNS, UNIT_RULES
from jiemin.domain.indicators.money_table import MONEY_COLUMNS, MONEY_RULES
from jiemin.domain.indicators.tables import (
    AtMost,
    Difference,
    Figure,
    Rule,
    Share,
    Sum,
    make_table,
    total_known,
)
from jiemin.domain.indicators.visit_table import VISIT_COLUMNS, VISIT_RULES

COLUMNS = (
    Column("all", ("户",), Measure.HOUSEHOLDS),
    Column("one", ("户",), Measure.HOUSEHOLDS),
    Column("rest", ("户",), Measure.HOUSEHOLDS),
    Column("rate", ("率",), Measure.RATE),
    Column("cadres", ("干部",), Measure.PERSONS, once=True),
)
GOOD: dict[str, Figure] = {"all": 5, "one": 2, "rest": 3, "rate": 400, "cadres": 2}
OTHER: dict[str, Figure] = {"all": 1, "one": 1, "rest": 0, "rate": 1000, "cadres": 2}
TOTAL: dict[str, Figure] = {"all": 6, "one": 3, "rest": 3, "rate": 500, "cadres": 3}
RULES: tuple[Rule, ...] = (
    Sum("all", ("one", "rest")),
    Difference("rest", "all", "one"),
    AtMost("one", "all"),
    Share("rate", "one", "all"),
)


def failing(
    row: Mapping[str, Figure] = GOOD,
    total: Mapping[str, Figure] = TOTAL,
    control: Mapping[str, Figure] | None = None,
) -> list[str]:
    """Labels of the checks that fail for a table of two rows."""
    table = make_table(COLUMNS, [("甲", row, ""), ("乙", OTHER, "")], total, RULES, control=control)
    return [check.label for check in table.checks if not check.holds]


def test_a_sound_table_passes_all_its_checks() -> None:
    table = make_table(COLUMNS, [("甲", GOOD, "注"), ("乙", OTHER, "")], TOTAL, RULES, notes=["说明"])
    assert [check.label for check in table.checks] == [
        "1=2+3",
        "3=1-2",
        "2≤1",
        "4=2÷1",
        "合计=各行之和",
        "5栏合计只计一次，不大于各行之和",
    ]
    assert all(check.holds for check in table.checks)
    assert (table.rows[0].remark, table.notes, table.total.name) == ("注", ("说明",), "合计")
    assert table.figures("one") == (2, 1)
    assert table.sum_of("one") == 3


@pytest.mark.parametrize(
    ("spoiled", "labels"),
    [
        ({"all": 6}, ["1=2+3", "3=1-2", "4=2÷1", "合计=各行之和"]),
        ({"one": 6, "rest": -1}, ["2≤1", "4=2÷1", "合计=各行之和"]),
        ({"rate": 401}, ["4=2÷1"]),
        ({"rate": None}, ["4=2÷1"]),
        ({"cadres": 0}, ["5栏合计只计一次，不大于各行之和"]),
    ],
)
def test_one_spoiled_figure_makes_the_checks_it_breaks_fail(
    spoiled: dict[str, Figure], labels: list[str]
) -> None:
    assert failing(GOOD | spoiled) == labels


def test_a_spoiled_total_is_found() -> None:
    assert failing(total=TOTAL | {"all": 7, "rest": 4, "rate": 429}) == ["合计=各行之和"]
    assert failing(total=TOTAL | {"cadres": 5}) == ["5栏合计只计一次，不大于各行之和"]


def test_totals_are_held_against_what_is_known_elsewhere() -> None:
    assert failing(control={"all": 6, "one": 3}) == []
    assert failing(control={"all": 6, "one": 4, "rest": 4}) == ["2、3栏合计与名单相符"]


def test_unknown_figures_add_nothing_on_either_side() -> None:
    unknown: dict[str, Figure] = {"all": None, "one": None, "rest": None, "rate": None, "cadres": None}
    assert failing(unknown, total=OTHER | {"cadres": 2}) == []


def test_a_table_without_once_columns_prints_no_check_of_them() -> None:
    table = make_table(COLUMNS[:4], [("甲", GOOD, "")], GOOD, RULES)
    assert [check.label for check in table.checks][-1] == "合计=各行之和"


@given(st.lists(st.none() | st.integers(0, 50)))
def test_a_sum_of_figures_is_unknown_only_when_all_are(figures: list[int | None]) -> None:
    known = [figure for figure in figures if figure is not None]
    assert total_known(iter(figures)) == (None if figures and not known else sum(known))


REPORT = build_quarter(small_county())
TABLES: list[tuple[Table, tuple[Column, ...], tuple[Rule, ...]]] = [
    (REPORT.by_town, TOWN_COLUMNS, TOWN_RULES),
    (REPORT.by_unit, UNIT_COLUMNS, UNIT_RULES),
    (REPORT.visit_table, VISIT_COLUMNS, VISIT_RULES),
    (REPORT.money_table, MONEY_COLUMNS, MONEY_RULES),
]


@pytest.mark.parametrize(("table", "columns", "rules"), TABLES)
def test_in_every_table_of_the_report_one_figure_more_is_found(
    table: Table, columns: tuple[Column, ...], rules: tuple[Rule, ...]
) -> None:
    keys = [column.key for column in columns]
    for place, column in enumerate(columns):
        if column.once:
            continue
        rows = [(row.name, dict(zip(keys, row.figures, strict=True)), "") for row in table.rows]
        rows[0][1][column.key] = (table.rows[0].figures[place] or 0) + 1
        spoiled = make_table(columns, rows, dict(zip(keys, table.total.figures, strict=True)), rules)
        assert not all(check.holds for check in spoiled.checks), column.key


@pytest.mark.parametrize(("table", "columns", "rules"), TABLES)
def test_every_column_has_a_key_and_headings_of_its_own(
    table: Table, columns: tuple[Column, ...], rules: tuple[Rule, ...]
) -> None:
    assert table.columns == columns
    assert len({column.key for column in columns}) == len(columns)
    assert len({column.heads for column in columns}) == len(columns)


def test_failed_checks_are_told_with_the_name_of_their_table() -> None:
    keys = [column.key for column in VISIT_COLUMNS]
    tally = dict(zip(keys, REPORT.visit_table.total.figures, strict=True))
    spoiled = make_table(VISIT_COLUMNS, [("甲", tally, "")], tally | {"due": 5}, VISIT_RULES)
    found = replace(REPORT, visit_table=spoiled).failed_checks
    assert {name for name, _ in found} == {"走访情况"}
    assert "合计=各行之和" in {check.label for _, check in found}
