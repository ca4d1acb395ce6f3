"""`jiemin pair --auto`: shown, asked, applied; modes, and better pairs for few changes."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.prepared import Once
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, county, household_rows, write_workbook
from support.terminals import Terminal

Run = Callable[..., Any]
Sit = Callable[..., None]


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Let somebody sit at the terminal and type these lines."""

    def down(*lines: str, meanwhile: Callable[[], object] | None = None) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(lines, meanwhile))

    return down


@pytest.fixture
def rosters(run: Run, tmp_path: Path, once: Once) -> Run:

    def steps() -> None:
        county(tmp_path)
        assert run("import", "households.xlsx").code == 0

    once(steps)
    return run


def pairs(run: Run) -> set[tuple[str, str]]:
    listed = run("pair", "list", "--json").json["pairings"]
    return {(each["household_no"], each["cadre_no"]) for each in listed}


def test_a_person_sees_the_totals_and_says_yes(rosters: Run, sit: Sit) -> None:
    sit("y")
    done = rosters("pair", "--auto")
    assert done.code == 0
    assert "应结对6户" in done.out
    assert "照这样结对？" in done.err
    assert done.out.index("应结对6户") < done.out.index("已写入")
    assert len(pairs(rosters)) == 8


def test_few_changes_are_each_shown_with_place_and_unit_before_the_question(rosters: Run, sit: Sit) -> None:
    sit("n")
    done = rosters("pair", "--auto")
    tried = rosters("pair", "--auto", "-n")
    (first,) = [line for line in tried.out.splitlines() if line.startswith("新增  A001") and "第一" in line]
    _, _, head, place, _, unit, _ = first.split()
    assert (head, place, unit.startswith("市")) == ("沈阿大", "石门镇望湖村", True)
    assert first in done.out


def test_of_many_changes_it_is_said_where_to_see_them(run: Run, sit: Sit, tmp_path: Path) -> None:
    county(tmp_path, households=30, leaders=10, others=10)
    assert run("import", "households.xlsx").code == 0
    done = run("pair", "--auto", "-y")
    assert "新增  A001" not in done.out
    assert "每一对：jiemin pair run show 1" in done.out
    again = run("pair", "--auto", "-y")
    assert "pair run show" not in again.out


def test_without_a_yes_nothing_is_written(rosters: Run, sit: Sit, tmp_path: Path) -> None:
    before = hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest()
    for typed in ([""], ["n"], []):
        sit(*typed)
        done = rosters("pair", "--auto")
        assert (done.code, "什么都没有写入" in done.out) == (0, True)
    assert hashlib.sha256((tmp_path / "jiemin.db").read_bytes()).hexdigest() == before


def test_yes_or_json_beforehand_asks_nobody(rosters: Run, sit: Sit) -> None:
    sit()
    done = rosters("pair", "--auto", "-y")
    assert (done.code, done.err) == (0, "")
    assert len(pairs(rosters)) == 8
    assert rosters("pair", "--auto", "--json").json["run"]["changes"] == 0


def test_nobody_is_asked_where_nothing_changes(rosters: Run, sit: Sit) -> None:
    rosters("pair", "--auto", "-y")
    sit("y")
    done = rosters("pair", "--auto")
    assert (done.code, done.err) == (0, "")
    assert "结对没有变化" in done.out


def test_what_changed_while_the_person_thought_is_shown_anew(rosters: Run, sit: Sit, tmp_path: Path) -> None:
    def another_clerk() -> None:
        from jiemin.cli.failures import guarded

        write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(7)[6:]]})
        assert guarded(["import", "more.xlsx"]) == 0

    sit("y", "y", meanwhile=another_clerk)
    done = rosters("pair", "--auto")
    assert done.code == 0
    assert (
        done.out.index("应结对6户") < done.out.index("刚才名册或结对有了变动") < done.out.index("应结对7户")
    )
    assert done.err.count("照这样结对？") == 2
    assert "A007" in {household for household, _ in pairs(rosters)}


