"""Two books side by side: everything that differs, in words."""

from dataclasses import replace
from datetime import date

from support.policies import APRIL, NEW_YEAR, dated, parameter, setting

from jiemin.domain.policy import Basis, Book, Floor, MidPeriod, Parameter, Unit
from jiemin.domain.policy.compare import changes_between, withdrawn_values
from jiemin.domain.policy.words import span_words

ORIGIN = "（市发1号 一，2014-01-01印发）"


def changes(old: list[Parameter], new: list[Parameter]) -> list[tuple[str, str, str, str]]:
    found = changes_between(Book.of(old), Book.of(new))
    return [(each.parameter.key, each.what, each.old, each.new) for each in found]


def test_equal_books_have_no_changes() -> None:
    assert changes([parameter("a", dated(1))], [parameter("a", dated(1))]) == []


def test_a_value_that_is_another_is_told_old_and_new() -> None:
    old, new = parameter("a", dated(40000)), parameter("a", dated(43000), dated(45000, APRIL))
    assert changes([old], [new]) == [
        ("a", "数值", f"每人每月400元{ORIGIN}", f"每人每月430元{ORIGIN}"),
        ("a", "数值", "", "每人每月450元（市发1号 一，2014-04-01印发）"),
    ]
    (first, second) = changes_between(Book.of([old]), Book.of([new]))
    assert (first.start, first.basis, second.start) == (NEW_YEAR, Basis.EXISTING, APRIL)
    assert first.stated == (old.values[0], new.values[0])


def test_a_value_issued_on_another_day_is_the_same_value_changed() -> None:
    ((_, _, old, new),) = changes(
        [parameter("a", dated(1))], [parameter("a", dated(1, issued=date(2013, 12, 1), assumed=True))]
    )
    assert (old, new) == (f"每人每月0.01元{ORIGIN}", "每人每月0.01元（市发1号 一，2013-12-01印发，推定）")


def test_an_existing_value_and_a_raise_of_one_day_are_two() -> None:
    old = parameter("a", dated(1))
    new = parameter("a", dated(1), dated(2, basis=Basis.RAISE))
    ((_, _, before, after),) = changes([old], [new])
    assert (before, after) == ("", f"每人每月0.02元{ORIGIN}")


def test_a_correction_of_the_same_start_comes_as_one_more() -> None:
    corrected = parameter("a", dated(1), dated(2, issued=APRIL))
    ((_, _, before, _),) = changes([parameter("a", dated(1))], [corrected])
    assert before == ""


def test_ends_and_floors_are_in_the_words() -> None:
    base = parameter("b", dated(1))
    old = parameter("a", dated(1, end=APRIL))
    new = parameter("a", dated(1, at_least=Floor(800, "b")))
    assert changes([old, base], [new, base]) == [
        (
            "a",
            "数值",
            f"每人每月0.01元，到2014-03-31为止{ORIGIN}",
            f"每人每月0.01元，不低于标准b的80%{ORIGIN}",
        )
    ]


def test_a_span_tells_the_last_day_only_where_the_value_ends_by_itself() -> None:
    assert span_words(dated(1)) == "2014-01-01起"
    assert span_words(dated(1, end=APRIL)) == "2014-01-01至2014-03-31"


def test_words_that_are_alike_say_that_the_rest_is_not() -> None:
    quoted = parameter("a", dated(1, quote="原文"))
    ((_, _, old, new),) = changes([parameter("a", dated(1))], [quoted])
    assert new == f"{old}，原文或说明不同"


def test_what_a_parameter_is_may_differ_too() -> None:
    old = parameter("a", unit=Unit.PERSON_YEAR)
    new = replace(old, title="甲", mid_period=MidPeriod.BY_MONTH, checked=APRIL)
    assert changes([old], [new]) == [
        ("a", "名称", "标准a", "甲"),
        ("a", "中途变动", "中途变动的，按最后一天的算", "年内变动的，按月折算"),
        ("a", "核对日期", "", "2014-04-01"),
    ]


def test_a_parameter_of_one_book_alone_is_told_in_full() -> None:
    mode = setting("a", "fen", "yuan")
    told = [
        ("a", "名称", "", "标准a"),
        ("a", "单位", "", "选项"),
        ("a", "中途变动", "", "中途变动的，按最后一天的算"),
        ("a", "选项", "", "fen 选fen；yuan 选yuan"),
        ("a", "数值", "", f"选fen{ORIGIN}"),
    ]
    assert changes([], [mode]) == told
    assert changes([mode], []) == [(key, what, new, old) for key, what, old, new in told]


def test_a_word_is_explained_by_the_book_it_stands_in() -> None:
    old, new = setting("a", "fen", "yuan"), setting("a", "jiao", "yuan")
    assert changes([old], [new]) == [
        ("a", "选项", "fen 选fen；yuan 选yuan", "jiao 选jiao；yuan 选yuan"),
        ("a", "数值", f"选fen{ORIGIN}", f"选jiao{ORIGIN}"),
    ]


def test_a_value_withdrawn_is_one_that_is_gone_or_another_and_not_one_that_came() -> None:
    old = [parameter("a", dated(1), dated(2, APRIL)), parameter("b", dated(3)), parameter("c", dated(4))]
    new = [
        parameter("a", dated(1, end=APRIL), dated(9, APRIL), dated(5, date(2014, 7, 1))),
        parameter("b", dated(3, assumed=True)),
    ]
    found = withdrawn_values(Book.of(old), Book.of(new))
    assert [(each.parameter.key, each.start) for each in found] == [("a", APRIL), ("c", NEW_YEAR)]
    assert withdrawn_values(Book.of(old[:1]), Book.of(old)) == ()
    floored = [parameter("b", dated(3, at_least=Floor(800, "a"))), *old[:1]]
    assert [each.parameter.key for each in withdrawn_values(Book.of(old[:2]), Book.of(floored))] == ["b"]
