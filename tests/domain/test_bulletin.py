"""The bulletin: ranks with ties, change against last quarter, who is behind, what spot checks found."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from support.small_county import cadre, small_county

from jiemin.domain.bulletin import (
    MOST_CADRES,
    FindingCount,
    SpotCheck,
    Standing,
    cadres_behind,
    make_bulletin,
    ranking,
    rates,
)
from jiemin.domain.codes import InspectResult
from jiemin.domain.indicators import QuarterReport, build_quarter
from jiemin.domain.indicators.view import ELSEWHERE
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import CadreVisits, Rate

REPORT = build_quarter(small_county())
LAST = build_quarter(small_county(quarter=Quarter(2014, 1)))
NOTHING = build_quarter(small_county(quarter=Quarter(2013, 4), households=[], pairings=[], awards=[]))
CADRES = small_county().cadres
RATES = st.builds(lambda part, more: Rate(part, part + more), st.integers(0, 12), st.integers(0, 12))


def ranked(now: dict[str, Rate], last: dict[str, Rate] | None = None) -> list[tuple[int | None, str]]:
    return [(each.rank, each.name) for each in ranking(now, last or {})]


def test_equal_rates_share_a_rank_and_the_next_is_left_out() -> None:
    now = {"甲": Rate(1, 2), "乙": Rate(9, 10), "丙": Rate(2, 4), "丁": Rate(0, 3), "戊": Rate(0, 0)}
    assert ranked(now) == [(1, "乙"), (2, "丙"), (2, "甲"), (4, "丁")]


def test_rates_that_print_alike_are_not_equal_for_that() -> None:
    assert ranked({"甲": Rate(6665, 10_000), "乙": Rate(2, 3)}) == [(1, "乙"), (2, "甲")]
    assert ranked({}) == []


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), RATES))
def test_a_rank_is_one_more_than_those_who_did_better(now: dict[str, Rate]) -> None:
    found = ranking(now, {})
    assert {each.name for each in found} == {name for name, rate in now.items() if rate.whole}
    values = [Fraction(each.rate.part, each.rate.whole) for each in found]
    assert values == sorted(values, reverse=True)
    for each, value in zip(found, values, strict=True):
        assert each.rank == 1 + sum(other > value for other in values)


def test_change_is_between_the_rates_as_printed() -> None:
    now = {"甲": Rate(5, 6), "乙": Rate(1, 2), "丙": Rate(1, 1)}
    last = {"甲": Rate(3, 4), "乙": Rate(0, 0)}
    assert {each.name: each.change for each in ranking(now, last)} == {"甲": 83, "乙": None, "丙": None}
    assert {each.name: each.last for each in ranking(now, last)} == {"甲": Rate(3, 4), "乙": None, "丙": None}
    assert Standing(None, "全市", Rate(0, 0), Rate(1, 2)).change is None
    assert Standing(1, "甲", Rate(1, 2), Rate(3, 4)).change == -250


def spot(number: str, town: str, result: InspectResult | None) -> SpotCheck:
    return SpotCheck("X0001", number, f"户主{number}", town, "某村", "干部C1", "市民政局", result)


CHECKS = [
    spot("A4", "乌镇镇", InspectResult.TRUE),
    spot("A5", "乌镇镇", InspectResult.NOT_MET),
    spot("A1", "梧桐街道", InspectResult.FALSE),
    spot("A2", "梧桐街道", None),
    spot("B9", "别处", InspectResult.PARTLY),
]


def test_the_figures_are_those_of_the_quarters_report() -> None:
    made = make_bulletin(REPORT, LAST, CADRES, CHECKS, [FindingCount("K201", "疑点", "同一天", 3)])
    assert made.county.rate == REPORT.visits.rate == Rate(3, 4)
    assert [(each.rank, each.name, each.rate) for each in made.towns] == [
        (1, "梧桐街道", Rate(2, 2)),
        (2, "乌镇镇", Rate(1, 2)),
    ]
    assert made.idle_towns == ("石门镇",)
    assert [each.name for each in made.units] == ["市民政局", "市教育局"]
    assert made.idle_units == ("市财政局",)
    assert made.figures == {"visits": 6, "deeds": 2, "stories": 0}
    assert [each.cadre_no for each in made.report.leaders_without] == ["C5"]
    assert made.findings == (FindingCount("K201", "疑点", "同一天", 3),)


def test_spot_checks_by_town_in_the_countys_order_and_in_all() -> None:
    made = make_bulletin(REPORT, LAST, CADRES, CHECKS, [])
    rows = [(row.name, row.drawn, row.checked, *row.results.values()) for row in made.spot_checks]
    assert rows == [
        ("梧桐街道", 2, 1, 0, 0, 1, 0),
        ("乌镇镇", 2, 2, 1, 0, 0, 1),
        ("别处", 1, 1, 0, 1, 0, 0),
        ("合计", 5, 4, 1, 1, 1, 1),
    ]
    assert [each.household_no for each in made.doubtful] == ["A5", "A1", "B9"]
    assert make_bulletin(REPORT, LAST, CADRES, [], []).spot_checks == ()


def test_last_quarter_without_anything_due_or_on_record_is_no_data() -> None:
    assert not NOTHING.visits.due
    for last in (NOTHING, _without_contacts(REPORT)):
        made = make_bulletin(REPORT, last, CADRES, [], [])
        assert made.county.last is None
        assert {each.last for each in (*made.towns, *made.units)} == {None}
    known = make_bulletin(REPORT, REPORT, CADRES, [], [])
    assert (known.county.last, known.county.change) == (Rate(3, 4), 0)
    assert {each.name: each.change for each in known.towns} == {"梧桐街道": 0, "乌镇镇": 0}


def _without_contacts(report: QuarterReport) -> QuarterReport:
    return replace(report, visits=replace(report.visits, counted=(), extra=(), phone=()))


def behind(**visits: CadreVisits) -> list[str]:
    people = [cadre("C1", "乙局", "科员"), cadre("C2", "甲局", "科员"), cadre("C3", "乙局", "局长")]
    report = replace(REPORT, visits=replace(REPORT.visits, cadres=visits))
    return [each.cadre.cadre_no for each in cadres_behind(report, people)]


def test_the_lowest_rate_comes_first_and_leaders_before_others() -> None:
    none, two, half, all_ = (
        CadreVisits(("A1",), (), ()),
        CadreVisits(("A1", "A2"), (), ()),
        CadreVisits(("A1", "A2"), ("A1",), ("V1",)),
        CadreVisits(("A1",), ("A1",), ("V1",)),
    )
    assert behind(C1=none, C2=none, C3=none) == ["C3", "C1", "C2"]
    assert behind(C1=two, C2=none, C3=half) == ["C1", "C2", "C3"]
    assert behind(C1=all_, C2=CadreVisits((), (), ()), C3=all_) == []
    assert behind() == []


def test_so_many_cadres_are_named_and_the_others_counted() -> None:
    people = [cadre(f"C{number}", "甲局", "局长" if number < 3 else "科员") for number in range(40)]
    visits = {each.cadre_no: CadreVisits(("A1",), (), ()) for each in people}
    visits["C39"] = CadreVisits(("A1", "A2"), ("A1",), ("V1",))
    report = replace(REPORT, visits=replace(REPORT.visits, cadres=visits))
    made = make_bulletin(report, LAST, people, [], [])
    assert (len(made.behind), made.behind_all, made.none, made.leaders_none) == (MOST_CADRES, 40, 39, 3)
    assert [each.cadre.leader for each in made.behind[:4]] == [True, True, True, False]


def test_what_stands_for_no_town_is_not_ranked() -> None:
    table = REPORT.by_town
    odd = replace(table, rows=(*table.rows, replace(table.rows[-1], name=ELSEWHERE)))
    assert list(rates(odd)) == [row.name for row in table.rows]
    assert REPORT.day == date(2014, 6, 30)
