"""What an event of a household does, shown before it is done."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """What of a household ends on the event's day (`ends`) and what begins; either may be empty."""

    household_no: str
    subject: str
    ends: str
    begins: str


@dataclass(frozen=True, slots=True)
class HelperLine:
    """Who helps a household from the event on; `anew` when the event began it."""

    household_no: str
    head_name: str
    cadre_no: str
    cadre_name: str
    unit: str
    role: str
    since: date
    anew: bool


@dataclass(frozen=True, slots=True)
class FreedCadre:
    """A cadre whose pairing the event ended, and how many households he or she helps afterwards."""

    cadre_no: str
    name: str
    unit: str
    leader: bool
    households: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an event does on its day.

    `households` are the numbers of those it touches, the one it is about first; `unpaired` those of them
    that ought to have a lead afterwards and for whom nobody was found. `notes` tell what could not be
    derived and what stays with whom.
    """

    day: date
    households: tuple[str, ...]
    steps: tuple[Step, ...]
    helpers: tuple[HelperLine, ...]
    freed: tuple[FreedCadre, ...]
    notes: tuple[str, ...]
    unpaired: tuple[str, ...]
