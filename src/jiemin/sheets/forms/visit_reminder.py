"""走访提醒单: who of a unit is still to visit whom, with the columns of a visit left blank.

The same sheet, filled in, is imported as a log of visits; rows left blank are passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.codes import VisitKind
from jiemin.domain.periods import Quarter
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.visits import ANSWERING, LAST_VISIT, OPEN_MATTERS, REACHED_BY, READ_ONLY
from jiemin.sheets.forms.file_names import file_stem, sheet_name
from jiemin.sheets.forms.frame import bureau_of
from jiemin.sheets.forms.roster_sheet import SPEC_OF, refuse_existing
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
from jiemin.sheets.writer import SaveError, save_workbook

_LABELS = {column.field: column.label for column in SPEC_OF[SheetKind.VISITS].columns}
_OF_HOUSEHOLD, _TO_FILL_IN = "哪一户", "走访后填写"
_TITLE_ROWS = 3
_LEAST_LINES = 4
"""Rows are at least so many lines high, so that a printed sheet can be filled in by hand."""
_SPARE_ROWS = 300
"""Below the list, for rows copied by hand, so many rows offer the kinds of visit as well."""
_LONGEST_LIST = 255
_GREY = PatternFill("solid", fgColor="FFF2F2F2")


@dataclass(frozen=True, slots=True)
class _Column:
    group: str
    label: str
    width: float
    look: Look


_COLUMNS = (
    _Column("", "序号", 4.5, Look.COUNT),
    _Column(_OF_HOUSEHOLD, _LABELS["household_no"], 8.8, Look.CODE),
    _Column(_OF_HOUSEHOLD, _LABELS["town"], 7.5, Look.CODE),
    _Column(_OF_HOUSEHOLD, _LABELS["village"], 7.5, Look.CODE),
    _Column(_OF_HOUSEHOLD, _LABELS["head_name"], 8.2, Look.CODE),
    _Column(READ_ONLY, REACHED_BY, 14.2, Look.CODE),
    _Column(READ_ONLY, ANSWERING, 11.5, Look.TEXT),
    _Column(READ_ONLY, LAST_VISIT, 12.0, Look.DATE),
    _Column(READ_ONLY, OPEN_MATTERS, 14.0, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["cadre_names"], 8.2, Look.CODE),
    _Column(_TO_FILL_IN, _LABELS["cadre_unit"], 8.0, Look.CODE),
    _Column(_TO_FILL_IN, _LABELS["visit_day"], 12.0, Look.DATE),
    _Column(_TO_FILL_IN, _LABELS["visit_kind"], 6.0, Look.CODE),
    _Column(_TO_FILL_IN, _LABELS["visit_met"], 7.5, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["visit_note"], 16.0, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["visit_needs"], 11.0, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["visit_deeds"], 11.0, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["visit_gift_fen"], 7.5, Look.NAME),
    _Column(_TO_FILL_IN, _LABELS["visit_gift_goods"], 8.5, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["visit_promise"], 11.0, Look.TEXT),
    _Column(_TO_FILL_IN, _LABELS["visit_promise_due"], 12.0, Look.DATE),
)
_VISITORS, _KIND = 10, 13
"""Columns of the sheet, counted from 1."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A need heard or a promise made on `day`, not settled yet; a promise may have a day when it is `due`."""

    sort: str
    words: str
    day: date
    due: date | None = None

    @property
    def label(self) -> str:
        """As the sheet tells it."""
        until = f"，应于{self.due}前办好" if self.due else ""
        return f"{self.sort}（{self.day}{until}）：{self.words}"


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A household still to be visited: `visitors` of this unit who answer for it, and all who do, as told."""

    household_no: str
    town: str
    village: str
    head_name: str
    phones: tuple[str, ...]
    address: str
    visitors: tuple[str, ...]
    answering: tuple[str, ...]
    last_visit: date | None
    matters: tuple[Matter, ...]
    makeup: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """A unit's sheet; `over` says that the quarter has ended."""

    unit: str
    quarter: Quarter
    over: bool
    lines: tuple[ReminderLine, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Where a unit's sheet stands."""

    unit: str
    path: Path
    sheet: str


def write_reminders(
    reminders: Sequence[Reminder], out: Path, *, county: str, filled_on: date
) -> list[Written]:
    """Save all sheets in one workbook, or, when `out` names a folder, each in a workbook of its own.

    The folder is made if need be. No file that exists is replaced. Raises `SaveError` before anything is
    written when one is there, and when a workbook cannot be saved.
    """
    if out.suffix and not out.is_dir():
        return _one_workbook(reminders, out, county, filled_on)
    paths: dict[str, Path] = {}
    for each in reminders:
        taken = {path.stem.casefold() for path in paths.values()}
        paths[each.unit] = out / f"{file_stem(f'{each.unit}走访提醒单', taken)}.xlsx"
        refuse_existing(paths[each.unit])
    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        raise SaveError(f"文件夹“{out}”建不起来", "请换一个位置，上一级文件夹要先建好") from error
    return [
        written
        for each in reminders
        for written in _one_workbook([each], paths[each.unit], county, filled_on)
    ]


def _one_workbook(reminders: Iterable[Reminder], path: Path, county: str, filled_on: date) -> list[Written]:
    refuse_existing(path)
    workbook = new_workbook()
    written = []
    for each in reminders:
        name = sheet_name(each.unit, {sheet.title.casefold() for sheet in workbook.worksheets})
        _add_sheet(workbook, name, each, bureau_of(county), filled_on)
        written.append(Written(each.unit, path, name))
    save_workbook(workbook, path)
    return written


def _add_sheet(workbook: Workbook, name: str, reminder: Reminder, bureau: str, filled_on: date) -> None:
    sheet: Worksheet = workbook.create_sheet(name)
    widths = spread([column.width for column in _COLUMNS], LANDSCAPE_WIDTH)
    last = len(_COLUMNS)
    set_widths(sheet, widths)
    put_merged(sheet, 1, 1, last, f"{reminder.unit} {reminder.quarter.label}走访提醒单", Look.TITLE)
    set_height(sheet, 1, 1, least=34.0)
    for row, text in ((2, _deadline(reminder, bureau, filled_on)), (3, _guide())):
        put_merged(sheet, row, 1, last, text, Look.LEFT if row == 2 else Look.NOTE)
        set_height(sheet, row, lines_needed(text, sum(widths)))
    header = _write_header(sheet)
    for number, line in enumerate(reminder.lines, start=1):
        _write_line(sheet, header + number, _cells(number, line, reminder.unit), widths)
    _offer(sheet, reminder.lines, header)
    end = header + len(reminder.lines) + 1
    signs = "填表人：　　　　　　　　　　联系电话：　　　　　　　　　　　　填表日期："
    put_merged(sheet, end, 1, last, signs, Look.SIGN)
    set_height(sheet, end, 1, least=28.0)
    sheet.freeze_panes = f"F{header + 1}"
    set_page(sheet, last_row=end, last_column=last, header=(_TITLE_ROWS + 1, header))


def _deadline(reminder: Reminder, bureau: str, filled_on: date) -> str:
    day = reminder.quarter.last
    made = f"制表日期：{filled_on.year}年{filled_on.month}月{filled_on.day}日"
    count = f"共{len(reminder.lines)}户"
    if reminder.over:
        return f"{count}。这个季度已经结束：只填季度内已经走访、还没有登记的，填好发回{bureau}。　　{made}"
    return f"{count}，请在{day.year}年{day.month}月{day.day}日以前走访，填好发回{bureau}。　　{made}"


def _guide() -> str:
    return (
        f"填法：去一次填一行，“{_TO_FILL_IN}”各栏有什么写什么，走访日期必填；没有去的空着，不用删。"
        "同一户去了几次，复制这一行再填。走访干部按实际去的人改，几个人用顿号隔开。"
        f"灰色的“{READ_ONLY}”各栏改了不会登记；户编号不要改。"
    )


def _write_header(sheet: Worksheet) -> int:
    """Group headings over labels; answers the last of the two rows."""
    top = _TITLE_ROWS + 1
    place = 1
    while place <= len(_COLUMNS):
        group = _COLUMNS[place - 1].group
        end = place
        while group and end < len(_COLUMNS) and _COLUMNS[end].group == group:
            end += 1
        if group:
            put_merged(sheet, top, place, end, group, Look.HEAD)
        else:
            put_merged(sheet, top, place, place, _COLUMNS[place - 1].label, Look.HEAD, 2)
        for column in range(place, end + 1):
            if group:
                put(sheet, top + 1, column, _COLUMNS[column - 1].label, Look.HEAD)
            if group == READ_ONLY:
                sheet.cell(top, column).fill = sheet.cell(top + 1, column).fill = _GREY
        place = end + 1
    set_height(sheet, top, 1)
    set_height(sheet, top + 1, 2)
    return top + 1


def _cells(number: int, line: ReminderLine, unit: str) -> list[CellValue]:
    matters = "\n".join(each.label for each in line.matters)
    told: list[CellValue] = [
        number,
        line.household_no,
        line.town,
        line.village,
        line.head_name,
        "\n".join([*line.phones, *([line.address] if line.address else [])]) or None,
        "\n".join(line.answering) + ("\n（补访）" if line.makeup else ""),
        line.last_visit or "没有",
        matters or None,
        "、\n".join(line.visitors),
        unit,
    ]
    return told + [None] * (len(_COLUMNS) - len(told))


def _write_line(sheet: Worksheet, row: int, cells: Sequence[CellValue], widths: Sequence[float]) -> None:
    lines = _LEAST_LINES
    for place, (column, value) in enumerate(zip(_COLUMNS, cells, strict=True), start=1):
        put(sheet, row, place, value, column.look)
        if column.group == READ_ONLY:
            sheet.cell(row, place).fill = _GREY
        if isinstance(value, str):
            lines = max(lines, lines_needed(value, widths[place - 1]))
    set_height(sheet, row, lines)


def _offer(sheet: Worksheet, lines: Sequence[ReminderLine], header: int) -> None:
    """Offer the kinds of visit, and where several cadres of the unit answer, one of them or all."""
    letter = get_column_letter(_KIND)
    last = header + len(lines) + _SPARE_ROWS
    _add_list(sheet, [kind.value for kind in VisitKind], f"{letter}{header + 1}:{letter}{last}")
    several: dict[tuple[str, ...], list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if len(line.visitors) > 1:
            several.setdefault(line.visitors, []).append(header + number)
    for names, rows in several.items():
        cells = " ".join(f"{get_column_letter(_VISITORS)}{row}" for row in rows)
        _add_list(sheet, ["、".join(names), *names], cells)


def _add_list(sheet: Worksheet, words: Sequence[str], cells: str) -> None:
    listed = ",".join(words)
    if len(listed) > _LONGEST_LIST or any("," in word or '"' in word for word in words):
        return
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
    offer.errorTitle, offer.error = "不在下拉列表里", "请从列表里选；确实要这样写，点“是”"
    offer.showErrorMessage = True
    for each in cells.split():
        offer.add(each)
    sheet.add_data_validation(offer)
