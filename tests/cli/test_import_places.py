"""Lists of units and villages: what they bring, and what is found wrong with them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import Take, codes, counts, family, rows_of
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, id_number, write_workbook

Run = Callable[..., Any]

VILLAGES = ("镇(街道)", "村(社区)", "编码")
UNITS = ("单位名称", "联系镇", "联系村", "起始日期")


def villages(folder: Path) -> list[tuple[Any, ...]]:
    query = (
        "SELECT town.name, village.name, village.code FROM region AS village "
        "JOIN region AS town ON town.id = village.parent_id WHERE village.level = '村' ORDER BY village.id"
    )
    return list(rows_of(folder, query))


def links(folder: Path) -> list[tuple[Any, ...]]:
    query = (
        "SELECT unit.name, region.name, valid_from, valid_to FROM unit_region "
        "JOIN unit ON unit.id = unit_id JOIN region ON region.id = region_id ORDER BY unit_region.id"
    )
    return list(rows_of(folder, query))


def test_villages_come_with_their_codes_and_once_only(take: Take, tmp_path: Path) -> None:
    rows = [
        ("乌镇", "虹桥村", "330483100201"),
        ("石门镇", "望湖村", 330483103203),
        ("石门镇", "新桥村", None),
    ]
    assert counts(take(VILLAGES, *rows)) == (3, 0, 0, 0)
    known = [
        ("乌镇镇", "虹桥村", "330483100201"),
        ("石门镇", "望湖村", "330483103203"),
        ("石门镇", "新桥村", None),
    ]
    assert villages(tmp_path) == known
    assert counts(take(VILLAGES, *rows)) == (0, 0, 3, 0)
    assert villages(tmp_path) == known


def test_a_code_is_filled_in_or_mended_and_that_is_told(take: Take, tmp_path: Path) -> None:
    take(VILLAGES, ("乌镇镇", "虹桥村", None), ("乌镇镇", "塘东村", "330483100202"))
    file = take(VILLAGES, ("乌镇镇", "虹桥村", "330483100201"), ("乌镇镇", "塘东村", "330483100205"))
    assert counts(file) == (0, 2, 0, 0)
    told = [(each["cell"], each["subject"], each["field"], each["old"]) for each in file["changes"]]
    assert told == [
        ("C2", "乌镇镇虹桥村", "code", "空"),
        ("C3", "乌镇镇塘东村", "code", "33048310****"),
    ]
    assert [code for _, _, code in villages(tmp_path)] == ["330483100201", "330483100205"]


def test_a_code_of_another_place_is_left_out(take: Take, tmp_path: Path) -> None:
    take(VILLAGES, ("乌镇镇", "虹桥村", "330483100201"))
    file = take(
        VILLAGES,
        ("乌镇镇", "塘东村", "330483100201"),  # 虹桥村's
        ("乌镇镇", "新桥村", "330483101203"),  # begins with another town's
        ("乌镇镇", "望湖村", "330499100203"),  # nobody's: codes change
    )
    assert codes(file) == {"C2": "J418", "C3": "J418"}
    assert "是乌镇镇虹桥村的" in file["problems"][0]["message"]
    assert counts(file) == (3, 0, 0, 0)
    assert [row[1:] for row in villages(tmp_path)[1:]] == [
        ("塘东村", None),
        ("新桥村", None),
        ("望湖村", "330499100203"),
    ]


def test_the_towns_own_codes_are_known_in_either_length(take: Take, tmp_path: Path) -> None:
    file = take(
        VILLAGES,
        ("乌镇镇", None, "330483100"),
        ("石门镇", None, "330483103000"),
        ("石门镇", "望湖村", "330483103203"),
    )
    town = dict(rows_of(tmp_path, "SELECT name, code FROM region WHERE level = '镇'"))
    assert (town["乌镇镇"], town["石门镇"]) == ("330483100", "330483103")
    assert (codes(file), counts(file)) == ({}, (1, 0, 2, 0))


def test_a_village_twice_and_a_town_not_of_the_county_stay_out(take: Take, tmp_path: Path) -> None:
    file = take(
        VILLAGES,
        ("乌镇镇", "虹桥村", "330483100201"),
        ("乌镇", "虹桥 村", "330483100202"),
        ("南浔镇", "新桥村", None),
        (None, "望湖村", None),
    )
    assert codes(file) == {"B3": "J419", "A4": "J401", "A5": "J401"}
    assert counts(file) == (1, 0, 0, 3)
    assert villages(tmp_path) == [("乌镇镇", "虹桥村", "330483100201")]


def test_villages_missing_from_the_list_are_news_in_any_roster(take: Take, tmp_path: Path) -> None:
    take(VILLAGES, ("石门镇", "望湖村", None), ("乌镇镇", "塘东村", None))
    rows = household_rows(3)  # the third lives in 梧桐街道新桥社区
    assert codes(take(HOUSEHOLD_HEADER, *rows)) == {"C4": "J402"}
    cadres = [
        ("方局", "市民政局", "局长", "是", "石门镇", "望湖村"),
        ("顾员", "市民政局", "科员", "否", "乌镇", "唐东村"),
    ]
    assert codes(take(CADRE_HEADER, *cadres)) == {"F3": "J402"}
    assert codes(take(UNITS, ("市卫生局", "乌镇镇", "塘西村", None))) == {"C2": "J402"}


def test_a_list_in_the_same_import_is_entered_before_the_rosters(
    take: Take, run: Any, tmp_path: Path
) -> None:
    write_workbook(
        tmp_path / "全部.xlsx",
        {
            "困难家庭": [HOUSEHOLD_HEADER, *household_rows(2)],
            "村": [VILLAGES, ("石门镇", "望湖村", None)],
        },
    )
    (file,) = run("import", "全部.xlsx", "--json").json["files"]
    assert [(each["sheet"], each["code"]) for each in file["problems"]] == [("困难家庭", "J402")]
    assert file["problems"][0]["cell"] == "C3"


def test_units_are_linked_with_places_from_a_day_on(take: Take, tmp_path: Path) -> None:
    rows = [
        ("市民政局", "乌镇镇", "虹桥村", "2014-02-01"),
        ("市民政局", "石门镇", None, None),
        ("市卫生局", None, None, None),
    ]
    assert counts(take(UNITS, *rows)) == (2, 1, 0, 0)
    known = [
        ("市民政局", "虹桥村", "2014-02-01", "9999-12-31"),
        ("市民政局", "石门镇", "2014-04-01", "9999-12-31"),
    ]
    assert links(tmp_path) == known
    assert counts(take(UNITS, *rows)) == (0, 0, 3, 0)
    assert links(tmp_path) == known
    units = [name for (name,) in rows_of(tmp_path, "SELECT name FROM unit ORDER BY id")]
    assert units == ["市民政局", "市卫生局"]


def test_a_link_that_cannot_be_told_is_warned_of(take: Take, tmp_path: Path) -> None:
    file = take(UNITS, ("市民政局", "南浔镇", None, None), ("市卫生局", None, "虹桥村", None))
    assert codes(file) == {"B2": "J505", "C3": "J505"}
    assert counts(file) == (2, 0, 0, 0)
    assert links(tmp_path) == []
    cadre = ("方局", "市民政局", "局长", "是", None, "望湖村")
    assert codes(take(CADRE_HEADER, cadre)) == {"F2": "J505"}


def test_a_village_alone_lies_in_the_town_of_the_whole_list(take: Take, tmp_path: Path) -> None:
    file = take(UNITS, ("市卫生局", None, "虹桥村", None), options=["--town", "乌镇"])
    assert codes(file) == {}
    assert [row[:2] for row in links(tmp_path)] == [("市卫生局", "虹桥村")]


def test_a_cadres_link_is_not_begun_again_for_saying_the_same(take: Take, tmp_path: Path) -> None:
    row = ("方局", "市民政局", "局长", "是", "石门镇", "望湖村")
    take(CADRE_HEADER, row)
    take(("姓名", "单位", "职务", "干部编号"), ("方局", "市教育局", "局长", "C00001"))
    assert [each[:2] for each in links(tmp_path)] == [("市民政局", "望湖村")]
    moved = ("姓名", "单位", "联系镇", "联系村", "干部编号")
    assert counts(take(moved, ("方局", "市教育局", "石门镇", "望湖村", "C00001"))) == (0, 0, 1, 0)
    assert [each[:2] for each in links(tmp_path)] == [("市民政局", "望湖村")]


VISITS = ("走访日期", "户编号", "走访干部", "走访干部编号", "走访人单位", "走访方式")


def test_a_number_tells_namesakes_who_visit_apart(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, *household_rows(1))
    cadres = ("干部编号", "姓名", "单位")
    take(cadres, ("K1", "顾员", "市民政局"), ("K2", "顾员", "市卫生局"), ("K3", "方局", "市卫生局"))
    blind = take(VISITS, ("2014-05-20", "A001", "顾员", None, None, "走访"))
    assert codes(blind) == {"C2": "J503"}
    file = take(VISITS, ("2014-05-20", "A001", "顾员、方局", "k2", None, "走访"))
    assert counts(file) == (1, 0, 0, 0)
    who = "SELECT cadre_no FROM visit_cadre JOIN cadre ON cadre.id = cadre_id ORDER BY cadre_no"
    assert [number for (number,) in rows_of(tmp_path, who)] == ["K2", "K3"]


def test_a_visitors_number_that_is_not_his_is_refused(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, *household_rows(1))
    take(("干部编号", "姓名", "单位"), ("K1", "顾员", "市民政局"))
    file = take(
        VISITS,
        ("2014-05-20", "A001", "方局", "K1", None, "走访"),
        ("2014-05-20", "A001", "顾员", "K9", None, "走访"),
    )
    assert codes(file) == {"D2": "J508", "D3": "J502"}
    assert counts(file) == (0, 0, 0, 2)


@pytest.mark.parametrize(("told", "options"), [((), ("--town", "乌镇镇")), (("乌镇镇低保户银行账号表",), ())])
def test_a_town_told_of_a_whole_list_moves_no_family_on_record(
    run: Run, tmp_path: Path, take: Take, told: tuple[str, ...], options: tuple[str, ...]
) -> None:
    number = id_number(date(1950, 1, 1), 801)
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", number))
    rows = [*([told] if told else []), ("户主姓名", "身份证号", "银行账号"), ("沈阿大", number, "62284800")]
    write_workbook(tmp_path / "accounts.xlsx", {"账号": rows})
    (file,) = run("import", "accounts.xlsx", "--json", *options).json["files"]
    assert [each["code"] for each in file["problems"] if each["code"] != "J207"] == ["J422"]
    assert "登记在石门镇望湖村" in file["problems"][-1]["message"]
    (home,) = run("household", "list", "--json").json["households"]
    assert home["village"] == "望湖村"
    moved = take(("户主姓名", "身份证号", "镇"), ("沈阿大", number, "乌镇镇"))
    assert (codes(moved), counts(moved)) == ({"C2": "J421"}, (0, 1, 0, 0))
    assert "原来登记在石门镇望湖村" in moved["problems"][0]["message"]


def test_one_family_in_the_lists_of_two_towns_is_a_finding(run: Run, tmp_path: Path) -> None:
    number = id_number(date(1950, 1, 1), 801)
    for name, town in (("a", "石门镇"), ("b", "乌镇镇")):
        row = family(None, "沈阿大", number, **{"镇(街道)": town})
        write_workbook(tmp_path / f"{name}.xlsx", {"名册": [HOUSEHOLD_HEADER, row]})
    first, second = run("import", "a.xlsx", "b.xlsx", "--json").json["files"]
    assert (codes(first), codes(second)) == ({}, {"B2": "J421"})
