"""Whether a visit can have been what it says: whom it met, where, by whom; and what it left open."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from support.checked import (
    MEMBERS,
    SETTINGS,
    SPRING,
    codes,
    county,
    home,
    member,
    numbers,
    visit,
    visit_facts,
)

from jiemin.domain.checks.county import Spell
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.met import nobody_met
from jiemin.domain.checks.visit_facts import InspectedFact, VisitFacts, VisitOnRecord
from jiemin.domain.checks.visits import visit_findings
from jiemin.domain.codes import HouseholdStatus, InspectResult, Role, VisitKind
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import PairingSpan

DAY = date(2014, 5, 20)
IN_SPRING = (visit(90, date(2014, 4, 2)), visit(91, date(2014, 4, 3), "H2", "C2"))
"""Both families were visited in the quarter."""


def found(*visits: VisitOnRecord, **other: object) -> list[Finding]:
    """What is found besides that of `IN_SPRING`, of which nothing is."""
    return judged(visit_facts(*IN_SPRING, *visits, **other))  # type: ignore[arg-type]


def judged(facts: VisitFacts) -> list[Finding]:
    return list(visit_findings(facts, SETTINGS))


def test_visits_in_order_have_no_findings() -> None:
    assert found(visit(1, DAY, note="说了说孩子上学的事，气色比上回好", met="沈阿大", deeds=True)) == []


def spells(*parts: tuple[date, HouseholdStatus]) -> dict[str, Sequence[Spell]]:
    """H1 as it was from each day on."""
    ends = [*(start for start, _ in parts[1:]), FOREVER]
    return {
        "H1": [Spell(start, end, status, "乌镇镇") for (start, status), end in zip(parts, ends, strict=True)]
    }


ACTIVE = HouseholdStatus.ACTIVE
BEGIN = date(2014, 4, 1)


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (HouseholdStatus.MOVED_OUT, "K208", "这一户当天已迁出"),
        (HouseholdStatus.DECEASED, "K208", "这一户当天已死亡"),
        (HouseholdStatus.STOPPED, "K209", "这一户当天已停保"),
    ],
)
def test_a_family_out_of_the_work_is_not_called_on(status: HouseholdStatus, code: str, words: str) -> None:
    some = found(visit(1, DAY), spells=spells((BEGIN, ACTIVE), (DAY, status)))
    assert numbers(some) == [f"{code}-V001"]
    assert words in some[0].message
    after = DAY + timedelta(days=1)
    assert found(visit(1, DAY), spells=spells((BEGIN, ACTIVE), (after, status))) == []


def test_a_family_not_yet_on_the_rolls() -> None:
    some = found(visit(1, date(2014, 3, 31)), spells=spells((BEGIN, ACTIVE)))
    assert (numbers(some), "2014-04-01才列入名册" in some[0].message) == (["K209-V001"], True)
    assert found(visit(1, DAY), spells={"H1": []}) == []


@pytest.mark.parametrize(
    "words",
    ["无人", "家里没人", "户主不在", "不在家", "全家外出务工", "未见到人", "无人在家", "外出了", "门锁着"],
)
def test_nobody_was_met(words: str) -> None:
    assert nobody_met(words)
    assert numbers(found(visit(1, DAY, met=words))) == ["K210-V001"]


@pytest.mark.parametrize("words", ["户主外出，见到妻子", "沈阿大", "邻居", "本人和儿子", "、"])
def test_somebody_was_met(words: str) -> None:
    assert not nobody_met(words)
    assert found(visit(1, DAY, met=words)) == []


def family(**end: object) -> dict[str, object]:
    """The county's members, 沈志强 of H1 with this time in it."""
    return {"members": {**MEMBERS, "H1": [*MEMBERS["H1"][:2], member(3, "沈志强", **end)]}}


def test_the_dead_are_not_met() -> None:
    some = found(visit(1, DAY, met="沈志强"), **family(end=DAY, end_reason="病故"))
    assert (numbers(some), some[0].message[-5:]) == (["K211-V001"], "已登记去世")
    assert found(visit(1, DAY, met="沈志强"), **family(end=DAY + timedelta(days=1), end_reason="病故")) == []


def test_who_left_or_is_not_there_yet_is_not_met() -> None:
    some = found(visit(1, DAY, met="沈志强"), **family(end=DAY, end_reason="迁出"))
    assert (numbers(some), "2014-05-20已不是这一户的成员" in some[0].message) == (["K212-V001"], True)
    some = found(visit(1, DAY, met="沈志强"), **family(start=DAY + timedelta(days=1)))
    assert (numbers(some), "2014-05-21才是这一户的成员" in some[0].message) == (["K212-V001"], True)


def test_of_several_who_are_gone_one_finding_tells() -> None:
    """Two findings of one number could not be answered for, each on its own."""
    left = [member(number, name, end=DAY, end_reason="迁出") for number, name in ((4, "沈金"), (5, "沈木"))]
    dead = [member(number, name, end=DAY, end_reason="死亡") for number, name in ((6, "沈水"), (7, "沈土"))]
    people = {**MEMBERS, "H1": [*MEMBERS["H1"], *left, *dead]}
    some = found(visit(1, DAY, met="沈金、沈木、沈水、沈土"), members=people)
    assert numbers(some) == ["K211-V001", "K212-V001"]
    words = {each.number: each.message for each in some}
    assert words["K211-V001"].endswith("见到沈水、沈土，沈水2014-05-20已登记去世；沈土2014-05-20已登记去世")
    assert "沈金2014-05-20已不是这一户的成员；沈木" in words["K212-V001"]


