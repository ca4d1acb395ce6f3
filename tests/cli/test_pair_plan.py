"""`jiemin pair --auto --out`, and the plan imported again, as it was and as people have edited it."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from support.plans import SPARE, Plan, Run, counts, faults, in_force, made, planned_county, state
from support.prepared import Once
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, county, household_rows, write_workbook

from jiemin.sheets.style import text_width

LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def rosters(run: Run, tmp_path: Path, once: Once) -> Run:
    """Nine households, one leader and four others."""

    def steps() -> None:
        county(tmp_path, households=9, leaders=1, others=4)
        assert run("import", "households.xlsx").code == 0

    once(steps)
    return run


def test_a_plan_is_saved_for_its_owner_alone_and_nothing_is_paired(rosters: Run, tmp_path: Path) -> None:
    before = hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest()
    done = rosters("pair", "--auto", "--out", "plan.xlsx")
    assert done.code == 0
    assert "结对还没有改动" in done.out
    assert hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest() == before
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "plan.xlsx").stat().st_mode) == 0o600
    again = rosters("pair", "--auto", "--out", "plan.xlsx")
    assert (again.code, "已经有了，没有动它" in again.err) == (1, True)
    told = rosters("pair", "--auto", "--out", "other.xlsx", "--json").json["run"]
    assert (told["out"], told["written"]) == ("other.xlsx", False)


def test_nothing_of_the_line_below_the_title_is_cut_off(rosters: Run, tmp_path: Path) -> None:
    assert rosters("pair", "--auto", "--out", "plan.xlsx").code == 0
    assert rosters("pair", "--auto", "-y").code == 0
    assert rosters("pair", "run", "show", "1", "--out", "run.xlsx").code == 0
    for name in ("plan.xlsx", "run.xlsx"):
        for sheet in load_workbook(tmp_path / name).worksheets:
            ends = {each.min_col: each.max_col for each in sheet.merged_cells.ranges if each.min_row == 4}
            for cell in sheet[4]:
                if cell.value:
                    columns = range(cell.column, ends.get(cell.column, cell.column) + 1)
                    room = sum(sheet.column_dimensions[get_column_letter(each)].width for each in columns)
                    assert text_width(str(cell.value)) <= room, (name, sheet.title, cell.value)


def test_the_plan_says_what_would_be_paired_and_offers_the_words(rosters: Run, tmp_path: Path) -> None:
    plan = made(rosters, tmp_path / "plan.xlsx")
    expected = rosters("pair", "--auto", "-n", "--json").json["run"]["started"]
    told = {(row["户编号"], row["干部编号"], row["身份"]) for row in plan.rows()}
    assert told == {(each["household_no"], each["cadre_no"], each["role"]) for each in expected}
    assert {row["处理"] for row in plan.rows()} == {"新增"}
    assert all("远近：" in row["理由"] for row in plan.rows())
    offered = {each.formula1 for each in plan.sheet.data_validations.dataValidation}
    assert offered == {'"第一责任人,协助"', '"沿用,新增,改身份,结束"'}
    assert plan.sheet["A3"].value == "（方案日期：2014年6月30日）"
    assert plan.sheet.page_setup.orientation == "landscape"
    loads = plan.book["方案附表2 负担"]
    assert len(loads._charts) == 1  # type: ignore[attr-defined] # openpyxl has no public word for it
    assert [cell.value for cell in loads[6]][1:4] == ["市民政局", 1, 5]


def test_an_untouched_plan_does_what_the_run_would_have_done(
    rosters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first, and once more after a transfer, a household that left, a new one and another role."""

    def as_planned() -> None:
        (tmp_path / "plan.xlsx").unlink(missing_ok=True)
        made(rosters, tmp_path / "plan.xlsx")
        done = rosters("import", "plan.xlsx", "--json")
        assert (done.code, faults(done)) == (0, {})

    def by_the_run() -> None:
        assert rosters("pair", "--auto").code == 0

    ways = {}
    for name, step in (("plan", as_planned), ("run", by_the_run)):
        monkeypatch.setenv("JIEMIN_DB", str(tmp_path / f"{name}.db"))
        assert rosters("import", "households.xlsx").code == 0
        step()
        first = state(rosters)
        stop = [("户编号", "户状态"), ("A001", "停保"), ("A004", "停保")]
        late = [CADRE_HEADER, ("钱新", "市民政局", "局长", "是", "乌镇镇", "塘东村")]
        more = [HOUSEHOLD_HEADER, *household_rows(10)[9:]]
        write_workbook(tmp_path / "june.xlsx", {"停保": stop, "干部": late, "新户": more})
        assert rosters("import", "june.xlsx", "--as-of", "2014-06-10").code == 0
        rosters("pair", "end", "A002", "顾员1", "--reason", "改身份", "--on", "2014-06-20")
        rosters("pair", "add", "A002", "顾员1", "--role", ASSIST, "--on", "2014-06-20")
        monkeypatch.setenv("JIEMIN_TODAY", "2014-06-30")
        step()
        ways[name] = first, state(rosters)
    assert ways["plan"] == ways["run"]
    first, last = ways["plan"]
    assert first != last
    assert {each[5] for each in last} >= {"家庭不再在册", "结对方式改变"}


