"""What was in force on a day, by which document, and what nobody stated."""

from datetime import date, timedelta

import pytest
from support.policies import APRIL, NEW_YEAR, dated, parameter, setting

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Basis, Book, Floor, NoValueError, Unit
from jiemin.domain.policy.text import canonical_text
from jiemin.domain.policy.values import show_percent

EVE = date(2013, 12, 31)
MARCH = date(2014, 3, 31)


def amount(book: Book, key: str, day: date) -> int:
    return book.on(day).value(key, "试算").amount


def test_a_value_holds_from_its_first_day_until_the_next_one() -> None:
    book = Book.of([parameter("a", dated(2, APRIL), dated(1))])
    days = (NEW_YEAR, MARCH, APRIL, FOREVER - timedelta(1))
    assert [amount(book, "a", day) for day in days] == [1, 1, 2, 2]


def test_a_value_that_has_ended_leaves_nothing_not_the_one_before() -> None:
    book = Book.of([parameter("a", dated(1), dated(2, APRIL, end=date(2014, 7, 1)))])
    assert amount(book, "a", date(2014, 6, 30)) == 2
    with pytest.raises(NoValueError):
        amount(book, "a", date(2014, 7, 1))


@pytest.mark.parametrize(("key", "named"), [("a", "标准a"), ("b", "b")])
def test_what_nobody_stated_is_asked_for_by_name_day_and_asker(key: str, named: str) -> None:
    book = Book.of([parameter("a", dated(1))])
    with pytest.raises(NoValueError) as raised:
        book.on(EVE).value(key, "农村低保的低保金")
    told = raised.value
    assert told.parameter == named
    assert told.message == f"计算农村低保的低保金要用“{named}”，政策文件里没有2013-12-31当天的数值"
    assert f"写明 {key} 的" in told.hint
    assert "--policy" in told.hint


def test_of_values_that_begin_together_the_latest_issued_counts_then_the_raise() -> None:
    early, late = dated(1, APRIL, issued=NEW_YEAR), dated(2, APRIL, issued=APRIL)
    lifted = dated(3, APRIL, issued=APRIL, basis=Basis.RAISE)
    assert amount(Book.of([parameter("a", late, early)]), "a", APRIL) == 2
    assert amount(Book.of([parameter("a", lifted, late, early)]), "a", APRIL) == 3


def test_a_floor_lifts_a_lower_value_and_tells_what_it_was_taken_over() -> None:
    floored = dated(40000, at_least=Floor(800, "urban"))
    book = Book.of([parameter("urban", dated(52000)), parameter("rural", floored)])
    known = book.on(APRIL).value("rural", "试算")
    assert known.amount == 41600
    assert known.shown == "每人每月416元"
    assert known.stated.value == 40000
    assert known.base is not None
    assert known.base.parameter.key == "urban"
    assert known.base.amount == 52000


@pytest.mark.parametrize("value", [41600, 41601])
def test_a_floor_leaves_a_value_that_reaches_it(value: int) -> None:
    floored = dated(value, at_least=Floor(800, "urban"))
    known = Book.of([parameter("urban", dated(52000)), parameter("rural", floored)]).on(APRIL)
    assert known.value("rural", "试算").amount == value
    assert known.value("rural", "试算").base is None


def test_a_floor_of_a_broken_fen_is_the_next_whole_fen_for_less_would_be_below() -> None:
    assert Floor(800, "urban").over(52001) == 41601
    assert Floor(800, "urban").over(52000) == 41600
    assert Floor(625, "urban").over(16) == 10


def test_a_floor_may_stand_on_a_floor() -> None:
    book = Book.of(
        [
            parameter("a", dated(1000)),
            parameter("b", dated(0, at_least=Floor(900, "a"))),
            parameter("c", dated(0, at_least=Floor(500, "b"))),
        ]
    )
    assert amount(book, "c", APRIL) == 450


def test_a_floor_over_a_value_nobody_stated_is_asked_for() -> None:
    floored = dated(1, at_least=Floor(800, "urban"))
    book = Book.of([parameter("urban", dated(5, APRIL)), parameter("rural", floored)])
    with pytest.raises(NoValueError, match="计算标准rural要用“标准urban”"):
        amount(book, "rural", NEW_YEAR)


def test_without_the_raise_stands_what_would_hold_without_the_notice() -> None:
    lifted = dated(0, APRIL, basis=Basis.RAISE, at_least=Floor(800, "urban"))
    book = Book.of(
        [parameter("urban", dated(520), dated(600, APRIL)), parameter("rural", dated(400), lifted)]
    )
    assert amount(book, "rural", APRIL) == 480
    assert amount(book.without_raise(), "rural", APRIL) == 400
    assert amount(book.without_raise(), "urban", APRIL) == 600


