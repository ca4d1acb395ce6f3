"""`jiemin subsidy arrears`: one command says what is owed for approved months, and a run pays it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.families import LOW, RURAL, URBAN, add_families, change_family
from support.rosters import write_workbook

from jiemin.storage.database import open_database

Run = Callable[..., Any]
RAISE = """
[dibao.urban.standard]
[[dibao.urban.standard.values]]
from = 2014-01-01
issued = 2014-01-01
value = 520
document = "市发1号"
clause = "一"
basis = "existing"
[[dibao.urban.standard.values]]
from = 2014-05-01
issued = 2014-06-20
value = 560
document = "市发2号"
clause = "一"
basis = "existing"
"""
RAISED = ("--policy", "提标.toml", "subsidy", "arrears")
EARLY = (
    "2014批准时还没有过完：批准那天在册的户按那天的资料比较，后来离开、变化的不补也不退；"
    "后来新进的照补，成员已在别的户发过的除外"
)
UNTIL_JUNE = "2014-04至2014-06、2014已批准的补助："


@pytest.fixture
def approved(run: Run, tmp_path: Path) -> Run:
    """H001 rural, H002 low-income, H003 urban: April to June and 2014 are approved, as F000001 to F000004.

    A raise of May was published in June, in 提标.toml.
    """
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL, LOW, URBAN)
    for option, period in (
        ("month", "2014-04"),
        ("month", "2014-05"),
        ("month", "2014-06"),
        ("year", "2014"),
    ):
        assert run("subsidy", "compute", f"--{option}", period).code == 0
        assert run("subsidy", "approve", period, "-y").code == 0
    (tmp_path / "提标.toml").write_text(RAISE, encoding="utf-8")
    return run


def change(folder: Path, number: int, day: date, **told: Any) -> None:
    with open_database(folder / "jiemin.db") as database:
        change_family(database, number, day, **told)


def test_nothing_owed_is_said_in_one_line(approved: Run, tmp_path: Path) -> None:
    before = (tmp_path / "jiemin.db").read_bytes()
    ran = approved("subsidy", "arrears")
    assert (ran.code, ran.out, ran.err) == (
        0,
        f"{EARLY}\n{UNTIL_JUNE}没有要补发的；没有应退的\n",
        "",
    )
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_a_raise_is_answered_with_a_sentence_to_read_out(approved: Run) -> None:
    ran = approved(*RAISED, "--from", "2014-05", "--to", "2014-06")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split() for line in ran.out.splitlines()] == [
        ["补发："],
        "户编号 户主 镇(街道) 村(社区) 项目 时段 笔数 应发 已发 补发".split(),
        "H001 沈1 石门镇 低保金 2014-05、2014-06 2 2,088元 1,896元 192元".split(),
        "H003 沈3 石门镇 低保金 2014-05、2014-06 2 2,760元 2,520元 240元".split(),
        [EARLY],
        ["2014-05、2014-06、2014已批准的补助：共补发2户、4笔、432元；没有应退的"],
        ["已记成补发草稿F000005；批准：jiemin", "subsidy", "approve", "F000005"],
    ]
    again = approved(*RAISED, "--from", "2014-05")
    assert again.out.splitlines()[-1] == (
        "和上次看的一样，仍是补发草稿F000005；批准：jiemin subsidy approve F000005"
    )


def test_it_is_approved_paid_and_then_nothing_is_owed(approved: Run, tmp_path: Path) -> None:
    change(tmp_path, 2, date(2014, 6, 1), size=2)
    approved(*RAISED)
    ran = approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-y")
    assert (ran.code, ran.err) == (0, "")
    assert "注意" not in ran.out
    assert [line.split() for line in ran.out.splitlines()[2:5]] == [
        "低保金 2 432元 0元".split(),
        "低收入家庭救助 0 0元 200元".split(),
        "合计 2 432元 200元".split(),
    ]
    assert "没有要补发的；没有应退的" in approved(*RAISED).out
    listed = approved("subsidy", "pay-list", "F000005", "--out", "清单.xlsx", "--json").json["pay_list"]
    assert (listed["totals"]["fen"], listed["owed_back_fen"]) == (43200, 20000)
    refused = approved("subsidy", "void", "2014-06", "--reason", "错了")
    assert (refused.code, refused.out) == (1, "")
    approved("subsidy", "void", "F000005", "--reason", "错了")
    assert "共补发2户、4笔、432元；应退1户、1笔、200元（另行追回，不从补发中扣）" in approved(*RAISED).out


def test_a_draft_that_says_something_else_by_now_is_told(approved: Run, tmp_path: Path) -> None:
    approved(*RAISED)
    change(tmp_path, 3, date(2014, 6, 1), income_fen=0)
    ran = approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-n")
    assert "有1笔会变；要按现在的发，先重算：jiemin subsidy arrears" in ran.out


def test_recoveries_and_lost_facts_stand_apart(approved: Run, tmp_path: Path) -> None:
    change(tmp_path, 1, date(2014, 5, 1), covered=None)
    change(tmp_path, 2, date(2014, 6, 1), status="停保")
    ran = approved(*RAISED)
    assert (ran.code, ran.err) == (4, "")
    told = [line.split() for line in ran.out.splitlines()]
    assert ["H002", "沈2", "乌镇镇", "低收入家庭救助", "2014", "1", "0元", "1,100元", "1,100元"] in told
    assert ["乌镇镇", "0", "0", "0元", "1", "1", "1,100元"] in told
    assert ["石门镇", "1", "2", "240元", "0", "0", "0元"] in told
    assert ["低保金", "1", "2", "240元", "0", "0", "0元"] in told
    assert ["低收入家庭救助", "0", "0", "0元", "1", "1", "1,100元"] in told
    assert ["现在缺少资料、没有比较的有1户，既不补发也不追回："] in told
    assert ["H001", "沈1", "低保金", "2014-05、2014-06", "保障人口"] in told
    assert "jiemin import 名册.xlsx --as-of 2014-05-01" in ran.out
    assert f"{UNTIL_JUNE}共补发1户、2笔、240元；应退1户、1笔、1,100元（另行追回，不从补发中扣）" in ran.out


def test_a_household_merged_away_is_asked_by_its_last_head(approved: Run, tmp_path: Path) -> None:
    assert approved("household", "merge", "H003", "H001", "--on", "2014-05-01", "-y").code == 0
    said = [line.split() for line in approved("subsidy", "arrears", "--out", "差额.xlsx").out.splitlines()]
    owed = ["H003", "沈3", "石门镇", "低保金", "2014-05、2014-06", "2", "0元", "2,520元", "2,520元"]
    assert owed in said
    assert approved("subsidy", "approve", "F000005", "-y").code == 0
    approved("subsidy", "pay-list", "F000005", "--out", "清单.xlsx")
    for file in ("差额.xlsx", "清单.xlsx"):
        rows = load_workbook(tmp_path / file)["应退"].iter_rows(min_row=6, values_only=True)
        assert next(row for row in rows if row[1] == "H003")[4] == "沈3"


def test_an_import_that_may_change_what_is_approved_says_so(approved: Run, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["户编号", "户主姓名", "家庭月收入"], ["H001", "沈1", 200]]
    write_workbook(tmp_path / "更正.xlsx", {"困难家庭": rows})
    told = "批准过的补助可能因此有差额，先看一看：jiemin subsidy arrears -n\n"
    tried = approved("import", "更正.xlsx", "--as-of", "2014-05-01", "-n")
    assert (tried.code, "差额" in tried.out) == (0, False)
    ran = approved("import", "更正.xlsx", "--as-of", "2014-05-01")
    assert (ran.code, ran.out.endswith(f"导入完成\n{told}")) == (0, True)
    assert "差额" not in approved("import", "更正.xlsx", "--as-of", "2014-05-01").out
    assert "共补发1户、2笔、200元" in approved("subsidy", "arrears", "-n").out


def test_of_many_households_the_first_are_shown_or_all(run: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, *[RURAL] * 25)
    run("subsidy", "compute", "--month", "2014-06")
    run("subsidy", "approve", "2014-06", "-y")
    (tmp_path / "提标.toml").write_text(RAISE, encoding="utf-8")
    short = run(*RAISED).out
    assert ("H020 " in short, "H021 " in short) == (True, False)
    assert "……还有5行；全部：加 --all，或用 --out 存成表\n" in short
    assert "2014-06已批准的补助：共补发25户、25笔、" in short
    whole = run(*RAISED, "--all").out
    assert ("H025 " in whole, "……" in whole) == (True, False)


def test_a_trial_writes_nothing(approved: Run, tmp_path: Path) -> None:
    before = (tmp_path / "jiemin.db").read_bytes()
    ran = approved(*RAISED, "-n", "--out", "试看.xlsx")
    assert (ran.code, ran.out.splitlines()[-2:]) == (0, ["已存成 试看.xlsx", "这是试看，什么都没有写入"])
    assert (tmp_path / "jiemin.db").read_bytes() == before
    assert load_workbook(tmp_path / "试看.xlsx")["补发"]["A3"].value.endswith("（试算）")


def test_a_draft_that_no_longer_holds_goes(approved: Run) -> None:
    approved(*RAISED)
    ran = approved("subsidy", "arrears")
    assert ran.out.splitlines()[-1] == "原来的补发草稿已不符，已去掉"
    assert "找补发差额" in approved("log").out
    assert [each["kind"] for each in approved("subsidy", "runs", "--json").json["runs"]] == ["发放"] * 4
    approved("undo")
    assert approved("subsidy", "runs", "--json").json["runs"][-1]["run_no"] == "F000005"


def test_json_tells_every_line(approved: Run) -> None:
    told = approved(*RAISED, "--json", "--to", "2014-05").json["arrears"]
    assert told["lines"] == [
        {
            "household_no": number,
            "item": "低保金",
            "period": "2014-05",
            "due_fen": due,
            "paid_fen": paid,
            "difference_fen": due - paid,
        }
        for number, due, paid in (("H001", 104400, 94800), ("H003", 138000, 126000))
    ]
    assert told["totals"] == {
        "payments": {"households": 2, "amounts": 2, "fen": 21600},
        "recoveries": {"households": 0, "amounts": 0, "fen": 0},
    }
    assert told["towns"] == [{"town": "石门镇", **told["totals"]}]
    assert (told["run_no"], told["periods"], told["written"]) == (
        "F000005",
        ["2014-04", "2014-05", "2014"],
        True,
    )
    assert told["sentence"] == "共补发2户、2笔、216元；没有应退的"
    assert (told["missing"], told["unstated"]) == ([], [])


def test_an_item_the_book_says_nothing_of_any_more_is_said(approved: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db") as database:
        add_families(database, RURAL | {"household_class": "五保", "keeping": "分散供养"}, first=4)
    given = RAISE.replace("dibao.urban.standard", "support.wubao.dispersed")
    (tmp_path / "供养.toml").write_text(given, encoding="utf-8")
    approved("--policy", "供养.toml", "subsidy", "arrears")
    approved("--policy", "供养.toml", "subsidy", "approve", "F000005", "-y")
    ran = approved("subsidy", "arrears", "-y")
    assert ran.code == 4
    assert "没有比较2014-04至2014-06的供养金（" in ran.out
    assert "政策文件没有写；写在县里文件中的，用 --policy 指明" in ran.out
    told = approved("subsidy", "arrears", "--json", "-y").json["arrears"]
    assert told["unstated"][0]["period"] == "2014-04"


def test_the_workbook_has_both_sides_with_control_totals(approved: Run, tmp_path: Path) -> None:
    change(tmp_path, 2, date(2014, 6, 1), status="停保")
    ran = approved(*RAISED, "--out", "补发.xlsx")
    assert "已存成 补发.xlsx" in ran.out
    book = load_workbook(tmp_path / "补发.xlsx")
    assert book.sheetnames == ["补发", "应退", "分镇合计"]
    paid, back, towns = (
        [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    )
    assert paid[1:3] == [["困难家庭补助补发表"], ["2014-04至2014-06、2014已批准的补助（批次F000005）"]]
    assert paid[5:8] == [
        [1, "H001", "石门镇", "沈1", "低保金", "2014-05、2014-06", 2, 2088, 1896, 192],
        [2, "H003", "石门镇", "沈3", "低保金", "2014-05、2014-06", 2, 2760, 2520, 240],
        ["合计  2户", 4, 4848, 4416, 432],
    ]
    assert ["说明：1. 控制总数：2户，4笔，432.00元，人民币（大写）肆佰叁拾贰元整。"] in paid
    assert [f"      4. {EARLY}。"] in paid
    assert back[5:7] == [
        [1, "H002", "乌镇镇", "沈2", "低收入家庭救助", "2014", 1, 0, 1100, 1100],
        ["合计  1户", 1, 0, 1100, 1100],
    ]
    assert towns[5:8] == [
        ["乌镇镇", 0, 0, 0, 1, 1, 1100],
        ["石门镇", 2, 4, 432, 0, 0, 0],
        ["合计", 2, 4, 432, 1, 1, 1100],
    ]
    assert book["补发"].print_title_rows == "$5:$5"
    assert book["应退"].page_setup.orientation == "landscape"


def test_a_file_that_is_there_is_kept_and_nothing_is_done(approved: Run, tmp_path: Path) -> None:
    (tmp_path / "补发.xlsx").write_text("在用", encoding="utf-8")
    ran = approved(*RAISED, "--out", "补发.xlsx")
    assert (ran.code, ran.out) == (1, "")
    assert (tmp_path / "补发.xlsx").read_text(encoding="utf-8") == "在用"
    assert len(approved("subsidy", "runs", "--json").json["runs"]) == 4


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--from", "2014-13"), 2, "看不懂月份"),
        (("--from", "2014-06", "--to", "2014-04"), 1, "2014年4月在2014年6月以前"),
        (("--to", "2013-12"), 1, "这些月份里没有批准过的补助"),
    ],
)
def test_limits_that_cannot_be_are_refused(
    approved: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = approved("subsidy", "arrears", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_without_an_approved_run_there_is_nothing_to_compare(run: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL)
    run("subsidy", "compute")
    ran = run("subsidy", "arrears")
    assert (ran.code, ran.out) == (1, "")
    assert "还没有批准过的补助，没有可以比较的" in ran.err


def test_the_explanation_tells_the_difference_and_why(approved: Run, tmp_path: Path) -> None:
    change(tmp_path, 3, date(2014, 6, 1), income_fen=10000)
    approved(*RAISED)
    draft = approved("subsidy", "explain", "H003", "--month", "2014-06").out
    assert "批准后的差额（F000005，草稿，还没有批准）：应发1,580元，已发1,260元，补发320元" in draft
    approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-y")
    ran = approved("subsidy", "explain", "H003", "--month", "2014-06")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == ("H003 沈3 2014年6月低保金：1,260元；连同批准后的差额，合计1,580元")
    assert ran.out.splitlines()[-8:] == [
        "批准后的差额（F000005，2014-06-30批准）：应发1,580元，已发1,260元，补发320元",
        "  政策：城镇低保标准每人每月520元→每人每月560元（市发2号 一，2014-05-01起），多120元",
        "  资料：家庭月收入300元→月收入100元，多200元",
        "现在应发：1,580元",
        "  保障金额：每人每月560元×3人＝1,680元（依据4）",
        "  补差：1,680元－家庭月收入100元＝1,580元（依据2）",
        "  每月低保金：1,580元，四舍五入到分＝1,580元（依据3）",
        "合计批准：1,260元＋320元＝1,580元",
    ]
    assert "依据4：城镇低保标准每人每月560元，出自市发2号 一" in ran.out
    (told,) = approved("subsidy", "explain", "H003", "--month", "2014-06", "--json").json["awards"]
    assert told["now_fen"] == 158000
    (arrear,) = told["arrears"]
    steps = [line["label"] for line in arrear.pop("working")]
    assert steps == ["保障金额", "补差", "每月低保金"]
    assert [arrear] == [
        {
            "run_no": "F000005",
            "approved_on": "2014-06-30",
            "due_fen": 158000,
            "paid_fen": 126000,
            "difference_fen": 32000,
            "reasons": [line.strip() for line in ran.out.splitlines()[-7:-5]],
        }
    ]
    assert "批准后的差额" not in approved("subsidy", "explain", "H003", "--month", "2014-04").out


def test_the_list_says_that_differences_stand_apart(approved: Run, tmp_path: Path) -> None:
    assert "以上不含" not in approved("subsidy", "list", "--month", "2014-06").out
    change(tmp_path, 1, date(2014, 6, 1), income_fen=40000)
    approved(*RAISED)
    approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-y")
    told = approved("subsidy", "list", "--month", "2014-06").out
    assert "以上不含批准后的差额：2户，补发" in told
    assert "应退" in told
    here = approved("subsidy", "list", "--month", "2014-06", "--town", "乌镇镇").out
    assert "以上不含" not in here


def test_what_a_household_entered_twice_was_paid_twice_comes_back(approved: Run) -> None:
    approved("duplicates", "merge", "H001", "H003", "-y")
    ran = approved("subsidy", "arrears", "--from", "2014-06")
    assert "没有要补发的；应退1户、1笔、1,260元（另行追回，不从补发中扣）" in ran.out
    told = approved("subsidy", "explain", "H001", "--month", "2014-06").out
    assert "批准后的差额（F000005，草稿，还没有批准）：应发948元，已发2,208元，应退1,260元" in told
    assert "  原来应发948元，已发2,208元（合并过重复的户，或作废过补发）" in told


def test_the_quarters_report_notes_what_was_settled(approved: Run, tmp_path: Path) -> None:
    change(tmp_path, 2, date(2014, 6, 1), size=2)
    approved(*RAISED)
    approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-y")
    assert approved("report", "quarterly", "--quarter", "2014Q2", "--out", "季报.xlsx").code == 0
    cells = [str(cell.value) for sheet in load_workbook(tmp_path / "季报.xlsx") for (cell, *_) in sheet.rows]
    note = "本季度批准补发2户、432元（石门镇432元）；应退1户、200元（乌镇镇200元）。"
    assert len([cell for cell in cells if note in cell]) == 1


def test_an_approved_run_of_arrears_is_not_taken_from_below(approved: Run) -> None:
    approved(*RAISED)
    look = max(each["action"] for each in approved("log", "--json").json["actions"])
    approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-y")
    undone = approved("undo", str(look))
    assert (undone.code, "没有可以撤销的" in undone.err) == (1, True)
    assert "没有要补发的；没有应退的" in approved(*RAISED).out
    assert approved("undo").code == 0
    assert "仍是补发草稿F000005" in approved(*RAISED).out


def test_what_the_notice_brings_counts_approved_arrears(approved: Run, tmp_path: Path) -> None:
    """May's raise is none of the notice: both sides rise. Who never was entitled counts no more."""
    may = ("--policy", "提标.toml", "subsidy", "uplift", "--month", "2014-05", "--by", "家庭", "--json")
    assert uplifted(approved(*may)) == {"H001": (90000, 94800), "H003": (126000, 126000)}
    change(tmp_path, 1, date(2014, 4, 1), household_class="其他")
    assert approved(*RAISED).code == 0
    assert approved("--policy", "提标.toml", "subsidy", "approve", "F000005", "-y").code == 0
    assert uplifted(approved(*may)) == {"H003": (138000, 138000)}


def uplifted(ran: Any) -> dict[str, tuple[int, int]]:
    groups = ran.json["uplift"]["groups"]
    return {each["name"]: (each["before_fen"], each["after_fen"]) for each in groups}