def test_the_same_plan_twice_changes_nothing(rosters: Run, tmp_path: Path) -> None:
    made(rosters, tmp_path / "plan.xlsx")
    assert rosters("import", "plan.xlsx").code == 0
    before = hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest()
    again = rosters("import", "plan.xlsx", "--json")
    assert (again.code, faults(again)) == (0, {})
    assert counts(again)[:2] == (0, 0)
    assert hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest() == before


def test_what_the_plan_pairs_is_what_people_decided_and_has_its_reasons(rosters: Run, tmp_path: Path) -> None:
    made(rosters, tmp_path / "plan.xlsx")
    rosters("import", "plan.xlsx")
    (shown,) = rosters("pair", "show", "A001", "--json").json["pairings"]
    assert shown["origin"] == "导入"
    assert any(label.startswith("远近：") for label, _ in shown["reasons"])
    assert rosters("undo").code == 0
    assert in_force(rosters, "A001") == {}


@pytest.fixture
def planned(run: Run, tmp_path: Path, once: Once) -> tuple[Run, Plan]:
    """A paired county and a plan of it to edit."""
    once(lambda: planned_county(run, tmp_path))
    return run, Plan(tmp_path / "plan.xlsx")


def test_a_later_plan_says_what_stays(planned: tuple[Run, Plan]) -> None:
    _, plan = planned
    assert {row["处理"] for row in plan.rows() if row["干部编号"] != SPARE} == {"沿用"}
    assert {row["原有干部"] for row in plan.rows()} >= {row["干部编号"] for row in plan.rows()} - {SPARE}
    assert {row["结对时间"].date().isoformat() for row in plan.rows()} == {"2014-04-01"}


