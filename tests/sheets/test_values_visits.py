"""Cells of logs of visits: days of a stated year, days of promises, gifts, and words that say nothing."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.grids import codes_of, reading

from jiemin.domain.codes import VisitKind
from jiemin.domain.periods import Quarter
from jiemin.sheets.values.cell import Faulty, Fields, Stated
from jiemin.sheets.values.visits import (
    due_day,
    gift_money,
    goods,
    money_or_goods,
    told_kind,
    visit_day,
    words_said,
)

SECOND = Stated(2014, Quarter(2014, 2))
YEAR = Stated(2014)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("4月15日", (4, 15)),
        ("4月15号", (4, 15)),
        ("04.15", (4, 15)),
        ("4.2", (4, 2)),
        ("4/15", (4, 15)),
        ("4-15", (4, 15)),
        (" 4 月 15 日", (4, 15)),
        ("四月十五日", (4, 15)),
        (4.15, (4, 15)),
        (4.5, (4, 5)),
    ],
)
def test_a_day_without_a_year_is_of_the_year_stated_and_that_is_told(
    written: Any, day: tuple[int, int]
) -> None:
    assert reading(visit_day(SECOND), written) == Faulty((("J614", ""),), date(2014, *day))
    assert codes_of(reading(visit_day(), written)) == ["J304"]


@pytest.mark.parametrize("written", ["2013-12-20", "2014.4.15", date(2014, 4, 15), datetime(2014, 4, 15, 9)])
def test_a_whole_day_is_what_it_is_whatever_the_sheet_states(written: Any) -> None:
    assert reading(visit_day(SECOND), written) == reading(visit_day(), written)
    assert isinstance(reading(visit_day(SECOND), written), date)


@pytest.mark.parametrize("written", [4.1, 4.2, 4.3, 11.1])
def test_a_cell_number_that_may_be_two_days_is_neither(written: float) -> None:
    found = reading(visit_day(YEAR), written)
    assert codes_of(found) == ["J304"]
    assert "分不清" in found.faults[0][1]


@pytest.mark.parametrize("written", ["7月1日", "2月30日", "15日", "上周三", "4月", 41759, True, "13.5"])
def test_what_is_no_day_of_the_stated_quarter_is_none(written: Any) -> None:
    assert codes_of(reading(visit_day(SECOND), written)) == ["J304"]


@pytest.mark.parametrize("written", ["6月31日", "6.31"])
def test_a_day_that_the_stated_year_has_not_is_called_so(written: str) -> None:
    assert reading(visit_day(SECOND), written).faults == (("J304", f"2014年没有{written}这一天"),)


@pytest.mark.parametrize(
    "written",
    [
        "4.12、5.20",
        "4.12,5.20",
        "4月12日 5月20日",
        "4月12日、20日",
        "2014-04-12；2014-05-20",
        "4月12日\n5月20日",
        "4月12日至14日",
        "4.12、5.20、6.18",
    ],
)
@pytest.mark.parametrize("stated", [None, SECOND])
def test_several_days_in_one_cell_are_named_and_not_chosen_from(written: str, stated: Stated | None) -> None:
    assert codes_of(reading(visit_day(stated), written)) == ["J606"]


@given(st.text("0123456789./-月日号年、 ", max_size=12))
def test_a_day_of_the_stated_year_is_the_one_written(written: str) -> None:
    found = reading(visit_day(YEAR), written)
    if isinstance(found, Faulty) and found.kept is not None:
        assert found.kept.year == 2014
        assert found.kept.strftime("%-m %-d").split() == [
            each.lstrip("0") for each in "".join(c if c.isdigit() else " " for c in written).split()
        ]


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2014-07-31", date(2014, 7, 31)),
        ("2014年7月31日前", date(2014, 7, 31)),
        ("2014年6月底", date(2014, 6, 30)),
        ("2014年6月底前", date(2014, 6, 30)),
        ("2014年6月底前完成", date(2014, 6, 30)),
        ("2014年6月", date(2014, 6, 30)),
        ("2014年第三季度", date(2014, 9, 30)),
        ("2014年底", date(2014, 12, 31)),
        ("2014年底前", date(2014, 12, 31)),
    ],
)
def test_a_promise_is_due_on_the_last_day_of_what_is_written(written: str, last: date) -> None:
    assert reading(due_day(), written) == last
    assert reading(due_day(YEAR), written) == last


@pytest.mark.parametrize(
    ("written", "last"), [("6月底", (6, 30)), ("年底前", (12, 31)), ("7月5日前", (7, 5))]
)
def test_a_promise_without_a_year_is_due_in_the_year_stated(written: str, last: tuple[int, int]) -> None:
    assert reading(due_day(YEAR), written) == Faulty((("J614", ""),), date(2014, *last))
    assert codes_of(reading(due_day(), written)) == ["J304"]


@pytest.mark.parametrize("written", ["2014年6月前", "尽快", "长期", "2014", 3])
def test_what_says_no_last_day_is_left_out(written: Any) -> None:
    assert codes_of(reading(due_day(YEAR), written)) == ["J304"]


@pytest.mark.parametrize(
    ("written", "fen"),
    [(500, 50000), ("500元", 50000), ("现金500", 50000), (12.5, 1250), (0, 0), ("0", 0), ("无", None)],
)
def test_money_given(written: Any, fen: int | None) -> None:
    assert reading(gift_money, written) == fen


@pytest.mark.parametrize("written", ["大米一袋", "500元和大米", "200 300", -5, "约500", True])
def test_what_is_no_amount_is_no_money(written: Any) -> None:
    assert codes_of(reading(gift_money, written)) == ["J305"]


@pytest.mark.parametrize("written", ["500元", "500", 500, "现金500元", "价值"])
def test_an_amount_alone_is_no_goods(written: Any) -> None:
    found = reading(goods, written)
    assert found == "价值" if written == "价值" else codes_of(found) == ["J613"]


def test_goods_are_what_is_written_and_nothing_is_none() -> None:
    assert reading(goods, "大米一袋、油一桶") == "大米一袋、油一桶"
    assert [reading(goods, each) for each in ("无", "", 0, "0", "/")] == [None] * 5


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("500元", {"visit_gift_fen": 50000}),
        (300, {"visit_gift_fen": 30000}),
        ("大米一袋", {"visit_gift_goods": "大米一袋"}),
        ("500元和大米", {"visit_gift_goods": "500元和大米"}),
        ("现金500元、大米一袋", {"visit_gift_goods": "现金500元、大米一袋"}),
        ("无", None),
    ],
)
def test_money_and_goods_in_one_column_are_not_parted(written: Any, told: dict[str, Any] | None) -> None:
    assert reading(money_or_goods, written) == (told if told is None else Fields(told))


def test_a_kind_that_is_not_known_is_named_and_taken_for_a_call() -> None:
    found = reading(told_kind, "路过")
    assert codes_of(found) == ["J303"]
    assert found.kept is VisitKind.CALL_ON
    assert reading(told_kind, "上门慰问") is VisitKind.GIFT


@pytest.mark.parametrize("written", ["无", "无需求", "暂无", "没有", "无。", "—"])
def test_words_that_say_there_is_nothing_say_nothing(written: str) -> None:
    assert reading(words_said, written) is None


@pytest.mark.parametrize("written", ["无钱看病", "没有房子住", "想看病\n要修房"])
def test_other_words_are_kept_as_they_are(written: str) -> None:
    assert reading(words_said, written) == written
