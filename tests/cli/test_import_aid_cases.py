"""`jiemin import` of the register of aid cases: new ones, known ones, and the same sheet again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER, Take, codes, counts, rows_of
from support.rosters import county, id_number, write_workbook

Run = Callable[..., Any]
HEADER = ("户编号", "成员姓名", "救助项目", "日期", "截止日期", "金额", "等级", "备注")
BILL = ("A001", "沈阿大", "医疗救助", "2014-05-12", None, 3000, None, "住院")
HOUSE = ("A001", None, "危房改造", "2014-06-01", None, None, "D", None)
RELIEF = ("A002", None, "临时救助", "2014-06-02", None, 800.5, None, None)
TIER = ("A003", None, "低保分档", "2014-04-01", None, 200, None, None)
ROWS = (BILL, HOUSE, RELIEF, TIER)


@pytest.fixture
def town(run: Run, tmp_path: Path) -> Run:
    county(tmp_path)
    assert run("import", "households.xlsx").code == 0
    return run


def stored(folder: Path) -> list[tuple[Any, ...]]:
    return list(
        rows_of(
            folder,
            "SELECT case_no, household_no, name, item, day, until, base_fen, grade, note "
            "FROM aid_case JOIN household ON household.id = household_id "
            "LEFT JOIN person ON person.id = person_id ORDER BY aid_case.id",
        )
    )


def test_cases_come_in_by_their_days_and_the_same_sheet_again_changes_nothing(
    town: Run, take: Take, tmp_path: Path
) -> None:
    done = take(HEADER, *ROWS)
    assert (done["sheets"][0]["kind"], counts(done), done["problems"]) == ("救助事项", (4, 0, 0, 0), [])
    assert stored(tmp_path) == [
        ("A000001", "A003", None, "低保金", "2014-04-01", None, 20_000, None, None),
        ("A000002", "A001", "沈阿大", "医疗救助", "2014-05-12", None, 300_000, None, "住院"),
        ("A000003", "A001", None, "危房改造补助", "2014-06-01", None, None, "D级", None),
        ("A000004", "A002", None, "临时救助", "2014-06-02", None, 80_050, None, None),
    ]
    before = (tmp_path / "jiemin.db").read_bytes()
    assert counts(take(HEADER, *ROWS, BILL)) == (0, 0, 5, 0)
    assert (tmp_path / "jiemin.db").read_bytes() == before
    assert counts(take(HEADER, (*BILL[:5], 3000.01, *BILL[6:]))) == (1, 0, 0, 0)


def test_a_county_s_own_headings_are_understood(town: Run, take: Take, tmp_path: Path) -> None:
    header: tuple[str, ...] = ("序号", "镇", "户主", "患者姓名", "救助类别", "出院日期", "个人自付费用(元)")
    done = take(header, (1, "石门镇", "沈阿大", "沈阿大", "大病医疗救助", "2014.5.12", "1,200元"))
    assert (counts(done), done["problems"]) == ((1, 0, 0, 0), [])
    header = ("户主姓名", "房屋危险等级", "项目", "验收日期")
    assert counts(take(header, ("朱水根", "C级危房", "危房改造", "2014年6月1日"))) == (1, 0, 0, 0)
    header = ("户主姓名", "姓名", "项目", "救助金额(万元)")
    done = take(header, ("朱水根", "朱水根", "临时救助", 0.08), options=["--as-of", "2014-06-03"])
    assert counts(done) == (1, 0, 0, 0)
    assert [row[2:] for row in stored(tmp_path)] == [
        ("沈阿大", "医疗救助", "2014-05-12", None, 120_000, None, None),
        (None, "危房改造补助", "2014-06-01", None, None, "C级", None),
        ("朱水根", "临时救助", "2014-06-03", None, 80_000, None, None),
    ]


def test_a_row_may_end_a_known_case_and_note_it(town: Run, take: Take, tmp_path: Path) -> None:
    take(HEADER, TIER)
    ended = (*TIER[:4], "2014-05-31", 200, None, "停发")
    later = ("A003", None, "低保分档", "2014-06-01", "长期", 220, None, None)
    done = take(HEADER, later, ended)
    assert (counts(done), done["problems"]) == ((1, 1, 0, 0), [])
    assert [(each["field"], each["old"], each["new"]) for each in done["changes"]] == [
        ("aid_until", "空", "2014-05-31"),
        ("note", "空", "停发"),
    ]
    assert [row[5:] for row in stored(tmp_path)] == [
        ("2014-05-31", 20_000, None, "停发"),
        (None, 22_000, None, None),
    ]
    assert counts(take(HEADER, TIER, ended, later)) == (0, 0, 3, 0)
    assert codes(take(HEADER, (*TIER[:4], "2014-06-01", 200, None, None))) == {"D2": "J707"}
    assert codes(
        take(HEADER, (*TIER[:4], "2014-05-30", *TIER[5:]), (*TIER[:4], "2014-05-29", *TIER[5:]))
    ) == {"E3": "J438"}


def test_members_of_the_same_import_have_cases(town: Run, tmp_path: Path) -> None:
    member = ("A001", "沈小宝", "子", None, None, None, None, None)
    write_workbook(
        tmp_path / "全.xlsx",
        {
            "救助": [HEADER, ("A001", "沈小宝", "困境儿童", "2014-02-01", None, None, "社会散居", None)],
            "成员": [MEMBER_HEADER, member],
        },
    )
    assert run_ok(town, "import", "全.xlsx")
    assert [row[2:] for row in stored(tmp_path)] == [
        ("沈小宝", "困境儿童基本生活费", "2014-02-01", None, None, "散居", None)
    ]


def run_ok(run: Run, *words: str) -> bool:
    done = run(*words)
    return bool(done.code == 0)


def test_several_members_of_one_name_are_not_told_apart(town: Run, take: Take, tmp_path: Path) -> None:
    rows = [
        ("A001", "沈小宝", "子", id_number(date(1990, 1, 1), serial), None, None, None, None)
        for serial in (11, 13)
    ]
    assert counts(take(MEMBER_HEADER, *rows)) == (2, 0, 0, 0)
    done = take(HEADER, ("A001", "沈小宝", *BILL[2:]))
    assert codes(done) == {"B2": "J705"}
    assert "有2名成员叫这个名字" in done["problems"][0]["message"]


def test_whoever_a_merge_made_one_is_found_by_the_old_name(town: Run, take: Take, tmp_path: Path) -> None:
    rows = [("A001", name, "女", None, None, None, None, None) for name in ("沈小宝", "沈小保")]
    take(MEMBER_HEADER, *rows)
    (one, other) = (
        row_id for (row_id,) in rows_of(tmp_path, "SELECT id FROM person WHERE name LIKE '沈小%' ORDER BY id")
    )
    assert run_ok(town, "duplicates", "merge", f"P{one:06d}", f"P{other:06d}", "-y")
    assert counts(take(HEADER, ("A001", "沈小保", *BILL[2:]))) == (1, 0, 0, 0)
    assert stored(tmp_path)[0][2] == "沈小宝"


def test_a_void_case_does_not_come_back(town: Run, take: Take, tmp_path: Path) -> None:
    take(HEADER, BILL)
    town("aid", "void", "1", "--reason", "写错")
    done = take(HEADER, BILL)
    assert (codes(done), counts(done)) == ({"D2": "J708"}, (0, 0, 1, 0))
    town(
        "aid", "add", "A001", "--item", "医疗", "--on", "2014-05-12", "--person", "沈阿大", "--amount", "3000"
    )
    assert counts(take(HEADER, BILL)) == (0, 1, 0, 0)  # the note


def test_what_is_exported_is_taken_as_known(town: Run, take: Take, tmp_path: Path) -> None:
    child = ("A003", "徐金宝", "困境儿童", "2014-04-01", "2014-09-30", None, "集中", "例")
    take(HEADER, *ROWS, child)
    town("aid", "add", "A004", "--item", "临时", "--amount", "1")
    town("aid", "void", "6", "--reason", "写错")
    done = town("export", "救助", "--out", "出.xlsx")
    assert "救助事项5行" in done.out
    before = (tmp_path / "jiemin.db").read_bytes()
    (file,) = town("import", "出.xlsx", "--json").json["files"]
    assert (counts(file), file["problems"]) == ((0, 0, 5, 0), [])
    assert (tmp_path / "jiemin.db").read_bytes() == before
    assert town("undo").code == 0


@pytest.mark.parametrize("known", [False, True])
def test_a_last_day_that_its_item_does_not_tell_is_never_stored(
    town: Run, take: Take, tmp_path: Path, known: bool
) -> None:
    early = (*BILL[:4], "2014-05-01", *BILL[5:])
    if known:
        take(HEADER, BILL)
    done = take(HEADER, early, early)
    assert {problem["code"] for problem in done["problems"]} == {"J703"}
    assert [row[5] for row in stored(tmp_path)] == [None]


def test_a_case_of_one_of_two_namesakes_is_not_exported_and_that_is_said(
    town: Run, take: Take, tmp_path: Path
) -> None:
    """By a name alone it could come back as the other's, or not at all."""
    numbers = [id_number(date(1990, 1, 1), serial) for serial in (11, 13)]
    take(MEMBER_HEADER, *(("A001", "沈小宝", "子", each, None, None, None, None) for each in numbers))
    bill = ("--item", "医疗", "--on", "2014-05-12", "--amount", "3000")
    assert town("aid", "add", "A001", *bill, "--person", numbers[0]).code == 0
    assert town("aid", "add", "A001", *bill, "--person", "沈阿大").code == 0
    done = town("export", "救助", "--out", "出.xlsx")
    assert "救助事项1行" in done.out
    assert "救助事项有1行没有导出" in done.err
    assert "同名" in done.err
    (file,) = town("import", "出.xlsx", "--json").json["files"]
    assert (counts(file), file["problems"]) == ((0, 0, 1, 0), [])
