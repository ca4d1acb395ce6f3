"""The quarter's tables of a small county, every figure worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest
from support.small_county import APRIL, TOWNS, line, paired, small_county, visit

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.indicators import AwardLine, Item, MissingAward, SettledArrear, Table, build_quarter
from jiemin.domain.indicators.report import list_pairings
from jiemin.domain.indicators.view import ELSEWHERE
from jiemin.domain.periods import PeriodError, Quarter

REPORT = build_quarter(small_county())


def by_hand(table: Table, text: str) -> None:
    """Compare a table with lines of `column | row figures … | total`; a dash is an unknown figure."""
    for written in text.strip().splitlines():
        name, rows, total = (part.strip() for part in written.split("|"))
        figures = [None if figure == "-" else int(figure) for figure in [*rows.split(), total]]
        assert [*table.figures(name), table.sum_of(name)] == figures, name
    names = {written.split("|")[0].strip() for written in text.strip().splitlines()}
    assert names == {column.key for column in table.columns}


def test_annex_2_by_town() -> None:
    assert [row.name for row in REPORT.by_town.rows] == list(TOWNS)
    by_hand(
        REPORT.by_town,
        """
        URBAN_DIBAO_households |     1      0     0 |      1
        URBAN_DIBAO_persons    |     3      0     0 |      3
        RURAL_DIBAO_households |     1      1     0 |      2
        RURAL_DIBAO_persons    |     2      4     0 |      6
        LOW_INCOME_households  |     1      1     0 |      2
        LOW_INCOME_persons     |     -      3     0 |      3
        WUBAO_households       |     0      1     0 |      1
        WUBAO_persons          |     0      1     0 |      1
        SANWU_households       |     0      0     0 |      0
        SANWU_persons          |     0      0     0 |      0
        OTHER_households       |     0      1     0 |      1
        OTHER_persons          |     0      2     0 |      2
        all_households         |     3      4     0 |      7
        all_persons            |     5     10     0 |     15
        to_pair                |     3      2     0 |      5
        to_pair_paired         |     2      2     0 |      4
        to_pair_unpaired       |     1      0     0 |      1
        paired                 |     2      3     0 |      5
        one_to_one             |     1      2     0 |      3
        many_to_one            |     1      1     0 |      2
        cadres                 |     2      3     0 |      4
        leaders                |     1      1     0 |      2
        due                    |     2      2     0 |      4
        made                   |     2      1     0 |      3
        rate                   |  1000    500     - |    750
        visits                 |     3      3     0 |      6
        deeds                  |     1      1     0 |      2
        dibao_before           | 90000  10000     0 | 100000
        dibao_after            | 99600  19600     0 | 119200
        dibao_uplift           |  9600   9600     0 |  19200
        aid_before             |     -  50000     0 |  50000
        aid_after              |     - 110000     0 | 110000
        aid_uplift             |     -  60000     0 |  60000
        stories                |     0      0     0 |      0
        """,
    )


def test_annex_2_by_unit() -> None:
    assert [row.name for row in REPORT.by_unit.rows] == ["市民政局", "市教育局", "市财政局"]
    by_hand(
        REPORT.by_unit,
        """
        staff           |   2   3   1 |   6
        staff_leaders   |   1   2   0 |   3
        cadres          |   2   2   0 |   4
        leaders         |   1   1   0 |   2
        leaders_without |   0   1   0 |   1
        households      |   3   3   0 |   5
        due             |   3   1   0 |   3
        made            |   2   0   0 |   2
        rate            | 667   0   - | 667
        visits          |   4   2   0 |   6
        deeds           |   1   1   0 |   2
        stories         |   0   0   0 |   0
        """,
    )


def test_a_visit_of_two_units_together_counts_for_each_and_once_in_the_total() -> None:
    together = visit("V10", date(2014, 6, 25), "A7", ["C2", "C4"], deeds=True)
    table = build_quarter(small_county(visits=[*small_county().visits, together])).by_unit
    shared = {name: (table.figures(name), table.sum_of(name)) for name in ("made", "visits", "deeds")}
    assert shared == {"made": ((3, 1, 0), 3), "visits": ((5, 3, 0), 7), "deeds": ((2, 2, 0), 3)}
    assert all(check.holds for check in table.checks)


def test_visits_by_town() -> None:
    by_hand(
        REPORT.visit_table,
        """
        paired      |    2   3   0 |   5
        due         |    2   2   0 |   4
        made        |    2   1   0 |   3
        not_visited |    0   1   0 |   1
        rate        | 1000 500   - | 750
        visits      |    3   3   0 |   6
        calls       |    2   3   0 |   5
        gifts       |    1   0   0 |   1
        needs       |    2   1   0 |   3
        deeds       |    1   1   0 |   2
        phone       |    0   1   0 |   1
        extra       |    0   1   0 |   1
        """,
    )


def test_subsidies_by_class_and_town() -> None:
    by_hand(
        REPORT.money_table,
        """
        urban_households |     1      1   0 |      2
        urban_persons    |     2      1   0 |      3
        urban_before     | 30000  10000   0 |  40000
        urban_after      | 30000  10000   0 |  40000
        urban_uplift     |     0      0   0 |      0
        rural_households |     1      1   0 |      2
        rural_persons    |     2      3   0 |      5
        rural_before     | 60000      0   0 |  60000
        rural_after      | 69600   9600   0 |  79200
        rural_uplift     |  9600   9600   0 |  19200
        aid_households   |     0      1   0 |      1
        aid_persons      |     0      3   0 |      3
        aid_before       |     -  50000   0 |  50000
        aid_after        |     - 110000   0 | 110000
        aid_uplift       |     -  60000   0 |  60000
        """,
    )
    assert [row.remark for row in REPORT.money_table.rows] == ["", "含草稿", ""]


def test_every_cross_check_holds_and_is_printed() -> None:
    assert REPORT.failed_checks == ()
    labels = [check.label for check in REPORT.by_town.checks]
    assert labels[:2] == ["13=1+3+5+7+9+11", "14=2+4+6+8+10+12"]
    assert "23≤18" in labels
    assert "25=24÷23" in labels
    assert "30=29-28" in labels
    assert labels[-3:] == [
        "合计=各行之和",
        "21、22栏合计只计一次，不大于各行之和",
        "18、23、24、26、34栏合计与名单相符",
    ]


def test_notes_tell_what_is_not_in_the_figures() -> None:
    size = "1户家庭人口未填，未计入人数。"
    draft = "低保金2014-06为草稿：1户系为本表试算，尚未登记发放。"
    missing = "低收入家庭救助有1户缺少家庭人口，算不出金额，未计入。"
    assert size in REPORT.by_town.notes
    for table in (REPORT.by_town, REPORT.money_table):
        assert table.notes[-2:] == (draft, missing)


def test_what_was_settled_of_earlier_periods_is_noted_beside_the_amounts() -> None:
    told = (("A1", 9600), ("A1", 9600), ("A9", 500), ("A2", -16050))
    settled = [SettledArrear(*each) for each in told]
    table = build_quarter(small_county(arrears=settled)).money_table
    town_of = {one.household_no: one.town for one in small_county().households}
    assert table.notes[-1] == (
        f"本季度批准补发2户、197元（{town_of['A1']}192元、{ELSEWHERE}5元）；"
        f"应退1户、160.50元（{town_of['A2']}160.50元）。系以前时段各项补助的差额，不在本表金额内。"
    )
    assert table.sum_of("rural_after") == REPORT.money_table.sum_of("rural_after")
    paid = build_quarter(small_county(arrears=settled[:1])).money_table
    assert paid.notes[-1].startswith(f"本季度批准补发1户、96元（{town_of['A1']}96元）。系")


def test_annex_1_lists_whom_to_pair_and_whoever_is_paired() -> None:
    assert [
        (one.household.household_no, one.mode, [helper.cadre.cadre_no for helper in one.helpers])
        for one in REPORT.pairings
    ] == [
        ("A1", "多对一", ["C1", "C2"]),
        ("A2", "一对一", ["C1"]),
        ("A3", "", []),
        ("A4", "一对一", ["C3"]),
        ("A5", "一对一", ["C4"]),
        ("A7", "多对一", ["C4", "C2"]),
    ]
    assert REPORT.pairings[0].helpers[1].start == APRIL
    assert list_pairings(small_county(visits=[], awards=[])) == REPORT.pairings


def test_the_households_not_visited_and_who_is_to_go() -> None:
    found = [
        (one.household.household_no, [each.cadre_no for each in one.cadres]) for one in REPORT.not_visited
    ]
    assert found == [("A7", ["C4", "C2"])]


def test_a_report_knows_its_day_and_whether_the_quarter_runs() -> None:
    assert (REPORT.quarter, REPORT.day, REPORT.running) == (Quarter(2014, 2), date(2014, 6, 30), False)
    running = build_quarter(small_county(today=date(2014, 6, 1)))
    assert (running.day, running.running, running.failed_checks) == (date(2014, 6, 1), True, ())


def test_a_quarter_that_has_not_begun_has_no_report() -> None:
    with pytest.raises(PeriodError):
        build_quarter(small_county(today=date(2014, 3, 31)))


def test_what_nobody_computed_is_unknown_and_no_zero_and_no_fault() -> None:
    lacking = [MissingAward(f"A{n}", Item.DIBAO, "2014-06", ("家庭月收入", "标准")) for n in (1, 2, 4)]
    report = build_quarter(small_county(awards=[], missing_awards=lacking))
    assert report.failed_checks == ()
    assert report.money_table.figures("rural_after") == (None, None, 0)
    assert report.money_table.sum_of("rural_after") is None
    assert report.by_town.sum_of("dibao_uplift") is None
    assert report.money_table.figures("rural_households") == (0, 0, 0)
    assert report.by_town.notes[-1] == "低保金有3户缺少家庭月收入、标准，算不出金额，未计入。"


def test_persons_that_nobody_counted_are_unknown() -> None:
    unknown = [replace(one, covered=None) for one in small_county().households]
    report = build_quarter(small_county(households=unknown))
    assert report.money_table.figures("rural_persons") == (None, None, 0)
    assert "4户人口未填，未计入人数。" in report.money_table.notes
    assert report.failed_checks == ()


def test_what_belongs_to_a_household_that_left_before_the_quarter_has_a_row_of_its_own() -> None:
    facts = small_county()
    aid = AwardLine("A9", HouseholdClass.LOW_INCOME, Item.LOW_INCOME, "2014", 500_00, 900_00)
    late = visit("V10", date(2014, 5, 20), "A9", ["C1"])
    report = build_quarter(
        replace(
            facts,
            awards=[*facts.awards, aid],
            visits=[*facts.visits, late],
            pairings=[*facts.pairings, paired("A9", "C1", APRIL)],
        )
    )
    assert report.failed_checks == ()
    for table in (report.by_town, report.money_table):
        assert table.rows[-1].name == ELSEWHERE
        assert table.figures("aid_after")[-1] == 900_00
        assert table.sum_of("aid_after") == 2000_00
    assert report.by_town.figures("visits") == (3, 3, 0, 1)
    assert report.by_town.figures("due") == (2, 2, 0, 0)


def test_a_town_the_county_does_not_list_comes_after_those_it_lists() -> None:
    facts = small_county()
    stranger = line("A9", "濮院镇", HouseholdClass.OTHER, 1)
    report = build_quarter(replace(facts, households=[stranger, *facts.households]))
    assert [row.name for row in report.by_town.rows] == [*TOWNS, "濮院镇"]
    assert report.by_town.figures("all_households") == (3, 4, 0, 1)
    assert report.by_town.figures("dibao_after")[-1] == report.by_town.figures("aid_after")[-1] == 0


def test_an_award_that_fits_no_column_makes_a_check_fail() -> None:
    facts = small_county()
    odd = AwardLine("A7", HouseholdClass.OTHER, Item.LOW_INCOME, "2014", 0, 100_00)
    report = build_quarter(replace(facts, awards=[*facts.awards, odd]))
    assert [(name, check.label) for name, check in report.failed_checks] == [
        ("补助情况", "14栏合计与名单相符")
    ]
