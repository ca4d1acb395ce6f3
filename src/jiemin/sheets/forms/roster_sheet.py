"""A roster as a sheet, from the declared columns alone: what the empty form and the export share."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.codes import Survey
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.style import BODY_FONT, Look, put, set_height, set_page, set_widths, text_width
from jiemin.sheets.writer import SaveError

SPEC_OF = {spec.kind: spec for spec in SPECS}
LINES = "序号"
FIRST_ROW = 2
"""Below the header."""
_MARKS = {"必需": "*", "或": "#", "": ""}
"""What stands behind a label; the importer does not mind it."""
_LISTED_ROWS = 5000
_LONGEST_LIST = 255
"""What a drop-down list may hold when it stands in the sheet itself."""
_FORMATS = {Holds.COUNT: "0", Holds.MONEY: "0.00", Holds.AREA: "0.00", Holds.DAY: "yyyy-mm-dd"}
LOOKS = {Holds.COUNT: Look.COUNT, Holds.MONEY: Look.MONEY, Holds.AREA: Look.MONEY, Holds.DAY: Look.DATE}
"""Of all other columns the cells are of text, so that 3-201 does not become a date."""
_WIDTHS = {Holds.NUMBER: 15.0, Holds.DAY: 13.0, Holds.MONEY: 12.0, Holds.AREA: 11.0, Holds.COUNT: 9.0}
_LONG = {
    "head_id": 25.0,
    "person_id": 25.0,
    "certificate": 27.0,
    "account": 25.0,
    "address": 22.0,
    "needs": 22.0,
    "note": 22.0,
    "cadre_unit": 18.0,
    "measure_what": 30.0,
    "outcome": 22.0,
    **{f"{survey.name.lower()}_{name}": 16.0 for survey in Survey for name in ("missing", "finding")},
    "visit_note": 36.0,
    "visit_needs": 30.0,
    "visit_deeds": 30.0,
    "visit_gift_goods": 20.0,
    "visit_promise": 30.0,
}


def refuse_existing(path: Path) -> None:
    """Raise `SaveError` for a file that is there: somebody may have filled it in."""
    if path.exists():
        raise SaveError(f"“{path}”已经有了，没有动它", "换一个文件名，或先把原来的移走")


def heading(spec: SheetSpec, column: Column) -> str:
    """The label as the form prints it: unit behind, * for what each row must tell, # for one of several."""
    unit = f"({column.unit})" if column.unit and not column.label.endswith(")") else ""
    return f"{column.label}{unit}{_MARKS[spec.needed(column)]}"


def add_roster_sheet(workbook: Workbook, kind: SheetKind, towns: Sequence[str]) -> Worksheet:
    """Add a sheet of a kind with its header, ready for rows from `FIRST_ROW` on.

    Each column has the format of what it holds, down to the end of the sheet, and offers the words it
    takes; the header explains itself in notes.
    """
    spec = SPEC_OF[kind]
    sheet: Worksheet = workbook.create_sheet(kind.value)
    headings = [LINES, *(heading(spec, column) for column in spec.columns)]
    widths = [6.0, *(_width(column, text) for column, text in zip(spec.columns, headings[1:], strict=True))]
    set_widths(sheet, widths)
    for place, text in enumerate(headings, start=1):
        put(sheet, 1, place, text, Look.HEAD)
    set_height(sheet, 1, 2)
    _format(sheet, 1, Holds.COUNT)
    for place, column in enumerate(spec.columns, start=2):
        _format(sheet, place, column.holds)
        sheet.cell(1, place).comment = Comment(column.meaning, "结民", height=90, width=260)
        _offer(sheet, place, towns if column.holds is Holds.TOWN else [str(each) for each in column.choices])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    set_page(sheet, last_row=1, last_column=len(headings), header=(1, 1))
    sheet.print_area = None  # whatever is filled in gets printed
    sheet.sheet_view.showGridLines = True
    return sheet


def _format(sheet: Worksheet, place: int, holds: Holds) -> None:
    """Format the whole column, and leave it open for writing should the sheet be protected."""
    column = sheet.column_dimensions[get_column_letter(place)]
    column.number_format = _FORMATS.get(holds, "@")
    column.font = Font(name=BODY_FONT, size=11)
    column.alignment = Alignment(vertical="center", wrap_text=True)
    column.protection = Protection(locked=False)


def _offer(sheet: Worksheet, place: int, words: Sequence[str]) -> None:
    """Offer the words in a drop-down list; other spellings of them may be written all the same."""
    listed = ",".join(words)
    if not words or len(listed) > _LONGEST_LIST:
        return
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
    offer.errorTitle, offer.error = "不在下拉列表里", "请从列表里选；确实要这样写，点“是”"
    offer.showErrorMessage = True
    letter = get_column_letter(place)
    offer.add(f"{letter}{FIRST_ROW}:{letter}{_LISTED_ROWS}")
    sheet.add_data_validation(offer)


def _width(column: Column, text: str) -> float:
    """Wide enough for what the column holds, and for its heading in two lines."""
    least = _LONG.get(column.field, _WIDTHS.get(column.holds, 11.0))
    return max(least, text_width(text) / 2 + 3.0)
