"""Pairs that must not be: own household, near kin, and what the bureau has decided.

Nobody is paired with the own household or with that of declared near kin (回避); such relations are
registered beforehand (近亲属备案).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import PairRuleKind
from jiemin.domain.identity import IdFault, IdReading, modern_form
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.recusals import Relative, barred
from jiemin.storage import persons, rules
from jiemin.storage.cadres import CadreState
from jiemin.storage.households import HouseholdState
from jiemin.storage.rules import KinRow


def barred_pairs(
    connection: Connection,
    day: date,
    families: Sequence[HouseholdState],
    serving: Sequence[CadreState],
) -> dict[PairKey, str]:
    """Every pair of these households and cadres that must not be on `day`, and why.

    Of several reasons the nearest is told: own household, then kin, then a decision.
    """
    numbers = {each.id: each.household_no for each in families}
    helpers = {each.id for each in serving}
    related = [each for each in rules.kin(connection, day) if each.cadre_id in helpers]
    homes = Homes(
        connection, day, [each.id_number for each in serving] + [each.id_number for each in related]
    )
    found = barred(
        never=(
            (row.household_no, row.cadre_no, row.reason)
            for row in rules.rules(connection, day)
            if row.kind == PairRuleKind.NEVER and row.cadre_id in helpers
        ),
        relatives=(
            Relative(kin.cadre_no, kin.relation, kin.id_number, numbers.get(kin.household_id or 0))
            for kin in related
        ),
        own=((each.cadre_no, each.id_number) for each in serving),
        homes=lambda number: [numbers.get(row_id, "") for row_id in homes.of(number)],
    )
    known = set(numbers.values())
    return {pair: why for pair, why in found.items() if pair[0] in known}


@dataclass(frozen=True, slots=True)
class Kin:
    """A near relation that somebody declares of a cadre."""

    cadre_id: int
    name: str
    id_number: str | None
    household_id: int | None

    def same_as(self, row: KinRow) -> bool:
        """Whether the row means the same person: by number where both tell it, else by name and home."""
        if self.cadre_id != row.cadre_id:
            return False
        if self.id_number and row.id_number:
            return same_number(self.id_number, row.id_number)
        return self.name == row.name and (
            None in (self.household_id, row.household_id) or self.household_id == row.household_id
        )


def same_number(one: str | None, other: str | None) -> bool:
    """Whether both are known and one person's; a number of 15 digits is its 18-digit form."""
    return one is not None and other is not None and modern_form(one) == modern_form(other)


def can_be_found(reading: IdReading) -> bool:
    """Whether a number tells a person: one that is right, or was before numbers had 18 digits."""
    return reading.number is not None and set(reading.faults) <= {IdFault.OLD_STYLE, IdFault.PROVINCE}


class Homes:
    """Where the bearers of some identity numbers live on a day."""

    def __init__(self, connection: Connection, day: date, numbers: Iterable[str | None]) -> None:
        self._of: dict[str, list[int]] = {}
        asked = {form for number in numbers if number for form in _forms(number)}
        for household_id, number in persons.living_at(connection, asked, day) if asked else ():
            self._of.setdefault(modern_form(number), []).append(household_id)

    def of(self, number: str | None) -> Sequence[int]:
        """The households with a member of that number; one of 15 digits is its 18-digit form."""
        return self._of.get(modern_form(number), ()) if number else ()

    def of_kin(self, kin: Kin | KinRow) -> Iterator[int]:
        """Where a near relation lives: found by number, else in the household that was named."""
        found = self.of(kin.id_number)
        yield from found
        if not found and kin.household_id is not None:
            yield kin.household_id


def _forms(number: str) -> Iterator[str]:
    """A number in the forms in which rosters may write it."""
    yield number
    modern = modern_form(number)
    yield modern
    if len(modern) == 18 and modern[6:8] == "19":
        yield modern[:6] + modern[8:17]
