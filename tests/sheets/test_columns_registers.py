"""The registers of the household's file: the headings towns use, and other lists that only look like them."""

from datetime import date
from itertools import chain, combinations

import pytest
from support.grids import faults, grid, read, values

from jiemin.domain.codes import Plan, Survey
from jiemin.domain.roster import ROSTERS, SheetKind
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import SPECS, Recognition, recognise
from jiemin.sheets.columns.spec import SheetSpec
from jiemin.sheets.forms.roster_sheet import heading
from jiemin.sheets.layout.header import find_header

DAY = date(2014, 5, 20)


def header(labels: str) -> Recognition:
    return recognise([spellings(label) for label in labels.split()])


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("户主姓名 调查时间 调查人 家庭情况清 致困原因清 就业技能清 帮扶需求清", SheetKind.SURVEYS),
        ("镇 村 户主 家庭情况是否清 致困原因是否清 就业技能是否清 帮扶需求是否清", SheetKind.SURVEYS),
        ("姓名 身份证号 家庭情况清 家庭情况未清内容 入户日期", SheetKind.SURVEYS),
        ("户编号 四清内容 是否已清 不清的内容 调查日期 调查人", SheetKind.SURVEYS),
        ("序号 户主姓名 帮扶措施 责任人 完成时限 完成情况", SheetKind.MEASURES),
        ("村 户主 具体措施 责任单位 责任人 完成期限 资金来源 金额(万元)", SheetKind.MEASURES),
        ("户主姓名 计划 帮扶内容 帮扶责任人 预计完成时间 实际完成时间 落实情况", SheetKind.MEASURES),
        ("措施编号 措施内容 完成日期", SheetKind.MEASURES),
        ("户主姓名 调查日期 工资性收入(元/年) 住房面积(㎡) 劳动力人数 就业人数", SheetKind.CONDITIONS),
        ("户编号 统计时点 务工收入 养老金 房屋结构 在校生人数 新农合参保人数", SheetKind.CONDITIONS),
        ("村 户主 日期 帮扶前住房面积 帮扶后住房面积", SheetKind.CONDITIONS),
    ],
)
def test_headings_towns_use(labels: str, kind: SheetKind) -> None:
    found = header(labels)
    assert (found.spec.kind, found.complete) == (kind, True)
    assert [labels.split()[index] for index in found.unknown] == []


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("镇 村 户主姓名 帮扶措施 帮扶干部 单位 联系电话", SheetKind.PAIRINGS),
        ("户主 困难类别 致困原因 帮扶措施 完成时限 帮扶责任人 单位 职务", SheetKind.PAIRINGS),
        ("户主姓名 身份证号 困难类别 家庭人口 住房面积 致困原因 帮扶需求", SheetKind.HOUSEHOLDS),
        ("姓名 与户主关系 身份证号 劳动力 就业 培训", SheetKind.MEMBERS),
        ("走访日期 户主姓名 走访人 走访内容 帮扶需求 落实情况", SheetKind.VISITS),
        ("日期 户主姓名 走访干部 暖心手记 承诺事项 完成时限", SheetKind.VISITS),
    ],
)
def test_other_lists_stay_what_they_are(labels: str, kind: SheetKind) -> None:
    found = header(labels)
    assert (found.spec.kind, found.complete) == (kind, True)


@pytest.mark.parametrize(
    "labels",
    [
        "户主姓名 住房面积 住房结构",
        "户主姓名 帮扶措施",
        "镇 户数 家庭情况清 致困原因清",
        "户主姓名 帮扶需求 致困原因",
    ],
)
def test_what_says_too_little_is_no_register(labels: str) -> None:
    found = header(labels)
    assert not found.complete or found.spec.kind is SheetKind.HOUSEHOLDS


PAIRS = list(combinations([spec for spec in SPECS if spec.kind in ROSTERS], 2))


@pytest.mark.parametrize(
    ("one", "other"), PAIRS, ids=[f"{one.kind.name}-{other.kind.name}" for one, other in PAIRS]
)
def test_a_form_is_told_from_every_other_even_with_a_column_of_it(one: SheetSpec, other: SheetSpec) -> None:
    for spec, strange in ((one, other), (other, one)):
        labels = [heading(spec, column) for column in spec.columns]
        foreign = next((each.label for each in strange.columns if each.label not in spec.sure), None)
        if spec.beside is not None:
            foreign = None  # with strange columns it is a list of something else
        found = recognise([spellings(label) for label in chain(labels, [foreign] if foreign else [])])
        assert (found.spec.kind, found.complete) == (spec.kind, True)


def test_four_under_one_heading() -> None:
    sheet = read(
        ("户编号", "调查日期", "四清情况", "", "", ""),
        ("", "", "家庭情况", "致困原因", "就业技能", "帮扶需求"),
        ("A001", DAY, "√", "已清", "×", "未清：没有问到"),
        merges=[(0, 2, 0, 5)],
    )
    assert (sheet.kind, faults(sheet)) == (SheetKind.SURVEYS, [])
    assert values(sheet) == [
        {
            "household_no": "A001",
            "survey_day": DAY,
            "family_clear": True,
            "cause_clear": True,
            "skills_clear": False,
            "needs_clear": False,
            "needs_missing": "没有问到",
        }
    ]


