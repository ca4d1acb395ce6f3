"""Whom the work is about: the households that get a cadre (notice 一, 二.1)."""

from collections.abc import Container

from jiemin.domain.codes import CLASSES_TO_PAIR, HouseholdClass, Keeping


def is_to_be_paired(
    household_class: str, keeping: str | None, classes: Container[HouseholdClass] = CLASSES_TO_PAIR
) -> bool:
    """Whether a household in the work is to be paired.

    Notice 一 names 低保户 and 低收入户; one kept in an institution is looked after by its staff.
    """
    return HouseholdClass(household_class) in classes and keeping != Keeping.CENTRAL
