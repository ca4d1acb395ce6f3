"""Pairs that must not be: own household, near kin, and what the bureau has decided.

Nobody is paired with the own household or with that of declared near kin (回避); such relations are
registered beforehand (近亲属备案).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Pair = tuple[str, str]
"""Household and cadre, by number."""
Homes = Callable[[str | None], Sequence[str]]
"""From an identity number to the households its bearer lives in; none of None."""


class Relative(NamedTuple):
    """A near relation of a cadre, found by number, else in the household that was named."""

    cadre_no: str
    relation: str | None
    number: str | None
    household_no: str | None


def barred(
    never: Iterable[tuple[str, str, str | None]],
    relatives: Iterable[Relative],
    own: Iterable[tuple[str, str | None]],
    homes: Homes,
) -> dict[Pair, str]:
    """Every pair that must not be, and why; of several reasons the nearest: own household, kin, decision.

    `never` are decisions with their reasons, `own` cadres with their identity numbers.
    """
    found = {
        (household_no, cadre_no): f"按规定不得和这一户结对：{reason or '没有写原因'}"
        for household_no, cadre_no, reason in never
    }
    for each in relatives:
        for household_no in homes(each.number) or filter(None, (each.household_no,)):
            found[household_no, each.cadre_no] = why_kin(each.relation)
    for cadre_no, number in own:
        for household_no in homes(number):
            found[household_no, cadre_no] = "是这一户的成员，应当回避"
    return found


def why_kin(relation: str | None) -> str:
    """Why a cadre must not help the household of a near relation."""
    return f"有近亲属{f'（{relation}）' if relation else ''}在这一户，应当回避"
