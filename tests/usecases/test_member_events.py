"""Members are born, die, marry, join and leave: who is counted, who heads the family, what is not guessed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.rosters import id_number
from support.stored_county import STAMP, TODAY, happened, helpers, relations, rows, state, stored_county

from jiemin.domain.codes import Health, Relation, Sex
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import record_tables, tables
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.usecases.household_events.birth import birth, born_on
from jiemin.usecases.household_events.death import die
from jiemin.usecases.household_events.members import come_in, go_away
from jiemin.usecases.household_events.newcomer import Newcomer

JULY, LATER = date(2014, 7, 1), date(2014, 7, 12)
LEAD, ASSIST = "第一责任人", "协助"
GIRL = id_number(date(2014, 7, 3), 22)
MAN = id_number(date(1985, 3, 4), 31)
CHILD = Newcomer("小宝", Sex.MALE, date(2014, 7, 3), relation=Relation.SON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with stored_county(path) as opened:
        yield opened


def person(path: Path, name: str) -> tuple[object, ...]:
    query = "SELECT sex, birth, id_number, id_valid FROM person WHERE name = ?"
    (found,) = rows(path, query, name)
    return found


def give_numbers(database: Database, **numbers: str) -> None:
    """Identity numbers of 户主A1 and others; the 男 and 女 of the county have none."""
    with write_door(database, STAMP) as door:
        for name, number in numbers.items():
            ids = door.connection.exec_driver_sql("SELECT id FROM person WHERE name = ?", (name,)).scalars()
            door.update(tables.Person, [{"id": each, "id_number": number, "id_valid": True} for each in ids])


class TestBirth:
    def test_the_child_belongs_to_the_family_from_that_day_and_is_counted(
        self, database: Database, path: Path
    ) -> None:
        plan = happened(database, birth("A1", CHILD), date(2014, 7, 3))
        assert relations(path, "A1")["小宝"] == "子"
        assert "小宝" not in relations(path, "A1", date(2014, 7, 2))
        assert state(path, "A1", "size", "covered", "reason") == (4, 3, "出生")
        assert state(path, "A1", "size", "covered", day=date(2014, 7, 2)) == (3, 2)
        assert person(path, "小宝") == ("男", "2014-07-03", None, 0)
        assert plan.notes == ("小宝没有身份证号，办好以后要补填",)
        assert helpers(path, "A1") == {"C1": LEAD, "C2": ASSIST}

    def test_who_is_not_covered_counts_for_the_size_alone(self, database: Database, path: Path) -> None:
        happened(database, birth("A1", Newcomer("小宝", Sex.MALE, JULY, covered=False)))
        assert state(path, "A1", "size", "covered") == (4, 2)

    def test_where_nobody_is_covered_nothing_is_said_of_it(self, database: Database, path: Path) -> None:
        happened(database, birth("A5", CHILD))
        assert state(path, "A5", "size", "covered") == (4, None)
        query = "SELECT covered FROM membership JOIN person ON person.id = person_id WHERE name = '小宝'"
        assert rows(path, query) == [(None,)]

    def test_numbers_that_were_not_the_members_stay_and_are_told(
        self, database: Database, path: Path
    ) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.HouseholdSpan, [{"id": 1, "size": 5, "covered": 1}])
        plan = happened(database, birth("A1", CHILD))
        assert state(path, "A1", "size", "covered") == (5, 1)
        assert "A1家庭人口仍是5人，与成员名单对不上，要核对" in plan.notes
        assert "A1保障人口仍是1人，与成员名单对不上，要核对" in plan.notes

    def test_the_number_tells_sex_and_birth(self, database: Database, path: Path) -> None:
        who = Newcomer("小妹", number=GIRL, relation=Relation.DAUGHTER, health=Health.SERIOUS)
        assert born_on(who, TODAY) == date(2014, 7, 3)
        assert happened(database, birth("A1", who), date(2014, 7, 3)).notes == ()
        assert person(path, "小妹") == ("女", "2014-07-03", GIRL, 1)
        assert rows(path, "SELECT health, valid_from FROM person_span") == [("大病", "2014-07-03")]

    def test_what_is_told_beside_the_number_and_differs_is_said(self, database: Database, path: Path) -> None:
        plan = happened(database, birth("A1", Newcomer("小妹", Sex.MALE, JULY, GIRL)))
        assert "小妹的性别写的是男，身份证号里是女，按身份证号" in plan.notes
        assert "小妹的出生日期写的是2014-07-01，身份证号里是2014-07-03，按身份证号" in plan.notes
        assert person(path, "小妹")[:2] == ("女", "2014-07-03")

    def test_a_wrong_number_is_kept_and_told(self, database: Database, path: Path) -> None:
        wrong = GIRL[:-1] + ("1" if GIRL[-1] != "1" else "2")
        plan = happened(database, birth("A1", Newcomer("小妹", Sex.FEMALE, JULY, wrong)))
        assert any(each.startswith("小妹的身份证号：") and "要核对" in each for each in plan.notes)
        assert person(path, "小妹") == ("女", "2014-07-01", wrong, 0)

    def test_a_certificate_tells_of_the_disability(self, database: Database, path: Path) -> None:
        happened(database, birth("A1", Newcomer("小妹", number=f"{GIRL}42")))
        assert rows(path, "SELECT disability, disability_grade FROM person_span") == [("肢体", 2)]

    def test_somebody_elses_number_is_refused_and_the_household_named(self, database: Database) -> None:
        give_numbers(database, 子A4=GIRL)
        with pytest.raises(JieminError, match="这个身份证号是A4的成员子A4的"):
            happened(database, birth("A1", Newcomer("小妹", number=GIRL)))
        happened(database, go_away("A4", "子A4", "外迁"))
        with pytest.raises(JieminError, match="这个身份证号登记的是子A4，原来是A4的成员"):
            happened(database, birth("A1", Newcomer("子A4", number=GIRL)))

    def test_the_same_child_is_not_born_twice(self, database: Database) -> None:
        happened(database, birth("A1", CHILD))
        with pytest.raises(JieminError, match="A1已有成员小宝"):
            happened(database, birth("A1", CHILD))
        happened(database, birth("A1", Newcomer("小宝", Sex.MALE, JULY)))

    def test_the_same_child_in_another_family_is_doubted(self, database: Database) -> None:
        happened(database, birth("A1", CHILD))
        plan = happened(database, birth("A4", CHILD))
        assert "A1也有小宝，出生日期相同；是同一个人就不要办，写上身份证号再办" in plan.notes

    @pytest.mark.parametrize(
        ("who", "day", "words"),
        [
            (Newcomer("小宝", Sex.MALE, TODAY), JULY, "才出生"),
            (Newcomer("小宝", birth=JULY), TODAY, "没有写性别"),
            (Newcomer(" ", Sex.MALE, JULY), TODAY, "没有写姓名"),
            (Newcomer("小宝", Sex.MALE, JULY, relation=Relation.HEAD), TODAY, "一户只有一名户主"),
            (CHILD, date(2013, 12, 31), "A1从2014-01-01起才有记录|才出生"),
        ],
    )
    def test_what_cannot_be(self, database: Database, who: Newcomer, day: date, words: str) -> None:
        with pytest.raises(JieminError, match=words):
            happened(database, birth("A1", who), day)

    def test_the_day_of_birth_must_be_known_and_have_come(self) -> None:
        with pytest.raises(JieminError, match="没有写出生日期"):
            born_on(Newcomer("小宝"), TODAY)
        with pytest.raises(JieminError, match="还没有到"):
            born_on(Newcomer("小宝", birth=LATER), TODAY)

    def test_a_family_out_of_the_work_gets_nobody(self, database: Database) -> None:
        with pytest.raises(JieminError, match="A8在2014-07-10已不在册"):
            happened(database, birth("A8", CHILD))


class TestDeath:
    def test_a_member_who_dies_leaves_and_the_family_is_counted(self, database: Database, path: Path) -> None:
        plan = happened(database, die("A1", "配偶A1", "病故"))
        assert relations(path, "A1") == {"户主A1": "户主", "子A1": "子"}
        assert state(path, "A1", "size", "covered", "reason") == (2, 1, "死亡，病故")
        ended = rows(path, "SELECT valid_to, end_reason FROM membership WHERE person_id = 11")
        assert ended == [("2014-07-10", "死亡，病故")]
        assert plan.notes == ()

    def test_the_head_has_the_heir_who_is_told(self, database: Database, path: Path) -> None:
        happened(database, die("A1", "户主A1", "", "子A1"))
        assert relations(path, "A1") == {"子A1": "户主", "配偶A1": "母"}
        assert helpers(path, "A1") == {"C1": LEAD, "C2": ASSIST}

    def test_the_only_one_of_age_is_proposed(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Person, [{"id": 12, "birth": date(2005, 1, 1)}])
        plan = happened(database, die("A1", "户主A1", ""), dry_run=True)
        told = "没有写 --to：其余成员里成年的只有配偶A1，由配偶A1接任户主"
        assert told in plan.notes
        happened(database, die("A1", "户主A1", ""))
        assert relations(path, "A1") == {"配偶A1": "户主", "子A1": "子"}

    def test_where_several_may_be_nobody_is_guessed(self, database: Database) -> None:
        with pytest.raises(JieminError, match="户主A1是A1的户主，要说明由谁接任") as fault:
            happened(database, die("A1", "户主A1", ""))
        assert fault.value.hint == "加上 --to 成员；其余成员：配偶A1（配偶）、子A1（子）"

    @pytest.mark.parametrize(
        ("member", "to", "words"),
        [("配偶A1", "子A1", "不是A1的户主"), ("户主A1", "户主A1", "不能再任户主")],
    )
    def test_an_heir_who_cannot_be(self, database: Database, member: str, to: str, words: str) -> None:
        with pytest.raises(JieminError, match=words):
            happened(database, die("A1", member, "", to))

    def test_the_last_member_takes_the_household_out_of_the_work(
        self, database: Database, path: Path
    ) -> None:
        happened(database, die("A2", "户主A2", ""), JULY)
        plan = happened(database, die("A2", "配偶A2", "病故"))
        assert relations(path, "A2") == {}
        assert state(path, "A2", "status", "reason", "size") == ("死亡", "死亡，病故", 1)
        assert helpers(path, "A2") == {}
        assert [each.cadre_no for each in plan.freed] == ["C1"]
        assert "A2没有其他成员了，同时退出" in plan.notes
        query = "SELECT end_reason FROM pairing WHERE household_id = 2"
        assert rows(path, query) == [("死亡，病故",)]

    def test_of_a_family_out_of_the_work_only_the_member_goes(self, database: Database, path: Path) -> None:
        happened(database, die("A8", "户主A8", ""))
        assert state(path, "A8", "status") == ("停保",)
        assert relations(path, "A8") == {}

    def test_who_came_that_day_leaves_a_trace(self, database: Database, path: Path) -> None:
        happened(database, birth("A1", CHILD), date(2014, 7, 3))
        with pytest.raises(JieminError, match="当天才登记为成员") as fault:
            happened(database, die("A1", "小宝", ""), date(2014, 7, 3))
        assert "--on 2014-07-04" in fault.value.hint
        happened(database, die("A1", "小宝", ""), date(2014, 7, 4))
        assert "小宝" in relations(path, "A1", date(2014, 7, 3))

    def test_promises_that_stay_open_are_told(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            known = {"household_id": 8, "promised_on": date(2014, 5, 1)}
            open_ = [
                {"measure_no": f"M{each}", "what": f"送米{each}", "delivered_on": None, **known}
                for each in range(4)
            ]
            met = {"measure_no": "M9", "what": "修屋顶", "delivered_on": JULY, **known}
            door.insert(record_tables.Measure, [{**each, "household_id": 2} for each in (*open_, met)])
        happened(database, die("A2", "户主A2", ""), JULY)
        plan = happened(database, die("A2", "配偶A2", ""))
        told = "A2还有4项帮扶措施没有兑现，仍记在这一户：M0送米0、M1送米1、M2送米2等"
        assert any(each.startswith(f"{told}；") for each in plan.notes)


class TestJoinAndLeave:
    def test_who_joins_is_a_member_and_why_is_kept(self, database: Database, path: Path) -> None:
        who = Newcomer("阿三", number=MAN, relation=Relation.SON)
        happened(database, come_in("A4", who, "收养"))
        assert relations(path, "A4")["阿三"] == "子"
        assert state(path, "A4", "size", "covered", "reason") == (5, 4, "收养")
        assert person(path, "阿三") == ("男", "1985-03-04", MAN, 1)

    def test_an_unknown_relation_is_left_blank_and_told(self, database: Database, path: Path) -> None:
        plan = happened(database, come_in("A4", Newcomer("阿三"), "投靠"))
        assert relations(path, "A4")["阿三"] is None
        assert "阿三与户主的关系没有写，要补填" in plan.notes

    def test_a_helper_who_joins_the_family_helps_it_no_longer(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Cadre, [{"id": 1, "id_number": MAN}])
        happened(database, come_in("A1", Newcomer("干部C1", number=MAN), "投靠"))
        assert helpers(path, "A1") == {"C2": LEAD}

    def test_who_comes_back_is_the_same_person(self, database: Database, path: Path) -> None:
        happened(database, go_away("A4", "子A4", "入伍"), JULY)
        assert state(path, "A4", "size", "covered") == (3, 2)
        plan = happened(database, come_in("A4", Newcomer("子A4", number=MAN, relation=Relation.SON), "退伍"))
        assert "子A4原来是A4的成员，2014-07-01离开，接着用原来的记录" in plan.notes
        assert person(path, "子A4") == ("男", "1985-03-04", MAN, 1)
        assert "子A4" not in relations(path, "A4", date(2014, 7, 5))
        assert state(path, "A4", "size", "covered") == (4, 3)

    def test_who_lives_elsewhere_must_leave_first(self, database: Database, path: Path) -> None:
        give_numbers(database, 女A4=MAN)
        with pytest.raises(JieminError, match="这个身份证号是A4的成员女A4的") as fault:
            happened(database, come_in("A1", Newcomer("女A4", number=MAN), "投靠"))
        assert "jiemin household leave A4" in fault.value.hint
        happened(database, go_away("A4", "女A4", "投靠亲戚"))
        happened(database, come_in("A1", Newcomer("女A4", number=MAN), "投靠"))
        assert "女A4" in relations(path, "A1")

    def test_another_name_for_a_known_number_is_refused(self, database: Database) -> None:
        give_numbers(database, 女A4=MAN)
        happened(database, go_away("A4", "女A4", "外迁"))
        with pytest.raises(JieminError, match="这个身份证号登记的是女A4，原来是A4的成员"):
            happened(database, come_in("A1", Newcomer("阿三", number=MAN), "投靠"))

    def test_who_was_taken_for_dead_may_be_restored_and_that_is_said(
        self, database: Database, path: Path
    ) -> None:
        happened(database, die("A1", "子A1", ""), JULY)
        plan = happened(database, come_in("A1", Newcomer("子A1", relation=Relation.SON), "登记有误"))
        assert "子A1在2014-07-01登记为死亡（A1），这次恢复为成员，请核对" in plan.notes
        assert relations(path, "A1")["子A1"] == "子"

    def test_a_person_who_never_came_to_hold_is_no_hindrance(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.insert(tables.Person, [{"name": "阿三", "id_number": MAN, "id_valid": True}])
        happened(database, come_in("A1", Newcomer("阿三", number=MAN), "投靠"))
        assert "阿三" in relations(path, "A1")

    def test_the_head_who_leaves_must_name_the_heir(self, database: Database, path: Path) -> None:
        with pytest.raises(JieminError, match="要说明由谁接任"):
            happened(database, go_away("A2", "户主A2", "外迁"))
        happened(database, go_away("A2", "户主A2", "外迁", "配偶A2"))
        assert relations(path, "A2") == {"配偶A2": "户主"}
        assert helpers(path, "A2") == {"C1": LEAD}

    @pytest.mark.parametrize(
        ("number", "member", "reason", "words", "hint"),
        [
            ("A1", "子A1", "病故", "原因写的是“病故”", "jiemin household death"),
            ("A6", "户主A6", "外迁", "A6只有户主A6一名成员", "jiemin household exit A6"),
        ],
    )
    def test_other_events_have_other_commands(
        self, database: Database, number: str, member: str, reason: str, words: str, hint: str
    ) -> None:
        with pytest.raises(JieminError, match=words) as fault:
            happened(database, go_away(number, member, reason))
        assert hint in fault.value.hint

    def test_who_has_gone_already_is_told_so(self, database: Database) -> None:
        happened(database, die("A1", "子A1", "病故"), JULY)
        with pytest.raises(JieminError, match="子A1从2014-07-01起不是A1的成员（死亡，病故）"):
            happened(database, go_away("A1", "子A1", "外迁"))

    def test_a_stranger_cannot_leave(self, database: Database) -> None:
        with pytest.raises(NotFoundError, match="A1没有成员“无此人”"):
            happened(database, go_away("A1", "无此人", "外迁"))


def test_nobody_can_be_told_to_die_later(database: Database) -> None:
    with pytest.raises(JieminError, match="还没有到，不能登记户主A1去世"):
        happened(database, die("A1", "户主A1", ""), TODAY + timedelta(days=2), dry_run=True)
    assert happened(database, die("A1", "配偶A1", ""), TODAY + timedelta(days=1)).steps
