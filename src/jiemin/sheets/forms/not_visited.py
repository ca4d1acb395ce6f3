"""未走访户名单: who is still to be visited, and by whom."""

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import NotVisited
from jiemin.sheets.forms.frame import Heading
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.forms.pairing_list import masked_phones
from jiemin.sheets.style import Look

SHEET_NAME = "未走访户名单"

_COLUMNS = (
    ListColumn("序号", 6, Look.COUNT),
    ListColumn("户编号", 11, Look.CODE),
    ListColumn("镇(街道)", 13, Look.CODE),
    ListColumn("村(社区)", 14, Look.CODE),
    ListColumn("户主姓名", 11, Look.CODE),
    ListColumn("家庭人口", 8, Look.COUNT),
    ListColumn("困难类别", 19, Look.CODE),
    ListColumn("联系电话", 16, Look.CODE),
    ListColumn("结对干部", 12, Look.CODE),
    ListColumn("单位", 22, Look.CODE),
    ListColumn("干部电话", 16, Look.CODE),
    ListColumn("备注", 10, Look.CODE),
)
_OF_HOUSEHOLD = 8


def add_not_visited(workbook: Workbook, heading: Heading, households: Sequence[NotVisited]) -> Worksheet:
    """Add the list; a household with several cadres takes several rows."""
    first, number, *others = _COLUMNS
    return write_list(
        workbook,
        SHEET_NAME,
        heading,
        [first, fitted(number, (line.household.household_no for line in households)), *others],
        _rows(households),
        empty="应走访的户本季度都已走访",
        notes=[f"应走访而未走访共{len(households)}户。"],
    )


def _rows(households: Sequence[NotVisited]) -> Iterator[ListRow]:
    for number, line in enumerate(households, start=1):
        household = line.household
        own = (
            number,
            household.household_no,
            household.town,
            household.village,
            household.head_name,
            household.size,
            household.household_class.value,
            masked_phones(household.phones),
        )
        for place, cadre in enumerate(line.cadres):
            cells = (*own, cadre.name, cadre.unit, masked_phones(cadre.phones), "")
            yield ListRow(cells, repeated=_OF_HOUSEHOLD if place else 0)
