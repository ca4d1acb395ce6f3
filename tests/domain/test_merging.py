"""A duplicate's history laid under that of the record it becomes."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiemin.domain.aliases import Settled
from jiemin.domain.codes import Role
from jiemin.domain.merging import (
    Fit,
    Stretch,
    fill,
    fit,
    lay_pairings,
    lay_under,
    overruled,
    yield_to,
)
from jiemin.domain.spans import Held, at

START = date(2014, 1, 1)
DAYS = 12
LEAD, ASSIST = Role.LEAD.value, Role.ASSIST.value


def day(number: int) -> date:
    return START + timedelta(number)


def held(row_id: int, start: int, end: int, **state: Any) -> Held:
    return Held(row_id, day(start), day(end), state)


def told(stretches: Sequence[Stretch]) -> list[tuple[int, int, dict[str, Any]]]:
    return [((each.start - START).days, (each.end - START).days, dict(each.state)) for each in stretches]


@pytest.mark.parametrize(
    ("own", "other", "filled"),
    [
        ({"size": 2}, {"size": 3, "covered": 1}, {"size": 2, "covered": 1}),
        ({"size": None, "phones": ()}, {"size": 0, "phones": ("1",)}, {"size": 0, "phones": ("1",)}),
        ({"note": "甲"}, {"note": None}, {"note": "甲"}),
        (
            {"income_fen": 100, "income_period": "month"},
            {"income_fen": 2, "income_period": "year"},
            {"income_fen": 100, "income_period": "month"},
        ),
        (
            {"bank": "农行", "account": None},
            {"bank": "建行", "account": "1"},
            {"bank": "农行", "account": None},
        ),
        (
            {"bank": "农行", "account": None},
            {"bank": "农行", "account": "1"},
            {"bank": "农行", "account": "1"},
        ),
        (
            {"household_id": 1, "relation": None},
            {"household_id": 2, "relation": "子"},
            {"household_id": 1, "relation": None},
        ),
        (
            {"household_class": "五保", "keeping": None},
            {"household_class": "五保", "keeping": "集中供养"},
            {"household_class": "五保", "keeping": "集中供养"},
        ),
    ],
)
def test_blanks_are_filled_and_nothing_else(own: Any, other: Any, filled: Any) -> None:
    assert fill(own, other) == filled


def test_what_the_duplicate_said_otherwise_does_not_hold() -> None:
    assert overruled({"size": 3, "covered": 1, "note": None}, {"size": 2, "covered": 1}) == {"size": 3}
    assert overruled({"cadre_no": "K2"}, {}) == {}


def test_own_days_hold_and_the_other_fills_the_rest() -> None:
    own = [held(1, 3, 6, size=2, note=None)]
    other = [held(2, 0, 4, size=3, note="甲"), held(3, 5, 9, size=4, note=None)]
    assert told(lay_under(own, other)) == [
        (0, 3, {"size": 3, "note": "甲"}),
        (3, 4, {"size": 2, "note": "甲"}),
        (4, 6, {"size": 2, "note": None}),
        (6, 9, {"size": 4, "note": None}),
    ]
    assert lay_under([], []) == []


def test_a_turn_of_one_history_stays_and_other_neighbours_become_one() -> None:
    assert told(lay_under([held(1, 0, 2, n=1), held(2, 2, 4, n=1)], [])) == [
        (0, 2, {"n": 1}),
        (2, 4, {"n": 1}),
    ]
    assert told(lay_under([held(1, 2, 4, n=1)], [held(2, 0, 3, n=1)])) == [(0, 4, {"n": 1})]
    assert told(lay_under([held(1, 3, 4, n=1)], [held(2, 0, 2, n=1)])) == [(0, 2, {"n": 1}), (3, 4, {"n": 1})]


def test_a_span_yields_on_the_days_of_others() -> None:
    head = held(1, 0, 9, relation="户主")
    others = [held(2, 2, 4), held(3, 4, 5), held(4, 7, 12), held(5, 20, 22)]
    assert told(yield_to(head, others, {"relation": None})) == [
        (0, 2, {"relation": "户主"}),
        (2, 5, {"relation": None}),
        (5, 7, {"relation": "户主"}),
        (7, 9, {"relation": None}),
    ]
    assert told(yield_to(head, [], {"relation": None})) == [(0, 9, {"relation": "户主"})]


def pairing(row_id: int, cadre: int, start: int, end: int, role: str, **more: Any) -> Held:
    state = {"cadre_id": cadre, "role": role, "origin": "导入", "end_reason": None}
    return held(row_id, start, end, **(state | more))


def roles(stretches: Sequence[Stretch]) -> set[tuple[int, int, int, str]]:
    return {(state["cadre_id"], start, end, state["role"]) for start, end, state in told(stretches)}


def test_the_others_lead_assists_on_days_that_have_a_lead() -> None:
    found = lay_pairings([pairing(1, 1, 4, 8, LEAD)], [pairing(2, 2, 0, 12, LEAD)])
    assert roles(found) == {(1, 4, 8, LEAD), (2, 0, 4, LEAD), (2, 4, 8, ASSIST), (2, 8, 12, LEAD)}


def test_overlapping_pairings_of_one_cadre_become_one() -> None:
    own, other = pairing(1, 1, 4, 12, ASSIST), pairing(2, 1, 0, 6, ASSIST, end_reason="调岗")
    (joined,) = lay_pairings([own], [other])
    assert told([joined])[0][:2] == (0, 12)
    assert joined.state["end_reason"] is None
    assert roles(lay_pairings([pairing(1, 1, 4, 12, LEAD)], [pairing(2, 1, 0, 6, LEAD)])) == {
        (1, 0, 12, LEAD)
    }
    assert roles(lay_pairings([pairing(1, 1, 4, 12, ASSIST)], [pairing(2, 1, 4, 12, LEAD)])) == {
        (1, 4, 12, LEAD)
    }


def test_pairings_that_followed_each_other_stay_two() -> None:
    own = [pairing(1, 1, 0, 4, ASSIST, end_reason="调岗"), pairing(2, 1, 4, 8, ASSIST)]
    assert len(lay_pairings(own, [])) == 2


def test_rows_become_the_stretches_wanted() -> None:
    rows = [held(1, 4, 8, n=1), held(2, 0, 6, n=1), held(3, 8, 9, n=1)]
    wanted = [
        Stretch(day(0), day(8), {"n": 1}),
        Stretch(day(8), day(9), {"n": 2}),
        Stretch(day(10), day(11), {"n": 3}),
    ]
    assert fit(rows, wanted) == Fit([1], {2: {"end": day(8)}, 3: {"n": 2}}, [wanted[2]])
    moved = fit([held(1, 4, 8, n=1)], [Stretch(day(2), day(8), {"n": 1})])
    assert moved == Fit([], {1: {"start": day(2)}}, [])
    assert fit(rows[:1], [Stretch(day(4), day(8), {"n": 1})]) == Fit()


spans = st.lists(st.integers(0, DAYS), min_size=2, max_size=6, unique=True).map(sorted)


@st.composite
def histories(draw: st.DrawFn, first_id: int) -> list[Held]:
    """Pairings of a household with up to three cadres, one lead a day at most."""
    rows: list[Held] = []
    for cadre in draw(st.lists(st.sampled_from((1, 2, 3)), max_size=3, unique=True)):
        turns = draw(spans)
        for start, end in zip(turns[::2], turns[1::2], strict=False):
            row = pairing(first_id + len(rows), cadre, start, end, draw(st.sampled_from((LEAD, ASSIST))))
            leads = [each for each in rows if each.state["role"] == LEAD]
            clash = any(each.start < row.end and row.start < each.end for each in leads)
            if row.state["role"] == LEAD and clash:
                row = pairing(row.id, cadre, start, end, ASSIST)
            rows.append(row)
    return rows


def on(rows: Sequence[Held], cadre: int, number: int) -> Held | None:
    return at([row for row in rows if row.state["cadre_id"] == cadre], day(number))


@settings(deadline=None, max_examples=300)
@given(histories(1), histories(100))
def test_who_was_paired_on_a_day_still_is_and_no_day_gets_two_leads(
    own: list[Held], other: list[Held]
) -> None:
    stretches = lay_pairings(own, other)
    rows = [Held(0, each.start, each.end, each.state) for each in stretches]
    for one, two in combinations(rows, 2):
        if one.state["cadre_id"] == two.state["cadre_id"]:
            assert one.end <= two.start or two.end <= one.start
    for number in range(DAYS + 1):
        leads = 0
        for cadre in (1, 2, 3):
            before, second, after = (on(each, cadre, number) for each in (own, other, rows))
            assert (after is None) == (before is None and second is None)
            if before is not None and before.state["role"] == LEAD:
                assert after is not None
                assert after.state["role"] == LEAD
            leads += after is not None and after.state["role"] == LEAD
        assert leads <= 1
        had = any(
            (row := on(each, cadre, number)) is not None and row.state["role"] == LEAD
            for each in (own, other)
            for cadre in (1, 2, 3)
        )
        assert leads == had
    assert written([*own, *other], fit([*own, *other], stretches)) == sorted(map(repr, stretches))


def written(rows: Sequence[Held], result: Fit) -> list[str]:
    """What stands on record once the fit is written."""
    found = list(result.starts)
    for row in rows:
        if row.id not in result.gone:
            now = {"start": row.start, "end": row.end, **row.state, **result.changes.get(row.id, {})}
            found.append(Stretch(now.pop("start"), now.pop("end"), now))
    return sorted(map(repr, found))


def test_what_was_settled_is_no_news_up_to_the_day_of_the_merge() -> None:
    settled = Settled([(day(5), {"size": [3], "birth": ["1950-01-01"], "phones": [["1", "2"]]})])
    assert settled.covers("size", 3, day(5))
    assert settled.covers("birth", date(1950, 1, 1), day(0))
    assert settled.covers("phones", ("1", "2"), day(0))
    assert not settled.covers("size", 3, day(6))
    assert not settled.covers("size", 4, day(5))
    assert not settled.covers("covered", 3, day(5))
