"""Rosters of near kin (近亲属备案), and villages that a roster of units says are taken (包村)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.imports import Take, codes, counts
from support.prepared import Once
from support.rosters import county, household_rows, id_number, write_workbook

Run = Callable[..., Any]

KIN = ("干部姓名", "干部单位", "亲属姓名", "与干部关系", "亲属身份证号", "户编号", "备注")
UNITS = ("单位名称", "联系镇", "联系村", "包村")
HEAD = str(household_rows(1)[0][4])
"""The identity number of A001's head."""
WRONG = HEAD[:-1] + ("1" if HEAD[-1] != "1" else "2")


@pytest.fixture
def known(run: Run, tmp_path: Path, once: Once) -> Run:
    """A county of six households and eight cadres, imported."""

    def steps() -> None:
        county(tmp_path)
        assert run("import", "households.xlsx").code == 0

    once(steps)
    return run


def rules(run: Run) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run("pair", "rule", "list", "--json").json["rules"]
    return listed


def test_kin_come_with_a_roster_and_bar_their_pairs(known: Run, take: Take) -> None:
    rows = [
        ("方局1", "市民政局", "沈阿大", "父", HEAD, "", ""),
        ("顾员1", "", "朱阿二", "妻", "", "A002", "户口在外"),
    ]
    done = take(KIN, *rows)
    assert (done["sheets"][0]["kind"], counts(done)) == ("近亲属备案", (2, 0, 0, 0))
    first, second = rules(known)
    assert (first["cadre_no"], first["kin_name"], first["relation"]) == ("C00001", "沈阿大", "父")
    assert (first["household_no"], first["from"]) == (None, "2014-04-01")
    assert (second["household_no"], second["id_number"]) == ("A002", None)
    assert "近亲属（父）在这一户" in known("pair", "add", "A001", "方局1").err
    assert known("pair", "add", "A002", "顾员1").code == 1
    assert counts(take(KIN, *rows)) == (0, 0, 2, 0)


def test_headings_people_use(known: Run, take: Take) -> None:
    header = ("序号", "申报人", "工作单位", "近亲属姓名", "称谓", "身份证号码")
    done = take(header, (1, "方局1", "市民政局", "沈阿大", "父亲", HEAD))
    assert (done["sheets"][0]["kind"], counts(done), done["problems"]) == ("近亲属备案", (1, 0, 0, 0), [])
    assert rules(known)[0]["relation"] == "父亲"


def test_what_a_later_roster_adds_is_told_and_taken(known: Run, take: Take) -> None:
    take(KIN, ("方局1", "", "沈阿大", "", "", "A001", ""))
    told = take(KIN, ("方局1", "", "沈阿大", "父", HEAD, "", ""))
    assert counts(told) == (0, 1, 0, 0)
    (rule,) = rules(known)
    assert (rule["relation"], rule["household_no"]) == ("父", "A001")
    assert rule["id_number"] == f"330483********{HEAD[-4:]}"
    assert counts(take(KIN, ("方局1", "", "沈阿大", "", "", "A001", ""))) == (0, 0, 1, 0), "blank keeps"


def test_one_person_in_two_rows_is_one(known: Run, take: Take) -> None:
    done = take(
        KIN, ("方局1", "", "沈阿大", "父", HEAD, "", ""), ("方局1", "", "沈阿大", "父", HEAD, "A001", "")
    )
    assert counts(done) == (1, 1, 0, 0)
    assert len(rules(known)) == 1


