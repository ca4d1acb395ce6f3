"""What the quarter's figures are made from: small facts, gathered for one report day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import CLASSES_TO_PAIR, HouseholdClass, Keeping
from jiemin.domain.money import Fen
from jiemin.domain.money_items import read_period
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import PairingSpan, Span, VisitFact


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household as known on the report day, or on its last day in the work before that.

    `active` holds the times it was in the work; `size` (家庭人口) and `covered` (保障人口) are
    persons, None when nobody wrote them down.
    """

    household_no: str
    head_name: str
    head_id: str | None
    town: str
    village: str
    household_class: HouseholdClass
    size: int | None
    covered: int | None
    cause: str
    needs: str
    phones: tuple[str, ...]
    active: tuple[Span, ...]
    keeping: Keeping | None = None

    def in_work(self, day: date) -> bool:
        """Whether the household is in the work on `day`."""
        return any(span.start <= day < span.end for span in self.active)


@dataclass(frozen=True, slots=True)
class CadreLine:
    """A cadre as known on the report day; `serving` is False for one who has left the rolls."""

    cadre_no: str
    name: str
    unit: str
    post: str
    leader: bool
    phones: tuple[str, ...]
    serving: bool = True


@dataclass(frozen=True, slots=True)
class VisitLine(VisitFact):
    """A visit, and whether it noted deeds done (办实事) and needs heard."""

    deeds: bool = False
    needs: bool = False


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A 典型事迹 reported for the quarter (notice 三.2), told of a household, a cadre or a unit.

    `household_no` and `unit` are None where it names none; `who` says of whom it tells.
    """

    story_no: str
    day: date
    title: str
    body: str
    household_no: str | None
    unit: str | None
    who: str


@dataclass(frozen=True, slots=True)
class AwardLine:
    """What a household gets for one item and period, before and after the raise, in fen.

    `household_class` is the class the amount was computed for; `draft` marks an amount computed
    for this report alone and not yet recorded.
    """

    household_no: str
    household_class: HouseholdClass
    item: str
    period: str
    before_fen: Fen
    after_fen: Fen
    draft: bool = False

    @property
    def uplift_fen(self) -> Fen:
        """What the raise adds."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True, slots=True)
class MissingAward:
    """An amount that could not be computed, and the names of the facts it lacks."""

    household_no: str
    item: str
    period: str
    facts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """`H001的2014年6月低保金算不出来，缺少保障人口、家庭收入`."""
        period = read_period(self.period).label
        return f"{self.household_no}的{period}{self.item}算不出来，缺少{'、'.join(self.facts)}"


@dataclass(frozen=True, slots=True)
class SettledArrear:
    """A difference approved in the quarter, of any item and period: fen paid (补发), below zero to be asked
    back (应退)."""

    household_no: str
    fen: Fen


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """Everything a quarter's report is made from.

    - `towns` in the county's order; a town not among them comes after.
    - `households`: all that were in the work on any day of the quarter.
    - `cadres`: all who serve on the report day, and all who occur in `pairings`; their units are
      listed in the order in which they first come.
    - `pairings`: all in force on any day of the quarter.
    - `awards`: 低保金 of the quarter's months, 低收入家庭救助 of its year.
    - `arrears`: all approved in the quarter, whatever they are for.
    """

    quarter: Quarter
    today: date
    towns: Sequence[str]
    households: Sequence[HouseholdLine]
    cadres: Sequence[CadreLine]
    pairings: Sequence[PairingSpan]
    visits: Sequence[VisitLine]
    awards: Sequence[AwardLine]
    missing_awards: Sequence[MissingAward] = ()
    classes_to_pair: frozenset[HouseholdClass] = CLASSES_TO_PAIR
    stories: Sequence[StoryLine] = ()
    arrears: Sequence[SettledArrear] = ()
