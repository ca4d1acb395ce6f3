"""Findings of pairings: who has nobody, who must not help whom, who is family and cadre at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from support.checked import HOMES, MEMBERS, NEW_YEAR, STAFF, county, home, member, numbers, staff
from support.rosters import id_number

from jiemin.domain.checks.county import Home, Member, Staff
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.pairings import PairingFacts, pairing_findings
from jiemin.domain.codes import HouseholdStatus, Role
from jiemin.domain.coverage import CoveredHousehold, CoveringCadre, coverage
from jiemin.domain.periods import FOREVER
from jiemin.domain.visits import PairingSpan

LEAD, ASSIST = Role.LEAD, Role.ASSIST


def pair(household: str, cadre: str, role: Role = LEAD) -> PairingSpan:
    return PairingSpan(household, cadre, role, NEW_YEAR, FOREVER)


STANDING = (pair("H1", "C1"), pair("H2", "C2"))


def found(
    *in_force: PairingSpan,
    homes: Sequence[Home] = HOMES,
    people: Sequence[Staff] = STAFF,
    leaders: Sequence[str] = (),
    most: int = 5,
    barred: Mapping[tuple[str, str], str] | None = None,
    members: Mapping[str, Sequence[Member]] = MEMBERS,
    phones: Mapping[str, frozenset[str]] | None = None,
) -> list[Finding]:
    pairs = in_force or STANDING
    covered = coverage(
        (CoveredHousehold(each.household_no, each.town, each.to_pair) for each in homes if each.active),
        [
            CoveringCadre(each.cadre_no, each.unit, each.cadre_no in leaders, each.serving, most)
            for each in people
        ],
        pairs,
    )
    facts = PairingFacts(county(homes, people), covered, pairs, barred or {}, members, phones or {})
    return list(pairing_findings(facts))


def test_pairings_in_order_have_no_findings() -> None:
    assert found() == []


def test_a_household_without_anybody() -> None:
    assert numbers(found(pair("H2", "C2"))) == ["K301-H1"]
    assert found(pair("H2", "C2"), homes=[home(to_pair=False), HOMES[1]]) == []


def test_a_household_without_a_lead() -> None:
    (finding,) = found(pair("H1", "C1", ASSIST), pair("H2", "C2"))
    assert (finding.number, finding.message) == ("K302-H1", "只有协助的干部：方卫东")


def test_a_leader_without_a_household() -> None:
    assert numbers(found(leaders=["C1", "C3"])) == ["K303-C3"]


def test_a_cadre_with_too_many() -> None:
    (finding,) = found(*STANDING, pair("H1", "C2", ASSIST), most=1)
    assert (finding.number, finding.message) == ("K304-C2", "结对2户，最多1户")


def test_a_pair_that_must_not_be() -> None:
    (finding,) = found(barred={("H1", "C1"): "有近亲属（妻）在这一户，应当回避", ("H1", "C3"): "不得结对"})
    assert finding.number == "K305-H1-C1"
    assert "jiemin pair end H1 C1 --reason 回避" in finding.remedy


@pytest.mark.parametrize("status", [s for s in HouseholdStatus if s is not HouseholdStatus.ACTIVE])
def test_a_household_that_left_has_no_helper(status: HouseholdStatus) -> None:
    (finding,) = found(homes=[home(status=status, to_pair=False), HOMES[1]])
    assert finding.number == "K308-H1-C1"
    assert status in finding.message


def test_a_cadre_who_left_helps_nobody() -> None:
    people = [staff("C1", "方卫东", "市民政局", serving=False), *STAFF[1:]]
    (finding,) = found(people=people)
    assert finding.number == "K309-C1"
    assert finding.message == "已不在任，还有结对户：H1"
    assert finding.towns == {"乌镇镇"}
    gone = [home(status=HouseholdStatus.STOPPED, to_pair=False), HOMES[1]]
    assert numbers(found(people=people, homes=gone)) == ["K308-H1-C1"]


def test_pairings_of_households_nobody_knows_are_left_out() -> None:
    assert found(*STANDING, pair("H9", "C3")) == []


NUMBER = id_number(date(1970, 5, 1), 7)


def with_member(**other: Any) -> dict[str, list[Member]]:
    return {**MEMBERS, "H1": [*MEMBERS["H1"], member(4, "钱学明", **other)]}


def with_cadre(**other: Any) -> list[Staff]:
    return [*STAFF[:2], staff("C3", "钱学明", "市教育局", **other)]


def test_one_number_on_both_rolls_is_certain() -> None:
    some = found(members=with_member(number=NUMBER), people=with_cadre(number=NUMBER))
    assert numbers(some) == ["K306-H1-P000004-C3"]
    old = NUMBER[:6] + NUMBER[8:17]
    assert numbers(found(members=with_member(number=old, valid=False), people=with_cadre(number=NUMBER))) == [
        "K306-H1-P000004-C3"
    ]
    other_name = with_member(number=NUMBER)["H1"][-1]._replace(name="钱大明")
    renamed = {**MEMBERS, "H1": [*MEMBERS["H1"], other_name]}
    assert numbers(found(members=renamed, people=with_cadre(number=NUMBER))) == ["K306-H1-P000004-C3"]


def test_one_name_and_birth_or_telephone_is_suspicious() -> None:
    unnumbered = with_member(number=None, valid=False, birth=date(1970, 5, 1))
    some = found(members=unnumbered, people=with_cadre(number=NUMBER))
    assert numbers(some) == ["K307-H1-P000004-C3"]
    assert some[0].message == "钱学明和干部钱学明（市教育局）同名，出生日期相同"
    phones = {"H1": frozenset({"13800001234"})}
    (finding,) = found(members=with_member(), people=with_cadre(phones=("13800001234",)), phones=phones)
    assert finding.message.endswith("同名，电话相同")


def test_namesakes_are_no_finding() -> None:
    assert found(members=with_member()) == []
    assert found(members=with_member(), people=with_cadre(number=NUMBER)) == []
    other = with_member(number=None, valid=False, birth=date(1970, 5, 2))
    assert found(members=other, people=with_cadre(number=NUMBER)) == []
    phones = {"H1": frozenset({"13800001234"})}
    both = found(
        members=with_member(), people=with_cadre(number=NUMBER, phones=("13800001234",)), phones=phones
    )
    assert both == []


def test_only_who_serves_and_lives_in_a_family_of_the_work_counts() -> None:
    people = with_cadre(number=NUMBER, serving=False)
    assert found(members=with_member(number=NUMBER), people=people) == []
    former = with_member(number=NUMBER, end=date(2014, 5, 1))
    assert found(members=former, people=with_cadre(number=NUMBER)) == []
    strangers = {**MEMBERS, "H9": with_member(number=NUMBER)["H1"]}
    assert found(members=strangers, people=with_cadre(number=NUMBER)) == []
