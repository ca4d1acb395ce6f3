"""`jiemin subsidy runs`, `approve` and `void`: from the draft to what stands, and back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.families import LOW, RURAL, URBAN, add_families, add_run_of_arrears, change_family
from support.terminals import Terminal

from jiemin.storage.database import open_database

Run = Callable[..., Any]
UNKNOWN = {**RURAL, "covered": None}


@pytest.fixture
def drafts(run: Run, tmp_path: Path) -> Run:
    """H001 rural, H002 low-income, H003 urban: June and 2014 are computed, as F000001 and F000002."""
    fill(tmp_path, RURAL, LOW, URBAN)
    assert run("subsidy", "compute").code == 0
    return run


def fill(folder: Path, *more: Any, first: int = 1) -> None:
    with open_database(folder / "jiemin.db", create=True) as database:
        add_families(database, *more, first=first)


def asked(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "jiemin.db")) as connection:
        return connection.execute(sql).fetchall()


def statuses(run: Run) -> dict[str, str]:
    return {each["run_no"]: each["status"] for each in run("subsidy", "runs", "--json").json["runs"]}


def test_without_a_run_the_list_says_how_to_begin(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, RURAL)
    ran = run("subsidy", "runs")
    assert (ran.code, ran.out, ran.err) == (0, "还没有计算过补助；先计算：jiemin subsidy compute\n", "")


def test_runs_are_listed_with_their_sums_from_the_draft_on(drafts: Run) -> None:
    assert [line.split() for line in drafts("subsidy", "runs").out.splitlines()] == [
        "编号 种类 时段 状态 户数 应发 应退 计算日期 批准日期 作废日期 原因".split(),
        "F000001 发放 2014-06 草稿 2 2,208元 2014-06-30".split(),
        "F000002 发放 2014 草稿 1 1,100元 2014-06-30".split(),
        ["共2批"],
        ["草稿2批，核对无误再批准：jiemin", "subsidy", "approve", "F000001"],
    ]
    drafts("subsidy", "approve", "2014-06", "-y")
    drafts("subsidy", "void", "F000002", "--reason", "标准录错了")
    month, year = drafts("subsidy", "runs", "--json").json["runs"]
    assert month == {
        "run_no": "F000001",
        "kind": "发放",
        "period": "2014-06",
        "status": "已批准",
        "households": 2,
        "paid_fen": 220800,
        "owed_back_fen": 0,
        "computed_on": "2014-06-30",
        "approved_on": "2014-06-30",
        "voided_on": None,
        "void_reason": None,
    }
    assert (year["status"], year["voided_on"], year["void_reason"]) == ("已作废", "2014-06-30", "标准录错了")


def test_approving_shows_the_sums_and_freezes_them(drafts: Run, tmp_path: Path) -> None:
    ran = drafts("subsidy", "approve", "2014-06", "-y")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split() for line in ran.out.splitlines()] == [
        ["F000001", "2014年6月发放", "2014-06-30计算"],
        ["项目", "户数", "应发", "应退"],
        ["低保金", "2", "2,208元", "0元"],
        ["已批准F000001；发放清单：jiemin", "subsidy", "pay-list", "F000001", "--out", "发放清单.xlsx"],
    ]
    totals = "SELECT status, approved_on, households, paid_fen, owed_back_fen FROM subsidy_run WHERE id = 1"
    assert asked(tmp_path, totals) == [("已批准", "2014-06-30", 2, 220800, 0)]
    again = drafts("subsidy", "compute", "--month", "2014-06")
    assert (again.code, "2014年6月的补助已经批准（F000001，2014-06-30），不再重算" in again.err) == (1, True)


def test_a_book_that_changes_no_amount_turns_none(drafts: Run, tmp_path: Path) -> None:
    value = "from = 2014-01-01\nissued = 2014-01-01\nvalue = 8000\n"
    source = 'document = "市发1号"\nclause = "三"\nbasis = "existing"\n'
    text = f"[housing.grant.d]\n[[housing.grant.d.values]]\n{value}{source}"
    (tmp_path / "县.toml").write_text(text, encoding="utf-8")
    ran = drafts("--policy", "县.toml", "subsidy", "approve", "2014-06", "-n", "--json")
    assert ran.json["approval"]["turned"] == 0
    with open_database(tmp_path / "jiemin.db") as database:
        change_family(database, 1, date(2014, 6, 1), income_fen=40000)
    assert drafts("subsidy", "approve", "2014-06", "-n", "--json").json["approval"]["turned"] == 1


@pytest.mark.parametrize(
    "name", ["f1", "Ｆ１", "2014年6月", "201406", "二〇一四年六月", " 2014-06 ", "２０１４-０６"]
)
def test_a_run_is_known_by_its_short_number_and_by_its_month_in_words(drafts: Run, name: str) -> None:
    told = drafts("subsidy", "approve", name, "-n", "--json").json["approval"]
    assert told["run_no"] == "F000001"
    assert drafts("subsidy", "approve", "2014年", "-n", "--json").json["approval"]["run_no"] == "F000002"


def test_what_is_no_run_is_told_without_its_digits(drafts: Run) -> None:
    for name in ("330425198001011234", "", "F", "2014-13", "2014-06-01", "1", "F99999999999999999999"):
        ran = drafts("subsidy", "approve", name, "-n")
        assert (ran.code, ran.out) == (5, "")
        assert "330425198001011234" not in ran.err


def test_a_reason_is_told_without_its_digits(drafts: Run) -> None:
    drafts("subsidy", "void", "2014-06", "--reason", "重了 330425198001011234")
    assert "330425198001011234" not in drafts("subsidy", "runs", "--json").out


def test_when_all_is_approved_nothing_else_is_said_to_be_wrong(drafts: Run) -> None:
    drafts("subsidy", "approve", "2014-06", "-y")
    drafts("subsidy", "approve", "2014", "-y")
    ran = drafts("subsidy", "compute")
    assert ran.code == 0
    assert "已经批准（F000001），不再重算" in ran.out
    assert "导入名册" not in ran.out


def test_approving_before_the_end_says_what_that_means(drafts: Run) -> None:
    told = "2014年还没有过完：今天在册的户按今天的情况定下，以后离开、变化的不补也不退"
    assert told in drafts("subsidy", "approve", "2014", "-n").out
    assert "还没有过完" not in drafts("subsidy", "approve", "2014-06", "-n").out


def test_nobody_there_to_ask_means_no(drafts: Run) -> None:
    ran = drafts("subsidy", "approve", "F000001")
    assert ran.code == 1
    assert "批准F000001：这里不能问，什么都没有写入" in ran.err
    assert statuses(drafts)["F000001"] == "草稿"


@pytest.mark.parametrize(("answer", "status"), [("", "草稿"), ("y", "已批准")])
def test_a_person_at_the_terminal_is_asked(
    drafts: Run, monkeypatch: pytest.MonkeyPatch, answer: str, status: str
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal([answer]))
    ran = drafts("subsidy", "approve", "2014-06")
    assert ran.code == 0
    assert "批准F000001？" in ran.err
    assert ("没有批准，什么都没有写入" in ran.out) == (status == "草稿")
    assert statuses(drafts)["F000001"] == status


def test_amounts_that_changed_while_the_person_thought_are_not_approved(
    drafts: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> None:
        fill(tmp_path, RURAL, first=4)
        assert drafts("subsidy", "compute", "--month", "2014-06").code == 0

    monkeypatch.setattr("sys.stdin", Terminal(["y"], meanwhile))
    ran = drafts("subsidy", "approve", "2014-06")
    assert (ran.code, "F000001的金额刚刚变了，没有批准" in ran.err) == (1, True)
    assert statuses(drafts)["F000001"] == "草稿"


def test_a_trial_approval_writes_nothing(drafts: Run, tmp_path: Path) -> None:
    before = (tmp_path / "jiemin.db").read_bytes()
    ran = drafts("subsidy", "approve", "f000001", "-n")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "这是试看，什么都没有写入")
    told = drafts("subsidy", "approve", "2014-06", "-n", "--json").json["approval"]
    assert (told["status"], told["written"], told["paid_fen"]) == ("草稿", False, 220800)
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_households_that_lack_facts_are_counted_and_end_with_four(drafts: Run, tmp_path: Path) -> None:
    fill(tmp_path, UNKNOWN, first=4)
    ran = drafts("subsidy", "approve", "2014-06", "-y")
    assert ran.code == 4
    told = "有1户的补助缺少资料、算不出，那几笔不在这一批里：jiemin subsidy list --month 2014-06"
    assert told in ran.out.splitlines()
    assert statuses(drafts)["F000001"] == "已批准"


def test_a_draft_that_says_something_else_by_now_is_told(drafts: Run, tmp_path: Path) -> None:
    fill(tmp_path, RURAL, first=4)
    ran = drafts("subsidy", "approve", "2014-06", "-y", "--json")
    told = ran.json["approval"]
    assert (ran.code, told["turned"], told["missing"], told["status"]) == (0, 1, 0, "已批准")
    drafts("undo")
    shown = drafts("subsidy", "approve", "2014-06", "-n").out
    assert "有1笔会变；要按现在的发，先重算：jiemin subsidy compute --month 2014-06" in shown


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("approve", "F000009", "-y"), 5, "没有“F000009”这一批"),
        (("approve", "2014-05", "-y"), 5, "jiemin subsidy compute --month 2014-05"),
        (("approve", "2013", "-y"), 5, "2013年的补助还没有计算"),
        (("void", "F000009", "--reason", "错"), 5, "jiemin subsidy runs"),
        (("void", "F000001", "--reason", " "), 2, "--reason写得不对：不能是空的"),
        (("void", "F000001"), 2, "--reason"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    drafts: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = drafts("subsidy", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_what_is_settled_is_not_settled_again(drafts: Run) -> None:
    assert drafts("subsidy", "approve", "2014", "-y").code == 0
    again = drafts("subsidy", "approve", "F000002", "-y")
    assert (again.code, "F000002在2014-06-30已经批准" in again.err) == (1, True)
    voided = drafts("subsidy", "void", "F000002", "--reason", "发错了")
    assert voided.out.splitlines() == [
        "已作废F000002（2014年发放，原来已批准）；可用 jiemin undo 撤销",
        "重新计算：jiemin subsidy compute --year 2014",
    ]
    assert voided.err == "提醒：这一批批准过，已经发出去的钱和清单要另行追回\n"
    twice = drafts("subsidy", "void", "F000002", "--reason", "发错了")
    assert (twice.code, "F000002在2014-06-30已经作废" in twice.err) == (1, True)
    revived = drafts("subsidy", "approve", "F000002", "-y")
    assert (revived.code, "F000002已经作废，不能批准" in revived.err) == (1, True)


def test_an_empty_draft_is_not_approved(run: Run, tmp_path: Path) -> None:
    fill(tmp_path, RURAL)
    run("subsidy", "compute", "--month", "2014-06")
    with open_database(tmp_path / "jiemin.db") as database:
        change_family(database, 1, date(2014, 6, 1), covered=None)
    run("subsidy", "compute", "--month", "2014-06")
    ran = run("subsidy", "approve", "2014-06", "-y")
    assert (ran.code, "F000001里没有一笔补助" in ran.err) == (1, True)


def test_a_void_run_stays_on_record_and_counts_nowhere(drafts: Run, tmp_path: Path) -> None:
    drafts("subsidy", "approve", "2014-06", "-y")
    assert drafts("subsidy", "void", "2014-06", "--reason", "标准录错了").code == 0
    kept = "SELECT count(*) FROM award WHERE run_id = 1"
    assert asked(tmp_path, kept) == [(2,)]
    assert drafts("subsidy", "list", "--month", "2014-06", "--json").json["awards"] == []
    assert drafts("household", "show", "H001", "--json").json["household"]["awards"] == []
    assert "最近算到2014，1批还没有批准" in drafts("status").out
    assert drafts("status", "--json").json["latest_award"] == "2014"
    explained = drafts("subsidy", "explain", "H001", "--month", "2014-06", "--json").json["awards"]
    assert [each["draft"] for each in explained] == [True]
    assert drafts("subsidy", "compute", "--month", "2014-06").code == 0
    assert statuses(drafts) == {"F000001": "已作废", "F000002": "草稿", "F000003": "草稿"}
    assert asked(tmp_path, kept) == [(2,)]
    listed = drafts("subsidy", "list", "--month", "2014-06", "--json").json["awards"]
    assert [(each["household_no"], each["run_no"], each["approved"]) for each in listed] == [
        ("H001", "F000003", False),
        ("H003", "F000003", False),
    ]


def test_the_list_and_the_household_tell_whether_it_is_approved(drafts: Run) -> None:
    assert "批次F000001：草稿，批准：jiemin subsidy approve F000001" in drafts("subsidy", "list").out
    drafts("subsidy", "approve", "2014-06", "-y")
    assert "批次F000001：已经批准" in drafts("subsidy", "list").out
    assert "补助：低保金 2014-06 948元，比提标前增加48元，已批准" in drafts("household", "show", "H001").out


def test_an_event_tells_drafts_from_what_is_approved(drafts: Run) -> None:
    drafts("subsidy", "approve", "2014-06", "-y")
    leaving = ("household", "exit", "H001", "--reason", "脱贫", "--on", "2014-06-15", "-n")
    approved = drafts(*leaving).out
    assert "补助已批准1笔，差额请用 jiemin subsidy arrears 补发或追回" in approved
    assert "jiemin subsidy compute" not in approved
    drafts("undo")
    assert "补助已算了1笔，请用 jiemin subsidy compute 重新计算" in drafts(*leaving).out


def test_an_event_after_the_approval_of_a_running_year_is_no_matter_of_arrears(drafts: Run) -> None:
    drafts("subsidy", "approve", "2014", "-y")
    leaving = ("household", "exit", "H002", "--reason", "脱贫", "-n", "--on")
    assert "已批准1笔" in drafts(*leaving, "2014-06-30").out
    assert "subsidy arrears" not in drafts("--today", "2014-07-20", *leaving, "2014-07-10").out


def test_each_step_is_taken_back_and_told_in_the_log(drafts: Run, tmp_path: Path) -> None:
    drafts("subsidy", "approve", "2014-06", "-y")
    drafts("subsidy", "void", "2014-06", "--reason", "错了")
    assert "作废补助" in drafts("log").out
    assert "补助批次：F000001" in drafts("log", "show", "3").out
    assert drafts("undo").code == 0
    assert statuses(drafts)["F000001"] == "已批准"
    assert drafts("undo").code == 0
    assert asked(tmp_path, "SELECT status, approved_on, paid_fen FROM subsidy_run WHERE id = 1") == [
        ("草稿", None, None)
    ]
    assert drafts("undo").code == 0
    assert asked(tmp_path, "SELECT count(*) FROM award") == [(0,)]
    assert statuses(drafts) == {}
    assert drafts("subsidy", "compute").code == 0
    assert statuses(drafts) == {"F000003": "草稿", "F000004": "草稿"}


def test_what_was_approved_is_not_taken_from_below(drafts: Run, tmp_path: Path) -> None:
    """Undoing a computation leaves alone what is approved or void by now."""
    fill(tmp_path, RURAL, first=4)
    drafts("subsidy", "compute")  # adds H004 to the draft
    drafts("subsidy", "approve", "2014-06", "-y")
    before = asked(tmp_path, "SELECT * FROM award")
    for number in ("2", "4"):
        ran = drafts("undo", number)
        year = number == "2"
        assert ran.code == (0 if year else 1)
        assert asked(tmp_path, "SELECT * FROM award WHERE run_id = 1") == [
            row for row in before if row[1] == 1
        ]
    assert statuses(drafts) == {"F000001": "已批准"}
    drafts("subsidy", "void", "2014-06", "--reason", "错了")
    assert drafts("undo", "4").code == 1
    assert len(asked(tmp_path, "SELECT * FROM award WHERE run_id = 1")) == 3


def test_a_run_taken_back_does_not_return_beside_its_successor(drafts: Run, tmp_path: Path) -> None:
    drafts("undo")
    drafts("subsidy", "compute")
    back = drafts("undo", "3")
    assert (back.code, "没有可以撤销的" in back.err) == (1, True)
    assert statuses(drafts) == {"F000003": "草稿", "F000004": "草稿"}
    drafts("subsidy", "void", "F000003", "--reason", "错了")
    drafts("subsidy", "compute")
    assert drafts("undo", "5").code == 1
    assert statuses(drafts)["F000003"] == "已作废"


class TestArrears:
    """A run of arrears, as a look for differences leaves it: H001 gets 20 元, H003 owes 5 元."""

    @pytest.fixture
    def arrears(self, drafts: Run, tmp_path: Path) -> Run:
        drafts("subsidy", "approve", "2014-06", "-y")
        with open_database(tmp_path / "jiemin.db") as database:
            add_run_of_arrears(
                database, "2014-06", (1, "2014-06", 96800, 94800), (3, "2014-06", 125500, 126000)
            )
        return drafts

    def test_they_are_approved_with_what_is_owed_back_apart(self, arrears: Run) -> None:
        ran = arrears("subsidy", "approve", "F000003", "-y")
        assert (ran.code, ran.err) == (0, "")
        lines = [line.split() for line in ran.out.splitlines()]
        assert lines[0][:2] == ["F000003", "截至2014年6月补发"]
        assert lines[2] == ["低保金", "1", "20元", "5元"]
        told = arrears("subsidy", "runs", "--json").json["runs"][2]
        assert (told["kind"], told["paid_fen"], told["owed_back_fen"]) == ("补发", 2000, 500)

    def test_the_run_they_rest_on_stays(self, arrears: Run) -> None:
        arrears("subsidy", "approve", "F000003", "-y")
        refused = arrears("subsidy", "void", "2014-06", "--reason", "错了")
        assert refused.code == 1
        assert "F000001（2014年6月）已有批准的补发批次F000003，不能作废" in refused.err
        assert "jiemin subsidy void F000003" in refused.err
        undone = arrears("undo", "3")
        assert (undone.code, "不能作废或退回草稿" in undone.err) == (1, True)
        assert arrears("subsidy", "void", "F000003", "--reason", "错了").code == 0
        assert arrears("subsidy", "void", "2014-06", "--reason", "错了").code == 0

    def test_a_difference_from_what_is_paid_no_more_is_not_approved(self, arrears: Run) -> None:
        arrears("subsidy", "void", "2014-06", "--reason", "错了")
        refused = arrears("subsidy", "approve", "F000003", "-y")
        assert (refused.code, "F000003有2笔差额已不符" in refused.err) == (1, True)
        assert statuses(arrears)["F000003"] == "草稿"

    def test_nothing_is_paid_twice_by_bringing_back_a_void_one(self, arrears: Run, tmp_path: Path) -> None:
        arrears("subsidy", "approve", "F000003", "-y")
        arrears("subsidy", "void", "F000003", "--reason", "错了")
        with open_database(tmp_path / "jiemin.db") as database:
            add_run_of_arrears(database, "2014-06", (1, "2014-06", 96800, 94800))
        assert arrears("subsidy", "approve", "F000004", "-y").code == 0
        last = max(each["action"] for each in arrears("log", "--json").json["actions"])
        voided = next(
            each["action"]
            for each in arrears("log", "--json").json["actions"]
            if each["command"] == "subsidy void"
        )
        refused = arrears("undo", str(voided))
        assert (refused.code, "F000003有1笔差额已不符" in refused.err) == (1, True)
        assert arrears("undo", str(last)).code == 0
        assert arrears("undo", str(voided)).code == 0
