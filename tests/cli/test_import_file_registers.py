"""`jiemin import` of the household's file: surveys and conditions by workbook, and all kinds at one go."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from support.imports import Take, codes, counts, rows_of
from support.registers import CONDITIONS, DAY, MEASURES, SURVEYS, conditions, measure, measures, surveys
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, household_rows, write_workbook

Run = Callable[..., Any]
UNCHANGED = "与库里的内容相同，没有改动"


def test_surveys_come_with_whoever_made_them(paired: Run, take: Take, tmp_path: Path) -> None:
    rows = [
        ("A001", DAY, "王村长", "√", "", "未清：没有问到", ""),
        ("A002", DAY, "", "否", "收入没有核实", "是", "想学种菜"),
        ("A003", DAY, "顾员1", "已清", "无", "", ""),
    ]
    done = take(SURVEYS, *rows)
    assert (done["sheets"][0]["kind"], counts(done), done["problems"]) == ("四清登记", (3, 0, 0, 0), [])
    lead = rows_of(
        tmp_path,
        "SELECT c.name FROM pairing p JOIN household h ON h.id = p.household_id JOIN cadre c "
        "ON c.id = p.cadre_id WHERE h.household_no = 'A002' AND role = '第一责任人'",
    )[0][0]
    assert surveys(tmp_path) == [
        ("A001", "家庭情况清", DAY, None, "王村长", 1, None, None),
        ("A001", "帮扶需求清", DAY, None, "王村长", 0, "没有问到", None),
        ("A002", "家庭情况清", DAY, lead, None, 0, "收入没有核实", None),
        ("A002", "帮扶需求清", DAY, lead, None, 1, None, "想学种菜"),
        ("A003", "家庭情况清", DAY, "顾员1", None, 1, None, None),
    ]
    assert counts(take(SURVEYS, *rows)) == (0, 0, 3, 0)
    assert paired("undo").code == 0
    assert surveys(tmp_path) == []


def test_a_later_survey_stands_beside_the_earlier_and_the_same_day_is_corrected(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    take(SURVEYS, ("A001", DAY, "王村长", "否", "收入没有核实", "", ""))
    later = take(SURVEYS, ("A001", "2014-06-20", "王村长", "是", "", "", ""))
    assert counts(later) == (1, 0, 0, 0)
    assert [row[2:] for row in surveys(tmp_path)] == [
        (DAY, None, "王村长", 0, "收入没有核实", None),
        ("2014-06-20", None, "王村长", 1, None, None),
    ]
    write_workbook(tmp_path / "改.xlsx", {"四清": [SURVEYS, ("A001", DAY, "", "是", "", "是", "")]})
    dry = paired("import", "改.xlsx", "-n")
    assert "改.xlsx 四清 D2 A001 家庭情况清：否 → 是" in dry.out
    assert "改.xlsx 四清 F2 A001 帮扶需求清：空 → 是" in dry.out
    changed = paired("import", "改.xlsx", "--json").json["files"][0]
    assert counts(changed) == (0, 1, 0, 0)
    assert surveys(tmp_path)[0][1:7] == ("家庭情况清", DAY, None, "王村长", 1, None)


def test_one_row_for_each_survey_means_the_same(paired: Run, take: Take, tmp_path: Path) -> None:
    header = ("户编号", "四清内容", "是否已清", "不清的内容", "查明情况", "调查时间", "调查人")
    take(
        header,
        ("A001", "家庭情况", "√", "", "三口人", DAY, "王村长"),
        ("A001", "就业技能清", "×", "学历", "", DAY, "王村长"),
    )
    assert [row[1:] for row in surveys(tmp_path)] == [
        ("家庭情况清", DAY, None, "王村长", 1, None, "三口人"),
        ("就业技能清", DAY, None, "王村长", 0, "学历", None),
    ]
    wide = ("户编号", "调查日期", "家庭情况清", "就业技能清", "就业技能不清的内容")
    assert counts(take(wide, ("A001", DAY, "是", "否", "学历"))) == (0, 0, 1, 0)


def test_the_day_may_stand_in_the_title_or_be_told(paired: Run, take: Take, tmp_path: Path) -> None:
    header = ("户编号", "家庭情况清")
    assert codes(take(header, ("A001", "是"))) == {"2": "J432"}
    take(header, ("A001", "是"), options=["--as-of", "2014-06-01"])
    write_workbook(tmp_path / "题.xlsx", {"表": [("2014年6月10日四清登记表",), header, ("A002", "是")]})
    assert paired("import", "题.xlsx").code == 0
    assert [row[2] for row in surveys(tmp_path)] == ["2014-06-01", "2014-06-10"]
    assert codes(take(header, ("A003", "是"), options=["--as-of", "2014-07-01"])) == {"2": "J430"}


def test_rows_of_two_lists_that_disagree_are_told_and_the_first_stays(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    rows = [("A001", DAY, "王村长", "是", "", "", ""), ("A001", DAY, "李医生", "否", "学历", "", "三口人")]
    done = take(SURVEYS, *rows)
    assert {(each["code"], each["cell"]) for each in done["problems"]} == {
        ("J438", "C3"),
        ("J438", "D3"),
        ("J434", "G3"),
    }
    again = take(SURVEYS, *rows)
    assert counts(again) == (0, 0, 2, 0)
    assert [row[1:] for row in surveys(tmp_path)] == [("家庭情况清", DAY, None, "王村长", 1, None, None)]


def test_a_row_that_tells_nothing_changes_nothing(paired: Run, take: Take, tmp_path: Path) -> None:
    done = take(SURVEYS, ("A001", "", "", "", "", "", ""), ("A002", DAY, "王村长", "是", "", "", ""))
    assert (counts(done), done["problems"]) == ((1, 0, 1, 0), [])
    assert len(surveys(tmp_path)) == 1


def test_not_clear_without_a_word_is_kept_and_asked_for(paired: Run, take: Take, tmp_path: Path) -> None:
    for _ in range(2):
        assert codes(take(SURVEYS, ("A001", DAY, "王村长", "×", "", "", ""))) == {"D2": "J436"}
    assert surveys(tmp_path)[0][6] == "未写明"
    told = take(SURVEYS, ("A001", DAY, "王村长", "×", "学历", "", ""))
    assert (counts(told), told["problems"]) == ((0, 1, 0, 0), [])
    assert counts(take(SURVEYS, ("A001", DAY, "", "×", "", "", ""))) == (0, 0, 1, 0)
    assert surveys(tmp_path)[0][6] == "学历"


def test_conditions_of_several_days_and_what_replaces_them(paired: Run, take: Take, tmp_path: Path) -> None:
    rows = [
        ("A001", "2014-01-10", 12000, 62.5, "砖木", 1, 1),
        ("A001", "2014-06-10", "1.8万", "", "", "2人", 1),
    ]
    done = take(CONDITIONS, *rows)
    assert (done["sheets"][0]["kind"], counts(done), done["problems"]) == ("家庭状况", (2, 0, 0, 0), [])
    assert conditions(tmp_path) == [
        ("A001", "工资性收入", "2014-01-10", 1_200_000, None),
        ("A001", "住房面积", "2014-01-10", 6250, None),
        ("A001", "住房结构", "2014-01-10", None, "砖木"),
        ("A001", "劳动力人数", "2014-01-10", 1, None),
        ("A001", "就业人数", "2014-01-10", 1, None),
        ("A001", "工资性收入", "2014-06-10", 1_800_000, None),
        ("A001", "劳动力人数", "2014-06-10", 2, None),
        ("A001", "就业人数", "2014-06-10", 1, None),
    ]
    assert counts(take(CONDITIONS, *rows)) == (0, 0, 2, 0)
    write_workbook(tmp_path / "改.xlsx", {"表": [CONDITIONS, ("A001", "2014-06-10", 20000, 60, "", "", "")]})
    dry = paired("import", "改.xlsx", "-n").out
    assert "改.xlsx 表 C2 A001 工资性收入：18,000元 → 20,000元" in dry
    assert "改.xlsx 表 D2 A001 住房面积：空 → 60㎡" in dry
    assert len(conditions(tmp_path)) == 8


def test_before_the_help_is_the_day_of_the_first_pairing_unless_told(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    header = ("户编号", "调查日期", "帮扶前住房面积", "帮扶后住房面积")
    done = take(header, ("A001", DAY, 40, 62.5))
    assert (counts(done), done["problems"]) == ((1, 0, 0, 0), [])
    take((*header, "帮扶前日期"), ("A002", DAY, 30, "", "2013-12-31"))
    assert [(row[0], row[2], row[3]) for row in conditions(tmp_path)] == [
        ("A001", "2014-04-01", 4000),
        ("A001", DAY, 6250),
        ("A002", "2013-12-31", 3000),
    ]
    assert codes(take((*header, "帮扶前日期"), ("A003", DAY, 30, 40, "2014-07-01"))) == {"E2": "J448"}


def test_everything_at_one_go_dry_and_real_and_back(run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "全部.xlsx",
        {
            "状况": [CONDITIONS, ("A001", DAY, 12000, 62.5, "砖木", 1, 1)],
            "措施": [MEASURES, measure(责任人="方局1"), measure(户编号="A009")],
            "四清": [SURVEYS, ("A001", DAY, "方局1", "是", "", "三口人", "")],
            "结对": [("户编号", "结对干部", "结对时间"), ("A001", "方局1", "2014-04-01")],
            "走访": [("走访日期", "户编号", "走访方式"), (DAY, "A001", "走访")],
            "干部": [CADRE_HEADER, *cadre_rows()],
            "户": [HOUSEHOLD_HEADER, *household_rows(2)],
        },
    )
    dry = run("import", "全部.xlsx", "-n", "--json")
    assert not (tmp_path / "jiemin.db").exists()
    real = run("import", "全部.xlsx", "--json")
    assert (dry.code, real.code) == (4, 4)
    assert dry.json["files"][0]["sheets"] == real.json["files"][0]["sheets"]
    kinds = {each["kind"]: (each["new"], each["rejected"]) for each in real.json["files"][0]["sheets"]}
    assert (kinds["四清登记"], kinds["帮扶措施"], kinds["家庭状况"]) == ((1, 0), (1, 1), (1, 0))
    assert codes(real.json["files"][0]) == {"B3": "J403", "F2": "J433"}
    again = run("import", "全部.xlsx")
    assert (again.code, again.out.splitlines()[-1]) == (4, UNCHANGED)
    faulty = load_workbook(tmp_path / "全部-问题.xlsx")
    assert faulty.sheetnames == ["措施", "四清"]
    labels = [cell.value for cell in faulty["措施"][1]]
    faulty["措施"].cell(2, labels.index("户编号") + 1).value = "A002"
    faulty["四清"].cell(2, [cell.value for cell in faulty["四清"][1]].index("帮扶需求清") + 1).value = "是"
    faulty.save(tmp_path / "全部-问题.xlsx")
    mended = run("import", "全部-问题.xlsx", "--json")
    assert mended.code == 0
    (file,) = mended.json["files"]
    assert {each["kind"]: (each["new"], each["changed"], each["rejected"]) for each in file["sheets"]} == {
        "帮扶措施": (1, 0, 0),
        "四清登记": (0, 1, 0),
    }
    assert (len(measures(tmp_path, "m.id")), len(surveys(tmp_path))) == (2, 2)


def test_rejected_rows_of_a_strict_import_write_nothing(paired: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "措施.xlsx", {"表": [MEASURES, measure(), measure(户编号="A009")]})
    ran = paired("import", "措施.xlsx", "--strict")
    assert (ran.code, measures(tmp_path, "m.id")) == (1, [])


def test_a_hidden_sheet_adds_days_that_the_visible_one_does_not_have(paired: Run, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "状况.xlsx",
        {
            "一月": [CONDITIONS, ("A001", "2014-01-10", 12000, "", "", "", "")],
            "六月": [CONDITIONS, ("A001", "2014-06-10", 18000, "", "", "", "")],
        },
    )
    workbook = load_workbook(path)
    workbook["一月"].sheet_state = "hidden"
    workbook.save(path)
    assert paired("import", "状况.xlsx").code == 0
    assert [row[2] for row in conditions(tmp_path)] == ["2014-01-10", "2014-06-10"]


def test_what_was_exported_can_be_mended_and_sent_back(paired: Run, take: Take, tmp_path: Path) -> None:
    take(MEASURES, measure(责任人="王村长", 完成时限="2014-09-30"), measure(户编号="A002"))
    take(CONDITIONS, ("A001", DAY, 12000.5, 62.5, "砖木", 1, 1))
    assert paired("export", "措施", "状况", "--out", "档案.xlsx").code == 0
    workbook = load_workbook(tmp_path / "档案.xlsx")
    labels = [str(cell.value).rstrip("*#") for cell in workbook["帮扶措施"][1]]
    workbook["帮扶措施"].cell(2, labels.index("完成日期") + 1).value = "2014-06-25"
    workbook.save(tmp_path / "档案.xlsx")
    (file,) = paired("import", "档案.xlsx", "--json").json["files"]
    assert {each["kind"]: (each["new"], each["changed"], each["unchanged"]) for each in file["sheets"]} == {
        "帮扶措施": (0, 1, 1),
        "家庭状况": (0, 0, 1),
    }
    assert measures(tmp_path, "delivered_on") == [("2014-06-25",), (None,)]


def test_what_an_export_says_was_not_told_is_not_asked_again(paired: Run, take: Take, tmp_path: Path) -> None:
    take(SURVEYS, ("A001", DAY, "王村长", "×", "", "", ""))
    assert paired("export", "四清", "--out", "四清.xlsx").code == 0
    again = paired("import", "四清.xlsx", "--json").json["files"][0]
    assert (counts(again), again["problems"]) == ((0, 0, 1, 0), [])
    assert surveys(tmp_path)[0][6] == "未写明"
