"""发放清单: columns of items, sums that add up, nothing that a bank would misread."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.entitlement import Item
from jiemin.domain.pay_list import Payee, PayList, pay_list
from jiemin.domain.subsidy_runs import RunLine
from jiemin.sheets.forms.pay_list import write_pay_list

PAYEES = {
    f"H{number}": Payee(
        f"H{number}", "石门镇", "某村", f"=户主{number}", f"33048319500101{number:04d}", "某行", "007"
    )
    for number in range(1, 6)
}
LINES = [
    RunLine("H1", Item.DIBAO, "2014-04", 10_001),
    RunLine("H1", Item.DIBAO, "2014-05", 10_001),
    RunLine("H1", Item.DIBAO, "2014-06", 10_001),
    RunLine("H1", Item.SUPPORT, "2014-06", 5),
    RunLine("H2", Item.PENSION, "2014", 200_000),
    RunLine("H2", Item.DIBAO, "2014-06", -300),
]


def written(folder: Path, listed: PayList, *, arrears: bool = True) -> Any:
    path = folder / "清单.xlsx"
    told = {"county": "桐乡市", "subtitle": "截至2014年6月补发", "filled_on": date(2014, 7, 1)}
    write_pay_list(listed, path, arrears=arrears, **told)  # type: ignore[arg-type]
    return load_workbook(path)


def row_of(sheet: Worksheet, number: int) -> list[Any]:
    return [cell.value for cell in sheet[number]]


def test_items_have_columns_and_a_household_one_row(tmp_path: Path) -> None:
    sheet = written(tmp_path, pay_list(LINES, PAYEES))["发放清单"]
    assert row_of(sheet, 5)[6:] == [
        "开户银行",
        "银行账号",
        "补发时段",
        "低保金",
        "供养金",
        "养老保险缴费补贴",
        "合计",
    ]
    assert row_of(sheet, 6)[8:] == ["2014-04至\n2014-06", 300.03, 0.05, None, 300.08]
    assert row_of(sheet, 7)[8:] == ["2014", None, None, 2000, 2000]
    assert row_of(sheet, 8)[9:] == [300.03, 0.05, 2000, 2300.08]
    assert row_of(sheet, 12) == ["全部合计", None, 2, 5, 2300.08, None, "贰仟叁佰元零捌分", *[None] * 6]


def test_numbers_and_names_stay_text(tmp_path: Path) -> None:
    sheet = written(tmp_path, pay_list(LINES, PAYEES))["发放清单"]
    assert {cell.data_type for cell in sheet[6][1:9]} == {"s"}
    assert (sheet["H6"].value, sheet["F6"].value, sheet["E6"].value) == (
        "007",
        "330483195001010001",
        "=户主1",
    )
    assert {sheet[f"{column}6"].number_format for column in "BFH"} == {"@"}


def test_contributions_have_a_sheet_of_their_own_and_are_part_of_the_control_totals(tmp_path: Path) -> None:
    lines = [
        *LINES,
        RunLine("H1", Item.HEALTH_INSURANCE, "2014", 24_000),
        RunLine("H3", Item.HEALTH_INSURANCE, "2014", 8_000),
        RunLine("H3", Item.ILLNESS_INSURANCE, "2014", 2_005),
        RunLine("H4", Item.ILLNESS_INSURANCE, "2014", -2_000),
    ]
    book = written(tmp_path, pay_list(lines, PAYEES))
    assert book.sheetnames == ["发放清单", "无账号", "核对", "由政府代缴", "应退"]
    paid, sheet = book["发放清单"], book["由政府代缴"]
    assert row_of(paid, 8)[9:] == [300.03, 0.05, 2000, 2300.08]
    assert row_of(paid, 12)[:6] == ["由政府代缴", None, 2, 3, 340.05, None]
    assert row_of(paid, 13)[:6] == ["全部合计", None, 3, 8, 2640.13, None]
    notes = "".join(str(row[0].value) for row in paid.iter_rows(min_row=14))
    assert "合作医疗个人缴费、大病保险个人缴费由政府缴给经办机构" in notes
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1:2] + row[6:] for row in rows[5:7]] == [
        ["H1", "2014", 240, None, 240],
        ["H3", "2014", 80, 20.05, 100.05],
    ]
    foot = "".join(str(row[0]) for row in rows[7:])
    assert "合计：2户，3笔，340.05元，人民币（大写）叁佰肆拾元零伍分" in foot
    assert "其中合作医疗个人缴费320.00元，大病保险个人缴费20.05元" in foot
    back = "".join(str(row[0].value) for row in book["应退"].iter_rows())
    assert "由政府代缴的个人缴费向经办机构办理退费，不向户里追回" in back


def test_a_run_that_pays_nobody_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, pay_list([], {}), arrears=False)
    assert book.sheetnames == ["发放清单", "无账号", "核对"]
    assert row_of(book["发放清单"], 6)[0] == "没有可以由银行发放的户"
    assert row_of(book["发放清单"], 11)[6] == "零元整"
    assert Decimal(str(row_of(book["发放清单"], 11)[4])) == 0
