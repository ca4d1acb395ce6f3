"""`jiemin visit remind`: the sheet goes out, comes back filled in, and what was due falls."""

import stat
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.imports import PAIR_HEADER, Take, codes, counts, rows_of
from support.prepared import Once
from support.rosters import HOUSEHOLD_HEADER, household_rows

Run = Callable[..., Any]
HEADER_ROW = 5


@pytest.fixture
def helped(take: Take, run: Run, once: Once) -> Run:
    """Three families: one of two units' cadres, one of two cadres of one unit, one of one cadre alone."""

    def steps() -> None:
        rows = household_rows(3)
        phone = [(*row, "13800000001", "3组12号") for row in rows]
        take((*HOUSEHOLD_HEADER, "联系电话", "家庭住址"), *phone)
        take(
            PAIR_HEADER,
            ("A001", "孙一", "民政局", "局长", "第一责任人", "2014-04-01"),
            ("A001", "李二", "教育局", "科员", "协助", "2014-04-01"),
            ("A002", "孙一", "民政局", "局长", "第一责任人", "2014-04-01"),
            ("A002", "周三", "民政局", "科员", "协助", "2014-04-01"),
            ("A003", "李二", "教育局", "科员", "第一责任人", "2014-04-01"),
        )

    once(steps)
    return run


def column(sheet: Worksheet, label: str) -> int:
    """The sheet's column of that label."""
    (found,) = (
        cell.column
        for row in sheet.iter_rows(min_row=HEADER_ROW - 1, max_row=HEADER_ROW)
        for cell in row
        if cell.value == label
    )
    assert isinstance(found, int)
    return found


def row_of(sheet: Worksheet, household_no: str) -> int:
    """The first row of that household."""
    place = column(sheet, "户编号")
    return next(
        row
        for row in range(HEADER_ROW + 1, sheet.max_row + 1)
        if sheet.cell(row, place).value == household_no
    )


def fill(book: Workbook, unit: str, household_no: str, told: Mapping[str, Any]) -> None:
    """Fill in a household's row."""
    sheet = book[unit]
    for label, value in told.items():
        sheet.cell(row_of(sheet, household_no), column(sheet, label)).value = value


def told(sheet: Worksheet, household_no: str, *labels: str) -> list[Any]:
    row = row_of(sheet, household_no)
    return [sheet.cell(row, column(sheet, label)).value for label in labels]


def copy_down(sheet: Worksheet, row: int) -> None:
    """Insert a row that says what the one above it says."""
    sheet.insert_rows(row)
    for place in range(1, sheet.max_column + 1):
        sheet.cell(row, place).value = sheet.cell(row - 1, place).value


VISIT: dict[str, Any] = {
    "走访日期": date(2014, 6, 20),
    "走访方式": "走访",
    "见到何人": "本人",
    "暖心手记": "都好",
}


def test_each_unit_gets_a_sheet_of_those_its_cadres_answer_for(helped: Run) -> None:
    ran = helped("visit", "remind", "--out", "提醒.xlsx")
    assert ran.code == 0
    assert "3户没有走访，2个单位" in ran.out
    book = load_workbook("提醒.xlsx")
    assert book.sheetnames == ["教育局", "民政局"]
    civil = book["民政局"]
    assert civil["A1"].value == "民政局 2014年第二季度走访提醒单"
    assert "2014年6月30日以前" in str(civil["A2"].value)
    labels = (
        "户编号",
        "镇(街道)",
        "村(社区)",
        "户主姓名",
        "联系电话和住址",
        "责任干部",
        "走访干部",
        "走访人单位",
    )
    assert told(civil, "A001", *labels) == [
        "A001",
        "石门镇",
        "望湖村",
        "沈阿大",
        "13800000001\n3组12号",
        "孙一(第一责任人)\n李二(教育局)",
        "孙一",
        "民政局",
    ]
    assert told(book["教育局"], "A001", "责任干部", "走访干部") == ["孙一(民政局，第一责任人)\n李二", "李二"]
    assert told(civil, "A002", "责任干部", "走访干部") == ["孙一(第一责任人)\n周三", "孙一、\n周三"]
    assert told(civil, "A002", "上次走访", "走访日期", "走访方式", "暖心手记") == ["没有", None, None, None]
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("提醒.xlsx").stat().st_mode) == 0o600


def test_an_untouched_sheet_has_nothing_to_enter(helped: Run, tmp_path: Path) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    ran = helped("import", "提醒.xlsx")
    assert ran.code == 0
    assert "3户还没有填" in ran.out
    assert "没有要登记的走访" in ran.out
    assert ran.err == ""
    file = helped("import", "提醒.xlsx", "--json").json["files"][0]
    assert (file["problems"], [each["left_blank"] for each in file["sheets"]]) == ([], [2, 2])
    assert rows_of(tmp_path, "SELECT count(*) FROM visit") == [(0,)]


