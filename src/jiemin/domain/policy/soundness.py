"""Whether a parameter's dated values fit together: no overlap, no gap, no raise over nothing.

What a single value must look like is the reader's business; here are only the faults that show
when all values, or all parameters, are seen at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy.values import Basis, DatedValue, Parameter

Fault = tuple[str, str]
"""(key of the parameter, what is wrong with it, in Chinese)."""


def faults_between(parameters: Mapping[str, Parameter], keys: Iterable[str]) -> list[Fault]:
    """Every fault of these parameters; `keys` are all that exist, readable or not."""
    known = frozenset(keys)
    return [
        (key, fault)
        for key, parameter in parameters.items()
        for fault in (*_dates(parameter.values), *_floors(parameter, parameters, known))
    ]


def _dates(values: Sequence[DatedValue]) -> Iterator[str]:
    yield from _doubles(values)
    existing = _timeline(value for value in values if value.basis is Basis.EXISTING)
    raises = _timeline(value for value in values if value.basis is Basis.RAISE)
    for one, following in (*pairwise(existing), *pairwise(raises)):
        if following.start < one.end < FOREVER:
            yield f"两个数值重叠：从{one.start}起的用到{_last(one)}，可从{following.start}起又有一个"
    for one, following in pairwise(existing):
        if one.end < following.start:
            yield f"中间断了：{one.end}到{_last_before(following.start)}没有数值"
    for value in raises:
        if not existing or value.start < existing[0].start or existing[-1].end < value.end:
            yield (
                f"从{value.start}起的提标没有对照：请写明这期间原来的数值"
                "（basis = existing；原来没有这一项就写 0）"
            )


def _doubles(values: Sequence[DatedValue]) -> Iterator[str]:
    """Which of two values counts must never be a matter of their order in the file."""
    orders = [value.order for value in values]
    for start, issued, _ in sorted({order for order in orders if orders.count(order) > 1}):
        yield f"有两个数值都从{start}起、都在{issued}发布，不知道用哪一个"


def _timeline(values: Iterable[DatedValue]) -> list[DatedValue]:
    """Of values that start together the one that counts, in the order of their starts."""
    counting = {value.start: value for value in sorted(values, key=lambda each: each.order)}
    return list(counting.values())


def _floors(
    parameter: Parameter, parameters: Mapping[str, Parameter], known: frozenset[str]
) -> Iterator[str]:
    for base in dict.fromkeys(value.at_least.of for value in parameter.values if value.at_least):
        if base not in known:
            yield f"at_least 指的“{base}”没有这个参数"
        elif base in parameters and parameters[base].unit is not parameter.unit:
            yield f"at_least 指的“{base}”单位是{parameters[base].unit}，与本参数的{parameter.unit}不同"
    circle = _circle(parameter.key, parameters)
    if circle and parameter.key == min(circle):
        yield f"at_least 绕成了圈：{' → '.join((*circle, parameter.key))}"


def _circle(start: str, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    """A way from a parameter along its floors back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for base in _bases(parameters.get(way[-1])):
            if base == start:
                return way
            if base not in seen:
                seen.add(base)
                ways.append((*way, base))
    return ()


def _bases(parameter: Parameter | None) -> list[str]:
    values = parameter.values if parameter else ()
    return sorted({value.at_least.of for value in values if value.at_least})


def _last(value: DatedValue) -> date:
    return _last_before(value.end)


def _last_before(day: date) -> date:
    return day - timedelta(days=1)
