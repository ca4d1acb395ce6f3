"""The rules that a pairing must keep (notice 二.1)."""

from dataclasses import dataclass
from enum import StrEnum

from jiemin.domain.pairing.facts import HIGHEST_RANK, CadreFacts


class Mode(StrEnum):
    """How cadres are paired. Notice 二.1 leaves 一对一 or 多对一 open; counties also set quotas by rank."""

    ONE_TO_ONE = "one-to-one"
    MANY_TO_ONE = "many-to-one"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits per person, in households per cadre and cadres per household.

    In one-to-one and many-to-one mode a leader takes 1 to `leader_max` households and everybody else
    one. In quota mode a cadre takes up to `quota[rank]`, a leader at least one. A household has at most
    `cadres_max` cadres, its lead included; five is the most that counties with second helpers allow,
    and beyond it visits become a burden. In one-to-one mode a household has one cadre, whatever
    `cadres_max` says. With `links_bind` a cadre who is linked with places is newly paired only there.
    """

    mode: Mode = Mode.MANY_TO_ONE
    leader_max: int = 5
    cadres_max: int = 5
    quota: tuple[int, ...] = (1, 2, 3, 4, 5)
    links_bind: bool = False

    def __post_init__(self) -> None:
        if self.leader_max < 1 or self.cadres_max < 1:
            raise ValueError("leader_max and cadres_max must be at least 1")
        if len(self.quota) != HIGHEST_RANK + 1 or min(self.quota) < 0:
            raise ValueError("quota must give a number of households for each rank")

    @property
    def cadres_per_household(self) -> int:
        """Most cadres that one household may have."""
        return 1 if self.mode is Mode.ONE_TO_ONE else self.cadres_max

    def limit(self, cadre: CadreFacts) -> int:
        """Most households that one cadre may help, whichever they are."""
        if self.mode is Mode.QUOTA:
            return max(self.quota[cadre.rank], self._duty(cadre))
        return self.leader_max if cadre.leader else 1

    def least_households(self, cadre: CadreFacts) -> int:
        """Households that a cadre has to take if there are enough: 1, or 0 for others under a quota.

        None for a cadre who helps somebody besides.
        """
        return 0 if cadre.besides else self._duty(cadre)

    def most_households(self, cadre: CadreFacts) -> int:
        """Most households of those in question that one cadre may have."""
        return max(0, self.limit(cadre) - cadre.besides)

    def _duty(self, cadre: CadreFacts) -> int:
        return 1 if cadre.leader or self.mode is not Mode.QUOTA else 0
