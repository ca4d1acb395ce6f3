"""The `--json` document of one household: the keys of a list's household, and all that its file tells.

Keys are stable; new ones may be added, none is renamed. Free text is masked unless `reveal`.
"""

from typing import TYPE_CHECKING

from jiemin.cli import record_shapes, shapes
from jiemin.cli.shapes import Shape, day, words

if TYPE_CHECKING:
    from jiemin.domain.before_after import Line
    from jiemin.storage.conditions import ConditionRow
    from jiemin.storage.measures import MeasureRow
    from jiemin.usecases.household_record import Aid, Clear, Deed, HouseholdFile, Need


def household_detail(file: "HouseholdFile", reveal: bool) -> Shape:
    """One household with its persons, helpers ever, visits and awards, and the rest of its file."""
    return {
        **shapes.household(file.view, reveal),
        "as_of": day(file.day),
        "persons": [shapes.person(each, reveal) for each in file.members],
        "pairings": [shapes.helper(each, reveal) for each in file.pairings],
        "visits": [shapes.visit(each, reveal) for each in file.visits],
        "awards": [shapes.award(each) for each in file.awards],
        "four_clears": [_clear(each) for each in file.clears],
        "surveys": [record_shapes.survey(row, reveal) for row in file.surveys],
        "needs": [_need(each, reveal) for each in file.needs],
        "measures": [_measure(each, file, reveal) for each in file.measures],
        "deeds": [_deed(each, reveal) for each in file.deeds],
        "aid": [_aid(each, reveal) for each in file.aid],
        "conditions": [_condition(each) for each in file.conditions],
        "before_after": {
            "from": day(file.first),
            "from_is": file.first_is,
            "to": day(file.day),
            "lines": [_line(each) for each in file.before_after],
        },
    }


def _clear(each: "Clear") -> Shape:
    """One of the 四清: its mark, the day of the latest survey, and what the record itself lacks for it."""
    return {
        "survey": each.survey.value,
        "mark": each.mark,
        "date": day(each.found.day) if each.found else None,
        "lacks": list(each.lacks),
    }


def _need(each: "Need", reveal: bool) -> Shape:
    """A need; of one that the roster states no day and visit are known."""
    return {
        "need": words(each.text, reveal),
        "heard_on": day(each.heard_on),
        "visit_no": each.visit_no,
        "met_on": day(each.met_on),
        "outcome": words(each.outcome, reveal),
    }


def _measure(row: "MeasureRow", file: "HouseholdFile", reveal: bool) -> Shape:
    from jiemin.usecases.household_record import state_of_measure

    return record_shapes.measure(row, reveal) | {"state": state_of_measure(row, file.day)}


def _deed(each: "Deed", reveal: bool) -> Shape:
    return {
        "date": day(each.day),
        "what": words(each.what, reveal),
        "by": words(each.by, reveal),
        "number": each.number,
    }


def _aid(each: "Aid", reveal: bool) -> Shape:
    """Money or goods received; goods have no amount."""
    return {
        "date": day(each.day),
        "what": words(each.what, reveal),
        "amount_fen": each.fen,
        "source": each.source,
        "period": each.period or None,
    }


def _condition(row: "ConditionRow") -> Shape:
    value = row.word or "" if row.number is None else row.number
    return record_shapes.condition(row.condition, value) | {"date": day(row.day)}


def _line(line: "Line") -> Shape:
    """One item before and after; `course` is better, worse, same, changed or unknown."""
    return {
        "group": line.group,
        "item": line.item,
        "before": line.before,
        "before_date": day(line.before_day),
        "after": line.after,
        "after_date": day(line.after_day),
        "change": line.change,
        "course": line.course.value,
    }
