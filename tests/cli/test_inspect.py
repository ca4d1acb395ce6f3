"""`jiemin inspect`: households are drawn so that anybody can repeat it, and what was found is on record."""

import os
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.prepared import Once
from support.rosters import county

Run = Callable[..., Any]

DRAW = ("inspect", "draw", "--reason", "二季度督查")


@pytest.fixture
def helped(run: Run, tmp_path: Path, once: Once) -> Run:
    """Twelve households of three towns, paired since the first of April; A001 and A002 were visited."""

    def steps() -> None:
        county(tmp_path, households=12, leaders=4, others=10)
        assert run("import", "households.xlsx").code == 0
        assert run("pair", "--auto", "--on", "2014-04-01", "-y").code == 0
        assert run("visit", "add", "A001", "--date", "2014-05-12", "--note", "老人在家").code == 0
        assert run("visit", "add", "A002", "--date", "2014-05-13", "--kind", "慰问").code == 0

    once(steps)
    return run


def drawn(run: Run, *options: str) -> list[str]:
    document = run(*DRAW, "--json", *options).json["inspection"]
    return [each["household_no"] for each in document["households"]]


def test_a_draw_says_how_it_came_about_and_is_stored(helped: Run) -> None:
    done = helped(*DRAW, "--count", "6")
    assert (done.code, done.err) == (0, "")
    first, places = done.out.splitlines()[:2]
    assert first == (
        "X0001：2014年第二季度应走访、现在在册的户中共12户，按镇抽6户；种子20140630（取自当天日期）"
    )
    assert places == "梧桐街道4户抽2户，乌镇镇4户抽2户，石门镇4户抽2户"
    (line,) = helped("inspect", "list", "--json").json["inspections"]
    assert line == {
        "inspection_no": "X0001",
        "day": "2014-06-30",
        "quarter": "2014Q2",
        "by": "镇",
        "scope": "全部",
        "seed": 20140630,
        "count": 6,
        "reason": "二季度督查",
        "drawn": 6,
        "checked": 0,
        "results": {"属实": 0, "部分属实": 0, "不属实": 0, "未见到人": 0},
    }
    assert "二季度督查" in helped("inspect", "list").out


def test_who_is_drawn_can_be_worked_out_by_hand(helped: Run) -> None:
    numbers = [f"A{number:03d}" for number in range(1, 13)]
    order = sorted(numbers, key=lambda number: sha256(f"7{number}".encode()).hexdigest())
    assert set(drawn(helped, "--by", "all", "--count", "5", "--seed", "7", "-n")) == set(order[:5])
    assert set(drawn(helped, "--by", "全市", "--count", "5", "--seed", "7")) == set(order[:5])


def test_each_town_and_each_unit_has_its_share(helped: Run) -> None:
    by_town = helped(*DRAW, "--count", "3", "--json", "-n").json["inspection"]["households"]
    assert sorted(each["drawn_for"] for each in by_town) == ["乌镇镇", "梧桐街道", "石门镇"]
    assert all(each["drawn_for"] == each["town"] for each in by_town)
    by_unit = helped(*DRAW, "--count", "4", "--by", "unit", "--json", "-n").json["inspection"]["households"]
    assert {each["drawn_for"] for each in by_unit} == {"市民政局", "市卫生局"}
    leads = {
        each["household_no"]: (each["cadre_no"], each["unit"])
        for each in helped("pair", "list", "--json").json["pairings"]
        if each["role"] == "第一责任人"
    }
    for each in by_unit:
        assert (each["cadre_no"], each["unit"]) == leads[each["household_no"]]
        assert each["drawn_for"] == each["unit"]


def test_only_the_visited_or_those_not_visited(helped: Run) -> None:
    assert set(drawn(helped, "--only", "visited", "-n")) == {"A001", "A002"}
    rest = drawn(helped, "--only", "not-visited", "-n")
    assert (len(rest), {"A001", "A002"} & set(rest)) == (10, set())
    said = helped(*DRAW, "--only", "已走访").out
    assert "户中已走访的共2户，按镇抽2户" in said
    assert "要抽30户，只有2户，全部抽取" in said