def test_as_known_on_a_day_leaves_out_what_was_issued_later() -> None:
    backdated = dated(2, APRIL, issued=date(2014, 6, 15))
    book = Book.of([parameter("a", dated(1), backdated)])
    assert amount(book.as_known(date(2014, 6, 14)), "a", APRIL) == 1
    assert amount(book.as_known(date(2014, 6, 15)), "a", APRIL) == 2


def test_a_setting_is_a_word_that_explains_itself() -> None:
    known = Book.of([setting("mode", "fen", "yuan")]).on(APRIL).value("mode", "试算")
    assert known.choice == "fen"
    assert known.shown == "选fen"
    assert known.source == "市发1号 一"


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        (Unit.PERSON_MONTH, 41650, "每人每月416.50元"),
        (Unit.PERSON_YEAR, 20000, "每人每年200元"),
        (Unit.HOUSEHOLD_MONTH, 5, "每户每月0.05元"),
        (Unit.HOUSEHOLD_YEAR, 150000, "每户每年1,500元"),
        (Unit.PERCENT, 800, "80%"),
        (Unit.PERCENT, 625, "62.5%"),
    ],
)
def test_values_are_shown_with_their_unit(unit: Unit, value: int, shown: str) -> None:
    assert parameter("a", unit=unit).show(value) == shown


def test_per_cents_are_shown_without_a_needless_decimal() -> None:
    assert [show_percent(permille) for permille in (0, 5, 10, 1300)] == ["0", "0.5", "1", "130"]


def test_equal_books_have_equal_texts_whatever_the_order_they_were_told_in() -> None:
    one = Book.of([parameter("a", dated(1), dated(2, APRIL)), parameter("b", dated(3))])
    other = Book.of([parameter("b", dated(3)), parameter("a", dated(2, APRIL), dated(1))])
    assert one == other
    assert one.text == other.text
    assert one.fingerprint == other.fingerprint
    assert len(one.fingerprint) == 64
    changed = Book.of([parameter("a", dated(1), dated(4, APRIL)), parameter("b", dated(3))])
    assert changed.fingerprint != one.fingerprint


def test_the_text_of_a_book_is_toml_with_every_field() -> None:
    full = dated(
        40050,
        APRIL,
        end=date(2014, 7, 1),
        at_least=Floor(625, "a"),
        basis=Basis.RAISE,
        quote='不低于"标准"的\n62.5%',
        assumed=True,
        note="推定",
    )
    book = Book.of(
        [
            parameter("b", full, checked=MARCH),
            parameter("c", dated(1300), unit=Unit.PERCENT),
            setting("d", "fen"),
        ]
    )
    assert book.text.split("\n") == [
        "[b]",
        'title = "标准b"',
        'unit = "元/人/月"',
        "checked = 2014-03-31",
        "[[b.values]]",
        "from = 2014-04-01",
        "to = 2014-06-30",
        "issued = 2014-04-01",
        "value = 400.50",
        'at_least = {percent = 62.5, of = "a"}',
        'document = "市发1号"',
        'clause = "一"',
        'quote = "不低于\\"标准\\"的\\n62.5%"',
        'basis = "raise"',
        "assumed = true",
        'note = "推定"',
        "",
        "[c]",
        'title = "标准c"',
        'unit = "%"',
        "[[c.values]]",
        "from = 2014-01-01",
        "issued = 2014-01-01",
        "value = 130",
        'document = "市发1号"',
        'clause = "一"',
        'basis = "existing"',
        "",
        "[d]",
        'title = "标准d"',
        'unit = "选项"',
        'choices = {"fen" = "选fen"}',
        "[[d.values]]",
        "from = 2014-01-01",
        "issued = 2014-01-01",
        'value = "fen"',
        'document = "市发1号"',
        'clause = "一"',
        'basis = "existing"',
        "",
    ]


@pytest.mark.parametrize(
    ("unit", "value", "written"),
    [
        (Unit.PERSON_MONTH, 41600, "416"),
        (Unit.PERSON_MONTH, 41650, "416.50"),
        (Unit.PERCENT, 800, "80"),
        (Unit.AGE, 16, "16"),
        (Unit.SETTING, "monthly", '"monthly"'),
    ],
)
def test_a_value_is_written_as_a_policy_file_takes_it(unit: Unit, value: int | str, written: str) -> None:
    assert f"value = {written}" in canonical_text([parameter("a", dated(value), unit=unit)]).splitlines()
