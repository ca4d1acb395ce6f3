"""The quarter's report as data: annexes 1 and 2, visits, subsidies and their checks."""

from dataclasses import dataclass
from datetime import date

from jiemin.domain.indicators.annex2 import town_table, unit_table
from jiemin.domain.indicators.facts import CadreLine, QuarterFacts, StoryLine
from jiemin.domain.indicators.money_table import money_table
from jiemin.domain.indicators.pairing_list import PairingLine, pairing_lines
from jiemin.domain.indicators.tables import Check, Table
from jiemin.domain.indicators.view import view_of
from jiemin.domain.indicators.visit_table import NotVisited, not_visited, visit_table
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import QuarterVisits


@dataclass(frozen=True, slots=True)
class QuarterReport:
    """All tables of one quarter as on `day`; `running` while the quarter is not over."""

    quarter: Quarter
    day: date
    visits: QuarterVisits
    by_town: Table
    by_unit: Table
    visit_table: Table
    money_table: Table
    pairings: tuple[PairingLine, ...]
    not_visited: tuple[NotVisited, ...]
    leaders_without: tuple[CadreLine, ...]
    stories: tuple[StoryLine, ...]

    @property
    def running(self) -> bool:
        """Whether the quarter still runs after `day`."""
        return self.day < self.quarter.last

    @property
    def failed_checks(self) -> tuple[tuple[str, Check], ...]:
        """Cross-checks that do not hold, each with its table's name."""
        tables = (
            ("帮扶情况统计表(按镇)", self.by_town),
            ("帮扶情况统计表(按单位)", self.by_unit),
            ("走访情况", self.visit_table),
            ("补助情况", self.money_table),
        )
        return tuple((name, check) for name, table in tables for check in table.checks if not check.holds)


def build_quarter(facts: QuarterFacts) -> QuarterReport:
    """Compute a quarter's report; raises `PeriodError` when the quarter has not begun."""
    view = view_of(facts)
    return QuarterReport(
        quarter=facts.quarter,
        day=view.visits.day,
        visits=view.visits,
        by_town=town_table(view),
        by_unit=unit_table(view),
        visit_table=visit_table(view),
        money_table=money_table(view),
        pairings=pairing_lines(view),
        not_visited=not_visited(view),
        leaders_without=tuple(view.cadres[one.cadre_no] for one in view.coverage.leaders_without),
        stories=tuple(facts.stories),
    )


def list_pairings(facts: QuarterFacts) -> tuple[PairingLine, ...]:
    """Annex 1 alone; `facts` may leave visits and awards empty."""
    return pairing_lines(view_of(facts))
