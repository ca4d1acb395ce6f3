"""自动配对情况: what one run found, how even the loads are, its pairs and its changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.pairing.fairness import Fairness, UnitLoad
from jiemin.sheets.forms.charts import bar_chart
from jiemin.sheets.forms.frame import TITLE_ROWS, Heading, bureau_of, write_title
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    lines_needed,
    new_workbook,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
)
from jiemin.sheets.writer import save_workbook

TITLE = "自动配对情况"
PAIR_HEADS = (
    "户编号",
    "镇(街道)",
    "村(社区)",
    "户主姓名",
    "结对干部",
    "干部编号",
    "单位",
    "结对职责",
    "来源",
)
CHANGE_HEADS = ("变动", "户编号", "户主姓名", "结对干部", "干部编号", "结对职责", "日期", "原因")

_COLUMNS = 8
_LOAD_COLUMNS = 3
_CHART_ROWS = 15
_PAIRS = tuple(
    ListColumn(head, width, Look.CODE)
    for head, width in zip(PAIR_HEADS, (11, 11, 12, 10, 10, 10, 22, 12, 7), strict=True)
)
_CHANGES = tuple(
    ListColumn(head, width, Look.CODE)
    for head, width in zip(CHANGE_HEADS, (12, 11, 12, 12, 11, 13, 13, 20), strict=True)
)
_NUMBER, _POINTS, _REASONS = (
    ListColumn("序号", 6, Look.COUNT),
    ListColumn("分数", 6, Look.COUNT),
    ListColumn("理由", 44, Look.TEXT),
)
_UNITS = (
    _NUMBER,
    ListColumn("单位", 33, Look.CODE),
    ListColumn("在职干部(人)", 19, Look.COUNT),
    ListColumn("结对(户次)", 19, Look.COUNT),
    ListColumn("人均(户)", 19, Look.RATE),
)


@dataclass(frozen=True, slots=True)
class RunForm:
    """What is printed of a run.

    `facts` are lines of (what, what is said of it). A pair is (its cells by `PAIR_HEADS`, its reasons
    with their points); a change its cells by `CHANGE_HEADS`.
    """

    subtitle: str
    facts: Sequence[tuple[str, str]]
    fair: Fairness
    pairs: Sequence[tuple[tuple[str, ...], Sequence[tuple[str, int]]]]
    changes: Sequence[tuple[CellValue, ...]]


def write_pairing_run(form: RunForm, path: Path, *, county: str, filled_on: date) -> None:
    """Save the run as a workbook; raises `SaveError` when it cannot be saved."""
    workbook = new_workbook()
    filled_by = bureau_of(county)
    heading = Heading("", TITLE, form.subtitle, filled_by, filled_on, "单位：户、人、分")
    _write_figures(workbook, heading, form)
    heading = Heading("", "自动配对后的结对名单", form.subtitle, filled_by, filled_on, "单位：分")
    write_list(
        workbook,
        "结对名单",
        heading,
        [_NUMBER, *_fitted(_PAIRS, [cells for cells, _ in form.pairs]), _POINTS, _REASONS],
        (_pair_row(number, *pair) for number, pair in enumerate(form.pairs, start=1)),
        empty="没有结对",
        notes=["分数为配对时的计分，越少越合适；手工和导入的结对没有计分。"],
    )
    heading = Heading("", "自动配对带来的变动", form.subtitle, filled_by, filled_on, "")
    write_list(
        workbook,
        "变动",
        heading,
        [_NUMBER, *_fitted(_CHANGES, form.changes)],
        (ListRow((number, *cells)) for number, cells in enumerate(form.changes, start=1)),
        empty="没有变动",
    )
    heading = Heading("", "各单位结对负担", form.subtitle, filled_by, filled_on, "单位：人、户次、户")
    write_list(
        workbook,
        "各单位负担",
        heading,
        _UNITS,
        (_unit_row(number, unit) for number, unit in enumerate(form.fair.units, start=1)),
        empty="没有在职干部",
        notes=["结对户次按干部计：一户由几名干部结对的，计几次。"],
    )
    save_workbook(workbook, path)


def _write_figures(workbook: Workbook, heading: Heading, form: RunForm) -> None:
    """The first page: the facts, then the loads beside their chart."""
    sheet: Worksheet = workbook.create_sheet("配对情况")
    widths = spread([13.0, 13.0, 13.0, *[20.0] * (_COLUMNS - _LOAD_COLUMNS)], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, heading, widths)
    row = TITLE_ROWS
    for what, said in form.facts:
        row += 1
        put(sheet, row, 1, what, Look.HEAD)
        put_merged(sheet, row, 2, _COLUMNS, said, Look.TEXT)
        set_height(sheet, row, lines_needed(said, sum(widths[1:])))
    last = _write_loads(sheet, row + 2, form.fair)
    set_page(sheet, last_row=last, last_column=_COLUMNS, one_page=True)


def _write_loads(sheet: Worksheet, top: int, fair: Fairness) -> int:
    """How many cadres have how many households, and the chart; return the last row."""
    for column, head in enumerate(("结对户数", "干部(人)", "其中领导(人)"), start=1):
        put(sheet, top, column, head, Look.HEAD)
    set_height(sheet, top, 1)
    leaders = fair.leaders.people_with
    row = top
    for households, people in enumerate(fair.cadres.people_with):
        row += 1
        put(sheet, row, 1, f"{households}户", Look.NAME)
        put(sheet, row, 2, people, Look.COUNT)
        put(sheet, row, 3, leaders[households] if households < len(leaders) else 0, Look.COUNT)
        set_height(sheet, row, 1)
    row += 1
    put(sheet, row, 1, "合计", Look.TOTAL_NAME)
    put(sheet, row, 2, fair.cadres.people, Look.TOTAL_COUNT)
    put(sheet, row, 3, fair.leaders.people, Look.TOTAL_COUNT)
    set_height(sheet, row, 1)
    last = max(row, top + _CHART_ROWS)
    if fair.cadres.people:
        columns = [(2, "干部"), (3, "其中领导")]
        chart = bar_chart(sheet, "各有几户的干部人数（人）", 1, columns, (top + 1, row - 1), "0")
        start, end = AnchorMarker(col=_LOAD_COLUMNS, row=top - 1), AnchorMarker(col=_COLUMNS, row=last)
        chart.anchor = TwoCellAnchor(_from=start, to=end)  # type: ignore[assignment] # stubs know cell names only
        sheet.add_chart(chart)
    return last


def _fitted(columns: Sequence[ListColumn], rows: Sequence[Sequence[CellValue]]) -> list[ListColumn]:
    """The columns of household and cadre numbers wide enough for the longest."""
    return [
        fitted(column, (str(cells[place]) for cells in rows)) if column.head.endswith("编号") else column
        for place, column in enumerate(columns)
    ]


def _pair_row(number: int, cells: tuple[str, ...], reasons: Sequence[tuple[str, int]]) -> ListRow:
    points = sum(amount for _, amount in reasons) if reasons else None
    said = "；".join(f"{label} {amount}" for label, amount in reasons)
    return ListRow((number, *cells, points, said))


def _unit_row(number: int, unit: UnitLoad) -> ListRow:
    return ListRow((number, unit.unit, unit.staff, unit.households, Decimal(unit.per_head) / 10))
