"""The quarter's visits by town, and the list of households still to be visited (notice 二.1)."""

from dataclasses import dataclass

from jiemin.domain.codes import VisitKind
from jiemin.domain.indicators.facts import CadreLine, HouseholdLine
from jiemin.domain.indicators.tables import (
    AtMost,
    Column,
    Figure,
    Measure,
    Rule,
    Share,
    Sum,
    Table,
    make_table,
)
from jiemin.domain.indicators.view import Group, View, by_town, county_of
from jiemin.domain.visits import Rate


@dataclass(frozen=True, slots=True)
class NotVisited:
    """A household due and not visited, and who is paired with it, the lead first."""

    household: HouseholdLine
    cadres: tuple[CadreLine, ...]


_H, _T = Measure.HOUSEHOLDS, Measure.TIMES

VISIT_COLUMNS = (
    Column("paired", ("走访户数", "已结对", "户"), _H),
    Column("due", ("走访户数", "应走访", "户"), _H),
    Column("made", ("走访户数", "已走访", "户"), _H),
    Column("not_visited", ("走访户数", "未走访", "户"), _H),
    Column("rate", ("走访户数", "走访率", "%"), Measure.RATE),
    Column("visits", ("走访次数", "合计", "次"), _T),
    Column("calls", ("走访次数", "走访", "次"), _T),
    Column("gifts", ("走访次数", "慰问", "次"), _T),
    Column("needs", ("其中", "听到需求", "次"), _T),
    Column("deeds", ("其中", "办实事", "件"), Measure.DEEDS),
    Column("phone", ("另有", "电话联系", "次"), _T),
    Column("extra", ("另有", "非结对人员走访", "次"), _T),
)

VISIT_RULES: tuple[Rule, ...] = (
    AtMost("due", "paired"),
    Sum("due", ("made", "not_visited")),
    Share("rate", "made", "due"),
    Sum("visits", ("calls", "gifts")),
    AtMost("needs", "visits"),
    AtMost("deeds", "visits"),
)


def visit_table(view: View) -> Table:
    """Due, made, rate and contacts by town."""
    control: dict[str, Figure] = {
        "due": len(view.visits.due),
        "not_visited": len(not_visited(view)),
    }
    return make_table(
        VISIT_COLUMNS,
        [(town, _tally(view, group), "") for town, group in by_town(view).items()],
        _tally(view, county_of(view)),
        VISIT_RULES,
        control=control,
        notes=[
            "电话联系和非结对人员的走访不计入走访次数，也不算已走访。",
            "应走访指季末在册、结对，且自本季度第三个月首日起未中断的户。",
        ],
    )


def not_visited(view: View) -> tuple[NotVisited, ...]:
    """The households due and not visited, by town, village and number."""
    left = frozenset(view.visits.not_visited)
    return tuple(
        NotVisited(
            household,
            tuple(view.cadres[one.cadre_no] for one in view.helpers[household.household_no]),
        )
        for household in view.registered
        if household.household_no in left
    )


def _tally(view: View, group: Group) -> dict[str, Figure]:
    due = group.known.intersection(view.visits.due)
    made = group.known & view.visits.made
    numbers = {visit.visit_no for visit in group.counted}
    gifts = sum(visit.kind is VisitKind.GIFT for visit in group.counted)
    return {
        "paired": sum(view.paired(household) for household in group.households),
        "due": len(due),
        "made": len(made),
        "not_visited": len(due) - len(made),
        "rate": Rate(len(made), len(due)).permille,
        "visits": len(numbers),
        "calls": len(group.counted) - gifts,
        "gifts": gifts,
        "needs": len(numbers & view.needs),
        "deeds": len(numbers & view.deeds),
        "phone": len(group.phone),
        "extra": len(group.extra),
    }
