"""What an amount lacks: where each of the names a formula gives for it is supplied.

Formulas tell what they lack in the clerk's words. Those of aid cases begin with the case's number, those of
standards end in `NOT_STATED`; the rest stands in the rosters, but for what the register of 家庭状况 tells.
"""

import re
from collections.abc import Iterable
from enum import Enum, auto

from jiemin.domain.codes import Condition

TIER_AMOUNT = "分档金额"
"""A household's fixed 低保金 (分档), which stands in an aid case."""
INSURED = Condition.PENSION_INSURED.value
"""The persons in the residents' pension insurance, counted by the register of 家庭状况."""
NOT_STATED = "（县里没有写）"
NO_VALUE = "（政策文件没有写）"
"""What follows the title of a parameter that has values, but none for the day."""

_PAID = "发过）"
_CASE_NO = re.compile(r"[A-Z]+\d+")


def nobody_counted(name: str, persons: int | None) -> tuple[str, ...]:
    """What is wrong with a household's persons: nobody wrote them down, or a 0, which no household has."""
    if persons is None:
        return (name,)
    return () if persons else (f"{name}（登记的是0）",)


def paid_in(name: str, period: str, household_no: str) -> str:
    """The name of a member for whom another household was given the item already."""
    return f"{name}（{period}已在{household_no}{_PAID}"


class Source(Enum):
    """Where something that is lacking is supplied, in the order in which remedies are told."""

    ROSTER = auto()
    CASE = auto()
    CONDITION = auto()
    POLICY = auto()
    RUN = auto()
    """Nothing is lacking but a run: it paid for a person elsewhere."""


def unstated(standard: str) -> str:
    """The name of a standard which one family needs and the county has not stated."""
    return f"{standard}标准{NOT_STATED}"


def source_of(name: str) -> Source:
    """Where what is called so is supplied."""
    if name.endswith((NOT_STATED, NO_VALUE)):
        return Source.POLICY
    if name.endswith(_PAID):
        return Source.RUN
    if name.startswith(TIER_AMOUNT) or _CASE_NO.match(name):
        return Source.CASE
    return Source.CONDITION if name == INSURED else Source.ROSTER


def sources_of(names: Iterable[str]) -> tuple[Source, ...]:
    """Where all of them are supplied, each place once, in its order."""
    found = set(map(source_of, names))
    return tuple(source for source in Source if source in found)
