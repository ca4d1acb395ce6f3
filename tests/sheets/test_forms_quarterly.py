"""The quarter's workbook holds the report's figures where its headings say, and prints as a form."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.quarters import TOWNS, cadre, household, quarter_facts

from jiemin.domain.indicators import Check, Measure, QuarterReport, Table, build_quarter
from jiemin.sheets.forms.quarterly import (
    MONEY_SHEET,
    TOWNS_SHEET,
    UNITS_SHEET,
    VISITS_SHEET,
    quarterly_workbook,
    write_quarterly,
)

DAY = date(2014, 6, 30)
STATISTICS = {
    TOWNS_SHEET: "by_town",
    UNITS_SHEET: "by_unit",
    VISITS_SHEET: "visit_table",
    MONEY_SHEET: "money_table",
}


@pytest.fixture(scope="module")
def report() -> QuarterReport:
    return build_quarter(quarter_facts())


@pytest.fixture(scope="module")
def saved(report: QuarterReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forms") / "stats.xlsx"
    write_quarterly(report, path, filled_on=DAY)
    return path


@pytest.fixture(scope="module")
def workbook(saved: Path) -> Workbook:
    return load_workbook(saved)


def made(report: QuarterReport) -> Workbook:
    """The workbook as saved and opened again."""
    stream = io.BytesIO()
    quarterly_workbook(report, county="桐乡市", filled_on=DAY).save(stream)
    return load_workbook(stream)


def text_at(sheet: Worksheet, row: int, column: int) -> object:
    """What a reader sees in a cell, also inside a merged one."""
    coordinate = sheet.cell(row, column).coordinate
    for span in sheet.merged_cells.ranges:
        if coordinate in span:
            return sheet.cell(span.min_row, span.min_col).value
    return sheet.cell(row, column).value


def number_row(sheet: Worksheet) -> int:
    """The row 栏次."""
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "栏次")


def headings(sheet: Worksheet, column: int) -> tuple[str, ...]:
    """The headings above a column from the top, each once, without line breaks."""
    texts = (str(text_at(sheet, row, column)).replace("\n", "") for row in range(5, number_row(sheet)))
    return tuple(dict.fromkeys(texts))


def below(sheet: Worksheet, header: int = 0) -> Iterator[str]:
    """All texts below the header, which in a statistics sheet ends with 栏次."""
    for row in sheet.iter_rows(min_row=(header or number_row(sheet)) + 1):
        yield from (cell.value for cell in row if isinstance(cell.value, str))


def held(figure: int | None, measure: Measure) -> Decimal | None:
    """The number a cell must show: yuan, per cent, or the figure itself."""
    if figure is None:
        return None
    return Decimal(figure).scaleb({Measure.MONEY: -2, Measure.RATE: -1}.get(measure, 0))


def test_sheets_in_order(workbook: Workbook) -> None:
    assert workbook.sheetnames == [
        "附件2 帮扶情况统计表(按镇)",
        "帮扶情况统计表(按单位)",
        "附件1 结对汇总表",
        "走访情况",
        "未走访户名单",
        "补助情况",
        "典型事迹",
        "图表",
    ]


@pytest.mark.parametrize("name", STATISTICS)
def test_every_figure_stands_below_its_heading(workbook: Workbook, report: QuarterReport, name: str) -> None:
    sheet, table = workbook[name], getattr(report, STATISTICS[name])
    first = number_row(sheet) + 1
    for place, column in enumerate(table.columns, start=3):
        assert headings(sheet, place) == tuple(dict.fromkeys(column.heads))
        assert sheet.cell(first - 1, place).value == place - 2
    for number, row in enumerate(table.rows):
        assert sheet.cell(first + number, 1).value == number + 1
        assert sheet.cell(first + number, 2).value == row.name
        _assert_figures(sheet, first + number, table, row.figures)
    total = first + len(table.rows)
    assert sheet.cell(total, 1).value == "合计"
    assert f"A{total}:B{total}" in {str(span) for span in sheet.merged_cells.ranges}
    _assert_figures(sheet, total, table, table.total.figures)


def _assert_figures(sheet: Worksheet, row: int, table: Table, figures: tuple[int | None, ...]) -> None:
    for place, (column, figure) in enumerate(zip(table.columns, figures, strict=True), start=3):
        value = sheet.cell(row, place).value
        shown = None if value is None else Decimal(str(value))
        assert shown == held(figure, column.measure), (row, column.key)


def test_figures_are_values_that_show_in_full(workbook: Workbook) -> None:
    for name in STATISTICS:
        sheet = workbook[name]
        for row in sheet.iter_rows(min_row=number_row(sheet) + 1, min_col=3):
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert cell.data_type == "n"
                    digits = f"{cell.value:,.2f}" if "#,##0.00" in cell.number_format else str(cell.value)
                    assert sheet.column_dimensions[cell.column_letter].width >= 1.15 * len(digits)


def test_a_heading_of_four_characters_breaks_in_the_middle(workbook: Workbook) -> None:
    texts = {cell.value for row in workbook[TOWNS_SHEET]["A5:AG7"] for cell in row}
    assert {"结对\n干部", "已结\n对户", "农村低保", "应结对"} <= texts


def test_unknown_is_blank_and_nought_is_0(report: QuarterReport) -> None:
    facts = quarter_facts(awards=(), households=[household(0, size=None), household(2)])
    sheet = made(build_quarter(facts))[TOWNS_SHEET]
    row = number_row(sheet) + 1
    cells = {headings(sheet, place): sheet.cell(row, place).value for place in range(3, sheet.max_column + 1)}
    assert cells["困难家庭基本情况", "城镇低保", "户"] == 1
    assert cells["困难家庭基本情况", "城镇低保", "人"] is None
    assert cells["困难家庭基本情况", "五保", "户"] == 0
    assert cells["低保金(本季度)", "提标前", "元"] is None
    assert cells["低收入家庭救助(年度)", "提标前", "元"] == 0


@pytest.mark.parametrize("name", STATISTICS)
def test_foot_prints_the_proven_cross_checks(workbook: Workbook, report: QuarterReport, name: str) -> None:
    table: Table = getattr(report, STATISTICS[name])
    texts = list(below(workbook[name]))
    signed = [text for text in texts if text.endswith("：")]
    assert signed == ["单位负责人：", "审核人：", "填报人：", "联系电话："]
    notes = "".join(texts)
    assert all(note in notes for note in table.notes)
    assert "表内逻辑(经核对全部相符)：" in notes
    assert all(check.label in notes for check in table.checks)
    assert "不符" not in notes


def test_a_cross_check_that_fails_is_said_in_red(report: QuarterReport) -> None:
    wrong = replace(report.visit_table, checks=(Check("2=3+4", False), Check("6=7+8", True)))
    sheet = made(replace(report, visit_table=wrong))[VISITS_SHEET]
    fault = next(cell for row in sheet.iter_rows() for cell in row if cell.style == "表_不符")
    assert fault.value == "表内逻辑不符：2=3+4。请核对数据后再上报。"
    assert fault.font.color.rgb == "FFC00000"
    assert any("表内逻辑(有不符，见下)：2=3+4(不符)；6=7+8。" in text for text in below(sheet))


def test_drafts_are_marked(workbook: Workbook) -> None:
    sheet = workbook[MONEY_SHEET]
    assert headings(sheet, sheet.max_column) == ("备注",)
    assert sheet.cell(number_row(sheet) + 1, sheet.max_column).value == "含草稿"
    assert any("2014-06为草稿" in text for text in below(sheet))
    assert any("1户缺少家庭月收入，算不出金额" in text for text in below(sheet))


@pytest.mark.parametrize(
    ("name", "annex", "title", "measures"),
    [
        (TOWNS_SHEET, "附件2", "“干部结民亲”活动帮扶情况统计表", "单位：户、人、次、件、元、篇"),
        ("附件1 结对汇总表", "附件1", "“干部结民亲”活动困难家庭结对汇总表", "单位：户、人"),
        (VISITS_SHEET, "附表1", "“干部结民亲”活动走访情况表", "单位：户、次、件"),
        ("未走访户名单", "附表2", "“干部结民亲”活动未走访户名单", "单位：户、人"),
        (MONEY_SHEET, "附表3", "困难家庭生活补助情况表", "单位：户、人、元"),
        ("典型事迹", "附表4", "“干部结民亲”活动典型事迹", "单位：篇"),
    ],
)
def test_title_block(workbook: Workbook, name: str, annex: str, title: str, measures: str) -> None:
    sheet = workbook[name]
    assert (sheet["A1"].value, sheet["A1"].font.name) == (annex, "黑体")
    assert sheet["A2"].value == title
    assert 16 <= sheet["A2"].font.size <= 20
    assert any(span.min_row == 2 and span.max_col == sheet.max_column for span in sheet.merged_cells.ranges)
    assert sheet["A3"].value == "（2014年第二季度）"
    line = [cell.value for cell in sheet[4] if cell.value]
    assert line == ["填报单位（盖章）：桐乡市民政局", "填报时间：2014年6月30日", measures]


def test_a_running_quarter_says_as_of_when() -> None:
    running = build_quarter(quarter_facts(today=date(2014, 6, 12)))
    workbook = made(running)
    assert workbook[TOWNS_SHEET]["A3"].value == "（2014年第二季度，截至2014年6月12日）"
    assert workbook[UNITS_SHEET]["A3"].value == "（2014年第二季度，截至2014年6月12日，按单位）"


def test_every_sheet_prints_on_a4_one_page_wide(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert sheet.page_setup.paperSize == 9
        upright = sheet.title in (UNITS_SHEET, "典型事迹")
        assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
        fit, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert fit is not None
        assert footer is not None
        assert (fit.fitToPage, sheet.page_setup.fitToWidth) == (True, 1)
        assert footer.center.text == "第&P页 共&N页"
        assert sheet.print_area


def test_header_rows_repeat_and_stay_in_view(workbook: Workbook) -> None:
    for name in STATISTICS:
        sheet = workbook[name]
        assert sheet.print_title_rows == f"$5:${number_row(sheet)}"
        assert sheet.freeze_panes == f"C{number_row(sheet) + 1}"
    for name in ("附件1 结对汇总表", "未走访户名单"):
        assert (workbook[name].print_title_rows, workbook[name].freeze_panes) == ("$5:$5", "A6")


def test_few_rows_fill_their_page_and_no_more() -> None:
    towns = [f"镇{number:02d}" for number in range(16)]
    workbook = quarterly_workbook(
        build_quarter(quarter_facts(towns=[*TOWNS, *towns])), county="桐乡市", filled_on=DAY
    )
    for name in (TOWNS_SHEET, VISITS_SHEET, MONEY_SHEET):
        sheet = workbook[name]
        assert sheet.page_setup.fitToHeight == 1
        height = sum(sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1))
        assert height <= page_points(sheet) or sheet.row_dimensions[number_row(sheet) + 1].height == 21
        assert height > 0.9 * page_points(sheet)


def test_rows_are_not_stretched_without_measure(workbook: Workbook) -> None:
    for name in (TOWNS_SHEET, VISITS_SHEET, MONEY_SHEET):
        assert workbook[name].row_dimensions[number_row(workbook[name]) + 1].height == 37


def page_points(sheet: Worksheet) -> float:
    """Height between the margins of A4 landscape, before scaling to its 10.9 inches of width."""
    width = sum(column.width * 5.25 + 3.75 for column in sheet.column_dimensions.values())
    return (8.27 - 0.6 - 0.65) * 72 * max(1.0, width / ((11.69 - 0.8) * 72))


def test_many_rows_go_on_over_pages() -> None:
    many = [cadre(number, unit=f"单位{number:02d}") for number in range(30)]
    sheet = made(build_quarter(quarter_facts(cadres=many)))[UNITS_SHEET]
    assert sheet.page_setup.fitToHeight == 0


def test_charts_draw_the_cells_of_their_sheets(
    saved: Path, workbook: Workbook, report: QuarterReport
) -> None:
    with zipfile.ZipFile(saved) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("xl/charts/chart"))
        drawn = [re.findall(r"<(?:c:)?f>([^<]+)</", parts.read(name).decode()) for name in names]
        labels = [parts.read(name).decode() for name in names]
    rate, uplift = drawn
    towns = [row.name for row in report.by_town.rows]
    assert _cells(workbook, rate[0]) == towns
    assert _cells(workbook, rate[1]) == _shown(report.visit_table, "rate")
    assert [_cells(workbook, one) for one in uplift[::2]] == [towns, towns]
    assert _cells(workbook, uplift[1]) == _shown(report.by_town, "dibao_uplift")
    assert _cells(workbook, uplift[3]) == _shown(report.by_town, "aid_uplift")
    assert "低保金(本季度)" in labels[1]
    assert '<dLbls><numFmt formatCode="#,##0" sourceLinked="0"' in labels[1]
    assert len(workbook["图表"]._charts) == 2  # type: ignore[attr-defined]


def _cells(workbook: Workbook, reference: str) -> list[object]:
    sheet, cells = reference.rsplit("!", 1)
    rows = workbook[sheet.strip("'")][cells.replace("$", "")]
    return [cell.value for row in rows for cell in row]


def _shown(table: Table, key: str) -> list[float | None]:
    column = next(one for one in table.columns if one.key == key)
    figures = [held(figure, column.measure) for figure in table.figures(key)]
    return [None if figure is None else float(figure) for figure in figures]


def test_not_visited_lists_each_household_with_its_cadres(workbook: Workbook, report: QuarterReport) -> None:
    sheet = workbook["未走访户名单"]
    listed = [row for row in sheet.iter_rows(min_row=6, values_only=True) if isinstance(row[0], int)]
    expected = [
        (number, line.household.household_no, line.household.head_name, helper.name, helper.unit)
        for number, line in enumerate(report.not_visited, start=1)
        for helper in line.cadres
    ]
    assert [(row[0], row[1], row[4], row[8], row[9]) for row in listed] == expected
    assert len(listed) > len(report.not_visited)
    assert {row[7] for row in listed} == {"160****5678"}
    assert any(f"共{len(report.not_visited)}户" in text for text in below(sheet, 5))


def test_all_visited_is_said_in_words() -> None:
    facts = quarter_facts()
    nobody = build_quarter(replace(facts, households=[], pairings=[], visits=[], awards=[]))
    workbook = made(nobody)
    assert workbook["未走访户名单"]["A6"].value == "应走访的户本季度都已走访"
    assert workbook["附件1 结对汇总表"]["A6"].value == "没有结对户，也没有应结对的户"
