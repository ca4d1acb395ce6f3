"""From the TOML tables of a policy file to parameters, every fault noted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Basis, DatedValue, Floor, MidPeriod, Parameter, Unit
from jiemin.policy.faults import Faults
from jiemin.policy.toml_fields import Fields

PARAMETER_FIELDS = ("title", "unit", "mid_period", "checked", "choices", "values")
_VALUE_FIELDS = (
    *("from", "to", "issued", "value", "at_least"),
    *("document", "clause", "quote", "basis", "assumed", "note"),
)
_FLOOR_FIELDS = ("percent", "of")
_YUAN_DECIMALS, _PERCENT_DECIMALS, _AGE_DECIMALS = 2, 1, 0


def read_parameter(key: str, table: Mapping[str, Any], file: str, faults: Faults) -> Parameter | None:
    """The parameter a table states, or None after noting what is wrong with it."""
    fields = Fields(table, faults, file, key)
    fields.only(PARAMETER_FIELDS)
    title = fields.text("title")
    written = fields.word("unit", tuple(Unit))
    mid_period = _mid_period(fields, written)
    checked = fields.day("checked", needed=False)
    choices = _choices(fields, written)
    values = fields.tables("values")
    unit = Unit(written) if written else None
    read = [
        _read_value(Fields(each, faults, file, f"{key} 第{number}条"), unit, choices)
        for number, each in enumerate(values, 1)
    ]
    sound = [each for each in read if each is not None]
    if title is None or unit is None or not fields.sound or len(sound) < len(read):
        return None
    return Parameter(key, title, unit, tuple(sound), choices, checked, mid_period)


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


def _read_value(fields: Fields, unit: Unit | None, choices: Mapping[str, str]) -> DatedValue | None:
    """One dated value; of a parameter whose unit is not known it looks at all but the value."""
    fields.only(_VALUE_FIELDS)
    start = fields.day("from")
    last = fields.day("to", needed=False)
    issued = fields.day("issued")
    value = _value(fields, unit, choices) if unit else None
    floor = _floor(fields, unit)
    document, clause = fields.text("document"), fields.text("clause")
    basis = fields.word("basis", tuple(Basis))
    quote, note = fields.text("quote", needed=False), fields.text("note", needed=False)
    assumed = fields.flag("assumed")
    if assumed and note is None:
        fields.fault("assumed = true 时要在 note 里写明推定了什么")
    if start and last and last < start:
        fields.fault(f"to 早于 from：{last} < {start}")
    if not fields.sound or value is None:
        return None
    assert start and issued and document and clause and basis  # noqa: S101 - all sound
    return DatedValue(
        start=start,
        issued=issued,
        value=value,
        document=document,
        clause=clause,
        basis=Basis(basis),
        end=last + timedelta(days=1) if last else FOREVER,
        at_least=floor,
        quote=quote or "",
        assumed=assumed,
        note=note or "",
    )


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
