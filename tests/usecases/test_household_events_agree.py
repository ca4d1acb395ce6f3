"""After an event all lists and counts go by the dated rows: what was before it stays as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.families import BOOK, RURAL, add_families, awards, compute
from support.small_county import small_county
from support.stored_county import PLACES, STAMP, TODAY, happened, stored_county

from jiemin.domain.codes import HouseholdClass, HouseholdStatus, Sex
from jiemin.domain.indicators import QuarterReport
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import Month, Quarter
from jiemin.domain.visits import QuarterVisits
from jiemin.storage.database import Database, open_database
from jiemin.usecases.build_report import build_report
from jiemin.usecases.household_events.birth import birth
from jiemin.usecases.household_events.death import die
from jiemin.usecases.household_events.heading import OldHead, change_head
from jiemin.usecases.household_events.helpers import Act, happen
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.leaving import come_back, leave
from jiemin.usecases.household_events.marriage import Into, marry_in, marry_into, marry_out
from jiemin.usecases.household_events.members import come_in, go_away
from jiemin.usecases.household_events.moving import move
from jiemin.usecases.household_events.newcomer import Newcomer
from jiemin.usecases.household_events.reclassing import NewClass, reclass
from jiemin.usecases.household_events.splitting import SplitOff, split
from jiemin.usecases.household_file import show_household
from jiemin.usecases.household_history import household_history
from jiemin.usecases.look_up import HouseholdFilter, list_households
from jiemin.usecases.quarter_facts import QuarterRecord, judge_quarter

SPRING, SUMMER = Quarter(2014, 2), Quarter(2014, 3)
DEATH, STOPPED = HouseholdStatus.DECEASED, HouseholdStatus.STOPPED
CHILD = Newcomer("小宝", Sex.MALE, date(2014, 7, 1))
SPLIT = split("A4", SplitOff(("子A4", "女A4"), "子A4"), PLACES)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with stored_county(tmp_path / "x.db") as opened:
        yield opened


def judged(database: Database, quarter: Quarter, today: date = TODAY) -> tuple[QuarterRecord, QuarterVisits]:
    return judge_quarter(database, quarter, today)


def spring(database: Database) -> tuple[QuarterVisits, QuarterReport]:
    """The second quarter as judged and as reported; until when a household was in the work is no part of
    the report, though its lines know it.

    The money of low-income families is that of the running year, so it goes by the persons of today.
    """
    report = build_report(database, BOOK, SPRING, TODAY).report
    lines = tuple(replace(each, household=replace(each.household, active=())) for each in report.pairings)
    missed = tuple(replace(each, household=replace(each.household, active=())) for each in report.not_visited)
    return judged(database, SPRING)[1], replace(report, pairings=lines, not_visited=missed)


def test_the_county_is_stored_as_it_is_told(database: Database) -> None:
    record, visits = judged(database, SPRING)
    told = small_county()
    assert {(each.household_no, each.household_class, each.active[-1].end) for each in record.households} == {
        (each.household_no, each.household_class, each.active[-1].end) for each in told.households
    }
    assert set(record.pairings) == set(told.pairings)
    assert visits.due == ("A1", "A2", "A5", "A7")
    assert visits.made == {"A1", "A2", "A5", "A7"} - {"A7"}


@pytest.mark.parametrize(
    "act",
    [
        leave("A1", STOPPED, "收入超标"),
        leave("A2", DEATH, "死亡"),
        come_back("A8"),
        move("A1", "乌镇镇某村", PLACES),
        change_head("A4", "配偶A4", OldHead("", DEATH)),
        SPLIT,
        join("A2", "A4"),
        join("A4", "A3"),
        birth("A1", CHILD),
        die("A6", "户主A6", ""),
        die("A2", "户主A2", "病故"),
        marry_in("A1", "子A1", Newcomer("朱梅")),
        marry_into("A4", "女A4", Into("A1")),
        marry_out("A4", "女A4"),
        come_in("A4", Newcomer("阿三"), "收养"),
        go_away("A4", "子A4", "入伍"),
        reclass("A1", NewClass(HouseholdClass.WUBAO), "复核"),
        reclass("A7", NewClass(HouseholdClass.RURAL_DIBAO, 1), "复核"),
    ],
    ids=[
        "exit",
        "death",
        "return",
        "move",
        "head",
        "split",
        "merge",
        "merge into an unpaired one",
        "birth",
        "death of the last",
        "death of the head",
        "marriage in",
        "marriage into",
        "marriage out",
        "joining",
        "leaving",
        "class",
        "class to be paired",
    ],
)
def test_the_quarter_before_stays_as_it_was(database: Database, act: Act) -> None:
    before = spring(database)
    happened(database, act)
    assert spring(database) == before


@pytest.mark.parametrize(
    ("act", "day", "due", "made"),
    [
        (leave("A1", STOPPED, "x"), date(2014, 6, 20), {"A2", "A5", "A7"}, {"A2", "A5"}),
        (move("A1", "乌镇镇某村", PLACES), date(2014, 6, 20), {"A1", "A2", "A5", "A7"}, {"A1", "A2", "A5"}),
        (
            change_head("A1", "配偶A1", OldHead("")),
            date(2014, 6, 20),
            {"A1", "A2", "A5", "A7"},
            {"A1", "A2", "A5"},
        ),
        # Paired since before June, the household split off in May answers for a visit of its own.
        (
            split("A2", SplitOff(("配偶A2",), "配偶A2"), PLACES),
            date(2014, 5, 20),
            {"A1", "A2", "A5", "A7", "H000009"},
            {"A1", "A2", "A5"},
        ),
        (join("A2", "A5"), date(2014, 6, 20), {"A1", "A5", "A7"}, {"A1", "A5"}),
        (die("A2", "配偶A2", ""), date(2014, 6, 20), {"A1", "A2", "A5", "A7"}, {"A1", "A2", "A5"}),
        (
            marry_into("A4", "女A4", Into("A1")),
            date(2014, 6, 20),
            {"A1", "A2", "A5", "A7"},
            {"A1", "A2", "A5"},
        ),
        # The helpers stay, and with them the visit owed.
        (
            reclass("A1", NewClass(HouseholdClass.WUBAO), "x"),
            date(2014, 6, 20),
            {"A1", "A2", "A5", "A7"},
            {"A1", "A2", "A5"},
        ),
    ],
    ids=["exit", "move", "head", "split", "merge", "death", "marriage", "class"],
)
def test_within_the_quarter_due_and_made_follow_the_one_rule(
    database: Database, act: Act, day: date, due: set[str], made: set[str]
) -> None:
    visits = judged(database, SPRING)[1]
    happened(database, act, day)
    after = judged(database, SPRING)[1]
    assert set(after.due) == due
    assert after.made == made
    assert {each.visit_no for each in (*after.counted, *after.extra, *after.phone)} == {
        each.visit_no for each in (*visits.counted, *visits.extra, *visits.phone)
    }
    assert after.times == visits.times


def test_lists_show_who_is_in_the_work_and_who_helps(database: Database) -> None:
    new = happened(database, SPLIT, date(2014, 7, 1)).households[1]
    happened(database, join("A2", "A5"))
    happened(database, leave("A1", STOPPED, "x"))
    listed = {each.state.household_no: each for each in list_households(database, TODAY, HouseholdFilter())}
    assert set(listed) == {"A3", "A4", "A5", "A6", "A7", new}
    assert [each.pairing.cadre_no for each in listed[new].helpers] == ["C3"]
    assert listed["A5"].state.size == 5
    before = list_households(database, date(2014, 7, 9), HouseholdFilter())
    assert {"A1", "A2"} <= {each.state.household_no for each in before}
    shown = show_household(database, new, TODAY)
    assert [(each.name, each.relation) for each in shown.members] == [("子A4", "户主"), ("女A4", "兄弟姐妹")]


def test_the_history_is_one_line_of_time(database: Database) -> None:
    happened(database, change_head("A1", "配偶A1", OldHead("", DEATH)), date(2014, 7, 1))
    happened(database, move("A1", "乌镇镇某村", PLACES), date(2014, 7, 2))
    happened(database, leave("A1", STOPPED, "收入超标"), date(2014, 7, 3))
    happened(database, come_back("A1"), date(2014, 7, 4))
    found = household_history(database, "A1", TODAY)
    assert [(str(each.day)[5:], each.subject, each.what, each.reason) for each in found.lines] == [
        ("01-01", "状态", "在册", ""),
        ("01-01", "类别", "城镇低保", ""),
        ("01-01", "住地", "梧桐街道某村", ""),
        ("01-01", "户主", "户主A1", ""),
        ("01-01", "成员", "加入：户主A1（户主）、配偶A1（配偶）、子A1（子）", ""),
        ("04-01", "结对", "干部C1（市民政局）开始，第一责任人", "自动结对"),
        ("04-01", "结对", "干部C2（市民政局）开始，协助", "自动结对"),
        ("07-01", "户主", "配偶A1", "死亡"),
        ("07-01", "成员", "离开：户主A1", "死亡"),
        ("07-02", "住地", "乌镇镇某村", "迁居"),
        ("07-03", "状态", "停保", "收入超标"),
        ("07-03", "结对", "干部C1（市民政局）结束，第一责任人，共93天", "收入超标"),
        ("07-03", "结对", "干部C2（市民政局）结束，协助，共93天", "收入超标"),
        ("07-04", "状态", "在册", "恢复在册"),
        ("07-04", "结对", "干部C1（市民政局）开始，第一责任人", "自动结对"),
    ]
    assert (found.visits, found.first_visit, found.last_visit) == (3, date(2014, 3, 31), date(2014, 5, 10))


def test_of_several_changes_on_one_day_each_keeps_its_reason(database: Database) -> None:
    day = date(2014, 7, 1)
    happened(database, change_head("A4", "配偶A4", OldHead("年老", DEATH)), day)
    happened(database, move("A4", "石门镇某村", PLACES), day)
    happened(database, change_head("A4", "子A4", OldHead("改嫁", HouseholdStatus.MOVED_OUT)), day)
    happened(database, split("A4", SplitOff(("女A4",), "女A4"), PLACES), day)
    lines = household_history(database, "A4", TODAY).lines
    assert [(each.what, each.reason) for each in lines if each.day == day] == [
        ("石门镇某村", "死亡，年老；迁居；改嫁；分户"),
        ("子A4", "死亡，年老"),
        ("离开：女A4", "分户"),
        ("离开：配偶A4", "改嫁"),
        ("离开：户主A4", "死亡，年老"),
    ]


def test_the_first_state_bears_the_reason_once_and_no_numbers(database: Database) -> None:
    happened(database, leave("A1", STOPPED, "电话13805730000查实"), date(2014, 7, 1))
    told = [(each.what, each.reason) for each in household_history(database, "A1", TODAY).lines]
    assert ("停保", "电话138****0000查实") in told
    assert told[-1][1] == "电话138****0000查实"
    new = happened(database, SPLIT, date(2014, 7, 1)).households[1]
    assert [(each.subject, each.reason) for each in household_history(database, new, TODAY).lines][:3] == [
        ("状态", "分户，从A4分出"),
        ("类别", ""),
        ("住地", ""),
    ]


def test_who_moves_between_households_leaves_one_and_joins_the_other(database: Database) -> None:
    new = happened(database, SPLIT, date(2014, 7, 1)).households[1]
    happened(database, join(new, "A4"), date(2014, 7, 5))
    told = [
        (str(each.day), each.what, each.reason) for each in household_history(database, "A4", TODAY).lines
    ]
    assert ("2014-07-01", "离开：子A4、女A4", "分户") in told
    assert ("2014-07-05", "加入：子A4（关系未填）、女A4（关系未填）", f"并户，{new}并入") in told
    ended = household_history(database, new, TODAY).lines
    assert [(each.what, each.reason) for each in ended if each.subject == "状态"] == [
        ("在册", "分户，从A4分出"),
        ("停保", "并户，并入A4"),
    ]


def test_why_somebody_came_is_in_the_history(database: Database) -> None:
    happened(database, birth("A1", CHILD), date(2014, 7, 1))
    happened(database, marry_in("A1", "子A1", Newcomer("朱梅")), date(2014, 7, 2))
    happened(database, marry_into("A4", "女A4", Into("A1"), reason="自愿"), date(2014, 7, 3))
    happened(database, reclass("A1", NewClass(HouseholdClass.RURAL_DIBAO), "农转非有误"), date(2014, 7, 4))
    lines = household_history(database, "A1", TODAY).lines
    assert [(each.what, each.reason) for each in lines if each.day >= date(2014, 7, 1)] == [
        ("加入：小宝（关系未填）", "出生"),
        ("加入：朱梅（儿媳）", "结婚"),
        ("加入：女A4（关系未填）", "结婚，自愿，女A4从A4来"),
        ("农村低保", "农转非有误"),
    ]
    assert ("离开：女A4", "结婚，自愿") in [
        (each.what, each.reason) for each in household_history(database, "A4", TODAY).lines
    ]


def test_subsidies_of_the_months_before_stay_and_later_ones_follow(tmp_path: Path) -> None:
    with open_database(tmp_path / "money.db", create=True) as database:
        add_families(database, RURAL)
        compute(database, month=Month(2014, 5), year=None)
        compute(database, month=Month(2014, 6), year=None)
        assert [each[2] for each in awards(database)] == ["2014-05", "2014-06"]
        act = leave("H001", STOPPED, "收入超标")
        happen(database, STAMP, act, date(2014, 6, 1), date(2014, 6, 30), PairingSettings())
        compute(database, month=Month(2014, 5), year=None)
        compute(database, month=Month(2014, 6), year=None)
        assert [each[2] for each in awards(database)] == ["2014-05"]
