"""When visits came on record: too late, at one sitting, beforehand."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.checked import SETTINGS, STAFF, codes, county, numbers, staff, visit, visit_facts

from jiemin.domain.checks.corrections import correction_findings
from jiemin.domain.checks.entries import entry_findings
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import Correction, VisitOnRecord, calls_of
from jiemin.domain.codes import VisitKind
from jiemin.domain.periods import Quarter

END = date(2014, 6, 30)
IN_TIME = date(2014, 7, 10)
LATE = date(2014, 7, 11)


def found(*visits: VisitOnRecord, settings: CheckSettings = SETTINGS) -> list[Finding]:
    facts = visit_facts(*visits)
    return list(entry_findings(facts.county, calls_of(facts), settings))


def test_what_comes_on_record_within_the_grace_is_in_time() -> None:
    assert found(visit(1, date(2014, 4, 5), entered_on=IN_TIME)) == []
    assert found(visit(1, date(2014, 4, 5), entered_on=None)) == []
    assert found(visit(1, END, kind=VisitKind.PHONE, entered_on=LATE)) == []


def test_a_day_later_it_is_late() -> None:
    (finding,) = found(visit(1, END, entered_on=LATE))
    assert finding.number == "K202-C1-2014Q2"
    assert finding.message == "2014年第二季度的1次走访，2014-07-11才登记：V001"
    assert finding.towns == {"乌镇镇"}


def test_late_visits_of_one_quarter_are_one_finding_of_their_cadre() -> None:
    some = [visit(1, date(2014, 4, 5), entered_on=LATE), visit(2, END, "H2", "C1", "C2", entered_on=LATE)]
    later = visit(3, END, entered_on=date(2014, 7, 15))
    assert numbers(found(*some, later)) == ["K202-C1-2014Q2", "K202-C2-2014Q2"]


def test_several_quarters_at_one_sitting() -> None:
    some = [
        visit(1, date(2014, 2, 5), entered_on=date(2014, 6, 20)),
        visit(2, date(2014, 6, 5), entered_on=date(2014, 6, 20)),
    ]
    late, sitting = sorted(found(*some), key=lambda each: each.number)
    assert sitting.number == "K203-C1-20140620"
    assert "2014年第一季度到2014年第二季度的2次走访" in sitting.message
    assert (late.number, late.facts) == ("K202-C1-2014Q1", (("V001", date(2014, 6, 20)),))
    assert numbers(found(some[0])) == ["K202-C1-2014Q1"]


def test_two_sides_of_a_turn_within_the_grace_are_no_sitting() -> None:
    day = date(2014, 7, 5)
    assert found(visit(1, END, entered_on=day), visit(2, date(2014, 7, 2), entered_on=day)) == []


def test_a_whole_list_entered_late_is_one_finding() -> None:
    people = [staff(f"C{number}", f"干部{number}", "市民政局") for number in range(1, 30)]
    whole = county(people=people)
    one_quarter = [visit(n, END, "H1", f"C{n}", entered_on=LATE) for n in range(1, 22)]
    facts = visit_facts(*one_quarter, county=whole)
    assert numbers(entry_findings(whole, calls_of(facts), SETTINGS)) == ["K202-20140711"]
    some = visit_facts(*one_quarter[:20], county=whole)
    assert codes(entry_findings(whole, calls_of(some), SETTINGS)) == ["K202"] * 20
    two = [visit(100 + n, date(2014, 2, 5), "H1", f"C{n}", entered_on=LATE) for n in range(1, 22)]
    both = visit_facts(*one_quarter, *two, county=whole)
    late, sitting = sorted(entry_findings(whole, calls_of(both), SETTINGS), key=lambda each: each.number)
    assert (late.number, sitting.number) == ("K202-20140711", "K203-20140711")
    assert sitting.message == "这一天一起登记了21名干部几个季度的走访，共42次"


def test_late_visits_of_nobody_are_told_one_by_one() -> None:
    nobody = VisitOnRecord("V009", END, "H1", (), VisitKind.CALL_ON, entered_on=LATE)
    facts = visit_facts(nobody, pairings={})
    (finding,) = entry_findings(facts.county, calls_of(facts), SETTINGS)
    assert finding.number == "K202-V009"
    assert codes(found(nobody)) == ["K202"]  # of the lead, who is taken to have come


def test_cadres_and_households_nobody_knows_are_left_out() -> None:
    strange = [
        visit(1, END, "H9", entered_on=LATE),
        visit(2, END, "H1", "C9", entered_on=LATE),
        visit(3, date(2014, 2, 5), "H1", "C9", entered_on=LATE),
        visit(4, date(2015, 1, 1), "H9", entered_on=END),
    ]
    assert numbers(found(*strange)) == ["K202-C1-2014Q2"]


def test_a_visit_to_come_was_not_made() -> None:
    (finding,) = found(visit(1, date(2014, 7, 21), entered_on=date(2014, 7, 20)))
    assert (finding.number, "还没有到" in finding.message) == ("K201-V001", True)
    assert found(visit(1, date(2014, 7, 20))) == []


def test_a_visit_entered_before_its_day_was_written_beforehand() -> None:
    (finding,) = found(visit(1, date(2014, 7, 2), entered_on=date(2014, 7, 1)))
    assert finding.number == "K201-V001"
    assert finding.message == "2014-07-02的走访，2014-07-01就登记了"


def corrected(call: VisitOnRecord, *corrections: Correction, **other: Any) -> list[Finding]:
    facts = visit_facts(call, corrected={call.visit_no: corrections}, **other)
    return list(correction_findings(facts, calls_of(facts), SETTINGS))


def changed(day: date = LATE, **before: Any) -> Correction:
    """A correction of that day; `before` is what it changed, as it was."""
    return Correction(day, **({"visit_day": None, "kind": None, "cadre_nos": None} | before))


def test_a_visit_made_to_count_after_the_grace_is_told_with_what_it_was() -> None:
    call = visit(1, END)
    for was, why in (
        (changed(kind=VisitKind.PHONE), "原来是电话"),
        (changed(visit_day=date(2014, 7, 1)), "原来的日期是2014-07-01"),
        (changed(cadre_nos=("C3",)), "原来的走访人没有结对"),
    ):
        (finding,) = corrected(call, was)
        assert finding.number == "K220-V001"
        assert finding.message == f"2014-06-30的走访，2014-07-11更正以后才计入2014年第二季度：{why}"


def test_a_correction_in_time_of_words_or_of_what_counted_anyway_is_none() -> None:
    call = visit(1, END)
    assert corrected(call) == []
    assert corrected(call, changed(IN_TIME, kind=VisitKind.PHONE)) == []
    assert corrected(call, changed(kind=VisitKind.GIFT)) == []
    assert corrected(call, changed(visit_day=date(2014, 4, 1))) == []
    assert corrected(call, changed(cadre_nos=())) == []
    back_and_forth = (changed(kind=VisitKind.CALL_ON), changed(kind=VisitKind.PHONE))
    assert corrected(call, *back_and_forth) == []


def test_what_does_not_count_now_is_nothing_to_look_into() -> None:
    assert corrected(visit(1, END, kind=VisitKind.PHONE), changed(visit_day=date(2014, 7, 1))) == []
    assert corrected(visit(1, END, "H1", "C3"), changed(kind=VisitKind.PHONE)) == []
    assert corrected(visit(1, date(2014, 7, 1)), changed(kind=VisitKind.PHONE)) == []


days = st.dates(date(2013, 6, 1), date(2014, 7, 20))


@given(st.lists(st.tuples(days, st.integers(0, 200), st.sampled_from(["C1", "C2"])), max_size=12))
def test_every_late_visit_is_told_as_late_whatever_else_is_found_of_its_day(
    told: list[tuple[date, int, str]],
) -> None:
    visits = [
        visit(place, day, "H1", cadre, entered_on=day + timedelta(days=after))
        for place, (day, after, cadre) in enumerate(told)
    ]
    late = [each for each in found(*visits) if each.kind.code == "K202"]
    assert {number for each in late for number, _ in each.facts} == {  # type: ignore[misc, str-unpack]
        each.visit_no
        for each in visits
        if each.entered_on and (each.entered_on - Quarter.of(each.day).last).days > SETTINGS.grace_days
    }


def test_the_cadres_of_the_tests_are_three() -> None:
    assert len(STAFF) == 3