def test_what_was_filled_in_becomes_visits_and_what_is_due_falls(helped: Run, tmp_path: Path) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    book = load_workbook("提醒.xlsx")
    fill(book, "民政局", "A001", VISIT | {"承诺事项": "修屋顶", "承诺完成时限": "9月底", "了解的需求": "无"})
    fill(book, "教育局", "A003", {"走访日期": "6月5日", "走访方式": "慰问", "暖心手记": "都好"})
    book.save("提醒.xlsx")
    ran = helped("import", "提醒.xlsx")
    assert ran.code == 0
    assert "1户还没有填" in ran.out
    assert rows_of(tmp_path, "SELECT day, kind, met, note, needs FROM visit ORDER BY day") == [
        ("2014-06-05", "慰问", None, "都好", None),
        ("2014-06-20", "走访", "本人", "都好", None),
    ]
    assert rows_of(tmp_path, "SELECT what, due_on FROM measure") == [("修屋顶", "2014-09-30")]
    due = helped("visit", "due", "--json").json
    assert (due["due"], due["made"]) == (3, 2)
    assert helped("import", "提醒.xlsx").code == 0
    assert rows_of(tmp_path, "SELECT count(*) FROM visit") == [(2,)]


def test_a_gift_can_be_written_in_and_a_blank_kind_is_a_call(helped: Run, tmp_path: Path) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    book = load_workbook("提醒.xlsx")
    fill(book, "民政局", "A001", VISIT | {"走访方式": "慰问", "慰问金": 500, "慰问品": "大米一袋"})
    fill(book, "民政局", "A002", VISIT | {"走访方式": None})
    fill(book, "教育局", "A003", VISIT | {"走访方式": "路过"})
    book.save("提醒.xlsx")
    (file,) = helped("import", "提醒.xlsx", "--json").json["files"]
    assert list(codes(file).values()) == ["J604"]
    assert rows_of(tmp_path, "SELECT kind, gift_fen, gift_goods FROM visit ORDER BY gift_fen DESC, kind") == [
        ("慰问", 50000, "大米一袋"),
        ("走访", None, None),
        ("走访", None, None),
    ]


def test_a_copied_row_is_a_second_visit(helped: Run, tmp_path: Path) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    book = load_workbook("提醒.xlsx")
    sheet = book["教育局"]
    below = row_of(sheet, "A003") + 1
    copy_down(sheet, below)
    fill(book, "教育局", "A003", VISIT)
    for label, value in (VISIT | {"走访日期": "2014-06-25"}).items():
        sheet.cell(below, column(sheet, label)).value = value
    book.save("提醒.xlsx")
    assert helped("import", "提醒.xlsx").code == 0
    assert rows_of(tmp_path, "SELECT day FROM visit ORDER BY day") == [("2014-06-20",), ("2014-06-25",)]


def test_a_copied_row_left_blank_does_not_count_as_unfilled(helped: Run) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx", "--unit", "教育局")
    book = load_workbook("提醒.xlsx")
    sheet = book["教育局"]
    below = row_of(sheet, "A003") + 1
    copy_down(sheet, below)
    fill(book, "教育局", "A003", VISIT)
    book.save("提醒.xlsx")
    assert "1户还没有填" in helped("import", "提醒.xlsx").out


def test_a_faulty_row_is_mended_in_the_workbook_of_faults(helped: Run, tmp_path: Path) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    book = load_workbook("提醒.xlsx")
    fill(book, "民政局", "A001", VISIT | {"走访日期": "6月18日、6月20日"})
    fill(book, "民政局", "A002", VISIT | {"走访日期": None})
    book.save("提醒.xlsx")
    ran = helped("import", "提醒.xlsx", "--json")
    assert ran.code == 1
    file = ran.json["files"][0]
    assert sorted(codes(file).values()) == ["J301", "J606"]
    mended = load_workbook("提醒-问题.xlsx")
    fill(mended, "民政局", "A001", {"走访日期": "2014-06-18"})
    fill(mended, "民政局", "A002", {"走访日期": "6月20日"})
    mended.save("提醒-问题.xlsx")
    done = helped("import", "提醒-问题.xlsx", "--json").json["files"][0]
    assert counts(done) == (2, 0, 0, 0)
    assert codes(done) == {"": "J614"}
    assert rows_of(tmp_path, "SELECT day FROM visit ORDER BY day") == [("2014-06-18",), ("2014-06-20",)]


