"""Values that do not fit together are found before anything is computed from them."""

from datetime import date

from support.policies import APRIL, NEW_YEAR, dated, parameter

from jiemin.domain.policy import Basis, Floor, Parameter, Unit
from jiemin.domain.policy.soundness import faults_between

JULY = date(2014, 7, 1)
RAISE = Basis.RAISE


def faults(*parameters: Parameter) -> list[tuple[str, str]]:
    held = {each.key: each for each in parameters}
    return faults_between(held, held)


def test_values_that_follow_one_another_are_sound() -> None:
    assert faults(parameter("a", dated(1, end=APRIL), dated(2, APRIL), dated(3, JULY))) == []
    assert faults(parameter("a")) == []


def test_a_value_that_runs_into_the_next_is_a_fault() -> None:
    what = "两个数值重叠：从2014-01-01起的用到2014-06-30，可从2014-04-01起又有一个"
    assert faults(parameter("a", dated(1, end=JULY), dated(2, APRIL))) == [("a", what)]
    lifted = [dated(2, end=JULY, basis=RAISE), dated(3, APRIL, basis=RAISE)]
    assert ("a", what) in faults(parameter("a", dated(1), *lifted))


def test_a_raise_over_a_value_that_goes_on_beneath_is_no_overlap() -> None:
    assert faults(parameter("a", dated(1), dated(2, APRIL, basis=RAISE))) == []


def test_days_between_two_values_without_any_are_a_fault() -> None:
    gap = parameter("a", dated(1, end=APRIL), dated(2, JULY))
    assert faults(gap) == [("a", "中间断了：2014-04-01到2014-06-30没有数值")]


def test_two_values_of_the_same_day_and_issue_are_a_fault_but_a_correction_is_not() -> None:
    twice = parameter("a", dated(1), dated(2))
    assert faults(twice) == [("a", "有两个数值都从2014-01-01起、都在2014-01-01发布，不知道用哪一个")]
    assert faults(parameter("a", dated(1), dated(2, issued=APRIL))) == []


def test_a_raise_needs_the_value_it_is_a_raise_over_as_long_as_it_lasts() -> None:
    needed = "提标没有对照"
    (lonely,) = faults(parameter("a", dated(2, APRIL, basis=RAISE)))
    (too_early,) = faults(parameter("a", dated(1, APRIL), dated(2, NEW_YEAR, basis=RAISE)))
    (too_short,) = faults(parameter("a", dated(1, end=APRIL), dated(2, APRIL, basis=RAISE)))
    assert needed in lonely[1]
    assert needed in too_early[1]
    assert needed in too_short[1]
    assert faults(parameter("a", dated(1, end=JULY), dated(2, APRIL, basis=RAISE, end=JULY))) == []


def test_a_floor_over_nothing_or_over_another_unit_is_a_fault() -> None:
    lost = parameter("a", dated(1, at_least=Floor(800, "b")))
    assert faults(lost) == [("a", "at_least 指的“b”没有这个参数")]
    yearly = parameter("b", dated(1), unit=Unit.PERSON_YEAR)
    assert faults(lost, yearly) == [("a", "at_least 指的“b”单位是元/人/年，与本参数的元/人/月不同")]


def test_a_floor_over_a_parameter_that_could_not_be_read_is_no_second_fault() -> None:
    held = parameter("a", dated(1, at_least=Floor(800, "b")))
    assert faults_between({"a": held}, ["a", "b"]) == []


def test_floors_in_a_circle_are_told_once() -> None:
    def over(key: str, base: str) -> Parameter:
        return parameter(key, dated(1, at_least=Floor(800, base)))

    assert faults(over("a", "a")) == [("a", "at_least 绕成了圈：a → a")]
    assert faults(over("c", "a"), over("a", "b"), over("b", "c")) == [
        ("a", "at_least 绕成了圈：a → b → c → a")
    ]
    assert faults(over("z", "a"), over("a", "b"), over("b", "a")) == [("a", "at_least 绕成了圈：a → b → a")]
    assert faults(over("a", "b"), parameter("b", dated(1))) == []
