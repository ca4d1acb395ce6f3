"""What cannot stay of pairings (K3xx), by the definitions of `jiemin pair status` and of 回避."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County, Home, Member, Staff, of_cadre, of_home
from jiemin.domain.checks.finding import Finding
from jiemin.domain.coverage import Coverage
from jiemin.domain.identity import modern_form, read_id
from jiemin.domain.visits import PairingSpan


@dataclass(frozen=True, slots=True)
class PairingFacts:
    """The pairings in force on the day of the check, and who must not help whom.

    `barred` holds (household, cadre) → why; `phones` those of households.
    """

    county: County
    coverage: Coverage
    in_force: Sequence[PairingSpan]
    barred: Mapping[tuple[str, str], str]
    members: Mapping[str, Sequence[Member]]
    phones: Mapping[str, frozenset[str]]


def pairing_findings(facts: PairingFacts) -> Iterator[Finding]:
    """Everything found of pairings on the day of the check."""
    yield from _of_coverage(facts)
    yield from _of_pairs(facts)
    yield from _on_the_payroll(facts)


def _of_coverage(facts: PairingFacts) -> Iterator[Finding]:
    homes, staff, covered = facts.county.homes, facts.county.staff, facts.coverage
    for household in covered.unpaired:
        home = homes[household.household_no]
        yield of_home("K301", home, f"{home.household_class}，没有结对干部", home.household_class)
    for household in covered.without_lead:
        helpers = tuple(each.cadre_no for each in covered.helpers[household.household_no])
        names = "、".join(facts.county.names(helpers))
        yield of_home("K302", homes[household.household_no], f"只有协助的干部：{names}", *sorted(helpers))
    for cadre in covered.leaders_without:
        yield of_cadre("K303", staff[cadre.cadre_no], "是领导干部，没有结对户", cadre.unit)
    for cadre in covered.over_quota:
        load = covered.load(cadre)
        message = f"结对{load}户，最多{cadre.most}户"
        yield of_cadre("K304", staff[cadre.cadre_no], message, load, cadre.most)


def _of_pairs(facts: PairingFacts) -> Iterator[Finding]:
    for pair in facts.in_force:
        home, cadre = facts.county.homes.get(pair.household_no), facts.county.staff[pair.cadre_no]
        if home is None:
            continue
        why = facts.barred.get((pair.household_no, pair.cadre_no))
        if why:
            yield _of_pair("K305", home, cadre, f"和{cadre.label}结对：{why}", why)
        if not home.active:
            message = f"已{home.status}，{cadre.label}自{pair.start}起的结对没有结束"
            yield _of_pair("K308", home, cadre, message, home.status)
    yield from _by_those_gone(facts)


def _by_those_gone(facts: PairingFacts) -> Iterator[Finding]:
    held: dict[str, list[str]] = defaultdict(list)
    for pair in facts.in_force:
        home = facts.county.homes.get(pair.household_no)
        if not facts.county.staff[pair.cadre_no].serving and home is not None and home.active:
            held[pair.cadre_no].append(pair.household_no)
    for cadre_no, numbers in held.items():
        cadre, listed = facts.county.staff[cadre_no], sorted(numbers)
        towns = frozenset(facts.county.homes[number].town for number in listed)
        message = f"已不在任，还有结对户：{'、'.join(listed)}"
        yield of_cadre("K309", cadre, message, *listed, towns=towns)


def _of_pair(code: str, home: Home, cadre: Staff, message: str, *facts: str) -> Finding:
    return Finding(
        kind=KINDS[code],
        key=(home.household_no, cadre.cadre_no),
        subject=home.label,
        message=message,
        facts=facts,
        names=(("household", home.household_no), ("cadre", cadre.cadre_no)),
        towns=frozenset({home.town}),
        units=frozenset({cadre.unit}),
    )


def _on_the_payroll(facts: PairingFacts) -> Iterator[Finding]:
    """Members of families in the work who serve as cadres: by number for certain, else perhaps."""
    serving = [each for each in facts.county.staff.values() if each.serving]
    by_number = {modern_form(each.number): each for each in serving if each.number}
    by_name: dict[str, list[Staff]] = defaultdict(list)
    for each in serving:
        by_name[each.name].append(each)
    today = facts.county.today
    for number, members in facts.members.items():
        home = facts.county.homes.get(number)
        if home is None or not home.active:
            continue
        phones = facts.phones.get(number, frozenset())
        for member in members:
            if not (by_number or member.name in by_name) or not member.holds(today):
                continue
            same = by_number.get(modern_form(member.number)) if member.number else None
            if same is not None:
                message = f"{member.name}和干部{same.label}是同一个身份证号"
                yield _paid("K306", home, member, same, message)
                continue
            for cadre in by_name.get(member.name, ()):
                why = _alike(member, phones, cadre)
                if why:
                    message = f"{member.name}和干部{cadre.label}同名，{why}"
                    yield _paid("K307", home, member, cadre, message)


def _alike(member: Member, phones: frozenset[str], cadre: Staff) -> str:
    """What besides the name speaks for one person; nothing when the numbers are known and differ."""
    told = read_id(cadre.number, member.start) if cadre.number else None
    if member.valid and told is not None and told.valid:
        return ""
    if told is not None and told.birth is not None and told.birth == member.birth:
        return "出生日期相同"
    return "电话相同" if phones.intersection(cadre.phones) else ""


def _paid(code: str, home: Home, member: Member, cadre: Staff, message: str) -> Finding:
    return Finding(
        kind=KINDS[code],
        key=(home.household_no, member.ref, cadre.cadre_no),
        subject=home.label,
        message=message,
        facts=(member.name, member.number, cadre.name, cadre.number),
        names=(("household", home.household_no), ("cadre", cadre.cadre_no)),
        towns=frozenset({home.town}),
        units=frozenset({cadre.unit}),
    )
