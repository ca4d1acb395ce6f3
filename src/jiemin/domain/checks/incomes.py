"""Incomes that were told in another measure than they are stored in (K111, K112).

人均 and 全家, month and year are mixed up in one sheet; nothing in a single figure tells. What tells is a
change by the number of persons or by 12, the share rounded or not, and an income that would leave no subsidy.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from jiemin.domain.checks.county import Home, of_home
from jiemin.domain.checks.finding import Finding
from jiemin.domain.codes import DIBAO
from jiemin.domain.money import Fen, format_yuan, half_up

Standards = Mapping[str, Fen]
"""低保 standard of a class on the day of the check: fen a person and month."""
_MONTHS = 12
_ROUNDED_TO_YUAN: Fen = 5_000
"""From so many fen on a share may have been rounded to the yuan."""


class IncomeSpan(NamedTuple):
    """An income of the whole family in fen for a month or year, as told from `start` on; `persons` are the
    numbers by which it may have been told a head: 家庭人口 and 保障人口."""

    start: date
    fen: Fen
    period: str
    persons: frozenset[int]


def income_findings(home: Home, spans: Sequence[IncomeSpan], standards: Standards) -> Iterator[Finding]:
    """Findings of one household in the work."""
    changed = _last_change(spans)
    if changed is not None:
        before, after = changed
        factor = _factor(before, after)
        if factor:
            message = f"{after.start}起{_told(after)}，之前{_told(before)}：{factor}"
            yield of_home("K111", home, message, before.fen, before.period, after.fen, after.period)
    yield from _above_standard(home, standards)


def _last_change(spans: Sequence[IncomeSpan]) -> tuple[IncomeSpan, IncomeSpan] | None:
    """The last span before which another figure was told, with the one before it."""
    for before, after in reversed([*pairwise(spans)]):
        if (before.fen, before.period) != (after.fen, after.period):
            return before, after
    return None


def _factor(before: IncomeSpan, after: IncomeSpan) -> str:
    """How one figure follows from the other by another measure; empty when it does not."""
    low, high = sorted((before.fen, after.fen))
    if not low:
        return ""
    if before.period != after.period:
        return "数没有变，月收入变成了年收入" if low == high else ""
    for parts in sorted(each for each in before.persons | after.persons if each > 1):
        if how := _share(low, high, parts):
            return f"{how}相差{parts}倍，等于人口数"
    how = _share(low, high, _MONTHS)
    return f"{how}相差12倍" if how else ""


def _share(low: Fen, high: Fen, parts: int) -> str:
    """How `low` is that part of `high`: exactly, or as people round it, to the fen or yuan; else empty.

    Of a few yuan, rounding to the yuan would make too much alike.
    """
    if low * parts == high:
        return "正好"
    in_yuan = low >= _ROUNDED_TO_YUAN and low == 100 * half_up(high, 100 * parts)
    return "四舍五入后" if in_yuan or low == half_up(high, parts) else ""


def _told(span: IncomeSpan) -> str:
    return f"{'月' if span.period == 'month' else '年'}收入{format_yuan(span.fen)}"


def _above_standard(home: Home, standards: Standards) -> Iterator[Finding]:
    """By the head over the whole family: of one that is covered in part more may be left to live on."""
    standard = standards.get(home.household_class)
    persons = max(home.size or 0, home.covered or 0)
    if home.household_class not in DIBAO or not persons or home.income_fen is None or standard is None:
        return
    months = _MONTHS if home.income_period == "year" else 1
    if home.income_fen >= standard * persons * months:
        period = "年" if months > 1 else "月"
        message = (
            f"{home.household_class}，{persons}人，{period}收入{format_yuan(home.income_fen)}，"
            f"标准每人每月{format_yuan(standard)}"
        )
        yield of_home("K112", home, message, home.income_fen, home.income_period, persons, standard)
