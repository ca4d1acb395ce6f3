"""Birth, death, marriage, joining, leaving and another class, as a clerk types them."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.imports import MEMBER_HEADER, rows_of
from support.prepared import Once
from support.rosters import household_rows, id_number, write_workbook

BOY = id_number(date(2014, 6, 3), 31)
"""No letter at its end."""


@pytest.fixture
def families(paired: Any, tmp_path: Path, once: Once) -> Any:
    """The county of six families, each with a wife and a son on record besides the head, on 2014-06-30."""

    def steps() -> None:
        members = [
            (row[0], f"{row[3]}{name}", relation, None, None, None, None, covered)
            for row in household_rows()
            for name, relation, covered in (("妻", "妻子", "是"), ("儿", "长子", "否"))
        ]
        write_workbook(tmp_path / "members.xlsx", {"家庭成员": [MEMBER_HEADER, *members]})
        assert paired("import", "members.xlsx").code == 0

    once(steps)
    return paired


def shown(run: Any, number: str) -> Any:
    return run("household", "show", number, "--json").json["household"]


def relations(run: Any, number: str) -> dict[str, str]:
    return {each["name"]: each["relation"] for each in shown(run, number)["persons"]}


def test_a_birth_is_shown_first_and_entered_when_agreed_to(families: Any) -> None:
    words = ("household", "birth", "A001", "--name", "沈小宝", "--relation", "孙子", "--sex", "男")
    tried = families(*words, "--date", "2014-06-03", "-n")
    assert tried.code == 0
    assert "沈小宝（孙子），出生" in tried.out
    assert "2014-06-03起" in tried.out
    assert "什么都没有写入" in tried.out
    asked = families(*words, "--date", "2014-06-03")
    assert asked.code == 1
    assert "出生：A001：这里不能问" in asked.err
    assert "沈小宝" not in relations(families, "A001")
    assert families(*words, "--date", "2014-06-03", "-y").code == 0
    assert relations(families, "A001")["沈小宝"] == "孙子"
    assert shown(families, "A001")["size"] == 4


def test_a_birth_by_number_needs_no_date_and_no_sex(families: Any, tmp_path: Path) -> None:
    words = ("household", "birth", "A001", "--name", "沈小宝", "--relation", "孙子", "--id", BOY, "-y")
    done = families(*words, "--json")
    event = done.json["event"]
    assert (event["command"], event["date"], event["dry_run"]) == ("birth", "2014-06-03", False)
    assert BOY not in done.out
    assert rows_of(tmp_path, "SELECT sex, birth FROM person WHERE name = '沈小宝'") == [("男", "2014-06-03")]
    again = families(*words)
    assert again.code == 1
    assert "这个身份证号是A001的成员沈小宝的" in again.err


def test_a_birth_before_the_last_change_is_taken_up_later(families: Any) -> None:
    words = ("household", "birth", "A001", "--name", "沈小宝", "--relation", "孙子", "--sex", "男")
    early = families(*words, "--date", "2014-02-01", "-y")
    assert early.code == 1
    assert "--on 2014-04-01" in early.err
    assert families(*words, "--date", "2014-02-01", "--on", "2014-04-01", "-y").code == 0
    assert families(*words, "-y").code == 1


def test_a_death_names_the_heir_and_is_in_the_history(families: Any) -> None:
    words = ("household", "death", "A001", "沈阿大", "--on", "2014-06-10", "--reason", "病故")
    asked = families(*words, "-y")
    assert asked.code == 1
    assert "要说明由谁接任" in asked.err
    done = families(*words, "--to", "沈阿大妻", "-y")
    assert done.code == 0
    assert relations(families, "A001") == {"沈阿大妻": "户主", "沈阿大儿": "子"}
    assert "离开：沈阿大" in families("household", "history", "A001").out
    assert families("household", "show", "沈阿大").code == 0
    assert families("undo").code == 0
    assert relations(families, "A001")["沈阿大"] == "户主"


def test_a_family_all_of_whom_died_is_still_found(families: Any) -> None:
    assert families("household", "death", "A001", "沈阿大妻", "-y").code == 0
    assert families("household", "death", "A001", "沈阿大儿", "-y").code == 0
    done = families("household", "death", "A001", "沈阿大", "-y")
    assert done.code == 0
    assert "没有其他成员了，同时退出" in done.out
    assert families("household", "show", "沈阿大", "--json").json["household"]["status"] == "死亡"


def test_a_marriage_in_into_and_out(families: Any) -> None:
    married = families("household", "marry", "A001", "沈阿大儿", "--spouse", "陈梅", "-y")
    assert married.code == 0
    assert relations(families, "A001")["陈梅"] == "儿媳"
    joined = families("household", "marry", "A002", "朱水根儿", "--into", "A003", "--relation", "女婿", "-y")
    assert joined.code == 0
    assert relations(families, "A003")["朱水根儿"] == "女婿"
    assert families("household", "marry", "A004", "钱福林儿", "--out", "-y").code == 0
    assert list(relations(families, "A004")) == ["钱福林", "钱福林妻"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "要写一项"),
        (("--spouse", "陈梅", "--out"), "--out写得不对"),
        (("--into", "A002", "--sex", "女"), "--into写得不对"),
        (("--out", "--not-covered"), "--into写得不对"),
        (("--out", "--relation", "儿媳"), "--relation写得不对"),
        (("--spouse", "陈梅", "--to", "沈阿大妻"), "--to写得不对"),
        (("--spouse", "陈梅", "--sex", "不详"), "--sex写得不对：没有“不详”；只能是 男 或 女"),
        (("--spouse", "陈梅", "--relation", "媳妇"), "没有“媳妇”；如 子、女"),
    ],
)
def test_a_marriage_told_wrongly(families: Any, words: tuple[str, ...], told: str) -> None:
    done = families("household", "marry", "A001", "沈阿大儿", *words, "-y")
    assert done.code == 2
    assert told in done.err


def test_members_join_and_leave_and_come_back(families: Any) -> None:
    left = families("household", "leave", "A001", "沈阿大儿", "--reason", "入伍", "--on", "2014-06-10", "-y")
    assert left.code == 0
    assert shown(families, "A001")["size"] == 2
    back = families(
        "household", "join", "A001", "--name", "沈阿大儿", "--relation", "子", "--reason", "退伍", "-y"
    )
    assert back.code == 0
    assert "接着用原来的记录" in back.out
    assert shown(families, "A001")["size"] == 3
    last = families("household", "leave", "A001", "沈阿大", "--reason", "外迁", "-y")
    assert last.code == 1
    assert "加上 --to 成员" in last.err


def test_another_class_with_what_follows(families: Any) -> None:
    words = ("household", "reclass", "A001", "--class", "低收入", "--reason", "收入提高", "-y")
    done = families(*words, "--income-month", "2400", "--on", "2014-06-10")
    assert done.code == 0
    assert "2014年6月起的补助按新的情况算" in done.out
    assert "每月2,400元" in done.out
    household = shown(families, "A001")
    assert (household["class"], household["covered"]) == ("低收入(低保边缘)", None)
    assert household["monthly_income_fen"] == 240_000
    assert "收入提高" in families("household", "history", "A001").out
    both = families(*words, "--income-month", "1", "--income-year", "12")
    assert (both.code, "不能和 --income-month 一起写" in both.err) == (2, True)
    assert families(*words, "--income-year", "很多").code == 2


def test_the_journal_holds_no_names_or_numbers(families: Any, tmp_path: Path) -> None:
    words = ("--name", "沈小宝", "--relation", "孙子", "--id", BOY, "-y")
    assert families("household", "birth", "沈阿大", *words).code == 0
    told = rows_of(tmp_path, "SELECT arguments FROM action WHERE command = 'household birth'")
    assert told == [('{"household_no":"A001","on":"2014-06-03"}',)]


@pytest.mark.parametrize("option", ["--income-month", "--income-year"])
def test_no_income_is_below_nothing(families: Any, option: str) -> None:
    words = ("household", "reclass", "A001", "--class", "低收入", "--reason", "复核", "-y")
    refused = families(*words, option, "-1")
    assert (refused.code, refused.out) == (2, "")
    assert "金额不能小于0" in refused.err
    assert families(*words, option, "0").code == 0


@pytest.mark.parametrize("command", ["birth", "death", "marry", "join", "leave", "reclass"])
def test_every_help_page_has_an_example(families: Any, command: str) -> None:
    page = families("household", command, "--help").out
    assert f"例：jiemin household {command} A001" in page


def test_a_household_whose_members_all_died_tells_who_was_its_head(families: Any) -> None:
    for name, day in (("沈阿大妻", "2014-06-02"), ("沈阿大", "2014-06-05"), ("沈阿大儿", "2014-06-10")):
        done = families("household", "death", "A001", name, "--on", day, "--reason", "病故", "-y")
        assert done.code == 0, done.err
    everybody = "沈阿大妻（2014-06-02）、沈阿大（2014-06-05）、沈阿大儿（2014-06-10）"
    for options in ((), ("--all",)):
        said = families("household", "show", "A001", *options).out
        assert said.startswith("A001  原户主 沈阿大儿  ")
        assert f"家庭成员都已去世：{everybody}" in said.splitlines()
        assert "家庭情况还缺" not in said
    assert families("household", "show", "A001", "--as-of", "2014-06-09").out.startswith(
        "A001  户主 沈阿大儿"
    )
    assert shown(families, "A001")["head_name"] == "沈阿大儿"
    for words in (("household", "history"), ("condition", "list"), ("survey", "list", "--household")):
        assert families(*words, "A001").out.startswith("A001  户主 沈阿大儿")
    assert families("household", "file", "A001", "--out", "档案.xlsx").code == 0
    rows = load_workbook("档案.xlsx").worksheets[0].iter_rows(values_only=True)
    cells = [cell for row in rows for cell in row]
    assert any(str(cell).startswith("家庭成员都已去世：沈阿大妻（2014.6.2，") for cell in cells)


def test_a_household_that_everybody_left_tells_where_they_went(families: Any) -> None:
    assert families("household", "merge", "A001", "A002", "--on", "2014-06-10", "-y").code == 0
    said = families("household", "show", "A001").out.splitlines()
    assert said[0].startswith("A001  原户主 沈阿大  ")
    assert any(line.startswith("已没有家庭成员：沈阿大（2014-06-10，并户") for line in said)


def test_two_heads_written_by_another_program_stop_no_command(families: Any, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jiemin.db")) as database, database:
        database.execute(
            "UPDATE membership SET relation = '户主', valid_to = '9998-12-31' "
            "WHERE person_id = (SELECT id FROM person WHERE name = '沈阿大妻')"
        )
    for words in (
        ("household", "show", "A001"),
        ("subsidy", "compute"),
        ("visit", "due"),
        ("status",),
    ):
        done = families(*words)
        assert done.code in (0, 4), (words, done.err)
    assert [
        each["household_no"] for each in families("household", "list", "--json").json["households"]
    ].count("A001") == 1
    assert "户主有2人" in families("check", "名册").out