def test_what_the_clerk_ended_does_not_come_back(known: Run, take: Take) -> None:
    row = ("方局1", "", "沈阿大", "父", HEAD, "", "")
    take(KIN, row)
    assert known("pair", "rule", "end", "K1").code == 0
    assert counts(take(KIN, row)) == (0, 0, 1, 0)
    assert rules(known) == []
    assert counts(take(KIN, row, options=("--as-of", "2014-06-30"))) == (1, 0, 0, 0), "but is told anew"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (("方局1", "", "某人", "妻", "", "", ""), {"C2": "J511"}),
        (("方局1", "", "某人", "妻", WRONG, "", ""), {"E2": "J511"}),
        (("方局1", "", "某人", "妻", HEAD, "A099", ""), {"F2": "J512"}),
        (("外人", "", "某人", "妻", HEAD, "", ""), {"A2": "J502"}),
        (("方局1", "市卫生局", "某人", "妻", HEAD, "", ""), {"A2": "J502"}),
    ],
)
def test_kin_nobody_can_find_stay_out(
    known: Run, take: Take, row: tuple[str, ...], found: dict[str, str]
) -> None:
    done = take(KIN, row)
    rejected = [each for each in done["problems"] if each["severity"] == "reject"]
    assert ({each["cell"]: each["code"] for each in rejected}, counts(done)) == (found, (0, 0, 0, 1))
    assert HEAD not in str(done)
    assert rules(known) == []


def test_a_wrong_number_gives_way_to_the_household(known: Run, take: Take) -> None:
    done = take(KIN, ("方局1", "", "沈阿大", "父", WRONG, "A001", ""))
    assert counts(done) == (1, 0, 0, 0)
    assert {each["code"] for each in done["problems"]} == {"J101", "J513"}
    assert (rules(known)[0]["household_no"], rules(known)[0]["id_number"]) == ("A001", None)


def test_nobody_is_kin_of_himself(known: Run, take: Take, tmp_path: Path) -> None:
    number = id_number(date(1980, 2, 3), 5)
    cadres = [("姓名", "单位", "职务", "身份证号"), ("方局1", "市民政局", "副局长", number)]
    write_workbook(tmp_path / "c.xlsx", {"干部": cadres})
    assert known("import", "c.xlsx").code == 0
    assert codes(take(KIN, ("方局1", "", "方局1", "本人", number, "", ""))) == {"E2": "J514"}


