"""The families and cadres that findings speak of, as on the day of the check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.finding import Fact, Finding
from jiemin.domain.codes import HouseholdStatus


class Spell(NamedTuple):
    """For a time a household was in the work or not, in one town; half-open, FOREVER without an end."""

    start: date
    end: date
    status: HouseholdStatus
    town: str


class Member(NamedTuple):
    """A person's time in a household; `end` is FOREVER while it lasts.

    `number` is the normalised identity number, `raw` what was written, `valid` whether it can be right.
    """

    person_id: int
    name: str
    number: str | None
    raw: str | None
    valid: bool
    sex: str | None
    birth: date | None
    relation: str | None
    covered: bool | None
    end_reason: str | None
    start: date
    end: date

    @property
    def ref(self) -> str:
        """How a person is named in numbers and on screens: P000012."""
        return f"P{self.person_id:06d}"

    def holds(self, day: date) -> bool:
        """Whether the person belonged to the household on `day`."""
        return self.start <= day < self.end


class Home(NamedTuple):
    """A household as on the day of the check; `units` are those of its helpers."""

    household_no: str
    head: str
    town: str
    village: str
    household_class: str
    status: HouseholdStatus
    to_pair: bool
    size: int | None
    covered: int | None
    income_fen: int | None
    income_period: str | None
    account: str | None
    units: frozenset[str] = frozenset()

    @property
    def active(self) -> bool:
        """In the work."""
        return self.status is HouseholdStatus.ACTIVE

    @property
    def label(self) -> str:
        """Whom a clerk knows it by."""
        return f"{self.household_no} {self.head}（{self.town}{self.village}）"


class Staff(NamedTuple):
    """A cadre with the unit of the last post."""

    cadre_no: str
    name: str
    unit: str
    serving: bool
    number: str | None = None
    phones: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Whom a clerk knows him or her by."""
        return f"{self.name}（{self.unit}）"


@dataclass(frozen=True, slots=True)
class County:
    """Who is spoken of, by number: households known on `today`, in the work or not, and every cadre."""

    today: date
    homes: Mapping[str, Home]
    staff: Mapping[str, Staff]

    def names(self, cadre_nos: frozenset[str] | tuple[str, ...]) -> list[str]:
        """The names of cadres, in the order of their numbers."""
        return [self.staff[number].name for number in sorted(cadre_nos) if number in self.staff]

    def numbered(self, cadre_nos: frozenset[str] | tuple[str, ...]) -> list[str]:
        """The numbers and names of cadres, in order: of namesakes a number alone tells who is meant."""
        return [f"{number} {self.staff[number].name}" for number in sorted(cadre_nos) if number in self.staff]

    def units(self, cadre_nos: frozenset[str] | tuple[str, ...]) -> frozenset[str]:
        """The units of cadres."""
        return frozenset(self.staff[number].unit for number in cadre_nos if number in self.staff)


def of_home(
    code: str,
    home: Home,
    message: str,
    *facts: Fact,
    besides: tuple[str, ...] = (),
    day: date | None = None,
    **names: str,
) -> Finding:
    """A finding about a household; `besides` tells several of one kind apart."""
    return Finding(
        kind=KINDS[code],
        key=(home.household_no, *besides),
        subject=home.label,
        message=message,
        facts=facts,
        names=(("household", home.household_no), *names.items()),
        towns=frozenset({home.town}),
        units=home.units,
        day=day,
    )


def of_cadre(
    code: str,
    cadre: Staff,
    message: str,
    *facts: Fact,
    besides: tuple[str, ...] = (),
    towns: frozenset[str] = frozenset(),
    day: date | None = None,
    **names: str,
) -> Finding:
    """A finding about a cadre; `besides` tells several of one kind apart."""
    return Finding(
        kind=KINDS[code],
        key=(cadre.cadre_no, *besides),
        subject=f"{cadre.cadre_no} {cadre.label}",
        message=message,
        facts=facts,
        names=(("cadre", cadre.cadre_no), *names.items()),
        towns=towns,
        units=frozenset({cadre.unit}),
        day=day,
    )
