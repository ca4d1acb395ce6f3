"""Whom pairing reaches on one day, by town and by unit: the one definition of these figures.

`jiemin status`, `jiemin pair status` and annex 2 of the quarter's report all use it.

- Only pairings of households in the work count; of one that has left, for nobody.
- A household is paired when anybody helps it, and without a lead when nobody of them is its 第一责任人.
- A cadre's load is the number of households he or she helps, in whatever role.
- Who serves no more may still help until the next run hands the household over: counted among those
  who help, never among the staff, so that a unit's load is told of its serving cadres.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiemin.domain.codes import Role
from jiemin.domain.money import half_up
from jiemin.domain.visits import PairingSpan


@dataclass(frozen=True, slots=True)
class CoveredHousehold:
    """A household in the work; `to_pair` when it is one that is to get a cadre (notice 一, 二.1)."""

    household_no: str
    town: str
    to_pair: bool


@dataclass(frozen=True, slots=True)
class CoveringCadre:
    """One who serves, or still helps; `most` households he or she may have, None where no limit is told."""

    cadre_no: str
    unit: str
    leader: bool
    serving: bool = True
    most: int | None = None


@dataclass(frozen=True, slots=True)
class HouseholdFigures:
    """Figures of some households; `leads` counts pairings as 第一责任人, `pairs` all pairings.

    `cadres` and `leaders` are persons who help them, each counted once.
    """

    to_pair: int
    to_pair_paired: int
    to_pair_unpaired: int
    paired: int
    one_to_one: int
    many_to_one: int
    without_lead: int
    pairs: int
    leads: int
    cadres: int
    leaders: int


@dataclass(frozen=True, slots=True)
class CadreFigures:
    """Figures of some cadres.

    `staff` serve, and of these: `staff_leaders`, `leaders_without` a household, `idle` others without
    one, `over_quota` with more than they may have; `load_most` is the highest load, `load_mean` the
    mean in tenths, None without staff. `cadres` help, whether or not they serve; `households` they help,
    `led` as 第一责任人 and `assisted`, each household once.
    """

    staff: int
    staff_leaders: int
    cadres: int
    leaders: int
    leaders_without: int
    idle: int
    over_quota: int
    households: int
    led: int
    assisted: int
    load_most: int
    load_mean: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is in the work, who serves, and who helps whom.

    `helpers` are the pairings in force by household, the lead first; `held` the same by cadre.
    """

    households: Mapping[str, CoveredHousehold]
    cadres: Mapping[str, CoveringCadre]
    helpers: Mapping[str, tuple[PairingSpan, ...]]
    held: Mapping[str, tuple[PairingSpan, ...]]

    def of_households(self, numbers: Iterable[str]) -> HouseholdFigures:
        """The figures of these households, all in the work."""
        listed = list(numbers)
        wanted = [number for number in listed if self.households[number].to_pair]
        reached = sum(number in self.helpers for number in wanted)
        helpers = [self.helpers[number] for number in listed if number in self.helpers]
        pairs = [pairing for some in helpers for pairing in some]
        cadres = {pairing.cadre_no for pairing in pairs}
        alone = sum(len(some) == 1 for some in helpers)
        return HouseholdFigures(
            to_pair=len(wanted),
            to_pair_paired=reached,
            to_pair_unpaired=len(wanted) - reached,
            paired=len(helpers),
            one_to_one=alone,
            many_to_one=len(helpers) - alone,
            without_lead=sum(not _led(some) for some in helpers),
            pairs=len(pairs),
            leads=sum(pairing.role is Role.LEAD for pairing in pairs),
            cadres=len(cadres),
            leaders=sum(self.cadres[number].leader for number in cadres),
        )

    def of_cadres(self, numbers: Iterable[str]) -> CadreFigures:
        """The figures of these cadres."""
        listed = [self.cadres[number] for number in numbers]
        staff = [cadre for cadre in listed if cadre.serving]
        without = [cadre for cadre in staff if not self.load(cadre)]
        helping = [cadre for cadre in listed if self.load(cadre)]
        pairs = [pairing for cadre in helping for pairing in self.held[cadre.cadre_no]]
        loads = [self.load(cadre) for cadre in staff]
        return CadreFigures(
            staff=len(staff),
            staff_leaders=sum(cadre.leader for cadre in staff),
            cadres=len(helping),
            leaders=sum(cadre.leader for cadre in helping),
            leaders_without=sum(cadre.leader for cadre in without),
            idle=sum(not cadre.leader for cadre in without),
            over_quota=sum(self.above(cadre) for cadre in staff),
            households=len({pairing.household_no for pairing in pairs}),
            led=len({pairing.household_no for pairing in pairs if pairing.role is Role.LEAD}),
            assisted=len({pairing.household_no for pairing in pairs if pairing.role is not Role.LEAD}),
            load_most=max(loads, default=0),
            load_mean=mean_in_tenths(sum(loads), len(loads)),
        )

    def load(self, cadre: CoveringCadre) -> int:
        """How many households the cadre helps."""
        return len({pairing.household_no for pairing in self.held.get(cadre.cadre_no, ())})

    def above(self, cadre: CoveringCadre) -> bool:
        """Whether the cadre has more households than the rules allow."""
        return cadre.most is not None and self.load(cadre) > cadre.most

    def by_town(self, towns: Iterable[str]) -> dict[str, HouseholdFigures]:
        """The figures by town, in that order; any other town a household stands in comes last."""
        groups: dict[str, list[str]] = {town: [] for town in towns}
        for household in sorted(self.households.values(), key=lambda one: (one.town, one.household_no)):
            groups.setdefault(household.town, []).append(household.household_no)
        return {town: self.of_households(numbers) for town, numbers in groups.items()}

    def by_unit(self) -> dict[str, CadreFigures]:
        """The figures by unit, in the order in which the cadres name them first."""
        groups: dict[str, list[str]] = {}
        for cadre in self.cadres.values():
            groups.setdefault(cadre.unit, []).append(cadre.cadre_no)
        return {unit: self.of_cadres(numbers) for unit, numbers in groups.items()}

    @property
    def unpaired(self) -> tuple[CoveredHousehold, ...]:
        """The households that should be paired and have nobody."""
        every = self.households.values()
        return tuple(one for one in every if one.to_pair and one.household_no not in self.helpers)

    @property
    def without_lead(self) -> tuple[CoveredHousehold, ...]:
        """The households that are helped, but by no 第一责任人."""
        led = {number for number, some in self.helpers.items() if _led(some)}
        return tuple(self.households[number] for number in self.helpers if number not in led)

    @property
    def leaders_without(self) -> tuple[CoveringCadre, ...]:
        """The serving leaders who help nobody."""
        every = self.cadres.values()
        return tuple(one for one in every if one.serving and one.leader and not self.load(one))

    @property
    def over_quota(self) -> tuple[CoveringCadre, ...]:
        """The serving cadres who have more households than the rules allow."""
        return tuple(one for one in self.cadres.values() if one.serving and self.above(one))