def test_another_pairing_meanwhile_counts_as_a_change(rosters: Run, sit: Sit) -> None:
    def another_clerk() -> None:
        from jiemin.cli.failures import guarded

        assert guarded(["pair", "add", "A001", "顾员3"]) == 0

    sit("y", "n", meanwhile=another_clerk)
    assert "刚才名册或结对有了变动" in rosters("pair", "--auto").out
    assert [household for household, _ in pairs(rosters)] == ["A001"]


def test_a_quota_by_rank(rosters: Run) -> None:
    run = rosters("pair", "--auto", "--mode", "限额", "--json").json["run"]
    assert run["mode"] == "quota"
    assert run["unpaired_households"] == []
    assert rosters("pair", "--auto", "--mode", "quota").code == 0
    wrong = rosters("pair", "--auto", "--mode", "三对一")
    assert (wrong.code, wrong.out) == (2, "")
    assert "多对一、一对一 或 限额" in wrong.err


def test_the_countys_own_rules_are_kept_unless_a_mode_is_told(
    rosters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "county.toml"
    own.write_text('[pairing]\nmode = "one-to-one"\n', encoding="utf-8")
    monkeypatch.setenv("JIEMIN_POLICY", str(own))
    assert rosters("pair", "--auto", "-n", "--json").json["run"]["mode"] == "one-to-one"
    told = rosters("pair", "--auto", "-n", "--mode", "多对一", "--json").json["run"]
    assert told["mode"] == "many-to-one"


@pytest.fixture
def far(run: Run, tmp_path: Path, once: Once) -> Run:
    """One household, paired with a cadre of another town before a cadre of its village came."""

    def steps() -> None:
        far = ("顾员远", "市卫生局", "科员", "否", "乌镇镇", "塘东村")
        near = ("顾员近", "市教育局", "科员", "否", "石门镇", "望湖村")
        write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(1)]})
        write_workbook(tmp_path / "far.xlsx", {"干部": [CADRE_HEADER, far]})
        write_workbook(tmp_path / "near.xlsx", {"干部": [CADRE_HEADER, near]})
        run("import", "h.xlsx", "far.xlsx")
        assert run("pair", "--auto").code == 0
        assert run("import", "near.xlsx").code == 0

    once(steps)
    return run


def test_a_better_pair_for_one_change(far: Run) -> None:
    assert far("pair", "--auto", "--mode", "一对一", "--json").json["run"]["changes"] == 0
    looked = far("pair", "--auto", "--mode", "一对一", "--rebalance", "-n")
    assert looked.code == 0
    assert "比不换少35分" in looked.out
    assert "经核验，结束不超过1对的配法里没有更好的" in looked.out
    assert "顾员远" in looked.out and "顾员近" in looked.out
    none = far("pair", "--auto", "--mode", "一对一", "--rebalance", "--max-changes", "0", "--json")
    assert none.json["run"]["changes"] == 0
    done = far("pair", "--auto", "--mode", "一对一", "--rebalance", "--max-changes", "1", "--json")
    assert (done.json["run"]["points_saved"], done.json["run"]["price_of_ending"]) == (35, 1)
    shown = far("pair", "show", "A001", "--json").json["pairings"]
    assert [(each["cadre_name"], each["to"], each["end_reason"]) for each in shown] == [
        ("顾员远", "2014-06-30", "重新结对调整"),
        ("顾员近", None, None),
    ]


def test_what_people_paired_is_not_rebalanced(far: Run) -> None:
    far("pair", "end", "A001", "顾员远", "--reason", "重结", "--on", "2014-06-01")
    far("pair", "add", "A001", "顾员远", "--on", "2014-06-01")
    done = far("pair", "--auto", "--mode", "一对一", "--rebalance", "--json")
    assert done.json["run"]["changes"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--max-changes", "3"),
        ("--rebalance", "--max-changes", "-1"),
        ("--out", "plan.xlsx", "--dry-run"),
    ],
)
def test_options_that_do_not_go_together(rosters: Run, words: tuple[str, ...]) -> None:
    done = rosters("pair", "--auto", *words)
    assert (done.code, done.out) == (2, "")


def test_options_of_the_run_do_not_go_with_a_subcommand(rosters: Run) -> None:
    for words in (["--rebalance"], ["--max-changes", "3"], ["-y"], ["--out", "x.xlsx"], ["--mode", "限额"]):
        assert rosters("pair", *words, "list").code == 2
