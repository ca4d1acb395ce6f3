"""`household show` on one screen, in full and as of a past day; `--as-of` of the other look-ups."""

from collections.abc import Callable
from typing import Any

import pytest
from support.prepared import Once

Run = Callable[..., Any]

SCREEN = 45
"""Lines of a screen; a household with much on record stays within it."""


@pytest.fixture
def told(paired: Run, once: Once) -> Run:
    """A001 with five visits, a survey, measures and two measurements."""

    def steps() -> None:
        for day in ("2014-04-10", "2014-04-20", "2014-05-12", "2014-06-01"):
            assert paired("visit", "add", "A001", "--date", day, "--note", f"{day}的手记").code == 0
        words = ("--needs", "电话13812345678", "--promise", "送书", "--promise-due", "2014-06-25")
        assert paired("visit", "add", "A001", "--date", "2014-06-20", "--deeds", "修了灯", *words).code == 0
        assert (
            paired("survey", "add", "A001", "--survey", "致困原因", "--on", "2014-04-10", "--complete").code
            == 0
        )
        assert (
            paired("measure", "add", "A001", "--plan", "4", "--what", "修屋顶", "--on", "2014-04-20").code
            == 0
        )
        assert paired("condition", "set", "A001", "--on", "2014-04-10", "就业人数=0").code == 0
        assert paired("condition", "set", "A001", "--on", "2014-06-20", "就业人数=2").code == 0

    once(steps)
    return paired


def test_one_screen_tells_what_matters(told: Run) -> None:
    done = told("household", "show", "A001")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) <= SCREEN
    assert "四清：家庭情况 未登记  致困原因 不全  就业技能 未登记  帮扶需求 未登记" in lines
    assert "  致困原因还缺：主要致困原因" in lines
    assert "待解决的需求（1）：" in lines
    assert "未兑现的措施和承诺（2，逾期1）：" in lines
    assert any(
        line.startswith("走访（最近3次；共5次，用 jiemin visit list --household A001") for line in lines
    )
    assert "2014-04-20" not in done.out.partition("走访（")[2]
    assert any(
        "就业人数：0人（2014-04-10登记） → 2人（2014-06-20登记），增加2人，好转" in line for line in lines
    )


def test_all_tells_everything_and_masks_it(told: Run) -> None:
    done = told("household", "show", "A001", "--all")
    assert done.code == 0
    for title in ("结对：", "四清：", "帮扶需求：", "脱贫计划和承诺：", "办实事：", "走访：", "帮扶前后"):
        assert title in done.out
    assert done.out.count("的手记") == 4
    assert "13812345678" not in done.out
    assert "13812345678" in told("household", "show", "A001", "--all", "--reveal").out


def test_the_document_has_the_whole_file(told: Run) -> None:
    file = told("household", "show", "A001", "--json").json["household"]
    assert [len(file[key]) for key in ("visits", "four_clears", "surveys", "needs", "measures")] == [
        5,
        4,
        1,
        1,
        2,
    ]
    assert [each["state"] for each in file["measures"]] == ["未定期限", "逾期"]
    assert [each["what"] for each in file["deeds"]] == ["修了灯"]
    assert [each["number"] for each in file["conditions"]] == [0, 2]
    compared = file["before_after"]
    assert (compared["from_is"], compared["to"]) == ("首次结对", "2014-06-30")
    line = next(each for each in compared["lines"] if each["item"] == "就业人数")
    assert (line["before_date"], line["after"], line["course"]) == ("2014-04-10", "2人", "better")
    assert {"persons", "pairings", "awards", "aid"} <= file.keys()
    assert "13812345678" not in str(file)


def test_before_may_be_another_day(told: Run) -> None:
    file = told("household", "show", "A001", "--before", "2014-06-25", "--json").json["household"]
    assert (file["before_after"]["from"], file["before_after"]["from_is"]) == ("2014-06-25", "指定日期")
    late = told("household", "show", "A001", "--before", "2014-07-25")
    assert (late.code, late.out) == (1, "")
    assert "不能作为帮扶前" in late.err


def test_a_past_day_tells_only_what_was_so_then(told: Run) -> None:
    cadre = told("pair", "list", "--household", "A001", "--json").json["pairings"][0]["cadre_no"]
    told("pair", "end", "A001", cadre, "--reason", "调动", "--on", "2014-06-28")
    then = told("household", "show", "A001", "--as-of", "2014-05-01", "--json").json["household"]
    assert [len(then[key]) for key in ("visits", "needs", "measures", "conditions")] == [2, 0, 1, 1]
    assert [each["to"] for each in then["pairings"] if each["cadre_no"] == cadre] == [None]
    assert "（2014-05-01的情况）" in told("household", "show", "A001", "--as-of", "2014-05-01").out
    listed = told("pair", "list", "--as-of", "2014-05-01", "--household", "A001", "--json").json["pairings"]
    assert [each["to"] for each in listed if each["cadre_no"] == cadre] == [None]
    shown = told("household", "list", "--as-of", "2014-05-01", "--json").json["households"][0]
    assert cadre in [each["cadre_no"] for each in shown["cadres"]]
    helped = told("cadre", "show", cadre, "--as-of", "2014-05-01", "--json").json["cadre"]
    assert "A001" in str(helped["households"])
    assert (
        told("household", "history", "A001", "--as-of", "2014-05-01", "--json").json["history"]["visits"][
            "count"
        ]
        == 2
    )


