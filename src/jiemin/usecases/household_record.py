"""What a household's file tells: needs, deeds and aid as they follow from visits, measures and awards.

Nothing here is stored (notice 三.2, ADR 0022): a visit or a measure is entered once and read from all sides.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiemin.domain.before_after import FamilyRecord, Holding, Line, Measured, NeedHeard
from jiemin.domain.codes import Survey, VisitKind
from jiemin.domain.four_clears import FamilyOnRecord, MemberFacts, lacking
from jiemin.domain.household_events import tells_of_death
from jiemin.domain.money import Fen
from jiemin.domain.money_items import Item, read_period
from jiemin.domain.spans import Held
from jiemin.storage.arrears import DifferenceRow
from jiemin.storage.awards import AwardRow
from jiemin.storage.conditions import ConditionRow
from jiemin.storage.households import HouseholdState
from jiemin.storage.measures import MeasureRow
from jiemin.storage.persons import MembershipRow, MemberState
from jiemin.storage.surveys import SurveyRow
from jiemin.storage.visits import VisitRow
from jiemin.usecases.list_visits import VisitView
from jiemin.usecases.look_up import Helper, HouseholdView

CLEAR, NOT_CLEAR, NOT_SURVEYED = "清", "不全", "未登记"

DELIVERED, DROPPED, OVERDUE, NOT_DUE, NO_DAY = "已兑现", "取消", "逾期", "未到期", "未定期限"


@dataclass(frozen=True, slots=True)
class Clear:
    """One of the 四清: its latest survey, None without one, and what the record itself lacks for it."""

    survey: Survey
    found: SurveyRow | None
    lacks: tuple[str, ...]

    @property
    def mark(self) -> str:
        """清 only if the survey found nothing missing and the record has all that it asks for."""
        if self.found is None:
            return NOT_SURVEYED
        return CLEAR if self.found.complete and not self.lacks else NOT_CLEAR

    @property
    def missing(self) -> tuple[str, ...]:
        """What the surveyor missed, and what the record lacks."""
        told = self.found.missing if self.found else None
        return (*([told] if told else []), *self.lacks)


@dataclass(frozen=True, slots=True)
class Need:
    """A need the roster states (no day, no visit), or one heard at a visit; `met_on` is None while open."""

    text: str
    heard_on: date | None = None
    visit_no: str | None = None
    met_on: date | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done for the family: at a visit, or a measure delivered; `number` is of the one or other."""

    day: date
    what: str
    by: str
    number: str


@dataclass(frozen=True, slots=True)
class Aid:
    """Money (fen) or goods received: an approved award (`period`), a difference approved later, a gift of a
    visit, a measure with money.

    An award is a month's or year's; its day is the period's last, or the day asked for while it runs. What
    was asked back is below zero.
    """

    day: date
    what: str
    fen: Fen | None
    source: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    """All that is on record of one household as of `day`.

    `before_after` compares `first` with `day`; `first_is` says which day that is. `known_since` is the
    first day of which anything is on record. `gone` are those who belonged to it, where nobody is left.
    """

    day: date
    view: HouseholdView
    members: tuple[MemberState, ...]
    pairings: tuple[Helper, ...]
    clears: tuple[Clear, ...]
    surveys: tuple[SurveyRow, ...]
    needs: tuple[Need, ...]
    measures: tuple[MeasureRow, ...]
    deeds: tuple[Deed, ...]
    aid: tuple[Aid, ...]
    conditions: tuple[ConditionRow, ...]
    visits: tuple[VisitView, ...]
    awards: tuple[AwardRow, ...]
    first: date
    first_is: str
    before_after: tuple[Line, ...]
    known_since: date
    gone: tuple[MembershipRow, ...] = ()

    @property
    def all_died(self) -> bool:
        """Whether nobody is left since all who belonged to the household died."""
        return bool(self.gone) and all(tells_of_death(row.end_reason) for row in self.gone)


def state_of_measure(row: MeasureRow, day: date) -> str:
    """Where a measure stands on `day`."""
    if row.delivered_on is not None:
        return DELIVERED
    if row.dropped_on is not None:
        return DROPPED
    if row.due_on is None:
        return NO_DAY
    return OVERDUE if row.overdue(day) else NOT_DUE


def clears_of(
    state: HouseholdState,
    members: Sequence[MemberState],
    surveys: Sequence[SurveyRow],
    needs: Sequence[Need],
    day: date,
    *,
    gone: bool = False,
) -> tuple[Clear, ...]:
    """The four, each by its latest survey and by what the record lacks on `day`; nothing of who is `gone`."""
    latest = {each.survey: each for each in surveys}
    told = latest.get(Survey.NEEDS)
    family = FamilyOnRecord(
        size=state.size,
        members=tuple(_member(each) for each in members),
        income_known=state.income_fen is not None,
        cause_known=bool(state.cause),
        need_stated=bool(needs) or bool(told and told.finding),
    )
    return tuple(
        Clear(survey, latest.get(survey), () if gone else tuple(each.text for each in lacks))
        for survey, lacks in lacking(family, day).items()
    )


