"""Values that do not fit together are found before anything is computed from them."""

from datetime import date

from support.policies import APRIL, NEW_YEAR, dated, parameter

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Basis, Floor, Parameter, Unit
from jiemin.domain.policy.soundness import Stretch, faults_between

JUNE, JULY = date(2014, 6, 1), date(2014, 7, 1)
RAISE = Basis.RAISE


def faults(*parameters: Parameter) -> list[tuple[str, str]]:
    held = {each.key: each for each in parameters}
    return faults_between(held, {key: each.values for key, each in held.items()})


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


def test_days_between_two_raises_without_any_are_a_fault_though_a_value_lies_beneath() -> None:
    april, july = dated(2, APRIL, basis=RAISE, end=JUNE), dated(3, JULY, basis=RAISE)
    what = "中间断了：2014-06-01到2014-06-30没有数值，前面的不会自己接上，要用就从2014-06-01起再写一条"
    assert faults(parameter("a", dated(1), april, july)) == [("a", what)]
    assert faults(parameter("a", dated(1), april, dated(1, JUNE), july)) == []
    assert faults(parameter("a", dated(1), april, dated(2, JULY))) == [("a", what)]


def test_what_ends_last_ends_for_good() -> None:
    assert faults(parameter("a", dated(1), dated(2, APRIL, basis=RAISE, end=JUNE))) == []


def test_a_gap_in_what_lies_beneath_is_told_once_not_again_with_the_raises() -> None:
    values = dated(1, end=APRIL), dated(2, APRIL, basis=RAISE, end=JUNE), dated(3, JULY)
    assert faults(parameter("a", *values)) == [("a", "中间断了：2014-04-01到2014-06-30没有数值")]


class TestDaysOfValuesThatCouldNotBeReadWhole:
    """Some are without issue or basis; where even the days could not be read there stands None."""

    def told(self, *days: Stretch | None) -> list[str]:
        return [what for _, what in faults_between({}, {"a": days})]

    def test_gaps_and_overlaps_are_told_all_the_same(self) -> None:
        one, other = Stretch(NEW_YEAR, APRIL), Stretch(JULY, FOREVER)
        (gap,) = self.told(one, other)
        assert gap.startswith("中间断了：2014-04-01到2014-06-30没有数值")
        overlong = Stretch(NEW_YEAR, JULY, basis=Basis.EXISTING)
        (overlap,) = self.told(overlong, Stretch(APRIL, FOREVER, basis=Basis.EXISTING))
        assert overlap.startswith("两个数值重叠")

    def test_what_may_be_existing_or_a_raise_is_not_held_against_either(self) -> None:
        raised = Stretch(APRIL, FOREVER, basis=RAISE)
        assert self.told(Stretch(NEW_YEAR, FOREVER), raised) == []
        assert self.told(Stretch(NEW_YEAR, FOREVER, basis=Basis.EXISTING), Stretch(APRIL, JULY), raised) == []
        assert self.told(Stretch(NEW_YEAR, JULY, basis=Basis.EXISTING), Stretch(APRIL, FOREVER)) == []

    def test_values_of_one_day_are_no_doubles_where_an_issue_is_not_known(self) -> None:
        assert self.told(Stretch(NEW_YEAR, FOREVER), Stretch(NEW_YEAR, FOREVER)) == []

    def test_a_value_of_unknown_days_may_fill_any_gap_but_heals_no_overlap(self) -> None:
        assert self.told(Stretch(NEW_YEAR, APRIL), None, Stretch(JULY, FOREVER)) == []
        assert self.told(None, Stretch(APRIL, FOREVER, basis=RAISE)) == []
        overlong = Stretch(NEW_YEAR, JULY, basis=RAISE)
        assert len(self.told(None, overlong, Stretch(APRIL, FOREVER, basis=RAISE))) == 1


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
    assert faults_between({"a": held}, {"a": held.values, "b": [None]}) == []


def test_floors_in_a_circle_are_told_once() -> None:
    def over(key: str, base: str) -> Parameter:
        return parameter(key, dated(1, at_least=Floor(800, base)))

    assert faults(over("a", "a")) == [("a", "at_least 绕成了圈：a → a")]
    assert faults(over("c", "a"), over("a", "b"), over("b", "c")) == [
        ("a", "at_least 绕成了圈：a → b → c → a")
    ]
    assert faults(over("z", "a"), over("a", "b"), over("b", "a")) == [("a", "at_least 绕成了圈：a → b → a")]
    assert faults(over("a", "b"), parameter("b", dated(1))) == []
