"""Same or different: which household, person or cadre a roster row means.

A household is matched by its number, else by its head's valid identity number, else by village,
head's name and birth; a cadre by number, else identity number, else unit and name. A missing number
never merges two families, namesakes stay apart, and evidence that contradicts itself is a finding.
Numbers are compared without regard to capitals.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from jiemin.domain.aliases import CadreAlias, HouseholdAlias, PersonAlias
from jiemin.domain.identity import IdReading

Known = TypeVar("Known")


@dataclass(slots=True, eq=False)
class KnownHousehold:
    """What of a household tells it apart; `place` is the id of its village, or of its town as long
    as no village is known."""

    id: int
    household_no: str
    numbered_by_us: bool
    place: int | None
    town: int | None
    head_id: int | None
    head_name: str
    head_number: str | None
    """The head's valid identity number, or None."""
    head_birth: date | None


@dataclass(frozen=True, slots=True)
class HouseholdKey:
    """What a row says of the household it means; `place` is its village, or its town when the row
    names no village."""

    household_no: str | None
    place: int | None
    town: int | None
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


class _Index(ABC, Generic[Known]):
    """Finds what is known by several keys."""

    @abstractmethod
    def add(self, known: Known) -> None:
        """Take in one."""

    @abstractmethod
    def remove(self, known: Known) -> None:
        """Forget one, under all keys."""

    @contextmanager
    def revised(self, known: Known) -> Iterator[None]:
        """What the block changes of one is found from then on, and no longer what it was."""
        self.remove(known)
        yield
        self.add(known)


