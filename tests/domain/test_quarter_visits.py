"""Due, made, overdue and who answers: each rule at the head of the module by name."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.periods import FOREVER, PeriodError, Quarter
from jiemin.domain.visits import (
    CadreVisits,
    PairingSpan,
    QuarterVisits,
    Rate,
    Span,
    VisitFact,
    VisitState,
    last_counted,
    quarter_visits,
    report_day,
)

SPRING = Quarter(2014, 2)
APRIL, MAY, JUNE, LAST = date(2014, 4, 1), date(2014, 5, 1), date(2014, 6, 1), date(2014, 6, 30)
JULY = date(2014, 7, 1)
DAY = timedelta(days=1)


def paired(
    start: date, end: date = FOREVER, cadre: str = "C1", household: str = "H1", role: Role = Role.LEAD
) -> PairingSpan:
    return PairingSpan(household, cadre, role, start, end)


def visit(day: date, *cadres: str, kind: VisitKind = VisitKind.CALL_ON, no: str = "V1") -> VisitFact:
    return VisitFact(no, day, "H1", cadres, kind)


def judge(
    pairings: Sequence[PairingSpan],
    visits: Sequence[VisitFact] = (),
    *,
    active: Mapping[str, Sequence[Span]] | None = None,
    today: date = JULY,
) -> QuarterVisits:
    return quarter_visits(SPRING, today, active or {"H1": [Span(APRIL, FOREVER)]}, pairings, visits)


@pytest.mark.parametrize(
    ("start", "due"),
    [(date(2014, 1, 1), True), (MAY, True), (JUNE, True), (JUNE + DAY, False), (LAST, False)],
)
def test_a_household_paired_by_the_first_day_of_the_third_month_is_due(start: date, due: bool) -> None:
    assert judge([paired(start)]).due == (("H1",) if due else ())


@pytest.mark.parametrize(("end", "due"), [(LAST, False), (JULY, True), (FOREVER, True)])
def test_a_household_no_longer_paired_on_the_last_day_is_not_due(end: date, due: bool) -> None:
    assert judge([paired(APRIL, end)]).due == (("H1",) if due else ())


def test_a_day_without_a_cadre_in_the_third_month_lets_it_off() -> None:
    broken = [paired(APRIL, date(2014, 6, 10)), paired(date(2014, 6, 11), cadre="C2")]
    assert judge(broken).due == ()


def test_a_household_not_in_the_work_all_through_the_third_month_is_not_due() -> None:
    pairing = [paired(APRIL)]
    assert judge(pairing, active={"H1": [Span(JUNE + DAY, FOREVER)]}).due == ()
    assert judge(pairing, active={"H1": [Span(APRIL, LAST)]}).due == ()
    assert judge(pairing, active={"H1": [Span(APRIL, MAY), Span(MAY, FOREVER)]}).due == ("H1",)
    assert judge(pairing, active={"H1": []}).due == ()


def test_a_hand_over_between_cadres_keeps_the_household_due_and_the_old_cadres_visit_counts() -> None:
    handed_over = [paired(APRIL, date(2014, 6, 15)), paired(date(2014, 6, 15), cadre="C2")]
    judged = judge(handed_over, [visit(MAY, "C1")])
    assert (judged.due, set(judged.made)) == (("H1",), {"H1"})
    assert judged.cadres == {"C1": CadreVisits((), (), ("V1",)), "C2": CadreVisits((), (), ())}


def test_a_cadre_answers_for_a_household_of_his_or_her_own_since_the_third_month() -> None:
    handed_over = [paired(APRIL, JUNE), paired(JUNE, cadre="C2")]
    judged = judge(handed_over)
    assert judged.cadres["C2"] == CadreVisits(("H1",), (), ())
    assert judged.cadres["C2"].rate == Rate(0, 1)
    assert judged.makeup == frozenset()


def test_who_takes_over_a_household_already_visited_has_nothing_due_of_it() -> None:
    for change in (JUNE, date(2014, 6, 15)):
        handed_over = [paired(APRIL, change), paired(change, cadre="C2")]
        judged = judge(handed_over, [visit(MAY, "C1")])
        assert judged.cadres["C2"] == CadreVisits((), (), ())
        assert judged.rate == Rate(1, 1)


def test_of_a_household_that_changed_hands_late_the_new_lead_owes_a_make_up_visit() -> None:
    change = date(2014, 6, 15)
    handed_over = [
        paired(APRIL, change),
        paired(change, cadre="C2"),
        paired(change, cadre="C3", role=Role.ASSIST),
    ]
    judged = judge(handed_over)
    assert {number: one.due for number, one in judged.cadres.items()} == {"C2": ("H1",), "C3": ()}
    assert judged.cadres["C2"].makeup == ("H1",)
    assert judged.makeup == {"H1"}
    made = judge(handed_over, [visit(LAST, "C2")])
    assert made.cadres["C2"] == CadreVisits(("H1",), ("H1",), ("V1",), ("H1",))


def test_no_make_up_visit_is_owed_while_somebody_who_was_there_long_enough_stays() -> None:
    change = date(2014, 6, 15)
    stayed = [paired(APRIL, change), paired(change, cadre="C2"), paired(APRIL, cadre="C3", role=Role.ASSIST)]
    judged = judge(stayed)
    assert {number: one.due for number, one in judged.cadres.items()} == {"C2": (), "C3": ("H1",)}
    assert judged.makeup == frozenset()


def test_a_visit_by_nobody_paired_releases_nobody() -> None:
    handed_over = [paired(APRIL, JUNE), paired(JUNE, cadre="C2")]
    for told in (visit(MAY, "C9"), visit(MAY, "C1", kind=VisitKind.PHONE), visit(APRIL - DAY, "C1")):
        assert judge(handed_over, [told]).cadres["C2"].due == ("H1",)


def test_a_visit_on_the_day_the_own_pairing_began_or_later_releases_nobody() -> None:
    pairings = [paired(APRIL), paired(MAY, cadre="C2", role=Role.ASSIST)]
    assert judge(pairings, [visit(MAY, "C1")]).cadres["C2"].due == ("H1",)
    assert judge(pairings, [visit(MAY - DAY, "C1")]).cadres["C2"].due == ()


def test_an_own_pairing_that_was_broken_off_begins_anew() -> None:
    back = [
        paired(APRIL, MAY),
        paired(MAY, date(2014, 6, 10), cadre="C2"),
        paired(date(2014, 6, 10)),
    ]
    assert judge(back).cadres["C1"].makeup == ("H1",)
    assert judge(back, [visit(APRIL, "C1")]).cadres["C1"].due == ()


def test_a_household_waits_until_the_quarter_is_over_and_is_overdue_afterwards() -> None:
    assert judge([paired(APRIL)], today=LAST).state("H1") is VisitState.WAITING
    assert judge([paired(APRIL)], today=JULY).state("H1") is VisitState.OVERDUE
    assert judge([paired(APRIL)], [visit(MAY, "C1")], today=JULY).state("H1") is VisitState.MADE
    assert judge([paired(LAST)], [visit(LAST, "C1")]).state("H1") is None
    assert judge([]).state("H1") is None


def test_an_assistant_answers_as_a_lead_does() -> None:
    judged = judge([paired(APRIL), paired(APRIL, cadre="C2", role=Role.ASSIST)], [visit(MAY, "C2")])
    assert judged.cadres["C1"] == CadreVisits(("H1",), (), ())
    assert judged.cadres["C2"] == CadreVisits(("H1",), ("H1",), ("V1",))


def test_a_change_of_role_is_no_break() -> None:
    changed = [paired(APRIL, date(2014, 6, 10), role=Role.ASSIST), paired(date(2014, 6, 10))]
    assert judge(changed).cadres["C1"].due == ("H1",)


def test_a_telephone_call_never_counts() -> None:
    judged = judge([paired(APRIL)], [visit(MAY, "C1", kind=VisitKind.PHONE)])
    assert (list(judged.made), judged.counted, dict(judged.times)) == ([], (), {})
    assert [one.visit_no for one in judged.phone] == ["V1"]
    assert judged.not_visited == ("H1",)


def test_a_gift_brought_counts_as_a_visit() -> None:
    assert judge([paired(APRIL)], [visit(MAY, "C1", kind=VisitKind.GIFT)]).made == {"H1"}


def test_a_visit_that_names_no_cadre_counts_for_the_lead_of_its_day() -> None:
    pairings = [
        paired(APRIL, JUNE),
        paired(JUNE, cadre="C2"),
        paired(APRIL, cadre="C3", role=Role.ASSIST),
    ]
    judged = judge(pairings, [visit(JUNE)])
    assert judged.made == {"H1"}
    assert {number: one.visit_nos for number, one in judged.cadres.items()} == {"C2": ("V1",), "C3": ()}


def test_a_visit_that_names_no_cadre_is_extra_when_nobody_leads() -> None:
    judged = judge([paired(APRIL, role=Role.ASSIST)], [visit(JUNE)])
    assert (set(judged.made), [one.visit_no for one in judged.extra]) == (set(), ["V1"])


def test_a_visit_by_somebody_not_paired_that_day_is_extra() -> None:
    judged = judge([paired(MAY)], [visit(APRIL, "C1", no="V1"), visit(MAY, "C9", no="V2")])
    assert [one.visit_no for one in judged.extra] == ["V1", "V2"]
    assert judged.made == set()


def test_of_several_visitors_those_paired_that_day_get_the_credit() -> None:
    judged = judge([paired(APRIL)], [visit(MAY, "C1", "C9")])
    assert set(judged.cadres) == {"C1"}
    assert judged.times == {"H1": 1}


def test_visits_outside_the_quarter_are_left_aside() -> None:
    judged = judge(
        [paired(date(2014, 1, 1))], [visit(APRIL - DAY, "C1", no="V1"), visit(JULY, "C1", no="V2")]
    )
    assert (judged.counted, judged.extra, judged.phone) == ((), (), ())


def test_the_last_visit_is_the_last_that_counts_in_whatever_quarter() -> None:
    pairings = [paired(date(2013, 1, 1), MAY), paired(MAY, cadre="C2")]
    told = [
        visit(date(2013, 2, 1), "C1"),
        visit(APRIL, "C1"),
        visit(date(2014, 4, 2), "C2"),
        visit(JUNE, "C2", kind=VisitKind.PHONE),
        VisitFact("V9", JUNE, "H2", ("C2",), VisitKind.CALL_ON),
    ]
    assert last_counted(told, pairings) == {"H1": APRIL}
    assert last_counted([*told, visit(JULY)], pairings) == {"H1": JULY}


def test_visits_come_in_order_of_day_and_number() -> None:
    told = [visit(MAY, "C1", no="V3"), visit(APRIL, "C1", no="V2"), visit(MAY, "C1", no="V1")]
    assert [one.visit_no for one in judge([paired(APRIL)], told).counted] == ["V2", "V1", "V3"]


def test_while_the_quarter_runs_it_is_judged_on_today() -> None:
    today = date(2014, 6, 10)
    judged = judge([paired(APRIL, date(2014, 6, 20))], [visit(date(2014, 6, 11), "C1")], today=today)
    assert (judged.day, judged.since, judged.due, set(judged.made)) == (today, JUNE, ("H1",), set())


def test_before_the_third_month_being_paired_today_is_enough() -> None:
    judged = judge([paired(date(2014, 5, 20))], today=date(2014, 5, 20))
    assert (judged.since, judged.due) == (date(2014, 5, 20), ("H1",))


def test_a_quarter_that_has_not_begun_cannot_be_judged() -> None:
    with pytest.raises(PeriodError) as refusal:
        judge([], today=APRIL - DAY)
    assert refusal.value.message == "2014年第二季度还没有开始"


def test_the_day_a_quarter_is_judged_on() -> None:
    assert report_day(SPRING, APRIL) == APRIL
    assert report_day(SPRING, LAST) == report_day(SPRING, date(2020, 1, 1)) == LAST


@pytest.mark.parametrize(
    ("part", "whole", "permille", "label"),
    [
        (5, 6, 833, "83.3%"),
        (1, 3, 333, "33.3%"),
        (1, 2000, 1, "0.1%"),
        (1, 2001, 0, "0.0%"),
        (1999, 2000, 999, "99.9%"),
        (2000, 2000, 1000, "100.0%"),
        (0, 7, 0, "0.0%"),
        (0, 0, None, ""),
    ],
)
def test_a_rate_is_whole_only_when_all_are_and_of_nothing_is_no_number(
    part: int, whole: int, permille: int | None, label: str
) -> None:
    assert (Rate(part, whole).permille, Rate(part, whole).label) == (permille, label)
