"""Code lists: every label reads as itself, spellings are many, and nothing is guessed."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import product

import pytest

from jiemin.domain import codes
from jiemin.domain.codes import (
    CLASSES,
    RELATIONS,
    VISIT_KINDS,
    YES_NO,
    Cause,
    Disability,
    Education,
    Health,
    HouseholdClass,
    Keeping,
    Labour,
    Relation,
    Sex,
    VisitKind,
    read_code,
    squeeze,
)

TABLES: list[tuple[type[StrEnum], Mapping[str, StrEnum]]] = [
    (codes.HouseholdClass, codes.CLASSES),
    (codes.Cause, codes.CAUSES),
    (codes.Sex, codes.SEXES),
    (codes.Relation, codes.RELATIONS),
    (codes.Health, codes.HEALTHS),
    (codes.Labour, codes.LABOURS),
    (codes.Education, codes.EDUCATIONS),
    (codes.Disability, codes.DISABILITIES),
    (codes.Keeping, codes.KEEPINGS),
    (codes.Role, codes.ROLES),
    (codes.VisitKind, codes.VISIT_KINDS),
    (codes.HouseholdStatus, codes.STATUSES),
    (codes.Plan, codes.PLANS),
    (codes.FundSource, codes.FUND_SOURCES),
    (codes.Survey, codes.SURVEYS),
    (codes.Condition, codes.CONDITIONS),
    (codes.HouseBuild, codes.HOUSE_BUILDS),
    (codes.HouseGrade, codes.HOUSE_GRADES),
    (codes.InspectResult, codes.INSPECT_RESULTS),
]


@pytest.mark.parametrize(("members", "table"), TABLES)
def test_every_label_reads_as_itself(members: type[StrEnum], table: Mapping[str, StrEnum]) -> None:
    assert {member: read_code(table, member.value) for member in members} == {one: one for one in members}


@pytest.mark.parametrize(("members", "table"), TABLES)
def test_every_spelling_can_be_met_in_a_cell(members: type[StrEnum], table: Mapping[str, StrEnum]) -> None:
    assert {word for word in table if squeeze(word) != word} == set()
    assert "" not in table
    assert set(table.values()) == set(members)


def test_a_spelling_of_two_members_is_a_fault_of_the_table() -> None:
    with pytest.raises(ValueError, match="女性"):
        codes._table(Sex, {Sex.MALE: "女性", Sex.FEMALE: "女性"})


def test_the_labels_are_those_of_the_forms() -> None:
    assert [*HouseholdClass] == ["城镇低保", "农村低保", "低收入(低保边缘)", "五保", "三无", "其他"]
    assert [*Disability] == ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"]
    assert [*Sex] == ["男", "女"]


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("农村低保户", HouseholdClass.RURAL_DIBAO),
        (" 城镇 低保 ", HouseholdClass.URBAN_DIBAO),
        ("低收入（低保边缘）", HouseholdClass.LOW_INCOME),
        ("低保边缘", HouseholdClass.LOW_INCOME),
        ("低收入家庭", HouseholdClass.LOW_INCOME),
        ("５保", HouseholdClass.WUBAO),
        ("城镇“三无”对象", HouseholdClass.SANWU),
    ],
)
def test_a_class_is_read_whatever_its_dress(text: str, member: HouseholdClass) -> None:
    assert read_code(CLASSES, text) is member


@pytest.mark.parametrize("text", ["低保", "低保户", "低收入农户", "低收入农户家庭", "困难户", "", "城镇"])
def test_a_class_that_does_not_say_which_is_not_guessed(text: str) -> None:
    assert read_code(CLASSES, text) is None


SPELLED = {
    Relation.HEAD: "户主 本人 户主本人",
    Relation.SPOUSE: "配偶 妻 妻子 之妻 夫 丈夫 之夫 老婆 老公 爱人 老伴 户主之妻",
    Relation.SON: "子 儿子 之子 长子 次子 二子 三子 大儿子 小儿子 独生子 养子 继子 户主之子",
    Relation.DAUGHTER: "女 女儿 之女 长女 次女 二女 三女 大女儿 小女儿 独生女 养女 继女",
    Relation.DAUGHTER_IN_LAW: "儿媳 媳 儿媳妇 长媳 二儿媳 之儿媳",
    Relation.SON_IN_LAW: "女婿 婿 之女婿 大女婿 上门女婿",
    Relation.FATHER: "父 父亲 之父 养父 继父",
    Relation.MOTHER: "母 母亲 之母 养母 继母",
    Relation.PARENT_IN_LAW: "岳父 岳母 公公 婆婆 公婆 丈母娘",
    Relation.GRANDSON: "孙 孙子 之孙 之孙子 长孙 大孙子",
    Relation.GRANDDAUGHTER: "孙女 之孙女 长孙女",
    Relation.GRANDSON_OF_DAUGHTER: "外孙 外孙子 之外孙子",
    Relation.GRANDDAUGHTER_OF_DAUGHTER: "外孙女 之外孙女",
    Relation.GRANDFATHER: "祖父 爷爷 外祖父 外公",
    Relation.GRANDMOTHER: "祖母 奶奶 外祖母 外婆",
    Relation.SIBLING: "兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 之弟 兄弟 姐妹",
    Relation.OTHER: "其他 非亲属 侄子 侄女 外甥 曾孙 曾孙女 弟媳 嫂 嫂子 姐夫 孙媳 孙女婿 叔叔 前妻",
}
"""What villages wrote, by hand and not by the table."""


@pytest.mark.parametrize(("member", "words"), SPELLED.items())
def test_relations_as_villages_write_them(member: Relation, words: str) -> None:
    assert {word: read_code(RELATIONS, f"{word} ") for word in words.split()} == dict.fromkeys(
        words.split(), member
    )


def test_at_least_eighty_spellings_of_relations_are_asked_for_and_many_more_known() -> None:
    assert len({word for words in SPELLED.values() for word in words.split()}) >= 80
    assert (
        len({word.removeprefix("户主之").removeprefix("户主的").removeprefix("之") for word in RELATIONS})
        >= 200
    )


@pytest.mark.parametrize(
    "text", "媳妇 子女 孩子 父母 祖父母 养父母 养子女 弟妹 妻、子 儿/媳 妻子、长子 妻儿".split()
)
def test_a_relation_that_could_be_two_is_not_guessed(text: str) -> None:
    assert read_code(RELATIONS, text) is None


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (codes.CLASSES, "低保"),
        (codes.CLASSES, "居民低保"),
        (codes.CLASSES, "特困人员"),
        (codes.CLASSES, "低收入/五保"),
        (codes.CAUSES, "年老体弱"),
        (codes.CAUSES, "意外事故"),
        (codes.HEALTHS, "一般"),
        (codes.HEALTHS, "精神病"),
        (codes.HEALTHS, "患病"),
        (codes.LABOURS, "学生"),
        (codes.EDUCATIONS, "大学"),
        (codes.EDUCATIONS, "初中/高中"),
        (codes.DISABILITIES, "聋哑"),
        (codes.DISABILITIES, "4"),
        (codes.ROLES, "结对责任人"),
        (codes.VISIT_KINDS, "看望"),
        (codes.STATUSES, "户主死亡"),
        (codes.SEXES, "男/女"),
        (codes.KEEPINGS, "集中/分散"),
        (codes.PLANS, "助学"),
        (codes.PLANS, "8"),
        (codes.FUND_SOURCES, "个人"),
        (codes.FUND_SOURCES, "自筹"),
        (codes.SURVEYS, "四清"),
        (codes.CONDITIONS, "收入"),
        (codes.CONDITIONS, "人数"),
        (codes.HOUSE_BUILDS, "2"),
        (codes.HOUSE_BUILDS, "楼房"),
        (codes.HOUSE_GRADES, "是"),
        (codes.HOUSE_GRADES, "C级/D级"),
        (codes.INSPECT_RESULTS, "一般"),
    ],
)
def test_what_could_mean_two_things_is_not_guessed(table: Mapping[str, StrEnum], text: str) -> None:
    assert read_code(table, text) is None


@pytest.mark.parametrize(
    ("table", "text", "member"),
    [
        (codes.CLASSES, "低收入/低保边缘", HouseholdClass.LOW_INCOME),
        (codes.CLASSES, "低保(农村)", HouseholdClass.RURAL_DIBAO),
        (codes.CLASSES, "低边户", HouseholdClass.LOW_INCOME),
        (codes.EDUCATIONS, "中专/职高", Education.VOCATIONAL),
        (codes.EDUCATIONS, "中专/职高/技校", Education.VOCATIONAL),
        (codes.RELATIONS, "夫/妻", Relation.SPOUSE),
        (codes.RELATIONS, "户主、", Relation.HEAD),
        (codes.HEALTHS, "癌症", Health.SERIOUS),
        (codes.LABOURS, "半劳力", Labour.WEAK),
        (codes.STATUSES, "病故", codes.HouseholdStatus.DECEASED),
        (codes.ROLES, "主要帮扶人", codes.Role.LEAD),
        (codes.VISIT_KINDS, "电话回访", VisitKind.PHONE),
        (codes.PLANS, "4", codes.Plan.HOUSING),
        (codes.PLANS, "（四）", codes.Plan.HOUSING),
        (codes.PLANS, "四、危房改造计划", codes.Plan.HOUSING),
        (codes.PLANS, "4.危房改造", codes.Plan.HOUSING),
        (codes.PLANS, "产业帮扶", codes.Plan.PROJECTS),
        (codes.FUND_SOURCES, "镇（街道）配套", codes.FundSource.TOWN),
        (codes.FUND_SOURCES, "市慈善总会", codes.FundSource.CHARITY),
        (codes.FUND_SOURCES, "结对部门", codes.FundSource.UNIT),
        (codes.SURVEYS, "家庭情况", codes.Survey.FAMILY),
        (codes.SURVEYS, "致贫原因", codes.Survey.CAUSE),
        (codes.CONDITIONS, "务工收入", codes.Condition.WAGES),
        (codes.CONDITIONS, "新农合参保人数", codes.Condition.HEALTH_INSURED),
        (codes.HOUSE_BUILDS, "砖混结构", codes.HouseBuild.BRICK_CONCRETE),
        (codes.HOUSE_GRADES, "D级（整体危险）", codes.HouseGrade.D),
        (codes.INSPECT_RESULTS, "家中无人", codes.InspectResult.NOT_MET),
    ],
)
def test_words_listed_that_mean_the_same_are_read(
    table: Mapping[str, StrEnum], text: str, member: StrEnum
) -> None:
    assert read_code(table, text) is member


@pytest.mark.parametrize("text", ["党员", "330483195001011234", "邻居", ""])
def test_what_is_no_relation_is_not_read_as_one(text: str) -> None:
    assert read_code(RELATIONS, text) is None


def test_the_plans_bear_the_numbers_of_the_notice() -> None:
    assert [plan.number for plan in codes.Plan] == [1, 2, 3, 4, 5, 6, 7]
    assert [read_code(codes.PLANS, f"计划{plan.number}") for plan in codes.Plan] == list(codes.Plan)


def test_a_telephone_call_is_told_from_a_visit() -> None:
    assert {read_code(VISIT_KINDS, word) for word in ("电访", "电话联系", "电话走访")} == {VisitKind.PHONE}
    assert {read_code(VISIT_KINDS, word) for word in ("入户", "上门走访")} == {VisitKind.CALL_ON}


def test_health_labour_causes_and_schooling_have_the_spellings_of_dirty_lists() -> None:
    assert read_code(codes.HEALTHS, "重性精神病") is Health.PSYCHOSIS
    assert read_code(codes.HEALTHS, "慢性病") is Health.CHRONIC
    assert read_code(codes.LABOURS, "弱(部分)") is Labour.WEAK
    assert read_code(codes.CAUSES, "因病致贫") is Cause.ILLNESS
    assert read_code(codes.CAUSES, "缺劳动力") is Cause.NO_LABOUR
    assert read_code(codes.EDUCATIONS, "大专") is Education.COLLEGE
    assert read_code(codes.EDUCATIONS, "技校") is Education.VOCATIONAL
    assert read_code(codes.KEEPINGS, "集中") is Keeping.CENTRAL


def test_yes_and_no_in_every_usual_form() -> None:
    assert {YES_NO[squeeze(word)] for word in ("是", "有", "√", "Y", "yes", "１")} == {True}
    assert {YES_NO[squeeze(word)] for word in ("否", "无", "×", "N", "no", "0", "不是")} == {False}
    assert "也许" not in YES_NO


def test_squeezing_drops_what_varies_and_nothing_else() -> None:
    dressings = product(["", " ", "（", "“", "　"], ["", ")", "：", "\n", "、"])
    assert {squeeze(f"{before}农村{after}低保") for before, after in dressings} == {"农村低保"}
    assert squeeze("ＡＢ１２") == "AB12"


def test_the_classes_to_pair_are_those_the_notice_names() -> None:
    assert {
        HouseholdClass.URBAN_DIBAO,
        HouseholdClass.RURAL_DIBAO,
        HouseholdClass.LOW_INCOME,
    } == codes.CLASSES_TO_PAIR
