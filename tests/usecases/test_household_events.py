"""What happens to families: each event ends and begins what it should, and says what it could not know."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.runs import draft_runs
from support.stored_county import (
    PLACES,
    STAMP,
    TODAY,
    everything,
    happened,
    helpers,
    relations,
    rows,
    state,
    stored_county,
)

from jiemin.domain.codes import HouseholdClass, HouseholdStatus
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import award_tables, run_tables, tables
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.usecases.household_events.heading import OldHead, change_head
from jiemin.usecases.household_events.helpers import Act, happen
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.leaving import come_back, leave
from jiemin.usecases.household_events.moving import move
from jiemin.usecases.household_events.plan import Plan
from jiemin.usecases.household_events.splitting import SplitOff, split
from jiemin.usecases.undo_action import undo_action

JULY = date(2014, 7, 1)
STOPPED, DECEASED = HouseholdStatus.STOPPED, HouseholdStatus.DECEASED
LEAD, ASSIST = "第一责任人", "协助"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with stored_county(path) as opened:
        yield opened


def off(*names: str, head: str, village: str = "", label: HouseholdClass | None = None) -> SplitOff:
    return SplitOff(names, head, village, label)


class TestExit:
    def test_the_status_and_the_pairings_end_that_day_for_that_reason(
        self, database: Database, path: Path
    ) -> None:
        plan = happened(database, leave("A1", STOPPED, "收入超标"), JULY)
        assert state(path, "A1", "status", "reason") == ("停保", "收入超标")
        assert state(path, "A1", "status", day=date(2014, 6, 30)) == ("在册",)
        assert helpers(path, "A1") == {}
        ended = rows(path, "SELECT cadre_id, valid_to, end_reason FROM pairing WHERE household_id = 1")
        assert sorted(ended) == [(1, "2014-07-01", "收入超标"), (2, "2014-07-01", "收入超标")]
        assert [(each.cadre_no, each.households) for each in plan.freed] == [("C1", 1), ("C2", 1)]
        assert plan.helpers == ()
        assert plan.unpaired == ()
        assert relations(path, "A1") == {"户主A1": "户主", "配偶A1": "配偶", "子A1": "子"}

    def test_a_pairing_of_that_very_day_never_held(self, database: Database, path: Path) -> None:
        happened(database, leave("A4", DECEASED, "死亡"), date(2014, 6, 2))
        assert rows(path, "SELECT * FROM pairing WHERE household_id = 4") == []
        assert state(path, "A4", "status") == ("死亡",)

    def test_who_has_left_cannot_leave(self, database: Database) -> None:
        with pytest.raises(JieminError, match=r"A8在2014-07-10已不在册（停保）") as fault:
            happened(database, leave("A8", STOPPED, "x"))
        assert fault.value.hint == "要恢复在册：jiemin household return A8"

    def test_nothing_is_rewritten_that_began_later(self, database: Database) -> None:
        with pytest.raises(JieminError, match="A5在2014-06-15还有变动") as fault:
            happened(database, leave("A5", STOPPED, "x"), date(2014, 6, 14))
        assert "--on 2014-06-15" in fault.value.hint

    def test_what_ended_later_is_not_ended_again(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Pairing, [{"id": 1, "valid_to": date(2014, 7, 5), "end_reason": "调离"}])
        with pytest.raises(JieminError, match="A1在2014-07-05还有变动"):
            happened(database, leave("A1", STOPPED, "x"), date(2014, 7, 3))

    def test_a_day_before_the_first_and_one_beyond_sense(self, database: Database) -> None:
        with pytest.raises(JieminError, match="A3从2014-01-01起才有记录"):
            happened(database, leave("A3", STOPPED, "x"), date(2013, 12, 31))
        with pytest.raises(JieminError, match="超过一年"):
            happened(database, leave("A3", STOPPED, "x"), date(2016, 1, 1))

    def test_later_visits_stay_and_are_told(self, database: Database, path: Path) -> None:
        before = rows(path, "SELECT * FROM visit")
        plan = happened(database, leave("A1", STOPPED, "x"), date(2014, 5, 1))
        assert "2014-05-01起还登记了1次走访，仍记在A1" in plan.notes
        assert rows(path, "SELECT * FROM visit") == before

    def test_later_awards_are_to_be_computed_again(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.insert(award_tables.PolicyBook, [{"id": 1, "fingerprint": "f", "text": "t"}])
            award = {"household_id": 1, "item": "低保金", "before_fen": 1, "after_fen": 1, "uplift_fen": 0}
            periods = ("2014-06", "2014-07", "2014-08", "2014")
            known = {"facts": "{}", "book_id": 1}
            door.insert(award_tables.SubsidyRun, draft_runs(*periods))
            awards = [
                {**award, **known, "run_id": run, "period": period} for run, period in enumerate(periods, 1)
            ]
            door.insert(award_tables.Award, awards)
        assert paid_thrice(happened(database, leave("A1", STOPPED, "x"), JULY, dry_run=True))
        assert paid_thrice(happened(database, change_head("A1", "子A1", OldHead("", DECEASED)), JULY))

    def test_the_death_of_a_whole_family_is_doubted(self, database: Database) -> None:
        way = "jiemin household death A4 成员"
        told = f"死亡是说全家，A4还登记着4名成员；只是其中一人去世，用 {way}"
        assert told in happened(database, leave("A4", DECEASED, "死亡"), dry_run=True).notes
        assert told not in happened(database, leave("A4", STOPPED, "死亡"), dry_run=True).notes

    def test_numbers_in_a_reason_are_hidden_on_the_screen(self, database: Database) -> None:
        plan = happened(database, leave("A1", STOPPED, "电话13805730000查实"))
        assert plan.steps[0].begins == "停保，电话138****0000查实"


def paid_thrice(plan: Plan) -> bool:
    return any("补助已算了3笔" in each for each in plan.notes)


class TestReturn:
    def test_the_last_lead_leads_again(self, database: Database, path: Path) -> None:
        happened(database, leave("A1", STOPPED, "x"), JULY)
        plan = happened(database, come_back("A1"))
        assert state(path, "A1", "status") == ("在册",)
        assert helpers(path, "A1") == {"C1": LEAD}
        assert [(each.cadre_no, each.since, each.anew) for each in plan.helpers] == [("C1", TODAY, True)]

    def test_a_lead_at_the_limit_is_told_and_another_found(self, database: Database, path: Path) -> None:
        happened(database, leave("A1", STOPPED, "x"), JULY)
        asked = PairingSettings(Rules(leader_max=1))
        plan = happened(database, come_back("A1"), settings=asked)
        assert "干部C1已结对1户，到了上限，A1另找干部" in plan.notes
        assert helpers(path, "A1") == {"C5": LEAD}  # C2 has A7 already

    def test_a_lead_who_serves_no_more_is_told(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.CadrePost, [{"id": 3, "valid_to": JULY}])
        plan = happened(database, come_back("A8"))
        assert "干部C3不再任职，A8另找干部" in plan.notes
        assert plan.unpaired == ()

    def test_who_is_in_the_work_cannot_return(self, database: Database) -> None:
        with pytest.raises(JieminError, match="A1在2014-07-10本来就在册"):
            happened(database, come_back("A1"))

    def test_nobody_found_is_named(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.CadrePost, [{"id": each, "valid_to": JULY} for each in range(1, 7)])
        assert happened(database, come_back("A8")).unpaired == ("A8",)


class TestMove:
    def test_the_pairings_go_on_and_the_links_are_judged(self, database: Database, path: Path) -> None:
        wuzhen = rows(path, "SELECT region_id FROM household_span WHERE household_id = 4")[0][0]
        with write_door(database, STAMP) as door:
            door.update(tables.CadrePost, [{"id": 1, "link_id": wuzhen}])
            link = {"unit_id": 2, "region_id": 2, "takes": False, "valid_from": JULY, "valid_to": FOREVER}
            door.insert(run_tables.UnitRegion, [link])
        before = rows(path, "SELECT * FROM pairing")
        plan = happened(database, move("A1", "乌镇某村", PLACES))
        assert state(path, "A1", "region_id", "reason") == (wuzhen, "迁居")
        assert rows(path, "SELECT * FROM pairing") == before
        assert "干部C1联系乌镇镇某村，仍然对得上" in plan.notes
        assert any(each.startswith("干部C2联系梧桐街道，与新住地对不上") for each in plan.notes)

    def test_a_link_with_the_town_fits_all_its_villages(self, database: Database, path: Path) -> None:
        town = rows(path, "SELECT id FROM region WHERE name = '乌镇镇'")[0][0]
        with write_door(database, STAMP) as door:
            door.update(tables.CadrePost, [{"id": 1, "link_id": town}])
        plan = happened(database, move("A1", "乌镇镇某村", PLACES))
        assert "干部C1联系乌镇镇，仍然对得上" in plan.notes
        assert "干部C2没有登记联系镇村" in plan.notes

    def test_a_village_of_the_same_town_needs_no_town(self, database: Database, path: Path) -> None:
        plan = happened(database, move("A4", "塘东村", PLACES))
        assert [(each.ends, each.begins) for each in plan.steps] == [("乌镇镇某村", "乌镇镇塘东村")]
        assert "乌镇镇以前没有登记过“塘东村”，会新建" in plan.notes
        region = state(path, "A4", "region_id")[0]
        assert rows(path, "SELECT level, name FROM region WHERE id = ?", region) == [("村", "塘东村")]

    def test_a_name_like_one_known_is_doubted(self, database: Database) -> None:
        happened(database, move("A4", "塘东村", PLACES))
        plan = happened(database, move("A1", "乌镇镇塘东材", PLACES))
        assert "乌镇镇以前没有登记过“塘东材”，会新建；是不是“塘东村”" in plan.notes

    def test_no_village_or_the_same_one_is_no_move(self, database: Database) -> None:
        with pytest.raises(JieminError, match="没有写村"):
            happened(database, move("A1", "乌镇镇", PLACES))
        with pytest.raises(JieminError, match="本来就在梧桐街道某村"):
            happened(database, move("A1", "某村", PLACES))


class TestChangeHead:
    def test_the_spouse_heads_and_the_children_stay_children(self, database: Database, path: Path) -> None:
        plan = happened(database, change_head("A1", "配偶A1", OldHead("年老")))
        assert relations(path, "A1") == {"配偶A1": "户主", "户主A1": "配偶", "子A1": "子"}
        assert relations(path, "A1", JULY) == {"户主A1": "户主", "配偶A1": "配偶", "子A1": "子"}
        assert helpers(path, "A1") == {"C1": LEAD, "C2": ASSIST}
        assert plan.notes == ()
        assert state(path, "A1", "size", "covered") == (3, 2)

    def test_who_died_is_a_member_no_longer_and_persons_are_counted(
        self, database: Database, path: Path
    ) -> None:
        happened(database, change_head("A1", "子A1", OldHead("", DECEASED)))
        assert relations(path, "A1") == {"子A1": "户主", "配偶A1": "母"}
        assert state(path, "A1", "size", "covered", "reason") == (2, 1, "死亡")
        assert rows(
            path, "SELECT valid_to, end_reason FROM membership WHERE person_id = 10 ORDER BY valid_to"
        ) == [("2014-07-10", "死亡")]

    def test_what_is_uncertain_is_left_blank_and_told(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Membership, [{"id": 3, "relation": "孙子"}])
        plan = happened(database, change_head("A1", "子A1", OldHead("")))
        assert relations(path, "A1") == {"子A1": "户主", "户主A1": "祖父", "配偶A1": "祖母"}
        assert plan.notes == ()
        again = happened(database, change_head("A1", "配偶A1", OldHead("")))
        assert relations(path, "A1") == {"配偶A1": "户主", "子A1": None, "户主A1": None}
        assert "与新户主配偶A1的关系推不出来，要补填：子A1、户主A1" in again.notes

    def test_a_size_that_was_not_the_members_is_left_and_told(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.HouseholdSpan, [{"id": 1, "size": 5}])
        plan = happened(database, change_head("A1", "配偶A1", OldHead("", DECEASED)))
        assert state(path, "A1", "size", "covered") == (5, 1)
        assert "A1家庭人口仍是5人，与成员名单对不上，要核对" in plan.notes

    def test_a_household_without_a_head_gets_one(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Membership, [{"id": 1, "valid_to": JULY}])
        plan = happened(database, change_head("A1", "配偶A1", OldHead("")))
        assert relations(path, "A1") == {"配偶A1": "户主", "子A1": "子"}
        assert (plan.steps[0].ends, plan.steps[0].begins) == ("", "配偶A1")

    def test_who_came_that_very_day_never_was_a_member(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Membership, [{"id": 1, "valid_from": TODAY}])
        happened(database, change_head("A1", "配偶A1", OldHead("填错", DECEASED)))
        assert rows(path, "SELECT * FROM membership WHERE person_id = 10") == []

    def test_of_one_day_the_last_word_counts(self, database: Database, path: Path) -> None:
        happened(database, change_head("A1", "配偶A1", OldHead("")))
        happened(database, change_head("A1", "子A1", OldHead("")))
        assert relations(path, "A1") == {"子A1": "户主", "配偶A1": "母", "户主A1": "父"}

    @pytest.mark.parametrize(
        ("to", "fault", "words"),
        [
            ("户主A1", JieminError, "本来就是A1的户主"),
            ("子A4", JieminError, "“子A4”是A4的成员，不是A1的"),
            ("无此人", NotFoundError, "A1没有成员“无此人”"),
        ],
    )
    def test_only_another_member_can(
        self, database: Database, to: str, fault: type[JieminError], words: str
    ) -> None:
        with pytest.raises(fault, match=words):
            happened(database, change_head("A1", to, OldHead("")))

    def test_namesakes_are_told_apart_by_number(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Person, [{"id": 12, "name": "配偶A1", "id_number": "330483199001011210"}])
        with pytest.raises(NotFoundError, match="A1有2名成员叫“配偶A1”"):
            happened(database, change_head("A1", "配偶A1", OldHead("")))
        plan = happened(database, change_head("A1", "330483199001011210", OldHead("")))
        assert plan.steps[0].begins == "配偶A1"

    def test_a_helper_who_is_now_of_the_family_goes(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Person, [{"id": 11, "id_number": "330483199001011210"}])
            door.update(tables.Cadre, [{"id": 1, "id_number": "330483199001011210"}])
        plan = happened(database, change_head("A1", "配偶A1", OldHead("")))
        assert "干部C1是这一户的成员，应当回避，不再结对" in plan.notes
        assert helpers(path, "A1") == {"C2": LEAD}
        assert [each.cadre_no for each in plan.freed] == ["C1"]

    def test_an_assistant_who_is_of_the_family_goes_and_the_lead_stays(
        self, database: Database, path: Path
    ) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.Person, [{"id": 11, "id_number": "330483199001011210"}])
            door.update(tables.Cadre, [{"id": 2, "id_number": "330483199001011210"}])
        happened(database, change_head("A1", "配偶A1", OldHead("")))
        assert helpers(path, "A1") == {"C1": LEAD}


EVENTS = [
    leave("A1", STOPPED, "收入超标"),
    come_back("A8"),
    move("A1", "石门镇某村", PLACES),
    change_head("A4", "配偶A4", OldHead("", DECEASED)),
    split("A4", off("子A4", "女A4", head="女A4", village="石门镇新村"), PLACES),
    join("A2", "A3"),
]


@pytest.mark.parametrize("act", EVENTS, ids=["exit", "return", "move", "head", "split", "merge"])
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


def test_what_is_no_longer_as_it_was_agreed_to_is_not_done(database: Database, path: Path) -> None:
    act = leave("A1", STOPPED, "x")
    plan = happened(database, act, dry_run=True)
    happened(database, leave("A2", STOPPED, "y"))
    before = everything(path)
    with pytest.raises(JieminError, match="数据变了"):
        happen(database, STAMP, act, TODAY, TODAY, PairingSettings(), agreed=plan)
    assert everything(path) == before


def test_where_nobody_was_ever_paired_nobody_is(database: Database, path: Path) -> None:
    with write_door(database, STAMP) as door:
        door.delete(tables.Pairing, list(range(1, 11)))
    plan = happened(database, split("A4", off("子A4", head="子A4"), PLACES))
    assert (plan.helpers, plan.unpaired) == ((), ())
    assert "还没有配过对；用 jiemin pair --auto 给各户配上干部" in plan.notes