def test_pairs_of_columns_under_each_of_the_four() -> None:
    sheet = read(
        ("户编号", "调查日期", "家庭情况清", "", "致困原因清", ""),
        ("", "", "是否清", "不清的内容", "是否清", "不清的内容"),
        ("A001", DAY, "否", "收入没有核实", "是", "无"),
        merges=[(0, 2, 0, 3), (0, 4, 0, 5)],
    )
    told = {"family_clear": False, "family_missing": "收入没有核实", "cause_clear": True}
    assert values(sheet) == [{"household_no": "A001", "survey_day": DAY, **told}]
    assert faults(sheet) == []


def test_a_row_for_each_of_the_four() -> None:
    sheet = read(
        ("户主姓名", "四清内容", "是否已清", "不清的内容", "查明情况", "调查时间"),
        ("沈阿大", "家庭情况", "√", "", "三口人", DAY),
        ("沈阿大", "就业技能清", "×", "学历", "", DAY),
    )
    one, other = values(sheet)
    assert (one["survey"], one["survey_clear"], one["survey_finding"]) == (Survey.FAMILY, True, "三口人")
    assert (other["survey"], other["survey_clear"], other["survey_missing"]) == (Survey.SKILLS, False, "学历")


def test_the_time_of_completion_is_a_limit_unless_there_is_one_already() -> None:
    plan = read(("户编号", "措施", "责任人", "完成时间"), ("A001", "送米", "方卫东", "2014年9月底前"))
    assert values(plan)[0]["due_on"] == date(2014, 9, 30)
    done = read(
        ("户编号", "措施", "责任人", "完成时限", "完成时间"), ("A001", "送米", "方卫东", "2014-09-30", DAY)
    )
    assert values(done)[0] | {"due_on": date(2014, 9, 30), "delivered_on": DAY} == values(done)[0]


def test_plans_by_name_and_number_and_amounts_in_wan() -> None:
    rows = [("A001", "送米", text, 0.6, DAY) for text in ("危房改造", 4, "4、危房改造", "四", "危改")]
    sheet = read(("户编号", "措施", "计划", "资金(万元)", "承诺日期"), *rows)
    assert {(row["plan"], row["amount_fen"]) for row in values(sheet)} == {(Plan.HOUSING, 600_000)}


@pytest.mark.parametrize(
    "label", ["养老金(元/月)", "月养老金", "工资性收入(元/人)", "人均住房面积", "承包土地(平方米)"]
)
def test_figures_of_another_unit_are_no_conditions(label: str) -> None:
    sheet = read(("户编号", "调查日期", "危房等级", label), ("A001", DAY, "C", 120))
    assert faults(sheet) == [("J203", "D")]
    assert values(sheet) == [{"household_no": "A001", "condition_day": DAY, "house_grade": "C级"}]


def test_a_unit_in_a_row_of_its_own_counts_too() -> None:
    sheet = read(
        ("户编号", "调查日期", "工资性收入", "养老金", "住房面积"),
        ("", "", "万元", "元/月", "㎡"),
        ("A001", DAY, 1.2, 120, 62.5),
    )
    told = {"wages": 1_200_000, "house_area": 6250}
    assert values(sheet) == [{"household_no": "A001", "condition_day": DAY, **told}]
    assert faults(sheet) == [("J203", "D")]


def test_why_a_column_of_another_unit_is_none_is_said() -> None:
    made = grid(("户编号", "调查日期", "危房等级", "养老金(元/月)"), ("A001", DAY, "C", 120))
    found = find_header(made)
    assert found is not None
    assert found.recognition.hint("养老金(元/月)") == "“养老金”要的是元/年的数"


def test_before_and_after_beside_each_other() -> None:
    sheet = read(
        ("户编号", "调查日期", "帮扶前", "", "", "帮扶后", ""),
        ("", "", "日期", "工资性收入", "住房面积", "工资性收入", "住房面积"),
        ("A001", DAY, date(2014, 1, 5), 1000, 40, 5000, 62.5),
        merges=[(0, 2, 0, 4), (0, 5, 0, 6)],
    )
    before = {"before_day": date(2014, 1, 5), "before_wages": 100_000, "before_house_area": 4000}
    after = {"condition_day": DAY, "wages": 500_000, "house_area": 6250}
    assert values(sheet) == [{"household_no": "A001", **before, **after}]
    assert faults(sheet) == []


def test_more_at_work_than_can_work_is_told_and_taken() -> None:
    sheet = read(
        ("户编号", "调查日期", "劳动力人数", "就业人数", "帮扶前劳动力人数", "帮扶前就业人数"),
        ("A001", DAY, 1, 2, 1, 1),
        ("A002", DAY, 1, None, 1, 2),
    )
    assert faults(sheet) == [("J447", "D2"), ("J447", "F3")]
    assert [row["able"] for row in values(sheet)] == [1, 1]
