"""`jiemin duplicates`: what may be one is listed with why, merged, or kept apart for good."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER, PAIR_HEADER, VISIT_HEADER, Take, codes, counts, family, rows_of
from support.prepared import Once
from support.rosters import HOUSEHOLD_HEADER, id_number

Run = Callable[..., Any]

ONE, TWO = id_number(date(1950, 1, 1), 801), id_number(date(1960, 2, 2), 802)
WRONG = ONE[:-2] + ("3" if ONE[-2] != "3" else "4") + ONE[-1]
"""The first number with one digit copied wrongly."""


def record(folder: Path) -> dict[str, Any]:
    """Everything on record but the journal."""
    with closing(sqlite3.connect(folder / "jiemin.db")) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        names = [name for name in names if name not in {"action", "change"} and not name.startswith("sqlite")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return {name: sorted(database.execute(f"SELECT * FROM {name}").fetchall()) for name in names}


def listed(run: Run) -> list[tuple[str, set[str], tuple[str, ...]]]:
    """(kind, numbers, reasons) of each suspected pair."""
    return [
        (each["kind"], {one["ref"] for one in each["records"]}, tuple(each["reasons"]))
        for each in run("duplicates", "--json").json["suspects"]
    ]


@pytest.fixture
def twice(take: Take, once: Once) -> Take:
    """One family in two rosters, once with a right number, once with a wrong one, and its people, helpers
    and visits under both."""

    def steps() -> None:
        take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), options=("--as-of", "2014-04-01"))
        take(HOUSEHOLD_HEADER, family("B001", "沈阿大", WRONG, 家庭人口=3), options=("--as-of", "2014-01-01"))
        for number, sick in (("A001", "健康"), ("B001", "大病")):
            take(
                MEMBER_HEADER,
                (number, "王氏", "配偶", "", sick, None, None, "是"),
                *([(number, "沈小二", "子", TWO, None, None, None, None)] if number == "B001" else []),
                options=("--as-of", "2014-04-01"),
            )
        for number, helper, role, since in (
            ("A001", "孙一", "第一责任人", "2014-04-01"),
            ("B001", "孙一", "协助", "2014-02-01"),
            ("B001", "李二", "第一责任人", "2014-01-01"),
        ):
            take(PAIR_HEADER, (number, helper, "民政局", "科员", role, since))
        for number in ("A001", "B001"):
            take(VISIT_HEADER, ("2014-05-01", number, "孙一", "民政局", "走访", number))

    once(steps)
    return take


def test_suspects_are_listed_with_why_and_masked(twice: Take, run: Run) -> None:
    found = listed(run)
    assert (
        "家庭",
        {"A001", "B001"},
        ("户主姓名、镇村相同", "户主姓名相同，身份证号只差一位或两位颠倒"),
    ) in found
    shown = run("duplicates").out
    assert "jiemin duplicates merge A001 B001" in shown
    assert ONE not in shown
    assert WRONG not in shown
    assert ONE not in run("duplicates", "--json").out


def test_a_dry_run_tells_the_plan_and_writes_nothing(twice: Take, run: Run, tmp_path: Path) -> None:
    before = record(tmp_path)
    tried = run("duplicates", "merge", "A001", "B001", "-n")
    assert tried.code == 0
    assert "结对2，走访1" in tried.out.replace("家庭情况1，", "")
    assert record(tmp_path) == before
    assert run("duplicates", "merge", "A001", "B001").code == 1  # nobody can be asked here
    assert record(tmp_path) == before


def test_a_merge_moves_everything_and_undo_takes_it_back_whole(twice: Take, run: Run, tmp_path: Path) -> None:
    before = record(tmp_path)
    done = run("duplicates", "merge", "A001", "B001", "-y", "--json")
    assert (done.code, done.json["merge"]["gone"]) == (0, "B001")
    spans = rows_of(tmp_path, "SELECT valid_from, valid_to, size FROM household_span ORDER BY valid_from")
    assert spans == [("2014-01-01", "2014-04-01", 3), ("2014-04-01", "9999-12-31", 2)]
    people = rows_of(tmp_path, "SELECT name, id_number FROM person ORDER BY id")
    assert people == [("沈阿大", ONE), ("王氏", None), ("沈小二", TWO)]
    paired = "SELECT name, role, valid_from, valid_to FROM pairing JOIN cadre ON cadre.id = cadre_id"
    assert set(rows_of(tmp_path, paired)) == {
        ("孙一", "协助", "2014-02-01", "2014-04-01"),
        ("孙一", "第一责任人", "2014-04-01", "9999-12-31"),
        ("李二", "第一责任人", "2014-01-01", "2014-04-01"),
        ("李二", "协助", "2014-04-01", "9999-12-31"),
    }
    assert rows_of(tmp_path, "SELECT count(*), count(DISTINCT household_id) FROM visit") == [(2, 1)]
    assert run("household", "show", "B001", "--json").json["household"]["household_no"] == "A001"
    assert listed(run) == []
    assert run("undo").code == 0
    assert record(tmp_path) == before


def test_rosters_that_made_the_duplicate_bring_nothing_back(twice: Take, run: Run, tmp_path: Path) -> None:
    run("duplicates", "merge", "A001", "B001", "-y")
    before = record(tmp_path)
    again = twice(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), options=("--as-of", "2014-04-01"))
    assert counts(again) == (0, 0, 1, 0)
    again = twice(
        HOUSEHOLD_HEADER, family("B001", "沈阿大", WRONG, 家庭人口=3), options=("--as-of", "2014-04-01")
    )
    assert (counts(again), codes(again)["F2"]) == ((0, 0, 1, 0), "J420")
    members = [
        ("B001", "王氏", "配偶", "", "大病", None, None, "是"),
        ("B001", "沈小二", "子", TWO, None, None, None, None),
    ]
    again = twice(MEMBER_HEADER, *members, options=("--as-of", "2014-04-01"))
    assert (counts(again), codes(again)["E2"]) == ((0, 0, 2, 0), "J420")
    twice(PAIR_HEADER, ("B001", "李二", "民政局", "科员", "第一责任人", "2014-01-01"))
    twice(VISIT_HEADER, ("2014-05-01", "B001", "孙一", "民政局", "走访", "B001"))
    assert {**record(tmp_path), "visit": 0} == {**before, "visit": 0}
    assert rows_of(tmp_path, "SELECT count(*) FROM visit") == [(2,)]


def test_what_a_later_roster_says_is_news_even_under_the_old_number(
    twice: Take, run: Run, tmp_path: Path
) -> None:
    run("duplicates", "merge", "A001", "B001", "-y")
    file = twice(
        HOUSEHOLD_HEADER, family("B001", "沈阿大", WRONG, 家庭人口=5), options=("--as-of", "2014-04-01")
    )
    assert counts(file) == (0, 1, 0, 0)
    assert rows_of(tmp_path, "SELECT household_no FROM household") == [("A001",)]


def test_kept_apart_for_good(twice: Take, run: Run, tmp_path: Path) -> None:
    before = record(tmp_path)
    done = run("duplicates", "keep-apart", "B001", "a001", "--because", "堂兄弟")
    assert (done.code, listed(run)) == (0, [])
    settled = run("duplicates", "--settled", "--json").json["settled"]
    assert (settled[0]["day"], settled[0]["reasons"]) == ("2014-06-30", ["堂兄弟"])
    assert "堂兄弟" in run("duplicates", "--settled").out
    assert run("duplicates", "merge", "A001", "B001", "-y").code == 1
    assert run("duplicates", "keep-apart", "A001", "B001").code == 1
    assert run("undo").code == 0
    assert record(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("A001", "Z999"), 5, "Z999"),
        (("A001", "A001"), 1, "同一个编号"),
        (("A001", "C00001"), 1, "A001是家庭，C00001是干部"),
        (("A001", "P1"), 1, "A001是家庭，P1是人员"),
    ],
)
def test_what_cannot_be_merged_is_refused_in_words(
    twice: Take, run: Run, words: tuple[str, str], code: int, told: str
) -> None:
    done = run("duplicates", "merge", *words, "-y")
    assert (done.code, told in done.err) == (code, True)


def test_two_with_valid_different_numbers_are_two(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "沈阿大", TWO))
    assert listed(run) == []
    done = run("duplicates", "merge", "A001", "A002", "-y")
    assert (done.code, "不是同一户" in done.err) == (1, True)
    assert run("duplicates", "merge", "P1", "P2", "-y").code == 1


def test_what_is_merged_already_is_told(twice: Take, run: Run) -> None:
    run("duplicates", "merge", "A001", "B001", "-y")
    done = run("duplicates", "merge", "A001", "B001", "-y")
    assert (done.code, "已经合并" in done.err) == (1, True)


PERSONS = "SELECT id, name, id_number, birth FROM person ORDER BY id"
MEMBER_WITH_BIRTH = ("户编号", "姓名", "与户主关系", "身份证号", "出生日期", "健康状况")
STAFF = ("干部编号", "姓名", "单位", "职务", "身份证号", "联系电话")


def test_a_person_in_two_households_becomes_one(take: Take, run: Run, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "朱水根", ""))
    rows = (
        ("A001", "沈小二", "子", "", "1980-05-05", None),
        ("A002", "沈小二", "其他", TWO[:16], "1980-05-05", "大病"),
    )
    take(MEMBER_WITH_BIRTH, rows[0])
    file = take(MEMBER_WITH_BIRTH, rows[1])
    assert codes(file)["B2"] == "J416"
    assert "P000003（沈小二）姓名、出生日期相同" in next(
        each["message"] for each in file["problems"] if each["code"] == "J416"
    )
    assert listed(run) == [("人员", {"P000003", "P000004"}, ("姓名、出生日期相同",))]
    before = record(tmp_path)
    assert run("duplicates", "merge", "P3", "p000004", "-y").code == 0
    assert rows_of(tmp_path, "SELECT household_id, relation FROM membership WHERE person_id = 3") == [
        (1, "子")
    ]
    assert rows_of(tmp_path, "SELECT health FROM person_span WHERE person_id = 3") == [("大病",)]
    merged = record(tmp_path)
    assert counts(take(MEMBER_WITH_BIRTH, rows[0])) == (0, 0, 1, 0)
    again = take(MEMBER_WITH_BIRTH, rows[1])
    assert (counts(again), codes(again)["B2"]) == ((0, 0, 0, 1), "J407")
    assert record(tmp_path) == merged
    assert run("undo").code == 0
    assert record(tmp_path) == before


def test_a_right_number_goes_before_a_wrong_one(take: Take, run: Run, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", WRONG), family("B001", "沈阿大", ONE))
    run("duplicates", "merge", "A001", "B001", "-y")
    assert rows_of(tmp_path, PERSONS) == [(1, "沈阿大", ONE, "1950-01-01")]
    again = take(HOUSEHOLD_HEADER, family("A001", "沈阿大", WRONG), family("B002", "沈阿大", ONE))
    assert counts(again)[:2] == (0, 0)
    assert rows_of(tmp_path, PERSONS) == [(1, "沈阿大", ONE, "1950-01-01")]


def test_a_person_who_heads_a_household_is_not_taken_from_it(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE), family("A002", "朱水根", ""))
    take(MEMBER_HEADER, ("A001", "朱水根", "父", "", None, None, None, None))
    done = run("duplicates", "merge", "P3", "P2", "-y")
    assert (done.code, "P000002是A002的户主" in done.err, "merge P000002 P000003" in done.err) == (
        1,
        True,
        True,
    )
    done = run("duplicates", "merge", "P2", "P1", "-y")
    assert (done.code, "duplicates merge A002 A001" in done.err) == (1, True)
    assert run("duplicates", "merge", "P2", "P3", "-y").code == 0
    assert run("household", "show", "A001", "--json").json["household"]["persons"][0]["name"] == "沈阿大"


def test_a_head_becomes_a_member_where_the_heads_are_two_persons(
    take: Take, run: Run, tmp_path: Path
) -> None:
    header = (*HOUSEHOLD_HEADER, "银行账号")
    account = "6228480000000000005"
    take(header, (*family("A001", "沈阿大", ONE), account), options=("--as-of", "2014-04-01"))
    take(header, (*family("B001", "王氏", ""), account), options=("--as-of", "2014-01-01"))
    assert listed(run) == [("家庭", {"A001", "B001"}, ("银行账号相同",))]
    done = run("duplicates", "merge", "A001", "B001", "-y")
    assert "王氏成为这一户的成员" in done.out
    heads = "SELECT name, relation, valid_from, valid_to FROM membership JOIN person ON person.id = person_id"
    assert set(rows_of(tmp_path, heads)) == {
        ("沈阿大", "户主", "2014-04-01", "9999-12-31"),
        ("王氏", "户主", "2014-01-01", "2014-04-01"),
        ("王氏", None, "2014-04-01", "9999-12-31"),
    }


def test_a_member_of_whom_several_spans_are_on_record_keeps_them_all(
    twice: Take, run: Run, tmp_path: Path
) -> None:
    later = ("B001", "沈小二", "子", TWO, None, None, None, "否")
    take = twice(MEMBER_HEADER, later, options=("--as-of", "2014-06-01"))
    assert counts(take) == (0, 1, 0, 0)
    assert run("duplicates", "merge", "A001", "B001", "-y").code == 0
    spans = "SELECT covered, valid_from, valid_to FROM membership JOIN person ON person.id = person_id"
    assert rows_of(tmp_path, f"{spans} WHERE name = '沈小二' ORDER BY valid_from") == [
        (None, "2014-04-01", "2014-06-01"),
        (0, "2014-06-01", "9999-12-31"),
    ]


def test_awards_of_one_item_and_month_are_not_paid_twice(twice: Take, run: Run, tmp_path: Path) -> None:
    assert run("subsidy", "compute", "--month", "2014-05").code == 0
    before = rows_of(tmp_path, "SELECT item, period FROM award ORDER BY 1, 2")
    assert len(before) == 2 * len(set(before)) > 0
    done = run("duplicates", "merge", "A001", "B001", "-y", "--json")
    assert [note for note in done.json["merge"]["notes"] if "2014-05" in note]
    assert sorted(rows_of(tmp_path, "SELECT item, period FROM award")) == sorted(set(before))


def test_a_cadre_under_two_units_becomes_one(take: Take, run: Run, tmp_path: Path) -> None:
    phone = "13800000001"
    first, second = (
        ("K1", "孙一", "民政局", "科员", "", phone),
        ("K2", "孙一", "教育局", "副局长", TWO, phone),
    )
    take(STAFF, first, options=("--as-of", "2014-02-01"))
    file = take(STAFF, second, options=("--as-of", "2014-01-01"))
    assert codes(file)["B2"] == "J416"
    assert listed(run) == [("干部", {"K1", "K2"}, ("姓名、电话相同",))]
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    pair = ("户编号", "干部编号", "结对干部", "单位", "职务", "结对职责", "结对时间")
    take(pair, ("A001", "K1", "孙一", "民政局", "科员", "协助", "2014-04-01"))
    take(pair, ("A001", "K2", "孙一", "教育局", "副局长", "第一责任人", "2014-04-01"))
    visit = ("走访日期", "户编号", "走访干部", "走访人单位", "走访方式")
    take(
        visit,
        ("2014-05-01", "A001", "孙一", "民政局", "走访"),
        ("2014-05-02", "A001", "孙一", "教育局", "走访"),
    )
    before = record(tmp_path)
    assert run("duplicates", "merge", "K1", "K2", "-y").code == 0
    assert rows_of(tmp_path, "SELECT cadre_no, id_number FROM cadre") == [("K1", TWO)]
    assert rows_of(tmp_path, "SELECT role, valid_from FROM pairing") == [("第一责任人", "2014-04-01")]
    assert rows_of(tmp_path, "SELECT count(*), count(DISTINCT cadre_id) FROM visit_cadre") == [(2, 1)]
    merged = record(tmp_path)
    assert run("cadre", "show", "K2", "--json").json["cadre"]["cadre_no"] == "K1"
    assert counts(take(STAFF, first, options=("--as-of", "2014-02-01"))) == (0, 0, 1, 0)
    assert counts(take(STAFF, second, options=("--as-of", "2014-01-01"))) == (0, 0, 1, 0)
    take(pair, ("A001", "K2", "孙一", "教育局", "副局长", "第一责任人", "2014-04-01"))
    take(visit, ("2014-05-02", "A001", "孙一", "教育局", "走访"))
    assert record(tmp_path) == merged
    assert run("undo").code == 0
    assert record(tmp_path) == before


def test_whom_the_duplicate_was_kept_apart_from_the_record_is_too(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, *(family(f"A00{number}", "沈阿大", "") for number in (1, 2, 3)))
    assert len(listed(run)) == 3
    assert run("duplicates", "keep-apart", "A002", "A003").code == 0
    assert run("duplicates", "merge", "A001", "A002", "-y").code == 0
    assert listed(run) == []
    assert run("duplicates", "merge", "A001", "A003", "-y").code == 1


def test_a_number_of_two_kinds_asks_which(take: Take, run: Run) -> None:
    take(HOUSEHOLD_HEADER, family("K1", "沈阿大", ""), family("K2", "沈阿大", ""))
    take(STAFF, ("K1", "孙一", "民政局", "科员", "", ""), ("K2", "孙一", "教育局", "科员", "", ""))
    done = run("duplicates", "merge", "K1", "K2", "-y")
    assert (done.code, "--kind" in done.err) == (5, True)
    assert run("duplicates", "merge", "K1", "K2", "-y", "--kind", "干部").code == 0
    assert run("duplicates", "merge", "K1", "K2", "-y", "--kind", "单位").code == 2
    assert run("cadre", "list", "--json").json["cadres"][0]["cadre_no"] == "K1"


def test_a_new_namesake_in_the_village_is_warned_of_and_a_stranger_is_not(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ""))
    file = take(HOUSEHOLD_HEADER, family("A002", "沈阿大", ""), family("A003", "朱水根", ""))
    assert [(each["cell"], each["code"]) for each in file["problems"] if each["code"] == "J416"] == [
        ("D2", "J416")
    ]
    assert "与A001（沈阿大）户主姓名、镇村相同" in file["problems"][0]["message"]
    assert counts(file) == (2, 0, 0, 0)
    assert codes(take(HOUSEHOLD_HEADER, family("A002", "沈阿大", ""))) == {}


def test_nothing_suspected_is_said(run: Run, take: Take) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", ONE))
    assert "没有疑似重复的" in run("duplicates").out
    assert "没有定为两个的" in run("duplicates", "--settled").out
    assert run("duplicates", "--json", "merge", "A001", "A002").code == 2
