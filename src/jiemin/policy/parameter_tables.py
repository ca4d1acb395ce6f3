"""From the TOML tables of a policy file to parameters, every fault noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Basis, DatedValue, Floor, MidPeriod, Parameter, Unit
from jiemin.domain.policy.limits import beyond_limits
from jiemin.domain.policy.soundness import Stretch
from jiemin.domain.policy.values import show_value
from jiemin.policy.faults import Faults
from jiemin.policy.toml_fields import Fields

PARAMETER_FIELDS = ("title", "unit", "mid_period", "checked", "choices", "values")
_VALUE_FIELDS = (
    *("from", "to", "issued", "value", "at_least"),
    *("document", "clause", "quote", "basis", "assumed", "note"),
)
_FLOOR_FIELDS = ("percent", "of")
_YUAN_DECIMALS, _PERCENT_DECIMALS, _AGE_DECIMALS = 2, 1, 0


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What could be read of a parameter's table.

    `parameter` is None where something is wrong with it; `days` has for each value its days, None where
    they could not be read.
    """

    parameter: Parameter | None
    days: tuple[Stretch | None, ...]


def read_parameter(
    key: str, table: Mapping[str, Any], file: str, faults: Faults, *, kept: bool = False
) -> ReadTable:
    """The parameter a table states, after noting what is wrong with it.

    Of a book `kept` with awards it is not asked whether the values make sense.
    """
    fields = Fields(table, faults, file, key)
    fields.only(PARAMETER_FIELDS)
    title = fields.text("title")
    written = fields.word("unit", tuple(Unit))
    mid_period = _mid_period(fields, written)
    checked = fields.day("checked", needed=False)
    choices = _choices(fields, written)
    values = fields.tables("values")
    unit = Unit(written) if written else None
    rows = [Fields(each, faults, file, f"{key} 第{number}条") for number, each in enumerate(values, 1)]
    read = [_read_value(each, unit, choices, "" if kept else key) for each in rows]
    days = tuple(stretch for _, stretch in read)
    sound = [value for value, _ in read if value is not None]
    if title is None or unit is None or not fields.sound or len(sound) < len(read):
        return ReadTable(None, days)
    return ReadTable(Parameter(key, title, unit, tuple(sound), choices, checked, mid_period), days)


def _mid_period(fields: Fields, unit: str | None) -> MidPeriod:
    """Which value counts when it changes within a period; twelfths are only of yearly money."""
    written = fields.word("mid_period", tuple(MidPeriod), needed=False)
    if written == MidPeriod.BY_MONTH and unit is not None and not Unit(unit).is_yearly_money:
        yearly = "、".join(each for each in Unit if each.is_yearly_money)
        fields.fault(f'mid_period = "{MidPeriod.BY_MONTH}" 只能用于单位是{yearly}的')
    return MidPeriod(written) if written else MidPeriod.LAST_DAY


def _choices(fields: Fields, unit: str | None) -> dict[str, str]:
    """A setting's words with what each means; a number has none."""
    choices = fields.table("choices") or {}
    if any(not isinstance(meaning, str) or not meaning.strip() for meaning in choices.values()):
        fields.fault('choices 的每个选项要有说明，如 {fen = "四舍五入到分"}')
        return {}
    if unit is not None and (unit == Unit.SETTING) != bool(choices):
        fields.fault(f"choices 在单位是“{Unit.SETTING}”时必须写，在别的单位不能写")
    return choices


def _read_value(
    fields: Fields, unit: Unit | None, choices: Mapping[str, str], key: str
) -> tuple[DatedValue | None, Stretch | None]:
    """One dated value and its days; of a parameter whose unit is not known it looks at all but the value.

    Without a `key` the value is not held to the limits of that parameter.
    """
    fields.only(_VALUE_FIELDS)
    start = fields.day("from")
    last = fields.day("to", needed=False)
    issued = fields.day("issued")
    value = _value(fields, unit, choices) if unit else None
    if key and unit and value is not None and (limits := beyond_limits(key, unit, value)):
        fields.fault(f"value 不能是{show_value(unit, value, choices)}，{limits}")
    floor = _floor(fields, unit)
    document, clause = fields.text("document"), fields.text("clause")
    basis = fields.word("basis", tuple(Basis))
    quote, note = fields.text("quote", needed=False), fields.text("note", needed=False)
    assumed = fields.flag("assumed")
    if assumed and note is None:
        fields.fault("assumed = true 时要在 note 里写明推定了什么")
    days = _stretch(fields, start, last, issued, Basis(basis) if basis else None)
    if not fields.sound or value is None or days is None:
        return None, days
    assert issued and document and clause and basis  # noqa: S101 - all sound
    stated = DatedValue(
        start=days.start,
        issued=issued,
        value=value,
        document=document,
        clause=clause,
        basis=Basis(basis),
        end=days.end,
        at_least=floor,
        quote=quote or "",
        assumed=assumed,
        note=note or "",
    )
    return stated, days


def _stretch(
    fields: Fields, start: date | None, last: date | None, issued: date | None, basis: Basis | None
) -> Stretch | None:
    """The days of a value, None where they could not be read."""
    if start and last and last < start:
        fields.fault(f"to 早于 from：{last} < {start}")
        return None
    if start is None or (last is None and fields.states("to")):
        return None
    return Stretch(start, last + timedelta(days=1) if last else FOREVER, issued, basis)


def _value(fields: Fields, unit: Unit, choices: Mapping[str, str]) -> int | str | None:
    if unit is Unit.SETTING:
        return fields.word("value", tuple(choices))
    if unit is Unit.AGE:
        return fields.number("value", _AGE_DECIMALS)
    return fields.number("value", _YUAN_DECIMALS if unit.is_money else _PERCENT_DECIMALS)


def _floor(fields: Fields, unit: Unit | None) -> Floor | None:
    table = fields.table("at_least")
    if table is None:
        return None
    if unit is Unit.SETTING:
        fields.fault("选项不能写 at_least")
        return None
    inner = fields.within("at_least", table)
    inner.only(_FLOOR_FIELDS)
    permille, base = inner.number("percent", _PERCENT_DECIMALS), inner.text("of")
    fields.sound = fields.sound and inner.sound
    return Floor(permille, base) if permille is not None and base is not None else None
