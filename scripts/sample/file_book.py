"""The workbook of what the families' files hold, a sheet for each register."""

from pathlib import Path

from sample.family_files import Case, Files, Measured, Promise, Surveyed
from sample.pages import Cells, Column, Page, add_page, save

from jiemin.domain.codes import Condition, Survey
from jiemin.sheets.style import Look, new_workbook

_CONDITIONS: tuple[tuple[Condition, str, float, Look], ...] = (
    (Condition.WAGES, "工资性收入(元/年)", 10, Look.MONEY),
    (Condition.FARMING, "农业经营收入(元/年)", 10, Look.MONEY),
    (Condition.PENSION, "养老金(元/年)", 10, Look.MONEY),
    (Condition.GIFTS, "亲友赠送(元/年)", 10, Look.MONEY),
    (Condition.LAND, "承包土地(亩)", 6, Look.COUNT),
    (Condition.HOUSE_AREA, "住房面积(㎡)", 7, Look.COUNT),
    (Condition.HOUSE_BUILD, "住房结构", 8, Look.CODE),
    (Condition.HOUSE_GRADE, "危房等级", 7, Look.CODE),
    (Condition.ABLE, "劳动力人数", 6.5, Look.COUNT),
    (Condition.EMPLOYED, "就业人数", 6.5, Look.COUNT),
    (Condition.TRAINED, "培训人次", 6.5, Look.COUNT),
    (Condition.AT_SCHOOL, "在读人数", 6.5, Look.COUNT),
    (Condition.HEALTH_INSURED, "合作医疗参保人数", 8, Look.COUNT),
    (Condition.ILLNESS_INSURED, "大病保险参保人数", 8, Look.COUNT),
    (Condition.PENSION_INSURED, "养老保险参保人数", 8, Look.COUNT),
)
_FAMILY: tuple[Column, ...] = (("户编号", 8.5, Look.CODE), ("户主姓名", 9, Look.CODE))


def _clear_and_doubt(survey: Survey) -> tuple[Column, Column]:
    return (survey.value, 6, Look.CODE), (f"{survey.value.removesuffix('清')}不清的内容", 18, Look.TEXT)


_SURVEYED: tuple[Column, ...] = (
    ("序号", 5.5, Look.COUNT),
    ("调查日期", 12.5, Look.DATE),
    *_FAMILY,
    ("调查人", 9, Look.CODE),
    ("调查人单位", 17, Look.CODE),
    *(column for each in Survey for column in _clear_and_doubt(each)),
)
_MEASURED: tuple[Column, ...] = (
    ("序号", 5.5, Look.COUNT),
    ("调查日期", 12.5, Look.DATE),
    *_FAMILY,
    *((label, width, look) for _, label, width, look in _CONDITIONS),
)
_PROMISES: tuple[Column, ...] = (
    ("序号", 5.5, Look.COUNT),
    *_FAMILY,
    ("帮扶计划", 10, Look.CODE),
    ("措施内容", 24, Look.TEXT),
    ("责任人", 9, Look.CODE),
    ("责任人单位", 17, Look.CODE),
    ("承诺日期", 12.5, Look.DATE),
    ("完成时限", 12.5, Look.DATE),
    ("完成日期", 12.5, Look.DATE),
    ("完成情况", 24, Look.TEXT),
    ("金额(元)", 10, Look.MONEY),
    ("资金来源", 13, Look.CODE),
)
_CASES: tuple[Column, ...] = (
    ("序号", 5.5, Look.COUNT),
    *_FAMILY,
    ("救助项目", 14, Look.CODE),
    ("成员姓名", 9, Look.CODE),
    ("日期", 12.5, Look.DATE),
    ("金额(元)", 12, Look.MONEY),
    ("等级", 8, Look.CODE),
    ("备注", 20, Look.TEXT),
)


def _page(name: str, title: str, unit: str, columns: tuple[Column, ...]) -> Page:
    line = ("填报单位：桐乡市民政局", "填报时间：2014年6月30日", f"单位：{unit}")
    return Page(name, f"桐乡市困难家庭{title}（2014年第二季度）", line, columns)


def save_files(path: Path, files: Files) -> None:
    """Write files.xlsx: 四清登记, 家庭状况, 帮扶措施 and 救助事项."""
    workbook = new_workbook()
    surveys = _page("四清登记", "四清登记表", "户", _SURVEYED)
    add_page(workbook, surveys, (_survey_cells(each) for each in files.surveys))
    conditions = _page("家庭状况", "状况登记表", "元、人", _MEASURED)
    add_page(workbook, conditions, (_condition_cells(each) for each in files.conditions))
    promises = _page("帮扶措施", "帮扶措施登记表", "元", _PROMISES)
    add_page(workbook, promises, (_promise_cells(each) for each in files.promises))
    cases = _page("救助事项", "救助事项登记表", "元", _CASES)
    add_page(workbook, cases, (_case_cells(each) for each in files.cases))
    save(workbook, path)


def _survey_cells(told: Surveyed) -> Cells:
    return (
        told.day,
        told.family.number,
        told.family.head.name,
        told.by.name,
        told.by.unit,
        *(cell for each in Survey for cell in ("否" if each in told.doubts else "是", told.doubts.get(each))),
    )


def _condition_cells(told: Measured) -> Cells:
    values = (told.values.get(condition) for condition, *_ in _CONDITIONS)
    return (told.day, told.family.number, told.family.head.name, *values)


def _promise_cells(told: Promise) -> Cells:
    return (
        told.family.number,
        told.family.head.name,
        told.plan.value,
        told.what,
        told.by.name,
        told.by.unit,
        told.promised,
        told.due,
        told.done,
        told.outcome or None,
        told.yuan,
        told.source or None,
    )


def _case_cells(told: Case) -> Cells:
    return (
        told.family.number,
        told.family.head.name,
        told.item.value,
        told.member.name if told.member else None,
        told.day,
        told.yuan,
        told.grade.value if told.grade else None,
        None,
    )
