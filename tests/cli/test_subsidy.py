"""`jiemin subsidy`: the sums, the lists, the working, and how the commands end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.families import LOW, RURAL, URBAN, add_families

from jiemin.storage.database import open_database

Run = Callable[..., Any]
UNKNOWN = {**RURAL, "covered": None}
INSURANCE = """
[[health_insurance.contribution.values]]
from = 2014-01-01
issued = 2013-12-20
value = 80
document = "市发9号"
clause = "一"
basis = "existing"
"""


@pytest.fixture
def families(run: Run, tmp_path: Path) -> Run:
    """H001 rural, H002 low-income, H003 urban, all facts known, on 2014-06-30."""
    fill(tmp_path, RURAL, LOW, URBAN)
    return run


def fill(folder: Path, *more: Any, first: int = 1) -> None:
    with open_database(folder / "jiemin.db", create=True) as database:
        add_families(database, *more, first=first)


def test_compute_shows_the_sums_of_every_class(families: Run) -> None:
    ran = families("subsidy", "compute", "--month", "2014-06", "--year", "2014")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2014年6月低保金（按2014-06-30的家庭情况）：算出2户，新增2户",
        "困难类别  户数  人数  提标前   提标后   增加",
        "城镇低保  1     3     1,260元  1,260元  0元",
        "农村低保  1     3     900元    948元    48元",
        "合计      2     6     2,160元  2,208元  48元",
        "2014年低收入家庭救助（按2014-06-30的家庭情况）：算出1户，新增1户",
        "困难类别          户数  人数  提标前  提标后   增加",
        "低收入(低保边缘)  1     3     500元   1,100元  600元",
        "县里没有写标准、没有计算的：供养金、困境儿童基本生活费、医疗救助、危房改造补助、养老保险缴费补贴、"
        "合作医疗个人缴费、大病保险个人缴费；要发的先补政策文件：jiemin policy template --out 本县.toml",
        "已记成2014年6月的草稿；核对无误再批准：jiemin subsidy approve 2014-06",
        "已记成2014年的草稿；核对无误再批准：jiemin subsidy approve 2014",
    ]
    assert families("subsidy", "compute").out.splitlines()[-1] == "金额没有变化，没有写入"


def test_a_trial_run_says_so_and_ends_as_the_real_one(families: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, first=4)
    before = (tmp_path / "jiemin.db").read_bytes()
    tried = families("subsidy", "compute", "-n")
    assert tried.code == 4
    assert "这是试算，什么都没有写入" in tried.out
    assert (tmp_path / "jiemin.db").read_bytes() == before
    assert families("subsidy", "compute").code == 4


def test_missing_facts_are_listed_with_the_way_out(families: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, first=4)
    ran = families("subsidy", "compute", "--month", "2014-06")
    assert ran.code == 4
    assert "算出2户，新增2户，缺少资料1户" in ran.out
    assert "H004    沈4   低保金  2014-06  保障人口" in ran.out
    assert "jiemin import" in ran.out


def test_nothing_to_compute_ends_with_one(run: Run, tmp_path: Path) -> None:
    fill(tmp_path)
    empty = run("subsidy", "compute")
    assert (empty.code, empty.out.splitlines()[-1]) == (
        1,
        "没有一户有补助可算；先导入名册：jiemin import 名册.xlsx，或核对名册的起始日期",
    )
    assert run("subsidy", "list").out.splitlines()[-1] == empty.out.splitlines()[-1]
    fill(tmp_path, UNKNOWN)
    lacking = run("subsidy", "compute")
    assert (lacking.code, "保障人口" in lacking.out) == (1, True)
    assert "没有一户" not in lacking.out


def test_of_many_that_lack_facts_the_first_are_shown_and_the_list_has_all(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, *[UNKNOWN] * 25)
    computed = run("subsidy", "compute", "--month", "2014-06").out
    assert "缺少资料、算不出的有25笔" in computed
    assert ("H020 " in computed, "H021 " in computed) == (True, False)
    assert "……还有5行；全部：jiemin subsidy list --month 2014-06\n办法：" in computed
    listed = run("subsidy", "list", "--month", "2014-06").out
    assert ("H025 " in listed, "……" in listed) == (True, False)


def test_compute_as_json(families: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, first=4)
    ran = families("subsidy", "compute", "--month", "2014-06", "--json")
    lacking = {"household_no": "H004", "item": "低保金", "period": "2014-06", "facts": ["保障人口"]}
    rural = {"class": "农村低保", "households": 1, "persons": 3}
    assert ran.code == 4
    assert ran.json["missing"] == [lacking]
    assert ran.json["written"] is True
    period = ran.json["periods"][0]
    assert (period["item"], period["period"], period["day"]) == ("低保金", "2014-06", "2014-06-30")
    assert (period["new"], period["changed"], period["unchanged"], period["removed"]) == (2, 0, 0, 0)
    assert period["totals"][1] == rural | {"before_fen": 90000, "after_fen": 94800, "uplift_fen": 4800}


def test_a_month_to_come_is_refused_and_a_wrong_one_is_a_usage_fault(families: Run) -> None:
    early = families("subsidy", "compute", "--month", "2014-07")
    assert early.code == 1
    assert "2014年7月还没有开始" in early.err
    assert families("subsidy", "compute", "--month", "2014-13").code == 2


def test_the_countys_own_policy_counts(families: Run, tmp_path: Path) -> None:
    own = tmp_path / "本县.toml"
    own.write_text("[dibao.rurall]\nvalues = []\n", encoding="utf-8")
    ran = families("--policy", str(own), "subsidy", "compute")
    assert ran.code == 1
    assert "本县.toml：dibao.rurall：没有这个参数" in ran.err


def test_list_shows_what_is_on_record_and_what_is_missing(families: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, first=4)
    families("subsidy", "compute")
    lines = families("subsidy", "list").out.splitlines()
    assert lines[1].split() == "H001 沈1 石门镇 低保金 2014-06 900元 948元 48元".split()
    assert "共3笔，比提标前增加648元" in lines
    assert any(line.split() == "H004 沈4 低保金 2014-06 保障人口".split() for line in lines)
    narrowed = families("subsidy", "list", "--town", "石门").out
    assert "H001" in narrowed
    assert "H002" not in narrowed
    assert "H004" not in narrowed


def test_list_says_how_to_compute_what_is_not_there(families: Run) -> None:
    ran = families("subsidy", "list")
    assert ran.code == 0
    assert "2014年6月的低保金还没有计算：jiemin subsidy compute --month 2014-06" in ran.out
    assert "2014年的低收入家庭救助还没有计算：jiemin subsidy compute --year 2014" in ran.out


def test_list_says_why_nothing_can_be_computed_of_an_item(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, LOW | {"size": None})
    run("subsidy", "compute")
    said = run("subsidy", "list").out.splitlines()
    assert "2014年6月的低保金一户也算不出，都缺少资料：保障人口" in said
    assert "2014年的低收入家庭救助一户也算不出，都缺少资料：家庭人口" in said
    assert "还没有计算" not in "".join(said)
    fill(tmp_path, RURAL, first=3)
    more = run("subsidy", "list").out
    assert "2014年6月的低保金还没有计算：jiemin subsidy compute --month 2014-06" in more


def test_list_does_not_ask_to_compute_what_is_approved(families: Run, tmp_path: Path) -> None:
    families("subsidy", "compute", "--year", "2014")
    families("subsidy", "approve", "2014", "--yes")
    (tmp_path / "本县.toml").write_text(INSURANCE, encoding="utf-8")
    listed = families("--policy", "本县.toml", "subsidy", "list", "--year", "2014").out
    assert "2014年的合作医疗个人缴费不在已批准的F000001里：用 jiemin subsidy arrears 补发" in listed
    (tmp_path / "本县.toml").write_text(INSURANCE.replace("health_insurance", "pension"), encoding="utf-8")
    lacking = families("--policy", "本县.toml", "subsidy", "list", "--year", "2014").out
    assert (
        "2014年的养老保险缴费补贴一户也算不出，都缺少资料：养老保险参保人数；"
        "F000001已经批准，补齐后用 jiemin subsidy arrears 补发"
    ) in lacking


def test_list_refuses_a_town_that_is_none(families: Run) -> None:
    ran = families("subsidy", "list", "--town", "不存在")
    assert (ran.code, ran.out) == (1, "")
    assert "“不存在”不在" in ran.err


def test_list_as_json_keeps_the_contract(families: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, first=4)
    families("subsidy", "compute")
    told = families("subsidy", "list", "--json").json
    amounts = {"before_fen": 50000, "after_fen": 110000, "uplift_fen": 60000}
    aid = {"household_no": "H002", "person": None, "item": "低收入家庭救助", "period": "2014"}
    assert told["awards"][-1] == aid | amounts | {"run_no": "F000002", "approved": False}
    assert [(each["household_no"], each["facts"]) for each in told["missing"]] == [("H004", ["保障人口"])]


def test_explain_shows_each_step_and_each_rule_once(families: Run) -> None:
    families("subsidy", "compute")
    ran = families("subsidy", "explain", "H001")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[:14] == [
        "H001 沈1 2014年6月低保金：948元，比提标前增加48元",
        "2014-06-30的家庭情况：农村低保家庭，家庭人口4人，保障人口3人，家庭月收入300元",
        "  困难类别、家庭人口、保障人口、家庭收入：2014-04-01起，2014-06-30登记",
        "提标前：900元",
        "  保障金额：每人每月400元×3人＝1,200元（依据1）",
        "  补差：1,200元－家庭月收入300元＝900元（依据2）",
        "  每月低保金：900元，四舍五入到分＝900元（依据3）",
        "提标后：948元",
        "  农村低保标准的最低线：每人每月520元×80%＝416元（依据4）",
        "  保障金额：每人每月416元×3人＝1,248元（依据5）",
        "  补差：1,248元－家庭月收入300元＝948元（依据2）",
        "  每月低保金：948元，四舍五入到分＝948元（依据3）",
        "增加：948元－900元＝48元",
        "依据1：农村低保标准每人每月400元，出自桐群组办发〔2014〕10号 二.2“在低保标准城镇每人每月520元，"
        "农村每人每月400元的基础上进行再提标”（推定：通知把这个标准当作已在执行的标准，没有写起始日期，"
        "按2014年1月1日起计）",
    ]
    assert len(lines) == 18


def test_explain_says_when_the_amount_is_only_tried(families: Run) -> None:
    assert "还没有登记，以下为现在试算的结果" in families("subsidy", "explain", "H002").out
    families("subsidy", "compute")
    assert "试算" not in families("subsidy", "explain", "H002").out


def test_explain_as_json_has_every_line_with_its_rule(families: Run) -> None:
    families("subsidy", "compute")
    (told,) = families("subsidy", "explain", "H002", "--json").json["awards"]
    assert (told["period"], told["uplift_fen"], told["draft"], told["agrees"]) == ("2014", 60000, False, True)
    persons, total = told["after"][1:]
    assert persons["rule"] == {
        "parameter": "low_income.person",
        "title": "低收入家庭救助标准（每人增加）",
        "value": "每人每年200元",
        "document": "桐群组办发〔2014〕10号",
        "clause": "二.2",
        "quote": "提高低收入家庭救助标准，在每户每年500元的基础上再增加每人200元",
        "assumed": "通知没有写执行日期；救助按年发放，故2014年全年按新标准，人数按家庭人口计",
    }
    assert persons["subtotal_fen"] == 60000
    assert (total["arithmetic"], total["rule"]) == ("500元＋600元＝1,100元", None)


def test_the_monthly_amount_is_told_first(families: Run, tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(INSURANCE, encoding="utf-8")
    families("--policy", "county.toml", "subsidy", "compute")
    told = families("subsidy", "explain", "H001", "--json").json["awards"]
    assert [each["item"] for each in told] == ["低保金", "合作医疗个人缴费"]
    shown = families("household", "show", "H001").out
    assert shown.index("补助：低保金") < shown.index("补助：合作医疗个人缴费")


def test_an_amount_that_does_not_agree_is_a_finding(families: Run, tmp_path: Path) -> None:
    families("subsidy", "compute")
    with open_database(tmp_path / "jiemin.db") as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE award SET after_fen = after_fen + 1, uplift_fen = uplift_fen + 1")
    ran = families("subsidy", "explain", "H001")
    assert ran.code == 6
    assert "请不要发放" in ran.out


def test_an_unknown_household_and_one_without_a_claim(families: Run, tmp_path: Path) -> None:
    fill(tmp_path, RURAL | {"household_class": "五保"}, first=4)
    assert families("subsidy", "explain", "H999").code == 5
    ran = families("subsidy", "explain", "H004")
    assert ran.code == 1
    assert "H004没有2014年6月、2014年的补助" in ran.err
    assert "县里没有写标准、没有计算的：供养金；写在县里文件中的，用 --policy 指明" in ran.err
    ran = families("subsidy", "explain", "H001", "--month", "2013-12")
    assert "低保金给当月在册的城镇低保、农村低保户" in ran.err
