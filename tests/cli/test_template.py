"""`jiemin template`: forms by the names people know, for all that the importer takes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jiemin.domain.roster import ROSTERS, SheetKind
from jiemin.sheets.forms.template import GUIDE

Run = Callable[..., Any]


def sheets(path: Path) -> list[str]:
    return load_workbook(path).sheetnames


def test_without_a_kind_there_is_a_sheet_of_each(run: Run, tmp_path: Path) -> None:
    ran = run("template", "--out", "名册.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert "jiemin import 名册.xlsx" in ran.out
    assert sheets(tmp_path / "名册.xlsx") == [*ROSTERS, GUIDE]
    assert not (tmp_path / "jiemin.db").exists()


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (["困难家庭"], [SheetKind.HOUSEHOLDS]),
        (["走访", "家庭成员"], [SheetKind.MEMBERS, SheetKind.VISITS]),
        (["干部", "干部名册", "单位"], [SheetKind.CADRES, SheetKind.UNITS]),
        (["村（社区）名册"], [SheetKind.REGIONS]),
        (["村社区", "结对"], [SheetKind.REGIONS, SheetKind.PAIRINGS]),
        (["四清", "状况"], [SheetKind.SURVEYS, SheetKind.CONDITIONS]),
        (["帮扶"], [SheetKind.MEASURES]),
        (["措施", "家庭状况", "成员"], [SheetKind.MEMBERS, SheetKind.MEASURES, SheetKind.CONDITIONS]),
    ],
)
def test_kinds_go_by_the_names_people_know(
    run: Run, tmp_path: Path, words: list[str], kinds: list[SheetKind]
) -> None:
    assert run("template", *words, "--out", "名册.xlsx").code == 0
    assert sheets(tmp_path / "名册.xlsx") == [*kinds, GUIDE]


@pytest.mark.parametrize("word", ["学生", "", "()"])
def test_an_unknown_kind_is_a_usage_error_that_names_the_known(run: Run, tmp_path: Path, word: str) -> None:
    ran = run("template", word, "--out", "名册.xlsx")
    assert ran.code == 2
    assert "困难家庭、家庭成员、干部、单位、村社区、结对、走访" in ran.err
    assert not (tmp_path / "名册.xlsx").exists()


def test_a_word_that_means_several_kinds_names_them(run: Run, tmp_path: Path) -> None:
    ran = run("template", "家庭", "--out", "名册.xlsx")
    assert ran.code == 2
    assert "困难家庭、家庭成员、家庭状况" in ran.err
    assert not (tmp_path / "名册.xlsx").exists()


def test_a_form_that_somebody_may_have_filled_in_stays(run: Run, tmp_path: Path) -> None:
    run("template", "干部", "--out", "名册.xlsx")
    before = (tmp_path / "名册.xlsx").read_bytes()
    ran = run("template", "干部", "--out", "名册.xlsx")
    assert ran.code == 1
    assert "“名册.xlsx”已经有了" in ran.err
    assert (tmp_path / "名册.xlsx").read_bytes() == before


def test_an_empty_form_imports_as_nothing_and_says_so(run: Run) -> None:
    run("template", "--out", "名册.xlsx")
    ran = run("import", "名册.xlsx")
    assert ran.code == 1
    (told,) = (line for line in ran.out.splitlines() if "表头下面没有数据" in line)
    assert all(kind in told for kind in ROSTERS)
    assert "没有可以导入的内容" in ran.out
    assert GUIDE not in ran.out


def test_the_countys_towns_are_offered(run: Run, tmp_path: Path) -> None:
    run("template", "村社区", "--out", "名册.xlsx")
    (offer,) = load_workbook(tmp_path / "名册.xlsx")["村社区名册"].data_validations.dataValidation
    assert "乌镇镇" in str(offer.formula1)
    assert "振东新区" in str(offer.formula1)


def test_a_form_filled_in_is_taken_without_a_warning(run: Run, tmp_path: Path) -> None:
    run("template", "--out", "名册.xlsx")
    workbook = load_workbook(tmp_path / "名册.xlsx")
    told: dict[str, dict[str, Any]] = {
        "困难家庭名册": {"户编号": "A001", "镇(街道)": "乌镇镇", "村(社区)": "虹桥村", "户主姓名": "沈阿大",
                    "困难类别": "农村低保", "家庭人口": 2, "家庭月收入": 500},
        "家庭成员名册": {"户编号": "A001", "姓名": "朱桂英", "与户主关系": "妻子", "出生日期": "1950-03-14"},
        "干部名册": {"姓名": "方卫东", "单位": "市民政局", "职务": "副局长", "联系镇": "乌镇镇"},
        "单位名册": {"单位名称": "市民政局", "联系镇": "乌镇镇", "联系村": "虹桥村"},
        "村社区名册": {"镇(街道)": "乌镇镇", "村(社区)": "虹桥村", "编码": "330483100201"},
        "结对名单": {"户编号": "A001", "结对干部": "方卫东", "单位": "市民政局", "结对时间": "2014-04-01"},
        "走访记录": {"走访日期": "2014-05-20", "户编号": "A001", "走访干部": "方卫东", "走访方式": "走访"},
        "四清登记": {"调查日期": "2014-05-20", "户编号": "A001", "调查人": "方卫东", "家庭情况清": "√",
                     "就业技能清": "否", "就业技能不清的内容": "女儿的学历没有核实"},
        "帮扶措施": {"户编号": "A001", "帮扶计划": "4", "措施内容": "翻修屋顶", "承诺日期": "2014-05-20",
                     "完成时限": "2014年9月底前", "金额": 6000, "资金来源": "财政补助"},
        "家庭状况": {"调查日期": "2014-05-20", "户编号": "A001", "工资性收入": 12000, "住房面积": 62.5,
                     "住房结构": "砖木", "劳动力人数": 1},
        "救助事项": {"户编号": "A001", "救助项目": "大病救助", "成员姓名": "朱桂英", "日期": "2014-05-12",
                     "金额": 3000},
        "近亲属备案": {"干部姓名": "方卫东", "亲属姓名": "朱桂英", "户编号": "A001"},
    }  # fmt: skip
    for name, cells in told.items():
        sheet = workbook[name]
        labels = [str(cell.value).partition("(")[0].rstrip("*#") for cell in sheet[1]]
        for label, value in cells.items():
            sheet.cell(3, labels.index(label.partition("(")[0]) + 1, value)
    workbook.save(tmp_path / "名册.xlsx")
    (file,) = run("import", "名册.xlsx", "--json").json["files"]
    assert file["problems"] == []
    assert {each["sheet"]: (each["new"], each["rejected"]) for each in file["sheets"]} == dict.fromkeys(
        told, (1, 0)
    )
