"""`jiemin aid`: cases are told, listed, ended, made void, and money is reckoned from them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER
from support.rosters import county, household_rows, write_workbook

from jiemin.cli.screen import width

Run = Callable[..., Any]
BILL = ("A001", "--item", "医疗救助", "--on", "2014-05-12", "--person", "沈阿大", "--amount", "3000")
TIER = ("A003", "--item", "低保分档", "--on", "2014-04-01", "--amount", "200")
POLICY = """
[medical_aid.rate]
title = "医疗救助比例"
unit = "%"
[[medical_aid.rate.values]]
from = 2014-01-01
issued = 2014-01-01
value = 70
document = "市发1号"
clause = "一"
basis = "existing"

[medical_aid.cap]
title = "医疗救助年度封顶线"
unit = "元/人/年"
[[medical_aid.cap.values]]
from = 2014-01-01
issued = 2014-01-01
value = 20000
document = "市发1号"
clause = "二"
basis = "existing"

[housing.grant.d]
title = "危房改造补助：D级"
unit = "元/户"
[[housing.grant.d.values]]
from = 2014-01-01
issued = 2014-01-01
value = 8000
document = "市发1号"
clause = "三"
basis = "existing"
"""


@pytest.fixture
def town(run: Run, tmp_path: Path) -> Run:
    """Six households: A001 沈阿大 农村低保, A002 朱水根 低收入, A003 徐金宝 城镇低保 …"""
    county(tmp_path)
    assert run("import", "households.xlsx").code == 0
    return run


def cases(run: Run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("aid", "list", *words, "--json").json["cases"]
    return found


def test_a_bill_is_told_and_listed(town: Run) -> None:
    done = town("aid", "add", *BILL, "--note", "住院")
    assert (done.code, done.out) == (
        0,
        "已登记 A000001：A001 沈阿大 医疗救助，沈阿大，3,000元（2014-05-12）\n"
        "计算补助：jiemin subsidy compute --month 2014-05\n",
    )
    assert cases(town) == [
        {
            "case_no": "A000001",
            "household_no": "A001",
            "head_name": "沈阿大",
            "town": "石门镇",
            "village": "望湖村",
            "item": "医疗救助",
            "date": "2014-05-12",
            "until": None,
            "person": "沈阿大",
            "base_fen": 300_000,
            "grade": None,
            "note": "住院",
            "voided_on": None,
            "void_reason": None,
        }
    ]
    assert "共1件" in town("aid", "list").out
    assert cases(town, "--household", "A002") == cases(town, "--item", "临时") == []
    assert "没有这样的救助事项" in town("aid", "list", "--item", "临时").out
    assert all(width(line) <= 100 for line in town("aid", "list").out.splitlines())


def test_what_is_personal_is_not_in_the_journal_and_long_numbers_are_masked(town: Run) -> None:
    number = str(next(row[4] for row in household_rows(1)))
    words = ("--person", number, "--amount", "3000", "--note", f"卡号{number}")
    assert town("aid", "add", "A001", "--item", "医疗", *words).code == 0
    assert cases(town)[0]["person"] == "沈阿大"
    assert number not in town("aid", "list").out + town("aid", "list", "--json").out
    action = town("log", "--json").json["actions"][-1]
    assert action["command"] == "aid add"
    assert action["arguments"] == {"item": "医疗救助"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("A001", "--item", "医疗救助", "--amount", "1"), "医疗救助没有写病人姓名"),
        (("A001", "--item", "医疗救助", "--amount", "1"), "；用 --person 姓名 写明"),
        ((*BILL, "--grade", "C"), "医疗救助不写等级"),
        (("A001", "--item", "危房", "--grade", "安全"), "没有“安全”这种危房等级"),
        (("A001", "--item", "临时", "--amount", "0"), "决定的救助金额要大于0"),
        (("A001", "--item", "临时", "--amount", "1", "--on", "2014-07-01"), "日期2014-07-01还没有到"),
        ((*BILL[:-3], "张三", "--amount", "1"), "A001没有成员“张三”"),
        (("A099", *BILL[1:]), "没有找到困难家庭“A099”"),
        ((*TIER, "--until", "2014-03-31"), "截止日期2014-03-31比2014-04-01还早"),
    ],
)
def test_what_will_not_do_is_refused_with_the_way_out(town: Run, words: tuple[str, ...], told: str) -> None:
    done = town("aid", "add", *words)
    assert done.code in {1, 5}
    assert told in done.err
    assert "办法：" in done.err
    assert cases(town, "--voided") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("A001", "--item", "丧葬"), "没有“丧葬”这一项；可以写 低保金、困境儿童基本生活费、医疗救助"),
        (("A001", "--item", "临时", "--amount", "一千"), "“一千”不是金额"),
    ],
)
def test_an_option_that_cannot_be_read_is_a_usage_error(town: Run, words: tuple[str, ...], told: str) -> None:
    done = town("aid", "add", *words)
    assert done.code == 2
    assert told in done.err


def test_the_same_case_is_not_told_twice_until_it_is_void(town: Run) -> None:
    town("aid", "add", *BILL)
    again = town("aid", "add", *BILL)
    assert (again.code, "已经登记过了，编号A000001" in again.err) == (1, True)
    grade = ("A001", "--item", "危房", "--grade", "D", "--on", "2014-05-12")
    town("aid", "add", *grade)
    assert "不用再登记" in town("aid", "add", *grade).err
    done = town("aid", "void", "a1", "--reason", "金额写错，电话13800001111")
    assert (done.code, "已作废 A000001" in done.out) == (0, True)
    assert town("aid", "add", *BILL).code == 0
    assert [each["case_no"] for each in cases(town)] == ["A000002", "A000003"]
    listed = town("aid", "list", "--voided").out
    assert "已作废：金额写错，电话138****1111" in listed
    refused = town("aid", "void", "A000001", "--reason", "又写错")
    assert "A000001在2014-06-30已经作废" in refused.err
    assert "没有编号是“77”的救助事项" in town("aid", "void", "77", "--reason", "错").err
    assert "不能是空的" in town("aid", "void", "1", "--reason", " ").err


def test_a_lasting_case_is_ended_and_another_begun(town: Run) -> None:
    done = town("aid", "add", *TIER)
    assert "低保金，200元（2014-04-01起）" in done.out
    more = ("A003", "--item", "分档", "--on", "2014-06-01", "--amount", "220")
    refused = town("aid", "add", *more)
    assert "A000001从2014-04-01起还在，不能重复" in refused.err
    assert "jiemin aid end A000001 --on 日期" in refused.err
    assert "比起始日期2014-04-01还早" in town("aid", "end", "1", "--on", "2014-03-01").err
    done = town("aid", "end", "1", "--on", "2014-05-31")
    assert "已写明截止 A000001：A003 徐金宝 低保金，200元（2014-04-01至2014-05-31）" in done.out
    assert town("aid", "add", *more).code == 0
    actions = town("log", "--json").json["actions"]
    assert town("aid", "end", "1", "--on", "2014-05-31").code == 0
    assert town("log", "--json").json["actions"] == actions
    assert actions[-2]["arguments"] == {"case_no": "A000001", "on": "2014-05-31"}
    assert "救助事项：A000001" in town("log", "show", str(actions[-2]["action"])).out
    town("aid", "add", *BILL)
    assert "只算一次，没有截止日期" in town("aid", "end", "3", "--on", "2014-06-30").err


def test_a_case_is_not_lengthened_into_the_next(town: Run) -> None:
    town("aid", "add", *TIER)
    town("aid", "end", "1", "--on", "2014-05-31")
    town("aid", "add", "A003", "--item", "分档", "--on", "2014-06-10", "--amount", "220")
    refused = town("aid", "end", "1", "--on", "2014-06-10")
    assert (refused.code, refused.out) == (1, "")
    assert "A000002从2014-06-10起，A000001不能到2014-06-10" in refused.err
    assert town("aid", "end", "1", "--on", "2014-06-09").code == 0
    assert town("aid", "end", "1", "--on", "2014-05-01").code == 0
    town("aid", "void", "2", "--reason", "写错")
    assert town("aid", "end", "1", "--on", "2014-12-31").code == 0


def test_every_step_can_be_taken_back(town: Run) -> None:
    town("aid", "add", *TIER)
    town("aid", "end", "1", "--on", "2014-05-31")
    town("aid", "void", "1", "--reason", "写错")
    assert cases(town) == []
    town("undo")
    assert cases(town)[0]["until"] == "2014-05-31"
    town("undo", "3")
    assert cases(town)[0]["until"] is None
    town("undo", "2")
    assert cases(town, "--voided") == []


def test_cases_stand_in_the_history(town: Run) -> None:
    town("aid", "add", "A001", *TIER[1:], "--until", "2014-05-31")
    town("aid", "add", *BILL, "--note", "住院")
    town("aid", "void", "1", "--reason", "错")
    town("aid", "add", "A001", *TIER[1:], "--until", "2014-05-31")
    lines = town("household", "history", "A001", "--json").json["history"]["events"]
    told = [(each["date"], each["what"], each["reason"]) for each in lines if each["subject"] == "救助"]
    assert told == [
        ("2014-04-01", "低保金开始：200元", ""),
        ("2014-05-12", "医疗救助：沈阿大，3,000元", "住院"),
        ("2014-06-01", "低保金结束：200元", ""),
    ]


def test_who_left_before_that_day_has_no_case_there(town: Run, tmp_path: Path) -> None:
    rows = [("A001", name, "子", None, "男", "2004-05-06", None, None) for name in ("沈大宝", "沈小宝")]
    write_workbook(tmp_path / "成员.xlsx", {"成员": [MEMBER_HEADER, *rows]})
    assert town("import", "成员.xlsx").code == 0
    split = ("--members", "沈大宝", "--head", "沈大宝", "--on", "2014-05-01", "--reason", "寄养", "-y")
    assert town("household", "split", "A001", *split).code == 0
    assert town("household", "death", "A001", "沈小宝", "--on", "2014-05-03", "-y").code == 0
    child = ("--item", "困境儿童", "--grade", "散居")
    for name, since in (("沈大宝", "2014-05-01"), ("沈小宝", "2014-05-03")):
        april = ("--on", "2014-04-30", "--until", "2014-04-30")
        assert town("aid", "add", "A001", *child, "--person", name, *april).code == 0
        refused = town("aid", "add", "A001", *child, "--person", name, "--on", "2014-05-03")
        assert (refused.code, refused.out) == (1, "")
        assert f"{name}从{since}起不再是A001的成员，不能登记2014-05-03的困境儿童基本生活费" in refused.err
    assert town("aid", "add", *BILL[:6], "沈小宝", *BILL[7:]).code == 0
    assert town("aid", "add", *BILL[:6], "沈大宝", *BILL[7:]).code == 1


def test_a_grown_up_who_is_told_as_a_child_is_noticed(town: Run) -> None:
    told = ("A001", "--item", "困境儿童", "--grade", "散居", "--person", "沈阿大", "--on", "2014-05-01")
    assert "注意：沈阿大当天已满" in town("aid", "add", *told).out


def test_a_class_the_item_is_not_for_is_said(town: Run) -> None:
    done = town("aid", "add", "A002", *TIER[1:])
    assert "注意：这一户是低收入(低保边缘)，低保金不给这一类，不会算出补助" in done.out
    assert "注意" not in town("aid", "add", *TIER).out


def test_months_approved_already_are_named(town: Run) -> None:
    assert town("subsidy", "compute", "--month", "2014-05").code == 0
    assert town("subsidy", "approve", "F000001", "-y").code == 0
    done = town("aid", "add", *BILL, "--json").json
    assert done["approved"] == ["F000001"]
    done = town("aid", "add", "A001", "--item", "临时", "--amount", "100", "--on", "2014-06-01")
    assert "已经批准" not in done.out
    assert "这些月份的补助已经批准：2014-05（F000001）" in town("aid", "void", "1", "--reason", "错").out


def test_money_is_reckoned_from_cases_and_explained_bill_by_bill(town: Run, tmp_path: Path) -> None:
    (tmp_path / "县.toml").write_text(POLICY, "utf-8")
    town("aid", "add", *BILL)
    town("aid", "add", *BILL[:4], "2014-06-02", *BILL[5:])
    town("aid", "add", "A004", "--item", "危房改造", "--grade", "D级", "--on", "2014-06-10")
    town("aid", "add", "A002", "--item", "临时救助", "--amount", "800.50", "--on", "2014-06-11")
    done = town("--policy", "县.toml", "subsidy", "compute", "--month", "2014-06", "--json").json
    totals = {each["item"]: [total["after_fen"] for total in each["totals"]] for each in done["periods"]}
    assert {item: totals[item] for item in ("医疗救助", "危房改造补助", "临时救助")} == {
        "医疗救助": [273_000],
        "危房改造补助": [1_600_000],
        "临时救助": [80_050],
    }
    told = town("--policy", "县.toml", "subsidy", "explain", "A001", "--month", "2014-06").out
    assert "A000001 沈阿大2014-05-12的医药费（前几个月）：个人自付3,000元×91%，用去封顶线2,730元" in told
    assert "A000002 沈阿大2014-06-02的医药费：个人自付3,000元×70%＝2,100元" in told
    assert "提高后的救助金：3,000元×91%＝2,730元" in told


def test_a_case_that_goes_on_without_the_child_is_found_and_paid_no_more(town: Run, tmp_path: Path) -> None:
    row = ("A001", "沈小宝", "子", None, "男", "2004-05-06", None, None)
    write_workbook(tmp_path / "成员.xlsx", {"成员": [MEMBER_HEADER, row]})
    assert town("import", "成员.xlsx").code == 0
    child = ("--item", "困境儿童", "--grade", "散居", "--person", "沈小宝", "--on", "2014-04-01")
    assert town("aid", "add", "A001", *child).code == 0
    assert town("check", "K507").code == 0
    assert town("household", "death", "A001", "沈小宝", "--on", "2014-05-03", "-y").code == 0
    found = town("check", "K507")
    assert "K507-A001-A000001" in found.out
    assert "jiemin aid end A000001 --on 2014-05-02" in found.out
    assert town("aid", "end", "A000001", "--on", "2014-05-02").code == 0
    assert town("check", "K507").code == 0
