"""Subsidies before and after the raise of notice 二.2: by class and town, and for annex 2.

低保金 is that of the quarter's months. 低收入家庭救助 is a yearly aid: every quarter's table shows
the whole year's amount, headed 年度, and it must not be added up over quarters.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiemin.domain.codes import DIBAO as DIBAO_CLASSES
from jiemin.domain.codes import HouseholdClass
from jiemin.domain.indicators.facts import AwardLine, SettledArrear
from jiemin.domain.indicators.tables import (
    Column,
    Difference,
    Figure,
    Measure,
    Rule,
    Table,
    make_table,
    total_known,
)
from jiemin.domain.indicators.view import ELSEWHERE, Group, View, by_town, county_of
from jiemin.domain.money import format_yuan
from jiemin.domain.money_items import Item


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A group of three money columns: one item, of households of some classes."""

    name: str
    item: str
    classes: frozenset[HouseholdClass]

    @property
    def before(self) -> str:
        """Key of the column of amounts before the raise."""
        return f"{self.name}_before"

    @property
    def after(self) -> str:
        """Key of the column of amounts after the raise."""
        return f"{self.name}_after"

    @property
    def uplift(self) -> str:
        """Key of the column of what the raise adds."""
        return f"{self.name}_uplift"

    def columns(self, head: str) -> tuple[Column, ...]:
        """The three columns below one heading."""
        return (
            Column(self.before, (head, "提标前", "元"), Measure.MONEY),
            Column(self.after, (head, "提标后", "元"), Measure.MONEY),
            Column(self.uplift, (head, "增加", "元"), Measure.MONEY),
        )

    def holds(self, award: AwardLine) -> bool:
        """Whether the award belongs into these columns."""
        return award.item == self.item and award.household_class in self.classes


DIBAO = Subsidy("dibao", Item.DIBAO, DIBAO_CLASSES)
AID = Subsidy("aid", Item.LOW_INCOME, frozenset({HouseholdClass.LOW_INCOME}))
_URBAN = Subsidy("urban", Item.DIBAO, frozenset({HouseholdClass.URBAN_DIBAO}))
_RURAL = Subsidy("rural", Item.DIBAO, frozenset({HouseholdClass.RURAL_DIBAO}))

_GROUPS = (
    (_URBAN, "城镇低保(本季度)", "保障人口"),
    (_RURAL, "农村低保(本季度)", "保障人口"),
    (AID, "低收入家庭救助(年度)", "家庭人口"),
)

MONEY_COLUMNS = tuple(
    column
    for subsidy, head, persons in _GROUPS
    for column in (
        Column(f"{subsidy.name}_households", (head, "享受", "户"), Measure.HOUSEHOLDS),
        Column(f"{subsidy.name}_persons", (head, persons, "人"), Measure.PERSONS),
        *subsidy.columns(head),
    )
)

MONEY_RULES: tuple[Rule, ...] = tuple(
    Difference(subsidy.uplift, subsidy.after, subsidy.before) for subsidy, _, _ in _GROUPS
)


def money_table(view: View) -> Table:
    """Subsidies by town and class, with the drafts marked."""
    return make_table(
        MONEY_COLUMNS,
        [(town, _tally(view, group), _remark(group)) for town, group in by_town(view).items()],
        _tally(view, county_of(view)),
        MONEY_RULES,
        control=_control(view.facts.awards),
        notes=[
            "低收入家庭救助按年发放，各季度均列全年数，不得按季累加。",
            *_persons_notes(view),
            *money_notes(view),
            *_arrears_notes(view),
        ],
    )


def amounts(group: Group, subsidy: Subsidy) -> dict[str, Figure]:
    """Before, after and uplift in fen of one subsidy in a group.

    They are unknown, not 0, where households of the class stand but nothing was computed.
    """
    held = [award for award in group.awards if subsidy.holds(award)]
    if not held and any(line.household_class in subsidy.classes for line in group.households):
        return {subsidy.before: None, subsidy.after: None, subsidy.uplift: None}
    return {
        subsidy.before: sum(award.before_fen for award in held),
        subsidy.after: sum(award.after_fen for award in held),
        subsidy.uplift: sum(award.uplift_fen for award in held),
    }


