"""抽查表: what the inspectors take along: where each household drawn lives, whom to call, what is on record.

It goes to work, so addresses and telephone numbers are full; it is readable by its owner alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiemin.sheets.forms.frame import TITLE_ROWS, Heading, bureau_of
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.style import Look, new_workbook
from jiemin.sheets.writer import save_workbook

SHEET_NAME = "抽查表"

_COLUMNS = (
    ListColumn("序号", 5.5, Look.COUNT),
    ListColumn("户编号", 9.2, Look.CODE),
    ListColumn("镇(街道)\n村(社区)", 12, Look.CODE),
    ListColumn("户主", 8.5, Look.CODE),
    ListColumn("住址", 15, Look.TEXT),
    ListColumn("联系电话", 14, Look.CODE),
    ListColumn("第一责任人\n单位、电话", 17, Look.CODE),
    ListColumn("本季度的走访记录", 30, Look.TEXT),
    ListColumn("见到何人", 8.5, Look.TEXT),
    ListColumn("核实情况", 20, Look.TEXT),
    ListColumn("结果", 10, Look.CODE),
    ListColumn("督查人签名", 10, Look.CODE),
)
_LEAST_HEIGHT = 54.0
"""Points; a row leaves room to write by hand."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One household of the list; `visits` has a line for each contact of the quarter.

    What was found already stands in `met`, `finding`, `result` and `inspector`, else they are blank.
    """

    household_no: str
    place: str
    head_name: str
    address: str
    phones: tuple[str, ...]
    cadre: tuple[str, ...]
    visits: tuple[str, ...]
    finding: str = ""
    result: str = ""
    inspector: str = ""


def write_inspection_list(
    lines: Sequence[CheckLine],
    path: Path,
    *,
    county: str,
    subtitle: str,
    notes: Sequence[str],
    filled_on: date,
) -> None:
    """Save the list; raises `SaveError` when it cannot be saved."""
    workbook = new_workbook()
    heading = Heading(
        "", "“干部结民亲”活动走访情况抽查表", subtitle, bureau_of(county), filled_on, "单位：户"
    )
    first, number, *others = _COLUMNS
    sheet = write_list(
        workbook,
        SHEET_NAME,
        heading,
        [first, fitted(number, (line.household_no for line in lines)), *others],
        _rows(lines),
        empty="没有抽到户",
        notes=["结果填：属实、部分属实、不属实 或 未见到人。本表有完整住址和电话，用后请妥善保管。", *notes],
    )
    for row in range(TITLE_ROWS + 2, TITLE_ROWS + 2 + len(lines)):
        size = sheet.row_dimensions[row]
        size.height = max(size.height or 0.0, _LEAST_HEIGHT)
    save_workbook(workbook, path)


def _rows(lines: Iterable[CheckLine]) -> Iterator[ListRow]:
    for number, line in enumerate(lines, start=1):
        yield ListRow(
            (
                number,
                line.household_no,
                line.place,
                line.head_name,
                line.address,
                "\n".join(line.phones),
                "\n".join(line.cadre),
                "\n".join(line.visits) or "没有走访记录",
                None,
                line.finding or None,
                line.result or None,
                line.inspector or None,
            )
        )
