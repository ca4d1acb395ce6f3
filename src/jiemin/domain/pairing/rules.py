"""The rules that a pairing must keep (notice 二.1)."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How ordinary cadres are paired: 一对一 or 多对一, as notice 二.1 leaves open."""

    ONE_TO_ONE = "one-to-one"
    MANY_TO_ONE = "many-to-one"


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits per person.

    A leader takes 1 to `leader_max` households. A household has at most `cadres_max` cadres, its
    lead included; five is the most that counties with second helpers allow, and beyond it visits
    become a burden. In one-to-one mode a household has one cadre, whatever `cadres_max` says.
    """

    mode: Mode = Mode.MANY_TO_ONE
    leader_max: int = 5
    cadres_max: int = 5

    def __post_init__(self) -> None:
        if self.leader_max < 1 or self.cadres_max < 1:
            raise ValueError("leader_max and cadres_max must be at least 1")

    @property
    def cadres_per_household(self) -> int:
        """Most cadres that one household may have."""
        return 1 if self.mode is Mode.ONE_TO_ONE else self.cadres_max

    def most_households(self, leader: bool) -> int:
        """Most households that one cadre may have; a quota by rank would be read here."""
        return self.leader_max if leader else 1
