"""Whether a parameter's dated values fit together: no overlap, no gap, no raise over nothing.

What a single value must look like is the reader's business; here are only the faults that show
when all values, or all parameters, are seen at once. Days are judged of every value whose days could be
read, whatever else is wrong with it: so all faults are told at once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy.values import Basis, DatedValue, Parameter

Fault = tuple[str, str]
"""(key of the parameter, what is wrong with it, in Chinese)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when up to, not including, when a value holds; `issued` and `basis` as far as they are known."""

    start: date
    end: date
    issued: date | None = None
    basis: Basis | None = None

    @classmethod
    def of(cls, value: "DatedValue | Stretch") -> "Stretch":
        """The days of a value."""
        return cls(value.start, value.end, value.issued, value.basis)

    @property
    def order(self) -> tuple[date, date, bool]:
        """That of `DatedValue.order`; of an unknown day of issue the start stands for it."""
        return (self.start, self.issued or self.start, self.basis is Basis.RAISE)


Days = Sequence[DatedValue | Stretch | None]
"""The values of a parameter, or their days; None stands for one whose days could not be read."""


def faults_between(parameters: Mapping[str, Parameter], days: Mapping[str, Days]) -> list[Fault]:
    """Every fault of these parameters and of `days`, which has all that exist, readable or not."""
    return [
        (key, fault)
        for key, stated in days.items()
        for fault in (
            *_dates([Stretch.of(each) for each in stated if each], whole=None not in stated),
            *(_floors(parameters[key], parameters, days.keys()) if key in parameters else ()),
        )
    ]


def _dates(values: Sequence[Stretch], *, whole: bool) -> Iterator[str]:
    """Where not the `whole` is known, nothing is said to be lacking: what could not be read may be it."""
    yield from _doubles(values)
    existing = _timeline(value for value in values if value.basis is Basis.EXISTING)
    raises = _timeline(value for value in values if value.basis is Basis.RAISE)
    for one, following in (*pairwise(existing), *pairwise(raises)):
        if following.start < one.end < FOREVER:
            yield f"两个数值重叠：从{one.start}起的用到{_last(one)}，可从{following.start}起又有一个"
    if not whole:
        return
    beneath = _timeline(value for value in values if value.basis is not Basis.RAISE)
    yield from _gaps(beneath, _timeline(values))
    if any(value.basis is None for value in values):
        return
    for value in raises:
        if not beneath or value.start < beneath[0].start or beneath[-1].end < value.end:
            yield (
                f"从{value.start}起的提标没有对照：请写明这期间原来的数值"
                "（basis = existing；原来没有这一项就写 0）"
            )


def _gaps(beneath: Sequence[Stretch], everything: Sequence[Stretch]) -> Iterator[str]:
    """Days without a value among those that are no raises, and among all.

    The last to begin decides and leaves nothing when it ends, so a raise may leave days without any
    although the value beneath it goes on.
    """
    known = _between(beneath)
    for first, end in known:
        yield f"中间断了：{first}到{_last_before(end)}没有数值"
    for first, end in _between(everything):
        if not any(start <= first and end <= stop for start, stop in known):
            yield (
                f"中间断了：{first}到{_last_before(end)}没有数值，"
                f"前面的不会自己接上，要用就从{first}起再写一条"
            )


def _between(values: Sequence[Stretch]) -> list[tuple[date, date]]:
    """The gaps of a timeline, each from when up to, not including, when."""
    return [(one.end, following.start) for one, following in pairwise(values) if one.end < following.start]


def _doubles(values: Sequence[Stretch]) -> Iterator[str]:
    """Which of two values counts must never be a matter of their order in the file."""
    orders = [value.order for value in values if value.issued and value.basis]
    for start, issued, _ in sorted({order for order in orders if orders.count(order) > 1}):
        yield f"有两个数值都从{start}起、都在{issued}发布，不知道用哪一个"


def _timeline(values: Iterable[Stretch]) -> list[Stretch]:
    """Of values that start together the one that counts, in the order of their starts."""
    counting = {value.start: value for value in sorted(values, key=lambda each: each.order)}
    return list(counting.values())


def _floors(
    parameter: Parameter, parameters: Mapping[str, Parameter], known: Collection[str]
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


def _last(value: Stretch) -> date:
    return _last_before(value.end)


def _last_before(day: date) -> date:
    return day - timedelta(days=1)
