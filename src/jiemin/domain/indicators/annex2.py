"""Annex 2 of notice 2014-10, 帮扶情况统计表: one row for each town, or for each unit.

It has columns only for what is recorded; plans 3, 4, 6 and 7 get theirs when they are.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.indicators.facts import CadreLine, HouseholdLine, StoryLine
from jiemin.domain.indicators.money_table import AID, DIBAO, amounts, money_notes
from jiemin.domain.indicators.tables import (
    AtMost,
    Column,
    Difference,
    Figure,
    Measure,
    Rule,
    Share,
    Sum,
    Table,
    make_table,
    total_known,
)
from jiemin.domain.indicators.view import ELSEWHERE, Group, View, by_town, county_of
from jiemin.domain.visits import CadreVisits, Rate

H, P, T, D = Measure.HOUSEHOLDS, Measure.PERSONS, Measure.TIMES, Measure.DEEDS

_BASE = "困难家庭基本情况"
_PAIRS = "结对情况"
_VISITS = "走访情况"

_CLASS_HEADS = {
    HouseholdClass.URBAN_DIBAO: "城镇低保",
    HouseholdClass.RURAL_DIBAO: "农村低保",
    HouseholdClass.LOW_INCOME: "低收入",
    HouseholdClass.WUBAO: "五保",
    HouseholdClass.SANWU: "三无",
    HouseholdClass.OTHER: "其他",
}

_CLASS_COLUMNS = tuple(
    Column(f"{key}{suffix}", (_BASE, head, measure.value), measure)
    for key, head in [*((one.name, head) for one, head in _CLASS_HEADS.items()), ("all", "合计")]
    for suffix, measure in (("_households", H), ("_persons", P))
)

_STORIES = Column("stories", ("典型事迹", "篇"), Measure.STORIES)

_VISIT_COLUMNS = (
    Column("due", (_VISITS, "应走访", "户"), H),
    Column("made", (_VISITS, "已走访", "户"), H),
    Column("rate", (_VISITS, "走访率", "%"), Measure.RATE),
    Column("visits", (_VISITS, "走访", "次"), T),
    Column("deeds", (_VISITS, "办实事", "件"), D),
)

TOWN_COLUMNS = (
    *_CLASS_COLUMNS,
    Column("to_pair", (_PAIRS, "应结对", "户"), H),
    Column("to_pair_paired", (_PAIRS, "其中", "已结对户"), H),
    Column("to_pair_unpaired", (_PAIRS, "其中", "未结对户"), H),
    Column("paired", (_PAIRS, "全部结对", "户"), H),
    Column("one_to_one", (_PAIRS, "其中", "一对一户"), H),
    Column("many_to_one", (_PAIRS, "其中", "多对一户"), H),
    Column("cadres", (_PAIRS, "结对干部", "人"), P, once=True),
    Column("leaders", (_PAIRS, "其中", "领导干部"), P, once=True),
    *_VISIT_COLUMNS,
    *DIBAO.columns("低保金(本季度)"),
    *AID.columns("低收入家庭救助(年度)"),
    _STORIES,
)

TOWN_RULES: tuple[Rule, ...] = (
    Sum("all_households", tuple(f"{one.name}_households" for one in HouseholdClass)),
    Sum("all_persons", tuple(f"{one.name}_persons" for one in HouseholdClass)),
    AtMost("to_pair", "all_households"),
    Sum("to_pair", ("to_pair_paired", "to_pair_unpaired")),
    AtMost("to_pair_paired", "paired"),
    Sum("paired", ("one_to_one", "many_to_one")),
    AtMost("leaders", "cadres"),
    AtMost("due", "paired"),
    AtMost("made", "due"),
    Share("rate", "made", "due"),
    AtMost("deeds", "visits"),
    Difference(DIBAO.uplift, DIBAO.after, DIBAO.before),
    Difference(AID.uplift, AID.after, AID.before),
)

UNIT_COLUMNS = (
    Column("staff", ("干部情况", "在册干部", "人"), P),
    Column("staff_leaders", ("干部情况", "其中领导", "人"), P),
    Column("cadres", (_PAIRS, "结对干部", "人"), P),
    Column("leaders", (_PAIRS, "其中领导", "人"), P),
    Column("leaders_without", (_PAIRS, "未结对领导", "人"), P),
    Column("households", (_PAIRS, "结对户", "户"), H, once=True),
    Column("due", (_VISITS, "应走访", "户"), H, once=True),
    Column("made", (_VISITS, "本单位干部已走访", "户"), H, once=True),
    Column("rate", (_VISITS, "走访率", "%"), Measure.RATE),
    Column("visits", (_VISITS, "走访", "次"), T, once=True),
    Column("deeds", (_VISITS, "办实事", "件"), D, once=True),
    _STORIES,
)

UNIT_RULES: tuple[Rule, ...] = (
    AtMost("staff_leaders", "staff"),
    AtMost("leaders", "cadres"),
    AtMost("leaders_without", "staff_leaders"),
    AtMost("due", "households"),
    AtMost("made", "due"),
    Share("rate", "made", "due"),
    AtMost("deeds", "visits"),
)


def town_table(view: View) -> Table:
    """Annex 2 by town; its total counts a cadre who helps in several towns once."""
    groups = dict(by_town(view))
    town_of = {number: line.town for number, line in view.lines.items()}
    told = _stories_by(lambda story: town_of.get(story.household_no or ""), view.facts.stories, groups)
    if ELSEWHERE in told:
        groups.setdefault(ELSEWHERE, Group())
    control: dict[str, Figure] = {
        "paired": len(view.helpers),
        "due": len(view.visits.due),
        "made": len(view.visits.made),
        "visits": len(view.visits.counted),
        "stories": len(view.facts.stories),
    }
    return make_table(
        TOWN_COLUMNS,
        [(town, _town_tally(view, group, told.get(town, ())), "") for town, group in groups.items()],
        _town_tally(view, county_of(view), view.facts.stories),
        TOWN_RULES,
        control=control,
        notes=[
            *_size_notes(view.registered),
            "一户由一名干部结对为一对一，由两名以上干部结对为多对一；"
            "结对干部按人计，在几个镇(街道)都有结对户的，各镇分别计数。",
            _VISIT_NOTE,
            *money_notes(view),
            *_story_notes(told),
        ],
    )


def unit_table(view: View) -> Table:
    """Annex 2 by unit, in the cadres' order; its total counts a household of several units once."""
    units: dict[str, list[CadreLine]] = {}
    for cadre in view.facts.cadres:
        units.setdefault(cadre.unit, []).append(cadre)
    helping = frozenset(one.cadre_no for some in view.helpers.values() for one in some)
    control: dict[str, Figure] = {
        "cadres": len(helping),
        "households": len(view.helpers),
        "stories": len(view.facts.stories),
    }
    told = _stories_by(lambda story: story.unit, view.facts.stories, units)
    if ELSEWHERE in told:
        units[ELSEWHERE] = []
    return make_table(
        UNIT_COLUMNS,
        [(unit, _unit_tally(view, some, told.get(unit, ())), "") for unit, some in units.items()],
        _unit_tally(view, view.facts.cadres, view.facts.stories),
        UNIT_RULES,
        control=control,
        notes=[
            "一户由几个单位的干部结对、一次走访由几个单位的干部参加的，各单位分别计数。",
            "应走访指本单位干部应走访的户：干部本人结对自本季度第三个月首日起未中断；这以后才换人的，"
            "由新的第一责任人补访；本人结对以前本季度已走访过的户不再计。已走访只计本单位干部的走访。",
        ],
    )