def test_a_trial_writes_nothing(helped: Run) -> None:
    done = helped(*DRAW, "--dry-run")
    assert (done.code, "这是试抽，什么都没有写入" in done.out) == (0, True)
    assert helped(*DRAW, "-n", "--json").json["inspection"]["written"] is False
    assert helped("inspect", "list", "--json").json["inspections"] == []
    assert helped("inspect", "list").out == "还没有抽查过；用 jiemin inspect draw --help 看怎么抽\n"


def test_a_draw_can_be_taken_back(helped: Run) -> None:
    helped(*DRAW)
    assert "抽取督查户" in helped("log").out
    assert helped("undo").code == 0
    assert helped("inspect", "list", "--json").json["inspections"] == []


def test_the_very_same_draw_is_refused_and_another_seed_is_not(helped: Run) -> None:
    helped(*DRAW, "--count", "3")
    again = helped(*DRAW, "--count", "3")
    assert again.code == 1
    assert "已经抽过，编号X0001" in again.err
    assert helped(*DRAW, "--count", "3", "--seed", "8").code == 0
    assert helped(*DRAW, "--count", "4").code == 0


def test_nobody_to_draw_from_is_said(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    alone = run(*DRAW)
    assert (alone.code, "没有应走访的户" in alone.err) == (1, True)
    run("pair", "--auto", "--on", "2014-04-01", "-y")
    nobody = run(*DRAW, "--only", "visited")
    assert (nobody.code, "没有已走访而现在在册的" in nobody.err) == (1, True)
    assert run(*DRAW, "--quarter", "2014Q3").code == 1


def test_who_has_left_the_work_is_not_drawn(helped: Run) -> None:
    helped("household", "exit", "A003", "--reason", "收入超标", "--on", "2014-07-05", "-y")
    late = helped("--today", "2014-07-10", *DRAW, "--quarter", "2014Q2", "--json")
    assert "A003" not in [each["household_no"] for each in late.json["inspection"]["households"]]


def test_the_list_goes_to_work_whole_and_private(helped: Run, tmp_path: Path) -> None:
    done = helped(*DRAW, "--only", "visited", "--out", "抽查.xlsx")
    assert "抽查表已存成 抽查.xlsx" in done.out
    sheet = openpyxl.load_workbook(tmp_path / "抽查.xlsx")["抽查表"]
    assert sheet["A2"].value == "“干部结民亲”活动走访情况抽查表"
    assert sheet["A3"].value == "（2014年第二季度，X0001）"
    lines = [row for row in sheet.iter_rows(min_row=6, values_only=True) if isinstance(row[0], int)]
    assert sorted(str(row[1]) for row in lines) == ["A001", "A002"]
    (row,) = [row for row in lines if row[1] == "A001"]
    assert (row[2], row[3]) == ("石门镇\n望湖村", "沈阿大")
    assert str(row[7]).startswith("5月12日走访 ")
    assert str(row[7]).endswith("手记：老人在家")
    assert row[8:] == (None, None, None, None)
    assert all((sheet.row_dimensions[at].height or 0) >= 54 for at in (6, 7))
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "抽查.xlsx").stat().st_mode) == 0o600
    again = helped("inspect", "show", "x0001", "--out", "again.xlsx")
    assert again.code == 0
    assert (tmp_path / "again.xlsx").exists()


def test_results_are_recorded_and_shown(helped: Run) -> None:
    helped(*DRAW, "--only", "visited")
    done = helped(
        "inspect",
        "record",
        "X0001",
        "沈阿大",
        "--result",
        "部分属实",
        "--finding",
        "电话16012345678",
        "--by",
        "沈明",
    )
    assert (done.code, done.err) == (0, "")
    assert done.out == "已登记 X0001 A001 沈阿大：部分属实（2014-06-30）\n还有1户没有核实\n"
    told = helped("inspect", "record", "x0001", "a002", "--result", "属实", "--json").json
    assert (told["before"], told["unchecked"], told["household"]["result"]) == (None, 0, "属实")
    shown = helped("inspect", "show", "X0001", "--json").json["inspection"]
    assert (shown["drawn"], shown["checked"]) == (2, 2)
    (first,) = [each for each in shown["households"] if each["household_no"] == "A001"]
    assert (first["result"], first["finding"], first["inspector"], first["checked_on"]) == (
        "部分属实",
        "电话160****5678",
        "沈明",
        "2014-06-30",
    )
    assert [(each["date"], each["kind"], each["extra"]) for each in first["visits"]] == [
        ("2014-05-12", "走访", False)
    ]
    screen = helped("inspect", "show", "X0001").out
    assert "抽到2户，已核实2户：属实1户，部分属实1户，不属实0户，未见到人0户" in screen
    assert "16012345678" not in screen