def gone_from(rows: Iterable[MembershipRow], day: date) -> tuple[MembershipRow, ...]:
    """Of all times in a household the last of each who left it by `day`, in the order of leaving."""
    last = {row.person_id: row for row in sorted(rows, key=lambda row: row.end) if row.end <= day}
    return tuple(sorted(last.values(), key=lambda row: row.end))


def visit_as_known(row: VisitRow, day: date) -> VisitRow:
    """The visit as it was known on a day: of needs met later, nobody knew that they would be."""
    if row.needs_met_on is None or row.needs_met_on <= day:
        return row
    return replace(row, needs_met_on=None, needs_outcome=None)


def needs_of(state: HouseholdState, visits: Iterable[VisitRow], day: date) -> tuple[Need, ...]:
    """What the roster states, then what visits heard, oldest first; what was met later than `day` is open."""
    heard = [_need(visit_as_known(row, day)) for row in visits if row.needs]
    return (*([Need(state.needs)] if state.needs else []), *heard)


def deeds_of(visits: Iterable[VisitRow], measures: Iterable[MeasureRow]) -> tuple[Deed, ...]:
    """Deeds of visits and measures delivered, by day."""
    done = [Deed(row.day, row.deeds, _visitors(row), row.visit_no) for row in visits if row.deeds]
    done += [
        Deed(row.delivered_on, row.what, row.responsible or "", row.measure_no)
        for row in measures
        if row.delivered_on is not None
    ]
    return tuple(sorted(done, key=lambda each: (each.day, each.number)))


def aid_of(
    visits: Iterable[VisitRow],
    measures: Iterable[MeasureRow],
    awards: Iterable[AwardRow],
    differences: Iterable[DifferenceRow],
    day: date,
) -> tuple[Aid, ...]:
    """Approved awards and differences, gifts of visits and measures delivered with money, by day.

    A draft pays nobody: it is no aid yet.
    """
    found = [*_awarded(awards, day), *_given(visits)]
    found += [
        Aid(row.approved_on, _difference(row), row.fen, f"核定补助（{row.run_no}）") for row in differences
    ]
    found += [
        Aid(row.delivered_on, row.what, row.amount_fen, row.source or "来源未填")
        for row in measures
        if row.delivered_on is not None and row.amount_fen
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.what)))


def awards_begun(rows: Iterable[AwardRow], day: date) -> tuple[AwardRow, ...]:
    """The awards for periods that have begun by `day`; what was approved later is a draft then."""
    begun = (row for row in rows if read_period(row.period).first <= day)
    return tuple(
        replace(row, approved_on=None) if row.approved_on and row.approved_on > day else row for row in begun
    )


def family_record(
    spans: Iterable[Held],
    conditions: Iterable[ConditionRow],
    awards: Iterable[AwardRow],
    visits: Sequence[VisitRow],
    deeds: Iterable[Deed],
    aid: Iterable[Aid],
) -> FamilyRecord:
    """The facts of before and after."""
    return FamilyRecord(
        holdings=[_holding(each) for each in spans],
        measured=[Measured(each.condition, each.day, each.number, each.word) for each in conditions],
        dibao=[
            (read_period(row.period).first, row.after_fen)
            for row in awards
            if row.item == Item.DIBAO and row.approved
        ],
        needs=[NeedHeard(row.day, row.needs_met_on) for row in visits if row.needs],
        visits=[row.day for row in visits if row.kind != VisitKind.PHONE],
        deeds=[each.day for each in deeds],
        aid=[(each.day, each.fen) for each in aid if each.fen],
    )


def _member(row: MemberState) -> MemberFacts:
    return MemberFacts(
        name=row.name,
        relation=row.relation,
        identified=bool(row.id_number),
        birth=row.birth,
        health=row.health,
        labour=row.labour,
        education=row.education,
    )


def _need(row: VisitRow) -> Need:
    return Need(row.needs or "", row.day, row.visit_no, row.needs_met_on, row.needs_outcome)


def _visitors(row: VisitRow) -> str:
    return "、".join(name for _, _, name in row.cadres)


def _difference(row: DifferenceRow) -> str:
    """`2014年6月低保金补发`."""
    return f"{read_period(row.period).label}{row.item}{'补发' if row.fen > 0 else '应退'}"


def _awarded(rows: Iterable[AwardRow], day: date) -> Iterator[Aid]:
    for row in (row for row in rows if row.approved):
        period = read_period(row.period)
        yield Aid(min(period.last, day), row.item, row.after_fen, "核定补助", period.label)


def _given(rows: Iterable[VisitRow]) -> Iterator[Aid]:
    for row in rows:
        if row.gift_fen or row.gift_goods:
            what = f"{row.kind}{'：' if row.gift_goods else ''}{row.gift_goods or '金'}"
            yield Aid(row.day, what, row.gift_fen or None, _visitors(row) or "走访人未填")


def _holding(span: Held) -> Holding:
    told = span.state
    return Holding(
        span.start,
        span.end,
        f"{told['household_class']}{told['keeping'] or ''}",
        told["size"],
        told["covered"],
        told["income_fen"],
        told["income_period"] == "month",
    )