_VISIT_NOTE = (
    "应走访指季末在册、结对，且自本季度第三个月首日起未中断的户；走访由当日结对的干部进行，"
    "含慰问，不含电话联系；办实事按记有实事的走访计，一次走访计一件。"
)


def _town_tally(view: View, group: Group, stories: Sequence[StoryLine]) -> dict[str, Figure]:
    return {
        **_class_figures(group.households),
        **asdict(view.coverage.of_households(line.household_no for line in group.households)),
        **_visit_figures(view, group),
        **amounts(group, DIBAO),
        **amounts(group, AID),
        "stories": len(stories),
    }


def _class_figures(households: Sequence[HouseholdLine]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {
        "all_households": len(households),
        "all_persons": total_known(household.size for household in households),
    }
    for one in HouseholdClass:
        members = [line for line in households if line.household_class is one]
        figures[f"{one.name}_households"] = len(members)
        figures[f"{one.name}_persons"] = total_known(line.size for line in members)
    return figures


def _visit_figures(view: View, group: Group) -> dict[str, Figure]:
    due = group.known.intersection(view.visits.due)
    made = group.known & view.visits.made
    return {
        "due": len(due),
        "made": len(made),
        "rate": Rate(len(made), len(due)).permille,
        "visits": len(group.counted),
        "deeds": sum(visit.visit_no in view.deeds for visit in group.counted),
    }


def _unit_tally(view: View, cadres: Sequence[CadreLine], stories: Sequence[StoryLine]) -> dict[str, Figure]:
    quarters = [view.visits.cadres.get(cadre.cadre_no, _NO_VISITS) for cadre in cadres]
    due = {number for quarter in quarters for number in quarter.due}
    made = {number for quarter in quarters for number in quarter.visited}
    visits = {number for quarter in quarters for number in quarter.visit_nos}
    return {
        **asdict(view.coverage.of_cadres(cadre.cadre_no for cadre in cadres)),
        "due": len(due),
        "made": len(made),
        "rate": Rate(len(made), len(due)).permille,
        "visits": len(visits),
        "deeds": len(visits & view.deeds),
        "stories": len(stories),
    }


def _stories_by(
    row_of: Callable[[StoryLine], str | None], stories: Iterable[StoryLine], rows: Collection[str]
) -> dict[str, list[StoryLine]]:
    """The stories of each row; those that belong to none of `rows` stand elsewhere."""
    told: dict[str, list[StoryLine]] = defaultdict(list)
    for story in stories:
        row = row_of(story) or ELSEWHERE
        told[row if row in rows else ELSEWHERE].append(story)
    return dict(told)


_NO_VISITS = CadreVisits((), (), ())


def _story_notes(told: Mapping[str, Sequence[StoryLine]]) -> list[str]:
    strays = told.get(ELSEWHERE)
    if not strays:
        return []
    return [
        "典型事迹按所写家庭所在的镇(街道)计；"
        f"没有写家庭、或所写家庭本季度不在册的{len(strays)}篇列入末行“其他”。"
    ]


def _size_notes(households: Iterable[HouseholdLine]) -> list[str]:
    unknown = sum(household.size is None for household in households)
    return [f"{unknown}户家庭人口未填，未计入人数。"] if unknown else []
