"""An import never rewrites the past: spans, memberships and pairings keep what they were."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER, PAIR_HEADER, VISIT_HEADER, Take, codes, counts, family, rows_of
from support.prepared import Once
from support.rosters import HOUSEHOLD_HEADER, county, household_rows, id_number, write_workbook

Run = Callable[..., Any]

ONE, TWO = id_number(date(1950, 1, 1), 801), id_number(date(1960, 2, 2), 802)
MEMBERS = ("户编号", "姓名", "与户主关系", "身份证号", "是否保障对象")
CADRES = ("姓名", "单位", "职务")
APRIL, MAY, JULY, FOREVER = "2014-04-01", "2014-05-01", "2014-07-01", "9999-12-31"
ALL_PAIRINGS = "SELECT cadre_id, role, valid_from, valid_to FROM pairing ORDER BY id"
ALL_MEMBERSHIPS = "SELECT person_id, covered, valid_from, valid_to FROM membership ORDER BY valid_from"
LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def one_pair(take: Take, once: Once) -> Take:
    """Household A001, cadres 孙一 (1) and 李二 (2), and 孙一 paired by list since April."""

    def steps() -> None:
        take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
        take(CADRES, ("孙一", "民政局", "副局长"), ("李二", "民政局", "科员"))
        assert counts(take(PAIR_HEADER, pair("孙一", start=APRIL))) == (1, 0, 0, 0)

    once(steps)
    return take


def pair(cadre: str, *, role: str = "", start: str = "", household: str = "A001") -> Sequence[str]:
    return (household, cadre, "", "", role, start)


def test_a_membership_that_has_ended_stays_as_it_was(take: Take, run: Run, tmp_path: Path) -> None:
    roster = (HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    take(*roster)
    take(MEMBERS, ("A001", "沈阿大", "户主", ONE, "是"))
    take(MEMBERS, ("A001", "沈阿大", "户主", ONE, "否"), options=("--as-of", JULY))
    history = [(1, 1, APRIL, JULY), (1, 0, JULY, FOREVER)]
    assert rows_of(tmp_path, ALL_MEMBERSHIPS) == history
    assert counts(take(*roster)) == (0, 0, 1, 0)
    assert rows_of(tmp_path, ALL_MEMBERSHIPS) == history
    assert run("household", "list").code == 0


def test_the_same_members_told_of_an_earlier_day_are_told_once(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    earlier = (MEMBERS, ("A001", "沈小二", "子", TWO, "是"))
    take(MEMBERS, ("A001", "沈小二", "子", TWO, "否"))
    assert counts(take(*earlier, options=("--as-of", "2014-01-01"))) == (0, 1, 0, 0)
    assert counts(take(*earlier, options=("--as-of", "2014-01-01"))) == (0, 0, 1, 0)
    told = rows_of(tmp_path, "SELECT covered, valid_from, valid_to FROM membership WHERE person_id = 2")
    assert sorted(told) == [(0, APRIL, FOREVER), (1, "2014-01-01", APRIL)]


def test_who_belonged_to_another_family_that_day_is_not_entered_twice(
    take: Take, run: Run, tmp_path: Path
) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "朱水根", ""))
    son = ("沈小二", "子", TWO, "是")
    take(MEMBERS, ("A001", *son))
    with closing(sqlite3.connect(tmp_path / "jiemin.db")) as database, database:
        database.execute("UPDATE membership SET valid_to = '2014-05-01' WHERE relation = '子'")
    before = take(MEMBERS, ("A002", *son))
    assert (codes(before)["B2"], counts(before)) == ("J407", (0, 0, 0, 1))
    after = take(MEMBERS, ("A002", *son), options=("--as-of", MAY))
    assert (counts(after), codes(after)) == ((0, 1, 0, 0), {})
    homes = rows_of(tmp_path, "SELECT household_id, valid_from, valid_to FROM membership WHERE person_id = 3")
    assert homes == [(1, APRIL, MAY), (2, MAY, FOREVER)]
    head = take(HOUSEHOLD_HEADER, family("A003", "沈小二", TWO), options=("--as-of", MAY))
    assert codes(head) == {"D2": "J407"}


def test_who_left_a_family_may_head_a_new_one(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    take(MEMBERS, ("A001", "沈小二", "子", TWO, "是"))
    with closing(sqlite3.connect(tmp_path / "jiemin.db")) as database, database:
        database.execute("UPDATE membership SET valid_to = '2014-05-01' WHERE relation = '子'")
    row = family("A002", "沈小二", TWO)
    assert codes(take(HOUSEHOLD_HEADER, row)) == {"D2": "J407"}
    assert counts(take(HOUSEHOLD_HEADER, row, options=("--as-of", MAY))) == (1, 0, 0, 0)
    assert rows_of(tmp_path, "SELECT count(*) FROM person") == [(2,)]


def test_a_blank_village_keeps_the_village_and_another_town_does_not(take: Take, run: Run) -> None:
    def place() -> tuple[str, str]:
        household = run("household", "show", "A001", "--json").json["household"]
        return household["town"], household["village"]

    header = ("户编号", "镇(街道)", "户主姓名", "困难类别")
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    again = take(header, ("A001", "石门镇", "沈阿大", "农村低保"))
    assert (counts(again), place()) == ((0, 0, 1, 0), ("石门镇", "望湖村"))
    moved = take(header, ("A001", "乌镇镇", "沈阿大", "农村低保"), options=("--as-of", MAY))
    assert (counts(moved), place()) == ((0, 1, 0, 0), ("乌镇镇", ""))
    earlier = take(header, ("A001", "石门镇", "沈阿大", "农村低保"))
    assert (counts(earlier), place()) == ((0, 0, 1, 0), ("乌镇镇", ""))


def test_an_ended_pairing_is_not_raised_by_the_list_it_came_from(
    one_pair: Take, run: Run, tmp_path: Path
) -> None:
    assert run("pair", "end", "A001", "孙一", "--reason", "调离", "--on", "2014-06-01").code == 0
    assert run("pair", "add", "A001", "李二", "--on", "2014-06-01").code == 0
    history = [(1, LEAD, APRIL, "2014-06-01"), (2, LEAD, "2014-06-01", FOREVER)]
    again = one_pair(PAIR_HEADER, pair("孙一", start=APRIL))
    assert (counts(again), codes(again)) == ((0, 0, 1, 0), {})
    undated = one_pair(PAIR_HEADER, pair("孙一"))
    assert (counts(undated), codes(undated)) == ((0, 0, 1, 0), {})
    assert rows_of(tmp_path, ALL_PAIRINGS) == history
    next_quarter = run("--today", "2014-07-10", "import", "sheet.xlsx", "--json").json["files"][0]
    assert (counts(next_quarter), codes(next_quarter)) == ((0, 0, 1, 0), {"F2": "J507"})
    assert "2014-06-01止" in next_quarter["problems"][0]["message"]
    assert rows_of(tmp_path, ALL_PAIRINGS) == history


def test_a_pair_may_be_paired_again_from_a_later_day(one_pair: Take, run: Run, tmp_path: Path) -> None:
    run("pair", "end", "A001", "孙一", "--reason", "调离", "--on", MAY)
    assert counts(one_pair(PAIR_HEADER, pair("孙一", start="2014-06-01"))) == (1, 0, 0, 0)
    assert rows_of(tmp_path, ALL_PAIRINGS) == [(1, LEAD, APRIL, MAY), (1, LEAD, "2014-06-01", FOREVER)]


def test_days_of_a_pair_never_overlap(one_pair: Take, run: Run, tmp_path: Path) -> None:
    earlier = one_pair(PAIR_HEADER, pair("孙一", start="2014-02-01"))
    assert (counts(earlier), codes(earlier)) == ((0, 0, 1, 0), {"F2": "J507"})
    run("pair", "end", "A001", "孙一", "--reason", "调离", "--on", MAY)
    for start in ("2014-02-01", "2014-04-20"):
        inside = one_pair(PAIR_HEADER, pair("孙一", start=start))
        assert (counts(inside), codes(inside)) == ((0, 0, 1, 0), {"F2": "J507"})
    assert rows_of(tmp_path, ALL_PAIRINGS) == [(1, LEAD, APRIL, MAY)]


def test_a_role_other_than_on_record_is_told_and_not_taken(one_pair: Take, tmp_path: Path) -> None:
    file = one_pair(PAIR_HEADER, pair("孙一", role="协助", start=APRIL))
    assert (counts(file), codes(file)) == ((0, 0, 1, 0), {"E2": "J507"})
    assert rows_of(tmp_path, ALL_PAIRINGS) == [(1, LEAD, APRIL, FOREVER)]


def test_no_day_gets_two_leads(one_pair: Take, run: Run, tmp_path: Path) -> None:
    run("pair", "end", "A001", "孙一", "--reason", "调离", "--on", MAY)
    refused = one_pair(PAIR_HEADER, pair("李二", role=LEAD, start=APRIL))
    assert (counts(refused), codes(refused)) == ((0, 0, 0, 1), {"E2": "J504"})
    one_pair(PAIR_HEADER, pair("李二", start=APRIL))
    assert rows_of(tmp_path, ALL_PAIRINGS) == [(1, LEAD, APRIL, MAY), (2, ASSIST, APRIL, FOREVER)]


def test_no_pairing_begins_after_today(one_pair: Take) -> None:
    told = one_pair(PAIR_HEADER, pair("李二", start="2041-04-01"))
    assert (counts(told), codes(told)) == ((0, 0, 0, 1), {"F2": "J313"})
    clerk = one_pair(PAIR_HEADER, pair("李二"), options=("--as-of", JULY))
    assert (counts(clerk), codes(clerk)) == ((0, 0, 0, 1), {"F2": "J313"})


def test_a_rejected_pair_brings_neither_family_nor_cadre_nor_village(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    take(CADRES, ("孙一", "民政局", "副局长"), ("孙一", "教育局", "科员"))
    header = ("户编号", "镇", "村", "户主姓名", "困难类别", "结对干部", "单位", "结对职责", "结对时间")
    whole = ("农村低保", "钱九", "某厂", LEAD, APRIL)
    file = take(
        header,
        ("A002", "石门镇", "新村", "朱水根", "农村低保", "孙一", "", "", ""),
        ("A003", "石门镇", "新村", "朱水根", "农村低保", "赵九", "", "", ""),
        ("A004", "火星镇", "新村", "朱水根", *whole),
        ("A005", "石门镇", "新村", "朱水根", *whole[:-1], "2041-04-01"),
        ("A001", "石门镇", "望湖村", "沈阿大", "农村低保", "孙一", "民政局", LEAD, APRIL),
        ("A001", "石门镇", "新村", "沈阿大", "城镇低保", *whole[1:]),
    )
    assert counts(file) == (1, 0, 0, 5)
    assert [each["code"] for each in file["problems"]] == ["J313", "J503", "J502", "J401", "J504"]
    assert rows_of(tmp_path, "SELECT name FROM region WHERE level = '村'") == [("望湖村",)]
    assert rows_of(tmp_path, "SELECT count(*) FROM household") == [(1,)]
    assert rows_of(tmp_path, "SELECT count(*) FROM cadre") == [(2,)]
    assert rows_of(tmp_path, "SELECT name FROM unit ORDER BY id") == [("民政局",), ("教育局",)]
    assert rows_of(tmp_path, "SELECT household_class FROM household_span") == [("农村低保",)]


def test_a_pairing_row_counts_all_it_changes(one_pair: Take, run: Run) -> None:
    header = (
        "户编号",
        "镇",
        "村",
        "户主姓名",
        "困难类别",
        "联系电话",
        "结对干部",
        "单位",
        "职务",
        "干部电话",
    )
    row = ["A001", "石门镇", "望湖村", "沈阿大", "农村低保", "", "孙一", "民政局", "副局长", ""]
    assert counts(one_pair(header, row)) == (0, 0, 1, 0)
    row[4] = "城镇低保"
    changed = one_pair(header, row)
    assert (counts(changed), changed["changes"][0]["cell"]) == ((0, 1, 0, 0), "E2")
    row[9] = "13800000001"
    changed = one_pair(header, row)
    told = [(each["cell"], each["subject"], each["field"]) for each in changed["changes"]]
    assert (counts(changed), told) == ((0, 1, 0, 0), [("J2", "C00001", "phones")])
    row[8] = "局长"
    assert [each["cell"] for each in one_pair(header, row)["changes"]] == ["I2"]


def test_a_family_still_to_be_paired_counts_as_a_family(take: Take, run: Run, tmp_path: Path) -> None:
    header = ("户编号", "镇", "村", "户主姓名", "困难类别", "结对干部", "单位")
    row = ("A001", "石门镇", "望湖村", "沈阿大", "农村低保", "", "")
    assert counts(take(header, row)) == (1, 0, 0, 0)
    assert counts(take(header, row)) == (0, 0, 1, 0)
    named = take(("户编号", "户主姓名", "结对干部", "单位"), ("A001", "沈阿大", "", ""))
    assert (counts(named), codes(named)) == ((0, 0, 1, 0), {})
    assert rows_of(tmp_path, ALL_PAIRINGS) == []


def test_annex_1_comes_back_as_it_went_out(paired: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, family("B001", "钱福", "", 困难类别="其他")]}
    )
    assert paired("import", "more.xlsx").code == 0
    assert paired("report", "pairing", "--out", "annex1.xlsx").code == 0
    before = (tmp_path / "jiemin.db").read_bytes()
    file = paired("import", "annex1.xlsx", "--json").json["files"][0]
    new, changed, unchanged, rejected = counts(file)
    assert (new, changed, rejected) == (0, 0, 0)
    assert unchanged >= 7
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_a_visit_of_nobody_named_is_the_leads(one_pair: Take, run: Run, tmp_path: Path) -> None:
    assert run("visit", "add", "A001", "--date", "2014-06-20").code == 0
    blank = ("2014-06-20", "A001", "", "", "走访", "")
    assert counts(one_pair(VISIT_HEADER, blank)) == (0, 0, 1, 0)
    assert counts(one_pair(VISIT_HEADER, ("2014-06-21", *blank[1:]))) == (1, 0, 0, 0)
    named = ("2014-06-21", "A001", "孙一", "", "走访", "")
    assert counts(one_pair(VISIT_HEADER, named, ("2014-06-21", "A001", "李二", "", "走访", ""))) == (
        1,
        0,
        1,
        0,
    )
    assert rows_of(tmp_path, "SELECT day FROM visit") == [("2014-06-20",), ("2014-06-21",), ("2014-06-21",)]


def test_sheets_that_contradict_each_other_write_nothing_the_second_time(run: Run, tmp_path: Path) -> None:
    rows = household_rows(1)
    write_workbook(
        tmp_path / "two.xlsx",
        {
            "上": [HOUSEHOLD_HEADER, *rows],
            "下": [HOUSEHOLD_HEADER, (*rows[0][:6], "五保", *rows[0][7:])],
        },
    )
    run("import", "two.xlsx")
    before = (tmp_path / "jiemin.db").read_bytes()
    again = run("import", "two.xlsx")
    assert "没有改动" in again.out
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_who_married_in_and_heads_the_household_now_stays_where_he_was_before(
    run: Run, tmp_path: Path
) -> None:
    county(tmp_path)
    assert run("import", "households.xlsx", "--as-of", "2014-01-01").code == 0
    row = ("A002", "朱大", "子", None, "男", "1985-05-06", None, None)
    write_workbook(tmp_path / "成员.xlsx", {"成员": [MEMBER_HEADER, row]})
    assert run("import", "成员.xlsx", "--as-of", "2014-01-01").code == 0
    into = ("--into", "A001", "--relation", "女婿", "--on", "2014-05-10", "-y")
    assert run("household", "marry", "A002", "朱大", *into).code == 0
    assert run("household", "change-head", "A001", "--to", "朱大", "--on", "2014-05-20", "-y").code == 0
    header = ("户编号", "户主姓名", "困难类别", "家庭月收入")
    write_workbook(tmp_path / "本季.xlsx", {"名册": [header, ("A001", "朱大", "农村低保", 210)]})
    done = run("import", "本季.xlsx", "--as-of", "2014-04-01", "--json").json["files"][0]
    assert done["problems"] == []
    shown = run("household", "show", "A001", "--as-of", "2014-04-15", "--json").json["household"]
    income = "SELECT income_fen FROM household_span WHERE household_id = 1 AND valid_from = '2014-04-01'"
    assert list(rows_of(tmp_path, income)) == [(21000,)]
    assert "朱大" not in [each["name"] for each in shown["persons"]]
    there = run("household", "show", "A002", "--as-of", "2014-04-15", "--json").json["household"]
    assert "朱大" in [each["name"] for each in there["persons"]]
