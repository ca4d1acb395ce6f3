"""A county of two towns and an empty third, so small that every figure can be written by hand.

| household | town | class | persons | covered | paired with |
|---|---|---|---|---|---|
| A1 | 梧桐街道 | 城镇低保 | 3 | 2 | C1, C2 |
| A2 | 梧桐街道 | 农村低保 | 2 | 2 | C1 |
| A3 | 梧桐街道 | 低收入 | unknown | unknown | nobody |
| A4 | 乌镇镇 | 农村低保 | 4 | 3 | C3, since 2 June |
| A5 | 乌镇镇 | 低收入 | 3 | unknown | C1, from 15 June C4 |
| A6 | 乌镇镇 | 五保, in an institution | 1 | unknown | nobody |
| A7 | 乌镇镇 | 其他 | 2 | unknown | C7, from 1 May C4 and C2 |
| A8 | 乌镇镇 | 城镇低保, stopped on 20 May | 1 | 1 | C3, to 20 May |

C1 and C2 are of 市民政局, C3 to C5 of 市教育局, C6 and C7 of 市财政局; C1, C3, C5 and C7 lead; C7 has left.
"""

from collections.abc import Iterable
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

APRIL, MAY, JUNE, STOPPED = date(2014, 4, 1), date(2014, 5, 1), date(2014, 6, 1), date(2014, 5, 20)
TOWNS = ("梧桐街道", "乌镇镇", "石门镇")
URBAN, RURAL, LOW = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME


def line(
    number: str,
    town: str,
    one: HouseholdClass,
    size: int | None,
    covered: int | None = None,
    *,
    end: date = FOREVER,
    keeping: Keeping | None = None,
) -> HouseholdLine:
    """A household in the work since the new year."""
    active = (Span(date(2014, 1, 1), end),)
    return HouseholdLine(
        number, f"户主{number}", None, town, "某村", one, size, covered, "因病", "", (), active, keeping
    )


def cadre(number: str, unit: str, post: str, *, serving: bool = True) -> CadreLine:
    """A cadre; everyone's post ends in 局长 who leads."""
    return CadreLine(number, f"干部{number}", unit, post, post.endswith("局长"), (), serving)


def paired(
    household: str, cadre_no: str, start: date, end: date = FOREVER, role: Role = Role.LEAD
) -> PairingSpan:
    """A pairing."""
    return PairingSpan(household, cadre_no, role, start, end)


def visit(
    number: str,
    day: date,
    household: str,
    cadres: Iterable[str],
    kind: VisitKind = VisitKind.CALL_ON,
    *,
    deeds: bool = False,
    needs: bool = False,
) -> VisitLine:
    """A visit."""
    return VisitLine(number, day, household, tuple(cadres), kind, deeds, needs)


def dibao(household: str, one: HouseholdClass, month: int, before: int, after: int) -> AwardLine:
    """低保金 of a month; that of A4 for June is a draft."""
    draft = (household, month) == ("A4", 6)
    return AwardLine(household, one, Item.DIBAO, f"2014-{month:02d}", before, after, draft)


def small_county(**other: object) -> QuarterFacts:
    """The second quarter of 2014, asked for on 10 July."""
    told: dict[str, object] = {
        "quarter": Quarter(2014, 2),
        "today": date(2014, 7, 10),
        "towns": TOWNS,
        "households": [
            line("A1", "梧桐街道", URBAN, 3, 2),
            line("A2", "梧桐街道", RURAL, 2, 2),
            line("A3", "梧桐街道", LOW, None),
            line("A4", "乌镇镇", RURAL, 4, 3),
            line("A5", "乌镇镇", LOW, 3),
            line("A6", "乌镇镇", HouseholdClass.WUBAO, 1, keeping=Keeping.CENTRAL),
            line("A7", "乌镇镇", HouseholdClass.OTHER, 2),
            line("A8", "乌镇镇", URBAN, 1, 1, end=STOPPED),
        ],
        "cadres": [
            cadre("C1", "市民政局", "局长"),
            cadre("C2", "市民政局", "科员"),
            cadre("C3", "市教育局", "副局长"),
            cadre("C4", "市教育局", "教师"),
            cadre("C5", "市教育局", "局长"),
            cadre("C6", "市财政局", "科员"),
            cadre("C7", "市财政局", "副局长", serving=False),
        ],
        "pairings": [
            paired("A1", "C2", APRIL, role=Role.ASSIST),
            paired("A1", "C1", APRIL),
            paired("A2", "C1", APRIL),
            paired("A4", "C3", date(2014, 6, 2)),
            paired("A5", "C1", APRIL, date(2014, 6, 15)),
            paired("A5", "C4", date(2014, 6, 15)),
            paired("A7", "C7", APRIL, MAY),
            paired("A7", "C4", MAY),
            paired("A7", "C2", MAY, role=Role.ASSIST),
            paired("A8", "C3", APRIL, STOPPED),
        ],
        "visits": [
            visit("V1", date(2014, 4, 10), "A1", ["C1", "C2"], deeds=True, needs=True),
            visit("V2", date(2014, 5, 10), "A1", ["C2"], VisitKind.GIFT, needs=True),
            visit("V3", date(2014, 5, 12), "A2", []),
            visit("V4", date(2014, 4, 20), "A5", ["C1"], needs=True),
            visit("V5", date(2014, 6, 20), "A4", ["C3"], deeds=True),
            visit("V6", date(2014, 5, 5), "A8", ["C3"]),
            visit("V7", date(2014, 5, 15), "A7", ["C4"], VisitKind.PHONE, needs=True),
            visit("V8", date(2014, 5, 16), "A7", ["C6"], deeds=True),
            visit("V9", date(2014, 3, 31), "A1", ["C1"], deeds=True),
        ],
        "awards": [
            *(dibao("A1", URBAN, month, 100_00, 100_00) for month in (4, 5, 6)),
            *(dibao("A2", RURAL, month, 200_00, 232_00) for month in (4, 5, 6)),
            *(dibao("A4", RURAL, month, 0, 48_00) for month in (5, 6)),
            *(dibao("A8", URBAN, month, 50_00, 50_00) for month in (4, 5)),
            AwardLine("A5", LOW, Item.LOW_INCOME, "2014", 500_00, 1100_00),
        ],
        "missing_awards": [MissingAward("A3", Item.LOW_INCOME, "2014", ("家庭人口",))],
    }
    return QuarterFacts(**(told | other))  # type: ignore[arg-type]
