"""The workbooks of people and visits, as bureaus keep them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sample.cadres import Cadre
from sample.families import Family
from sample.pages import Cells, Column, Page, add_page, save
from sample.visits import Visit

from jiemin.domain.codes import HouseholdClass
from jiemin.sheets.style import Look, new_workbook

_CLASS_WORDS = {HouseholdClass.LOW_INCOME: "低收入"}
"""As rosters write it."""

_HOUSEHOLDS: tuple[Column, ...] = (
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
_MEMBERS: tuple[Column, ...] = (
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
_CADRES: tuple[Column, ...] = (
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
_VISITS: tuple[Column, ...] = (
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

_OFFICE, _DAY = "填报单位：桐乡市民政局", "填报时间：2014年4月1日"
_HOUSEHOLD_SHEET = Page(
    "困难家庭", "桐乡市困难家庭名册（2014年4月）", (_OFFICE, _DAY, "单位：人、元"), _HOUSEHOLDS
)
_MEMBER_SHEET = Page("家庭成员", "桐乡市困难家庭成员名册（2014年4月）", (_OFFICE, _DAY, "单位：人"), _MEMBERS)
_CADRE_SHEET = Page(
    "干部", "桐乡市结对干部名册（2014年4月）", ("填报单位：桐乡市委组织部", _DAY, "单位：人"), _CADRES
)
_VISIT_SHEET = Page(
    "走访记录",
    "桐乡市“干部结民亲”活动走访记录（2014年第二季度）",
    ("填报单位：桐乡市民政局", "填报时间：2014年6月30日", "单位：次"),
    _VISITS,
)


def save_rosters(path: Path, families: Sequence[Family], cadres: Sequence[Cadre]) -> None:
    """Write households.xlsx: 困难家庭, 家庭成员 and 干部."""
    workbook = new_workbook()
    add_page(workbook, _HOUSEHOLD_SHEET, (_household_cells(family) for family in families))
    add_page(workbook, _MEMBER_SHEET, _member_rows(families))
    add_page(workbook, _CADRE_SHEET, (_cadre_cells(cadre) for cadre in cadres))
    save(workbook, path)


def save_visits(path: Path, visits: Sequence[Visit]) -> None:
    """Write visits.xlsx."""
    workbook = new_workbook()
    add_page(workbook, _VISIT_SHEET, (_visit_cells(visit) for visit in visits))
    save(workbook, path)


def _household_cells(family: Family) -> Cells:
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


def _member_rows(families: Iterable[Family]) -> Iterator[Cells]:
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


def _cadre_cells(cadre: Cadre) -> Cells:
    leader = "是" if cadre.leader else "否"
    links = (cadre.link_town, cadre.link_village or None)
    return (cadre.name, cadre.unit, cadre.post, cadre.rank or None, leader, cadre.phone, *links, None)


def _visit_cells(visit: Visit) -> Cells:
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
