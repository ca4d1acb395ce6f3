"""What a county lays down for pairing: the rules and the cost table."""

from dataclasses import dataclass, field

from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.rules import Rules


@dataclass(frozen=True, slots=True)
class PairingSettings:
    """Rules and costs as the county's policy file sets them; without one, the defaults."""

    rules: Rules = field(default_factory=Rules)
    costs: Costs = field(default_factory=Costs)
