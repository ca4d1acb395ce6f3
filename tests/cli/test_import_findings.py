"""What an import says of rows that contradict the record, or each other: nothing merges by accident."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from support.imports import (
    MEMBER_HEADER,
    PAIR_HEADER,
    VISIT_HEADER,
    Take,
    codes,
    counts,
    family,
)
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, id_number, write_workbook

Run = Callable[..., Any]

ONE, TWO = id_number(date(1950, 1, 1), 801), id_number(date(1960, 2, 2), 802)


def test_a_given_number_reused_for_another_family_is_a_finding(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    again = take(HOUSEHOLD_HEADER, family("A001", "朱水根", TWO))
    assert (codes(again), counts(again)) == ({"A2": "J406"}, (0, 0, 0, 1))


def test_another_head_without_a_number_is_not_taken_for_the_family(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    again = take(HOUSEHOLD_HEADER, family("A001", "朱水根", ""))
    assert (codes(again), counts(again)) == ({"A2": "J412"}, (0, 0, 0, 1))


def test_the_same_family_twice_in_one_roster(take: Take) -> None:
    file = take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A001", "沈阿大", ONE))
    assert (codes(file), counts(file)) == ({"A3": "J405"}, (1, 0, 0, 1))


def test_a_head_of_one_family_cannot_head_another(take: Take) -> None:
    file = take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "沈阿大", ONE))
    assert (codes(file), counts(file)) == ({"D3": "J407"}, (1, 0, 0, 1))


def test_missing_and_zero_numbers_never_merge_families(take: Take, run: Run) -> None:
    rows = [family(None, "沈阿大", ""), family("0", "朱水根", ""), family("无", "徐金宝", TWO)]
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (3, 0, 0, 0)
    numbers = [each["household_no"] for each in run("household", "list", "--json").json["households"]]
    assert numbers == ["H000001", "H000002", "H000003"]
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (0, 0, 3, 0)


def test_namesakes_of_one_village_stay_apart_and_are_found_again(take: Take, run: Run) -> None:
    rows = [family(None, "沈阿大", ""), family(None, "沈阿大", "", 困难类别="五保")]
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (2, 0, 0, 0)
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (0, 0, 2, 0)
    member = take(MEMBER_HEADER, (None, "沈小二", "子", "", "", "", "", ""))
    assert counts(member)[3] == 1
    named = take(
        ("户主姓名", "镇", "村", "姓名", "与户主关系"), ("沈阿大", "石门镇", "望湖村", "沈小二", "子")
    )
    assert codes(named) == {"A2": "J404"}


def test_a_number_given_later_takes_the_place_of_ours(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family(None, "沈阿大", ONE))
    later = take(HOUSEHOLD_HEADER, family("SM-17", "沈阿大", ONE))
    assert counts(later) == (0, 1, 0, 0)
    assert [each["household_no"] for each in run("household", "list", "--json").json["households"]] == [
        "SM-17"
    ]


def test_a_new_family_needs_a_head_and_a_class(take: Take) -> None:
    file = take(HOUSEHOLD_HEADER, family("A001", "", ONE), family("A002", "朱水根", TWO, 困难类别=""))
    assert (codes(file), counts(file)[3]) == ({"D2": "J301", "G3": "J302"}, 2)


def test_a_known_family_needs_no_town(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    again = take(("户编号", "困难类别"), ("A001", "低收入"))
    assert (again["problems"], counts(again)) == ([], (0, 1, 0, 0))
    unknown = take(("户编号", "户主姓名", "困难类别"), ("A009", "朱水根", "低收入"))
    assert [each["code"] for each in unknown["problems"]] == ["J401"]
    told = take(("户编号", "户主姓名", "困难类别"), ("A009", "朱水根", "低收入"), options=("--town", "乌镇"))
    assert counts(told) == (1, 0, 0, 0)


def test_more_covered_than_there_are_is_warned(take: Take) -> None:
    file = take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE, 家庭人口=1, 保障人口=2))
    assert (codes(file), counts(file)) == ({"H2": "J409"}, (1, 0, 0, 0))


def test_what_changes_from_a_day_on_leaves_the_days_before(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), options=("--as-of", "2014-01-01"))
    take(
        HOUSEHOLD_HEADER,
        family("A001", "沈阿大", ONE, 困难类别="城镇低保"),
        options=("--as-of", "2014-05-01"),
    )
    assert run("household", "show", "A001", "--json").json["household"]["class"] == "城镇低保"
    before = run("--today", "2014-04-30", "household", "show", "A001", "--json").json["household"]
    assert before["class"] == "农村低保"


def test_an_id_corrected_later_is_taken_over_but_never_spoilt(take: Take, run: Run) -> None:
    wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", wrong))
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    person = run("household", "show", "A001", "--json", "--reveal").json["household"]["persons"][0]
    assert (person["id_number"], person["birth_date"]) == (ONE, "1950-01-01")
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", wrong))
    person = run("household", "show", "A001", "--json", "--reveal").json["household"]["persons"][0]
    assert person["id_number"] == ONE


def test_members_who_contradict_the_record(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "朱水根", TWO))
    son = id_number(date(1990, 3, 3), 803)
    file = take(
        MEMBER_HEADER,
        ("A001", "沈小二", "子", son, "健康", "", "", "是"),
        ("A002", "沈小二", "子", son, "健康", "", "", "是"),
        ("A001", "王氏", "户主", "", "健康", "", "", "是"),
        ("A999", "无此户", "子", "", "", "", "", ""),
        ("A001", "沈小二", "子", son, "健康", "", "", "是"),
        ("A001", "沈三", "子", "", "残疾", "肢体", "二级", "否"),
    )
    assert counts(file) == (2, 0, 0, 4)
    rejected = {each["cell"]: each["code"] for each in file["problems"] if each["severity"] == "reject"}
    assert rejected == {"B3": "J407", "A4": "J412", "A5": "J403", "B6": "J407"}
    assert [each["code"] for each in file["problems"] if each["severity"] == "warn"] == ["J408"]


def test_a_family_has_one_head(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    file = take(("户主姓名", "姓名", "与户主关系"), ("沈阿大", "沈阿大", "户主"), ("沈阿大", "王氏", "户主"))
    assert codes(file)["C3"] == "J410"


def test_a_class_code_that_is_not_understood_leaves_the_rest_of_the_row(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    file = take(MEMBER_HEADER, ("A001", "沈小二", "远房表亲", "", "健康", "", "", ""))
    assert (codes(file), counts(file)) == ({"C2": "J303"}, (1, 0, 0, 0))
    persons = run("household", "show", "A001", "--json").json["household"]["persons"]
    assert [(each["name"], each["relation"]) for each in persons] == [("沈阿大", "户主"), ("沈小二", None)]


def test_covered_persons_are_compared_with_the_marks(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE, 保障人口=2))
    file = take(
        MEMBER_HEADER,
        ("A001", "沈阿大", "户主", ONE, "", "", "", "是"),
        ("A001", "沈小二", "子", "", "", "", "", "否"),
    )
    assert codes(file) == {"A2": "J411"}


def test_cadres_of_one_name_and_unit_are_told_apart_by_telephone(take: Take, run: Run) -> None:
    header = ("姓名", "单位", "职务", "联系电话")
    two = (("孙一", "民政局", "科员", "13800000001"), ("孙一", "民政局", "科员", "13800000002"))
    assert counts(take(header, *two)) == (2, 0, 0, 0)
    assert counts(take(header, *two)) == (0, 0, 2, 0)
    twice = take(header, two[0], two[0])
    assert (codes(twice), counts(twice)[3]) == ({"A3": "J506"}, 1)
    assert len(run("cadre", "list", "--json").json["cadres"]) == 2
    assert run("cadre", "show", "孙一").code == 5
    assert run("cadre", "show", "13800000002", "--json").json["cadre"]["phones"] == ["138****0002"]
    assert run("cadre", "show", "孙一@教育局").code == 5


def test_given_numbers_tell_cadres_apart_and_take_the_place_of_ours(take: Take, run: Run) -> None:
    header = ("干部编号", "姓名", "单位", "职务")
    two = (("K1", "孙一", "民政局", "科员"), ("K2", "孙一", "民政局", "科员"))
    assert counts(take(header, *two)) == (2, 0, 0, 0)
    take(("姓名", "单位", "职务"), ("李二", "教育局", "科员"))
    assert counts(take(header, ("K3", "李二", "教育局", "科员"))) == (0, 1, 0, 0)
    assert [each["cadre_no"] for each in run("cadre", "list", "--json").json["cadres"]] == ["K1", "K2", "K3"]


def test_unknown_posts_and_places_of_a_cadre_are_warned(take: Take, run: Run) -> None:
    file = take(CADRE_HEADER, ("孙一", "民政局", "专员甲", "", "不存在镇", ""))
    assert (set(codes(file).values()), counts(file)) == ({"J501", "J505"}, (1, 0, 0, 0))
    assert run("cadre", "list", "--json").json["cadres"][0]["leader"] is False


def test_a_transfer_is_dated_and_a_blank_post_demotes_nobody(take: Take, run: Run) -> None:
    header = ("干部编号", "姓名", "单位", "职务", "联系电话")
    take(header, ("K1", "孙一", "民政局", "副局长", "13800000001"), options=("--as-of", "2014-01-01"))
    moved = take(header, ("K1", "孙一", "教育局", "副局长", "13800000009"), options=("--as-of", "2014-05-01"))
    assert counts(moved) == (0, 1, 0, 0)
    assert run("cadre", "show", "K1", "--json").json["cadre"]["unit"] == "教育局"
    assert run("--today", "2014-04-30", "cadre", "show", "K1", "--json").json["cadre"]["unit"] == "民政局"
    take(("干部编号", "姓名", "单位", "联系电话"), ("K1", "孙一", "教育局", "13800000009"))
    assert run("cadre", "show", "K1", "--json").json["cadre"]["leader"] is True


def test_a_pairing_list_brings_its_households_and_cadres(take: Take, run: Run) -> None:
    header = ("镇", "村", "户主姓名", "身份证号", "困难类别", "结对干部", "单位", "职务")
    rows = [
        ("石门镇", "望湖村", "沈阿大", ONE, "农村低保", "孙一", "民政局", "局长"),
        ("石门镇", "望湖村", "沈阿大", ONE, "农村低保", "李二", "教育局", "科员"),
    ]
    assert counts(take(header, *rows)) == (2, 0, 0, 0)
    pairings = run("pair", "list", "--json").json["pairings"]
    assert [(each["cadre_name"], each["role"], each["origin"]) for each in pairings] == [
        ("孙一", "第一责任人", "导入"),
        ("李二", "协助", "导入"),
    ]
    assert counts(take(header, *rows)) == (0, 0, 2, 0)


def test_a_pairing_list_that_contradicts_the_record(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    take(
        ("姓名", "单位", "职务"),
        ("孙一", "民政局", "局长"),
        ("李二", "教育局", "科员"),
        ("李二", "卫生局", "科员"),
    )
    file = take(
        PAIR_HEADER,
        ("A001", "孙一", "", "", "第一责任人", "2014-04-01"),
        ("A001", "李二", "教育局", "", "第一责任人", ""),
        ("A001", "李二", "", "", "", ""),
        ("A001", "赵九", "", "", "", ""),
        ("A777", "孙一", "", "", "", ""),
    )
    assert counts(file) == (1, 0, 0, 4)
    assert codes(file) == {"E3": "J504", "B4": "J503", "B5": "J502", "A6": "J403"}


def test_visits_that_cannot_be_settled(take: Take, run: Run) -> None:
    rows = household_rows(2)
    take(HOUSEHOLD_HEADER, *rows)
    take(
        ("姓名", "单位", "职务"),
        ("孙一", "民政局", "局长"),
        ("李二", "教育局", "科员"),
        ("李二", "卫生局", "科员"),
    )
    take(PAIR_HEADER, ("A001", "孙一", "", "", "第一责任人", "2014-04-01"))
    file = take(
        VISIT_HEADER,
        ("2014-05-01", "A001", "孙一", "", "走访", "好"),
        ("2014-05-02", "A001", "李二", "", "走访", "分不清是谁"),
        ("2014-05-02", "A001", "赵九", "", "走访", "没有这个人"),
        ("2014-05-03", "A001", "李二", "卫生局", "走访", "没有结对"),
        ("2014-05-04", "A002", "", "", "走访", "没有写谁去的"),
        ("2014-05-05", "A001", "", "", "路过", "第一责任人去的"),
        ("2014-02-30", "A001", "孙一", "", "走访", "没有这一天"),
    )
    assert counts(file) == (4, 0, 0, 3)
    assert codes(file) == {
        "C3": "J503",
        "C4": "J502",
        "C5": "J602",
        "C6": "J603",
        "E7": "J604",
        "A8": "J310",
    }
    assert run("visit", "due", "--json").json["made"] == 1


def test_the_note_of_a_known_visit_is_corrected_not_doubled(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, *household_rows(1))
    take(PAIR_HEADER, ("A001", "孙一", "民政局", "局长", "第一责任人", "2014-04-01"))
    take(VISIT_HEADER, ("2014-05-01", "A001", "孙一", "", "走访", "旧"))
    changed = take(VISIT_HEADER, ("2014-05-01", "A001", "孙一", "", "走访", "新"))
    assert counts(changed) == (0, 1, 0, 0)
    assert [each["note"] for each in run("visit", "list", "--json").json["visits"]] == ["新"]


def test_a_dry_run_names_places_and_amounts_in_words(run: Run, take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    changed = family("A001", "沈阿大", ONE, **{"镇(街道)": "乌镇镇", "村(社区)": "塘东村", "家庭月收入": 400})
    write_workbook(tmp_path / "next.xlsx", {"名册": [HOUSEHOLD_HEADER, changed]})
    told = run("import", "next.xlsx", "-n").out
    assert "next.xlsx 名册 C2 A001 村(社区)：石门镇望湖村 → 乌镇镇塘东村" in told
    assert "next.xlsx 名册 I2 A001 家庭月收入：300元 → 400元" in told
    assert "这是试算，什么都没有写入" in told


def test_what_an_identity_number_changes_besides_is_called_by_its_own_name(
    run: Run, take: Take, tmp_path: Path
) -> None:
    slip = ONE[:-1] + ("1" if ONE[-1] != "1" else "2")
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", slip))
    take(
        ("户编号", "姓名", "与户主关系", "性别"),
        ("A001", "沈阿大", "户主", "男" if ONE[16] in "02468" else "女"),
    )
    write_workbook(tmp_path / "next.xlsx", {"名册": [HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE)]})
    told = run("import", "next.xlsx").out
    assert "名册 E2 A001 户主身份证号：" in told
    assert "名册 E2 A001 性别：" in told


def messages(file: dict[str, Any]) -> dict[str, str]:
    return {each["code"]: each["message"].partition("：")[2] for each in file["problems"]}


def test_who_is_on_record_is_named_where_a_row_contradicts_it(take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "朱水根", TWO))
    for code, number in (("J406", TWO), ("J412", "")):
        another = take(HOUSEHOLD_HEADER, family("A001", "朱水根", number))
        assert messages(another) == {code: "A001登记的户主是沈阿大"}
    assert messages(take(HOUSEHOLD_HEADER, family("A003", "沈阿大", ONE))) == {"J407": "登记在A001户的沈阿大"}
    header = ("户编号", "姓名", "与户主关系", "身份证号")
    assert messages(take(header, ("A002", "沈阿大", "父", ONE))) == {"J407": "登记在A001户的沈阿大"}
    heads = take((*header, "户主姓名"), ("A002", "沈二", "户主", "", "朱水根"))
    assert messages(heads) == {"J410": "登记的户主是朱水根"}
    assert messages(take(header, ("A002", "沈二", "子", TWO))) == {"J414": "登记在A002户的朱水根"}
    twice = take(header, *[("A002", "朱小", "子", id_number(date(1990, 1, 1), 3))] * 2)
    assert messages(twice) == {"J407": "这份名册里前面已有这个人"}
    take(PAIR_HEADER, ("A001", "孙一", "民政局", "局长", "第一责任人", "2014-04-01"))
    again = take(PAIR_HEADER, ("A001", "李二", "民政局", "局长", "第一责任人", "2014-04-01"))
    assert messages(again) == {"J504": "孙一"}
