"""A run as a workbook: its figures and chart, its pairs, its changes, and the units' loads."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jiemin.domain.pairing.fairness import CadreLoad, fairness
from jiemin.sheets.forms.pairing_run import RunForm, write_pairing_run

REASONS = (("远近：联系本村", 0), ("新结对", 5))
PAIR = ("A001", "石门镇", "望湖村", "沈阿大", "方局1", "C00001", "市民政局", "第一责任人", "自动")
BY_HAND = ("A002", "乌镇镇", "塘东村", "朱水根", "顾员1", "C00002", "市卫生局", "协助", "手工")
CHANGE = ("结束", "A003", "徐金宝", "顾员2", "C00003", "协助", date(2014, 6, 30), "=调离")


def saved(path: Path, form: RunForm) -> Workbook:
    write_pairing_run(form, path / "run.xlsx", county="桐乡市", filled_on=date(2014, 6, 30))
    return load_workbook(path / "run.xlsx")


def charts(sheet: object) -> list[Any]:
    found: list[Any] = sheet._charts  # type: ignore[attr-defined] # openpyxl has no public word for it
    return found


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    cadres = [
        CadreLoad("市民政局", True, 2),
        CadreLoad("市卫生局", False, 0),
        CadreLoad("市卫生局", False, 1),
    ]
    form = RunForm(
        subtitle="第1次自动配对  2014-06-30  多对一",
        facts=[("配对结果", "应结对3户"), ("计分标准", "联系本镇10、" * 40)],
        fair=fairness(cadres, [REASONS, ()]),
        pairs=[(PAIR, REASONS), (BY_HAND, ())],
        changes=[CHANGE],
    )
    return saved(tmp_path, form)


def test_figures_and_loads(workbook: Workbook) -> None:
    sheet = workbook["配对情况"]
    rows = [row[:3] for row in sheet.iter_rows(values_only=True)]
    assert rows[1][0] == "自动配对情况"
    assert rows[2][0] == "第1次自动配对  2014-06-30  多对一"
    assert ("配对结果", "应结对3户") in [row[:2] for row in rows]
    top = rows.index(("结对户数", "干部(人)", "其中领导(人)"))
    assert rows[top + 1 : top + 5] == [("0户", 1, 0), ("1户", 1, 0), ("2户", 1, 1), ("合计", 3, 1)]
    long = next(row for row in range(1, len(rows)) if rows[row - 1][0] == "计分标准")
    assert sheet.row_dimensions[long].height > 30


def test_the_chart_draws_the_loads(workbook: Workbook) -> None:
    sheet = workbook["配对情况"]
    [chart] = charts(sheet)
    rows = [row[0] for row in sheet.iter_rows(values_only=True)]
    first, last = rows.index("0户") + 1, rows.index("2户") + 1
    references = [series.val.numRef.f for series in chart.series]
    assert references == [f"'配对情况'!$B${first}:$B${last}", f"'配对情况'!$C${first}:$C${last}"]
    assert chart.series[0].cat.numRef.f == f"'配对情况'!$A${first}:$A${last}"
    assert chart.anchor._from.col == 3


def test_pairs_with_their_points_and_reasons(workbook: Workbook) -> None:
    rows = list(workbook["结对名单"].iter_rows(min_row=5, values_only=True))
    assert rows[0][1:10] == (
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
    assert rows[1] == (1, *PAIR, 5, "远近：联系本村 0；新结对 5")
    assert rows[2] == (2, *BY_HAND, None, None)


def test_changes_and_units(workbook: Workbook) -> None:
    changes = list(workbook["变动"].iter_rows(min_row=6, max_row=6))
    assert [cell.value for cell in changes[0]][:7] == [1, *CHANGE[:6]]
    assert (changes[0][8].value, changes[0][8].data_type) == ("=调离", "s")
    units = list(workbook["各单位负担"].iter_rows(min_row=6, max_row=7, values_only=True))
    assert units == [(1, "市卫生局", 2, 1, 0.5), (2, "市民政局", 1, 2, 2)]


def test_a_run_without_anybody(tmp_path: Path) -> None:
    form = RunForm(subtitle="", facts=[], fair=fairness([], []), pairs=[], changes=[])
    workbook = saved(tmp_path, form)
    assert charts(workbook["配对情况"]) == []
    assert workbook["结对名单"]["A6"].value == "没有结对"
    assert workbook["变动"]["A6"].value == "没有变动"
