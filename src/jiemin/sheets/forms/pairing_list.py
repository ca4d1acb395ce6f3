"""Annex 1, 困难家庭结对汇总表.

A household with several cadres takes several rows, and its own cells are repeated in grey: so
every row can be sorted, filtered and imported again by itself, and print shows what belongs
together. IDs and telephone numbers are masked; a masked value imported again changes nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import HouseholdLine, PairedCadre, PairingLine
from jiemin.domain.people import mask_id, mask_phone
from jiemin.sheets.forms.frame import Heading, bureau_of
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.style import CellValue, Look, new_workbook
from jiemin.sheets.writer import save_workbook

SHEET_NAME = "附件1 结对汇总表"

_COLUMNS = (
    ListColumn("序号", 5.5, Look.COUNT),
    ListColumn("户编号", 9.2, Look.CODE),
    ListColumn("镇(街道)", 10, Look.CODE),
    ListColumn("村(社区)", 10.5, Look.CODE),
    ListColumn("户主姓名", 9, Look.CODE),
    ListColumn("身份证号", 21.6, Look.CODE),
    ListColumn("家庭人口", 6, Look.COUNT),
    ListColumn("困难类别", 12, Look.CODE),
    ListColumn("主要致困原因", 10, Look.CODE),
    ListColumn("帮扶需求", 18.2, Look.TEXT),
    ListColumn("联系电话", 14, Look.CODE),
    ListColumn("结对干部", 9, Look.CODE),
    ListColumn("单位", 17, Look.CODE),
    ListColumn("职务", 10, Look.CODE),
    ListColumn("干部电话", 14, Look.CODE),
    ListColumn("结对方式", 8, Look.CODE),
    ListColumn("结对职责", 12, Look.CODE),
    ListColumn("结对时间", 12.4, Look.DATE),
    ListColumn("备注", 7, Look.CODE),
)
_OF_HOUSEHOLD = 11
"""So many columns from the left speak of the household, the rest of a cadre."""

_NO_CADRE: tuple[CellValue, ...] = (None, None, None, None)


def write_pairing_list(
    lines: Sequence[PairingLine],
    path: Path,
    *,
    county: str = "桐乡市",
    day: date,
    filled_on: date,
) -> None:
    """Save annex 1 alone, as on `day`; raises `SaveError` when it cannot be saved."""
    workbook = new_workbook()
    subtitle = f"（截至{day.year}年{day.month}月{day.day}日）"
    add_pairing_list(workbook, lines, subtitle, bureau_of(county), filled_on)
    save_workbook(workbook, path)


def add_pairing_list(
    workbook: Workbook,
    lines: Sequence[PairingLine],
    subtitle: str,
    filled_by: str,
    filled_on: date,
) -> Worksheet:
    """Add annex 1 to a workbook."""
    heading = Heading(
        "附件1",
        "“干部结民亲”活动困难家庭结对汇总表",
        subtitle,
        filled_by,
        filled_on,
        "单位：户、人",
    )
    return write_list(
        workbook,
        SHEET_NAME,
        heading,
        _columns(lines),
        _rows(lines),
        empty="没有结对户，也没有应结对的户",
        notes=_notes(lines),
    )


def _columns(lines: Sequence[PairingLine]) -> Sequence[ListColumn]:
    first, number, *others = _COLUMNS
    return first, fitted(number, (line.household.household_no for line in lines)), *others


def _notes(lines: Sequence[PairingLine]) -> list[str]:
    paired = [line for line in lines if line.helpers]
    cadres = {helper.cadre.cadre_no for line in paired for helper in line.helpers}
    pairs = sum(len(line.helpers) for line in paired)
    return [
        f"共{len(lines)}户，其中已结对{len(paired)}户、未结对{len(lines) - len(paired)}户；"
        f"结对干部{len(cadres)}人，结对关系{pairs}对。",
        "一户有几名干部的列几行，灰色为重复的户情；序号按户编。",
    ]


def _rows(lines: Sequence[PairingLine]) -> Iterator[ListRow]:
    for number, line in enumerate(lines, start=1):
        household = _household_cells(number, line.household)
        if not line.helpers:
            yield ListRow((*household, *_NO_CADRE, None, None, None, "未结对"))
        for place, helper in enumerate(line.helpers):
            cells = (*household, *_cadre_cells(helper, line.mode))
            yield ListRow(cells, repeated=_OF_HOUSEHOLD if place else 0)


def _household_cells(number: int, household: HouseholdLine) -> tuple[CellValue, ...]:
    return (
        number,
        household.household_no,
        household.town,
        household.village,
        household.head_name,
        mask_id(household.head_id),
        household.size,
        household.household_class.value.replace("(", "\n("),
        household.cause,
        household.needs,
        masked_phones(household.phones),
    )


def _cadre_cells(helper: PairedCadre, mode: str) -> tuple[CellValue, ...]:
    cadre = helper.cadre
    return (
        cadre.name,
        cadre.unit,
        cadre.post,
        masked_phones(cadre.phones),
        mode,
        helper.role.value,
        helper.start,
        "",
    )


def masked_phones(phones: Sequence[str]) -> str:
    """The numbers, masked, one below the other."""
    return "\n".join(mask_phone(number) for number in phones)
