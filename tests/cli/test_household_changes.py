"""What happens to families, and their history, as a clerk types it."""

from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER, rows_of
from support.prepared import Once
from support.rosters import county, household_rows, write_workbook


@pytest.fixture
def families(paired: Any, tmp_path: Path, once: Once) -> Any:
    """The county of six families, each with a wife and a son on record besides the head."""

    def steps() -> None:
        members = [
            (row[0], f"{row[3]}{name}", relation, None, None, None, None, None)
            for row in household_rows()
            for name, relation in (("妻", "妻子"), ("儿", "长子"))
        ]
        write_workbook(tmp_path / "members.xlsx", {"家庭成员": [MEMBER_HEADER, *members]})
        assert paired("import", "members.xlsx").code == 0

    once(steps)
    return paired


def pairs(run: Any, number: str) -> set[tuple[str, str]]:
    """(cadre, role) of those who help a household now."""
    listed = run("pair", "list", "--household", number, "--json").json["pairings"]
    return {(each["cadre_name"], each["role"]) for each in listed}


def test_a_plan_is_shown_and_nothing_done_without_a_word(families: Any) -> None:
    before = pairs(families, "A001")
    asked = families("household", "exit", "A001", "--reason", "收入超标")
    assert asked.code == 1
    assert "确认无误就加上 -y" in asked.err
    tried = families("household", "exit", "A001", "--reason", "收入超标", "-n")
    assert tried.code == 0
    assert "停保，收入超标" in tried.out
    assert "腾出的干部" in tried.out
    assert "什么都没有写入" in tried.out
    assert pairs(families, "A001") == before


def test_exit_and_return_with_the_lead_of_before(families: Any) -> None:
    lead = next(each for each in pairs(families, "A001") if each[1] == "第一责任人")
    done = families("household", "exit", "A001", "--reason", "收入超标", "--on", "2014-06-20", "-y")
    assert done.code == 0
    assert "已办理；可用 jiemin undo 撤销" in done.out
    assert pairs(families, "A001") == set()
    assert families("household", "show", "A001", "--json").json["household"]["status"] == "停保"
    assert families("household", "return", "A001", "-y").code == 0
    assert lead in pairs(families, "A001")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--reason", "全家去世", "--status", "死亡"), "死亡"),
        (("--reason", "迁出"), "迁出"),
        (("--reason", "迁出本市"), "迁出"),
        (("--reason", "在册"), "停保"),
        (("--reason", "收入超标"), "停保"),
    ],
)
def test_the_status_is_told_or_seen_from_the_reason(
    families: Any, words: tuple[str, ...], status: str
) -> None:
    assert families("household", "exit", "A001", *words, "-y").code == 0
    assert families("household", "show", "A001", "--json").json["household"]["status"] == status


def test_a_split_as_json_and_as_a_history(families: Any) -> None:
    done = families(
        "household", "split", "A001", "--members", "沈阿大儿", "--head", "沈阿大儿", "-y", "--json"
    )
    assert done.code == 0
    event = done.json["event"]
    number = event["households"][1]
    assert (event["command"], event["date"], event["dry_run"]) == ("split", "2014-06-30", False)
    assert {"household_no": "A001", "subject": "家庭人口", "ends": "3人", "begins": "2人"} in event["steps"]
    assert [each["new"] for each in event["helpers"] if each["household_no"] == number] == [True]
    assert event["unpaired_households"] == []
    shown = families("household", "show", number, "--json").json["household"]
    assert (shown["head_name"], shown["size"], shown["class"]) == ("沈阿大儿", 1, "农村低保")
    assert shown["monthly_income_fen"] is None
    told = families("household", "history", number, "--json").json["history"]
    assert told["visits"] == {"count": 0, "first": None, "last": None}
    first = {"date": "2014-06-30", "subject": "状态", "what": "在册", "reason": "分户，从A001分出"}
    assert told["events"][0] == first | {"to_come": False}
    assert "离开：沈阿大儿" in families("household", "history", "A001").out


def test_a_new_head_by_name_after_a_death(families: Any) -> None:
    done = families("household", "change-head", "A001", "--to", "沈阿大妻", "--reason", "病故", "-y")
    assert done.code == 0
    shown = families("household", "show", "A001", "--json").json["household"]
    assert {each["name"]: each["relation"] for each in shown["persons"]} == {
        "沈阿大妻": "户主",
        "沈阿大儿": "子",
    }
    assert families("household", "show", "沈阿大妻").code == 0


def test_a_move_tells_of_links_and_a_merge_of_helpers(families: Any) -> None:
    moved = families("household", "move", "A001", "--village", "乌镇镇塘东村", "-y")
    assert moved.code == 0
    assert "注意：" in moved.out
    assert families("household", "show", "A001", "--json").json["household"]["village"] == "塘东村"
    before = pairs(families, "A002")
    merged = families("household", "merge", "A001", "A002", "-y")
    assert merged.code == 0
    assert "与朱水根的关系要补填：沈阿大、沈阿大妻、沈阿大儿" in merged.out
    assert pairs(families, "A002") == before
    assert families("household", "show", "A002", "--json").json["household"]["size"] == 6


def test_undo_takes_an_event_back(families: Any) -> None:
    before = families("household", "show", "A001", "--json").json
    families("household", "split", "A001", "--members", "沈阿大妻,沈阿大儿", "--head", "沈阿大妻", "-y")
    assert "分户" in families("log").out
    assert families("undo").code == 0
    assert families("household", "show", "A001", "--json").json == before


def test_nobody_left_to_pair_exits_4_and_names_the_household(run: Any, tmp_path: Path) -> None:
    county(tmp_path, households=1, leaders=0, others=1)
    run("import", "households.xlsx")
    assert run("pair", "--auto", "-y").code == 0
    son = [("A001", "沈阿大儿", "长子", None, None, None, None, None)]
    write_workbook(tmp_path / "members.xlsx", {"家庭成员": [MEMBER_HEADER, *son]})
    run("import", "members.xlsx")
    done = run("household", "split", "A001", "--members", "沈阿大儿", "--head", "沈阿大儿", "-y")
    assert done.code == 4
    number = rows_of(tmp_path, "SELECT max(household_no) FROM household")[0][0]
    assert f"没有干部可以结对：{number}" in done.out


def test_the_journal_holds_no_names(families: Any, tmp_path: Path) -> None:
    families("household", "change-head", "沈阿大", "--to", "沈阿大儿", "-y")
    told = rows_of(tmp_path, "SELECT arguments FROM action WHERE command = 'household change-head'")
    assert told == [('{"household_no":"A001","on":"2014-06-30"}',)]


def test_a_death_that_has_not_come_is_refused_in_every_command(families: Any) -> None:
    """Alike in `household death`, for a head who is followed and for the whole household."""
    for words in (
        ("death", "A001", "沈阿大", "--to", "沈阿大妻"),
        ("change-head", "A001", "--to", "沈阿大妻", "--died"),
        ("exit", "A001", "--reason", "死亡"),
        ("exit", "A001", "--reason", "火灾", "--status", "死亡"),
    ):
        refused = families("household", *words, "--on", "2014-07-02", "-y")
        assert (refused.code, refused.out) == (1, "")
        assert "2014-07-02还没有到" in refused.err
        assert families("household", *words, "--on", "2014-07-01", "--dry-run").code == 0
