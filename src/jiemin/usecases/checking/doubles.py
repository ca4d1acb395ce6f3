"""Findings of duplicates, from the facts that the other checks go by: the pairs of `jiemin duplicates`."""

from collections.abc import Iterable, Iterator

from jiemin.domain.checks.county import Member
from jiemin.domain.checks.doubles import Record, double_findings
from jiemin.domain.checks.finding import Finding
from jiemin.domain.codes import Relation
from jiemin.domain.duplicates import (
    CadreFacts,
    HouseholdFacts,
    Kind,
    PersonFacts,
    Suspect,
    suspects,
    written_number,
)
from jiemin.domain.identity import read_id
from jiemin.domain.periods import FOREVER
from jiemin.storage import checking
from jiemin.usecases.checking.gathering import Gathering


def check_doubles(gathered: Gathering) -> Iterator[Finding]:
    """The suspected pairs, without those kept apart."""
    latest = checking.latest_homes(gathered.connection)
    numbers = {row_id: number for row_id, (number, _, _) in latest.items()}
    persons, heads = _persons(gathered, {number: row_id for row_id, number in numbers.items()})
    families = [
        HouseholdFacts(row_id, place, heads.get(row_id), account)
        for row_id, (_, place, account) in latest.items()
    ]
    staff = _staff(gathered)
    pairs = suspects(families, persons, staff, checking.kept_apart(gathered.connection))
    if pairs:
        records = _Records(gathered, numbers, families, persons, staff)
        yield from double_findings(pairs, records.of(pairs))


def _persons(gathered: Gathering, ids: dict[str, int]) -> tuple[list[PersonFacts], dict[int, PersonFacts]]:
    """Everybody with the household he or she belongs to now, and the heads by household id."""
    now: dict[int, tuple[Member, int | None]] = {}
    for number, members in gathered.members.items():
        for each in members:
            if each.end == FOREVER:
                now[each.person_id] = each, ids[number]
            elif each.person_id not in now:
                now[each.person_id] = each, None
    facts = {
        person_id: PersonFacts(
            person_id,
            each.name,
            each.number if each.valid else None,
            None if each.valid else written_number(each.number, each.raw),
            each.birth,
            household_id,
        )
        for person_id, (each, household_id) in now.items()
    }
    heads = {
        household_id: facts[person_id]
        for person_id, (each, household_id) in now.items()
        if household_id is not None and each.relation == Relation.HEAD
    }
    return [facts[person_id] for person_id in sorted(facts)], heads


def _staff(gathered: Gathering) -> list[CadreFacts]:
    found = []
    for each in gathered.cadres:
        number = each.id_number if each.id_number and read_id(each.id_number, FOREVER).valid else None
        written = None if number else written_number(each.id_number, None)
        found.append(CadreFacts(each.id, each.name, each.unit, number, written, each.phones))
    return found


class _Records:
    """How the records of pairs are named, and where they belong."""

    def __init__(
        self,
        gathered: Gathering,
        numbers: dict[int, str],
        families: Iterable[HouseholdFacts],
        persons: Iterable[PersonFacts],
        staff: Iterable[CadreFacts],
    ) -> None:
        self._homes = gathered.county.homes
        self._numbers = numbers
        self._cadre_numbers = {each.id: each.cadre_no for each in gathered.cadres}
        self._families = {each.id: each for each in families}
        self._persons = {each.id: each for each in persons}
        self._staff = {each.id: each for each in staff}

    def of(self, pairs: Iterable[Suspect]) -> dict[tuple[Kind, int], Record]:
        """Each record of these pairs."""
        naming = {Kind.HOUSEHOLD: self._family, Kind.PERSON: self._person, Kind.CADRE: self._cadre}
        return {
            (pair.kind, row_id): naming[pair.kind](row_id)
            for pair in pairs
            for row_id in (pair.one, pair.other)
        }

    def _family(self, row_id: int) -> Record:
        head = self._families[row_id].head
        number = self._numbers[row_id]
        home = self._homes.get(number)
        place = f"{home.town}{home.village}" if home else ""
        return Record(number, head.name if head else "", place, *self._where(number))

    def _person(self, row_id: int) -> Record:
        person = self._persons[row_id]
        number = self._numbers.get(person.household_id or 0, "")
        return Record(f"P{row_id:06d}", person.name, number, *self._where(number))

    def _cadre(self, row_id: int) -> Record:
        cadre = self._staff[row_id]
        number = self._cadre_numbers[row_id]
        return Record(number, cadre.name, cadre.unit, frozenset(), frozenset({cadre.unit}))

    def _where(self, household_no: str) -> tuple[frozenset[str], frozenset[str]]:
        home = self._homes.get(household_no)
        return (frozenset({home.town}), home.units) if home else (frozenset(), frozenset())
