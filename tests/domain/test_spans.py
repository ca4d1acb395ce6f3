"""Dated records learn without forgetting."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Amendment, Held, Outcome, State, amend, at, known_on

APRIL, MAY, JUNE = date(2014, 4, 1), date(2014, 5, 1), date(2014, 6, 1)


def held(start: date, end: date = FOREVER, row_id: int = 1, **state: object) -> Held:
    return Held(row_id, start, end, state)


def test_a_first_word_starts_a_span_without_end() -> None:
    told = amend([], APRIL, {"size": 3})
    assert told.outcome is Outcome.NEW
    assert told.starts == ((APRIL, FOREVER, {"size": 3}),)


def test_the_same_again_changes_nothing() -> None:
    assert amend([held(APRIL, size=3, cause="因病")], MAY, {"size": 3}) == Amendment(Outcome.UNCHANGED)


def test_a_correction_of_the_first_day_is_made_in_place() -> None:
    told = amend([held(APRIL, size=3)], APRIL, {"size": 4})
    assert told.rewrites == ((1, {"size": 4}),)
    assert told.starts == ()
    assert [(each.field, each.old, each.new) for each in told.differences] == [("size", 3, 4)]


def test_a_later_change_ends_the_span_and_keeps_what_was_not_told() -> None:
    told = amend([held(APRIL, size=3, cause="因病")], MAY, {"size": 4})
    assert told.outcome is Outcome.CHANGED
    assert told.rewrites == ((1, {"end": MAY}),)
    assert told.starts == ((MAY, FOREVER, {"size": 4, "cause": "因病"}),)


def test_a_change_inside_a_closed_span_ends_where_that_span_ended() -> None:
    spans = [held(APRIL, JUNE, 1, size=3), held(JUNE, FOREVER, 2, size=5)]
    assert amend(spans, MAY, {"size": 4}).starts == ((MAY, JUNE, {"size": 4}),)


def test_told_the_same_of_an_earlier_day_the_record_begins_earlier() -> None:
    assert amend([held(MAY, size=3)], APRIL, {"size": 3}).rewrites == ((1, {"start": APRIL}),)


def test_told_otherwise_of_an_earlier_day_a_span_goes_before() -> None:
    told = amend([held(MAY, size=3, cause="因病")], APRIL, {"size": 2})
    assert told.starts == ((APRIL, MAY, {"size": 2, "cause": "因病"}),)


def test_after_an_end_the_record_goes_on_from_what_was_last_known() -> None:
    told = amend([held(APRIL, MAY, size=3, cause="因病")], JUNE, {"size": 2})
    assert told.outcome is Outcome.CHANGED
    assert told.starts == ((JUNE, FOREVER, {"size": 2, "cause": "因病"}),)


def test_at_finds_the_span_in_force_and_respects_its_open_end() -> None:
    span = held(APRIL, MAY)
    assert at([span], APRIL) is span
    assert at([span], MAY) is None


def test_what_a_word_builds_on_is_the_day_itself_else_what_follows_else_what_came_last() -> None:
    spans = [held(APRIL, MAY, 1, size=3), held(JUNE, date(2014, 7, 1), 2, size=5)]
    days = (date(2014, 4, 30), date(2014, 1, 1), MAY, date(2014, 8, 1))
    assert [known_on(spans, day) for day in days] == [{"size": 3}, {"size": 3}, {"size": 5}, {"size": 5}]
    assert known_on([], MAY) == {}


def written(spans: list[Held], amendment: Amendment) -> list[Held]:
    """The record once an amendment is written."""
    held = {span.id: span for span in spans}
    for row_id, fields in amendment.rewrites:
        old = held[row_id]
        state = {
            **old.state,
            **{name: value for name, value in fields.items() if name not in ("start", "end")},
        }
        held[row_id] = Held(row_id, fields.get("start", old.start), fields.get("end", old.end), state)
    fresh = [Held(max(held, default=0) + n, *start) for n, start in enumerate(amendment.starts, start=1)]
    return sorted([*held.values(), *fresh], key=lambda span: span.start)


def expected_on(spans: list[Held], day: date, told: State, asked: date) -> State | None:
    """What the record should say of the day `asked`, put as plainly as can be."""
    before = [span for span in spans if span.end <= day]
    inside = [span for span in spans if span.start <= day < span.end]
    after = [span for span in spans if span.start > day]
    if inside:
        ends, base = inside[0].end, inside[0].state
    elif after:
        ends, base = after[0].start, after[0].state
    else:
        ends, base = FOREVER, before[-1].state if before else {}
    if day <= asked < ends:
        return {**base, **told}
    return next((span.state for span in spans if span.start <= asked < span.end), None)


DAYS = [APRIL + timedelta(days=number) for number in range(16)]
days = st.sampled_from(DAYS[1:-1])
words = st.dictionaries(st.sampled_from(["size", "cause"]), st.integers(0, 2), min_size=1)


@st.composite
def records(draw: st.DrawFn) -> list[Held]:
    """Up to four spans, with or without gaps, the last with or without an end."""
    edges = sorted(draw(st.sets(st.sampled_from(DAYS), max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    goes_on = draw(st.booleans())
    if pairs and goes_on:
        pairs[-1] = (pairs[-1][0], FOREVER)
    return [Held(n, start, end, draw(words)) for n, (start, end) in enumerate(pairs, start=1)]


@given(records(), days, words)
def test_what_is_told_holds_from_its_day_and_no_other_day_changes(
    spans: list[Held], day: date, told: State
) -> None:
    now = written(spans, amend(spans, day, told))
    for asked in [*DAYS, date(2100, 1, 1)]:
        said = at(now, asked)
        assert (said.state if said else None) == expected_on(spans, day, told, asked)
    assert all(span.start < span.end for span in now)
    assert all(one.end <= two.start for one, two in pairwise(now))


@given(records(), days, words)
def test_the_outcome_says_whether_anything_changed(spans: list[Held], day: date, told: State) -> None:
    amendment = amend(spans, day, told)
    kept = Outcome.UNCHANGED if written(spans, amendment) == spans else Outcome.CHANGED
    assert amendment.outcome is (kept if spans else Outcome.NEW)


@given(records(), days, words)
def test_the_same_told_twice_changes_nothing_the_second_time(
    spans: list[Held], day: date, told: State
) -> None:
    now = written(spans, amend(spans, day, told))
    assert amend(now, day, told) == Amendment(Outcome.UNCHANGED)


@given(records(), days, words)
def test_differences_are_what_the_day_said_before_and_says_now(
    spans: list[Held], day: date, told: State
) -> None:
    amendment, before = amend(spans, day, told), at(spans, day)
    for each in amendment.differences:
        assert before is not None
        assert (before.state.get(each.field), told[each.field]) == (each.old, each.new)
    changed = {each.field for each in amendment.differences}
    assert before is None or changed == {name for name in told if before.state.get(name) != told[name]}
