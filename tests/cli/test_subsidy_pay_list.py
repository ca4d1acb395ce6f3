"""`jiemin subsidy pay-list`: what the bank and the accountant are given."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.families import LOW, RURAL, URBAN, add_families, add_run_of_arrears

from jiemin.storage.database import open_database

Run = Callable[..., Any]
BANK = {"bank": "桐乡农村商业银行石门支行"}
SAME = "6228480000000000027"


@pytest.fixture
def approved(run: Run, tmp_path: Path) -> Run:
    """June is approved for H001 and H003, who share an account, H004 without any, H005 without a bank, and
    H006, all right."""
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(
            database,
            {**RURAL, **BANK, "account": SAME},
            LOW,
            {**URBAN, **BANK, "account": SAME},
            RURAL,
            {**RURAL, "account": "0228480000000000035"},
            {**RURAL, **BANK, "account": "0228480000000000043", "income_fen": 30005},
        )
    assert run("subsidy", "compute").code == 0
    assert run("subsidy", "approve", "2014-06", "-y").code == 0
    return run


def grid(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """The rows as values, without blank cells."""
    rows = ([cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True))
    return [tuple(row) for row in rows if row]


def test_only_an_approved_run_is_paid(run: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL)
    run("subsidy", "compute", "--month", "2014-06")
    draft = run("subsidy", "pay-list", "2014-06", "--out", "清单.xlsx")
    assert (draft.code, draft.out) == (1, "")
    assert "F000001还没有批准，不能发放" in draft.err
    assert "jiemin subsidy approve F000001" in draft.err
    run("subsidy", "void", "F000001", "--reason", "错了")
    void = run("subsidy", "pay-list", "F000001", "--out", "清单.xlsx")
    assert (void.code, "F000001已经作废，不能发放" in void.err) == (1, True)
    assert run("subsidy", "pay-list", "2014-05", "--out", "清单.xlsx").code == 5
    assert not (tmp_path / "清单.xlsx").exists()


def test_the_command_tells_the_sums_and_who_has_to_wait(approved: Run, tmp_path: Path) -> None:
    ran = approved("subsidy", "pay-list", "2014-06", "--out", "清单.xlsx")
    assert ran.code == 4
    assert ran.out.splitlines() == [
        "已存成 清单.xlsx：3户，3笔，3,155.95元",
        "另有2户，2笔，1,896元，因账号等没有登记，列在“无账号”表，补上后再出清单",
        "文件里的身份证号、账号是完整的，请妥善保管",
    ]
    assert ran.err == "提醒：有2户的账号和别的户相同，列在“核对”表，核对后再发\n"
    assert SAME not in ran.out
    assert "发放清单" in approved("log").out
    assert "补助批次：F000001" in approved("log", "show", "4").out
    again = approved("subsidy", "pay-list", "2014-06", "--out", "清单.xlsx")
    assert (again.code, "已经有了，没有动它" in again.err) == (1, True)


def test_the_list_as_json(approved: Run) -> None:
    ran = approved("subsidy", "pay-list", "F000001", "--out", "清单.xlsx", "--json")
    assert ran.json["pay_list"] == {
        "run_no": "F000001",
        "out": "清单.xlsx",
        "items": ["低保金"],
        "payable": {"households": 3, "amounts": 3, "fen": 315595},
        "waiting": {"households": 2, "amounts": 2, "fen": 189600},
        "contributions": {"households": 0, "amounts": 0, "fen": 0},
        "totals": {"households": 5, "amounts": 5, "fen": 505195},
        "owed_back_fen": 0,
        "shared_accounts": ["H001", "H003"],
    }


def test_the_workbook_holds_rows_control_totals_and_the_rest(approved: Run, tmp_path: Path) -> None:
    approved("subsidy", "pay-list", "2014-06", "--out", "清单.xlsx")
    path = tmp_path / "清单.xlsx"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    book = load_workbook(path)
    assert book.sheetnames == ["发放清单", "无账号", "核对"]
    paid, waiting, shared = (grid(sheet) for sheet in book)
    assert paid[0] == ("困难家庭补助发放清单",)
    assert paid[1] == ("2014年6月发放（批次F000001，2014-06-30批准）",)
    assert paid[4:7] == [
        (1, "H001", "石门镇", "沈1", BANK["bank"], SAME, 948, 948),
        (2, "H003", "石门镇", "沈3", BANK["bank"], SAME, 1260, 1260),
        (3, "H006", "乌镇镇", "沈6", BANK["bank"], "0228480000000000043", 947.95, 947.95),
    ]
    assert paid[7:12] == [
        ("本表合计", 3155.95, 3155.95),
        ("控制总数", "户数", "笔数", "金额", "人民币（大写）"),
        ("本表", 3, 3, 3155.95, "叁仟壹佰伍拾伍元玖角伍分"),
        ("无账号", 2, 2, 1896, "壹仟捌佰玖拾陆元整"),
        ("全部合计", 5, 5, 5051.95, "伍仟零伍拾壹元玖角伍分"),
    ]
    assert [row[-1] for row in waiting[4:6]] == ["没有登记开户银行、银行账号", "没有登记开户银行"]
    assert any("合计：2户，2笔，1,896.00元，人民币（大写）壹仟捌佰玖拾陆元整" in str(row) for row in waiting)
    assert [row[1:3] for row in shared[4:6]] == [(SAME, "H001"), (SAME, "H003")]
    sheet = book["发放清单"]
    account = next(cell for cell in sheet[6] if cell.value == SAME)
    assert (account.data_type, account.number_format) == ("s", "@")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")


def test_what_government_pays_to_the_insurer_is_in_nobodys_bank_row(approved: Run, tmp_path: Path) -> None:
    own = tmp_path / "本县.toml"
    own.write_text(
        "[[health_insurance.contribution.values]]\nfrom = 2014-01-01\nissued = 2014-01-01\nvalue = 80\n"
        'document = "市发9号"\nclause = "一"\nbasis = "existing"\n',
        encoding="utf-8",
    )
    approved("--policy", "本县.toml", "subsidy", "compute", "--year", "2014")
    assert approved("--policy", "本县.toml", "subsidy", "approve", "2014", "-y").code == 0
    ran = approved("subsidy", "pay-list", "2014", "--out", "年.xlsx")
    assert (
        "另有6户，6笔，1,440元（合作医疗个人缴费）由政府缴给经办机构，列在“由政府代缴”表，不打入户里的账号"
    ) in ran.out.splitlines()
    assert ran.out.startswith("已存成 年.xlsx：0户，0笔，0元\n另有1户，1笔，1,100元，因账号等没有登记")
    book = load_workbook(tmp_path / "年.xlsx")
    assert book.sheetnames == ["发放清单", "无账号", "核对", "由政府代缴"]
    paid, sent = grid(book["发放清单"]), grid(book["由政府代缴"])
    assert ("全部合计", 6, 7, 2540, "贰仟伍佰肆拾元整") in paid
    assert [(row[1], row[-1]) for row in sent[4:6]] == [("H001", 240), ("H002", 240)]


def test_arrears_pay_what_lacked_and_show_what_is_owed_back_apart(approved: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db") as database:
        add_run_of_arrears(
            database,
            "2014-06",
            (1, "2014-06", 96800, 94800),
            (3, "2014-06", 125500, 126000),
        )
    assert approved("subsidy", "approve", "F000003", "-y").code == 0
    ran = approved("subsidy", "pay-list", "F000003", "--out", "补发.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert "已存成 补发.xlsx：1户，1笔，20元" in ran.out
    assert "应退1户，5元，列在“应退”表，不从应发的钱里扣" in ran.out
    book = load_workbook(tmp_path / "补发.xlsx")
    assert book.sheetnames == ["发放清单", "无账号", "核对", "应退"]
    paid, back = grid(book["发放清单"]), grid(book["应退"])
    assert paid[:2] == [("困难家庭补助补发清单",), ("截至2014年6月补发（批次F000003，2014-06-30批准）",)]
    assert paid[4] == (1, "H001", "石门镇", "沈1", BANK["bank"], SAME, "2014-06", 20, 20)
    assert back[4] == (1, "H003", "石门镇", "沈3", "低保金", "2014-06", 5)
    assert any("合计：1户，1笔，5.00元，人民币（大写）伍元整" in str(row) for row in back)


def test_a_household_without_head_or_off_the_rolls_is_still_listed(approved: Run, tmp_path: Path) -> None:
    assert approved("household", "exit", "H006", "--reason", "脱贫", "--on", "2014-06-30", "-y").code == 0
    approved("subsidy", "pay-list", "2014-06", "--out", "清单.xlsx")
    told = [row[1] for row in grid(load_workbook(tmp_path / "清单.xlsx")["发放清单"])[4:7]]
    assert told == ["H001", "H003", "H006"]