def money_notes(view: View) -> list[str]:
    """What the reader of any amount must know: drafts, and households not computed."""
    notes = []
    drafts = [award for award in view.facts.awards if award.draft]
    for item in dict.fromkeys(award.item for award in drafts):
        held = [award for award in drafts if award.item == item]
        periods = "、".join(sorted({award.period for award in held}))
        count = len({award.household_no for award in held})
        notes.append(f"{item}{periods}为草稿：{count}户系为本表试算，尚未登记发放。")
    missing = view.facts.missing_awards
    for item in dict.fromkeys(one.item for one in missing):
        lacking = [one for one in missing if one.item == item]
        names = "、".join(sorted({fact for one in lacking for fact in one.facts}))
        count = len({one.household_no for one in lacking})
        notes.append(f"{item}有{count}户缺少{names}，算不出金额，未计入。")
    return notes


def _tally(view: View, group: Group) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for subsidy, _, _ in _GROUPS:
        held = {award.household_no: award for award in group.awards if subsidy.holds(award)}
        figures[f"{subsidy.name}_households"] = len(held)
        figures[f"{subsidy.name}_persons"] = total_known(
            _persons(view, award) for number, award in held.items() if number in view.lines
        )
        figures |= amounts(group, subsidy)
    return figures


def _remark(group: Group) -> str:
    return "含草稿" if any(award.draft for award in group.awards) else ""


def _persons_notes(view: View) -> list[str]:
    """Households that get an amount by the head though nobody wrote down how many heads."""
    lacking = {
        award.household_no
        for award in view.facts.awards
        if award.household_no in view.lines and _persons(view, award) is None
    }
    return [f"{len(lacking)}户人口未填，未计入人数。"] if lacking else []


def _arrears_notes(view: View) -> list[str]:
    """What of earlier periods was settled in the quarter: it is no part of the table's amounts."""
    paid = [each for each in view.facts.arrears if each.fen > 0]
    back = [each for each in view.facts.arrears if each.fen < 0]
    told = [f"{name}{_settled(view, some)}" for name, some in (("补发", paid), ("应退", back)) if some]
    return [f"本季度批准{'；'.join(told)}。系以前时段各项补助的差额，不在本表金额内。"] if told else []


def _settled(view: View, arrears: Sequence[SettledArrear]) -> str:
    """`3户、480元（石门镇300元、乌镇镇180元）`."""
    by_town: Counter[str] = Counter()
    for each in arrears:
        line = view.lines.get(each.household_no)
        by_town[line.town if line else ELSEWHERE] += abs(each.fen)
    order = [town for town in (*view.towns, ELSEWHERE) if by_town[town]]
    towns = "、".join(f"{town}{format_yuan(by_town[town])}" for town in order)
    households = len({each.household_no for each in arrears})
    return f"{households}户、{format_yuan(by_town.total())}（{towns}）"


def _persons(view: View, award: AwardLine) -> Figure:
    """Whom an award is for: of 低保 the 保障人口, of the low-income aid the 家庭人口."""
    line = view.lines[award.household_no]
    return line.size if award.item == Item.LOW_INCOME else line.covered


def _control(awards: Iterable[AwardLine]) -> dict[str, Figure]:
    """What the awards add up to by class alone, to catch one that fits no column."""
    sums: Counter[str] = Counter()
    keys = {HouseholdClass.URBAN_DIBAO: _URBAN.after, HouseholdClass.RURAL_DIBAO: _RURAL.after}
    for award in awards:
        sums[keys.get(award.household_class, AID.after)] += award.after_fen
    return dict(sums)
