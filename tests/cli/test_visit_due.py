"""`jiemin visit due` and `visit list`: by household, cadre, unit and town, narrowed, and their rules told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.rosters import CADRE_HEADER, county, write_workbook

Run = Callable[..., Any]


def due(run: Run, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = run("visit", "due", "--json", *options).json
    return found


def numbers(households: list[dict[str, Any]]) -> list[str]:
    return [each["household_no"] for each in households]


@pytest.fixture
def lead(paired: Run) -> dict[str, Any]:
    """Who leads for A001."""
    pairings = paired("pair", "list", "--household", "A001", "--json").json["pairings"]
    found: dict[str, Any] = next(each for each in pairings if each["role"] == "第一责任人")
    return found


@pytest.fixture
def heir(paired: Run, lead: dict[str, Any]) -> dict[str, Any]:
    """A cadre of another household, who takes A001 over on 15 June."""
    found: dict[str, Any] = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    for helper in paired("pair", "list", "--household", "A001", "--json").json["pairings"]:
        ended = paired("pair", "end", "A001", helper["cadre_no"], "--reason", "换人", "--on", "2014-06-15")
        assert ended.code == 0, ended.err
    started = paired("pair", "add", "A001", found["cadre_no"], "--role", "第一责任人", "--on", "2014-06-15")
    assert started.code == 0, started.err
    return found


def test_a_household_waits_in_its_quarter_and_is_overdue_afterwards(
    paired: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    paired("visit", "add", "A001", "--date", "2014-05-12")
    now = due(paired)
    assert (now["over"], {each["state"] for each in now["not_visited"]}) == (False, {"待访"})
    assert {each["last_visit"] for each in now["not_visited"]} == {None}
    told = paired("visit", "due").out.splitlines()[-2:]
    assert told == ["还有5户没有走访", "发给各单位：jiemin visit remind --out 提醒单"]
    monkeypatch.setenv("JIEMIN_TODAY", "2014-07-02")
    past = due(paired, "--quarter", "2014Q2", "--all")
    assert (past["over"], {each["state"] for each in past["not_visited"]}) == (True, {"逾期"})
    assert [(each["household_no"], each["state"]) for each in past["visited"]] == [("A001", "已走访")]
    anew = due(paired)
    assert (anew["quarter"], anew["due"], anew["made"]) == ("2014Q3", 6, 0)
    last = {each["household_no"]: each["last_visit"] for each in anew["not_visited"]}
    assert (last["A001"], last["A002"]) == ("2014-05-12", None)
    page = paired("visit", "due", "--quarter", "2014Q2").out
    assert page.splitlines()[1].split() == "户编号 户主 镇(街道) 村(社区) 结对干部 状态 上次走访 备注".split()
    assert page.splitlines()[-1] == "还有5户没有走访"


def test_who_takes_over_late_makes_the_make_up_visit(
    paired: Run, lead: dict[str, Any], heir: dict[str, Any]
) -> None:
    household = next(each for each in due(paired)["not_visited"] if each["household_no"] == "A001")
    assert household["makeup"] is True
    assert [each["cadre_no"] for each in household["cadres"]] == [heir["cadre_no"]]
    of_heir = due(paired, "--cadre", heir["cadre_no"], "--by", "干部")["cadres"]
    assert "A001" in of_heir[0]["waiting"]
    assert of_heir[0]["makeup"] == ["A001"]
    assert due(paired, "--cadre", lead["cadre_no"])["due"] == 0
    assert "补访" in paired("visit", "due").out
    assert "A001" in paired("visit", "due", "--by", "干部").out
    paired("visit", "add", "A001", "--date", "2014-06-20")
    assert due(paired, "--cadre", heir["cadre_no"], "--by", "干部")["cadres"][0]["makeup"] == ["A001"]
    assert "A001" not in numbers(due(paired)["not_visited"])


def test_who_takes_over_a_household_already_visited_owes_nothing(
    paired: Run, lead: dict[str, Any], heir: dict[str, Any]
) -> None:
    done = paired("visit", "add", "A001", "--cadre", lead["cadre_no"], "--date", "2014-05-12")
    assert done.code == 0, done.err
    assert "A001" not in numbers(due(paired)["not_visited"])
    assert all("A001" not in each["left"] + each["makeup"] for each in due(paired, "--by", "cadre")["cadres"])


def test_by_town_unit_and_cadre_the_parts_make_the_whole(paired: Run) -> None:
    for number, day in (("A001", "2014-05-12"), ("A004", "2014-06-02")):
        paired("visit", "add", number, "--date", day)
    whole = due(paired)
    towns = due(paired, "--by", "镇")["towns"]
    assert sum(each["due"] for each in towns) == whole["due"] == 6
    assert sum(each["made"] for each in towns) == whole["made"] == 2
    units = due(paired, "--by", "单位")
    assert units["total"]["due"] == 6
    for each in units["units"]:
        only = due(paired, "--by", "单位", "--unit", each["unit"])
        assert only["units"] == [each]
        assert only["due"] == each["due"]
    cadres = due(paired, "--by", "干部")["cadres"]
    assert {number for each in cadres for number in each["waiting"]} == set(numbers(whole["not_visited"]))
    for town in towns:
        only = due(paired, "--town", town["town"])
        assert (only["due"], only["made"], only["rate"]) == (town["due"], town["made"], town["rate"])
    page = paired("visit", "due", "--by", "单位").out.splitlines()
    assert [line.split()[0] for line in page if line.startswith("合计")] == ["合计"]
    shown = paired("visit", "due", "--by", "干部").out
    everybody = paired("visit", "due", "--by", "干部", "--all").out
    assert len(everybody.splitlines()) == 3 + len(cadres) > len(shown.splitlines())


def test_by_unit_and_cadre_the_headline_gives_what_the_table_adds_up_to(
    paired: Run, lead: dict[str, Any], tmp_path: Path
) -> None:
    """A household whose other helper came is visited, but not by those the table is about."""
    other = ("周员9", "市财政局", "科员", "否", "", "")
    write_workbook(tmp_path / "c.xlsx", {"干部": [CADRE_HEADER, other]})
    assert paired("import", "c.xlsx", "--as-of", "2014-04-01").code == 0
    assert paired("pair", "add", "A001", "周员9", "--on", "2014-04-01").code == 0
    went = paired("visit", "add", "A001", "--cadre", lead["cadre_no"], "--date", "2014-05-12")
    assert went.code == 0, went.err
    for section, option, name, word in (
        ("单位", "--unit", "市财政局", "本单位干部走访"),
        ("干部", "--cadre", "周员9", "本人走访"),
    ):
        asked = due(paired, "--by", section, option, name)
        assert (asked["made"], asked["rate"]) == (0, 0.0)
        assert asked["total"] == {key: asked[key] for key in ("due", "made", "rate")}
        headline = paired("visit", "due", "--by", section, option, name).out.splitlines()[0]
        assert headline.endswith(f"应走访{asked['due']}户，{word}0户，走访率0.0%")
    assert due(paired, "--unit", "市财政局")["made"] == 1
    assert "已走访1户" in paired("visit", "due", "--unit", "市财政局").out


def test_nothing_due_is_an_empty_list(paired: Run) -> None:
    before = due(paired, "--quarter", "2014Q1")
    assert (before["due"], before["made"], before["rate"], before["not_visited"]) == (0, 0, None, [])
    assert due(paired, "--quarter", "2014Q1", "--by", "干部")["cadres"] == []
    assert due(paired, "--quarter", "2014Q1", "--by", "镇")["towns"] == []
    assert due(paired, "--town", "大麻镇")["not_visited"] == []
    assert "没有应走访的户" in paired("visit", "due", "--town", "大麻镇", "--by", "单位").out


def test_of_a_quarter_before_the_roster_nobody_is_told_to_pair(paired: Run) -> None:
    told = paired("visit", "due", "--quarter", "2013Q4").out
    assert told.splitlines()[-1] == "2013年第四季度没有在册的户"
    assert "jiemin pair" not in told


def test_of_a_quarter_that_is_over_nobody_is_told_to_pair(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    assert run("import", "households.xlsx", "--as-of", "2014-01-01").code == 0
    assert run("visit", "due", "--quarter", "2014Q1").out.splitlines()[-1] == "2014年第一季度没有结对的户"
    assert "先结对：jiemin pair --auto" in run("visit", "due").out


def test_what_is_not_known_is_told(paired: Run) -> None:
    assert paired("visit", "due", "--by", "村").code == 2
    assert paired("visit", "due", "--cadre", "某某").code == 5
    assert paired("visit", "due", "--unit", "某某局").code == 5
    assert paired("visit", "list", "--from", "2014-06-02", "--to", "2014-06-01").code == 2


def test_the_help_page_tells_the_rule_of_those_who_begin_or_end_in_the_quarter(run: Run) -> None:
    page = run("visit", "due", "--help").out
    for words in ("自本季度第三个月首日起都没有中断", "新结对的户", "补访", "逾期"):
        assert words in "".join(page.split())


def test_visits_are_listed_by_what_is_asked_of_them(paired: Run, lead: dict[str, Any]) -> None:
    stranger = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A001" not in each["households"]
    )
    for words in (
        ("A001", "--date", "2014-04-10", "--needs", "看病", "--deeds", "陪去医院"),
        ("A001", "--date", "2014-05-10", "--goods", "米"),
        ("A001", "--date", "2014-05-11", "--kind", "电话"),
        ("A001", "--date", "2014-06-10", "--cadre", stranger["cadre_no"], "--not-paired"),
        ("A004", "--date", "2014-06-30"),
    ):
        assert paired("visit", "add", *words).code == 0

    def listed(*options: str) -> str:
        visits = paired("visit", "list", "--json", *options).json["visits"]
        return " ".join(each["visit_no"].removeprefix("V00000") for each in visits)

    assert listed() == "1 2 3 4 5"
    assert listed("--from", "2014-05-10", "--to", "2014-06-10") == "2 3 4"
    assert (listed("--quarter", "2014Q2", "--to", "2014-05-10"), listed("--quarter", "2014Q1")) == ("1 2", "")
    assert (listed("--kind", "慰问"), listed("--extra")) == ("2", "4")
    assert (listed("--needs-open"), listed("--with-deeds")) == ("1", "1")
    assert listed("--household", "A004") == "5"
    assert "1 2 3" in listed("--cadre", lead["cadre_no"])
    assert "4" in listed("--unit", stranger["unit"])
    towns = {each["town"] for each in paired("household", "list", "--json").json["households"]}
    assert sum(len(listed("--town", town).split()) for town in towns) == 5
    assert "陪去医院" in paired("visit", "list").out
    assert "看病" in paired("visit", "list", "--needs-open").out
