"""The catalogue of faults: complete, and each fault says where it lies and the way out."""

import re

import pytest

from jiemin.domain.identity import IdFault
from jiemin.domain.problems import CATALOGUE, Problem, Severity, problem, told_once


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.code)
def test_every_entry_says_what_why_and_the_way_out(kind: object) -> None:
    words = {name: getattr(kind, name) for name in ("title", "cause", "remedy", "example")}
    assert all(re.search(r"[\u4e00-\u9fff]{2}", text) for text in words.values()), words
    assert not any(text.endswith("。") for text in words.values())


def test_every_entry_stands_below_its_own_number() -> None:
    assert {code: kind.code for code, kind in CATALOGUE.items()} == {code: code for code in CATALOGUE}
    assert all(re.fullmatch(r"J[1-7]\d\d", code) for code in CATALOGUE)
    assert list(CATALOGUE) == sorted(CATALOGUE)


def test_no_two_entries_share_a_title() -> None:
    titles = [kind.title for kind in CATALOGUE.values()]
    assert len(set(titles)) == len(titles)


def test_every_fault_of_an_identity_number_is_in_the_catalogue_and_only_warned_of() -> None:
    assert {CATALOGUE[fault.value].severity for fault in IdFault} == {Severity.WARN}


def test_a_severity_has_a_word_for_people() -> None:
    assert (Severity.REJECT.label, Severity.WARN.label) == ("未导入", "提醒")


def test_a_fault_tells_its_kind_place_and_value() -> None:
    fault = problem(
        "J305", "“2.58亩”不是金额", file="名册.xlsx", sheet="困难家庭", cell="F12", value="2.58亩"
    )
    assert fault == Problem(
        CATALOGUE["J305"], "金额不对：“2.58亩”不是金额", "名册.xlsx", "困难家庭", "F12", "2.58亩"
    )
    assert (fault.code, fault.severity) == ("J305", Severity.WARN)


def test_without_a_detail_the_title_is_the_message() -> None:
    assert problem("J403").message == CATALOGUE["J403"].title


@pytest.mark.parametrize(("cell", "row"), [("C12", 12), ("AB7", 7), ("12", 12), ("C", None), ("", None)])
def test_the_row_of_a_cell(cell: str, row: int | None) -> None:
    assert problem("J301", cell=cell).row == row


def test_what_many_rows_lack_alike_is_told_once() -> None:
    town = [problem("J401", "没有写", file="a.xlsx", sheet="表", cell=str(row)) for row in range(2, 7)]
    kind = [problem("J604", file="a.xlsx", sheet="表", cell=f"C{row}") for row in range(3, 7)]
    mixed = [each for pair in zip(town, kind, strict=False) for each in pair] + town[4:]
    told = told_once(mixed)
    assert [(each.code, each.cell, each.message) for each in told] == [
        ("J401", "", "镇（街道）认不出：没有写（第2行起共5行）"),
        ("J604", "C", "走访方式认不出，按“走访”登记（第3行起共4行）"),
    ]


def test_few_or_different_faults_are_told_one_by_one_in_their_order() -> None:
    faults = [
        problem("J401", sheet="表", cell="3"),
        problem("J604", sheet="表", cell="C2"),
        *(problem("J303", sheet="表", cell=f"C{row}", value="健庚") for row in range(4, 9)),
        problem("J604", sheet="另表", cell="C9"),
        problem("J604", sheet="表", cell="C10"),
        problem("J604", sheet="表", cell="C11"),
        problem("J604", sheet="表", cell="D12"),
    ]
    assert told_once(faults) == faults


def unknown(cell: str, label: str, hint: str = "", sheet: str = "表") -> Problem:
    return problem("J203", hint, file="a.xlsx", sheet=sheet, cell=cell, value=label)


def test_the_unknown_columns_of_a_sheet_are_told_in_one_line() -> None:
    other = problem("J303", sheet="表", cell="C2", value="健庚")
    form = problem("J203", "走访慰问等4处", file="a.xlsx", sheet="表")
    alone = unknown("B", "民族", sheet="另表")
    told = told_once([form, unknown("F", "组"), other, unknown("H", "电话2", "是不是“联系电话”"), alone])
    assert [(each.message, each.cell, each.value) for each in told] == [
        (form.message, "", ""),
        ("栏目认不出，没有导入：F“组”、H“电话2”（是不是“联系电话”）", "", ""),
        (other.message, "C2", "健庚"),
        ("栏目认不出，没有导入", "B", "民族"),
    ]


def test_of_very_many_unknown_columns_the_first_are_named() -> None:
    (told,) = told_once([unknown(f"A{chr(65 + place)}", f"项{place}") for place in range(14)])
    assert told.message.endswith("、AL“项11”等14列")


def test_a_label_that_is_a_number_is_masked() -> None:
    (told,) = told_once([unknown("B", "330483195003140012"), unknown("C", "民族")])
    assert told.message.endswith("B“330483********0012”、C“民族”")


def test_what_is_so_of_several_sheets_is_told_in_one_line_for_each_file() -> None:
    places = [problem("J207", f"村为“{name}”", file="a.xlsx", sheet=name) for name in ("甲村", "乙村")]
    other = problem("J207", "村为“丙村”", file="b.xlsx", sheet="丙村")
    hidden = [problem("J206", file="a.xlsx", sheet=f"{month}月") for month in range(1, 14)]
    none = [problem("J201", "可导入的有困难家庭名册", file="a.xlsx", sheet=name) for name in ("一", "二")]
    first, one, two, three = told_once([*places, other, *hidden, *none])
    assert first.message.endswith("：一、二（可导入的有困难家庭名册）")
    assert (one.sheet, one.message.partition("：")[2]) == ("", "甲村（村为“甲村”）、乙村（村为“乙村”）")
    assert two == other
    assert three.message.endswith("：" + "、".join(f"{month}月" for month in range(1, 13)) + "等13张")


def test_what_keeps_rows_out_is_told_first() -> None:
    faults = [problem("J303", value="健庚"), problem("J403"), problem("J305", value="许多"), problem("J401")]
    assert [each.code for each in told_once(faults)] == ["J403", "J401", "J303", "J305"]
