"""`jiemin story`: a story is told once, counted for its town, unit and quarter, and printed whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]

ADD = ("story", "add", "--title", "一口新灶", "--text", "结对干部请来师傅，修好了灶。")


def lead(run: Run, household: str) -> dict[str, Any]:
    listed = run("pair", "list", "--household", household, "--json").json["pairings"]
    return next(dict(each) for each in listed if each["role"] == "第一责任人")


def test_a_story_of_a_household_is_its_leads_units(paired: Run) -> None:
    unit = lead(paired, "A001")["unit"]
    done = paired(*ADD, "--household", "A001", "--on", "2014-05-20")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"已登记 S0001：一口新灶（2014年第二季度，A001 沈阿大，{unit}，14字）\n"
    (story,) = paired("story", "list", "--json").json["stories"]
    assert story == {
        "story_no": "S0001",
        "quarter": "2014Q2",
        "date": "2014-05-20",
        "title": "一口新灶",
        "household_no": "A001",
        "head_name": "沈阿大",
        "town": "石门镇",
        "village": "望湖村",
        "cadre_no": None,
        "cadre_name": None,
        "unit": unit,
        "characters": 14,
        "withdrawn_on": None,
        "withdrawn_reason": None,
    }


def test_of_a_cadre_alone_it_is_his_or_her_units_and_an_own_unit_goes_first(paired: Run) -> None:
    done = paired(*ADD, "--cadre", "顾员1", "--json")
    assert done.json["story"]["unit"] == "市卫生局"
    other = paired("story", "add", "--title", "二", "--text", "文", "--cadre", "顾员1", "--unit", "民政")
    assert "市民政局 顾员1" in other.out
    alone = paired("story", "add", "--title", "三", "--text", "文", "--unit", "市卫生局", "--json")
    assert alone.json["story"]["household_no"] is None


def test_lists_narrow_by_quarter_town_and_unit(paired: Run) -> None:
    paired(*ADD, "--household", "A001")
    paired("story", "add", "--title", "旧事", "--text", "文", "--unit", "市卫生局", "--quarter", "2014Q1")

    def titles(*options: str) -> list[str]:
        return [each["title"] for each in paired("story", "list", "--json", *options).json["stories"]]

    assert titles() == ["旧事", "一口新灶"]
    assert titles("--quarter", "2014Q1") == ["旧事"]
    assert titles("--town", "石门") == ["一口新灶"]
    assert titles("--unit", "卫生", "--quarter", "2014Q1") == ["旧事"]
    assert titles("--town", "濮院") == []
    assert "共2篇" in paired("story", "list").out


def test_long_numbers_are_masked_until_somebody_answers_for_seeing_them(paired: Run) -> None:
    paired("story", "add", "--title", "来电", "--text", "电话16012345678。\n第二段。", "--household", "A001")
    shown = paired("story", "show", "s0001")
    assert shown.out.splitlines()[-2:] == ["电话160****5678。", "第二段。"]
    assert paired("story", "show", "S0001", "--json").json["story"]["text"] == "电话160****5678。\n第二段。"
    assert "16012345678" in paired("story", "show", "S0001", "--reveal").out
    assert paired("log", "--json").json["actions"][-1]["command"] == "story show"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_text_may_come_from_a_file(paired: Run, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "事迹.txt").write_bytes("第一段，䶮。\r\n\r\n第二段。\r\n".encode(encoding))
    done = paired("story", "add", "--title", "两段", "--file", "事迹.txt", "--unit", "市卫生局")
    assert done.code == 0
    assert paired("story", "show", "S0001", "--json").json["story"]["text"] == "第一段，䶮。\n\n第二段。"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--title", "题", "--text", "文"), 1, "没有写是谁的事迹"),
        (("--title", " ", "--text", "文", "--unit", "市卫生局"), 2, "--title写得不对：不能是空的"),
        (("--title", "题" * 61, "--text", "文", "--unit", "市卫生局"), 1, "超过60个"),
        (("--title", "题", "--text", "\n ", "--unit", "市卫生局"), 1, "正文是空的"),
        (("--title", "题", "--text", "文" * 20_001, "--unit", "市卫生局"), 1, "超过20000个"),
        (("--title", "题", "--text", "文", "--unit", "市卫生局", "--on", "2014-07-01"), 1, "还没有到"),
        (("--title", "题", "--text", "文", "--unit", "市卫生局", "--quarter", "2014Q3"), 1, "还没有开始"),
        (("--title", "题", "--text", "文", "--household", "A099"), 5, "没有找到困难家庭"),
        (("--title", "题", "--text", "文", "--cadre", "无此人"), 5, "没有找到干部"),
        (("--title", "题", "--text", "文", "--unit", "无此局"), 5, "没有找到单位"),
        (("--title", "题", "--file", "没有.txt", "--unit", "市卫生局"), 1, "没有“没有.txt”"),
        (("--title", "题", "--unit", "市卫生局"), 2, "--text"),
        (("--title", "题", "--text", "文", "--file", "a.txt", "--unit", "市卫生局"), 2, "--text"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(
    paired: Run, options: tuple[str, ...], code: int, words: str
) -> None:
    done = paired("story", "add", *options)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert paired("story", "list", "--json").json["stories"] == []


def test_the_same_story_is_not_told_twice(paired: Run) -> None:
    paired(*ADD, "--household", "A001")
    again = paired(*ADD, "--household", "A002")
    assert again.code == 1
    assert "已经登记过了，编号S0001" in again.err
    assert paired("story", "show", "S0009").code == 5


def test_it_can_be_taken_back(paired: Run) -> None:
    paired(*ADD, "--household", "A001")
    assert "登记典型事迹" in paired("log").out
    assert paired("undo").code == 0
    assert paired("story", "list").out == "共0篇\n"


def test_the_export_holds_one_quarters_stories(paired: Run, tmp_path: Path) -> None:
    assert paired("story", "export", "--out", "事迹.xlsx").code == 1
    paired(*ADD, "--household", "A001")
    paired("story", "add", "--title", "旧事", "--text", "文", "--unit", "市卫生局", "--quarter", "2014Q1")
    done = paired("story", "export", "--out", "事迹.xlsx")
    assert done.out == "已存成 事迹.xlsx：2014年第二季度典型事迹1篇\n"
    words = [row[0] for row in openpyxl.load_workbook(tmp_path / "事迹.xlsx")["典型事迹"].values]
    assert "1. 一口新灶" in words
    assert "1. 旧事" not in words
    older = paired("story", "export", "--quarter", "2014Q1", "--out", "旧.xlsx", "--json")
    assert older.json["export"] == {"quarter": "2014Q1", "stories": 1, "out": "旧.xlsx"}
    assert paired("story", "export", "--quarter", "2013Q1", "--out", "旧.xlsx").code == 1


def test_the_quarters_report_counts_and_prints_them(paired: Run, tmp_path: Path) -> None:
    report = ("report", "quarterly", "--quarter", "2014Q2", "--out", "表.xlsx")
    assert "典型事迹0篇" in paired(*report).out
    paired(*ADD, "--household", "A001")
    paired("story", "add", "--title", "单位", "--text", "文", "--unit", "市卫生局")
    paired("story", "add", "--title", "旧事", "--text", "文", "--unit", "市卫生局", "--quarter", "2014Q1")
    done = paired(*report)
    assert done.code == 0
    assert "典型事迹2篇" in done.out
    told = paired(*report, "--json").json["report"]
    assert (
        told["stories"] == told["totals"]["by_town"]["stories"] == told["totals"]["by_unit"]["stories"] == 2
    )
    assert told["failed_checks"] == []
    words = [row[0] for row in openpyxl.load_workbook(tmp_path / "表.xlsx")["典型事迹"].values]
    assert {"1. 一口新灶", "2. 单位"} <= set(words)


def test_a_number_may_be_written_short(paired: Run) -> None:
    paired(*ADD, "--household", "A001")
    for number in ("S0001", "s1", "1"):
        assert paired("story", "show", number, "--json").json["story"]["story_no"] == "S0001"
    assert paired("story", "show", "S2").code == 5


def test_a_withdrawn_story_stays_on_record_and_is_counted_and_printed_no_longer(
    paired: Run, tmp_path: Path
) -> None:
    paired(*ADD, "--household", "A001")
    paired("story", "add", "--title", "单位", "--text", "文", "--unit", "市卫生局")
    done = paired("story", "withdraw", "s1", "--reason", "写错了户，电话16012345678")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "已撤回 S0001：一口新灶（2014Q2），不再计入报表\n"
        "记录留着，用 jiemin story list --withdrawn 查看；撤回错了用 jiemin undo 撤销\n"
    )
    assert [each["story_no"] for each in paired("story", "list", "--json").json["stories"]] == ["S0002"]
    (one, _) = paired("story", "list", "--withdrawn", "--json").json["stories"]
    assert (one["story_no"], one["withdrawn_on"]) == ("S0001", "2014-06-30")
    assert one["withdrawn_reason"] == "写错了户，电话160****5678"
    assert "2014-06-30 写错了户，电话160****5678" in paired("story", "list", "--withdrawn").out
    assert "已撤回：2014-06-30 写错了户" in paired("story", "show", "S0001").out
    paired("story", "export", "--out", "事迹.xlsx")
    paired("report", "quarterly", "--quarter", "2014Q2", "--out", "表.xlsx")
    for book in ("事迹.xlsx", "表.xlsx"):
        words = [row[0] for row in openpyxl.load_workbook(tmp_path / book)["典型事迹"].values]
        assert ("1. 单位" in words, "1. 一口新灶" in words) == (True, False)
    told = paired("inspect", "report", "--quarter", "2014Q2", "--out", "通报.xlsx").out
    assert "上报典型事迹1篇" in told


def test_a_withdrawn_story_may_be_told_anew_and_the_withdrawal_taken_back(paired: Run) -> None:
    paired(*ADD, "--household", "A001")
    assert paired("story", "withdraw", "S0001", "--reason", "写错了户", "--json").json == {
        "withdrawn": {"story_no": "S0001", "quarter": "2014Q2"}
    }
    assert "撤回典型事迹" in paired("log").out
    assert paired("undo").code == 0
    assert "共1篇" in paired("story", "list").out
    paired("story", "withdraw", "S0001", "--reason", "写错了户")
    assert "已登记 S0002" in paired(*ADD, "--household", "A002").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("S0001", "--reason", " "), 2, "--reason写得不对：不能是空的"),
        (("S0001",), 2, "缺少“--reason”"),
        (("S0009", "--reason", "错"), 5, "没有编号为“S0009”的典型事迹"),
        (("S0002", "--reason", "错"), 1, "S0002已在2014-06-30撤回"),
    ],
)
def test_what_cannot_be_withdrawn(paired: Run, words: tuple[str, ...], code: int, told: str) -> None:
    paired(*ADD, "--household", "A001")
    paired("story", "add", "--title", "单位", "--text", "文", "--unit", "市卫生局")
    paired("story", "withdraw", "2", "--reason", "重复")
    done = paired("story", "withdraw", *words)
    assert (done.code, told in done.err) == (code, True)
