"""Empty rosters to be filled in, from the declared columns alone."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.spec import SheetSpec
from jiemin.sheets.forms.roster_sheet import (
    FIRST_ROW,
    LOOKS,
    SPEC_OF,
    add_roster_sheet,
    heading,
    refuse_existing,
)
from jiemin.sheets.style import (
    BODY_FONT,
    Look,
    lines_needed,
    new_workbook,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
)
from jiemin.sheets.writer import save_workbook

GUIDE = "填写说明"
EXAMPLE = "示例"
"""In the first column: the importer passes the row over."""
_GREY = PatternFill("solid", fgColor="FFEDEDED")
_LAST_COLUMN = 16384
_GUIDE_WIDTHS = (22.0, 14.0, 12.0, 98.0)
_GENERAL = (
    "表头带 * 的列每行必填；带 # 的几列每行至少填一列；其余没有就空着。空格子表示不变，不会抹掉已有的内容。",
    "灰色的示例行不会导入，可以删去，也可以留着。不用的列可以删去；表头不要改，改了可能认不出。",
    "身份证号、银行账号、电话等列已设成文本格式。从别的表复制来的，请用“选择性粘贴 → 数值”：连格式一起粘贴，"
    "号码可能丢掉末几位。",
    "有下拉箭头的格子可以选，也可以照平常的写法写。日期写成 2014-06-30；金额只填数字，单位为元。",
    "表头受保护，没有密码：审阅 → 撤销工作表保护。填好后用 jiemin import 导入，同一个文件导入几次都一样。",
)


def write_template(kinds: Sequence[SheetKind], path: Path, towns: Sequence[str]) -> None:
    """Save a workbook with an empty sheet of each kind and the instructions.

    `towns` are offered where a town is to be written. Raises `SaveError` when it cannot be saved, or
    when there is such a file already.
    """
    refuse_existing(path)
    workbook = new_workbook()
    for kind in kinds:
        sheet = add_roster_sheet(workbook, kind, towns)
        _write_example(sheet, SPEC_OF[kind])
        _protect_header(sheet)
    _add_guide(workbook, [SPEC_OF[kind] for kind in kinds])
    save_workbook(workbook, path)


def _write_example(sheet: Worksheet, spec: SheetSpec) -> None:
    """A row filled in as it should be, in grey."""
    values = [EXAMPLE, *(column.example for column in spec.columns)]
    looks = [Look.CODE, *(LOOKS.get(column.holds, Look.CODE) for column in spec.columns)]
    for place, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
        put(sheet, FIRST_ROW, place, None if value == "" else value, look)
        cell = sheet.cell(FIRST_ROW, place)
        cell.fill, cell.protection = _GREY, Protection(locked=False)
        cell.font = Font(name=BODY_FONT, size=11, italic=True, color="FF808080")
    set_height(sheet, FIRST_ROW, 1)


def _protect_header(sheet: Worksheet) -> None:
    """Lock the header alone, without a password; rows may be added, taken away and sorted."""
    beyond = sheet.column_dimensions[get_column_letter(sheet.max_column + 1)]
    beyond.min, beyond.max = sheet.max_column + 1, _LAST_COLUMN
    beyond.protection = Protection(locked=False)  # a row goes only when all its cells are open
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = False
    protection.sort = protection.autoFilter = False


def _add_guide(workbook: Workbook, specs: Sequence[SheetSpec]) -> None:
    """The instructions: what holds of all sheets, then each kind's columns."""
    sheet: Worksheet = workbook.create_sheet(GUIDE)
    set_widths(sheet, _GUIDE_WIDTHS)
    put_merged(sheet, 1, 1, 4, GUIDE, Look.TITLE)
    sheet.row_dimensions[1].height = 32.0
    row = 1
    for number, words in enumerate(_GENERAL, start=1):
        row = _write_note(sheet, row + 1, f"{number}. {words}")
    for spec in specs:
        row = _write_note(sheet, row + 2, f"【{spec.kind.value}】{spec.meaning}")
        row = _write_columns(sheet, row + 1, spec)
    set_page(sheet, last_row=row, last_column=len(_GUIDE_WIDTHS))


def _write_note(sheet: Worksheet, row: int, words: str) -> int:
    put_merged(sheet, row, 1, len(_GUIDE_WIDTHS), words, Look.NOTE)
    set_height(sheet, row, lines_needed(words, sum(_GUIDE_WIDTHS)))
    return row


def _write_columns(sheet: Worksheet, row: int, spec: SheetSpec) -> int:
    """The columns of a kind in a table; its last row."""
    for place, text in enumerate(("列", "填不填", "格式", "填什么"), start=1):
        put(sheet, row, place, text, Look.HEAD)
    for number, column in enumerate(spec.columns, start=1):
        row += 1
        label = f"{number}. {heading(spec, column)}"  # so that the row is not taken for a header
        needed = {"必需": "必填", "或": "几列填一列", "": "可不填"}[spec.needed(column)]
        for place, text in enumerate((label, needed, column.holds.value), start=1):
            put(sheet, row, place, text, Look.NAME)
        put(sheet, row, 4, column.meaning, Look.TEXT)
        set_height(sheet, row, lines_needed(column.meaning, _GUIDE_WIDTHS[-1]))
    return row
