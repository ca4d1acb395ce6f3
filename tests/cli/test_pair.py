"""`jiemin pair`: all at once, by hand, and what each pairing was made for."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, county, household_rows, write_workbook

Run = Callable[..., Any]


def test_everybody_gets_somebody_and_the_proof_is_shown(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    done = run("pair", "--auto", "--json")
    assert done.code == 0
    figures = done.json["run"]
    assert figures["optimal"] is True
    assert figures["gap"] == 0
    assert figures["unpaired_households"] == figures["leaders_without"] == []
    pairs = run("pair", "list", "--json").json["pairings"]
    assert {each["household_no"] for each in pairs} == {f"A00{n}" for n in range(1, 7)}
    assert {each["cadre_name"] for each in pairs} >= {"方局1", "方局2"}
    assert {each["from"] for each in pairs} == {"2014-04-01"}
    assert sum(each["role"] == "第一责任人" for each in pairs) == 6


def test_a_second_run_changes_not_one_byte(paired: Run, tmp_path: Path) -> None:
    before = hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest()
    again = paired("pair", "--auto")
    assert again.code == 0
    assert "结对没有变化" in again.out
    assert hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest() == before


def test_pairings_are_kept_when_households_come_in(paired: Run, tmp_path: Path) -> None:
    before = {
        (each["household_no"], each["cadre_no"]) for each in paired("pair", "list", "--json").json["pairings"]
    }
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(9)[6:]]})
    assert paired("import", "more.xlsx").code == 0
    done = paired("pair", "--auto", "--json")
    after = {
        (each["household_no"], each["cadre_no"]) for each in paired("pair", "list", "--json").json["pairings"]
    }
    assert before < after
    assert {each[0] for each in after} == {f"A00{n}" for n in range(1, 10)}
    assert done.json["run"]["changes"] == len(after - before)


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    assert run("pair", "--auto", "-n").code == 0
    assert run("pair", "list", "--json").json["pairings"] == []


def test_without_cadres_the_missing_list_is_named(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows()]})
    run("import", "households.xlsx")
    done = run("pair", "--auto")
    assert (done.code, done.out) == (1, "")
    assert "没有干部名册" in done.err


def test_one_to_one_gives_one_cadre_each(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    assert run("pair", "--auto", "--mode", "one-to-one").code == 0
    pairs = run("pair", "list", "--json").json["pairings"]
    assert len(pairs) == len({each["household_no"] for each in pairs}) == 6


def test_too_few_cadres_list_the_rest_and_exit_4(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=9, leaders=1, others=1)
    run("import", "households.xlsx")
    done = run("pair", "--auto", "--json")
    assert done.code == 4
    assert len(done.json["run"]["unpaired_households"]) == 3
    assert len({each["household_no"] for each in run("pair", "list", "--json").json["pairings"]}) == 6


def test_a_day_before_later_pairings_is_refused(paired: Run) -> None:
    done = paired("pair", "--auto", "--on", "2014-03-01")
    assert done.code == 1
    assert "2014-04-01" in done.err


def test_a_household_whose_cadre_does_not_serve_is_paired_anew(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(1)]})
    write_workbook(tmp_path / "early.xlsx", {"干部": [CADRE_HEADER, *cadre_rows(1, 0)]})
    write_workbook(tmp_path / "late.xlsx", {"干部": [CADRE_HEADER, *cadre_rows(0, 1)]})
    pair = [
        ("户编号", "结对干部", "单位", "职务", "结对时间"),
        ("A001", "顾员1", "市卫生局", "科员", "2014-04-15"),
    ]
    write_workbook(tmp_path / "pairs.xlsx", {"结对名单": pair})
    run("import", "h.xlsx", "early.xlsx")
    assert run("import", "late.xlsx", "--as-of", "2014-06-01").code == 0
    assert run("import", "pairs.xlsx", "--as-of", "2014-06-01").code == 0
    assert run("pair", "--auto", "--on", "2014-05-01").code == 0
    shown = run("pair", "show", "A001", "--json").json["pairings"]
    assert [(each["cadre_name"], each["role"], each["from"], each["to"]) for each in shown] == [
        ("顾员1", "第一责任人", "2014-04-15", "2014-05-01"),
        ("方局1", "第一责任人", "2014-05-01", None),
    ]
    assert shown[0]["end_reason"] == "干部不再任职"


def test_by_hand_add_show_end(paired: Run) -> None:
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    added = paired("pair", "add", "A001", spare["cadre_no"], "--on", "2014-05-01")
    assert added.code == 0
    assert "协助" in added.out
    assert paired("pair", "add", "A001", spare["cadre_no"]).code == 1
    ended = paired("pair", "end", "A001", spare["cadre_no"], "--reason", "调离", "--on", "2014-06-01")
    assert ended.code == 0
    shown = paired("pair", "show", "A001", "--json").json["pairings"]
    gone = next(each for each in shown if each["cadre_no"] == spare["cadre_no"] and each["to"])
    assert (gone["from"], gone["to"], gone["end_reason"], gone["origin"]) == (
        "2014-05-01",
        "2014-06-01",
        "调离",
        "手工",
    )


def test_each_automatic_pairing_keeps_its_reasons(paired: Run) -> None:
    pairings = paired("pair", "show", "A001", "--json").json["pairings"]
    labels = [label for label, _ in pairings[0]["reasons"]]
    assert any(label.startswith("远近：") for label in labels)
    assert any(label.startswith("职级：") for label in labels)
    assert "远近：" in paired("pair", "show", "A001").out


def test_a_second_lead_is_refused(paired: Run) -> None:
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    done = paired("pair", "add", "A001", spare["cadre_no"], "--role", "第一责任人")
    assert done.code == 1
    assert "已有第一责任人" in done.err


def test_nobody_is_paired_with_the_own_household(run: Run, tmp_path: Path) -> None:
    rows = household_rows(1)
    header = (*CADRE_HEADER, "身份证号")
    cadres = [(*row, number) for row, number in zip(cadre_rows(2, 0), (rows[0][4], ""), strict=True)]
    write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows], "干部": [header, *cadres]})
    run("import", "h.xlsx")
    refused = run("pair", "add", "A001", "方局1")
    assert refused.code == 1
    assert "应当回避" in refused.err
    assert run("pair", "--auto", "--json").json["run"]["leaders_without"] == ["C00001"]
    assert [each["cadre_name"] for each in run("pair", "list", "--json").json["pairings"]] == ["方局2"]


def test_ending_what_is_not_there_or_before_it_began(paired: Run) -> None:
    lead = paired("pair", "list", "--household", "A001", "--json").json["pairings"][0]["cadre_no"]
    early = paired("pair", "end", "A001", lead, "--reason", "调离", "--on", "2014-03-31")
    assert early.code == 1
    assert "不能早于结对日期2014-04-01" in early.err
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    missing = paired("pair", "end", "A001", spare["cadre_no"], "--reason", "调离")
    assert (missing.code, "没有和A001结对" in missing.err) == (5, True)


def test_a_pairing_of_today_can_be_taken_back(paired: Run) -> None:
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    before = paired("pair", "list", "--history", "--json").json
    paired("pair", "add", "A001", spare["cadre_no"])
    done = paired("pair", "end", "A001", spare["cadre_no"], "--reason", "填错")
    assert (done.code, "没有生效过" in done.out) == (0, True)
    assert paired("pair", "list", "--history", "--json").json == before


def test_a_household_left_without_a_lead_is_told(paired: Run) -> None:
    pairings = paired("pair", "list", "--json").json["pairings"]
    number = next(each["household_no"] for each in pairings if each["role"] == "协助")
    lead = next(
        each["cadre_no"]
        for each in pairings
        if each["household_no"] == number and each["role"] == "第一责任人"
    )
    done = paired("pair", "end", number, lead, "--reason", "调离")
    assert (done.code, f"{number}现在没有第一责任人" in done.err) == (0, True)
    status = paired("status", "--json").json
    assert status["without_lead"] == 1
    (step,) = [each for each in status["next"] if "没有第一责任人" in each["what"]]
    assert step["command"] == "jiemin pair status"


def test_what_people_paired_is_never_ended(paired: Run, tmp_path: Path) -> None:
    cadre = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if len(each["households"]) == 1
    )
    mine = [f"A00{n}" for n in range(1, 7) if f"A00{n}" not in cadre["households"]]
    for number in mine:
        assert paired("pair", "add", number, cadre["cadre_no"], "--role", "协助").code == 0
    before = {
        (each["household_no"], each["cadre_no"]) for each in paired("pair", "list", "--json").json["pairings"]
    }
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(20)[6:]]})
    paired("import", "more.xlsx")
    done = paired("pair", "--auto", "--json")
    ended = done.json["run"]["ended"]
    assert {each["role"] for each in ended} == {"协助"}
    assert cadre["cadre_no"] not in {each["cadre_no"] for each in ended}
    after = {
        (each["household_no"], each["cadre_no"]) for each in paired("pair", "list", "--json").json["pairings"]
    }
    assert before - after == {(each["household_no"], each["cadre_no"]) for each in ended}
    assert paired("pair", "--auto", "--mode", "一对一", "--json").json["run"]["ended"] == []


def test_one_change_of_a_household_does_not_move_everybodys_start(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    changed = [(*row[:8], 310) for row in household_rows(1)]
    write_workbook(tmp_path / "june.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *changed]})
    run("import", "june.xlsx", "--as-of", "2014-06-10")
    later = [("B001", *household_rows(7)[6][1:])]
    write_workbook(tmp_path / "new.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *later]})
    run("import", "new.xlsx", "--as-of", "2014-06-20")
    assert run("pair", "--auto").code == 0
    starts = {each["household_no"]: each["from"] for each in run("pair", "list", "--json").json["pairings"]}
    assert starts == {**{f"A00{n}": "2014-04-01" for n in range(1, 7)}, "B001": "2014-06-20"}


def test_a_telephone_in_a_reason_is_masked_wherever_the_reason_is_told(paired: Run) -> None:
    lead = paired("pair", "list", "--household", "A001", "--json").json["pairings"][0]["cadre_no"]
    paired("pair", "end", "A001", lead, "--reason", "调离，问13912345678", "--on", "2014-06-15")
    for words in (
        ("pair", "list", "--household", "A001", "--history"),
        ("pair", "show", "A001"),
        ("cadre", "show", lead, "--history"),
    ):
        told = paired(*words).out
        assert "调离" in told
        assert "13912345678" not in told


def test_a_run_before_the_end_of_a_pairing_is_refused(paired: Run) -> None:
    lead = paired("pair", "list", "--household", "A001", "--json").json["pairings"][0]["cadre_no"]
    paired("pair", "end", "A001", lead, "--reason", "调离", "--on", "2014-06-15")
    done = paired("pair", "--auto", "--on", "2014-05-01")
    assert done.code == 1
    assert "2014-06-15" in done.err
    assert paired("pair", "--auto").code == 0
    shown = paired("pair", "show", "A001", "--json").json["pairings"]
    assert {each["from"] for each in shown if not each["to"]} == {"2014-06-30"}


def test_a_lead_may_change_hands_with_the_mode(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=2, leaders=2, others=2)
    run("import", "households.xlsx")
    assert run("pair", "--auto").code == 0
    assert run("pair", "--auto", "--mode", "one-to-one").code == 0


def test_a_role_that_does_not_exist(paired: Run) -> None:
    assert paired("pair", "add", "A001", "C00001", "--role", "帮手").code == 2
    assert paired("pair", "--auto", "--mode", "three-to-one").code == 2


def test_unknown_and_ambiguous_names(paired: Run) -> None:
    unknown = paired("pair", "add", "A001", "无此人")
    assert (unknown.code, unknown.out) == (5, "")
    assert "没有找到干部“无此人”" in unknown.err
    ambiguous = paired("household", "show", "顾员1")
    assert ambiguous.code in {0, 5}


def test_a_first_run_never_overlaps_the_pairing_it_takes_over(run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "h.xlsx",
        {
            "困难家庭": [HOUSEHOLD_HEADER, *household_rows(1)],
            "干部": [CADRE_HEADER, *cadre_rows(1, 0)],
            "结对": [
                ("户编号", "结对干部", "单位", "结对职责", "结对时间"),
                ("A001", "方局1", "市民政局", "协助", "2014-04-01"),
            ],
        },
    )
    assert run("import", "h.xlsx").code == 0
    assert run("pair", "--auto").code == 0
    shown = run("pair", "show", "A001", "--json").json["pairings"]
    assert [(each["role"], each["from"], each["to"]) for each in shown] == [
        ("协助", "2014-04-01", "2014-06-30"),
        ("第一责任人", "2014-06-30", None),
    ]


def test_no_pairing_begins_before_the_cadre_came_back(run: Run, tmp_path: Path) -> None:
    """The first run begins pairings with the quarter, but not in a gap between two posts."""
    write_workbook(tmp_path / "c.xlsx", {"干部": [CADRE_HEADER, *cadre_rows(1, 0)]})
    assert run("import", "c.xlsx", "--as-of", "2014-01-01").code == 0
    assert run("cadre", "leave", "方局1", "--on", "2014-03-01", "-y").code == 0
    assert run("cadre", "return", "方局1", "--unit", "市财政局", "--on", "2014-05-15", "-y").code == 0
    assert run("cadre", "transfer", "方局1", "--unit", "市民政局", "--on", "2014-06-01", "-y").code == 0
    write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(1)]})
    assert run("import", "h.xlsx").code == 0
    assert run("pair", "--auto").code == 0
    assert [each["from"] for each in run("pair", "list", "--json").json["pairings"]] == ["2014-05-15"]


def test_no_pairing_begins_before_the_household_came_back(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=1, leaders=1, others=0)
    assert run("import", "households.xlsx", "--as-of", "2014-01-01").code == 0
    for status, day in (("停保", "2014-02-01"), ("在册", "2014-05-20")):
        write_workbook(tmp_path / "s.xlsx", {"困难家庭": [("户编号", "户状态"), ("A001", status)]})
        assert run("import", "s.xlsx", "--as-of", day).code == 0
    assert run("pair", "--auto").code == 0
    assert [each["from"] for each in run("pair", "list", "--json").json["pairings"]] == ["2014-05-20"]


def test_ending_a_role_of_that_very_day_tells_why_the_pair_ended(paired: Run) -> None:
    """The row before the change of role bears the reason: nobody turned, somebody ended."""
    lead = paired("pair", "list", "--household", "A001", "--json").json["pairings"][0]["cadre_no"]
    paired("pair", "end", "A001", lead, "--reason", "结对方式改变")
    paired("pair", "add", "A001", lead, "--role", "协助")
    assert paired("pair", "end", "A001", lead, "--reason", "调离").code == 0
    (shown,) = [
        each for each in paired("pair", "show", "A001", "--json").json["pairings"] if each["cadre_no"] == lead
    ]
    assert (shown["to"], shown["end_reason"]) == ("2014-06-30", "调离")


def test_who_helps_a_household_out_of_the_question_has_one_already(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=3, leaders=0, others=3)
    wubao = ("A009", "石门镇", "望湖村", "钱福林", "", 1, "五保", 1, 0)
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, wubao]})
    assert run("import", "households.xlsx", "more.xlsx").code == 0
    assert run("pair", "add", "A009", "顾员1", "--on", "2014-04-01").code == 0
    done = run("pair", "--auto", "--json")
    assert (done.code, len(done.json["run"]["unpaired_households"])) == (4, 1)
    assert done.json["run"]["idle_cadres"] == []
    assert run("pair", "status", "--json").json["over_quota"] == []
