"""The one text of a policy book: TOML in a fixed order, so that equal books have equal texts.

The text is kept with the awards computed from it and read back by the same reader that reads the
county's files.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta

from jiemin.domain.money import yuan
from jiemin.domain.periods import FOREVER
from jiemin.domain.policy.values import DatedValue, Floor, MidPeriod, Parameter, Unit, Value, show_percent


def canonical_text(parameters: Iterable[Parameter]) -> str:
    """The book as TOML, parameters by key, values by order, nothing left to taste."""
    ordered = sorted(parameters, key=lambda each: each.key)
    return "\n".join(line for each in ordered for line in _parameter(each))


def written(unit: Unit, value: Value) -> str:
    """A value as a policy file writes it: `416.50`, `80`, `"monthly"`."""
    if isinstance(value, str):
        return _quoted(value)
    if unit is Unit.AGE:
        return str(value)
    if not unit.is_money:
        return show_percent(value)
    return str(value // 100) if value % 100 == 0 else str(yuan(value))


def _parameter(parameter: Parameter) -> Iterator[str]:
    yield f"[{parameter.key}]"
    yield f"title = {_quoted(parameter.title)}"
    yield f"unit = {_quoted(parameter.unit)}"
    if parameter.mid_period is not MidPeriod.LAST_DAY:
        yield f"mid_period = {_quoted(parameter.mid_period)}"
    if parameter.checked:
        yield f"checked = {parameter.checked.isoformat()}"
    if parameter.choices:
        words = ", ".join(f"{_quoted(k)} = {_quoted(v)}" for k, v in sorted(parameter.choices.items()))
        yield f"choices = {{{words}}}"
    for value in sorted(parameter.values, key=lambda each: each.order):
        yield f"[[{parameter.key}.values]]"
        yield from value_lines(parameter.unit, value)
    yield ""


def value_lines(unit: Unit, value: DatedValue) -> Iterator[str]:
    """All that a policy file says of one value, line by line, below its heading."""
    yield f"from = {value.start.isoformat()}"
    if value.end != FOREVER:
        yield f"to = {(value.end - timedelta(days=1)).isoformat()}"
    yield f"issued = {value.issued.isoformat()}"
    yield f"value = {written(unit, value.value)}"
    if value.at_least:
        yield f"at_least = {_floor(value.at_least)}"
    yield f"document = {_quoted(value.document)}"
    yield f"clause = {_quoted(value.clause)}"
    if value.quote:
        yield f"quote = {_quoted(value.quote)}"
    yield f"basis = {_quoted(value.basis)}"
    if value.assumed:
        yield "assumed = true"
    if value.note:
        yield f"note = {_quoted(value.note)}"


def _floor(floor: Floor) -> str:
    return f"{{percent = {show_percent(floor.permille)}, of = {_quoted(floor.of)}}}"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for the one character JSON leaves bare."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
