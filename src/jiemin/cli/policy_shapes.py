"""Policy books as JSON; amounts in fen, what is no money as the policy file writes it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from jiemin.domain.policy import Book, DatedValue, Parameter
from jiemin.domain.policy.compare import Change
from jiemin.domain.policy.text import written
from jiemin.domain.policy.values import Value, show_percent
from jiemin.domain.policy.words import last_day, stated_words

if TYPE_CHECKING:
    from jiemin.usecases.compare_policies import Comparison, FileCheck, NamedBook
    from jiemin.usecases.list_policy import PolicyDetail, PolicyLine, PolicyList


def policy_list(listed: "PolicyList", book: Book, day: date) -> dict[str, Any]:
    """What `policy list` knows."""
    return {
        "policy": {
            "day": day.isoformat(),
            "fingerprint": book.fingerprint,
            "parameters": [_line(each, book, day) for each in listed.stated],
            "unstated": [_unstated(each) for each in listed.unstated],
            "not_given": [item.value for item in listed.not_given],
        }
    }


def policy_detail(detail: "PolicyDetail", book: Book, day: date) -> dict[str, Any]:
    """What `policy show` knows of one parameter."""
    parameter = detail.line.parameter
    return {
        "parameter": {
            **_line(detail.line, book, day),
            "needed_by": [item.value for item in detail.line.uses.needed_by],
            "choices": dict(parameter.choices),
            "checked": parameter.checked.isoformat() if parameter.checked else None,
            "floor_of": [each.key for each in detail.lifts],
            "values": [_stated(book, parameter, each) for each in parameter.values],
        }
    }


def file_check(checked: "FileCheck") -> dict[str, Any]:
    """What `policy check` found."""
    return {
        "file": checked.file,
        "faults": [{"key": each.place, "message": each.what} for each in checked.faults],
        "changes": [_change(each) for each in checked.changes],
        "settings": [
            {
                "table": each.table,
                "key": each.own.key,
                "name": each.own.name,
                "old": each.packaged.value,
                "new": each.own.value,
            }
            for each in checked.settings
        ],
        "gaps": [
            {
                "parameter": each.parameter.key,
                "from": each.start.isoformat(),
                "own_from": each.own_start.isoformat(),
            }
            for each in checked.gaps
        ],
        "unstated": checked.unstated,
        "not_given": [item.value for item in checked.not_given],
    }


def comparison(compared: "Comparison") -> dict[str, Any]:
    """What `policy diff` found."""
    return {
        "old": _named(compared.old),
        "new": _named(compared.new),
        "changes": [_change(each) for each in compared.changes],
    }


def _named(book: "NamedBook") -> dict[str, str]:
    return {"name": book.name, "fingerprint": book.book.fingerprint}


def _line(line: "PolicyLine", book: Book, day: date) -> dict[str, Any]:
    known, parameter, coming = line.known, line.parameter, line.coming
    in_force = (
        {
            **_stated(book, parameter, known.stated),
            **_amount(parameter, known.value),
            "shown": known.shown,
            "issued_later": known.stated.issued > day,
        }
        if known
        else None
    )
    return {
        "key": parameter.key,
        "title": parameter.title,
        "unit": parameter.unit.value,
        "mid_period": parameter.mid_period.value,
        "in_force": in_force,
        "next": _stated(book, parameter, coming) if coming else None,
        "file": line.file,
        "packaged": line.packaged,
        "used_by": [item.value for item in line.uses.items],
    }


def _unstated(line: "PolicyLine") -> dict[str, Any]:
    uses = line.uses
    return {
        "key": line.parameter.key,
        "title": line.parameter.title,
        "unit": line.parameter.unit.value,
        "used_by": [item.value for item in uses.items],
        "needed_by": [item.value for item in uses.needed_by],
        "one_for": [item.value for item in uses.one_for],
        "clauses": list(uses.clauses),
    }


def _stated(book: Book, parameter: Parameter, value: DatedValue) -> dict[str, Any]:
    floor, last = value.at_least, last_day(value)
    return {
        **_amount(parameter, value.value),
        "shown": stated_words(book, parameter, value),
        "from": value.start.isoformat(),
        "to": last.isoformat() if last else None,
        "issued": value.issued.isoformat(),
        "document": value.document,
        "clause": value.clause,
        "quote": value.quote or None,
        "basis": value.basis.value,
        "assumed": value.assumed,
        "note": value.note or None,
        "at_least": {"percent": show_percent(floor.permille), "of": floor.of} if floor else None,
    }


def _amount(parameter: Parameter, value: Value) -> dict[str, Any]:
    """`value_fen` of money; of the rest `value`, the word or the number as text."""
    if isinstance(value, str):
        return {"value_fen": None, "value": value}
    if parameter.unit.is_money:
        return {"value_fen": value, "value": None}
    return {"value_fen": None, "value": written(parameter.unit, value)}


def _change(change: Change) -> dict[str, Any]:
    return {
        "key": change.parameter.key,
        "title": change.parameter.title,
        "what": change.what,
        "from": change.start.isoformat() if change.start else None,
        "basis": change.basis.value if change.basis else None,
        "old": change.old or None,
        "new": change.new or None,
    }