def test_a_visitor_of_another_unit_may_be_written_in(helped: Run, tmp_path: Path) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    book = load_workbook("提醒.xlsx")
    fill(book, "民政局", "A001", VISIT | {"走访干部": "孙一、李二"})
    book.save("提醒.xlsx")
    assert helped("import", "提醒.xlsx").code == 0
    assert rows_of(tmp_path, "SELECT count(*) FROM visit_cadre") == [(2,)]


def test_a_folder_gets_a_workbook_for_each_unit_and_takes_them_back(helped: Run, tmp_path: Path) -> None:
    ran = helped("visit", "remind", "--out", "提醒", "--json")
    units = ran.json["remind"]["units"]
    assert [(each["unit"], each["households"]) for each in units] == [
        ("教育局", ["A003", "A001"]),
        ("民政局", ["A002", "A001"]),
    ]
    files = sorted(path.name for path in Path("提醒").iterdir())
    assert files == ["教育局走访提醒单.xlsx", "民政局走访提醒单.xlsx"]
    book = load_workbook("提醒/民政局走访提醒单.xlsx")
    assert book.sheetnames == ["民政局"]
    fill(book, "民政局", "A002", VISIT)
    book.save("提醒/民政局走访提醒单.xlsx")
    assert "2户还没有填" in helped("import", "提醒").out
    assert rows_of(tmp_path, "SELECT count(*) FROM visit") == [(1,)]


def test_what_is_there_is_not_replaced(helped: Run) -> None:
    helped("visit", "remind", "--out", "提醒")
    before = Path("提醒/教育局走访提醒单.xlsx").read_bytes()
    for out in ("提醒", "提醒/教育局走访提醒单.xlsx"):
        ran = helped("visit", "remind", "--out", out)
        assert (ran.code, ran.out) == (1, "")
        assert "已经有了，没有动它" in ran.err
    assert Path("提醒/教育局走访提醒单.xlsx").read_bytes() == before
    assert helped("visit", "remind", "--out", "没有/提醒").code == 1
    assert helped("visit", "remind", "--out", "提醒.xls").code == 1


def test_narrowed_to_a_unit_or_a_town(helped: Run) -> None:
    one = helped("visit", "remind", "--out", "一.xlsx", "--unit", "教育", "--json").json["remind"]
    assert [each["unit"] for each in one["units"]] == ["教育局"]
    two = helped("visit", "remind", "--out", "二.xlsx", "--town", "乌镇", "--json").json["remind"]
    assert [(each["unit"], each["households"]) for each in two["units"]] == [("民政局", ["A002"])]
    assert helped("visit", "remind", "--out", "三.xlsx", "--unit", "没有这个").code == 5


def test_visited_families_are_listed_only_if_all_are_asked_for(helped: Run) -> None:
    helped("visit", "add", "A003", "--date", "2014-05-06", "--needs", "想看病", "--deeds", "送医")
    helped("visit", "add", "A003", "--date", "2014-05-08", "--kind", "电话", "--promise", "修房")
    left = helped("visit", "remind", "--out", "一.xlsx", "--json").json["remind"]
    assert [each["households"] for each in left["units"]] == [["A001"], ["A002", "A001"]]
    everything = helped("visit", "remind", "--out", "二.xlsx", "--all", "--json").json["remind"]
    assert everything["households"] == 3
    sheet = load_workbook("二.xlsx")["教育局"]
    day, matters = told(sheet, "A003", "上次走访", "未办结的需求和承诺")
    assert day.date() == date(2014, 5, 6)
    assert "需求（2014-05-06）：想看病" in matters


def test_when_all_are_visited_nothing_is_written(helped: Run) -> None:
    for number in ("A001", "A002", "A003"):
        helped("visit", "add", number, "--date", "2014-05-06")
    ran = helped("visit", "remind", "--out", "提醒.xlsx")
    assert (ran.code, Path("提醒.xlsx").exists()) == (0, False)
    assert "没有遗漏，没有写文件" in ran.out
    ran = helped("visit", "remind", "--out", "提醒.xlsx", "--quarter", "2014Q1")
    assert (ran.code, Path("提醒.xlsx").exists()) == (0, False)
    assert "没有应走访的户" in ran.out


def test_of_a_quarter_that_is_over_only_what_was_done_is_asked_for(
    helped: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIEMIN_TODAY", "2014-07-05")
    assert helped("visit", "remind", "--out", "提醒.xlsx", "--quarter", "2014Q2").code == 0
    assert "已经结束" in str(load_workbook("提醒.xlsx")["民政局"]["A2"].value)
    assert helped("visit", "remind", "--out", "未来.xlsx", "--quarter", "2014Q4").code != 0


def test_showing_telephones_is_in_the_log(helped: Run) -> None:
    helped("visit", "remind", "--out", "提醒.xlsx")
    assert "visit remind" in helped("log", "--json").out
