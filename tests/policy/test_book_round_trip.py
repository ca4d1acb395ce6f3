"""Round trip: whatever book can be told reads back from its own text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.policies import subsidy_book

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Basis, Book, DatedValue, Floor, MidPeriod, Parameter, Unit
from jiemin.domain.policy.soundness import faults_between
from jiemin.policy.book_file import parse_book

DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], include_characters='"\\\n\t\x7f'), min_size=1, max_size=12
).filter(str.strip)
NAMES = st.from_regex(r"[a-z_]{1,6}(\.[a-z0-9_-]{1,6}){0,2}", fullmatch=True)


@st.composite
def dated_values(draw: st.DrawFn, amounts: st.SearchStrategy[Any], bases: Sequence[str]) -> DatedValue:
    start = draw(DAYS)
    return DatedValue(
        start=start,
        issued=draw(DAYS),
        value=draw(amounts),
        document=draw(WORDS),
        clause=draw(WORDS),
        basis=draw(st.sampled_from(Basis)),
        end=draw(st.just(FOREVER) | st.integers(1, 9000).map(lambda days: start + timedelta(days))),
        at_least=draw(st.none() | st.builds(Floor, st.integers(0, 2000), st.sampled_from(bases)))
        if bases
        else None,
        quote=draw(st.just("") | WORDS),
        assumed=draw(st.booleans()),
        note=draw(WORDS),
    )


@st.composite
def parameters(draw: st.DrawFn, key: str, bases: Sequence[str]) -> Parameter:
    unit = draw(st.just(Unit.PERSON_MONTH) if bases else st.sampled_from(Unit))
    setting = unit is Unit.SETTING
    choices = draw(st.dictionaries(WORDS, WORDS, min_size=1, max_size=3)) if setting else {}
    numbers = st.integers(1, 120) if unit is Unit.AGE else st.integers(0, 10**9)
    amounts = st.sampled_from(sorted(choices)) if setting else numbers
    values = draw(st.lists(dated_values(amounts, bases), max_size=3))
    mid = draw(st.sampled_from([each for each in MidPeriod if each != "by_month" or unit.is_yearly_money]))
    return Parameter(key, draw(WORDS), unit, tuple(values), choices, draw(st.none() | DAYS), mid)


@st.composite
def books(draw: st.DrawFn) -> Book:
    read: dict[str, Parameter] = {}
    for key in draw(st.lists(NAMES, unique=True, max_size=4)):
        inside = any(other.startswith(f"{key}.") or key.startswith(f"{other}.") for other in read)
        clash = any(
            part in {"title", "unit", "mid_period", "checked", "choices", "values"} for part in key.split(".")
        )
        monthly = [other for other, each in read.items() if each.unit is Unit.PERSON_MONTH]
        if not inside and not clash:
            read[key] = draw(parameters(key, monthly if draw(st.booleans()) else ()))
    unsound = {key for key, _ in faults_between(read, {k: each.values for k, each in read.items()})}
    return Book.of(replace(each, values=()) if key in unsound else each for key, each in read.items())


@given(books())
def test_every_book_reads_back_from_its_own_text(book: Book) -> None:
    again = parse_book(book.text, "数据库")
    assert again == book
    assert again.text == book.text


def test_a_book_told_in_the_test_reads_back() -> None:
    book = subsidy_book()
    assert parse_book(book.text, "数据库") == book
