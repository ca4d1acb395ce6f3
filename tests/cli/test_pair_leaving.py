"""Pairings of households that leave the work, and of cadres who leave the service."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.rosters import county, write_workbook

Run = Callable[..., Any]


def test_a_pair_with_a_household_out_of_the_work_is_told(paired: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "s.xlsx", {"困难家庭": [("户编号", "户状态"), ("A001", "停保")]})
    assert paired("import", "s.xlsx").code == 0
    assert paired("pair", "--auto").code == 0
    done = paired("pair", "add", "A001", "方局1")
    assert (done.code, "A001已经停保" in done.err) == (0, True)


def test_who_is_known_to_leave_gets_no_household(run: Run, tmp_path: Path) -> None:
    """Told in advance: afterwards the household would be helped by somebody who has gone."""
    county(tmp_path, households=2, leaders=1, others=1)
    assert run("import", "households.xlsx").code == 0
    assert run("cadre", "leave", "顾员1", "--on", "2014-07-10", "-y").code == 0
    told = run("pair", "--auto", "--json").json["run"]
    assert {each["cadre_no"] for each in told["started"]} == {"C00001"}
    assert (told["cadres"], told["idle_cadres"]) == (1, [])
    done = run("pair", "add", "A001", "顾员1")
    assert (done.code, "顾员1自2014-07-10起不再任职" in done.err) == (0, True)


def test_a_run_from_an_earlier_day_takes_nobody_who_has_left_since(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=2, leaders=1, others=1)
    assert run("import", "households.xlsx").code == 0
    assert run("cadre", "leave", "顾员1", "--on", "2014-06-10", "-y").code == 0
    told = run("pair", "--auto", "--on", "2014-05-01", "--json").json["run"]
    assert {each["cadre_no"] for each in told["started"]} == {"C00001"}


def test_a_household_no_longer_in_the_work_lets_its_cadre_go(paired: Run, tmp_path: Path) -> None:
    rows = [("A001", "停保")]
    write_workbook(tmp_path / "stop.xlsx", {"困难家庭": [("户编号", "户状态"), *rows]})
    assert paired("import", "stop.xlsx", "--as-of", "2014-06-20").code == 0
    leader = paired("cadre", "list", "--leaders", "--unpaired", "--json").json["cadres"]
    assert paired("status", "--json").json["leaders_without"] == len(leader) == 1
    done = paired("pair", "--auto", "--json").json["run"]
    assert ("A001", "第一责任人") in [(each["household_no"], each["role"]) for each in done["ended"]]
    shown = paired("pair", "show", "A001", "--json").json["pairings"]
    assert [(each["to"], each["end_reason"]) for each in shown] == [("2014-06-30", "家庭不再在册")]


def test_a_pairing_told_late_ends_when_the_household_left(paired: Run) -> None:
    """Left open it would help a household that is no longer in the work, for ever."""
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    done = paired("household", "exit", "A001", "--reason", "收入提高", "--on", "2014-06-10", "-y")
    assert done.code == 0, done.err
    added = paired("pair", "add", "A001", spare["cadre_no"], "--on", "2014-05-01")
    assert (added.code, "2014-06-10" in added.out, "没有第一责任人" in added.err) == (0, True, False)
    shown = paired("pair", "show", "A001", "--json").json["pairings"]
    (row,) = [each for each in shown if each["cadre_no"] == spare["cadre_no"]]
    assert (row["role"], row["from"], row["to"]) == ("协助", "2014-05-01", "2014-06-10")
    assert row["end_reason"] == "家庭不再在册"
    late = paired("pair", "add", "A001", spare["cadre_no"], "--role", "协助", "--on", "2014-06-20")
    assert (late.code, "A001已经停保" in late.err, "没有第一责任人" in late.err) == (0, True, False)


def test_a_pairing_ends_when_household_or_cadre_is_to_leave(paired: Run) -> None:
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    assert paired("household", "exit", "A001", "--reason", "搬走", "--on", "2014-07-10", "-y").code == 0
    added = paired("pair", "add", "A001", spare["cadre_no"])
    assert (added.code, "2014-07-10" in added.out, "没有第一责任人" in added.err) == (0, True, False)
    assert paired("cadre", "leave", spare["cadre_no"], "--on", "2014-07-15", "-y").code == 0
    assert paired("pair", "add", "A002", spare["cadre_no"]).code == 0
    rows = paired("pair", "list", "--cadre", spare["cadre_no"], "--history", "--json").json["pairings"]
    ends = {each["household_no"]: (each["to"], each["end_reason"]) for each in rows}
    assert ends["A002"] == ("2014-07-15", "干部不再任职")
    assert {end for end, _ in ends.values()} <= {"2014-07-15", "2014-07-10"}
