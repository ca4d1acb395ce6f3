"""`jiemin inspect report`: the bulletin says what the quarter's report and the due list say."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.prepared import Once
from support.rosters import county

Run = Callable[..., Any]

REPORT = ("inspect", "report", "--out", "通报.xlsx")


@pytest.fixture
def visited(run: Run, tmp_path: Path, once: Once) -> Run:
    """Twelve households paired from the new year, two visited in the first quarter, seven in the second."""

    def steps() -> None:
        county(tmp_path, households=12, leaders=4, others=10)
        assert run("import", "households.xlsx", "--as-of", "2014-01-01").code == 0
        assert run("pair", "--auto", "--on", "2014-01-01", "-y").code == 0
        for number, day in ((1, "2014-02-10"), (2, "2014-03-10")):
            assert run("visit", "add", f"A{number:03d}", "--date", day).code == 0
        for number in range(1, 8):
            note = f"第{number}户的情况，老人在家，请我们看了新灶"
            assert run("visit", "add", f"A{number:03d}", "--date", "2014-05-12", "--note", note).code == 0
        assert run("visit", "add", "A008", "--date", "2014-05-12", "--kind", "电话").code == 0

    once(steps)
    return run


def test_its_figures_are_those_of_the_report_and_of_the_due_list(visited: Run) -> None:
    told = visited(*REPORT, "--quarter", "2014Q2", "--json").json["bulletin"]
    due = visited("visit", "due", "--quarter", "2014Q2", "--json").json
    totals = visited("report", "quarterly", "--quarter", "2014Q2", "--out", "表.xlsx", "--json").json[
        "report"
    ]
    town = totals["totals"]["by_town"]
    assert (told["county"]["due"], told["county"]["made"]) == (12, 7)
    assert (told["county"]["due"], told["county"]["made"]) == (due["due"], due["made"])
    assert (told["county"]["due"], told["county"]["made"]) == (town["due"], town["made"])
    assert told["county"]["rate"] == due["rate"] == town["rate"] / 10 == 58.3
    assert sum(each["due"] for each in told["towns"]) == due["due"]
    assert sum(each["made"] for each in told["towns"]) == due["made"]


@pytest.mark.parametrize(
    ("sheet", "which"), [("附件2 帮扶情况统计表(按镇)", "towns"), ("帮扶情况统计表(按单位)", "units")]
)
def test_rows_are_those_of_annex_2(visited: Run, tmp_path: Path, sheet: str, which: str) -> None:
    told = visited(*REPORT, "--quarter", "2014Q2", "--json").json["bulletin"][which]
    visited("report", "quarterly", "--quarter", "2014Q2", "--out", "表.xlsx")
    page = openpyxl.load_workbook(tmp_path / "表.xlsx")[sheet]
    rows = list(page.iter_rows(values_only=True))
    first = next(at for at, row in enumerate(rows) if row[0] == "栏次")
    number = {str(cell): at for at, cell in enumerate(rows[first])}
    due, made = ("23", "24") if which == "towns" else ("7", "8")
    printed = {
        row[1]: (row[number[due]], row[number[made]])
        for row in rows[first + 1 :]
        if isinstance(row[0], int) and row[number[due]]
    }
    assert {each["name"]: (each["due"], each["made"]) for each in told} == printed


def test_last_quarter_is_worked_out_in_the_same_way(visited: Run) -> None:
    now = visited(*REPORT, "--quarter", "2014Q2", "--json").json["bulletin"]
    last = visited(*REPORT, "--quarter", "2014Q1", "--json").json["bulletin"]
    due = visited("visit", "due", "--quarter", "2014Q1", "--json").json
    assert (last["county"]["due"], last["county"]["made"]) == (due["due"], due["made"]) == (12, 2)
    assert now["county"]["last_rate"] == last["county"]["rate"] == 16.7
    assert now["county"]["change"] == 41.6
    before = {each["name"]: each["rate"] for each in last["towns"]}
    assert {each["name"]: each["last_rate"] for each in now["towns"]} == before
    assert last["county"]["last_rate"] is None
    assert "上季度没有数据" in visited(*REPORT, "--quarter", "2014Q1").out


def test_it_tells_of_spot_checks_and_of_what_checks_find(visited: Run) -> None:
    visited("inspect", "draw", "--count", "6", "--reason", "督查")
    number = visited("inspect", "show", "X0001", "--json").json["inspection"]["households"][0]["household_no"]
    visited("inspect", "record", "X0001", number, "--result", "不属实", "--finding", "电话16012345678")
    told = visited(*REPORT, "--quarter", "2014Q2", "--json").json["bulletin"]
    total = told["spot_checks"][-1]
    said = visited(*REPORT, "--quarter", "2014Q2").out
    assert "督查抽到6户次，已核实1户次，不全属实1户次" in said
    text = "".join(str(row[0]) for row in openpyxl.load_workbook("通报.xlsx")["通报"].values if row[0])
    assert "本季度共抽查6户次，已核实1户次" in text
    assert (total["town"], total["drawn"], total["checked"], total["results"]["不属实"]) == ("合计", 6, 1, 1)
    assert sum(row["drawn"] for row in told["spot_checks"][:-1]) == 6
    assert told["doubtful"] == [{"inspection_no": "X0001", "household_no": number, "result": "不属实"}]
    found = visited("check", "--quarter", "2014Q2", "--json").json["findings"]
    counted = {each["code"]: each["count"] for each in told["findings"]}
    grave = [each["code"] for each in found if each["severity"] != "提示"]
    assert counted == {code: grave.count(code) for code in grave}


def test_it_holds_nothing_private(visited: Run, tmp_path: Path) -> None:
    visited("inspect", "draw", "--count", "12", "--reason", "督查")
    for number in range(1, 13):
        visited("inspect", "record", "X0001", f"A{number:03d}", "--result", "不属实", "--finding", "因病在家")
    visited(*REPORT)
    workbook = openpyxl.load_workbook(tmp_path / "通报.xlsx")
    words = "\n".join(
        str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )
    heads = [each["head_name"] for each in visited("household", "list", "--json").json["households"]]
    assert not [name for name in heads if name in words]
    assert "沈*大" in words
    assert "因病" not in words
    assert "3304" not in words
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "通报.xlsx").stat().st_mode) == 0o600


def test_it_says_which_quarter_it_took_and_who_issues_it(visited: Run, tmp_path: Path) -> None:
    done = visited(*REPORT, "--office", "市委活动办公室")
    assert (done.code, done.err) == (0, "")
    assert "没有指定季度，取2014Q2" in done.out
    assert "应走访结对户12户，已走访7户，走访率58.3%，比上季度（16.7%）上升41.6个百分点" in done.out
    assert "已存成 通报.xlsx" in done.out
    sheet = openpyxl.load_workbook(tmp_path / "通报.xlsx")["通报"]
    assert "市委活动办公室" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_nothing_due_is_no_bulletin(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    done = run(*REPORT)
    assert (done.code, "没有应走访的户，出不了通报" in done.err) == (1, True)
    assert run(*REPORT, "--quarter", "2014Q3").code == 1
    assert not (tmp_path / "通报.xlsx").exists()


def test_the_findings_it_counts_are_those_of_the_command_it_names(visited: Run) -> None:
    assert (
        visited("visit", "add", "A001", "--date", "2014-05-12", "--cadre", "顾员1", "--not-paired").code == 0
    )
    told = visited(*REPORT, "--quarter", "2014Q2").out
    line = next((line for line in told.splitlines() if "检查发现问题" in line), "")
    assert line.endswith("用 jiemin check --quarter 2014Q2 查看")
