"""结对方案: a proposal of pairing for people to edit and import, with who is left and how loads fall."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.codes import PlanStep, Role
from jiemin.domain.pairing.fairness import UnitLoad
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.pairing_plan import COLUMNS
from jiemin.sheets.forms.charts import bar_chart
from jiemin.sheets.forms.frame import TITLE_ROWS, Heading, bureau_of
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.forms.roster_sheet import refuse_existing
from jiemin.sheets.style import CellValue, Look, new_workbook
from jiemin.sheets.writer import save_workbook

SHEET_NAME = SheetKind.PLAN.value
IDLE_SHEET, LOAD_SHEET = "方案附表1 没有结对户的干部", "方案附表2 负担"

_LABELS = {column.field: column.label for column in COLUMNS}
_WIDTHS: dict[str, tuple[float, Look]] = {
    "household_no": (9.2, Look.CODE),
    "head_name": (9, Look.CODE),
    "town": (10, Look.CODE),
    "village": (10.5, Look.CODE),
    "need_class": (12, Look.CODE),
    "need_depth": (6, Look.COUNT),
    "role": (12, Look.CODE),
    "cadre_no": (9.2, Look.CODE),
    "cadre_name": (9, Look.CODE),
    "cadre_unit": (17, Look.CODE),
    "cadre_post": (10, Look.CODE),
    "step": (8, Look.CODE),
    "start": (13.4, Look.DATE),
    "reasons": (46, Look.TEXT),
    "former": (10, Look.CODE),
    "note": (8, Look.TEXT),
}
_OF_HOUSEHOLD = 7
"""So many columns from the left, 序号 among them, speak of the household."""
_IDLE = (
    ListColumn("序号", 6, Look.COUNT),
    ListColumn("干部编号", 12, Look.CODE),
    ListColumn("干部", 14, Look.CODE),
    ListColumn("单位", 44, Look.CODE),
    ListColumn("职务", 24, Look.CODE),
    ListColumn("是否领导", 10, Look.CODE),
)
_LOADS = (
    ListColumn("序号", 6, Look.COUNT),
    ListColumn("单位", 33, Look.CODE),
    ListColumn("在职干部(人)", 19, Look.COUNT),
    ListColumn("结对(户次)", 19, Look.COUNT),
    ListColumn("人均(户)", 19, Look.RATE),
)
_CHART_ROWS = 26
_MOST_BARS = 30
"""More bars than this cannot be told apart."""
_SPARE_ROWS = 1000
"""Below the list, for rows added by hand, so many rows offer the lists as well."""
_GUIDE = (
    "怎么改：不要这一对的，“处理”改成“结束”；换人的，把“干部编号”改成新干部的编号，并清空或改对“干部”“单位”；"
    "添人的，插入一行，写户编号、干部编号、身份，“处理”写“新增”。“原有干部”一栏不要改。",
    "列出的户，从方案日期起只有列出而没写“结束”的各对；没有列出的户不动。删去一行等于结束那一对；"
    "一户的行全部删去等于不动这一户。没有干部的户列在最后，填上干部就结对。",
    "改好存盘后运行 jiemin import 本文件；有错的会指出是哪一格，那一户先不动，其余照办。",
)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A household and one of its cadres; without a cadre, a household that nobody helps.

    `reasons` are what speaks for the pair, or why it ends; `former` the numbers of the cadres the
    household has now.
    """

    household_no: str
    head_name: str
    town: str
    village: str
    household_class: str
    depth: int | None
    former: tuple[str, ...]
    reasons: str
    role: Role | None = None
    cadre_no: str = ""
    cadre_name: str = ""
    unit: str = ""
    post: str = ""
    step: PlanStep | None = None
    start: date | None = None


