"""The quarter's workbook for the bureau: annexes 1 and 2 with the lists, stories and charts behind them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from jiemin.domain.indicators import QuarterReport
from jiemin.sheets.forms.charts import add_charts
from jiemin.sheets.forms.frame import Heading, bureau_of
from jiemin.sheets.forms.not_visited import add_not_visited
from jiemin.sheets.forms.pairing_list import add_pairing_list
from jiemin.sheets.forms.statistics import write_statistics
from jiemin.sheets.forms.stories import TITLE as STORIES_TITLE
from jiemin.sheets.forms.stories import add_stories
from jiemin.sheets.style import new_workbook
from jiemin.sheets.writer import save_workbook

TOWNS_SHEET = "附件2 帮扶情况统计表(按镇)"
UNITS_SHEET = "帮扶情况统计表(按单位)"
VISITS_SHEET = "走访情况"
MONEY_SHEET = "补助情况"

_ANNEX_2 = "“干部结民亲”活动帮扶情况统计表"


def write_quarterly(report: QuarterReport, path: Path, *, county: str = "桐乡市", filled_on: date) -> None:
    """Save the quarter's workbook; raises `SaveError` when it cannot be saved."""
    save_workbook(quarterly_workbook(report, county=county, filled_on=filled_on), path)


def quarterly_workbook(report: QuarterReport, *, county: str, filled_on: date) -> Workbook:
    """The quarter's workbook in memory."""
    workbook = new_workbook()
    words = _period(report)
    period = f"（{words}）"
    bureau = bureau_of(county)
    base = Heading("附件2", _ANNEX_2, period, bureau, filled_on, "单位：户、人、次、件、元、篇")
    towns = write_statistics(workbook, TOWNS_SHEET, base, report.by_town, "镇(街道)")
    by_unit = replace(base, subtitle=f"（{words}，按单位）", measures="单位：户、人、次、件、篇")
    write_statistics(workbook, UNITS_SHEET, by_unit, report.by_unit, "单位", landscape=False)
    add_pairing_list(workbook, report.pairings, period, bureau, filled_on)
    table_1 = replace(base, annex="附表1", title="“干部结民亲”活动走访情况表", measures="单位：户、次、件")
    visits = write_statistics(workbook, VISITS_SHEET, table_1, report.visit_table, "镇(街道)")
    table_2 = replace(base, annex="附表2", title="“干部结民亲”活动未走访户名单", measures="单位：户、人")
    add_not_visited(workbook, table_2, report.not_visited)
    table_3 = replace(base, annex="附表3", title="困难家庭生活补助情况表", measures="单位：户、人、元")
    write_statistics(workbook, MONEY_SHEET, table_3, report.money_table, "镇(街道)", remarks=True)
    table_4 = replace(base, annex="附表4", title=STORIES_TITLE, measures="单位：篇")
    add_stories(workbook, report.stories, table_4)
    figure = replace(base, annex="附图", title="“干部结民亲”活动走访和补助情况图", measures="单位：%、元")
    uplifts = [("dibao_uplift", "低保金(本季度)"), ("aid_uplift", "低收入家庭救助(年度)")]
    add_charts(workbook, figure, (visits, report.visit_table), (towns, report.by_town), uplifts)
    return workbook


def _period(report: QuarterReport) -> str:
    day = report.day
    if report.running:
        return f"{report.quarter.label}，截至{day.year}年{day.month}月{day.day}日"
    return report.quarter.label
