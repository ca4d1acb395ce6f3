"""`jiemin import` of visits: what is stored, what a second file corrects, and what never comes back."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.imports import PAIR_HEADER, Take, codes, counts, rows_of
from support.rosters import HOUSEHOLD_HEADER, household_rows, write_workbook

Run = Callable[..., Any]
HEADER = (
    "走访日期",
    "户编号",
    "走访干部",
    "走访方式",
    "见到何人",
    "暖心手记",
    "了解的需求",
    "办实事",
    "慰问金",
    "慰问品",
    "承诺事项",
    "承诺完成时限",
)
WORDS = "SELECT kind, met, note, needs, deeds, gift_fen, gift_goods FROM visit"


@pytest.fixture
def visits(take: Take) -> Take:
    """Take visits at two families with 孙一 and 李二; a cell that is not told is blank."""
    take(HOUSEHOLD_HEADER, *household_rows(2))
    take(
        PAIR_HEADER,
        ("A001", "孙一", "民政局", "局长", "第一责任人", "2014-04-01"),
        ("A001", "李二", "民政局", "科员", "协助", "2014-04-01"),
        ("A002", "孙一", "民政局", "局长", "第一责任人", "2014-04-01"),
    )

    def once(*told: dict[str, Any], options: Sequence[str] = ()) -> dict[str, Any]:
        usual = {"走访日期": "2014-05-06", "户编号": "A001", "走访方式": "走访"}
        rows = [tuple((usual | row).get(label) for label in HEADER) for row in told]
        return take(HEADER, *rows, options=options)

    return once


FULL: dict[str, Any] = {
    "走访干部": "李二、孙一",
    "走访方式": "慰问",
    "见到何人": "户主本人",
    "暖心手记": "家里收拾得干净",
    "了解的需求": "想看病",
    "办实事": "送医上门",
    "慰问金": 500,
    "慰问品": "大米一袋",
    "承诺事项": "修屋顶",
    "承诺完成时限": "2014-09-30",
}


def test_everything_a_row_tells_is_stored_and_a_second_time_changes_nothing(
    visits: Take, run: Run, tmp_path: Path
) -> None:
    assert counts(visits(FULL)) == (1, 0, 0, 0)
    assert rows_of(tmp_path, f"{WORDS}") == [
        ("慰问", "户主本人", "家里收拾得干净", "想看病", "送医上门", 50000, "大米一袋")
    ]
    assert rows_of(tmp_path, "SELECT entered_on FROM visit") == [("2014-06-30",)]
    (measure,) = rows_of(
        tmp_path,
        "SELECT measure_no, what, promised_on, due_on, name FROM measure "
        "JOIN cadre ON cadre.id = measure.cadre_id JOIN visit ON visit.id = measure.visit_id",
    )
    assert measure == ("M000001", "修屋顶", "2014-05-06", "2014-09-30", "李二")
    before = (tmp_path / "jiemin.db").read_bytes()
    assert counts(visits(FULL)) == (0, 0, 1, 0)
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_a_promise_of_nobody_named_is_the_leads(visits: Take, tmp_path: Path) -> None:
    visits({"承诺事项": "修屋顶"})
    query = "SELECT name, due_on FROM measure JOIN cadre ON cadre.id = measure.cadre_id"
    assert rows_of(tmp_path, query) == [("孙一", None)]


def test_what_a_visit_said_is_kept_when_a_file_says_otherwise(visits: Take, run: Run, tmp_path: Path) -> None:
    visits(FULL)
    file = visits(FULL | {"暖心手记": "家里很干净", "慰问金": 300, "见到何人": None})
    assert counts(file) == (0, 1, 0, 0)
    assert [(each["field"], each["old"], each["new"]) for each in file["changes"]] == [
        ("visit_note", "家里收拾得干净", "家里很干净"),
        ("visit_gift_fen", "50000", "30000"),
    ]
    assert rows_of(tmp_path, "SELECT met, note, gift_fen FROM visit") == [("户主本人", "家里很干净", 30000)]
    ((visit, day, reason, text),) = rows_of(
        tmp_path, 'SELECT visit_id, day, reason, "before" FROM visit_correction'
    )
    assert (visit, day, reason) == (1, "2014-06-30", "导入：sheet.xlsx")
    assert json.loads(text) == {"note": "家里收拾得干净", "gift_fen": 50000}
    assert "家里收拾得干净" in run("visit", "show", "V000001").out
    assert run("undo").code == 0
    assert rows_of(tmp_path, "SELECT note, gift_fen FROM visit") == [("家里收拾得干净", 50000)]
    assert rows_of(tmp_path, "SELECT count(*) FROM visit_correction") == [(0,)]


def test_a_promise_gets_another_day_and_another_promise_is_a_second(visits: Take, tmp_path: Path) -> None:
    visits(FULL)
    later = FULL | {"承诺完成时限": "2014-10-31"}
    assert counts(visits(later)) == (0, 1, 0, 0)
    other = FULL | {"承诺事项": "找工作", "承诺完成时限": None}
    assert counts(visits(later, other)) == (0, 1, 1, 0)
    assert counts(visits(later, other)) == (0, 0, 2, 0)
    assert rows_of(tmp_path, "SELECT what, due_on FROM measure") == [
        ("修屋顶", "2014-10-31"),
        ("找工作", None),
    ]


def test_a_promise_that_was_kept_is_not_given_another_day(visits: Take, run: Run, tmp_path: Path) -> None:
    visits(FULL)
    assert run("measure", "deliver", "M000001", "--on", "2014-06-20").code == 0
    assert counts(visits(FULL | {"承诺完成时限": "2014-10-31"})) == (0, 0, 1, 0)
    assert rows_of(tmp_path, "SELECT due_on FROM measure") == [("2014-09-30",)]


def test_a_voided_visit_does_not_come_back(visits: Take, run: Run, tmp_path: Path) -> None:
    visits(FULL)
    assert run("visit", "void", "V000001", "--reason", "没有去").code == 0
    file = visits(FULL)
    assert (counts(file), codes(file)) == ((0, 0, 1, 0), {"A2": "J611"})
    assert rows_of(tmp_path, "SELECT count(*) FROM visit WHERE voided_on IS NULL") == [(0,)]
    assert run("visit", "add", "A001", "--date", "2014-05-06", "--cadre", "孙一").code == 0
    again = visits({"走访干部": "孙一", "暖心手记": "真的去了"})
    assert (counts(again), codes(again)) == ((0, 1, 0, 0), {})


def test_what_was_corrected_is_not_brought_back_by_the_old_file(
    visits: Take, run: Run, tmp_path: Path
) -> None:
    visits(FULL)
    corrected = ("visit", "correct", "V000001", "--reason", "记错了")
    assert run(*corrected, "--note", "家里很乱").code == 0
    file = visits(FULL)
    assert (counts(file), codes(file)) == ((0, 0, 1, 0), {"F2": "J616"})
    assert counts(visits(FULL | {"暖心手记": "又一种写法"})) == (0, 1, 0, 0)
    assert run(*corrected, "--date", "2014-05-08", "--cadre", "孙一").code == 0
    file = visits(FULL)
    assert (counts(file), codes(file)) == ((0, 0, 1, 0), {"A2": "J616"})
    assert rows_of(tmp_path, "SELECT day, note FROM visit") == [("2014-05-08", "又一种写法")]


def test_namesakes_are_told_by_the_unit_behind_the_name(visits: Take, take: Take, tmp_path: Path) -> None:
    take(("姓名", "单位", "职务"), ("孙一", "教育局", "科员"))
    file = visits({"走访干部": "孙一（民政局）、李二"}, {"走访干部": "孙一(教育局)", "户编号": "A002"})
    assert (counts(file), codes(file)) == ((2, 0, 0, 0), {"C3": "J602"})
    units = (
        "SELECT unit.name FROM visit_cadre JOIN cadre_post USING (cadre_id) JOIN unit ON unit.id = unit_id"
    )
    assert [name for (name,) in rows_of(tmp_path, units)] == ["民政局", "民政局", "教育局"]


def test_of_a_joint_visit_who_was_not_paired_is_named_though_the_visit_counts(visits: Take) -> None:
    """The command refuses such a visitor; a sheet must not pass him or her without a word."""
    file = visits({"户编号": "A002", "走访干部": "孙一、李二"})
    assert (counts(file), codes(file)) == ((1, 0, 0, 0), {"C2": "J602"})
    (problem,) = file["problems"]
    assert "：李二" in problem["message"]
    assert "孙一" not in problem["message"]


def test_two_rows_of_one_visit_that_differ_are_not_chosen_between(visits: Take, tmp_path: Path) -> None:
    rows = (FULL, FULL | {"暖心手记": "两回事"}, FULL | {"承诺完成时限": "2014-12-31"})
    file = visits(*rows)
    assert (counts(file), codes(file)) == ((1, 0, 0, 2), {"A3": "J612", "A4": "J612"})
    assert "第2行" in file["problems"][0]["message"]
    assert counts(visits(*rows)) == (0, 0, 1, 2)
    assert rows_of(tmp_path, "SELECT count(*) FROM visit_correction") == [(0,)]


def test_rows_of_one_visit_may_each_tell_a_part(visits: Take, tmp_path: Path) -> None:
    file = visits({"暖心手记": "好"}, {"办实事": "修灯", "承诺事项": "修路"}, {"承诺事项": "修房"})
    assert counts(file) == (1, 2, 0, 0)
    assert rows_of(tmp_path, "SELECT note, deeds FROM visit") == [("好", "修灯")]
    assert rows_of(tmp_path, "SELECT what FROM measure") == [("修路",), ("修房",)]


def test_a_visit_while_the_family_was_not_in_the_work_is_kept_and_named(visits: Take, run: Run) -> None:
    assert run("household", "exit", "A002", "--on", "2014-05-10", "--reason", "收入超标", "-y").code == 0
    file = visits(
        {"户编号": "A002", "走访日期": "2014-05-06"},
        {"户编号": "A002", "走访日期": "2014-05-20"},
        {"走访日期": "2014-03-20"},
    )
    assert (counts(file), codes(file)) == ((3, 0, 0, 0), {"A3": "J610", "A4": "J610"})
    said = [each["message"] for each in file["problems"]]
    assert "停保" in said[0]
    assert "还没有登记" in said[1]


def test_a_dry_run_tells_what_would_be_added(visits: Take, run: Run, tmp_path: Path) -> None:
    visits({"暖心手记": "好"})
    visits({"暖心手记": "好", "慰问金": 500, "走访方式": "走访", "承诺事项": "修路"}, options=["-n"])
    said = run("import", "sheet.xlsx", "-n").out
    assert "慰问金：空 → 500元" in said
    assert "承诺事项：空 → 修路" in said
    assert rows_of(tmp_path, "SELECT count(*) FROM measure") == [(0,)]


def test_a_page_of_the_handbook_is_entered_and_mended_from_its_own_form(
    visits: Take, run: Run, tmp_path: Path
) -> None:
    page = [
        ("暖心手记", "", "", ""),
        ("走访时间", "上周三", "走访人", "孙一、李二"),
        ("户主姓名", "沈阿大", "村(社区)", "望湖村"),
        ("走访方式", "走访", "见到何人", "本人"),
        ("走访情况", "问了近况", "", ""),
    ]
    write_workbook(tmp_path / "手记.xlsx", {"沈阿大": page})
    assert run("import", "手记.xlsx").code == 1
    mended = load_workbook(tmp_path / "手记-问题.xlsx")
    sheet = mended.worksheets[0]
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "上周三")
    cell.value = "2014-05-06"
    mended.save(tmp_path / "手记-问题.xlsx")
    done = run("import", "手记-问题.xlsx", "--json").json["files"][0]
    assert (counts(done), done["problems"]) == ((1, 0, 0, 0), [])
    assert rows_of(tmp_path, "SELECT met, note FROM visit") == [("本人", "问了近况")]


def test_an_export_tells_every_promise_and_changes_nothing(visits: Take, run: Run, tmp_path: Path) -> None:
    visits(FULL, {"走访干部": "李二、孙一", "走访方式": "慰问", "承诺事项": "找工作"})
    assert run("export", "走访", "--out", "走访.xlsx").code == 0
    rows = list(load_workbook("走访.xlsx").worksheets[0].iter_rows(values_only=True))
    heads = [str(head).rstrip("*#") for head in rows[0]]
    told = [dict(zip(heads, row, strict=True)) for row in rows[1:]]
    assert [(row["承诺事项"], row["慰问金(元)"]) for row in told] == [("修屋顶", 500), ("找工作", None)]
    before = (tmp_path / "jiemin.db").read_bytes()
    file = run("import", "走访.xlsx", "--json").json["files"][0]
    assert (counts(file), file["problems"]) == ((0, 0, 2, 0), [])
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_numbered_lines_of_one_cell_are_a_promise_each(visits: Take, run: Run, tmp_path: Path) -> None:
    row = FULL | {"承诺事项": "1.修屋顶\n2.送药上门"}
    assert counts(visits(row)) == (1, 0, 0, 0)
    query = "SELECT what, due_on FROM measure"
    assert rows_of(tmp_path, query) == [("修屋顶", "2014-09-30"), ("送药上门", "2014-09-30")]
    assert counts(visits(row)) == (0, 0, 1, 0)
    assert counts(visits(row | {"承诺完成时限": "2014-10-31"})) == (0, 1, 0, 0)
    assert rows_of(tmp_path, query) == [("修屋顶", "2014-10-31"), ("送药上门", "2014-10-31")]


def test_a_promise_typed_in_numbered_lines_stays_one(visits: Take, run: Run, tmp_path: Path) -> None:
    visits({"暖心手记": "好"})
    words = ("--promise", "1.修屋顶\n2.送药上门", "--promise-due", "2014-09-30")
    assert run("visit", "add", "A001", "--date", "2014-05-20", *words).code == 0
    assert run("export", "走访", "--out", "走访.xlsx").code == 0
    file = run("import", "走访.xlsx", "--json").json["files"][0]
    assert (counts(file), file["problems"]) == ((0, 0, 2, 0), [])
    assert rows_of(tmp_path, "SELECT count(*) FROM measure") == [(1,)]
