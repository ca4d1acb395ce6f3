"""The `--json` contract of what is written down of a family: surveys, measures, aid cases, its condition.

As in `shapes`: keys are stable, amounts are fen, dates ISO; long digits in free text are masked unless
`reveal`.
"""

from typing import TYPE_CHECKING

from jiemin.cli.shapes import Shape, day, words
from jiemin.domain.codes import Survey

if TYPE_CHECKING:
    from jiemin.domain.codes import Condition
    from jiemin.domain.conditions import NetIncome, Value
    from jiemin.storage.measures import MeasureRow
    from jiemin.storage.surveys import SurveyRow
    from jiemin.usecases.list_aid_cases import AidView
    from jiemin.usecases.list_measures import MeasureView
    from jiemin.usecases.list_surveys import SurveyCount, SurveyView
    from jiemin.usecases.record_condition import Measured


def survey(row: "SurveyRow", reveal: bool = False) -> Shape:
    """One survey as it was found on a day."""
    return {
        "survey": row.survey.value,
        "date": day(row.day),
        "cadre_no": row.cadre_no,
        "by": words(row.by, reveal),
        "complete": row.complete,
        "missing": words(row.missing, reveal),
        "finding": words(row.finding, reveal),
    }


def survey_state(view: "SurveyView", *, every: bool) -> Shape:
    """A household with the survey that counts for each of the four, or with every one ever made."""
    rows = view.rows if every else [row for row in view.rows if view.latest[row.survey] is row]
    return {
        "household_no": view.household_no,
        "head_name": view.head_name,
        "town": view.town,
        "village": view.village,
        "surveys": [survey(row) for row in rows],
        "complete": [each.value for each in Survey if each in view.complete],
    }


def survey_count(count: "SurveyCount") -> Shape:
    """How many households have each of the four complete."""
    return {
        "households": count.households,
        "complete": {each.value: number for each, number in count.complete.items()},
        "all_four": count.all_four,
    }


def measure(row: "MeasureRow", reveal: bool = False) -> Shape:
    """One measure of a plan, or a promise of a visit, as it stood on the day asked for."""
    return {
        "measure_no": row.measure_no,
        "household_no": row.household_no,
        "plan": row.plan.value if row.plan else None,
        "plan_number": row.plan.number if row.plan else None,
        "what": words(row.what, reveal),
        "cadre_no": row.cadre_no,
        "responsible": words(row.responsible, reveal),
        "visit_no": row.visit_no,
        "promised_on": day(row.promised_on),
        "due_on": day(row.due_on),
        "delivered_on": day(row.delivered_on),
        "dropped_on": day(row.dropped_on),
        "outcome": words(row.outcome, reveal),
        "amount_fen": row.amount_fen,
        "source": row.source.value if row.source else None,
    }


def measure_view(view: "MeasureView") -> Shape:
    """The same with the household's head and place; `days_late` is 0 of one that is not overdue."""
    return measure(view.row) | {
        "head_name": view.head_name,
        "town": view.town,
        "village": view.village,
        "unit": view.unit,
        "open": view.row.open,
        "days_late": view.days_late,
    }


def aid_case(view: "AidView") -> Shape:
    """An aid case with its household's head and place; `base_fen` is what it is reckoned from."""
    row = view.row
    return {
        "case_no": row.case_no,
        "household_no": row.household_no,
        "head_name": view.head_name,
        "town": view.town,
        "village": view.village,
        "item": row.item,
        "date": day(row.day),
        "until": day(row.until),
        "person": row.person_name,
        "base_fen": row.base_fen,
        "grade": row.grade,
        "note": words(row.note, reveal=False),
        "voided_on": day(row.voided_on),
        "void_reason": words(row.void_reason, reveal=False),
    }


def condition(each: "Condition", value: "Value") -> Shape:
    """One thing measured: a whole number of its smallest part (fen, persons, hundredths), or a word."""
    from jiemin.domain.conditions import KINDS, show_condition

    number, word = (value, None) if isinstance(value, int) else (None, value)
    return {
        "condition": each.value,
        "group": KINDS[each].group.value,
        "unit": KINDS[each].unit.value,
        "number": number,
        "word": word,
        "shown": show_condition(each, number, word),
    }


def measured(each: "Measured") -> Shape:
    """One thing as it was set, with what it said before of that day and what was measured last."""
    from jiemin.usecases.record_condition import value_of

    corrected = None if each.corrected is None else condition(each.condition, each.corrected)
    earlier = None
    if each.earlier is not None:
        earlier = condition(each.condition, value_of(each.earlier)) | {"date": day(each.earlier.day)}
    return condition(each.condition, each.value) | {"corrected": corrected, "earlier": earlier}


def net(income: "NetIncome") -> Shape:
    """A year's net income with the items that were known and those that were not."""
    return {
        "fen": income.fen,
        "known": [each.value for each in income.known],
        "unknown": [each.value for each in income.unknown],
    }