def test_cadres_and_households_of_the_same_file_are_known(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    write_workbook(tmp_path / "a-kin.xlsx", {"备案": [KIN, ("顾员6", "", "陆凤仙", "母", "", "A006", "")]})
    assert run("import", "a-kin.xlsx", "households.xlsx").code == 0
    assert [each["household_no"] for each in rules(run)] == ["A006"]


def test_a_hidden_copy_adds_kin_that_no_visible_sheet_names(known: Run, tmp_path: Path) -> None:
    same = ("方局1", "市民政局", "沈阿大", "父", HEAD, "A001", "")
    other = ("方局2", "市民政局", "沈阿大", "舅", HEAD, "A001", "")
    path = write_workbook(tmp_path / "k.xlsx", {"备案": [KIN, same], "底稿": [KIN, same, other]})
    workbook = load_workbook(path)
    workbook["底稿"].sheet_state = "hidden"
    workbook.save(path)
    assert known("import", "k.xlsx").code == 0
    assert [each["cadre_name"] for each in rules(known)] == ["方局2", "方局1"]


def test_a_unit_takes_the_village_its_row_says(known: Run, take: Take) -> None:
    done = take(UNITS, ("市卫生局", "石门镇", "望湖村", "是"), ("市卫生局", "乌镇镇", "塘东村", "否"))
    assert counts(done) == (0, 1, 1, 0)
    (rule,) = rules(known)
    assert (rule["unit"], rule["village"], rule["from"]) == ("市卫生局", "望湖村", "2014-04-01")
    assert counts(take(UNITS, ("市卫生局", "石门镇", "望湖村", "是"))) == (0, 0, 1, 0)
    assert counts(take(UNITS, ("市卫生局", "石门镇", "望湖村", ""))) == (0, 0, 1, 0), "blank keeps"
    assert len(rules(known)) == 1


def test_a_link_becomes_a_taking_on_its_day_and_stops_being_one(known: Run, take: Take) -> None:
    row = ("市民政局", "石门镇", "望湖村")
    assert counts(take(UNITS, (*row, "是"), options=("--as-of", "2014-05-01"))) == (0, 1, 0, 0)
    assert [each["from"] for each in rules(known)] == ["2014-05-01"]
    assert counts(take(UNITS, (*row, "否"), options=("--as-of", "2014-06-01"))) == (0, 1, 0, 0)
    assert rules(known) == []
    history = known("pair", "rule", "list", "--history", "--json").json["rules"]
    assert [(each["from"], each["to"]) for each in history] == [("2014-05-01", "2014-06-01")]


def test_the_change_is_shown_before_it_is_made(known: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "u.xlsx", {"单位": [UNITS, ("市民政局", "石门镇", "望湖村", "是")]})
    shown = known("import", "u.xlsx", "-n")
    assert shown.code == 0
    assert any("D2" in line and "市民政局" in line and "包村" in line for line in shown.out.splitlines())
    assert rules(known) == []


def test_what_changes_of_kin_is_shown_by_its_columns(known: Run, take: Take, tmp_path: Path) -> None:
    take(KIN, ("方局1", "", "沈阿大", "父", HEAD, "A001", ""))
    row = ("方局1", "", "沈阿达", "爸", HEAD, "A002", "更正")
    write_workbook(tmp_path / "k.xlsx", {"备案": [KIN, row]})
    lines = [line.partition("备案 ")[2] for line in known("import", "k.xlsx", "-n").out.splitlines()]
    assert {line for line in lines if "→" in line} == {
        "C2 C00001 亲属姓名：沈阿大 → 沈阿达",
        "D2 C00001 与干部关系：父 → 爸",
        "F2 C00001 户编号：A001 → A002",
        "G2 C00001 备注：空 → 更正",
    }


def test_only_a_village_can_be_taken(known: Run, take: Take) -> None:
    done = take(UNITS, ("市卫生局", "石门镇", "", "是"), ("市卫生局", "乌镇镇", "", "否"))
    assert codes(done) == {"D2": "J510"}
    assert rules(known) == []


def test_what_is_exported_says_the_same_again(known: Run, take: Take, tmp_path: Path) -> None:
    take(
        KIN, ("方局1", "", "沈阿大", "父", HEAD, "A001", "备注"), ("顾员1", "", "朱阿二", "", "", "A002", "")
    )
    take(UNITS, ("市卫生局", "石门镇", "望湖村", "是"))
    known("pair", "rule", "take", "市民政局", "塘东村")
    assert known("export", "近亲属", "单位", "--out", "out.xlsx").code == 0
    sheet = load_workbook(tmp_path / "out.xlsx")["近亲属备案"]
    rows = [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == ["C00001", "方局1", "市民政局", "沈阿大", "父", HEAD, "A001", rows[0][7], "备注"]
    units = [
        [cell.value for cell in row][1:5] for row in load_workbook(tmp_path / "out.xlsx")["单位名册"].rows
    ]
    assert [row for row in units if row[3]] == [
        ["单位名称*", "联系镇#", "联系村#", "包村"],
        ["市卫生局", "石门镇", "望湖村", "是"],
        ["市民政局", "乌镇镇", "塘东村", "是"],
    ]
    told = known("import", "out.xlsx", "--json").json["files"][0]
    assert [(each["kind"], each["new"], each["changed"], each["rejected"]) for each in told["sheets"]] == [
        ("单位名册", 0, 0, 0),
        ("近亲属备案", 0, 0, 0),
    ]


def test_an_empty_form_can_be_had(run: Run, tmp_path: Path) -> None:
    assert run("template", "近亲属", "--out", "form.xlsx").code == 0
    header = [cell.value for cell in load_workbook(tmp_path / "form.xlsx")["近亲属备案"][1]]
    assert header[1:] == [
        "干部编号",
        "干部姓名*",
        "干部单位",
        "亲属姓名*",
        "与干部关系",
        "亲属身份证号#",
        "户编号#",
        "起始日期",
        "备注",
    ]


def test_of_two_of_one_name_the_likest_is_meant(known: Run, take: Take) -> None:
    by_household = ("方局1", "", "沈阿大", "", "", "A001", "甲")
    by_number = ("方局1", "", "沈阿大", "父", HEAD, "A002", "乙")
    take(KIN, by_household)
    assert counts(take(KIN, by_number))[0] == 1
    assert counts(take(KIN, ("方局1", "", "沈阿大", "", HEAD, "", "丙"))) == (0, 1, 0, 0)
    told = {each["household_no"]: each["id_number"] for each in rules(known)}
    assert told == {"A001": None, "A002": f"330483********{HEAD[-4:]}"}
