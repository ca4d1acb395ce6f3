"""The `--json` contract: what a household, cadre, pairing, visit or award looks like.

Keys are stable; new ones may be added, none is renamed. Identity numbers and telephones are
masked unless `reveal`; amounts are fen, dates ISO.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from jiemin.domain.people import mask_digits, mask_id, mask_phone
from jiemin.domain.periods import FOREVER

if TYPE_CHECKING:
    from jiemin.domain.coverage import CadreFigures
    from jiemin.domain.pairing.fairness import Fairness
    from jiemin.storage.awards import AwardRow
    from jiemin.storage.pairing_runs import RunRow
    from jiemin.storage.pairings import PairingRow
    from jiemin.storage.persons import MemberState
    from jiemin.usecases.list_visits import VisitView
    from jiemin.usecases.look_up import CadreView, Helper, HouseholdView, PairingView
    from jiemin.usecases.show_coverage import CoverageView
    from jiemin.usecases.show_runs import RunView

Shape = dict[str, Any]


def household(view: "HouseholdView", reveal: bool) -> Shape:
    """One household; `monthly_income_fen` is None unless the income was written by the month."""
    state = view.state
    return {
        "household_no": state.household_no,
        "head_name": state.head_name,
        "head_id_number": state.head_number if reveal else mask_id(state.head_number),
        "town": view.place.town,
        "village": view.place.village,
        "class": state.household_class,
        "keeping": state.keeping,
        "size": state.size,
        "covered": state.covered,
        "monthly_income_fen": state.income_fen if state.income_period == "month" else None,
        "yearly_income_fen": state.income_fen if state.income_period == "year" else None,
        "phones": phones(state.phones, reveal),
        "cause": state.cause,
        "needs": words(state.needs, reveal),
        "status": state.status,
        "cadres": [helper(each, reveal) for each in view.helpers],
    }


def person(member: "MemberState", reveal: bool) -> Shape:
    """One member of a household."""
    grade = f"{member.disability_grade}级" if member.disability_grade else ""
    return {
        "name": member.name,
        "id_number": member.id_number if reveal else mask_id(member.id_number),
        "id_raw": member.id_raw if reveal else mask_id(member.id_raw),
        "relation": member.relation,
        "sex": member.sex,
        "birth_date": day(member.birth),
        "disability": f"{member.disability or ''}{grade}" or None,
        "covered": member.covered,
        "status": member.health,
    }


def helper(each: "Helper", reveal: bool = False) -> Shape:
    """A cadre as one who helps a household."""
    row = each.pairing
    return {
        "cadre_no": row.cadre_no,
        "name": row.cadre_name,
        "unit": each.unit,
        "role": row.role,
        "from": day(row.start),
        "to": until(row.end),
        "end_reason": words(row.end_reason, reveal),
    }


def cadre(view: "CadreView", reveal: bool) -> Shape:
    """One cadre; `households` are the numbers of those he or she helps."""
    state = view.state
    return {
        "cadre_no": state.cadre_no,
        "name": state.name,
        "unit": state.unit,
        "post": state.post,
        "rank": state.rank,
        "leader": state.leader,
        "phones": phones(state.phones, reveal),
        "link": f"{view.link.town}{view.link.village}" if view.link else None,
        "status": "在职",
        "households": [row.household_no for row in view.households],
    }


def pairing(view: "PairingView") -> Shape:
    """One pairing."""
    row = view.row
    return {
        "household_no": row.household_no,
        "head_name": view.head_name,
        "cadre_no": row.cadre_no,
        "cadre_name": row.cadre_name,
        "unit": view.unit,
        "role": row.role,
        "from": day(row.start),
        "to": until(row.end),
        "origin": row.origin,
        "end_reason": words(row.end_reason, reveal=False),
    }


def visit(view: "VisitView", reveal: bool = False) -> Shape:
    """One visit; `extra` when nobody who came was paired with the household that day.

    `promises` are numbers of measures; `gift_fen` is fen.
    """
    row = view.row
    return {
        "visit_no": row.visit_no,
        "date": day(row.day),
        "household_no": row.household_no,
        "cadres": [{"cadre_no": number, "name": name} for _, number, name in row.cadres],
        "kind": row.kind,
        "extra": view.extra,
        "met": words(row.met, reveal),
        "note": words(row.note, reveal),
        "needs": words(row.needs, reveal),
        "needs_met_on": day(row.needs_met_on),
        "needs_outcome": words(row.needs_outcome, reveal),
        "deeds": words(row.deeds, reveal),
        "gift_fen": row.gift_fen,
        "gift_goods": words(row.gift_goods, reveal),
        "promises": list(row.promises),
        "entered_on": day(row.entered_on),
        "voided_on": day(row.voided_on),
        "void_reason": words(row.void_reason, reveal),
    }


def award(row: "AwardRow") -> Shape:
    """One award; `person` is None because living subsidies are a household's."""
    return {
        "household_no": row.household_no,
        "person": None,
        "item": row.item,
        "period": row.period,
        "before_fen": row.before_fen,
        "after_fen": row.after_fen,
        "uplift_fen": row.uplift_fen,
        "run_no": row.run_no,
        "approved": row.approved,
    }


