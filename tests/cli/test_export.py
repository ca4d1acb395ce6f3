"""`jiemin export`: everything in full, in the columns of the forms, and taken back without a change."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from support.prepared import Once
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, write_workbook

from jiemin.domain.roster import ROSTERS, SheetKind

Run = Callable[..., Any]
SAMPLE = Path(__file__).parents[2] / "sample_data"
UNCHANGED = "与库里的内容相同，没有改动"


@pytest.fixture
def sample(run: Run, once: Once) -> Run:
    """The sample county, paired and visited."""

    def steps() -> None:
        assert run("import", str(SAMPLE / "households.xlsx")).code == 0
        assert run("pair", "--auto").code == 0
        visits = Path("visits.xlsx")
        visits.write_bytes((SAMPLE / "visits.xlsx").read_bytes())
        assert run("import", "visits.xlsx").code == 0

    once(steps)
    return run


def cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet's values."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def outcomes(ran: Any) -> dict[str, tuple[int, int, int, int]]:
    """Kind → rows new, changed, unchanged, rejected."""
    return {
        each["kind"]: (each["new"], each["changed"], each["unchanged"], each["rejected"])
        for file in ran.json["files"]
        for each in file["sheets"]
    }


def test_the_sample_county_comes_back_without_a_change(sample: Run, tmp_path: Path) -> None:
    ran = sample("export", "--out", "全部.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert "困难家庭名册420行，家庭成员名册1260行，干部名册640行" in ran.out
    before = (tmp_path / "jiemin.db").read_bytes()
    again = sample("import", "全部.xlsx")
    assert again.code == 0
    assert again.out.endswith(f"{UNCHANGED}\n")
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_the_sample_county_is_the_same_in_another_database(
    sample: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample("export", "--out", "全部.xlsx")
    monkeypatch.setenv("JIEMIN_DB", str(tmp_path / "other.db"))
    ran = sample("import", "全部.xlsx", "--json")
    assert ran.code == 0
    assert {kind: told[3] for kind, told in outcomes(ran).items()} == dict.fromkeys(ROSTERS, 0)
    sample("export", "--out", "又一份.xlsx")
    assert cells(tmp_path / "又一份.xlsx") == cells(tmp_path / "全部.xlsx")


def test_annex_1_comes_back_without_a_change(sample: Run, tmp_path: Path) -> None:
    assert sample("report", "pairing", "--out", "附件1.xlsx").code == 0
    before = (tmp_path / "jiemin.db").read_bytes()
    ran = sample("import", "附件1.xlsx", "--json")
    assert ran.code == 0
    ((new, changed, unchanged, rejected),) = outcomes(ran).values()
    assert (new, changed, rejected) == (0, 0, 0)
    assert unchanged == sum(
        isinstance(row[0], int) for row in cells(tmp_path / "附件1.xlsx")["附件1 结对汇总表"]
    )
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_numbers_are_whole_and_of_text_and_the_file_is_the_owners_alone(paired: Run, tmp_path: Path) -> None:
    assert paired("export", "困难家庭", "--out", "户.xlsx").code == 0
    workbook = load_workbook(tmp_path / "户.xlsx")
    assert workbook.sheetnames == [SheetKind.HOUSEHOLDS]
    sheet = workbook[SheetKind.HOUSEHOLDS]
    labels = [str(cell.value).rstrip("*#") for cell in sheet[1]]
    assert [
        (
            sheet.cell(row, labels.index("户主身份证号") + 1).value,
            sheet.cell(row, labels.index("户编号") + 1).value,
        )
        for row in range(2, 8)
    ] == [(row[4], row[0]) for row in household_rows()]
    number = sheet.cell(2, labels.index("户主身份证号") + 1)
    assert (number.number_format, number.data_type) == ("@", "s")
    since = sheet.cell(2, labels.index("起始日期") + 1)
    assert (since.number_format, str(since.value)) == ("yyyy-mm-dd", "2014-04-01 00:00:00")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "户.xlsx").stat().st_mode) == 0o600


def test_whoever_exports_full_numbers_is_in_the_log(paired: Run) -> None:
    paired("export", "困难家庭", "走访", "--out", "户.xlsx")
    last = paired("log", "--json").json["actions"][-1]
    assert last["command"] == "export"
    assert "导出名册" in paired("log").out


def test_the_day_asked_for_is_the_one_exported(run: Run, tmp_path: Path) -> None:
    rows = household_rows(1)
    write_workbook(tmp_path / "户.xlsx", {"户": [HOUSEHOLD_HEADER, *rows]})
    run("import", "户.xlsx", "--as-of", "2014-01-01")
    write_workbook(tmp_path / "户.xlsx", {"户": [HOUSEHOLD_HEADER, (*rows[0][:5], 5, *rows[0][6:])]})
    run("import", "户.xlsx", "--as-of", "2014-06-01")
    sizes = {}
    for day in ("2013-12-31", "2014-05-31", "2014-06-30"):
        run("export", "困难家庭", "--as-of", day, "--out", f"{day}.xlsx")
        header, *told = cells(tmp_path / f"{day}.xlsx")[SheetKind.HOUSEHOLDS]
        sizes[day] = [
            (row[header.index("家庭人口(人)")], f"{row[header.index('起始日期')]:%Y-%m-%d}") for row in told
        ]
    assert sizes == {"2013-12-31": [], "2014-05-31": [(3, "2014-01-01")], "2014-06-30": [(5, "2014-06-01")]}


def test_a_day_to_come_and_a_file_that_is_there_are_refused(paired: Run, tmp_path: Path) -> None:
    assert paired("export", "--as-of", "2014-07-01", "--out", "户.xlsx").code == 1
    (tmp_path / "户.xlsx").write_text("改了一半的名册")
    ran = paired("export", "--out", "户.xlsx")
    assert (ran.code, ran.out) == (1, "")
    assert (tmp_path / "户.xlsx").read_text() == "改了一半的名册"


def test_what_was_not_on_record_that_day_is_left_out_and_counted(run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "全部.xlsx",
        {
            "户": [HOUSEHOLD_HEADER, *household_rows(1)],
            "干部": [("干部编号", "姓名", "单位"), ("K1", "方局", "市民政局")],
            "结对": [("户编号", "结对干部", "结对时间"), ("A001", "方局", "2014-03-01")],
            "走访": [("走访日期", "户编号", "走访干部"), ("2014-03-05", "A001", "方局")],
        },
    )
    run("import", "全部.xlsx", "--as-of", "2014-04-01")
    early = run("export", "结对", "走访", "--as-of", "2014-03-31", "--out", "三月.xlsx")
    assert "结对名单0行，走访记录0行" in early.out
    assert early.err.count("有1行没有导出") == 2
    now = run("export", "结对", "走访", "--out", "六月.xlsx")
    assert ("结对名单1行，走访记录1行" in now.out, now.err) == (True, "")


def test_without_a_database_there_is_nothing_to_export(run: Run, tmp_path: Path) -> None:
    assert run("export", "--out", "户.xlsx").code == 10
    assert not (tmp_path / "户.xlsx").exists()


def test_what_was_exported_is_told_to_programs(paired: Run) -> None:
    told = paired("export", "单位", "干部", "--out", "干部.xlsx", "--json").json
    assert told == {
        "export": {
            "out": "干部.xlsx",
            "sheets": [
                {"kind": "干部名册", "rows": 8, "left_out": 0},
                {"kind": "单位名册", "rows": 2, "left_out": 0},
            ],
        }
    }


FORMULAS = ("=1+1", "+86", "-9+9", "@方", '=HYPERLINK("http://a","b")')


def test_text_that_begins_like_a_formula_stays_text_in_and_out(run: Run, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append([*CADRE_HEADER, "备注", "联系电话"])
    for number, text in enumerate(FORMULAS, start=2):
        row = (f"方{'甲乙丙丁戊'[number - 2]}", text, "科员", "否", "无此镇", None, text, "找不到")
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, value)
            cell.data_type = "s" if value is not None else "n"
    workbook.save(tmp_path / "干部.xlsx")
    run("import", "干部.xlsx")
    run("export", "干部", "--out", "导出.xlsx")
    faulty = "干部-问题.xlsx"
    for name, first in ((faulty, 2), ("导出.xlsx", 2)):
        made = load_workbook(tmp_path / name).worksheets[0]
        labels = [str(cell.value).rstrip("*#") for cell in made[1]]
        for label in ("单位", "备注"):
            column = labels.index(label) + 1
            written = [made.cell(row, column) for row in range(first, first + len(FORMULAS))]
            assert [cell.value for cell in written] == list(FORMULAS), name
            assert {cell.data_type for cell in written} == {"s"}, name
    ran = run("import", "导出.xlsx")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, UNCHANGED)
