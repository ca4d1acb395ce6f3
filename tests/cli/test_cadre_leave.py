"""`jiemin cadre leave` and `retire`: the service ends, and somebody helps each family from that day on."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from support.helped import CADRES, PAIRS, helped_county, helpers
from support.imports import rows_of
from support.prepared import Once
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, write_workbook

Run = Callable[..., Any]
LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def helped(run: Run, tmp_path: Path, once: Once) -> Run:
    """The county of `support.helped`, on 30 June."""
    once(lambda: helped_county(run, tmp_path))
    return run


def test_an_assistant_leads_and_a_family_left_alone_goes_to_the_same_unit(helped: Run) -> None:
    done = helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    assert done.code == 0, done.err
    assert helpers(helped, "A001") == [
        ("方局1", LEAD, "2014-04-01", "2014-06-10", "调离"),
        ("顾员1", ASSIST, "2014-04-01", "2014-06-10", "改任第一责任人"),
        ("顾员1", LEAD, "2014-06-10", None, None),
    ]
    assert helpers(helped, "A002") == [
        ("方局1", LEAD, "2014-04-01", "2014-06-10", "调离"),
        ("方局2", LEAD, "2014-06-10", None, None),
    ]
    assert helpers(helped, "A003") == [
        ("顾员2", LEAD, "2014-04-01", None, None),
        ("方局1", ASSIST, "2014-04-01", "2014-06-10", "调离"),
    ]


def test_no_other_family_changes_not_even_one_that_waits(helped: Run) -> None:
    before = {number: helpers(helped, number) for number in ("A004", "A005", "A006")}
    helped("cadre", "leave", "方局1", "-y")
    assert {number: helpers(helped, number) for number in before} == before
    assert before["A006"] == []


def test_the_plan_tells_families_roles_successors_and_why(helped: Run) -> None:
    done = helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-n", "--json")
    assert done.code == 0
    change = done.json["change"]
    assert (change["command"], change["day"], change["reason"]) == ("cadre leave", "2014-06-10", "调离")
    assert (change["before"], change["after"]) == ("市民政局 副局长 领导干部", None)
    assert (change["unpaired_households"], change["ended_elsewhere"]) == ([], [])
    assert change["written"] is False
    told = {
        each["household_no"]: (
            each["role"],
            [(one["name"], one["role"], one["how"], one["from"]) for one in each["cadres"]],
        )
        for each in change["households"]
    }
    assert told == {
        "A001": (LEAD, [("顾员1", LEAD, "改任第一责任人", "2014-06-10")]),
        "A002": (LEAD, [("方局2", LEAD, "接手", "2014-06-10")]),
        "A003": (ASSIST, [("顾员2", LEAD, "照旧", "2014-04-01")]),
    }
    why = change["households"][1]["cadres"][0]["reasons"]
    assert ["接续：原帮扶单位的干部", 0] in why
    text = helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-n")
    assert "方局1（C00001，市民政局 副局长 领导干部）自2014-06-10起离任" in text.out
    assert "接续：原帮扶单位的干部" in text.out
    assert "这是试算，什么都没有写入" in text.out


def test_a_dry_run_and_a_question_nobody_can_answer_write_nothing(helped: Run, tmp_path: Path) -> None:
    before = hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest()
    assert helped("cadre", "leave", "方局1", "-n").code == 0
    asked = helped("cadre", "leave", "方局1")
    assert (asked.code, "这里不能问" in asked.err) == (1, True)
    assert "以后的干部" in asked.out
    assert hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest() == before


@pytest.mark.parametrize(("answer", "leaves"), [("y", True), ("", False)])
def test_it_asks_at_a_terminal(
    helped: Run, monkeypatch: pytest.MonkeyPatch, answer: str, leaves: bool
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: f"{answer}\n")
    done = helped("cadre", "leave", "方局1")
    assert done.code == 0
    assert "方局1自2014-06-30起离任，交接3户" in done.err
    known = {each["name"] for each in helped("cadre", "list", "--json").json["cadres"]}
    assert ("方局1" not in known) is leaves


def test_what_was_agreed_to_is_what_is_done(helped: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered_late() -> str:
        assert helped("pair", "end", "A001", "顾员1", "--reason", "调离").code == 0
        return "y\n"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", answered_late)
    done = helped("cadre", "leave", "方局1")
    assert (done.code, "什么都没有写入" in done.err) == (1, True)
    assert helpers(helped, "A002") == [("方局1", LEAD, "2014-04-01", None, None)]


def test_undo_gives_everything_back(helped: Run, tmp_path: Path) -> None:
    tables = ("cadre_post", "pairing")
    before = [rows_of(tmp_path, f"SELECT * FROM {table} ORDER BY id") for table in tables]
    helped("cadre", "leave", "方局1", "-y")
    assert [rows_of(tmp_path, f"SELECT * FROM {table} ORDER BY id") for table in tables] != before
    assert helped("undo").code == 0
    assert [rows_of(tmp_path, f"SELECT * FROM {table} ORDER BY id") for table in tables] == before


def test_the_log_names_the_action_and_the_number_but_nobody(helped: Run) -> None:
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    entry = helped("log", "--json").json["actions"][-1]
    assert entry["command"] == "cadre leave"
    assert entry["arguments"] == {"cadre_no": "C00001", "on": "2014-06-10"}
    assert entry["counts"] == {"ended": 3, "started": 1}
    assert "干部离任" in helped("log").out


def test_families_for_whom_nobody_can_be_found_are_named(run: Run, tmp_path: Path) -> None:
    helped_county(
        run,
        tmp_path,
        cadres=(CADRES[0], CADRES[3], CADRES[4]),
        pairs=(
            ("A001", "顾员1", LEAD),
            ("A002", "方局1", LEAD),
            ("A003", "顾员2", LEAD),
            ("A004", "方局1", LEAD),
        ),
    )
    tried = run("cadre", "leave", "方局1", "-n")
    done = run("cadre", "leave", "方局1", "-y")
    assert (tried.code, done.code) == (4, 4)
    assert "没有人能接手的家庭（2）：A002" in done.out
    assert "jiemin pair --auto" in done.out
    assert helpers(run, "A002") == [("方局1", LEAD, "2014-04-01", "2014-06-30", "调离")]


def test_one_place_goes_to_the_deepest_need(run: Run, tmp_path: Path) -> None:
    """A second helper elsewhere is freed when nobody else is free, and the plan says so."""
    helped_county(
        run,
        tmp_path,
        households=2,
        cadres=(("方员1", "市民政局", "科员", "否"), *CADRES[3:5]),
        pairs=(),
    )
    assert run("pair", "--auto", "-y").code == 0
    pairs = run("pair", "list", "--json").json["pairings"]
    assisted = next(each["household_no"] for each in pairs if each["role"] == ASSIST)
    other = next(each for each in pairs if each["household_no"] != assisted)
    done = run("cadre", "leave", other["cadre_no"], "-y", "--json")
    assert done.code == 0
    freed = done.json["change"]["ended_elsewhere"]
    assert [each["household_no"] for each in freed] == [assisted]
    taker = done.json["change"]["households"][0]["cadres"]
    assert [(each["cadre_no"], each["role"]) for each in taker] == [(freed[0]["cadre_no"], LEAD)]


def test_retiring_and_other_reasons(helped: Run) -> None:
    helped("cadre", "retire", "方局2", "-y")
    assert helpers(helped, "A005")[0][3:] == ("2014-06-30", "退休")
    helped("cadre", "leave", "何局1", "--reason", "离职", "-y")
    assert helpers(helped, "A004")[0][3:] == ("2014-06-30", "离职")


def test_one_who_has_nobody_simply_leaves(run: Run, tmp_path: Path) -> None:
    helped_county(run, tmp_path, pairs=())
    done = run("cadre", "leave", "方局1", "-y", "--json")
    assert (done.code, done.json["change"]["households"]) == (0, [])
    assert len(run("cadre", "list", "--json").json["cadres"]) == len(CADRES) - 1


def test_a_pairing_that_began_that_very_day_is_taken_back(helped: Run) -> None:
    done = helped("cadre", "leave", "何局1", "--on", "2014-04-02", "-y")
    assert done.code == 0
    assert helped("undo").code == 0
    helped("pair", "add", "A006", "何局1")
    done = helped("cadre", "leave", "何局1", "-y", "--json")
    told = {each["household_no"]: each["taken_back"] for each in done.json["change"]["households"]}
    assert told == {"A004": False, "A006": True}
    assert "何局1" not in {each[0] for each in helpers(helped, "A006")}
    assert [each[1:] for each in helpers(helped, "A006")] == [(LEAD, "2014-06-30", None, None)]


def test_days_that_cannot_be(helped: Run) -> None:
    helped("pair", "end", "A003", "方局1", "--reason", "调整", "--on", "2014-06-15")
    early = helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    assert (early.code, "2014-06-15" in early.err) == (1, True)
    helped("pair", "add", "A006", "方局1", "--on", "2014-06-20")
    early = helped("cadre", "leave", "方局1", "--on", "2014-06-18", "-y")
    assert (early.code, "A006" in early.err, "--on 2014-06-20" in early.err) == (1, True, True)
    far = helped("cadre", "leave", "方局1", "--on", "2041-06-20", "-y")
    assert (far.code, "超过一年" in far.err) == (1, True)
    unborn = helped("cadre", "leave", "方局1", "--on", "2014-03-31", "-y")
    assert (unborn.code, "还没有任职" in unborn.err) == (5, True)
    first = helped("cadre", "leave", "顾员1", "--on", "2014-04-01", "-y")
    assert (first.code, "才开始任职" in first.err) == (1, True)


def test_one_who_left_is_not_found_but_told_of(helped: Run) -> None:
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    again = helped("cadre", "leave", "方局1", "-y")
    assert (again.code, "自2014-06-10起不再任职" in again.err) == (5, True)
    assert "jiemin cadre return C00001" in again.err
    earlier = helped("cadre", "leave", "方局1", "--on", "2014-06-01", "-y")
    assert (earlier.code, "已登记到2014-06-10" in earlier.err) == (1, True)


def test_a_leave_known_in_advance_begins_when_it_begins(helped: Run) -> None:
    assert helped("cadre", "leave", "方局1", "--on", "2014-07-15", "-y").code == 0
    assert helpers(helped, "A002")[0] == ("方局1", LEAD, "2014-04-01", "2014-07-15", "调离")
    today = helped("pair", "list", "--household", "A002", "--json").json["pairings"]
    assert [each["cadre_name"] for each in today] == ["方局1"]
    later = helped("--today", "2014-07-15", "pair", "list", "--household", "A002", "--json").json["pairings"]
    assert [each["cadre_name"] for each in later] == ["方局2"]


def test_told_late_it_rewrites_nothing_that_came_after(helped: Run) -> None:
    """何局1 took A006 on 20 June; 方局1 turns out to have left on the 10th."""
    helped("pair", "add", "A006", "何局1", "--on", "2014-06-20")
    before = {number: helpers(helped, number) for number in ("A004", "A005", "A006")}
    assert helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y").code == 0
    assert {number: helpers(helped, number) for number in before} == before
    assert helpers(helped, "A002")[1] == ("方局2", LEAD, "2014-06-10", None, None)


def test_told_late_nobody_is_chosen_who_left_meanwhile(helped: Run) -> None:
    helped("cadre", "leave", "方局2", "--on", "2014-06-20", "-y")
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    assert [each[:4] for each in helpers(helped, "A002")] == [
        ("方局1", LEAD, "2014-04-01", "2014-06-10"),
        ("何局1", LEAD, "2014-06-10", None),
    ]


def test_the_free_place_goes_to_the_family_left_behind_not_to_one_that_waited(
    run: Run, tmp_path: Path
) -> None:
    """A001 waits in deeper need; A002 is the one whose helper leaves (常年结对)."""
    helped_county(run, tmp_path, households=2, cadres=CADRES[3:], pairs=(("A002", "顾员1", LEAD),))
    assert run("cadre", "leave", "顾员1", "-y").code == 0
    assert helpers(run, "A002")[1][:2] == ("顾员2", LEAD)
    assert helpers(run, "A001") == []


def test_a_role_of_that_very_day_is_taken_back_and_the_row_before_bears_the_reason(helped: Run) -> None:
    helped("cadre", "leave", "方局1", "--on", "2014-06-20", "-y")
    assert ("顾员1", LEAD, "2014-06-20", None, None) in helpers(helped, "A001")
    helped("cadre", "leave", "顾员1", "--on", "2014-06-20", "-y")
    assert [each for each in helpers(helped, "A001") if each[0] == "顾员1"] == [
        ("顾员1", ASSIST, "2014-04-01", "2014-06-20", "调离")
    ]


def test_visits_belong_to_whoever_was_the_helper_that_day(helped: Run) -> None:
    helped("visit", "add", "A002", "--date", "2014-05-10")
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    assert helped("visit", "add", "A002", "--date", "2014-06-20").code == 0
    visits = helped("visit", "list", "--household", "A002", "--json").json["visits"]
    assert [(each["date"], each["cadres"][0]["name"], each["extra"]) for each in visits] == [
        ("2014-05-10", "方局1", False),
        ("2014-06-20", "方局2", False),
    ]
    late = helped("visit", "add", "A002", "--cadre", "方局1", "--date", "2014-06-20")
    assert (late.code, "不再任职" in late.err) == (5, True)
    assert len(helped("visit", "list", "--cadre", "方局1", "--json").json["visits"]) == 1


def test_status_and_due_agree_afterwards(helped: Run) -> None:
    helped("visit", "add", "A002", "--date", "2014-05-10")
    before = helped("visit", "due", "--json").json
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    after = helped("visit", "due", "--json").json
    assert (before["due"], before["made"]) == (5, 1)
    assert (after["due"], after["made"]) == (5, 1)
    status = helped("status", "--json").json
    assert (status["unpaired"], status["without_lead"], status["leaders_without"]) == (1, 0, 0)
    missed = {each["household_no"]: each["cadres"] for each in after["not_visited"]}
    assert [each["name"] for each in missed["A001"]] == ["顾员1"]


def test_the_quarters_report_agrees_afterwards(helped: Run) -> None:
    """方局1 called on A002 in May and left in June: the call counts, and he helps nobody any more."""
    helped("visit", "add", "A002", "--date", "2014-05-10", "--deeds", "修屋顶")
    report = ("report", "quarterly", "--quarter", "2014Q2", "--json", "--out")
    before = helped(*report, "before.xlsx").json["report"]["totals"]["by_town"]
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    done = helped(*report, "after.xlsx")
    assert done.code == 0
    after = done.json["report"]["totals"]["by_town"]
    same = ("to_pair", "to_pair_paired", "paired", "due", "made", "rate", "visits", "deeds")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert (after["paired"], after["due"], after["made"]) == (5, 5, 1)
    assert helped("report", "quarterly", "--quarter", "2014Q2", "--out", "s.xlsx").out.count("全部相符") == 1


def test_a_family_not_of_the_classes_to_pair_is_told_apart(run: Run, tmp_path: Path) -> None:
    others = ("A001", "石门镇", "望湖村", "沈阿大", household_rows(1)[0][4], 3, "其他", None, None)
    book: dict[str, Sequence[Sequence[Any]]] = {
        "困难家庭": [HOUSEHOLD_HEADER, others],
        "干部": [CADRE_HEADER, *((*cadre, "", "") for cadre in CADRES[:2])],
    }
    write_workbook(tmp_path / "other.xlsx", book)
    run("import", "other.xlsx")
    run("pair", "add", "A001", "方局1", "--on", "2014-04-01")
    done = run("cadre", "leave", "方局1", "-y")
    assert done.code == 0
    assert "不在结对范围、没有另配的家庭（1）：A001" in done.out


def test_the_whole_history_of_a_cadre(helped: Run) -> None:
    helped("cadre", "leave", "方局1", "--on", "2014-06-10", "-y")
    assert helped("cadre", "show", "方局1").code == 5
    shown = helped("cadre", "show", "方局1", "--history", "--json").json["cadre"]
    assert (shown["status"], shown["households"]) == ("离任", [])
    assert [(post["unit"], post["from"], post["to"]) for post in shown["posts"]] == [
        ("市民政局", "2014-04-01", "2014-06-10")
    ]
    assert [
        (each["household_no"], each["role"], each["to"], each["end_reason"]) for each in shown["pairings"]
    ] == [
        ("A001", LEAD, "2014-06-10", "调离"),
        ("A002", LEAD, "2014-06-10", "调离"),
        ("A003", ASSIST, "2014-06-10", "调离"),
    ]
    assert "结束原因" in helped("pair", "list", "--history").out
    text = helped("cadre", "show", "方局1", "--history").out
    assert "已不任职" in text
    assert "调离" in text
    listed = helped("pair", "list", "--history", "--cadre", "方局1", "--json").json["pairings"]
    assert len(listed) == len([pair for pair in PAIRS if pair[1] == "方局1"])
