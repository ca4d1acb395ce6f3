"""测算: scenarios side by side, with a chart of their cost a year; a sheet for each; what was assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.entitlement.scenario import Cost, Effect
from jiemin.domain.indicators import Check
from jiemin.domain.money import yuan
from jiemin.domain.periods import Month
from jiemin.sheets.forms.charts import bar_chart, place_chart
from jiemin.sheets.forms.file_names import sheet_name
from jiemin.sheets.forms.frame import TITLE_ROWS, Heading, bureau_of, write_foot, write_header, write_title
from jiemin.sheets.forms.lists import ListColumn, ListRow, write_row
from jiemin.sheets.forms.sums import write_sums
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    lines_needed,
    new_workbook,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
)
from jiemin.sheets.writer import save_workbook

SUMMARY, ASSUMED = "汇总", "说明"

_FIGURES = (
    *(ListColumn(head, 7, Look.COUNT) for head in ("现在领取", "测算领取", "新增", "多领", "少领")),
    *(
        ListColumn(head, 14, Look.MONEY)
        for head in ("现在每月", "测算每月", "每月增加", "到年底增加", "全年增加")
    ),
)
_COLUMNS = (ListColumn("方案", 14, Look.NAME), ListColumn("内容", 30, Look.TEXT), *_FIGURES)
_TEXT_COLUMNS = 6
_CHART_ROWS, _CHART_POINTS = 14, 17.0
_GAP = 200
"""Between two bars, in per cent of one: few scenarios make no walls."""


@dataclass(frozen=True, slots=True)
class Scenery:
    """A scenario as its sheets tell it; `groups` are by town or whatever the sheet is by."""

    name: str
    described: str
    sentence: str
    effect: Effect
    groups: Mapping[str, Effect]
    remarks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """The month scenarios hold from, that of the monthly figures, whose the sheets are and of which day."""

    first: Month
    month: Month
    county: str
    filled_on: date

    def heading(self, title: str, subtitle: str) -> Heading:
        """The title block of a sheet."""
        return Heading("", title, subtitle, bureau_of(self.county), self.filled_on, "单位：户、元")


def write_simulation(scenes: Sequence[Scenery], path: Path, setting: Setting, *, by: str) -> None:
    """Save the scenarios, each also `by` its groups; raises `SaveError` when they cannot be saved."""
    workbook = new_workbook()
    _write_summary(workbook, scenes, setting)
    taken = {SUMMARY, ASSUMED}
    for scene in scenes:
        name = sheet_name(scene.name, taken)
        taken.add(name.casefold())
        _write_scene(workbook, name, scene, setting, by)
    _write_assumed(workbook, setting)
    save_workbook(workbook, path)


def _since(setting: Setting) -> str:
    return f"从{setting.first.label}起"


def _write_summary(workbook: Workbook, scenes: Sequence[Scenery], setting: Setting) -> None:
    """The scenarios one below the other, the chart, and the sentences, on one page."""
    sheet: Worksheet = workbook.create_sheet(SUMMARY)
    widths = spread([column.width for column in _COLUMNS], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, setting.heading("困难家庭补助标准测算", _since(setting)), widths)
    row = header = write_header(sheet, [(column.head,) for column in _COLUMNS], widths)
    for scene in scenes:
        row += 1
        cells = (scene.name, scene.described, *_cells(scene.effect))
        write_row(sheet, row, _COLUMNS, ListRow(cells), widths)
    years = [(len(_COLUMNS), "全年增加")]
    chart = bar_chart(sheet, "各方案全年比现在增加（元）", 1, years, (header + 1, row), "#,##0")
    chart.gapWidth = _GAP
    place_chart(sheet, chart, (row + 1, _CHART_ROWS), len(_COLUMNS))
    below = row + 1 + _CHART_ROWS
    for blank in range(row + 2, below + 1):
        sheet.row_dimensions[blank].height = _CHART_POINTS
    notes = [text for scene in scenes for text in (f"{scene.sentence}。", *_stops(scene.remarks))]
    last = write_foot(sheet, below + 1, widths, notes=[*notes, f"怎样测算的，见“{ASSUMED}”表。"])
    header_rows = (TITLE_ROWS + 1, header)
    set_page(sheet, last_row=last, last_column=len(_COLUMNS), header=header_rows, one_page=True)


def _write_assumed(workbook: Workbook, setting: Setting) -> None:
    """What the figures rest on, point by point."""
    sheet: Worksheet = workbook.create_sheet(ASSUMED)
    widths = [LANDSCAPE_WIDTH / _TEXT_COLUMNS] * _TEXT_COLUMNS
    set_widths(sheet, widths)
    write_title(sheet, setting.heading("测算说明", _since(setting)), widths)
    row = TITLE_ROWS
    for number, text in enumerate(_assumed(setting), start=1):
        row += 1
        put_merged(sheet, row, 1, _TEXT_COLUMNS, f"{number}. {text}", Look.TEXT)
        set_height(sheet, row, lines_needed(text, LANDSCAPE_WIDTH))
    set_page(sheet, last_row=row, last_column=_TEXT_COLUMNS)


def _write_scene(workbook: Workbook, name: str, scene: Scenery, setting: Setting, by: str) -> None:
    """A scenario by its groups; households may stand in several items, money adds up."""
    rows = scene.groups.values()
    total = scene.effect
    summed = (_summed([each.now for each in rows]), _summed([each.then for each in rows]))
    month = total.difference.month
    write_sums(
        workbook,
        name,
        setting.heading(f"{scene.name}测算表", scene.described),
        [ListColumn(by, 16, Look.NAME), *_FIGURES],
        [(group, *_cells(effect)) for group, effect in scene.groups.items()],
        _cells(total),
        checks=[
            Check("每月增加=测算每月-现在每月", month == summed[1].month - summed[0].month),
            Check("各行相加=合计", summed == (total.now, total.then)),
        ],
        notes=[f"{scene.sentence}。", *_stops(scene.remarks)],
    )


def _summed(costs: Sequence[Cost]) -> Cost:
    whole = Cost()
    for cost in costs:
        whole = whole.plus(cost)
    return whole


def _stops(remarks: Sequence[str]) -> list[str]:
    return [f"{each}。" for each in remarks]


def _cells(effect: Effect) -> tuple[CellValue, ...]:
    counts = (effect.receiving, effect.then_receiving, effect.gained, effect.more, effect.fewer)
    money = (effect.now.month, effect.then.month, *effect.difference)
    return (*counts, *map(yuan, money))


def _assumed(setting: Setting) -> list[str]:
    """What the figures rest on."""
    first, month, day = setting.first, setting.month, setting.filled_on
    return [
        f"测算从{first.label}起把方案所列的标准换成所列的数值，它原来的最低线不再用；别的标准不变，"
        "规定不低于它若干的跟着变。什么都没有写入数据库。",
        f"每月的数是{month.label}按月发的补助。以前的月份按当月最后一天的家庭情况，本月和以后的按"
        f"{day.year}年{day.month}月{day.day}日的家庭情况，不估计以后的新增、退出和收入变化。",
        f"到年底增加：{first.label}到12月逐月相加；按年发的按{first.year}年度算一次，年中变动的按政策文件写明的办法。",
        f"全年增加：按月发的是{month.label}的12倍，按年发的是一整年的；医疗救助、危房改造、临时救助按当年已经登记的事项算，"
        "不估计以后的。",
        "户数只看方案涉及的项目和类别，按全年的金额比较：领取是有钱领的，新增是现在没有、测算有的，多领、少领是比现在多、比现在少的。",
        "县里原来没有写标准的项目，现在按0算。缺少资料、算不出的户，现在和测算都没有计入。",
        "可能新符合低保条件的，是人均收入不低于现行标准、低于测算标准的低收入家庭。名册不分城乡，改农村标准就和农村标准比，"
        "改城镇标准就和城镇标准比。能不能享受要经审批，没有计入。",
    ]