def test_recorded_again_it_is_a_correction_that_the_log_can_take_back(helped: Run) -> None:
    helped(*DRAW, "--only", "visited")
    record = ("inspect", "record", "X0001", "A001", "--result")
    first = helped(*record, "不属实", "--by", "沈明")
    assert "提醒：没有写核实的情况" in first.err
    second = helped("--today", "2014-07-02", *record, "属实", "--finding", "户主记错了日子")
    assert second.out.startswith("已更正 X0001 A001 沈阿大：属实，原来是不属实（2014-06-30）\n")

    def stands() -> tuple[Any, ...]:
        found = helped("inspect", "show", "X0001", "--json").json["inspection"]["households"]
        (one,) = [each for each in found if each["household_no"] == "A001"]
        return one["result"], one["finding"], one["inspector"]

    assert stands() == ("属实", "户主记错了日子", "沈明")
    assert helped("undo").code == 0
    assert stands() == ("不属实", None, "沈明")
    assert "登记督查结果" in helped("log").out


def test_a_telephone_beside_the_inspectors_name_is_masked(helped: Run) -> None:
    helped(*DRAW, "--only", "visited")
    done = helped(
        "inspect", "record", "X0001", "A001", "--result", "属实", "--by", "沈明16012345678", "--json"
    )
    assert done.json["household"]["inspector"] == "沈明160****5678"
    assert "16012345678" not in helped("inspect", "show", "X0001").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("X0001", "A003", "--result", "属实"), 1, "A003 徐金宝不在X0001抽到的户里"),
        (("X0002", "A001", "--result", "属实"), 5, "没有编号为“X0002”的抽查"),
        (("X0001", "无此人", "--result", "属实"), 5, "没有找到困难家庭"),
        (("X0001", "A001", "--result", "还行"), 2, "只能是 属实"),
        (("X0001", "A001", "--result", "属实", "--on", "2014-06-29"), 1, "核实日期2014-06-29不对"),
        (("X0001", "A001", "--result", "属实", "--on", "2014-07-01"), 1, "核实日期2014-07-01不对"),
        (("X0001", "A001"), 2, "缺少“--result”"),
    ],
)
def test_what_cannot_be_found_is_refused(helped: Run, words: tuple[str, ...], code: int, told: str) -> None:
    helped(*DRAW, "--only", "visited")
    done = helped("inspect", "record", *words)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


@pytest.mark.parametrize(
    "options",
    [
        ("--count", "0"),
        ("--count", str(10**30)),
        ("--by", "村"),
        ("--only", "一半"),
        ("--seed", "-1"),
        ("--seed", str(2**63)),
        ("--seed", "甲"),
    ],
)
def test_a_wrong_option_is_a_wrong_command_line(helped: Run, options: tuple[str, ...]) -> None:
    done = helped(*DRAW, *options)
    assert (done.code, done.out) == (2, "")
    assert "错误：" in done.err


def test_a_reason_is_asked_for(helped: Run) -> None:
    assert "缺少“--reason”" in helped("inspect", "draw").err


def test_a_number_may_be_written_short(helped: Run) -> None:
    helped(*DRAW, "--count", "3")
    for number in ("X0001", "x1", "1"):
        assert helped("inspect", "show", number, "--json").json["inspection"]["inspection_no"] == "X0001"
    household = helped("inspect", "show", "1", "--json").json["inspection"]["households"][0]["household_no"]
    assert "已登记 X0001" in helped("inspect", "record", "X1", household, "--result", "属实").out
    assert helped("inspect", "show", "X2").code == 5
