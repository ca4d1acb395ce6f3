"""`jiemin visit`: one entry for all of a visit, corrected without losing what it said, voided, shown."""

from collections.abc import Callable
from typing import Any

import pytest
from support.prepared import Once

Run = Callable[..., Any]


def lead_of(run: Run, household: str) -> dict[str, Any]:
    pairings = run("pair", "list", "--household", household, "--json").json["pairings"]
    found: dict[str, Any] = next(each for each in pairings if each["role"] == "第一责任人")
    return found


def shown(run: Run, visit: str, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = run("visit", "show", visit, "--json", *options).json["visit"]
    return found


@pytest.fixture
def visited(paired: Run, once: Once) -> Run:
    """A county with one visit that has everything."""

    def steps() -> None:
        done = paired(
            *("visit", "add", "A001", "--date", "2014-05-12", "--met", "户主本人", "--gift-money", "300元"),
            *("--goods", "大米", "--needs", "想找活，电话13800138000", "--deeds", "修灯", "--note", "身体好"),
            *("--promise", "联系公益岗位", "--promise-due", "2014-06-10", "--plan", "3"),
            *("--promise", "送医保卡", "--promise-due", "2014-07-31", "--plan", "医疗"),
        )
        assert done.code == 0, done.err
        assert done.out.splitlines()[1:3] == ["慰问：300元，大米", "记下了：见到、需求、实事、手记"]
        assert "承诺 M000001：联系公益岗位，期限2014-06-10" in done.out

    once(steps)
    return paired


def test_all_that_was_said_of_a_visit_is_on_record(visited: Run) -> None:
    visit = shown(visited, "V1")
    lead = lead_of(visited, "A001")
    assert (visit["visit_no"], visit["kind"], visit["extra"]) == ("V000001", "慰问", False)
    assert (visit["met"], visit["gift_fen"], visit["gift_goods"]) == ("户主本人", 30000, "大米")
    assert visit["needs"] == "想找活，电话138****8000"
    assert shown(visited, "V1", "--reveal")["needs"] == "想找活，电话13800138000"
    assert (visit["entered_on"], visit["needs_met_on"]) == ("2014-06-30", None)
    assert [(one["cadre_no"], one["role"]) for one in visit["visitors"]] == [(lead["cadre_no"], "第一责任人")]
    assert visit["promises"] == ["M000001", "M000002"]
    assert [(one["plan"], one["due"], one["responsible"], one["overdue"]) for one in visit["promised"]] == [
        ("就业援助", "2014-06-10", lead["cadre_name"], True),
        ("医疗保障", "2014-07-31", lead["cadre_name"], False),
    ]
    page = visited("visit", "show", "V000001").out
    assert "期限2014-06-10，已逾期20天" in page
    assert "13800138000" not in page


def test_one_due_day_stands_for_all_promises_and_a_gift_makes_it_a_gift_visit(paired: Run) -> None:
    done = paired(
        *("visit", "add", "A001", "--date", "2014-06-01", "--goods", "油"),
        *("--promise", "甲", "--promise", "乙", "--promise-due", "2014-06-01", "--json"),
    )
    promises = done.json["visit"]["promises"]
    assert [(one["measure_no"], one["due"], one["plan"]) for one in promises] == [
        ("M000001", "2014-06-01", None),
        ("M000002", "2014-06-01", None),
    ]
    assert shown(paired, "V1")["kind"] == "慰问"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--kind", "走访", "--goods", "油"], 1, "不能记慰问金、慰问品"),
        (["--kind", "电话", "--gift-money", "5"], 1, "不能记慰问金、慰问品"),
        (["--gift-money", "0"], 1, "慰问金应大于0"),
        (["--gift-money", "几百"], 2, "不是金额"),
        (["--promise", "甲"], 2, "承诺要有期限"),
        (["--promise", " ", "--promise-due", "2014-07-01"], 2, "没有写承诺办什么"),
        (["--promise", "甲", "--promise-due", "2014-06-29"], 1, "早于走访日期"),
        (["--promise", "甲", "--promise-due", "2014-07-01", "--plan", "8"], 2, "没有这一项计划"),
        (["--promise-due", "2014-07-01"], 2, "--promise 写了0次"),
        (["--promise", "甲", *["--promise-due", "2014-07-01"] * 2], 2, "要一样多"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_recorded(
    paired: Run, words: list[str], code: int, told: str
) -> None:
    done = paired("visit", "add", "A001", *words)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert paired("visit", "list", "--json").json["visits"] == []
    assert paired("measure", "list", "--json").json["measures"] == []


def test_a_correction_keeps_what_the_visit_said(visited: Run) -> None:
    done = visited(
        *("visit", "correct", "V1", "--date", "2014-05-20", "--deeds", "换水管", "--goods", ""),
        *("--reason", "日期记错"),
    )
    assert done.code == 0, done.err
    assert [line.split() for line in done.out.splitlines()[1:]] == [
        ["内容", "原来", "更正为"],
        ["日期", "2014-05-12", "2014-05-20"],
        ["办实事", "修灯", "换水管"],
        ["慰问品", "大米", "（空）"],
    ]
    visit = shown(visited, "V1")
    assert (visit["date"], visit["deeds"], visit["gift_goods"]) == ("2014-05-20", "换水管", None)
    assert visit["corrections"] == [
        {
            "day": "2014-06-30",
            "reason": "日期记错",
            "before": {"day": "2014-05-12", "deeds": "修灯", "gift_goods": "大米"},
        }
    ]
    promised = visited("measure", "list", "--json").json["measures"]
    assert {one["promised_on"] for one in promised} == {"2014-05-20"}
    again = visited("visit", "correct", "V1", "--deeds", "换水管和龙头", "--reason", "写漏")
    assert again.code == 0
    assert [one["before"] for one in shown(visited, "V1")["corrections"]] == [
        {"day": "2014-05-12", "deeds": "修灯", "gift_goods": "大米"},
        {"deeds": "换水管"},
    ]
    page = visited("visit", "show", "V1").out
    assert page.index("换水管  ") < page.index("修灯")


def test_a_correction_on_trial_writes_nothing_and_one_undone_is_gone(visited: Run) -> None:
    before = shown(visited, "V1")
    trial = visited("visit", "correct", "V1", "--note", "新", "--reason", "错", "--dry-run", "--json")
    assert trial.json["correction"]["written"] is False
    assert trial.json["correction"]["changes"] == [{"field": "note", "before": "身体好", "after": "新"}]
    assert shown(visited, "V1") == before
    visited(
        "visit", "correct", "V1", "--kind", "走访", *("--gift-money", "", "--goods", ""), "--reason", "错"
    )
    assert shown(visited, "V1")["kind"] == "走访"
    assert visited("undo").code == 0
    assert shown(visited, "V1") == before


def test_who_came_is_corrected_and_told_by_name(visited: Run) -> None:
    lead = lead_of(visited, "A001")
    other = next(
        each for each in visited("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    words = ("visit", "correct", "V1", "--cadre", lead["cadre_no"], "--cadre", other["cadre_no"])
    refused = visited(*words, "--reason", "漏写")
    assert (refused.code, "没有与A001结对" in refused.err) == (1, True)
    taken = visited(*words, "--not-paired", "--reason", "漏写")
    assert f"{lead['cadre_name']}、{other['name']}" in taken.out
    visit = shown(visited, "V1")
    assert [one["cadre_no"] for one in visit["cadres"]] == [lead["cadre_no"], other["cadre_no"]]
    assert visit["extra"] is False
    assert visit["corrections"][0]["before"] == {"cadres": [lead["cadre_no"]]}
    alone = visited("visit", "correct", "V1", "--cadre", other["cadre_no"], "--not-paired", "--reason", "错")
    assert "额外走访" in alone.out
    assert "承诺M000001的责任人没有改" in alone.out
    assert f"走访人：{other['name']}" in visited("visit", "show", "V1").out
    assert visited("undo").code == 0
    assert shown(visited, "V1")["cadres"] == visit["cadres"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--deeds", "修灯"], "没有什么要更正"),
        (["--date", "2014-07-01"], "还没有到"),
        (["--date", "2014-03-31"], "A001在2014-03-31还没有记录"),
        (["--kind", "走访"], "不能记慰问金、慰问品"),
        (["--date", "2014-06-11"], "承诺M000001的期限"),
        (["--date", "2014-05-30"], "这次走访已经登记过了，编号V000002"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(visited: Run, words: list[str], told: str) -> None:
    assert visited("visit", "add", "A001", "--date", "2014-05-30", "--kind", "慰问").code == 0
    before = shown(visited, "V1")
    done = visited("visit", "correct", "V1", *words, "--reason", "核对")
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert shown(visited, "V1") == before


def test_needs_are_met_once_and_on_a_day_that_can_be(visited: Run) -> None:
    for words, told in (
        (["--on", "2014-05-11"], "早于走访日期"),
        (["--on", "2014-07-01"], "还没有到"),
    ):
        refused = visited("visit", "needs-met", "V1", "--how", "找到岗位", *words)
        assert (refused.code, told in refused.err) == (1, True)
    assert [one["visit_no"] for one in listed(visited, "--needs-open")] == ["V000001"]
    assert visited("visit", "needs-met", "V1", "--how", "找到岗位", "--on", "2014-06-20").code == 0
    assert listed(visited, "--needs-open") == []
    assert (shown(visited, "V1")["needs_met_on"], shown(visited, "V1")["needs_outcome"]) == (
        "2014-06-20",
        "找到岗位",
    )
    again = visited("visit", "needs-met", "V1", "--how", "又找到")
    assert (again.code, "已登记为2014-06-20解决" in again.err) == (1, True)
    assert visited("undo").code == 0
    assert shown(visited, "V1")["needs_met_on"] is None


def test_needs_changed_stay_met_and_needs_emptied_do_not(visited: Run) -> None:
    visited("visit", "needs-met", "V1", "--how", "找到岗位", "--on", "2014-05-15")
    changed = visited("visit", "correct", "V1", "--needs", "想找近的活", "--reason", "写错")
    assert "仍记为2014-05-15已解决" in changed.out
    assert shown(visited, "V1")["needs_met_on"] == "2014-05-15"
    late = visited("visit", "correct", "V1", "--date", "2014-05-16", "--reason", "错")
    assert (late.code, "早于走访日期2014-05-16" in late.err) == (1, True)
    emptied = visited("visit", "correct", "V1", "--needs", "", "--reason", "没有这事")
    assert "已解决的记号一并去掉" in emptied.out
    visit = shown(visited, "V1")
    assert (visit["needs"], visit["needs_met_on"]) == (None, None)
    assert visit["corrections"][-1]["before"] == {
        "needs": "想找近的活",
        "needs_met_on": "2014-05-15",
        "needs_outcome": "找到岗位",
    }
    none = visited("visit", "needs-met", "V1", "--how", "找到岗位")
    assert (none.code, "没有记听到的需求" in none.err) == (1, True)


def test_a_voided_visit_stays_on_record_and_counts_nowhere(visited: Run) -> None:
    assert visited("visit", "due", "--json").json["made"] == 1
    done = visited("visit", "void", "V1", "--reason", "没有去")
    assert (done.code, "承诺M000001、M000002随之不再列出" in done.out) == (0, True)
    assert visited("visit", "due", "--json").json["made"] == 0
    assert visited("measure", "list", "--json").json["measures"] == []
    assert listed(visited) == []
    assert [
        (one["visit_no"], one["voided_on"], one["void_reason"]) for one in listed(visited, "--voided")
    ] == [("V000001", "2014-06-30", "没有去")]
    assert "已在2014-06-30作废：没有去" in visited("visit", "show", "V1").out
    assert "共1次，其中作废1次" in visited("visit", "list", "--voided").out
    for words in (
        ("void", "V1", "--reason", "x"),
        ("correct", "V1", "--note", "x", "--reason", "x"),
        ("needs-met", "V1", "--how", "x"),
    ):
        refused = visited("visit", *words)
        assert (refused.code, "作废" in refused.err) == (1, True)
    anew = visited("visit", "add", "A001", "--date", "2014-05-12", "--kind", "慰问")
    assert anew.code == 0


def test_voiding_is_taken_back_by_undo(visited: Run) -> None:
    before = shown(visited, "V1")
    visited("visit", "void", "V1", "--reason", "没有去")
    assert visited("undo").code == 0
    assert shown(visited, "V1") == before
    assert visited("visit", "due", "--json").json["made"] == 1


def test_an_unknown_visit_and_empty_words_are_told(visited: Run) -> None:
    for words in (("show", "V99"), ("void", "x", "--reason", "x"), ("needs-met", "V2", "--how", "x")):
        assert visited("visit", *words).code == 5
    assert visited("visit", "correct", "V9", "--note", "x", "--reason", "x").code == 5
    assert visited("visit", "void", "V1", "--reason", " ").code == 2
    assert visited("visit", "correct", "V1", "--reason", "x").code == 2


def test_full_texts_shown_are_logged(visited: Run) -> None:
    visited("visit", "show", "V1", "--reveal")
    last = visited("log", "--json").json["actions"][-1]
    assert (last["command"], last["arguments"]["visit_no"]) == ("visit show", "V000001")


def test_a_visit_moved_to_a_day_after_the_hand_over_is_an_extra_one(visited: Run) -> None:
    lead = lead_of(visited, "A001")
    heir = next(
        each for each in visited("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    handed = visited("cadre", "replace", lead["cadre_no"], heir["cadre_no"], "--on", "2014-06-01", "-y")
    assert handed.code == 0, handed.err
    visit = shown(visited, "V1")
    assert (visit["visitors"][0]["role"], visit["extra"]) == ("第一责任人", False)
    moved = ("visit", "correct", "V1", "--date", "2014-06-05", "--reason", "记错")
    refused = visited(*moved)
    assert (refused.code, "走访人在2014-06-05没有与A001结对" in refused.err) == (1, True)
    assert visited(*moved, "--not-paired").code == 0
    assert shown(visited, "V1")["extra"] is True
    assert shown(visited, "V1")["visitors"][0]["role"] is None


def listed(run: Run, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("visit", "list", "--json", *options).json["visits"]
    return found


def test_a_voided_visit_leaves_no_need_open(visited: Run) -> None:
    assert "还没有解决" in visited("visit", "show", "V1").out
    assert visited("visit", "void", "V1", "--reason", "没有去").code == 0
    assert "还没有解决" not in visited("visit", "show", "V1").out


def test_blanks_alone_say_nothing_of_a_visit(paired: Run) -> None:
    blank = "  "
    done = paired(
        *("visit", "add", "A001", "--date", "2014-05-12", "--note", blank, "--needs", blank),
        *("--deeds", blank, "--goods", blank, "--met", blank, "--gift-money", blank),
    )
    assert done.code == 0, done.err
    visit = shown(paired, "V1")
    told = [visit[name] for name in ("kind", "note", "needs", "deeds", "gift_goods", "met", "gift_fen")]
    assert told == ["走访", None, None, None, None, None, None]
    assert paired("visit", "correct", "V1", "--needs", " 想找活 ", "--reason", "漏记").code == 0
    assert shown(paired, "V1")["needs"] == "想找活"
    assert paired("visit", "correct", "V1", "--needs", blank, "--reason", "没有这回事").code == 0
    assert shown(paired, "V1")["needs"] is None


def test_voiding_a_visit_tells_of_promises_that_were_kept(visited: Run) -> None:
    assert visited("measure", "deliver", "M2", "--on", "2014-06-20").code == 0
    done = visited("visit", "void", "V1", "--reason", "没有去")
    assert "注意：M000002已登记兑现，现在也不再算" in done.out
    assert visited("undo").code == 0
    assert visited("visit", "void", "V1", "--reason", "没有去", "--json").json["voided"]["kept"] == [
        "M000002"
    ]


def test_a_visit_made_to_count_when_the_quarter_is_over_is_found_by_the_check(
    paired: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("A001", "A002"):
        assert paired("visit", "add", number, "--date", "2014-05-12", "--kind", "电话").code == 0
    words = ("--reason", "记错了")
    assert paired("visit", "correct", "V1", "--kind", "走访", *words).code == 0
    monkeypatch.setenv("JIEMIN_TODAY", "2014-07-20")
    assert paired("visit", "correct", "V1", "--note", "补一句", *words).code == 0
    assert paired("check", "K220", "--json").json["findings"] == []
    assert paired("visit", "correct", "V2", "--kind", "走访", *words).code == 0
    (found,) = paired("check", "K220", "--json").json["findings"]
    assert found["id"] == "K220-V000002"
    assert "原来是电话" in found["message"]
