"""Annex 1 of notice 2014-10, 困难家庭结对汇总表, as lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import Role
from jiemin.domain.indicators.facts import CadreLine, HouseholdLine
from jiemin.domain.indicators.view import View


@dataclass(frozen=True, slots=True)
class PairedCadre:
    """A household's helper on the report day, and since when."""

    cadre: CadreLine
    role: Role
    start: date


@dataclass(frozen=True, slots=True)
class PairingLine:
    """One household of annex 1 with its helpers, the lead first; none when it is unpaired."""

    household: HouseholdLine
    helpers: tuple[PairedCadre, ...]

    @property
    def mode(self) -> str:
        """结对方式: one cadre or several for this household; empty when unpaired."""
        if not self.helpers:
            return ""
        return "一对一" if len(self.helpers) == 1 else "多对一"


def pairing_lines(view: View) -> tuple[PairingLine, ...]:
    """Every household paired or to be paired on the report day, in the order of `View.registered`."""
    return tuple(_lines(view))


def _lines(view: View) -> Iterator[PairingLine]:
    for household in view.registered:
        if view.paired(household) or view.to_pair(household):
            pairings = view.helpers.get(household.household_no, ())
            yield PairingLine(
                household,
                tuple(PairedCadre(view.cadres[one.cadre_no], one.role, one.start) for one in pairings),
            )