def test_ending_replacing_and_adding(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    (old,) = in_force(run, "A002")
    plan.put(plan.row("A002"), 处理="解除")
    plan.put(plan.row("A003"), 干部编号=SPARE, 干部=None, 单位=None, 职务=None)
    plan.put(plan.add(户编号="A005", 干部编号=old), 处理="新增", 身份=ASSIST)
    (gone,) = in_force(run, "A003")
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert done.code == 0
    assert counts(done)[:2] == (2, 1)
    assert in_force(run, "A002") == {}
    assert in_force(run, "A003") == {SPARE: LEAD}
    assert in_force(run, "A005")[old] == ASSIST
    assert LEAD in in_force(run, "A005").values()
    ended = {each[0]: each for each in state(run) if each[4] != "None"}
    assert ended["A003"][1:] == (gone, LEAD, "2014-04-01", "2014-06-30", "按结对方案调整")
    begun = next(each for each in state(run) if each[:2] == ("A003", SPARE))
    assert begun[3] == "2014-06-30"
    assert set(faults(done).values()) == {"J517"}


def test_a_name_alone_finds_the_cadre_and_a_role_may_change(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    plan.put(plan.add(户编号="A002"), 干部="钱备", 身份=LEAD)
    plan.put(plan.row("A002", next(iter(in_force(run, "A002")))), 身份=ASSIST)
    plan.save()
    done = run("import", "plan.xlsx", "--json")
    assert (done.code, faults(done)) == (0, {})
    assert sorted(in_force(run, "A002").values()) == [ASSIST, LEAD]
    assert in_force(run, "A002")[SPARE] == LEAD


def test_a_row_taken_away_ends_its_pair_and_a_household_not_listed_stays(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    before = in_force(run, "A004")
    plan.put(plan.add(户编号="A003"), 干部编号=SPARE, 身份=LEAD)
    plan.take_away(plan.row("A003", next(iter(in_force(run, "A003")))))
    plan.take_away(plan.row("A004"))
    plan.save()
    assert run("import", "plan.xlsx").code == 0
    assert in_force(run, "A003") == {SPARE: LEAD}
    assert in_force(run, "A004") == before


def test_who_was_left_alone_is_paired_by_filling_in_the_blanks(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=7, leaders=1, others=1)
    run("import", "households.xlsx")
    done = run("pair", "--auto", "--out", "plan.xlsx")
    assert done.code == 4
    plan = Plan(tmp_path / "plan.xlsx")
    alone = plan.rows()[-1]
    assert (alone["干部编号"], alone["处理"], alone["理由"]) == (None, None, "没有可以结对的干部")
    cell = plan.put(alone["row"], 干部="顾员1")
    plan.save()
    imported = run("import", "plan.xlsx", "--json")
    assert imported.code == 0
    assert faults(imported) == {cell: "J519"}
    assert len({each[0] for each in state(run)}) == 7


def test_a_household_told_to_have_nobody_keeps_whom_it_got_since(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=7, leaders=1, others=1)
    run("import", "households.xlsx")
    alone = made(run, tmp_path / "plan.xlsx").rows()[-1]["户编号"]
    run("pair", "add", alone, "顾员1")
    assert run("import", "plan.xlsx").code == 0
    assert list(in_force(run, alone).values()) == [LEAD]


def test_a_new_pair_never_begins_before_the_last_one_ended(planned: tuple[Run, Plan]) -> None:
    run, plan = planned
    (own,) = in_force(run, "A002")
    run("pair", "end", "A002", own, "--reason", "调离", "--on", "2014-05-15")
    plan.put(plan.row("A002"), 结对时间="2014-04-20", 处理="新增", 干部编号=SPARE, 干部=None)
    plan.save()
    assert run("import", "plan.xlsx").code == 0
    assert [each[1:5] for each in state(run) if each[0] == "A002"] == [
        (own, LEAD, "2014-04-01", "2014-05-15"),
        (SPARE, LEAD, "2014-05-15", "None"),
    ]


def test_of_namesakes_the_one_who_helps_the_household_is_meant(
    planned: tuple[Run, Plan], tmp_path: Path
) -> None:
    run, plan = planned
    before = in_force(run, "A002")
    name = next(row["干部"] for row in plan.rows() if row["户编号"] == "A002")
    write_workbook(tmp_path / "same.xlsx", {"干部": [CADRE_HEADER, (name, "市审计局", "科员", "否", "", "")]})
    assert run("import", "same.xlsx").code == 0
    plan.put(plan.row("A002"), 干部编号=None, 单位=None)
    stranger = plan.put(plan.row("A003"), 干部=name, 干部编号=None, 单位=None)
    plan.save()
    assert faults(run("import", "plan.xlsx", "--json")) == {stranger: "J503"}
    assert in_force(run, "A002") == before
