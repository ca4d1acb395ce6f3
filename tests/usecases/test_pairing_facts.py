"""What pairing is told: everything that counts on a day, and why a pair must not be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, id_number, write_workbook

from jiemin.domain.codes import Role
from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import unit_field
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.policy.places_file import load_places
from jiemin.storage import pairing_runs
from jiemin.storage.database import Database, open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Pairing
from jiemin.usecases.cadre_changes import leave
from jiemin.usecases.import_workbook import import_files
from jiemin.usecases.list_pair_rules import end_rule, list_rules
from jiemin.usecases.pair_by_hand import end_pairing, pair_one
from jiemin.usecases.pair_households import PairingRequest, pair_all
from jiemin.usecases.pair_rules import bar_pair, declare_kin, pin_pair
from jiemin.usecases.pairing_facts import Gathered, gather
from jiemin.usecases.take_village import take_village

DAY, MAY = date(2014, 6, 30), date(2014, 5, 1)
STAMP = Stamp("2014-06-30T09:00:00", "clerk", "test")
WANGHU, WUZHEN = PlaceRef("石门镇", "石门镇/望湖村"), PlaceRef("乌镇镇", "")
XINQIAO = PlaceRef("梧桐街道", "梧桐街道/新桥社区")
OWN = household_rows(3)[2][4]
"""The head's number of A003, which is also 陆员's."""
CADRES = [
    (*CADRE_HEADER, "身份证号"),
    ("方局", "市民政局", "局长", "是", "石门镇", "望湖村", ""),
    ("顾员", "市卫生局", "科员", "否", "", "", ""),
    ("陆员", "市卫生局", "科员", "否", "乌镇镇", "", OWN),
    ("高市长", "市政府", "副市长", "是", "", "", ""),
]
UNITS = [("单位名称", "联系镇", "联系村"), ("市卫生局", "石门镇", "望湖村")]
Asked = Callable[..., Gathered]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Database]:
    """Three households and four cadres: A001 石门镇, A002 乌镇镇, A003 梧桐街道."""
    sheets = {"困难家庭": [HOUSEHOLD_HEADER, *household_rows(3)], "干部": CADRES, "单位": UNITS}
    enter(tmp_path, sheets)
    with open_database(tmp_path / "jiemin.db") as database:
        yield database


def enter(folder: Path, sheets: dict[str, Any], as_of: date | None = None) -> None:
    write_workbook(folder / "名册.xlsx", sheets)
    done = import_files(
        [folder / "名册.xlsx"], folder / "jiemin.db", STAMP, load_places(), today=DAY, as_of=as_of
    )
    assert not done.rejected_anything


def asked(database: Database, day: date = DAY, **more: Any) -> Gathered:
    with database.reading() as connection:
        return gather(connection, day, more.pop("settings", PairingSettings()), **more)


def household(gathered: Gathered, key: str) -> HouseholdFacts:
    return next(each for each in gathered.problem.households if each.key == key)


def cadre(gathered: Gathered, key: str) -> CadreFacts:
    return next(each for each in gathered.problem.cadres if each.key == key)


def paired(database: Database, number: str, name: str, role: Role | None = None, day: date = MAY) -> None:
    pair_one(database, STAMP, number, name, role, day, Rules())


def test_rules_and_costs_are_the_countys(county: Database) -> None:
    settings = PairingSettings(Rules(Mode.QUOTA, leader_max=2), Costs(elsewhere=45))
    problem = asked(county, settings=settings).problem
    assert (problem.rules, problem.costs) == (settings.rules, settings.costs)


def test_cadres_with_links_rank_and_the_villages_they_help(county: Database) -> None:
    paired(county, "A001", "顾员")
    paired(county, "A003", "顾员")
    gathered = asked(county)
    assert cadre(gathered, "C00001") == CadreFacts(
        "C00001", "市民政局", unit_field("市民政局"), True, 3, frozenset({WANGHU})
    )
    assert cadre(gathered, "C00002").links == {WANGHU, WUZHEN}
    assert cadre(gathered, "C00002").held == {WANGHU, XINQIAO}
    assert cadre(gathered, "C00003").links == {WUZHEN}
    assert cadre(gathered, "C00003").held == frozenset()
    assert cadre(gathered, "C00004").rank == 4


def test_a_household_out_of_the_question_takes_up_a_place(county: Database, tmp_path: Path) -> None:
    row = ("A009", "石门镇", "望湖村", "钱福林", "", 1, "五保", 1, 0)
    enter(tmp_path, {"困难家庭": [HOUSEHOLD_HEADER, row]})
    assert cadre(asked(county), "C00002").besides == 0
    paired(county, "A009", "顾员", day=DAY)
    gathered = asked(county)
    assert (cadre(gathered, "C00002").besides, cadre(gathered, "C00001").besides) == (1, 0)
    assert "C00002" not in {key for _, key in gathered.problem.kept}


def test_a_household_without_a_village_is_in_nobodys_villages(county: Database, tmp_path: Path) -> None:
    row = ("A009", "石门镇", "", "钱福林", "", 3, "农村低保", 2, 300)
    enter(tmp_path, {"困难家庭": [HOUSEHOLD_HEADER, row]})
    paired(county, "A009", "顾员", day=DAY)
    assert cadre(asked(county), "C00002").held == frozenset()


def test_the_unit_of_the_lead_who_left_a_household_alone(county: Database, tmp_path: Path) -> None:
    paired(county, "A001", "方局")
    paired(county, "A001", "顾员")
    assert household(asked(county), "A001").former_units == frozenset()
    end_pairing(county, STAMP, "A001", "方局", date(2014, 6, 2), "调离", DAY)
    moved = ("方局", "市财政局", "局长", "是", "石门镇", "望湖村", "")
    number = (*CADRES[0], "干部编号")
    enter(tmp_path, {"干部": [number, (*moved, "C00001")]}, as_of=date(2014, 6, 2))
    assert cadre(asked(county), "C00001").unit == "市财政局"
    assert household(asked(county), "A001").former_units == {"市民政局"}
    assert household(asked(county, date(2014, 6, 1)), "A001").former_units == frozenset()
    paired(county, "A001", "高市长", Role.LEAD, day=date(2014, 6, 10))
    assert household(asked(county), "A001").former_units == frozenset()


def test_a_lead_who_serves_no_more_has_left_though_the_pairing_stands(county: Database) -> None:
    paired(county, "A001", "顾员")
    with write_door(county, STAMP) as door:
        door.connection.exec_driver_sql("UPDATE cadre_post SET valid_to = '2014-06-15' WHERE cadre_id = 2")
        door.noteworthy = True
    gathered = asked(county)
    assert household(gathered, "A001").former_units == {"市卫生局"}
    assert list(gathered.lapsed.values()) == ["干部不再任职"]
    assert gathered.problem.kept == {}


def test_villages_taken(county: Database) -> None:
    take_village(county, STAMP, "市卫生局", "石门镇望湖村", MAY)
    take_village(county, STAMP, "市民政局", "望湖村", date(2014, 6, 1))
    assert household(asked(county), "A001").taken_by == {"市卫生局", "市民政局"}
    assert household(asked(county), "A002").taken_by == frozenset()
    assert household(asked(county, MAY), "A001").taken_by == {"市卫生局"}
    assert household(asked(county, date(2014, 4, 30)), "A001").taken_by == frozenset()
    assert cadre(asked(county), "C00002").links == {WANGHU, WUZHEN}


def test_own_household_kin_and_decisions_bar_a_pair(county: Database) -> None:
    bar_pair(county, STAMP, "A001", "顾员", DAY, "有矛盾")
    declare_kin(county, STAMP, "方局", "朱阿二", DAY, relation="妻", household="A002")
    declare_kin(county, STAMP, "高市长", "沈某", DAY, number=str(household_rows(1)[0][4]))
    gathered = asked(county)
    assert gathered.bars == {
        ("A001", "C00002"): "按规定不得和这一户结对：有矛盾",
        ("A002", "C00001"): "有近亲属（妻）在这一户，应当回避",
        ("A001", "C00004"): "有近亲属在这一户，应当回避",
        ("A003", "C00003"): "是这一户的成员，应当回避",
    }
    assert gathered.problem.barred == gathered.bars.keys()
    assert asked(county, date(2014, 6, 29)).bars.keys() == {("A003", "C00003")}


def test_the_nearest_reason_is_told(county: Database) -> None:
    declare_kin(county, STAMP, "陆员", "陆母", DAY, household="A003")
    bar_pair(county, STAMP, "A003", "陆员", DAY, "家里人")
    assert asked(county).bars["A003", "C00003"] == "是这一户的成员，应当回避"


def test_kin_are_found_by_number_wherever_they_live(county: Database, tmp_path: Path) -> None:
    wife = id_number(date(1960, 1, 2), 222)
    declare_kin(county, STAMP, "方局", "方妻", DAY, relation="妻", number=wife, household="A001")
    assert ("A001", "C00001") in asked(county).bars, "until she is found she lives where it was said"
    enter(tmp_path, {"成员": [("户编号", "姓名", "与户主关系", "身份证号"), ("A002", "方妻", "其他", wife)]})
    assert {key[0] for key in asked(county).bars if key[1] == "C00001"} == {"A002"}


def test_an_old_number_is_that_of_the_same_person(county: Database, tmp_path: Path) -> None:
    number = str(household_rows(1)[0][4])
    declare_kin(county, STAMP, "方局", "沈阿大", DAY, number=number[:6] + number[8:17])
    assert ("A001", "C00001") in asked(county).bars
    modern = id_number(date(1948, 3, 4), 123)
    old = ("A002", "朱母", "母", modern[:6] + modern[8:17])
    enter(tmp_path, {"成员": [("户编号", "姓名", "与户主关系", "身份证号"), old]})
    declare_kin(county, STAMP, "高市长", "朱母", DAY, number=modern)
    assert ("A002", "C00004") in asked(county).bars


def test_a_barred_pair_in_force_lapses_and_leaves_nobody_there(county: Database) -> None:
    paired(county, "A001", "方局")
    bar_pair(county, STAMP, "A001", "方局", DAY, "有矛盾")
    gathered = asked(county)
    assert list(gathered.lapsed.values()) == ["按规定不得和这一户结对：有矛盾"]
    assert gathered.problem.kept == {}
    assert cadre(gathered, "C00001").held == frozenset()
    assert household(gathered, "A001").former_units == {"市民政局"}


def test_required_pairs_and_those_that_cannot_be(county: Database, tmp_path: Path) -> None:
    pin_pair(county, STAMP, "A001", "顾员", DAY)
    pin_pair(county, STAMP, "A002", "方局", DAY)
    pin_pair(county, STAMP, "A003", "方局", DAY)
    pin_pair(county, STAMP, "A003", "顾员", DAY)
    declare_kin(county, STAMP, "方局", "朱阿二", DAY, relation="妻", household="A002")
    enter(tmp_path, {"困难家庭": [(*HOUSEHOLD_HEADER, "状态"), (*household_rows(3)[2], "停保")]}, as_of=DAY)
    gathered = asked(county)
    assert gathered.problem.required == {("A001", "C00002")}
    assert gathered.clashes == (
        "规定A002和C00001方局必须结对，但不能结对：有近亲属（妻）在这一户，应当回避",
        "规定A003和C00001方局必须结对，但这一户现在不是结对对象",
        "规定A003和C00002顾员必须结对，但这一户现在不是结对对象",
    )
    with write_door(county, STAMP) as door:
        door.connection.exec_driver_sql("UPDATE cadre_post SET valid_to = '2014-06-30' WHERE cadre_id = 2")
        door.noteworthy = True
    assert "规定A001和C00002顾员必须结对，但顾员不任职，或已登记离任" in asked(county).clashes
    assert asked(county).problem.required == frozenset()


def test_what_has_ended_counts_no_more(county: Database) -> None:
    pin_pair(county, STAMP, "A001", "顾员", MAY)
    bar_pair(county, STAMP, "A002", "顾员", MAY, "有矛盾")
    declare_kin(county, STAMP, "方局", "朱阿二", MAY, household="A002")
    take_village(county, STAMP, "市民政局", "望湖村", MAY)
    before = asked(county, date(2014, 6, 1))
    for line in list_rules(county, DAY):
        end_rule(county, STAMP, line.rule_no, date(2014, 6, 2))
    gathered = asked(county)
    assert gathered.problem.required == frozenset()
    assert gathered.bars.keys() == {("A003", "C00003")}
    assert household(gathered, "A001").taken_by == frozenset()
    assert asked(county, date(2014, 6, 1)).problem == before.problem
    assert len(before.bars) == 3


def test_as_things_stood_before_a_run(county: Database) -> None:
    paired(county, "A001", "方局")
    bar_pair(county, STAMP, "A001", "方局", DAY, "有矛盾")
    before = asked(county)
    done = pair_all(county, STAMP, DAY, PairingRequest(PairingSettings(), on=DAY))
    assert done.written
    after = asked(county)
    assert after.problem != before.problem
    again = asked(county, before_run=done.changes.run_no)
    assert again.problem == before.problem
    assert again.lapsed == before.lapsed


def test_the_same_facts_in_whatever_order_rows_were_written(county: Database) -> None:
    paired(county, "A001", "方局")
    first = asked(county).problem
    with write_door(county, STAMP) as door:
        row = {"household_id": 2, "cadre_id": 2, "role": "第一责任人", "origin": "自动"}
        door.insert(Pairing, [row | {"valid_from": MAY, "valid_to": date(2014, 6, 1)}])
    second = asked(county).problem
    assert replace(second, households=first.households) == first
    assert household(asked(county), "A002").former_units == {"市卫生局"}


def test_who_was_known_to_leave_before_a_run_took_no_part_in_it(county: Database) -> None:
    """Of two cadres who leave in July, one was known to before the run, the other only after it."""
    july, settings = date(2014, 7, 10), PairingSettings()
    leave(county, STAMP, "顾员", july, DAY, reason="调离", settings=settings)
    pair_all(county, STAMP, DAY, PairingRequest(settings))
    with county.reading() as connection:
        (run,) = pairing_runs.runs(connection)
    left = {"C00001", "C00003", "C00004"}
    assert {each.key for each in asked(county).problem.cadres} == left
    leave(county, STAMP, "陆员", july, july, reason="调离", settings=settings)
    before = asked(county, before_run=run.number)
    assert {each.key for each in before.problem.cadres} == left
    assert before.problem.fingerprint() == run.facts