def test_needs_met_later_are_open_on_a_past_day_in_the_document_too(told: Run) -> None:
    number = told("visit", "list", "--household", "A001", "--json").json["visits"][-1]["visit_no"]
    assert told("visit", "needs-met", number, "--how", "已办好", "--on", "2014-06-28").code == 0

    def visit(*options: str) -> dict[str, Any]:
        file = told("household", "show", "A001", "--json", *options).json["household"]
        found: dict[str, Any] = next(each for each in file["visits"] if each["visit_no"] == number)
        return found

    then, now = visit("--as-of", "2014-06-27"), visit("--as-of", "2014-06-28")
    assert (then["needs_met_on"], then["needs_outcome"]) == (None, None)
    assert (now["needs_met_on"], now["needs_outcome"]) == ("2014-06-28", "已办好")
    assert visit() == now


@pytest.mark.parametrize(
    "words",
    [
        ("household", "list"),
        ("household", "show", "A001"),
        ("household", "history", "A001"),
        ("cadre", "list"),
        ("cadre", "show", "方局1"),
        ("pair", "list"),
    ],
)
def test_a_day_to_come_cannot_be_looked_at(paired: Run, words: tuple[str, ...]) -> None:
    done = paired(*words, "--as-of", "2014-07-01")
    assert (done.code, done.out) == (1, "")
    assert "2014-07-01还没有到" in done.err


def test_before_the_roster_there_is_nobody(paired: Run) -> None:
    assert paired("household", "list", "--as-of", "2014-03-31").out == "共0户\n"
    assert paired("household", "show", "A001", "--as-of", "2014-03-31").code == 5


def test_what_is_planned_is_marked_in_the_history_and_left_out_as_of_a_day(paired: Run) -> None:
    done = paired("household", "exit", "A001", "--reason", "迁出本市", "--on", "2014-07-10", "-y")
    assert done.code == 0, done.err
    lines = [line for line in paired("household", "history", "A001").out.splitlines() if "迁出" in line]
    assert lines
    assert all(line.startswith("2014-07-10") and "（尚未到）" in line for line in lines)
    events = paired("household", "history", "A001", "--json").json["history"]["events"]
    assert {(each["date"] > "2014-06-30", each["to_come"]) for each in events} == {
        (True, True),
        (False, False),
    }
    assert "迁出" not in paired("household", "history", "A001", "--as-of", "2014-06-30").out
    page = "".join(paired("household", "history", "--help").out.split())
    assert "不写的，已定在今天以后的也列出" in page
    assert "默认今天" not in page


def test_the_history_has_surveys_and_measures(told: Run) -> None:
    told("measure", "deliver", "M000002", "--on", "2014-06-01", "--outcome", "修好了")
    out = told("household", "history", "A001").out
    for line in ("致困原因清调查：完整", "承诺：修屋顶（危房改造", "兑现：修屋顶", "走访共5次"):
        assert line in out


def test_what_a_visit_brought_is_told(paired: Run) -> None:
    brought = ("--gift-money", "300", "--goods", "大米20斤")
    assert paired("visit", "add", "A001", "--date", "2014-06-20", *brought).code == 0
    assert "    慰问：300元，大米20斤" in paired("household", "show", "A001").out.splitlines()
    listed = paired("visit", "list").out
    assert "慰问" in listed
    assert "300元，大米" in listed


def test_what_to_do_next_keeps_to_the_day_that_was_asked_for(told: Run) -> None:
    lines = told("household", "show", "A001", "--as-of", "2014-06-01").out.splitlines()
    assert lines[-2:] == [
        "看全部：jiemin household show A001 --all --as-of 2014-06-01",
        "打印档案：jiemin household file A001 --out 档案.xlsx --as-of 2014-06-01",
    ]


def test_changes_that_have_no_room_are_counted(told: Run) -> None:
    more = ("工资性收入=12000", "住房面积=40", "危房等级=C级", "培训人次=1", "合作医疗参保人数=1")
    later = ("工资性收入=18000", "住房面积=60", "危房等级=安全", "培训人次=2", "合作医疗参保人数=3")
    assert told("condition", "set", "A001", "--on", "2014-04-10", *more).code == 0
    assert told("condition", "set", "A001", "--on", "2014-06-20", *later).code == 0
    lines = told("household", "show", "A001").out.splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("帮扶前后"))
    assert lines[at + 5].startswith("  另有")
    assert lines[at + 5].endswith("项变化")


def test_a_telephone_call_is_told_apart_from_visits(paired: Run) -> None:
    assert paired("visit", "add", "A001", "--date", "2014-05-12").code == 0
    assert paired("visit", "add", "A001", "--date", "2014-05-20", "--kind", "电话").code == 0
    said = paired("household", "show", "A001").out.splitlines()
    assert "走访（共2次，其中电话1次）：" in said
    assert "  累计走访：0次 → 1次，增加1次" in said
    history = paired("household", "history", "A001", "--json").json
    assert "走访共1次，2014-05-12" in paired("household", "history", "A001").out
    assert "2014-05-20" not in str(history)