@dataclass(frozen=True, slots=True)
class IdleCadre:
    """A serving cadre without a household."""

    cadre_no: str
    name: str
    unit: str
    post: str
    leader: bool


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A proposal as of `day`: new pairs begin on `begin` at the earliest, `lines` go by household."""

    day: date
    begin: date
    lines: Sequence[PlanLine]
    idle: Sequence[IdleCadre]
    loads: Sequence[UnitLoad]


def write_plan(form: PlanForm, path: Path, *, county: str, filled_on: date) -> None:
    """Save the plan; raises `SaveError` when it cannot be saved, or when there is such a file already."""
    refuse_existing(path)
    workbook = new_workbook()
    day = f"{form.day.year}年{form.day.month}月{form.day.day}日"
    filled_by = bureau_of(county)
    subtitle = f"（方案日期：{day}）"
    _write_pairs(workbook, Heading("", "结对方案", subtitle, filled_by, filled_on, "单位：户、人"), form)
    write_list(
        workbook,
        IDLE_SHEET,
        Heading("", "没有结对户的干部", subtitle, filled_by, filled_on, "单位：人"),
        _IDLE,
        _idle_rows(form.idle),
        empty="干部都有结对户",
        notes=["只供参考，导入方案时不看这张表。"],
    )
    heading = Heading("", "各单位结对负担", subtitle, filled_by, filled_on, "单位：人、户次、户")
    _write_loads(workbook, heading, form.loads)
    save_workbook(workbook, path)


def _write_pairs(workbook: Workbook, heading: Heading, form: PlanForm) -> None:
    columns = [ListColumn("序号", 5.5, Look.COUNT)]
    columns += [ListColumn(_LABELS[name], width, look) for name, (width, look) in _WIDTHS.items()]
    for place, texts in (
        (1, [line.household_no for line in form.lines]),
        (8, [line.cadre_no for line in form.lines]),
        (15, [number for line in form.lines for number in line.former]),
    ):
        columns[place] = fitted(columns[place], texts)
    rows = list(_rows(form.lines))
    sheet = write_list(
        workbook,
        SHEET_NAME,
        heading,
        columns,
        rows,
        empty="没有应结对的户",
        notes=[*_notes(form), *_GUIDE],
    )
    header = TITLE_ROWS + 1
    last = header + len(rows) + _SPARE_ROWS
    heads = [column.head for column in columns]
    for name, words in (("role", Role), ("step", PlanStep)):
        _offer(sheet, heads.index(_LABELS[name]) + 1, [word.value for word in words], header + 1, last)
    for column in COLUMNS:
        cell = sheet.cell(header, heads.index(column.label) + 1)
        cell.comment = Comment(column.meaning, "结民", height=90, width=260)
    sheet.freeze_panes = f"D{header + 1}"


def _notes(form: PlanForm) -> list[str]:
    steps = [line.step for line in form.lines]
    counted = "，".join(f"{step}{steps.count(step)}对" for step in PlanStep if steps.count(step))
    alone = sum(line.step is None for line in form.lines)
    homes = len({line.household_no for line in form.lines})
    begun = f"；新增的自{form.begin}起" if PlanStep.BEGIN in steps else ""
    return [f"共{homes}户：{counted or '没有结对'}；没有干部的{alone}户{begun}。"]


def _rows(lines: Sequence[PlanLine]) -> Iterator[ListRow]:
    number, before = 0, ""
    for line in lines:
        again = line.household_no == before
        number, before = number + (not again), line.household_no
        cells: tuple[CellValue, ...] = (
            number,
            line.household_no,
            line.head_name,
            line.town,
            line.village,
            line.household_class.replace("(", "\n("),
            line.depth,
            line.role.value if line.role else None,
            line.cadre_no or None,
            line.cadre_name or None,
            line.unit or None,
            line.post or None,
            line.step.value if line.step else None,
            line.start,
            line.reasons,
            "\n".join(line.former) or None,
            None,
        )
        yield ListRow(cells, repeated=_OF_HOUSEHOLD if again else 0)


def _offer(sheet: Worksheet, place: int, words: Sequence[str], first: int, last: int) -> None:
    """Offer the words in a drop-down list; their other spellings may be written all the same."""
    offer = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True, errorStyle="warning"
    )
    offer.errorTitle, offer.error = "不在下拉列表里", "请从列表里选；确实要这样写，点“是”"
    offer.showErrorMessage = True
    letter = get_column_letter(place)
    offer.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(offer)


def _idle_rows(idle: Sequence[IdleCadre]) -> Iterator[ListRow]:
    for number, one in enumerate(idle, start=1):
        leader = "是" if one.leader else "否"
        yield ListRow((number, one.cadre_no, one.name, one.unit, one.post, leader))


def _write_loads(workbook: Workbook, heading: Heading, loads: Sequence[UnitLoad]) -> None:
    """The units, the heaviest first; on a page of its own the chart of the first of them."""
    heaviest = sorted(loads, key=lambda unit: (-unit.per_head, unit.unit))
    rows = [
        ListRow((number, unit.unit, unit.staff, unit.households, Decimal(unit.per_head) / 10))
        for number, unit in enumerate(heaviest, start=1)
    ]
    notes = ["结对户次按干部计：一户由几名干部结对的，计几次。只供参考，导入方案时不看这张表。"]
    sheet = write_list(workbook, LOAD_SHEET, heading, _LOADS, rows, empty="没有在职干部", notes=notes)
    if not rows:
        return
    first = TITLE_ROWS + 2
    bars = (first, first + min(len(rows), _MOST_BARS) - 1)
    columns = [(3, "在职干部（人）"), (4, "结对（户次）")]
    chart = bar_chart(sheet, "各单位干部和结对", 2, columns, bars, "0")
    below = sheet.max_row
    sheet.row_breaks.append(Break(below))
    start, end = AnchorMarker(row=below), AnchorMarker(col=len(_LOADS), row=below + _CHART_ROWS)
    chart.anchor = TwoCellAnchor(_from=start, to=end)  # type: ignore[assignment] # stubs know cell names only
    sheet.add_chart(chart)
    sheet.print_area = f"A1:{get_column_letter(len(_LOADS))}{below + _CHART_ROWS}"
