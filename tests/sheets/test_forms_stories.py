"""The sheet of 典型事迹: every story whole, one after another, with of whom it tells."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.quarters import quarter_facts

from jiemin.domain.indicators import StoryLine, build_quarter
from jiemin.sheets.forms.quarterly import quarterly_workbook
from jiemin.sheets.forms.stories import write_stories

DAY = date(2014, 6, 30)
LONG = "老人家里的灶台裂了，烟熏得墙壁发黑，结对干部记在心上。" * 80
"""More than two thousand signs in one paragraph."""
STORIES = [
    StoryLine(
        "S0001",
        date(2014, 5, 12),
        "一口新灶",
        f"第一段。\n\n{LONG}\n最后一段。",
        "A001",
        "市民政局",
        "乌镇镇望湖村 沈阿一户",
    ),
    StoryLine("S0002", DAY, "义诊", "电话16012345678，请联系。", None, "市卫生局", "市卫生局"),
]


def body(sheet: Worksheet) -> list[str]:
    return [str(row[0].value) for row in sheet.iter_rows(min_row=5) if row[0].value is not None]


def test_stories_stand_whole_one_after_another(tmp_path: Path) -> None:
    path = tmp_path / "stories.xlsx"
    write_stories(STORIES, path, county="桐乡市", subtitle="（2014年第二季度）", filled_on=DAY)
    sheet = load_workbook(path)["典型事迹"]
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["“干部结民亲”活动典型事迹", "（2014年第二季度）"]
    lines = body(sheet)
    assert lines[:4] == [
        "共2篇。",
        "1. 一口新灶",
        "S0001　2014年5月12日　乌镇镇望湖村 沈阿一户",
        "　　第一段。",
    ]
    assert lines[-3:] == ["2. 义诊", "S0002　2014年6月30日　市卫生局", "　　电话160****5678，请联系。"]
    between = lines[4 : lines.index("　　最后一段。")]
    assert "".join(between) == f"　　{LONG}"
    assert len(LONG) > 2000
    assert all(5 < (size.height or 0) < 409 for size in sheet.row_dimensions.values())
    assert sheet.page_setup.orientation == "portrait"


def test_the_quarters_workbook_holds_them_or_says_that_there_is_none() -> None:
    report = build_quarter(quarter_facts(stories=STORIES))
    workbook = quarterly_workbook(report, county="桐乡市", filled_on=DAY)
    assert "1. 一口新灶" in body(workbook["典型事迹"])
    nothing = quarterly_workbook(build_quarter(quarter_facts()), county="桐乡市", filled_on=DAY)
    assert body(nothing["典型事迹"]) == ["本季度没有登记典型事迹。"]
