"""A finding about one visit."""

from collections.abc import Iterator

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County
from jiemin.domain.checks.finding import Fact, Finding
from jiemin.domain.checks.visit_facts import Call


def of_visit(county: County, call: Call, code: str, said: str, *facts: Fact) -> Iterator[Finding]:
    """The finding; none when the household is not known on the day of the check."""
    visit = call.visit
    home = county.homes.get(visit.household_no)
    if home is not None:
        yield Finding(
            kind=KINDS[code],
            key=(visit.visit_no,),
            subject=f"{visit.visit_no} {home.label}",
            message=f"{visit.day}的走访{said}",
            facts=facts,
            names=(("visit", visit.visit_no), ("household", home.household_no)),
            towns=frozenset({home.town}),
            units=county.units(call.cadre_nos),
            day=visit.day,
        )
