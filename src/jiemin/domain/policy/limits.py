"""Between what a value must lie to make sense, beside what its unit says of how it is written."""

from jiemin.domain.policy.values import Unit, Value, show_percent

_OLDEST = 120
_PARTS = frozenset({"pension.share", "health_insurance.share", "illness_insurance.share", "medical_aid.rate"})
"""Percentages of a whole, of which nobody gets more than all; raises (提高) may well be over 100 %."""
_WHOLE = 1000


def beyond_limits(key: str, unit: Unit, value: Value) -> str:
    """Between what the value of parameter `key` should lie, empty where it does."""
    if isinstance(value, str):
        return ""
    if unit is Unit.AGE and not 1 <= value <= _OLDEST:
        return f"应在1和{_OLDEST}周岁之间"
    if key in _PARTS and value > _WHOLE:
        return f"应在0%和{show_percent(_WHOLE)}%之间"
    return ""
