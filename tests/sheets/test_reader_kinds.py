"""Rosters of cadres, lists of pairs and logs of visits, row by row."""

from datetime import date

from support.grids import faults, read, values
from support.rosters import id_number

from jiemin.domain.codes import Role

HEAD_ID = id_number(date(1950, 3, 14), 13)


def test_a_cadre_needs_name_and_unit() -> None:
    sheet = read(
        ("姓名", "单位", "职务", "是否领导"),
        ("方卫东", "民政局", "局长", "是"),
        ("顾小平", "", "科员", ""),
        ("", "教育局", "科员", ""),
    )
    assert values(sheet) == [{"name": "方卫东", "unit": "民政局", "post": "局长", "leader": True}]
    assert faults(sheet) == [("J301", "B3"), ("J301", "A4")]


def test_a_unit_merged_down_speaks_of_all_its_cadres() -> None:
    sheet = read(
        ("单位", "姓名", "职务"), ("民政局", "方卫东", ""), ("", "顾小平", ""), merges=[(1, 0, 2, 0)]
    )
    assert [row["unit"] for row in values(sheet)] == ["民政局", "民政局"]


PAIRINGS = ("户主姓名", "身份证号", "困难类别", "结对干部", "单位", "结对职责", "结对时间", "备注")


def test_a_list_of_pairs_with_the_household_merged_over_its_helpers() -> None:
    sheet = read(
        PAIRINGS,
        ("沈阿大", HEAD_ID, "五保", "方卫东", "民政局", "第一责任人", "2014年4月", ""),
        ("", "", "", "顾小平", "民政局", "协助", "", ""),
        merges=[(1, column, 2, column) for column in range(3)],
    )
    lead, assistant = values(sheet)
    assert (lead["role"], lead["start"]) == (Role.LEAD, date(2014, 4, 1))
    assert (assistant["head_name"], assistant["cadre_name"], assistant["role"]) == (
        "沈阿大",
        "顾小平",
        Role.ASSIST,
    )


def test_a_household_still_to_be_paired_has_no_cadre() -> None:
    sheet = read(PAIRINGS, ("沈阿大", HEAD_ID, "五保", "", "", "", "", "未结对"))
    assert values(sheet)[0].keys() == {"head_name", "head_id", "household_class"}
    assert faults(sheet) == []


def test_two_cadres_in_one_cell_are_not_run_together() -> None:
    sheet = read(PAIRINGS, ("沈阿大", HEAD_ID, "五保", "方卫东、顾小平", "民政局", "", "", ""))
    assert (sheet.rejected, faults(sheet)) == (1, [("J311", "D2")])


def test_a_visit_needs_its_day_and_household() -> None:
    sheet = read(
        ("走访日期", "户主姓名", "走访干部", "走访方式", "暖心手记"),
        ("2014-05-06", "沈阿大", "方卫东、顾小平", "走访", "好"),
        ("2014-02-30", "沈阿大", "", "", ""),
        ("", "沈阿大", "", "", "好"),
        ("2014-05-06", "", "方卫东", "", ""),
    )
    assert values(sheet)[0]["cadre_names"] == ("方卫东", "顾小平")
    assert values(sheet)[0]["visit_day"] == date(2014, 5, 6)
    assert faults(sheet) == [("J310", "A3"), ("J301", "A4"), ("J301", "B5")]
    assert sheet.rejected == 3
