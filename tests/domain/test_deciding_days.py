"""Which day decides about whom, of a period approved before its end and of one approved after it."""

from datetime import date

from jiemin.domain.deciding_days import deciding_days

FIRST, LATER, LATEST = date(2014, 6, 10), date(2014, 9, 12), date(2014, 12, 31)


def test_of_a_period_approved_at_its_end_the_last_day_decides_about_all() -> None:
    days = deciding_days(LATEST, LATEST, {LATEST: frozenset({1})}, {})
    assert (days.of(1), days.of(2), days.looks) == (LATEST, LATEST, ((LATEST, None),))


def test_of_one_approved_before_the_day_of_approval_decides_about_who_was_there() -> None:
    paid = {LATER: frozenset({1, 2, 4}), LATEST: frozenset({5}), date(2014, 5, 1): frozenset({6})}
    days = deciding_days(FIRST, LATEST, paid, {FIRST: {1}, LATER: {1, 2}})
    assert [days.of(each) for each in (1, 2, 3, 4, 5, 6)] == [FIRST, LATER, LATEST, LATEST, LATEST, LATEST]
    assert days.looks == ((FIRST, None), (LATER, paid[LATER]), (LATEST, None))
