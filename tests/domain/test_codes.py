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


def test_at_least_eighty_spellings_of_relations_are_known() -> None:
    assert len(RELATIONS) >= 80


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("户主 ", Relation.HEAD),
        ("本人", Relation.HEAD),
        ("妻子", Relation.SPOUSE),
        ("之子", Relation.SON),
        ("长子", Relation.SON),
        ("二女", Relation.DAUGHTER),
        ("媳", Relation.DAUGHTER_IN_LAW),
        ("女婿", Relation.SON_IN_LAW),
        ("岳母", Relation.PARENT_IN_LAW),
        ("孙子", Relation.GRANDSON),
        ("之外孙子", Relation.GRANDSON_OF_DAUGHTER),
        ("外孙", Relation.GRANDSON_OF_DAUGHTER),
        ("外孙女", Relation.GRANDDAUGHTER_OF_DAUGHTER),
        ("弟弟", Relation.SIBLING),
        ("奶奶", Relation.GRANDMOTHER),
        ("侄子", Relation.OTHER),
    ],
)
def test_relations_as_villages_write_them(text: str, member: Relation) -> None:
    assert read_code(RELATIONS, text) is member


@pytest.mark.parametrize("text", ["党员", "330483195001011234", "邻居", ""])
def test_what_is_no_relation_is_not_read_as_one(text: str) -> None:
    assert read_code(RELATIONS, text) is None


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
