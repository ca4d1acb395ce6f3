"""`jiemin check` and `jiemin acknowledge`: words, JSON, the list in a workbook, exit codes."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.imports import Take
from support.prepared import Once
from support.rosters import HOUSEHOLD_HEADER, county, household_rows

Run = Any


@pytest.fixture
def faulty(paired: Run, take: Take, once: Once) -> Run:
    """The county with a family too small for its covered persons, and a visit to nobody."""

    def steps() -> None:
        take(("户编号", "家庭人口", "保障人口"), ("A001", 1, 4), options=("--as-of", "2014-04-01"))
        assert paired("visit", "add", "A001", "--date", "2014-06-18", "--met", "家里没人").code == 0

    once(steps)
    return paired


def test_without_grave_findings_the_code_is_0(paired: Run) -> None:
    ran = paired("check")
    assert ran.code == 0
    assert ran.out.startswith(
        "2014-06-30检查：提示3条\n\nK108 提示 只登记了户主（3条）\n  K108-乌镇镇  乌镇镇："
    )
    assert "\n没有查的：\n  名册 " in ran.out
    assert ran.err == ""
    assert paired("check", "走访").out.startswith("2014-06-30检查：没有发现问题\n")


def test_what_is_wrong_or_doubtful_ends_in_6(faulty: Run) -> None:
    ran = faulty("check")
    assert ran.code == 6
    head, *rest = ran.out.split("\n\n")
    assert head == "2014-06-30检查：错误1条，疑点1条，提示3条"
    assert [part[:4] for part in rest[:3]] == ["K109", "K210", "K108"]
    assert "  K109-A001  A001 沈阿大（石门镇望湖村）：保障人口4人，家庭人口1人" in rest[0]
    assert "办法：看这一户：jiemin household show A001；" in rest[0]
    assert rest[-1].startswith("核对过没有错的，写明原因：jiemin acknowledge K109-A001 --reason 原因")
    assert faulty("check", "--gravity", "提示").code == 0
    assert faulty("check", "结对").code == 0


def test_json_keeps_its_keys(faulty: Run) -> None:
    ran = faulty("check", "--json")
    assert (ran.code, ran.err) == (6, "")
    document = ran.json
    assert set(document) == {"day", "quarter", "findings", "unchecked", "counts"}
    first = document["findings"][0]
    assert {key: first[key] for key in ("code", "id", "group", "severity", "acknowledged")} == {
        "code": "K109",
        "id": "K109-A001",
        "group": "名册",
        "severity": "错误",
        "acknowledged": None,
    }
    assert first["subject"] == "A001 沈阿大（石门镇望湖村）"
    assert first["message"] == "保障人口4人，家庭人口1人"
    assert document["counts"]["by_severity"] == {"错误": 1, "疑点": 1, "提示": 3}
    assert document["counts"]["by_code"] == {"K109": 1, "K210": 1, "K108": 3}
    assert all(set(each) == {"group", "what", "why"} for each in document["unchecked"])


def test_a_group_may_be_named_by_its_number(faulty: Run) -> None:
    by_word, by_number, lower = (
        faulty("check", word, "--json").json["findings"] for word in ("走访", "K2", "k2xx")
    )
    assert [each["code"] for each in by_word] == ["K210"]
    assert by_word == by_number == lower
    assert [each["code"] for each in faulty("check", "k109", "--json").json["findings"]] == ["K109"]
    assert faulty("check", "K109", "--json").json["unchecked"] == []


def test_narrowed_by_town_unit_and_quarter(faulty: Run) -> None:
    def found(*words: str) -> list[str]:
        return [each["code"] for each in faulty("check", "--json", *words).json["findings"]]

    assert found("--town", "石门") == ["K109", "K210", "K108"]
    assert found("--town", "乌镇镇") == ["K108"]
    assert found("--unit", "民政") == ["K109", "K210", "K108"]
    assert found("--quarter", "2014Q1") == ["K109", "K108", "K108", "K108"]
    assert faulty("check", "--unit", "教育局").code == 5
    assert faulty("check", "--town", "西湖镇").code == 1
    assert faulty("check", "--quarter", "2014Q3").code == 1


def test_only_so_many_lines_of_a_kind(run: Run, tmp_path: Path, take: Take) -> None:
    county(tmp_path, households=12, leaders=0, others=0)
    take(HOUSEHOLD_HEADER, *household_rows(12))
    lines = run("check", "结对").out.splitlines()
    shown = [line for line in lines if line.startswith("  K301-")]
    assert len(shown) == 10
    assert "  …还有2条，用 --json 或 --out 看全部，或 jiemin check K301" in lines
    assert len([line for line in run("check", "K301").out.splitlines() if line.startswith("  K301-")]) == 12


def test_the_whole_list_goes_into_a_workbook(faulty: Run, tmp_path: Path) -> None:
    ran = faulty("check", "--out", "问题.xlsx")
    assert ran.code == 6
    assert ran.out.endswith("已存成 问题.xlsx\n")
    sheet = load_workbook(tmp_path / "问题.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(
        row[:5] == [1, "K109-A001", "错误", "保障人口多于家庭人口", "A001 沈阿大（石门镇望湖村）"]
        for row in cells
    )
    words = "\n".join(str(value) for row in cells for value in row if value)
    assert "检查问题清单" in words
    assert "没有查的：走访：走访那天家里有没有人" in words
    assert faulty("check", "--out", "问题.txt").code == 1


def test_an_empty_list_says_so(paired: Run, tmp_path: Path) -> None:
    assert paired("check", "走访", "--out", "没有.xlsx").code == 0
    sheet = load_workbook(tmp_path / "没有.xlsx").worksheets[0]
    assert "没有发现问题" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_what_was_answered_for_is_set_aside(faulty: Run) -> None:
    ran = faulty("acknowledge", "K109-A001", "k210-v000001", "--reason", "名册写反了，电话13800001234")
    assert ran.code == 0
    assert ran.out == (
        "已确认 K109-A001 保障人口多于家庭人口：A001 沈阿大（石门镇望湖村）\n"
        "已确认 K210-V000001 没有见到人，登记成走访：V000001 A001 沈阿大（石门镇望湖村）\n"
        "情况变了会重新列出；撤销用 jiemin undo\n"
    )
    after = faulty("check")
    assert after.code == 0
    assert after.out.startswith("2014-06-30检查：提示3条；已确认2条（--all 列出）")
    assert "K109" not in after.out
    everything = faulty("check", "--all")
    assert everything.code == 0
    assert "（已确认 2014-06-30：名册写反了，电话138****1234）" in everything.out
    told = faulty("check", "--all", "--json").json["findings"][0]
    assert told["acknowledged"] == {"day": "2014-06-30", "reason": "名册写反了，电话138****1234"}
    assert (
        "早已确认 K109-A001"
        in faulty("acknowledge", "K109-A001", "--reason", "名册写反了，电话13800001234").out
    )


def test_it_comes_back_with_what_was_said(faulty: Run, take: Take) -> None:
    faulty("acknowledge", "K109-A001", "--reason", "名册写反了")
    take(("户编号", "家庭人口", "保障人口"), ("A001", 1, 3), options=("--as-of", "2014-04-01"))
    ran = faulty("check", "名册")
    assert ran.code == 6
    assert "（2014-06-30确认过：名册写反了；以后情况变了）" in ran.out
    found = faulty("check", "名册", "--json").json["findings"][0]
    assert (found["acknowledged"], found["acknowledged_before"]["reason"]) == (None, "名册写反了")


def test_answers_that_cannot_be_given(faulty: Run) -> None:
    unknown = faulty("acknowledge", "K109-A001", "K999-A1", "--reason", "好")
    assert unknown.code == 5
    assert "现在没有编号为“K999-A1”的问题" in unknown.err
    assert faulty("acknowledge", "K109-A001").code == 2
    assert faulty("acknowledge", "K109-A001", "--reason", "").code == 2
    assert faulty("check").code == 6


def test_answering_in_json(faulty: Run) -> None:
    ran = faulty("acknowledge", "K109-A001", "--reason", "好", "--json")
    assert ran.json == {"acknowledged": ["K109-A001"], "unchanged": []}
    again = faulty("acknowledge", "K109-A001", "--reason", "好", "--json")
    assert again.json == {"acknowledged": [], "unchanged": ["K109-A001"]}


def test_the_journal_tells_of_answers_without_words(faulty: Run) -> None:
    faulty("acknowledge", "K109-A001", "--reason", "名册写反了")
    last = faulty("log").out.splitlines()[-1]
    assert "确认检查出的问题" in last
    assert "确认1" in last
    faulty("undo")
    assert faulty("check", "K109").code == 6


def test_the_kinds_are_listed_without_a_database(run: Run) -> None:
    ran = run("check", "--codes")
    assert ran.code == 0
    assert "K204  走访  疑点  一人一天走访的户太多" in ran.out
    one = run("check", "k204", "--codes").out.splitlines()
    assert one[0] == "K204 一人一天走访的户太多（走访，疑点）"
    assert one[-1] == "界限：一人一天最多走访6户（day_households，程序自带）"
    pairings = run("check", "结对", "--codes", "--json").json["kinds"]
    assert {each["group"] for each in pairings} == {"结对"}
    assert run("check", "K204", "--codes", "--json").json["kinds"][0]["settings"] == {"day_households": 6}


def test_a_county_sets_its_own_thresholds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "本县.toml").write_text("[check]\nday_households = 9\n", encoding="utf-8")
    told = run("--policy", "本县.toml", "check", "K204", "--codes").out
    assert "一人一天最多走访9户（day_households，本县.toml）" in told
    (tmp_path / "本县.toml").write_text("[check]\nday_household = 9\n", encoding="utf-8")
    assert run("--policy", "本县.toml", "check", "--codes").code == 1


@pytest.mark.parametrize(
    "words",
    [("check", "帮扶"), ("check", "K999"), ("check", "--gravity", "严重"), ("check", "--quarter", "二季度")],
)
def test_what_cannot_be_chosen(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).code == 2


def test_without_a_database(run: Run) -> None:
    assert run("check").code == 10
    assert run("acknowledge", "K301-A1", "--reason", "好").code == 10


def test_the_printed_command_answers_for_a_finding_of_the_quarter(faulty: Run) -> None:
    told = faulty("check", "--quarter", "2014Q2").out.splitlines()[-1]
    assert told.endswith("：jiemin acknowledge K109-A001 --quarter 2014Q2 --reason 原因")
    assert faulty("acknowledge", "K109-A001", "--quarter", "2014Q2", "--reason", "好").code == 0