@dataclass(slots=True)
class HouseholdIndex(_Index[KnownHousehold]):
    """All known households, found by number, by head's identity number, or by village and name."""

    by_id: dict[int | None, KnownHousehold] = field(default_factory=dict)
    by_no: dict[str, KnownHousehold] = field(default_factory=dict)
    """Also by the numbers of duplicates that became it."""
    by_number: dict[str, KnownHousehold] = field(default_factory=dict)
    by_name: dict[str, list[KnownHousehold]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[str, list[tuple[HouseholdAlias, KnownHousehold]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Head's name of a duplicate → how it was told, and the household it became."""
    names: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Household id → the names of its duplicates' heads."""

    @classmethod
    def of(
        cls, households: Iterable[KnownHousehold], aliases: Iterable[HouseholdAlias] = ()
    ) -> "HouseholdIndex":
        """An index of these households."""
        index = cls()
        for household in households:
            index.add(household)
        for alias in aliases:
            household = index.by_id[alias.household_id]
            index.by_no[alias.household_no.upper()] = household
            index.merged[alias.head_name].append((alias, household))
            index.names[household.id].add(alias.head_name)
        return index

    def add(self, known: KnownHousehold) -> None:
        """Take in one household."""
        self.by_id[known.id] = known
        self.by_no[known.household_no.upper()] = known
        if known.head_number:
            self.by_number[known.head_number] = known
        self.by_name[known.head_name].append(known)

    def remove(self, known: KnownHousehold) -> None:
        """Forget one household, under all keys."""
        del self.by_id[known.id]
        del self.by_no[known.household_no.upper()]
        if known.head_number:
            del self.by_number[known.head_number]
        self.by_name[known.head_name].remove(known)

    def named(self, key: HouseholdKey) -> Match:
        """The household whose number, or whose head's identity number, the row gives.

        A number not known yet may be that of a household we numbered ourselves so far. Codes: J406
        and J412 when the number is another family's, J407 when the head heads another household. An
        identity number alone does not give a family a head of whose name not a sign is the known one's:
        somebody's number was copied.
        """
        known = self.by_no.get(key.household_no.upper()) if key.household_no else None
        if known is not None:
            return Match(known, _contradiction(known, key, self.names.get(known.id, ())))
        known = self.by_number.get(key.number) if key.number else None
        if known is None:
            return Match()
        if key.household_no and not known.numbered_by_us:
            return Match(known, "J407")
        strange = key.head_name and known.head_name and not set(key.head_name) & set(known.head_name)
        told_so = strange and key.head_name in self.names.get(known.id, ())
        return Match(known, "J412" if strange and not told_so else "")

    def find(
        self, key: HouseholdKey, claimed: Collection[int] | None = None, named: Collection[int] = ()
    ) -> Match:
        """The household the row means; the codes are those of `named`, and J404 when several fit.

        `claimed` is given for a roster of households: the ids its earlier rows took; `named` are those
        that any of its rows tells by a number. Of namesakes in one village the n-th row then means the
        n-th household. Without it they stay ambiguous.
        """
        match = self.named(key)
        return match if match.household is not None else self._by_place_and_name(key, claimed, named)

    def _by_place_and_name(
        self, key: HouseholdKey, claimed: Collection[int] | None, named: Collection[int]
    ) -> Match:
        alike = [
            known
            for known in self.by_name.get(key.head_name or "", ())
            if known.id not in named and _may_be(known, key)
        ]
        if not alike:
            return Match(self._merged(key))
        taken = claimed or ()
        here = [known for known in alike if key.place in (None, known.place) or known.place is None]
        free = [known for known in here if known.id not in taken]
        if len(here) < len(alike) and (key.place == key.town or not free):
            # Where only the town is told, no other household of that name may be in question.
            sole = len(alike) == 1 and alike[0].id not in taken
            return Match(alike[0]) if sole else Match(code="J404")
        if len(free) > 1 and (claimed is None or key.place is None):
            return Match(code="J404")
        return Match(min(free, key=lambda known: known.id) if free else self._merged(key))

    def _merged(self, key: HouseholdKey) -> KnownHousehold | None:
        """The household that a duplicate told like this became."""
        for alias, known in self.merged.get(key.head_name or "", ()):
            here = key.place in (None, alias.place) or (
                key.town == alias.town and alias.town in (key.place, alias.place)
            )
            births = {alias.head_birth, known.head_birth} - {None}
            told_apart = (key.number and known.head_number) or (
                key.birth and births and key.birth not in births
            )
            if here and not told_apart and (known.numbered_by_us or not key.household_no):
                return known
        return None


def _may_be(known: KnownHousehold, key: HouseholdKey) -> bool:
    """Whether nothing speaks against a household whose head bears the row's name."""
    return (
        (known.numbered_by_us or not key.household_no)
        and (
            key.place in (None, known.place)
            or known.place is None
            or (known.town == key.town and key.town in (key.place, known.place))
        )
        and not (key.number and known.head_number)
        and not (key.birth and known.head_birth and key.birth != known.head_birth)
    )


def _contradiction(known: KnownHousehold, key: HouseholdKey, names: Collection[str]) -> str:
    """Whether a row with a known number speaks of another head than the one registered, who may go by
    these names too."""
    if key.number and known.head_number:
        return "" if key.number == known.head_number else "J406"
    told = key.head_name
    return "J412" if told and known.head_name and told != known.head_name and told not in names else ""


@dataclass(slots=True, eq=False)
class KnownPerson:
    """What of a person tells him or her apart, and the household he or she belongs to now."""

    id: int
    name: str
    number: str | None
    """The valid identity number, or None."""
    birth: date | None
    household_id: int | None


@dataclass(slots=True)
class PersonIndex(_Index[KnownPerson]):
    """All known persons, by id, by identity number and by household."""

    by_id: dict[int, KnownPerson] = field(default_factory=dict)
    by_number: dict[str, KnownPerson] = field(default_factory=dict)
    by_household: dict[int, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[tuple[int | None, str], list[PersonAlias]] = field(default_factory=lambda: defaultdict(list))
    """Household and name of a duplicate → how it was told."""

    def add(self, known: KnownPerson) -> None:
        """Take in one person."""
        self.by_id[known.id] = known
        if known.number:
            self.by_number[known.number] = known
        if known.household_id is not None:
            self.by_household[known.household_id].append(known)

    def remove(self, known: KnownPerson) -> None:
        """Forget one person, under all keys."""
        del self.by_id[known.id]
        if known.number:
            del self.by_number[known.number]
        if known.household_id is not None:
            self.by_household[known.household_id].remove(known)

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
        for alias in self.merged.get((household_id, name), ()):
            person = self.by_id[alias.person_id]
            births = {alias.birth, person.birth} - {None}
            if not (number and person.number) and not (birth and births and birth not in births):
                return person, "J407" if person.household_id not in (None, household_id) else ""
        return None, ""


@dataclass(slots=True, eq=False)
class KnownCadre:
    """What of a cadre tells him or her apart; `unit` is that of the last post."""

    id: int
    cadre_no: str
    name: str
    unit: str
    number: str | None
    """The valid identity number, or None."""
    phones: tuple[str, ...]
    numbered_by_us: bool = True


@dataclass(slots=True)
class CadreIndex(_Index[KnownCadre]):
    """All known cadres: by number, by identity number, by name."""

    by_no: dict[str, KnownCadre] = field(default_factory=dict)
    """Also by the numbers of duplicates that became him or her."""
    by_number: dict[str, KnownCadre] = field(default_factory=dict)
    by_name: dict[str, list[KnownCadre]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[str, list[tuple[CadreAlias, KnownCadre]]] = field(default_factory=lambda: defaultdict(list))
    """Name of a duplicate → how it was told, and the cadre it became."""

    @classmethod
    def of(cls, cadres: Iterable[KnownCadre], aliases: Iterable[CadreAlias] = ()) -> "CadreIndex":
        """An index of these cadres."""
        index = cls()
        by_id: dict[int, KnownCadre] = {}
        for cadre in cadres:
            index.add(cadre)
            by_id[cadre.id] = cadre
        for alias in aliases:
            index.by_no[alias.cadre_no.upper()] = by_id[alias.cadre_id]
            index.merged[alias.name].append((alias, by_id[alias.cadre_id]))
        return index

    def add(self, known: KnownCadre) -> None:
        """Take in one cadre."""
        self.by_no[known.cadre_no.upper()] = known
        if known.number:
            self.by_number[known.number] = known
        self.by_name[known.name].append(known)

    def remove(self, known: KnownCadre) -> None:
        """Forget one cadre, under all keys."""
        del self.by_no[known.cadre_no.upper()]
        if known.number and self.by_number.get(known.number) is known:
            del self.by_number[known.number]
        self.by_name[known.name].remove(known)

    def find(
        self,
        name: str,
        unit: str | None,
        *,
        cadre_no: str | None = None,
        number: str | None = None,
        phones: tuple[str, ...] = (),
        claimed: Collection[int] = (),
    ) -> tuple[list[KnownCadre], str]:
        """The cadres that fit, best evidence first, several when they cannot be told apart; and a
        code: J508 when the number given is another cadre's.

        A telephone is no key: it only tells apart those who share unit and name. Of those whom earlier
        rows `claimed`, one who has other telephones is somebody else.
        """
        numbered = self.by_no.get(cadre_no.upper()) if cadre_no else None
        identified = self.by_number.get(number) if number else None
        known = numbered or identified
        if known is None:
            fitting = [
                cadre
                for cadre in self.named(name, unit)
                if not (number and cadre.number) and not (cadre_no and not cadre.numbered_by_us)
            ]
            return _by_telephone(fitting, set(phones), claimed), ""
        if numbered is None:
            renumbered = cadre_no and not known.numbered_by_us
            return [known], "J508" if renumbered else ""
        known_as = name == known.name or any(cadre is known for _, cadre in self.merged.get(name, ()))
        stranger = identified is not numbered and (
            identified is not None or bool(number and known.number) or not known_as
        )
        return [known], "J508" if stranger else ""

    def named(self, name: str, unit: str | None = None) -> list[KnownCadre]:
        """The cadres of that name, of one unit or of any, or whose duplicates were told so."""
        found = [cadre for cadre in self.by_name.get(name, ()) if unit is None or cadre.unit == unit]
        merged = [cadre for alias, cadre in self.merged.get(name, ()) if unit in (None, alias.unit)]
        return list(dict.fromkeys((*found, *merged)))


def _by_telephone(fitting: list[KnownCadre], phones: set[str], claimed: Collection[int]) -> list[KnownCadre]:
    """Of cadres who share unit and name, those whom the telephones tell, as far as they tell anything."""
    if not phones:
        return fitting
    fitting = [
        cadre
        for cadre in fitting
        if cadre.id not in claimed or not cadre.phones or phones & set(cadre.phones)
    ]
    same = [cadre for cadre in fitting if phones & set(cadre.phones)]
    return same if same and len(fitting) > 1 else fitting
