"""Whom a row means: numbers, identity numbers, names and places that agree, and that do not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER, Take, codes, counts, family, rows_of
from support.rosters import HOUSEHOLD_HEADER, id_number, write_workbook

Run = Callable[..., Any]

ONE, TWO = id_number(date(1950, 1, 1), 801), id_number(date(1960, 2, 2), 802)
MEMBERS = ("户编号", "姓名", "与户主关系", "身份证号")
CADRES = ("干部编号", "姓名", "单位", "职务", "身份证号")
VILLAGE_LESS = ("镇", "户主姓名", "困难类别", "家庭人口")
PEOPLE = "SELECT name, id_number FROM person ORDER BY id"
NUMBERS = "SELECT household_no FROM household ORDER BY id"
STAFF = "SELECT cadre_no, name, id_number FROM cadre ORDER BY id"


def test_the_number_of_a_member_is_not_given_to_the_head(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ""))
    take(MEMBERS, ("A001", "王氏", "配偶", TWO))
    file = take(HOUSEHOLD_HEADER, family("A001", "沈阿大", TWO))
    assert (codes(file), counts(file)) == ({"E2": "J414"}, (0, 0, 0, 1))
    take(HOUSEHOLD_HEADER, family("A002", "朱水根", ""))
    elsewhere = take(HOUSEHOLD_HEADER, family("A002", "朱水根", TWO))
    assert (codes(elsewhere), counts(elsewhere)) == ({"D2": "J407"}, (0, 0, 0, 1))
    assert rows_of(tmp_path, PEOPLE) == [("沈阿大", None), ("王氏", TWO), ("朱水根", None)]


def test_a_number_learnt_from_one_row_is_known_to_the_next(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ""), family("A002", "朱水根", ""))
    children = (("A001", "沈小", "子"), ("A002", "朱小", "子"))
    take(MEMBERS, *((*child, "") for child in children))
    file = take(MEMBERS, *((*child, TWO) for child in children))
    assert (codes(file)["B3"], counts(file)) == ("J407", (0, 1, 0, 1))
    assert rows_of(tmp_path, PEOPLE)[2:] == [("沈小", TWO), ("朱小", None)]


def test_the_heads_number_beside_another_name_and_relation_is_refused(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    file = take(MEMBERS, ("A001", "王氏", "配偶", ONE), ("A001", "沈阿大", "户主", ONE))
    rejected = {each["cell"]: each["code"] for each in file["problems"] if each["severity"] == "reject"}
    assert (rejected, counts(file)) == ({"D2": "J414"}, (0, 0, 1, 1))
    assert rows_of(tmp_path, PEOPLE) == [("沈阿大", ONE)]


def test_another_spelling_beside_the_same_number_is_taken_and_told(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    file = take(HOUSEHOLD_HEADER, family("A001", "沈阿达", ONE))
    assert (codes(file), counts(file)) == ({"D2": "J415"}, (0, 1, 0, 0))
    assert "沈阿大" in file["problems"][0]["message"]
    file = take(MEMBERS, ("A001", "沈阿答", "户主", ONE))
    assert codes(file)["B2"] == "J415"
    assert rows_of(tmp_path, PEOPLE) == [("沈阿答", ONE)]


def test_a_family_renamed_in_one_sheet_is_found_by_its_new_name_in_the_next(run: Run, tmp_path: Path) -> None:
    header = ("镇", "村", "户主姓名", "姓名", "与户主关系")
    write_workbook(tmp_path / "a.xlsx", {"户": [HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE)]})
    run("import", "a.xlsx")
    write_workbook(
        tmp_path / "b.xlsx",
        {
            "户": [HOUSEHOLD_HEADER, family("B001", "沈阿达", ONE, **{"户编号": None, "镇(街道)": "乌镇镇"})],
            "人": [
                header,
                ("乌镇镇", "望湖村", "沈阿达", "沈小二", "子"),
                ("石门镇", "望湖村", "沈阿大", "沈三", "子"),
            ],
        },
    )
    for new in (1, 0):
        sheets = run("import", "b.xlsx", "--json").json["files"][0]
        members = next(each for each in sheets["sheets"] if each["sheet"] == "人")
        assert (members["new"], members["rejected"]) == (new, 1)
        assert [each["code"] for each in sheets["problems"] if each["severity"] == "reject"] == ["J403"]


def test_the_heads_number_learnt_from_a_list_of_members_finds_the_family(run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "a.xlsx",
        {
            "户": [HOUSEHOLD_HEADER, family("A001", "沈阿大", "")],
            "人": [MEMBERS, ("A001", "沈阿大", "户主", ONE)],
            "结对": [("户主身份证号", "结对干部", "单位", "职务"), (ONE, "孙一", "民政局", "科员")],
        },
    )
    assert run("import", "a.xlsx").code == 0
    assert rows_of(tmp_path, "SELECT count(*) FROM pairing") == [(1,)]


def test_capitals_in_a_number_do_not_count(take: Take, run: Run, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("a001", "沈阿大", ""))
    assert counts(take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ""))) == (0, 0, 1, 0)
    assert counts(take(MEMBERS, ("A001", "沈小二", "子", "")))[0] == 1
    assert rows_of(tmp_path, NUMBERS) == [("a001",)]
    assert run("household", "show", "A001").code == 0
    cadre = ("孙一", "民政局", "科员", "")
    take(CADRES, ("k1", *cadre))
    assert counts(take(CADRES, ("K1", *cadre))) == (0, 0, 1, 0)
    assert run("cadre", "show", "K1").code == 0


def test_a_roster_without_villages_finds_families_that_have_one(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family(None, "沈阿大", ""))
    assert counts(take(VILLAGE_LESS, ("石门镇", "沈阿大", "农村低保", 3))) == (0, 1, 0, 0)
    assert counts(take(VILLAGE_LESS, ("乌镇镇", "沈阿大", "农村低保", 3))) == (1, 0, 0, 0)
    assert rows_of(tmp_path, NUMBERS) == [("H000001",), ("H000002",)]


def test_a_village_told_later_belongs_to_the_family_of_the_town(take: Take, run: Run, tmp_path: Path) -> None:
    take(VILLAGE_LESS, ("石门镇", "沈阿大", "农村低保", 3))
    assert counts(take(HOUSEHOLD_HEADER, family(None, "沈阿大", ""))) == (0, 1, 0, 0)
    assert run("household", "show", "H000001", "--json").json["household"]["village"] == "望湖村"
    assert counts(take(VILLAGE_LESS, ("石门镇", "沈阿大", "农村低保", 2))) == (0, 0, 1, 0)
    assert rows_of(tmp_path, NUMBERS) == [("H000001",)]


def test_namesakes_of_one_town_are_not_told_apart_without_a_village(take: Take, tmp_path: Path) -> None:
    other = family("A002", "沈阿大", "", **{"村(社区)": "新村"})
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ""), other)
    unclear = take(VILLAGE_LESS, ("石门镇", "沈阿大", "五保", 3))
    assert (codes(unclear), counts(unclear)) == ({"B2": "J404"}, (0, 0, 0, 1))
    twice = take(VILLAGE_LESS, ("乌镇镇", "朱水根", "五保", 3), ("乌镇镇", "朱水根", "五保", 1))
    assert counts(twice) == (2, 0, 0, 0)
    again = take(VILLAGE_LESS, ("乌镇镇", "朱水根", "五保", 3), ("乌镇镇", "朱水根", "五保", 1))
    assert counts(again) == (0, 0, 2, 0)


def test_a_namesake_without_a_number_is_not_the_family_another_row_names(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family(None, "沈阿大", ONE))
    rows = [family(None, "沈阿大", "", 困难类别="五保"), family(None, "沈阿大", ONE)]
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (1, 0, 1, 0)
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (0, 0, 2, 0)
    assert rows_of(tmp_path, PEOPLE) == [("沈阿大", ONE), ("沈阿大", None)]


def test_a_namesake_does_not_take_the_place_of_one_who_told_too_little(take: Take, tmp_path: Path) -> None:
    rows = [family(None, "沈阿大", "", 困难类别=""), family(None, "沈阿大", "")]
    told = ({"G2": "J302", "D3": "J404"}, (0, 0, 0, 2))
    first = take(HOUSEHOLD_HEADER, *rows)
    assert (codes(first), counts(first)) == told
    assert counts(take(HOUSEHOLD_HEADER, rows[0], family("A001", "沈阿大", ""))) == (1, 0, 0, 1)
    take(HOUSEHOLD_HEADER, family(None, "沈阿大", "", 困难类别="五保"), rows[1])
    assert counts(take(HOUSEHOLD_HEADER, family(None, "沈阿大", "", 困难类别="五保"), rows[1]))[2] == 2


def test_a_village_nobody_has_named_is_no_other_village(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family(None, "沈阿大", ""))
    header = ("镇", "村", "户主姓名", "姓名", "与户主关系")
    file = take(header, ("石门镇", "别村", "沈阿大", "沈小二", "子"))
    assert (codes(file), counts(file)) == ({"C2": "J403"}, (0, 0, 0, 1))


def test_a_town_of_another_county_fits_nobody_who_is_not_told_by_a_number(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ""))
    header = ("户编号", "镇", "户主姓名", "姓名", "与户主关系")
    file = take(header, ("", "火星镇", "沈阿大", "沈小二", "子"), ("A001", "火星镇", "沈阿大", "沈三", "子"))
    assert (codes(file)["B2"], counts(file)) == ("J401", (1, 0, 0, 1))


def test_a_family_that_moves_in_one_sheet_is_found_there_in_the_next(run: Run, tmp_path: Path) -> None:
    header = ("镇", "村", "户主姓名", "身份证号", "困难类别")
    write_workbook(tmp_path / "a.xlsx", {"户": [header, ("石门镇", "望湖村", "沈阿大", ONE, "农村低保")]})
    run("import", "a.xlsx")
    write_workbook(
        tmp_path / "b.xlsx",
        {
            "户": [header, ("乌镇镇", "塘东村", "沈阿大", ONE, "农村低保")],
            "人": [
                ("镇", "村", "户主姓名", "姓名", "与户主关系"),
                ("乌镇镇", "塘东村", "沈阿大", "沈小二", "子"),
            ],
        },
    )
    moved = run("import", "b.xlsx", "--json").json["files"][0]
    assert [(each["new"], each["rejected"]) for each in moved["sheets"]] == [(0, 0), (1, 0)]


def test_a_cadre_number_is_one_persons(take: Take, run: Run, tmp_path: Path) -> None:
    three, four = id_number(date(1970, 3, 3), 803), id_number(date(1971, 4, 4), 804)
    staff = [("K1", "孙一", "民政局", "副局长", ""), ("K2", "李二", "教育局", "科员", three)]
    take(CADRES, *staff)
    file = take(
        CADRES,
        ("K1", "钱五", "教育局", "科员", ""),
        ("K1", "孙一", "民政局", "副局长", three),
        ("K2", "李二", "教育局", "科员", four),
        ("K9", "李二", "教育局", "科员", three),
    )
    assert counts(file) == (0, 0, 0, 4)
    assert codes(file) == {f"A{row}": "J508" for row in range(2, 6)}
    paired = take(
        ("户编号", "镇", "户主姓名", "困难类别", "干部编号", "结对干部", "单位"),
        ("A001", "石门镇", "沈阿大", "五保", "K1", "李二", "教育局"),
    )
    assert (codes(paired), counts(paired)) == ({"E2": "J508"}, (0, 0, 0, 1))
    assert rows_of(tmp_path, STAFF) == [("K1", "孙一", None), ("K2", "李二", three)]


def test_a_serial_of_ours_keeps_clear_of_numbers_given(take: Take, tmp_path: Path) -> None:
    rows = (("C00002", "孙一", "民政局", "副局长", ""), ("", "李二", "教育局", "科员", ""))
    assert counts(take(CADRES, *rows)) == (2, 0, 0, 0)
    assert rows_of(tmp_path, STAFF) == [("C00002", "孙一", None), ("C00002A", "李二", None)]
    assert counts(take(CADRES, ("K7", "李二", "教育局", "科员", ""))) == (0, 1, 0, 0)
    assert rows_of(tmp_path, STAFF)[1][0] == "K7"


def test_namesakes_of_one_unit_are_told_apart_by_identity_number(take: Take, tmp_path: Path) -> None:
    take(CADRES, ("", "孙一", "民政局", "科员", ""))
    two = [("", "孙一", "民政局", "科员", ONE), ("", "孙一", "民政局", "科长", TWO)]
    assert counts(take(CADRES, *two)) == (1, 1, 0, 0)
    assert counts(take(CADRES, *two)) == (0, 0, 2, 0)
    assert [number for _, _, number in rows_of(tmp_path, STAFF)] == [ONE, TWO]


def test_a_cadre_renamed_beside_the_same_identity_number(take: Take, tmp_path: Path) -> None:
    take(CADRES, ("", "孙一", "民政局", "科员", ONE))
    file = take(CADRES, ("", "孙乙", "民政局", "科员", ONE))
    assert (codes(file), counts(file)) == ({"B2": "J415"}, (0, 1, 0, 0))
    assert rows_of(tmp_path, STAFF) == [("C00001", "孙乙", ONE)]


def test_a_wrong_identity_number_never_replaces_a_right_one(take: Take, tmp_path: Path) -> None:
    wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
    take(CADRES, ("", "孙一", "民政局", "科员", wrong))
    assert counts(take(CADRES, ("", "孙一", "民政局", "科员", ONE))) == (0, 1, 0, 0)
    assert counts(take(CADRES, ("", "孙一", "民政局", "科员", wrong))) == (0, 0, 1, 0)
    assert rows_of(tmp_path, STAFF) == [("C00001", "孙一", ONE)]


def test_a_cadre_who_moves_in_one_sheet_is_found_there_in_the_next(run: Run, tmp_path: Path) -> None:
    header = ("姓名", "单位", "职务", "身份证号")
    write_workbook(
        tmp_path / "a.xlsx",
        {
            "户": [HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE)],
            "干部": [header, ("孙一", "民政局", "副局长", TWO)],
        },
    )
    run("import", "a.xlsx")
    write_workbook(
        tmp_path / "b.xlsx",
        {
            "干部": [header, ("孙一", "教育局", "副局长", TWO)],
            "结对": [("户编号", "结对干部", "单位"), ("A001", "孙一", "教育局")],
        },
    )
    assert run("import", "b.xlsx", "--as-of", "2014-05-01").code == 0
    assert rows_of(tmp_path, "SELECT cadre_id FROM pairing") == [(1,)]
    assert rows_of(tmp_path, "SELECT count(*) FROM cadre") == [(1,)]


@pytest.mark.parametrize("post", ["校长", "副局长"])
def test_a_list_that_repeats_the_post_neither_promotes_nor_demotes(
    take: Take, run: Run, tmp_path: Path, post: str
) -> None:
    said = "是" if post == "校长" else "否"
    take(("姓名", "单位", "职务", "是否领导"), ("孙一", "实验中学", post, said))
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    row = ("A001", "孙一", "实验中学", post)
    file = take(("户编号", "结对干部", "单位", "职务"), row)
    assert (counts(file), file["problems"]) == ((1, 0, 0, 0), [])
    leads = rows_of(tmp_path, "SELECT leader FROM cadre_post")
    assert leads == [(1 if said == "是" else 0,)]


def test_a_new_post_is_judged_unless_the_table_does_not_know_it(take: Take, tmp_path: Path) -> None:
    header = ("姓名", "单位", "职务")
    take(header, ("孙一", "民政局", "副局长"), ("李二", "民政局", "科员"))
    file = take(header, ("孙一", "民政局", "专员甲"), ("李二", "民政局", "专员甲"))
    assert codes(file) == {"C3": "J501"}
    assert rows_of(tmp_path, "SELECT post, leader FROM cadre_post") == [("专员甲", 1), ("专员甲", 0)]
    take(header, ("孙一", "民政局", "科员"))
    assert rows_of(tmp_path, "SELECT leader FROM cadre_post WHERE cadre_id = 1") == [(0,)]


def test_a_disability_told_by_a_certificate_is_a_change_at_its_cell(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    take(MEMBER_HEADER, ("A001", "沈阿大", "户主", ONE, "", "肢体", "二级", ""))
    file = take(MEMBERS, ("A001", "沈阿大", "户主", f"{ONE}43"))
    assert [(each["cell"], each["field"]) for each in file["changes"]] == [("D2", "disability_grade")]
