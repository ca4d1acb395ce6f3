"""Every item of money computed a second time, slowly, to hold the program against.

Written from the notice, DOMAIN.md, ADR 0014 and ADR 0024 and not from the program; of which it shares only
the words that people read. No care for speed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from support import slow_formulas as formulas
from support.slow_family import Family, LackingError, Told
from support.slow_policy import SlowBook

LOW, KEPT = formulas.LOW, ("五保", "三无")
NEAR = (*formulas.DIBAO, LOW)
HELPED = (*NEAR, *KEPT)
EVERYBODY = (*HELPED, "其他")


@dataclass(frozen=True)
class Given:
    """To whom an item is given, by which formula, and what the county must have stated: all of `needs`, and
    one of `any_of`. What is given `by_case` needs a case in the month, or on its last day if it `lasts`."""

    classes: tuple[str, ...]
    formula: Callable[[Family], Fraction]
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    by_case: bool = False
    lasts: bool = False


ITEMS = {
    "低保金": Given(formulas.DIBAO, formulas.dibao),
    "分类施保": Given(formulas.DIBAO, formulas.supplement),
    "供养金": Given(KEPT, formulas.support, any_of=tuple(formulas.SUPPORT.values())),
    "困境儿童基本生活费": Given(
        EVERYBODY, formulas.children, any_of=tuple(formulas.CHILD.values()), by_case=True, lasts=True
    ),
    "低收入家庭救助": Given((LOW,), formulas.low_income),
    "养老保险缴费补贴": Given(NEAR, formulas.pension, needs=("pension.contribution",)),
    "合作医疗个人缴费": Given(NEAR, formulas.health_insurance, needs=("health_insurance.contribution",)),
    "大病保险个人缴费": Given(NEAR, formulas.illness_insurance, needs=("illness_insurance.contribution",)),
    "医疗救助": Given(
        HELPED, formulas.medical_aid, needs=("medical_aid.rate", "medical_aid.cap"), by_case=True
    ),
    "危房改造补助": Given(HELPED, formulas.housing, any_of=tuple(formulas.GRANTS.values()), by_case=True),
    "临时救助": Given(EVERYBODY, formulas.relief, by_case=True),
}
YEARLY = ("低收入家庭救助", "养老保险缴费补贴", "合作医疗个人缴费", "大病保险个人缴费")


def due(item: str, history: Told, period: str, book: SlowBook) -> tuple[int, int] | list[str] | None:
    """Fen before and after the raise; or what is not known; or None where the item is not for the family.

    Raises `NoValueInBookError` where the book says nothing of what the item needs.
    """
    before, after = (Family(history, period, book, raised=raised) for raised in (False, True))
    if not _given(item, before, after):
        return None
    amounts, names = [], []
    for family in (before, after):
        try:
            amounts.append(int(100 * ITEMS[item].formula(family)))
        except LackingError as lacking:
            names += [name for name in lacking.names if name not in names]
    return names or (amounts[0], amounts[1])


def _given(item: str, before: Family, after: Family) -> bool:
    given, states = ITEMS[item], after.book.stated
    if not after.told["active"] or after.told["class"] not in given.classes:
        return False
    if item == "分类施保" and {before.word("supplement.rule"), after.word("supplement.rule")} == {"none"}:
        return False
    if not all(map(states, given.needs)) or (given.any_of and not any(map(states, given.any_of))):
        return False
    if given.by_case:
        return bool(after.lasting(item) if given.lasts else after.cases(item, after.first))
    return True
