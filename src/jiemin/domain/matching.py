"""Same or different: which household, person or cadre a roster row means.

A household is matched by its number, else by its head's valid identity number, else by village,
head's name and birth. A missing number never merges two families, and namesakes stay apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from jiemin.domain.identity import IdReading


@dataclass(slots=True)
class KnownHousehold:
    """What of a household tells it apart; `place` is the id of its village or town."""

    id: int
    household_no: str
    numbered_by_us: bool
    place: int | None
    head_id: int | None
    head_name: str
    head_number: str | None
    """The head's valid identity number, or None."""
    head_birth: date | None


@dataclass(frozen=True, slots=True)
class HouseholdKey:
    """What a row says of the household it means."""

    household_no: str | None
    place: int | None
    head_name: str | None
    head: IdReading | None

    @property
    def number(self) -> str | None:
        """The head's identity number, if it can serve as a key."""
        return self.head.number if self.head and self.head.valid else None

    @property
    def birth(self) -> date | None:
        """The head's birth as the number tells it."""
        return self.head.birth if self.head else None


@dataclass(frozen=True, slots=True)
class Match:
    """The household meant, or the catalogue code of why it cannot be told; neither = unknown."""

    household: KnownHousehold | None = None
    code: str = ""


@dataclass(slots=True)
class HouseholdIndex:
    """All known households, found by number, by head's identity number, or by village and name."""

    by_no: dict[str, KnownHousehold] = field(default_factory=dict)
    by_number: dict[str, KnownHousehold] = field(default_factory=dict)
    by_name: dict[str, list[KnownHousehold]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, households: Iterable[KnownHousehold]) -> "HouseholdIndex":
        """An index of these households."""
        index = cls()
        for household in households:
            index.add(household)
        return index

    def add(self, household: KnownHousehold) -> None:
        """Take in one household, or what became known of it since."""
        self.by_no[household.household_no] = household
        if household.head_number:
            self.by_number[household.head_number] = household
        namesakes = self.by_name[household.head_name]
        if household not in namesakes:
            namesakes.append(household)

    def find(self, key: HouseholdKey, claimed: set[int] | None = None) -> Match:
        """The household the row means.

        `claimed` is given for a roster of households: the ids its earlier rows took. Of namesakes
        in one village the n-th row then means the n-th household. Without it they stay ambiguous.
        A number not known yet may be that of a household we numbered ourselves so far.
        Codes: J406 and J412 when the number is another family's, J407 when the head heads another
        household, J404 when several fit.
        """
        if key.household_no and key.household_no in self.by_no:
            known = self.by_no[key.household_no]
            return Match(known, _contradiction(known, key))
        if key.number and key.number in self.by_number:
            known = self.by_number[key.number]
            if key.household_no and not known.numbered_by_us:
                return Match(known, "J407")
            return Match(known)
        return self._by_village_and_name(key, claimed)

    def _by_village_and_name(self, key: HouseholdKey, claimed: set[int] | None) -> Match:
        fitting = [
            known
            for known in self.by_name.get(key.head_name or "", ())
            if known.id not in (claimed or ())
            and (known.numbered_by_us or not key.household_no)
            and (key.place is None or known.place is None or known.place == key.place)
            and not (key.number and known.head_number)
            and not (key.birth and known.head_birth and key.birth != known.head_birth)
        ]
        if len(fitting) > 1 and claimed is None:
            return Match(code="J404")
        return Match(min(fitting, key=lambda known: known.id)) if fitting else Match()


def _contradiction(known: KnownHousehold, key: HouseholdKey) -> str:
    """Whether a row with a known number speaks of another head than the one registered."""
    if key.number and known.head_number:
        return "" if key.number == known.head_number else "J406"
    return "J412" if key.head_name and known.head_name and key.head_name != known.head_name else ""


@dataclass(slots=True)
class KnownPerson:
    """What of a person tells him or her apart, and the household he or she belongs to now."""

    id: int
    name: str
    number: str | None
    """The valid identity number, or None."""
    birth: date | None
    household_id: int | None


@dataclass(slots=True)
class PersonIndex:
    """All known persons, by identity number and by household."""

    by_number: dict[str, KnownPerson] = field(default_factory=dict)
    by_household: dict[int, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: KnownPerson) -> None:
        """Take in one person."""
        if person.number:
            self.by_number[person.number] = person
        if person.household_id is not None and person not in self.by_household[person.household_id]:
            self.by_household[person.household_id].append(person)

    def find(
        self, household_id: int, name: str, number: str | None, birth: date | None
    ) -> tuple[KnownPerson | None, str]:
        """The person a member row means, and a code: J407 when he or she lives elsewhere.

        Without a valid number a person is found by name and birth among the household's own.
        """
        if number and number in self.by_number:
            person = self.by_number[number]
            elsewhere = person.household_id is not None and person.household_id != household_id
            return person, "J407" if elsewhere else ""
        for person in self.by_household.get(household_id, ()):
            same = person.name == name and not (birth and person.birth and birth != person.birth)
            if same and not (number and person.number):
                return person, ""
        return None, ""


@dataclass(slots=True)
class KnownCadre:
    """What of a cadre tells him or her apart."""

    id: int
    cadre_no: str
    name: str
    unit: str
    number: str | None
    phones: tuple[str, ...]


@dataclass(slots=True)
class CadreIndex:
    """All known cadres: by number, by identity number, by name."""

    by_no: dict[str, KnownCadre] = field(default_factory=dict)
    by_number: dict[str, KnownCadre] = field(default_factory=dict)
    by_name: dict[str, list[KnownCadre]] = field(default_factory=lambda: defaultdict(list))

    def add(self, cadre: KnownCadre) -> None:
        """Take in one cadre."""
        self.by_no[cadre.cadre_no] = cadre
        if cadre.number:
            self.by_number[cadre.number] = cadre
        if cadre not in self.by_name[cadre.name]:
            self.by_name[cadre.name].append(cadre)

    def find(
        self,
        name: str,
        unit: str | None,
        *,
        cadre_no: str | None = None,
        number: str | None = None,
        phones: tuple[str, ...] = (),
    ) -> list[KnownCadre]:
        """The cadres that fit, best evidence first; several when they cannot be told apart.

        A telephone is no key: it only tells apart those who share unit and name.
        """
        if cadre_no and cadre_no in self.by_no:
            return [self.by_no[cadre_no]]
        if number and number in self.by_number:
            return [self.by_number[number]]
        fitting = [
            cadre
            for cadre in self.by_name.get(name, ())
            if (unit is None or cadre.unit == unit) and not (number and cadre.number)
        ]
        if len(fitting) > 1 and phones:
            same_phone = [cadre for cadre in fitting if set(cadre.phones) & set(phones)]
            return same_phone or fitting
        return fitting
