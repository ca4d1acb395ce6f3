"""结婚 and 类别变更: who is what to whom, what money and pairing follow, what stays where it was."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.rosters import id_number
from support.runs import draft_runs
from support.stored_county import (
    PLACES,
    STAMP,
    everything,
    happened,
    helpers,
    relations,
    rows,
    state,
    stored_county,
)

from jiemin.domain.codes import HouseholdClass, HouseholdStatus, Relation, Sex
from jiemin.domain.entitlement import IncomePeriod
from jiemin.errors import JieminError
from jiemin.storage import award_tables, record_tables, rule_tables, tables
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.usecases.household_events.birth import birth
from jiemin.usecases.household_events.death import die
from jiemin.usecases.household_events.helpers import Act
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.leaving import come_back, leave
from jiemin.usecases.household_events.marriage import Into, marry_in, marry_into, marry_out
from jiemin.usecases.household_events.members import come_in, go_away
from jiemin.usecases.household_events.moving import move
from jiemin.usecases.household_events.newcomer import Newcomer
from jiemin.usecases.household_events.reclassing import NewClass, reclass
from jiemin.usecases.household_events.splitting import SplitOff, split
from jiemin.usecases.household_history import household_history
from jiemin.usecases.undo_action import undo_action

JULY, MAY = date(2014, 7, 1), date(2014, 5, 1)
LEAD, ASSIST = "第一责任人", "协助"
URBAN, RURAL, LOW = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME
BRIDE = Newcomer("朱梅", birth=date(1990, 2, 3))
CHILD = Newcomer("小宝", Sex.MALE, date(2014, 7, 1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with stored_county(path) as opened:
        yield opened


class TestMarryIn:
    @pytest.mark.parametrize(
        ("number", "member", "becomes", "sex"),
        [("A1", "子A1", "儿媳", "女"), ("A4", "女A4", "女婿", "男"), ("A6", "户主A6", "配偶", "女")],
    )
    def test_the_spouse_is_related_by_the_member(
        self, database: Database, path: Path, number: str, member: str, becomes: str, sex: str
    ) -> None:
        happened(database, marry_in(number, member, BRIDE))
        assert relations(path, number)["朱梅"] == becomes
        assert rows(path, "SELECT sex, birth FROM person WHERE name = '朱梅'") == [(sex, "1990-02-03")]
        assert state(path, number, "reason") == ("结婚",)

    def test_what_is_not_certain_is_left_blank_unless_told(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Membership, [{"id": 3, "relation": "孙子"}])
        plan = happened(database, marry_in("A1", "子A1", BRIDE), dry_run=True)
        assert "朱梅与户主的关系没有写，要补填" in plan.notes
        told = Newcomer("朱梅", relation=Relation.OTHER)
        happened(database, marry_in("A1", "子A1", told))
        assert relations(path, "A1")["朱梅"] == "其他"

    @pytest.mark.parametrize(("member", "other"), [("户主A1", "配偶A1"), ("配偶A1", "户主")])
    def test_who_is_married_marries_nobody_else(self, database: Database, member: str, other: str) -> None:
        with pytest.raises(JieminError, match=f"{member}登记的配偶是{other}"):
            happened(database, marry_in("A1", member, BRIDE))

    def test_two_of_one_sex_are_doubted(self, database: Database) -> None:
        plan = happened(database, marry_in("A1", "子A1", Newcomer("朱梅", Sex.MALE)))
        assert "子A1和朱梅登记的性别都是男，要核对" in plan.notes

    def test_who_is_too_young_is_told(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Person, [{"id": 12, "birth": date(2005, 1, 1)}])
        plan = happened(database, marry_in("A1", "子A1", Newcomer("朱梅", birth=date(1999, 1, 1))))
        assert {f"{each}还不到法定结婚年龄，要核对" for each in ("子A1", "朱梅")} <= set(plan.notes)

    def test_the_dead_marry_nobody(self, database: Database) -> None:
        happened(database, go_away("A2", "配偶A2", "离婚"), JULY)
        happened(database, marry_in("A2", "户主A2", Newcomer("配偶A2")), date(2014, 7, 2))
        happened(database, die("A2", "配偶A2", ""), date(2014, 7, 3))
        with pytest.raises(JieminError, match="配偶A2在2014-07-03登记为死亡"):
            happened(database, marry_in("A2", "户主A2", Newcomer("配偶A2")))

    def test_a_spouse_who_is_the_helper_helps_no_longer(self, database: Database, path: Path) -> None:
        number = id_number(date(1980, 1, 1), 22)
        with write_door(database, STAMP) as door:
            door.update(tables.Cadre, [{"id": 1, "id_number": number}])
        happened(database, marry_in("A1", "子A1", Newcomer("干部C1", number=number)))
        assert helpers(path, "A1") == {"C2": LEAD}


class TestMarryInto:
    def test_the_member_leaves_one_family_for_the_other(self, database: Database, path: Path) -> None:
        plan = happened(database, marry_into("A4", "女A4", Into("A1", partner="子A1")))
        assert "女A4" not in relations(path, "A4")
        assert relations(path, "A1")["女A4"] == "儿媳"
        assert state(path, "A4", "size", "covered") == (3, 3)
        assert state(path, "A1", "size", "covered") == (4, 2)
        assert plan.households == ("A4", "A1")
        assert helpers(path, "A4") == {"C3": LEAD}
        ended = rows(path, "SELECT household_id, end_reason FROM membership WHERE person_id = 43")
        assert ended == [(4, "结婚"), (1, None)]

    def test_the_relation_may_be_told_or_left_blank(self, database: Database, path: Path) -> None:
        plan = happened(database, marry_into("A4", "女A4", Into("A1")), dry_run=True)
        assert "女A4与A1户主的关系没有写，要补填" in plan.notes
        happened(database, marry_into("A4", "女A4", Into("A1", Relation.DAUGHTER_IN_LAW)))
        assert relations(path, "A1")["女A4"] == "儿媳"

    def test_a_head_hands_the_family_on(self, database: Database, path: Path) -> None:
        happened(database, marry_into("A2", "户主A2", Into("A6", partner="户主A6"), "配偶A2"))
        assert relations(path, "A2") == {"配偶A2": "户主"}
        assert relations(path, "A6") == {"户主A6": "户主", "户主A2": "配偶"}

    def test_the_mark_of_the_covered_goes_where_there_are_any(self, database: Database, path: Path) -> None:
        happened(database, marry_into("A2", "配偶A2", Into("A5", Relation.OTHER)))
        assert rows(path, "SELECT covered FROM membership WHERE person_id = 21 ORDER BY id") == [
            (1,),
            (None,),
        ]

    def test_two_of_one_sex_are_doubted(self, database: Database) -> None:
        plan = happened(database, marry_into("A4", "女A4", Into("A2", partner="配偶A2")))
        assert "女A4和配偶A2登记的性别都是女，要核对" in plan.notes

    def test_near_kin_known_by_name_are_told(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            kin = {"cadre_id": 5, "relation": "妹", "name": "女A4", "household_id": 4}
            door.insert(rule_tables.CadreKin, [{**kin, "valid_from": JULY, "valid_to": date(9999, 12, 31)}])
        plan = happened(database, marry_into("A4", "女A4", Into("A1")))
        assert "干部C5的近亲属女A4登记在A4，现在到A1，要改登记" in plan.notes

    @pytest.mark.parametrize(
        ("number", "member", "into", "words"),
        [
            ("A1", "子A1", Into("A1"), "A1就是这一户"),
            ("A6", "户主A6", Into("A1"), "A6只有户主A6一名成员"),
            ("A1", "户主A1", Into("A2"), "要说明由谁接任"),
            ("A1", "子A1", Into("A2", Relation.HEAD), "一户只有一名户主"),
            ("A1", "子A1", Into("A2", partner="女A4"), "“女A4”是A4的成员"),
            ("A1", "子A1", Into("A8"), "A8在2014-07-10已不在册"),
        ],
    )
    def test_what_cannot_be(
        self, database: Database, number: str, member: str, into: Into, words: str
    ) -> None:
        with pytest.raises(JieminError, match=words):
            happened(database, marry_into(number, member, into))


class TestMarryOut:
    def test_the_member_belongs_to_no_family_on_record(self, database: Database, path: Path) -> None:
        happened(database, marry_out("A4", "女A4", reason="嫁到上海"))
        assert "女A4" not in relations(path, "A4")
        ended = rows(path, "SELECT end_reason FROM membership WHERE person_id = 43")
        assert ended == [("结婚迁出，嫁到上海",)]
        told = [(each.what, each.reason) for each in household_history(database, "A4", JULY).lines]
        assert ("离开：女A4", "结婚迁出，嫁到上海") in told

    def test_the_last_one_takes_the_household_along(self, database: Database) -> None:
        with pytest.raises(JieminError, match="A6只有户主A6一名成员") as fault:
            happened(database, marry_out("A6", "户主A6"))
        assert "jiemin household exit A6 --status 迁出" in fault.value.hint


class TestReclass:
    def test_class_covered_and_income_hold_from_that_day(self, database: Database, path: Path) -> None:
        wanted = NewClass(RURAL, 3, 120_000, IncomePeriod.YEAR)
        plan = happened(database, reclass("A1", wanted, "户口变动"), JULY)
        columns = ("household_class", "covered", "income_fen", "income_period", "reason")
        assert state(path, "A1", *columns) == ("农村低保", 3, 120_000, "year", "户口变动")
        assert state(path, "A1", *columns, day=date(2014, 6, 30))[:2] == ("城镇低保", 2)
        assert [(each.subject, each.ends, each.begins) for each in plan.steps] == [
            ("类别", "城镇低保", "农村低保，户口变动"),
            ("保障人口", "2人", "3人"),
            ("家庭收入", "", "每年1,200元"),
        ]
        assert "2014年7月起的补助按新的情况算" in plan.notes
        assert "A1保障人口3人，成员名单标记2人，要核对" in plan.notes

    def test_low_income_families_have_no_covered_persons(self, database: Database, path: Path) -> None:
        plan = happened(database, reclass("A1", NewClass(LOW), "收入提高"))
        assert state(path, "A1", "covered") == (None,)
        assert "A1的家庭收入没有改，要核对" in plan.notes
        assert helpers(path, "A1") == {"C1": LEAD, "C2": ASSIST}
        back = happened(database, reclass("A1", NewClass(URBAN), "收入减少"))
        assert "A1的保障人口要补填" in back.notes

    def test_who_is_newly_to_be_paired_gets_a_lead(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.HouseholdSpan, [{"id": 4, "household_class": "其他"}])
            door.update(tables.Pairing, [{"id": 4, "valid_to": JULY, "end_reason": "调整"}])
        ((lead,),) = rows(
            path, "SELECT cadre_no FROM pairing JOIN cadre ON cadre.id = cadre_id WHERE pairing.id = 4"
        )
        ((number,),) = rows(
            path,
            "SELECT household_no FROM pairing JOIN household h ON h.id = household_id WHERE pairing.id = 4",
        )
        assert (number, lead) == ("A4", "C3")
        plan = happened(database, reclass("A4", NewClass(RURAL, 3), "因病返贫"))
        assert helpers(path, "A4") == {"C3": LEAD}
        assert "A4从这一天起是结对对象" in plan.notes

    def test_who_is_no_longer_keeps_the_helpers(self, database: Database, path: Path) -> None:
        plan = happened(database, reclass("A1", NewClass(HouseholdClass.WUBAO), "纳入五保"))
        assert helpers(path, "A1") == {"C1": LEAD, "C2": ASSIST}
        stays = "现有的结对照旧（常年结对），要结束用 jiemin pair end"
        assert f"A1不再是必须结对的一类，{stays}" in plan.notes
        assert "A1的供养方式要补填" in plan.notes
        assert plan.unpaired == ()
        unhelped = happened(database, reclass("A3", NewClass(HouseholdClass.OTHER), "复核"))
        assert "A3不再是必须结对的一类" in unhelped.notes

    def test_the_keeping_goes_with_the_classes_that_have_one(self, database: Database, path: Path) -> None:
        happened(database, reclass("A6", NewClass(HouseholdClass.SANWU), "农转非"))
        assert state(path, "A6", "keeping") == ("集中供养",)
        happened(database, reclass("A6", NewClass(RURAL, 1), "复核"))
        assert state(path, "A6", "keeping", "covered") == (None, 1)

    def test_subsidies_computed_before_are_told(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.insert(award_tables.PolicyBook, [{"id": 1, "fingerprint": "f", "text": "t"}])
            award = {"household_id": 1, "item": "低保金", "before_fen": 1, "after_fen": 1, "uplift_fen": 0}
            runs = draft_runs("2014-05", "2014-06")
            door.insert(award_tables.SubsidyRun, runs)
            known = {**award, "facts": "{}", "book_id": 1}
            door.insert(
                award_tables.Award,
                [{**known, "run_id": each["id"], "period": each["period"]} for each in runs],
            )
        plan = happened(database, reclass("A1", NewClass(LOW), "收入提高"), date(2014, 6, 15))
        told = "A1涉及2014-06-15以后的补助已算了1笔，请用 jiemin subsidy compute 重新计算"
        assert told in plan.notes

    @pytest.mark.parametrize(
        ("wanted", "words"),
        [
            (NewClass(URBAN), "A1本来就是城镇低保"),
            (NewClass(URBAN, 2), "A1本来就是城镇低保"),
            (NewClass(RURAL, 4), "保障人口4人，多于A1的家庭人口3人"),
            (NewClass(LOW, 2), "没有保障人口"),
        ],
    )
    def test_what_cannot_be(self, database: Database, wanted: NewClass, words: str) -> None:
        with pytest.raises(JieminError, match=words):
            happened(database, reclass("A1", wanted, "x"))

    def test_of_an_unknown_size_any_number_is_covered(self, database: Database, path: Path) -> None:
        happened(database, reclass("A3", NewClass(RURAL, 2), "x"))
        assert state(path, "A3", "covered") == (2,)


EVENTS = {
    "birth": birth("A1", CHILD),
    "death of the head": die("A1", "户主A1", "病故", "子A1"),
    "death of the last": die("A6", "户主A6", ""),
    "marriage in": marry_in("A1", "子A1", BRIDE),
    "marriage into": marry_into("A4", "女A4", Into("A1")),
    "marriage out": marry_out("A4", "女A4"),
    "joining": come_in("A4", Newcomer("阿三"), "收养"),
    "leaving": go_away("A2", "户主A2", "外迁", "配偶A2"),
    "class": reclass("A1", NewClass(LOW), "收入提高"),
}
OTHERS = {
    "exit": leave("A1", HouseholdStatus.STOPPED, "x"),
    "return": come_back("A8", "复核"),
    "move": move("A1", "乌镇镇某村", PLACES, "拆迁"),
    "split": split("A1", SplitOff(("子A1",), "子A1", reason="成家"), PLACES),
    "merge": join("A2", "A1", "投靠"),
}


@pytest.mark.parametrize("act", EVENTS.values(), ids=EVENTS)
def test_a_plan_writes_nothing_and_undo_brings_everything_back(
    database: Database, path: Path, act: Act
) -> None:
    before = everything(path)
    plan = happened(database, act, dry_run=True)
    assert everything(path) == before
    assert happened(database, act) == plan
    assert everything(path) != before
    undo_action(database, STAMP, None)
    assert everything(path) == before


def fill_the_file(database: Database) -> None:
    """Something of every kind that the file of A1 and others may hold."""
    with write_door(database, STAMP) as door:
        for number in (1, 2, 4):
            of = {"household_id": number}
            survey = {"survey": "家庭情况清", "day": MAY, "complete": True, **of}
            door.insert(record_tables.HouseholdSurvey, [survey])
            measure = {"measure_no": f"M{number}", "what": "送米", "promised_on": MAY, **of}
            door.insert(record_tables.Measure, [measure])
            door.insert(
                record_tables.HouseholdCondition, [{"condition": "在读人数", "day": MAY, "number": 1, **of}]
            )
            story = {
                "story_no": f"S{number}",
                "quarter": "2014Q2",
                "day": MAY,
                "title": "t",
                "body": "b",
                **of,
            }
            door.insert(record_tables.Story, [story])


KEPT = ("visit", "visit_cadre", "award", "household_survey", "measure", "household_condition", "story")


@pytest.mark.parametrize("act", (EVENTS | OTHERS).values(), ids=EVENTS | OTHERS)
def test_what_was_done_for_a_family_stays_with_it(database: Database, path: Path, act: Act) -> None:
    fill_the_file(database)
    before = everything(path)
    happened(database, act, JULY)
    after = everything(path)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}


@pytest.mark.parametrize(
    "act",
    [move("A1", "乌镇镇某村", PLACES), reclass("A1", NewClass(LOW), "x"), marry_in("A1", "子A1", BRIDE)],
)
def test_visits_made_since_are_told(database: Database, act: Act) -> None:
    assert "2014-05-01起还登记了1次走访，仍记在A1" in happened(database, act, MAY).notes


@pytest.mark.parametrize(
    ("name", "number", "reason"),
    [
        ("return", "A8", "恢复在册，复核"),
        ("move", "A1", "迁居，拆迁"),
        ("split", "A1", "分户，成家"),
        ("merge", "A2", "并户，并入A1，投靠"),
    ],
)
def test_why_is_kept_with_every_event(
    database: Database, path: Path, name: str, number: str, reason: str
) -> None:
    happened(database, OTHERS[name])
    assert state(path, number, "reason") == (reason,)


def test_promises_of_a_household_merged_are_told(database: Database) -> None:
    fill_the_file(database)
    plan = happened(database, join("A2", "A1"))
    told = "A2还有1项帮扶措施没有兑现，仍记在这一户：M2送米；办了用 jiemin measure deliver，"
    assert any(each.startswith(told) for each in plan.notes)
