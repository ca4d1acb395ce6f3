"""The sample's workbooks: printable rosters, the same bytes whenever they are made."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample.cadres import Cadre
from sample.families import Family
from sample.visits import Visit

from jiemin.domain.codes import HouseholdClass
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

_SAVED = (2014, 4, 1, 8, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=</dcterms)")

_CLASS_WORDS = {HouseholdClass.LOW_INCOME: "低收入"}
"""As rosters write it."""

_Column = tuple[str, float, Look]
"""Label, width in characters, look."""

_HOUSEHOLDS: tuple[_Column, ...] = (
    ("序号", 5.5, Look.COUNT),
    ("户编号", 8.5, Look.CODE),
    ("镇(街道)", 10, Look.CODE),
    ("村(社区)", 10, Look.CODE),
    ("户主姓名", 9, Look.CODE),
    ("户主身份证号", 25, Look.CODE),
    ("家庭人口", 5.5, Look.COUNT),
    ("困难类别", 9.8, Look.CODE),
    ("供养方式", 9, Look.CODE),
    ("保障人口", 5.5, Look.COUNT),
    ("家庭月收入(元)", 11, Look.MONEY),
    ("主要致困原因", 10, Look.CODE),
    ("其他致困原因", 10, Look.CODE),
    ("帮扶需求", 17, Look.TEXT),
    ("联系电话", 15.6, Look.CODE),
    ("开户银行", 10, Look.CODE),
    ("银行账号", 26.3, Look.CODE),
    ("备注", 8, Look.CODE),
)
_MEMBERS: tuple[_Column, ...] = (
    ("序号", 6.5, Look.COUNT),
    ("户编号", 8.5, Look.CODE),
    ("户主姓名", 9, Look.CODE),
    ("姓名", 9, Look.CODE),
    ("与户主关系", 11.7, Look.CODE),
    ("身份证号", 25, Look.CODE),
    ("性别", 6, Look.CODE),
    ("出生日期", 12.5, Look.DATE),
    ("健康状况", 13, Look.CODE),
    ("劳动能力", 9, Look.CODE),
    ("文化程度", 17.2, Look.CODE),
    ("残疾类别", 9, Look.CODE),
    ("残疾等级", 5.5, Look.COUNT),
    ("是否保障对象", 9, Look.CODE),
)
_CADRES: tuple[_Column, ...] = (
    ("序号", 6, Look.COUNT),
    ("姓名", 10, Look.CODE),
    ("单位", 22, Look.CODE),
    ("职务", 15, Look.CODE),
    ("职级", 16, Look.CODE),
    ("是否领导", 9, Look.CODE),
    ("联系电话", 15, Look.CODE),
    ("联系镇", 12, Look.CODE),
    ("联系村", 12, Look.CODE),
    ("备注", 10, Look.CODE),
)
_VISITS: tuple[_Column, ...] = (
    ("序号", 5.5, Look.COUNT),
    ("走访日期", 12.5, Look.DATE),
    ("户编号", 8.5, Look.CODE),
    ("户主姓名", 9, Look.CODE),
    ("走访干部", 12, Look.CODE),
    ("走访人单位", 17, Look.CODE),
    ("走访方式", 8, Look.CODE),
    ("暖心手记", 50, Look.TEXT),
    ("了解的需求", 18, Look.TEXT),
    ("办实事", 20, Look.TEXT),
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    title: str
    line: tuple[str, str, str]
    columns: tuple[_Column, ...]


_OFFICE, _DAY = "填报单位：桐乡市民政局", "填报时间：2014年4月1日"
_HOUSEHOLD_SHEET = _Sheet(
    "困难家庭", "桐乡市困难家庭名册（2014年4月）", (_OFFICE, _DAY, "单位：人、元"), _HOUSEHOLDS
)
_MEMBER_SHEET = _Sheet(
    "家庭成员", "桐乡市困难家庭成员名册（2014年4月）", (_OFFICE, _DAY, "单位：人"), _MEMBERS
)
_CADRE_SHEET = _Sheet(
    "干部", "桐乡市结对干部名册（2014年4月）", ("填报单位：桐乡市委组织部", _DAY, "单位：人"), _CADRES
)
_VISIT_SHEET = _Sheet(
    "走访记录",
    "桐乡市“干部结民亲”活动走访记录（2014年第二季度）",
    ("填报单位：桐乡市民政局", "填报时间：2014年6月30日", "单位：次"),
    _VISITS,
)


def save_rosters(path: Path, families: Sequence[Family], cadres: Sequence[Cadre]) -> None:
    """Write households.xlsx: 困难家庭, 家庭成员 and 干部."""
    workbook = new_workbook()
    _add(workbook, _HOUSEHOLD_SHEET, (_household_cells(family) for family in families))
    _add(workbook, _MEMBER_SHEET, _member_rows(families))
    _add(workbook, _CADRE_SHEET, (_cadre_cells(cadre) for cadre in cadres))
    _save(workbook, path)


def save_visits(path: Path, visits: Sequence[Visit]) -> None:
    """Write visits.xlsx."""
    workbook = new_workbook()
    _add(workbook, _VISIT_SHEET, (_visit_cells(visit) for visit in visits))
    _save(workbook, path)


def _household_cells(family: Family) -> tuple[CellValue, ...]:
    return (
        family.number,
        family.place.town,
        family.place.name,
        family.head.name,
        family.head.identity,
        len(family.members),
        _CLASS_WORDS.get(family.household_class, family.household_class.value),
        family.keeping and family.keeping.value,
        family.covered,
        family.income,
        family.story.cause.value,
        family.further_cause and family.further_cause.value,
        family.need,
        family.phone or None,
        "农信联社",
        family.account,
        None,
    )


def _member_rows(families: Iterable[Family]) -> Iterator[tuple[CellValue, ...]]:
    for family in families:
        for member in family.members:
            yield (
                family.number,
                family.head.name,
                member.name,
                member.relation.value,
                member.identity,
                member.sex.value,
                member.birth,
                member.health.value,
                member.labour.value,
                member.education and member.education.value,
                member.disability and member.disability.value,
                member.grade,
                "是" if member.covered else "否",
            )


def _cadre_cells(cadre: Cadre) -> tuple[CellValue, ...]:
    leader = "是" if cadre.leader else "否"
    links = (cadre.link_town, cadre.link_village or None)
    return (cadre.name, cadre.unit, cadre.post, cadre.rank or None, leader, cadre.phone, *links, None)


def _visit_cells(visit: Visit) -> tuple[CellValue, ...]:
    return (
        visit.day,
        visit.family.number,
        visit.family.head.name,
        "、".join(cadre.name for cadre in visit.cadres),
        "、".join(dict.fromkeys(cadre.unit for cadre in visit.cadres)),
        visit.kind.value,
        visit.note,
        visit.heard or None,
        visit.deed or None,
    )


def _add(workbook: Workbook, form: _Sheet, rows: Iterable[tuple[CellValue, ...]]) -> None:
    """A sheet with title, a line of who and when, the header, and numbered rows."""
    sheet: Worksheet = workbook.create_sheet(form.name)
    last = len(form.columns)
    widths = spread([width for _, width, _ in form.columns], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    put_merged(sheet, 1, 1, last, form.title, Look.TITLE)
    sheet.row_dimensions[1].height = 34.0
    third = last // 3
    spans = ((1, third), (third + 1, last - third), (last - third + 1, last))
    looks = (Look.LEFT, Look.MIDDLE, Look.RIGHT)
    for (first, end), look, words in zip(spans, looks, form.line, strict=True):
        put_merged(sheet, 2, first, end, words, look)
    sheet.row_dimensions[2].height = 22.0
    for place, (label, _, _) in enumerate(form.columns, 1):
        put(sheet, 3, place, label, Look.HEAD)
    set_height(sheet, 3, 2)
    row = 3
    for number, cells in enumerate(rows, 1):
        row += 1
        _add_row(sheet, row, (number, *cells), form.columns, widths)
    sheet.freeze_panes = "A4"
    set_page(sheet, last_row=row, last_column=last, header=(3, 3))


def _add_row(
    sheet: Worksheet,
    row: int,
    cells: tuple[CellValue, ...],
    columns: tuple[_Column, ...],
    widths: Sequence[float],
) -> None:
    lines = 1
    for place, (value, (_, _, look)) in enumerate(zip(cells, columns, strict=True), 1):
        put(sheet, row, place, value, look)
        if isinstance(value, str):
            lines = max(lines, lines_needed(value, widths[place - 1]))
    set_height(sheet, row, lines)


def _save(workbook: Workbook, path: Path) -> None:
    """Save without a trace of when it was made."""
    made = io.BytesIO()
    workbook.save(made)
    stamp = "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*_SAVED).encode()
    with ZipFile(made) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + stamp, content)
            entry = ZipInfo(name, _SAVED)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            target.writestr(entry, content)
