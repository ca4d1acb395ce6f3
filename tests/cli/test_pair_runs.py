"""`jiemin pair runs` and `jiemin pair run show`: the record of automatic pairing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from support.rosters import HOUSEHOLD_HEADER, county, household_rows, write_workbook

Run = Callable[..., Any]


def shown(run: Run, number: int = 1) -> dict[str, Any]:
    done = run("pair", "run", "show", str(number), "--json")
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = done.json["run"]
    return found


def test_every_run_is_listed(paired: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(9)[6:]]})
    paired("import", "more.xlsx")
    second = paired("pair", "--auto", "--json").json["run"]
    done = paired("pair", "runs", "--json")
    assert (done.code, done.err) == (0, "")
    runs = done.json["runs"]
    assert [(each["run_no"], each["day"], each["mode"], each["households"]) for each in runs] == [
        (1, "2014-06-30", "many-to-one", 6),
        (2, "2014-06-30", "many-to-one", 9),
    ]
    assert runs[1]["changes"] == second["changes"]
    assert all(each["optimal"] and each["gap"] == 0 for each in runs)
    told = paired("pair", "runs").out.splitlines()
    assert told[1].split()[:6] == ["1", "2014-06-30", "多对一", "6", "8", "8"]
    assert told[1].split()[-1] == "是"
    assert told[-1] == "共2次"


def test_before_the_first_run(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    assert run("pair", "runs", "--json").json == {"runs": []}
    done = run("pair", "runs")
    assert (done.code, "还没有自动配对过" in done.out) == (0, True)


def test_a_run_has_all_that_pairing_told_at_the_time(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=9, leaders=1, others=1)
    run("import", "households.xlsx")
    told = run("pair", "--auto", "--json").json["run"]
    kept = shown(run)
    assert told.keys() <= kept.keys()
    not_kept = {"day", "lacking", "points_saved", "started"}
    assert {key: kept[key] for key in told.keys() - not_kept} == {
        key: told[key] for key in told.keys() - not_kept
    }
    pairs = [(each["household_no"], each["cadre_no"]) for each in told["started"]]
    assert sorted((each["household_no"], each["cadre_no"]) for each in kept["started"]) == sorted(pairs)
    assert (kept["gap"], kept["rules"]["leader_max"], kept["costs"]["new_pairing"]) == (0, 5, 5)
    assert kept["as_recorded"] is True
    assert len(kept["unpaired_households"]) == 3


def test_fairness_of_a_run(paired: Run) -> None:
    fair = shown(paired)["fairness"]
    pairs = paired("pair", "list", "--json").json["pairings"]
    loads = [len(each["households"]) for each in paired("cadre", "list", "--json").json["cadres"]]
    assert fair["cadres"]["people_with"] == [loads.count(number) for number in range(max(loads) + 1)]
    assert (fair["cadres"]["least"], fair["cadres"]["most"]) == (min(loads), max(loads))
    assert fair["leaders"]["people"] == 2
    assert sum(fair["near"].values()) == len(pairs)
    assert fair["rank_adequate"] + fair["rank_short"] == len(pairs)
    assert {unit["unit"]: unit["staff"] for unit in fair["units"]} == {"市民政局": 2, "市卫生局": 6}
    assert sum(unit["households"] for unit in fair["units"]) == len(pairs)


def test_a_run_in_words(paired: Run) -> None:
    done = paired("pair", "run", "show", "1")
    assert (done.code, done.err) == (0, "")
    document = shown(paired)
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert lines["第1次自动配对"] == "第1次自动配对  2014-06-30  多对一"
    assert "应结对6户，干部8人，配成8对" in lines["配对结果"]
    objective = document["objective"]
    assert (
        f"总分{objective}，下界{objective}，差距0：经核验，在当时的规则下没有更好的配法" in lines["计分证明"]
    )
    assert f"指纹{document['facts_fingerprint'][:12]}" in lines["算法依据"]
    assert "领导干部最多5户，一般干部1户；每户最多5名干部；联系镇村只计分" in lines["所用规则"]
    assert "联系本镇10、" in lines["计分标准"]
    assert lines["结对变动"].endswith("新增8对，身份改变0对，结束0对")
    people = document["fairness"]["cadres"]["people_with"]
    assert lines["1户"].split() == ["1户", str(people[1]), "2", "█" * 20]
    assert sum(line.startswith("新增") for line in done.out.splitlines()) == 8
    done.out.encode("gbk")


def test_who_was_left_out_and_what_ended(paired: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "stop.xlsx", {"困难家庭": [("户编号", "户状态"), ("A001", "停保")]})
    paired("import", "stop.xlsx", "--as-of", "2014-06-20")
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(30)[6:]]})
    paired("import", "more.xlsx")
    assert paired("pair", "--auto").code == 4
    document = shown(paired, 2)
    assert "A001" in {each["household_no"] for each in document["ended"]}
    done = paired("pair", "run", "show", "2")
    left = document["unpaired_households"]
    assert f"未配家庭  {len(left)}户：{left[0]} " in done.out
    assert any(line.startswith("结束") and "家庭不再在册" in line for line in done.out.splitlines())
    assert document["as_recorded"] is True


def test_what_was_done_since_does_not_change_a_run(paired: Run) -> None:
    before = shown(paired)
    pair = before["started"][0]
    reason = ("--reason", "调离")
    assert (
        paired("pair", "end", pair["household_no"], pair["cadre_no"], *reason, "--on", "2014-06-01").code == 0
    )
    spare = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if "A002" not in each["households"]
    )
    assert paired("pair", "add", "A002", spare["cadre_no"], "--on", "2014-05-01").code == 0
    assert paired("pair", "--auto", "--mode", "one-to-one").code in {0, 4}
    assert shown(paired) == before


def test_rolls_mended_since_are_told(paired: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(7)[6:]]})
    paired("import", "more.xlsx")
    assert shown(paired)["as_recorded"] is False
    assert "名册在这次配对以后有过更正" in paired("pair", "run", "show", "1").out


def test_a_household_that_pairing_is_not_for_counts_in_no_run(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    other = [("B001", *household_rows(7)[6][1:6], "其他", None, None)]
    write_workbook(tmp_path / "other.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *other]})
    run("import", "other.xlsx")
    assert run("pair", "add", "B001", "C00003", "--on", "2014-05-01").code == 0
    told = run("pair", "--auto", "--json").json["run"]
    kept = shown(run)
    assert (kept["pairings"], kept["as_recorded"]) == (told["pairings"], True)
    assert sum(kept["fairness"]["near"].values()) == told["pairings"]


def test_a_run_taken_back_and_done_again(paired: Run) -> None:
    before = shown(paired)
    assert paired("undo").code == 0
    assert paired("pair", "run", "show", "1").code == 5
    assert paired("undo", "3").code == 0
    assert shown(paired) == before


def test_a_run_that_ended_pairs_is_wholly_taken_back_and_done_again(paired: Run) -> None:
    first = paired("pair", "list", "--household", "A003", "--json").json["pairings"][0]["cadre_no"]
    assert paired("pair", "rule", "bar", "A003", first, "--reason", "有纠纷").code == 0
    assert paired("pair", "--auto", "-y").code == 0
    before = paired("pair", "run", "show", "2", "--json").json
    assert before["run"]["ended"]
    assert paired("undo").code == 0
    assert [each["run_no"] for each in paired("pair", "runs", "--json").json["runs"]] == [1]
    assert paired("undo", "5").code == 0
    assert paired("pair", "run", "show", "2", "--json").json == before


def test_runs_made_before_rules_were_kept(paired: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jiemin.db")) as connection:
        connection.execute(
            "UPDATE pairing_run SET pairs = NULL, rules = NULL, facts = NULL, shortages = NULL"
        )
        connection.commit()
    document = shown(paired)
    assert (document["rules"], document["facts_fingerprint"], document["pairings"]) == (None, None, 8)
    assert document["as_recorded"] is True
    told = paired("pair", "run", "show", "1").out
    assert "当时数据的指纹没有记录" in told
    assert f"没有记录（计分表指纹{document['costs_fingerprint'][:12]}）" in told
    assert paired("pair", "runs").code == 0


def test_a_run_by_quota_tells_its_limits(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    assert run("pair", "--auto", "--mode", "quota").code == 0
    told = run("pair", "run", "show", "1").out
    assert "第1次自动配对  2014-06-30  限额" in told
    assert (
        "各职级最多：一般干部1户、中层干部2户、单位副职3户、单位正职4户、市领导5户；每户最多5名干部" in told
    )


def test_a_run_that_is_not_there(paired: Run) -> None:
    done = paired("pair", "run", "show", "7")
    assert (done.code, done.out) == (5, "")
    assert done.err.splitlines() == ["错误：没有第7次自动配对", "办法：用 jiemin pair runs 查看有哪几次"]


def test_a_run_as_a_workbook(paired: Run, tmp_path: Path) -> None:
    done = paired("pair", "run", "show", "1", "--out", "run.xlsx")
    assert (done.code, done.err, done.out.splitlines()[-1]) == (0, "", "已存成 run.xlsx")
    workbook = load_workbook(tmp_path / "run.xlsx")
    assert workbook.sheetnames == ["配对情况", "结对名单", "变动", "各单位负担"]
    listed = [
        row for row in workbook["结对名单"].iter_rows(min_row=6, values_only=True) if isinstance(row[0], int)
    ]
    expected = paired("pair", "list", "--json").json["pairings"]
    assert sorted((row[1], row[6], row[8]) for row in listed) == sorted(
        (each["household_no"], each["cadre_no"], each["role"]) for each in expected
    )
    as_json = paired("pair", "run", "show", "1", "--out", "again.xlsx", "--json")
    assert as_json.json["run"]["run_no"] == 1
    assert (tmp_path / "again.xlsx").exists()


def test_a_workbook_that_cannot_be_saved(paired: Run) -> None:
    done = paired("pair", "run", "show", "1", "--out", "run.pdf")
    assert (done.code, done.out) == (1, "")
    assert "应以 .xlsx 结尾" in done.err


def test_wrong_words(paired: Run) -> None:
    assert paired("pair", "run").code == 2
    assert paired("pair", "run", "show").code == 2
    assert paired("pair", "run", "show", "一").code == 2
