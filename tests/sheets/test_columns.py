"""Kinds of sheets and their columns: every label means one thing, and real headers are recognised."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import squeeze
from jiemin.domain.roster import FIELDS, SheetKind
from jiemin.sheets.columns.labels import in_wan, spellings
from jiemin.sheets.columns.recognise import SPECS, Recognition, recognise
from jiemin.sheets.columns.spec import SheetSpec

BESIDES = {SheetKind.MEMBERS: {"is_head"}, SheetKind.VISITS: {"visit_gift"}}
"""Columns that fill the fields of others."""


def header(labels: str) -> Recognition:
    return recognise([spellings(label) for label in labels.split()])


def fields(labels: str) -> dict[str, str]:
    """Field → label."""
    found = header(labels)
    return {name: labels.split()[index] for name, index in found.fields.items()}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind.name)
def test_every_field_has_one_column_and_every_column_a_field(spec: SheetSpec) -> None:
    names = [column.field for column in spec.all_columns]
    assert len(names) == len(set(names))
    assert set(names) - BESIDES.get(spec.kind, set()) == set(FIELDS[spec.kind])


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind.name)
def test_no_label_means_two_things(spec: SheetSpec) -> None:
    seen: dict[str, str] = {}
    for column in spec.all_columns:
        words = [*column.others.split(), *spellings(column.label), *column.vague.split()]
        for word in set(words):
            assert squeeze(word) == word, f"{word} would never be found"
            if word not in column.vague.split():
                assert seen.setdefault(word, column.field) == column.field, word
    assert not spec.ignored & seen.keys()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind.name)
def test_what_a_kind_asks_for_exists_and_is_explained(spec: SheetSpec) -> None:
    names = {column.field for column in spec.all_columns}
    assert {name for group in (*spec.needs, *spec.subject) for name in group} <= names
    assert spec.telling <= names
    assert set(spec.single) <= names
    assert spec.meaning.endswith("。")
    assert all(len(column.meaning) > 2 for column in spec.all_columns)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind.name)
@given(seed=st.integers(0, 2**32))
def test_the_labels_of_the_form_are_recognised_in_any_order(spec: SheetSpec, seed: int) -> None:
    columns = [column for column in spec.columns if not column.whose or not column.vague]
    columns += [
        column for column in spec.columns if column.field in {"head_name", "cadre_name", "cadre_names"}
    ]
    columns = list(dict.fromkeys(columns))
    Random(seed).shuffle(columns)
    found = recognise([spellings(column.label) for column in columns])
    assert found.spec is spec
    assert {columns[index].field for index in found.fields.values()} == {each.field for each in columns}
    assert all(columns[index].field == name for name, index in found.fields.items())


ANNEX_1 = (
    "序号 户编号 镇(街道) 村(社区) 户主姓名 身份证号 家庭人口 困难类别 主要致困原因 帮扶需求 联系电话 "
    "结对干部 单位 职务 干部电话 结对方式 结对职责 结对时间 备注"
)


def test_annex_1_as_we_export_it() -> None:
    found = header(ANNEX_1)
    assert found.spec.kind is SheetKind.PAIRINGS
    assert (found.complete, list(found.unknown), dict(found.repeated)) == (True, [], {})
    assert fields(ANNEX_1) == {
        "household_no": "户编号",
        "town": "镇(街道)",
        "village": "村(社区)",
        "head_name": "户主姓名",
        "head_id": "身份证号",
        "size": "家庭人口",
        "household_class": "困难类别",
        "cause": "主要致困原因",
        "needs": "帮扶需求",
        "phones": "联系电话",
        "cadre_name": "结对干部",
        "cadre_unit": "单位",
        "cadre_post": "职务",
        "cadre_phones": "干部电话",
        "role": "结对职责",
        "start": "结对时间",
        "note": "备注",
    }


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("乡镇 姓名 身份证 结对单位 结对干部 干部联系方式", SheetKind.PAIRINGS),
        ("户主姓名 身份证号 镇 村 困难类别", SheetKind.HOUSEHOLDS),
        ("姓名 单位 职务", SheetKind.CADRES),
        ("序号 姓名 工作单位 现任职务 手机号码 联系镇 联系村", SheetKind.CADRES),
        ("干部姓名 单位 职务 联系电话 身份证号", SheetKind.CADRES),
        ("镇 村 结对干部 单位 职务", SheetKind.CADRES),
        ("户主姓名 身份证号码 开户银行 账户名称 银行账号", SheetKind.HOUSEHOLDS),
        ("姓名 身份证号 乡镇 村 困难类别 家庭人口", SheetKind.HOUSEHOLDS),
        ("户编号 姓名 身份证号 困难类别 家庭人口", SheetKind.HOUSEHOLDS),
        ("户编号 姓名 与户主关系 身份证号", SheetKind.MEMBERS),
        ("户主姓名 姓名 性别 出生日期 身份证号", SheetKind.MEMBERS),
        ("姓名 与户主关系 身份证号 健康状况", SheetKind.MEMBERS),
        ("搬迁人员姓名 搬迁人员身份证号 是否户主(是/否) 户主身份证号 与户主关系 迁出地", SheetKind.MEMBERS),
        ("户主 户主身份证号 搬迁人姓名 与户主关系 家庭人口", SheetKind.MEMBERS),
        ("序号 姓名 残疾类别 监护人姓名 残疾证号 地址 联系电话 补贴金额 备注", SheetKind.MEMBERS),
        ("走访日期 户主姓名 走访干部 走访内容", SheetKind.VISITS),
        ("日期 户主姓名 走访人 内容 办实事", SheetKind.VISITS),
        ("走访日期 户编号 结对干部 单位 暖心手记", SheetKind.VISITS),
        ("走访日期 户主姓名 与户主关系 走访干部 走访内容", SheetKind.VISITS),
        ("镇 村 户主 困难类别 帮扶干部 帮扶干部单位 帮扶干部电话", SheetKind.PAIRINGS),
    ],
)
def test_real_headers(labels: str, kind: SheetKind) -> None:
    found = header(labels)
    assert (found.spec.kind, found.complete) == (kind, True)


@pytest.mark.parametrize(
    "labels",
    [
        "姓名 残疾类别",
        "姓名 身份证号",
        "姓名 身份证号 健康状况",
        "姓名 电话 备注",
        "镇 村 户数 人数",
        "科室 电话",
        "帮扶单位 联系人 联系电话",
        "户主 户主身份证号 经办人姓名 与户主关系 家庭人口",
    ],
)
def test_other_lists_are_no_rosters(labels: str) -> None:
    assert not header(labels).complete


def test_what_is_missing_is_named() -> None:
    found = header("姓名 职务 职级 联系镇")
    assert (found.spec.kind, found.missing) == (SheetKind.CADRES, "单位")
    nearly = header("姓名 身份证号")
    assert (nearly.spec.kind, nearly.missing) == (SheetKind.HOUSEHOLDS, "户编号、困难类别、供养方式")


def test_a_vague_label_speaks_of_whom_it_follows() -> None:
    both = fields("户主姓名 联系电话 困难类别 结对干部 单位 手机")
    assert (both["phones"], both["cadre_phones"]) == ("联系电话", "手机")
    only = fields("户主姓名 困难类别 结对干部 单位 联系电话")
    assert only["cadre_phones"] == "联系电话"
    assert "phones" not in only
    turned = fields("结对干部 单位 联系电话 户主姓名 身份证号 手机")
    assert (turned["cadre_phones"], turned["phones"], turned["head_id"]) == ("联系电话", "手机", "身份证号")


def test_a_name_is_whose_is_still_free() -> None:
    assert fields("姓名 单位 职务 结对户主姓名 困难类别") | {"household_class": ""} == {
        "cadre_name": "姓名",
        "cadre_unit": "单位",
        "cadre_post": "职务",
        "head_name": "结对户主姓名",
        "household_class": "",
    }
    assert fields("姓名 身份证号 困难类别 结对干部")["head_name"] == "姓名"


def test_a_cadres_identity_number_is_not_taken_for_the_heads() -> None:
    found = header("户主姓名 困难类别 结对干部 单位 身份证号")
    assert "head_id" not in found.fields
    assert list(found.unknown) == [4]


def test_income_a_head_is_never_taken_for_the_households() -> None:
    found = header("户主姓名 困难类别 人均月收入 家庭人均年收入 月收入(人均) 家庭收入")
    assert set(found.fields) == {"head_name", "household_class"}
    assert list(found.unknown) == [2, 3, 4, 5]


def test_two_columns_of_one_meaning_the_left_counts() -> None:
    found = header("户主姓名 困难类别 困难类型 联系电话 手机")
    assert dict(found.repeated) == {2: "household_class", 4: "phones"}
    assert found.fields["household_class"] == 1


def test_ignored_columns_are_neither_read_nor_named() -> None:
    found = header("问题 序号 户主姓名 困难类别")
    assert list(found.unknown) == []
    assert set(found.fields) == {"head_name", "household_class"}


def test_a_strange_label_gets_a_hint_and_is_not_accepted() -> None:
    found = header("户主姓名 困难类别 家廷人口 政治面貌")
    assert list(found.unknown) == [2, 3]
    assert found.hint("家廷人口") == "是不是“家庭人口”"
    assert found.hint("政治面貌") == ""
    assert found.hint("困难类另") == ""  # that column is there already


@pytest.mark.parametrize(
    ("label", "spelled"),
    [
        ("户主   姓名", ("户主姓名",)),
        ("户主\n姓　名", ("户主姓名",)),
        ("家庭月收入（元）", ("家庭月收入元", "家庭月收入")),
        ("镇(街道)", ("镇街道", "镇")),
        ("*身份证号", ("身份证号",)),
        ("是否户主(是/否)", ("是否户主是否", "是否户主")),
        ("联系电话(干部)", ("联系电话干部",)),
        ("月收入[人均]", ("月收入人均",)),
        ("", ()),
        (" （ ） ", ()),
        ("长" * 41, ()),
        ("月收入(元/人)", ("月收入元人",)),
        ("年收入（元/月）", ("年收入元月",)),
        ("家庭月收入（元/月）", ("家庭月收入元月", "家庭月收入")),
    ],
)
def test_spellings(label: str, spelled: tuple[str, ...]) -> None:
    assert spellings(label) == spelled


def test_amounts_in_wan() -> None:
    assert in_wan("年收入(万元)")
    assert not in_wan("年收入(元)")
