"""Due and made: each rule at the head of the module by name, and all of them against a slow oracle."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.periods import FOREVER, PeriodError, Quarter
from jiemin.domain.visits import (
    CadreVisits,
    PairingSpan,
    QuarterVisits,
    Rate,
    Span,
    VisitFact,
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
    judged = judge(handed_over, [visit(MAY, "C1")])
    assert judged.cadres["C2"] == CadreVisits(("H1",), (), ())
    assert judged.cadres["C2"].rate == Rate(0, 1)
    assert judged.rate == Rate(1, 1)


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


# The slow oracle: it asks of every day.

days = st.integers(-20, 110).map(lambda number: APRIL + number * DAY)
households = st.sampled_from(["H1", "H2", "H3"])
cadres = st.sampled_from(["C1", "C2", "C3"])
ends = days | st.just(FOREVER)
spans = st.builds(Span, days, ends)
pairings = st.builds(PairingSpan, households, cadres, st.sampled_from(Role), days, ends)
visits = st.lists(
    st.tuples(days, households, st.lists(cadres, unique=True, max_size=2), st.sampled_from(VisitKind)),
    max_size=8,
).map(lambda told: [VisitFact(f"V{n}", d, h, tuple(c), k) for n, (d, h, c, k) in enumerate(told)])


def through(spans: Sequence[Span | PairingSpan], since: date, day: date) -> bool:
    """Every single day from `since` to `day` lies in some span."""
    every = [since + number * DAY for number in range((day - since).days + 1)]
    return all(any(span.start <= each < span.end for span in spans) for each in every)


def credited(told: VisitFact, pairings: Sequence[PairingSpan]) -> set[str]:
    """Who is credited with a visit."""
    there = [
        one for one in pairings if one.household_no == told.household_no and one.start <= told.day < one.end
    ]
    if told.cadre_nos:
        return {one.cadre_no for one in there} & set(told.cadre_nos)
    return {one.cadre_no for one in there if one.role is Role.LEAD}


@given(
    st.dictionaries(households, st.lists(spans, max_size=3)),
    st.lists(pairings, max_size=8),
    visits,
    st.integers(0, 100).map(lambda number: APRIL + number * DAY),
)
def test_due_and_made_are_what_asking_of_every_day_finds(
    active: dict[str, list[Span]], pairings: list[PairingSpan], visits: list[VisitFact], today: date
) -> None:
    judged = quarter_visits(SPRING, today, active, pairings, visits)
    day = min(today, LAST)
    since = min(JUNE, day)
    of_household = {number: [p for p in pairings if p.household_no == number] for number in active}
    due = {
        number
        for number, spans in active.items()
        if through(spans, since, day) and through(of_household[number], since, day)
    }
    inside = [told for told in visits if APRIL <= told.day <= day]
    good = [told for told in inside if told.kind is not VisitKind.PHONE and credited(told, pairings)]
    assert set(judged.due) == due
    assert judged.made == {told.household_no for told in good} & due
    assert set(judged.not_visited) == due - judged.made
    assert set(judged.counted) == set(good)
    assert set(judged.phone) == {told for told in inside if told.kind is VisitKind.PHONE}
    assert set(judged.extra) == set(inside) - set(good) - set(judged.phone)
    assert judged.times == {h: n for h in "H1 H2 H3".split() if (n := sum(v.household_no == h for v in good))}
    for cadre in ("C1", "C2", "C3"):
        found = judged.cadres.get(cadre, CadreVisits((), (), ()))
        own = {h for h in due if through([p for p in of_household[h] if p.cadre_no == cadre], since, day)}
        made = [told for told in good if cadre in credited(told, pairings)]
        assert set(found.due) == own
        assert set(found.visited) == own & {told.household_no for told in made}
        assert set(found.visit_nos) == {told.visit_no for told in made}
