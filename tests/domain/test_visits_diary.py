"""Due, made and who answers against a slow oracle: a diary kept every day, as a clerk would."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import (
    CadreVisits,
    PairingSpan,
    Span,
    VisitFact,
    VisitState,
    quarter_visits,
)

SPRING = Quarter(2014, 2)
APRIL, JUNE, LAST, JULY = date(2014, 4, 1), date(2014, 6, 1), date(2014, 6, 30), date(2014, 7, 1)
DAY = timedelta(days=1)
HOUSEHOLDS = ("H1", "H2", "H3")

numbers = st.integers(-20, 110)
days = numbers.map(lambda number: APRIL + number * DAY)
households = st.sampled_from(["H1", "H2", "H3"])
cadres = st.sampled_from(["C1", "C2", "C3"])
ends = days | st.just(FOREVER)
spans = st.builds(Span, days, ends)
pairings = st.builds(PairingSpan, households, cadres, st.sampled_from(Role), days, ends)
visits = st.lists(
    st.tuples(days, households, st.lists(cadres, unique=True, max_size=2), st.sampled_from(VisitKind)),
    max_size=8,
).map(lambda told: [VisitFact(f"V{n}", d, h, tuple(c), k) for n, (d, h, c, k) in enumerate(told)])


@dataclass
class Diary:
    """What a clerk who looks every day would know of one household at the end."""

    due: bool = True
    counted: dict[str, set[str]] = field(default_factory=dict)
    """Visit → who is credited with it."""
    extra: set[str] = field(default_factory=set)
    phone: set[str] = field(default_factory=set)
    here: set[str] = field(default_factory=set)
    """Who helps on the last day."""
    leads: set[str] = field(default_factory=set)
    newcomers: set[str] = field(default_factory=set)
    """Who helps and came after the first day of the third month."""
    spared: set[str] = field(default_factory=set)
    """Who helps and came when the family had been visited already."""

    @property
    def owing(self) -> set[str]:
        """Who answers for the household, if it is due."""
        old_hands = self.here - self.newcomers
        return (old_hands or self.here & self.leads) - self.spared

    @property
    def late(self) -> bool:
        """Nobody who helps came in time."""
        return self.here == self.newcomers


def kept(
    number: str,
    active: Sequence[Span],
    pairings: Sequence[PairingSpan],
    visits: Sequence[VisitFact],
    day: date,
) -> Diary:
    """The diary of one household from the quarter's first day to the report day."""
    diary = Diary()
    today = APRIL
    here_before = {each.cadre_no for each in _in_force(number, pairings, APRIL - DAY)}
    while today <= day:
        in_force = _in_force(number, pairings, today)
        diary.here = {each.cadre_no for each in in_force}
        diary.leads = {each.cadre_no for each in in_force if each.role is Role.LEAD}
        came = diary.here - here_before
        diary.newcomers &= diary.here
        diary.spared &= diary.here
        if today > min(JUNE, day):
            diary.newcomers |= came
        if diary.counted:
            diary.spared |= came
        if today >= min(JUNE, day) and not (in_force and any(s.start <= today < s.end for s in active)):
            diary.due = False
        for told in visits:
            if told.day == today and told.household_no == number:
                _note(diary, told)
        here_before = diary.here
        today += DAY
    return diary


def _in_force(number: str, pairings: Sequence[PairingSpan], day: date) -> list[PairingSpan]:
    return [each for each in pairings if each.household_no == number and each.start <= day < each.end]


def _note(diary: Diary, told: VisitFact) -> None:
    who = diary.here & set(told.cadre_nos) if told.cadre_nos else set(diary.leads)
    if told.kind is VisitKind.PHONE:
        diary.phone.add(told.visit_no)
    elif who:
        diary.counted[told.visit_no] = who
    else:
        diary.extra.add(told.visit_no)


@given(
    st.dictionaries(households, st.lists(spans, max_size=3)),
    st.lists(pairings, max_size=10),
    visits,
    st.integers(0, 100).map(lambda number: APRIL + number * DAY),
)
def test_due_made_and_who_answers_are_what_a_diary_kept_every_day_says(
    active: dict[str, list[Span]], pairings: list[PairingSpan], visits: list[VisitFact], today: date
) -> None:
    judged = quarter_visits(SPRING, today, active, pairings, visits)
    day = min(today, LAST)
    diaries = {number: kept(number, active.get(number, []), pairings, visits, day) for number in HOUSEHOLDS}
    due = {number for number, diary in diaries.items() if diary.due}
    made = {number for number in due if diaries[number].counted}
    assert set(judged.due) == due
    assert set(judged.made) == made
    assert set(judged.not_visited) == due - made
    assert {one.visit_no for one in judged.counted} == {no for d in diaries.values() for no in d.counted}
    assert {one.visit_no for one in judged.phone} == {no for d in diaries.values() for no in d.phone}
    assert {one.visit_no for one in judged.extra} == {no for d in diaries.values() for no in d.extra}
    assert judged.times == {number: len(d.counted) for number, d in diaries.items() if d.counted}
    left = VisitState.WAITING if today <= LAST else VisitState.OVERDUE
    for number in HOUSEHOLDS:
        state = VisitState.MADE if number in made else left if number in due else None
        assert judged.state(number) is state
    assert judged.makeup == {n for n in due if diaries[n].late and diaries[n].owing}
    for cadre in ("C1", "C2", "C3"):
        found = judged.cadres.get(cadre, CadreVisits((), (), ()))
        own = {number for number in due if cadre in diaries[number].owing}
        credited = {(n, no) for n, d in diaries.items() for no, who in d.counted.items() if cadre in who}
        assert set(found.due) == own
        assert set(found.visited) == own & {number for number, _ in credited}
        assert set(found.visit_nos) == {no for _, no in credited}
        assert set(found.makeup) == {number for number in own if diaries[number].late}


@given(st.lists(pairings, max_size=10), visits)
def test_for_a_household_still_to_be_visited_somebody_answers_if_anybody_leads(
    pairings: list[PairingSpan], visits: list[VisitFact]
) -> None:
    judged = quarter_visits(
        SPRING, JULY, dict.fromkeys(HOUSEHOLDS, (Span(APRIL, FOREVER),)), pairings, visits
    )
    answered = {number for cadre in judged.cadres.values() for number in cadre.due}
    led = {p.household_no for p in pairings if p.role is Role.LEAD and p.holds(LAST)}
    assert led.intersection(judged.not_visited) <= answered <= set(judged.due)
