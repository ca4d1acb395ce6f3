"""`jiemin subsidy simulate`: what other standards would cost, on the screen, as JSON and as a workbook."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.families import LOW, RURAL, URBAN, add_families, change_family

from jiemin.storage.database import open_database

Run = Callable[..., Any]
POOR = {**LOW, "size": 2, "income_fen": 84_000, "income_period": "month"}
SUPPORTED = {"household_class": "五保", "size": 1, "covered": 1, "keeping": "分散供养"}
FALLEN = {**RURAL, "income_fen": 130_000}


@pytest.fixture
def county(run: Run, tmp_path: Path) -> Run:
    """石门镇: H001 rural, H003 urban, H005 五保; 乌镇镇: H002, H004 low-income, H006 rural and at 0."""
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL, POOR, URBAN, LOW, SUPPORTED, FALLEN)
    return run


def simulated(run: Run, *words: str) -> dict[str, Any]:
    (only,) = run("subsidy", "simulate", *words, "--json").json["simulation"]["scenarios"]
    found: dict[str, Any] = only
    return found


def test_the_officers_question_takes_one_command(county: Run, tmp_path: Path) -> None:
    before = sha256((tmp_path / "jiemin.db").read_bytes()).digest()
    ran = county("subsidy", "simulate", "--set", "dibao.rural=450", "--from", "2014-07")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split() for line in ran.out.splitlines()] == [
        "镇(街道) 现在领取 测算领取 新增 多领 少领 现在每月 测算每月 每月增加 到年底增加 全年增加".split(),
        "乌镇镇 0 1 1 1 0 0元 50元 50元 300元 600元".split(),
        "石门镇 1 1 0 1 0 948元 1,050元 102元 612元 1,224元".split(),
        "合计 1 2 1 2 0 948元 1,100元 152元 912元 1,824元".split(),
        [
            "农村低保标准提到450元：2户（其中1户现在没有），每月多152元，全年（12个月）多1,824元；"
            "从2014年7月起到年底多912元。"
        ],
        [
            "可能新符合低保条件：人均收入低于测算的农村低保标准的低收入家庭1户（要经审批，没有计入）；"
            "另有1户收入或人口没有登记，无法比较。"
        ],
        ["这是测算，什么都没有写入"],
    ]
    assert county("subsidy", "simulate", "--set", "农村低保=450元").out == ran.out
    assert sha256((tmp_path / "jiemin.db").read_bytes()).digest() == before


def test_json_has_every_figure_in_fen(county: Run) -> None:
    told = simulated(county, "--set", "dibao.rural=450", "--by", "class")
    (group,) = told["groups"]
    assert group == {"name": "农村低保", **told["total"]}
    assert told["total"] == {
        "receiving": 1,
        "then_receiving": 2,
        "gained": 1,
        "more": 2,
        "fewer": 0,
        "now_month_fen": 94800,
        "now_rest_fen": 568800,
        "now_year_fen": 1137600,
        "then_month_fen": 110000,
        "then_rest_fen": 660000,
        "then_year_fen": 1320000,
        "difference_month_fen": 15200,
        "difference_rest_fen": 91200,
        "difference_year_fen": 182400,
    }
    assert told["values"] == {"dibao.rural.standard": 45000}
    assert told["low_income"] == [{"standard": "农村低保标准", "households": 1, "unknown": 1}]


def test_floors_follow_and_the_urban_standard_is_compared_where_it_is_set(county: Run) -> None:
    told = simulated(county, "--set", "dibao.urban=600")
    assert told["described"] == "城镇低保标准提到600元（农村低保标准跟着到480元）"
    assert (told["total"]["more"], told["total"]["difference_month_fen"]) == (3, 24000 + 19200 + 14000)
    assert told["low_income"] == [{"standard": "城镇低保标准", "households": 0, "unknown": 1}]


def test_a_lower_standard_saves_and_asks_for_no_low_income_families(county: Run) -> None:
    told = simulated(county, "--set", "dibao.rural=400")
    assert told["sentence"] == (
        "农村低保标准降到400元：1户少领，每月少48元，全年（12个月）少576元；从2014年7月起到年底少288元"
    )
    assert told["low_income"] == []


def test_months_past_count_with_the_families_of_their_time(county: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db") as database:
        change_family(database, 1, date(2014, 6, 1), covered=4)
    told = simulated(county, "--set", "dibao.rural=450", "--from", "2014-04")["total"]
    assert told["difference_month_fen"] == 3400 * 4 + 5000
    assert told["difference_rest_fen"] == 3400 * (3 * 2 + 4 * 7) + 5000 * 9
    last = simulated(county, "--set", "dibao.rural=500", "--from", "2013-11")
    assert last["total"]["now_month_fen"] == 0


def test_a_year_over_counts_its_last_month_for_the_whole_year(county: Run) -> None:
    ran = county(
        "--today", "2015-02-10", "subsidy", "simulate", "--set", "dibao.rural=450", "--from", "2014-11"
    )
    assert "每月多152元，全年（12个月）多1,824元；从2014年11月起到年底多304元" in ran.out
    ran = county("--today", "2014-12-10", "subsidy", "simulate", "--set", "dibao.rural=450")
    assert "全年（12个月）多1,824元；从2015年1月起到年底多1,824元" in ran.out


def test_yearly_aid_counts_once(county: Run) -> None:
    told = simulated(county, "--set", "low_income.person=300")
    assert told["sentence"] == (
        "低收入家庭救助标准（每人增加）提到300元：2户，全年多500元；从2014年7月起到年底多500元"
    )
    assert told["total"]["now_month_fen"] == 0


def test_an_item_stated_for_the_first_time_counts_from_nothing(county: Run) -> None:
    told = simulated(county, "--set", "support.wubao.dispersed=700")
    assert told["sentence"] == (
        "农村五保分散供养标准定为700元：1户（其中1户现在没有），每月多700元，全年（12个月）多8,400元；"
        "从2014年7月起到年底多4,200元"
    )
    assert told["missing"] == 0
    assert simulated(county, "--set", "support.wubao.central=900")["sentence"] == (
        "农村五保集中供养标准定为900元：没有一户的钱有变化"
    )


def test_a_standard_the_book_states_for_later_counts_from_nothing(county: Run, tmp_path: Path) -> None:
    overlay = """
        [support.wubao.dispersed]
        [[support.wubao.dispersed.values]]
        from = 2015-01-01
        issued = 2014-06-01
        value = 800
        document = "市发9号"
        clause = "一"
        basis = "existing"
    """
    (tmp_path / "county.toml").write_text(overlay, encoding="utf-8")
    words = ("subsidy", "simulate", "--set", "support.wubao.dispersed=700", "--json")
    (told,) = county("--policy", "county.toml", *words).json["simulation"]["scenarios"]
    assert told["total"]["now_year_fen"] == 0
    assert told["total"]["then_year_fen"] == 70000 * 12


def test_what_happens_counts_as_often_as_it_is_on_record(county: Run) -> None:
    for day in ("2014-05-12", "2014-06-12"):
        words = ("--item", "危房改造", "--on", day, "--grade", "D级")
        assert county("aid", "add", "H001", *words).code == 0
    told = simulated(county, "--set", "housing.grant.d=10000", "--from", "2014-06")
    assert told["sentence"] == (
        "危房改造补助：D级定为10,000元：1户（其中1户现在没有），全年多40,000元；从2014年6月起到年底多20,000元"
    )
    assert simulated(county, "--set", "housing.grant.d=1")["total"]["difference_rest_fen"] == 0
    told = simulated(county, "--set", "housing.grant.d=1", "--from", "2015-02")
    assert told["total"]["difference_year_fen"] == 400


def test_households_without_facts_are_left_out_and_said(county: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db") as database:
        change_family(database, 1, date(2014, 4, 1), covered=None)
    ran = county("subsidy", "simulate", "--set", "dibao.rural=450")
    assert ran.code == 4
    assert "另有1户缺少资料、算不出，没有计入。" in ran.out


def test_a_value_that_nobody_states_is_asked_for(county: Run) -> None:
    ran = county("subsidy", "simulate", "--set", "supplement.rule=highest")
    assert ran.code == 1
    assert "分类施保增发" in ran.err


def test_scenarios_stand_side_by_side_with_a_chart(county: Run, tmp_path: Path) -> None:
    words = ("--scenario", "甲: dibao.rural=450", "--scenario", "甲'：农村低保=480，low_income.person=1,000")
    ran = county("subsidy", "simulate", "--set", "dibao.rounding=yuan", *words, "--out", "测算.xlsx")
    assert ran.code == 0
    said = ran.out.splitlines()
    assert [line.split()[0] for line in said[1:4]] == ["低保金取整改为“四舍五入到元”", "甲", "甲'"]
    assert said[4] == "全年增加："
    assert said[6].split() == ["乌镇镇", "0元", "600元", "5,680元"]
    assert "甲（农村低保标准提到450元）：2户（其中1户现在没有），每月多152元" in ran.out
    assert ran.out.endswith("这是测算，什么都没有写入\n已存成 测算.xlsx\n")
    workbook = load_workbook(tmp_path / "测算.xlsx")
    assert workbook.sheetnames == ["汇总", "测算方案", "甲", "甲(2)", "说明"]
    summary: Any = workbook["汇总"]
    assert [summary.cell(row, 12).value for row in (5, 6, 7, 8)] == ["全年增加", 0, 1824, 7984]
    (chart,) = summary._charts
    assert chart.series[0].val.numRef.f == "'汇总'!$L$6:$L$8"
    assert summary.page_setup.fitToHeight == 1
    scene = workbook["甲"]
    assert [cell.value for cell in scene[8]][:2] == ["合计", 1]
    foot = "".join(str(row[0].value) for row in scene.iter_rows(min_row=9))
    assert "表内逻辑(经核对全部相符)：每月增加=测算每月-现在每月；各行相加=合计" in foot
    assert "什么都没有写入数据库" in str(workbook["说明"]["A5"].value)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "要写改什么"),
        (("--set", "dibao.rual=450"), 5, "dibao.rural.standard（农村低保标准）"),
        (("--set", "dibao=450"), 5, "“dibao”不止一项"),
        (("--set", "dibao.rural=4.505"), 1, "金额最多两位小数"),
        (
            ("--set", "dibao.rural=450", "--set", "农村低保=460"),
            1,
            "农村低保标准（dibao.rural.standard）写了两次",
        ),
        (("--scenario", "dibao.rural=450"), 1, "要写成 名称: 参数=数值"),
        (("--scenario", ": dibao.rural=450"), 1, "要写成 名称: 参数=数值"),
        (("--scenario", "甲:"), 1, "要写成 名称: 参数=数值"),
        (
            ("--scenario", "甲: dibao.rural=450", "--scenario", "甲：农村低保=460"),
            1,
            "有两个方案都叫“甲”",
        ),
        (("--set", "dibao.rural=450", "--scenario", "测算方案: dibao.rural=460"), 1, "都叫“测算方案”"),
        (("--set", "330483199901010019=5"), 5, "没有“330483********0019”这个参数"),
        (("--scenario", "330483199901010019"), 1, "方案“330483********0019”要写成"),
        (("--set", "pension.share=150"), 1, "养老保险个人缴费补贴比例（%）不能是“150”"),
        (("--set", "dibao.rural=450", "--by", "村"), 2, "只能是 镇、类别 或 项目"),
        (("--set", "dibao.rural=450", "--from", "七月"), 2, "请写成 2014-06 的样子"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_way_out(
    county: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = county("subsidy", "simulate", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_an_existing_file_is_left_alone(county: Run, tmp_path: Path) -> None:
    (tmp_path / "有.xlsx").write_text("别动")
    ran = county("subsidy", "simulate", "--set", "dibao.rural=450", "--out", "有.xlsx")
    assert (ran.code, "已经有了" in ran.err) == (1, True)
