"""典型事迹 in the quarter's report: the total counts every story, and the rows add up to it."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from support.small_county import TOWNS, small_county

from jiemin.domain.indicators import QuarterReport, StoryLine, build_quarter
from jiemin.domain.indicators.view import ELSEWHERE

NUMBERS = [None, "A1", "A3", "A5", "A8", "A9"]
UNITS = [None, "市民政局", "市财政局", "市档案馆"]


def told(*of: tuple[str | None, str | None]) -> QuarterReport:
    stories = [
        StoryLine(f"S{at:04d}", date(2014, 6, at), "一口新灶", "正文", household, unit, "某户")
        for at, (household, unit) in enumerate(of, start=1)
    ]
    return build_quarter(small_county(stories=stories))


def by_row(report: QuarterReport, which: str) -> dict[str, int | None]:
    table = getattr(report, which)
    return dict(zip((row.name for row in table.rows), table.figures("stories"), strict=True))


def test_by_the_town_of_the_family_and_by_unit() -> None:
    report = told(("A1", "市民政局"), ("A3", None), ("A8", "市教育局"))
    assert by_row(report, "by_town") == {"梧桐街道": 2, "乌镇镇": 1, "石门镇": 0}
    assert by_row(report, "by_unit") == {"市民政局": 1, "市教育局": 1, "市财政局": 0, ELSEWHERE: 1}
    assert report.failed_checks == ()
    assert [story.story_no for story in report.stories] == ["S0001", "S0002", "S0003"]


def test_a_story_of_no_family_stands_elsewhere_and_is_explained() -> None:
    report = told((None, "市民政局"), ("A9", "市民政局"))
    assert by_row(report, "by_town") == {**dict.fromkeys(TOWNS, 0), ELSEWHERE: 2}
    row = report.by_town.rows[-1]
    assert {figure for figure in row.figures[:-1] if figure} == set()
    assert any("典型事迹按所写家庭" in note and "2篇" in note for note in report.by_town.notes)
    assert not any("典型事迹" in note for note in told(("A1", None)).by_town.notes)


def test_other_tables_get_no_row_for_a_story() -> None:
    report = told((None, None))
    assert ELSEWHERE not in [row.name for row in (*report.visit_table.rows, *report.money_table.rows)]


@given(st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(UNITS)), max_size=6))
def test_rows_add_up_to_all_stories(of: Sequence[tuple[str | None, str | None]]) -> None:
    report = told(*of)
    for which in ("by_town", "by_unit"):
        table = getattr(report, which)
        assert table.sum_of("stories") == len(of) == sum(figure or 0 for figure in table.figures("stories"))
    assert report.failed_checks == ()
    assert report.by_town.columns[-1].heads == report.by_unit.columns[-1].heads == ("典型事迹", "篇")
