"""`jiemin survey`: the four surveys are entered, amended, counted by town, and taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.rosters import county

from jiemin.cli.screen import width

Run = Callable[..., Any]

FAMILY, CAUSE, SKILLS, NEEDS = "家庭情况清", "致困原因清", "就业技能清", "帮扶需求清"


def surveys(run: Run, household: str = "A001") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("survey", "list", "--household", household, "--json").json["households"]
    return list(found[0]["surveys"])


def test_all_four_in_one_command_by_the_lead(paired: Run) -> None:
    done = paired("survey", "add", "A001", "--survey", "全部", "--complete", "--on", "2014-05-12")
    assert done.code == 0
    assert "这一户四项都清了" in done.out
    lead = next(
        each
        for each in paired("pair", "list", "--household", "A001", "--json").json["pairings"]
        if each["role"] == "第一责任人"
    )
    assert [
        (each["survey"], each["date"], each["cadre_no"], each["complete"]) for each in surveys(paired)
    ] == [(name, "2014-05-12", lead["cadre_no"], True) for name in (FAMILY, CAUSE, SKILLS, NEEDS)]


def test_the_latest_counts_and_what_is_missing_is_told(paired: Run) -> None:
    paired("survey", "add", "A001", "--survey", "全部", "--complete", "--on", "2014-05-12")
    later = paired(
        "survey", "add", "A001", "--survey", "就业技能", "--missing", "儿子的学历，电话13812345678"
    )
    assert later.code == 0
    assert "未清，缺儿子的学历，电话138****5678" in later.out
    assert "这一户还没有清的：就业技能清" in later.out
    listed = paired("survey", "list", "--json").json
    assert listed["totals"] == {
        "households": 6,
        "complete": {FAMILY: 1, CAUSE: 1, SKILLS: 0, NEEDS: 1},
        "all_four": 0,
    }
    before = paired("survey", "list", "--as-of", "2014-06-29", "--json").json["totals"]
    assert (before["complete"][SKILLS], before["all_four"]) == (1, 1)
    assert len(surveys(paired)) == 5


def test_what_the_record_lacks_is_told_where_a_survey_says_complete(paired: Run) -> None:
    told = ("survey", "add", "A001", "--survey", "原因,家庭")
    done = paired(*told, "--complete")
    assert "注意：致困原因清登记为清，名册里还缺主要致困原因" in done.out
    assert set(paired(*told, "--complete", "--json").json["lacks"]) == {FAMILY, CAUSE}
    assert "注意" not in paired(*told, "--missing", "收入").out


def test_the_same_day_again_amends_and_keeps_what_is_not_told(paired: Run) -> None:
    first = ("survey", "add", "A001", "--survey", "需求", "--on", "2014-05-12")
    paired(*first, "--surveyor", "村会计", "--missing", "缺电话", "--finding", "想养蚕")
    again = paired(*first, "--complete")
    assert "更正" in again.out
    assert [(each["by"], each["complete"], each["missing"], each["finding"]) for each in surveys(paired)] == [
        ("村会计", True, None, "想养蚕")
    ]
    same = paired(*first, "--complete", "--json").json
    assert [each["entry"] for each in same["surveys"]] == ["没有变化"]
    cadre = paired("cadre", "list", "--json").json["cadres"][0]
    paired(*first, "--complete", "--by", cadre["cadre_no"], "--finding", "想种桑")
    assert [(each["cadre_no"], each["finding"]) for each in surveys(paired)] == [
        (cadre["cadre_no"], "想种桑")
    ]


def test_an_amendment_is_undone_and_then_the_survey(paired: Run) -> None:
    first = ("survey", "add", "A001", "--survey", "需求", "--on", "2014-05-12")
    paired(*first, "--missing", "缺电话")
    paired(*first, "--complete")
    assert "登记四清" in paired("undo").out
    assert [each["missing"] for each in surveys(paired)] == ["缺电话"]
    assert paired("undo").code == 0
    assert surveys(paired) == []
    assert "还没有调查过" in paired("survey", "list", "--household", "A001").out


def test_who_says_nothing_new_leaves_no_trace(paired: Run) -> None:
    words = ("survey", "add", "A001", "--survey", "家庭,原因", "--complete")
    paired(*words)
    before = paired("log", "--json").json["actions"]
    assert before[-1]["counts"] == {"new": 2, "changed": 0}
    paired(*words)
    assert paired("log", "--json").json["actions"] == before


def test_counted_by_town(paired: Run) -> None:
    paired("survey", "add", "A001", "--survey", "全部", "--complete")
    paired("survey", "add", "A002", "--survey", "家庭情况", "--complete")
    shown = paired("survey", "list", "--by", "镇").out
    lines = {line.split()[0]: line.split()[1:] for line in shown.splitlines()}
    assert lines["石门镇"] == ["2", "1", "1", "1", "1", "1"]
    assert lines["乌镇镇"] == ["2", "1", "0", "0", "0", "0"]
    assert lines["合计"] == ["6", "2", "1", "1", "1", "1"]
    towns = paired("survey", "list", "--json").json["towns"]
    assert sum(each["households"] for each in towns) == 6


def test_the_incomplete_are_listed_and_the_counts_stay_of_all(paired: Run) -> None:
    paired("survey", "add", "A001", "--survey", "全部", "--complete")
    listed = paired("survey", "list", "--town", "石门", "--incomplete", "--json").json
    assert [each["household_no"] for each in listed["households"]] == ["A004"]
    assert (listed["totals"]["households"], listed["totals"]["all_four"]) == (2, 1)
    village = paired("survey", "list", "--village", "塘东", "--json").json
    assert [each["household_no"] for each in village["households"]] == ["A002", "A005"]


def test_a_family_out_of_the_work_is_not_counted_but_found(paired: Run) -> None:
    paired("survey", "add", "A001", "--survey", "全部", "--complete")
    assert paired("household", "exit", "A001", "--reason", "收入超标", "-y").code == 0
    assert paired("survey", "list", "--json").json["totals"]["households"] == 5
    assert len(surveys(paired)) == 4


def test_lines_stay_within_a_hundred_columns(paired: Run) -> None:
    paired("survey", "add", "A001", "--survey", "全部", "--complete")
    for words in (("survey", "list"), ("survey", "list", "--by", "town")):
        assert max(map(width, paired(*words).out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--survey", "需求"), 2, "要写一个"),
        (("--survey", "需求", "--complete", "--missing", "电话"), 2, "只能写一个"),
        (("--survey", "需求", "--missing", " "), 2, "要写一个"),
        (("--survey", "四青", "--complete"), 2, "没有“四青”这一清"),
        (("--survey", "，", "--complete"), 2, "要写是哪一清"),
        (("--survey", "需求", "--complete", "--by", "方局1", "--surveyor", "村会计"), 2, "不能和 --by"),
        (("--survey", "需求", "--complete", "--on", "2014-07-01"), 1, "还没有到"),
        (("--survey", "需求", "--complete", "--on", "2013-07-01"), 5, "还没有记录"),
        (("--survey", "需求", "--complete", "--by", "无此人"), 5, "没有找到干部"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    paired: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = paired("survey", "add", "A001", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert surveys(paired) == []


def test_without_a_lead_somebody_is_to_be_named(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    refused = run("survey", "add", "A001", "--survey", "需求", "--complete")
    assert (refused.code, refused.out) == (1, "")
    assert "没有第一责任人" in refused.err
    assert run("survey", "add", "A001", "--survey", "需求", "--complete", "--by", "方局1").code == 0


def test_a_list_by_something_else_is_a_usage_error(paired: Run) -> None:
    assert paired("survey", "list", "--by", "村").code == 2