def test_whose_husband_died_is_not_dead() -> None:
    some = found(visit(1, DAY, met="沈志强"), **family(end=DAY, end_reason="丈夫病故，随女儿生活"))
    assert numbers(some) == ["K212-V001"]


def test_a_name_within_a_living_name_is_nobody_else() -> None:
    people = {**MEMBERS, "H1": [*MEMBERS["H1"], member(4, "阿大", end=DAY, end_reason="死亡")]}
    assert found(visit(1, DAY, met="沈阿大"), members=people) == []


def test_visits_of_strangers_are_extra() -> None:
    some = found(visit(1, DAY, "H1", "C3"))
    assert numbers(some) == ["K215-V001"]
    assert some[0].message.endswith("走访人当天没有与这一户结对：钱学明")
    assert found(visit(1, DAY, "H1", "C3", "C1")) == []
    assert found(visit(1, DAY, "H1", "C3", kind=VisitKind.PHONE)) == []
    nobody = VisitOnRecord("V001", DAY, "H1", (), VisitKind.CALL_ON)
    assert found(nobody) == []
    alone = visit_facts(nobody, pairings={}, quarter=Quarter(2014, 3))
    assert judged(alone)[0].message.endswith("没有写走访人")


def test_households_overdue_are_told_by_the_unit_of_their_lead() -> None:
    assist = PairingSpan("H1", "C3", Role.ASSIST, date(2014, 1, 1), FOREVER)
    lead = PairingSpan("H1", "C1", Role.LEAD, date(2014, 1, 1), FOREVER)
    alone = PairingSpan("H2", "C2", Role.ASSIST, date(2014, 1, 1), FOREVER)
    some = judged(visit_facts(pairings={"H1": [assist, lead], "H2": [alone]}))
    assert numbers(some) == ["K216-市民政局-2014Q2", "K216-没有第一责任人-2014Q2"]
    (one,) = (each for each in some if each.subject == "市民政局")
    assert one.message == "2014年第二季度有1户逾期没有走访：H1"
    assert one.remedy.endswith("jiemin visit due --quarter 2014Q2")


def test_before_the_quarter_is_over_nothing_is_overdue() -> None:
    assert judged(visit_facts(quarter=Quarter(2014, 3))) == []


def test_a_household_nobody_knows_is_left_out() -> None:
    stranger = visit(1, DAY, "H9", met="无人")
    some = judged(visit_facts(*IN_SPRING, stranger))
    assert some == []


def heard(number: int, days_ago: int, **other: object) -> VisitOnRecord:
    return visit(number, date(2014, 7, 20) - timedelta(days=days_ago), needs=True, **other)  # type: ignore[arg-type]


def test_needs_wait_so_long_but_no_longer() -> None:
    assert found(heard(1, 90)) == []
    (finding,) = found(heard(1, 91), heard(2, 100), heard(3, 20))
    assert finding.number == "K217-H1"
    assert finding.message == "2014-04-11了解到的需求还没有回应（V001、V002）"
    assert "jiemin visit needs-met V002" in finding.remedy


@pytest.mark.parametrize(
    "answered",
    [
        {"needs_met": True},
        {"deeds": True},
    ],
)
def test_needs_answered_at_once_do_not_wait(answered: dict[str, bool]) -> None:
    assert found(heard(1, 95, **answered)) == []


def test_needs_answered_later_do_not_wait() -> None:
    old = heard(1, 95)
    assert found(old, visit(2, DAY, deeds=True)) == []
    assert found(old, promised={"H1": [old.day]}) == []
    assert codes(found(old, promised={"H1": [old.day - timedelta(days=1)], "H2": []})) == ["K217"]
    assert codes(found(visit(2, old.day - timedelta(days=1), deeds=True), old)) == ["K217"]


def test_needs_of_families_out_of_the_work_wait_for_nobody() -> None:
    gone = county([home(status=HouseholdStatus.STOPPED), home("H2")])
    assert found(heard(1, 95), county=gone) == []
    assert found(heard(1, 95, household="H9"), pairings={}) != []


def checked(result: InspectResult, text: str = "") -> InspectedFact:
    return InspectedFact("X0001", "H1", SPRING, date(2014, 7, 3), result, text)


def test_what_inspectors_found_untrue_is_found() -> None:
    some = found(inspected=[checked(InspectResult.FALSE, "没有来过，电话13800001234")])
    assert numbers(some) == ["K218-H1-X0001"]
    assert some[0].message == "2014-07-03督查X0001，结果不属实：没有来过，电话138****1234"
    assert numbers(found(inspected=[checked(InspectResult.PARTLY)])) == ["K219-H1-X0001"]
    assert some[0].day == SPRING.last
    for other in (InspectResult.TRUE, InspectResult.NOT_MET):
        assert found(inspected=[checked(other)]) == []
    stranger = InspectedFact("X0001", "H9", SPRING, DAY, InspectResult.FALSE, "")
    assert found(inspected=[stranger]) == []


def test_the_quarter_of_the_tests_is_over() -> None:
    assert SPRING.last < date(2014, 7, 20)
