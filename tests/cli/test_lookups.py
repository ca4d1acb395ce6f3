"""Look-ups: lists, one record, and what to do next; masked, and in JSON with stable keys."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, county, household_rows, write_workbook

Run = Callable[..., Any]

READERS = (
    ("household", "list"),
    ("household", "show", "A001"),
    ("cadre", "list"),
    ("cadre", "show", "方局1"),
    ("pair", "list"),
    ("pair", "show", "A001"),
    ("visit", "list"),
    ("visit", "due"),
    ("status",),
    ("subsidy", "list"),
    ("subsidy", "runs"),
)


def test_the_contract_of_a_household(paired: Run) -> None:
    household = paired("household", "list", "--json").json["households"][0]
    assert {
        "household_no",
        "head_name",
        "head_id_number",
        "town",
        "village",
        "class",
        "size",
        "covered",
        "monthly_income_fen",
        "phones",
        "cause",
        "status",
        "cadres",
    } <= household.keys()
    assert {"cadre_no", "name", "unit", "role", "from"} <= household["cadres"][0].keys()
    detail = paired("household", "show", "A001", "--json").json["household"]
    assert detail.items() >= {key: household[key] for key in ("household_no", "head_name", "size")}.items()
    assert {"name", "id_number", "id_raw", "relation", "sex", "birth_date", "disability", "status"} <= detail[
        "persons"
    ][0].keys()


def test_the_contract_of_a_cadre(paired: Run) -> None:
    cadre = paired("cadre", "list", "--json").json["cadres"][0]
    assert {
        "cadre_no",
        "name",
        "unit",
        "post",
        "rank",
        "leader",
        "phones",
        "status",
        "households",
    } <= cadre.keys()


def test_a_household_is_found_by_number_id_mask_and_names(paired: Run) -> None:
    row = household_rows()[0]
    number = row[4]
    for text in ("A001", "a001", number, f"{number[:6]}********{number[-4:]}", row[3]):
        found = paired("household", "show", text, "--json")
        assert found.code == 0, text
        assert found.json["household"]["household_no"] == "A001"


def test_namesakes_are_listed_with_how_to_choose(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=12)
    run("import", "households.xlsx")
    name = household_rows()[0][3]
    done = run("household", "show", name)
    assert (done.code, done.out) == (5, "")
    assert "有2户符合" in done.err
    assert "A001" in done.err
    assert "A007" in done.err
    assert "请改用户编号" in done.err


def test_an_unknown_household(paired: Run) -> None:
    done = paired("household", "show", "Z999")
    assert (done.code, done.out) == (5, "")
    assert "没有找到困难家庭“Z999”" in done.err


def test_full_numbers_are_shown_only_when_asked_and_then_logged(paired: Run, tmp_path: Path) -> None:
    import sqlite3

    number = household_rows()[0][4]
    assert number not in paired("household", "show", "A001").out
    assert number not in paired("household", "list", "--json").out
    assert number in paired("household", "show", "A001", "--reveal").out
    with sqlite3.connect(tmp_path / "jiemin.db") as database:
        logged = database.execute("SELECT command, arguments FROM action ORDER BY id DESC LIMIT 1").fetchone()
    database.close()
    assert logged == ("household show", '{"reveal":true,"household_no":"A001"}')


def test_filters(paired: Run) -> None:
    def numbers(*words: str) -> list[str]:
        return [
            each["household_no"] for each in paired("household", "list", *words, "--json").json["households"]
        ]

    assert numbers("--town", "石门") == ["A001", "A004"]
    assert numbers("--class", "低保") == ["A001", "A003", "A004", "A006"]
    assert numbers("--class", "低收入家庭") == ["A002", "A005"]
    assert paired("household", "list", "--class", "穷").code == 2
    unknown = paired("household", "list", "--town", "石们镇")
    assert (unknown.code, "石门镇" in unknown.err) == (1, True)
    assert numbers("--class", "农村低保", "--village", "望湖") == ["A001", "A004"]
    assert numbers("--unpaired") == []
    assert [each["name"] for each in paired("cadre", "list", "--leaders", "--json").json["cadres"]] == [
        "方局1",
        "方局2",
    ]


def test_a_leader_without_a_household_is_told_by_status_and_by_the_look_at_him(paired: Run) -> None:
    leaders = paired("cadre", "list", "--leaders", "--json").json["cadres"]
    leader, other = (each["cadre_no"] for each in leaders)
    for each in paired("pair", "list", "--cadre", leader, "--json").json["pairings"]:
        paired("pair", "end", each["household_no"], leader, "--reason", "另有安排")
        assert paired("pair", "add", each["household_no"], other).code == 0
    status = paired("status", "--json").json
    assert {"what": "1名领导干部没有结对户", "command": "jiemin pair --auto"} in status["next"]
    assert "现在没有结对户" in paired("cadre", "show", leader).out
    assert "现在没有结对户" not in paired("cadre", "show", other).out


def test_a_helper_who_serves_no_more_is_told_by_status(paired: Run, tmp_path: Path) -> None:
    pair = paired("pair", "list", "--json").json["pairings"][0]
    assert paired("status", "--json").json["helper_gone"] == 0
    with closing(sqlite3.connect(tmp_path / "jiemin.db")) as connection, connection:
        connection.execute(
            "UPDATE cadre_post SET valid_to = '2014-06-01' WHERE cadre_id = "
            "(SELECT id FROM cadre WHERE cadre_no = ?)",
            (pair["cadre_no"],),
        )
    gone = paired("status", "--json").json
    assert gone["helper_gone"] == 1
    assert {"what": "1户的干部已不再任职，换人", "command": "jiemin pair --auto"} in gone["next"]
    assert paired("pair", "--auto", "-y").code == 0
    assert paired("status", "--json").json["helper_gone"] == 0


def test_status_tells_what_is_here_and_what_comes_next(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *household_rows()]})
    write_workbook(tmp_path / "c.xlsx", {"干部": [CADRE_HEADER, *cadre_rows()]})
    run("import", "h.xlsx")
    first = run("status", "--json").json
    assert (first["households"], first["cadres"], first["unpaired"]) == (6, 0, 6)
    assert "导入干部名册" in [each["what"] for each in first["next"]]
    run("import", "c.xlsx")
    assert any(each["command"] == "jiemin pair --auto" for each in run("status", "--json").json["next"])
    run("pair", "--auto")
    third = run("status", "--json").json
    assert (third["unpaired"], third["leaders_without"], third["due"], third["made"]) == (0, 0, 6, 0)
    assert third["last_import"]["files"] == "c.xlsx"
    text = run("status").out
    assert "困难家庭 6户" in text
    assert "还有6户没有走访" in text


@pytest.mark.parametrize("words", READERS)
def test_without_a_database_every_reader_exits_10(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words)
    assert (done.code, done.out) == (10, "")
    assert "jiemin import" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", READERS)
def test_every_reader_speaks_json_and_words(paired: Run, words: tuple[str, ...]) -> None:
    assert isinstance(paired(*words, "--json").json, dict)
    spoken = paired(*words)
    assert spoken.err == ""
    assert spoken.out.strip()


def test_numbers_in_free_text_are_masked(paired: Run, tmp_path: Path) -> None:
    note = "电话13812345678，身份证330483195003140018"
    paired("visit", "add", "A001", "--date", "2014-05-12", "--note", note, "--deeds", note, "--needs", note)
    for words in (("household", "show", "A001"), ("visit", "list"), ("visit", "list", "--json")):
        shown = paired(*words).out
        assert "13812345678" not in shown
        assert "330483195003140018" not in shown
    assert note in paired("household", "show", "A001", "--reveal").out


def test_an_extra_visit_is_marked(paired: Run) -> None:
    ours = {
        each["cadre_no"] for each in paired("pair", "list", "--household", "A001", "--json").json["pairings"]
    }
    other = next(
        each["cadre_no"]
        for each in paired("cadre", "list", "--json").json["cadres"]
        if each["cadre_no"] not in ours
    )
    paired("visit", "add", "A001", "--date", "2014-05-12")
    paired("visit", "add", "A001", "--date", "2014-05-13", "--cadre", other, "--not-paired")
    assert [each["extra"] for each in paired("visit", "list", "--json").json["visits"]] == [False, True]
    assert "走访(额外)" in paired("visit", "list").out
    assert "额外走访" in paired("household", "show", "A001").out


def test_a_day_before_the_roster_is_told(paired: Run) -> None:
    done = paired("visit", "add", "A001", "--date", "2014-03-20")
    assert done.code == 5
    assert "名册从2014-04-01起" in done.err