def coverage(view: "CoverageView") -> Shape:
    """Coverage of one day; loads per head are households, with one decimal."""
    return {
        "day": day(view.day),
        "mode": view.mode.value,
        "totals": asdict(view.households) | _of_cadres(view.cadres),
        "towns": [{"town": town} | asdict(figures) for town, figures in view.towns.items()],
        "units": [{"unit": unit} | _of_cadres(figures) for unit, figures in view.units.items()],
        "unpaired_households": [asdict(one) for one in view.unpaired],
        "without_lead": [asdict(one) for one in view.without_lead],
        "leaders_without": [asdict(one) for one in view.leaders_without],
        "over_quota": [asdict(one) for one in view.over_quota],
    }


def _of_cadres(figures: "CadreFigures") -> Shape:
    mean = figures.load_mean
    return asdict(figures) | {"load_mean": None if mean is None else mean / 10}


def run_row(row: "RunRow") -> Shape:
    """One run of automatic pairing, as far as a list tells it."""
    return {
        "run_no": row.number,
        "day": day(row.day),
        "mode": row.mode,
        "solver": row.solver,
        "objective": row.objective,
        "bound": row.bound,
        "gap": row.objective - row.bound,
        "optimal": row.optimal,
        "households": row.households,
        "cadres": row.cadres,
        "pairings": row.pairs,
        "unpaired_households": list(row.unpaired),
        "leaders_without": list(row.leaders_without),
        "changes": row.started + row.ended,
    }


def run(view: "RunView") -> Shape:
    """One run with its rules, changes and fairness, under the keys that `pair --auto` has.

    `lacking` and `points_saved` were said at the time and are not kept.
    """
    told = view.row.rules or {}
    return run_row(view.row) | {
        "pairings": len(view.pairs) if view.row.pairs is None else view.row.pairs,
        "idle_cadres": list(view.idle),
        "started": [_change(row) for row in (*view.begun, *view.turned)],
        "ended": [_change(row) for row in view.ended],
        "role_changed": [_change(row) for row in view.turned],
        "price_of_ending": told.get("price_of_ending"),
        "points_saved": None,
        "lacking": None,
        "written": True,
        "rules": told.get("rules"),
        "costs": told.get("costs"),
        "costs_fingerprint": view.row.costs,
        "facts_fingerprint": view.row.facts,
        "shortages": list(view.row.shortages),
        "as_recorded": view.as_recorded,
        "fairness": _fairness(view.fair),
    }


def _change(row: "PairingRow") -> Shape:
    return {"household_no": row.household_no, "cadre_no": row.cadre_no, "role": row.role}


def _fairness(fair: "Fairness") -> Shape:
    """Medians and loads per head are households, with one decimal."""
    return {
        "cadres": asdict(fair.cadres) | {"median": fair.cadres.median / 10},
        "leaders": asdict(fair.leaders) | {"median": fair.leaders.median / 10},
        "units": [asdict(unit) | {"per_head": unit.per_head / 10} for unit in fair.units],
        "lightest_units": [unit.unit for unit in fair.lightest],
        "heaviest_units": [unit.unit for unit in fair.heaviest],
        "near": {near.value: pairs for near, pairs in fair.fit.near.items()},
        "field_right": fair.fit.field_right,
        "field_wrong": fair.fit.field_wrong,
        "rank_adequate": fair.fit.rank_adequate,
        "rank_short": fair.fit.rank_short,
        "untold": fair.fit.untold,
    }


def words(text: str | None, reveal: bool) -> str | None:
    """Free text, in which people also write telephone and identity numbers."""
    return text if reveal or not text else mask_digits(text)


def phones(numbers: Sequence[str], reveal: bool) -> list[str]:
    """Telephone numbers, masked unless revealed."""
    return list(numbers) if reveal else [mask_phone(number) for number in numbers]


def day(value: date | None) -> str | None:
    """A date as ISO text."""
    return value.isoformat() if value else None


def until(end: date) -> str | None:
    """The end of a span; None while it has none."""
    return None if end == FOREVER else end.isoformat()