def coverage(
    households: Iterable[CoveredHousehold],
    cadres: Iterable[CoveringCadre],
    pairings: Iterable[PairingSpan],
) -> Coverage:
    """Join the households in the work, the cadres, and the pairings in force that day.

    A pairing of a household not among these is left out; of a cadre not among these is a KeyError when
    he or she is counted.
    """
    known = {household.household_no: household for household in households}
    helpers: dict[str, list[PairingSpan]] = {}
    held: dict[str, list[PairingSpan]] = {}
    for pairing in pairings:
        if pairing.household_no in known:
            helpers.setdefault(pairing.household_no, []).append(pairing)
            held.setdefault(pairing.cadre_no, []).append(pairing)
    return Coverage(
        households=known,
        cadres={cadre.cadre_no: cadre for cadre in cadres},
        helpers={
            number: tuple(sorted(some, key=lambda one: (one.role is not Role.LEAD, one.cadre_no)))
            for number, some in helpers.items()
        },
        held={number: tuple(some) for number, some in held.items()},
    )


def mean_in_tenths(total: int, number: int) -> int | None:
    """`total / number` in tenths, halves up; None of nothing."""
    return half_up(10 * total, number) if number else None


def tenths(figure: int) -> str:
    """A number of tenths as people read it: 15 is 1.5."""
    return f"{figure // 10}.{figure % 10}"


def _led(helpers: Sequence[PairingSpan]) -> bool:
    return any(pairing.role is Role.LEAD for pairing in helpers)
