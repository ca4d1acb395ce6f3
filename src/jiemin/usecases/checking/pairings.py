"""Findings of pairings."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from jiemin.domain.checks.finding import Finding, Group, Unchecked
from jiemin.domain.checks.pairings import PairingFacts, pairing_findings
from jiemin.domain.coverage import Coverage, CoveredHousehold, CoveringCadre, coverage
from jiemin.domain.identity import modern_form
from jiemin.domain.pairing.facts import CadreFacts
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.posts import rank_of
from jiemin.domain.recusals import Pair, Relative, barred
from jiemin.storage import checking
from jiemin.storage.checking import CadreRow
from jiemin.usecases.checking.gathering import Gathering

_rank = lru_cache(10_000)(rank_of)
"""The same words stand in many rows."""


def check_pairings(gathered: Gathering, rules: Rules) -> Iterator[Finding | Unchecked]:
    """What is found of pairings, and what of them cannot be checked."""
    relatives = checking.relatives(gathered.connection, gathered.today)
    facts = PairingFacts(
        county=gathered.county,
        coverage=_coverage(gathered, rules),
        in_force=gathered.in_force,
        barred=_barred(gathered, relatives),
        members=gathered.members,
        phones={each.household_no: frozenset(each.phones) for each in gathered.families if each.phones},
    )
    yield from pairing_findings(facts)
    if not any(each.id_number for each in gathered.cadres if each.serving):
        yield Unchecked(
            Group.PAIRINGS, "困难家庭的成员是不是干部", "干部名册里没有身份证号，只能比姓名加电话"
        )
    if not relatives:
        yield Unchecked(Group.PAIRINGS, "有没有和近亲属结对", "没有近亲属备案：jiemin pair rule kin")


def _coverage(gathered: Gathering, rules: Rules) -> Coverage:
    """Coverage today, as `jiemin pair status` shows it."""
    helping = {span.cadre_no for span in gathered.in_force}
    return coverage(
        households=(
            CoveredHousehold(home.household_no, home.town, home.to_pair)
            for home in gathered.county.homes.values()
            if home.active
        ),
        cadres=[
            CoveringCadre(each.cadre_no, each.unit, each.leader, each.serving, _most(each, rules))
            for each in gathered.cadres
            if each.serving or each.cadre_no in helping
        ],
        pairings=gathered.in_force,
    )


def _most(cadre: CadreRow, rules: Rules) -> int:
    """How many households the cadre may have by the rules."""
    rank = _rank(" ".join(filter(None, (cadre.post, cadre.rank))), cadre.leader, cadre.unit)
    return rules.limit(CadreFacts(cadre.cadre_no, cadre.unit, None, cadre.leader, rank, frozenset()))


def _barred(gathered: Gathering, relatives: Sequence[Relative]) -> Mapping[Pair, str]:
    """The pairs that must not be today."""
    own = [(each.cadre_no, each.id_number) for each in gathered.cadres if each.id_number and each.serving]
    asked = {
        modern_form(number)
        for number in (*(row.number for row in relatives), *(no for _, no in own))
        if number
    }
    homes: dict[str, list[str]] = {}
    for number, members in gathered.members.items() if asked else ():
        for member in members:
            if member.number and member.holds(gathered.today) and modern_form(member.number) in asked:
                homes.setdefault(modern_form(member.number), []).append(number)
    return barred(
        checking.never_pairs(gathered.connection, gathered.today),
        relatives,
        own,
        lambda number: homes.get(modern_form(number), ()) if number else (),
    )
