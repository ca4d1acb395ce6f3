"""Facts of the checks, made small: a county of two families and three cadres, all of it in order.

H1 (three persons, 农村低保, 乌镇镇) is led by C1 of 市民政局, H2 (one person, 低收入, 石门镇) by C2 of
市教育局; C3 of 市教育局 helps nobody. Today is 2014-07-20: the second quarter and its grace are over.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from jiemin.domain.checks.county import County, Home, Member, Spell, Staff
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import VisitFacts, VisitOnRecord
from jiemin.domain.codes import HouseholdStatus, Role, VisitKind
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import PairingSpan, Span, quarter_visits
from support.rosters import id_number

TODAY = date(2014, 7, 20)
NEW_YEAR = date(2014, 1, 1)
SPRING = Quarter(2014, 2)
SETTINGS = CheckSettings()


def home(number: str = "H1", **other: Any) -> Home:
    """A family; H1 unless told otherwise."""
    told: dict[str, Any] = {
        "household_no": number,
        "head": f"沈{number}",
        "town": "乌镇镇",
        "village": "塘东村",
        "household_class": "农村低保",
        "status": HouseholdStatus.ACTIVE,
        "to_pair": True,
        "size": 3,
        "covered": 2,
        "income_fen": 300_00,
        "income_period": "month",
        "account": None,
        "units": frozenset({"市民政局"}),
    }
    return Home(**(told | other))


def member(person_id: int = 1, name: str = "沈阿大", **other: Any) -> Member:
    """A person with a number that is right and says the birth and sex on record."""
    birth = date(1950 + person_id, 3, 14)
    number = id_number(birth, 2 * person_id + 1)
    told: dict[str, Any] = {
        "number": number,
        "raw": number,
        "valid": True,
        "sex": "男",
        "birth": birth,
        "relation": "户主" if person_id % 10 == 1 else "子",
        "covered": person_id % 10 < 3,
        "end_reason": None,
        "start": NEW_YEAR,
        "end": FOREVER,
    }
    return Member(person_id, name, **(told | other))


def staff(cadre_no: str, name: str, unit: str, **other: Any) -> Staff:
    """A cadre in service."""
    return Staff(cadre_no, name, unit, **({"serving": True} | other))


HOMES = (
    home(),
    home("H2", town="石门镇", village="望湖村", household_class="低收入(低保边缘)", size=1, covered=None),
)
STAFF = (
    staff("C1", "方卫东", "市民政局"),
    staff("C2", "顾小芳", "市教育局"),
    staff("C3", "钱学明", "市教育局"),
)
MEMBERS = {
    "H1": [member(1, "沈阿大"), member(2, "沈小妹"), member(3, "沈志强")],
    "H2": [member(11, "朱水根")],
}
PAIRINGS = {
    "H1": [PairingSpan("H1", "C1", Role.LEAD, NEW_YEAR, FOREVER)],
    "H2": [PairingSpan("H2", "C2", Role.LEAD, NEW_YEAR, FOREVER)],
}


def county(homes: Iterable[Home] = HOMES, people: Iterable[Staff] = STAFF, today: date = TODAY) -> County:
    """Whom findings speak of."""
    return County(
        today, {each.household_no: each for each in homes}, {each.cadre_no: each for each in people}
    )


def visit(
    number: int,
    day: date,
    household: str = "H1",
    *cadres: str,
    kind: VisitKind = VisitKind.CALL_ON,
    **other: Any,
) -> VisitOnRecord:
    """A visit, entered the same day; of C1 at H1 unless told otherwise."""
    told = {"entered_on": day} | other
    return VisitOnRecord(f"V{number:03d}", day, household, cadres or ("C1",), kind, **told)


def visit_facts(
    *visits: VisitOnRecord,
    spells: Mapping[str, Sequence[Spell]] | None = None,
    members: Mapping[str, Sequence[Member]] = MEMBERS,
    pairings: Mapping[str, Sequence[PairingSpan]] = PAIRINGS,
    promised: Mapping[str, Sequence[date]] | None = None,
    quarter: Quarter = SPRING,
    **other: Any,
) -> VisitFacts:
    """Visits of the county; `other` goes to the facts as it is."""
    whole = other.pop("county", county())
    lasting = {
        number: [Spell(NEW_YEAR, FOREVER, HouseholdStatus.ACTIVE, each.town)]
        for number, each in whole.homes.items()
    } | dict(spells or {})
    active = {
        number: [Span(each.start, each.end) for each in some if each.status is HouseholdStatus.ACTIVE]
        for number, some in lasting.items()
    }
    judged = quarter_visits(
        quarter, whole.today, active, [span for some in pairings.values() for span in some], visits
    )
    return VisitFacts(
        county=whole,
        visits=visits,
        spells=lasting,
        members=members,
        pairings=pairings,
        promised=promised or {},
        judged=judged,
        **other,
    )


def numbers(findings: Iterable[Finding]) -> list[str]:
    """The findings by number, in order."""
    return sorted(each.number for each in findings)


def codes(findings: Iterable[Finding]) -> list[str]:
    """The kinds found, in order, each as often as it was found."""
    return sorted(each.kind.code for each in findings)
