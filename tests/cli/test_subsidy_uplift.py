"""`jiemin subsidy uplift`: what the notice brings, on the screen, as JSON and as a table to print."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.families import LOW, RURAL, URBAN, add_families, change_family

from jiemin.storage.database import open_database

Run = Callable[..., Any]


@pytest.fixture
def county(run: Run, tmp_path: Path) -> Run:
    """H001 rural and H003 urban in 石门镇, H002 low-income in 乌镇镇; June is computed, nothing else."""
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL, LOW, URBAN)
    assert run("subsidy", "compute", "--month", "2014-06").code == 0
    return run


def lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_a_year_tells_its_months_and_its_yearly_aid_by_town(county: Run) -> None:
    ran = county("subsidy", "uplift", "--year", "2014")
    assert (ran.code, ran.err) == (0, "")
    assert lines(ran.out) == [
        ["镇(街道)", "户数", "通知前", "通知后", "增加", "其中试算"],
        ["乌镇镇", "1", "500元", "1,100元", "600元", "600元"],
        ["石门镇", "2", "6,480元", "6,624元", "144元", "96元"],
        ["合计", "3", "6,980元", "7,724元", "744元", "696元"],
        [
            "县里没有写标准、不发的：供养金、困境儿童基本生活费、医疗救助、危房改造补助、养老保险缴费补贴、"
            "合作医疗个人缴费、大病保险个人缴费"
        ],
        ["2014年（1–6月）：3户，通知前6,980元，通知后7,724元，增加744元（其中试算696元）"],
    ]
    assert county("subsidy", "uplift").out == ran.out
    assert len(county("subsidy", "runs", "--json").json["runs"]) == 1


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("家庭", ["H001", "H003"]),
        ("户", ["H001", "H003"]),
        ("household", ["H001", "H003"]),
        ("类别", ["城镇低保", "农村低保"]),
        ("项目", ["低保金"]),
        ("月份", ["2014-06"]),
        ("镇", ["石门镇"]),
    ],
)
def test_a_month_on_record_is_told_by_what_was_asked(county: Run, by: str, names: list[str]) -> None:
    told = county("subsidy", "uplift", "--month", "2014-06", "--by", by, "--json").json["uplift"]
    assert [each["name"] for each in told["groups"]] == names
    assert told["total"] == {
        "households": 2,
        "before_fen": 216000,
        "after_fen": 220800,
        "uplift_fen": 4800,
        "drafts": 0,
        "draft_uplift_fen": 0,
    }
    assert told["sentence"] == "2014年6月：2户，通知前2,160元，通知后2,208元，增加48元"


def test_households_are_told_with_their_heads_and_places(county: Run) -> None:
    ran = county("subsidy", "uplift", "--month", "2014-06", "--by", "户")
    assert lines(ran.out)[:2] == [
        ["户编号", "户主", "镇(街道)", "村(社区)", "户数", "通知前", "通知后", "增加", "其中试算"],
        ["H001", "沈1", "石门镇", "1", "900元", "948元", "48元"],
    ]


def test_an_approved_month_stands_and_what_lacks_facts_is_not_counted(county: Run, tmp_path: Path) -> None:
    assert county("subsidy", "approve", "2014-06", "-y").code == 0
    with open_database(tmp_path / "jiemin.db") as database:
        change_family(database, 1, date(2014, 5, 1), covered=None)
    ran = county("subsidy", "uplift", "--json")
    assert ran.code == 4
    told = ran.json["uplift"]
    assert told["groups"][1]["name"] == "石门镇"
    assert told["groups"][1]["uplift_fen"] == 4800 + 4800
    assert [each["period"] for each in told["missing"]] == ["2014-05"]
    ran = county("subsidy", "uplift")
    assert "另有1户缺少资料、算不出，没有计入\n缺少什么：jiemin subsidy list --month 2014-05\n" in ran.out


def test_the_table_to_print_adds_up(county: Run, tmp_path: Path) -> None:
    ran = county("subsidy", "uplift", "--by", "月份", "--out", "对比.xlsx")
    assert ran.out.endswith("已存成 对比.xlsx\n")
    sheet = load_workbook(tmp_path / "对比.xlsx")["提标前后对比"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert cells[:6] == [
        ["时段", "户数", "通知前", "通知后", "增加", "其中试算"],
        ["2014-04", 2, 2160, 2208, 48, 48],
        ["2014-05", 2, 2160, 2208, 48, 48],
        ["2014-06", 2, 2160, 2208, 48, None],
        ["2014年度", 1, 500, 1100, 600, 600],
        ["合计", 3, 6980, 7724, 744, 696],
    ]
    foot = "".join(str(row[0]) for row in cells[6:])
    assert "表内逻辑(经核对全部相符)：增加=通知后-通知前；各行相加=合计" in foot
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    again = county("subsidy", "uplift", "--out", "对比.xlsx")
    assert (again.code, "已经有了" in again.err) == (1, True)


def test_households_have_a_table_too(county: Run, tmp_path: Path) -> None:
    assert county("subsidy", "uplift", "--by", "家庭", "--out", "户.xlsx").code == 0
    sheet = load_workbook(tmp_path / "户.xlsx")["提标前后对比"]
    assert [cell.value for cell in sheet[6]][:5] == ["H001", "沈1", "石门镇", None, 1]


def test_nobody_gets_anything_in_a_month_before_the_work_began(county: Run) -> None:
    ran = county("subsidy", "uplift", "--month", "2014-03", "--out", "三月.xlsx")
    assert ran.code == 0
    assert "2014年3月：没有发补助的户" in ran.out


def test_what_cannot_be_is_refused(county: Run) -> None:
    ran = county("subsidy", "uplift", "--month", "2014-07")
    assert (ran.code, "2014年7月还没有开始" in ran.err) == (1, True)
    ran = county("subsidy", "uplift", "--by", "村")
    assert (ran.code, "只能是 镇、家庭、类别、项目 或 月份" in ran.err) == (2, True)
    ran = county("subsidy", "uplift", "--year", "2014", "--month", "2014-06")
    assert (ran.code, "和 --month 只写一个" in ran.err) == (2, True)
