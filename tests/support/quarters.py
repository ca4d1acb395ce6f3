"""A small quarter of an invented county: three towns, every class, every kind of visit."""

from datetime import date

from jiemin.domain.codes import HouseholdClass, Keeping, Role, VisitKind
from jiemin.domain.indicators import (
    AwardLine,
    CadreLine,
    HouseholdLine,
    Item,
    MissingAward,
    QuarterFacts,
    VisitLine,
)
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import PairingSpan, Span
from support.rosters import id_number

APRIL = date(2014, 4, 1)
QUARTER = Quarter(2014, 2)
TOWNS = ("梧桐街道", "乌镇镇", "石门镇")
CLASSES = (
    HouseholdClass.URBAN_DIBAO,
    HouseholdClass.RURAL_DIBAO,
    HouseholdClass.LOW_INCOME,
    HouseholdClass.WUBAO,
    HouseholdClass.SANWU,
    HouseholdClass.OTHER,
)


def household(number: int, **other: object) -> HouseholdLine:
    """The household of that number, in turn of each town and class."""
    told: dict[str, object] = {
        "household_no": f"A{number:03d}",
        "head_name": f"沈阿{'一二三四五六七八九十'[number % 10]}",
        "head_id": id_number(date(1950, 1, 1 + number), 10 + number),
        "town": TOWNS[number % 3],
        "village": "望湖村",
        "household_class": CLASSES[number % 6],
        "size": 1 + number % 4,
        "covered": 1,
        "cause": "因病",
        "needs": "大病医疗救助",
        "phones": ("16012345678",),
        "active": (Span(APRIL, FOREVER),),
        "keeping": Keeping.CENTRAL if number % 6 in (3, 4) else None,
    }
    return HouseholdLine(**(told | other))  # type: ignore[arg-type]


def cadre(number: int, **other: object) -> CadreLine:
    """The cadre of that number; the first two lead, and three units share them all."""
    told: dict[str, object] = {
        "cadre_no": f"C{number:03d}",
        "name": f"朱{'一二三四五六七八九十'[number % 10]}",
        "unit": ("市民政局", "市教育局", "市卫生局")[number % 3],
        "post": "局长" if number < 2 else "科员",
        "leader": number < 2,
        "phones": ("16187654321",),
    }
    return CadreLine(**(told | other))  # type: ignore[arg-type]


def quarter_facts(**other: object) -> QuarterFacts:
    """Eighteen households, ten cadres, visits of every kind, awards of which one month is a draft."""
    households = [household(number) for number in range(18)]
    paired = [line for line in households if line.keeping is None]
    pairings = [
        PairingSpan(line.household_no, f"C{place % 10:03d}", Role.LEAD, APRIL, FOREVER)
        for place, line in enumerate(paired)
    ]
    pairings += [
        PairingSpan(line.household_no, f"C{(place + 1) % 10:03d}", Role.ASSIST, APRIL, FOREVER)
        for place, line in enumerate(paired)
        if place % 4 == 0 or line is paired[-1]
    ]
    told: dict[str, object] = {
        "quarter": QUARTER,
        "today": date(2014, 6, 30),
        "towns": TOWNS,
        "households": households,
        "cadres": [cadre(number) for number in range(10)],
        "pairings": pairings,
        "visits": _visits(pairings),
        "awards": [award for line in households for award in _awards(line)],
        "missing_awards": (MissingAward("A001", Item.DIBAO, "2014-06", ("家庭月收入",)),),
    }
    return QuarterFacts(**(told | other))  # type: ignore[arg-type]


def _visits(pairings: list[PairingSpan]) -> list[VisitLine]:
    leads = [one for one in pairings if one.role is Role.LEAD]
    visits = [
        _visit(
            number, one.household_no, one.cadre_no, VisitKind.GIFT if number % 4 == 0 else VisitKind.CALL_ON
        )
        for number, one in enumerate(leads[:-2])
    ]
    visits.append(_visit(90, leads[-1].household_no, leads[-1].cadre_no, VisitKind.PHONE))
    visits.append(_visit(91, leads[-2].household_no, leads[0].cadre_no, VisitKind.CALL_ON))
    return visits


def _visit(number: int, household_no: str, cadre_no: str, kind: VisitKind) -> VisitLine:
    day = date(2014, 4 + number % 3, 10)
    return VisitLine(
        f"V{number:03d}", day, household_no, (cadre_no,), kind, deeds=number % 2 == 0, needs=number % 3 == 0
    )


def _awards(line: HouseholdLine) -> list[AwardLine]:
    one, number = line.household_class, int(line.household_no[1:])
    if one in (HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO):
        return [
            AwardLine(
                line.household_no,
                one,
                Item.DIBAO,
                f"2014-0{month}",
                10033 * number,
                11633 * number,
                month == 6,
            )
            for month in (4, 5, 6)
        ]
    if one is HouseholdClass.LOW_INCOME:
        after = 50000 + 20000 * (line.size or 0)
        return [AwardLine(line.household_no, one, Item.LOW_INCOME, "2014", 50000, after)]
    return []
