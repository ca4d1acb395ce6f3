"""分户 and 并户: who goes where, who helps whom afterwards, and what has to be filled in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
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

from jiemin.domain.codes import HouseholdClass, HouseholdStatus
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError
from jiemin.storage import rule_tables, run_tables, tables
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.usecases.household_events.joining import join
from jiemin.usecases.household_events.leaving import come_back
from jiemin.usecases.household_events.splitting import SplitOff, split

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


class TestSplit:
    def test_the_members_have_a_household_of_their_own(self, database: Database, path: Path) -> None:
        plan = happened(database, split("A4", off("子A4", "女A4", head="子A4"), PLACES))
        new = plan.households[1]
        assert new == f"H{rows(path, 'SELECT max(id) FROM household')[0][0]:06d}"
        assert relations(path, "A4") == {"户主A4": "户主", "配偶A4": "配偶"}
        assert relations(path, new) == {"子A4": "户主", "女A4": "兄弟姐妹"}
        assert state(path, "A4", "size", "covered") == (2, 2)
        told = state(path, new, "household_class", "size", "covered", "status", "income_fen", "reason")
        assert told == ("农村低保", 2, 1, "在册", None, "分户，从A4分出")
        assert state(path, new, "region_id") == state(path, "A4", "region_id")
        assert any(f"{new}要补填：家庭收入" in each for each in plan.notes)

    def test_the_old_lead_leads_it_too_if_the_limits_allow(self, database: Database, path: Path) -> None:
        plan = happened(database, split("A1", off("子A1", head="子A1"), PLACES))
        assert helpers(path, plan.households[1]) == {"C1": LEAD}
        assert helpers(path, "A1") == {"C1": LEAD, "C2": ASSIST}

    def test_else_somebody_of_the_same_unit_before_others(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.CadrePost, [{"id": each, "valid_to": JULY} for each in (5, 6)])
            for number, unit in ((8, "市教育局"), (9, "市民政局")):
                named = {"id": number, "cadre_no": f"C{number}", "name": f"干部C{number}", "phones": ()}
                door.insert(tables.Cadre, [named])
                unit_id = rows(path, "SELECT id FROM unit WHERE name = ?", unit)[0][0]
                post = {"cadre_id": number, "unit_id": unit_id, "post": "科员", "leader": False}
                door.insert(tables.CadrePost, [{**post, "valid_from": JULY, "valid_to": FOREVER}])
        asked = PairingSettings(Rules(mode=Mode.ONE_TO_ONE, leader_max=1))
        plan = happened(database, split("A1", off("子A1", head="子A1"), PLACES), settings=asked)
        assert "干部C1已结对2户，到了上限，H000009另找干部" in plan.notes
        assert helpers(path, "H000009") == {"C9": LEAD}

    def test_what_is_kept_at_home_is_so_in_both(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            door.update(tables.HouseholdSpan, [{"id": 4, "household_class": "五保", "keeping": "分散供养"}])
        plan = happened(database, split("A4", off("子A4", head="子A4"), PLACES))
        assert state(path, plan.households[1], "household_class", "keeping") == ("五保", "分散供养")
        wanted = off("女A4", head="女A4", label=HouseholdClass.LOW_INCOME)
        plan = happened(database, split("A4", wanted, PLACES))
        assert state(path, plan.households[1], "keeping") == (None,)

    def test_another_village_and_class_may_be_said(self, database: Database, path: Path) -> None:
        wanted = off("子A4", head="子A4", village="石门镇某村", label=HouseholdClass.LOW_INCOME)
        plan = happened(database, split("A4", wanted, PLACES))
        assert state(path, plan.households[1], "household_class", "covered") == ("低收入(低保边缘)", None)
        assert "石门镇某村" in plan.steps[0].begins

    @pytest.mark.parametrize(
        ("wanted", "words"),
        [
            (off("户主A1", "子A1", head="户主A1"), "户主A1是A1的户主，不能分出去"),
            (off("户主A1", "配偶A1", "子A1", head="子A1"), "A1的成员全部分出就没有人了"),
            (off("子A1", head="配偶A1"), "新户主配偶A1不在分出的成员里"),
            (off("子A4", head="子A4"), "“子A4”是A4的成员，不是A1的"),
        ],
    )
    def test_what_is_no_split_is_refused(
        self, database: Database, path: Path, wanted: SplitOff, words: str
    ) -> None:
        before = everything(path)
        with pytest.raises(JieminError, match=words) as fault:
            happened(database, split("A1", wanted, PLACES))
        assert fault.value.hint
        assert everything(path) == before

    def test_kin_named_with_the_old_household_are_told(self, database: Database) -> None:
        with write_door(database, STAMP) as door:
            kin = {"cadre_id": 1, "relation": "兄弟", "name": "子A4", "id_number": None, "household_id": 4}
            door.insert(rule_tables.CadreKin, [{**kin, "valid_from": JULY, "valid_to": FOREVER}])
        plan = happened(database, split("A4", off("子A4", head="子A4"), PLACES))
        assert "干部C1的近亲属子A4登记在A4，若已分到H000009，要改登记" in plan.notes


class TestMerge:
    def test_the_members_move_and_the_target_keeps_its_helpers(self, database: Database, path: Path) -> None:
        plan = happened(database, join("A2", "A4"))
        assert relations(path, "A2") == {}
        assert relations(path, "A4") == {
            "户主A4": "户主",
            "配偶A4": "配偶",
            "子A4": "子",
            "女A4": "女",
            "户主A2": None,
            "配偶A2": None,
        }
        assert state(path, "A2", "status", "reason") == ("停保", "并户，并入A4")
        assert state(path, "A4", "size", "covered", "reason") == (6, 5, "并户，A2并入")
        assert helpers(path, "A4") == {"C3": LEAD}
        ended = rows(path, "SELECT valid_to, end_reason FROM pairing WHERE household_id = 2")
        assert ended == [("2014-07-10", "并户，并入A4")]
        assert "与户主A4的关系要补填：户主A2、配偶A2" in plan.notes
        assert [each.cadre_no for each in plan.freed] == ["C1"]

    def test_a_target_nobody_helps_gets_the_lead_of_the_other(self, database: Database, path: Path) -> None:
        plan = happened(database, join("A4", "A3"))
        assert helpers(path, "A3") == {"C3": LEAD}
        assert "A3家庭人口未填，加不出两户之和，要核对" in plan.notes
        assert plan.freed == ()

    def test_kin_and_places_bar_the_old_lead(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            rule = {"kind": "不得结对", "household_id": 3, "cadre_id": 3, "reason": "有纠纷"}
            door.insert(rule_tables.PairRule, [{**rule, "valid_from": JULY, "valid_to": FOREVER}])
        plan = happened(database, join("A4", "A3"))
        assert any(each.startswith("干部C3按规定不得和这一户结对：有纠纷，A3另找干部") for each in plan.notes)
        assert "C3" not in helpers(path, "A3")

    def test_a_village_that_another_unit_takes_is_not_the_old_leads(
        self, database: Database, path: Path
    ) -> None:
        unit = rows(path, "SELECT id FROM unit WHERE name = '市财政局'")[0][0]
        place = state(path, "A3", "region_id")[0]
        with write_door(database, STAMP) as door:
            link = {"unit_id": unit, "region_id": place, "takes": True}
            door.insert(run_tables.UnitRegion, [{**link, "valid_from": JULY, "valid_to": FOREVER}])
        plan = happened(database, join("A4", "A3"))
        assert "A3不在干部C3可以结对的镇村，另找干部" in plan.notes
        assert helpers(path, "A3") == {"C6": LEAD}

    def test_a_number_only_one_of_them_has_is_told(self, database: Database, path: Path) -> None:
        plan = happened(database, join("A3", "A4"))
        assert "A4家庭人口仍是4人，加不出两户之和，要核对" in plan.notes
        assert state(path, "A4", "size", "covered") == (4, 3)

    def test_near_kin_follow_and_bar_their_cadre(self, database: Database, path: Path) -> None:
        with write_door(database, STAMP) as door:
            kin = {"cadre_id": 3, "relation": "兄弟", "name": "户主A2", "id_number": None, "household_id": 2}
            told = {"note": "本人申报", "valid_from": JULY, "valid_to": date(2015, 1, 1)}
            door.insert(rule_tables.CadreKin, [{**kin, **told}])
            rule = {"kind": "必须结对", "household_id": 2, "cadre_id": 1, "reason": None}
            door.insert(rule_tables.PairRule, [{**rule, "valid_from": JULY, "valid_to": FOREVER}])
        plan = happened(database, join("A2", "A4"))
        assert "C3" not in helpers(path, "A4")
        assert LEAD in helpers(path, "A4").values()
        assert "A2和干部C1必须结对的规定没有转到A4" in plan.notes
        copied = rows(path, "SELECT note, valid_from, valid_to FROM cadre_kin WHERE household_id = 4")
        assert copied == [("本人申报", "2014-07-10", "2015-01-01")]

    def test_neither_itself_nor_who_has_left(self, database: Database) -> None:
        with pytest.raises(JieminError, match="A1不能并入自己"):
            happened(database, join("A1", "A1"))
        with pytest.raises(JieminError, match="A8在2014-07-10已不在册"):
            happened(database, join("A1", "A8"))

    def test_a_merged_household_cannot_return_without_members(self, database: Database) -> None:
        happened(database, join("A2", "A4"))
        with pytest.raises(JieminError, match="A2已没有成员"):
            happened(database, come_back("A2"))
