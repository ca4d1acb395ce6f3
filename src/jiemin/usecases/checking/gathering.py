"""The county as the checks need it: each thing read when the first group asks for it, and once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from jiemin.domain.checks.county import County, Home, Member, Spell, Staff
from jiemin.domain.checks.incomes import IncomeSpan
from jiemin.domain.codes import HouseholdStatus
from jiemin.domain.visits import PairingSpan
from jiemin.domain.whom_to_pair import is_to_be_paired
from jiemin.storage import checking
from jiemin.storage.checking import CadreRow, FamilyRow


class Gathering:
    """What is on record, as on `today`, read from one connection."""

    def __init__(self, connection: Connection, today: date) -> None:
        self.connection = connection
        self.today = today

    @cached_property
    def families(self) -> list[FamilyRow]:
        """The households known today, in the work or not."""
        return checking.families(self.connection, self.today)

    @cached_property
    def cadres(self) -> list[CadreRow]:
        """Every cadre, serving today or not."""
        return checking.cadres(self.connection, self.today)

    @cached_property
    def places(self) -> Mapping[int, tuple[str, str]]:
        """Town and village by region id."""
        return checking.places(self.connection)

    @cached_property
    def pairings(self) -> Mapping[str, Sequence[PairingSpan]]:
        """Every pairing there ever was, by household number."""
        return checking.pairings(self.connection)

    @cached_property
    def in_force(self) -> Sequence[PairingSpan]:
        """The pairings in force today, by household."""
        return list(self._in_force())

    def _in_force(self) -> Iterator[PairingSpan]:
        for spans in self.pairings.values():
            yield from (span for span in spans if span.holds(self.today))

    @cached_property
    def members(self) -> Mapping[str, Sequence[Member]]:
        """All who ever belonged to a household, by its number."""
        return checking.everybody(self.connection)

    @cached_property
    def spells(self) -> Mapping[str, Sequence[Spell]]:
        """When each household was in the work, by its number."""
        return self._spans[0]

    @cached_property
    def incomes(self) -> Mapping[str, Sequence[IncomeSpan]]:
        """Each household's incomes, by its number."""
        return self._spans[1]

    @cached_property
    def _spans(self) -> tuple[dict[str, list[Spell]], dict[str, list[IncomeSpan]]]:
        towns = {row_id: town for row_id, (town, _) in self.places.items()}
        return checking.spells(self.connection, towns)

    @cached_property
    def county(self) -> County:
        """Whom findings speak of."""
        staff = {each.cadre_no: _staff(each) for each in self.cadres}
        helpers: dict[str, set[str]] = defaultdict(set)
        for span in self.in_force:
            helpers[span.household_no].add(staff[span.cadre_no].unit)
        homes = {
            each.household_no: self._home(each, frozenset(helpers.get(each.household_no, ())))
            for each in self.families
        }
        return County(self.today, homes, staff)

    def _home(self, family: FamilyRow, units: frozenset[str]) -> Home:
        active = family.status == HouseholdStatus.ACTIVE
        return Home(
            family.household_no,
            family.head,
            *self.places[family.region_id],
            family.household_class,
            HouseholdStatus(family.status),
            active and is_to_be_paired(family.household_class, family.keeping),
            family.size,
            family.covered,
            family.income_fen,
            family.income_period,
            family.account,
            units,
        )


def _staff(cadre: CadreRow) -> Staff:
    return Staff(cadre.cadre_no, cadre.name, cadre.unit, cadre.serving, cadre.id_number, cadre.phones)
