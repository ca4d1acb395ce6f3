"""Which pairs may begin: the rules on places; own household, kin and decisions stand in `barred`."""

from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.rules import Rules


def may_begin(household: HouseholdFacts, cadre: CadreFacts, rules: Rules) -> bool:
    """Whether the rules on places allow the pair; pairings in force stay whatever they say.

    A village that units take is open to their cadres alone. Where links bind, a cadre who has any is
    met in the places linked, or in a village that the own unit takes.
    """
    if household.taken_by:
        return cadre.unit in household.taken_by
    links = {link for link in cadre.links if link.town or link.village}
    if not rules.links_bind or not links:
        return True
    place = household.place
    return bool(place.village and place in links) or bool(place.town and PlaceRef(place.town) in links)
