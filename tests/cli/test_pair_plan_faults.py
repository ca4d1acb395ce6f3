"""Plans of pairing with faults: each named at its cell, the rest of the plan done."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.plans import HEADER_ROW, SPARE, Plan, Row, Run, faults, in_force, planned_county, state
from support.prepared import Once
from support.rosters import CADRE_HEADER, household_rows, write_workbook

LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def planned(run: Run, tmp_path: Path, once: Once) -> tuple[Run, Plan]:
    """A paired county and a plan of it to edit."""
    once(lambda: planned_county(run, tmp_path))
    return run, Plan(tmp_path / "plan.xlsx")


def test_a_plan_out_of_date_is_applied_and_told(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    plan.put(plan.row("A002"), 身份=LEAD)
    (own,) = in_force(run, "A002")
    run("pair", "add", "A002", SPARE, "--on", "2014-06-15")
    place = plan.row("A002")
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 0
    assert faults(done) == {f"P{place}": "J522"}
    assert in_force(run, "A002") == {own: LEAD}


def test_changes_after_the_day_of_the_plan_are_never_overlapped(
    planned: tuple[Run, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, plan = planned
    (own,) = in_force(run, "A002")
    monkeypatch.setenv("JIEMIN_TODAY", "2014-07-20")
    run("pair", "end", "A002", own, "--reason", "调离", "--on", "2014-07-10")
    run("pair", "add", "A002", SPARE, "--role", LEAD, "--on", "2014-07-10")
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert (done.code, set(faults(done).values())) == (0, {"J522"})
    assert [each[1:5] for each in state(run) if each[0] == "A002"] == [
        (own, LEAD, "2014-04-01", "2014-07-10"),
        (own, LEAD, "2014-07-10", "None"),
    ]


def test_the_day_of_the_plan_may_be_told_otherwise(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    plan.put(plan.row("A003"), 干部编号=SPARE, 干部=None)
    plan.save()
    assert run("import", "plan.xlsx", "--as-of", "2014-05-05").code == 0
    assert {each[3] for each in state(run) if each[:2] == ("A003", SPARE)} == {"2014-05-05"}


def test_only_the_household_with_a_fault_stays_as_it_is(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    before = in_force(run, "A002")
    place = plan.row("A002")
    plan.put(place, 处理="结束")
    wrong = plan.put(plan.add(户编号="A002"), 干部编号="C09999", 身份=LEAD)
    beside = place + 1 if place > HEADER_ROW + 1 else place
    plan.put(plan.row("A003"), 干部编号=SPARE, 干部=None)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 4
    assert faults(done) == {wrong: "J502", f"B{beside}": "J524"}
    assert in_force(run, "A002") == before
    assert in_force(run, "A003") == {SPARE: LEAD}
    mended = Plan(Path(done.json["files"][0]["error_workbook"]).absolute())
    number = next(row["row"] for row in mended.rows() if row["干部编号"] == "C09999")
    mended.put(number, 干部编号=SPARE)
    mended.save()
    assert run("import", mended.path.name).code == 0
    assert in_force(run, "A002") == {SPARE: LEAD}


def test_a_wrong_heads_name_leaves_the_household_alone(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    before = in_force(run, "A002")
    plan.put(plan.row("A002"), 户主姓名="别人家")
    plan.put(plan.add(户编号="A002"), 干部编号=SPARE, 身份=LEAD)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 4
    assert sorted(set(faults(done).values()) & {"J524"}) == ["J524"]
    assert in_force(run, "A002") == before


@pytest.mark.parametrize(
    ("cells", "code", "label"),
    [
        ({"干部编号": "C09999", "干部": None}, "J502", "干部编号"),
        ({"干部编号": None, "干部": "无此人"}, "J502", "干部"),
        ({"干部编号": SPARE}, "J508", "干部编号"),
        ({"户编号": "Z999"}, "J403", "户编号"),
        ({"结对时间": "2099-01-01", "干部编号": SPARE, "干部": None}, "J313", "结对时间"),
    ],
)
def test_what_cannot_be_told_is_named_at_its_cell(
    planned: tuple[Run, Plan], cells: Row, code: str, label: str
) -> None:
    run, plan = planned
    before = state(run)
    row = plan.row("A002")
    plan.put(row, **cells)
    cell = plan.sheet.cell(row, plan.places[label]).coordinate
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 4
    assert faults(done) == {cell: code}
    assert state(run) == before


def test_two_rows_of_one_pair_and_two_leads(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    own = {number: next(iter(in_force(run, number))) for number in ("A002", "A003")}
    plan.add(户编号="A002", 干部编号=own["A002"], 处理="结束")
    plan.add(户编号="A003", 干部编号=SPARE, 身份=LEAD)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 4
    assert sorted(faults(done).values()) == ["J516", "J523", "J524", "J524"]
    assert {number: next(iter(in_force(run, number))) for number in own} == own


def test_who_must_not_who_cannot_and_who_need_not_be_paired(
    planned: tuple[Run, Plan], tmp_path: Path
) -> None:
    run, plan = planned
    head = household_rows(2)[1]
    member = [(*CADRE_HEADER, "身份证号"), ("朱水根", "市审计局", "科员", "否", "", "", head[4])]
    write_workbook(tmp_path / "member.xlsx", {"干部": member})
    run("import", "member.xlsx", "--as-of", "2014-04-01")
    late = [CADRE_HEADER, ("孙来", "市审计局", "科员", "否", "", "")]
    write_workbook(tmp_path / "late.xlsx", {"干部": late})
    run("import", "late.xlsx", "--as-of", "2014-07-01")
    write_workbook(tmp_path / "stop.xlsx", {"困难家庭": [("户编号", "户状态"), ("A005", "停保")]})
    run("import", "stop.xlsx", "--as-of", "2014-06-20")
    barred = plan.put(plan.row("A002"), 干部编号="C00007", 干部=None)
    early = plan.put(plan.row("A003"), 干部编号="C00008", 干部=None)
    exited = plan.sheet.cell(plan.row("A005"), plan.places["户编号"]).coordinate
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 4
    assert faults(done) == {barred: "J518", early: "J520", exited: "J521"}


def test_more_than_the_rules_allow_is_told_and_done(
    planned: tuple[Run, Plan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, plan = planned
    own = tmp_path / "county.toml"
    own.write_text("[pairing]\ncadres_max = 1\n", encoding="utf-8")
    monkeypatch.setenv("JIEMIN_POLICY", str(own))
    row = plan.add(户编号="A002", 干部编号=SPARE, 身份=ASSIST)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert (done.code, faults(done)) == (0, {f"B{row}": "J515"})
    assert in_force(run, "A002")[SPARE] == ASSIST


def test_a_plan_of_few_columns_without_what_was_before(planned: tuple[Run, Plan], tmp_path: Path) -> None:
    run, _ = planned
    (own,) = in_force(run, "A002")
    header: Sequence[str] = ("户编号", "干部编号", "处理")
    write_workbook(tmp_path / "few.xlsx", {"方案": [header, ("A002", own, "沿用"), ("A002", SPARE, "新增")]})
    done = run("import", "few.xlsx", "--json")
    assert (done.code, faults(done)) == (0, {})
    assert in_force(run, "A002") == {own: LEAD, SPARE: ASSIST}
    again = [header, ("A002", own, "沿用")]
    write_workbook(tmp_path / "again.xlsx", {"方案": again})
    told = run("import", "again.xlsx", "--json")
    assert set(faults(told).values()) == {"J522"}
    assert in_force(run, "A002") == {own: LEAD}


def test_a_plan_may_speak_of_who_comes_in_the_same_import(planned: tuple[Run, Plan], tmp_path: Path) -> None:
    run, plan = planned
    plan.put(plan.row("A002"), 干部编号="G77", 干部=None)
    plan.save()
    header = ("干部编号", *CADRE_HEADER)
    write_workbook(tmp_path / "c.xlsx", {"干部": [header, ("G77", "周新", "市审计局", "科员", "否", "", "")]})
    done = run("import", "c.xlsx", "plan.xlsx", "--as-of", "2014-06-30")
    assert done.code == 0
    assert in_force(run, "A002") == {"G77": LEAD}


def test_a_dry_run_of_the_plan_writes_nothing(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    before = state(run)
    plan.put(plan.row("A002"), 干部编号=SPARE, 干部=None)
    plan.save()
    assert run("import", "plan.xlsx", "-n").code == 0
    assert state(run) == before


def test_what_was_only_warned_of_can_be_imported_again_as_it_is(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    (lead,) = in_force(run, "A003")
    (busy,) = in_force(run, "A002")
    plan.put(plan.add(户编号="A003"), 干部编号=busy, 身份=ASSIST)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert (done.code, set(faults(done).values())) == (0, {"J519"})
    before = state(run)
    assert in_force(run, "A003") == {lead: LEAD, busy: ASSIST}
    listed = Plan(Path(done.json["files"][0]["error_workbook"]).absolute())
    told = {row[0]: row[listed.places["干部编号"] - 1] for row in listed.sheet.values if row[2] == "A003"}
    assert set(told.values()) == {lead, busy}
    assert "这一行没有问题，和同一户的行一起留着" in told
    again = run("import", listed.path.name, "--json")
    assert (again.code, faults(again)) == (0, {})
    assert state(run) == before


def test_who_left_since_the_plan_gets_no_household(
    planned: tuple[Run, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan was true on its day; a household must not lose its helper for one who has gone."""
    run, plan = planned
    before = in_force(run, "A002")
    cell = plan.put(plan.row("A002"), 干部编号=SPARE, 干部=None, 单位=None)
    plan.save()
    monkeypatch.setenv("JIEMIN_TODAY", "2014-07-20")
    assert run("cadre", "leave", SPARE, "--on", "2014-07-10", "-y").code == 0
    done = run("import", "plan.xlsx", "--json")
    assert (done.code, faults(done)) == (4, {cell: "J520"})
    assert in_force(run, "A002") == before


@pytest.mark.parametrize("mistyped", ["A0O2", "A003"])
def test_a_row_astray_by_its_number_strikes_no_helper_out(planned: tuple[Run, Plan], mistyped: str) -> None:
    run, plan = planned
    (own,) = in_force(run, "A002")
    assert run("pair", "add", "A002", SPARE).code == 0
    extra = plan.add(户编号=mistyped)
    plan.put(extra, 干部编号=SPARE, 身份=ASSIST, 户主姓名="朱水根")
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 4
    assert in_force(run, "A002") == {own: LEAD, SPARE: ASSIST}
    assert "J524" in faults(done).values()


def test_a_plan_that_ends_a_pair_that_must_be_says_so(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    (own,) = in_force(run, "A002")
    assert run("pair", "rule", "pin", "A002", own).code == 0
    place = plan.row("A002")
    plan.put(place, 干部编号=SPARE, 干部=None)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert (done.code, in_force(run, "A002")) == (0, {SPARE: LEAD})
    assert "J525" in faults(done).values()
